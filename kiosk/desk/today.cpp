#include "desk/today.h"

#include "base/almanac.h"
#include "desk/erasure.h"
#include "desk/health.h"
#include "desk/layout.h"
#include "desk/newcomers.h"
#include "parts/keyring.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "shapes/shape.h"
#include "village/clock.h"
#include "village/places.h"

#include <algorithm>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

std::vector<parts::StaffTile>& staff_tiles() {
  static std::vector<parts::StaffTile> tiles;
  return tiles;
}

TodayModel load_today(const parts::Ask& ask) {
  TodayModel m;
  const auto& words = ask.words;
  const auto today = ask.reader.today();
  if (village::clock_unsure(ask.reader)) m.title = words.text("desk.today.title_unsure");
  else m.title = words.text("desk.today.title", {{"date", base::date_text(words, base::date_of(today))}, {"lunar", parts::lunar_word(words, today)}});
  if (const auto& staff = ask.session().staff)
    if (const auto account = village::staff_by_id(ask.reader, *staff)) {
      const auto called = parts::staff_called(account->face, words);
      m.who = called + " · " + words.text("village.role." + std::string(store::name(account->role)));
      if (const auto last = village::last_sign_in(ask.reader, account->person)) {
        const auto at = base::day_said(words, village::today_said(ask.reader), base::day_of(*last, ask.reader.place())) + " " + base::hour_minute(base::minutes_of_day(*last, ask.reader.place()));
        const auto said = " · " + words.text("desk.today.last", {{"when", at}});
        m.who_last = {m.who + said, called + said};
      }
    }
  struct Ordered { int order; TodayFigure figure; };
  std::vector<Ordered> figures;
  for (const auto& shape : shapes::all())
    for (const auto& f : shape.figures) {
      const auto value = f.value ? f.value(ask.reader) : std::nullopt;
      if (!value) continue;
      TodayFigure t;
      t.id = "figure:" + std::string(shape.name) + "." + std::string(f.name);
      t.label = words.text(std::string(shape.name) + ".figure." + std::string(f.name));
      t.figure = std::to_string(value->now) + (value->of ? "/" + std::to_string(*value->of) : "");
      if (value->late > 0) t.sub = words.text(std::string(shape.name) + ".figure_late." + std::string(f.name), {{"count", std::to_string(value->late)}});
      t.warn = value->late > 0;
      t.screen = f.screen;
      t.picture = ui::emoji(std::string(f.picture));
      figures.push_back({f.order, std::move(t)});
    }
  std::stable_sort(figures.begin(), figures.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
  for (auto& f : figures) m.figures.push_back(std::move(f.figure));
  if (auto f = health_figure(ask.reader, words)) m.figures.insert(m.figures.begin(), std::move(*f));
  if (auto f = newcomers_figure(ask.reader, words)) m.figures.push_back(std::move(*f));
  if (auto f = leavers_figure(ask.reader, words)) m.figures.push_back(std::move(*f));
  for (const auto& tile : staff_tiles())
    if (ask.reader.viewer().is_staff() && ask.reader.viewer().role >= tile.least) m.tiles.push_back(tile);
  std::stable_sort(m.tiles.begin(), m.tiles.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
  // Whether there is anything is not known before it is opened; the line stays where it is afterwards, so that nothing on the page moves.
  if (const auto& me = ask.reader.viewer().person; me && ask.reader.may(village::right::read_sealed) && ask.reader.setting("pin.sealed_card", std::int64_t{1}) != 0) {
    const bool open = parts::may_open(ask.reader, ask.draft.of<parts::Keyring>()), card = !village::cards_of(ask.reader, village::PersonId{*me}).empty();
    m.sealed = words.text(open ? "desk.today.sealed_open" : card ? "desk.today.sealed" : "desk.today.sealed_no_card");
    m.sealed_short = words.text(open ? "desk.today.sealed_open_short" : "desk.today.sealed_short");
  }
  m.ask_clock = village::ask_clock(ask.reader);
  return m;
}

parts::Next open_today(parts::Draft&, const TodayModel& m) { return m.ask_clock ? parts::Next::push("desk/clock") : parts::Next::stay(); }

void draw_figure(ui::Ui& ui, Rect r, const TodayFigure& f) {
  ui::NumberCard c;
  c.id = f.id;
  c.picture = f.picture;
  c.figure = f.figure;
  c.label = f.label;
  c.sub = f.sub;
  c.warn = f.warn;
  ui.number_card(r, c);
}

void draw_tile(ui::Ui& ui, Rect r, const parts::StaffTile& tile) {
  ui::Card c;
  c.id = tile.id;
  c.label = ui.say(tile.label_key);
  c.voice = tile.label_key;
  c.picture = tile.picture;
  c.main = false;
  ui.card(r, c);
}

// How confidential matters are opened: one line over the page, as high as its words.
constexpr float sealed_picture = 9, sealed_pad = 1.5f;
float sealed_height(const ui::Ui& ui, float width, const std::string& how) {
  return std::max(sealed_picture, ui.text_height(how, width - 2 * sealed_pad - sealed_picture - 3, ui::Type::staff)) + 2 * sealed_pad;
}
void draw_sealed(ui::Ui& ui, Rect strip, const std::string& how) {
  ui.panel(strip, ui::Tint::staff);
  Rect inside = strip.inset(sealed_pad);
  ui.picture(inside.cut_left(sealed_picture, 3).centred(sealed_picture, sealed_picture), ui::emoji("🔏"));
  ui.text(inside, how, {.type = ui::Type::staff, .centre_v = true, .tint = ui::Tint::staff});
}
// The same as one cell among the others, where a line would cost a whole row of them: in few words where all of them do not fit.
void draw_sealed_cell(ui::Ui& ui, Rect r, const TodayModel& m) {
  ui.panel(r, ui::Tint::staff);
  Rect inside = r.inset(3);
  ui.picture(inside.cut_right(sealed_picture, 2).cut_top(sealed_picture), ui::emoji("🔏"));
  const bool all = ui.text_height(m.sealed, inside.w, ui::Type::staff) <= inside.h;
  ui.text(inside, all ? m.sealed : m.sealed_short, {.type = ui::Type::staff, .centre_v = true, .tint = ui::Tint::staff});
}

void draw_today(ui::Ui& ui, const TodayModel& m, const parts::Draft& draft) {
  // Beside the day where both have room on one line; the day is not made smaller for it.
  const float room = ui.reach().w - ui.text_width(m.title, ui::Type::title, ui::Weight::bold) - 4;
  const auto fits = [&](const std::string& who) { return ui.text_width(who, ui::Type::staff, ui::Weight::bold) * 1.15f + 1 <= std::min(room, ui.reach().w * 0.5f); };
  const auto with_last = std::ranges::find_if(m.who_last, fits);
  ui.title(m.title, {}, with_last != m.who_last.end() ? *with_last : m.who);
  ui.speak("desk.today.say", ui.say("desk.today.say"));
  Rect area = ui.reach();
  const float gap = ui.gap(), grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const int figures = static_cast<int>(m.figures.size()), tiles = static_cast<int>(m.tiles.size());
  // The longest word of a label beside its picture: no word is broken.
  float longest = 0;
  for (const auto& f : m.figures)
    for (std::size_t at = 0; at < f.label.size();) {
      const auto space = std::min(f.label.find(' ', at), f.label.size());
      auto word = base::to_utf32(std::string_view(f.label).substr(at, space - at));
      if (word.size() > 4 && word.front() >= 0x2E80) word.resize((word.size() + 1) / 2);  // Chinese breaks anywhere: two even lines
      longest = std::max(longest, ui.text_width(base::to_utf8(word), ui::Type::staff, ui::Weight::bold));
      at = space + 1;
    }
  const float figure_w = std::max(56 * grow, longest * 1.1f + 28), figure_h = 34 * grow, tile_w = 42 * grow, tile_h = 34 * grow;
  const auto rows_for = [&](int n, float w) { const int columns = std::max(1, static_cast<int>((area.w + gap) / (w + gap))); return (n + columns - 1) / columns; };
  const int figure_rows = figures > 0 ? rows_for(figures, figure_w) : 0, tile_rows = rows_for(tiles, tile_w);
  const float need = static_cast<float>(figure_rows) * (figure_h + gap) + static_cast<float>(tile_rows) * (tile_h + gap) - gap;
  // On a tall glass above what hands reach, else over the page where all of it is on one page, else as a cell of the first page.
  const float line = m.sealed.empty() ? 0 : sealed_height(ui, area.w, m.sealed);
  const bool above = line > 0 && area.y - ui.body().y >= line + gap, over = line > 0 && !above && need + line + 3 <= area.h + 0.1f;
  const int cell = line > 0 && !above && !over ? 1 : 0;
  if (above) draw_sealed(ui, {area.x, area.y - gap - line, area.w, line}, m.sealed);
  if (over) draw_sealed(ui, area.cut_top(line, 3), m.sealed);
  if (cell == 0 && need <= area.h + 0.1f) {
    // Everything on one page: the numbers above, what can be opened below.
    if (figures > 0) {
      const float share = static_cast<float>(figure_rows) * 1.15f / (static_cast<float>(figure_rows) * 1.15f + static_cast<float>(std::max(1, tile_rows)));
      Rect top = area.cut_top(std::max(static_cast<float>(figure_rows) * (figure_h + gap) - gap, std::min(area.h - static_cast<float>(tile_rows) * (tile_h + gap), area.h * share)), gap);
      const auto p = paged(ui, top, "desk/today", draft, figures, figure_w, std::min(figure_h, (top.h - gap * static_cast<float>(figure_rows - 1)) / static_cast<float>(figure_rows)));
      for (int i = p.first; i < p.last; ++i) draw_figure(ui, p.places[static_cast<std::size_t>(i - p.first)], m.figures[static_cast<std::size_t>(i)]);
    }
    const auto p = paged(ui, area, "desk/today", draft, tiles, tile_w, std::min(tile_h, area.h));
    for (int i = p.first; i < p.last; ++i) draw_tile(ui, p.places[static_cast<std::size_t>(i - p.first)], m.tiles[static_cast<std::size_t>(i)]);
    return;
  }
  // Small glass: one list of equal cells in pages. The first page holds both, what stands and what can be done: figures alone would look
  // like all there is.
  const int shown = cell + figures;
  const auto p = paged(ui, area, "desk/today", draft, shown + tiles, figure_w * 0.92f, figure_h);
  const int a_page = p.columns * p.rows, first_figures = std::min(shown, std::max(a_page - tiles, (a_page + 1) / 2)), first_tiles = std::min(tiles, a_page - first_figures);
  const auto draw_one = [&](Rect r, int n) {
    if (n < cell) draw_sealed_cell(ui, r, m);
    else draw_figure(ui, r, m.figures[static_cast<std::size_t>(n - cell)]);
  };
  for (int i = p.first; i < p.last; ++i) {
    const Rect r = p.places[static_cast<std::size_t>(i - p.first)];
    const int later = i - first_figures - first_tiles;  // among what the first page has no room for
    if (i < first_figures) draw_one(r, i);
    else if (later < 0) draw_tile(ui, r, m.tiles[static_cast<std::size_t>(i - first_figures)]);
    else if (later < shown - first_figures) draw_one(r, first_figures + later);
    else draw_tile(ui, r, m.tiles[static_cast<std::size_t>(first_tiles + later - (shown - first_figures))]);
  }
}

Next tap_today(parts::Draft& draft, const TodayModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/today", tap)) return Next::stay();
  for (const auto& f : m.figures)
    if (f.id == tap.id && !f.screen.empty()) return Next::push(f.screen);
  for (const auto& t : m.tiles)
    if (t.id == tap.id) return Next::push(t.screen, t.key);
  return Next::stay();
}

}  // namespace

void set_staff_tiles(std::vector<parts::StaffTile> tiles) { staff_tiles() = std::move(tiles); }

std::optional<TodayFigure> own_figure(const base::Words& words, const std::string& name, std::int64_t n, std::string_view picture) {
  if (n == 0) return std::nullopt;
  TodayFigure f;
  f.id = "figure:desk." + name;
  f.label = words.text("desk." + name + ".figure");
  f.figure = std::to_string(n);
  f.screen = "desk/" + name;
  f.picture = ui::emoji(std::string(picture));
  return f;
}

std::vector<parts::Screen> today_screens() {
  return {parts::for_role(parts::screen<TodayModel>("desk/today", {.load = load_today, .draw = draw_today, .on_tap = tap_today, .on_open = open_today}), store::Role::volunteer)};
}

}  // namespace desk
