#include "desk/clock.h"

#include "base/almanac.h"
#include "base/set_clock.h"
#include "desk/layout.h"
#include "parts/patterns.h"
#include "village/clock.h"

namespace desk {
namespace {

using parts::Next;
using ui::Rect;
using std::chrono::days;

// What was turned so far, from where the question began.
struct Turned { days by{0}; base::Minutes minutes{0}; bool asked = false, told = false; std::string wrong; };

base::Instant said(const ClockModel& m, const Turned& t) {
  const auto minutes = base::minutes_of_day(m.at, m.place) + t.minutes;
  return base::instant_at(base::day_of(m.at, m.place) + t.by, base::Minutes{((minutes.count() % 1440) + 1440) % 1440}, m.place);
}

ClockModel load(const parts::Ask& ask) {
  ClockModel m{village::clock_at_least(ask.reader), ask.reader.place(), village::clock_unsure(ask.reader)};
  // After a long time without anybody the machine may well be right.
  if (const auto now = ask.reader.now(); now > m.at && now < m.at + std::chrono::years(3)) m.at = now;
  return m;
}

void draw(ui::Ui& ui, const ClockModel& m, const parts::Draft& draft) {
  const auto& turned = draft.of<Turned>();
  if (turned.told || !m.unsure) {
    ui.title(ui.say("desk.clock.name"));
    const auto* key = turned.told ? "desk.clock.told" : "desk.clock.well";
    ui.speak(key, ui.say(key));
    Rect area = ui.reach();
    const std::vector<ui::Card> done{action("done", ui.say("parts.receipt.done"), ui::drawn("tick"), true)};
    area = actions_beside(ui, area, done);
    parts::nothing_here(ui, area, ui::drawn("tick"), ui.say(key));
    return;
  }
  const auto at = said(m, turned);
  const auto day = base::day_of(at, m.place);
  const auto date = base::date_of(day);
  const auto minutes = base::minutes_of_day(at, m.place).count();
  // The whole of it in the title: on a low glass not all four are on one page.
  ui.title(ui.words().text("desk.clock.title", {{"day", base::date_text(ui.words(), date)}, {"time", base::hour_minute(base::Minutes{minutes})}}));
  ui.speak("desk.clock.say", ui.say("desk.clock.say"));
  ui::Rect area = ui.reach();
  if (!turned.wrong.empty()) wrong_band(ui, area, ui.say("desk.clock." + turned.wrong));
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto month = ui.words().text("desk.month.title", {{"year", std::to_string(static_cast<int>(date.year()))},
                                                          {"month", ui.say("almanac.month.m" + std::to_string(static_cast<unsigned>(date.month())))}});
  const std::vector<Line> lines{choice("month", ui.say("desk.clock.month"), month),
                                choice("day", ui.say("desk.clock.day"), std::to_string(static_cast<unsigned>(date.day())) + " " + ui.words().text(std::string(base::weekday_key(base::weekday_of(day))))),
                                choice("hour", ui.say("desk.clock.hour"), std::to_string(minutes / 60)),
                                choice("minute", ui.say("desk.clock.minute"), two(minutes % 60))};
  const std::vector<ui::Card> acts{action("set", ui.say("desk.clock.set"), ui::drawn("tick"), true), action("later", ui.say("desk.clock.later"))};
  form(ui, area, "desk/clock", draft, lines, acts);
}

// Another month keeps the day of the month, or takes its last.
days to_date(std::chrono::year_month_day from, std::chrono::months by) {
  auto to = from + by;
  if (!to.ok()) to = to.year() / to.month() / std::chrono::last;
  return base::day(to) - base::day(from);
}

Next tap(parts::Draft& draft, const ClockModel& m, const parts::Tap& touched) {
  if (parts::turned(draft, "desk/clock", touched)) return Next::stay();
  auto& turned = draft.of<Turned>();
  if (turned.told || !m.unsure) return touched.id == "done" ? Next::back() : Next::stay();
  const auto date = base::date_of(base::day_of(said(m, turned), m.place));
  turned.by += to_date(date, std::chrono::months(step_of(touched, "month"))) + days(step_of(touched, "day"));
  // Held in the minutes of one day: an hour on from eleven at night is midnight of the same day, as on a clock's face. Minutes go by five:
  // nobody sets a clock with thirty touches.
  const auto past_five = base::minutes_of_day(said(m, turned), m.place).count() % 5;
  const int five = step_of(touched, "minute");
  turned.minutes += base::Minutes{60 * step_of(touched, "hour")};
  if (five > 0) turned.minutes += base::Minutes{5 - past_five};
  if (five < 0) turned.minutes -= base::Minutes{past_five == 0 ? 5 : past_five};
  if (touched.id == "later")
    return Next::run([](store::Act& act) -> parts::Outcome {
      village::clock_asked(act);
      return std::any{};
    });
  // Said once more, it is true: it was the clock before that had been set wrong.
  const bool back = std::exchange(turned.wrong, {}) == "too_early";
  if (touched.id != "set") return Next::stay();
  return Next::run([at = said(m, turned), back](store::Act& act) -> parts::Outcome {
    const auto by = village::set_clock(act, at, back);
    if (!by) return std::unexpected(parts::Refused{"village", std::string(village::name(by.error()))});
    return std::any(*by);
  });
}

Next done(parts::Draft& draft, const ClockModel&, const std::any& receipt) {
  auto& turned = draft.of<Turned>();
  const auto* by = std::any_cast<std::chrono::milliseconds>(&receipt);
  if (by == nullptr) return Next::back();  // later
  base::correct_system_clock(base::system_clock_correction() + *by);
  turned = {.told = true};
  return Next::stay();
}

Next refused(parts::Draft& draft, const ClockModel& m, const parts::Refused& refused) {
  auto& turned = draft.of<Turned>();
  turned.wrong = refused.name == village::name(village::Refusal::no_right) ? "clerk_sets_back" : said(m, turned) < m.at ? "too_early" : "too_late";
  return Next::stay();
}

Next open(parts::Draft& draft, const ClockModel&) {
  draft.of<Turned>() = {};
  return Next::stay();
}

}  // namespace

parts::Screen clock_screen() {
  return parts::for_role(parts::screen<ClockModel>("desk/clock", {.load = load, .draw = draw, .on_tap = tap, .on_done = done, .on_refused = refused, .on_open = open}), store::Role::volunteer);
}

}  // namespace desk
