#include "parts/paged.h"

#include "parts/patterns.h"

#include <algorithm>

namespace parts {

using ui::Rect;

namespace {

int fitting(float room, float least, float gap) { return std::max(1, static_cast<int>((room + gap + 0.01f) / (least + gap))); }

void arrow(ui::Ui& ui, Rect r, const char* id, const char* drawn, const char* key) {
  ui::Card c;
  c.id = id;
  c.picture = ui::drawn(drawn);
  c.voice = key;
  c.main = false;
  ui.card(r, c);
}

void arrows(ui::Ui& ui, Rect strip, int page, int pages) {
  const float gap = ui.gap();
  if (strip.w > strip.h) {
    const float w = std::min(60.0f, (strip.w - 30 - 2 * gap) / 2);
    const Rect left = strip.cut_left(w, gap), right = strip.cut_right(w, gap);
    if (page > 0) arrow(ui, left, "page_previous", "arrow_left", "parts.page.previous");
    if (page + 1 < pages) arrow(ui, right, "page_next", "arrow_right", "parts.page.next");
  } else {
    const float h = std::clamp((strip.h - 8 - 2 * gap) / 2, 20.0f, 60.0f);
    const Rect top = strip.cut_top(h, gap), bottom = strip.cut_bottom(h, gap);
    if (page > 0) arrow(ui, top, "page_previous", "arrow_left", "parts.page.previous");
    if (page + 1 < pages) arrow(ui, bottom, "page_next", "arrow_right", "parts.page.next");
  }
  ui.page_dots(strip, page, pages);
}

}  // namespace

Paged paged(ui::Ui& ui, Rect area, std::string_view list, const Draft& draft, int n, float least_w, float least_h, int most_columns, int most_rows) {
  const float gap = ui.gap();
  Paged p;
  const auto fit = [&](Rect room) {
    p.area = room;
    p.columns = std::min(most_columns, fitting(room.w, least_w, gap));
    p.rows = std::min(most_rows, fitting(room.h, least_h, gap));
  };
  fit(area);
  int pages = 1;
  if (n > p.columns * p.rows) {
    const bool below = area.h > area.w;
    const float thick = ui.staff() ? 20.0f : 26.0f;
    Rect room = area;
    const Rect strip = below ? room.cut_bottom(thick, gap) : room.cut_right(thick, gap);
    fit(room);
    pages = (n + p.columns * p.rows - 1) / (p.columns * p.rows);
    const int page = std::clamp(page_of(draft, list), 0, pages - 1);
    p.first = page * p.columns * p.rows;
    arrows(ui, strip, page, pages);
  } else {
    // Few cells are larger, never lonely in a corner of a grid that is not there.
    while (p.columns > 1 && (p.columns - 1) * p.rows >= n) --p.columns;
    while (p.rows > 1 && p.columns * (p.rows - 1) >= n) --p.rows;
  }
  p.last = std::min(n, p.first + p.columns * p.rows);
  auto cells = ui::grid(p.area, p.columns, p.rows, gap);
  for (int i = p.first; i < p.last; ++i) p.places.push_back(cells[static_cast<std::size_t>(i - p.first)]);
  return p;
}

namespace {

// Staff look for somebody among many who are called 王婶: they hear the whole name.
ui::Face by_name(ui::Face face) {
  face.voice = face.name;
  return face;
}

}  // namespace

void staff_faces(ui::Ui& ui, Rect area, std::string_view list, const Draft& draft, std::span<const ui::Face> faces) {
  const float em = ui.em(ui::Type::name);
  const float least_w = std::max(34.0f, 4.3f * em + 5), least_h = 26 + 2.6f * em;
  const int n = static_cast<int>(faces.size());
  // A few faces are shown as large as they can stand, in whatever rows that takes.
  int best_columns = 0;
  float best = 0;
  for (int columns = 1; columns <= n && n <= 60; ++columns) {
    const int rows = (n + columns - 1) / columns;
    const float w = (area.w - ui.gap() * static_cast<float>(columns - 1)) / static_cast<float>(columns), h = (area.h - ui.gap() * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    if (w < least_w || h < least_h) continue;
    if (const float size = std::min(w, h * 0.9f); size > best) best = size, best_columns = columns;
  }
  if (best_columns > 0) {
    const int rows = (n + best_columns - 1) / best_columns;
    const float w = std::min((area.w - ui.gap() * static_cast<float>(best_columns - 1)) / static_cast<float>(best_columns), best * 1.25f);
    const float h = std::min((area.h - ui.gap() * static_cast<float>(rows - 1)) / static_cast<float>(rows), 110.0f);
    const auto cells = ui::grid({area.x, area.y, std::min(w, 96.0f) * static_cast<float>(best_columns) + ui.gap() * static_cast<float>(best_columns - 1), h * static_cast<float>(rows) + ui.gap() * static_cast<float>(rows - 1)}, best_columns, rows, ui.gap());
    for (int i = 0; i < n; ++i) ui.face(cells[static_cast<std::size_t>(i)], by_name(faces[static_cast<std::size_t>(i)]));
    return;
  }
  const auto p = paged(ui, area, list, draft, n, least_w, least_h);
  for (int i = p.first; i < p.last; ++i) {
    Rect place = p.places[static_cast<std::size_t>(i - p.first)];
    place.w = std::min(place.w, place.h * 1.5f);  // a face keeps its shape
    ui.face(place, by_name(faces[static_cast<std::size_t>(i)]));
  }
}

}  // namespace parts
