#include "ui/glass.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float mm_per_inch = 25.4f;
constexpr float standing_reach_mm = 1100;  // visual.md section 3: top edge of whatever must be touched

void finish(Glass& glass, float bottom_mm) {
  glass.diagonal_in = std::hypot(glass.width_mm(), glass.height_mm()) / mm_per_inch;
  glass.reading_mm = glass.diagonal_in < 13 ? 400.0f : glass.diagonal_in <= 24 ? 500.0f : 600.0f;
  glass.bottom_mm = bottom_mm > 0 ? bottom_mm : glass.portrait() ? 700.0f : 800.0f;
}

}  // namespace

float Glass::reach_top_mm() const { return std::max(0.0f, height_mm() - (standing_reach_mm - bottom_mm)); }

Glass measure(int width_px, int height_px, float reported_width_mm, const GlassSettings& settings) {
  Glass glass;
  glass.width_px = std::max(1, width_px);
  glass.height_px = std::max(1, height_px);
  const float width_mm = settings.width_mm > 0 ? settings.width_mm : reported_width_mm;
  const float found = settings.px_per_mm > 0 ? settings.px_per_mm
                      : width_mm > 0         ? static_cast<float>(width_px) / width_mm
                                             : 0;
  glass.plausible = found >= 2 && found <= 12;
  glass.px_per_mm = glass.plausible ? found : 4.0f;
  finish(glass, settings.bottom_mm);
  return glass;
}

Glass glass_of(int width_px, int height_px, float diagonal_in) {
  Glass glass;
  glass.width_px = width_px;
  glass.height_px = height_px;
  glass.px_per_mm =
      std::hypot(static_cast<float>(width_px), static_cast<float>(height_px)) / (diagonal_in * mm_per_inch);
  finish(glass, 0);
  return glass;
}

const std::array<NamedGlass, 5>& reference_glasses() {
  static const std::array<NamedGlass, 5> glasses{{{"1024x600", glass_of(1024, 600, 10.1f)},
                                                  {"1280x800", glass_of(1280, 800, 10.1f)},
                                                  {"1366x768", glass_of(1366, 768, 15.6f)},
                                                  {"1920x1080", glass_of(1920, 1080, 21.5f)},
                                                  {"1080x1920", glass_of(1080, 1920, 21.5f)}}};
  return glasses;
}

}  // namespace ui
