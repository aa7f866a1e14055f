// A rectangle of the glass in millimetres, and how a screen cuts it up.
#pragma once

#include <algorithm>
#include <vector>

namespace ui {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  bool operator==(const Rect&) const = default;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  [[nodiscard]] Rect inset(float dx, float dy) const { return {x + dx, y + dy, w - 2 * dx, h - 2 * dy}; }
  [[nodiscard]] bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }

  // Each takes a strip off this rectangle, leaves `gap` between, and gives the strip.
  Rect cut_top(float height, float gap = 0) {
    const Rect r{x, y, w, height};
    y += height + gap;
    h -= height + gap;
    return r;
  }
  Rect cut_bottom(float height, float gap = 0) {
    const Rect r{x, bottom() - height, w, height};
    h -= height + gap;
    return r;
  }
  Rect cut_left(float width, float gap = 0) {
    const Rect r{x, y, width, h};
    x += width + gap;
    w -= width + gap;
    return r;
  }
  Rect cut_right(float width, float gap = 0) {
    const Rect r{right() - width, y, width, h};
    w -= width + gap;
    return r;
  }
  [[nodiscard]] Rect centred(float width, float height) const {
    return {x + (w - width) / 2, y + (h - height) / 2, width, height};
  }
};

// Cells in reading order.
[[nodiscard]] inline std::vector<Rect> grid(Rect area, int columns, int rows, float gap) {
  std::vector<Rect> cells;
  const float w = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      cells.push_back(
          {area.x + (w + gap) * static_cast<float>(c), area.y + (h + gap) * static_cast<float>(r), w, h});
  return cells;
}

}  // namespace ui
