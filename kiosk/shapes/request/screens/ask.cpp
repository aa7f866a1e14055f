// What help? A page of pictures; then who, where the session does not know; then the deed, as soon as `send` opens.
#include "parts/identify.h"
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"

namespace request {

AskModel load_ask(const parts::Ask& ask) {
  AskModel m;
  const auto& session = ask.session();
  if (ask.reader.viewer().is_staff()) m.asks_for = village::PersonId::parse(ask.key);
  m.needed_for_own = parts::needed_for_own(ask.reader);
  const auto person = m.asks_for ? m.asks_for : session.who;
  // What would shame or endanger has harmless words until the person is known by card or secret; staff know what they ask for.
  const bool named = m.asks_for || session.viewer.known >= store::Known::card;
  auto offers = askable(ask.reader, person);
  if (offers.empty()) offers = askable(ask.reader, std::nullopt);
  for (const auto* offer : offers) {
    const auto* service = shapes::catalogue().service(offer->service);
    const bool plain = service == nullptr || (offer->discreet && !named);
    m.tiles.push_back({offer->code, ask.words.text(offer->label_key(named)), offer->say_key(named), ui::emoji(offer->shown_picture(named)),
                       plain ? ui::Tint::neutral : parts::tint_of(service->group)});
  }
  return m;
}

void draw_ask(ui::Ui& ui, const AskModel& m, const parts::Draft& draft) {
  ui.title(ui.say("request.ask.title"));
  ui.speak("request.ask.say", ui.say("request.ask.say"));
  std::vector<ui::Card> cards;
  for (const auto& t : m.tiles) {
    ui::Card c;
    c.id = "offer:" + t.code;
    c.label = t.label;
    c.picture = t.picture;
    c.tint = t.tint;
    c.voice = t.say_key;
    c.mark = true;
    cards.push_back(std::move(c));
  }
  if (!m.asks_for) {
    ui::Card c;
    c.id = "my_requests";
    c.label = ui.say("request.ask.mine");
    c.picture = ui::emoji("📬");
    c.voice = "request.ask.mine.say";
    cards.push_back(std::move(c));
  }
  parts::card_page(ui, ui.reach(), "request/ask", draft, cards);
}

parts::Next tap_ask(parts::Draft& draft, const AskModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "request/ask", tap)) return parts::Next::stay();
  if (tap.verb() == "offer") {
    draft.of<Choice>() = {};
    if (m.asks_for) return parts::Next::push("request/send", std::string(tap.arg()) + "@" + m.asks_for->text());
    return parts::identify(draft, store::Known::face, "request/send", std::string(tap.arg()));
  }
  if (tap.id == "my_requests") {
    draft.of<Choice>() = {};
    return parts::identify(draft, m.needed_for_own, "request/mine");
  }
  return parts::Next::stay();
}

SendModel load_send(const parts::Ask& ask) {
  SendModel m;
  m.needed_for_own = parts::needed_for_own(ask.reader);
  const auto at = ask.key.find('@');
  m.offer = ask.key.substr(0, at);
  m.person = at == std::string::npos ? ask.session().who : village::PersonId::parse(std::string_view(ask.key).substr(at + 1));
  return m;
}

// Seen only where it could not be done: what to do instead.
void draw_send(ui::Ui& ui, const SendModel&, const parts::Draft& draft) {
  const auto& refused = draft.of<Choice>().refused;
  if (refused.empty()) {
    ui.title(ui.say("request.send.title"));
    return;
  }
  const auto key = "request.refused." + refused;
  ui.title(ui.say("request.ask.title"));
  ui.speak(key, ui.say(key));
  ui::Rect area = ui.body();
  ui::Card again;
  again.id = "ask_again";
  again.label = ui.say("request.ask.again");
  again.picture = ui::emoji("🙋");
  ui.button(area.cut_bottom(30, ui.gap()), again);
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 160.0f));
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(ui.margin());
  const float side = std::min({inside.h, inside.w * 0.22f, 60.0f});
  ui.picture(inside.cut_left(side, ui.gap()).centred(side, side), ui::emoji("👩"));
  ui.text(inside, ui.say(key), {.type = ui::Type::label, .weight = ui::Weight::bold, .centre_v = true});
}

parts::Next open_send(parts::Draft& draft, const SendModel& m) {
  draft.of<Choice>() = {};
  if (!m.person) return parts::Next::back();
  return parts::Next::run([what = Ask{*m.person, m.offer}](store::Act& act) { return parts::as_outcome("request", ask(act, what)); });
}

parts::Next done_send(parts::Draft&, const SendModel& m, const std::any& receipt) {
  if (const auto* o = offered(m.offer); o != nullptr && o->aloud) return parts::Next::replace("request/say", std::any_cast<const Receipt&>(receipt).request.text());
  return parts::Next::replace("request/sent", std::any_cast<const Receipt&>(receipt).request.text());
}

parts::Next refused_send(parts::Draft& draft, const SendModel& m, const parts::Refused& refused) {
  draft.of<Choice>().refused = refused.name;
  // Asked before and still open: where it stands is the answer.
  if (refused.name == name(Refusal::already_asked) && draft.of<parts::Session>().who == m.person) {
    auto next = parts::identify(draft, m.needed_for_own, "request/mine");
    next.kind = parts::Next::Kind::replace;
    return next;
  }
  return parts::Next::stay();
}

}  // namespace request
