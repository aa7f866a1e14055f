// Two kiosks that were apart: a place is given by its holder alone, and the order in which facts arrive changes nothing.
#include "world.h"

#include <algorithm>

using namespace world;

namespace {

std::vector<store::Fact> facts_of(Kiosk& k) {
  std::vector<store::Fact> all;
  k.store->each_fact(0, [&](std::int64_t, const store::Fact& f) {
    all.push_back(f);
    return true;
  });
  return all;
}

void hear(Kiosk& here, const std::vector<store::Fact>& facts) {
  Act act(*here.store, Viewer::clockwork({}));
  for (const auto& f : facts) act.accept(f);
  act.commit();
}

// Keys travel before facts.
void hear(Kiosk& here, Kiosk& from) {
  here.store->take_keys(from.store->keys().all());
  hear(here, facts_of(from));
}

// The village stands at one kiosk; another has heard of all of it.
struct TwoKiosks : ::testing::Test {
  Village one{1};
  Kiosk other{2};
  State there(BookingId id) { return booking_unasked(other.eyes(one.clerk()), id)->state; }
};

TEST_F(TwoKiosks, a_place_of_another_kiosk_is_a_wish_until_the_holder_grants_it) {
  const auto s = one.pressure(3, 1);
  hear(other, one);
  const auto wish = other.as(one.by_face(one.grandmother), [&](Act& a) { return book(a, {one.grandmother, s, false}); });
  ASSERT_TRUE(wish.has_value()) << name(wish.error());
  EXPECT_EQ(wish->state, State::wished);
  hear(one, other);
  EXPECT_EQ(one.state_of(wish->booking), State::wished);
  one.as(Viewer::clockwork(one.centre.value), [](Act& a) { settle(a); return 0; });
  EXPECT_EQ(one.state_of(wish->booking), State::booked);
  hear(other, one);
  EXPECT_EQ(there(wish->booking), State::booked);
  EXPECT_EQ(one.store->fold_hash(), other.store->fold_hash());
}

TEST_F(TwoKiosks, a_wish_for_a_place_that_is_gone_joins_the_queue) {
  const auto s = one.pressure(3, 1);
  hear(other, one);
  const auto wish = other.as(one.by_face(one.grandmother), [&](Act& a) { return book(a, {one.grandmother, s, false}); });
  const auto had = one.book_as(one.by_face(one.grandfather), one.grandfather, s);
  ASSERT_TRUE(wish.has_value() && had.has_value());
  hear(one, other);
  one.as(Viewer::clockwork(one.centre.value), [](Act& a) { settle(a); return 0; });
  EXPECT_EQ(one.state_of(wish->booking), State::waiting);
  EXPECT_EQ(one.state_of(had->booking), State::booked);
  // Given back at the other kiosk, the place goes to who waits as soon as the holder hears of it.
  hear(other, one);
  ASSERT_TRUE(other.as(one.by_face(one.grandfather), [&](Act& a) { return cancel(a, had->booking); }).has_value());
  EXPECT_EQ(there(wish->booking), State::waiting) << "only the holder gives places away";
  hear(one, other);
  one.as(Viewer::clockwork(one.centre.value), [](Act& a) { settle(a); return 0; });
  EXPECT_EQ(one.state_of(wish->booking), State::booked);
}

TEST_F(TwoKiosks, settling_twice_says_nothing_new) {
  const auto s = one.pressure(3, 1);
  hear(other, one);
  (void)other.as(one.by_face(one.grandmother), [&](Act& a) { return book(a, {one.grandmother, s, false}); });
  hear(one, other);
  const auto settle_here = [&] { return one.as(Viewer::clockwork(one.centre.value), [](Act& a) { settle(a); return a.said().size(); }); };
  EXPECT_EQ(settle_here(), 1u);
  EXPECT_EQ(settle_here(), 0u);
}

TEST_F(TwoKiosks, a_slot_closed_elsewhere_keeps_nobody_waiting_in_vain) {
  const auto s = one.pressure(3, 1);
  hear(other, one);
  ASSERT_TRUE(other.as(one.clerk(one.centre), [&](Act& a) { return close_slot(a, s, "停电"); }).has_value());
  const auto r = one.book_as(one.by_face(one.grandmother), one.grandmother, s);  // has not heard of it
  ASSERT_TRUE(r.has_value());
  hear(one, other);
  const auto own = mine(one.eyes(one.by_face(one.grandmother)), one.grandmother);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].state, State::called_off);
  EXPECT_EQ(to_tell(one.eyes(one.clerk(one.centre))).size(), 1u);
}

TEST_F(TwoKiosks, the_order_of_arrival_changes_nothing) {
  const auto s = one.pressure(3, 1), t = one.pressure(5, 2);
  hear(other, one);
  const auto a = one.book_as(one.by_face(one.grandmother), one.grandmother, s);
  const auto b = other.as(one.by_face(one.grandfather), [&](Act& x) { return book(x, {one.grandfather, s, true}); });
  (void)one.as(one.by_face(one.mother), [&](Act& x) { return join_waiting(x, {one.mother, s, false}); });
  (void)one.as(one.by_face(one.grandmother), [&](Act& x) { return move(x, a->booking, t); });
  hear(one, other);
  one.as(Viewer::clockwork(one.centre.value), [](Act& x) { settle(x); return 0; });
  (void)other.as(one.by_face(one.grandfather), [&](Act& x) { return cancel(x, b->booking); });
  (void)other.as(one.clerk(one.centre), [&](Act& x) { return close_slot(x, t, "下雪"); });
  auto facts = facts_of(one);
  for (const auto& f : facts_of(other)) facts.push_back(f);
  std::mt19937_64 random(7);
  std::string hash;
  for (int round = 0; round < 6; ++round) {
    Kiosk third(100 + static_cast<std::uint64_t>(round));
    std::ranges::shuffle(facts, random);
    for (auto* from : {static_cast<Kiosk*>(&one), &other}) third.store->take_keys(from->store->keys().all());
    hear(third, facts);
    const auto now = third.store->fold_hash();
    if (round > 0) EXPECT_EQ(now, hash) << "round " << round;
    hash = now;
    third.store->rebuild();
    EXPECT_EQ(third.store->fold_hash(), hash);
  }
}

}  // namespace
