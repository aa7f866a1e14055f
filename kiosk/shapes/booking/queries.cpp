// What can be seen of slots and bookings, and by whom.
#include "shapes/booking/tables.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace booking {
namespace {

constexpr std::string_view from_slots =
    "SELECT s.id, s.site, s.offer, s.day, s.start_min, s.end_min, s.places, s.by_whom, s.closed, s.close_reason, s.series, s.holder,"
    " (SELECT count(*) FROM booking_place p WHERE p.slot = s.id AND p.state IN ('booked', 'attended', 'no_show', 'wished')),"
    " (SELECT count(*) FROM booking_place p WHERE p.slot = s.id AND p.state = 'waiting') FROM booking_slot s ";

Slot read_slot(const store::Row& r) {
  Slot s;
  s.id = r.get<SlotId>(0);
  s.site = r.get<village::SiteId>(1);
  s.offer = r.get<std::string>(2);
  s.day = r.get<base::Day>(3);
  s.start = r.get<base::Minutes>(4);
  s.end = r.get<base::Minutes>(5);
  s.places = r.get<int>(6);
  s.by_whom = r.get<std::string>(7);
  s.closed = r.get<bool>(8);
  s.close_reason = r.get<std::string>(9);
  s.series = r.get<std::optional<base::Uuid>>(10);
  s.holder = r.get<base::Uuid>(11);
  s.taken = r.get<int>(12);
  s.waiting = r.get<int>(13);
  return s;
}

template <class... A>
std::vector<Slot> slots_where(const store::Reader& reader, std::string_view where, const A&... args) {
  std::vector<Slot> found;
  auto rows = reader.query(std::string(from_slots) + std::string(where), args...);
  for (const auto row : rows) found.push_back(read_slot(row));
  return found;
}

// Volunteers see that there is something, and when; not what, nor with whom.
void keep_discreet(const store::Reader& reader, std::vector<Slot>& slots) {
  for (auto& s : slots)
    if (!may_know(reader, offered(s.offer), {})) {
      s.offer.clear();
      s.by_whom.clear();
      s.close_reason.clear();
    }
}

constexpr std::string_view from_places =
    "SELECT p.id, p.person, p.site, p.offer, p.slot, p.activity, p.state, COALESCE(s.day, a.day), COALESCE(s.start_min, a.start_min),"
    " COALESCE(s.end_min, a.end_min), COALESCE(a.name, ''), COALESCE(s.by_whom, ''), COALESCE(a.place, ''), p.transport, p.promoted, p.told,"
    " p.handed_over, CASE WHEN p.reason <> '' THEN p.reason ELSE COALESCE(s.close_reason, a.cancel_reason, '') END, p.asked_at,"
    " COALESCE(s.closed, a.cancelled, 0)"
    " FROM booking_place p LEFT JOIN booking_slot s ON s.id = p.slot LEFT JOIN village_activity a ON a.id = p.activity ";

State state_named(std::string_view word) {
  for (const auto s : {State::wished, State::waiting, State::booked, State::attended, State::no_show, State::cancelled, State::moved, State::called_off})
    if (name(s) == word) return s;
  return State::cancelled;
}

std::optional<Booking> read_place(const store::Row& r) {
  if (r.null(7)) return std::nullopt;  // its slot has not arrived yet from another kiosk
  Booking b;
  b.id = r.get<BookingId>(0);
  b.person = r.get<village::PersonId>(1);
  b.site = r.get<village::SiteId>(2);
  b.offer = r.get<std::string>(3);
  b.slot = r.get<std::optional<SlotId>>(4);
  b.activity = r.get<std::optional<village::ActivityId>>(5);
  b.state = state_named(r.get<std::string>(6));
  b.day = r.get<base::Day>(7);
  b.start = r.get<base::Minutes>(8);
  b.end = r.get<base::Minutes>(9);
  b.what = r.get<std::string>(10);
  b.by_whom = r.get<std::string>(11);
  b.place = r.get<std::string>(12);
  b.transport = r.get<bool>(13);
  b.promoted = r.get<bool>(14);
  b.told = r.get<bool>(15);
  b.handed_over = r.get<bool>(16);
  b.reason = r.get<std::string>(17);
  b.asked_at = r.get<base::Instant>(18);
  // Closed or cancelled at another kiosk that did not know of this booking: nobody should come in vain.
  if (r.get<bool>(19) && b.ahead()) b.state = State::called_off;
  return b;
}

template <class... A>
std::vector<Booking> places_where(const store::Reader& reader, std::string_view where, const A&... args) {
  std::vector<Booking> found;
  auto rows = reader.query(std::string(from_places) + std::string(where), args...);
  for (const auto row : rows)
    if (auto b = read_place(row)) found.push_back(std::move(*b));
  return found;
}

// Those of discreet offers are left out for who may not know.
std::vector<Booking> for_staff(const store::Reader& reader, std::vector<Booking> bookings) {
  std::erase_if(bookings, [&](const Booking& b) { return !may_know(reader, offered(b.offer), {}); });
  return bookings;
}

bool sees(const store::Reader& reader, const Booking& b) {
  return concerns(reader, right::see_own, b.person) && may_know(reader, offered(b.offer), b.person);
}

std::vector<Slot> bookable(const store::Reader& reader, std::string_view offer, base::Day from, base::Day to) {
  const auto now = base::minutes_of_day(reader.now(), reader.place());
  return slots_where(reader,
                     "JOIN village_site t ON t.id = s.site WHERE s.site IN (SELECT v.id FROM village_site h JOIN village_site v ON v.village = h.village WHERE h.id = ?)"
                     " AND s.offer = ? AND s.day BETWEEN ? AND ?"
                     " AND s.closed = 0 AND (s.day > ? OR s.start_min > ?) ORDER BY s.day, s.start_min, t.name, s.id",
                     reader.viewer().site, offer, from, to, reader.today(), now);
}

base::Day last_day(const store::Reader& reader) { return reader.today() + std::chrono::days(reader.setting("booking.days_ahead", std::int64_t{14})); }

}  // namespace

std::optional<Booking> booking_unasked(const store::Reader& reader, BookingId id) {
  auto found = places_where(reader, "WHERE p.id = ?", id);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<const village::Offer*> offers(const store::Reader& reader, village::PersonId person) {
  if (!concerns(reader, right::see_own, person)) return {};
  const auto here = village::site(reader, village::SiteId{reader.viewer().site});
  if (!here) return {};
  std::vector<const village::Offer*> found;
  for (const auto* offer : shapes::catalogue().shown("booking", here->kind, village::tags(reader, person))) {
    const auto* o = offered(offer->code);
    if (o == nullptr || !o->slots || !may_know(reader, o, person)) continue;
    if (reader.viewer().role == store::Role::none && reader.viewer().known < o->known) continue;
    const auto open = bookable(reader, offer->code, reader.today(), last_day(reader));
    if (open.empty()) continue;
    // An age is counted on the day itself: who turns 35 next week may book for then.
    const bool strict = !reader.viewer().is_staff();
    if (not_eligible(reader, person, *o, open.front().day, strict) && not_eligible(reader, person, *o, open.back().day, strict)) continue;
    if (holds_one_ahead(reader, person, offer->code, {})) continue;
    found.push_back(offer);
  }
  return found;
}

store::Known level_here(const store::Reader& reader) {
  const auto here = village::site(reader, village::SiteId{reader.viewer().site});
  if (!here) return store::Known::face;
  for (const auto* offer : shapes::catalogue().shown("booking", here->kind)) {
    const auto* o = offered(offer->code);
    if (o == nullptr || !o->slots || (!o->discreet && o->known <= store::Known::face)) continue;
    if (!bookable(reader, offer->code, reader.today(), last_day(reader)).empty()) return store::Known::card;
  }
  return store::Known::face;
}

std::vector<DayPlaces> days(const store::Reader& reader, const village::OfferCode& offer) {
  const auto* o = offered(offer);
  if (o == nullptr || !reader.may(right::see_slots) || !may_know(reader, o, {})) return {};
  std::vector<DayPlaces> found;
  for (const auto& s : bookable(reader, offer, reader.today(), last_day(reader))) {
    if (found.empty() || found.back().day != s.day) found.push_back({s.day});
    found.back().places += s.places;
    found.back().left += s.left();
    found.back().waiting += s.waiting;
  }
  if (!o->waiting_list) std::erase_if(found, [](const DayPlaces& d) { return d.left == 0; });
  return found;
}

std::vector<Slot> slots(const store::Reader& reader, const village::OfferCode& offer, base::Day day) {
  const auto* o = offered(offer);
  if (o == nullptr || !reader.may(right::see_slots) || !may_know(reader, o, {})) return {};
  return bookable(reader, offer, day, day);
}

std::optional<Slot> slot(const store::Reader& reader, SlotId id) {
  auto found = slots_where(reader, "WHERE s.id = ?", id);
  if (found.empty() || !reader.may(right::see_slots)) return std::nullopt;
  if (!reader.viewer().is_staff() && !may_know(reader, offered(found.front().offer), {})) return std::nullopt;
  keep_discreet(reader, found);
  return std::move(found.front());
}

std::optional<Booking> booking(const store::Reader& reader, BookingId id) {
  auto found = booking_unasked(reader, id);
  return found && sees(reader, *found) ? std::move(found) : std::nullopt;
}

std::vector<Booking> mine(const store::Reader& reader, village::PersonId person) {
  auto found = places_where(reader,
                            "WHERE p.person = ? AND p.state IN ('booked', 'wished', 'waiting', 'called_off') AND COALESCE(s.day, a.day) >= ?"
                            " ORDER BY COALESCE(s.day, a.day), COALESCE(s.start_min, a.start_min), p.id",
                            person, reader.today());
  const auto now = reader.now();
  std::erase_if(found, [&](const Booking& b) { return !sees(reader, b) || base::instant_at(b.day, b.end, reader.place()) <= now; });
  return found;
}

Places places_of(const store::Reader& reader, village::ActivityId id) {
  Places p;
  const auto a = village::activity(reader, id);
  if (!a) return p;
  p.of = a->places;
  p.taken = static_cast<int>(reader.count("SELECT count(*) FROM booking_place WHERE activity = ? AND state IN ('booked', 'attended', 'no_show', 'wished')", id));
  p.waiting = static_cast<int>(reader.count("SELECT count(*) FROM booking_place WHERE activity = ? AND state = 'waiting'", id));
  return p;
}

std::optional<Booking> sign_up_of(const store::Reader& reader, village::PersonId person, village::ActivityId id) {
  if (!concerns(reader, right::see_own, person)) return std::nullopt;
  auto found = places_where(reader, "WHERE p.activity = ? AND p.person = ? AND p.state IN ('booked', 'wished', 'waiting', 'attended', 'called_off') ORDER BY p.asked_turn DESC LIMIT 1", id, person);
  return found.empty() || !sees(reader, found.front()) ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Slot> slots_on(const store::Reader& reader, base::Day day) {
  if (!reader.may(right::see_list)) return {};
  auto found = slots_where(reader, "WHERE s.site = ? AND s.day = ? ORDER BY s.start_min, s.id", reader.viewer().site, day);
  keep_discreet(reader, found);
  return found;
}

std::vector<Slot> slots_ahead(const store::Reader& reader, int limit) {
  if (!reader.may(right::see_list)) return {};
  auto found = slots_where(reader, "WHERE s.site = ? AND s.day >= ? ORDER BY s.day, s.start_min, s.id LIMIT ?", reader.viewer().site, reader.today(), limit);
  keep_discreet(reader, found);
  return found;
}

std::vector<std::string> by_whom_before(const store::Reader& reader) {
  std::vector<std::string> found;
  if (!reader.may(right::set_slot)) return found;
  auto rows = reader.query("SELECT by_whom FROM booking_slot WHERE day >= ? AND site = ? AND by_whom <> '' GROUP BY by_whom ORDER BY max(day) DESC, by_whom LIMIT 6",
                           reader.today() - std::chrono::days(60), reader.viewer().site);
  for (const auto row : rows) found.push_back(row.get<std::string>(0));
  return found;
}

std::vector<Booking> bookings_of(const store::Reader& reader, SlotId id) {
  if (!reader.may(right::see_list)) return {};
  return for_staff(reader, places_where(reader, "WHERE p.slot = ? AND p.state IN ('booked', 'wished', 'attended', 'no_show') ORDER BY p.asked_turn, p.asked_origin", id));
}

std::vector<Booking> bookings_of(const store::Reader& reader, village::ActivityId id) {
  if (!reader.may(right::see_list)) return {};
  return for_staff(reader, places_where(reader, "WHERE p.activity = ? AND p.state IN ('booked', 'wished', 'attended', 'no_show') ORDER BY p.asked_turn, p.asked_origin", id));
}

std::vector<Booking> bookings_on(const store::Reader& reader, base::Day day) {
  if (!reader.may(right::see_list)) return {};
  // Asked of the slots and activities of that one day, so that years of bookings cost nothing.
  constexpr std::string_view tail = " AND p.state IN ('booked', 'wished', 'attended', 'no_show')";
  auto found = places_where(reader, "WHERE p.slot IN (SELECT id FROM booking_slot WHERE day = ? AND site = ?)" + std::string(tail), day, reader.viewer().site);
  auto more = places_where(reader, "WHERE p.activity IN (SELECT id FROM village_activity WHERE site = ? AND day = ?)" + std::string(tail), reader.viewer().site, day);
  found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::stable_sort(found.begin(), found.end(), [](const Booking& a, const Booking& b) { return std::tie(a.start, a.asked_at, a.id) < std::tie(b.start, b.asked_at, b.id); });
  return for_staff(reader, std::move(found));
}

namespace {

// Of this site, from today on, by time and then by the queue. Asked of the slots and activities ahead: the past costs nothing.
std::vector<Booking> ahead_where(const store::Reader& reader, const std::string& what) {
  auto found = places_where(reader, "WHERE p.slot IN (SELECT id FROM booking_slot WHERE day >= ? AND site = ?) AND " + what + " ORDER BY p.asked_turn, p.asked_origin",
                            reader.today(), reader.viewer().site);
  auto more = places_where(reader, "WHERE p.activity IN (SELECT id FROM village_activity WHERE site = ? AND day >= ?) AND " + what + " ORDER BY p.asked_turn, p.asked_origin",
                           reader.viewer().site, reader.today());
  found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::stable_sort(found.begin(), found.end(), [](const Booking& a, const Booking& b) {
    return std::tie(a.day, a.start, a.slot, a.activity) < std::tie(b.day, b.start, b.slot, b.activity);
  });
  return for_staff(reader, std::move(found));
}

}  // namespace

std::vector<Booking> waiting(const store::Reader& reader) {
  if (!reader.may(right::see_list)) return {};
  auto found = ahead_where(reader, "p.state = 'waiting'");
  std::erase_if(found, [](const Booking& b) { return b.state != State::waiting; });
  return found;
}

std::vector<Booking> to_tell(const store::Reader& reader) {
  if (!reader.may(right::see_list)) return {};
  auto found = ahead_where(reader, "p.told = 0 AND p.state IN ('booked', 'wished', 'waiting', 'called_off')");
  std::erase_if(found, [](const Booking& b) { return b.state != State::called_off && !(b.promoted && b.state == State::booked) && b.reason != retimed; });
  return found;
}

}  // namespace booking
