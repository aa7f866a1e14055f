// Phone numbers tried one after another at one machine.
#include "village/given.h"
#include "village/numbers.h"

namespace {

struct Numbers : given::Shanwan {
  std::expected<int, village::Refusal> typed(const store::Viewer& who) {
    return act(who, [](store::Act& a) { return village::count_number(a); });
  }
};

TEST(Numbers, ten_are_looked_up_and_the_next_one_is_refused_until_the_window_is_over) {
  Numbers v;
  for (int left = 9; left >= 0; --left) EXPECT_EQ(v.typed(v.nobody()), left);
  EXPECT_REFUSED(v.typed(v.nobody()), locked);
  v.clock.advance(std::chrono::minutes(4));
  EXPECT_REFUSED(v.typed(v.resident(v.wang)), locked);
  v.clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(v.typed(v.nobody()), 9);
}

TEST(Numbers, a_clock_that_is_set_back_opens_nothing) {
  Numbers v;
  for (int i = 0; i < 10; ++i) (void)v.typed(v.nobody());
  v.clock.advance(-std::chrono::hours(2));
  EXPECT_REFUSED(v.typed(v.nobody()), locked);
}

TEST(Numbers, staff_are_not_counted_and_the_limit_is_the_villages) {
  Numbers v;
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(v.typed(v.a_clerk()));
  EXPECT_TRUE(v.act(v.a_manager(), [](store::Act& a) { return village::save_setting(a, "number.tries", "1", false); }));
  EXPECT_EQ(v.typed(v.nobody()), 0);
  EXPECT_REFUSED(v.typed(v.nobody()), locked);
}

}  // namespace
