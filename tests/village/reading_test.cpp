// Reading somebody's record is itself a fact, once a sitting, a child's before it is shown; so is a sheet with names.
#include "given.h"

#include "village/reading.h"

namespace {

struct ReadingOf : given::Shanwan, testing::Test {};

TEST_F(ReadingOf, of_a_child_is_written_down_once_a_sitting_and_for_each_of_staff) {
  EXPECT_EQ(village::reading_of(as(a_clerk()), hu), village::Reading::note_first);
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::note_reading(a, hu); }));
  EXPECT_EQ(village::reading_of(as(a_clerk()), hu), village::Reading::noted);
  EXPECT_EQ(village::reading_of(as(a_manager()), hu), village::Reading::note_first) << "she has, he has not";
  clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(village::reading_of(as(a_clerk()), hu), village::Reading::note_first);
  const auto all = facts();
  EXPECT_EQ(all.back().kind, "village.person_read");
  EXPECT_EQ(all.back().by, clerk.value);
  EXPECT_EQ(all.back().person, hu.value);
  EXPECT_EQ(all.back().body, "{}");
}

TEST_F(ReadingOf, of_grown_people_is_written_down_too_and_by_the_family_not) {
  EXPECT_EQ(village::reading_of(as(a_clerk()), wang), village::Reading::note);
  EXPECT_EQ(village::reading_of(as(resident(mother, store::Known::card)), hu), village::Reading::noted);
  EXPECT_EQ(village::reading_of(as(nobody()), hu), village::Reading::noted);
  EXPECT_REFUSED(act(resident(mother), [&](store::Act& a) { return village::note_reading(a, hu); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::note_reading(a, village::PersonId{base::id_of("nobody")}); }), unknown);
}

TEST_F(ReadingOf, of_a_sheet_says_which) {
  ASSERT_TRUE(act(a_manager(), [](store::Act& a) { return village::note_sheet(a, "attendance.stays"); }));
  EXPECT_EQ(facts().back().json().at("sheet"), "attendance.stays");
  ASSERT_TRUE(act(a_manager(), [](store::Act& a) { return village::note_sheet(a, "attendance.stays", "2026-10"); }));
  EXPECT_EQ(facts().back().json().at("of"), "2026-10");
  EXPECT_REFUSED(act(nobody(), [](store::Act& a) { return village::note_sheet(a, "attendance.stays"); }), no_right);
}

}  // namespace
