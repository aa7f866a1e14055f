// What the desk shows: its screens, the calendar's tile on home, and the tiles on staff's page.
#pragma once

#include "parts/screen.h"

namespace desk {

// All but desk/home and desk/attract (desk/home.h). Holds the screens of parts/type_text and parts/pick_person too.
[[nodiscard]] parts::Faces faces();

}  // namespace desk
