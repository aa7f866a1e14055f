// The outline: everything on the screen, said in words. Voice, keys, accessibility checks, tests and the trace read
// this one list.
#pragma once

#include "ui/rect.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ui {

// What a widget is to a person. Written to traces: add at the end, never renumber.
enum class Kind { target, text, picture, figure };

struct Widget {
  bool operator==(const Widget&) const = default;
  std::string id;  // stable id for targets; for texts the role they play, may be empty
  Kind kind = Kind::target;
  bool main = false;  // a resident's main choice
  std::string label;
  Rect rect;                                 // mm on the glass, as drawn
  float font_px = 0;                         // 0: no text
  std::uint32_t fg = 0, bg = 0, border = 0;  // 0xRRGGBB
  std::string picture;                       // emoji, portrait id or drawn name
  std::string voice;                         // text key or, where there is none, the label
  std::string state;                         // normal selected full busy done
  bool cut = false;                          // text did not fit its box: a defect (T11)
  bool personal = false;  // label holds a person's name or words: traces leave it out unless asked
};

struct Outline {
  std::vector<Widget> widgets;
  std::string focus;      // id with the key focus, or empty
  std::string speak_key;  // what the screen says when it opens
  std::string speak_text;
  bool operator==(const Outline&) const = default;
};

// Name of a kind in traces.
[[nodiscard]] const char* name(Kind);

}  // namespace ui
