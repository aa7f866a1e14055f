#include "ui/focus.h"

#include <algorithm>

namespace ui {
namespace {

constexpr std::int64_t equal_keys_ms = 500;

bool has(const std::vector<Target>& targets, std::string_view id) {
  return std::any_of(targets.begin(), targets.end(), [&](const Target& t) { return t.id == id; });
}

}  // namespace

std::vector<std::string> reading_order(const std::vector<Target>& targets) {
  std::vector<const Target*> left;
  for (const Target& t : targets) left.push_back(&t);
  std::stable_sort(left.begin(), left.end(),
                   [](const Target* a, const Target* b) { return a->rect.y < b->rect.y; });
  std::vector<std::string> order;
  while (!left.empty()) {
    float top = left.front()->rect.y, bottom = left.front()->rect.bottom();
    std::vector<const Target*> row, rest;
    for (const Target* t : left) {
      const float overlap = std::min(bottom, t->rect.bottom()) - std::max(top, t->rect.y);
      if (row.empty() || overlap >= 0.5f * std::min(bottom - top, t->rect.h)) {
        row.push_back(t);
        // The row is as high as its lowest member, so that a tall target does not draw the next row into this one.
        top = std::max(top, t->rect.y);
        bottom = std::min(bottom, t->rect.bottom());
      } else {
        rest.push_back(t);
      }
    }
    std::stable_sort(row.begin(), row.end(),
                     [](const Target* a, const Target* b) { return a->rect.x < b->rect.x; });
    for (const Target* t : row) order.push_back(t->id);
    left = std::move(rest);
  }
  return order;
}

std::string Focus::press(Key key, std::int64_t at_ms, const std::vector<Target>& targets) {
  const auto before = last_ms_.find(key);
  if (before != last_ms_.end() && at_ms - before->second < equal_keys_ms) return {};
  last_ms_[key] = at_ms;
  if (key == Key::back) return has(targets, "back") ? "back" : std::string{};
  if (key == Key::help) return has(targets, "call_staff") ? "call_staff" : std::string{};
  if (key == Key::repeat) return has(targets, "say_again") ? "say_again" : std::string{};
  const bool moves = key == Key::up || key == Key::left || key == Key::down || key == Key::right;
  if (!moves && key != Key::ok) return {};
  const auto order = reading_order(targets);
  if (order.empty()) return {};
  if (!on_) {
    on_ = true;
    id_ = order.front();
    return {};
  }
  auto here = std::find(order.begin(), order.end(), at(targets));
  if (here == order.end()) here = order.begin();
  if (key == Key::ok) return *here;
  if (key == Key::down || key == Key::right) {
    ++here;
    id_ = here == order.end() ? order.front() : *here;
  } else {
    id_ = here == order.begin() ? order.back() : *(here - 1);
  }
  return {};
}

std::string Focus::at(const std::vector<Target>& targets) {
  if (!on_ || targets.empty()) return {};
  if (!has(targets, id_)) id_ = reading_order(targets).front();
  return id_;
}

}  // namespace ui
