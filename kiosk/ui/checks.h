// What an outline must keep, whatever the screen: T2, T3, T4, T5, T9, T11 and T12 of visual.md section 13.
#pragma once

#include "ui/frame.h"
#include "ui/outline.h"

#include <string>
#include <vector>

namespace ui {

// Each defect is one sentence with the check's name, the widget and the numbers. Empty: the screen is sound.
[[nodiscard]] std::vector<std::string> defects(const Outline&, const Glass&, const Look&);
// The helpers of every screen (T12): back, home, repeat, person; home without back and home; overlays none.
[[nodiscard]] std::vector<std::string> missing_helpers(const Outline&, bool home);

// WCAG contrast of two colours 0xRRGGBB, 1..21.
[[nodiscard]] double contrast(std::uint32_t, std::uint32_t);
// How a colour looks (0 normal, 1 protan, 2 deutan, 3 tritan; Machado 2009 at full strength) and how far two are
// apart (CIE76).
[[nodiscard]] std::uint32_t seen_by(std::uint32_t rgb, int sight);
[[nodiscard]] double delta_e(std::uint32_t, std::uint32_t);

}  // namespace ui
