// A clock that was wrong: asked about once, set by staff, and what was said meanwhile put right without changing a fact.
#include "given.h"

#include "base/set_clock.h"
#include "store/clock_set.h"
#include "village/clock.h"

namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct WrongClock : given::Shanwan, testing::Test {
  base::Instant before = clock.now();
  ~WrongClock() override { base::correct_system_clock(std::chrono::milliseconds(0)); }
  // The battery is dead and the power was off.
  void dies() { clock.set(base::instant_at(given::day(1970, 1, 1), base::Minutes{8 * 60}, {})); }
  base::Uuid says(const std::string& name) { return person(name, "f", given::day(1950, 1, 1), {}).value; }
  base::Instant told_of(const base::Uuid& subject) { return as(machine()).facts_of(subject).back().at; }
};

TEST_F(WrongClock, is_asked_about_once_and_of_staff_alone) {
  EXPECT_FALSE(village::ask_clock(as(a_volunteer())));
  dies();
  EXPECT_TRUE(village::ask_clock(as(a_volunteer())));
  EXPECT_FALSE(village::ask_clock(as(nobody())));
  EXPECT_FALSE(village::ask_clock(as(resident(wang))));
  act(a_volunteer(), [](store::Act& a) { village::clock_asked(a); return 0; });
  EXPECT_FALSE(village::ask_clock(as(a_manager())));
}

TEST_F(WrongClock, what_was_said_meanwhile_gets_its_time_and_no_fact_is_changed) {
  const auto sure = says("赵一");
  dies();
  const auto first = says("赵二");
  clock.advance(minutes(10));
  const auto second = says("赵三");
  EXPECT_FALSE(as(machine()).facts_of(first).back().clock_sure);
  const auto right = before + hours(26);
  const auto by = act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, right); });
  ASSERT_TRUE(by);
  EXPECT_EQ(clock.now() + *by, right);
  EXPECT_EQ(told_of(first), right - minutes(10));
  EXPECT_EQ(told_of(second), right);
  EXPECT_EQ(told_of(sure), before);
  EXPECT_EQ(store->verify_chain().broken_at, 0);
  const auto hash = store->fold_hash();
  (void)store->rebuild();
  EXPECT_EQ(store->fold_hash(), hash);
  // The clock is set: what follows is sure and left alone.
  clock.set(right + minutes(1));
  const auto after = says("赵四");
  EXPECT_TRUE(as(machine()).facts_of(after).back().clock_sure);
  EXPECT_EQ(told_of(after), right + minutes(1));
}

TEST_F(WrongClock, two_dark_nights_are_each_put_right_by_themselves) {
  dies();
  clock.advance(hours(5));
  const auto first_night = says("钱一");
  dies();
  const auto second_night = says("钱二");
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before + hours(100)); }));
  EXPECT_EQ(told_of(second_night), before + hours(100));
  EXPECT_LT(told_of(first_night), before) << "of the night before nobody knows";
}

TEST_F(WrongClock, reaches_another_kiosk_in_whatever_order) {
  dies();
  const auto subject = says("孙一");
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before + hours(3)); }));
  auto all = facts();
  std::ranges::reverse(all);
  Place other;
  other.act(store::Viewer::clockwork({}), [&](store::Act& a) {
    for (const auto& f : all) a.accept(f);
    return 0;
  });
  EXPECT_EQ(other.as(machine()).facts_of(subject).back().at, before + hours(3));
}

TEST_F(WrongClock, far_ahead_is_as_unsure_and_poisons_nothing) {
  clock.set(base::instant_at(given::day(2099, 1, 1), base::Minutes{8 * 60}, {}));
  EXPECT_TRUE(village::ask_clock(as(a_volunteer())));
  const auto meanwhile = says("周一");
  EXPECT_FALSE(as(machine()).facts_of(meanwhile).back().clock_sure);
  EXPECT_LE(village::clock_at_least(as(machine())), before);
  const auto right = before + hours(30);
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, right); }));
  EXPECT_EQ(told_of(meanwhile), right);
  // Whether the machine's own clock is set then or not: it is sure.
  clock.set(right + minutes(2));
  EXPECT_FALSE(village::clock_unsure(as(machine())));
  EXPECT_TRUE(as(machine()).facts_of(says("周二")).back().clock_sure);
}

TEST_F(WrongClock, after_a_long_time_without_anybody_it_is_asked_once_and_then_sure) {
  clock.advance(hours(24 * 300));
  EXPECT_TRUE(village::ask_clock(as(a_clerk())));
  (void)says("吴一");
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, clock.now()); }));
  clock.advance(minutes(1));
  EXPECT_FALSE(village::clock_unsure(as(machine())));
  EXPECT_TRUE(as(machine()).facts_of(says("吴二")).back().clock_sure);
  store.reset();
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
  EXPECT_FALSE(village::clock_unsure(as(machine())));
}

TEST_F(WrongClock, that_somebody_set_wrong_is_set_back_by_a_clerk) {
  dies();
  const auto first = says("郑一");
  const auto wrong = before + hours(24 * 365);  // next year by mistake
  ASSERT_TRUE(act(a_volunteer(), [&](store::Act& a) { return village::set_clock(a, wrong); }));
  clock.set(wrong + minutes(5));
  const auto second = says("郑二");
  EXPECT_TRUE(as(machine()).facts_of(second).back().clock_sure);
  // The next morning the machine knows the day again.
  const auto right = before + hours(20);
  clock.set(right);
  act(machine(), [](store::Act& a) { return a.run_local("UPDATE local_clock SET boot = 'of yesterday'"); });
  const auto third = says("郑三");
  EXPECT_TRUE(village::ask_clock(as(a_clerk())));
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, right); }), out_of_range);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::set_clock(a, right, true); }), no_right);
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, right, true); }));
  EXPECT_FALSE(village::clock_unsure(as(machine())));
  EXPECT_EQ(told_of(third), right);
  EXPECT_LE(told_of(second), right);
  EXPECT_EQ(told_of(second) - told_of(first), minutes(5)) << "as far from each other as they were";
  EXPECT_EQ(store->verify_chain().broken_at, 0);
  const auto hash = store->fold_hash();
  (void)store->rebuild();
  EXPECT_EQ(store->fold_hash(), hash);
  clock.advance(minutes(1));
  EXPECT_TRUE(as(machine()).facts_of(says("郑四")).back().clock_sure);
}

TEST_F(WrongClock, cannot_be_set_where_it_is_right_or_to_what_cannot_be) {
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before + hours(1)); }), out_of_range);
  dies();
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before - hours(1)); }), out_of_range);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before + hours(24 * 366 * 11)); }), out_of_range);
  EXPECT_REFUSED(act(resident(wang, store::Known::secret), [&](store::Act& a) { return village::set_clock(a, before + hours(1)); }), no_right);
  EXPECT_EQ(facts_of_kind(store::clock_set::kind), 0);
}

TEST_F(WrongClock, is_remembered_until_the_machine_is_switched_off_or_its_clock_set) {
  dies();
  const auto by = act(a_clerk(), [&](store::Act& a) { return village::set_clock(a, before + hours(2)); });
  ASSERT_TRUE(by);
  village::remember_clock(as(machine()));
  EXPECT_EQ(base::system_clock_correction(), *by);
  base::correct_system_clock(std::chrono::milliseconds(0));
  act(machine(), [](store::Act& a) { return a.run_local("UPDATE local_clock SET since_boot = since_boot - 7200000"); });
  village::remember_clock(as(machine()));
  EXPECT_EQ(base::system_clock_correction().count(), 0) << "somebody has set it";
  act(machine(), [](store::Act& a) { return a.run_local("UPDATE local_clock SET since_boot = since_boot + 7200000, boot = 'another'"); });
  village::remember_clock(as(machine()));
  EXPECT_EQ(base::system_clock_correction().count(), 0) << "another boot";
}

TEST_F(WrongClock, a_fact_of_another_programs_making_says_nothing_of_a_clock) {
  dies();
  const auto subject = says("李一");
  const auto at = told_of(subject);
  auto odd = as(machine()).facts_of(subject).back();
  odd.kind = std::string(store::clock_set::kind);
  for (const auto* body : {"[]", "{\"origin\":7}", "{\"add_ms\":\"x\"}", R"({"origin":"00000000-0000-0000-0000-000000000000","from_seq":1,"to_seq":9999,"add_ms":5})"}) {
    odd.id = base::id_of(body);
    odd.origin = base::id_of("elsewhere");
    ++odd.seq;
    odd.body = body;
    act(machine(), [&](store::Act& a) { a.accept(odd); return 0; });
  }
  EXPECT_EQ(told_of(subject), at);
}

}  // namespace
