// A place in an activity of the calendar, and what follows when it is cancelled.
#include "shapes/booking/tables.h"

#include <nlohmann/json.hpp>

namespace booking {
namespace {

std::expected<Limited, Refusal> ask(const store::Act& act, village::PersonId person, village::ActivityId id) {
  if (!concerns(act, right::sign_up, person)) return std::unexpected(Refusal::no_right);
  const auto a = village::activity(act, id);
  if (!a) return std::unexpected(Refusal::unknown);
  const auto& o = rules_of(*a);
  if (o.discreet && act.viewer().role == store::Role::volunteer) return std::unexpected(Refusal::no_right);
  if (village::child_alone(act, person)) return std::unexpected(Refusal::with_carer);
  if (act.viewer().role == store::Role::none && act.viewer().known < o.known) return std::unexpected(Refusal::needs_card);
  if (a->cancelled) return std::unexpected(Refusal::cancelled);
  const auto l = limited(act, *a);
  if ((act.viewer().is_staff() ? l->ends : l->begins) <= act.now()) return std::unexpected(Refusal::slot_past);
  if (!a->places) return std::unexpected(Refusal::just_come);
  if (act.count("SELECT count(*) FROM booking_place WHERE activity = ? AND person = ? AND state IN ('booked', 'wished', 'waiting', 'attended')", id, person) > 0)
    return std::unexpected(Refusal::already_booked);
  if (const auto no = not_eligible(act, person, o, a->day, !act.viewer().is_staff())) return std::unexpected(*no);
  return *l;
}

Receipt say(store::Act& act, std::string_view kind, const Limited& l, village::PersonId person) {
  auto body = body_of(l);
  body["holder"] = l.holder.text();
  Receipt r{act.new_id_as<BookingId>(), person, l.offer, {}, l.activity, State::booked, {}};
  r.fact = act.append({.kind = kind, .subject = r.booking.value, .person = person.value, .offer = l.offer, .site = l.site.value}, body);
  if (const auto b = booking_unasked(act, r.booking)) r.state = b->state;
  return r;
}

}  // namespace

std::expected<Receipt, Refusal> sign_up(store::Act& act, village::PersonId person, village::ActivityId id) {
  const auto l = ask(act, person, id);
  if (!l) return std::unexpected(l.error());
  if (taken(act, *l) >= *l->places) return std::unexpected(Refusal::full);
  return say(act, "booking.signed_up", *l, person);
}

std::expected<Receipt, Refusal> wait_for_activity(store::Act& act, village::PersonId person, village::ActivityId id) {
  const auto l = ask(act, person, id);
  if (!l) return std::unexpected(l.error());
  const auto a = village::activity(act, id);
  if (!rules_of(*a).waiting_list || taken(act, *l) < *l->places) return std::unexpected(Refusal::no_waiting);
  return say(act, "booking.waiting", *l, person);
}

int activity_cancelled(store::Act& act, village::ActivityId id) {
  if (!act.may(right::call_off)) return 0;
  const auto a = village::activity(act, id);
  if (!a) return 0;
  std::vector<std::pair<BookingId, village::PersonId>> held;
  for (auto rows = act.query("SELECT id, person FROM booking_place WHERE activity = ? AND state IN ('booked', 'wished', 'waiting')", id); const auto row : rows)
    held.emplace_back(row.get<BookingId>(0), row.get<village::PersonId>(1));
  for (const auto& [booking, person] : held)
    act.append({.kind = "booking.called_off", .subject = booking.value, .person = person.value, .offer = a->offer, .site = a->site.value},
               {{"activity", id.text()}, {"reason", a->cancel_reason}});
  return static_cast<int>(held.size());
}

}  // namespace booking
