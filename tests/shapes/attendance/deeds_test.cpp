// Deeds of attendance: given facts, when a deed, then facts or a refusal.
#include "world.h"

#include <algorithm>
#include <random>

using namespace world;

namespace {

#define EXPECT_REFUSED(result, why)                   \
  do {                                                \
    const auto& r_ = (result);                        \
    ASSERT_FALSE(r_.has_value());                     \
    EXPECT_EQ(name(r_.error()), name(Refusal::why));  \
  } while (false)

struct Attendance : ::testing::Test, Village {};

TEST_F(Attendance, an_elder_comes_and_leaves) {
  const auto r = come(granny);
  ASSERT_TRUE(r.has_value()) << name(r.error());
  EXPECT_EQ(r->at, at(9, 5));
  EXPECT_EQ(seats(eyes(Viewer::nobody(care.value)), care).taken, 1);
  clock.set(at(15, 0));
  ASSERT_TRUE(go(granny).has_value());
  const auto s = stay(eyes(clerk), r->stay);
  ASSERT_TRUE(s.has_value());
  EXPECT_EQ(s->went, at(15, 0));
  EXPECT_EQ(s->closed_by, "person");
  EXPECT_EQ(time_here(eyes(clerk), granny, std::chrono::year{2026} / 11), Minutes{355});
}

TEST_F(Attendance, a_second_check_in_says_since_when) {
  ASSERT_TRUE(come(granny).has_value());
  clock.set(at(9, 20));
  EXPECT_REFUSED(come(granny), already_in);
  EXPECT_EQ(open_stay(eyes(by_face(granny)), granny, "day_care")->came, at(9, 5));
}

TEST_F(Attendance, seats_are_counted_and_full_says_so) {
  ASSERT_TRUE(come(granny).has_value());
  ASSERT_TRUE(come(grandpa).has_value());
  EXPECT_REFUSED(come(third), full);
  clock.set(at(11));
  ASSERT_TRUE(go(granny).has_value());
  EXPECT_TRUE(come(third).has_value());
}

TEST_F(Attendance, nobody_comes_before_the_door_opens_or_after_it_closes) {
  clock.set(at(6, 30));
  EXPECT_REFUSED(come(granny), site_closed);
  clock.set(at(18, 0));
  EXPECT_REFUSED(come(granny), site_closed);
  clock.set(at(17, 59));
  EXPECT_TRUE(come(granny).has_value());
}

TEST_F(Attendance, nobody_checks_a_neighbour_in) {
  EXPECT_REFUSED(as(by_face(granny), [&](Act& a) { return check_in(a, {grandpa, "day_care", {}}); }), no_right);
  EXPECT_REFUSED(as(Viewer::nobody(care.value), [&](Act& a) { return check_in(a, {grandpa, "day_care", {}}); }), no_right);
  EXPECT_TRUE(as(clerk, [&](Act& a) { return check_in(a, {grandpa, "day_care", {}}); }).has_value());
}

TEST_F(Attendance, an_offer_of_another_place_is_not_here) {
  EXPECT_REFUSED(as(by_face(granny), [&](Act& a) { return check_in(a, {granny, "rainbow_room", {}}); }), not_here);
  EXPECT_REFUSED(as(by_face(granny), [&](Act& a) { return check_in(a, {granny, "no_such", {}}); }), unknown);
}

TEST_F(Attendance, wrong_one_is_a_correcting_fact_and_the_first_stays) {
  const auto r = *come(granny);
  const auto u = as(by_face(granny), [&](Act& a) { return undo(a, r); });
  ASSERT_TRUE(u.has_value());
  EXPECT_FALSE(stay(eyes(clerk), r.stay).has_value());
  const auto facts = eyes(clerk).facts_of(r.stay.value);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].kind, "attendance.came");
  EXPECT_EQ(facts[1].kind, "attendance.undone");
  EXPECT_EQ(facts[1].corrects, facts[0].id);
  EXPECT_TRUE(come(granny).has_value());
}

TEST_F(Attendance, taking_back_a_leaving_opens_the_stay_again) {
  const auto r = *come(granny);
  clock.set(at(10));
  const auto left = *go(granny);
  ASSERT_TRUE(as(by_face(granny), [&](Act& a) { return undo(a, left); }).has_value());
  EXPECT_TRUE(open_stay(eyes(by_face(granny)), granny, "day_care").has_value());
  EXPECT_FALSE(stay(eyes(clerk), r.stay)->went.has_value());
}

TEST_F(Attendance, tomorrow_only_staff_take_back) {
  const auto r = *come(granny);
  clock.set(at(8, 0, today + std::chrono::days(1)));
  EXPECT_REFUSED(as(by_face(granny), [&](Act& a) { return undo(a, r); }), too_late);
  EXPECT_TRUE(as(clerk, [&](Act& a) { return undo(a, r); }).has_value());
}

TEST_F(Attendance, leaving_without_having_come_is_refused) { EXPECT_REFUSED(go(granny), not_in); }

TEST_F(Attendance, a_meal_may_be_chosen_until_the_stay_ends) {
  const auto r = *come(granny);
  ASSERT_TRUE(as(by_face(granny), [&](Act& a) { return choose_meal(a, r.stay, "臊子面"); }).has_value());
  EXPECT_EQ(stay(eyes(clerk), r.stay)->meal, "臊子面");
  clock.set(at(12));
  ASSERT_TRUE(go(granny).has_value());
  EXPECT_REFUSED(as(by_face(granny), [&](Act& a) { return choose_meal(a, r.stay, "米饭"); }), not_in);
}

TEST_F(Attendance, who_forgot_to_leave_is_closed_at_closing_time_and_marked_so) {
  const auto r = *come(granny);
  clock.set(at(19, 59));
  as(Viewer::clockwork(care.value), [](Act& a) { close_forgotten(a); return 0; });
  EXPECT_FALSE(stay(eyes(clerk), r.stay)->went.has_value()) << "before the offer's own hour";
  clock.set(at(20, 0));
  for (int i = 0; i < 3; ++i) as(Viewer::clockwork(care.value), [](Act& a) { close_forgotten(a); return 0; });
  const auto s = stay(eyes(clerk), r.stay);
  EXPECT_EQ(s->closed_by, "rule");
  EXPECT_EQ(s->went, at(18, 0));
  EXPECT_EQ(eyes(clerk).facts_of(r.stay.value).size(), 2u) << "said once";
}

TEST_F(Attendance, a_child_is_never_closed_by_the_clock) {
  const auto r = *as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); });
  clock.set(at(23, 50));
  as(Viewer::clockwork(room.value), [](Act& a) { close_forgotten(a); return 0; });
  EXPECT_FALSE(stay(eyes(volunteer), r.stay)->went.has_value());
  EXPECT_EQ(late_pickups(eyes(volunteer)).size(), 1u);
}

TEST_F(Attendance, a_child_goes_home_with_an_adult_of_its_list_only) {
  const auto r = *as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); });
  EXPECT_REFUSED(as(by_face(child, room), [&](Act& a) { return check_out(a, child, "rainbow_room"); }), needs_adult);
  EXPECT_REFUSED(as(by_face(stranger, room), [&](Act& a) { return hand_over(a, child, stranger); }), not_on_list);
  EXPECT_FALSE(stay(eyes(volunteer), r.stay)->went.has_value());
  EXPECT_REFUSED(as(by_face(stranger, room), [&](Act& a) { return hand_over(a, child, guardian); }), no_right);  // nobody hands over as somebody else
  ASSERT_TRUE(as(by_face(guardian, room), [&](Act& a) { return hand_over(a, child, guardian); }).has_value());
  const auto s = stay(eyes(volunteer), r.stay);
  EXPECT_EQ(s->closed_by, "carer");
  EXPECT_EQ(s->fetched_by, guardian);
}

TEST_F(Attendance, a_refused_adult_leaves_an_alarm_until_staff_saw_it) {
  ASSERT_TRUE(as(Viewer::nobody(room.value), [&](Act& a) { return refuse_fetch(a, child); }).has_value());
  const auto all = refused_fetches(eyes(volunteer));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_REFUSED(as(by_face(stranger, room), [&](Act& a) { return saw_refused_fetch(a, all[0].id); }), no_right);
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return saw_refused_fetch(a, all[0].id); }).has_value());
  EXPECT_TRUE(refused_fetches(eyes(volunteer)).empty());
}

struct HeldChild : Attendance {
  void SetUp() override {
    ASSERT_TRUE(as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); }).has_value());
    ASSERT_TRUE(as(Viewer::nobody(room.value), [&](Act& a) { return refuse_fetch(a, child); }).has_value());
  }
};

TEST_F(HeldChild, somebody_else_wanted_waits_for_staff) {
  EXPECT_REFUSED(as(by_face(guardian, room), [&](Act& a) { return hand_over(a, child, guardian); }), held);
  const auto all = refused_fetches(eyes(volunteer));
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return saw_refused_fetch(a, all.at(0).id); }).has_value());
  EXPECT_TRUE(as(by_face(guardian, room), [&](Act& a) { return hand_over(a, child, guardian); }).has_value());
}

TEST_F(HeldChild, is_handed_over_by_staff) {
  EXPECT_TRUE(as(volunteer, [&](Act& a) { return hand_over(a, child, guardian); }).has_value());
}

TEST_F(Attendance, a_child_that_came_by_itself_is_missed_when_the_class_is_over) {
  clock.set(at(16, 35));
  (void)*as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); });
  clock.set(at(18, 14));
  EXPECT_TRUE(late_pickups(eyes(volunteer)).empty());
  clock.set(at(18, 15));
  EXPECT_EQ(late_pickups(eyes(volunteer)).size(), 1u) << "the class ends at six, the house at half past";
}

TEST_F(Attendance, who_came_after_the_last_class_stays_until_the_house_closes) {
  clock.set(at(18, 5));
  (void)*as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); });
  clock.set(at(18, 20));
  EXPECT_TRUE(late_pickups(eyes(volunteer)).empty());
  clock.set(at(18, 45));
  EXPECT_EQ(late_pickups(eyes(volunteer)).size(), 1u);
}

TEST_F(Attendance, a_roll_is_not_closed_before_its_class_and_takes_who_comes_late) {
  clock.set(at(16, 29));
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return open_session(a, klass); }).has_value());
  EXPECT_REFUSED(as(volunteer, [&](Act& a) { return close_session(a, klass); }), too_early);
  clock.set(at(16, 40));
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return close_session(a, klass); }).has_value());
  EXPECT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, other_child, true); }).has_value()) << "the class is still on";
}

TEST_F(Attendance, a_roll_is_opened_marked_corrected_and_closed) {
  clock.set(at(16, 30));
  EXPECT_REFUSED(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }), session_not_open);
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return open_session(a, klass); }).has_value());
  auto r = roll(eyes(volunteer), klass);
  EXPECT_EQ(r.lines.size(), 2u) << "those who come to this site";
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, other_child, true); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, other_child, false); }).has_value());
  EXPECT_EQ(roll(eyes(volunteer), klass).here(), 1);
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return note_absence(a, klass, other_child, Absence::phoned); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, stranger, true); }).has_value()) << "a walk-in";
  clock.set(at(18, 0));
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return close_session(a, klass); }).has_value());
  r = roll(eyes(volunteer), klass);
  EXPECT_TRUE(r.closed);
  EXPECT_EQ(r.here(), 2);
  EXPECT_TRUE(std::any_of(r.lines.begin(), r.lines.end(), [](const RollLine& l) { return l.walk_in; }));
  EXPECT_EQ(hours_given(eyes(volunteer), village::StaffId{*volunteer.staff}, std::chrono::year{2026} / 11), Minutes{90});
  EXPECT_REFUSED(as(volunteer, [&](Act& a) { return mark(a, klass, other_child, true); }), session_closed);
  auto clerk_here = clerk;
  clerk_here.site = room.value;
  EXPECT_TRUE(as(clerk_here, [&](Act& a) { return mark(a, klass, other_child, true); }).has_value()) << "a clerk corrects";
}

TEST_F(Attendance, two_volunteers_who_mark_the_same_child_say_one_stay) {
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return open_session(a, klass); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }).has_value());
  EXPECT_EQ(eyes(clerk).count("SELECT count(*) FROM attendance_stay"), 1);
}

TEST_F(Attendance, residents_do_not_see_or_take_a_roll) {
  EXPECT_REFUSED(as(by_face(guardian, room), [&](Act& a) { return open_session(a, klass); }), no_right);
  EXPECT_TRUE(roll(eyes(by_face(guardian, room)), klass).lines.empty());
  EXPECT_TRUE(here_now(eyes(by_face(granny))).empty());
}

TEST_F(Attendance, a_clerk_corrects_times_and_the_first_facts_stay) {
  const auto r = *come(granny);
  EXPECT_REFUSED(as(volunteer, [&](Act& a) { return correct(a, r.stay, at(8), at(12)); }), no_right);
  EXPECT_REFUSED(as(clerk, [&](Act& a) { return correct(a, r.stay, at(12), at(8)); }), ends_before_it_began);
  ASSERT_TRUE(as(clerk, [&](Act& a) { return correct(a, r.stay, at(8), at(12)); }).has_value());
  EXPECT_EQ(stay(eyes(clerk), r.stay)->came, at(8));
  EXPECT_EQ(eyes(clerk).facts_of(r.stay.value).front().at, at(9, 5));
}

TEST_F(Attendance, nothing_is_not_zero) { EXPECT_FALSE(time_here(eyes(clerk), granny, std::chrono::year{2026} / 11).has_value()); }

TEST_F(Attendance, the_tables_are_what_the_facts_say) {
  ASSERT_TRUE(come(granny).has_value());
  clock.set(at(10));
  ASSERT_TRUE(go(granny).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return open_session(a, klass); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return note_absence(a, klass, other_child, Absence::leave); }).has_value());
  const auto before = store->fold_hash();
  EXPECT_GT(store->rebuild(), 0);
  EXPECT_EQ(store->fold_hash(), before);
  EXPECT_EQ(store->verify_chain().broken_at, 0);
}

TEST_F(Attendance, facts_of_two_kiosks_give_the_same_tables_in_any_order) {
  ASSERT_TRUE(come(granny).has_value());
  clock.set(at(10));
  ASSERT_TRUE(go(granny).has_value());
  const auto r = *come(third);
  clock.set(at(11));
  ASSERT_TRUE(as(by_face(third), [&](Act& a) { return undo(a, r); }).has_value());
  clock.set(at(20, 30));
  std::vector<store::Fact> facts;
  store->each_fact(0, [&](std::int64_t, const store::Fact& f) { facts.push_back(f); return true; });
  std::mt19937 random(7);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(facts.begin(), facts.end(), random);
    const auto other = folder / ("other" + std::to_string(round));
    store::Store second(other, contract(), clock);
    second.take_keys(store->keys().all());
    for (const auto& f : facts) {
      store::Act act(second, Viewer::clockwork({}));
      act.accept(f);
      act.accept(f);  // twice is once
      act.commit();
    }
    EXPECT_EQ(second.fold_hash(), store->fold_hash()) << "round " << round;
  }
}

TEST_F(Attendance, every_right_is_asked_cell_by_cell) {
  const Viewer viewers[] = {Viewer::nobody(care.value), by_face(granny), Viewer::of_staff(care.value, Role::volunteer, {}, {}), Viewer::of_staff(care.value, Role::clerk, {}, {}),
                            Viewer::of_staff(care.value, Role::manager, {}, {}), Viewer::clockwork(care.value)};
  const bool in[] = {false, true, true, true, true, false};
  for (std::size_t i = 0; i < std::size(viewers); ++i) {
    Act act(*store, viewers[i]);
    const auto r = check_in(act, {granny, "day_care", {}});
    EXPECT_EQ(r.has_value(), in[i]) << i;
    if (!in[i]) { EXPECT_EQ(name(r.error()), name(Refusal::no_right)); }
  }
  const bool corrects[] = {false, false, false, true, true, false};
  const auto s = *come(granny);
  for (std::size_t i = 0; i < std::size(viewers); ++i) {
    Act act(*store, viewers[i]);
    EXPECT_EQ(correct(act, s.stay, at(8), at(12)).has_value(), corrects[i]) << i;
  }
}

TEST_F(Attendance, sheets_are_for_clerks_and_say_what_is_not_filled_in) {
  ASSERT_TRUE(come(granny).has_value());
  const auto shape = attendance::shape();
  const auto& month = shape.sheets.front();
  shapes::SheetAsk ask{care, today - std::chrono::days(23), today, true};
  int rows = 0;
  base::Words words;
  month.rows(eyes(volunteer), words, ask, [&](const std::vector<base::Cell>&) { ++rows; });
  EXPECT_EQ(rows, 0);
  month.rows(eyes(clerk), words, ask, [&](const std::vector<base::Cell>& cells) {
    ++rows;
    ASSERT_EQ(cells.size(), month.columns.size());
    EXPECT_EQ(std::get<std::string>(cells[2]), "王秀兰");
    EXPECT_TRUE(std::holds_alternative<base::NotFilledIn>(cells[5])) << "an open stay has no time yet";
  });
  EXPECT_EQ(rows, 1);
}

TEST(AttendanceSettings, every_mistake_is_told_with_its_row) {
  const auto folder = std::filesystem::temp_directory_path() / ("attendance-catalogue-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::copy(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", folder, std::filesystem::copy_options::recursive);
  {
    std::FILE* f = std::fopen((folder / "offers.toml").c_str(), "a");
    std::fputs("\n[[offer]]\ncode = \"bad_hours\"\nservice = \"day_care\"\nshape = \"attendance\"\norder = 900\npicture = \"🪑\"\nsites = [\"day_care_centre\"]\naudience = [\"elder\"]\n"
               "[offer.settings]\nway = \"open\"\nopens = \"18:00\"\ncloses = \"08:00\"\nseat = true\n", f);
    std::fclose(f);
  }
  std::vector<base::Wrong> wrong;
  const auto catalogue = village::Catalogue::load(folder, wrong);
  attendance::take_offers(catalogue, wrong);
  std::filesystem::remove_all(folder);
  ASSERT_EQ(wrong.size(), 2u) << base::to_string(wrong);
  EXPECT_GT(wrong[0].row, 0);
  EXPECT_NE(base::to_string(wrong).find("closes before it opens"), std::string::npos);
  EXPECT_NE(base::to_string(wrong).find("seat"), std::string::npos);
  // What the other tests stand on.
  std::vector<base::Wrong> none;
  shapes::use_catalogue(village::Catalogue::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", none), none);
}

}  // namespace
