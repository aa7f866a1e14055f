// Coming, leaving, and taking either back.
#include "shapes/attendance/attendance.h"

#include <algorithm>

namespace attendance {

std::expected<Receipt, Refusal> check_in(store::Act& act, const CheckIn& in) {
  if (!act.may_for(right::check_in, in.person)) return std::unexpected(Refusal::no_right);
  const auto* o = offered(in.offer);
  const auto* offer = shapes::catalogue().offer(in.offer);
  const auto site = village::site(act, village::SiteId{act.viewer().site});
  if (o == nullptr || offer == nullptr || !site || !village::has_face(act, in.person)) return std::unexpected(Refusal::unknown);
  if (!o->open || !offer->offered_at(site->kind)) return std::unexpected(Refusal::not_here);
  const auto now = base::minutes_of_day(act.now(), act.place());
  // The door is open a while before the hour; how long is a setting.
  const auto early = base::Minutes{act.setting("attendance.early_min", std::int64_t{60})};
  if ((o->opens && now < *o->opens - early) || (o->closes && now >= *o->closes)) return std::unexpected(Refusal::site_closed);
  if (open_stay(act, in.person, in.offer)) return std::unexpected(Refusal::already_in);
  // Where nobody set a number of seats, nobody need be counted.
  if (o->seats && site->seats) {
    const auto s = seats(act, site->id);
    if (s.of && s.taken >= *s.of) return std::unexpected(Refusal::full);
  }
  Receipt r{act.new_id_as<StayId>(), in.person, in.offer, act.now(), {}, false};
  nlohmann::json body = nlohmann::json::object();
  if (!in.meal.empty()) body["meal"] = in.meal;
  r.fact = act.append({.kind = "attendance.came", .subject = r.stay.value, .person = in.person.value, .offer = in.offer}, body);
  return r;
}

std::expected<Receipt, Refusal> check_out(store::Act& act, village::PersonId person, const village::OfferCode& offer) {
  if (!act.may_for(right::check_out, person)) return std::unexpected(Refusal::no_right);
  const auto open = open_stay(act, person, offer);
  if (!open) return std::unexpected(Refusal::not_in);
  const auto* o = offered(offer);
  if (o != nullptr && o->handover) return std::unexpected(Refusal::needs_adult);
  Receipt r{open->id, person, offer, act.now(), {}, true};
  r.fact = act.append({.kind = "attendance.went", .subject = open->id.value, .person = person.value, .offer = offer});
  return r;
}

std::expected<Receipt, Refusal> undo(store::Act& act, const Receipt& what) {
  if (!act.may_for(right::undo, what.person)) return std::unexpected(Refusal::no_right);
  const auto s = stay(act, what.stay);
  if (!s) return std::unexpected(Refusal::unknown);
  if (s->day != act.today() && !act.viewer().is_staff()) return std::unexpected(Refusal::too_late);
  Receipt r{what.stay, what.person, what.offer, act.now(), {}, what.left};
  r.fact = act.append({.kind = "attendance.undone", .subject = what.stay.value, .person = what.person.value, .offer = what.offer, .corrects = what.fact},
                      {{"what", what.left ? "went" : "came"}});
  return r;
}

std::expected<Receipt, Refusal> choose_meal(store::Act& act, StayId id, const std::string& dish) {
  const auto s = stay(act, id);
  if (!s) return std::unexpected(Refusal::unknown);
  if (!act.may_for(right::choose_meal, s->person)) return std::unexpected(Refusal::no_right);
  if (s->went) return std::unexpected(Refusal::not_in);
  Receipt r{id, s->person, s->offer, act.now(), {}, false};
  r.fact = act.append({.kind = "attendance.meal_chosen", .subject = id.value, .person = s->person.value, .offer = s->offer}, {{"meal", dish}});
  return r;
}

std::expected<Receipt, Refusal> correct(store::Act& act, StayId id, base::Instant came, std::optional<base::Instant> went) {
  if (!act.may(right::correct)) return std::unexpected(Refusal::no_right);
  const auto s = stay(act, id);
  if (!s) return std::unexpected(Refusal::unknown);
  if (went && *went < came) return std::unexpected(Refusal::ends_before_it_began);
  nlohmann::json body{{"came", came.time_since_epoch().count()}};
  if (went) body["went"] = went->time_since_epoch().count();
  Receipt r{id, s->person, s->offer, act.now(), {}, went.has_value()};
  r.fact = act.append({.kind = "attendance.corrected", .subject = id.value, .person = s->person.value, .offer = s->offer, .corrects = s->last_fact}, body);
  return r;
}

void close_forgotten(store::Act& act) {
  struct Forgotten { StayId id; village::PersonId person; std::string offer; base::Day day; base::Instant came; };
  std::vector<Forgotten> forgotten;
  const auto now = act.now();
  const auto standard = act.setting("attendance.forgotten_close", std::string_view{"20:00"});
  auto rows = act.query("SELECT id, person, offer, day, came FROM attendance_stay WHERE site = ? AND went IS NULL AND undone = 0 ORDER BY came, id", act.viewer().site);
  for (const auto row : rows)
    forgotten.push_back({row.get<StayId>(0), row.get<village::PersonId>(1), row.get<std::string>(2), row.get<base::Day>(3), row.get<base::Instant>(4)});
  for (const auto& f : forgotten) {
    const auto* o = offered(f.offer);
    if (o == nullptr || o->handover) continue;  // a child is never closed by the clock: an alarm stands instead
    base::Minutes at{20 * 60};
    (void)base::parse_hour_minute(standard, at);
    if (o->forgotten_close) at = *o->forgotten_close;
    if (now < base::instant_at(f.day, at, act.place())) continue;
    // It counts up to closing time: nobody knows when she really left.
    const auto ended = std::max(f.came, base::instant_at(f.day, o->closes.value_or(at), act.place()));
    act.append({.kind = "attendance.closed_by_rule", .subject = f.id.value, .person = f.person.value, .offer = f.offer, .means = "rule",
                .once = base::id_of("attendance.closed_by_rule " + f.id.text())},
               {{"at", ended.time_since_epoch().count()}});
  }
}

}  // namespace attendance
