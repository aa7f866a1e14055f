// Photographs the gallery when NUANZHAN_GALLERY names a folder and there is an X display: for eyes, not for
// machines.
#include "gallery.h"

#include "ui/gl.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

TEST(Gallery, is_photographed_when_asked) {
  const char* folder = std::getenv("NUANZHAN_GALLERY");
  if (folder == nullptr) GTEST_SKIP() << "NUANZHAN_GALLERY names no folder";
  const char* only = std::getenv("NUANZHAN_GALLERY_ONLY");
  const char* scale = std::getenv("NUANZHAN_GALLERY_SCALE");
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(glfwInit());
  for (const auto& [name, glass] : ui::reference_glasses()) {
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
    GLFWwindow* window = glfwCreateWindow(glass.width_px, glass.height_px, "gallery", nullptr, nullptr);
    ASSERT_NE(window, nullptr);
    glfwMakeContextCurrent(window);
    {
      ui::Frame frame;
      ui::Gl gl(frame);
      base::Words words;
      words.set("ui.busy.wait", "等一下");
      std::int64_t now = 10'000;
      for (const auto& page : gallery::pages())
        for (const bool chinese : {true, false}) {
          const std::string file = page.name + "-" + std::string(name) + (chinese ? "" : "-en");
          if (only != nullptr && file.find(only) == std::string::npos) continue;
          ui::Look look = page.look;
          look.reduced_motion = true;
          look.night = std::getenv("NUANZHAN_GALLERY_NIGHT") != nullptr;
          if (scale != nullptr) look.text_scale = static_cast<float>(std::atof(scale));
          for (int i = 0; i < 2; ++i) {
            ui::Input input;
            if (std::getenv("NUANZHAN_GALLERY_KEYS") != nullptr && i == 1)
              input.events.push_back(ui::key_press(ui::Key::down, now));
            frame.begin(glass, input, words, look, now += 1000);
            ui::Ui ui(frame);
            page.draw(ui, chinese);
            const auto result = frame.end();
            gl.present();
            if (i == 1) printf("%s %.2f ms\n", file.c_str(), result.cpu_ms);
          }
          ASSERT_TRUE(gl.save_png(std::filesystem::path(folder) / (file + ".png")));
        }
    }
    glfwDestroyWindow(window);
  }
  glfwTerminate();
}
