#include "desk/unwell.h"

#include "desk/whom.h"

namespace desk {
namespace {

void draw(ui::Ui& ui, const Whom& m, const parts::Draft&) {
  ui.title(ui.say("desk.unwell.title"));
  const auto key = m.called.empty() ? "desk.unwell.say_nobody" : "desk.unwell.say";
  const auto sentence = ui.words().text(key, {{"name", m.called}});
  ui.speak(key, sentence);
  ui::Rect area = ui.reach();
  ui::Rect below = area.cut_bottom(ui.compact() ? 30.0f : 40.0f, ui.gap());
  ui::Card again;
  again.id = "again";
  again.label = ui.say("desk.unwell.again");
  again.voice = "desk.unwell.again";
  again.picture = ui::emoji("🏠");
  ui.button(below, again);
  draw_whom(ui, area, m.duty, sentence, m.phone);
}

parts::Next tap(parts::Draft&, const Whom&, const parts::Tap& touched) {
  return touched.id == "again" ? parts::Next::home() : parts::Next::stay();
}

}  // namespace

parts::Screen unwell_screen() {
  return parts::leaving_after(parts::screen<Whom>("desk/unwell", {.load = whom, .draw = draw, .on_tap = tap}), 600);
}

}  // namespace desk
