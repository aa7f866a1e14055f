// Somebody new writes their own name: what is taken, how often, and who sees that it waits.
#include "given.h"

#include "village/newcomers.h"

namespace {

using given::day;

struct Newcomers : given::Shanwan, testing::Test {
  auto comes(const std::string& name, const std::string& phone = "") {
    return act(nobody(), [&](store::Act& a) { return village::come_new(a, {name, phone}); });
  }
};

TEST_F(Newcomers, whoever_writes_their_name_is_a_walk_in_of_this_site_and_found_by_their_number) {
  const auto who = comes(" 何满仓 ", "13911112222");
  ASSERT_TRUE(who);
  const auto entry = village::person(as(a_clerk()), *who);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->name, "何满仓");
  EXPECT_TRUE(entry->walk_in);
  EXPECT_EQ(facts().back().means, "self");
  EXPECT_FALSE(facts().back().by);
  const auto found = village::by_phone_tail(as(nobody()), "2222");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().id, *who);
}

TEST_F(Newcomers, what_is_no_name_is_refused_and_writes_nothing) {
  const auto before = facts().size();
  for (const auto* none : {"", "  "}) EXPECT_EQ(comes(none).error(), village::Refusal::name_empty);
  for (const auto* odd : {"12", "王1", "<b>", "一二三四五六七八九十一二三", "a\nb"}) EXPECT_EQ(comes(odd).error(), village::Refusal::name_odd) << odd;
  for (const auto* odd : {"1390", "139-1111-2222", "1391111222233", "abcdefg"}) EXPECT_EQ(comes("何满仓", odd).error(), village::Refusal::phone_odd) << odd;
  EXPECT_EQ(facts().size(), before);
  for (const auto* name : {"单", "买买提·吐尔逊", "Anna", "ئايگۈل"}) EXPECT_TRUE(comes(name)) << name;
}

TEST_F(Newcomers, a_day_takes_so_many_and_a_clock_set_back_takes_no_more) {
  (void)act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.new_a_day", "2", false); });
  EXPECT_TRUE(comes("甲"));
  EXPECT_TRUE(comes("乙"));
  EXPECT_FALSE(village::may_come_new(as(nobody())));
  EXPECT_EQ(comes("丙").error(), village::Refusal::locked);
  const auto now = clock.now();
  clock.set(now - std::chrono::hours(48));
  EXPECT_EQ(comes("丙").error(), village::Refusal::locked);
  clock.set(now + std::chrono::hours(24));
  EXPECT_TRUE(comes("丙"));
  (void)act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.new_a_day", "0", false); });
  clock.set(now + std::chrono::hours(72));
  EXPECT_EQ(comes("丁").error(), village::Refusal::locked) << "0: staff alone write new people";
}

TEST_F(Newcomers, wait_for_staff_until_a_clerk_has_completed_the_entry) {
  const auto who = comes("何满仓").value();
  EXPECT_EQ(village::newcomers_count(as(a_volunteer())), 1);
  EXPECT_EQ(village::newcomers(as(a_volunteer())).at(0).id, who);
  EXPECT_TRUE(village::newcomers(as(resident(wang))).empty());
  EXPECT_EQ(village::newcomers_count(as(nobody())), 0);
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = who, .household = house}); }));
  EXPECT_EQ(village::newcomers_count(as(a_clerk())), 0);
}

}  // namespace
