// A field to write one character in with the finger, and beside it what it may be. Keys pass the field by: whoever uses five keys takes pinyin.
//
// What is recognised comes from a worker; until it is there the strokes stay as they are. Screens that have the pad: type/text, pick/search.
#pragma once

#include "parts/keys.h"
#include "parts/screen.h"
#include "ui/touch.h"

#include <set>
#include <string>
#include <vector>

namespace parts {

// In the draft: what is written and not yet taken.
struct HandPad {
  std::vector<ui::InkStroke> strokes;
  int page = 0;
  void wipe() { *this = {}; }
};

// For a screen's `load`: candidates for the pad's strokes, those first that names of this village hold. Starts the engine when it is first
// asked; `there` is false where it cannot be had.
struct Recognised {
  std::vector<std::string> candidates;
  bool there = true;
};
[[nodiscard]] Recognised recognised(const Ask&, const HandPad&);
// Whether the way to the pad is to be offered.
[[nodiscard]] bool has_hand(const Draft&);

// Ids: `ink:<points>`, `pick:<place>` for candidates, hand:undo, hand:clear; `fixed` keys stand after those two.
void draw_hand(ui::Ui&, ui::Rect area, const HandPad&, const std::vector<std::string>& candidates, std::vector<KeyCap> fixed);
// True when the tap was the pad's own (a stroke, one back, all away).
[[nodiscard]] bool hand_took(HandPad&, const Tap&);

// `ours` six places nearer the top, so that 秀 of somebody here comes before 禾 乃 of nobody, but never before what is quite another
// character. Ours; measured in tests/parts/handwriting_test.cpp.
[[nodiscard]] std::vector<std::string> names_first(const std::vector<std::string>& candidates, const std::set<std::string>& ours);

}  // namespace parts
