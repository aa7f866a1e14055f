// Who may do and see what, and the stored words. tests/house/rights.csv holds the same table, cell by cell.
#include "shapes/booking/booking.h"

namespace booking {

using store::Known;
namespace right {
//                                       name                        anyone  resident    volunteer clerk manager clockwork
const store::Right set_slot         {"booking.set_slot",         false, {},          false, true, true, false};
const store::Right close_slot       {"booking.close_slot",       false, {},          false, true, true, false};
const store::Right book             {"booking.book",             false, Known::face, true,  true, true, false};
const store::Right cancel           {"booking.cancel",           false, Known::face, true,  true, true, false};
const store::Right move             {"booking.move",             false, Known::face, true,  true, true, false};
const store::Right wish_transport   {"booking.wish_transport",   false, Known::face, true,  true, true, false};
const store::Right sign_up          {"booking.sign_up",          false, Known::face, true,  true, true, false};
const store::Right call_off         {"booking.call_off",         false, {},          false, true, true, true};
const store::Right mark             {"booking.mark",             false, {},          true,  true, true, false};
const store::Right hand_over_result {"booking.hand_over_result", false, {},          false, true, true, false};
const store::Right tell             {"booking.tell",             false, {},          true,  true, true, false};
const store::Right settle           {"booking.settle",           false, {},          false, false, false, true};
const store::Right see_slots        {"booking.see_slots",        true,  {},          true,  true, true, true};
const store::Right see_discreet     {"booking.see_discreet",     false, Known::card, false, true, true, true};
const store::Right see_own          {"booking.see_own",          false, Known::face, true,  true, true, true};
const store::Right see_list         {"booking.see_list",         false, {},          true,  true, true, true};
const store::Right see_places       {"booking.see_places",       true,  {},          true,  true, true, true};
const store::Right sheets           {"booking.sheets",           false, {},          false, true, true, false};
}  // namespace right

std::string_view name(Refusal r) {
  switch (r) {
    case Refusal::no_right: return "no_right";
    case Refusal::needs_card: return "needs_card";
    case Refusal::unknown: return "unknown";
    case Refusal::full: return "full";
    case Refusal::already_booked: return "already_booked";
    case Refusal::too_young: return "too_young";
    case Refusal::too_old: return "too_old";
    case Refusal::not_for_you: return "not_for_you";
    case Refusal::too_soon: return "too_soon";
    case Refusal::slot_past: return "slot_past";
    case Refusal::too_late: return "too_late";
    case Refusal::no_consent: return "no_consent";
    case Refusal::cancelled: return "cancelled";
    case Refusal::closed: return "closed";
    case Refusal::wrong_times: return "wrong_times";
    case Refusal::too_few: return "too_few";
    case Refusal::no_waiting: return "no_waiting";
    case Refusal::just_come: return "just_come";
    case Refusal::not_yet: return "not_yet";
    case Refusal::needs_guardian: return "needs_guardian";
    case Refusal::too_early: return "too_early";
    case Refusal::with_carer: return "with_carer";
  }
  return "unknown";
}

std::string_view name(State s) {
  switch (s) {
    case State::wished: return "wished";
    case State::waiting: return "waiting";
    case State::booked: return "booked";
    case State::attended: return "attended";
    case State::no_show: return "no_show";
    case State::cancelled: return "cancelled";
    case State::moved: return "moved";
    case State::called_off: return "called_off";
  }
  return "cancelled";
}

}  // namespace booking
