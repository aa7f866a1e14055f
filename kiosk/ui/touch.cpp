#include "ui/touch.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// How far two spans are apart; negative when they overlap.
float apart(float a0, float a1, float b0, float b1) { return std::max(b0 - a1, a0 - b1); }

const Target* at(const std::vector<Target>& targets, float x, float y) {
  const auto found =
      std::find_if(targets.begin(), targets.end(), [&](const Target& t) { return t.hit.contains(x, y); });
  return found == targets.end() ? nullptr : &*found;
}

}  // namespace

void grow_hit_areas(std::vector<Target>& targets, const Rect& glass, const TouchRules& rules, float most_mm) {
  for (Target& one : targets) {
    float left = most_mm, right = most_mm, up = most_mm, down = most_mm;
    const Rect& a = one.rect;
    for (const Target& other : targets) {
      if (&other == &one) continue;
      const Rect& b = other.rect;
      const float dx = apart(a.x, a.right(), b.x, b.right()), dy = apart(a.y, a.bottom(), b.y, b.bottom());
      const float near = 2 * most_mm + rules.dead_mm;
      if (dx > near || dy > near) continue;
      // A neighbour limits the side it is farther away on: beside, above, or (diagonally) both.
      if (dx >= 0 && dx >= dy) {
        const float room = std::clamp((dx - rules.dead_mm) / 2, 0.0f, most_mm);
        (b.x >= a.right() ? right : left) = std::min(b.x >= a.right() ? right : left, room);
      }
      if (dy >= 0 && dy >= dx) {
        const float room = std::clamp((dy - rules.dead_mm) / 2, 0.0f, most_mm);
        (b.y >= a.bottom() ? down : up) = std::min(b.y >= a.bottom() ? down : up, room);
      }
    }
    const float x0 = std::max(glass.x, a.x - left), y0 = std::max(glass.y, a.y - up);
    const float x1 = std::min(glass.right(), a.right() + right), y1 = std::min(glass.bottom(), a.bottom() + down);
    one.hit = {x0, y0, x1 - x0, y1 - y0};
  }
}

void Touch::screen_changed(std::int64_t now_ms) {
  deaf_until_ms_ = now_ms + rules_.after_change_ms;
  unseen_ = true;
  pressed_.clear();  // a finger that is still down has nothing to lift from any more
  within_ = false;
  inking_.clear();
  stroke_.clear();
  last_.clear();
  last_hit_ = {};
  misses_.clear();
}

void Touch::screen_seen(std::int64_t now_ms) {
  if (std::exchange(unseen_, false)) deaf_until_ms_ = std::max(deaf_until_ms_, now_ms + rules_.after_change_ms);
}

void Touch::down(float x, float y, int finger, std::int64_t at_ms, const std::vector<Target>& targets) {
  if (finger_ >= 0) return;  // second finger, palm
  finger_ = finger;
  pressed_.clear();
  within_ = false;
  if (deaf(at_ms)) return;
  const Target* target = at(targets, x, y);
  if (target == nullptr) return missed(at_ms);
  if (target->ink) {
    inking_ = target->id;
    field_ = target->rect;
    stroke_.clear();
    misses_.clear();
    return ink(x, y);
  }
  pressed_ = target->id;
  began_ = target->rect.inset(-rules_.slack_mm);
  hit_ = target->hit;
  from_x_ = x;
  from_y_ = y;
  within_ = true;
}

void Touch::move(float x, float y, int finger) {
  if (finger == finger_ && !inking_.empty()) ink(x, y);
  if (finger == finger_ && !pressed_.empty()) within_ = began_.contains(x, y);
}

std::string Touch::up(float x, float y, int finger, std::int64_t at_ms, const std::vector<Target>& targets) {
  if (finger != finger_) return {};
  move(x, y, finger);
  finger_ = -1;
  if (!inking_.empty()) {
    std::string written = std::exchange(inking_, {}) + ":";
    for (const auto& p : std::exchange(stroke_, {})) written += std::to_string(p.x) + "," + std::to_string(p.y) + " ";
    written.pop_back();
    return written;
  }
  const std::string id = within_ ? pressed_ : std::string{};
  pressed_.clear();
  within_ = false;
  if (id.empty() || deaf(at_ms)) return {};
  if (std::none_of(targets.begin(), targets.end(), [&](const Target& t) { return t.id == id; })) return {};
  const auto since_ms = at_ms - last_ms_;
  if (id == last_ && since_ms < rules_.same_again_ms) return {};
  // What came to stand where the last touch was is a change of that place: a doubled touch meant what was there before.
  if (id != last_ && since_ms < rules_.after_change_ms && last_hit_.contains(from_x_, from_y_)) return {};
  last_ = id;
  last_hit_ = hit_;
  last_ms_ = at_ms;
  misses_.clear();
  return id;
}

void Touch::ink(float x, float y) {
  const InkPoint p{static_cast<int>(std::lround(10 * std::clamp(x - field_.x, 0.0f, field_.w))),
                   static_cast<int>(std::lround(10 * std::clamp(y - field_.y, 0.0f, field_.h)))};
  const float step = 10 * rules_.ink_step_mm;
  if (stroke_.size() >= most_ink_points) return;
  if (stroke_.empty() || std::hypot(static_cast<float>(p.x - stroke_.back().x), static_cast<float>(p.y - stroke_.back().y)) >= step) stroke_.push_back(p);
}

void Touch::missed(std::int64_t at_ms) {
  misses_.push_back(at_ms);
  while (!misses_.empty() && at_ms - misses_.front() > rules_.misses_within_ms) misses_.pop_front();
  if (static_cast<int>(misses_.size()) < rules_.misses) return;
  lost_ = true;
  misses_.clear();
}

bool Touch::take_lost() { return std::exchange(lost_, false); }

}  // namespace ui
