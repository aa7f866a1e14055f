// An activity of the calendar with places: what, when, how many are left, and a place in it.
#include "shapes/booking/screens/screens.h"
#include "village/clock.h"

namespace booking {

SignUpModel load_sign_up(const parts::Ask& ask) {
  SignUpModel m;
  const auto id = village::ActivityId::parse(ask.key);
  const auto a = id ? village::activity(ask.reader, *id) : std::nullopt;
  m.stand = SignUpModel::Stand::gone;
  if (!a) return m;
  const auto today = village::today_said(ask.reader);
  const auto village = village::village_of(ask.reader, a->site);
  m.activity = a->id;
  m.name = a->name;
  m.picture = ui::emoji(a->picture.empty() ? "🎉" : a->picture);
  m.tint = tint_of(a->offer);
  m.leaf = parts::leaf_of(ask.words, a->day, village ? village->market : "");
  m.day = parts::day_said(ask.words, a->day, today);
  m.time = parts::time_word(ask.words, a->start);
  m.when = when_of(ask.words, a->day, a->start, today);
  m.place = room_of(ask, a->site, a->place);
  m.needed = rules_of(*a).known;
  const auto places = places_of(ask.reader, a->id);
  m.places = places.of.value_or(0);
  m.left = std::max(0, m.places - places.taken);
  using enum SignUpModel::Stand;
  m.stand = a->cancelled ? cancelled : !places.of ? just_come : places.full() ? full : open;
  if (base::instant_at(a->day, a->start, ask.reader.place()) <= ask.reader.now() && m.stand != cancelled) m.stand = gone;
  if (const auto& person = ask.session().who)
    if (const auto own = sign_up_of(ask.reader, *person, a->id); own && own->ahead()) {
      m.booking = own->id;
      m.stand = own->state == State::waiting ? waiting : in;
    }
  return m;
}

void draw_sign_up(ui::Ui& ui, const SignUpModel& m, const parts::Draft&) {
  using enum SignUpModel::Stand;
  ui.title(ui.say("booking.sign_up.title"), m.picture);
  ui::Rect area = ui.reach();
  if (!m.activity || m.stand == gone) {
    ui.speak("booking.refused.slot_past", ui.say("booking.refused.slot_past"));
    ui.text(area, ui.say("booking.refused.slot_past"), {.align = ui::Align::centre, .centre_v = true});
    return;
  }
  const auto say = [&](std::string_view key) { ui.speak(key, ui.words().text(key, {{"name", m.name}, {"day", m.day}, {"time", m.time}})); };
  std::string state;
  ui::Card close = yes_card(ui.say("booking.sign_up.close")), leave = no_card(ui.say("booking.sign_up.leave"));
  close.id = "done";
  leave.id = "cancel";
  switch (m.stand) {
    case open:
      say("booking.sign_up.say");
      state = ui.words().text(m.left == 1 ? "booking.sign_up.places_one" : "booking.sign_up.places", {{"left", std::to_string(m.left)}, {"count", std::to_string(m.places)}});
      area = beside(ui, area, {yes_card(ui.say("booking.sign_up.yes")), no_card(ui.say("booking.sign_up.no"))});
      break;
    case full:
      say("booking.sign_up.say_full");
      state = ui.say("booking.sign_up.full");
      area = beside(ui, area, {yes_card(ui.say("booking.sign_up.wait")), no_card(ui.say("booking.sign_up.no"))});
      break;
    case in:
    case waiting:
      say(m.stand == in ? "booking.sign_up.say_in" : "booking.entry.say_waiting");
      state = ui.say(m.stand == in ? "booking.sign_up.in" : "booking.sign_up.waiting");
      area = beside(ui, area, {close, leave});
      break;
    case cancelled:
      say("booking.sign_up.say_cancelled");
      state = ui.say("booking.sign_up.cancelled");
      area = beside(ui, area, {close});
      break;
    default:
      say("booking.sign_up.say_just_come");
      state = ui.say("booking.sign_up.just_come");
      area = beside(ui, area, {close});
  }
  std::vector<std::string> lines{m.when, m.place};
  // The calendar's leaf where there is room for both; the picture says what, the words say when.
  // Dots in one even row, as one counts on the fingers; more places than that the words say.
  if (m.stand == open && m.places <= 10 && !ui.compact()) ui.dots(area.cut_bottom(14, ui.gap()), m.left, m.places);
  lines.push_back(state);
  telling(ui, area, m.picture, ui.portrait() ? std::nullopt : std::optional(m.leaf), m.tint, m.name, lines);
}

namespace {
parts::Next take_part(village::PersonId person, village::ActivityId activity, bool full) {
  return parts::Next::run([person, activity, full](store::Act& act) {
    auto done = full ? wait_for_activity(act, person, activity) : sign_up(act, person, activity);
    // A place was given back, or taken, while she was being asked who she is.
    if (!done && done.error() == Refusal::no_waiting) done = sign_up(act, person, activity);
    return parts::as_outcome("booking", done);
  });
}
}  // namespace

parts::Next open_sign_up(parts::Draft& draft, const SignUpModel& m) {
  auto& choice = draft.of<Choice>();
  const auto now = choice.at_once;
  choice = {};
  const auto& session = draft.of<parts::Session>();
  if (now && m.activity == now && session.who && (m.stand == SignUpModel::Stand::open || m.stand == SignUpModel::Stand::full))
    return take_part(*session.who, *now, m.stand == SignUpModel::Stand::full);
  return parts::Next::stay();
}

parts::Next tap_sign_up(parts::Draft& draft, const SignUpModel& m, const parts::Tap& tap) {
  if (tap.id == "no" || tap.id == "done") return parts::Next::back();
  auto& choice = draft.of<Choice>();
  if (tap.id == "cancel" && m.booking) {
    choice.doing = "cancelled";
    return parts::Next::run([id = *m.booking](store::Act& act) { return parts::as_outcome("booking", cancel(act, id)); });
  }
  if (tap.id != "yes" || !m.activity) return parts::Next::stay();
  const auto& session = draft.of<parts::Session>();
  if (!session.who || session.viewer.known < m.needed) {
    choice.at_once = m.activity;
    auto next = parts::identify(draft, m.needed, "booking/sign_up", m.activity->text());
    next.kind = parts::Next::Kind::replace;
    return next;
  }
  return take_part(*session.who, *m.activity, m.stand == SignUpModel::Stand::full);
}

parts::Next done_sign_up(parts::Draft& draft, const SignUpModel&, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  auto& choice = draft.of<Choice>();
  if (r.state == State::cancelled) return parts::Next::replace("booking/cancelled", r.booking.text());
  choice.doing = "booked";
  auto next = parts::Next::replace(r.state == State::waiting ? "booking/waiting" : "booking/booked", r.booking.text());
  next.sound = "tick";
  return next;
}

}  // namespace booking
