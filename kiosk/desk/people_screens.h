// The parts of the people's screens; used inside the desk alone.
#pragma once

#include "parts/screen.h"

#include <vector>

namespace desk {

[[nodiscard]] std::vector<parts::Screen> family_screens();  // family.cpp: carers and households
[[nodiscard]] std::vector<parts::Screen> card_screens();    // cards.cpp: cards and the three pictures
[[nodiscard]] std::vector<parts::Screen> photo_screens();   // photos.cpp

}  // namespace desk
