#include "desk/layout.h"

#include "parts/patterns.h"

#include <algorithm>

namespace desk {

using ui::Rect;

namespace {

constexpr float side_strip_mm = 46;  // buttons beside a form: four Chinese characters with a picture
constexpr float line_mm = 24;

int fitting(float room, float least, float gap) { return std::max(1, static_cast<int>((room + gap + 0.01f) / (least + gap))); }

void arrow(ui::Ui& ui, Rect r, const char* id, const char* drawn, const char* key) {
  ui::Card c;
  c.id = id;
  c.picture = ui::drawn(drawn);
  c.voice = key;
  c.main = false;
  ui.button(r, c);
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

Paged paged(ui::Ui& ui, Rect area, std::string_view list, const parts::Draft& draft, int n, float least_w, float least_h, int most_columns, int most_rows) {
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
    const int page = std::clamp(parts::page_of(draft, list), 0, pages - 1);
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

Line choice(std::string id, std::string label, std::string value) { return {Line::Kind::choice, std::move(id), std::move(label), std::move(value), false}; }
Line toggle(std::string id, std::string label, bool on) { return {Line::Kind::toggle, std::move(id), std::move(label), {}, on}; }
Line field(std::string id, std::string label, std::string value) { return {Line::Kind::field, std::move(id), std::move(label), std::move(value), false}; }
Line note(std::string label, std::string value) { return {Line::Kind::note, {}, std::move(label), std::move(value), false}; }

ui::Card action(std::string id, std::string label, ui::Picture picture, bool filled) {
  ui::Card c;
  c.id = std::move(id);
  c.label = std::move(label);
  c.picture = std::move(picture);
  c.main = false;
  c.filled = filled;
  if (filled) c.tint = ui::Tint::hardship;
  return c;
}

Rect actions_beside(ui::Ui& ui, Rect area, std::span<const ui::Card> actions) {
  if (actions.empty()) return area;
  const float gap = ui.gap();
  const auto n = static_cast<float>(actions.size());
  if (ui.portrait()) {
    const Rect strip = area.cut_bottom(24, gap);
    const auto places = ui::grid(strip, static_cast<int>(actions.size()), 1, gap);
    for (std::size_t i = 0; i < actions.size(); ++i) ui.button(places[i], actions[i]);
    return area;
  }
  Rect strip = area.cut_right(std::min(side_strip_mm * std::max(1.0f, ui.em(ui::Type::staff) / 6.5f), area.w * 0.3f), gap);
  const float h = std::min(30.0f, (strip.h - gap * (n - 1)) / n);
  for (const auto& a : actions) ui.button(strip.cut_top(h, gap), a);
  return area;
}

void form(ui::Ui& ui, Rect area, std::string_view list, const parts::Draft& draft, std::span<const Line> lines, std::span<const ui::Card> actions) {
  area = actions_beside(ui, area, actions);
  const float gap = ui.gap();
  // A line is as wide as its words need: two columns only where both sides stay readable.
  const float least = 62 + 11 * ui.em(ui::Type::staff);
  auto p = paged(ui, area, list, draft, static_cast<int>(lines.size()), least, line_mm, 2);
  for (int i = p.first; i < p.last; ++i) {
    const auto& line = lines[static_cast<std::size_t>(i)];
    Rect r = p.places[static_cast<std::size_t>(i - p.first)];
    r.h = std::min(r.h, 30.0f);
    switch (line.kind) {
      case Line::Kind::field: ui.field(r, line.id, line.label, line.value); break;
      case Line::Kind::toggle: ui.toggle(r, line.id, line.label, line.on); break;
      case Line::Kind::note:
      case Line::Kind::choice: {
        Rect middle = r;
        if (line.kind == Line::Kind::choice) {
          ui::Card less = action(line.id + ":less", "", ui::drawn("arrow_left")), more = action(line.id + ":more", "", ui::drawn("arrow_right"));
          less.voice = more.voice = line.label;
          ui.button(middle.cut_left(20, gap), less);
          ui.button(middle.cut_right(20, gap), more);
        }
        const auto align = line.kind == Line::Kind::choice ? ui::Align::centre : ui::Align::left;
        Rect top = middle.cut_top(middle.h * 0.46f);
        ui.text(top, line.label, {.type = ui::Type::staff, .align = align, .second = true, .centre_v = true});
        ui.text(middle, line.value.empty() ? ui.say("desk.not_filled_in") : line.value,
                {.type = ui::Type::staff, .weight = ui::Weight::bold, .align = align, .centre_v = true});
        break;
      }
    }
  }
}

int step_of(const parts::Tap& tap, std::string_view id) {
  if (tap.id.size() <= id.size() || !tap.id.starts_with(id)) return 0;
  const auto rest = std::string_view(tap.id).substr(id.size());
  return rest == ":less" ? -1 : rest == ":more" ? 1 : 0;
}

int turned(int at, int step, int count) { return count <= 0 ? 0 : ((at + step) % count + count) % count; }

}  // namespace desk
