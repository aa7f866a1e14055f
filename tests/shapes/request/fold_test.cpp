// Rows are what the facts say: rebuilt they are the same, and the same at another kiosk in whatever order the facts arrive.
#include "place.h"

#include "village/clock.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

using namespace request;
using request_test::Folder;
using request_test::Place;

namespace {

class RequestRows : public Place {
 protected:
  // One of everything that can happen.
  void live() {
    readers_have_keys();
    const auto done = asked(wang), wrong = asked(wang, "cleaning"), passed = asked(li), sealed = asked(mei, "mediation"), late = asked(li, "medicine");
    (void)by(as(wang), [&](store::Act& act) { return cancel(act, wrong); });
    (void)by(as(xiao_wang), [&](store::Act& act) { return take(act, done); });
    minutes_pass(5);
    (void)by(as(xiao_wang), [&](store::Act& act) { return set_off(act, done); });
    (void)by(as(xiao_wang), [&](store::Act& act) { return finish(act, done); });
    (void)by(as(wang), [&](store::Act& act) { return rate(act, done, Answer::bad); });
    (void)by(as(wang), [&](store::Act& act) { return reopen(act, done); });
    (void)by(as(xiao_wang), [&](store::Act& act) { return pass_on(act, {passed, xiao_chen, "", Reason::busy}); });
    (void)by(opens_as(clerk), [&](store::Act& act) { return pass_on(act, {sealed, {}, "justice_office", Reason::needs_office}); });
    (void)by(as(manager), [&](store::Act& act) { return close(act, passed, Outcome::not_needed); });
    const auto urgent = by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); });
    (void)by(as(xiao_chen), [&](store::Act& act) { return acknowledge_urgent(act, urgent->request); });
    minutes_pass(200);
    store::Act act(store, clockwork());
    escalate_overdue(act);
    act.commit();
    (void)by(as(xiao_wang), [&](store::Act& act) { return take(act, late); });
  }
};

TEST_F(RequestRows, are_the_same_when_they_are_folded_anew) {
  live();
  const auto before = store.fold_hash();
  EXPECT_GT(store.rebuild(), 20);
  EXPECT_EQ(store.fold_hash(), before);
}

TEST_F(RequestRows, are_the_same_at_another_kiosk_in_whatever_order_facts_arrive) {
  live();
  std::vector<store::Fact> facts;
  store.each_fact(0, [&](std::int64_t, const store::Fact& f) {
    facts.push_back(f);
    return true;
  });
  std::mt19937_64 random(7);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(facts.begin(), facts.end(), random);
    Folder elsewhere;
    store::Store other(elsewhere.path, request_test::contract(), clock);
    other.take_keys(store.keys().all());
    store::Act act(other, clockwork());
    for (const auto& f : facts) act.accept(f);
    act.commit();
    EXPECT_EQ(other.fold_hash(), store.fold_hash()) << "round " << round;
  }
}

TEST_F(RequestRows, agree_when_two_kiosks_took_the_same_request_offline) {
  const auto id = asked(wang);
  Folder elsewhere;
  store::Store other(elsewhere.path, request_test::contract(), clock);
  const auto all_of = [](store::Store& s) {
    std::vector<store::Fact> facts;
    s.each_fact(0, [&](std::int64_t, const store::Fact& f) {
      facts.push_back(f);
      return true;
    });
    return facts;
  };
  const auto carry = [&](store::Store& from, store::Store& to) {
    to.take_keys(from.keys().all());
    store::Act act(to, clockwork());
    for (const auto& f : all_of(from)) act.accept(f);
    act.commit();
  };
  carry(store, other);
  (void)by(as(xiao_wang), [&](store::Act& act) { return take(act, id); });
  {
    store::Act act(other, as(xiao_chen));
    ASSERT_TRUE(take(act, id)) << "she cannot know";
    act.commit();
  }
  carry(store, other);
  carry(other, store);
  EXPECT_EQ(store.fold_hash(), other.fold_hash());
  EXPECT_TRUE(seen(as(clerk), id)->taken_by);
  EXPECT_EQ(history(store.reader(as(clerk)), id).size(), 3u) << "both facts stay";
}

TEST_F(RequestRows, agree_when_two_kiosks_both_say_that_it_is_overdue) {
  const auto id = asked(wang);
  Folder elsewhere;
  base::FixedClock slow(clock.now());
  store::Store other(elsewhere.path, request_test::contract(), slow);
  const auto carry = [&](store::Store& from, store::Store& to) {
    to.take_keys(from.keys().all());
    store::Act act(to, clockwork());
    from.each_fact(0, [&](std::int64_t, const store::Fact& f) {
      act.accept(f);
      return true;
    });
    act.commit();
  };
  carry(store, other);
  minutes_pass(91);
  slow.advance(std::chrono::minutes(104));
  for (auto* s : {&store, &other}) {
    store::Act act(*s, clockwork());
    escalate_overdue(act);
    act.commit();
  }
  carry(store, other);
  carry(other, store);
  EXPECT_EQ(store.fold_hash(), other.fold_hash());
  EXPECT_EQ(history(store.reader(as(clerk)), id).size(), 2u) << "said by two, said once";
}

TEST_F(RequestRows, get_the_time_that_staff_said_when_the_clock_was_wrong) {
  const auto right = clock.now() + std::chrono::hours(48);
  (void)asked(li, "cleaning");
  clock.set(base::instant_at(base::day(std::chrono::year{1970} / 1 / 1), base::Minutes{60}, base::Place{}));
  const auto id = asked(wang);
  EXPECT_LT(seen(clockwork(), id)->asked, request_test::morning());
  ASSERT_TRUE(by(as(xiao_wang), [&](store::Act& act) { return village::set_clock(act, right); }));
  EXPECT_EQ(seen(clockwork(), id)->asked, right);
  EXPECT_GT(seen(clockwork(), id)->due, right);
  const auto before = store.fold_hash();
  (void)store.rebuild();
  EXPECT_EQ(store.fold_hash(), before);
}

TEST_F(RequestRows, outlive_a_body_of_another_programs_making) {
  const auto id = asked(wang);
  auto odd = store.reader(clockwork()).facts_of(id.value).front();
  odd.id = base::id_of("odd fact");
  odd.origin = base::id_of("another origin");
  odd.seq = 1;
  odd.turn += 1;
  odd.kind = "request.passed_on";
  odd.body = R"({"office":7,"staff":"not an id","reason":null})";
  store::Act act(store, clockwork());
  EXPECT_NO_THROW(act.accept(odd));
  act.commit();
  EXPECT_EQ(seen(clockwork(), id)->state, State::asked);
}

}  // namespace
