#include "desk/sheets.h"

#include "desk/layout.h"
#include "parts/noted.h"
#include "parts/patterns.h"
#include "shapes/shape.h"
#include "village/clock.h"
#include "village/places.h"

#include <algorithm>
#include <fmt/format.h>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

// Which page is open, counted across rows and columns.
struct SheetView { int page = 0; };

std::string title_key(std::string_view name) {
  const auto dot = name.find('.');
  return std::string(name.substr(0, dot)) + ".sheet." + std::string(name.substr(dot + 1)) + ".title";
}

SheetsModel load_sheets(const parts::Ask& ask) {
  SheetsModel m;
  for (const auto& shape : shapes::all())
    for (const auto& sheet : shape.sheets)
      if (!sheet.right || ask.reader.may(*sheet.right)) {
        m.names.emplace_back(sheet.name);
        m.titles.push_back(ask.words.text(title_key(sheet.name)));
      }
  return m;
}

void draw_sheets(ui::Ui& ui, const SheetsModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.sheets.title"));
  ui.speak("desk.sheets.title", ui.say("desk.sheets.title"));
  const Rect area = ui.reach();
  if (m.names.empty()) {
    ui.text(area, ui.say("desk.sheets.none"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, area, "desk/sheets", draft, static_cast<int>(m.names.size()), 76 * grow, 24 * grow, 4);
  for (int i = p.first; i < p.last; ++i) {
    const auto at = static_cast<std::size_t>(i);
    Rect r = p.places[static_cast<std::size_t>(i - p.first)];
    r.h = std::min(r.h, 34.0f);
    ui.button(r, action("sheet:" + m.names[at], m.titles[at]));
  }
}

Next tap_sheets(parts::Draft& draft, const SheetsModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/sheets", tap)) return Next::stay();
  if (tap.verb() == "sheet") {
    draft.of<SheetView>() = {};
    return Next::push("desk/sheet", std::string(tap.arg()));
  }
  return Next::stay();
}

// Adds up what can be added: numbers, minutes; a share or a day has no sum.
struct Sum {
  bool any = false;
  double of = 0;
  bool minutes = false, whole = true;
  void add(const base::Cell& cell) {
    if (const auto* n = std::get_if<std::int64_t>(&cell)) any = true, of += static_cast<double>(*n);
    else if (const auto* d = std::get_if<double>(&cell)) any = true, whole = false, of += *d;
    else if (const auto* t = std::get_if<base::Minutes>(&cell)) any = minutes = true, of += static_cast<double>(t->count());
  }
  [[nodiscard]] base::Cell cell() const {
    if (!any) return base::NotFilledIn{};
    if (minutes) return base::Minutes(static_cast<std::int64_t>(of));
    return whole ? base::Cell{static_cast<std::int64_t>(of)} : base::Cell{of};
  }
};

// Key: the sheet's name, or name|yyyy-mm.
// Sheets name people: who opened one is written down.
Next open_sheet(parts::Draft&, const SheetModel& m) {
  return parts::note_list(m.name, m.month);
}

SheetModel load_sheet(const parts::Ask& ask) {
  SheetModel m;
  const auto bar = ask.key.find('|');
  m.name = ask.key.substr(0, bar);
  const auto today = base::date_of(village::today_at_least(ask.reader));
  auto month = today.year() / today.month();
  base::Day asked{};
  if (bar != std::string::npos && base::parse_day(ask.key.substr(bar + 1) + "-01", asked)) month = base::date_of(asked).year() / base::date_of(asked).month();
  m.month = base::iso_month(month);
  m.previous = base::iso_month(month - std::chrono::months(1));
  m.next = base::iso_month(month + std::chrono::months(1));
  m.month_label = ask.words.text("desk.month.title", {{"year", std::to_string(static_cast<int>(month.year()))}, {"month", ask.words.text("almanac.month.m" + std::to_string(static_cast<unsigned>(month.month())))}});
  m.title = ask.words.text(title_key(m.name));
  for (const auto& shape : shapes::all())
    for (const auto& sheet : shape.sheets) {
      if (sheet.name != m.name || !sheet.rows || (sheet.right && !ask.reader.may(*sheet.right))) continue;
      std::vector<Sum> sums(sheet.columns.size());
      bool summed = false;
      for (const auto& c : sheet.columns) {
        m.head.push_back(ask.words.text(c.title_key));
        m.numbers.push_back(c.kind != base::ColumnKind::text && c.kind != base::ColumnKind::day && c.kind != base::ColumnKind::instant);
        if (c.leads) m.leading.push_back(m.head.size() - 1);
        summed = summed || c.total;
      }
      if (m.leading.empty()) m.leading = {0};
      shapes::SheetAsk what;
      what.site = ask.session().site;
      what.from = base::day(month / 1);
      what.to = base::day(std::chrono::year_month_day(month / std::chrono::last));
      const auto place = ask.reader.place();
      sheet.rows(ask.reader, ask.words, what, [&](const std::vector<base::Cell>& cells) {
        for (std::size_t c = 0; c < cells.size() && c < sums.size(); ++c)
          if (sheet.columns[c].total) sums[c].add(cells[c]);
        if (static_cast<int>(m.rows.size()) >= most_sheet_rows) {
          ++m.more;
          return;
        }
        std::vector<std::string> row;
        for (std::size_t c = 0; c < cells.size(); ++c) {
          auto word = cell_word(ask.words, cells[c], place);
          // A code of the catalogue is shown by its name.
          if (c < sheet.columns.size() && sheet.columns[c].name == "offer" && ask.words.has("catalogue.offer." + word + ".label")) word = ask.words.text("catalogue.offer." + word + ".label");
          row.push_back(std::move(word));
        }
        m.rows.push_back(std::move(row));
      });
      if (summed && !m.rows.empty()) {
        for (std::size_t c = 0; c < sheet.columns.size(); ++c) m.totals.push_back(c == 0 ? ask.words.text("desk.sheets.total") : sheet.columns[c].total ? cell_word(ask.words, sums[c].cell(), place) : "");
      }
    }
  return m;
}

// The width in which these words stand on two lines.
float two_lines(const ui::Ui& ui, const std::string& text) {
  if (text.empty()) return 0;
  const auto width = [&](std::string_view words) { return ui.text_width(words, ui::Type::staff, ui::Weight::bold); };
  const float whole = width(text), one = ui.em(ui::Type::staff);
  if (text.find(' ') == std::string::npos) return static_cast<unsigned char>(text[0]) < 0x80 ? whole : std::max(whole / 2 + one, std::min(whole, one * 4));
  float longest = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const auto space = std::min(text.find(' ', at), text.size());
    longest = std::max(longest, width(std::string_view(text).substr(at, space - at)));
    at = space + 1;
  }
  return std::max(longest, std::min(whole, whole / 2 + longest / 2));
}

void draw_sheet(ui::Ui& ui, const SheetModel& m, const parts::Draft& draft) {
  ui.title(m.title, {}, m.month_label);
  ui.speak("desk.sheets.say", ui.say("desk.sheets.say"));
  Rect area = ui.reach();
  const float gap = ui.gap(), em = ui.em(ui::Type::staff), row_h = em * 2.6f, pad = 5;
  const Rect strip = ui.portrait() ? area.cut_bottom(22, gap) : area.cut_right(std::max(44.0f, 2 * (std::max(ui.text_width(ui.say("parts.page.previous"), ui::Type::staff, ui::Weight::bold), ui.text_width(ui.say("parts.page.next"), ui::Type::staff, ui::Weight::bold)) + 9) + gap), gap);

  // Pages: rows from top to bottom; columns that do not fit come on the next page, behind those that say what a row is of.
  const int all = static_cast<int>(m.rows.size()), columns = static_cast<int>(m.head.size());
  const int fixed_rows = 1 + (m.totals.empty() ? 0 : 1) + (m.more > 0 ? 1 : 0);
  const int a_page = std::max(1, static_cast<int>((area.h + 0.1f) / row_h) - fixed_rows);
  const int row_pages = std::max(1, (all + a_page - 1) / a_page);
  const int wanted = draft.of<SheetView>().page;
  std::vector<std::vector<std::size_t>> groups;
  std::vector<float> need(static_cast<std::size_t>(columns), 0);
  // Columns are as wide as the longest of the sheet's first rows needs, so that turning a page moves none of them.
  for (std::size_t c = 0; c < need.size(); ++c) {
    need[c] = std::max(two_lines(ui, m.head[c]), c < m.totals.size() ? two_lines(ui, m.totals[c]) : 0.0f);
    std::string longest;
    for (const auto& row : m.rows)
      if (c < row.size() && row[c].size() > longest.size()) longest = row[c];
    need[c] = std::min(std::max(need[c], two_lines(ui, longest)) + pad, area.w * 0.6f);
  }
  for (std::size_t c = 0; c < need.size();) {
    std::vector<std::size_t> group;
    for (const auto lead : m.leading)
      if (lead < c) group.push_back(lead);
    if (group.empty()) group.push_back(c == 0 ? c++ : 0);
    float taken = 0;
    for (const auto in : group) taken += need[in];
    while (group.size() > 1 && c < need.size() && taken + need[c] > area.w) taken -= need[group.front()], group.erase(group.begin());
    const auto leads = group.size();
    while (c < need.size() && (group.size() == leads || taken + need[c] <= area.w)) taken += need[c], group.push_back(c++);
    groups.push_back(std::move(group));
  }
  if (groups.empty()) groups.emplace_back();
  const int column_pages = static_cast<int>(groups.size()), pages = row_pages * column_pages;
  const int page = std::clamp(wanted, 0, pages - 1), row_page = page / column_pages;

  const auto places = ui.portrait() ? ui::grid(strip, 4, 1, gap) : ui::grid(strip, 2, 2, gap);
  ui.button(places[0], action("month:" + m.previous, "", ui::drawn("arrow_left")));
  ui.button(places[1], action("month:" + m.next, "", ui::drawn("arrow_right")));
  if (page > 0) ui.button(places[2], action("page_previous", ui.say("parts.page.previous")));
  if (page + 1 < pages) ui.button(places[3], action("page_next", ui.say("parts.page.next")));
  if (all == 0) {
    ui.text(area, ui.say("desk.sheets.empty"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  const auto& group = groups[static_cast<std::size_t>(page % column_pages)];
  std::vector<std::string> head;
  std::vector<float> widths;
  std::vector<ui::Align> aligns;
  for (const auto c : group) {
    head.push_back(m.head[c]);
    widths.push_back(need[c]);
    aligns.push_back(m.numbers[c] ? ui::Align::right : ui::Align::left);
  }
  std::vector<std::vector<std::string>> rows;
  const auto take = [&](const std::vector<std::string>& whole) {
    std::vector<std::string> row;
    for (const auto c : group) row.push_back(c < whole.size() ? whole[c] : "");
    rows.push_back(std::move(row));
  };
  for (int i = row_page * a_page; i < std::min(all, (row_page + 1) * a_page); ++i) take(m.rows[static_cast<std::size_t>(i)]);
  if (std::ranges::any_of(group, [&](std::size_t c) { return c > 0 && c < m.totals.size() && !m.totals[c].empty(); })) {
    take(m.totals);
    if (rows.back().front().empty()) rows.back().front() = m.totals.front();
  }
  const float table_h = row_h * static_cast<float>(rows.size() + 1);
  ui.table({area.x, area.y, area.w, table_h}, head, rows, widths, aligns);
  if (m.more > 0) ui.text({area.x, area.y + table_h, area.w, row_h}, ui.words().text("desk.sheets.more", {{"count", std::to_string(m.more)}}), {.type = ui::Type::staff, .second = true});
}

Next tap_sheet(parts::Draft& draft, const SheetModel& m, const parts::Tap& tap) {
  auto& view = draft.of<SheetView>();
  if (tap.verb() == "month") {
    view = {};
    return Next::replace("desk/sheet", m.name + "|" + std::string(tap.arg()));
  }
  if (tap.id == "page_next") ++view.page;
  if (tap.id == "page_previous") view.page = std::max(0, view.page - 1);
  return Next::stay();
}

}  // namespace

std::string cell_word(const base::Words& words, const base::Cell& cell, base::Place place) {
  struct Visit {
    const base::Words& words;
    base::Place place;
    std::string operator()(base::NotFilledIn) const { return words.text("desk.not_filled_in"); }
    std::string operator()(const std::string& s) const { return s; }
    std::string operator()(std::int64_t n) const { return std::to_string(n); }
    std::string operator()(double d) const { return fmt::format("{:.1f}", d); }
    std::string operator()(base::Share s) const { return fmt::format("{:.1f} %", s.of_one * 100); }
    std::string operator()(base::Day d) const { return base::iso(d); }
    std::string operator()(base::Instant t) const { return base::iso(base::day_of(t, place)) + " " + base::hour_minute(base::minutes_of_day(t, place)); }
    std::string operator()(base::Minutes m) const { return fmt::format("{}:{:02}", m.count() / 60, m.count() % 60); }
  };
  return std::visit(Visit{words, place}, cell);
}

std::vector<parts::Screen> sheets_screens() {
  return {parts::for_role(parts::screen<SheetsModel>("desk/sheets", {.load = load_sheets, .draw = draw_sheets, .on_tap = tap_sheets}), store::Role::volunteer),
          parts::for_role(parts::screen<SheetModel>("desk/sheet", {.load = load_sheet, .draw = draw_sheet, .on_tap = tap_sheet, .on_open = open_sheet}), store::Role::volunteer)};
}

}  // namespace desk
