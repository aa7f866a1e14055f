// Every screen of attendance drawn headless at the five reference glasses in both languages, and where its touches lead.
#include "parts/identify.h"
#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "shapes/attendance/screens/arrive.h"
#include "shapes/attendance/screens/face.h"
#include "support/glasses.h"
#include "world.h"

using namespace world;
using support::words;

namespace {

const parts::Screen& screen(std::string_view key) {
  static const auto f = faces();
  static const auto identify = parts::identify_screens();
  for (const auto& s : f.screens)
    if (s.key == key) return s;
  for (const auto& s : identify)
    if (s.key == key) return s;
  throw std::logic_error("no screen " + std::string(key));
}

// Draws a model everywhere and expects nothing to be wrong.
void sound(std::string_view key, const std::string& what, const std::any& model, const parts::Draft& draft = {}) {
  const auto& s = screen(key);
  ui::Look look;
  look.staff = s.ground == parts::Ground::staff;
  support::sound_everywhere(std::string(key) + " (" + what + ")", look, [&](ui::Ui& ui, const base::Words&) { s.draw(ui, model, draft); });
}

// Screens as the kiosk fills them, from a real village.
struct AttendanceScreens : ::testing::Test, Village {
  parts::Draft draft;
  std::any load(std::string_view key, const std::string& argument, const Viewer& viewer, std::string_view language = "zh-CN") {
    auto& session = draft.of<parts::Session>();
    session.viewer = viewer;
    session.site = village::SiteId{viewer.site};
    session.who = viewer.role == Role::none && viewer.person ? std::optional(PersonId{*viewer.person}) : std::nullopt;
    session.staff = viewer.staff ? std::optional(village::StaffId{*viewer.staff}) : std::nullopt;
    session.duty_name = "小王";
    const auto reader = eyes(viewer);
    return screen(key).load(parts::Ask{reader, words(language), argument, draft});
  }
  void many_children(int n) {
    static const char* names[] = {"王小虎", "李欣怡", "张浩然", "马小军", "陈思雨", "刘佳怡", "欧阳子轩", "尉迟一诺", "单雨桐", "解文博"};
    for (int i = 0; i < n; ++i) add(names[i % 10], i % 2 ? "f" : "m", 7 + i % 7, {"child"}, {room});
  }
};

TEST_F(AttendanceScreens, of_the_door_are_sound) {
  const auto r = *come(granny);
  sound("attendance/arrive", "came just now", load("attendance/arrive", "", by_face(granny)), draft);
  clock.set(at(11));
  sound("attendance/arrive", "came earlier", load("attendance/arrive", "", by_face(granny)), draft);
  sound("attendance/welcome", "with a choice of meals", load("attendance/welcome", r.stay.text(), by_face(granny)), draft);
  ASSERT_TRUE(as(by_face(granny), [&](Act& a) { return choose_meal(a, r.stay, "羊肉臊子面"); }).has_value());
  sound("attendance/welcome", "with a meal", load("attendance/welcome", r.stay.text(), by_face(granny)), draft);
  ASSERT_TRUE(go(granny).has_value());
  sound("attendance/left", "", load("attendance/left", r.stay.text(), by_face(granny)), draft);
  sound("attendance/undone", "", load("attendance/undone", granny.text(), by_face(granny)), draft);
  for (const char* why : {"full", "site_closed", "not_here", "no_right", "already_in"}) sound("attendance/refused", why, load("attendance/refused", why, by_face(granny)), draft);
}

TEST_F(AttendanceScreens, of_children_are_sound) {
  many_children(35);
  sound("attendance/child", "", load("attendance/child", "", Viewer::nobody(room.value)), draft);
  sound("attendance/child_faces", "37 faces", load("attendance/child_faces", "arrive", Viewer::nobody(room.value)), draft);
  sound("attendance/child_faces", "nobody in", load("attendance/child_faces", "fetch", Viewer::nobody(room.value)), draft);
  ASSERT_TRUE(as(by_face(child, room), [&](Act& a) { return check_in(a, {child, "rainbow_room", {}}); }).has_value());
  sound("attendance/fetch", "one may fetch", load("attendance/fetch", child.text(), Viewer::nobody(room.value)), draft);
  const auto pair = child.text() + "/" + guardian.text();
  sound("attendance/fetch_confirm", "", load("attendance/fetch_confirm", pair, Viewer::nobody(room.value)), draft);
  sound("attendance/fetched", "", load("attendance/fetched", pair, Viewer::nobody(room.value)), draft);
  sound("attendance/fetch_refused", "", load("attendance/fetch_refused", child.text(), Viewer::nobody(room.value)), draft);
}

TEST_F(AttendanceScreens, of_staff_are_sound) {
  many_children(33);
  sound("attendance/sessions", "", load("attendance/sessions", "", volunteer), draft);
  sound("attendance/sessions", "none today", load("attendance/sessions", "", clerk), draft);
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return open_session(a, klass); }).has_value());
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return mark(a, klass, child, true); }).has_value());
  sound("attendance/roster", "35", load("attendance/roster", klass.text(), volunteer), draft);
  sound("attendance/absent", "34", load("attendance/absent", klass.text(), volunteer), draft);
  clock.set(at(16, 31));
  ASSERT_TRUE(as(volunteer, [&](Act& a) { return close_session(a, klass); }).has_value());
  sound("attendance/closed", "", load("attendance/closed", klass.text(), volunteer), draft);
  const auto r = *come(granny);
  sound("attendance/here", "", load("attendance/here", "", clerk), draft);
  sound("attendance/missing", "", load("attendance/missing", "", clerk), draft);
  sound("attendance/stay", "", load("attendance/stay", r.stay.text(), clerk), draft);
  ASSERT_TRUE(as(Viewer::nobody(room.value), [&](Act& a) { return refuse_fetch(a, child); }).has_value());
  clock.set(at(19));
  sound("attendance/still_in", "refused and late", load("attendance/still_in", "", volunteer), draft);
}

TEST_F(AttendanceScreens, of_knowing_a_person_are_sound) {
  for (int i = 0; i < 30; ++i) add("王秀兰", "f", 70, {"elder"}, {care});
  const auto nobody = Viewer::nobody(care.value);
  sound("identify/group", "", load("identify/group", "", nobody), draft);
  sound("identify/faces", "33 faces", load("identify/faces", group.text(), nobody), draft);
  sound("identify/number", "nothing typed", load("identify/number", "", nobody), draft);
  draft.of<parts::Identify>().typed = "9999";
  {
    // What was wrong is written, and whoever is new has a button as large as a main choice, on every glass.
    const auto model = load("identify/number", "", nobody);
    support::sound_everywhere("identify/number (nobody found)", {}, [&](ui::Ui& ui, const base::Words&) { screen("identify/number").draw(ui, model, draft); }, true,
                              [&](const ui::Outline& outline, const std::string& where) {
                                bool told = false, fresh = false;
                                for (const auto& w : outline.widgets) {
                                  told |= w.label == words("zh-CN").text("parts.identify.number_none") || w.label == words("en").text("parts.identify.number_none");
                                  fresh |= w.id == "new" && std::min(w.rect.w, w.rect.h) >= 30;
                                }
                                EXPECT_TRUE(told && fresh) << where;
                              });
  }
  ASSERT_TRUE(as(clerk, [&](Act& a) { return village::give_secret(a, granny); }).has_value());
  draft.of<parts::Identify>().chosen = granny;
  sound("identify/secret", "", load("identify/secret", granny.text(), nobody), draft);
  draft.of<parts::Identify>().wrong = "wrong";
  sound("identify/secret", "wrong once", load("identify/secret", granny.text(), nobody), draft);
  sound("identify/secret", "has none", load("identify/secret", third.text(), nobody), draft);
}

// A roster of 35 on one page at 15.6 inch and above, on two at 10.1, with tiles of 24 mm that hold a name of four characters.
TEST_F(AttendanceScreens, show_a_roster_of_35_on_one_screen) {
  many_children(33);
  const auto model = load("attendance/roster", klass.text(), volunteer);
  for (const auto& named : ui::reference_glasses()) {
    ui::Look look;
    look.staff = true;
    ui::Headless glass(named.glass, look, &words("zh-CN"));
    const auto& outline = glass.draw([&](ui::Ui& u) { screen("attendance/roster").draw(u, model, draft); });
    const auto tiles = std::count_if(outline.widgets.begin(), outline.widgets.end(), [](const ui::Widget& w) { return w.id.starts_with("mark:"); });
    if (named.glass.diagonal_in >= 15) EXPECT_EQ(tiles, 35) << named.name;
    else EXPECT_EQ(tiles, 18) << named.name;
  }
}

TEST_F(AttendanceScreens, lead_from_a_known_face_straight_to_the_receipt) {
  const auto model = load("attendance/arrive", "", by_face(granny));
  const auto& s = screen("attendance/arrive");
  const auto next = s.on_open(draft, model);
  ASSERT_EQ(next.kind, parts::Next::Kind::run) << "one open offer: no question is asked";
  const auto outcome = as(by_face(granny), [&](Act& a) { return next.deed(a); });
  ASSERT_TRUE(outcome.has_value());
  const auto then = s.on_done(draft, model, *outcome);
  EXPECT_EQ(then.screen, "attendance/welcome");
  EXPECT_EQ(then.kind, parts::Next::Kind::replace);
  // "Wrong one" takes back what the receipt says.
  const auto welcome = load("attendance/welcome", then.key, by_face(granny));
  const auto undo = screen("attendance/welcome").on_tap(draft, welcome, {"undo"});
  ASSERT_EQ(undo.kind, parts::Next::Kind::run);
  ASSERT_TRUE(as(by_face(granny), [&](Act& a) { return undo.deed(a); }).has_value());
  EXPECT_FALSE(any_open_stay(eyes(by_face(granny)), granny).has_value());
}

TEST_F(AttendanceScreens, ask_before_a_face_leaves_but_not_before_a_card_does) {
  ASSERT_TRUE(come(granny).has_value());
  clock.set(at(11));
  EXPECT_EQ(screen("attendance/arrive").on_open(draft, load("attendance/arrive", "", by_face(granny))).kind, parts::Next::Kind::stay);
  auto card = by_face(granny);
  card.known = Known::card;
  EXPECT_EQ(screen("attendance/arrive").on_open(draft, load("attendance/arrive", "card", card)).kind, parts::Next::Kind::run);
  clock.set(at(9, 20));
  EXPECT_EQ(screen("attendance/arrive").on_open(draft, load("attendance/arrive", "card", card)).kind, parts::Next::Kind::stay) << "within half an hour a card is a mistake";
}

TEST_F(AttendanceScreens, go_to_the_refusal_when_the_house_is_full) {
  ASSERT_TRUE(come(granny).has_value());
  ASSERT_TRUE(come(grandpa).has_value());
  const auto model = load("attendance/arrive", "", by_face(third));
  const auto next = screen("attendance/arrive").on_open(draft, model);
  const auto outcome = as(by_face(third), [&](Act& a) { return next.deed(a); });
  ASSERT_FALSE(outcome.has_value());
  const auto then = screen("attendance/arrive").on_refused(draft, model, outcome.error());
  EXPECT_EQ(then.screen, "attendance/refused");
  EXPECT_EQ(then.key, "full");
}

}  // namespace
