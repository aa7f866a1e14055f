// Given facts, when a deed, then facts or a refusal.
#include "world.h"

#include <gmock/gmock.h>

using namespace world;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

struct Notices : ::testing::Test {
  Village v;
  template <class F>
  auto by(const Viewer& viewer, F deed) { return v.as(viewer, deed); }
  void refused(const std::expected<Receipt, Refusal>& r, Refusal why) {
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(name(r.error()), name(why));
  }
};

TEST_F(Notices, a_notice_stands_from_its_first_day_to_its_last) {
  auto p = v.safety();
  p.from = today + std::chrono::days(2);
  p.until = today + std::chrono::days(3);
  v.say(p);
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
  v.go_to(2);
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
  v.go_to(3);
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
  v.go_to(4);
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
}

TEST_F(Notices, the_newest_stands_first_and_the_order_stays) {
  auto p = v.safety();
  p.title = "一";
  v.say(p);
  v.clock.advance(std::chrono::minutes(1));
  p.title = "二";
  v.say(p);
  v.clock.advance(std::chrono::minutes(1));
  p.title = "三";
  p.from = today - std::chrono::days(1);
  v.say(p);
  EXPECT_THAT(v.titles(v.nobody()), ElementsAre("二", "一", "三"));
}

TEST_F(Notices, what_is_said_here_is_not_said_elsewhere_unless_it_is_for_everywhere) {
  v.say(v.safety());
  EXPECT_THAT(v.titles(Viewer::nobody(v.centre.value)), IsEmpty());
  auto p = v.safety();
  p.everywhere = true;
  v.say(p);
  EXPECT_THAT(v.titles(Viewer::nobody(v.centre.value)), SizeIs(1));
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(2));
}

TEST_F(Notices, an_offer_is_not_read_at_a_kind_of_site_that_does_not_offer_it) {
  auto p = v.job();
  p.everywhere = true;
  v.say(p);
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
  EXPECT_THAT(v.titles(Viewer::nobody(v.centre.value)), IsEmpty());
}

TEST_F(Notices, who_is_known_hears_what_is_for_them_and_for_all) {
  v.say(v.safety());
  v.say(v.job());
  const std::vector<std::string> woman{"woman"}, elder{"elder"};
  EXPECT_THAT(current(v.eyes(v.nobody()), today, woman), SizeIs(2));
  EXPECT_THAT(current(v.eyes(v.nobody()), today, elder), SizeIs(1));
  EXPECT_THAT(current(v.eyes(v.nobody()), today), SizeIs(2));
}

TEST_F(Notices, without_title_text_or_picture_it_is_not_said) {
  for (auto field : {&Publish::title, &Publish::text, &Publish::picture}) {
    auto p = v.safety();
    p.*field = "  ";
    refused(v.say_as(v.clerk(), p), Refusal::text_empty);
  }
}

TEST_F(Notices, a_title_longer_than_its_line_is_refused) {
  auto p = v.safety();
  p.title = "一二三四五六七八九十一二";
  EXPECT_TRUE(v.say_as(v.clerk(), p).has_value());
  p.title += "三";
  refused(v.say_as(v.clerk(), p), Refusal::text_long);
  p.title = "Twelve and twelve letter";  // 24
  EXPECT_TRUE(v.say_as(v.clerk(), p).has_value());
}

TEST_F(Notices, days_that_do_not_fit_are_refused) {
  auto p = v.safety();
  p.until = p.from - std::chrono::days(1);
  refused(v.say_as(v.clerk(), p), Refusal::dates_wrong);
  p = v.safety();
  p.from = today - std::chrono::days(5);
  p.until = today - std::chrono::days(1);
  refused(v.say_as(v.clerk(), p), Refusal::dates_wrong);
}

TEST_F(Notices, an_unknown_offer_or_group_is_refused) {
  auto p = v.safety();
  p.offer = "day_care";
  refused(v.say_as(v.clerk(), p), Refusal::unknown);
  p = v.safety();
  p.audience = {"everybody"};
  refused(v.say_as(v.clerk(), p), Refusal::unknown);
}

TEST_F(Notices, a_story_needs_its_person_and_their_yes) {
  auto p = v.story();
  p.about.reset();
  refused(v.say_as(v.clerk(), p), Refusal::no_consent);
  p = v.story();
  p.read_to_them = false;
  refused(v.say_as(v.clerk(), p), Refusal::no_consent);
  p.about = PersonId{base::id_of("nobody")};
  refused(v.say_as(v.clerk(), p), Refusal::unknown);
}

TEST_F(Notices, the_yes_to_a_story_is_kept_as_the_persons_consent) {
  v.say(v.story());
  EXPECT_EQ(village::consent_version(v.eyes(v.clerk()), v.grandmother, "story"), 1);
}

TEST_F(Notices, new_words_hide_a_story_until_the_person_says_yes_again) {
  const auto id = v.say(v.story());
  Amend a{.notice = id, .title = {}, .text = "换了话。", .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}};
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return amend(act, a); }).has_value());
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
  EXPECT_THAT(for_attract(v.eyes(v.nobody())), IsEmpty());
  EXPECT_FALSE(one(v.eyes(v.nobody()), id).has_value());
  EXPECT_EQ(attention(v.eyes(v.clerk())).waits_for_yes, 1);
  ASSERT_TRUE(by(v.by_face(v.grandmother), [&](Act& act) { return confirm_consent(act, id, true); }).has_value());
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
}

TEST_F(Notices, a_longer_time_does_not_need_a_new_yes) {
  const auto id = v.say(v.story());
  Amend a{.notice = id, .title = {}, .text = {}, .picture = {}, .from = {}, .until = today + std::chrono::days(30), .audience = {}, .everywhere = {}};
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return amend(act, a); }).has_value());
  v.go_to(20);
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
}

TEST_F(Notices, who_is_told_about_may_have_the_story_gone) {
  const auto id = v.say(v.story());
  refused(by(v.by_face(v.mother), [&](Act& act) { return confirm_consent(act, id, false); }), Refusal::no_right);
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
  ASSERT_TRUE(by(v.by_face(v.grandmother), [&](Act& act) { return confirm_consent(act, id, false); }).has_value());
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
}

TEST_F(Notices, a_guardian_answers_for_a_child) {
  auto p = v.story();
  p.about = v.child;
  const auto id = v.say(p);
  refused(by(v.by_face(v.mother), [&](Act& act) { return confirm_consent(act, id, false); }), Refusal::no_right);
  EXPECT_TRUE(by(v.by_face(v.guardian), [&](Act& act) { return confirm_consent(act, id, false); }).has_value());
}

TEST_F(Notices, only_a_story_has_a_yes) {
  const auto id = v.say(v.safety());
  refused(by(v.clerk(), [&](Act& act) { return confirm_consent(act, id, true); }), Refusal::unknown);
}

TEST_F(Notices, who_is_told_about_is_for_staff_alone) {
  const auto id = v.say(v.story());
  EXPECT_FALSE(one(v.eyes(v.by_face(v.mother)), id)->about.has_value());
  EXPECT_EQ(one(v.eyes(v.clerk()), id)->about, v.grandmother);
  EXPECT_FALSE(current(v.eyes(v.nobody()), today).front().about.has_value());
}

TEST_F(Notices, an_amended_notice_says_the_new_words_and_keeps_the_rest) {
  const auto id = v.say(v.safety());
  Amend a{.notice = id, .title = "煤气要当心", .text = {}, .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = true};
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return amend(act, a); }).has_value());
  const auto n = one(v.eyes(v.nobody()), id);
  ASSERT_TRUE(n.has_value());
  EXPECT_EQ(n->title, "煤气要当心");
  EXPECT_EQ(n->text, "睡前看一看烟筒。");
  EXPECT_FALSE(n->site.has_value());
}

TEST_F(Notices, amending_asks_the_same_as_publishing) {
  const auto id = v.say(v.safety());
  const auto change = [&](Amend a) { return by(v.clerk(), [&](Act& act) { return amend(act, a); }); };
  refused(change({.notice = id, .title = {}, .text = " ", .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}}), Refusal::text_empty);
  refused(change({.notice = id, .title = {}, .text = {}, .picture = {}, .from = {}, .until = today - std::chrono::days(1), .audience = {}, .everywhere = {}}), Refusal::dates_wrong);
  refused(change({.notice = NoticeId{base::id_of("none")}, .title = "x", .text = {}, .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}}), Refusal::unknown);
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return retire(act, id, Reason::over); }).has_value());
  refused(change({.notice = id, .title = "x", .text = {}, .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}}), Refusal::retired);
}

TEST_F(Notices, a_retired_notice_is_gone_at_once_and_for_good) {
  const auto id = v.say(v.safety());
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return retire(act, id, Reason::mistaken); }).has_value());
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
  refused(by(v.clerk(), [&](Act& act) { return retire(act, id, Reason::over); }), Refusal::retired);
  EXPECT_EQ(one(v.eyes(v.clerk()), id)->reason, Reason::mistaken);
}

TEST_F(Notices, a_known_person_is_counted_once_and_the_unknown_each_time) {
  const auto id = v.say(v.safety());
  const auto hears = [&](const Viewer& who) { return by(who, [&](Act& act) { return heard(act, id); }); };
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(hears(v.by_face(v.mother)).has_value());
  ASSERT_TRUE(hears(v.by_face(v.grandmother)).has_value());
  ASSERT_TRUE(hears(v.nobody()).has_value());
  ASSERT_TRUE(hears(v.nobody()).has_value());
  const auto n = heard_by(v.eyes(v.clerk()), id);
  EXPECT_EQ(n.persons, 2);
  EXPECT_EQ(n.in_all, 4);
  EXPECT_EQ(heard_by(v.eyes(v.by_face(v.mother)), id).in_all, 0) << "a number for staff";
}

TEST_F(Notices, hearing_it_again_says_nothing_new) {
  const auto id = v.say(v.safety());
  const auto facts = [&](const Viewer& who) { return by(who, [&](Act& act) { return heard(act, id) ? act.said().size() : 99u; }); };
  EXPECT_EQ(facts(v.by_face(v.mother)), 1u);
  EXPECT_EQ(facts(v.by_face(v.mother)), 0u);
  EXPECT_EQ(facts(v.nobody()), 1u);
  EXPECT_EQ(facts(v.nobody()), 1u);
}

TEST_F(Notices, what_is_over_is_not_heard) {
  const auto id = v.say(v.safety());
  v.go_to(11);
  refused(by(v.nobody(), [&](Act& act) { return heard(act, id); }), Refusal::retired);
  refused(by(v.nobody(), [&](Act& act) { return heard(act, NoticeId{base::id_of("none")}); }), Refusal::unknown);
}

TEST_F(Notices, a_job_is_wanted_once_and_can_be_left) {
  const auto id = v.say(v.job());
  const auto first = by(v.by_face(v.mother), [&](Act& act) { return want(act, id, v.mother); });
  ASSERT_TRUE(first.has_value());
  v.clock.advance(std::chrono::minutes(5));
  EXPECT_EQ(by(v.by_face(v.mother), [&](Act& act) { return want(act, id, v.mother); }), first);
  EXPECT_TRUE(wants(v.eyes(v.by_face(v.mother)), id, v.mother));
  EXPECT_FALSE(wants(v.eyes(v.by_face(v.grandmother)), id, v.mother)) << "nobody sees what another wants";
  EXPECT_THAT(wanting(v.eyes(v.clerk()), id), SizeIs(1));
  ASSERT_TRUE(by(v.by_face(v.mother), [&](Act& act) { return want_no_more(act, id, v.mother); }).has_value());
  EXPECT_THAT(wanting(v.eyes(v.clerk()), id), IsEmpty());
  refused(by(v.by_face(v.mother), [&](Act& act) { return want_no_more(act, id, v.mother); }), Refusal::unknown);
}

TEST_F(Notices, only_a_job_that_stands_can_be_wanted_and_only_for_oneself) {
  const auto id = v.say(v.job());
  refused(by(v.by_face(v.grandmother), [&](Act& act) { return want(act, id, v.mother); }), Refusal::no_right);
  refused(by(v.nobody(), [&](Act& act) { return want(act, id, v.mother); }), Refusal::no_right);
  const auto safety = v.say(v.safety());
  refused(by(v.by_face(v.mother), [&](Act& act) { return want(act, safety, v.mother); }), Refusal::not_a_job);
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return retire(act, id, Reason::over); }).has_value());
  refused(by(v.by_face(v.mother), [&](Act& act) { return want(act, id, v.mother); }), Refusal::retired);
}

TEST_F(Notices, who_was_called_back_stands_behind_those_who_wait) {
  const auto id = v.say(v.job());
  ASSERT_TRUE(by(v.by_face(v.mother), [&](Act& act) { return want(act, id, v.mother); }).has_value());
  v.clock.advance(std::chrono::minutes(5));
  ASSERT_TRUE(by(v.by_face(v.guardian), [&](Act& act) { return want(act, id, v.guardian); }).has_value());
  EXPECT_EQ(attention(v.eyes(v.clerk())).to_call, 2);
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return called_back(act, id, v.mother); }).has_value());
  const auto all = wanting(v.eyes(v.clerk()), id);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].person, v.guardian);
  EXPECT_TRUE(all[1].called);
  EXPECT_EQ(attention(v.eyes(v.clerk())).to_call, 1);
  refused(by(v.clerk(), [&](Act& act) { return called_back(act, id, v.grandmother); }), Refusal::unknown);
}

TEST_F(Notices, the_board_shows_what_stands_then_what_comes_then_the_rest) {
  auto p = v.safety();
  p.title = "挂着";
  v.say(p);
  p.title = "将来";
  p.from = today + std::chrono::days(2);
  v.say(p);
  p.title = "收了";
  p.from = today;
  const auto gone = v.say(p);
  ASSERT_TRUE(by(v.clerk(), [&](Act& act) { return retire(act, gone, Reason::over); }).has_value());
  std::vector<std::string> titles;
  for (const auto& n : board(v.eyes(v.clerk()))) titles.push_back(n.title);
  EXPECT_THAT(titles, ElementsAre("挂着", "将来", "收了"));
  EXPECT_THAT(board(v.eyes(v.nobody())), IsEmpty());
  EXPECT_THAT(board(v.eyes(v.by_face(v.mother))), IsEmpty());
}

TEST_F(Notices, what_ends_soon_asks_for_attention) {
  v.say(v.safety());
  EXPECT_EQ(attention(v.eyes(v.clerk())).ends_soon, 0);
  v.go_to(7);
  EXPECT_EQ(attention(v.eyes(v.clerk())).ends_soon, 1);
  EXPECT_EQ(attention(v.eyes(v.nobody())).current, 0);
}

TEST_F(Notices, the_idle_screen_shows_safety_and_stories_only) {
  v.say(v.safety());
  v.say(v.job());
  v.say(v.story());
  std::vector<std::string> titles;
  for (const auto& a : for_attract(v.eyes(v.nobody()))) titles.push_back(a.title);
  EXPECT_THAT(titles, ::testing::UnorderedElementsAre("烧炕防煤气", "村里的好婆婆"));
}

// --- who may
TEST_F(Notices, only_clerk_and_manager_write_the_board) {
  const auto job = v.say(v.job());
  const auto story = v.say(v.story());
  struct Who { const char* called; Viewer viewer; bool writes; };
  const std::vector<Who> all{{"nobody", v.nobody(), false},
                             {"resident", v.by_face(v.mother), false},
                             {"resident by secret", Viewer::resident(v.home.value, v.mother.value, Known::secret), false},
                             {"volunteer", v.staff(Role::volunteer, v.home), false},
                             {"clerk", v.clerk(), true},
                             {"manager", v.staff(Role::manager, v.home), true},
                             {"clockwork", Viewer::clockwork(v.home.value), false}};
  for (const auto& who : all) {
    const auto asked = [&](auto deed) {
      Act act(*v.store, who.viewer);  // not committed
      const auto r = deed(act);
      return r.has_value() || r.error() != Refusal::no_right;
    };
    EXPECT_EQ(asked([&](Act& a) { return publish(a, v.safety()); }), who.writes) << who.called;
    EXPECT_EQ(asked([&](Act& a) { return amend(a, {.notice = job, .title = "新", .text = {}, .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}}); }), who.writes) << who.called;
    EXPECT_EQ(asked([&](Act& a) { return retire(a, job, Reason::over); }), who.writes) << who.called;
    EXPECT_EQ(asked([&](Act& a) { return confirm_consent(a, story, false); }), who.writes) << who.called;
    EXPECT_EQ(asked([&](Act& a) { return called_back(a, job, v.mother); }), who.writes) << who.called;
    EXPECT_EQ(asked([&](Act& a) { return want(a, job, v.grandmother); }), who.writes) << who.called;
    EXPECT_TRUE(asked([&](Act& a) { return heard(a, job); })) << who.called;
    EXPECT_FALSE(current(v.eyes(who.viewer), today).empty()) << who.called;
  }
}

TEST_F(Notices, phones_of_who_wants_work_are_not_for_volunteers) {
  const auto id = v.say(v.job());
  ASSERT_TRUE(by(v.by_face(v.mother), [&](Act& act) { return want(act, id, v.mother); }).has_value());
  EXPECT_THAT(wanting(v.eyes(v.staff(Role::volunteer, v.home)), id), IsEmpty());
  EXPECT_THAT(wanting(v.eyes(v.nobody()), id), IsEmpty());
  EXPECT_THAT(wanting(v.eyes(v.staff(Role::manager, v.home)), id), SizeIs(1));
}

// --- sheets
std::vector<std::vector<base::Cell>> rows_of(Village& v, const Viewer& viewer, std::string_view sheet, const shapes::SheetAsk& ask) {
  std::vector<std::vector<base::Cell>> rows;
  for (const auto& s : notice::shape().sheets)
    if (s.name == sheet)
      s.rows(v.eyes(viewer), words(), ask, [&](const std::vector<base::Cell>& cells) {
        EXPECT_EQ(cells.size(), s.columns.size());
        rows.push_back(cells);
      });
  return rows;
}

TEST_F(Notices, the_sheet_counts_who_heard_in_the_period) {
  const auto id = v.say(v.safety());
  by(v.by_face(v.mother), [&](Act& act) { return heard(act, id); });
  v.go_to(2);
  by(v.nobody(), [&](Act& act) { return heard(act, id); });
  const shapes::SheetAsk all{v.home, today, today + std::chrono::days(5)}, second{v.home, today + std::chrono::days(1), today + std::chrono::days(5)};
  auto rows = rows_of(v, v.clerk(), "notice.seen", all);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0][6], base::Cell{std::int64_t{1}});
  EXPECT_EQ(rows[0][7], base::Cell{std::int64_t{2}});
  rows = rows_of(v, v.clerk(), "notice.seen", second);
  EXPECT_EQ(rows[0][6], base::Cell{std::int64_t{0}});
  EXPECT_EQ(rows[0][7], base::Cell{std::int64_t{1}});
  EXPECT_THAT(rows_of(v, v.nobody(), "notice.seen", all), IsEmpty());
}

TEST_F(Notices, a_story_without_a_yes_has_no_name_and_no_words_on_the_sheet) {
  const auto id = v.say(v.story());
  const shapes::SheetAsk ask{{}, today, today + std::chrono::days(5)};
  auto rows = rows_of(v, v.clerk(), "notice.stories", ask);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0][1], base::Cell{std::string("李桂花")});
  by(v.by_face(v.grandmother), [&](Act& act) { return confirm_consent(act, id, false); });
  rows = rows_of(v, v.clerk(), "notice.stories", ask);
  const base::Cell why = words().text("notice.sheet.withheld");
  EXPECT_EQ(rows[0][1], why);
  EXPECT_EQ(rows[0][8], why);
}

TEST_F(Notices, both_sheets_count_the_same_hearings_of_a_story) {
  const auto id = v.say(v.story());
  by(v.by_face(v.mother), [&](Act& act) { return heard(act, id); });
  v.go_to(2);
  by(v.nobody(), [&](Act& act) { return heard(act, id); });
  for (const auto from : {0, 1, 3}) {
    const shapes::SheetAsk ask{v.home, today + std::chrono::days(from), today + std::chrono::days(5)};
    const auto seen = rows_of(v, v.clerk(), "notice.seen", ask), stories = rows_of(v, v.clerk(), "notice.stories", ask);
    ASSERT_EQ(stories.size(), 1u);
    EXPECT_EQ(stories[0][7], seen.at(0)[7]) << from;
  }
}

// --- the fold
TEST_F(Notices, folding_all_facts_anew_gives_the_same_rows) {
  const auto job = v.say(v.job()), story = v.say(v.story());
  by(v.by_face(v.mother), [&](Act& act) { return want(act, job, v.mother); });
  by(v.clerk(), [&](Act& act) { return called_back(act, job, v.mother); });
  by(v.by_face(v.guardian), [&](Act& act) { return want(act, job, v.guardian); });
  by(v.by_face(v.guardian), [&](Act& act) { return want_no_more(act, job, v.guardian); });
  by(v.nobody(), [&](Act& act) { return heard(act, story); });
  by(v.by_face(v.grandmother), [&](Act& act) { return confirm_consent(act, story, false); });
  by(v.clerk(), [&](Act& act) { return retire(act, job, Reason::replaced); });
  const auto before = v.store->fold_hash();
  v.store->rebuild();
  EXPECT_EQ(v.store->fold_hash(), before);
  EXPECT_EQ(v.eyes(v.clerk()).count("SELECT count(*) FROM notice_want"), 1);
}

TEST_F(Notices, two_kiosks_count_a_person_once_and_the_order_of_arrival_changes_nothing) {
  const auto job = v.say(v.job()), story = v.say(v.story());
  Kiosk other{2};
  other.store->take_keys(v.store->keys().all());
  other.hear(v.facts());
  const auto here = [&](const Viewer& who, auto deed) { ASSERT_TRUE(v.as(who, deed).has_value()); };
  const auto there = [&](const Viewer& who, auto deed) { ASSERT_TRUE(other.as(who, deed).has_value()); };
  here(v.by_face(v.mother), [&](Act& a) { return heard(a, job); });
  there(v.by_face(v.mother), [&](Act& a) { return heard(a, job); });
  there(v.nobody(), [&](Act& a) { return heard(a, job); });
  here(v.by_face(v.mother), [&](Act& a) { return want(a, job, v.mother); });
  there(v.by_face(v.mother), [&](Act& a) { return want(a, job, v.mother); });
  there(v.by_face(v.mother), [&](Act& a) { return want_no_more(a, job, v.mother); });
  here(v.clerk(), [&](Act& a) { return amend(a, {.notice = story, .title = "新题", .text = {}, .picture = {}, .from = {}, .until = {}, .audience = {}, .everywhere = {}}); });
  there(v.clerk(), [&](Act& a) { return retire(a, story, Reason::over); });
  auto facts = v.facts();
  for (const auto& f : other.facts()) facts.push_back(f);
  std::mt19937_64 random(7);
  std::string hash;
  for (int round = 0; round < 6; ++round) {
    Kiosk third(100 + static_cast<std::uint64_t>(round));
    std::ranges::shuffle(facts, random);
    third.store->take_keys(v.store->keys().all());
    third.hear(facts);
    if (round > 0) EXPECT_EQ(third.store->fold_hash(), hash) << "round " << round;
    hash = third.store->fold_hash();
    const auto n = heard_by(third.eyes(v.clerk()), job);
    EXPECT_EQ(n.persons, 1);
    EXPECT_EQ(n.in_all, 2);
  }
}

}  // namespace
