// What is the time? On the glass: asked once at the first sign-in, turned, set, and what was written meanwhile is put right.
#include "../app/at_the_kiosk.h"

#include "base/set_clock.h"
#include "village/clock.h"

namespace {

struct DeskClock : given::AtTheKiosk, testing::Test {
  ~DeskClock() override { base::correct_system_clock(std::chrono::milliseconds(0)); }
  void signs_in() {
    kiosk->go_home(true);
    settle();
    touch("call_staff");
    touch("go:staff");
    sign_in(volunteer, "274913");
  }
};

TEST_F(DeskClock, is_asked_once_and_set_by_whoever_signs_in) {
  const auto newest = clock.now();
  clock.set(base::instant_at(given::day(1970, 1, 2), base::Minutes{10 * 60}, {}));
  const auto written = person("赵小满", "f", given::day(1950, 1, 1), {});
  signs_in();
  ASSERT_EQ(at(), "desk/clock");
  touch("hour:more");
  touch("minute:more");
  while (!has("day:more")) touch("page_next");
  touch("day:more");
  touch("set");
  EXPECT_EQ(at(), "desk/clock");
  const auto right = newest + std::chrono::hours(25) + std::chrono::minutes(5);
  EXPECT_EQ(as(machine()).facts_of(written.value).front().at, right);
  touch("back");
  EXPECT_EQ(at(), "desk/today");
}

TEST_F(DeskClock, later_is_an_answer_too_and_it_stands_among_the_troubles) {
  clock.set(base::instant_at(given::day(1970, 1, 2), base::Minutes{10 * 60}, {}));
  signs_in();
  ASSERT_EQ(at(), "desk/clock");
  touch("later");
  EXPECT_EQ(at(), "desk/today");
  signs_in();
  EXPECT_EQ(at(), "desk/today") << "not a second time";
  kiosk->open("desk/health", "");
  settle();
  touch("clock");
  EXPECT_EQ(at(), "desk/clock");
}

TEST_F(DeskClock, what_cannot_be_is_refused_in_words_and_nothing_is_lost) {
  clock.set(base::instant_at(given::day(1970, 1, 2), base::Minutes{10 * 60}, {}));
  signs_in();
  ASSERT_EQ(at(), "desk/clock");
  touch("hour:less");
  touch("set");
  EXPECT_EQ(at(), "desk/clock");
  bool told = false;
  for (const auto& w : frame.outline().widgets) told = told || w.label == given::all_words().at("zh-CN").text("desk.clock.too_early");
  EXPECT_TRUE(told);
}

}  // namespace
