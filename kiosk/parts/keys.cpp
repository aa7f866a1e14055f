#include "parts/keys.h"

#include <algorithm>

namespace parts {

using ui::Rect;

void key_cap(ui::Ui& ui, Rect r, const KeyCap& cap) {
  if (!cap.filled && !cap.chosen) {
    ui.key(r, cap.id, cap.label);
    return;
  }
  ui::Card c;
  c.id = cap.id;
  c.label = cap.label;
  c.main = false;
  c.filled = cap.filled;
  c.tint = ui::Tint::staff;
  if (cap.chosen) c.state = ui::State::selected;
  ui.button(r, c);
}

void key_grid(ui::Ui& ui, Rect area, std::vector<KeyCap> caps, const std::vector<KeyCap>& fixed, int page) {
  const float gap = std::max(4.0f, ui.gap());
  const auto fit = [&](float room, float least) { return std::max(1, static_cast<int>((room + gap + 0.01f) / (least + gap))); };
  // A key is as wide as its longest label needs at the smallest size: staff's, or a resident's who writes their own name.
  const auto smallest = ui.staff() ? ui::Type::staff : ui::Type::sentence;
  float least = 20;
  const auto need = [&](const KeyCap& cap) { least = std::max(least, ui.text_width(cap.label, smallest, ui::Weight::bold) / ui.text_scale() + (cap.filled ? 8.0f : 5.0f)); };
  for (const auto& cap : caps) need(cap);
  for (const auto& cap : fixed) need(cap);
  need({"", ui.say("parts.type.more"), false});
  int columns = fit(area.w, least), rows = fit(area.h, 20);
  const int n = static_cast<int>(caps.size() + fixed.size());
  // Larger keys where there are few: as square as the area lets them be, at most 34 mm.
  while (columns > 1 && rows >= 1 && (columns - 1) * rows >= n && area.w / static_cast<float>(columns) < 34) --columns;
  while (rows > 1 && columns * (rows - 1) >= n) --rows;
  const int cells = columns * rows, room = cells - static_cast<int>(fixed.size());
  const bool more = static_cast<int>(caps.size()) > room;
  if (more) std::stable_partition(caps.begin(), caps.end(), [](const KeyCap& cap) { return !cap.rare; });
  const int a_page = std::max(1, more ? room - 1 : room), pages = std::max(1, (static_cast<int>(caps.size()) + a_page - 1) / a_page);
  const int first = (page % pages + pages) % pages * a_page, last = std::min(static_cast<int>(caps.size()), first + a_page);
  const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  if (h > 34) area.h = 34.0f * static_cast<float>(rows) + gap * static_cast<float>(rows - 1);
  const auto places = ui::grid(area, columns, rows, gap);
  std::size_t at = 0;
  for (int i = first; i < last; ++i) ui.key(places[at++], caps[static_cast<std::size_t>(i)].id, caps[static_cast<std::size_t>(i)].label);
  // The fixed ones keep their places at the end, so that the hand learns them.
  std::size_t end = static_cast<std::size_t>(cells) - fixed.size();
  if (more) ui.key(places[end - 1], "key:more", ui.say("parts.type.more"));
  for (const auto& cap : fixed) key_cap(ui, places[end++], cap);
}

}  // namespace parts
