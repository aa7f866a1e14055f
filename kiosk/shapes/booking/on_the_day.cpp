// What staff say on the day and after it: came, did not come, result handed over, was telephoned.
#include "shapes/booking/tables.h"

#include <nlohmann/json.hpp>

namespace booking {
namespace {

std::expected<Receipt, Refusal> say(store::Act& act, const store::Right& right, BookingId id, std::string_view kind, State state, bool on_its_day) {
  if (!act.may(right)) return std::unexpected(Refusal::no_right);
  const auto b = booking_unasked(act, id);
  if (!b) return std::unexpected(Refusal::unknown);
  if (!may_know(act, offered(b->offer), {})) return std::unexpected(Refusal::no_right);
  if (on_its_day) {
    if (b->state != State::booked && b->state != State::attended && b->state != State::no_show) return std::unexpected(Refusal::cancelled);
    if (b->day > act.today()) return std::unexpected(Refusal::not_yet);
    if (state == State::no_show && base::instant_at(b->day, b->start, act.place()) > act.now()) return std::unexpected(Refusal::too_early);
  }
  Receipt r{id, b->person, b->offer, b->slot, b->activity, on_its_day ? state : b->state, {}};
  if (on_its_day && b->state == state) return r;
  r.fact = act.append({.kind = kind, .subject = id.value, .person = b->person.value, .offer = b->offer, .site = b->site.value});
  return r;
}

}  // namespace

std::expected<Receipt, Refusal> attended(store::Act& act, BookingId id) { return say(act, right::mark, id, "booking.attended", State::attended, true); }
std::expected<Receipt, Refusal> no_show(store::Act& act, BookingId id) { return say(act, right::mark, id, "booking.no_show", State::no_show, true); }
std::expected<Receipt, Refusal> unmark(store::Act& act, BookingId id) { return say(act, right::mark, id, "booking.unmarked", State::booked, true); }
std::expected<Receipt, Refusal> told(store::Act& act, BookingId id) { return say(act, right::tell, id, "booking.told", State::booked, false); }

std::expected<Receipt, Refusal> hand_over_result(store::Act& act, BookingId id) {
  if (!act.may(right::hand_over_result)) return std::unexpected(Refusal::no_right);
  const auto b = booking_unasked(act, id);
  if (!b) return std::unexpected(Refusal::unknown);
  if (b->state != State::attended) return std::unexpected(Refusal::not_yet);
  return say(act, right::hand_over_result, id, "booking.result_handed_over", State::attended, false);
}

}  // namespace booking
