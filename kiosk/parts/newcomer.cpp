#include "parts/newcomer.h"

#include "parts/identify.h"
#include "parts/type_text.h"
#include "village/newcomers.h"

#include <algorithm>

namespace parts {
namespace {

using ui::Rect;

struct NewcomerModel { bool may = true; };

NewcomerModel load_newcomer(const Ask& ask) { return {village::may_come_new(ask.reader)}; }

void draw_newcomer(ui::Ui& ui, const NewcomerModel& m, const Draft& draft) {
  const auto& who = draft.of<Newcomer>();
  ui.title(ui.say("parts.newcomer.title"));
  const std::string say = !m.may ? "parts.newcomer.full" : who.name.empty() ? "parts.newcomer.say" : "parts.newcomer.say_again";
  ui.speak(say, ui.say(say));
  Rect area = ui.reach();
  if (!m.may) {
    const float side = std::min(area.h * 0.5f, 60.0f);
    ui.picture(area.cut_top(side, ui.gap()).centred(side, side), ui::emoji("👩"));
    ui.text(area, ui.say(say), {.align = ui::Align::centre});
    return;
  }
  if (ui.portrait()) area = area.cut_bottom(std::min(area.h, 230.0f));
  else if (area.h > 150) area = area.centred(area.w, 150);
  if (!who.name.empty()) {
    ui::Card yes;
    yes.id = "yes";
    yes.label = ui.say("parts.newcomer.done");
    yes.picture = ui::drawn("tick");
    yes.filled = true;
    yes.tint = ui::Tint::hardship;
    ui.button(area.cut_bottom(ui.compact() ? 30.0f : 36.0f, ui.gap()), yes);
  }
  const auto places = ui::grid(area, ui.portrait() ? 1 : 2, ui.portrait() ? 2 : 1, ui.gap());
  const auto line = [&](Rect place, std::string id, const char* picture, const char* label, const std::string& value) {
    ui::Card c;
    c.id = std::move(id);
    c.picture = ui::emoji(picture);
    c.label = value.empty() ? ui.say(label) : value;
    c.voice = label;
    if (!value.empty()) c.state = ui::State::selected;
    ui.card(place, c);
  };
  line(places[0], "name", "📝", "parts.newcomer.name", who.name);
  line(places[1], "phone", "📱", "parts.newcomer.phone", who.phone);
}

Next tap_newcomer(Draft& draft, const NewcomerModel& m, const Tap& tap) {
  if (!m.may) return Next::stay();
  const auto& who = draft.of<Newcomer>();
  if (tap.id == "name")
    return type_own(draft, "parts.newcomer.name", Writing::name, who.name, [](Draft& d, const std::string& text) { d.of<Newcomer>().name = text; }, 12);
  if (tap.id == "phone")
    return type_own(draft, "parts.newcomer.phone", Writing::digits, who.phone, [](Draft& d, const std::string& text) { d.of<Newcomer>().phone = text; }, 12);
  if (tap.id != "yes") return Next::stay();
  return Next::run([who](store::Act& act) { return as_outcome("village", village::come_new(act, {who.name, who.phone})); });
}

Next done_newcomer(Draft& draft, const NewcomerModel&, const std::any& receipt) {
  draft.of<Newcomer>() = {};
  return identified(draft, std::any_cast<const village::PersonId&>(receipt), store::Known::face);
}

}  // namespace

Screen newcomer_screen() {
  return screen<NewcomerModel>("identify/newcomer", {.load = load_newcomer, .draw = draw_newcomer, .on_tap = tap_newcomer, .on_done = done_newcomer});
}

}  // namespace parts
