// What was said aloud, for staff: asked once whether anybody is near, opened with the key of whoever signed in, played until a touch.
//
// Into a headset it plays at once.
#include "parts/ear.h"
#include "parts/keyring.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

#include <algorithm>

namespace request {
namespace {

const HearModel::One* shown(const HearModel& m, const parts::Draft& draft) {
  if (m.all.empty()) return nullptr;
  return &m.all[static_cast<std::size_t>(std::clamp(draft.of<Hearing>().at, 0, static_cast<int>(m.all.size()) - 1))];
}

// Why it is not heard now: a text's key, or empty.
std::string kept_back(const HearModel& m, const parts::Draft& draft) {
  const auto* one = shown(m, draft);
  if (one == nullptr) return "request.hear.none";
  if (const auto& refused = draft.of<Hearing>().refused; !refused.empty()) return "request.refused." + refused;
  if (!one->for_me) return "request.refused.not_a_reader";
  if (!draft.of<parts::Keyring>().pair) return "request.refused.no_key";
  return {};
}

parts::Next listen(parts::Draft& draft, const HearModel& m) {
  const auto& ear = draft.of<parts::Hears>().ear;
  auto& hearing = draft.of<Hearing>();
  const auto* one = shown(m, draft);
  if (!ear || one == nullptr || !kept_back(m, draft).empty()) return parts::Next::stay();
  if (const auto sound = hearing.sound.lock()) {
    ear->play(sound);
    return parts::Next::stay();
  }
  struct Opened { std::shared_ptr<const void> sound; std::string refused; };
  const auto opened = std::make_shared<Opened>();
  const auto& keyring = draft.of<parts::Keyring>();
  return parts::Next::run(
      [opened, said = one->said](store::Act& act) -> parts::Outcome {
        if (!opened->sound) return std::unexpected(parts::Refused{"request", opened->refused});
        if (const auto heard = hear(act, said.request, said.id); !heard) return std::unexpected(parts::Refused{"request", std::string(name(heard.error()))});
        return std::any(opened->sound);
      },
      [opened, ear, data = m.data, said = one->said, who = keyring.whose, pair = keyring.pair] {
        auto clear = open_said(data, said, who, *pair);
        if (!clear) {
          opened->refused = name(clear.error());
          return;
        }
        opened->sound = ear->sound_of(*clear);
        if (!opened->sound) opened->refused = name(Refusal::said_broken);
        store::wipe(*clear);
      });
}

ui::Card act(const ui::Ui& ui, const char* id, const char* key, ui::Picture picture, bool filled) {
  ui::Card c;
  c.id = id;
  c.label = ui.say(key);
  c.picture = std::move(picture);
  c.tint = ui::Tint::staff;
  c.filled = filled;
  c.main = false;
  return c;
}

}  // namespace

HearModel load_hear(const parts::Ask& ask) {
  HearModel m;
  m.title = ask.words.text("request.hear.title");
  const auto id = RequestId::parse(ask.key);
  const auto q = id ? one(ask.reader, *id) : std::nullopt;
  if (!q) return m;
  m.data = ask.reader.store().folder();
  if (const auto who = called(ask.reader, ask.words, q->person); !who.empty()) m.title = ask.words.text("request.hear.of", {{"name", who}});
  for (auto& said : said_of(ask.reader, *id)) {
    HearModel::One one;
    const bool unsure = village::time_unsure(ask.reader, said.at);
    one.when = ask.words.text("request.hear.line", {{"day", unsure ? ask.words.text("parts.clock.unsure") : parts::day_word(ask.words, base::day_of(said.at, ask.reader.place()), village::today_said(ask.reader))},
                                                    {"time", unsure ? std::string{} : base::hour_minute(base::minutes_of_day(said.at, ask.reader.place()))},
                                                    {"n", std::to_string(said.seconds)}});
    for (const auto& reader : said.readers) {
      one.for_me = one.for_me || ask.session().staff == reader;
      if (const auto staff = village::staff_by_id(ask.reader, reader)) one.who += (one.who.empty() ? "" : ask.words.text("request.urgent.joiner")) + parts::staff_called(staff->face, ask.words);
    }
    one.said = std::move(said);
    m.all.push_back(std::move(one));
  }
  return m;
}

void draw_hear(ui::Ui& ui, const HearModel& m, const parts::Draft& draft) {
  const auto* one = shown(m, draft);
  const auto& hearing = draft.of<Hearing>();
  const auto& ear = draft.of<parts::Hears>().ear;
  ui.title(m.title, {}, m.all.size() > 1 ? std::to_string(hearing.at + 1) + " / " + std::to_string(m.all.size()) : std::string{});
  ui::Rect area = ui.reach();
  const float gap = ui.gap();
  const auto why = kept_back(m, draft);
  const bool may = why.empty(), asks = may && !hearing.alone && !draft.of<parts::Session>().headset;
  const bool playing = ear && ear->state().playing;
  std::vector<ui::Card> acts;
  if (asks) {
    acts.push_back(act(ui, "back_later", "request.hear.later", ui::drawn("arrow_left"), false));
    acts.push_back(act(ui, "alone", "request.hear.alone", ui::emoji("👂"), true));
  } else {
    if (m.all.size() > 1) acts.push_back(act(ui, "next", "request.hear.next", ui::drawn("arrow_right"), false));
    if (may) acts.push_back(playing ? act(ui, "hush", "request.say.hush", ui::emoji("⏹"), true) : act(ui, "play", !hearing.sound.expired() ? "request.hear.again" : "request.hear.play", ui::emoji("👂"), true));
    else acts.push_back(act(ui, "back_later", "request.say.back", ui::drawn("arrow_left"), false));
  }
  const auto cells = ui::grid(area.cut_bottom(24, gap), static_cast<int>(acts.size()), 1, gap);
  for (std::size_t i = 0; i < acts.size(); ++i) ui.button(cells[i], acts[i]);
  const auto question = !why.empty() ? why : asks ? std::string("request.hear.ask") : std::string("request.hear.say");
  ui.speak(question, ui.say(question));
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 160.0f));
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(ui.margin());
  const float side = ui.portrait() ? std::min(inside.w * 0.4f, inside.h * 0.3f) : std::min(inside.h * 0.8f, inside.w * 0.26f);
  ui.picture((ui.portrait() ? inside.cut_top(side, gap) : inside.cut_left(side, gap * 2)).centred(side, side), ui::emoji(playing ? "🔊" : !may ? "🔏" : "🎤"));
  // What it is, what stands against it or is asked, and who reads it where it is not for this one.
  std::string text = one != nullptr ? one->when + "\n" : std::string{};
  text += playing ? ui.say("request.hear.playing") : ui.say(question);
  if (one != nullptr && !may && !one->who.empty()) text += "\n" + ui.words().text("request.hear.who", {{"names", one->who}});
  auto type = ui::Type::staff;
  for (const auto larger : {ui::Type::sentence, ui::Type::label})
    if (ui.text_height(text, inside.w, larger, ui::Weight::bold) <= inside.h) type = larger;
  ui.text(inside, text, {.type = type, .weight = ui::Weight::bold, .align = ui.portrait() ? ui::Align::centre : ui::Align::left, .centre_v = true});
}

parts::Next open_hear(parts::Draft& draft, const HearModel& m) {
  draft.of<Hearing>() = {};
  return draft.of<parts::Session>().headset ? listen(draft, m) : parts::Next::stay();
}

parts::Next tap_hear(parts::Draft& draft, const HearModel& m, const parts::Tap& tap) {
  auto& hearing = draft.of<Hearing>();
  if (tap.id == "back_later") return parts::Next::back();
  if (tap.id == "next" && m.all.size() > 1) {
    hearing.at = (hearing.at + 1) % static_cast<int>(m.all.size());
    hearing.sound.reset();
    hearing.refused.clear();
    return parts::Next::stay();
  }
  if (tap.id == "alone") hearing.alone = true;
  if (tap.id == "alone" || tap.id == "play") return listen(draft, m);
  return parts::Next::stay();
}

parts::Next done_hear(parts::Draft& draft, const HearModel&, const std::any& receipt) {
  const auto& sound = std::any_cast<const std::shared_ptr<const void>&>(receipt);
  draft.of<Hearing>().sound = sound;
  if (const auto& ear = draft.of<parts::Hears>().ear) ear->play(sound);
  return parts::Next::stay();
}

parts::Next refused_hear(parts::Draft& draft, const HearModel&, const parts::Refused& refused) {
  draft.of<Hearing>().refused = refused.name;
  auto next = parts::Next::stay();
  next.sound = "refused";
  return next;
}

}  // namespace request
