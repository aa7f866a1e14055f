// Mine: what the kiosk knows for the person who stands there; private lines only when they proved who they are.
#pragma once

#include "parts/screen.h"
#include "shapes/shape.h"

namespace desk {

struct MineModel {
  std::optional<village::FaceOf> face;
  std::vector<shapes::About> lines;  // of all shapes, in their order
  bool more_with_card = false;       // private lines exist that a card or the secret would show
};

[[nodiscard]] std::vector<parts::Screen> mine_screens();  // desk/mine (the tile: knows the person first), desk/mine_lines
[[nodiscard]] parts::HomeTile mine_tile();                // go:mine

}  // namespace desk
