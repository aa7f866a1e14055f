// Screens of request: drawn from models at the five reference glasses, two languages, two sizes of text; and where each touch leads.
#include "shapes/request/screens/screens.h"

#include "support/glasses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

using namespace request;
using parts::Draft;
using parts::Next;
using support::words;
using testing::IsEmpty;

namespace {

const RequestId an_id{base::id_of("a request")};
const village::StaffId a_staff{base::id_of("a volunteer")};

// Words that run into a target they are not part of.
std::vector<std::string> spilled(const ui::Outline& outline) {
  std::vector<std::string> found;
  for (const auto& text : outline.widgets) {
    if (text.kind != ui::Kind::text || text.label.empty()) continue;
    for (const auto& target : outline.widgets) {
      if (target.kind != ui::Kind::target) continue;
      const auto &a = text.rect, &b = target.rect;
      const bool over = a.x < b.right() - 0.5f && b.x < a.right() - 0.5f && a.y < b.bottom() - 0.5f && b.y < a.bottom() - 0.5f;
      const bool inside = a.x >= b.x - 0.1f && a.y >= b.y - 0.1f && a.right() <= b.right() + 0.1f && a.bottom() <= b.bottom() + 0.1f;
      if (over && !inside) found.push_back(text.label + " runs into " + target.id);
    }
  }
  return found;
}

// Draws at every glass, language and size of text, and tells every defect.
void expect_sound(const std::string& screen, const std::function<void(ui::Ui&)>& draw, bool staff = false, bool overlay = false) {
  ui::Look look;
  look.staff = staff;
  look.overlay = overlay;
  look.reduced_motion = true;
  support::sound_everywhere(screen, look, [&](ui::Ui& ui, const base::Words&) { draw(ui); }, true,
                            [](const ui::Outline& outline, const std::string& where) { EXPECT_THAT(spilled(outline), IsEmpty()) << where; });
}

template <class Model>
std::function<void(ui::Ui&)> drawing(void (*draw)(ui::Ui&, const Model&, const Draft&), const Model& m, const Draft& d) {
  return [draw, m, d](ui::Ui& ui) { draw(ui, m, d); };
}

AskModel asking(int tiles) {
  AskModel m;
  for (int i = 0; i < tiles; ++i)
    m.tiles.push_back({"offer_" + std::to_string(i), i % 3 == 0 ? "看病买药" : i % 3 == 1 ? "送饭" : "Care home", "catalogue.offer.meals.say", ui::emoji("🍲"), ui::Tint::elder});
  return m;
}

SentModel a_receipt(bool longest) {
  SentModel m;
  m.id = an_id;
  m.picture = ui::emoji("🍲");
  m.headline = longest ? "Neighbour" : "送饭";
  m.people = longest ? "给谁：欧阳奶奶\n谁来：司马阿依古丽" : "给谁：王奶奶\n谁来：小王";
  m.when = "啥时候：今儿九点三十五前";
  m.may_undo = true;
  m.say_key = "catalogue.offer.meals.done";
  m.say_text = "送饭：记下了，马上有人管。";
  return m;
}

MineModel some_mine() {
  MineModel m;
  MineModel::Line waiting{an_id, ui::emoji("🍲"), "送饭", "今儿九点零五叫的", "司马阿依古丽来", 1, true, false, false, {}};
  auto going = waiting, done = waiting, bad = waiting;
  going.lit = 3, going.may_cancel = false;
  done.lit = 4, done.may_cancel = false, done.asks = true, done.comes = "";
  bad.lit = 4, bad.may_cancel = false, bad.answer = Answer::bad, bad.may_reopen = true;
  m.lines = {waiting, going, done, bad};
  return m;
}

QueueModel a_queue(int n) {
  QueueModel m;
  for (int i = 0; i < n; ++i) {
    ui::Row row;
    row.id = "request:" + base::id_of(std::to_string(i)).text();
    row.picture = ui::emoji("🍲");
    row.line = i % 4 == 3 ? "看病买药 司马阿依古丽 12组" : "送饭 王秀兰 2组";
    row.sub = i % 3 == 0 ? "等了 52 分" : "等了 12 分 · 该 30 分 内";
    row.overdue = i % 3 == 0;
    row.overdue_word = "超时";
    row.meter = 0.4f;
    if (i % 2 == 0) row.status = "小王接了";
    row.actions = {{"take:" + std::to_string(i), "我去", true}, {"pass:" + std::to_string(i), "给别人", false}};
    m.rows.push_back(row);
  }
  m.now = n;
  m.late = n / 3;
  return m;
}

OneModel an_errand(bool longest) {
  OneModel m;
  m.id = an_id;
  m.face.portrait = "v1:7:f:78";
  m.picture = ui::emoji("💊");
  m.what = longest ? "Neighbour" : "看病买药";
  m.who = longest ? "司马阿依古丽" : "王秀兰";
  m.phone = "电话 13800000000";
  m.status = "有人接了";
  m.facts = {"谁去：小王", "牵头：乡社会发展办（文化教育）"};
  for (int i = 0; i < (longest ? 14 : 3); ++i) m.history.push_back("9:05 王奶奶 给了乡社会发展办（民政） · 得乡上办");
  m.may_take = m.may_pass = m.may_close = true;
  return m;
}

PassOnModel passing(int staff) {
  PassOnModel m;
  m.id = an_id;
  for (int i = 0; i < staff; ++i) m.to.push_back({"staff:" + base::id_of(std::to_string(i)).text(), i % 2 ? "司马阿依古丽" : "小王", {.portrait = "v1:" + std::to_string(i) + ":f:40"}});
  m.to.push_back({"office:civil_affairs", "乡社会发展办（民政）", ui::emoji("🏢")});
  m.to.push_back({"back_to_list", "放回单子", ui::emoji("📋")});
  return m;
}

UrgentSentModel a_call(UrgentSentModel::Stands stands, int faces) {
  UrgentSentModel m;
  m.stands = stands;
  for (int i = 0; i < faces; ++i) m.called.push_back({village::PersonId{base::id_of(std::to_string(i))}, "王芳", "小王", "v1:" + std::to_string(i) + ":f:40", {}, {}});
  m.line = stands == UrgentSentModel::Stands::coming ? "小王：马上来" : stands == UrgentSentModel::Stands::over ? "办完了" : "叫上了：小王、李支书、李婶";
  return m;
}

TEST(RequestScreens, asking_is_sound_with_none_few_and_many_pictures) {
  for (const int n : {0, 1, 3, 6, 7, 30}) expect_sound("ask " + std::to_string(n), drawing(&draw_ask, asking(n), Draft{}));
  Draft second;
  second.of<parts::Pages>().at["request/ask"] = 1;
  expect_sound("ask page 2", drawing(&draw_ask, asking(13), second));
}

TEST(RequestScreens, the_receipt_is_sound) {
  for (const bool longest : {false, true}) {
    expect_sound("sent", drawing(&draw_sent, a_receipt(longest), Draft{}));
    expect_sound("undone", drawing(&draw_undone, a_receipt(longest), Draft{}));
  }
}

TEST(RequestScreens, a_refusal_says_what_to_do) {
  Draft d;
  for (int r = 0; r <= static_cast<int>(Refusal::nobody_to_go); ++r) {
    d.of<Choice>().refused = std::string(name(static_cast<Refusal>(r)));
    expect_sound("send refused " + d.of<Choice>().refused, drawing(&draw_send, SendModel{}, d));
  }
}

TEST(RequestScreens, own_requests_are_sound_on_every_page) {
  expect_sound("mine empty", drawing(&draw_mine, MineModel{}, Draft{}));
  for (int page = 0; page < 4; ++page) {
    Draft d;
    d.of<parts::Pages>().at["request/mine"] = page;
    expect_sound("mine page " + std::to_string(page), drawing(&draw_mine, some_mine(), d));
    auto one = some_mine();
    one.lines = {one.lines[static_cast<std::size_t>(page)]};
    expect_sound("mine alone " + std::to_string(page), drawing(&draw_mine, one, Draft{}));
  }
  for (const auto a : {Answer::good, Answer::fair, Answer::bad}) expect_sound("answered", drawing(&draw_answered, AnsweredModel{an_id, a}, Draft{}));
}

TEST(RequestScreens, the_urgent_call_is_sound_and_its_way_out_is_large) {
  expect_sound("urgent", drawing(&draw_urgent, UrgentModel{5}, Draft{}), false, true);
  for (const auto stands : {UrgentSentModel::Stands::called, UrgentSentModel::Stands::coming, UrgentSentModel::Stands::over})
    for (const int faces : {0, 1, 3}) expect_sound("urgent_sent", drawing(&draw_urgent_sent, a_call(stands, faces), Draft{}), false, true);
  for (const auto& glass : ui::reference_glasses()) {
    ui::Look look;
    look.overlay = true;
    ui::Headless headless(glass.glass, look, &words("zh-CN"));
    const auto& outline = headless.draw(drawing(&draw_urgent, UrgentModel{5}, Draft{}));
    const auto undo = std::find_if(outline.widgets.begin(), outline.widgets.end(), [](const auto& w) { return w.id == "undo"; });
    ASSERT_NE(undo, outline.widgets.end());
    EXPECT_GE(undo->rect.w, 60) << glass.name;
    EXPECT_GE(undo->rect.h, 40) << glass.name;
  }
}

TEST(RequestScreens, what_staff_see_is_sound) {
  for (const int n : {0, 1, 4, 40}) {
    expect_sound("queue " + std::to_string(n), drawing(&draw_queue, a_queue(n), Draft{}), true);
    auto urgent = a_queue(n);
    urgent.urgent = 2;
    expect_sound("queue with urgent", drawing(&draw_queue, urgent, Draft{}), true);
    if (n > 1) {
      auto last = a_queue(n);
      std::reverse(last.rows.begin(), last.rows.end());
      expect_sound("queue from its end", drawing(&draw_queue, last, Draft{}), true);
    }
    expect_sound("urgent_list " + std::to_string(n), drawing(&draw_urgent_list, UrgentListModel{a_queue(n).rows, n}, Draft{}), true);
  }
  expect_sound("one gone", drawing(&draw_one, OneModel{}, Draft{}), true);
  for (const bool longest : {false, true}) expect_sound("one", drawing(&draw_one, an_errand(longest), Draft{}), true);
  for (const int n : {0, 2, 12}) expect_sound("pass_on " + std::to_string(n), drawing(&draw_pass_on, passing(n), Draft{}), true);
  Draft why;
  why.of<Choice>().pass_to = "back_to_list";
  expect_sound("pass_on why", drawing(&draw_pass_on, passing(2), why), true);
}

// --- where touches lead

TEST(RequestScreens, a_picture_leads_to_who_are_you_and_straight_on_when_that_is_known) {
  Draft d;
  EXPECT_EQ(tap_ask(d, asking(3), {"offer:offer_1"}).screen, "identify/group");
  auto& session = d.of<parts::Session>();
  session.who = village::PersonId{base::id_of("wang")};
  session.viewer = store::Viewer::resident({}, session.who->value, store::Known::face);
  const auto next = tap_ask(d, asking(3), {"offer:offer_1"});
  EXPECT_EQ(next.screen, "request/send");
  EXPECT_EQ(next.key, "offer_1");
}

TEST(RequestScreens, sending_runs_the_deed_as_soon_as_it_opens) {
  Draft d;
  EXPECT_EQ(open_send(d, {"meals", village::PersonId{base::id_of("wang")}, store::Known::face}).kind, Next::Kind::run);
  EXPECT_EQ(open_send(d, {"meals", {}, store::Known::face}).kind, Next::Kind::back);
  EXPECT_EQ(done_send(d, {}, std::any(Receipt{an_id, {}, {}})).screen, "request/sent");
}

TEST(RequestScreens, what_was_asked_before_leads_to_where_it_stands) {
  Draft d;
  const village::PersonId wang{base::id_of("wang")};
  d.of<parts::Session>().who = wang;
  d.of<parts::Session>().viewer.known = store::Known::face;
  EXPECT_EQ(refused_send(d, {"meals", wang, store::Known::face}, {"request", "already_asked"}).screen, "request/mine");
  EXPECT_EQ(refused_send(d, {"meals", wang, store::Known::card}, {"request", "already_asked"}).screen, "identify/secret");
  EXPECT_EQ(refused_send(d, {"meals", wang, store::Known::face}, {"request", "not_here"}).kind, Next::Kind::stay);
  EXPECT_EQ(d.of<Choice>().refused, "not_here");
}

TEST(RequestScreens, the_receipt_takes_back_or_goes_home) {
  Draft d;
  EXPECT_EQ(tap_sent(d, a_receipt(false), {"undo"}).kind, Next::Kind::run);
  EXPECT_EQ(tap_sent(d, a_receipt(false), {"done"}).kind, Next::Kind::home);
  EXPECT_EQ(done_sent(d, a_receipt(false), std::any(Receipt{an_id, {}, {}})).screen, "request/undone");
}

TEST(RequestScreens, a_face_says_whether_it_helped_and_a_bad_one_offers_to_come_again) {
  Draft d;
  d.of<parts::Pages>().at["request/mine"] = 2;
  const auto m = some_mine();
  EXPECT_EQ(tap_mine(d, m, {"face:bad"}).kind, Next::Kind::run);
  const auto next = done_mine(d, m, std::any(Receipt{an_id, {}, {}}));
  EXPECT_EQ(next.screen, "request/answered");
  EXPECT_EQ(next.key, "bad@" + an_id.text());
  EXPECT_EQ(tap_answered(d, {an_id, Answer::bad}, {"yes"}).kind, Next::Kind::run);
  EXPECT_EQ(tap_answered(d, {an_id, Answer::good}, {"yes"}).kind, Next::Kind::stay);
}

TEST(RequestScreens, the_count_down_calls_by_itself_at_nought_and_not_before) {
  Draft d;
  const UrgentModel m{5};
  EXPECT_EQ(open_urgent(d, m).kind, Next::Kind::stay);
  for (int s = 1; s < 5; ++s) {
    EXPECT_EQ(tap_urgent(d, m, {"tick:" + std::to_string(s)}).kind, Next::Kind::stay) << s;
    EXPECT_EQ(d.of<Choice>().left_s, 5 - s);
  }
  EXPECT_EQ(tap_urgent(d, m, {"tick:5"}).kind, Next::Kind::run);
  EXPECT_EQ(done_urgent(d, m, std::any(Receipt{an_id, {}, {}})).screen, "request/urgent_sent");
}

TEST(RequestScreens, the_big_hand_stops_the_call_before_anything_is_recorded) {
  Draft d;
  (void)open_urgent(d, {5});
  const auto next = tap_urgent(d, {5}, {"undo"});
  EXPECT_EQ(next.kind, Next::Kind::back);
  EXPECT_FALSE(next.deed);
}

TEST(RequestScreens, passing_on_asks_to_whom_then_why) {
  Draft d;
  const auto m = passing(2);
  (void)open_pass_on(d, m);
  EXPECT_EQ(tap_pass_on(d, m, {"reason:busy"}).kind, Next::Kind::stay) << "to nobody yet";
  EXPECT_EQ(tap_pass_on(d, m, {"staff:" + a_staff.text()}).kind, Next::Kind::stay);
  EXPECT_EQ(tap_pass_on(d, m, {"reason:busy"}).kind, Next::Kind::run);
  EXPECT_EQ(done_pass_on(d, m, std::any(Receipt{an_id, {}, {}})).kind, Next::Kind::back);
}

TEST(RequestScreens, a_row_opens_its_request_and_its_buttons_act) {
  Draft d;
  const auto id = an_id.text();
  EXPECT_EQ(tap_queue(d, {}, {"request:" + id}).screen, "request/one");
  EXPECT_EQ(tap_queue(d, {}, {"take:" + id}).kind, Next::Kind::run);
  EXPECT_EQ(tap_queue(d, {}, {"pass:" + id}).screen, "request/pass_on");
  EXPECT_EQ(tap_urgent_list(d, {}, {"acknowledge:" + id}).kind, Next::Kind::run);
  EXPECT_EQ(tap_queue(d, {}, {"take:nonsense"}).kind, Next::Kind::stay);
}

}  // namespace
