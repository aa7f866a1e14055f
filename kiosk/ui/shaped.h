// Scripts whose letters change with their neighbours - Uyghur, Tibetan, Mongolian - are broken into lines and drawn by Pango and
// HarfBuzz; all other text goes to ImGui, which sets letter after letter.
//
// A traditional Mongolian name lies on its side, as it does in any horizontal text. For ui alone.
#pragma once

#include "ui/text_layout.h"
#include "ui/ui.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ui {

[[nodiscard]] bool needs_shaping(std::string_view);

// The lines of a text as they are shaped; the same promise as `lay_out`: nothing is left out.
[[nodiscard]] Laid lay_out_shaped(std::string_view, Weight, float em_px, float width_px);

// One line, white on nothing, to be tinted. It stands `shaped_margin` em to the left of where its line begins, and its baseline
// `shaped_baseline` em under its top.
struct ShapedLine {
  std::vector<std::uint8_t> pixels;  // RGBA
  int w = 0, h = 0;
  bool unknown = false;  // a character that no font of this machine has (package fonts-noto-core)
};
inline constexpr float shaped_margin = 0.5f, shaped_baseline = 1.6f, shaped_height = 2.9f;  // Tibetan stacks reach far below
[[nodiscard]] ShapedLine draw_shaped(std::string_view line, Weight, float em_px);

}  // namespace ui
