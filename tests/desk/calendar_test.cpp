#include "desk/calendar.h"

#include "glasses.h"

#include "parts/patterns.h"

#include <algorithm>

using namespace desk;
using desk_test::sound_everywhere;

namespace {

const base::Day tuesday = base::day(std::chrono::year(2026) / 11 / 24);
const auto screens = calendar_screens();
const auto& calendar = desk_test::screen(screens, "desk/calendar");
const auto& month = desk_test::screen(screens, "desk/month");
const auto& activity = desk_test::screen(screens, "desk/activity");

CalendarModel day_with(const base::Words& words, int activities, bool long_names = false) {
  CalendarModel m;
  m.day = m.today = tuesday;
  m.title = words.text("desk.calendar.title_today");
  m.date = parts::solar_word(words, tuesday);
  m.leaf = parts::leaf_of(words, tuesday, "lunar:6");
  m.note = words.text("desk.calendar.market", {{"day", words.text("almanac.day.tomorrow")}});
  m.speak_key = "desk.calendar.say";
  m.speak = "-";
  for (int i = 0; i < activities; ++i) {
    ActivityCard a;
    a.id = "activity:" + std::to_string(i);
    a.name = long_names ? "秦腔自乐班" : "唱戏";
    a.when = parts::time_word(words, base::Minutes(14 * 60));
    a.place = long_names ? "双塔村幸福院 堂屋" : "堂屋";
    a.picture = ui::emoji("🥁");
    a.tint = ui::Tint::elder;
    a.cancelled = i == 1;
    m.activities.push_back(a);
  }
  if (activities == 0) {
    m.empty = words.text("desk.calendar.empty");
    m.next_day = tuesday + std::chrono::days(3);
    m.next_label = words.text("desk.calendar.next", {{"day", words.text("almanac.weekday.friday")}, {"name", "唱戏"}});
  }
  return m;
}

MonthModel november(const base::Words& words, base::Day from, int weeks) {
  MonthModel m;
  m.title = words.text("desk.month.both", {{"year", "2026"}, {"month", words.text("almanac.month.m11")}, {"lunar", words.text("desk.month.lunar", {{"month", "十月"}, {"n", "10"}})}});
  m.say = words.text("desk.month.say");
  m.weekdays = {"一", "二", "三", "四", "五", "六", "日"};
  m.previous = "2026-10";
  m.next = "2026-12";
  for (int i = 0; i < weeks * 7; ++i) {
    MonthDay d;
    d.day = from + std::chrono::days(i);
    d.inside = i >= 6;
    d.today = i == 29;
    d.market = i % 5 == 0;
    d.something = i % 3 == 0;
    d.big = words.chinese() ? "廿八" : "24";
    d.small = words.chinese() ? "24" : i % 7 == 0 ? "10/1" : "16";
    m.days.push_back(d);
  }
  m.week_of_today = 4;
  return m;
}

ActivityModel opera(const base::Words& words, bool cancelled, bool sign_up) {
  ActivityModel m;
  m.id = "x";
  m.name = "秦腔自乐班排练和演唱";
  m.picture = ui::emoji("🥁");
  m.tint = ui::Tint::elder;
  m.when = words.text("desk.activity.when", {{"day", words.text("almanac.day.today")}, {"lunar", parts::lunar_word(words, tuesday)}, {"hours", parts::hours_word(words, base::Minutes(840), base::Minutes(960))}});
  m.place = "双塔村幸福院 堂屋";
  m.led_by = words.text("desk.activity.led_by", {{"name", "李婶"}});
  m.places = words.text("desk.activity.places_left", {{"count", "20"}, {"left", "4"}});
  if (cancelled) m.cancelled = words.text("desk.activity.cancelled_why", {{"why", words.text("desk.cancel.leader")}});
  m.can_sign_up = sign_up;
  m.say = "-";
  return m;
}

}  // namespace

TEST(Calendar, a_day_is_sound_at_every_glass_empty_typical_and_full) {
  for (const int n : {0, 1, 2, 3, 5, 9}) sound_everywhere(calendar, [n](const auto& w) { return day_with(w, n); });
  sound_everywhere(calendar, [](const auto& w) { return day_with(w, 6, true); });
}

TEST(Calendar, the_days_around_and_the_month_are_one_touch_away) {
  parts::Draft draft;
  const CalendarModel m = day_with(desk_test::words("zh-CN"), 2);
  ui::Headless page(ui::reference_glasses()[2].glass, {}, &desk_test::words("zh-CN"));
  const auto draw = [&](ui::Ui& ui) { calendar.draw(ui, m, draft); };
  EXPECT_EQ(page.tap("day:2026-11-25", draw), "day:2026-11-25");
  auto next = calendar.on_tap(draft, m, {"day:2026-11-25"});
  EXPECT_EQ(next.kind, parts::Next::Kind::replace);
  EXPECT_EQ(next.key, "2026-11-25");
  EXPECT_EQ(calendar.on_tap(draft, m, {"month"}).screen, "desk/month");
  next = calendar.on_tap(draft, m, {"activity:0"});
  EXPECT_EQ(next.screen, "desk/activity");
  EXPECT_EQ(next.key, "0");
}

TEST(Calendar, an_empty_day_leads_to_what_comes_next) {
  parts::Draft draft;
  const CalendarModel m = day_with(desk_test::words("zh-CN"), 0);
  ui::Headless page(ui::reference_glasses()[0].glass, {}, &desk_test::words("zh-CN"));
  EXPECT_EQ(page.tap("day:2026-11-27", [&](ui::Ui& ui) { calendar.draw(ui, m, draft); }), "day:2026-11-27");
}

TEST(Calendar, a_month_of_four_to_six_weeks_is_sound_and_every_day_can_be_reached) {
  for (const int weeks : {4, 5, 6}) sound_everywhere(month, [weeks](const auto& w) { return november(w, tuesday - std::chrono::days(29), weeks); });
  for (const auto& named : ui::reference_glasses()) {
    parts::Draft draft;
    const MonthModel m = november(desk_test::words("zh-CN"), tuesday - std::chrono::days(29), 6);
    ui::Headless page(named.glass, {}, &desk_test::words("zh-CN"));
    const auto draw = [&](ui::Ui& ui) { month.draw(ui, m, draft); };
    int seen = 0;
    while (!page.tap("page_previous", draw).empty()) (void)month.on_tap(draft, m, {"page_previous"}), page.now_ms += 1000;
    for (int guard = 0; guard < 10; ++guard) {
      for (const auto& w : page.draw(draw).widgets) seen += w.id.starts_with("day:") ? 1 : 0;
      if (!desk_test::has(page.draw(draw), "page_next")) break;
      (void)month.on_tap(draft, m, {"page_next"});
    }
    EXPECT_EQ(seen, 36) << named.name;
    EXPECT_TRUE(desk_test::has(page.draw(draw), "month:2026-12")) << named.name;
  }
}

TEST(Calendar, every_day_of_a_month_shows_its_lunar_and_its_solar_day_however_large_the_words) {
  for (const auto& named : ui::reference_glasses())
    for (const std::string language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f, 1.5f}) {
        ui::Look look;
        look.text_scale = scale;
        const auto& words = desk_test::words(language);
        ui::Headless page(named.glass, look, &words);
        const auto m = november(words, tuesday - std::chrono::days(29), 5);
        const auto where = std::string(named.name) + " in " + language + " x" + std::to_string(scale);
        const auto& outline = page.draw([&](ui::Ui& ui) { month.draw(ui, m, parts::Draft{}); });
        for (const auto& defect : ui::defects(outline, named.glass, look)) ADD_FAILURE() << where << ": " << defect;
        int days = 0;
        for (const auto& w : outline.widgets) {
          if (!w.id.starts_with("day:")) continue;
          ++days;
          EXPECT_NE(w.label.find("24"), std::string::npos) << where;
          EXPECT_NE(w.label.find(words.chinese() ? "廿八" : "1"), std::string::npos) << where;
          EXPECT_NE(w.label.find(' '), std::string::npos) << where;
        }
        EXPECT_GE(days, 7) << where;
        // What page of the month it is, where there are several.
        const bool paged = desk_test::has(outline, "page_previous") || desk_test::has(outline, "page_next");
        EXPECT_EQ(desk_test::has(outline, "title_right"), paged) << where;
      }
}

TEST(Calendar, a_day_of_the_month_opens_that_day_and_back_leads_home) {
  parts::Draft draft;
  const auto next = month.on_tap(draft, november(desk_test::words("zh-CN"), tuesday, 5), {"day:2026-11-30"});
  EXPECT_EQ(next.screen, "desk/calendar");
  EXPECT_EQ(next.key, "2026-11-30");
  EXPECT_EQ(next.drop, "desk/");
}

TEST(Calendar, an_activity_is_sound_and_signs_up_only_where_there_are_places) {
  sound_everywhere(activity, [](const auto& w) { return opera(w, false, true); });
  sound_everywhere(activity, [](const auto& w) { return opera(w, false, false); });
  sound_everywhere(activity, [](const auto& w) { return opera(w, true, false); });
  parts::Draft draft;
  const auto& words = desk_test::words("zh-CN");
  const auto next = activity.on_tap(draft, opera(words, false, true), {"sign_up"});
  EXPECT_EQ(next.screen, "booking/sign_up");
  EXPECT_EQ(next.key, "x");
  EXPECT_EQ(activity.on_tap(draft, opera(words, true, false), {"sign_up"}).kind, parts::Next::Kind::stay);
  // What one comes for first and larger, leaving second.
  for (const auto& named : ui::reference_glasses()) {
    ui::Headless page(named.glass, {}, &words);
    const auto& outline = page.draw([&](ui::Ui& ui) { activity.draw(ui, opera(words, false, true), draft); });
    const auto at = [&](std::string_view id) { return std::ranges::find(outline.widgets, id, &ui::Widget::id)->rect; };
    EXPECT_LT(at("sign_up").x, at("done").x) << named.name;
    EXPECT_GT(at("sign_up").w, at("done").w) << named.name;
  }
}
