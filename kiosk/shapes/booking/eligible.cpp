// Who may have what: sex, full years on the day itself, group, and how long ago the last one was.
#include "shapes/booking/tables.h"

#include <algorithm>

namespace booking {

std::optional<base::Day> next_after_last(const store::Reader& reader, village::PersonId person, const Offered& o) {
  if (!o.interval_months) return std::nullopt;
  const auto last = reader.one<base::Day>(
      "SELECT max(s.day) FROM booking_place p JOIN booking_slot s ON s.id = p.slot WHERE p.person = ? AND p.offer = ? AND p.state = 'attended'", person, o.code);
  if (!last) return std::nullopt;
  auto date = base::date_of(*last) + std::chrono::months(*o.interval_months);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;  // from 31 to a month of 30
  return base::day(date);
}

std::optional<Refusal> not_eligible(const store::Reader& reader, village::PersonId id, const Offered& o, base::Day day, bool strict) {
  const auto person = village::person(reader, id);
  if (!person || (person->left_on && *person->left_on <= day)) return Refusal::unknown;
  if (o.sex != "any") {
    if (person->sex.empty() && strict) return Refusal::not_for_you;
    if (!person->sex.empty() && (person->sex == "f") != (o.sex == "female")) return Refusal::not_for_you;
  }
  if (const auto* offer = shapes::catalogue().offer(o.code); offer != nullptr && !offer->offered_to(person->tags)) return Refusal::not_for_you;
  if (o.age_min || o.age_max) {
    const auto age = person->age(day);
    if (!age && strict) return Refusal::not_for_you;  // not filled in is neither young nor old
    if (age && o.age_min && *age < *o.age_min) return Refusal::too_young;
    if (age && o.age_max && *age > *o.age_max) return Refusal::too_old;
  }
  if (const auto next = next_after_last(reader, id, o); next && day < *next) return Refusal::too_soon;
  return std::nullopt;
}

bool holds_one_ahead(const store::Reader& reader, village::PersonId person, const village::OfferCode& offer, std::optional<BookingId> but) {
  // A slot that was closed elsewhere holds nobody.
  return reader.count(
             "SELECT count(*) FROM booking_place p JOIN booking_slot s ON s.id = p.slot WHERE p.person = ? AND p.offer = ?"
             " AND p.state IN ('booked', 'wished', 'waiting') AND s.closed = 0 AND (s.day > ? OR (s.day = ? AND s.end_min > ?)) AND (? IS NULL OR p.id <> ?)",
             person, offer, reader.today(), reader.today(), base::minutes_of_day(reader.now(), reader.place()), but, but) > 0;
}

bool concerns(const store::Reader& reader, const store::Right& right, village::PersonId person) {
  return reader.may_for(right, person) || (reader.may(right) && village::acts_for(reader, person));
}

bool may_know(const store::Reader& reader, const Offered* o, std::optional<village::PersonId> person) {
  if (o == nullptr || !o->discreet) return true;
  return person ? concerns(reader, right::see_discreet, *person) : reader.may(right::see_discreet);
}

std::optional<Refusal> against(const store::Reader& reader, village::PersonId person, const village::OfferCode& code, base::Day day) {
  const auto* o = offered(code);
  if (o == nullptr) return Refusal::unknown;
  if (!concerns(reader, right::see_own, person)) return Refusal::no_right;
  if (!may_know(reader, o, person)) return reader.viewer().is_staff() ? Refusal::no_right : Refusal::needs_card;
  if (holds_one_ahead(reader, person, code, {})) return Refusal::already_booked;
  return not_eligible(reader, person, *o, day, !reader.viewer().is_staff());
}

std::optional<base::Day> next_possible(const store::Reader& reader, village::PersonId person, const village::OfferCode& code) {
  const auto* o = offered(code);
  if (o == nullptr || !concerns(reader, right::see_own, person) || !may_know(reader, o, person)) return std::nullopt;
  return next_after_last(reader, person, *o);
}

}  // namespace booking
