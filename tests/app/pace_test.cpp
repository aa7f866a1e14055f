// When a machine is too slow for motion.
#include "app/pace.h"

#include <gtest/gtest.h>

namespace {

// A screen comes: so many frames of so many milliseconds each, the first of them of its own.
bool comes(app::Pace& pace, double first_ms, double ms, int frames = 8) {
  bool over = false;
  for (int i = 0; i < frames; ++i) over = pace.frame(i == 0 ? first_ms : ms, i + 1 < frames) || over;
  return over;
}

TEST(Pace, motion_ends_with_the_second_stutter_and_never_comes_back) {
  app::Pace pace;
  EXPECT_FALSE(comes(pace, 40, 40));
  EXPECT_FALSE(pace.reduced());
  EXPECT_TRUE(comes(pace, 40, 40)) << "said once, when it happens";
  EXPECT_TRUE(pace.reduced());
  EXPECT_FALSE(comes(pace, 4, 4));
  EXPECT_TRUE(pace.reduced());
}

TEST(Pace, a_page_of_new_pictures_or_a_long_pause_is_no_stutter) {
  app::Pace pace;
  for (int i = 0; i < 20; ++i) comes(pace, 300, 12);       // the first frame makes pictures
  for (int i = 0; i < 20; ++i) comes(pace, 300, 300, 1);   // nothing moves: a frame alone
  for (int i = 0; i < 20; ++i) comes(pace, 300, 300, 2);   // nor do two make a movement
  for (int i = 0; i < 20; ++i) comes(pace, 30, 33);
  EXPECT_FALSE(pace.reduced());
}

TEST(Pace, one_slow_frame_among_quick_ones_is_no_stutter) {
  app::Pace pace;
  for (int i = 0; i < 20; ++i) {
    pace.frame(5, true);
    pace.frame(120, true);
    for (int k = 0; k < 8; ++k) pace.frame(5, k < 7);
  }
  EXPECT_FALSE(pace.reduced());
}

}  // namespace
