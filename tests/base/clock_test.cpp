// Days and times as texts.
#include "base/clock.h"

#include <gtest/gtest.h>

TEST(Clock, a_day_is_four_two_and_two_digits) {
  base::Day day;
  ASSERT_TRUE(base::parse_day("2026-11-24", day));
  EXPECT_EQ(base::iso(day), "2026-11-24");
  for (const auto* text : {"-001-01-01", "-000-01-01", "2026--1-01", "2026-01--1", "2026-02-30", "2026-1-1", "+026-01-01"}) EXPECT_FALSE(base::parse_day(text, day)) << text;
}

TEST(Clock, a_time_is_digits_and_a_colon) {
  base::Minutes at{};
  ASSERT_TRUE(base::parse_hour_minute("9:05", at));
  EXPECT_EQ(at, base::Minutes{545});
  for (const auto* text : {"-0:00", "0:-0", ":00", "8:", "25:00", "24:01", "+8:00"}) EXPECT_FALSE(base::parse_hour_minute(text, at)) << text;
}
