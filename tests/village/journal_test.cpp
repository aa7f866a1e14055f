// The village's tables are a fold: rebuilt they are the same, whatever order the facts came in, and bad bodies harm nothing.
#include "given.h"
#include "village/erasure.h"

#include <algorithm>
#include <random>
#include <set>

using namespace given;

namespace {

// Everything that can be said of a village, some of it twice and corrected.
struct Busy : Shanwan {
  Busy() {
    act(a_manager(), [&](store::Act& a) {
      (void)village::save_household(a, {.id = house, .group = second, .note = "搬了"}).value();
      (void)village::save_person(a, {.id = wang, .phone = "13911119999", .tags = std::vector<std::string>{"elder"}, .sites = std::vector{centre, room}}).value();
      (void)village::save_person(a, {.id = shan, .household = village::HouseholdId{}, .emergency_contact = wang}).value();
      (void)village::save_person(a, {.id = mother, .left_on = day(2026, 11, 1)}).value();
      (void)village::save_person(a, {.name = "过路的", .sex = "m", .walk_in = true}).value();
      (void)village::give_card(a, wang, "NZ1").value();
      (void)village::give_card(a, wang, "NZ2").value();
      (void)village::give_secret(a, wang).value();
      (void)village::give_secret(a, wang).value();
      (void)village::record_consent(a, wang, "photo", 1, true).value();
      (void)village::save_carer(a, {.child = hu, .adult = liu, .ended = true}).value();
      (void)village::save_staff(a, {.id = volunteer, .active = false}).value();
      (void)village::save_duty(a, {.id = {}, .site = centre, .staff = clerk, .weekday = 1, .from = base::Minutes{480}, .until = base::Minutes{720}}).value();
      (void)village::save_setting(a, "people.elder_age", "65", false).value();
      (void)village::save_setting(a, "people.elder_age", "70", true).value();
      const auto id = village::save_activity(a, {.id = {}, .site = centre, .offer = "recreation", .name = "秧歌", .picture = "🥁", .place = "", .day = day(2026, 11, 30), .start = base::Minutes{600}, .end = base::Minutes{660}, .places = {}, .led_by = {}, .repeat_weeks = 3}).value();
      (void)village::cancel_activity(a, id, "下雨", false).value();
      return 0;
    });
  }
};

}  // namespace

TEST(VillageJournal, a_rebuild_gives_the_same_rows) {
  Busy village;
  const auto before = village.store->fold_hash();
  for (const auto* table : {"village_person", "village_person_key", "village_card", "village_activity"})
    village.store->database().script(std::string("DELETE FROM ") + table);
  ASSERT_NE(village.store->fold_hash(), before);
  village.store->rebuild();
  EXPECT_EQ(village.store->fold_hash(), before);
  EXPECT_EQ(village.store->verify_chain().broken_at, 0);
}

TEST(VillageJournal, facts_in_any_order_give_the_same_rows) {
  Busy village;
  auto facts = village.facts();
  std::mt19937 random(11);
  for (int round = 0; round < 12; ++round) {
    Place other;
    std::ranges::shuffle(facts, random);
    other.store->take_keys(village.store->keys().all());
    store::Act act(*other.store, store::Viewer::clockwork({}));
    for (const auto& fact : facts) act.accept(fact);
    act.commit();
    ASSERT_EQ(other.store->fold_hash(), village.store->fold_hash()) << "round " << round;
  }
}

TEST(VillageJournal, keys_that_come_after_the_facts_give_the_same_rows) {
  Busy village;
  Place other;
  { store::Act act(*other.store, store::Viewer::clockwork({})); for (const auto& f : village.facts()) act.accept(f); act.commit(); }
  EXPECT_FALSE(village::person(other.as(village.machine()), village.wang));
  EXPECT_GT(other.store->keys_missing(), 0);
  other.store->take_keys(village.store->keys().all());
  EXPECT_EQ(other.store->keys_missing(), 0);
  EXPECT_EQ(other.store->fold_hash(), village.store->fold_hash());
}

TEST(VillageJournal, an_erasure_in_any_order_gives_the_same_rows_and_takes_the_key_there_too) {
  Busy village;
  const auto keys = village.store->keys().all();
  for (const auto who : {village.wang, village.shan, village.mother})
    village.act(village.a_manager(), [&](store::Act& a) { return village::erase_person(a, who, [](const store::Reader&, village::PersonId) { return false; }); }).value();
  auto facts = village.facts();
  std::mt19937 random(12);
  for (int round = 0; round < 12; ++round) {
    Place other;
    std::ranges::shuffle(facts, random);
    other.store->take_keys(keys);
    {
      store::Act act(*other.store, store::Viewer::clockwork({}));
      for (const auto& fact : facts) act.accept(fact);
      act.commit();
    }
    ASSERT_EQ(other.store->fold_hash(), village.store->fold_hash()) << "round " << round;
    EXPECT_TRUE(other.store->keys().all().destroyed.contains(village.wang.value));
    EXPECT_FALSE(other.store->keys().all().keys.contains(village.wang.value));
    other.store->rebuild();
    ASSERT_EQ(other.store->fold_hash(), village.store->fold_hash()) << "round " << round;
  }
}

TEST(VillageJournal, a_correction_made_elsewhere_wins_by_turn_not_by_arrival) {
  Shanwan here;
  Place there;
  there.store->take_keys(here.store->keys().all());
  { store::Act act(*there.store, store::Viewer::clockwork({})); for (const auto& f : here.facts()) act.accept(f); act.commit(); }
  const auto save = [&](Place& at, const std::string& phone) {
    at.act(here.machine(), [&](store::Act& a) { return village::save_person(a, {.id = here.wang, .phone = phone}); }).value();
    return at.facts().back();
  };
  const auto first = save(here, "111");
  { store::Act act(*there.store, store::Viewer::clockwork({})); act.accept(first); act.commit(); }
  there.clock.set(there.clock.now() - std::chrono::hours(24 * 1000));  // a clock that is years behind
  const auto second = save(there, "222");
  { store::Act act(*here.store, store::Viewer::clockwork({})); act.accept(second); act.commit(); }
  EXPECT_EQ(village::person(here.as(here.machine()), here.wang)->phone, "222");
  EXPECT_EQ(here.store->fold_hash(), there.store->fold_hash());
}

TEST(VillageJournal, two_offline_kiosks_may_give_one_staff_number_and_one_card_twice_without_harm) {
  Shanwan here;
  Place there;
  there.store->take_keys(here.store->keys().all());
  { store::Act act(*there.store, store::Viewer::clockwork({})); for (const auto& f : here.facts()) act.accept(f); act.commit(); }
  const auto before = here.facts().size();
  const auto give = [&](Place& at, village::PersonId who) {
    at.act(here.machine(), [&](store::Act& a) {
      (void)village::save_staff(a, {.person = who, .number = "7", .role = store::Role::volunteer}).value();
      return village::give_card(a, who, "NZ7");
    }).value();
  };
  give(here, here.wang);
  give(there, here.shan);
  auto from_here = here.facts(), from_there = there.facts();
  from_here.erase(from_here.begin(), from_here.begin() + static_cast<std::ptrdiff_t>(before));
  from_there.erase(from_there.begin(), from_there.begin() + static_cast<std::ptrdiff_t>(before));
  { store::Act act(*here.store, store::Viewer::clockwork({})); for (const auto& f : from_there) act.accept(f); act.commit(); }
  { store::Act act(*there.store, store::Viewer::clockwork({})); for (const auto& f : from_here) act.accept(f); act.commit(); }
  EXPECT_EQ(here.store->fold_hash(), there.store->fold_hash());
  EXPECT_EQ(village::by_card(here.as(here.nobody()), "NZ7"), village::by_card(there.as(here.nobody()), "NZ7"));
}

TEST(VillageJournal, bodies_that_make_no_sense_harm_nothing) {
  Shanwan village;
  store::Act act(*village.store, village.machine());
  std::int64_t seq = 0;
  for (const auto& kind : village::fact_kinds())
    for (const auto* body : {"", "not json", "[]", "{}", R"({"name":7,"sex":"x","born":"yesterday","tags":"elder","sites":[1],"household":"h","number":[],"day":1,"role":"king"})",
                             R"({"name":"甲","sex":"x","born":"2026-02-30","tags":[1,"elder","elder"],"sites":["x"],"lives_alone":"yes","person":"p","site":"s","key":"k","code":5})"}) {
      store::Fact f;
      f.origin = base::id_of("a kiosk of another make");
      f.seq = f.turn = ++seq;
      f.id = base::id_of("bad " + std::to_string(seq));
      f.kind = kind.kind;
      f.subject = base::id_of(std::string(kind.kind) + std::to_string(seq));
      f.body = body;
      EXPECT_NO_THROW(act.accept(f)) << kind.kind << " " << body;
    }
  act.commit();
  EXPECT_TRUE(village::person(village.as(village.machine()), village.wang));
  EXPECT_GT(village.store->rebuild(), 0);
}

// Deeds and queries cell by cell are in people_test and places_test; this is the table itself.
TEST(VillageRights, each_has_a_name_of_its_own_and_nobody_finds_but_staff) {
  std::set<std::string_view> names;
  for (const auto& right : village::rights()) {
    EXPECT_TRUE(right.name.starts_with("village.")) << right.name;
    EXPECT_TRUE(names.insert(right.name).second) << right.name;
    if (right.name.starts_with("village.save_") || right.name == "village.find") {
      EXPECT_FALSE(right.anyone) << right.name;
      EXPECT_FALSE(right.resident) << right.name;
    }
  }
}
