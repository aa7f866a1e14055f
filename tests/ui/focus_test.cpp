// Five keys reach everything: reading order, wrapping, the first press only turns the ring on.
#include "ui/focus.h"

#include <gtest/gtest.h>

namespace {

using ui::Key;
using ui::Target;
using Ids = std::vector<std::string>;

Target at(const char* id, float x, float y, float w, float h) { return {id, {x, y, w, h}, {x, y, w, h}}; }

// Home: a tall hero at the left, three over three, and the bar.
std::vector<Target> home() {
  return {at("hero", 5, 20, 48, 78),     at("mine", 113, 62, 48, 36),  at("help", 59, 20, 48, 36),
          at("on", 113, 20, 48, 36),     at("check", 167, 20, 48, 36), at("child", 59, 62, 48, 36),
          at("urgent", 167, 62, 48, 36), at("again", 5, 104, 100, 20), at("staff", 110, 104, 100, 20)};
}

Ids walk(Key key, int presses) {
  ui::Focus focus;
  Ids seen;
  for (int i = 0; i < presses; ++i) {
    EXPECT_EQ(focus.press(key, 1000 + i * 600, home()), "");
    seen.push_back(focus.at(home()));
  }
  return seen;
}

}  // namespace

TEST(Focus, goes_in_reading_order_with_the_tall_tile_first) {
  EXPECT_EQ(ui::reading_order(home()),
            (Ids{"hero", "help", "on", "check", "child", "mine", "urgent", "again", "staff"}));
}

TEST(Focus, first_key_only_turns_it_on_and_then_it_wraps) {
  EXPECT_EQ(walk(Key::down, 10),
            (Ids{"hero", "help", "on", "check", "child", "mine", "urgent", "again", "staff", "hero"}));
  EXPECT_EQ(walk(Key::left, 3), (Ids{"hero", "staff", "again"}));
}

TEST(Focus, ok_chooses_only_once_it_is_on) {
  ui::Focus focus;
  EXPECT_EQ(focus.press(Key::ok, 1000, home()), "");
  EXPECT_EQ(focus.press(Key::ok, 2000, home()), "hero");
}

TEST(Focus, equal_keys_within_half_a_second_are_one_but_different_keys_are_two) {
  ui::Focus focus;
  (void)focus.press(Key::down, 1000, home());
  (void)focus.press(Key::down, 1200, home());
  EXPECT_EQ(focus.at(home()), "hero");
  (void)focus.press(Key::right, 1300, home());
  EXPECT_EQ(focus.at(home()), "help");
}

TEST(Focus, moves_to_the_first_when_its_target_has_gone) {
  ui::Focus focus;
  for (int i = 0; i < 3; ++i) (void)focus.press(Key::down, 1000 + 600 * i, home());
  ASSERT_EQ(focus.at(home()), "on");
  EXPECT_EQ(focus.at({at("yes", 5, 5, 40, 40)}), "yes");
}

TEST(Focus, back_and_help_work_without_it_where_they_are_shown) {
  ui::Focus focus;
  EXPECT_EQ(focus.press(Key::back, 1000, home()), "");
  EXPECT_EQ(focus.press(Key::back, 2000, {at("back", 0, 0, 30, 30)}), "back");
  EXPECT_EQ(focus.press(Key::help, 2100, {at("call_staff", 0, 0, 30, 30)}), "call_staff");
  EXPECT_FALSE(focus.on());
}
