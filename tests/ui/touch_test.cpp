// When a finger counts: visual.md section 7, rule by rule.
#include "ui/touch.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using ui::Rect;
using ui::Target;
using ui::Touch;

std::vector<Target> two() {
  std::vector<Target> targets{{"left", {10, 10, 40, 40}, {}}, {"right", {56, 10, 40, 40}, {}}};
  ui::grow_hit_areas(targets, {0, 0, 200, 120});
  return targets;
}

std::string tap(Touch& touch, float x, float y, std::int64_t at_ms) {
  const auto targets = two();
  touch.down(x, y, 0, at_ms, targets);
  return touch.up(x, y, 0, at_ms + 60, targets);
}

}  // namespace

TEST(Touch, counts_on_lift_and_not_before) {
  Touch touch;
  const auto targets = two();
  touch.down(20, 20, 0, 1000, targets);
  EXPECT_EQ(touch.pressed(), "left");
  EXPECT_EQ(touch.up(20, 20, 0, 9000, targets), "left");  // however long the finger rests
  EXPECT_EQ(touch.pressed(), "");
}

TEST(Touch, may_end_five_millimetres_outside_and_no_further) {
  const auto targets = two();
  Touch near, far;
  near.down(20, 20, 0, 1000, targets);
  EXPECT_EQ(near.up(20, 54.5f, 0, 1100, targets), "left");
  far.down(20, 20, 0, 1000, targets);
  far.move(20, 56, 0);
  EXPECT_EQ(far.pressed(), "");  // shown as let go
  EXPECT_EQ(far.up(20, 56, 0, 1100, targets), "");
}

TEST(Touch, that_slides_into_the_neighbour_belongs_to_neither) {
  const auto targets = two();
  Touch touch;
  touch.down(48, 20, 0, 1000, targets);
  EXPECT_EQ(touch.up(70, 20, 0, 1100, targets), "");
}

TEST(Touch, of_what_came_to_stand_under_the_finger_waits_as_after_a_change) {
  Touch touch;
  EXPECT_EQ(tap(touch, 20, 20, 1000), "left");
  // The screen stayed, but its list moved on: a doubled touch would take the next day, or the next person's button.
  std::vector<Target> moved{{"next", {10, 10, 40, 40}, {}}};
  ui::grow_hit_areas(moved, {0, 0, 200, 120});
  touch.down(20, 20, 0, 1200, moved);
  EXPECT_EQ(touch.up(20, 20, 0, 1260, moved), "");
  touch.down(20, 20, 0, 1450, moved);
  EXPECT_EQ(touch.up(20, 20, 0, 1510, moved), "next");
}

TEST(Touch, of_the_same_target_within_half_a_second_is_ignored_but_of_another_counts) {
  Touch touch;
  EXPECT_EQ(tap(touch, 20, 20, 1000), "left");
  EXPECT_EQ(tap(touch, 20, 20, 1300), "");
  EXPECT_EQ(tap(touch, 70, 20, 1400), "right");
  EXPECT_EQ(tap(touch, 20, 20, 1600), "left");
  EXPECT_EQ(tap(touch, 20, 20, 2200), "left");
}

TEST(Touch, is_ignored_for_350_ms_after_a_screen_change) {
  Touch touch;
  touch.screen_changed(1000);
  EXPECT_EQ(tap(touch, 20, 20, 1250), "");  // lifted at 1310
  EXPECT_EQ(tap(touch, 20, 20, 1349), "");  // began too early
  EXPECT_EQ(tap(touch, 20, 20, 1360), "left");
}

TEST(Touch, is_ignored_until_the_new_screen_has_been_seen_for_350_ms) {
  Touch touch;
  touch.screen_changed(1000);
  touch.screen_seen(1300);  // a slow machine
  EXPECT_EQ(tap(touch, 20, 20, 1500), "");
  touch.screen_seen(1600);  // later frames of the same screen put nothing off
  EXPECT_EQ(tap(touch, 20, 20, 1660), "left");
}

TEST(Touch, that_began_on_the_screen_before_does_not_count_on_this_one) {
  const auto targets = two();
  Touch touch;
  touch.down(20, 20, 0, 1000, targets);
  touch.screen_changed(1050);
  EXPECT_EQ(touch.up(20, 20, 0, 2000, targets), "");
}

TEST(Touch, of_a_second_finger_is_ignored_while_one_is_down) {
  const auto targets = two();
  Touch touch;
  touch.down(20, 20, 0, 1000, targets);
  touch.down(70, 20, 1, 1050, targets);
  EXPECT_EQ(touch.up(70, 20, 1, 1100, targets), "");
  EXPECT_EQ(touch.up(20, 20, 0, 1200, targets), "left");
}

TEST(Touch, of_what_has_gone_meanwhile_does_not_count) {
  const auto targets = two();
  Touch touch;
  touch.down(20, 20, 0, 1000, targets);
  EXPECT_EQ(touch.up(20, 20, 0, 1100, {targets[1]}), "");
}

TEST(Touch, four_times_beside_targets_in_eight_seconds_is_lost) {
  Touch touch;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(tap(touch, 150, 100, 1000 + i * 1000), "");
  EXPECT_FALSE(touch.take_lost());
  EXPECT_EQ(tap(touch, 150, 100, 4000), "");
  EXPECT_TRUE(touch.take_lost());
  EXPECT_FALSE(touch.take_lost());  // said once
}

TEST(Touch, beside_targets_now_and_then_is_not_lost) {
  Touch touch;
  for (int i = 0; i < 8; ++i) (void)tap(touch, 150, 100, 1000 + i * 3000);
  EXPECT_FALSE(touch.take_lost());
}

TEST(HitAreas, grow_into_the_gap_and_leave_three_millimetres_dead) {
  const auto targets = two();
  EXPECT_NEAR(targets[1].hit.x - targets[0].hit.right(), 3.0, 0.001);
  EXPECT_NEAR(targets[0].hit.right(), 51.5, 0.001);
  EXPECT_NEAR(targets[0].hit.x, 7, 0.001);
}

TEST(HitAreas, never_come_nearer_than_a_tenth_of_an_inch) {
  for (const float gap : {3.5f, 4.0f, 6.0f, 7.5f, 12.0f})
    for (const float shift : {0.0f, 10.0f, 38.0f, 43.0f, 46.0f}) {
      std::vector<Target> targets{{"a", {40, 40, 40, 40}, {}},
                                  {"b", {40 + 40 + gap, 40 + shift, 40, 40}, {}},
                                  {"c", {40 + shift, 40 + 40 + gap, 30, 30}, {}}};
      if (shift > 36) targets.pop_back();
      ui::grow_hit_areas(targets, {0, 0, 300, 300});
      for (std::size_t i = 0; i < targets.size(); ++i)
        for (std::size_t j = i + 1; j < targets.size(); ++j) {
          const Rect &a = targets[i].hit, &b = targets[j].hit;
          const float dx = std::max({0.0f, b.x - a.right(), a.x - b.right()}),
                      dy = std::max({0.0f, b.y - a.bottom(), a.y - b.bottom()});
          if (i > 0) continue;
          EXPECT_GE(std::hypot(dx, dy), 2.54f) << gap << " " << shift << " " << targets[j].id;
        }
    }
}

namespace {

std::vector<Target> a_field_and_a_key() {
  std::vector<Target> targets{{"ink", {10, 10, 80, 80}, {}, true}, {"key", {100, 10, 30, 30}, {}}};
  ui::grow_hit_areas(targets, {0, 0, 200, 120});
  return targets;
}

}  // namespace

TEST(Ink, a_stroke_follows_the_finger_and_ends_with_it) {
  Touch touch;
  const auto targets = a_field_and_a_key();
  touch.down(20, 20, 0, 1000, targets);
  EXPECT_EQ(touch.pressed(), "");  // nothing clicks
  touch.move(30, 20, 0);
  touch.move(30.1f, 20, 0);  // trembling is no point
  EXPECT_EQ(touch.stroke("ink").size(), 2u);
  EXPECT_EQ(touch.up(40, 21.5f, 0, 1100, targets), "ink:100,100 200,100 300,115");
  EXPECT_TRUE(touch.stroke("ink").empty());
  // The next one may come at once, and a dot is a stroke.
  touch.down(50, 50, 0, 1150, targets);
  EXPECT_EQ(touch.up(50, 50, 0, 1180, targets), "ink:400,400");
}

TEST(Ink, stays_in_its_field_and_is_one_fingers) {
  Touch touch;
  const auto targets = a_field_and_a_key();
  touch.down(80, 20, 0, 1000, targets);
  touch.down(110, 20, 1, 1010, targets);  // a palm on a key
  touch.move(115, 20, 0);
  EXPECT_EQ(touch.up(110, 20, 1, 1050, targets), "");
  EXPECT_EQ(touch.up(115, 300, 0, 1100, targets), "ink:700,100 800,100 800,800");
  // Who began on a key writes nothing.
  touch.down(110, 20, 0, 2000, targets);
  touch.move(60, 20, 0);
  EXPECT_EQ(touch.up(60, 20, 0, 2100, targets), "");
}

TEST(Ink, is_forgotten_when_the_screen_changes) {
  Touch touch;
  const auto targets = a_field_and_a_key();
  touch.down(20, 20, 0, 1000, targets);
  touch.screen_changed(1050);
  touch.move(40, 20, 0);
  EXPECT_EQ(touch.up(40, 20, 0, 1100, targets), "");
}
