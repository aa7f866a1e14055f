// A window of ours, full screen or of a size. Main thread only.
#pragma once

#include <optional>
#include <utility>

struct GLFWwindow;

namespace app {

// Its OpenGL context is current. Nothing when there is no display.
[[nodiscard]] GLFWwindow* open_window(std::optional<std::pair<int, int>> size);
// Says on stderr that there is no display.
void no_window();

}  // namespace app
