#include "desk/sign_in.h"

#include "desk/layout.h"
#include "desk/whom.h"
#include "parts/identify.h"
#include "parts/keyring.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "village/keys.h"

#include <algorithm>
#include <future>
#include <numeric>
#include <random>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

constexpr std::size_t pin_digits = 6;

// --- desk/call

CallModel load_call(const parts::Ask& ask) {
  CallModel m;
  static_cast<Whom&>(m) = whom(ask);
  m.rung = ask.key == "rung";
  m.known = ask.session().who && !ask.session().staff;
  return m;
}

void draw_call(ui::Ui& ui, const CallModel& m, const parts::Draft& draft) {
  const auto& words = ui.words();
  ui.title(m.called.empty() ? ui.say("desk.call.title_nobody") : words.text("desk.call.title", {{"name", m.called}}));
  const std::string sentence = m.rung ? ui.say("desk.call.rung") : m.called.empty() ? ui.say("desk.call.say_nobody") : words.text("desk.call.say", {{"name", m.called}});
  ui.speak(m.rung ? "desk.call.rung" : m.called.empty() ? "desk.call.say_nobody" : "desk.call.say", sentence);
  Rect area = ui.reach();
  const float gap = ui.gap();
  Rect buttons = area.cut_bottom(ui.compact() ? 30.0f : 40.0f, gap);
  // Staff's own way in: slate, small, away from the resident's button.
  ui::Card staff;
  staff.id = "go:staff";
  staff.label = ui.say("desk.call.staff");
  staff.tint = ui::Tint::staff;
  staff.main = false;
  const float staff_w = std::max({46.0f, buttons.w * 0.26f, std::min(ui.text_width(staff.label, ui::Type::label, ui::Weight::bold) + 10, buttons.w * 0.42f)});
  Rect slate = buttons.cut_right(staff_w, gap * 2);
  ui.button({slate.x, slate.bottom() - 22, slate.w, 22}, staff);
  if (m.known) {
    ui::Card helped = parts::helper_card(ui, draft);
    ui.button(buttons.cut_right((buttons.w - gap) * 0.46f, gap), helped);
  }
  ui::Card ring;
  ring.id = "ring";
  ring.label = ui.say(m.rung ? "desk.call.ring_again" : "desk.call.ring");
  ring.picture = ui::emoji("🔔");
  ring.filled = true;
  ring.tint = ui::Tint::hardship;
  ui.button(buttons, ring);

  draw_whom(ui, area, picture_of(m), sentence, m.phone);
}

Next tap_call(parts::Draft& draft, const CallModel&, const parts::Tap& tap) {
  if (tap.id == "ring") {
    Next n = Next::replace("desk/call", "rung");
    n.sound = "alarm_once";
    return n;
  }
  if (tap.id == "helped") return parts::identify_helper(draft, "desk/call");
  if (tap.id == "go:staff") {
    draft.of<SignIn>() = {};
    return Next::push("desk/sign_in");
  }
  return Next::stay();
}

// --- desk/sign_in

SignInModel load_sign_in(const parts::Ask& ask) { return {village::staff(ask.reader)}; }

void draw_sign_in(ui::Ui& ui, const SignInModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.sign_in.title"), ui::drawn("reader"), ui.say("desk.sign_in.card_hint"));
  ui.speak("desk.sign_in.say", ui.say("desk.sign_in.say"));
  Rect area = ui.reach();
  const auto& wrong = draft.of<SignIn>().wrong;
  if (!wrong.empty()) wrong_band(ui, area, ui.say("desk.sign_in." + wrong));
  std::vector<ui::Card> number{action("number", ui.say("desk.sign_in.number"))};
  area = actions_beside(ui, area, number);
  if (m.staff.empty()) {
    ui.text(area, ui.say("desk.sign_in.nobody"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  std::vector<ui::Face> tiles;
  for (const auto& s : m.staff) {
    auto f = parts::face_tile(s.face, "staff:");
    f.id = "staff:" + s.id.text();
    // By the name that everybody in the house calls: the same as on the bar and on the rota.
    f.name = parts::staff_called(s.face, ui.words());
    f.tint = ui::Tint::staff;
    tiles.push_back(std::move(f));
  }
  staff_faces(ui, area, "desk/sign_in", draft, tiles);
}

Next to_pin(parts::Draft& draft, village::StaffId staff, bool from_pin = false) {
  draft.of<SignIn>() = {};
  draft.of<SignIn>().order = another_order();
  return from_pin ? Next::replace("desk/pin", staff.text()) : Next::push("desk/pin", staff.text());
}

// A card read here: whose account it is.
Next card_read(parts::Draft& draft, const std::vector<village::Staff>& staff, std::string_view person, bool from_pin) {
  const auto id = village::PersonId::parse(person);
  for (const auto& s : staff) {
    if (!id || s.person != *id) continue;
    auto secret = std::move(draft.of<SignIn>().card);
    auto next = to_pin(draft, s.id, from_pin);
    draft.of<SignIn>().carded = true;
    draft.of<SignIn>().card = std::move(secret);
    return next;
  }
  draft.of<SignIn>().card.clear();
  draft.of<SignIn>().wrong = "not_here";
  Next n = Next::stay();
  n.sound = "refused";
  return n;
}

Next tap_sign_in(parts::Draft& draft, const SignInModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/sign_in", tap)) return Next::stay();
  if (tap.verb() == "staff")
    if (const auto id = village::StaffId::parse(tap.arg())) return to_pin(draft, *id);
  if (tap.verb() == "card") return card_read(draft, m.staff, tap.arg(), false);
  if (tap.id == "number") {
    draft.of<SignIn>() = {};
    return Next::push("desk/sign_in_number");
  }
  return Next::stay();
}

// --- desk/sign_in_number

StaffNumberModel load_number(const parts::Ask& ask) { return {village::staff(ask.reader)}; }

void draw_number(ui::Ui& ui, const StaffNumberModel&, const parts::Draft& draft) {
  const auto& typed = draft.of<SignIn>();
  ui.title(ui.say("desk.sign_in.number_title"));
  ui.speak("desk.sign_in.number_title", ui.say("desk.sign_in.number_title"));
  Rect area = ui.reach();
  if (!typed.wrong.empty()) wrong_band(ui, area, ui.say("desk.sign_in." + typed.wrong));
  Rect side = ui.portrait() ? area.cut_top(60, ui.gap()) : beside_keypad(ui, area);
  ui.text(side, typed.number.empty() ? "_" : typed.number, {.type = ui::Type::staff_figure, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
  keypad(ui, area);
}

Next tap_number(parts::Draft& draft, const StaffNumberModel& m, const parts::Tap& tap) {
  auto& typed = draft.of<SignIn>();
  if (tap.verb() == "card") return card_read(draft, m.staff, tap.arg(), false);
  std::string_view key = tap.verb() == "key" ? tap.arg() : tap.verb() == "char" ? tap.arg() : std::string_view{};
  if (key == "erase") {
    if (!typed.number.empty()) typed.number.pop_back();
  } else if (key == "ok") {
    for (const auto& s : m.staff)
      if (s.number == typed.number) return to_pin(draft, s.id);
    typed.wrong = "number_unknown";
    typed.number.clear();
  } else if (key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    typed.wrong.clear();
    // Who goes straight on with the PIN does not write it where others read: no more digits than the longest number has.
    std::size_t longest = 1;
    for (const auto& s : m.staff) longest = std::max(longest, s.number.size());
    if (typed.number.size() < longest) typed.number += key;
  }
  return Next::stay();
}

// --- desk/pin

PinModel load_pin(const parts::Ask& ask) {
  PinModel m;
  m.everybody = village::staff(ask.reader);
  if (const auto id = village::StaffId::parse(ask.key)) {
    m.staff = village::staff_by_id(ask.reader, *id);
    m.locked_for = village::pin_locked_for(ask.reader, *id);
    m.tries_left = village::pin_tries_left(ask.reader, *id);
  }
  if (m.staff) m.name = parts::staff_called(m.staff->face, ask.words);
  m.shuffled = shuffled(ask.reader);
  return m;
}

void draw_pin(ui::Ui& ui, const PinModel& m, const parts::Draft& draft) {
  const auto& typed = draft.of<SignIn>();
  ui.title(ui.say("desk.pin.title"));
  ui.speak("desk.pin.title", ui.say("desk.pin.title"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  std::string told;
  if (m.locked_for && *m.locked_for == base::Minutes::max()) told = ui.say("desk.pin.locked");
  else if (m.locked_for) told = ui.words().text("desk.pin.locked_for", {{"minutes", std::to_string(m.locked_for->count())}});
  else if (typed.wrong == "wrong") told = ui.words().text("desk.pin.wrong", {{"left", std::to_string(m.tries_left)}});
  else if (typed.wrong == "not_here") told = ui.say("desk.pin.not_theirs");
  else if (!typed.wrong.empty()) told = ui.say("village.refused." + typed.wrong);
  if (!told.empty()) wrong_band(ui, area, told);
  Rect side = ui.portrait() ? area.cut_top(std::min(area.h * 0.4f, 140.0f), gap) : beside_keypad(ui, area);
  ui.pin_dots(side.cut_bottom(12, gap), static_cast<int>(typed.pin.size()), static_cast<int>(pin_digits));
  if (m.staff) {
    const float name_h = ui.line(ui::Type::name);
    ui.text(side.cut_bottom(name_h, 1), m.name, {.type = ui::Type::name, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    const float photo = std::min({side.w, side.h, 90.0f});
    if (photo > 12) ui.photo(side.centred(photo, photo), parts::picture_of(m.staff->face), ui::Tint::staff);
  }
  keypad(ui, area, m.shuffled ? typed.order : DigitOrder{});
}

// What the two deeds of signing in give back: a refusal here must not roll the counted guess back.
struct Began { std::string hash, refused, wrapped; int passes = 3, memory_mib = 128; };
struct Ended { std::string refused; village::StaffId staff; village::PersonId person; store::Role role = store::Role::none; std::shared_ptr<const store::KeyPair> pair; };

// What the worker finds out about a PIN.
struct Checked {
  bool right = false;
  std::shared_ptr<const store::KeyPair> pair;
  std::optional<village::StaffKey> made;  // the account had none that this PIN opens
};

// The hash and the key are asked beside each other: whoever signs in waits once.
void check(Checked& c, const std::string& pin, const Began& began) {
  auto opening = std::async(std::launch::async, [&] { return began.wrapped.empty() ? std::nullopt : village::unwrap_key(began.wrapped, pin); });
  c.right = village::pin_matches(pin, began.hash);
  try {
    auto pair = opening.get();
    if (!c.right) return;
    if (!pair) {
      pair = store::KeyPair::make();
      c.made = village::wrap_key(*pair, pin, began.passes, began.memory_mib);
    }
    c.pair = std::make_shared<const store::KeyPair>(std::move(*pair));
  } catch (const std::exception&) {
    // No memory for it now: signing in goes on, nothing sealed can be opened in this session, and the old key stays.
    c.made.reset();
  }
}

Next tap_pin(parts::Draft& draft, const PinModel& m, const parts::Tap& tap) {
  auto& typed = draft.of<SignIn>();
  if (tap.verb() == "card") {
    if (!m.staff || m.staff->person.text() != tap.arg()) return card_read(draft, m.everybody, tap.arg(), true);
    typed.carded = true;
    return Next::stay();
  }
  const std::string_view key = tap.verb() == "key" || tap.verb() == "char" ? tap.arg() : std::string_view{};
  if (key == "erase") {
    if (!typed.pin.empty()) typed.pin.pop_back();
    return Next::stay();
  }
  if (key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    typed.wrong.clear();
    if (typed.pin.size() < pin_digits) typed.pin += key;
    if (typed.pin.size() < pin_digits) return Next::stay();
  } else if (key != "ok") {
    return Next::stay();
  }
  if (typed.pin.size() != pin_digits || !m.staff) return Next::stay();
  return Next::run([staff = m.staff->id](store::Act& act) -> parts::Outcome {
    const auto hash = village::begin_sign_in(act, staff);
    if (!hash) return std::any(Began{{}, std::string(village::name(hash.error())), {}});
    return std::any(Began{*hash, {}, village::wrapped_key(act, staff), static_cast<int>(act.setting("pin.passes", std::int64_t{3})),
                          static_cast<int>(act.setting("pin.memory_mib", std::int64_t{128}))});
  });
}

Next refused_pin(parts::Draft& draft, const PinModel& m, const std::string& why) {
  auto& typed = draft.of<SignIn>();
  typed.pin.clear();
  typed.order = another_order();
  typed.wrong = why;
  Next n = Next::replace("desk/pin", m.staff ? m.staff->id.text() : std::string{});
  n.sound = "refused";
  return n;
}

Next done_pin(parts::Draft& draft, const PinModel& m, const std::any& receipt) {
  auto& typed = draft.of<SignIn>();
  if (const auto* began = std::any_cast<Began>(&receipt)) {
    if (!began->refused.empty() || !m.staff) return refused_pin(draft, m, began->refused);
    const auto checked = std::make_shared<Checked>();
    const auto pin = typed.pin;
    typed.pin.clear();
    return Next::run(
        [checked, staff = m.staff->id, person = m.staff->person, role = m.staff->role](store::Act& act) -> parts::Outcome {
          const auto ended = village::end_sign_in(act, staff, checked->right, checked->made);
          return std::any(Ended{ended ? std::string{} : std::string(village::name(ended.error())), staff, person, role, ended ? checked->pair : nullptr});
        },
        [checked, pin, began = *began] { check(*checked, pin, began); });
  }
  const auto* ended = std::any_cast<Ended>(&receipt);
  if (!ended) return Next::stay();
  if (!ended->refused.empty()) return refused_pin(draft, m, ended->refused);
  draft.of<parts::Keyring>() = {ended->staff, ended->pair, typed.carded, std::move(typed.card), nullptr};
  typed = {};
  parts::Identity who;
  who.person = ended->person;
  who.staff = ended->staff;
  who.role = ended->role;
  Next n = Next::replace("desk/today", "", "desk/");
  return n.as(who);
}

}  // namespace

bool shuffled(const store::Reader& reader) { return reader.setting("pin.shuffle", std::int64_t{0}) != 0; }

DigitOrder another_order() {
  DigitOrder order(10);
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), std::mt19937(std::random_device{}()));
  return order;
}

Rect beside_keypad(ui::Ui& ui, Rect& area) {
  const float gap = ui.gap(), six_keys = 6 * 20 + 5 * std::max(4.0f, gap);
  return area.cut_left(std::min({area.w * 0.36f, 120.0f, area.w - six_keys - 2 * gap}), gap * 2);
}

void keypad(ui::Ui& ui, Rect area, const DigitOrder& order) {
  const float gap = std::max(4.0f, ui.gap());
  const bool low = (area.h - 3 * gap) / 4 < 20;
  const int columns = low ? 6 : 3, rows = low ? 2 : 4;
  // Keys stay near each other: a hand's breadth, not the whole glass.
  area = area.centred(std::min(area.w, low ? 40.0f * 6 : 44.0f * 3), std::min(area.h, low ? 34.0f * 2 + gap : 30.0f * 4 + gap * 3));
  const auto cells = ui::grid(area, columns, rows, gap);
  const auto digit = [&](std::size_t i) { return order.size() == 10 ? order[i] : i == 9 ? 0 : static_cast<int>(i) + 1; };
  // 3 x 4: 1 … 9, erase 0 ok. 6 x 2: 1 … 5 erase, 6 … 0 ok.
  static constexpr int tall[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, -1, 9, -2}, wide[12] = {0, 1, 2, 3, 4, -1, 5, 6, 7, 8, 9, -2};
  for (std::size_t i = 0; i < 12; ++i) {
    const int which = low ? wide[i] : tall[i];
    if (which == -1) ui.key(cells[i], "key:erase", ui.say("parts.identify.erase"));
    else if (which == -2) ui.key(cells[i], "key:ok", ui.say("parts.receipt.done"));
    else {
      const auto text = std::to_string(digit(static_cast<std::size_t>(which)));
      ui.key(cells[i], "key:" + text, text);
    }
  }
}

std::vector<parts::Screen> sign_in_screens() {
  auto sign_in = parts::screen<SignInModel>("desk/sign_in", {.load = load_sign_in, .draw = draw_sign_in, .on_tap = tap_sign_in}, parts::Ground::staff);
  auto number = parts::screen<StaffNumberModel>("desk/sign_in_number", {.load = load_number, .draw = draw_number, .on_tap = tap_number}, parts::Ground::staff);
  auto pin = parts::screen<PinModel>("desk/pin", {.load = load_pin, .draw = draw_pin, .on_tap = tap_pin, .on_done = done_pin}, parts::Ground::staff);
  return {parts::screen<CallModel>("desk/call", {.load = load_call, .draw = draw_call, .on_tap = tap_call}), sign_in, number, pin};
}

}  // namespace desk
