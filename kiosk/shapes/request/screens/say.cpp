// Say it aloud: one big microphone, a ring that fills, and then keep it, hear it, say it again or leave it.
#include "parts/ear.h"
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"

#include <algorithm>
#include <system_error>

namespace request {
namespace {

using Doing = parts::Ear::Doing;
using Trouble = parts::Ear::Trouble;

ui::Card card(const ui::Ui& ui, const char* id, const char* key, ui::Picture picture, bool filled = false) {
  ui::Card c;
  c.id = id;
  c.label = ui.say(key);
  c.picture = std::move(picture);
  c.voice = key;
  c.filled = filled;
  if (filled) c.tint = ui::Tint::hardship;
  return c;
}

// A picture and what is to be said, for all that is not listening.
void told(ui::Ui& ui, ui::Rect area, const ui::Picture& picture, const std::string& text, ui::Tint tint) {
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui.panel(area, tint);
  ui::Rect inside = area.inset(ui.compact() ? 4.0f : ui.margin());
  const float side = ui.portrait() ? std::min(inside.w * 0.5f, inside.h * 0.5f) : std::min(inside.h, inside.w * 0.3f);
  ui.picture((ui.portrait() ? inside.cut_top(side, ui.gap()) : inside.cut_left(side, ui.gap())).centred(side, side), picture);
  const auto fits = ui.text_height(text, inside.w, ui::Type::label, ui::Weight::bold) <= inside.h;
  ui.text(inside, text, {.type = fits ? ui::Type::label : ui::Type::sentence, .weight = ui::Weight::bold, .align = ui.portrait() ? ui::Align::centre : ui::Align::left,
                         .centre_v = true, .tint = tint});
}

// Nothing moves while somebody speaks but the ring and the bar.
void draw_hearing(ui::Ui& ui, ui::Rect area, const parts::Ear::State& now) {
  // The ring as large as the glass lets it: beside what is touched, on a tall one above it.
  ui::Rect ring = ui.portrait() ? ui::Rect{} : area.cut_left(std::min(area.h, area.w * 0.45f), ui.gap() * 2);
  ui.button(ui.portrait() ? area.cut_bottom(44, ui.gap()) : area.cut_bottom(area.h * 0.7f, ui.gap()), card(ui, "done_saying", "request.say.stop", ui::emoji("✋"), true));
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui::Rect bar = ui.portrait() ? area.cut_bottom(10, ui.gap()) : area.centred(area.w, std::min(area.h, 14.0f));
  ui.panel(bar, ui::Tint::neutral, false);
  bar = bar.inset(1);
  bar.w = std::max(2.0f, bar.w * now.level);
  ui.panel(bar, now.level > 0.94f ? ui::Tint::urgent : ui::Tint::hardship, false, true);
  if (ui.portrait()) ring = area;
  const float side = std::min(ring.h, ring.w);
  ui.countdown(ring.centred(side, side), now.share, std::to_string(now.left_s));
  ui.again_in(50);
}

void draw_heard(ui::Ui& ui, ui::Rect area, const SayModel& m, const parts::Ear::State& now) {
  const auto heard = ui.words().text("request.say.heard", {{"n", std::to_string(now.seconds)}});
  // A low glass has room for what is touched, and says the rest in its title.
  const bool low = ui.compact() && !ui.portrait();
  ui.title(low ? heard : m.title);
  const float gap = ui.gap(), high = ui.compact() ? 30.0f : 36.0f;
  std::vector<ui::Card> others;
  others.push_back(now.playing ? card(ui, "hush", "request.say.hush", ui::emoji("⏹")) : card(ui, "play", "request.say.play", ui::emoji("👂")));
  others.push_back(card(ui, "record", "request.say.again", ui::emoji("🎤")));
  others.push_back(card(ui, "leave", "request.say.leave", ui::drawn("cross")));
  const auto cells = ui::grid(area.cut_bottom(high, gap), static_cast<int>(others.size()), 1, gap);
  for (std::size_t i = 0; i < others.size(); ++i) ui.button(cells[i], others[i]);
  const auto keep = card(ui, "keep", "request.say.keep", ui::drawn("tick"), true);
  if (low) {
    ui.button(area, keep);
    return;
  }
  ui.button(area.cut_bottom(high, gap), keep);
  told(ui, area, ui::emoji("🎤"), heard, ui::Tint::hardship);
}

// Kept or not, her request stands: its receipt is what follows, wherever she came from.
parts::Next to_receipt(const SayModel& m) { return m.id ? parts::Next::replace("request/sent", m.id->text(), "request/s") : parts::Next::back(); }

// What the worker makes, and the deed says; without `keep` its file goes with it.
struct Sealing {
  std::unique_ptr<SaidFile> file;
  std::string failed;  // refusal of room app
};

}  // namespace

SayModel load_say(const parts::Ask& ask) {
  SayModel m;
  m.id = RequestId::parse(ask.key);
  const auto may = m.id ? may_say(ask.reader, *m.id) : std::unexpected(Refusal::unknown);
  m.title = ask.words.text("request.say.title");
  if (!may) {
    m.refused = name(may.error());
    return m;
  }
  m.to = *may;
  m.data = ask.reader.store().folder();
  m.kept = ask.words.text("request.say.kept");
  return m;
}

void draw_say(ui::Ui& ui, const SayModel& m, const parts::Draft& draft) {
  ui::Rect area = ui.reach();
  const auto& ear = draft.of<parts::Hears>().ear;
  const auto refused = !m.refused.empty() ? "request.refused." + m.refused : ear == nullptr || m.to.at_most_s <= 0 ? std::string("request.say.no_microphone") : std::string{};
  if (!refused.empty()) {
    ui.title(m.title);
    ui.speak(refused, ui.say(refused));
    ui.button(area.cut_bottom(ui.compact() ? 30.0f : 34.0f, ui.gap()), card(ui, "leave", "request.say.back", ui::drawn("arrow_left")));
    told(ui, area, ui::emoji("👩"), ui.say(refused), ui::Tint::neutral);
    return;
  }
  const auto now = ear->state();
  if (now.doing == Doing::heard) {
    ui.speak("request.say.heard.say", ui.say("request.say.heard.say"));
    return draw_heard(ui, area, m, now);
  }
  ui.title(m.title);
  if (now.doing == Doing::hearing) return draw_hearing(ui, area, now);
  if (now.doing == Doing::working) {
    told(ui, area, ui::emoji("⏳"), ui.say("app.busy.wait"), ui::Tint::neutral);
    ui.again_in(200);
    return;
  }
  const auto* key = now.trouble == Trouble::silent ? "request.say.silent" : now.trouble == Trouble::no_microphone ? "request.say.no_microphone" : "request.say.say";
  ui.speak(key, ui.say(key));
  if (now.trouble != Trouble::no_microphone) ui.button(area.cut_bottom(ui.compact() ? 40.0f : 52.0f, ui.gap()), card(ui, "record", "request.say.record", ui::emoji("🎤"), true));
  else ui.button(area.cut_bottom(ui.compact() ? 30.0f : 34.0f, ui.gap()), card(ui, "leave", "request.say.back", ui::drawn("arrow_left")));
  told(ui, area, ui::emoji(now.trouble == Trouble::none ? "👂" : "👩"), now.trouble == Trouble::none ? ui.words().text("request.say.how", {{"n", std::to_string(m.to.at_most_s)}}) : ui.say(key),
       now.trouble == Trouble::none ? ui::Tint::hardship : ui::Tint::neutral);
}

parts::Next tap_say(parts::Draft& draft, const SayModel& m, const parts::Tap& tap) {
  const auto& ear = draft.of<parts::Hears>().ear;
  if (tap.id == "leave") {
    if (ear) ear->forget();
    return to_receipt(m);
  }
  if (!ear || !m.id || !m.refused.empty()) return parts::Next::stay();
  const auto sound = ear->heard();
  if (tap.id == "record") ear->begin(m.to.at_most_s);
  if (tap.id == "done_saying") ear->end();
  if (tap.id == "play") ear->play(sound);
  if (tap.id != "keep" || !sound) return parts::Next::stay();
  const auto sealing = std::make_shared<Sealing>();
  const int seconds = ear->state().seconds;
  return parts::Next::run(
      [sealing, id = *m.id](store::Act& act) -> parts::Outcome {
        if (!sealing->file) return std::unexpected(parts::Refused{"app", sealing->failed});
        if (const auto said = say(act, id, *sealing->file); !said) return std::unexpected(parts::Refused{"request", std::string(name(said.error()))});
        return std::any(sealing);
      },
      [sealing, ear, sound, seconds, to = m.to, data = m.data] {
        auto clear = ear->compressed(sound);
        try {
          sealing->file = std::make_unique<SaidFile>(data, clear, to, seconds);
        } catch (const std::system_error& e) {
          sealing->failed = e.code() == std::errc::no_space_on_device ? "disk_full" : e.code() == std::errc::read_only_file_system ? "read_only" : "machine";
        } catch (const std::exception&) {
          sealing->failed = "machine";
        }
        store::wipe(clear);
      });
}

parts::Next done_say(parts::Draft& draft, const SayModel& m, const std::any& receipt) {
  std::any_cast<const std::shared_ptr<Sealing>&>(receipt)->file->keep();
  if (const auto& ear = draft.of<parts::Hears>().ear) ear->forget();
  auto next = to_receipt(m);
  next.sound = "done";
  return next.saying("request.say.kept", m.kept);
}

}  // namespace request
