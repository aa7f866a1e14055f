#include "parts/hand_pad.h"

#include "parts/writers.h"
#include "village/names.h"

#include <algorithm>
#include <set>

namespace parts {

using ui::Rect;

namespace {

constexpr std::size_t places_nearer = 6, most_strokes = 40;

std::vector<entry::Stroke> strokes_of(const HandPad& pad) {
  std::vector<entry::Stroke> out;
  for (const auto& stroke : pad.strokes) {
    auto& points = out.emplace_back();
    for (const auto& p : stroke) points.push_back({static_cast<float>(p.x), static_cast<float>(p.y)});
  }
  return out;
}

}  // namespace

std::vector<std::string> names_first(const std::vector<std::string>& candidates, const std::set<std::string>& ours) {
  // Twice the place, and one more for those that are not ours: at the same place ours goes first.
  std::vector<std::pair<std::size_t, std::string>> placed;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const bool one_of_ours = ours.contains(candidates[i]);
    placed.emplace_back(one_of_ours ? 2 * (i - std::min(i, places_nearer)) : 2 * i + 1, candidates[i]);
  }
  std::ranges::stable_sort(placed, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> out;
  for (auto& [place, c] : placed) out.push_back(std::move(c));
  return out;
}

bool has_hand(const Draft& draft) {
  const auto& engines = draft.of<Writers>().engines;
  return engines && !engines->no_handwriting();
}

Recognised recognised(const Ask& ask, const HandPad& pad) {
  Recognised r;
  r.there = has_hand(ask.draft);
  if (!r.there) return r;
  auto& engines = *ask.draft.of<Writers>().engines;
  engines.want_handwriting();
  const auto& found = engines.characters(strokes_of(pad));
  r.candidates = names_first(found, village::in_names(ask.reader, found));
  r.there = has_hand(ask.draft);  // asking may have found out
  return r;
}

void draw_hand(ui::Ui& ui, Rect area, const HandPad& pad, const std::vector<std::string>& candidates, std::vector<KeyCap> fixed) {
  const float gap = ui.gap();
  // Square, on a larger glass a little wide, never so wide that fewer than four columns of keys stay.
  const float keys = 4 * 20 + 3 * gap, h = std::min(area.h, 130.0f);
  Rect row = area.cut_top(h);
  const Rect field = row.cut_left(std::min(h * (h < 100 ? 1.0f : 1.2f), row.w - keys - 2 * gap), 2 * gap);
  ui.ink(field, "ink", pad.strokes, ui.say("parts.type.write_here"));
  std::vector<KeyCap> caps;
  for (std::size_t i = 0; i < candidates.size(); ++i) caps.push_back({"pick:" + std::to_string(i), candidates[i]});
  fixed.insert(fixed.begin(), {{"hand:undo", ui.say("parts.type.undo_stroke")}, {"hand:clear", ui.say("parts.type.clear")}});
  key_grid(ui, row, caps, fixed, pad.page);
}

bool hand_took(HandPad& pad, const Tap& tap) {
  if (tap.verb() == "ink") {
    auto stroke = ui::ink_stroke(tap.arg());
    if (!stroke.empty() && pad.strokes.size() < most_strokes) pad.strokes.push_back(std::move(stroke));
  } else if (tap.id == "hand:undo") {
    if (!pad.strokes.empty()) pad.strokes.pop_back();
  } else if (tap.id == "hand:clear") {
    pad.strokes.clear();
  } else {
    return false;
  }
  pad.page = 0;
  return true;
}

}  // namespace parts
