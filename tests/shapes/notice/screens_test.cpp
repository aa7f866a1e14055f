// Screens of notice: drawn from models at the five reference glasses, two languages, two sizes of text; and where each touch leads.
#include "shapes/notice/screens/screens.h"

#include "parts/pick_person.h"
#include "shapes/notice/screens/face.h"
#include "support/glasses.h"
#include "world.h"

#include <gmock/gmock.h>

#include <functional>

using namespace notice;
using parts::Draft;
using parts::Next;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const NoticeId an_id{base::id_of("a notice")};
using world::PersonId;
const PersonId a_person{base::id_of("a person")};

void expect_sound(const std::string& screen, const std::function<void(ui::Ui&)>& draw, bool staff = false) {
  ui::Look look;
  look.staff = staff;
  look.reduced_motion = true;
  support::sound_everywhere(screen, look, [&](ui::Ui& ui, const base::Words&) { draw(ui); });
}

template <class Model>
std::function<void(ui::Ui&)> drawing(void (*draw)(ui::Ui&, const Model&, const Draft&), const Model& m, const Draft& d = {}) {
  return [draw, m, d](ui::Ui& ui) { draw(ui, m, d); };
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 24; ++i) text += "天冷了，烧炕、生炉子要当心煤气中毒，窗子留一条缝。";
  return text;  // 600 characters
}

ListModel kinds(int n) {
  ListModel m;
  for (int i = 0; i < n; ++i) m.tiles.push_back({"offer_" + std::to_string(i), i % 2 ? "安全提示" : "招工", "catalogue.offer.safety.say", ui::emoji("🧯"), ui::Tint::hardship, i + 1});
  return m;
}

OfKindModel titles(int n, bool longest) {
  OfKindModel m;
  m.title = "安全提示";
  for (int i = 0; i < n; ++i) m.items.push_back({NoticeId{base::id_of("n" + std::to_string(i))}, longest ? "一二三四五六七八九十一二" : "烧炕防煤气", ui::emoji("🔥")});
  return m;
}

ReadModel a_notice(bool longest, bool job) {
  ReadModel m;
  m.id = an_id;
  m.title = longest ? "一二三四五六七八九十一二" : "烧炕防煤气";
  m.text = longest ? long_text() : "睡前看一看烟筒通不通，炉盖盖严。头晕、恶心，赶快开门到外面。";
  m.until = "到12月31日 星期四";
  m.picture = ui::emoji("🔥");
  m.is_job = job;
  return m;
}

WantModel a_wish() {
  WantModel m;
  m.id = an_id;
  m.person = a_person;
  m.called = "司马阿依古丽";
  m.title = "一二三四五六七八九十一二";
  m.picture.portrait = "v1:1:f:40";
  return m;
}

BoardModel a_board(int n) {
  BoardModel m;
  m.current = n;
  m.may_write = true;
  for (int i = 0; i < n; ++i) {
    ui::Row r;
    r.id = "notice:" + base::id_of(std::to_string(i)).text();
    r.picture = ui::emoji("🔥");
    r.line = "一二三四五六七八九十一二";
    r.sub = "到12月24日 · 120 人听了 300 次";
    if (i % 3 == 0) r.overdue = true, r.overdue_word = "快到期";
    else r.status = "还没到日子";
    r.actions = {{"wanting:" + base::id_of(std::to_string(i)).text(), "12 人想去", true}};
    m.rows.push_back(std::move(r));
  }
  return m;
}

Edit writing(Step step, Kind kind) {
  Edit e;
  e.kind = kind;
  e.now = {"stories", "一二三四五六七八九十一二", long_text(), "🌟", world::today, world::today + std::chrono::days(14), {"all"}, true, {}, true};
  const auto steps = steps_of(e);
  e.step = static_cast<int>(std::ranges::find(steps, step) - steps.begin());
  return e;
}

EditModel an_edit() {
  EditModel m;
  m.today = world::today;
  m.offers = kinds(4).tiles;
  m.about = a_person;
  m.about_name = "司马阿依古丽";
  m.consent = "您的照片和故事给大家看看，让大家学学。不想放了就拿掉。您同意吗？";
  return m;
}

Draft with(const Edit& e) {
  Draft d;
  d.of<Edit>() = e;
  return d;
}

TEST(NoticeScreens, are_sound_at_every_glass) {
  for (const int n : {0, 1, 4, 9}) expect_sound("notice/list " + std::to_string(n), drawing(&draw_list, kinds(n)));
  for (const int n : {0, 1, 3, 40})
    for (const bool longest : {false, true}) expect_sound("notice/of_kind " + std::to_string(n), drawing(&draw_of_kind, titles(n, longest)));
  for (const bool longest : {false, true})
    for (const bool job : {false, true}) expect_sound("notice/read", drawing(&draw_read, a_notice(longest, job)));
  auto wanted = a_notice(true, true);
  wanted.wanted = true;
  expect_sound("notice/read wanted", drawing(&draw_read, wanted));
  expect_sound("notice/read gone", drawing(&draw_read, ReadModel{}));
  Draft refused;
  refused.of<WantRefused>().name = "retired";
  expect_sound("notice/want refused", drawing(&draw_want, a_wish(), refused));
  expect_sound("notice/wanted", drawing(&draw_wanted, a_wish()));
  expect_sound("notice/want_undone", drawing(&draw_want_undone, a_wish()));
}

TEST(NoticeScreens, of_staff_are_sound_at_every_glass) {
  for (const int n : {0, 1, 3, 300}) expect_sound("notice/board " + std::to_string(n), drawing(&draw_board, a_board(n)), true);
  expect_sound("notice/retire", drawing(&draw_retire, RetireModel{an_id, "一二三四五六七八九十一二"}), true);
  WantingModel w{an_id, "摘苹果招人", {}};
  expect_sound("notice/wanting empty", drawing(&draw_wanting, w), true);
  ui::Row r;
  r.picture.portrait = "v1:1:f:40";
  r.line = "司马阿依古丽";
  r.sub = "电话 13912345678 · 大后儿说的";
  r.actions = {{"called:" + a_person.text(), "回了", true}};
  w.rows.assign(12, r);
  for (std::size_t i = 0; i < w.rows.size(); ++i) w.rows[i].actions[0].id += std::to_string(i);
  expect_sound("notice/wanting", drawing(&draw_wanting, w), true);
  for (const auto step : {Step::what, Step::picture, Step::words, Step::who, Step::when, Step::whom, Step::check})
    expect_sound("notice/edit " + std::to_string(static_cast<int>(step)), drawing(&draw_edit, an_edit(), with(writing(step, Kind::story))), true);
  auto change = writing(Step::picture, Kind::safety);
  change.id = an_id;
  change.step = 0;
  expect_sound("notice/edit change", drawing(&draw_edit, an_edit(), with(change)), true);
  Edit empty;
  empty.now.from = empty.now.until = world::today;
  expect_sound("notice/edit empty", drawing(&draw_edit, an_edit(), with(empty)), true);
}

TEST(NoticeScreens, a_long_text_is_cut_into_pages_that_hold_all_of_it) {
  ui::Headless headless(ui::reference_glasses()[0].glass, {}, &world::words("zh-CN"));
  std::vector<std::string> pages;
  (void)headless.draw([&](ui::Ui& ui) { pages = pages_of(ui, long_text(), 120, 40, ui::Type::sentence); });
  ASSERT_GT(pages.size(), 3u);
  std::string whole;
  for (const auto& p : pages) whole += p;
  EXPECT_EQ(whole, long_text());
  for (const auto& p : pages) EXPECT_TRUE(p.ends_with("。")) << "a page ends with a sentence: " << p;
}

TEST(NoticeScreens, an_english_word_is_never_cut) {
  ui::Headless headless(ui::reference_glasses()[0].glass, {}, &world::words("en"));
  std::string text;
  for (int i = 0; i < 60; ++i) text += "neighbourhood ";
  std::vector<std::string> pages;
  (void)headless.draw([&](ui::Ui& ui) { pages = pages_of(ui, text, 120, 40, ui::Type::sentence); });
  ASSERT_GT(pages.size(), 1u);
  for (const auto& p : pages) EXPECT_TRUE(p.ends_with("neighbourhood")) << p;
}

TEST(NoticeScreens, three_touches_lead_from_home_to_the_words) {
  Draft d;
  auto next = tap_list(d, kinds(2), {"offer:safety"});
  EXPECT_EQ(next.screen, "notice/of_kind");
  EXPECT_EQ(next.key, "safety");
  next = tap_of_kind(d, titles(2, false), {"notice:" + an_id.text()});
  EXPECT_EQ(next.screen, "notice/read");
  EXPECT_EQ(next.key, an_id.text());
}

TEST(NoticeScreens, opening_a_notice_counts_it_once_a_session_and_not_for_staff) {
  Draft d;
  EXPECT_EQ(open_read(d, a_notice(false, false)).kind, Next::Kind::run);
  EXPECT_EQ(open_read(d, a_notice(false, false)).kind, Next::Kind::stay);
  Draft staff;
  staff.of<parts::Session>().viewer.role = store::Role::clerk;
  EXPECT_EQ(open_read(staff, a_notice(false, false)).kind, Next::Kind::stay);
}

TEST(NoticeScreens, wanting_a_job_asks_who_one_is_first) {
  Draft d;
  const auto next = tap_read(d, a_notice(false, true), {"want"});
  EXPECT_TRUE(next.screen.starts_with("identify/")) << next.screen;
  EXPECT_EQ(d.of<parts::Session>().who, std::nullopt);
  auto again = a_notice(false, true);
  again.wanted = true;
  EXPECT_EQ(tap_read(d, again, {"want"}).screen, "notice/wanted");
}

TEST(NoticeScreens, the_receipt_can_be_taken_back) {
  Draft d;
  EXPECT_EQ(tap_wanted(d, a_wish(), {"undo"}).kind, Next::Kind::run);
  EXPECT_EQ(done_wanted(d, a_wish(), {}).screen, "notice/want_undone");
  EXPECT_EQ(tap_wanted(d, a_wish(), {"done"}).kind, Next::Kind::home);
}

// --- with a village behind them
struct NoticeJourney : ::testing::Test {
  world::Village v;
  Draft draft;
  void session(const store::Viewer& viewer) {
    auto& s = draft.of<parts::Session>();
    s = {};
    s.viewer = viewer;
    s.site = village::SiteId{viewer.site};
    if (viewer.staff) s.staff = village::StaffId{*viewer.staff};
    else if (viewer.person) s.who = PersonId{*viewer.person};
  }
  template <class M>
  M load(M (*from)(const parts::Ask&), const std::string& key = {}) {
    const auto reader = v.eyes(draft.of<parts::Session>().viewer);
    return from({reader, world::words("zh-CN"), key, draft});
  }
  parts::Outcome run(const Next& next) {
    EXPECT_EQ(next.kind, Next::Kind::run);
    return v.as(draft.of<parts::Session>().viewer, [&](store::Act& act) { return next.deed(act); });
  }
};

TEST_F(NoticeJourney, a_visitor_hears_a_notice_and_it_is_counted) {
  const auto id = v.say(v.safety());
  session(v.nobody());
  const auto list = load(&load_list);
  ASSERT_THAT(list.tiles, SizeIs(1));
  EXPECT_EQ(list.tiles[0].code, "safety");
  const auto of_kind = load(&load_of_kind, "safety");
  ASSERT_THAT(of_kind.items, SizeIs(1));
  const auto read = load(&load_read, id.text());
  EXPECT_EQ(read.title, "烧炕防煤气");
  EXPECT_TRUE(run(open_read(draft, read)).has_value());
  EXPECT_EQ(heard_by(v.eyes(v.clerk()), id).in_all, 1);
}

TEST_F(NoticeJourney, what_was_taken_down_meanwhile_says_so) {
  const auto id = v.say(v.safety());
  (void)v.as(v.clerk(), [&](store::Act& a) { return retire(a, id, Reason::over); });
  session(v.nobody());
  const auto read = load(&load_read, id.text());
  EXPECT_FALSE(read.id.has_value());
  EXPECT_EQ(open_read(draft, read).kind, Next::Kind::stay);
}

TEST_F(NoticeJourney, a_woman_wants_a_job_and_staff_call_her) {
  const auto id = v.say(v.job());
  session(v.by_face(v.mother));
  auto want = load(&load_want, id.text());
  EXPECT_TRUE(run(open_want(draft, want)).has_value());
  EXPECT_EQ(done_want(draft, want, {}).screen, "notice/wanted");
  EXPECT_TRUE(load(&load_read, id.text()).wanted);
  session(v.clerk());
  const auto board = load(&load_board);
  ASSERT_THAT(board.rows, SizeIs(1));
  ASSERT_THAT(board.rows[0].actions, SizeIs(1));
  auto people = load(&load_wanting, id.text());
  ASSERT_THAT(people.rows, SizeIs(1));
  EXPECT_EQ(people.rows[0].line, "王秀兰");
  EXPECT_TRUE(run(tap_wanting(draft, people, {people.rows[0].actions[0].id})).has_value());
  people = load(&load_wanting, id.text());
  EXPECT_THAT(people.rows[0].actions, IsEmpty());
}

TEST_F(NoticeJourney, a_clerk_writes_a_story_step_by_step_and_puts_it_up) {
  session(v.clerk());
  auto m = load(&load_edit);
  (void)open_edit(draft, m);
  auto& e = draft.of<Edit>();
  EXPECT_EQ(tap_edit(draft, m, {"page_next"}).kind, Next::Kind::stay);
  EXPECT_EQ(e.step, 0) << "what it is must be said first";
  (void)tap_edit(draft, m, {"offer:stories"});
  EXPECT_EQ(steps_of(e)[static_cast<std::size_t>(e.step)], Step::picture);
  (void)tap_edit(draft, m, {"picture:3"});
  EXPECT_EQ(e.now.picture, pictures_of(Kind::story)[3]);
  EXPECT_EQ(steps_of(e)[static_cast<std::size_t>(e.step)], Step::words);
  EXPECT_EQ(tap_edit(draft, m, {"heading"}).screen, "type/text");
  e.now.title = "村里的好婆婆";
  e.now.text = "她一个人看两个孙子。";
  (void)tap_edit(draft, m, {"page_next"});
  EXPECT_EQ(steps_of(e)[static_cast<std::size_t>(e.step)], Step::who);
  (void)tap_edit(draft, m, {"page_next"});
  EXPECT_EQ(steps_of(e)[static_cast<std::size_t>(e.step)], Step::who) << "nobody was chosen and nobody agreed";
  (void)tap_edit(draft, m, {"who"});
  draft.of<parts::PickPerson>().chosen = v.grandmother;
  m = load(&load_edit);
  EXPECT_EQ(m.about_name, "李桂花");
  (void)tap_edit(draft, m, {"read_out"});
  (void)tap_edit(draft, m, {"page_next"});
  (void)tap_edit(draft, m, {"until:more"});
  EXPECT_EQ(e.now.until, world::today + std::chrono::days(21)) << "by weeks from two weeks on";
  (void)tap_edit(draft, m, {"page_next"});
  (void)tap_edit(draft, m, {"audience:woman"});
  EXPECT_EQ(e.now.audience, std::vector<std::string>{"woman"});
  (void)tap_edit(draft, m, {"audience:woman"});
  EXPECT_EQ(e.now.audience, std::vector<std::string>{"all"}) << "it is always for somebody";
  (void)tap_edit(draft, m, {"page_next"});
  EXPECT_EQ(steps_of(e)[static_cast<std::size_t>(e.step)], Step::check);
  ASSERT_TRUE(run(tap_edit(draft, m, {"save"})).has_value());
  EXPECT_THAT(v.titles(v.nobody()), testing::ElementsAre("村里的好婆婆"));
}

TEST_F(NoticeJourney, a_clerk_changes_the_words_of_a_notice) {
  const auto id = v.say(v.safety());
  session(v.clerk());
  const auto m = load(&load_edit, id.text());
  (void)open_edit(draft, m);
  draft.of<Edit>().now.title = "煤气要当心";
  ASSERT_TRUE(run(tap_edit(draft, m, {"save"})).has_value());
  EXPECT_THAT(v.titles(v.nobody()), testing::ElementsAre("煤气要当心"));
}

TEST_F(NoticeJourney, a_clerk_takes_a_notice_down_and_is_at_the_board_again) {
  const auto id = v.say(v.safety());
  session(v.clerk());
  const auto m = load(&load_edit, id.text());
  (void)open_edit(draft, m);
  EXPECT_EQ(tap_edit(draft, m, {"retire"}).screen, "notice/retire");
  const auto why = load(&load_retire, id.text());
  ASSERT_TRUE(run(tap_retire(draft, why, {"reason:mistaken"})).has_value());
  EXPECT_EQ(done_retire(draft, why, {}).screen, "notice/board");
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
}

TEST_F(NoticeJourney, changed_words_of_a_story_are_agreed_to_again_on_the_board) {
  const auto id = v.say(v.story());
  session(v.clerk());
  const auto m = load(&load_edit, id.text());
  (void)open_edit(draft, m);
  draft.of<Edit>().now.text = "换了话。";
  ASSERT_TRUE(run(tap_edit(draft, m, {"save"})).has_value());
  EXPECT_THAT(v.titles(v.nobody()), IsEmpty());
  const auto board = load(&load_board);
  ASSERT_THAT(board.rows, SizeIs(1));
  EXPECT_TRUE(board.rows[0].overdue);
  ASSERT_TRUE(run(tap_board(draft, board, {board.rows[0].actions[0].id})).has_value());
  EXPECT_THAT(v.titles(v.nobody()), SizeIs(1));
}

TEST_F(NoticeJourney, a_volunteer_sees_the_board_and_may_not_write) {
  v.say(v.safety());
  session(v.staff(store::Role::volunteer, v.home));
  const auto board = load(&load_board);
  ASSERT_THAT(board.rows, SizeIs(1));
  EXPECT_THAT(board.rows[0].actions, IsEmpty());
  EXPECT_TRUE(board.rows[0].id.empty());
  EXPECT_FALSE(board.may_write);
}

TEST(NoticeFaces, every_screen_that_is_named_is_there) {
  const auto f = faces();
  std::set<std::string> keys;
  for (const auto& s : f.screens) keys.insert(s.key);
  for (const auto& shape_figure : notice::shape().figures) EXPECT_TRUE(keys.contains(std::string(shape_figure.screen)));
  for (const auto& t : f.tiles) EXPECT_TRUE(keys.contains(t.screen));
  for (const auto& t : f.staff_tiles) EXPECT_TRUE(keys.contains(t.screen));
}

}  // namespace
