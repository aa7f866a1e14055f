// Keys in a grid, for whatever is typed on the glass.
#pragma once

#include "ui/ui.h"

#include <string>
#include <vector>

namespace parts {

// `filled`: what ends the writing, white on deep. `rare` ones go to the last page where a glass cannot hold all. `chosen`: the keys that
// are here now.
struct KeyCap { std::string id, label; bool filled = false, rare = false, chosen = false; };
// Cells of at least 20 mm that fill the area; `fixed` are always there, the rest in pages (key:more).
void key_grid(ui::Ui&, ui::Rect area, std::vector<KeyCap> caps, const std::vector<KeyCap>& fixed, int page);
// One key: framed where it is `chosen`, white on deep where it is `filled`.
void key_cap(ui::Ui&, ui::Rect, const KeyCap&);

}  // namespace parts
