// The desk's screens on a real village: loaded, touched, and what their deeds leave behind.
#include "desk/accounts.h"
#include "desk/activities.h"
#include "desk/calendar.h"
#include "desk/faces.h"
#include "desk/people.h"
#include "desk/settings.h"
#include "desk/sheets.h"
#include "desk/sign_in.h"
#include "desk/today.h"

#include "glasses.h"

#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"
#include "shapes/shape.h"
#include "village/comes_to.h"
#include "village/given.h"

using parts::Next;

namespace {

// A session at one kiosk: one screen at a time, deeds committed as app/acts does.
struct Desk : given::Shanwan {
  parts::Draft draft;
  parts::Faces faces = desk::faces();
  store::Viewer viewer;
  std::string screen, key;
  std::any model;
  std::optional<parts::Refused> refused;

  Desk() {
    static const bool loaded = [] {
      std::vector<base::Wrong> wrong;
      shapes::use_catalogue(village::Catalogue::load(std::string(NUANZHAN_SOURCE_DIR) + "/db/catalogue", wrong), wrong);
      return true;
    }();
    (void)loaded;
    become(nobody());
  }
  void become(const store::Viewer& v) {
    viewer = v;
    auto& session = draft.of<parts::Session>();
    session.viewer = v;
    session.site = centre;
    session.staff = v.staff ? std::optional(village::StaffId{*v.staff}) : std::nullopt;
  }
  const parts::Screen& at() { return desk_test::screen(faces.screens, screen); }
  void load() {
    const auto reader = as(viewer);
    model = at().load(parts::Ask{reader, desk_test::words("zh-CN"), key, draft});
  }
  void open(const std::string& where, const std::string& with = {}) {
    screen = where;
    key = with;
    load();
    if (!at().on_open) return;
    const auto next = at().on_open(draft, model);
    if (next.kind != Next::Kind::run) return;
    (void)follow(next);
    load();
  }
  template <class Model>
  const Model& see() { return std::any_cast<const Model&>(model); }
  // Follows until something is to be touched again; gives the last step.
  Next follow(Next next) {
    refused.reset();
    while (next.kind == Next::Kind::run) {
      if (next.slow) next.slow();
      store::Act act(*store, viewer);
      auto outcome = next.deed(act);
      if (!outcome) {
        refused = outcome.error();
        return next;
      }
      act.commit();
      next = at().on_done ? at().on_done(draft, model, *outcome) : Next::stay();
    }
    if (next.becomes && next.becomes->staff) {
      const auto account = village::staff_by_id(as(machine()), *next.becomes->staff);
      become(store::Viewer::of_staff(centre.value, account->role, account->id.value, account->person.value));
    }
    if ((next.kind == Next::Kind::push || next.kind == Next::Kind::replace) && next.screen.starts_with("booking/")) return next;
    if (next.kind == Next::Kind::push) open(next.screen, next.key);
    if (next.kind == Next::Kind::replace && next.screen == screen) key = next.key, load();
    else if (next.kind == Next::Kind::replace) open(next.screen, next.key);
    return next;
  }
  Next tap(const std::string& id) { return follow(at().on_tap(draft, model, {id})); }
  // What is written through the sub-journey comes back to the screen that asked.
  void write(const std::string& field, const std::string& text) {
    const auto from = screen, with = key;
    (void)follow(at().on_tap(draft, model, {field}));
    ASSERT_EQ(screen, "type/text");
    draft.of<parts::TypeText>().text = text;
    ASSERT_EQ(tap("key:ok").kind, Next::Kind::back);
    screen = from;
    key = with;
    load();
  }
};

}  // namespace

TEST(Desk, an_activity_made_by_a_clerk_is_on_the_calendar_and_a_cancelled_one_says_why) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/activity_edit", "on:2026-11-24");
  ASSERT_FALSE(d.see<desk::ActivityEditModel>().offers.empty());
  d.write("name", "唱秦腔");
  (void)d.tap("places:more");
  (void)d.tap("weeks:more");
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.screen, "desk/activities");
  ASSERT_EQ(d.see<desk::ActivitiesModel>().all.size(), 1u);
  const auto id = d.see<desk::ActivitiesModel>().all[0].id;

  d.become(d.nobody());
  d.open("desk/calendar");
  ASSERT_EQ(d.see<desk::CalendarModel>().activities.size(), 1u);
  EXPECT_EQ(d.see<desk::CalendarModel>().activities[0].name, "唱秦腔");
  EXPECT_EQ(d.see<desk::CalendarModel>().speak, "今儿十月十六，后晌两点唱秦腔。");
  (void)d.tap("day:2026-11-25");
  EXPECT_TRUE(d.see<desk::CalendarModel>().activities.empty());
  EXPECT_EQ(d.see<desk::CalendarModel>().next_day, given::day(2026, 12, 1));
  d.open("desk/activity", id);
  EXPECT_TRUE(d.see<desk::ActivityModel>().can_sign_up);
  EXPECT_EQ(d.tap("sign_up").screen, "booking/sign_up");

  d.become(d.a_clerk());
  d.open("desk/activity_edit", id);
  (void)d.tap("cancel");
  (void)d.tap("reason:weather");
  (void)d.tap("series");
  (void)d.tap("yes");
  ASSERT_FALSE(d.refused);
  d.become(d.nobody());
  d.open("desk/activity", id);
  EXPECT_EQ(d.see<desk::ActivityModel>().cancelled, "不办了：天气不好");
  EXPECT_FALSE(d.see<desk::ActivityModel>().can_sign_up);
  d.open("desk/calendar", "2026-11-25");
  EXPECT_FALSE(d.see<desk::CalendarModel>().next_day);  // the whole series is off
}

TEST(Desk, the_month_marks_market_days_and_what_is_on) {
  Desk d;
  d.open("desk/month");
  const auto& m = d.see<desk::MonthModel>();
  EXPECT_EQ(m.days.size() % 7, 0u);
  EXPECT_EQ(m.title, "十月 · 2026年11月");
  for (const auto& day : m.days) {
    if (day.today) {
      EXPECT_EQ(day.big, "十六");
      EXPECT_EQ(day.small, "24");
    }
    if (day.big == "廿一") {
      EXPECT_TRUE(day.market);  // lunar:1,4,7
    }
    if (day.big == "廿二") {
      EXPECT_FALSE(day.market);
    }
  }
}

TEST(Desk, the_english_month_shows_the_solar_day_large_and_says_which_lunar_month) {
  Desk d;
  const auto reader = d.as(d.nobody());
  const std::string none;
  const auto model = desk_test::screen(d.faces.screens, "desk/month").load({reader, desk_test::words("en"), none, d.draft});
  const auto& m = std::any_cast<const desk::MonthModel&>(model);
  EXPECT_EQ(m.title, "November 2026 · lunar month 10");
  for (const auto& day : m.days)
    if (day.today) EXPECT_EQ(day.big + " " + day.small, "24 16");
  EXPECT_EQ(parts::leaf_of(desk_test::words("en"), given::day(2026, 11, 24), "none").head, "Lunar 10");
}

TEST(Desk, a_day_is_in_the_order_of_the_clock_and_a_month_marks_what_is_not_on_every_day) {
  Desk d;
  const auto add = [&](village::SiteId site, const std::string& name, int day, int hour, std::optional<int> places = {}, int weeks = 3) {
    store::Act act(*d.store, d.a_clerk());
    const auto made = village::save_activity(act, {.site = site, .offer = "recreation", .name = name, .day = given::day(2026, 11, 24) + std::chrono::days(day), .start = base::Minutes{hour * 60}, .end = base::Minutes{hour * 60 + 60}, .places = places, .repeat_weeks = weeks});
    ASSERT_TRUE(made);
    if (name == "唱戏") ASSERT_TRUE(village::cancel_activity(act, *made, "weather", false));
    act.commit();
  };
  add(d.centre, "讲古", 0, 15);
  add(d.room, "读书", 0, 14);
  add(d.room, "唱戏", 0, 16);
  add(d.centre, "跳舞", 0, 17);
  for (int day = 0; day < 7; ++day) add(d.centre, "量血压", day, 10, 10);
  add(d.centre, "学做饭", 8, 14, 6, 1);
  add(d.centre, "义诊", 11, 9, {}, 0);
  d.open("desk/calendar");
  std::vector<std::string> names;
  for (const auto& a : d.see<desk::CalendarModel>().activities) names.push_back(a.name);
  EXPECT_EQ(names, (std::vector<std::string>{"量血压", "读书", "讲古", "唱戏", "跳舞"}));
  d.open("desk/month", "2026-12");
  for (const auto& day : d.see<desk::MonthModel>().days) {
    if (!day.inside) continue;
    const auto n = static_cast<unsigned>(base::date_of(day.day).day());
    EXPECT_EQ(day.something, n == 2 || n == 5 || n == 9) << n;
  }
}

TEST(Desk, staff_sign_in_by_face_and_pin_and_a_wrong_pin_is_counted) {
  Desk d;
  d.open("desk/sign_in");
  EXPECT_EQ(d.see<desk::SignInModel>().staff.size(), 3u);
  (void)d.tap("staff:" + d.clerk.text());
  ASSERT_EQ(d.screen, "desk/pin");
  for (const char c : std::string_view("111112")) (void)d.tap("key:" + std::string(1, c));
  EXPECT_EQ(d.screen, "desk/pin");
  EXPECT_EQ(d.draft.of<desk::SignIn>().wrong, "wrong");
  EXPECT_EQ(d.see<desk::PinModel>().tries_left, 4);
  EXPECT_FALSE(d.viewer.is_staff());
  for (const char c : std::string_view("613829")) (void)d.tap("key:" + std::string(1, c));
  EXPECT_EQ(d.screen, "desk/today");
  EXPECT_EQ(d.viewer.role, store::Role::clerk);
  EXPECT_TRUE(d.draft.of<desk::SignIn>().pin.empty());
  EXPECT_EQ(d.facts_of_kind("village.staff_signed_in"), 1);
}

TEST(Desk, five_wrong_pins_lock_and_the_screen_says_for_how_long) {
  Desk d;
  d.open("desk/pin", d.clerk.text());
  for (int i = 0; i < 5; ++i)
    for (const char c : std::string_view("111112")) (void)d.tap("key:" + std::string(1, c));
  ASSERT_TRUE(d.see<desk::PinModel>().locked_for);
  for (const char c : std::string_view("613829")) (void)d.tap("key:" + std::string(1, c));
  EXPECT_EQ(d.screen, "desk/pin");
  EXPECT_FALSE(d.viewer.is_staff());
}

TEST(Desk, today_shows_only_what_the_role_may_open) {
  Desk d;
  desk::set_staff_tiles(d.faces.staff_tiles);
  const auto tiles = [&](const store::Viewer& v) {
    d.become(v);
    d.open("desk/today");
    std::vector<std::string> ids;
    for (const auto& t : d.see<desk::TodayModel>().tiles) ids.push_back(t.id);
    return ids;
  };
  const auto has = [](const std::vector<std::string>& ids, const char* id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  EXPECT_FALSE(has(tiles(d.a_volunteer()), "go:duty"));
  EXPECT_TRUE(has(tiles(d.a_volunteer()), "go:people"));
  EXPECT_TRUE(has(tiles(d.a_clerk()), "go:duty"));
  EXPECT_FALSE(has(tiles(d.a_clerk()), "go:settings"));
  EXPECT_TRUE(has(tiles(d.a_manager()), "go:settings"));
  // Every tile opens a screen that is there and asks no more than the tile promised.
  for (const auto& t : d.faces.staff_tiles) {
    EXPECT_LE(static_cast<int>(desk_test::screen(d.faces.screens, t.screen).needs), static_cast<int>(t.least)) << t.id;
    EXPECT_TRUE(desk_test::words("zh-CN").has(t.label_key)) << t.label_key;
  }
}

TEST(Desk, nobody_who_is_not_staff_finds_a_person) {
  Desk d;
  d.open("desk/search");
  (void)d.tap("key:W");
  EXPECT_TRUE(d.see<parts::SearchModel>().found.empty());
  d.become(d.a_volunteer());
  d.open("desk/search");
  EXPECT_TRUE(d.draft.of<parts::PickPerson>().typed.empty()) << "opened anew it is empty";
  (void)d.tap("key:W");
  EXPECT_EQ(d.see<parts::SearchModel>().found.size(), 3u);  // 王秀兰, 王小虎, 王敏
  (void)d.tap("key:X");
  (void)d.tap("key:L");
  ASSERT_EQ(d.see<parts::SearchModel>().found.size(), 1u);
  (void)d.tap("person:" + d.wang.text());
  EXPECT_EQ(d.screen, "desk/person");
  EXPECT_FALSE(d.see<desk::PersonModel>().may_edit);
}

TEST(Desk, a_walk_in_is_written_down_with_the_least_data_and_goes_on) {
  Desk d;
  d.become(d.a_volunteer());
  (void)d.follow(parts::pick_person(d.draft, "desk.carers.who", "desk/person", ""));
  (void)d.tap("new");
  ASSERT_EQ(d.screen, "pick/new");
  (void)d.tap("save");
  ASSERT_TRUE(d.refused);
  EXPECT_EQ(d.refused->name, "name_empty");
  d.write("name", "欧小丫");
  (void)d.tap("sex:f");
  (void)d.tap("age:0");
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.screen, "desk/person");
  const auto& p = *d.see<desk::PersonModel>().person;
  EXPECT_EQ(p.name, "欧小丫");
  EXPECT_TRUE(p.walk_in);
  EXPECT_EQ(p.age(d.as(d.machine()).today()), 9);
  EXPECT_EQ(d.draft.of<parts::PickPerson>().chosen, p.id);
}

TEST(Desk, a_clerk_changes_an_entry_and_only_what_was_touched_is_said) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/person_edit", d.wang.text());
  EXPECT_EQ(d.draft.of<desk::PersonDraft>().sites, std::vector{d.centre});
  d.write("phone", "13911112222");
  (void)d.tap("lives_alone");
  (void)d.tap("site:" + d.room.text());
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  const auto reader = d.as(d.a_clerk());
  const auto p = *village::person(reader, d.wang);
  EXPECT_EQ(p.phone, "13911112222");
  EXPECT_TRUE(p.lives_alone);
  EXPECT_EQ(p.name, "王秀兰");
  EXPECT_EQ(village::sites_of(reader, d.wang).size(), 2u);
  EXPECT_TRUE(village::sites_of(d.as(d.nobody()), d.wang).empty());
  const auto facts = d.facts();
  EXPECT_EQ(facts.back().body.find("name"), std::string::npos);
  EXPECT_EQ(facts.back().body.find("tags"), std::string::npos);
}

TEST(Desk, a_volunteer_cannot_save_an_entry_even_with_the_screen_open) {
  Desk d;
  d.become(d.a_volunteer());
  d.open("desk/person_edit", d.wang.text());
  (void)d.tap("lives_alone");
  (void)d.tap("save");
  ASSERT_TRUE(d.refused);
  EXPECT_EQ(d.refused->name, "no_right");
}

TEST(Desk, a_card_is_given_and_reported_lost) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/give_card", d.wang.text());
  (void)d.tap("code:NZ000000017");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.screen, "desk/card_given");
  EXPECT_EQ(village::by_card(d.as(d.nobody()), "NZ000000017"), d.wang);
  d.open("desk/give_card", d.wang.text());
  (void)d.tap("lost:0");
  EXPECT_EQ(village::by_card(d.as(d.nobody()), "NZ000000017"), d.wang) << "it is asked first";
  (void)d.tap("yes");
  EXPECT_FALSE(village::by_card(d.as(d.nobody()), "NZ000000017"));
}

TEST(Desk, a_secret_that_was_given_lets_the_person_in_and_is_not_kept) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/give_secret", d.wang.text());
  (void)d.tap("yes");
  ASSERT_EQ(d.screen, "desk/secret_given");
  const auto secret = *d.draft.of<desk::SecretGiven>().secret;
  (void)d.tap("done");
  EXPECT_FALSE(d.draft.of<desk::SecretGiven>().secret);
  EXPECT_TRUE(d.act(d.nobody(), [&](store::Act& a) { return village::check_secret(a, d.wang, secret); }));
}

TEST(Desk, who_may_fetch_is_added_changed_and_taken_off) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/carers", d.hu.text());
  EXPECT_EQ(d.see<desk::CarersModel>().carers.size(), 3u);
  (void)d.tap("add");
  (void)d.tap("key:S");
  (void)d.tap("person:" + d.shan.text());
  ASSERT_EQ(d.screen, "desk/carer");
  (void)d.tap("relation:more");  // grandfather
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.screen, "desk/carers");
  ASSERT_EQ(d.see<desk::CarersModel>().carers.size(), 4u);
  const auto may = [&](village::PersonId who) -> std::string {
    for (const auto& c : village::carers(d.as(d.a_clerk()), d.hu))
      if (c.adult == who) return c.relation + (c.may_fetch ? "+" : "-");
    return "none";
  };
  EXPECT_EQ(may(d.shan), "grandfather+");
  (void)d.tap("edit:" + d.shan.text());
  (void)d.tap("may_fetch");
  (void)d.tap("save");
  EXPECT_EQ(may(d.shan), "grandfather-");
  (void)d.tap("edit:" + d.shan.text());
  (void)d.tap("remove");
  EXPECT_EQ(may(d.shan), "none");
}

TEST(Desk, a_household_is_written_and_somebody_moves_in) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/households");
  EXPECT_EQ(d.see<desk::HouseholdsModel>().households.size(), 1u);
  (void)d.tap("group:more");
  EXPECT_EQ(d.see<desk::HouseholdsModel>().group, d.second);
  (void)d.tap("new");
  d.write("number", "7");
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  d.open("desk/households", d.shan.text());
  ASSERT_EQ(d.see<desk::HouseholdsModel>().households.size(), 1u);
  (void)d.tap("household:" + d.see<desk::HouseholdsModel>().households[0].id.text());
  ASSERT_EQ(d.screen, "desk/household_add");
  (void)d.tap("yes");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.screen, "desk/household");
  EXPECT_EQ(given::names(d.see<desk::HouseholdModel>().members), std::vector<std::string>{"单雄"});
}

TEST(Desk, a_manager_opens_an_account_that_can_sign_in) {
  Desk d;
  d.become(d.a_manager());
  d.open("desk/staff_edit", d.mother.text());
  EXPECT_EQ(d.draft.of<desk::StaffDraft>().number, "4");
  (void)d.tap("role:more");
  d.draft.of<desk::StaffDraft>().pin = "482915";
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  const auto account = village::staff_of_person(d.as(d.a_manager()), d.mother);
  ASSERT_TRUE(account);
  EXPECT_EQ(account->role, store::Role::clerk);
  d.become(d.nobody());
  d.open("desk/pin", account->id.text());
  for (const char c : std::string_view("482915")) (void)d.tap("key:" + std::string(1, c));
  EXPECT_EQ(d.screen, "desk/today");
}

TEST(Desk, duty_is_planned_and_the_one_on_duty_is_called) {
  Desk d;
  d.become(d.a_clerk());
  d.open("desk/duty_edit");
  const auto& m = d.see<desk::DutyEditModel>();
  const auto at = std::find(m.staff.begin(), m.staff.end(), d.volunteer) - m.staff.begin();
  for (int i = 0; i < at; ++i) (void)d.tap("staff:more");
  (void)d.tap("weekday:more");  // Monday is where it begins: Tuesday
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  d.become(d.nobody());
  d.open("desk/call");
  ASSERT_TRUE(d.see<desk::CallModel>().duty);
  EXPECT_EQ(d.see<desk::CallModel>().duty->name, "刘婶儿");
  EXPECT_EQ(d.see<desk::CallModel>().phone, "6612345");
}

TEST(Desk, a_setting_is_changed_for_the_village_or_for_this_site_alone) {
  Desk d;
  d.become(d.a_manager());
  d.open("desk/settings_group", "people");
  (void)d.tap("people.elder_age:more");
  (void)d.tap("this_site_only");
  (void)d.tap("save");
  ASSERT_FALSE(d.refused);
  EXPECT_EQ(d.as(d.nobody()).setting("people.elder_age", std::int64_t{0}), 61);
  EXPECT_EQ(d.as(store::Viewer::nobody(d.room.value)).setting("people.elder_age", std::int64_t{0}), 0);
  d.become(d.a_clerk());
  d.open("desk/settings_group", "people");
  (void)d.tap("people.elder_age:more");
  (void)d.tap("save");
  EXPECT_TRUE(d.refused);
}

TEST(Desk, every_sheet_opens_with_its_head_and_nobody_else_sees_any) {
  Desk d;
  d.become(d.a_manager());
  d.open("desk/sheets");
  const auto names = d.see<desk::SheetsModel>().names;
  EXPECT_FALSE(names.empty());
  for (const auto& name : names) {
    d.open("desk/sheet", name);
    EXPECT_FALSE(d.see<desk::SheetModel>().head.empty()) << name;
    for (const auto& h : d.see<desk::SheetModel>().head) EXPECT_EQ(h.find(".sheet."), std::string::npos) << h;
    EXPECT_EQ(d.see<desk::SheetModel>().month, "2026-11");
  }
  d.become(d.nobody());
  d.open("desk/sheets");
  EXPECT_TRUE(d.see<desk::SheetsModel>().names.empty());
  d.open("desk/sheet", names.front());
  EXPECT_TRUE(d.see<desk::SheetModel>().head.empty());
}
