// What stands on the glass: drawing only what changed must give the very pixels of drawing everything. Needs an X
// display.
#include "gallery.h"
#include "ui/gl.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

namespace {

using namespace ui;

class Pixels : public testing::Test {
 protected:
  void SetUp() override {
    if (!glfwInit()) GTEST_SKIP() << "no display";
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    window_ = glfwCreateWindow(glass.width_px, glass.height_px, "pixels", nullptr, nullptr);
    if (window_ == nullptr) GTEST_SKIP() << "no OpenGL";
    glfwMakeContextCurrent(window_);
    frame.emplace();
    gl.emplace(*frame);
  }
  void TearDown() override {
    gl.reset();
    frame.reset();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfwTerminate();
  }

  void draw(std::size_t page, const Input& input, int after_ms) {
    now += after_ms;
    Look look = gallery::pages()[page].look;
    frame->begin(glass, input, words, look, now);
    Ui ui(*frame);
    gallery::pages()[page].draw(ui, true);
    frame->end();
  }

  // Presents what is new, then everything, and counts the pixels that differ.
  std::size_t differing() {
    gl->present();
    share = gl->drawn_share();
    const auto part = gl->pixels();
    gl->forget();
    gl->present();
    const auto whole = gl->pixels();
    std::size_t count = 0;
    for (std::size_t i = 0; i < part.size(); i += 3)
      if (std::max({std::abs(part[i] - whole[i]), std::abs(part[i + 1] - whole[i + 1]),
                    std::abs(part[i + 2] - whole[i + 2])}) > 1)
        ++count;
    return count;
  }

  Glass glass = reference_glasses()[0].glass;
  base::Words words;
  std::int64_t now = 10'000;
  std::optional<Frame> frame;
  std::optional<Gl> gl;
  float share = 0;

 private:
  GLFWwindow* window_ = nullptr;
};

}  // namespace

TEST_F(Pixels, of_a_press_are_drawn_alone_and_are_the_right_ones) {
  draw(0, {}, 1000);
  EXPECT_EQ(differing(), 0u);
  EXPECT_FLOAT_EQ(share, 1);
  for (int i = 0; i < 20; ++i) {
    draw(0, {}, 1000);  // a frame makes only a few of the pictures
    EXPECT_EQ(differing(), 0u) << i;
  }
  EXPECT_FLOAT_EQ(share, 0);  // nothing moved: nothing is drawn
  const auto& widgets = frame->outline().widgets;
  const auto mine = std::find_if(widgets.begin(), widgets.end(), [](const Widget& w) { return w.id == "go:mine"; });
  ASSERT_NE(mine, widgets.end());
  const float x = mine->rect.x + 5, y = mine->rect.y + 5;
  draw(0, {{{.did = Did::touch_down, .x_mm = x, .y_mm = y, .at_ms = now}}}, 20);
  EXPECT_EQ(differing(), 0u);
  EXPECT_GT(share, 0);
  EXPECT_LT(share, 0.25f);
  draw(0, {{{.did = Did::touch_up, .x_mm = x, .y_mm = y, .at_ms = now}}}, 20);
  EXPECT_EQ(differing(), 0u);
  for (int i = 0; i < 5; ++i) {
    draw(0, {}, 30);  // the release eases out
    EXPECT_EQ(differing(), 0u) << i;
  }
}

TEST_F(Pixels, are_right_while_screens_come_and_go_and_the_ring_glides) {
  std::size_t page = 0;
  for (int i = 0; i < 60; ++i) {
    Input input;
    if (i % 4 == 1) input.events.push_back(key_press(i % 8 == 1 ? Key::down : Key::right, now));
    if (i % 10 == 9) {
      page = (page + 1) % gallery::pages().size();
      frame->screen_changed(now, i % 20 == 9);
    }
    draw(page, input, i % 3 == 0 ? 700 : 40);
    ASSERT_EQ(differing(), 0u) << "step " << i << " page " << gallery::pages()[page].name;
  }
}

TEST_F(Pixels, of_a_live_picture_are_drawn_alone_and_only_when_it_has_changed) {
  const auto draw_live = [&] {
    now += 1000;
    frame->begin(glass, {}, words, {}, now);
    Ui ui(*frame);
    Picture p;
    p.photo = "live:camera";
    ui.photo(ui.body().centred(60, 60), p);
    frame->end();
  };
  const auto show = [&](std::uint8_t grey) { frame->show_live("live:camera", 64, 64, std::vector<std::uint8_t>(4 * 64 * 64, grey)); };
  show(255);
  for (int i = 0; i < 3; ++i) {
    draw_live();
    EXPECT_EQ(differing(), 0u);
  }
  EXPECT_FLOAT_EQ(share, 0);
  for (int i = 0; i < 6; ++i) {
    show(static_cast<std::uint8_t>(255 - 20 * i));
    draw_live();
    EXPECT_EQ(differing(), 0u) << i;
    EXPECT_GT(share, 0) << i;
    EXPECT_LT(share, 0.5) << i;
  }
}
