#include "desk/shut.h"

#include "desk/whom.h"

namespace desk {

void draw_mending(ui::Ui& ui) {
  ui.title(ui.words().text("desk.mending.title"));
  const auto sentence = ui.words().text("desk.mending.say");
  ui.speak("desk.mending.say", sentence);
  draw_whom(ui, ui.reach(), ui::emoji("⏳"), sentence, {});
}

void draw_shut(ui::Ui& ui, std::string_view phone) {
  ui.title(ui.words().text("desk.shut.title"));
  const auto sentence = ui.words().text("desk.shut.say");
  ui.speak("desk.shut.say", sentence);
  draw_whom(ui, ui.reach(), ui::emoji("🔧"), sentence, phone);
}

}  // namespace desk
