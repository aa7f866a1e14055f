// The two faces all text is set in, found by fontconfig and mapped into memory, never copied. For ui alone.
#pragma once

#include "ui/text_layout.h"
#include "ui/ui.h"

#include <imgui.h>

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace ui {

// A font's file as the system keeps it: mapped once, shared by all frames, given back when the program ends.
struct MappedFile {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  int face = 0;
};
// The first font of this family and weight; nothing if the family is not installed.
[[nodiscard]] MappedFile find_font(const char* family, bool bold);

class Fonts {
 public:
  // Adds Noto Sans CJK SC to the atlas of the current ImGui context, with fonts-hanazono behind it for rare names
  // if there. Throws std::runtime_error when the family is missing (package fonts-noto-cjk).
  void load();
  // Before the context goes: ImGui must not free what is only mapped.
  static void release();

  [[nodiscard]] ImFont* font(Weight weight) const { return weight == Weight::bold ? bold_ : regular_; }
  // ImGui's size of a font whose em is this many pixels (its size is ascent to descent).
  [[nodiscard]] float size_of_em(float em_px) const { return em_px * per_em_; }
  // The em nearest to this one that ImGui can set exactly; `up` never gives a smaller one.
  [[nodiscard]] float settled(float em_px, bool up = false) const;
  [[nodiscard]] float advance(char32_t, Weight, float em_px) const;
  // Cached: the same words in the same width cost nothing the second time.
  [[nodiscard]] const Laid& lay_out(std::string_view, Weight, float em_px, float width_px, bool even);
  [[nodiscard]] float width(std::string_view, Weight, float em_px);

  // Largest em between most and least with which the words fit; `laid` belongs to it.
  struct Fit {
    float em_px = 0;
    const Laid* laid = nullptr;
    bool fits = true;
  };
  [[nodiscard]] Fit fit(std::string_view, Weight, float most_px, float least_px, float width_px, float height_px,
                        float line_factor, int lines);

 private:
  ImFont* regular_ = nullptr;
  ImFont* bold_ = nullptr;
  float per_em_ = 1.448f;
  std::unordered_map<std::uint64_t, Laid> laid_;
  struct Fitted {
    float em_px;
    bool even;
    float width_px;
    bool fits;
  };
  std::unordered_map<std::uint64_t, Fitted> fitted_;
};

}  // namespace ui
