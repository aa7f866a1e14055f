// How a person shows who they are: the cards they hold, and the three pictures they know.
#include "desk/layout.h"
#include "desk/people.h"
#include "desk/people_screens.h"
#include "parts/patterns.h"
#include "shapes/shape.h"

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

// --- desk/give_card: the next card held to the reader is this person's

CardsModel load_cards(const parts::Ask& ask) {
  CardsModel m;
  const auto id = village::PersonId::parse(ask.key);
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p) return m;
  m.person = ask.key;
  m.name = p->name;
  m.cards = village::cards_of(ask.reader, *id);
  return m;
}

// The end tells two cards apart; the whole code would open the door for whoever reads it here.
std::string ends_of(ui::Ui& ui, const std::string& code) {
  return ui.words().text("desk.card.ends", {{"end", code.size() > 4 ? code.substr(code.size() - 4) : code}});
}

void draw_cards(ui::Ui& ui, const CardsModel& m, const parts::Draft& draft) {
  ui.title(ui.words().text("desk.card.title", {{"name", m.name}}), ui::drawn("card"));
  ui.speak("desk.card.say", ui.say("desk.card.say"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  if (role_of(draft) >= store::Role::clerk) {
    const auto text = ui.say("desk.card.say");
    const float h = ui.text_height(text, area.w - 12, ui::Type::staff, ui::Weight::bold) + 6;
    ui.band(area.cut_top(std::max(h, 14.0f), gap), text, ui::Tint::hardship);
  }
  std::vector<ui::Row> rows;
  for (std::size_t i = 0; i < m.cards.size(); ++i) {
    const auto& code = m.cards[i];
    ui::Row row;
    row.picture = ui::drawn("card");
    row.line = ends_of(ui, code);
    row.actions.push_back({"lost:" + std::to_string(i), ui.say("desk.card.lost"), false});  // its place: ids are written to traces
    rows.push_back(std::move(row));
  }
  parts::row_page(ui, area, "desk/give_card", draft, rows, ui.say("desk.card.none"));
}

Next tap_cards(parts::Draft& draft, const CardsModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/give_card", tap)) return Next::stay();
  const auto person = village::PersonId::parse(m.person);
  if (!person) return Next::stay();
  if (tap.verb() == "code")
    return Next::run([person = *person, code = std::string(tap.arg())](store::Act& act) { return parts::as_outcome("village", village::give_card(act, person, code)); });
  if (tap.verb() == "lost") return Next::push("desk/card_lost", m.person + "/" + std::string(tap.arg()));
  return Next::stay();
}

Next done_cards(parts::Draft&, const CardsModel& m, const std::any&) { return Next::replace("desk/card_given", m.person); }

// --- desk/card_lost: key <person>/<place in their list>. Asked once more: a lost card never opens anything again.

CardsModel load_card_lost(const parts::Ask& ask) {
  CardsModel m;
  const auto slash = ask.key.find('/');
  const auto id = slash == std::string::npos ? std::nullopt : village::PersonId::parse(ask.key.substr(0, slash));
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p) return m;
  m.person = id->text();
  m.name = p->name;
  const auto cards = village::cards_of(ask.reader, *id);
  for (std::size_t i = 0; i < cards.size(); ++i)
    if (std::to_string(i) == ask.key.substr(slash + 1)) m.cards = {cards[i]};
  return m;
}

void draw_card_lost(ui::Ui& ui, const CardsModel& m, const parts::Draft&) {
  ui.title(ui.words().text("desk.card.title", {{"name", m.name}}), ui::drawn("card"));
  if (m.cards.empty()) {
    ui.speak("desk.card.none", ui.say("desk.card.none"));
    parts::nothing_here(ui, ui.reach(), ui::drawn("card"), ui.say("desk.card.none"));
    return;
  }
  ui.speak("desk.card.lost_ask", ui.say("desk.card.lost_ask"));
  parts::Confirm c;
  c.picture = ui::drawn("card");
  c.headline = ui.say("desk.card.lost_ask");
  c.lines = {ends_of(ui, m.cards.front()), ui.say("desk.card.lost_after")};
  c.yes_label = ui.say("desk.card.lost_yes");
  c.no_label = ui.say("desk.card.lost_no");
  parts::confirm(ui, c);
}

Next tap_card_lost(parts::Draft&, const CardsModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::back();
  if (tap.id != "yes" || m.cards.empty()) return Next::stay();
  return Next::run([code = m.cards.front()](store::Act& act) { return parts::as_outcome("village", village::report_card_lost(act, code)); });
}

Next done_card_lost(parts::Draft&, const CardsModel&, const std::any&) {
  Next n = Next::back();
  n.sound = "done";
  return n;
}

CardsModel load_card_given(const parts::Ask& ask) { return load_cards(ask); }

void draw_card_given(ui::Ui& ui, const CardsModel& m, const parts::Draft& draft) {
  ui.title(ui.words().text("desk.card.title", {{"name", m.name}}));
  ui.speak("desk.card.given", ui.words().text("desk.card.given", {{"name", m.name}}));
  parts::Receipt r;
  r.picture = ui::drawn("card");
  r.headline = ui.words().text("desk.card.given", {{"name", m.name}});
  r.tint = ui::Tint::hardship;
  parts::receipt(ui, draft, r);
}

Next tap_card_given(parts::Draft&, const CardsModel&, const parts::Tap& tap) { return tap.id == "done" ? Next::back() : Next::stay(); }

// --- desk/give_secret, desk/secret_given

SecretModel load_secret(const parts::Ask& ask) {
  SecretModel m;
  const auto id = village::PersonId::parse(ask.key);
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p) return m;
  m.person = ask.key;
  m.name = p->name;
  m.has = village::has_secret(ask.reader, *id);
  return m;
}

void draw_give_secret(ui::Ui& ui, const SecretModel& m, const parts::Draft&) {
  ui.title(ui.words().text("desk.secret.title", {{"name", m.name}}));
  ui.speak("desk.secret.ask", ui.say("desk.secret.ask"));
  parts::Confirm c;
  c.picture = ui::emoji("🍎");
  c.headline = ui.say("desk.secret.ask");
  if (m.has) c.lines.push_back(ui.say("desk.secret.replaces"));
  c.yes_label = ui.say("desk.secret.yes");
  parts::confirm(ui, c);
}

Next tap_give_secret(parts::Draft& draft, const SecretModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::back();
  const auto person = village::PersonId::parse(m.person);
  if (tap.id != "yes" || !person) return Next::stay();
  draft.of<SecretGiven>() = {std::nullopt, m.name};
  return Next::run([person = *person](store::Act& act) { return parts::as_outcome("village", village::give_secret(act, person)); });
}

Next done_give_secret(parts::Draft& draft, const SecretModel& m, const std::any& receipt) {
  if (const auto* secret = std::any_cast<village::Secret>(&receipt)) draft.of<SecretGiven>().secret = *secret;
  return Next::replace("desk/secret_given", m.person);
}

struct Shown {};

void draw_secret_given(ui::Ui& ui, const Shown&, const parts::Draft& draft) {
  const auto& given = draft.of<SecretGiven>();
  ui.title(ui.words().text("desk.secret.given_title", {{"name", given.name}}));
  ui.speak("desk.secret.given", ui.say("desk.secret.given"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  ui::Card done = action("done", ui.say("desk.secret.seen"), ui::drawn("tick"), true);
  ui.button(area.cut_bottom(ui.compact() ? 24.0f : 30.0f, gap), done);
  if (!given.secret) {
    ui.text(area, ui.say("desk.secret.gone"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 130.0f));
  const auto places = ui::grid(area, 3, 1, gap * 2);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto picture = static_cast<std::size_t>((*given.secret)[i]);
    Rect box = places[i];
    ui.panel(box, ui::Tint::neutral);
    box = box.inset(3);
    const float words_h = ui.line(ui::Type::label);
    ui.text(box.cut_bottom(words_h, 1), std::to_string(i + 1) + " " + ui.say("village.secret." + std::string(village::secret_names[picture])),
            {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    const float side = std::min(box.w, box.h);
    ui.picture(box.centred(side, side), ui::emoji(std::string(village::secret_pictures[picture])));
  }
}

Next tap_secret_given(parts::Draft& draft, const Shown&, const parts::Tap& tap) {
  if (tap.id != "done") return Next::stay();
  draft.of<SecretGiven>() = {};  // shown once
  return Next::back();
}

}  // namespace

std::vector<parts::Screen> card_screens() {
  using store::Role;
  return {parts::for_role(parts::screen<CardsModel>("desk/give_card", {.load = load_cards, .draw = draw_cards, .on_tap = tap_cards, .on_done = done_cards}), Role::volunteer),
          parts::for_role(parts::screen<CardsModel>("desk/card_given", {.load = load_card_given, .draw = draw_card_given, .on_tap = tap_card_given}), Role::volunteer),
          parts::for_role(parts::screen<CardsModel>("desk/card_lost", {.load = load_card_lost, .draw = draw_card_lost, .on_tap = tap_card_lost, .on_done = done_card_lost}), Role::clerk),
          parts::for_role(parts::screen<SecretModel>("desk/give_secret", {.load = load_secret, .draw = draw_give_secret, .on_tap = tap_give_secret, .on_done = done_give_secret}), Role::clerk),
          parts::for_role(parts::screen<Shown>("desk/secret_given", {.load = nullptr, .draw = draw_secret_given, .on_tap = tap_secret_given}), Role::clerk)};
}

}  // namespace desk
