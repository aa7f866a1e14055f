#include "desk/home.h"

#include "base/almanac.h"
#include "parts/patterns.h"
#include "ui/frame.h"
#include "village/clock.h"
#include "village/places.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace desk {
namespace {

using ui::Rect;

std::vector<parts::HomeTile>& all_tiles() {
  static std::vector<parts::HomeTile> tiles;
  return tiles;
}

std::map<std::string, std::function<bool(const store::Reader&)>>& conditions() {
  static std::map<std::string, std::function<bool(const store::Reader&)>> all;
  return all;
}
std::function<std::vector<Attraction>(const store::Reader&)>& attractions() {
  static std::function<std::vector<Attraction>(const store::Reader&)> ask;
  return ask;
}

struct HomeModel {
  std::vector<parts::HomeTile> tiles;  // the hero first
  std::string site, day_note, clock;  // no clock: day_note says that it is unsure
  ui::Leaf leaf;
};

constexpr std::size_t most_choices = 7;

// All tiles of this site, the hero first, the red one last; and from where on home has no place.
struct Arranged { std::vector<parts::HomeTile> on_home, beside; };

Arranged arranged(const store::Reader& reader, const std::string& kind) {
  Arranged all;
  const auto there = [&](const parts::HomeTile& tile) {
    const auto condition = conditions().find(tile.id);
    return condition == conditions().end() || condition->second(reader);
  };
  for (const auto& tile : all_tiles())
    if (there(tile) && (tile.site_kinds.empty() || std::find(tile.site_kinds.begin(), tile.site_kinds.end(), kind) != tile.site_kinds.end())) all.on_home.push_back(tile);
  const auto hero = [&](const parts::HomeTile& t) { return std::find(t.hero_at.begin(), t.hero_at.end(), kind) != t.hero_at.end(); };
  std::stable_sort(all.on_home.begin(), all.on_home.end(), [&](const auto& a, const auto& b) { return std::make_pair(!hero(a), a.order) < std::make_pair(!hero(b), b.order); });
  while (all.on_home.size() > most_choices) {
    // First what is only there at times; else the last before the red one.
    auto last = all.on_home.end() - 2;
    for (auto at = all.on_home.begin() + 1; at != all.on_home.end(); ++at)
      if (conditions().contains(at->id)) last = at;
    all.beside.insert(all.beside.begin(), *last);
    all.on_home.erase(last);
  }
  return all;
}

HomeModel load_home(const parts::Ask& ask) {
  HomeModel m;
  const auto site = village::site(ask.reader, ask.session().site);
  const auto kind = site ? site->kind : std::string{};
  m.site = site ? site->name : "";
  m.tiles = arranged(ask.reader, kind).on_home;
  const auto village = village::village_of(ask.reader, ask.session().site);
  if (village::clock_unsure(ask.reader)) {
    // No date is better than a wrong one: people here go by it to market.
    m.leaf = parts::leaf_unsure(ask.words);
    m.day_note = ask.words.text("parts.clock.unsure");
    return m;
  }
  const auto today = ask.reader.today();
  m.leaf = parts::leaf_of(ask.words, today, village ? village->market : "");
  const auto rule = base::parse_market_rule(village && !village->market.empty() ? village->market : "none");
  if (rule && base::is_market_day(*rule, base::date_of(today))) m.day_note = ask.words.text("desk_home.market_today");
  else if (rule && base::is_market_day(*rule, base::date_of(today + std::chrono::days(1)))) m.day_note = ask.words.text("desk_home.market_tomorrow");
  else m.day_note = ask.words.text(base::weekday_key(base::weekday_of(today)));
  m.clock = base::hour_minute(base::minutes_of_day(ask.reader.now(), ask.reader.place()));
  return m;
}

ui::Card card_of(const ui::Ui& ui, const parts::HomeTile& tile, const HomeModel& m) {
  ui::Card c;
  c.id = tile.id;
  c.label = ui.say(tile.label_key);
  c.voice = tile.label_key;
  c.picture = tile.picture;
  c.tint = tile.tint;
  if (tile.leaf) c.leaf = m.leaf;
  if (tile.id == "urgent") c.filled = true;
  return c;
}

void draw_home(ui::Ui& ui, const HomeModel& m, const parts::Draft&) {
  ui::draw_header(ui, ui.say("desk_home.name"), m.site, m.clock.empty() ? m.day_note : m.day_note + " · " + m.clock);
  ui.speak("desk_home.say", ui.say("desk_home.say"));
  if (m.tiles.empty()) return;
  Rect area = ui.body();
  const float gap = ui.gap();
  if (ui.portrait()) {
    // Above the reach line only words; the tiles stand where a seated hand comes to.
    Rect reach = ui.reach();
    Rect above = area;
    above.h = reach.y - area.y - gap;
    if (above.h > ui.line(ui::Type::title) + ui.line(ui::Type::sentence)) {
      Rect words = above.centred(above.w, ui.line(ui::Type::title) + ui.line(ui::Type::sentence));
      ui.text(words.cut_top(ui.line(ui::Type::title)), ui.say("desk_home.greeting"), {.type = ui::Type::title, .weight = ui::Weight::bold, .align = ui::Align::centre});
      ui.text(words, ui.say("desk_home.greeting_sub"), {.align = ui::Align::centre, .second = true});
    }
    area = reach;
    const int rest = static_cast<int>(m.tiles.size()) - 1, rows = (rest + 1) / 2;
    const float hero = std::clamp(area.h * 0.21f, 30.0f, 78.0f);
    ui.card(area.cut_top(hero, gap), card_of(ui, m.tiles.front(), m));
    if (rest <= 0) return;
    auto cells = ui::grid(area, 2, rows, gap);
    if (rest % 2 == 1) cells[static_cast<std::size_t>(rest - 1)].w = area.w;  // the last one alone takes the row: nothing looks missing
    for (int i = 0; i < rest; ++i) ui.card(cells[static_cast<std::size_t>(i)], card_of(ui, m.tiles[static_cast<std::size_t>(i + 1)], m));
    return;
  }
  const int rest = static_cast<int>(m.tiles.size()) - 1;
  const int columns = std::max(1, (rest + 1) / 2);
  const float hero = (area.w - gap * static_cast<float>(columns)) / (static_cast<float>(columns) + 1.06f) * 1.06f;
  ui.card(area.cut_left(hero, gap), card_of(ui, m.tiles.front(), m));
  // Two rows, each as wide as the glass: where one has fewer its tiles are wider, and nothing looks missing.
  const float high = (area.h - gap) / 2;
  auto cells = ui::grid({area.x, area.y, area.w, high}, columns, 1, gap);
  if (rest > columns)
    for (const auto& cell : ui::grid({area.x, area.y + high + gap, area.w, high}, rest - columns, 1, gap)) cells.push_back(cell);
  for (int i = 0; i < rest; ++i) ui.card(cells[static_cast<std::size_t>(i)], card_of(ui, m.tiles[static_cast<std::size_t>(i + 1)], m));
}

parts::Next tap_home(parts::Draft&, const HomeModel& m, const parts::Tap& tap) {
  for (const auto& tile : m.tiles)
    if (tile.id == tap.id && !tile.screen.empty()) return parts::Next::push(tile.screen, tile.key);
  return parts::Next::stay();
}

// --- attract: a large leaf, the clock, what the day is; in turn with stories people agreed to and safety reminders. No names, no counts of
// people. `turn:<n>` comes from chrome every few seconds: the screen has no clock.

struct AttractModel { std::string site, clock, lunar, solar, note; ui::Leaf leaf; std::vector<Attraction> shown; };

constexpr std::string_view attract_list = "desk/attract";

AttractModel load_attract(const parts::Ask& ask) {
  const auto home = load_home(ask);
  const auto today = ask.reader.today();
  const auto stories = attractions() ? attractions()(ask.reader) : std::vector<Attraction>{};
  if (home.clock.empty()) return {home.site, {}, home.day_note, {}, {}, home.leaf, stories};
  return {home.site, home.clock, parts::lunar_word(ask.words, today), parts::solar_word(ask.words, today), home.day_note, home.leaf, stories};
}

// One picture large, its words under it, on a card.
void draw_attraction(ui::Ui& ui, Rect area, const Attraction& a) {
  ui.panel(area, a.safety ? ui::Tint::elder : ui::Tint::hardship);
  Rect inside = area.inset(ui.margin());
  const auto kind = ui.say(a.safety ? "desk_home.attract_safety" : "desk_home.attract_story");
  const auto tint = a.safety ? ui::Tint::elder : ui::Tint::hardship;
  ui.text(inside.cut_top(ui.line(ui::Type::sentence), 2), kind, {.align = ui::Align::centre, .second = true, .tint = tint});
  const float words = std::min(ui.text_height(a.title, inside.w, ui::Type::title, ui::Weight::bold), inside.h * 0.6f);
  ui.text(inside.cut_bottom(words, 3), a.title, {.type = ui::Type::title, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true, .tint = tint});
  const float side = std::min(inside.w, inside.h);
  ui.picture(inside.centred(side, side), ui::emoji(a.picture));
}

void draw_attract(ui::Ui& ui, const AttractModel& m, const parts::Draft& draft) {
  ui.speak("", "");
  Rect area = ui.glass().inset(ui.margin() * 2);
  Rect foot = area.cut_bottom(ui.line(ui::Type::label) + 10, ui.gap());
  ui.band(foot, ui.say("desk_home.attract"), ui::Tint::elder);
  const bool tall = ui.portrait();
  Rect leaf = tall ? area.cut_top(area.h * 0.55f, ui.gap() * 2) : area.cut_left(area.w * 0.44f, ui.gap() * 3);
  const int pages = static_cast<int>(m.shown.size()) + 1, page = parts::page_of(draft, attract_list) % pages;
  if (page == 0) {
    const float side = std::min(leaf.h, leaf.w * 1.2f);
    ui.leaf(leaf.centred(side * 0.82f, side), m.leaf);
  } else {
    draw_attraction(ui, leaf, m.shown[static_cast<std::size_t>(page - 1)]);
  }
  const auto align = tall ? ui::Align::centre : ui::Align::left;
  const float clock = m.clock.empty() ? 0 : ui.line(ui::Type::figure), line = ui.line(ui::Type::label), small = ui.line(ui::Type::sentence);
  Rect words = tall ? area : area.centred(area.w, clock + line + 2 * small + 12);
  if (clock > 0) ui.text(words.cut_top(clock, 4), m.clock, {.type = ui::Type::figure, .weight = ui::Weight::bold, .align = align});
  ui.text(words.cut_top(line, 3), m.lunar, {.type = ui::Type::label, .weight = ui::Weight::bold, .align = align});
  if (!m.solar.empty()) ui.text(words.cut_top(small, 3), m.solar, {.align = align, .second = true});
  ui.text(words.cut_top(small), m.site, {.align = align, .second = true});
}

parts::Next tap_attract(parts::Draft& draft, const AttractModel& m, const parts::Tap& tap) {
  if (tap.verb() != "turn") return parts::Next::home();
  int turn = 0;
  std::from_chars(tap.arg().data(), tap.arg().data() + tap.arg().size(), turn);
  draft.of<parts::Pages>().at[std::string(attract_list)] = m.shown.empty() ? 0 : turn;
  return parts::Next::stay();
}

}  // namespace

std::vector<parts::HomeTile> tiles_beside_home(const store::Reader& reader, village::SiteId id) {
  const auto site = village::site(reader, id);
  return arranged(reader, site ? site->kind : std::string{}).beside;
}
void set_tile_condition(std::string tile_id, std::function<bool(const store::Reader&)> there) { conditions()[std::move(tile_id)] = std::move(there); }
void set_attractions(std::function<std::vector<Attraction>(const store::Reader&)> ask) { attractions() = std::move(ask); }

void set_home_tiles(std::vector<parts::HomeTile> tiles) {
  std::stable_sort(tiles.begin(), tiles.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
  all_tiles() = std::move(tiles);
}

std::vector<parts::Screen> home_screens() {
  return {parts::screen<HomeModel>("desk/home", {.load = load_home, .draw = draw_home, .on_tap = tap_home}),
          parts::screen<AttractModel>("desk/attract", {.load = load_attract, .draw = draw_attract, .on_tap = tap_attract})};
}

}  // namespace desk
