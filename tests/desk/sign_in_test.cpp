#include "desk/sign_in.h"
#include "desk/today.h"

#include "glasses.h"

#include <algorithm>
#include <map>

using namespace desk;
using desk_test::sound_everywhere;

namespace {

const auto screens = sign_in_screens();
const auto today_list = today_screens();
const auto& call = desk_test::screen(screens, "desk/call");
const auto& sign_in = desk_test::screen(screens, "desk/sign_in");
const auto& number = desk_test::screen(screens, "desk/sign_in_number");
const auto& pin = desk_test::screen(screens, "desk/pin");
const auto& today = desk_test::screen(today_list, "desk/today");

village::Staff account(const std::string& name, const std::string& no) {
  village::Staff s;
  s.id = village::StaffId{base::id_of("staff" + no)};
  s.face = desk_test::face(name);
  s.person = s.face.id;
  s.number = no;
  s.role = store::Role::clerk;
  return s;
}

PinModel pin_of(const village::Staff& staff) {
  PinModel m;
  m.staff = staff;
  m.name = staff.face.name;
  m.tries_left = 4;
  return m;
}

}  // namespace

TEST(Call, shows_who_is_on_duty_or_that_nobody_is) {
  sound_everywhere(call, [](const auto& w) {
    CallModel m;
    m.duty = desk_test::face("王小霞");
    m.called = w.chinese() ? "小王" : "Wang Xiaoxia";
    m.phone = "13812345678";
    return m;
  });
  sound_everywhere(call, [](const auto&) { return CallModel{}; });
  sound_everywhere(call, [](const auto&) { CallModel m; m.called = "欧阳书记"; m.rung = true; m.phone = "0938-4531234"; return m; });
}

TEST(Call, rings_once_a_touch_and_shows_staff_the_way_in) {
  parts::Draft draft;
  const auto next = call.on_tap(draft, CallModel{}, {"ring"});
  EXPECT_EQ(next.sound, "alarm_once");
  EXPECT_EQ(next.key, "rung");
  EXPECT_EQ(call.on_tap(draft, CallModel{}, {"go:staff"}).screen, "desk/sign_in");
}

TEST(SignIn, is_sound_with_no_staff_a_few_and_forty) {
  for (const int n : {0, 3, 12, 40})
    sound_everywhere(sign_in, [n](const auto&) {
      SignInModel m;
      for (int i = 0; i < n; ++i) m.staff.push_back(account(i % 2 ? "欧阳建国" : "王芳", std::to_string(i)));
      return m;
    });
  parts::Draft draft;
  draft.of<SignIn>().wrong = "not_here";
  sound_everywhere(sign_in, [](const auto&) { return SignInModel{.staff = {account("欧阳建国", "7"), account("王芳", "8")}}; }, draft);
  draft.of<SignIn>().number = "12345678";
  draft.of<SignIn>().wrong = "number_unknown";
  sound_everywhere(number, [](const auto&) { return StaffNumberModel{}; }, draft);
  draft.of<SignIn>().pin = "123";
  draft.of<SignIn>().wrong = "wrong";
  sound_everywhere(pin, [](const auto&) { return pin_of(account("欧阳建国", "7")); }, draft);
  sound_everywhere(pin, [](const auto&) { auto m = pin_of(account("王芳", "7")); m.locked_for = base::Minutes(60); return m; });
  sound_everywhere(pin, [](const auto&) { auto m = pin_of(account("王芳", "7")); m.locked_for = base::Minutes::max(); return m; });
}

TEST(SignIn, a_card_leads_to_the_pin_of_its_own_account_alone) {
  parts::Draft draft;
  SignInModel m;
  m.staff = {account("王芳", "1"), account("李强", "2")};
  auto next = sign_in.on_tap(draft, m, {"card:" + m.staff[1].person.text()});
  EXPECT_EQ(next.screen, "desk/pin");
  EXPECT_EQ(next.key, m.staff[1].id.text());
  next = sign_in.on_tap(draft, m, {"card:" + base::id_of("nobody").text()});
  EXPECT_EQ(next.kind, parts::Next::Kind::stay);
  EXPECT_EQ(draft.of<SignIn>().wrong, "not_here");
}

TEST(SignIn, another_card_at_the_pin_leads_to_its_own_pin_and_a_strange_one_is_said) {
  parts::Draft draft;
  auto m = pin_of(account("王芳", "1"));
  m.everybody = {*m.staff, account("李强", "2")};
  draft.of<SignIn>().pin = "123";
  draft.of<SignIn>().card = "secret";
  EXPECT_EQ(pin.on_tap(draft, m, {"card:" + m.staff->person.text()}).kind, parts::Next::Kind::stay);
  EXPECT_TRUE(draft.of<SignIn>().carded);
  auto next = pin.on_tap(draft, m, {"card:" + m.everybody[1].person.text()});
  EXPECT_EQ(next.screen, "desk/pin");
  EXPECT_EQ(next.key, m.everybody[1].id.text());
  EXPECT_EQ(draft.of<SignIn>().pin, "") << "digits of one are not another's";
  EXPECT_EQ(draft.of<SignIn>().card, "secret");
  next = pin.on_tap(draft, m, {"card:" + base::id_of("nobody").text()});
  EXPECT_EQ(next.kind, parts::Next::Kind::stay);
  EXPECT_EQ(draft.of<SignIn>().wrong, "not_here");
  EXPECT_EQ(draft.of<SignIn>().card, "");
  sound_everywhere(pin, [](const auto&) { return pin_of(account("欧阳建国", "7")); }, draft);
}

TEST(SignIn, a_staff_number_leads_to_the_pin_and_an_unknown_one_is_said) {
  parts::Draft draft;
  StaffNumberModel m;
  m.staff = {account("王芳", "12")};
  for (const auto* key : {"key:1", "key:2"}) (void)number.on_tap(draft, m, {key});
  for (const auto* key : {"key:4", "key:7"}) (void)number.on_tap(draft, m, {key});
  EXPECT_EQ(draft.of<SignIn>().number, "12") << "who goes straight on with the PIN does not show it";
  EXPECT_EQ(number.on_tap(draft, m, {"key:ok"}).screen, "desk/pin");
  for (const auto* key : {"key:9", "key:ok"}) (void)number.on_tap(draft, m, {key});
  EXPECT_EQ(draft.of<SignIn>().wrong, "number_unknown");
}

TEST(SignIn, the_sixth_digit_runs_the_deed_and_five_do_nothing) {
  parts::Draft draft;
  const auto m = pin_of(account("王芳", "7"));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(pin.on_tap(draft, m, {"key:4"}).kind, parts::Next::Kind::stay);
  EXPECT_EQ(draft.of<SignIn>().pin, "44444");
  EXPECT_EQ(pin.on_tap(draft, m, {"key:ok"}).kind, parts::Next::Kind::stay);
  (void)pin.on_tap(draft, m, {"key:erase"});
  EXPECT_EQ(draft.of<SignIn>().pin, "4444");
  (void)pin.on_tap(draft, m, {"key:1"});
  const auto next = pin.on_tap(draft, m, {"key:2"});
  EXPECT_EQ(next.kind, parts::Next::Kind::run);
  EXPECT_TRUE(next.deed);
}

TEST(Today, is_sound_with_nothing_much_and_a_long_day) {
  for (const auto& [figures, tiles] : {std::pair{0, 4}, {6, 8}, {11, 14}, {3, 14}}) {
    const auto model = [figures = figures, tiles = tiles](const base::Words& w) {
      TodayModel m;
      m.title = w.text("desk.today.title", {{"date", w.chinese() ? "11月24日" : "24 November"}, {"lunar", w.chinese() ? "十月十六" : "10th month, day 16"}});
      m.who = "欧阳建国 · " + w.text("village.role.manager");
      const auto last = " · " + w.text("desk.today.last", {{"when", w.chinese() ? "11月23日 17:05" : "23 November 17:05"}});
      m.who_last = {m.who + last, last};
      for (int i = 0; i < figures; ++i) m.figures.push_back({"figure:" + std::to_string(i), w.chinese() ? "领钱没领的" : "To do", "27/40", i % 3 ? "" : w.text("request.figure_late.help", {{"count", "12"}}), "x/y", ui::emoji("🍲"), i % 3 == 0});
      for (int i = 0; i < tiles; ++i) m.tiles.push_back({"go:" + std::to_string(i), ui::emoji("🧓"), i % 2 ? "desk.tile.households" : "desk.tile.settings", "desk/x", "", store::Role::volunteer, i});
      return m;
    };
    sound_everywhere(today, model);
    // Whatever the glass: what stands and what can be done are both on the first page, and each is on one page.
    for (const auto& named : ui::reference_glasses())
      for (const float scale : {1.0f, 1.25f}) {
        ui::Look look;
        look.staff = true;
        look.text_scale = scale;
        const auto& w = desk_test::words("zh-CN");
        ui::Headless page(named.glass, look, &w);
        parts::Draft draft;
        const auto m = model(w);
        std::map<std::string, int> seen;
        for (int at = 0; at < 12; ++at) {
          const auto& outline = page.draw([&](ui::Ui& ui) { today.draw(ui, m, draft); });
          if (at == 0) {
            EXPECT_TRUE(desk_test::has(outline, "go:0")) << named.name << " x" << scale;
            EXPECT_EQ(desk_test::has(outline, "figure:0"), figures > 0) << named.name << " x" << scale;
          }
          for (const auto& widget : outline.widgets)
            if (widget.id.starts_with("go:") || widget.id.starts_with("figure:")) ++seen[widget.id];
          if (!desk_test::has(outline, "page_next")) break;
          (void)today.on_tap(draft, m, {"page_next"});
        }
        EXPECT_EQ(seen.size(), static_cast<std::size_t>(figures + tiles)) << named.name << " x" << scale;
        EXPECT_TRUE(std::ranges::all_of(seen, [](const auto& one) { return one.second == 1; })) << named.name << " x" << scale;
      }
  }
}

TEST(Today, a_number_opens_its_list_and_a_tile_its_editor) {
  TodayModel m;
  m.figures.push_back({"figure:a.b", "x", "1", "", "attendance/here", {}, false});
  m.tiles.push_back({"go:people", {}, "desk.tile.people", "desk/search", "person", store::Role::volunteer, 1});
  parts::Draft draft;
  EXPECT_EQ(today.on_tap(draft, m, {"figure:a.b"}).screen, "attendance/here");
  EXPECT_EQ(today.on_tap(draft, m, {"go:people"}).screen, "desk/search");
}
