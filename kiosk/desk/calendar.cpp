#include "desk/calendar.h"

#include "base/almanac.h"
#include "desk/home.h"
#include "desk/layout.h"
#include "parts/patterns.h"
#include "shapes/shape.h"
#include "village/clock.h"
#include "village/places.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;
using std::chrono::days;

constexpr int look_ahead_days = 60;  // how far "what comes next" looks

// Which page of the month is open, counted from the one with today (or the first).
struct MonthView { int offset = 0; };

ui::Tint tint_of_offer(const std::string& code) {
  const auto& catalogue = shapes::catalogue();
  const auto* offer = catalogue.offer(code);
  const auto* service = offer ? catalogue.service(offer->service) : nullptr;
  return service ? parts::tint_of(service->group) : ui::Tint::neutral;
}

ui::Picture picture_of(const village::Activity& a) {
  if (!a.picture.empty()) return ui::emoji(a.picture);
  const auto* offer = shapes::catalogue().offer(a.offer);
  return ui::emoji(offer && !offer->picture.empty() ? offer->picture : "🥁");
}

std::string name_of(const village::Activity& a, const base::Words& words) {
  if (!a.name.empty()) return a.name;
  return words.text("catalogue.offer." + a.offer + ".label");
}

// Where it is: the room, or another site of the village by its name.
std::string place_of(const village::Activity& a, const parts::Ask& ask) {
  if (a.site == ask.session().site) return a.place;
  const auto site = village::site(ask.reader, a.site);
  if (!site) return a.place;
  return a.place.empty() ? site->name : site->name + " " + a.place;
}

std::vector<village::Activity> all_on(const parts::Ask& ask, base::Day from, base::Day to) {
  const auto village = village::village_of(ask.reader, ask.session().site);
  auto found = village ? village::activities_of_village(ask.reader, village->id, from, to) : village::activities(ask.reader, ask.session().site, from, to);
  // By the clock, also what is cancelled; at the same hour this site's own first.
  std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    return std::make_tuple(a.day, a.start, a.site != ask.session().site) < std::make_tuple(b.day, b.start, b.site != ask.session().site);
  });
  return found;
}

// --- desk/calendar

CalendarModel load_calendar(const parts::Ask& ask) {
  CalendarModel m;
  const auto& words = ask.words;
  if ((m.unsure = village::clock_unsure(ask.reader))) {
    m.title = words.text("desk.calendar.title_today");
    m.beside = tiles_beside_home(ask.reader, ask.session().site);
    m.leaf = parts::leaf_unsure(words);
    m.speak_key = "parts.clock.ask";
    m.speak = m.empty = words.text(m.speak_key);
    return m;
  }
  m.today = ask.reader.today();
  if (ask.key.empty() || !base::parse_day(ask.key, m.day)) m.day = m.today;
  const auto village = village::village_of(ask.reader, ask.session().site);
  const auto parsed = base::parse_market_rule(village && !village->market.empty() ? village->market : "none");
  const auto rule = parsed ? *parsed : base::MarketRule{};
  const auto date = base::date_of(m.day);
  const auto facts = base::day_facts(date, rule, static_cast<int>(ask.reader.setting("place.small_new_year", std::int64_t{23})));
  const auto day_word = parts::day_word(words, m.day, m.today), lunar = parts::lunar_word(words, m.day);
  m.title = m.day == m.today ? words.text("desk.calendar.title_today") : words.text("desk.calendar.title", {{"day", day_word}});
  m.date = parts::solar_word(words, m.day);
  m.beside = tiles_beside_home(ask.reader, ask.session().site);
  m.leaf = parts::leaf_of(words, m.day, village ? village->market : "");
  // What the leaf's foot says already is not said again beside it.
  std::vector<std::string> notes;
  if (facts.festival) notes.push_back(words.text(base::festival_key(*facts.festival)));
  if (facts.term) notes.push_back(words.text(base::term_key(*facts.term)));
  std::erase(notes, m.leaf.foot);
  if (!facts.market && base::is_market_day(rule, base::date_of(m.day + days(1)))) notes.push_back(words.text("desk.calendar.market", {{"day", parts::day_said(words, m.day + days(1), m.today)}}));
  for (const auto& n : notes) m.note += (m.note.empty() ? "" : " · ") + n;

  const auto now = base::minutes_of_day(ask.reader.now(), ask.reader.place());
  const village::Activity* first = nullptr;
  const auto found = all_on(ask, m.day, m.day);
  for (const auto& a : found) {
    ActivityCard c;
    c.id = "activity:" + a.id.text();
    c.name = name_of(a, words);
    c.when = parts::time_word(words, a.start);
    c.place = place_of(a, ask);
    c.picture = picture_of(a);
    c.tint = tint_of_offer(a.offer);
    c.cancelled = a.cancelled;
    c.over = m.day < m.today || (m.day == m.today && a.end <= now);
    if (!first && !c.cancelled && !c.over) first = &a;
    m.activities.push_back(std::move(c));
  }
  if (first) {
    m.speak_key = "desk.calendar.say";
    m.speak = words.text(m.speak_key, {{"day", day_word}, {"lunar", lunar}, {"time", parts::time_word(words, first->start)}, {"name", name_of(*first, words)}});
  } else if (!m.activities.empty()) {
    m.speak_key = "desk.calendar.over_say";
    m.speak = words.text(m.speak_key, {{"day", day_word}, {"lunar", lunar}});
  } else {
    m.empty = words.text("desk.calendar.empty");
    for (const auto& a : all_on(ask, std::max(m.day, m.today) + days(1), std::max(m.day, m.today) + days(look_ahead_days))) {
      if (a.cancelled) continue;
      m.next_day = a.day;
      m.next_label = words.text("desk.calendar.next", {{"day", parts::day_word(words, a.day, m.today)}, {"name", name_of(a, words)}});
      break;
    }
    m.speak_key = m.next_day ? "desk.calendar.next_say" : "desk.calendar.empty_say";
    m.speak = words.text(m.speak_key, {{"day", day_word}, {"lunar", lunar}, {"next", m.next_label}});
  }
  return m;
}

ui::Card plain_button(std::string id, std::string label, ui::Picture picture = {}) {
  ui::Card c;
  c.id = std::move(id);
  c.label = std::move(label);
  c.picture = std::move(picture);
  c.main = false;
  return c;
}

// No day can be told: who to ask, and what stands beside the days.
void draw_unsure(ui::Ui& ui, const CalendarModel& m) {
  ui.title(m.title);
  ui.speak(m.speak_key, m.speak);
  Rect area = ui.reach();
  const float gap = ui.gap();
  if (const int n = static_cast<int>(m.beside.size()); n > 0) {
    const auto places = ui::grid(area.cut_bottom(30, gap), n, 1, gap);
    for (int i = 0; i < n; ++i) {
      const auto& tile = m.beside[static_cast<std::size_t>(i)];
      auto card = plain_button(tile.id, ui.say(tile.label_key), tile.picture);
      card.voice = tile.label_key;
      ui.button(places[static_cast<std::size_t>(i)], card);
    }
  }
  const float words = ui.text_height(m.empty, area.w, ui::Type::title, ui::Weight::bold), high = std::clamp(area.h - words - gap, 0.0f, 70.0f);
  Rect middle = area.centred(area.w, words + (high > 20 ? high + gap : 0));
  if (high > 20) ui.leaf(middle.cut_top(high, gap).centred(high * 0.86f, high), m.leaf);
  ui.text(middle, m.empty, {.type = ui::Type::title, .weight = ui::Weight::bold, .align = ui::Align::centre});
}

void draw_calendar(ui::Ui& ui, const CalendarModel& m, const parts::Draft& draft) {
  if (m.unsure) return draw_unsure(ui, m);
  const auto& words = ui.words();
  const bool roomy = ui.body().h > 110;
  // On a low glass the note stands behind the date, if half the title line is enough; the leaf's foot says the most of it.
  std::string right = m.date;
  if (!roomy && !m.note.empty() && ui.text_width(m.date + " · " + m.note, ui::Type::sentence, ui::Weight::bold) < ui.body().w * 0.5f - 4) right += " · " + m.note;
  ui.title(m.title, {}, right);
  ui.speak(m.speak_key, m.speak);
  const Rect body = ui.body();
  Rect area = ui.reach();
  const float gap = ui.gap();

  // The days around, always at the same place.
  const float nav_h = roomy ? 26.0f : 20.0f;
  Rect nav = area.cut_bottom(nav_h, gap);
  std::vector<Rect> places = ui::grid(nav, 3, 1, gap);
  if (!m.beside.empty()) {
    // The days keep the room for their words; the month and what stands beside it share the rest.
    const float a_day = (nav.w - gap) * 0.29f;
    Rect rest = nav;
    places = {rest.cut_left(a_day, gap), rest.cut_left(a_day, gap)};
    for (const auto& place : ui::grid(rest, 1 + static_cast<int>(m.beside.size()), 1, gap)) places.push_back(place);
  }
  const auto about = [&](base::Day day, const char* key) {
    const auto word = parts::day_word(words, day, m.today);
    const bool near = day >= m.today - days(2) && day <= m.today + days(3);
    return near ? word : ui.say(key);
  };
  ui.button(places[0], plain_button("day:" + base::iso(m.day - days(1)), about(m.day - days(1), "desk.calendar.day_before"), ui::drawn("arrow_left")));
  auto next = plain_button("day:" + base::iso(m.day + days(1)), about(m.day + days(1), "desk.calendar.day_after"), ui::drawn("arrow_right"));
  ui.button(places[1], next);
  auto month = plain_button("month", ui.say("desk.calendar.month"));
  month.leaf = ui::Leaf{m.leaf.head, m.leaf.big, {}, false};
  ui.button(places[2], month);
  for (std::size_t i = 0; i < m.beside.size(); ++i) {
    auto tile = plain_button(m.beside[i].id, ui.say(m.beside[i].label_key), m.beside[i].picture);
    tile.voice = m.beside[i].label_key;
    ui.button(places[3 + i], tile);
  }

  Rect side;
  if (ui.portrait()) {
    // Above the line that hands reach there is room to show the leaf large.
    const float leaf_h = std::max(area.y - body.y, 70.0f);
    side = {body.x, body.y, body.w, leaf_h};
    area.h = area.bottom() - (side.bottom() + gap);
    area.y = side.bottom() + gap;
    ui.leaf(side.cut_left(leaf_h * 0.86f, gap * 2), m.leaf);
    Rect lines = side.centred(side.w, std::min(side.h, ui.line(ui::Type::label) * 2 + ui.line(ui::Type::sentence)));
    ui.text(lines.cut_top(ui.line(ui::Type::label), 2), m.date, {.type = ui::Type::label, .weight = ui::Weight::bold});
    if (!m.note.empty()) ui.text(lines, m.note, {.type = ui::Type::sentence, .second = true});
  } else {
    float leaf_h = roomy ? std::min(area.h * 0.62f, 78.0f) : area.h;
    if (roomy && !m.note.empty())  // the leaf gives way to what is written under it
      leaf_h = std::clamp(area.h - gap - ui.text_height(m.note, 48, ui::Type::sentence, ui::Weight::bold) - 1, leaf_h * 0.5f, leaf_h);
    side = area.cut_left(std::max(leaf_h * 0.86f + (roomy ? 10.0f : 0.0f), roomy && !m.note.empty() ? 48.0f : 0.0f), gap * 1.4f);
    ui.leaf(side.cut_top(leaf_h, gap), m.leaf);
    if (roomy && !m.note.empty()) ui.text(side, m.note, {.type = ui::Type::sentence, .weight = ui::Weight::bold, .align = ui::Align::centre});
  }

  if (m.activities.empty()) {
    if (!m.next_day) {
      ui.text(area, m.empty, {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
      return;
    }
    const float h1 = ui.text_height(m.empty, area.w, ui::Type::label, ui::Weight::bold);
    Rect middle = area.centred(std::min(area.w, 230.0f), std::min(area.h, h1 + gap + 48));
    ui.text(middle.cut_top(h1, gap), m.empty, {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre});
    ui::Card c = plain_button("day:" + base::iso(*m.next_day), m.next_label, ui::drawn("arrow_right"));
    c.main = true;
    ui.button(middle, c);
    return;
  }
  const float em = ui.em(ui::Type::sentence);
  const auto p = paged(ui, area, "desk/calendar", draft, static_cast<int>(m.activities.size()), std::max(44.0f, 6.4f * em + 6), 34.0f + 3.6f * (em - 6), 3, 3);
  for (int i = p.first; i < p.last; ++i) {
    const auto& a = m.activities[static_cast<std::size_t>(i)];
    ui::Card c;
    c.id = a.id;
    c.label = a.name;
    // Where, if a small card has room for it; the activity's own page says it anyhow.
    const float w = p.places[static_cast<std::size_t>(i - p.first)].w - 14;
    const bool room = ui.text_height(a.when + " " + a.place, w, ui::Type::sentence) <= ui.line(ui::Type::sentence) * 2.1f;
    c.sub = a.over && !a.cancelled ? ui.say("desk.calendar.over") : a.place.empty() || !room ? a.when : a.when + " " + a.place;
    c.picture = a.picture;
    c.tint = a.tint;
    c.mark = true;
    if (a.cancelled) {
      c.state = ui::State::full;
      c.reason = ui.say("desk.calendar.cancelled");
    }
    ui.card(p.places[static_cast<std::size_t>(i - p.first)], c);
  }
}

Next tap_calendar(parts::Draft& draft, const CalendarModel& m, const parts::Tap& tap) {
  for (const auto& tile : m.beside)
    if (tile.id == tap.id) return Next::push(tile.screen, tile.key);
  if (parts::turned(draft, "desk/calendar", tap)) return Next::stay();
  if (tap.verb() == "day") {
    draft.of<parts::Pages>().at.erase("desk/calendar");
    return Next::replace("desk/calendar", std::string(tap.arg()));
  }
  if (tap.id == "month") {
    draft.of<MonthView>() = {};
    return Next::push("desk/month");
  }
  if (tap.verb() == "activity") return Next::push("desk/activity", std::string(tap.arg()));
  return Next::stay();
}

// --- desk/month

// Days with something that one signs up for, or that is not of a series; not what is on nearly every day. A mark on all of them would
// say nothing.
std::set<base::Day> unusual_days(const parts::Ask& ask, base::Day from, base::Day until) {
  std::map<std::tuple<base::Uuid, std::string, std::string>, std::set<base::Day>> days_of;
  for (const auto& a : all_on(ask, from, until))
    if (!a.cancelled && (a.places || !a.series)) days_of[{a.site.value, a.offer, a.name}].insert(a.day);
  std::set<base::Day> unusual;
  for (const auto& [what, on] : days_of)
    if (static_cast<int>(on.size()) * 3 <= (until - from).count() + 1) unusual.insert(on.begin(), on.end());
  return unusual;
}

MonthModel load_month(const parts::Ask& ask) {
  MonthModel m;
  const auto& words = ask.words;
  // The month that it is at least, and no day of it is today, while the clock is unsure.
  const bool unsure = village::clock_unsure(ask.reader);
  const auto today = village::today_at_least(ask.reader);
  auto month = base::date_of(today).year() / base::date_of(today).month();
  base::Day asked{};
  if (!ask.key.empty() && base::parse_day(ask.key + "-01", asked)) month = base::date_of(asked).year() / base::date_of(asked).month();
  const auto first = base::day(month / 1), last = base::day(std::chrono::year_month_day(month / std::chrono::last));
  const auto from = first - days((base::weekday_of(first).iso_encoding() + 6) % 7);
  const auto until = last + days(7 - base::weekday_of(last).iso_encoding());
  // The lunar month of most of these days; its neighbour's name stands on the leaf where it begins.
  const auto most = base::lunar(month / 15);
  const auto lunar_month = words.text("desk.month.lunar", {{"month", words.chinese() ? base::lunar_month_zh(most.month, most.leap) : std::to_string(most.month)}});
  m.title = words.text("desk.month.both", {{"year", std::to_string(static_cast<int>(month.year()))}, {"month", words.text("almanac.month.m" + std::to_string(static_cast<unsigned>(month.month())))}, {"lunar", lunar_month}});
  m.say = words.text("desk.month.say");
  m.previous = base::iso_month(month - std::chrono::months(1));
  m.next = base::iso_month(month + std::chrono::months(1));
  static constexpr std::string_view short_names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  for (const auto name : short_names) m.weekdays.push_back(words.text("almanac.weekday_short." + std::string(name)));
  const auto village = village::village_of(ask.reader, ask.session().site);
  const auto parsed = base::parse_market_rule(village && !village->market.empty() ? village->market : "none");
  const auto unusual = unusual_days(ask, first, last);
  for (auto day = from; day <= until; day += days(1)) {
    MonthDay d;
    d.day = day;
    d.inside = day >= first && day <= last;
    d.today = day == today && !unsure;
    if (day == today) m.week_of_today = static_cast<int>(m.days.size()) / 7;
    const auto lunar = base::lunar(base::date_of(day));
    d.market = parsed && base::is_market_day(*parsed, base::date_of(day));
    d.something = unusual.contains(day);
    // The first day of a lunar month carries the month's name, as on a wall calendar. Large is the day that people here count by.
    d.big = words.chinese() ? lunar.day == 1 ? base::lunar_month_zh(lunar.month, lunar.leap) : base::lunar_day_zh(lunar.day)
                            : lunar.day == 1 ? std::to_string(lunar.month) + "/1" : std::to_string(lunar.day);
    d.small = std::to_string(static_cast<unsigned>(base::date_of(day).day()));
    if (!words.chinese()) std::swap(d.big, d.small);
    m.days.push_back(std::move(d));
  }
  return m;
}

void draw_month(ui::Ui& ui, const MonthModel& m, const parts::Draft& draft) {
  ui.speak("desk.month.say", m.say);
  Rect area = ui.reach();
  const float gap = ui.gap();
  const int weeks = static_cast<int>(m.days.size()) / 7;
  if (weeks == 0) return;
  Rect strip = ui.portrait() ? area.cut_bottom(30, gap) : area.cut_right(ui.compact() ? 20.0f : 30.0f, gap);
  const float header = ui.em(ui::Type::sentence) * 1.4f;
  const auto cell_h = [&](int rows, float taken) { return (area.h - taken - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows); };
  bool with_header = true;
  int rows = weeks;
  // A target, high enough for both days: beside each other, or close below each other where a leaf is narrow.
  const float inside = (area.w - gap * 6) / 7 - 5.6f, label = ui.em(ui::Type::label), sentence = ui.em(ui::Type::sentence);
  const bool beside = 2 * label * 0.9f + 2 + ui.text_width("24", ui::Type::sentence) <= inside;
  const float least = std::max(20.0f, beside ? label * 1.18f + 4.4f : label * 1.05f + sentence * 1.1f + 4.4f);
  if (cell_h(weeks, header + 2) < least) {
    with_header = cell_h(weeks, 0) < least && !ui.compact();
    if (cell_h(weeks, 0) < least) rows = std::max(1, static_cast<int>((area.h - (with_header ? header + 2 : 0) + gap) / (least + gap)));
  }
  const int pages = (weeks + rows - 1) / rows;
  rows = (weeks + pages - 1) / pages;
  const int page = std::clamp(m.week_of_today / rows + draft.of<MonthView>().offset, 0, pages - 1);
  // Which of its days are open, where a page holds not all of them.
  std::string open_days;
  if (pages > 1) {
    const auto last = std::min(m.days.size(), static_cast<std::size_t>((page + 1) * rows * 7));
    std::vector<base::Day> shown;
    for (auto i = static_cast<std::size_t>(page * rows * 7); i < last; ++i)
      if (m.days[i].inside) shown.push_back(m.days[i].day);
    const auto number = [](base::Day day) { return std::to_string(static_cast<unsigned>(base::date_of(day).day())); };
    if (!shown.empty()) open_days = ui.words().text("desk.month.days", {{"from", number(shown.front())}, {"to", number(shown.back())}});
  }
  ui.title(m.title, {}, open_days);
  // Arrows: the other weeks first, then the other months.
  ui::Card back = plain_button(page > 0 ? "page_previous" : "month:" + m.previous, "", ui::drawn("arrow_left"));
  back.voice = "desk.month.previous";
  ui::Card forth = plain_button(page + 1 < pages ? "page_next" : "month:" + m.next, "", ui::drawn("arrow_right"));
  forth.voice = "desk.month.next";
  const float dots = pages > 1 ? (ui.portrait() ? 24.0f : 8.0f) + gap : 0;
  if (ui.portrait()) {
    const float w = (strip.w - gap - dots) / 2;
    ui.card(strip.cut_left(w, gap), back);
    ui.card(strip.cut_right(w, gap), forth);
  } else {
    const float h = (strip.h - gap - dots) / 2;
    ui.card(strip.cut_top(h, gap), back);
    ui.card(strip.cut_bottom(h, gap), forth);
  }
  if (pages > 1) ui.page_dots(strip, page, pages);
  if (with_header) {
    const Rect line = area.cut_top(header, 2);
    const auto heads = ui::grid(line, 7, 1, gap);
    for (std::size_t i = 0; i < 7; ++i) ui.text(heads[i], m.weekdays[i], {.type = ui::Type::sentence, .align = ui::Align::centre, .second = true, .centre_v = true});
  }
  const auto cells = ui::grid(area, 7, rows, gap);
  const bool word_of_today = cells.front().h > label * 1.2f + sentence * 2.6f + 9;
  for (int i = 0; i < rows * 7; ++i) {
    const auto index = static_cast<std::size_t>(page * rows * 7 + i);
    if (index >= m.days.size()) break;
    const auto& d = m.days[index];
    if (!d.inside) continue;  // the neighbours' days are in the neighbours' months
    const Rect r = cells[static_cast<std::size_t>(i)];
    ui::Card c;
    c.id = "day:" + base::iso(d.day);
    c.label = d.big;
    c.main = false;
    c.voice = d.big;
    c.sub = d.small;
    if (d.today) c.tint = ui::Tint::elder;
    // Where the language has a short word for it.
    if (const auto sub = c.sub + " " + ui.say("almanac.day.today"); d.today && word_of_today && ui.text_width(sub, ui::Type::sentence) < r.w - 4) c.sub = sub;
    ui.card(r, c);
    const bool low = r.h < 24;
    // In the corner; in a narrow leaf beside the day below, which is the shorter one.
    if (d.something) ui.dots(r.w < 30 ? Rect{r.right() - 5.6f, r.bottom() - 8.0f, 3.6f, 3.6f} : Rect{r.right() - 6.5f, r.y + 1.5f, 5, 5}, 1, 1);
    // The brown foot of market days.
    const float foot = low ? 1.5f : 2.4f;
    if (d.market) ui.panel({r.x + 3, r.bottom() - foot - 0.6f, r.w - 6, foot}, ui::Tint::elder, false, true);
  }
}

Next tap_month(parts::Draft& draft, const MonthModel&, const parts::Tap& tap) {
  auto& view = draft.of<MonthView>();
  if (tap.id == "page_next" || tap.id == "page_previous") {
    view.offset += tap.id == "page_next" ? 1 : -1;
    return Next::stay();
  }
  if (tap.verb() == "month") {
    view.offset = 0;
    return Next::replace("desk/month", std::string(tap.arg()));
  }
  if (tap.verb() == "day") {
    draft.of<parts::Pages>().at.erase("desk/calendar");
    return Next::replace("desk/calendar", std::string(tap.arg()), "desk/");
  }
  return Next::stay();
}

// --- desk/activity

ActivityModel load_activity(const parts::Ask& ask) {
  ActivityModel m;
  const auto id = village::ActivityId::parse(ask.key);
  const auto a = id ? village::activity(ask.reader, *id) : std::nullopt;
  const auto& words = ask.words;
  if (!a) {
    m.cancelled = words.text("desk.activity.gone");
    m.say = m.cancelled;
    m.picture = ui::emoji("📅");
    return m;
  }
  const auto today = ask.reader.today();
  m.id = a->id.text();
  m.name = name_of(*a, words);
  m.picture = picture_of(*a);
  m.tint = tint_of_offer(a->offer);
  const auto day = parts::day_word(words, a->day, village::today_said(ask.reader));
  m.when = words.text("desk.activity.when", {{"day", day}, {"lunar", parts::lunar_word(words, a->day)}, {"hours", parts::hours_word(words, a->start, a->end)}});
  m.place = place_of(*a, ask);
  if (a->led_by)
    if (const auto staff = village::staff_by_id(ask.reader, *a->led_by)) {
      const auto called = village::address(staff->face, words);
      if (!called.empty()) m.led_by = words.text("desk.activity.led_by", {{"name", called}});
    }
  if (a->cancelled) {
    m.cancelled = a->cancel_reason.empty() ? words.text("desk.activity.cancelled")
                                           : words.text("desk.activity.cancelled_why", {{"why", words.has("desk.cancel." + a->cancel_reason) ? words.text("desk.cancel." + a->cancel_reason) : a->cancel_reason}});
  } else {
    const auto now = base::minutes_of_day(ask.reader.now(), ask.reader.place());
    m.can_sign_up = a->places && *a->places > 0 && (a->day > today || (a->day == today && a->start > now));
    std::optional<int> left;
    for (const auto& shape : shapes::all())
      if (!left && shape.places_left) left = shape.places_left(ask.reader, a->id);
    // What is left is said while one can still come by it.
    if (a->places) {
      const auto key = !m.can_sign_up || !left ? "desk.activity.places" : *left == 0 ? "desk.activity.places_full" : *left == 1 ? "desk.activity.places_one" : "desk.activity.places_left";
      m.places = words.text(key, {{"count", std::to_string(*a->places)}, {"left", std::to_string(left.value_or(0))}});
    }
  }
  m.say = m.cancelled.empty() ? words.text("desk.activity.say", {{"name", m.name}, {"day", parts::day_said(words, a->day, village::today_said(ask.reader))}, {"time", parts::time_word(words, a->start)}})
                              : words.text("desk.activity.cancelled_say", {{"name", m.name}});
  return m;
}

void draw_activity(ui::Ui& ui, const ActivityModel& m, const parts::Draft&) {
  ui.title(ui.say("desk.activity.title"));
  ui.speak(m.cancelled.empty() ? "desk.activity.say" : "desk.activity.cancelled_say", m.say);
  Rect area = ui.reach();
  const float gap = ui.gap();
  Rect buttons = area.cut_bottom(ui.compact() ? 30.0f : 34.0f, gap);
  ui::Card done;
  done.id = "done";
  done.label = ui.say(m.can_sign_up ? "desk.activity.close" : "parts.receipt.done");
  done.picture = ui::drawn(m.can_sign_up ? "arrow_left" : "tick");
  if (m.can_sign_up) {
    // What one comes here to do first, and larger; leaving it second, as on every page that asks.
    ui::Card up;
    up.id = "sign_up";
    up.label = ui.say("desk.activity.sign_up");
    up.picture = ui::drawn("hand");
    up.filled = true;
    up.tint = ui::Tint::hardship;
    ui.button(buttons.cut_left((buttons.w - gap) * 0.58f, gap), up);
    ui.button(buttons, done);
  } else {
    ui.button(buttons, done);
  }
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 220.0f));
  ui.panel(area, m.tint);
  Rect inside = area.inset(ui.margin());
  const float side = ui.portrait() ? std::min(inside.w * 0.4f, 80.0f) : std::min({inside.h, inside.w * 0.26f, 90.0f});
  Rect shown = ui.portrait() ? inside.cut_top(side, gap).centred(side, side) : inside.cut_left(side, gap * 1.5f).centred(side, side);
  struct Shown { const std::string* text; ui::Type type; ui::Weight weight; };
  float all = 0;
  std::vector<Shown> lines;
  std::vector<float> heights;
  // Name and time as large as the panel lets them be; the rest in sentences; the picture gives way last.
  struct Sizes { ui::Type name, time; bool picture; };
  for (const auto& [name, time, picture] : {Sizes{ui::Type::title, ui::Type::label, true}, {ui::Type::label, ui::Type::sentence, true}, {ui::Type::label, ui::Type::sentence, false}}) {
    if (!picture) {
      if (all - inside.h < 0.1f || heights[0] + heights[heights.size() > 5 ? 2 : 1] <= inside.h) break;
      inside = area.inset(2.5f);
      shown = {};
    }
    lines = {{&m.name, name, ui::Weight::bold}};
    if (!m.cancelled.empty()) lines.push_back({&m.cancelled, time, ui::Weight::bold});
    lines.push_back({&m.when, time, ui::Weight::bold});
    for (const auto* text : {&m.place, &m.led_by, &m.places}) lines.push_back({text, ui::Type::sentence, ui::Weight::regular});
    all = 0;
    heights.clear();
    for (const auto& l : lines) {
      heights.push_back(l.text->empty() ? 0 : ui.text_height(*l.text, inside.w, l.type, l.weight));
      all += heights.back() + (heights.back() > 0 ? 1.0f : 0);
    }
    if (all <= inside.h) break;
  }
  if (shown.w > 0) ui.picture(shown, m.picture);
  // What matters least is left out where the glass is small: never cut.
  for (std::size_t i = lines.size(); all > inside.h && i-- > 2;)
    if (heights[i] > 0) all -= heights[i] + 1.0f, heights[i] = 0;
  Rect text = inside.centred(inside.w, std::min(inside.h, all));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (heights[i] <= 0) continue;
    const Rect r = text.cut_top(heights[i], 1.0f);
    ui.text(r, *lines[i].text, {.type = lines[i].type, .weight = lines[i].weight, .align = ui.portrait() ? ui::Align::centre : ui::Align::left, .tint = m.tint});
  }
}

Next tap_activity(parts::Draft&, const ActivityModel& m, const parts::Tap& tap) {
  if (tap.id == "sign_up" && m.can_sign_up) return Next::push("booking/sign_up", m.id);
  if (tap.id == "done") return Next::back();
  return Next::stay();
}

}  // namespace

std::vector<parts::Screen> calendar_screens() {
  return {parts::screen<CalendarModel>("desk/calendar", {.load = load_calendar, .draw = draw_calendar, .on_tap = tap_calendar}),
          parts::screen<MonthModel>("desk/month", {.load = load_month, .draw = draw_month, .on_tap = tap_month}),
          parts::screen<ActivityModel>("desk/activity", {.load = load_activity, .draw = draw_activity, .on_tap = tap_activity})};
}

parts::HomeTile calendar_tile() {
  parts::HomeTile t;
  t.id = "go:whats_on";
  t.label_key = "desk.tile.whats_on";
  t.screen = "desk/calendar";
  t.order = 30;
  t.leaf = true;
  return t;
}

}  // namespace desk
