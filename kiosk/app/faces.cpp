#include "app/faces.h"

#include "desk/faces.h"
#include "desk/home.h"
#include "desk/mine.h"
#include "desk/today.h"
#include "parts/identify.h"
#include "parts/newcomer.h"
#include "shapes/attendance/screens/arrive.h"
#include "shapes/attendance/screens/face.h"
#include "shapes/booking/screens/face.h"
#include "shapes/notice/notice.h"
#include "shapes/notice/screens/face.h"
#include "shapes/request/screens/face.h"

namespace app {

namespace {

// What crosses from one room to another: the house's own words stay in their rooms, here they are only handed on.
void hand_on() {
  desk::set_attractions([](const store::Reader& reader) {
    std::vector<desk::Attraction> shown;
    for (auto& a : notice::for_attract(reader)) shown.push_back({std::move(a.picture), std::move(a.title), a.kind == notice::Kind::safety});
    return shown;
  });
  // Where it stands anyhow it stays; elsewhere only while there is something to hear.
  desk::set_tile_condition("go:news", [](const store::Reader& reader) {
    const auto site = village::site(reader, village::SiteId{reader.viewer().site});
    const bool maybe = site && (site->kind == "day_care_centre" || site->kind == "rainbow_room");
    return !maybe || !notice::current(reader, reader.today()).empty();
  });
  // One reminder a day, another each day.
  attendance::set_reminder([](const store::Reader& reader) -> std::optional<attendance::Reminder> {
    std::vector<notice::Attraction> safety;
    for (auto& a : notice::for_attract(reader))
      if (a.kind == notice::Kind::safety) safety.push_back(std::move(a));
    if (safety.empty()) return std::nullopt;
    auto& today = safety[static_cast<std::size_t>(reader.today().time_since_epoch().count()) % safety.size()];
    return attendance::Reminder{std::move(today.picture), std::move(today.title)};
  });
}

}  // namespace

std::vector<parts::Faces> all_faces() {
  hand_on();
  std::vector<parts::Faces> all;
  parts::Faces own;
  own.screens = parts::identify_screens();
  own.screens.push_back(parts::newcomer_screen());
  for (auto& s : desk::home_screens()) own.screens.push_back(std::move(s));
  for (auto& s : desk::mine_screens()) own.screens.push_back(std::move(s));
  own.tiles = {desk::mine_tile(), {"urgent", ui::emoji("🚨"), "parts.bar.urgent", ui::Tint::urgent, "", "", 90, {}, {}, false}};
  all.push_back(std::move(own));
  all.push_back(desk::faces());
  all.push_back(attendance::faces());
  all.push_back(request::faces());
  all.push_back(booking::faces());
  all.push_back(notice::faces());
  std::vector<parts::StaffTile> staff;
  for (const auto& faces : all) staff.insert(staff.end(), faces.staff_tiles.begin(), faces.staff_tiles.end());
  desk::set_staff_tiles(std::move(staff));
  return all;
}

}  // namespace app
