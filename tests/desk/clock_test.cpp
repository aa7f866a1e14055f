// What is the time? On the glass: asked once at the first sign-in, turned, set, and what was written meanwhile is put right.
#include "../app/at_the_kiosk.h"

#include "base/almanac.h"
#include "base/set_clock.h"
#include "parts/patterns.h"
#include "village/clock.h"

namespace {

const base::Words& zh() { return given::all_words().at("zh-CN"); }

struct DeskClock : given::AtTheKiosk, testing::Test {
  ~DeskClock() override { base::correct_system_clock(std::chrono::milliseconds(0)); }
  void signs_in() {
    kiosk->go_home(true);
    settle();
    touch("call_staff");
    touch("go:staff");
    sign_in(volunteer, "274913");
  }
  // As after a night without power and with an empty battery.
  void power_was_off() {
    clock.set(base::instant_at(given::day(1970, 1, 1), base::Minutes{10 * 60}, {}));
    kiosk->go_home(true);
    kiosk->look_again();
    settle();
  }
  [[nodiscard]] std::string seen() const {
    std::string all = frame.outline().speak_text;
    for (const auto& w : frame.outline().widgets) all += "\n" + w.label;
    return all;
  }
  // No word for any day or time of the wrong clock.
  void expect_no_date() {
    const auto all = seen();
    const auto day = base::day_of(clock.now(), {});
    for (const auto& word : {base::date_text(zh(), base::date_of(day)), zh().text(base::weekday_key(base::weekday_of(day))), parts::lunar_word(zh(), day), std::string("10:00"),
                             parts::time_word(zh(), base::Minutes{600})})
      EXPECT_EQ(all.find(word), std::string::npos) << at() << " shows " << word << " in\n" << all;
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
  touch("done");
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

TEST_F(DeskClock, who_leaves_the_question_has_not_answered_and_it_is_asked_again) {
  power_was_off();
  signs_in();
  ASSERT_EQ(at(), "desk/clock");
  touch("back");
  EXPECT_EQ(at(), "desk/today");
  signs_in();
  EXPECT_EQ(at(), "desk/clock");
}

TEST_F(DeskClock, an_answer_is_for_the_clock_it_was_given_to) {
  power_was_off();
  signs_in();
  touch("later");
  signs_in();
  ASSERT_EQ(at(), "desk/today");
  // The machine's clock is moved in the same boot, and is still wrong.
  store->database().script("UPDATE local_clock SET since_boot = since_boot - 3600000");
  signs_in();
  EXPECT_EQ(at(), "desk/clock");
}

TEST_F(DeskClock, is_unsure_however_much_was_written_since) {
  power_was_off();
  for (int i = 0; i < 1100; ++i) (void)act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "request.urgent_again_s", std::to_string(4 + i % 2), false); });
  kiosk.reset();
  store.reset();
  store.emplace(folder, shapes::contract(), clock);
  EXPECT_TRUE(village::ask_clock(as(a_clerk())));
}

TEST_F(DeskClock, shows_and_says_no_day_and_no_time_while_it_is_unsure) {
  power_was_off();
  ASSERT_EQ(at(), "desk/home");
  expect_no_date();
  EXPECT_NE(seen().find(zh().text("parts.clock.unsure")), std::string::npos);
  for (const auto* screen : {"desk/attract", "desk/calendar", "notice/list"}) {
    kiosk->go_home(true);
    kiosk->open(screen, "");
    settle();
    expect_no_date();
  }
  kiosk->go_home(true);
  settle();
  touch("go:whats_on");
  ASSERT_EQ(at(), "desk/calendar");
  EXPECT_EQ(frame.outline().speak_text, zh().text("parts.clock.ask"));
  // Whoever comes is noted, and no time is claimed.
  kiosk->become({.person = wang, .known = store::Known::face});
  kiosk->open("attendance/arrive", "");
  settle();
  if (at() == "attendance/arrive") touch("offer:day_care");
  ASSERT_EQ(at(), "attendance/welcome");
  expect_no_date();
  // What is asked for is taken, and nothing is promised by a time.
  kiosk->become({.person = wang, .known = store::Known::face});
  kiosk->open("request/ask", "");
  settle();
  touch("offer:meals");
  ASSERT_EQ(at(), "request/sent");
  expect_no_date();
  kiosk->open("request/mine", "");
  settle();
  expect_no_date();
  signs_in();
  touch("later");
  ASSERT_EQ(at(), "desk/today");
  expect_no_date();
  for (const auto* screen : {"attendance/sessions", "request/queue", "desk/activities"}) {
    kiosk->open(screen, "");
    settle();
    expect_no_date();
  }
  kiosk->open("attendance/sessions", "");
  settle();
  EXPECT_NE(seen().find(zh().text("attendance.roster.unsure")), std::string::npos);
}

TEST_F(DeskClock, shows_the_day_again_as_soon_as_it_is_set) {
  const auto newest = clock.now();
  power_was_off();
  signs_in();
  ASSERT_EQ(at(), "desk/clock");
  touch("set");
  clock.set(newest);  // what base::correct_system_clock does for the machine's
  touch("done");
  kiosk->go_home(true);
  settle();
  EXPECT_EQ(seen().find(zh().text("parts.clock.unsure")), std::string::npos);
}

}  // namespace
