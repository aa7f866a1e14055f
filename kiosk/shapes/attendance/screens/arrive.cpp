#include "shapes/attendance/screens/arrive.h"

#include "parts/identify.h"
#include "parts/patterns.h"
#include "village/clock.h"

#include <cstdlib>

namespace attendance {
namespace {

using parts::Draft;
using parts::Next;
using parts::Tap;
using ui::Rect;

// --- attendance/check_in: knows the person first, then goes to arrive

struct StartModel {};
Next open_start(Draft& draft, const StartModel&) {
  auto next = parts::identify(draft, store::Known::face, "attendance/arrive");
  next.kind = Next::Kind::replace;
  return next;
}
void draw_start(ui::Ui&, const StartModel&, const Draft&) {}

// --- attendance/arrive

ArriveModel load_arrive(const parts::Ask& ask) {
  ArriveModel m;
  m.by_card = ask.key == "card" || ask.session().viewer.known == store::Known::card;
  const auto who = ask.session().who;
  if (!who) return m;
  m.face = village::face(ask.reader, *who);
  for (const auto* offer : open_offers(ask.reader, *who)) {
    ui::Card c;
    c.id = "offer:" + offer->code;
    c.label = ask.words.text(offer->label_key(true));
    c.voice = offer->label_key(true);
    c.picture = ui::emoji(offer->shown_picture(true));
    m.offers.push_back(std::move(c));
    m.codes.push_back(offer->code);
  }
  m.here = any_open_stay(ask.reader, *who);
  if (m.here) {
    m.minutes_here = static_cast<int>(std::chrono::floor<base::Minutes>(ask.reader.now() - m.here->came).count());
    if (!village::clock_unsure(ask.reader)) m.since = parts::time_word(ask.words, base::minutes_of_day(m.here->came, ask.reader.place()));
    const auto* o = offered(m.here->offer);
    m.is_child = o != nullptr && o->handover;
  }
  m.again_min = static_cast<int>(ask.reader.setting("attendance.again_min", std::int64_t{30}));
  return m;
}

Next come(const ArriveModel& m, const std::string& code) {
  return Next::run([person = m.face->id, code](store::Act& act) { return parts::as_outcome("attendance", check_in(act, {person, code, {}})); });
}
Next leave(const ArriveModel& m) {
  return Next::run([person = m.face->id, code = m.here->offer](store::Act& act) { return parts::as_outcome("attendance", check_out(act, person, code)); });
}

Next open_arrive(Draft&, const ArriveModel& m) {
  if (!m.face) return Next::home();
  if (m.here) {
    // Within half an hour it was noted already; later a card means leaving, a face is asked.
    if (m.by_card && !m.just_came() && !m.is_child) return leave(m);
    return Next::stay();
  }
  if (m.codes.size() == 1) return come(m, m.codes.front());
  return Next::stay();
}

void draw_arrive(ui::Ui& ui, const ArriveModel& m, const Draft& draft) {
  if (!m.face) return;
  if (m.here) {
    const bool just = m.just_came();
    const auto key = just ? "attendance.arrive.already_title" : "attendance.arrive.leaving_title";
    ui.title(ui.say(key));
    const auto* say_key = !just ? "attendance.arrive.leaving_say" : m.since.empty() ? "attendance.arrive.already_say_untimed" : "attendance.arrive.already_say";
    ui.speak(say_key, ui.words().text(say_key, {{"name", m.face->called}, {"time", m.since}}));
    parts::Confirm c;
    c.picture = parts::picture_of(*m.face);
    c.headline = ui.words().text(m.since.empty() ? "attendance.arrive.here" : "attendance.arrive.here_since", {{"name", m.face->called}, {"time", m.since}});
    c.tint = parts::tint_of(m.face->tint);
    c.yes_label = ui.say(m.is_child ? "attendance.arrive.fetch" : "attendance.arrive.go");
    c.no_label = ui.say("attendance.arrive.still_here");
    // Whoever holds the card again to be sure must not leave by the big green one.
    if (just && !m.is_child) {
      c.yes_label = ui.say("parts.receipt.done");
      c.no_label = ui.say("attendance.arrive.go");
    }
    parts::confirm(ui, c);
    return;
  }
  ui.title(ui.say("attendance.arrive.which_title"));
  if (m.offers.empty()) {
    ui.speak("attendance.arrive.nothing", ui.words().text("attendance.arrive.nothing", {{"name", m.face->called}}));
    Rect area = ui.body();
    ui::Card on;
    on.id = "whats_on";
    on.label = ui.say("attendance.arrive.whats_on");
    on.picture = ui::drawn("calendar");
    ui.button(area.cut_bottom(34, ui.gap()), on);
    ui.text(area, ui.words().text("attendance.arrive.nothing", {{"name", m.face->called}}), {.align = ui::Align::centre, .centre_v = true});
    return;
  }
  ui.speak("attendance.arrive.which_say", ui.say("attendance.arrive.which_say"));
  parts::card_page(ui, ui.reach(), "attendance/arrive", draft, m.offers);
}

Next tap_arrive(Draft& draft, const ArriveModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/arrive", tap)) return Next::stay();
  if (tap.verb() == "offer") return come(m, std::string(tap.arg()));
  if (tap.id == "whats_on") return Next::replace("desk/calendar");
  const bool stays_first = m.just_came() && !m.is_child;
  if (tap.id == (stays_first ? "yes" : "no")) return Next::home();
  if (tap.id == (stays_first ? "no" : "yes") && m.here) return m.is_child ? Next::replace("attendance/fetch", m.face->id.text()) : leave(m);
  return Next::stay();
}

Next done_arrive(Draft& draft, const ArriveModel&, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  draft.of<LastReceipt>() = {r, false};
  Next n = Next::replace(r.left ? "attendance/left" : "attendance/welcome", r.stay.text());
  n.sound = "done";
  return n;
}

Next refused_arrive(Draft& draft, const ArriveModel& m, const parts::Refused& refused) {
  (void)draft;
  (void)m;
  return Next::replace("attendance/refused", refused.name);
}

// --- attendance/refused: full, closed, not for here: why, and what else there is

struct RefusedModel { std::string name; int taken = 0; std::optional<int> seats; };

RefusedModel load_refused(const parts::Ask& ask) {
  RefusedModel m;
  m.name = ask.key;
  const auto s = seats(ask.reader, ask.session().site);
  m.taken = s.taken;
  m.seats = s.of;
  return m;
}

void draw_refused(ui::Ui& ui, const RefusedModel& m, const Draft& draft) {
  const auto key = "attendance.refused." + m.name;
  const auto& session = draft.of<parts::Session>();
  const auto sentence = ui.words().text(key, {{"name", session.duty_name}});
  ui.title(ui.say("attendance.door.title"));
  ui.speak(key, sentence);
  Rect area = ui.reach();
  Rect ways = area.cut_bottom(ui.compact() ? 34.0f : 44.0f, ui.gap());
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 170.0f));
  ui.panel(area, ui::Tint::urgent);
  // Large, beside a picture of waiting: it is read from a chair.
  Rect inside = area.inset(ui.margin());
  const float side = std::min({inside.h, inside.w * 0.26f, 80.0f});
  ui.picture((ui.portrait() ? inside.cut_top(side, ui.gap()) : inside.cut_left(side, ui.gap() * 2)).centred(side, side), ui::emoji("🪑"));
  const auto type = ui.text_height(sentence, inside.w, ui::Type::title, ui::Weight::bold) <= inside.h ? ui::Type::title : ui::Type::label;
  ui.text(inside, sentence, {.type = type, .weight = ui::Weight::bold, .align = ui.portrait() ? ui::Align::centre : ui::Align::left, .centre_v = !ui.portrait(), .tint = ui::Tint::urgent});
  std::vector<ui::Card> cards(2);
  cards[0].id = "whats_on";
  cards[0].label = ui.say("attendance.arrive.whats_on");
  cards[0].picture = ui::drawn("calendar");
  cards[1].id = "help";
  cards[1].label = ui.say("attendance.door.help");
  cards[1].picture = ui::emoji("🙋");
  const auto cells = ui::grid(ways, 2, 1, ui.gap());
  for (std::size_t i = 0; i < 2; ++i) ui.button(cells[i], cards[i]);
}

Next tap_refused(Draft&, const RefusedModel&, const Tap& tap) {
  if (tap.id == "whats_on") return Next::replace("desk/calendar");
  if (tap.id == "help") return Next::replace("request/ask");
  return Next::stay();
}

// --- attendance/welcome and attendance/left: the receipt

std::function<std::optional<Reminder>(const store::Reader&)>& reminder() {
  static std::function<std::optional<Reminder>(const store::Reader&)> ask;
  return ask;
}

WelcomeModel load_welcome(const parts::Ask& ask) {
  WelcomeModel m;
  const auto id = StayId::parse(ask.key);
  if (id) m.stay = stay(ask.reader, *id);
  if (!m.stay) return m;
  m.face = village::face(ask.reader, m.stay->person);
  const auto at = m.stay->went ? *m.stay->went : m.stay->came;
  if (!village::clock_unsure(ask.reader)) m.time = parts::time_word(ask.words, base::minutes_of_day(at, ask.reader.place()));
  m.offer_label = ask.words.text("catalogue.offer." + m.stay->offer + ".label");
  const auto* o = offered(m.stay->offer);
  if (o != nullptr && o->meal && !m.stay->went) {
    m.meal = m.stay->meal;
    base::Minutes until{0};
    const bool in_time = base::parse_hour_minute(ask.reader.setting("attendance.meal_until", std::string_view{"12:30"}), until) &&
                         base::minutes_of_day(ask.reader.now(), ask.reader.place()) < until;
    if (m.meal.empty() && in_time) m.dishes = dishes(ask.reader, ask.reader.today());
  }
  if (!m.stay->went && reminder() && !came_before(ask.reader, *m.stay)) m.reminder = reminder()(ask.reader);
  if (m.stay->went) m.was_here = std::chrono::floor<base::Minutes>(*m.stay->went - m.stay->came);
  return m;
}

void dishes_row(ui::Ui& ui, Rect area, const WelcomeModel& m) {
  const int shown = static_cast<int>(std::min<std::size_t>(m.dishes.size(), 4));
  const auto cells = ui::grid(area, shown, 1, ui.gap());
  for (int i = 0; i < shown; ++i) {
    ui::Card c;
    c.id = "dish:" + std::to_string(i);
    c.label = m.dishes[static_cast<std::size_t>(i)];
    c.picture = ui::emoji(i % 2 == 0 ? "🍜" : "🍚");
    c.tint = ui::Tint::elder;
    ui.card(cells[static_cast<std::size_t>(i)], c);
  }
}

void undo_or_done(ui::Ui& ui, Rect buttons, const std::string& undo_label) {
  ui::Card undo, done;
  undo.id = "undo";
  undo.label = undo_label;
  undo.picture = ui::drawn("undo");
  done.id = "done";
  done.label = ui.say("parts.receipt.done");
  done.picture = ui::drawn("tick");
  done.filled = true;
  done.tint = ui::Tint::hardship;
  undo.main = done.main = false;
  ui.button(buttons.cut_left((buttons.w - ui.gap()) * 0.48f, ui.gap()), undo);
  ui.button(buttons, done);
}

void draw_welcome(ui::Ui& ui, const WelcomeModel& m, const Draft& draft) {
  if (!m.face || !m.stay) return;
  const bool left = m.stay->went.has_value();
  // A time that is not sure is neither shown nor said.
  const auto say_key = std::string(left ? "attendance.left.say" : "attendance.welcome.say") + (m.time.empty() ? "_untimed" : "");
  auto sentence = ui.words().text(say_key, {{"name", m.face->called}, {"time", m.time}});
  if (m.reminder) sentence += " " + ui.words().text("attendance.welcome.reminder", {{"what", m.reminder->title}});
  ui.speak(say_key, sentence);
  parts::Receipt r;
  r.picture = parts::picture_of(*m.face);
  r.headline = ui.words().text(left ? "attendance.left.headline" : "attendance.welcome.headline", {{"name", m.face->called}});
  r.line = m.time;
  if (!left && !m.meal.empty()) r.small = ui.words().text("attendance.welcome.meal", {{"dish", m.meal}});
  else r.small = m.offer_label;
  if (m.reminder) r.small = ui.words().text("attendance.welcome.reminder", {{"what", m.reminder->title}});
  r.undo_label = ui.say("parts.receipt.undo");
  const auto title = ui.say(left ? "attendance.left.title" : "attendance.welcome.title");
  if (left || m.dishes.size() < 2) {
    ui.title(title);
    parts::receipt(ui, draft, r);
    return;
  }
  // A meal may be chosen on the receipt itself: nobody is kept from leaving it at that.
  Rect area = ui.reach();
  const float button = ui.compact() ? 26.0f : 32.0f;
  Rect buttons = area.cut_bottom(button, ui.gap());
  const float dish_h = std::clamp(area.h * 0.44f, 30.0f, 46.0f);
  if (area.h - dish_h - ui.gap() < 24) {
    // A low glass: the title line says who and when, the dishes take the rest.
    ui.title(r.headline, ui::drawn("tick"), r.line);
    dishes_row(ui, area, m);
    undo_or_done(ui, buttons, r.undo_label);
    return;
  }
  ui.title(title);
  Rect meals = area.cut_bottom(dish_h, ui.gap());
  ui.panel(area, ui::Tint::hardship);
  Rect inside = area.inset(4);
  const float side = std::min(inside.h, inside.w * 0.3f);
  Rect photo = inside.cut_left(side, ui.gap()).centred(side, side);
  ui.photo(photo, r.picture, ui::Tint::hardship);
  const float disc = std::clamp(side * 0.4f, 10.0f, 22.0f);
  ui.tick({photo.right() - disc * 0.7f, photo.y - disc * 0.1f, disc, disc});
  const auto second = (r.line.empty() ? "" : r.line + " · ") + ui.say("attendance.welcome.which_meal");
  const bool roomy = ui.line(ui::Type::label) <= inside.h * 0.4f && ui.text_width(second, ui::Type::label) + 1 <= inside.w;
  const auto small = roomy ? ui::Type::label : ui::Type::sentence;
  const float h2 = ui.line(small);
  const auto head = parts::largest_line(ui, r.headline, inside.w, inside.h - h2);
  const float h1 = ui.text_height(r.headline, inside.w, head, ui::Weight::bold);
  Rect lines = inside.centred(inside.w, std::min(inside.h, h1 + h2));
  ui.text(lines.cut_top(h1), r.headline, {.type = head, .weight = ui::Weight::bold, .tint = ui::Tint::hardship});
  ui.text(lines, second, {.type = small, .second = true, .tint = ui::Tint::hardship});
  dishes_row(ui, meals, m);
  undo_or_done(ui, buttons, r.undo_label);
}

Next tap_welcome(Draft& draft, const WelcomeModel& m, const Tap& tap) {
  if (tap.id == "done") return Next::home();
  if (tap.id == "undo") {
    const auto& last = draft.of<LastReceipt>().receipt;
    if (!last) return Next::home();
    return Next::run([what = *last](store::Act& act) { return parts::as_outcome("attendance", undo(act, what)); });
  }
  if (tap.verb() == "dish" && m.stay) {
    const auto index = static_cast<std::size_t>(std::atoi(std::string(tap.arg()).c_str()));
    if (index >= m.dishes.size()) return Next::stay();
    draft.of<LastReceipt>().choosing = true;
    return Next::run([id = m.stay->id, dish = m.dishes[index]](store::Act& act) { return parts::as_outcome("attendance", choose_meal(act, id, dish)); });
  }
  return Next::stay();
}

Next done_welcome(Draft& draft, const WelcomeModel& m, const std::any& receipt) {
  (void)m;
  const auto& r = std::any_cast<const Receipt&>(receipt);
  auto& last = draft.of<LastReceipt>();
  if (last.choosing) {
    last.choosing = false;
    Next n = Next::replace("attendance/welcome", r.stay.text());
    n.sound = "done";
    return n;
  }
  return Next::replace("attendance/undone", r.person.text());
}

// --- attendance/undone

struct UndoneModel { std::optional<village::FaceOf> face; };
UndoneModel load_undone(const parts::Ask& ask) {
  UndoneModel m;
  if (const auto id = village::PersonId::parse(ask.key)) m.face = village::face(ask.reader, *id);
  return m;
}
void draw_undone(ui::Ui& ui, const UndoneModel& m, const Draft& draft) {
  ui.title(ui.say("attendance.undone.title"));
  ui.speak("attendance.undone.say", ui.say("attendance.undone.say"));
  parts::Receipt r;
  if (m.face) r.picture = parts::picture_of(*m.face);
  r.headline = ui.say("attendance.undone.say");
  r.small = ui.say("attendance.undone.next");
  r.ticked = false;
  r.tint = ui::Tint::neutral;
  parts::receipt(ui, draft, r);
}
Next tap_undone(Draft&, const UndoneModel&, const Tap& tap) { return tap.id == "done" ? Next::home() : Next::stay(); }

}  // namespace

void set_reminder(std::function<std::optional<Reminder>(const store::Reader&)> ask) { reminder() = std::move(ask); }

parts::Screen start_screen() { return parts::screen<StartModel>("attendance/check_in", {.draw = draw_start, .on_open = open_start}); }
parts::Screen arrive_screen() {
  return parts::screen<ArriveModel>("attendance/arrive", {.load = load_arrive, .draw = draw_arrive, .on_tap = tap_arrive, .on_done = done_arrive,
                                                          .on_refused = refused_arrive, .on_open = open_arrive});
}
parts::Screen refused_screen() { return parts::screen<RefusedModel>("attendance/refused", {.load = load_refused, .draw = draw_refused, .on_tap = tap_refused}); }
parts::Screen welcome_screen() {
  return parts::leaving_after(parts::screen<WelcomeModel>("attendance/welcome", {.load = load_welcome, .draw = draw_welcome, .on_tap = tap_welcome, .on_done = done_welcome}), 20);
}
parts::Screen leave_screen() {
  return parts::leaving_after(parts::screen<WelcomeModel>("attendance/left", {.load = load_welcome, .draw = draw_welcome, .on_tap = tap_welcome, .on_done = done_welcome}), 20);
}
parts::Screen undone_screen() {
  return parts::leaving_after(parts::screen<UndoneModel>("attendance/undone", {.load = load_undone, .draw = draw_undone, .on_tap = tap_undone}), 20);
}

}  // namespace attendance
