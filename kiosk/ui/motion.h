// How things move: one easing table, one place for durations (visual.md section 8). Reduced motion makes every
// duration 0.
#pragma once

#include <cstdint>

namespace ui {

enum class Ease { out_cubic, out_quad, spring };

// 0..1 eased; `spring` overshoots by 3 % once.
[[nodiscard]] float eased(Ease, float share);

namespace duration {  // ms
inline constexpr int press_out = 90, fade_out = 80, screen = 180, tick = 220, settle = 260, focus = 120, sway = 360,
                     busy_dot = 500, cross_fade = 600;
}

// Share 0..1 of a duration gone; 1 when motion is reduced.
[[nodiscard]] float share_gone(std::int64_t since_ms, std::int64_t now_ms, int duration_ms, bool reduced);

}  // namespace ui
