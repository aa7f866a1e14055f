// Home, and what the kiosk shows when nobody stands there.
#pragma once

#include "parts/screen.h"

namespace desk {

// The tiles of all rooms, by their order; the site's kind decides which are there and which is the hero.
void set_home_tiles(std::vector<parts::HomeTile>);
[[nodiscard]] std::vector<parts::Screen> home_screens();

}  // namespace desk
