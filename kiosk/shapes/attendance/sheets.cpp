// Monthly sheet, and hours of who led sessions: columns and rows.
#include "shapes/attendance/sheets.h"

#include "shapes/attendance/attendance.h"

namespace attendance {
namespace {

using base::Cell;
using base::ColumnKind;

std::string offer_name(const base::Words& words, const std::string& code) {
  const auto key = "catalogue.offer." + code + ".label";
  return words.has(key) ? words.text(key) : code;
}

// A site or all of them, each by its own days: with "none is asked, or this one" all that ever was would be read.

void month_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT p.name, s.offer, count(DISTINCT s.day), count(*), sum(s.minutes), sum(s.meal <> ''), sum(s.closed_by = 'rule'), sum(s.corrected), t.name"
      " FROM attendance_stay s JOIN village_person p ON p.id = s.person JOIN village_site t ON t.id = s.site"
      " WHERE s.day BETWEEN ? AND ? AND s.undone = 0 AND s.site IN (SELECT id FROM village_site WHERE ? IS NULL OR id = ?) GROUP BY s.site, s.offer, s.person ORDER BY t.name, s.offer, p.name",
      ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows)
    row({r.get<std::string>(8), offer_name(words, r.get<std::string>(1)), ask.names ? Cell{r.get<std::string>(0)} : Cell{base::NotFilledIn{}}, r.get<std::int64_t>(2),
         r.get<std::int64_t>(3), r.null(4) ? Cell{base::NotFilledIn{}} : Cell{base::Minutes{r.get<std::int64_t>(4)}}, r.get<std::int64_t>(5),
         r.get<std::int64_t>(6), r.get<std::int64_t>(7)});
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
    row({r.get<std::string>(0), offer_name(words, r.get<std::string>(1)), r.get<std::int64_t>(2), r.null(3) ? Cell{base::NotFilledIn{}} : Cell{base::Minutes{r.get<std::int64_t>(3)}},
         r.get<std::int64_t>(4)});
}

base::Column column(const char* name, ColumnKind kind, float width, bool total = false) {
  return {name, std::string("attendance.sheet.column.") + name, kind, width, total};
}

}  // namespace

std::vector<shapes::Sheet> sheets() {
  return {
      {"attendance.month", &right::sheets,
       {column("site", ColumnKind::text, 2), column("offer", ColumnKind::text, 2), column("person", ColumnKind::text, 2), column("days", ColumnKind::whole, 1),
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
