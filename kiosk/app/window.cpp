#include "app/window.h"

#include <GLFW/glfw3.h>
#include <cstdlib>
#include <fmt/format.h>

namespace app {

GLFWwindow* open_window(std::optional<std::pair<int, int>> size) {
  if (glfwInit() != GLFW_TRUE) return nullptr;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  glfwWindowHint(GLFW_RESIZABLE, GLFW_FALSE);
  glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
  const int width = size ? size->first : mode != nullptr ? mode->width : 1366;
  const int height = size ? size->second : mode != nullptr ? mode->height : 768;
  auto* handle = glfwCreateWindow(width, height, "暖站", size ? nullptr : monitor, nullptr);
  if (handle != nullptr) {
    if (size) glfwSetWindowPos(handle, 0, 0);
    glfwMakeContextCurrent(handle);
    glfwSwapInterval(0);
  }
  return handle;
}

ui::Glass glass_behind(GLFWwindow* handle, const ui::GlassSettings& settings) {
  int width = 0, height = 0, reported_mm = 0, ignored = 0;
  glfwGetFramebufferSize(handle, &width, &height);
  if (auto* monitor = glfwGetPrimaryMonitor()) {
    glfwGetMonitorPhysicalSize(monitor, &reported_mm, &ignored);
    if (const auto* mode = glfwGetVideoMode(monitor); mode != nullptr && mode->width != width) reported_mm = 0;
  }
  return ui::measure(width, height, static_cast<float>(reported_mm), settings);
}

void no_window() {
  const char* display = std::getenv("DISPLAY");
  fmt::print(stderr, "no window can be opened: is there a display? (DISPLAY is {})\n", display != nullptr ? display : "not set");
}

}  // namespace app
