// The least that a window with OpenGL costs on this machine: what the kiosk's first frame and memory are measured against.
// bare_window WxH [drawn]: opens, clears, shows, prints "shown <monotonic ms>", then waits. With `drawn` it also draws one square with a
// texture through a shader, as every program with text or pictures must: where there is no GPU that alone makes Mesa compile, and its
// share of time and memory can be told from ours. Built by kiosk_bench.py with g++ alone.
#define GL_GLEXT_PROTOTYPES
#include <GLFW/glfw3.h>

#include <GL/glext.h>

#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

GLuint shader(GLenum kind, const char* text) {
  const GLuint made = glCreateShader(kind);
  glShaderSource(made, 1, &text, nullptr);
  glCompileShader(made);
  return made;
}

void draw_a_square() {
  const GLuint program = glCreateProgram();
  glAttachShader(program, shader(GL_VERTEX_SHADER, "#version 130\nin vec4 place; out vec2 at; void main() { at = place.zw; gl_Position = vec4(place.xy, 0, 1); }"));
  glAttachShader(program, shader(GL_FRAGMENT_SHADER, "#version 130\nuniform sampler2D picture; in vec2 at; out vec4 colour; void main() { colour = texture(picture, at); }"));
  glLinkProgram(program);
  glUseProgram(program);
  const float corners[] = {-0.5f, -0.5f, 0, 0, 0.5f, -0.5f, 1, 0, -0.5f, 0.5f, 0, 1, 0.5f, 0.5f, 1, 1};
  GLuint buffer = 0, texture = 0;
  glGenBuffers(1, &buffer);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STREAM_DRAW);
  const auto place = static_cast<GLuint>(glGetAttribLocation(program, "place"));
  glEnableVertexAttribArray(place);
  glVertexAttribPointer(place, 4, GL_FLOAT, GL_FALSE, 0, nullptr);
  const std::vector<unsigned> pixels(1024 * 512, 0x80FFFFFF);  // as much as the kiosk's first screen needs for its letters
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1024, 512, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace

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
  if (argc > 2 && std::string_view(argv[2]) == "drawn") draw_a_square();
  glfwSwapBuffers(window);
  glFinish();
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  std::printf("shown %.2f\n", std::chrono::duration<double, std::milli>(now).count());
  std::fflush(stdout);
  while (glfwWindowShouldClose(window) == GLFW_FALSE) glfwWaitEvents();
}
