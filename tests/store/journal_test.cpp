// The journal: facts are appended, numbered without gaps, chained, and folded the same in whatever order they come.
#include "given.h"

#include <algorithm>
#include <random>

using namespace given;

TEST(Journal, what_is_committed_is_there_after_opening_again) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path, contract(), clock); say(store, "door", "open"); }
  store::Store store(folder.path, contract(), clock);
  EXPECT_EQ(value(store, "door"), "open");
  ASSERT_EQ(all(store).size(), 1u);
  const auto fact = all(store).front();
  EXPECT_EQ(fact.seq, 1);
  EXPECT_EQ(fact.kind, "try.set");
  EXPECT_EQ(fact.means, "rule");
  EXPECT_EQ(fact.at, noon());
  EXPECT_EQ(fact.site, kiosk().site);
  EXPECT_EQ(fact.origin, store.origin());
}

TEST(Journal, an_act_that_goes_away_without_commit_never_was) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "open");
  {
    store::Act act(store, kiosk());
    act.append({.kind = "try.set", .subject = thing("door")}, {{"value", "shut"}});
    EXPECT_EQ(act.count("SELECT count(*) FROM journal_fact"), 2) << "an act sees its own writes";
  }
  EXPECT_EQ(value(store, "door"), "open");
  say(store, "window", "open");
  const auto facts = all(store);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[1].seq, 2) << "the number of what never was is used again";
  EXPECT_EQ(store.verify_chain().broken_at, 0);
}

TEST(Journal, an_act_is_committed_once_and_one_at_a_time) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  store::Act act(store, kiosk());
  EXPECT_THROW(store::Act(store, kiosk()), std::logic_error);
  act.append({.kind = "try.set", .subject = thing("door")});
  const auto said = act.commit();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].kind, "try.set");
  EXPECT_THROW((void)act.commit(), std::logic_error);
}

TEST(Journal, an_unknown_kind_cannot_be_said_but_is_kept_when_it_arrives) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  store::Act act(store, kiosk());
  EXPECT_THROW(act.append({.kind = "try.unheard_of", .subject = thing("door")}), std::logic_error);
  store::Fact from_tomorrow;
  from_tomorrow.id = base::id_of("a fact");
  from_tomorrow.origin = base::id_of("another kiosk");
  from_tomorrow.seq = 1;
  from_tomorrow.turn = 77;
  from_tomorrow.kind = "try.unheard_of";
  from_tomorrow.version = 9;
  from_tomorrow.subject = thing("door");
  from_tomorrow.body = R"({"what":"ever"})";
  act.accept(from_tomorrow);
  act.commit();
  ASSERT_EQ(all(store).size(), 1u);
  EXPECT_EQ(all(store)[0].body, from_tomorrow.body);
}

TEST(Journal, what_is_said_after_a_fact_was_seen_comes_after_it_whatever_the_clocks_say) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "a");
  store::Fact theirs = all(store)[0];
  theirs.id = base::id_of("theirs");
  theirs.origin = base::id_of("another kiosk");
  theirs.turn = 5000;
  theirs.body = R"({"value":"b"})";
  { store::Act act(store, kiosk()); act.accept(theirs); act.commit(); }
  clock.set(noon() - std::chrono::hours(24 * 365));
  say(store, "door", "c");
  EXPECT_EQ(value(store, "door"), "abc");
  EXPECT_FALSE(all(store).back().clock_sure) << "the clock is below what this kiosk has seen";
}

TEST(Journal, a_thousand_old_facts_that_arrive_do_not_set_the_count_of_turns_back) {
  TempFolder folder;
  base::FixedClock clock(noon());
  {
    store::Store store(folder.path, contract(), clock);
    store::Act act(store, kiosk());
    store::Fact f;
    f.origin = base::id_of("a busy kiosk");
    f.kind = "try.set";
    f.subject = thing("door");
    f.body = R"({"value":"a"})";
    f.id = base::id_of("newest");
    f.seq = 1;
    f.turn = 9000;
    act.accept(f);
    f.origin = base::id_of("a kiosk that was away");
    f.subject = thing("elsewhere");
    for (int i = 1; i <= 1100; ++i) {
      f.id = base::id_of("old" + std::to_string(i));
      f.seq = f.turn = i;
      act.accept(f);
    }
    act.commit();
  }
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "b");
  EXPECT_GT(all(store).back().turn, 9000);
  EXPECT_EQ(value(store, "door"), "ab");
}

TEST(Journal, a_once_fact_said_twice_is_one) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  const auto once = base::id_of("closing time of Tuesday");
  for (int i = 0; i < 2; ++i) {
    store::Act act(store, kiosk());
    EXPECT_EQ(act.append({.kind = "try.once", .subject = thing("door"), .once = once}, {{"value", "shut"}}), once);
    act.commit();
  }
  EXPECT_EQ(all(store).size(), 1u);
  EXPECT_EQ(value(store, "door"), "shut");
}

TEST(Journal, a_once_fact_of_two_kiosks_is_one_and_neither_chain_has_a_hole) {
  base::FixedClock clock(noon());
  TempFolder north_folder, south_folder;
  store::Store north(north_folder.path, contract(), clock), south(south_folder.path, contract(), clock);
  const auto once = base::id_of("closing time of Tuesday");
  say(south, "elsewhere", "x");  // so that the two say it in different turns
  for (auto* store : {&north, &south}) {
    store::Act act(*store, kiosk());
    act.append({.kind = "try.once", .subject = thing("door"), .once = once}, {{"value", store == &north ? "north" : "south"}});
    act.commit();
  }
  const auto from_north = all(north), from_south = all(south);
  { store::Act act(north, kiosk()); for (const auto& f : from_south) act.accept(f); act.commit(); }
  { store::Act act(south, kiosk()); for (const auto& f : from_north) act.accept(f); act.commit(); }
  EXPECT_EQ(value(north, "door"), "north");
  EXPECT_EQ(value(south, "door"), "north") << "the earlier saying counts on both";
  EXPECT_EQ(north.fold_hash(), south.fold_hash());
  for (auto* store : {&north, &south}) {
    EXPECT_EQ(store->verify_chain().broken_at, 0);
    EXPECT_EQ(store->verify_chain().missing, 0);
  }
}

TEST(Journal, facts_that_arrive_in_any_order_fold_to_the_same_rows_and_leave_a_sound_chain) {
  base::FixedClock clock(noon());
  TempFolder source_folder;
  store::Store source(source_folder.path, contract(), clock);
  for (int i = 0; i < 40; ++i) say(source, i % 3 == 0 ? "door" : "window", std::string(1, static_cast<char>('a' + i % 26)));
  auto facts = all(source);
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    TempFolder folder;
    store::Store store(folder.path, contract(), clock);
    std::ranges::shuffle(facts, random);
    for (const auto& fact : facts) {
      store::Act act(store, kiosk());
      act.accept(fact);
      act.accept(fact);
      act.commit();
    }
    EXPECT_EQ(store.fold_hash(), source.fold_hash());
    EXPECT_EQ(store.verify_chain().facts, 40);
    EXPECT_EQ(store.verify_chain().broken_at, 0);
    EXPECT_EQ(store.verify_chain().missing, 0);
  }
}

TEST(Journal, a_fact_of_another_kiosk_that_is_still_on_its_way_is_missing_not_broken) {
  base::FixedClock clock(noon());
  TempFolder source_folder, folder;
  store::Store source(source_folder.path, contract(), clock), store(folder.path, contract(), clock);
  for (const auto* v : {"a", "b", "c", "d"}) say(source, "door", v);
  const auto facts = all(source);
  { store::Act act(store, kiosk()); act.accept(facts[0]); act.accept(facts[3]); act.commit(); }
  EXPECT_EQ(store.verify_chain().broken_at, 0);
  EXPECT_EQ(store.verify_chain().missing, 2);
}

TEST(Journal, a_changed_body_breaks_the_chain_where_it_stands) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  for (const auto* v : {"a", "b", "c"}) say(store, "door", v);
  ASSERT_EQ(store.verify_chain().broken_at, 0);
  store.database().run("UPDATE journal_fact SET body = ? WHERE seq = 2", R"({"value":"B"})");
  EXPECT_EQ(store.verify_chain().broken_at, 2);
  EXPECT_EQ(store.verify_chain().origin, store.origin().text());
}

TEST(Journal, a_removed_fact_breaks_the_chain) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  for (const auto* v : {"a", "b", "c"}) say(store, "door", v);
  store.database().run("DELETE FROM journal_fact WHERE seq = 2");
  EXPECT_EQ(store.verify_chain().broken_at, 3);
}

TEST(Journal, a_late_fact_does_not_make_a_changed_one_sound) {
  base::FixedClock clock(noon());
  TempFolder source_folder, folder;
  store::Store source(source_folder.path, contract(), clock), store(folder.path, contract(), clock);
  for (const auto* v : {"a", "b", "c"}) say(source, "door", v);
  const auto facts = all(source);
  { store::Act act(store, kiosk()); act.accept(facts[1]); act.accept(facts[2]); act.commit(); }
  store.database().run("UPDATE journal_fact SET body = ? WHERE seq = 3", R"({"value":"C"})");
  { store::Act act(store, kiosk()); act.accept(facts[0]); act.commit(); }
  EXPECT_EQ(store.verify_chain().broken_at, 3);
}

TEST(Journal, rebuilding_gives_the_same_rows) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  for (int i = 0; i < 30; ++i) say(store, "thing" + std::to_string(i % 7), std::to_string(i));
  const auto before = store.fold_hash();
  store.database().run("UPDATE village_setting SET value = 'not so'");
  ASSERT_NE(store.fold_hash(), before);
  EXPECT_EQ(store.rebuild(), 30);
  EXPECT_EQ(store.fold_hash(), before);
}

TEST(Journal, a_reaction_follows_in_the_same_transaction_and_a_ring_of_them_is_caught) {
  TempFolder folder;
  base::FixedClock clock(noon());
  auto with = contract();
  with.reactions.push_back({"try.set", [](store::Act& act, const store::Fact& f) { act.append({.kind = "try.followed", .subject = f.subject}); }});
  store::Store store(folder.path, with, clock);
  say(store, "door", "open");
  ASSERT_EQ(all(store).size(), 2u);
  EXPECT_EQ(all(store)[1].kind, "try.followed");

  TempFolder ring_folder;
  auto ring = contract();
  ring.reactions.push_back({"try.set", [](store::Act& act, const store::Fact& f) { act.append({.kind = "try.set", .subject = f.subject}); }});
  store::Store ringed(ring_folder.path, ring, clock);
  EXPECT_THROW(say(ringed, "door", "open"), std::logic_error);
  EXPECT_TRUE(all(ringed).empty());
}

TEST(Journal, no_reaction_runs_where_a_fact_only_arrives) {
  base::FixedClock clock(noon());
  TempFolder source_folder, folder;
  store::Store source(source_folder.path, contract(), clock);
  say(source, "door", "open");
  auto with = contract();
  with.reactions.push_back({"try.set", [](store::Act& act, const store::Fact& f) { act.append({.kind = "try.followed", .subject = f.subject}); }});
  store::Store store(folder.path, with, clock);
  { store::Act act(store, kiosk()); act.accept(all(source)[0]); act.commit(); }
  EXPECT_EQ(all(store).size(), 1u);
}

// --- two programs on one database: the kiosk and a command

TEST(Journal, two_programs_on_one_database_take_turns_without_a_gap) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store kiosk_store(folder.path, contract(), clock), command(folder.path, contract(), clock);
  for (int i = 0; i < 10; ++i) {
    say(kiosk_store, "door", "k");
    say(command, "door", "c");
    say(command, "window", "c");
  }
  EXPECT_EQ(kiosk_store.origin(), command.origin());
  const auto facts = all(kiosk_store);
  ASSERT_EQ(facts.size(), 30u);
  for (std::size_t i = 0; i < facts.size(); ++i) EXPECT_EQ(facts[i].seq, static_cast<std::int64_t>(i + 1));
  EXPECT_EQ(command.verify_chain().broken_at, 0);
  EXPECT_EQ(value(kiosk_store, "door"), "kckckckckckckckckckc");
}

TEST(Journal, a_screen_learns_that_another_program_said_something) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store kiosk_store(folder.path, contract(), clock), command(folder.path, contract(), clock);
  const auto before = kiosk_store.moved();
  EXPECT_EQ(kiosk_store.moved(), before);
  say(command, "door", "open");
  EXPECT_GT(kiosk_store.moved(), before);
}

// --- one transaction around many acts

TEST(Bulk, acts_inside_are_kept_and_one_that_is_not_committed_never_was) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  {
    store::Store::Bulk bulk(store);
    say(store, "door", "a");
    { store::Act act(store, kiosk()); act.append({.kind = "try.set", .subject = thing("door")}, {{"value", "never"}}); }
    say(store, "door", "b");
  }
  EXPECT_EQ(value(store, "door"), "ab");
  EXPECT_EQ(all(store).back().seq, 2);
  EXPECT_EQ(store.verify_chain().broken_at, 0);
}

TEST(Bulk, an_exception_takes_back_what_came_after_the_last_checkpoint) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  try {
    store::Store::Bulk bulk(store);
    say(store, "door", "a");
    bulk.checkpoint();
    say(store, "door", "b");
    throw std::runtime_error("the disk is full");
  } catch (const std::runtime_error&) {}
  EXPECT_EQ(value(store, "door"), "a");
  say(store, "door", "c");
  EXPECT_EQ(all(store).back().seq, 2);
  EXPECT_EQ(store.verify_chain().broken_at, 0);
}

TEST(Bulk, facts_said_by_another_program_before_it_are_not_numbered_again) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store one(folder.path, contract(), clock), other(folder.path, contract(), clock);
  say(other, "door", "a");
  { store::Store::Bulk bulk(one); say(one, "door", "b"); }
  say(other, "door", "c");
  EXPECT_EQ(value(one, "door"), "abc");
  EXPECT_EQ(one.verify_chain().broken_at, 0);
}
