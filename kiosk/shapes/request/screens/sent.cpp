// The receipt of a request: what, for whom, who comes, by when; and that it was taken back.
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

namespace request {

SentModel load_sent(const parts::Ask& ask) {
  SentModel m;
  const auto id = RequestId::parse(ask.key);
  const auto q = id ? one(ask.reader, *id) : std::nullopt;
  if (!q) return m;
  m.id = q->id;
  const bool staff = ask.reader.viewer().is_staff();
  const bool named = staff || ask.session().viewer.known >= store::Known::card;
  m.picture = picture_of(*q, named);
  m.may_undo = q->state == State::asked && (q->round == 1 || staff);
  m.may_say = offers_to_say(ask.reader, q->id);
  if (q->kind == Kind::confidential) {
    // Whoever stands beside her reads and hears no more than that somebody will be in touch.
    m.headline = ask.words.text("request.sent.quiet");
    m.people = ask.words.text("request.sent.quiet.line");
    // Said in so few words that they stand on every glass at every size of text: she is to know who reads it.
    m.when = ask.words.text("request.sent.quiet.readers", {{"clerk", ask.words.text("village.role.clerk")}, {"manager", ask.words.text("village.role.manager")}});
    m.say_key = "request.sent.quiet.say";
    m.say_text = ask.words.text(m.say_key);
    return m;
  }
  m.headline = what_of(ask.words, *q, named);
  m.people = ask.words.text("request.sent.for_whom", {{"name", called(ask.reader, ask.words, q->person)}});
  const auto comes = called(ask.reader, ask.words, who_comes(ask.reader, *q));
  m.people += "\n" + (comes.empty() ? ask.words.text("request.sent.nobody_yet") : ask.words.text("request.sent.who_comes", {{"name", comes}}));
  const auto place = ask.reader.place();
  // A promise is said to the half hour; an urgent call to the minute.
  using HalfHours = std::chrono::duration<std::int64_t, std::ratio<30 * 60>>;
  const auto by = q->kind == Kind::urgent ? q->due : base::Instant(std::chrono::ceil<HalfHours>(q->due));
  // No promise by a clock that does not know the time.
  if (!village::clock_unsure(ask.reader))
    m.when = ask.words.text("request.sent.when", {{"day", parts::day_said(ask.words, base::day_of(by, place), ask.reader.today())},
                                                  {"time", parts::time_word(ask.words, base::minutes_of_day(by, place))}});
  const auto* offer = shapes::catalogue().offer(q->offer);
  m.say_key = offer != nullptr ? offer->done_key() : "request.sent.quiet.say";
  if (offer != nullptr && offer->discreet && !named) m.say_key = "request.sent.quiet.say";
  m.say_text = ask.words.text(m.say_key);
  if (const auto n = said_of(ask.reader, q->id).size(); n > 0) m.when += (m.when.empty() ? "" : " · ") + ask.words.text("request.say.there", {{"n", std::to_string(n)}});
  return m;
}

void draw_sent(ui::Ui& ui, const SentModel& m, const parts::Draft& draft) {
  if (!m.say_key.empty()) ui.speak(m.say_key, m.say_text);
  // What it is stands in the title line: on a low glass the card has room for who and when, and no more.
  ui.title(m.headline);
  parts::Receipt r;
  r.picture = m.picture;
  r.line = m.people;
  r.small = m.when;
  r.done_label = ui.say("request.sent.done");
  if (m.may_undo) r.undo_label = ui.say("request.sent.undo");
  if (m.may_say) {
    r.more.id = "say";
    r.more.label = ui.say("request.say.button");
    r.more.picture = ui::emoji("🎤");
    r.more.voice = "request.say.button.say";
  }
  parts::receipt(ui, draft, r);
}

parts::Next tap_sent(parts::Draft& draft, const SentModel& m, const parts::Tap& tap) {
  if (tap.id == "undo" && m.id)
    return parts::Next::run([id = *m.id](store::Act& act) { return parts::as_outcome("request", cancel(act, id)); });
  if (tap.id == "say" && m.id) return parts::Next::push("request/say", m.id->text());
  if (tap.id == "done") return draft.of<parts::Session>().staff ? parts::Next::back() : parts::Next::home();
  return parts::Next::stay();
}

parts::Next done_sent(parts::Draft&, const SentModel&, const std::any& receipt) {
  return parts::Next::replace("request/undone", std::any_cast<const Receipt&>(receipt).request.text());
}

void draw_undone(ui::Ui& ui, const SentModel& m, const parts::Draft& draft) {
  ui.speak("request.sent.undone.say", ui.say("request.sent.undone.say"));
  parts::Receipt r;
  r.picture = m.picture;
  r.headline = ui.say("request.sent.undone");
  r.done_label = ui.say("request.sent.done");
  r.tint = ui::Tint::neutral;
  r.ticked = false;
  parts::receipt(ui, draft, r);
}

parts::Next tap_undone(parts::Draft& draft, const SentModel&, const parts::Tap& tap) {
  if (tap.id == "done") return draft.of<parts::Session>().staff ? parts::Next::back() : parts::Next::home();
  return parts::Next::stay();
}

}  // namespace request
