// What a person did since the last frame, in the order it happened. The window's callbacks fill it; Frame::begin
// reads it.
#pragma once

#include "ui/glass.h"

#include <cstdint>
#include <vector>

namespace ui {

enum class Did { touch_down, touch_move, touch_up, key, character };

// Keys of a keypad, an audio keypad or a keyboard. `erase` and characters are for staff who type.
enum class Key { up, down, left, right, ok, back, help, volume_up, volume_down, repeat, erase };

struct Event {
  Did did = Did::touch_down;
  float x_mm = 0, y_mm = 0;  // touches: on the glass
  int finger = 0;            // touches: the first finger down counts, others are ignored until all are up
  Key key = Key::ok;         // keys: presses only; the window leaves out the system's own repeats
  char32_t character = 0;
  std::int64_t at_ms = 0;  // monotonic
};

struct Input {
  std::vector<Event> events;
};

[[nodiscard]] inline Event touch_at(Did did, double x_px, double y_px, const Glass& glass, std::int64_t at_ms) {
  return {.did = did,
          .x_mm = static_cast<float>(x_px) / glass.px_per_mm,
          .y_mm = static_cast<float>(y_px) / glass.px_per_mm,
          .at_ms = at_ms};
}
[[nodiscard]] inline Event key_press(Key key, std::int64_t at_ms) {
  return {.did = Did::key, .key = key, .at_ms = at_ms};
}
[[nodiscard]] inline Event typed(char32_t character, std::int64_t at_ms) {
  return {.did = Did::character, .character = character, .at_ms = at_ms};
}

}  // namespace ui
