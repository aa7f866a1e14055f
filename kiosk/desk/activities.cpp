#include "desk/activities.h"

#include "base/almanac.h"
#include "desk/layout.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "parts/type_text.h"
#include "shapes/shape.h"
#include "village/clock.h"

#include <algorithm>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;
using std::chrono::days;

constexpr base::Minutes step{15};
constexpr int most_weeks = 26, most_places = 200, places_step = 5;
constexpr std::string_view reasons[] = {"weather", "leader", "clash", "few", "other"};
constexpr std::string_view pictures[] = {"", "🥁", "🎓", "🍳", "🧶", "🎲", "🏀", "📚", "🎬", "💃", "🍵", "🩺"};

struct ActivitiesView { std::optional<base::Day> day; };

// --- desk/activities: key is any day of the week

ActivitiesModel load_week(const parts::Ask& ask) {
  ActivitiesModel m;
  const auto& words = ask.words;
  m.today = village::today_at_least(ask.reader);
  m.unsure = village::clock_unsure(ask.reader);
  base::Day day = m.today;
  if (!ask.key.empty()) (void)base::parse_day(ask.key, day);
  m.monday = day - days(base::weekday_of(day).iso_encoding() - 1);
  m.title = words.text("desk.activities.title", {{"from", base::date_text(words, base::date_of(m.monday))}, {"until", base::date_text(words, base::date_of(m.monday + days(6)))}});
  for (int i = 0; i < 7; ++i) {
    const auto d = m.monday + days(i);
    static constexpr std::string_view names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    m.day_labels.push_back(words.text("desk.activities.tab", {{"weekday", words.text("almanac.weekday_short." + std::string(names[i]))}, {"day", std::to_string(static_cast<unsigned>(base::date_of(d).day()))}}));
  }
  for (const auto& a : village::activities(ask.reader, ask.session().site, m.monday, m.monday + days(6))) {
    ActivitiesModel::One one;
    one.id = a.id.text();
    one.day = a.day;
    one.row.id = "activity:" + one.id;
    const auto* offer = shapes::catalogue().offer(a.offer);
    one.row.picture = ui::emoji(!a.picture.empty() ? a.picture : offer && !offer->picture.empty() ? offer->picture : "📅");
    one.row.line = a.name.empty() ? words.text("catalogue.offer." + a.offer + ".label") : a.name;
    one.row.sub = parts::day_word(words, a.day, village::today_said(ask.reader)) + " " + base::hour_minute(a.start) + "-" + base::hour_minute(a.end) + (a.place.empty() ? "" : " " + a.place);
    if (a.cancelled) {
      one.row.status = words.text("desk.calendar.cancelled");
      one.row.status_tint = ui::Tint::urgent;
    } else if (a.places) {
      one.row.status = words.text("desk.activities.places", {{"count", std::to_string(*a.places)}});
    }
    m.all.push_back(std::move(one));
  }
  return m;
}

void draw_week(ui::Ui& ui, const ActivitiesModel& m, const parts::Draft& draft) {
  ui.title(m.title);
  ui.speak("desk.activities.say", ui.say("desk.activities.say"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  std::vector<ui::Card> actions;
  if (role_of(draft) >= store::Role::clerk) actions.push_back(action("new", ui.say("desk.activities.new"), {}, true));
  actions.push_back(action("week:" + base::iso(m.monday - days(7)), ui.say("desk.activities.previous_week"), ui::drawn("arrow_left")));
  actions.push_back(action("week:" + base::iso(m.monday + days(7)), ui.say("desk.activities.next_week"), ui::drawn("arrow_right")));
  area = actions_beside(ui, area, actions);
  const auto& view = draft.of<ActivitiesView>();
  // Seven tabs where there is room for them and for a list below; elsewhere the list is the whole week.
  const bool tabs = area.h > 100 && (area.w - gap * 6) / 7 >= 20;
  std::vector<ui::Row> rows;
  const bool chosen = tabs && view.day && *view.day >= m.monday && *view.day < m.monday + days(7);
  for (const auto& a : m.all)
    if (!chosen || a.day == *view.day) rows.push_back(a.row);
  if (tabs) {
    const auto places = ui::grid(area.cut_top(26, gap), 7, 1, gap);
    for (int i = 0; i < 7; ++i) {
      const auto day = m.monday + days(i);
      ui::Card c = action("day:" + base::iso(day), m.day_labels[static_cast<std::size_t>(i)]);
      if (chosen && *view.day == day) c.state = ui::State::selected;
      if (day == m.today && !m.unsure) c.tint = ui::Tint::elder;
      ui.button(places[static_cast<std::size_t>(i)], c);
    }
  }
  parts::row_page(ui, area, "desk/activities", draft, rows, ui.say("desk.activities.none"));
}

Next tap_week(parts::Draft& draft, const ActivitiesModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/activities", tap)) return Next::stay();
  auto& view = draft.of<ActivitiesView>();
  if (tap.verb() == "week") {
    view.day.reset();
    draft.of<parts::Pages>().at.erase("desk/activities");
    return Next::replace("desk/activities", std::string(tap.arg()));
  }
  if (tap.verb() == "day") {
    base::Day day{};
    if (!base::parse_day(tap.arg(), day)) return Next::stay();
    if (view.day && *view.day == day) view.day.reset();  // touched again: the whole week
    else view.day = day;
    draft.of<parts::Pages>().at.erase("desk/activities");
    return Next::stay();
  }
  if (tap.verb() == "activity") return role_of(draft) >= store::Role::clerk ? Next::push("desk/activity_edit", std::string(tap.arg())) : Next::push("desk/activity", std::string(tap.arg()));
  if (tap.id == "new") return Next::push("desk/activity_edit", "on:" + base::iso(view.day && *view.day >= m.today ? *view.day : std::max(m.today, m.monday)));
  return Next::stay();
}

// --- desk/activity_edit: key is an activity, or on:<day> for a new one

ActivityEditModel load_edit(const parts::Ask& ask) {
  ActivityEditModel m;
  const auto& words = ask.words;
  m.today = village::today_at_least(ask.reader);
  const auto site = village::site(ask.reader, ask.session().site);
  const auto& catalogue = shapes::catalogue();
  // What takes place at a time: roll calls of a session, and bookings of an activity.
  for (const auto& offer : catalogue.offers()) {
    const auto way = offer.settings.find("way");
    const auto* text = way == offer.settings.end() ? nullptr : std::get_if<std::string>(&way->second.value);
    const bool happens = text && ((offer.shape == "attendance" && *text == "session") || (offer.shape == "booking" && *text == "activity"));
    if (!happens || (site && !offer.offered_at(site->kind))) continue;
    m.offers.push_back(offer.code);
    m.offer_names.push_back(words.text(offer.label_key(true)));
    m.offer_pictures.push_back(offer.picture);
  }
  for (const auto& s : village::staff(ask.reader)) {
    m.staff.push_back(s.id);
    m.staff_names.push_back(parts::staff_called(s.face, words));
  }
  m.now.day = m.today;
  if (ask.key.starts_with("on:")) (void)base::parse_day(std::string_view(ask.key).substr(3), m.now.day);
  const auto id = village::ActivityId::parse(ask.key);
  const auto a = id ? village::activity(ask.reader, *id) : std::nullopt;
  if (!a) return m;
  m.exists = true;
  m.cancelled = a->cancelled;
  m.in_series = a->series.has_value();
  m.now.id = a->id;
  auto at = std::find(m.offers.begin(), m.offers.end(), a->offer);
  if (at == m.offers.end()) {
    // An offer that is no longer here stays with the activities it had.
    m.offers.push_back(a->offer);
    m.offer_names.push_back(words.text("catalogue.offer." + a->offer + ".label"));
    m.offer_pictures.push_back("");
    at = m.offers.end() - 1;
  }
  m.now.offer = static_cast<int>(at - m.offers.begin());
  m.now.name = a->name;
  m.now.place = a->place;
  m.now.picture = a->picture;
  m.now.day = a->day;
  m.now.start = a->start;
  m.now.end = a->end;
  m.now.places = a->places.value_or(0);
  if (a->led_by) {
    auto who = std::find(m.staff.begin(), m.staff.end(), *a->led_by);
    if (who == m.staff.end()) {
      // Who led it may have left: still the leader of this one.
      const auto staff = village::staff_by_id(ask.reader, *a->led_by);
      m.staff.push_back(*a->led_by);
      m.staff_names.push_back(staff ? parts::staff_called(staff->face, words) : "?");
      who = m.staff.end() - 1;
    }
    m.now.leader = static_cast<int>(who - m.staff.begin()) + 1;
  }
  return m;
}

Next open_edit(parts::Draft& draft, const ActivityEditModel& m) {
  draft.of<ActivityDraft>() = m.now;
  draft.of<parts::Pages>().at.erase("desk/activity_edit");
  return Next::stay();
}

void draw_edit(ui::Ui& ui, const ActivityEditModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<ActivityDraft>();
  const auto& words = ui.words();
  ui.title(d.name.empty() ? ui.say(m.exists ? "desk.activity_edit.title" : "desk.activities.new") : d.name, {}, m.cancelled ? ui.say("desk.calendar.cancelled") : "");
  ui.speak("desk.activity_edit.title", ui.say("desk.activity_edit.title"));
  const auto offer = static_cast<std::size_t>(d.offer);
  std::vector<Line> lines;
  lines.push_back(choice("offer", ui.say("desk.activity_edit.offer"), offer < m.offer_names.size() ? m.offer_names[offer] : ""));
  lines.push_back(field("name", ui.say("desk.activity_edit.name"), d.name));
  lines.push_back(choice("day", parts::lunar_word(words, d.day), parts::solar_word(words, d.day)));
  lines.push_back(choice("start", ui.say("desk.activity_edit.start"), base::hour_minute(d.start)));
  lines.push_back(choice("end", ui.say("desk.activity_edit.end"), base::hour_minute(d.end)));
  lines.push_back(field("place", ui.say("desk.activity_edit.place"), d.place));
  lines.push_back(choice("places", ui.say("desk.activity_edit.places"), d.places == 0 ? ui.say("desk.activity_edit.no_limit") : std::to_string(d.places)));
  lines.push_back(choice("leader", ui.say("desk.activity_edit.leader"), d.leader > 0 && static_cast<std::size_t>(d.leader) <= m.staff_names.size() ? m.staff_names[static_cast<std::size_t>(d.leader) - 1] : ui.say("desk.activity_edit.no_leader")));
  lines.push_back(choice("picture", ui.say("desk.activity_edit.picture"), ui.say("desk.activity_edit.picture_own")));
  lines.back().picture = d.picture;
  if (!m.exists) lines.push_back(choice("weeks", ui.say("desk.activity_edit.weeks"), d.repeat_weeks == 0 ? ui.say("desk.activity_edit.once") : words.text("desk.activity_edit.more_weeks", {{"count", std::to_string(d.repeat_weeks)}})));
  if (m.in_series && !m.cancelled) lines.push_back(toggle("later_too", ui.say("desk.activity_edit.later_too"), d.later_too));
  std::vector<ui::Card> actions;
  if (!m.cancelled) actions.push_back(action("save", ui.say("desk.save"), {}, true));
  if (m.exists && !m.cancelled) actions.push_back(action("cancel", ui.say("desk.activity_edit.cancel")));
  form(ui, ui.reach(), "desk/activity_edit", draft, lines, actions);
}

Next tap_edit(parts::Draft& draft, const ActivityEditModel& m, const parts::Tap& tap) {
  auto& d = draft.of<ActivityDraft>();
  using parts::Writing;
  if (parts::turned(draft, "desk/activity_edit", tap)) return Next::stay();
  if (tap.id == "name") return parts::type_text(draft, "desk.activity_edit.name", Writing::chinese, d.name, [](parts::Draft& x, const std::string& t) { x.of<ActivityDraft>().name = t; }, 12);
  if (tap.id == "place") return parts::type_text(draft, "desk.activity_edit.place", Writing::chinese, d.place, [](parts::Draft& x, const std::string& t) { x.of<ActivityDraft>().place = t; }, 12);
  if (const int s = step_of(tap, "offer")) d.offer = turned(d.offer, s, static_cast<int>(m.offers.size()));
  if (const int s = step_of(tap, "day")) d.day = std::max(m.today, d.day + days(s));
  if (const int s = step_of(tap, "start")) {
    const auto length = d.end - d.start;
    d.start = std::clamp(d.start + s * step, base::Minutes(0), base::Minutes(24 * 60 - 30));
    d.end = std::min(d.start + std::max(length, step), base::Minutes(24 * 60 - 15));  // it keeps its length
  }
  if (const int s = step_of(tap, "end")) d.end = std::clamp(d.end + s * step, d.start + step, base::Minutes(24 * 60 - 15));
  if (const int s = step_of(tap, "places")) d.places = std::clamp(d.places + s * places_step, 0, most_places);
  if (const int s = step_of(tap, "leader")) d.leader = turned(d.leader, s, static_cast<int>(m.staff.size()) + 1);
  if (const int s = step_of(tap, "weeks")) d.repeat_weeks = std::clamp(d.repeat_weeks + s, 0, most_weeks);
  if (const int s = step_of(tap, "picture")) {
    const auto at = std::find(std::begin(pictures), std::end(pictures), d.picture);
    d.picture = std::string(pictures[static_cast<std::size_t>(turned(at == std::end(pictures) ? 0 : static_cast<int>(at - std::begin(pictures)), s, static_cast<int>(std::size(pictures))))]);
  }
  if (tap.id == "later_too" && m.in_series) d.later_too = !d.later_too;
  if (tap.id == "cancel" && d.id) {
    draft.of<CancelDraft>() = {};
    return Next::push("desk/activity_cancel", d.id->text());
  }
  if (tap.id != "save" || m.offers.empty()) return Next::stay();
  const auto offer = static_cast<std::size_t>(d.offer);
  village::ActivityEdit edit;
  edit.id = d.id;
  edit.offer = offer < m.offers.size() ? m.offers[offer] : m.offers.front();
  edit.name = d.name.empty() && offer < m.offer_names.size() ? m.offer_names[offer] : d.name;
  edit.picture = d.picture;
  edit.place = d.place;
  edit.day = d.day;
  edit.start = d.start;
  edit.end = d.end;
  if (d.places > 0) edit.places = d.places;
  if (d.leader > 0 && static_cast<std::size_t>(d.leader) <= m.staff.size()) edit.led_by = m.staff[static_cast<std::size_t>(d.leader) - 1];
  edit.repeat_weeks = m.exists ? 0 : d.repeat_weeks;
  edit.later_too = d.later_too;
  edit.site = draft.of<parts::Session>().site;
  return Next::run([edit](store::Act& act) mutable {
    // An activity is moved in time, never to another site.
    if (edit.id)
      if (const auto was = village::activity(act, *edit.id)) edit.site = was->site;
    return parts::as_outcome("village", village::save_activity(act, edit));
  });
}

Next done_edit(parts::Draft& draft, const ActivityEditModel&, const std::any&) {
  const auto day = draft.of<ActivityDraft>().day;
  draft.of<ActivityDraft>() = {};
  Next n = Next::replace("desk/activities", base::iso(day), "desk/activit");
  n.sound = "tick";
  return n;
}

// --- desk/activity_cancel

CancelModel load_cancel(const parts::Ask& ask) {
  CancelModel m;
  const auto id = village::ActivityId::parse(ask.key);
  const auto a = id ? village::activity(ask.reader, *id) : std::nullopt;
  if (!a) return m;
  m.id = ask.key;
  m.name = a->name;
  m.in_series = a->series.has_value();
  return m;
}

void draw_cancel(ui::Ui& ui, const CancelModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<CancelDraft>();
  ui.title(ui.say("desk.cancel.title"), {}, m.name);
  ui.speak("desk.cancel.title", ui.say("desk.cancel.title"));
  std::vector<Line> lines;
  for (const auto reason : reasons) lines.push_back(toggle("reason:" + std::string(reason), ui.say("desk.cancel." + std::string(reason)), d.reason == reason));
  if (m.in_series) lines.push_back(toggle("series", ui.say("desk.cancel.series"), d.whole_series));
  std::vector<ui::Card> actions;
  if (!d.reason.empty()) actions.push_back(action("yes", ui.say("desk.cancel.yes"), {}, true));
  actions.push_back(action("no", ui.say("parts.confirm.no")));
  form(ui, ui.reach(), "desk/activity_cancel", draft, lines, actions);
}

Next tap_cancel(parts::Draft& draft, const CancelModel& m, const parts::Tap& tap) {
  auto& d = draft.of<CancelDraft>();
  if (parts::turned(draft, "desk/activity_cancel", tap)) return Next::stay();
  if (tap.verb() == "reason") d.reason = std::string(tap.arg());
  if (tap.id == "series") d.whole_series = !d.whole_series;
  if (tap.id == "no") return Next::back();
  const auto id = village::ActivityId::parse(m.id);
  if (tap.id != "yes" || d.reason.empty() || !id) return Next::stay();
  return Next::run([id = *id, d](store::Act& act) { return parts::as_outcome("village", village::cancel_activity(act, id, d.reason, d.whole_series)); });
}

Next done_cancel(parts::Draft& draft, const CancelModel&, const std::any&) {
  const auto day = draft.of<ActivityDraft>().day;
  draft.of<CancelDraft>() = {};
  Next n = Next::replace("desk/activities", base::iso(day), "desk/activit");
  n.sound = "tick";
  return n;
}

}  // namespace

std::vector<parts::Screen> activities_screens() {
  using store::Role;
  return {parts::for_role(parts::screen<ActivitiesModel>("desk/activities", {.load = load_week, .draw = draw_week, .on_tap = tap_week}), Role::volunteer),
          parts::for_role(parts::screen<ActivityEditModel>("desk/activity_edit", {.load = load_edit, .draw = draw_edit, .on_tap = tap_edit, .on_done = done_edit, .on_open = open_edit}), Role::clerk),
          parts::for_role(parts::screen<CancelModel>("desk/activity_cancel", {.load = load_cancel, .draw = draw_cancel, .on_tap = tap_cancel, .on_done = done_cancel}), Role::clerk)};
}

}  // namespace desk
