// Limited places: how many are given, who comes up next, what the holder answers to the wishes of other kiosks.
#include "shapes/booking/tables.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace booking {

std::optional<Limited> limited(const store::Reader& reader, SlotId id) {
  for (auto rows = reader.query("SELECT site, offer, holder, places, day, start_min, end_min FROM booking_slot WHERE id = ?", id); const auto row : rows) {
    const auto day = row.get<base::Day>(4);
    return Limited{id, {}, row.get<village::SiteId>(0), row.get<std::string>(1), row.get<base::Uuid>(2), row.get<int>(3),
                   base::instant_at(day, row.get<base::Minutes>(5), reader.place()), base::instant_at(day, row.get<base::Minutes>(6), reader.place())};
  }
  return std::nullopt;
}

std::optional<Limited> limited(const store::Reader& reader, const village::Activity& a) {
  // An activity has no holder of its own: it is the kiosk that first spoke of it.
  const auto facts = reader.facts_of(a.id.value);
  return Limited{{}, a.id, a.site, a.offer, facts.empty() ? reader.store().origin() : facts.front().origin, a.places,
                 base::instant_at(a.day, a.start, reader.place()), base::instant_at(a.day, a.end, reader.place())};
}

namespace {
// Wishes count too: who asked elsewhere is not overtaken by who asks here.
int count_in(const store::Reader& reader, const Limited& l, bool wishes) {
  const std::string states = wishes ? " AND state IN ('booked', 'attended', 'no_show', 'wished')" : " AND state IN ('booked', 'attended', 'no_show')";
  return static_cast<int>(l.slot ? reader.count("SELECT count(*) FROM booking_place WHERE slot = ?" + states, *l.slot)
                                 : reader.count("SELECT count(*) FROM booking_place WHERE activity = ?" + states, *l.activity));
}
}  // namespace

int taken(const store::Reader& reader, const Limited& l) { return count_in(reader, l, true); }

nlohmann::json body_of(const Limited& l) {
  nlohmann::json body = nlohmann::json::object();
  if (l.slot) body["slot"] = l.slot->text();
  if (l.activity) body["activity"] = l.activity->text();
  return body;
}

void promote(store::Act& act, const Limited& l) {
  if (l.holder != act.store().origin() || !l.places || l.begins <= act.now()) return;
  for (int left = *l.places - taken(act, l); left > 0; --left) {
    std::optional<std::pair<BookingId, village::PersonId>> next;
    const auto* sql = l.slot ? "SELECT id, person FROM booking_place WHERE slot = ? AND state = 'waiting' ORDER BY asked_turn, asked_origin LIMIT 1"
                             : "SELECT id, person FROM booking_place WHERE activity = ? AND state = 'waiting' ORDER BY asked_turn, asked_origin LIMIT 1";
    for (auto rows = l.slot ? act.query(sql, *l.slot) : act.query(sql, *l.activity); const auto row : rows)
      next = {row.get<BookingId>(0), row.get<village::PersonId>(1)};
    if (!next) return;
    act.append_as(store::Viewer::clockwork(l.site.value),
                  {.kind = "booking.promoted", .subject = next->first.value, .person = next->second.value, .offer = l.offer, .means = "rule", .site = l.site.value},
                  body_of(l));
  }
}

void settle(store::Act& act) {
  if (!act.may(right::settle)) return;
  struct Open { BookingId id; village::PersonId person; std::optional<SlotId> slot; std::optional<village::ActivityId> activity; bool wished; };
  std::vector<Open> open;
  auto rows = act.query("SELECT id, person, slot, activity, state = 'wished' FROM booking_place WHERE state IN ('wished', 'waiting') ORDER BY asked_turn, asked_origin");
  for (const auto row : rows)
    open.push_back({row.get<BookingId>(0), row.get<village::PersonId>(1), row.get<std::optional<SlotId>>(2), row.get<std::optional<village::ActivityId>>(3), row.get<bool>(4)});
  std::vector<Limited> seen;
  for (const auto& wish : open) {
    std::optional<Limited> l;
    const Offered* rules = nullptr;
    if (wish.slot) {
      l = limited(act, *wish.slot);
      if (l) rules = offered(l->offer);
    } else if (const auto a = village::activity(act, *wish.activity)) {
      l = limited(act, *a);
      rules = &rules_of(*a);
    }
    if (!l || l->holder != act.store().origin() || l->begins <= act.now()) continue;
    if (wish.wished) {
      const bool place = !l->places || count_in(act, *l, false) < *l->places;
      const bool queue = rules != nullptr && rules->waiting_list;
      const std::string_view kind = place ? "booking.granted" : queue ? "booking.queued" : "booking.declined";
      act.append({.kind = kind, .subject = wish.id.value, .person = wish.person.value, .offer = l->offer, .means = "rule",
                  .once = base::id_of(std::string(kind) + " " + wish.id.text()), .site = l->site.value},
                 body_of(*l));
    }
    if (std::none_of(seen.begin(), seen.end(), [&](const Limited& s) { return s.slot == l->slot && s.activity == l->activity; })) seen.push_back(*l);
  }
  // A place given back at another kiosk frees one here.
  for (const auto& l : seen) promote(act, l);
}

}  // namespace booking
