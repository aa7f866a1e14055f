#include "shapes/attendance/screens/roster.h"

#include "parts/noted.h"
#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "shapes/attendance/attendance.h"
#include "village/clock.h"

#include <algorithm>

namespace attendance {
namespace {

// A time that this kiosk's clock does not know is not shown (village/clock.h).
std::string time_of(const parts::Ask& ask, base::Instant at) {
  return village::time_unsure(ask.reader, at) ? ask.words.text("parts.clock.unsure") : base::hour_minute(base::minutes_of_day(at, ask.reader.place()));
}

using parts::Draft;
using parts::Next;
using parts::Tap;
using ui::Rect;

// --- attendance/sessions: today's activities here; a touch opens the roll

struct SessionsModel { std::vector<ui::Row> rows; bool unsure = false; };  // unsure: the clock does not know which day it is

SessionsModel load_sessions(const parts::Ask& ask) {
  SessionsModel m;
  if ((m.unsure = village::clock_unsure(ask.reader))) return m;
  const auto today = ask.reader.today();
  for (const auto& a : village::activities(ask.reader, ask.session().site, today, today)) {
    const auto* o = offered(a.offer);
    if (o == nullptr || o->open || a.cancelled) continue;
    const auto r = roll(ask.reader, a.id);
    ui::Row row;
    row.id = "activity:" + a.id.text();
    row.picture = ui::emoji(a.picture);
    row.line = a.name;
    row.sub = base::hour_minute(a.start) + " – " + base::hour_minute(a.end) + (a.place.empty() ? "" : " · " + a.place);
    row.status = r.closed ? ask.words.text("attendance.roster.is_closed")
                          : ask.words.text("attendance.roster.count", {{"here", std::to_string(r.here())}, {"all", std::to_string(r.lines.size())}});
    row.status_tint = r.closed ? ui::Tint::staff : r.open ? ui::Tint::hardship : ui::Tint::neutral;
    m.rows.push_back(std::move(row));
  }
  return m;
}
void draw_sessions(ui::Ui& ui, const SessionsModel& m, const Draft& draft) {
  ui.title(ui.say("attendance.roster.sessions_title"));
  ui.speak("attendance.roster.sessions_title", ui.say("attendance.roster.sessions_title"));
  parts::row_page(ui, ui.reach(), "attendance/sessions", draft, m.rows, ui.say(m.unsure ? "attendance.roster.unsure" : "attendance.roster.no_sessions"));
}
Next tap_sessions(Draft& draft, const SessionsModel&, const Tap& tap) {
  if (parts::turned(draft, "attendance/sessions", tap)) return Next::stay();
  if (tap.verb() != "activity") return Next::stay();
  const auto id = village::ActivityId::parse(tap.arg());
  if (!id) return Next::stay();
  draft.of<parts::Pages>().at.erase("attendance/roster");
  return Next::run([id = *id](store::Act& act) {
    // Opening a roll that is closed only looks at it; marking asks again.
    if (roll(act, id).closed) return parts::Outcome{std::any(Receipt{})};
    return parts::as_outcome("attendance", open_session(act, id));
  });
}

struct Chosen { std::optional<village::ActivityId> activity; };

Next tap_sessions_remembering(Draft& draft, const SessionsModel& m, const Tap& tap) {
  if (tap.verb() == "activity") draft.of<Chosen>().activity = village::ActivityId::parse(tap.arg());
  return tap_sessions(draft, m, tap);
}
Next done_sessions(Draft& draft, const SessionsModel&, const std::any&) {
  const auto& id = draft.of<Chosen>().activity;
  return id ? Next::push("attendance/roster", id->text()) : Next::stay();
}

// --- attendance/roster

struct RosterModel { std::optional<village::Activity> activity; Roll roll; bool may_correct = false; std::map<village::PersonId, std::string> phones; };

// Where somebody who did not come is asked after: their own phone, else a guardian's (`whose` says so, where a row has room), else the house's.
std::string asked_after_at(const parts::Ask& ask, village::PersonId id, bool whose) {
  const auto p = village::person(ask.reader, id);
  if (!p) return {};
  if (!p->phone.empty()) return p->phone;
  for (const auto& c : village::carers(ask.reader, id)) {
    const auto adult = c.guardian ? village::person(ask.reader, c.adult) : std::nullopt;
    if (adult && !adult->phone.empty()) return (whose ? ask.words.text("village.relation." + c.relation) + " " : "") + adult->phone;
  }
  const auto house = p->household ? village::household(ask.reader, *p->household) : std::nullopt;
  return house ? house->phone : std::string{};
}

RosterModel load_roster(const parts::Ask& ask) {
  RosterModel m;
  if (const auto id = village::ActivityId::parse(ask.key)) {
    m.activity = village::activity(ask.reader, *id);
    m.roll = roll(ask.reader, *id);
  }
  m.may_correct = ask.session().viewer.role >= store::Role::clerk;
  return m;
}

RosterModel load_absent(const parts::Ask& ask) {
  auto m = load_roster(ask);
  for (const auto& line : m.roll.lines)
    if (!line.here) m.phones[line.face.id] = asked_after_at(ask, line.face.id, false);
  return m;
}

void draw_roster(ui::Ui& ui, const RosterModel& m, const Draft& draft) {
  if (!m.activity) return;
  const auto count = ui.words().text("attendance.roster.count", {{"here", std::to_string(m.roll.here())}, {"all", std::to_string(m.roll.lines.size())}});
  ui.title(m.activity->name + " · " + base::hour_minute(m.activity->start), {}, count);
  ui.speak("attendance.roster.count", count);
  Rect area = ui.reach();
  // On a low glass the helpers stand at the side and the tiles use its whole width: three rows of six, 35 on two pages.
  const bool low = area.h < 90;
  if (low) area = ui.wide(area);
  Rect helpers = low ? area.cut_right(20, 4) : area.cut_bottom(20, 4);
  const auto cells = low ? ui::grid(helpers, 1, 3, 4) : ui::grid(helpers, 3, 1, 4);
  ui::Card add, missing, done;
  add.main = missing.main = done.main = false;
  add.id = "walk_in";
  add.label = ui.say("attendance.roster.walk_in");
  add.picture = ui::emoji("➕");
  missing.id = "absent";
  missing.label = ui.words().text("attendance.roster.absent", {{"n", std::to_string(static_cast<int>(m.roll.lines.size()) - m.roll.here())}});
  missing.picture = ui::emoji("❓");
  done.id = "all_seen";
  done.label = ui.say(m.roll.closed ? "attendance.roster.is_closed" : "attendance.roster.all_seen");
  done.filled = !m.roll.closed;
  done.tint = ui::Tint::staff;
  done.picture = ui::drawn("tick");
  if (low) add.label = missing.label = done.label = "";
  ui.button(cells[0], add);
  ui.button(cells[1], missing);
  ui.button(cells[2], done);
  std::vector<ui::Face> tiles;
  tiles.reserve(m.roll.lines.size());
  for (const auto& line : m.roll.lines) {
    auto f = parts::face_tile(line.face, "mark:");
    f.state = line.here ? ui::State::selected : ui::State::normal;
    f.tint = ui::Tint::child;
    if (line.absent && !line.here) f.sub = ui.say("attendance.absence." + std::string(name(*line.absent)));
    tiles.push_back(std::move(f));
  }
  if (tiles.empty()) {
    ui.text(area, ui.say("attendance.roster.nobody"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  parts::face_page(ui, area, "attendance/roster", draft, tiles);
}

Next open_roster(Draft&, const RosterModel& m) {
  return m.activity ? parts::note_list("attendance.roster", base::iso(m.activity->day)) : Next::stay();
}
Next tap_roster(Draft& draft, const RosterModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/roster", tap)) return Next::stay();
  if (!m.activity) return Next::back();
  const auto id = m.activity->id;
  if (tap.verb() == "mark") {
    const auto person = village::PersonId::parse(tap.arg());
    if (!person) return Next::stay();
    bool here = false;
    for (const auto& line : m.roll.lines)
      if (line.face.id == *person) here = line.here;
    return Next::run([id, person = *person, here](store::Act& act) { return parts::as_outcome("attendance", mark(act, id, person, !here)); });
  }
  if (tap.id == "walk_in") return parts::pick_person(draft, "attendance.roster.walk_in", "attendance/walked_in", id.text());
  if (tap.id == "absent") return Next::push("attendance/absent", id.text());
  if (tap.id == "all_seen") return Next::push(m.roll.closed ? "attendance/closed" : "attendance/absent", id.text());
  return Next::stay();
}
Next done_roster(Draft&, const RosterModel&, const std::any&) { return Next::stay(); }

// --- attendance/walked_in: the person was picked; marked, and back to the roll

struct WalkedInModel { std::string activity; std::optional<village::PersonId> person; };
WalkedInModel load_walked_in(const parts::Ask& ask) { return {ask.key, ask.draft.of<parts::PickPerson>().chosen}; }
void draw_walked_in(ui::Ui& ui, const WalkedInModel&, const Draft&) { ui.title(ui.say("attendance.roster.walk_in")); }
Next open_walked_in(Draft&, const WalkedInModel& m) {
  const auto id = village::ActivityId::parse(m.activity);
  if (!id || !m.person) return Next::back();
  return Next::run([id = *id, person = *m.person](store::Act& act) { return parts::as_outcome("attendance", mark(act, id, person, true)); });
}
Next done_walked_in(Draft&, const WalkedInModel&, const std::any&) {
  Next n = Next::back();
  n.sound = "done";
  return n;
}

// --- attendance/absent: why each of those is not here; then close

void draw_absent(ui::Ui& ui, const RosterModel& m, const Draft& draft) {
  if (!m.activity) return;
  std::vector<ui::Row> rows;
  for (const auto& line : m.roll.lines) {
    if (line.here) continue;
    ui::Row row;
    row.picture = parts::picture_of(line.face);
    row.line = line.face.name;
    if (const auto phone = m.phones.find(line.face.id); phone != m.phones.end()) row.sub = phone->second;
    if (line.absent) {
      row.status = ui.say("attendance.absence." + std::string(name(*line.absent)));
      row.status_tint = ui::Tint::hardship;
    }
    for (const auto reason : {Absence::leave, Absence::not_seen, Absence::phoned})
      row.actions.push_back({"absence:" + std::string(name(reason)) + "/" + line.face.id.text(), ui.say("attendance.absence." + std::string(name(reason))), line.absent == reason});
    rows.push_back(std::move(row));
  }
  ui.title(ui.words().text("attendance.roster.absent", {{"n", std::to_string(rows.size())}}));
  ui.speak("attendance.roster.absent", ui.words().text("attendance.roster.absent", {{"n", std::to_string(rows.size())}}));
  Rect area = ui.reach();
  ui::Card close;
  close.id = "close";
  close.label = ui.say("attendance.roster.close");
  close.picture = ui::drawn("tick");
  close.filled = true;
  close.tint = ui::Tint::staff;
  close.main = false;
  if (!m.roll.closed) ui.button(area.cut_bottom(22, 4), close);
  parts::row_page(ui, area, "attendance/absent", draft, rows, ui.say("attendance.roster.all_here"));
}
// Telephone numbers of families: who opened them is written down.
Next open_absent(Draft&, const RosterModel& m) {
  return m.activity ? parts::note_list("attendance.absent", base::iso(m.activity->day)) : Next::stay();
}
Next tap_absent(Draft& draft, const RosterModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/absent", tap)) return Next::stay();
  if (!m.activity) return Next::back();
  const auto id = m.activity->id;
  if (tap.id == "close") return Next::run([id](store::Act& act) { return parts::as_outcome("attendance", close_session(act, id)); });
  if (tap.verb() == "absence") {
    const auto slash = tap.arg().find('/');
    if (slash == std::string_view::npos) return Next::stay();
    const auto person = village::PersonId::parse(tap.arg().substr(slash + 1));
    if (!person) return Next::stay();
    for (const auto reason : {Absence::leave, Absence::not_seen, Absence::phoned})
      if (name(reason) == tap.arg().substr(0, slash))
        return Next::run([id, person = *person, reason](store::Act& act) { return parts::as_outcome("attendance", note_absence(act, id, person, reason)); });
  }
  return Next::stay();
}
Next done_absent(Draft& draft, const RosterModel& m, const std::any& receipt) {
  (void)draft;
  const auto& r = std::any_cast<const Receipt&>(receipt);
  if (r.person.none() && m.activity) {
    Next n = Next::replace("attendance/closed", m.activity->id.text());
    n.sound = "done";
    return n;
  }
  return Next::stay();
}

// --- attendance/closed: what was recorded, with the volunteer's own hours

struct ClosedModel { std::optional<village::Activity> activity; int here = 0, of = 0; std::string hours; };
ClosedModel load_closed(const parts::Ask& ask) {
  ClosedModel m;
  const auto id = village::ActivityId::parse(ask.key);
  if (!id) return m;
  m.activity = village::activity(ask.reader, *id);
  const auto r = roll(ask.reader, *id);
  m.here = r.here();
  m.of = static_cast<int>(r.lines.size());
  const auto date = base::date_of(ask.reader.today());
  if (ask.session().staff)
    if (const auto given = hours_given(ask.reader, *ask.session().staff, date.year() / date.month()))
      m.hours = std::to_string(given->count() / 60) + ":" + (given->count() % 60 < 10 ? "0" : "") + std::to_string(given->count() % 60);
  return m;
}
void draw_closed(ui::Ui& ui, const ClosedModel& m, const Draft& draft) {
  if (!m.activity) return;
  ui.title(ui.say("attendance.roster.closed_title"));
  ui.speak("attendance.roster.closed_title", ui.say("attendance.roster.closed_title"));
  parts::Receipt r;
  r.picture = ui::emoji(m.activity->picture);
  r.headline = m.activity->name;
  r.line = ui.words().text("attendance.roster.count", {{"here", std::to_string(m.here)}, {"all", std::to_string(m.of)}});
  if (!m.hours.empty()) r.small = ui.words().text("attendance.roster.hours", {{"hours", m.hours}});
  parts::receipt(ui, draft, r);
}
Next tap_closed(Draft&, const ClosedModel&, const Tap& tap) { return tap.id == "done" ? Next::replace("desk/today") : Next::stay(); }

// --- lists behind today's numbers

struct ListModel { std::string which; std::vector<ui::Row> rows; };

ListModel load_here(const parts::Ask& ask) {
  ListModel m;
  m.which = "here";
  for (const auto& s : here_now(ask.reader)) {
    const auto f = village::face(ask.reader, s.person);
    if (!f) continue;
    ui::Row row;
    row.id = "stay:" + s.id.text();
    row.picture = parts::picture_of(*f);
    row.line = f->name;
    const auto activity = s.activity ? village::activity(ask.reader, *s.activity) : std::nullopt;
    row.sub = (activity ? activity->name : ask.words.text("catalogue.offer." + s.offer + ".label")) + " · " + time_of(ask, s.came);
    row.status = s.meal;
    m.rows.push_back(std::move(row));
  }
  return m;
}
ListModel load_missing(const parts::Ask& ask) {
  ListModel m;
  m.which = "missing";
  for (const auto& person : regulars_missing(ask.reader)) {
    const auto p = village::person(ask.reader, person);
    const auto f = village::face(ask.reader, person);
    if (!p || !f) continue;
    ui::Row row;
    row.id = "person:" + person.text();
    row.picture = parts::picture_of(*f);
    row.line = f->name;
    row.sub = asked_after_at(ask, person, true);
    if (p->lives_alone) {
      row.status = ask.words.text("attendance.missing.alone");
      row.status_tint = ui::Tint::elder;
    }
    m.rows.push_back(std::move(row));
  }
  return m;
}
ListModel load_still_in(const parts::Ask& ask) {
  ListModel m;
  m.which = "still_in";
  for (const auto& r : refused_fetches(ask.reader)) {
    const auto f = village::face(ask.reader, r.child);
    if (!f) continue;
    ui::Row row;
    row.picture = parts::picture_of(*f);
    row.line = f->name;
    row.sub = ask.words.text("attendance.alarm.refused_row", {{"time", time_of(ask, r.at)}});
    row.overdue = true;
    row.overdue_word = ask.words.text("attendance.alarm.refused_word");
    row.actions = {{"saw:" + r.id.text(), ask.words.text("attendance.alarm.saw"), true}};
    m.rows.push_back(std::move(row));
  }
  for (const auto& s : late_pickups(ask.reader)) {
    const auto f = village::face(ask.reader, s.person);
    if (!f) continue;
    ui::Row row;
    row.picture = parts::picture_of(*f);
    row.line = f->name;
    row.sub = ask.words.text("attendance.alarm.since", {{"time", time_of(ask, s.came)}});
    row.overdue = true;
    row.overdue_word = ask.words.text("attendance.alarm.late_word");
    row.actions = {{"fetch:" + s.person.text(), ask.words.text("attendance.child.fetch"), true}, {"person:" + s.person.text(), ask.words.text("attendance.alarm.who"), false}};
    m.rows.push_back(std::move(row));
  }
  return m;
}
void draw_list(ui::Ui& ui, const ListModel& m, const Draft& draft) {
  const auto key = "attendance.list." + m.which;
  ui.title(ui.say(key), {}, std::to_string(m.rows.size()));
  ui.speak(key, ui.say(key));
  parts::row_page(ui, ui.reach(), "attendance/" + m.which, draft, m.rows, ui.say("attendance.list.nobody"));
}
Next tap_list(Draft& draft, const ListModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/" + m.which, tap)) return Next::stay();
  if (tap.verb() == "person") return Next::push("desk/person", std::string(tap.arg()));
  if (tap.verb() == "stay") return Next::push("attendance/stay", std::string(tap.arg()));
  if (tap.verb() == "fetch") return Next::push("attendance/fetch", std::string(tap.arg()));
  if (tap.verb() == "saw")
    if (const auto id = base::Uuid::parse(tap.arg())) return Next::run([id = *id](store::Act& act) { return parts::as_outcome("attendance", saw_refused_fetch(act, id)); });
  return Next::stay();
}
Next done_list(Draft&, const ListModel&, const std::any&) { return Next::stay(); }

// --- attendance/stay: one stay; a clerk corrects its times by quarter hours, the first facts stay

struct StayModel { std::optional<Stay> stay; std::optional<village::FaceOf> face; base::Place place; bool may_correct = false; };
struct Correction { std::string of; int came = 0, went = -1; };

StayModel load_stay(const parts::Ask& ask) {
  StayModel m;
  if (const auto id = StayId::parse(ask.key)) m.stay = stay(ask.reader, *id);
  if (m.stay) m.face = village::face(ask.reader, m.stay->person);
  m.place = ask.reader.place();
  m.may_correct = ask.reader.may(right::correct);
  return m;
}
Correction current(const StayModel& m, const Draft& draft) {
  const auto& c = draft.of<Correction>();
  if (c.of == m.stay->id.text()) return c;
  return {m.stay->id.text(), static_cast<int>(base::minutes_of_day(m.stay->came, m.place).count()),
          m.stay->went ? static_cast<int>(base::minutes_of_day(*m.stay->went, m.place).count()) : -1};
}
void draw_stay(ui::Ui& ui, const StayModel& m, const Draft& draft) {
  if (!m.stay || !m.face) return;
  ui.title(m.face->name, {}, ui.say("catalogue.offer." + m.stay->offer + ".label"));
  ui.speak("attendance.stay.title", ui.say("attendance.stay.title"));
  Rect area = ui.reach();
  const auto c = current(m, draft);
  Rect buttons = area.cut_bottom(22, 4);
  if (!ui.portrait()) {
    Rect left = area.cut_left(std::min(area.h, area.w * 0.28f), ui.gap());
    const float side = std::min(left.w, left.h);
    ui.photo(left.centred(side, side), parts::picture_of(*m.face));
  }
  ui.stepper(area.cut_top(24, 4), "came", ui.say("attendance.stay.came"), base::hour_minute(base::Minutes{c.came}));
  ui.stepper(area.cut_top(24, 4), "went", ui.say("attendance.stay.went"), c.went < 0 ? ui.say("attendance.stay.still_in") : base::hour_minute(base::Minutes{c.went}));
  if (!m.stay->closed_by.empty()) ui.text(area, ui.say("attendance.stay.closed_by_" + m.stay->closed_by), {.type = ui::Type::staff, .second = true});
  if (m.may_correct) {
    ui::Card save;
    save.id = "yes";
    save.label = ui.say("attendance.stay.correct");
    save.picture = ui::drawn("tick");
    save.filled = true;
    save.tint = ui::Tint::staff;
    save.main = false;
    ui.button(buttons, save);
  } else {
    ui.text(buttons, ui.say("attendance.stay.clerk_only"), {.type = ui::Type::staff, .second = true, .centre_v = true});
  }
}
Next tap_stay(Draft& draft, const StayModel& m, const Tap& tap) {
  if (!m.stay) return Next::back();
  auto c = current(m, draft);
  if (tap.id == "came:less") c.came = std::max(0, c.came - 15);
  if (tap.id == "came:more") c.came = std::min(24 * 60 - 15, c.came + 15);
  if (tap.id == "went:less") c.went = c.went < 0 ? c.came + 15 : std::max(c.came, c.went - 15);
  if (tap.id == "went:more") c.went = c.went < 0 ? c.came + 15 : std::min(24 * 60 - 1, c.went + 15);
  draft.of<Correction>() = c;
  if (tap.id == "yes") {
    const auto came = base::instant_at(m.stay->day, base::Minutes{c.came}, m.place);
    std::optional<base::Instant> went;
    if (c.went >= 0) went = base::instant_at(m.stay->day, base::Minutes{c.went}, m.place);
    return Next::run([id = m.stay->id, came, went](store::Act& act) { return parts::as_outcome("attendance", correct(act, id, came, went)); });
  }
  return Next::stay();
}
Next done_stay(Draft& draft, const StayModel&, const std::any&) {
  draft.of<Correction>() = {};
  Next n = Next::back();
  n.sound = "done";
  return n;
}

}  // namespace

std::vector<parts::Screen> roster_screens() {
  using parts::for_role;
  using store::Role;
  return {
      for_role(parts::screen<SessionsModel>("attendance/sessions", {.load = load_sessions, .draw = draw_sessions, .on_tap = tap_sessions_remembering, .on_done = done_sessions}), Role::volunteer),
      for_role(parts::screen<RosterModel>("attendance/roster", {.load = load_roster, .draw = draw_roster, .on_tap = tap_roster, .on_done = done_roster, .on_open = open_roster}), Role::volunteer),
      for_role(parts::screen<WalkedInModel>("attendance/walked_in", {.load = load_walked_in, .draw = draw_walked_in, .on_done = done_walked_in, .on_open = open_walked_in}), Role::volunteer),
      for_role(parts::screen<RosterModel>("attendance/absent", {.load = load_absent, .draw = draw_absent, .on_tap = tap_absent, .on_done = done_absent, .on_open = open_absent}), Role::volunteer),
      for_role(parts::screen<ClosedModel>("attendance/closed", {.load = load_closed, .draw = draw_closed, .on_tap = tap_closed}), Role::volunteer),
      for_role(parts::screen<ListModel>("attendance/here", {.load = load_here, .draw = draw_list, .on_tap = tap_list, .on_done = done_list}), Role::volunteer),
      for_role(parts::screen<ListModel>("attendance/missing", {.load = load_missing, .draw = draw_list, .on_tap = tap_list, .on_done = done_list}), Role::volunteer),
      for_role(parts::screen<ListModel>("attendance/still_in", {.load = load_still_in, .draw = draw_list, .on_tap = tap_list, .on_done = done_list}), Role::volunteer),
      for_role(parts::screen<StayModel>("attendance/stay", {.load = load_stay, .draw = draw_stay, .on_tap = tap_stay, .on_done = done_stay}), Role::volunteer),
  };
}

}  // namespace attendance
