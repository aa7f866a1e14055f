#include "app/faces.h"

#include "desk/faces.h"
#include "desk/home.h"
#include "desk/mine.h"
#include "desk/today.h"
#include "parts/identify.h"
#include "shapes/attendance/screens/face.h"
#include "shapes/booking/screens/face.h"
#include "shapes/notice/screens/face.h"
#include "shapes/request/screens/face.h"

namespace app {

std::vector<parts::Faces> all_faces() {
  std::vector<parts::Faces> all;
  parts::Faces own;
  own.screens = parts::identify_screens();
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
