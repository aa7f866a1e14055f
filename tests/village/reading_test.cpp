// Reading a child's record is itself a fact, once a sitting; so is a sheet with names.
#include "given.h"

#include "village/reading.h"

namespace {

struct Reading : given::Shanwan, testing::Test {};

TEST_F(Reading, of_a_child_is_written_down_once_a_sitting_and_for_each_of_staff) {
  EXPECT_TRUE(village::must_note_reading(as(a_clerk()), hu));
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::note_reading(a, hu); }));
  EXPECT_FALSE(village::must_note_reading(as(a_clerk()), hu));
  EXPECT_TRUE(village::must_note_reading(as(a_manager()), hu)) << "she has, he has not";
  clock.advance(std::chrono::minutes(11));
  EXPECT_TRUE(village::must_note_reading(as(a_clerk()), hu));
  const auto all = facts();
  EXPECT_EQ(all.back().kind, "village.person_read");
  EXPECT_EQ(all.back().by, clerk.value);
  EXPECT_EQ(all.back().person, hu.value);
  EXPECT_EQ(all.back().body, "{}");
}

TEST_F(Reading, of_grown_people_and_by_the_family_is_not) {
  EXPECT_FALSE(village::must_note_reading(as(a_clerk()), wang));
  EXPECT_FALSE(village::must_note_reading(as(resident(mother, store::Known::card)), hu));
  EXPECT_FALSE(village::must_note_reading(as(nobody()), hu));
  EXPECT_REFUSED(act(resident(mother), [&](store::Act& a) { return village::note_reading(a, hu); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::note_reading(a, village::PersonId{base::id_of("nobody")}); }), unknown);
}

TEST_F(Reading, of_a_sheet_says_which) {
  ASSERT_TRUE(act(a_manager(), [](store::Act& a) { return village::note_sheet(a, "attendance.stays"); }));
  EXPECT_EQ(facts().back().json().at("sheet"), "attendance.stays");
  EXPECT_REFUSED(act(nobody(), [](store::Act& a) { return village::note_sheet(a, "attendance.stays"); }), no_right);
}

}  // namespace
