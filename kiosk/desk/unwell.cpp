#include "desk/unwell.h"

#include "desk/whom.h"

namespace desk {
namespace {

void draw(ui::Ui& ui, const Whom& m, const parts::Draft&) {
  ui.title(ui.say("desk.unwell.title"));
  const auto key = m.called.empty() ? "desk.unwell.say_nobody" : "desk.unwell.say";
  const auto sentence = ui.words().text(key, {{"name", m.called}});
  ui.speak(key, sentence);
  // No button of its own: the number needs the room, and the bar below leads home.
  draw_whom(ui, ui.reach(), picture_of(m), sentence, m.phone);
}

}  // namespace

parts::Screen unwell_screen() {
  return parts::leaving_after(parts::screen<Whom>("desk/unwell", {.load = whom, .draw = draw}), 600);
}

}  // namespace desk
