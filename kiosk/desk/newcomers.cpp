#include "desk/newcomers.h"

#include "desk/layout.h"
#include "parts/patterns.h"
#include "village/newcomers.h"

namespace desk {
namespace {

struct NewcomersModel { std::vector<village::FaceOf> faces; };

NewcomersModel load(const parts::Ask& ask) { return {village::newcomers(ask.reader)}; }

void draw(ui::Ui& ui, const NewcomersModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.newcomers.title"));
  ui.speak("desk.newcomers.say", ui.say("desk.newcomers.say"));
  const ui::Rect area = ui.reach();
  if (m.faces.empty()) {
    ui.text(area, ui.say("desk.newcomers.none"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  std::vector<ui::Face> tiles;
  for (const auto& f : m.faces) {
    auto tile = parts::face_tile(f, "person:");
    tile.name = tile.voice = f.name;
    tiles.push_back(std::move(tile));
  }
  staff_faces(ui, area, "desk/newcomers", draft, tiles);
}

parts::Next tap(parts::Draft& draft, const NewcomersModel&, const parts::Tap& touched) {
  if (parts::turned(draft, "desk/newcomers", touched)) return parts::Next::stay();
  if (touched.verb() == "person") return parts::Next::push("desk/person", std::string(touched.arg()));
  return parts::Next::stay();
}

}  // namespace

std::optional<TodayFigure> newcomers_figure(const store::Reader& reader, const base::Words& words) {
  return own_figure(words, "newcomers", village::newcomers_count(reader), "🚶");
}

parts::Screen newcomers_screen() {
  return parts::for_role(parts::screen<NewcomersModel>("desk/newcomers", {.load = load, .draw = draw, .on_tap = tap}), store::Role::volunteer);
}

}  // namespace desk
