// The glass a person stands before: its size in pixels and millimetres, and how far away the eyes are.
//
// The one rule: fingers are served in millimetres of the glass, text in millimetres times the reading distance.
// Sizes come from the monitor's report or from settings (`screen.width_mm`, `screen.bottom_mm`). Any thread.
#pragma once

#include <array>
#include <string_view>

namespace ui {

struct Glass {
  int width_px = 1366, height_px = 768;
  float px_per_mm = 4.0f;
  float diagonal_in = 15.6f;
  float reading_mm = 500.0f;  // 400 under 13 inch, 500 to 24 inch, 600 above
  float bottom_mm = 800.0f;   // floor to the lower edge of the glass
  bool plausible = true;      // false: the monitor's size could not be true, 4.0 px/mm was taken (`doctor` says so)
  bool operator==(const Glass&) const = default;

  [[nodiscard]] float width_mm() const { return static_cast<float>(width_px) / px_per_mm; }
  [[nodiscard]] float height_mm() const { return static_cast<float>(height_px) / px_per_mm; }
  [[nodiscard]] bool portrait() const { return height_px > width_px; }
  [[nodiscard]] bool compact() const { return diagonal_in < 13.0f; }
  [[nodiscard]] float reading_scale() const { return reading_mm / 500.0f; }  // em = mm x this
  // The y on the glass (mm from its top) above which a target is out of reach: 1100 mm over the floor.
  [[nodiscard]] float reach_top_mm() const;
};

// What settings may override; 0 means not said.
struct GlassSettings {
  float width_mm = 0;   // measured with a bank card on the set-up screen
  float bottom_mm = 0;  // default 800 landscape, 700 portrait
  float px_per_mm = 0;  // --px-per-mm
};

// From what the display reports (its own width in mm, 0 if it does not say). Under 2 or over 12 px/mm is not
// believed: 4.0.
[[nodiscard]] Glass measure(int width_px, int height_px, float reported_width_mm, const GlassSettings& = {});

// A glass of a known diagonal: the reference screens.
[[nodiscard]] Glass glass_of(int width_px, int height_px, float diagonal_in);

// The five reference screens of visual.md section 1.
struct NamedGlass {
  std::string_view name;
  Glass glass;
};
[[nodiscard]] const std::array<NamedGlass, 5>& reference_glasses();

}  // namespace ui
