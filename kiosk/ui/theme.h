// Colours, type scale and spacing of visual.md sections 2 to 5: the only place that knows these numbers.
#pragma once

#include "ui/ui.h"

#include <cstdint>

namespace ui {

using Colour = std::uint32_t;  // 0xRRGGBB

struct TintColours {
  Colour deep, soft;
  Colour pressed;  // deep at 20 % over soft
  Colour border;   // deep, ink2 for neutral, amber at night
};

struct Theme {
  Colour paper, card, sunk, ink, ink2, ink2_on_soft, edge, amber, green, brown, shadow;
  Colour dot;  // places free and taken: green by day, amber at night
  float shadow_alpha;
  Colour on_deep;        // text on a filled control
  TintColours tints[7];  // by Tint
  [[nodiscard]] const TintColours& of(Tint tint) const { return tints[static_cast<int>(tint)]; }
};

[[nodiscard]] const Theme& theme(bool staff, bool night);
[[nodiscard]] Colour mix(Colour from, Colour to, float share);

// em in mm at D = 500 mm, and the smallest this role may shrink to so that its words fit.
struct TypeSize {
  float em, least;
  Weight weight;
};
[[nodiscard]] TypeSize type_size(Type, bool staff);
[[nodiscard]] float floor_em(bool staff);  // 8.5 or 6.5 at D = 500

namespace space {  // mm
inline constexpr float bar = 20, gap = 6, gap_staff = 4, radius = 5, radius_chip = 3, border = 1.0f,
                       border_pressed = 1.6f, border_selected = 2.4f;
inline constexpr float shadow_down = 0.8f, shadow_blur = 1.6f, ring = 1.2f, ring_away = 1.0f, press_down = 0.8f;
inline constexpr float target = 20, main_target = 30, row = 24;
}  // namespace space

}  // namespace ui
