// Opening, changing and closing the slots that people book.
#include "shapes/booking/tables.h"

#include <nlohmann/json.hpp>

namespace booking {

std::expected<SlotId, Refusal> set_slot(store::Act& act, const SlotEdit& in) {
  if (!act.may(right::set_slot)) return std::unexpected(Refusal::no_right);
  const auto* o = offered(in.offer);
  const auto* offer = shapes::catalogue().offer(in.offer);
  const auto site = village::site(act, in.site);
  if (o == nullptr || !o->slots || offer == nullptr || !site || !offer->offered_at(site->kind)) return std::unexpected(Refusal::unknown);
  if (in.end <= in.start || in.start < base::Minutes{0} || in.end > base::Minutes{24 * 60}) return std::unexpected(Refusal::wrong_times);
  if (base::instant_at(in.day, in.start, act.place()) <= act.now()) return std::unexpected(Refusal::wrong_times);
  if (in.places < 1) return std::unexpected(Refusal::too_few);
  std::optional<base::Uuid> series;
  bool other_time = false;
  if (in.id) {
    const auto old = slot(act, *in.id);
    if (!old || old->offer != in.offer) return std::unexpected(Refusal::unknown);
    if (old->closed) return std::unexpected(Refusal::closed);
    if (in.places < old->taken) return std::unexpected(Refusal::too_few);
    series = old->series;
    other_time = old->day != in.day || old->start != in.start;
  } else if (in.repeat_weeks > 0) {
    series = act.new_id();
  }
  const auto first = in.id.value_or(act.new_id_as<SlotId>());
  for (int week = 0; week <= (in.id ? 0 : in.repeat_weeks); ++week) {
    const auto id = week == 0 ? first : act.new_id_as<SlotId>();
    nlohmann::json body{{"day", base::iso(in.day + std::chrono::days(7 * week))}, {"start", in.start.count()}, {"end", in.end.count()},
                        {"places", in.places},  {"by_whom", in.by_whom}, {"holder", act.store().origin().text()}};
    if (series) body["series"] = series->text();
    act.append({.kind = "booking.slot_set", .subject = id.value, .offer = in.offer, .site = in.site.value}, body);
  }
  // Who booked or waits came for the old hour: each has to hear of the new one.
  if (other_time) {
    std::vector<std::pair<BookingId, village::PersonId>> held;
    for (auto rows = act.query("SELECT id, person FROM booking_place WHERE slot = ? AND state IN ('booked', 'wished', 'waiting')", first); const auto row : rows)
      held.emplace_back(row.get<BookingId>(0), row.get<village::PersonId>(1));
    for (const auto& [booking, person] : held)
      act.append({.kind = "booking.retimed", .subject = booking.value, .person = person.value, .offer = in.offer, .site = in.site.value}, {{"slot", first.text()}});
  }
  if (in.id)
    if (const auto l = limited(act, first)) promote(act, *l);  // more places: those who wait come up
  return first;
}

std::expected<SlotId, Refusal> close_slot(store::Act& act, SlotId id, const std::string& reason) {
  if (!act.may(right::close_slot)) return std::unexpected(Refusal::no_right);
  const auto old = slot(act, id);
  if (!old) return std::unexpected(Refusal::unknown);
  if (old->closed) return std::unexpected(Refusal::closed);
  act.append({.kind = "booking.slot_closed", .subject = id.value, .offer = old->offer, .site = old->site.value}, {{"reason", reason}});
  std::vector<std::pair<BookingId, village::PersonId>> held;
  for (auto rows = act.query("SELECT id, person FROM booking_place WHERE slot = ? AND state IN ('booked', 'wished', 'waiting')", id); const auto row : rows)
    held.emplace_back(row.get<BookingId>(0), row.get<village::PersonId>(1));
  for (const auto& [booking, person] : held)
    act.append({.kind = "booking.called_off", .subject = booking.value, .person = person.value, .offer = old->offer, .site = old->site.value},
               {{"slot", id.text()}, {"reason", reason}});
  return id;
}

}  // namespace booking
