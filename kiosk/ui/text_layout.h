// Where lines break. Chinese may break between any two characters but for punctuation, other scripts break at
// spaces. A date, a count (3个), a person as people speak of one
// (王奶奶) and what is two to four characters by itself (a name in a row) stay whole where a line is as wide as they are.
//
// The one rule: nothing is ever left out: the lines together are the whole text. Pure; widths come from the
// caller's fonts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

struct LaidLine {
  int begin, end;
  float width;
};  // bytes of the text, without the spaces at the break
struct Laid {
  std::vector<LaidLine> lines;
  float width = 0;          // of the widest line
  bool broke_word = false;  // a word longer than the line had to be broken inside
  bool shaped = false;      // drawn by ui/shaped.h
};

using Advance = std::function<float(char32_t)>;

// Greedy; `even` then narrows the lines until they are about equally long (labels, titles), keeping their number.
[[nodiscard]] Laid lay_out(std::string_view text, float width, const Advance&, bool even = false);

// Decodes one character and moves on. Broken bytes become U+FFFD.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at);
[[nodiscard]] bool is_wide(char32_t);  // Chinese and its punctuation: may break anywhere

}  // namespace ui
