#include "desk/mine.h"

#include "parts/identify.h"
#include "parts/paged.h"
#include "parts/patterns.h"

#include <algorithm>

namespace desk {
namespace {

using parts::Draft;
using parts::Next;
using parts::Tap;

struct StartModel { store::Known needed = store::Known::face; };
StartModel load_start(const parts::Ask& ask) { return {parts::needed_for_own(ask.reader)}; }
void draw_start(ui::Ui&, const StartModel&, const Draft&) {}
Next open_start(Draft& draft, const StartModel& m) {
  auto next = parts::identify(draft, m.needed, "desk/mine_lines");
  next.kind = Next::Kind::replace;
  return next;
}

MineModel load_mine(const parts::Ask& ask) {
  MineModel m;
  const auto who = ask.session().who;
  if (!who) return m;
  m.face = village::face(ask.reader, *who);
  const bool proven = ask.session().viewer.known >= store::Known::card;
  for (const auto& shape : shapes::all())
    if (shape.about) shape.about(ask.reader, *who, ask.words, m.lines);
  m.more_with_card = !proven;
  if (!proven) std::erase_if(m.lines, [](const shapes::About& a) { return a.is_private; });
  return m;
}

void draw_mine(ui::Ui& ui, const MineModel& m, const Draft& draft) {
  if (!m.face) return;
  ui.title(ui.say("desk_mine.title"), {}, m.face->called);
  const auto sentence = ui.words().text(m.lines.empty() ? "desk_mine.nothing" : "desk_mine.say", {{"name", m.face->called}, {"n", std::to_string(m.lines.size())}});
  ui.speak(m.lines.empty() ? "desk_mine.nothing" : "desk_mine.say", sentence);
  std::vector<ui::Card> cards;
  int n = 0;
  for (const auto& line : m.lines) {
    ui::Card c;
    c.id = "line:" + std::to_string(n++);
    c.label = line.line;
    c.sub = line.sub;
    c.picture = ui::emoji(line.picture);
    cards.push_back(std::move(c));
  }
  if (m.more_with_card) {
    ui::Card c;
    c.id = "prove";
    c.label = ui.say("desk_mine.prove");
    c.voice = "desk_mine.prove";
    c.picture = ui::drawn("card");
    c.tint = ui::Tint::woman;
    cards.push_back(std::move(c));
  }
  ui::Rect area = ui.reach();
  if (m.lines.empty()) {
    const float high = ui.text_height(sentence, area.w, ui::Type::sentence);
    ui.text(area.cut_top(high, ui.gap()), sentence, {.align = ui.portrait() ? ui::Align::centre : ui::Align::left});
    ui::Card help;
    help.id = "help";
    help.label = ui.say("desk_mine.help");
    help.voice = "desk_mine.help";
    help.picture = ui::emoji("🙋");
    help.tint = ui::Tint::hardship;
    cards.push_back(std::move(help));
    ui::Card on;
    on.id = "whats_on";
    on.label = ui.say("desk_mine.whats_on");
    on.voice = "desk_mine.whats_on";
    on.picture = ui::drawn("calendar");
    cards.push_back(std::move(on));
  }
  // Lines are long words: two columns at most, one where the glass is narrow.
  const int columns = ui.portrait() ? 1 : 2;
  const int rows = std::max(1, static_cast<int>((area.h + ui.gap()) / (36 + ui.gap())));
  const int a_page = columns * rows, count = static_cast<int>(cards.size());
  if (count <= a_page) {
    const int used = std::max(1, (count + columns - 1) / columns);
    const float high = std::min(area.h, (static_cast<float>(used) * 60 + static_cast<float>(used - 1) * ui.gap()));
    const auto cells = ui::grid({area.x, area.y, area.w, high}, columns, used, ui.gap());
    for (int i = 0; i < count; ++i) ui.button(cells[static_cast<std::size_t>(i)], cards[static_cast<std::size_t>(i)]);
  } else {
    const auto p = parts::paged(ui, area, "desk/mine_lines", draft, count, columns == 1 ? area.w * 0.6f : area.w * 0.36f, 36, columns);
    for (int i = p.first; i < p.last; ++i) ui.button(p.places[static_cast<std::size_t>(i - p.first)], cards[static_cast<std::size_t>(i)]);
  }
}

Next tap_mine(Draft& draft, const MineModel& m, const Tap& tap) {
  if (parts::turned(draft, "desk/mine_lines", tap)) return Next::stay();
  if (tap.id == "prove") return parts::identify(draft, store::Known::card, "desk/mine_lines");
  if (tap.id == "help") return Next::replace("request/ask");
  if (tap.id == "whats_on") return Next::replace("desk/calendar");
  if (tap.verb() == "line") {
    std::size_t index = 0;
    for (const char c : tap.arg()) index = index * 10 + static_cast<std::size_t>(c - '0');
    if (index < m.lines.size() && !m.lines[index].screen.empty()) return Next::push(m.lines[index].screen, m.lines[index].key);
  }
  return Next::stay();
}

}  // namespace

std::vector<parts::Screen> mine_screens() {
  return {parts::screen<StartModel>("desk/mine", {.load = load_start, .draw = draw_start, .on_open = open_start}),
          parts::screen<MineModel>("desk/mine_lines", {.load = load_mine, .draw = draw_mine, .on_tap = tap_mine}, parts::Ground::resident, parts::Privacy::quiet)};
}

parts::HomeTile mine_tile() {
  parts::HomeTile t;
  t.id = "go:mine";
  t.picture = ui::emoji("👛");
  t.label_key = "desk_mine.tile";
  t.screen = "desk/mine";
  t.order = 70;
  return t;
}

}  // namespace desk
