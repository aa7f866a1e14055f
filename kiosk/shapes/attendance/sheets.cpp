// Monthly sheet, and hours of who led sessions: columns and rows.
#include "shapes/attendance/sheets.h"

#include "shapes/attendance/attendance.h"
#include "village/name_cell.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace attendance {
namespace {

using base::Cell;
using base::ColumnKind;

std::string offer_name(const base::Words& words, const std::string& code) {
  const auto key = "catalogue.offer." + code + ".label";
  return words.has(key) ? words.text(key) : code;
}

// One person's stays of one offer at one site.
struct MonthLine {
  base::Uuid site, person;
  std::string site_name, offer, name;
  std::vector<base::Day> days;  // each once, when all is read
  std::int64_t stays = 0, meals = 0, by_rule = 0, corrected = 0;
  std::optional<std::int64_t> minutes;
};

// A site or all of them, each by its own days: with "none is asked, or this one" all that ever was would be read.
// Added up here and not by SQLite, which would sort every stay, and its days once more, to give a few hundred lines.
std::vector<MonthLine> month_lines(const store::Reader& reader, const shapes::SheetAsk& ask) {
  std::vector<MonthLine> lines;
  std::unordered_map<base::Uuid, std::vector<std::size_t>> of_person;
  auto rows = reader.query(
      "SELECT site, person, offer, day, minutes, (meal <> '') + 2 * (closed_by = 'rule') + 4 * (corrected <> 0) FROM attendance_stay"
      " WHERE day BETWEEN ?1 AND ?2 AND undone = 0 AND site IN (SELECT id FROM village_site WHERE ?3 IS NULL OR id = ?3)",
      ask.from, ask.to, ask.site);
  for (const auto r : rows) {
    const auto site = r.get<base::Uuid>(0), person = r.get<base::Uuid>(1);
    const auto offer = r.get<std::string>(2);
    auto& own = of_person[person];
    auto at = std::ranges::find_if(own, [&](std::size_t i) { return lines[i].site == site && lines[i].offer == offer; });
    if (at == own.end()) {
      own.push_back(lines.size());
      at = own.end() - 1;
      MonthLine line;
      line.site = site;
      line.person = person;
      line.offer = offer;
      lines.push_back(std::move(line));
    }
    auto& line = lines[*at];
    ++line.stays;
    if (const auto day = r.get<base::Day>(3); line.days.empty() || line.days.back() != day) line.days.push_back(day);
    if (const auto minutes = r.get<std::optional<std::int64_t>>(4)) line.minutes = line.minutes.value_or(0) + *minutes;
    const auto marks = r.get<int>(5);
    line.meals += marks & 1;
    line.by_rule += marks >> 1 & 1;
    line.corrected += marks >> 2 & 1;
  }
  std::unordered_map<base::Uuid, std::string> sites;
  for (auto named = reader.query("SELECT id, name FROM village_site"); const auto r : named) sites[r.get<base::Uuid>(0)] = r.get<std::string>(1);
  std::erase_if(lines, [&](MonthLine& line) {
    const auto name = reader.one<std::string>("SELECT name FROM village_person WHERE id = ?", line.person);
    line.name = name.value_or("");
    line.site_name = sites[line.site];
    std::ranges::sort(line.days);
    line.days.erase(std::ranges::unique(line.days).begin(), line.days.end());
    return !name;
  });
  std::ranges::sort(lines, {}, [](const MonthLine& l) { return std::tie(l.site_name, l.offer, l.name, l.site, l.person); });
  return lines;
}

void month_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  for (const auto& l : month_lines(reader, ask))
    row({l.site_name, offer_name(words, l.offer), ask.names ? village::name_cell(words, l.name) : Cell{base::NotFilledIn{}}, static_cast<std::int64_t>(l.days.size()), l.stays,
         l.minutes ? Cell{base::Minutes{*l.minutes}} : Cell{base::NotFilledIn{}}, l.meals, l.by_rule, l.corrected});
}

void day_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT s.day, t.name, s.offer, count(*), count(DISTINCT s.person), sum(s.meal <> ''), t.seats FROM attendance_stay s"
      " JOIN village_site t ON t.id = s.site WHERE s.day BETWEEN ? AND ? AND s.undone = 0 AND s.site IN (SELECT id FROM village_site WHERE ? IS NULL OR id = ?)"
      " GROUP BY s.day, s.site, s.offer ORDER BY s.day, t.name, s.offer",
      ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows)
    row({r.get<base::Day>(0), r.get<std::string>(1), offer_name(words, r.get<std::string>(2)), r.get<std::int64_t>(3), r.get<std::int64_t>(4), r.get<std::int64_t>(5),
         r.null(6) ? Cell{base::NotFilledIn{}} : Cell{r.get<std::int64_t>(6)}});
}

void hours_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT p.name, s.offer, count(*), sum(s.minutes), (SELECT count(DISTINCT a.person) FROM attendance_stay a JOIN attendance_session b ON b.activity = a.activity"
      " WHERE b.opened_by = s.opened_by AND b.offer = s.offer AND b.day BETWEEN ? AND ? AND a.undone = 0)"
      " FROM attendance_session s JOIN village_staff w ON w.id = s.opened_by JOIN village_person p ON p.id = w.person"
      " WHERE s.day BETWEEN ? AND ? AND (? IS NULL OR s.site = ?) GROUP BY s.opened_by, s.offer ORDER BY p.name, s.offer",
      ask.from, ask.to, ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows)
    row({village::name_cell(words, r.get<std::string>(0)), offer_name(words, r.get<std::string>(1)), r.get<std::int64_t>(2), r.null(3) ? Cell{base::NotFilledIn{}} : Cell{base::Minutes{r.get<std::int64_t>(3)}},
         r.get<std::int64_t>(4)});
}

base::Column column(const char* name, ColumnKind kind, float width, bool total = false) {
  return {name, std::string("attendance.sheet.column.") + name, kind, width, total};
}

}  // namespace

std::vector<shapes::Sheet> sheets() {
  return {
      {"attendance.month", &right::sheets,
       {column("site", ColumnKind::text, 2), column("offer", ColumnKind::text, 2), base::leading(column("person", ColumnKind::text, 2)), column("days", ColumnKind::whole, 1),
        column("stays", ColumnKind::whole, 1, true), column("time_here", ColumnKind::minutes, 1.4f, true), column("meals", ColumnKind::whole, 1, true),
        column("closed_by_rule", ColumnKind::whole, 1, true), column("corrected", ColumnKind::whole, 1, true)},
       &month_rows},
      {"attendance.days", &right::sheets,
       {column("day", ColumnKind::day, 1.5f), column("site", ColumnKind::text, 2), column("offer", ColumnKind::text, 2), column("stays", ColumnKind::whole, 1, true),
        column("persons", ColumnKind::whole, 1), column("meals", ColumnKind::whole, 1, true), column("seats", ColumnKind::whole, 1)},
       &day_rows},
      {"attendance.hours", &right::sheets,
       {column("person", ColumnKind::text, 2), column("offer", ColumnKind::text, 2), column("sessions", ColumnKind::whole, 1, true),
        column("time_given", ColumnKind::minutes, 1.4f, true), column("persons", ColumnKind::whole, 1)},
       &hours_rows},
  };
}

}  // namespace attendance
