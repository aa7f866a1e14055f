// The least that a window with OpenGL costs on this machine: what the kiosk's first frame and memory are measured against.
// bare_window WxH: opens, clears, shows, prints "shown <monotonic ms>", then waits. Built by kiosk_bench.py with g++ alone.
#include <GLFW/glfw3.h>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
  int width = 1366, height = 768;
  if (argc > 1) std::sscanf(argv[1], "%dx%d", &width, &height);
  if (glfwInit() != GLFW_TRUE) return 1;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
  GLFWwindow* window = glfwCreateWindow(width, height, "bare", nullptr, nullptr);
  if (window == nullptr) return 1;
  glfwMakeContextCurrent(window);
  glClearColor(0.98f, 0.96f, 0.93f, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glfwSwapBuffers(window);
  glFinish();
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  std::printf("shown %.2f\n", std::chrono::duration<double, std::milli>(now).count());
  std::fflush(stdout);
  while (glfwWindowShouldClose(window) == GLFW_FALSE) glfwWaitEvents();
}
