#include "desk/record_voice.h"

#include "desk/layout.h"
#include "parts/patterns.h"

#include <algorithm>

namespace desk {

using ui::Rect;
using Doing = RecordVoiceModel::Doing;

void draw_record_voice(ui::Ui& ui, const RecordVoiceModel& m) {
  const auto& words = ui.words();
  ui.title(words.text("desk.voice.title", {{"name", m.pack}}), {}, words.text("desk.voice.missing", {{"n", std::to_string(m.missing)}, {"all", std::to_string(m.lines)}}));
  ui.speak("desk.voice.say", ui.say("desk.voice.say"));
  Rect area = ui.reach();
  const float gap = ui.gap(), key = std::max(24.0f, ui.line(ui::Type::staff) * 2 + 4);

  // At the foot: to the left and right, and out; above it what is done with this sentence.
  const auto row = [&](Rect r, std::initializer_list<ui::Card> cards) {
    const float wide = (r.w - gap * static_cast<float>(cards.size() - 1)) / static_cast<float>(cards.size());
    for (const auto& card : cards) ui.button(r.cut_left(wide, gap), card);
  };
  row(area.cut_bottom(key, gap), {action("previous", ui.say("desk.voice.previous"), ui::drawn("arrow_left")), action("next", ui.say("desk.voice.next"), ui::drawn("arrow_right")),
                                  action("next_missing", ui.say("desk.voice.next_missing")), action("done", ui.say("desk.voice.done"), ui::drawn("tick"))});
  Rect main = area.cut_bottom(std::max(key, 30.0f), gap);
  const bool hearing = m.doing == Doing::hearing;
  auto record = action("record", ui.say(hearing ? "desk.voice.stop" : m.recorded ? "desk.voice.again" : "desk.voice.record"), ui::emoji(hearing ? "⏹" : "🎤"), true);
  record.tint = hearing ? ui::Tint::urgent : ui::Tint::hardship;
  auto play = action("play", ui.say("desk.voice.play"), ui::emoji("🔊"));
  if (!m.recorded) ui.button(main, record);
  else ui.button(main.cut_left((main.w - gap) * 0.6f, gap), record), ui.button(main, play);

  // How loud it is heard, and what became of it, in one line of fixed height: nothing moves while somebody reads aloud.
  Rect line = area.cut_bottom(ui.line(ui::Type::staff) * 2.2f, gap);
  if (hearing) {
    ui.panel(line, ui::Tint::neutral, false);
    Rect bar = line.inset(1);
    bar.w = std::max(2.0f, bar.w * m.level);
    ui.panel(bar, m.level > 0.94f ? ui::Tint::urgent : ui::Tint::hardship, false, true);
  } else {
    const auto told = m.doing == Doing::working  ? ui.say("desk.voice.working")
                      : !m.verdict.empty()       ? ui.say("desk.voice." + m.verdict)
                      : m.missing == 0           ? ui.say("desk.voice.all_there")
                      : m.piece                  ? ui.say("desk.voice.piece")
                                                 : std::string{};
    const bool wrong = !m.verdict.empty() && m.verdict != "good";
    if (!told.empty() && wrong) ui.band(line, told, ui::Tint::urgent);
    else if (!told.empty()) ui.text(line, told, {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
  }

  ui.panel(area, m.recorded ? ui::Tint::hardship : ui::Tint::neutral);
  Rect inside = area.inset(ui.gap());
  // As large as it fits: it is read at arm's length, away from the microphone.
  auto type = ui::Type::staff;
  for (const auto larger : {ui::Type::figure, ui::Type::title, ui::Type::label, ui::Type::sentence})
    if (ui.em(larger) > ui.em(type) && ui.text_height(m.text, inside.w, larger, ui::Weight::bold) <= inside.h) {
      type = larger;
      break;
    }
  ui.text(inside, m.text, {.type = type, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
}

}  // namespace desk
