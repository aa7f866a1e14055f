#include "desk/layout.h"

#include "parts/patterns.h"

#include <algorithm>

namespace desk {

using ui::Rect;

namespace {

constexpr float side_strip_mm = 46;  // buttons beside a form: four Chinese characters with a picture
constexpr float line_mm = 24, highest_line_mm = 28;
constexpr float widest_line_mm = 150;  // a control and its label are seen together

}  // namespace

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
  // As wide as the longest label, between a thumb's width and a third of the glass.
  float width = side_strip_mm;
  for (const auto& a : actions) width = std::max(width, ui.text_width(a.label, ui::Type::staff, ui::Weight::bold) + 12 + (a.picture.empty() ? 0.0f : 22.0f));
  Rect strip = area.cut_right(std::min(width, area.w * 0.3f), gap);
  const float h = std::min(30.0f, (strip.h - gap * (n - 1)) / n);
  for (const auto& a : actions) ui.button(strip.cut_top(h, gap), a);
  return area;
}

void form(ui::Ui& ui, Rect area, std::string_view list, const parts::Draft& draft, std::span<const Line> lines, std::span<const ui::Card> actions, int most_columns) {
  area = actions_beside(ui, area, actions);
  const float gap = ui.gap();
  // A line is as wide as its words need: two columns only where both sides stay readable.
  const float least = 62 + 9 * ui.em(ui::Type::staff);
  auto p = paged(ui, area, list, draft, static_cast<int>(lines.size()), least, line_mm, most_columns);
  // One rhythm for all kinds of lines: the same height and gap, two columns wherever both find room.
  const int columns = most_columns > 1 && p.last - p.first > 1 && p.area.w >= 2 * least + gap ? std::max(2, p.columns) : p.columns;
  const int rows = std::max(p.rows, (p.last - p.first + columns - 1) / columns);
  // Wider than an eye takes in at once only for words that need it, and then all of them.
  float needed = widest_line_mm;
  for (const auto& line : lines)
    needed = std::max(needed, std::max(ui.text_width(line.label, ui::Type::staff) + 66, line.kind == Line::Kind::field ? ui.text_width(line.value, ui::Type::staff, ui::Weight::bold) * 0.65f + 20 : 0.0f));
  const float wide = std::min(needed, (p.area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  const float high = std::min(highest_line_mm, (p.area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
  for (int i = p.first; i < p.last; ++i) {
    const auto& line = lines[static_cast<std::size_t>(i)];
    const auto at = i - p.first;
    const Rect r{p.area.x + static_cast<float>(at % columns) * (wide + gap), p.area.y + static_cast<float>(at / columns) * (high + gap), wide, high};
    switch (line.kind) {
      case Line::Kind::field: ui.field(r, line.id, line.label, line.value); break;
      case Line::Kind::toggle: ui.toggle(r, line.id, line.label, line.on); break;
      case Line::Kind::note:
      case Line::Kind::choice: {
        Rect middle = r;
        ui.panel(r, ui::Tint::neutral, line.kind == Line::Kind::choice);
        if (line.kind == Line::Kind::choice) {
          ui::Card less = action(line.id + ":less", "", ui::drawn("arrow_left")), more = action(line.id + ":more", "", ui::drawn("arrow_right"));
          less.voice = more.voice = line.label;
          const float side = r.w < 140 || ui.compact() ? 20.0f : std::clamp(r.h, 20.0f, 28.0f);
          ui.card(middle.cut_left(side, 3), less);
          ui.card(middle.cut_right(side, 3), more);
        } else {
          middle = middle.inset(3, 1);
        }
        const auto align = line.kind == Line::Kind::choice ? ui::Align::centre : ui::Align::left;
        // What is over is shared; where words are long, the one with more lines has more.
        const auto& value = line.value.empty() ? ui.say("desk.not_filled_in") : line.value;
        const float label_h = ui.text_height(line.label, middle.w, ui::Type::staff), value_h = ui.text_height(value, middle.w, ui::Type::staff, ui::Weight::bold);
        const float over = middle.h - label_h - value_h;
        Rect top = middle.cut_top(over >= 0 ? label_h + 0.4f * over : middle.h * label_h / (label_h + value_h));
        ui.text(top, line.label, {.type = ui::Type::staff, .align = align, .second = true, .centre_v = true});
        if (!line.picture.empty()) ui.picture(middle.centred(middle.h, middle.h), ui::emoji(line.picture));
        else ui.text(middle, value, {.type = ui::Type::staff, .weight = ui::Weight::bold, .align = align, .centre_v = true});
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

void wrong_band(ui::Ui& ui, ui::Rect& area, const std::string& told) {
  const float high = ui.text_height(told, area.w - 30, ui::Type::staff, ui::Weight::bold) + 6;
  ui.band(area.cut_bottom(high, ui.gap()), told, ui::Tint::urgent);
}

}  // namespace desk
