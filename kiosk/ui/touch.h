// When a finger counts: every touch rule of visual.md section 7 in one place, without a screen, so that it can be
// tested.
//
// The one rule: a touch counts on lift, once, for the target it began in; nothing a finger does by mistake changes
// anything. Rectangles are in mm, times in ms of a clock that never jumps. Drawing thread only.
#pragma once

#include "ui/rect.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

// A place that can be touched, as it stood in the frame the person saw.
struct Target {
  std::string id;
  Rect rect;  // as drawn
  Rect hit;   // as felt: grown outward, see grow_hit_areas
  bool ink = false;  // a field to write in: the one place where a finger may draw
  bool operator==(const Target&) const = default;
};

// Numbers of visual.md section 7. Ours, until people in villages have been watched.
struct TouchRules {
  float slack_mm = 5;  // a finger may end this far outside of where it began
  float dead_mm = 3;   // stays untouchable between two targets
  int same_again_ms = 500;
  int after_change_ms = 350;
  int misses = 4;
  int misses_within_ms = 8000;
  float ink_step_mm = 0.4f;  // points of a stroke closer than this are one
};

// A stroke written in a field, in tenths of a millimetre from the field's top left corner; never outside the field.
struct InkPoint {
  int x = 0, y = 0;
  bool operator==(const InkPoint&) const = default;
};
using InkStroke = std::vector<InkPoint>;
inline constexpr std::size_t most_ink_points = 400;

// Grows each hit area by (gap - 3) / 2 on each side, gap being the distance to the nearest neighbour there (at most
// `most_mm` a side).
void grow_hit_areas(std::vector<Target>&, const Rect& glass, const TouchRules& = {}, float most_mm = 3);

class Touch {
 public:
  explicit Touch(TouchRules rules = {}) : rules_(rules) {}

  void screen_changed(std::int64_t now_ms);
  // The first frame after that is on the glass: nobody has seen the screen before, and what was touched meanwhile was meant for the one before.
  void screen_seen(std::int64_t now_ms);
  void down(float x, float y, int finger, std::int64_t at_ms, const std::vector<Target>&);
  void move(float x, float y, int finger);
  // The id that counts, or empty. Of a field: `<id>:<x>,<y> <x>,<y> …`, the stroke that ends here; no stroke is too soon after another.
  [[nodiscard]] std::string up(float x, float y, int finger, std::int64_t at_ms, const std::vector<Target>&);

  // Id under the finger now (drawn pressed), or empty.
  [[nodiscard]] const std::string& pressed() const { return within_ ? pressed_ : nothing_; }
  // The stroke being written in this field, empty when there is none.
  [[nodiscard]] const InkStroke& stroke(std::string_view field) const { return field == inking_ ? stroke_ : no_stroke_; }
  // True once after four touches beside targets in 8 s.
  [[nodiscard]] bool take_lost();

 private:
  void ink(float x, float y);
  [[nodiscard]] bool deaf(std::int64_t at_ms) const { return at_ms < deaf_until_ms_; }
  void missed(std::int64_t at_ms);

  TouchRules rules_;
  int finger_ = -1;  // the one that counts, -1: none is down
  std::string pressed_;
  const std::string nothing_;
  std::string inking_;  // the field written in, or empty
  Rect field_;
  InkStroke stroke_;
  const InkStroke no_stroke_;
  Rect began_;  // how far the finger may go from where it came down
  Rect hit_;    // hit area of the target where the finger came down
  float from_x_ = 0, from_y_ = 0;
  bool within_ = false;
  std::int64_t deaf_until_ms_ = INT64_MIN;
  bool unseen_ = false;
  std::string last_;  // what was touched last, where, and when
  Rect last_hit_;
  std::int64_t last_ms_ = INT64_MIN / 2;
  std::deque<std::int64_t> misses_;
  bool lost_ = false;
};

}  // namespace ui
