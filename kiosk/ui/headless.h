// A frame without a window: for tests of screens. Draws, taps and presses keys as a person would, and gives the
// outline.
#pragma once

#include "ui/frame.h"

#include <functional>

namespace ui {

class Headless {
 public:
  using Draw = std::function<void(Ui&)>;
  explicit Headless(Glass glass = reference_glasses()[2].glass, Look look = {}, const base::Words* words = nullptr);

  Glass glass;
  Look look;
  std::int64_t now_ms = 1'000'000;

  // Draws until nothing moves any more and gives the outline.
  const Outline& draw(const Draw&);
  // Finger down and up in the middle of the target; gives the id that counted (empty: it was not there or did not
  // count).
  std::string tap(std::string_view id, const Draw&);
  std::string press(Key, const Draw&);
  FrameResult step(const Input&, const Draw&, int after_ms = 16);  // one frame
  [[nodiscard]] Frame& frame() { return frame_; }
  // Whether the colour font has this picture: what it lacks would show an initial.
  [[nodiscard]] static bool knows_emoji(std::string_view code);

 private:
  Frame frame_;
  base::Words none_;
  const base::Words* words_;
};

}  // namespace ui
