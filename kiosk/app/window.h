// A window of ours, full screen or of a size. Main thread only.
#pragma once

#include "ui/glass.h"

#include <optional>
#include <utility>

struct GLFWwindow;

namespace app {

// Its OpenGL context is current. Nothing when there is no display.
[[nodiscard]] GLFWwindow* open_window(std::optional<std::pair<int, int>> size);
// Its glass: by what the display reports, where that can be true, and what settings say.
[[nodiscard]] ui::Glass glass_behind(GLFWwindow*, const ui::GlassSettings&);
// Says on stderr that there is no display.
void no_window();

}  // namespace app
