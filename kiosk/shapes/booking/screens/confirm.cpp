// Consent, the card that shows what will happen, and the receipts.
#include "shapes/booking/screens/screens.h"
#include "village/clock.h"

namespace booking {

// --- consent

ConsentModel load_consent(const parts::Ask& ask) {
  ConsentModel m;
  const auto id = SlotId::parse(ask.key);
  const auto s = id ? slot(ask.reader, *id) : std::nullopt;
  const auto* o = s ? offered(s->offer) : nullptr;
  const auto* consent = o == nullptr ? nullptr : shapes::catalogue().consent(o->consent, o->consent_version);
  if (consent == nullptr) return m;
  m.offer = s->offer;
  m.slot = ask.key;
  m.text = ask.words.text(consent->text_key);
  m.version = ask.words.text("booking.consent.version", {{"version", std::to_string(o->consent_version)}});
  m.picture = picture_of(s->offer, !o->discreet);
  m.discreet = o->discreet;
  m.confirm_say_key = s->left() == 0 ? "booking.confirm.wait_say" : "booking.confirm.say";
  m.confirm_say = sentence(ask.words, m.confirm_say_key, s->day, s->start, village::today_said(ask.reader));
  return m;
}

void draw_consent(ui::Ui& ui, const ConsentModel& m, const parts::Draft&) {
  ui.title(ui.say("booking.consent.title"), m.picture, m.version);
  if (m.text.empty()) {
    ui.speak("booking.slot.none", ui.say("booking.slot.none"));
    nothing(ui, ui.reach(), ui.say("booking.slot.none"));
    return;
  }
  ui.speak("booking.consent.say", m.text + " " + ui.say("booking.consent.say"));
  ui::Rect area = beside(ui, ui.reach(), {yes_card(ui.say("booking.consent.yes")), no_card(ui.say("booking.consent.no"))});
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(ui.compact() ? 4.0f : ui.margin());
  // The largest in which all of it stands on the card: she reads it herself before she agrees.
  auto type = ui::Type::sentence;
  for (const auto larger : {ui::Type::label, ui::Type::title})
    if (ui.text_height(m.text, inside.w, larger) <= inside.h) type = larger;
  ui.text(inside.centred(inside.w, std::min(inside.h, ui.text_height(m.text, inside.w, type))), m.text, {.type = type});
}

parts::Next tap_consent(parts::Draft& draft, const ConsentModel& m, const parts::Tap& tap) {
  if (tap.id == "no" || m.offer.empty()) return tap.id == "no" ? parts::Next::back() : parts::Next::stay();
  if (tap.id != "yes") return parts::Next::stay();
  const bool aloud = !m.discreet || draft.of<parts::Session>().headset;
  return parts::Next::run([person = who(draft), offer = m.offer, aloud](store::Act& act) { return parts::as_outcome("booking", agree(act, person, offer, aloud)); });
}

parts::Next done_consent(parts::Draft&, const ConsentModel& m, const std::any&) {
  return parts::Next::replace("booking/confirm", m.slot).saying(m.confirm_say_key, m.confirm_say);
}

// --- confirm

ConfirmModel load_confirm(const parts::Ask& ask) {
  ConfirmModel m;
  const auto id = SlotId::parse(ask.key);
  const auto s = id ? slot(ask.reader, *id) : std::nullopt;
  const auto* o = s ? offered(s->offer) : nullptr;
  if (o == nullptr) return m;
  const auto& choice = ask.draft.of<Choice>();
  const auto today = village::today_said(ask.reader);
  const auto village = village::village_of(ask.reader, s->site);
  m.slot = s->id;
  m.full = s->left() == 0;
  m.moving = choice.moving.has_value();
  m.picture = picture_of(s->offer, true);
  m.tint = tint_of(s->offer);
  m.leaf = parts::leaf_of(ask.words, s->day, village ? village->market : "");
  m.when = when_of(ask.words, s->day, s->start, today);
  const auto* offer = shapes::catalogue().offer(s->offer);
  m.what = offer == nullptr ? std::string{} : ask.words.text(offer->label_key(true));
  if (const auto site = village::site(ask.reader, s->site)) m.lines.push_back(ask.words.text("booking.confirm.place", {{"place", site->name}}));
  if (const auto& bring = o->bring_at(s->start); !bring.empty()) m.lines.push_back(ask.words.text(bring));
  if (choice.transport && o->transport && !m.moving) m.lines.push_back(ask.words.text("booking.confirm.transport"));
  m.say_key = m.full ? "booking.confirm.wait_say" : m.moving ? "booking.confirm.move_say" : "booking.confirm.say";
  m.say_text = sentence(ask.words, m.say_key, s->day, s->start, today);
  return m;
}

void draw_confirm(ui::Ui& ui, const ConfirmModel& m, const parts::Draft&) {
  ui.title(ui.say(m.full ? "booking.confirm.wait_title" : m.moving ? "booking.confirm.move_title" : "booking.confirm.title"), m.picture, m.what);
  if (!m.slot) {
    ui.speak("booking.slot.none", ui.say("booking.slot.none"));
    nothing(ui, ui.reach(), ui.say("booking.slot.none"));
    return;
  }
  ui.speak(m.say_key, m.say_text);
  const ui::Rect area = beside(ui, ui.reach(), {yes_card(ui.say(m.full ? "booking.confirm.wait_yes" : "booking.confirm.yes")), no_card(ui.say("booking.confirm.no"))});
  telling(ui, area, m.picture, m.leaf, m.tint, m.when, m.lines);
}

parts::Next tap_confirm(parts::Draft& draft, const ConfirmModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return parts::Next::back();
  if (tap.id != "yes" || !m.slot) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  const Book in{who(draft), *m.slot, choice.transport};
  if (choice.moving) return parts::Next::run([id = *choice.moving, to = *m.slot](store::Act& act) { return parts::as_outcome("booking", move(act, id, to)); });
  if (m.full) return parts::Next::run([in](store::Act& act) { return parts::as_outcome("booking", join_waiting(act, in)); });
  return parts::Next::run([in](store::Act& act) { return parts::as_outcome("booking", book(act, in)); });
}

parts::Next done_confirm(parts::Draft& draft, const ConfirmModel& m, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  auto& choice = draft.of<Choice>();
  choice.doing = choice.moving ? "moved" : "booked";
  choice.moving.reset();
  choice.transport = false;
  auto next = parts::Next::replace(r.state == State::waiting ? "booking/waiting" : "booking/booked", r.booking.text());
  // Only a day and a time are heard; a wish is not promised.
  (void)m;
  next.sound = "tick";
  return next;
}

// --- receipts

BookedModel load_booked(const parts::Ask& ask) {
  BookedModel m;
  const auto id = BookingId::parse(ask.key);
  m.booking = id ? booking(ask.reader, *id) : std::nullopt;
  if (!m.booking) return m;
  const auto today = village::today_said(ask.reader);
  m.picture = picture_of(ask.reader, *m.booking);
  m.tint = tint_of(m.booking->offer);
  m.what = what_of(ask.words, *m.booking);
  m.day = parts::day_said(ask.words, m.booking->day, today);
  m.time = parts::time_word(ask.words, m.booking->start);
  m.when = when_of(ask.words, m.booking->day, m.booking->start, today);
  if (m.booking->activity) {
    m.where_whom = room_of(ask, m.booking->site, m.booking->place);
    if (ask.session().who == m.booking->person && !ask.session().who_called.empty()) m.where_whom += " · " + ask.session().who_called;
  }
  return m;
}

void draw_booked(ui::Ui& ui, const BookedModel& m, const parts::Draft& draft) {
  if (!m.booking) {
    ui.speak("booking.entry.gone", ui.say("booking.entry.gone"));
    nothing(ui, ui.reach(), ui.say("booking.entry.gone"));
    return;
  }
  const auto& b = *m.booking;
  const bool moved = draft.of<Choice>().doing == "moved";
  const auto said = [&](std::string_view key) { ui.speak(key, ui.words().text(key, {{"day", m.day}, {"time", m.time}})); };
  parts::Receipt r;
  r.picture = m.picture;
  r.tint = b.state == State::booked ? ui::Tint::hardship : ui::Tint::neutral;  // done is green; a promise not yet given is not
  r.line = m.when;
  if (b.state == State::waiting) {
    r.headline = ui.say("booking.waiting.title");
    r.small = ui.compact() ? "" : ui.say("booking.waiting.small");
    r.undo_label = ui.say("booking.waiting.undo");
    said("booking.waiting.say");
  } else if (b.state == State::wished) {
    r.headline = ui.say("booking.booked.wished");
    r.small = ui.compact() ? "" : ui.say("booking.booked.wished_small");
    r.undo_label = ui.say("booking.booked.undo");
    said("booking.booked.wished_say");
  } else if (b.activity) {
    r.headline = ui.say("booking.sign_up.done");
    r.line = m.what + "\n" + m.when;
    r.small = m.where_whom;
    r.undo_label = ui.say("booking.sign_up.undo");
    said("booking.sign_up.done_say");
  } else {
    r.headline = ui.say(moved ? "booking.booked.moved" : "booking.booked.title");
    r.undo_label = ui.say(moved ? "parts.receipt.undo" : "booking.booked.undo");
    said(moved ? "booking.booked.moved_say" : "booking.booked.say");
    const auto* o = offered(b.offer);
    if (o != nullptr && !o->bring_at(b.start).empty() && !ui.compact()) r.small = ui.say(o->bring_at(b.start));
  }
  parts::receipt(ui, draft, r);
}

parts::Next tap_booked(parts::Draft& draft, const BookedModel& m, const parts::Tap& tap) {
  if (tap.id == "done") return draft.of<parts::Session>().staff ? parts::Next::back() : parts::Next::home();
  if (tap.id != "undo" || !m.booking) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  if (choice.doing == "moved" && choice.moved_from) {
    choice.doing = "moved_back";
    return parts::Next::run([id = m.booking->id, to = *choice.moved_from](store::Act& act) { return parts::as_outcome("booking", move(act, id, to)); });
  }
  choice.doing = "cancelled";
  return parts::Next::run([id = m.booking->id](store::Act& act) { return parts::as_outcome("booking", cancel(act, id)); });
}

parts::Next done_booked(parts::Draft& draft, const BookedModel&, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  auto& choice = draft.of<Choice>();
  if (choice.doing == "moved_back" || r.state == State::booked) {
    choice.doing = "booked";
    return parts::Next::replace("booking/entry", r.booking.text());
  }
  return parts::Next::replace("booking/cancelled", r.booking.text());
}

void draw_cancelled(ui::Ui& ui, const BookedModel& m, const parts::Draft& draft) {
  ui.speak("booking.cancelled.say", ui.say("booking.cancelled.say"));
  parts::Receipt r;
  r.picture = m.booking ? m.picture : ui::emoji("🗓️");
  r.headline = ui.say("booking.cancelled.title");
  r.line = m.when;
  r.tint = ui::Tint::neutral;
  // Whoever touched wrongly gets the place back, if nobody waited for it.
  if (m.booking && (m.booking->slot || m.booking->activity)) r.undo_label = ui.say("booking.cancelled.undo");
  parts::receipt(ui, draft, r);
}

parts::Next tap_cancelled(parts::Draft& draft, const BookedModel& m, const parts::Tap& tap) {
  if (tap.id == "done") return draft.of<parts::Session>().staff ? parts::Next::back() : parts::Next::home();
  if (tap.id != "undo" || !m.booking) return parts::Next::stay();
  draft.of<Choice>().doing = "booked";
  const auto b = *m.booking;
  return parts::Next::run([b](store::Act& act) -> parts::Outcome {
    if (b.activity) {
      auto again = sign_up(act, b.person, *b.activity);
      if (!again && again.error() == Refusal::full) again = wait_for_activity(act, b.person, *b.activity);
      return parts::as_outcome("booking", again);
    }
    const Book in{b.person, *b.slot, b.transport};
    auto again = book(act, in);
    if (!again && again.error() == Refusal::full) again = join_waiting(act, in);
    return parts::as_outcome("booking", again);
  });
}

}  // namespace booking
