#include "ui/motion.h"

#include <algorithm>
#include <cmath>

namespace ui {

float eased(Ease ease, float share) {
  const float t = std::clamp(share, 0.0f, 1.0f);
  switch (ease) {
    case Ease::out_cubic:
      return 1 - std::pow(1 - t, 3.0f);
    case Ease::out_quad:
      return 1 - (1 - t) * (1 - t);
    case Ease::spring: {
      // A damped cosine whose only visible overshoot is 3 %.
      if (t >= 1) return 1;
      const float damped = std::exp(-6.3f * t) * std::cos(4.65f * t);
      return 1 - damped;
    }
  }
  return t;
}

float share_gone(std::int64_t since_ms, std::int64_t now_ms, int duration_ms, bool reduced) {
  if (reduced || duration_ms <= 0) return 1;
  return std::clamp(static_cast<float>(now_ms - since_ms) / static_cast<float>(duration_ms), 0.0f, 1.0f);
}

}  // namespace ui
