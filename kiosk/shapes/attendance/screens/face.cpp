#include "shapes/attendance/screens/face.h"

#include "shapes/attendance/attendance.h"
#include "shapes/attendance/screens/arrive.h"
#include "shapes/attendance/screens/child.h"
#include "shapes/attendance/screens/roster.h"

namespace attendance {
namespace {

// A child still in after its class, or an adult who was refused: stands until staff saw to it.
std::vector<parts::Alarm> alarms(const store::Reader& reader, const base::Words& words) {
  std::vector<parts::Alarm> all;
  const auto late = late_pickups(reader);
  const auto refused = refused_fetches(reader);
  if (!refused.empty()) {
    parts::Alarm a;
    a.id = "refused_fetch";
    a.picture = "🔔";
    a.line = words.text("attendance.alarm.refused");
    a.action = words.text("attendance.alarm.go");
    a.screen = "attendance/still_in";
    all.push_back(std::move(a));
  }
  if (!late.empty()) {
    parts::Alarm a;
    a.id = "late_pickup";
    a.picture = "🎒";
    a.line = words.text("attendance.alarm.late", {{"n", std::to_string(late.size())}});
    a.action = words.text("attendance.alarm.go");
    a.screen = "attendance/still_in";
    a.loud = false;
    all.push_back(std::move(a));
  }
  return all;
}

}  // namespace

parts::Faces faces() {
  parts::Faces f;
  f.screens = {start_screen(), arrive_screen(), refused_screen(), welcome_screen(), leave_screen(), undone_screen()};
  for (auto& s : child_screens()) f.screens.push_back(std::move(s));
  for (auto& s : roster_screens()) f.screens.push_back(std::move(s));
  f.tiles = {{"go:check_in", ui::emoji("👋"), "attendance.tile.check_in", ui::Tint::elder, "attendance/check_in", "", 0, {}, {"day_care_centre", "womens_home", "micro_home", "civilisation_station", "village_office", "youth_home"}, false},
             {"go:child", ui::emoji("🎒"), "attendance.tile.child", ui::Tint::child, "attendance/child", "", 40, {"day_care_centre", "rainbow_room", "youth_home", "civilisation_station", "village_office"}, {"rainbow_room"}, false}};
  f.staff_tiles = {{"go:roster", ui::emoji("✅"), "attendance.tile.roster", "attendance/sessions", "", store::Role::volunteer, 10}};
  f.on_card = "attendance/arrive";
  f.alarms = &alarms;
  return f;
}

}  // namespace attendance
