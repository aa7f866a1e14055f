// Who may do and see what. tests/house/rights.csv holds the same table, cell by cell.
#include "shapes/attendance/attendance.h"

namespace attendance {

using store::Known;
namespace right {
//                                   name                          anyone  resident     volunteer clerk manager clockwork
const store::Right check_in     {"attendance.check_in",      false, Known::face, true,  true,  true,  false};
const store::Right check_out    {"attendance.check_out",     false, Known::face, true,  true,  true,  false};
const store::Right undo         {"attendance.undo",          false, Known::face, true,  true,  true,  false};
const store::Right choose_meal  {"attendance.choose_meal",   false, Known::face, true,  true,  true,  false};
const store::Right hand_over    {"attendance.hand_over",     false, Known::face, true,  true,  true,  false};
const store::Right refuse_fetch {"attendance.refuse_fetch",  true,  {},          true,  true,  true,  true};
const store::Right correct      {"attendance.correct",       false, {},          false, true,  true,  false};
const store::Right open_session {"attendance.open_session",  false, {},          true,  true,  true,  false};
const store::Right mark         {"attendance.mark",          false, {},          true,  true,  true,  false};
const store::Right note_absence {"attendance.note_absence",  false, {},          true,  true,  true,  false};
const store::Right close_session{"attendance.close_session", false, {},          true,  true,  true,  true};
const store::Right expect       {"attendance.expect",        false, {},          true,  true,  true,  true};
const store::Right see_stay     {"attendance.see_stay",      false, Known::face, true,  true,  true,  true};
const store::Right see_site     {"attendance.see_site",      false, {},          true,  true,  true,  true};
const store::Right see_seats    {"attendance.see_seats",     true,  {},          true,  true,  true,  true};
const store::Right see_roll     {"attendance.see_roll",      false, {},          true,  true,  true,  false};
const store::Right see_alarms   {"attendance.see_alarms",    false, {},          true,  true,  true,  true};
const store::Right sheets       {"attendance.sheets",        false, {},          false, true,  true,  false};
}  // namespace right

std::string_view name(Refusal r) {
  switch (r) {
    case Refusal::no_right: return "no_right";
    case Refusal::unknown: return "unknown";
    case Refusal::not_here: return "not_here";
    case Refusal::site_closed: return "site_closed";
    case Refusal::full: return "full";
    case Refusal::already_in: return "already_in";
    case Refusal::not_in: return "not_in";
    case Refusal::needs_adult: return "needs_adult";
    case Refusal::not_on_list: return "not_on_list";
    case Refusal::too_late: return "too_late";
    case Refusal::session_closed: return "session_closed";
    case Refusal::session_not_open: return "session_not_open";
    case Refusal::ends_before_it_began: return "ends_before_it_began";
    case Refusal::held: return "held";
    case Refusal::too_early: return "too_early";
  }
  return "unknown";
}

std::string_view name(Absence a) {
  switch (a) {
    case Absence::leave: return "leave";
    case Absence::not_seen: return "not_seen";
    case Absence::phoned: return "phoned";
  }
  return "not_seen";
}

}  // namespace attendance
