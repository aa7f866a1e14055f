#include "desk/health.h"

#include "desk/layout.h"
#include "parts/patterns.h"

namespace desk {
namespace {

HealthModel load(const parts::Ask& ask) { return {village::troubles(ask.reader)}; }

void draw(ui::Ui& ui, const HealthModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.health.title"));
  if (m.troubles.empty()) {
    ui.speak("desk.health.well", ui.say("desk.health.well"));
    parts::nothing_here(ui, ui.reach(), ui::drawn("tick"), ui.say("desk.health.well"));
    return;
  }
  ui.speak("desk.health.say", ui.say("desk.health.say"));
  std::vector<ui::Row> rows;
  for (const auto t : m.troubles) {
    ui::Row row;
    row.picture = ui::emoji("⚠️");
    row.line = ui.say("desk.health." + std::string(village::name(t)));
    row.sub = ui.say("desk.health.do." + std::string(village::name(t)));
    if (t == village::Trouble::clock_behind) row.actions.push_back({"clock", ui.say("desk.health.set_clock"), true});
    rows.push_back(std::move(row));
  }
  parts::row_page(ui, ui.reach(), "desk/health", draft, rows, {});
}

parts::Next tap(parts::Draft& draft, const HealthModel&, const parts::Tap& touched) {
  if (parts::turned(draft, "desk/health", touched)) return parts::Next::stay();
  return touched.id == "clock" ? parts::Next::push("desk/clock") : parts::Next::stay();
}

}  // namespace

std::optional<TodayFigure> health_figure(const store::Reader& reader, const base::Words& words) {
  auto f = own_figure(words, "health", static_cast<std::int64_t>(village::troubles(reader).size()), "🖥️");
  if (f) f->warn = true;
  return f;
}

parts::Screen health_screen() { return parts::for_role(parts::screen<HealthModel>("desk/health", {.load = load, .draw = draw, .on_tap = tap}), store::Role::volunteer); }

}  // namespace desk
