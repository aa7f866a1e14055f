// What was published and how many heard it; the list of stories for publicity: columns and rows (coverage.md rows 20, 52, 66, 67).
//
// Heard is counted in the period asked for. A notice that nobody heard says 0: every hearing is a fact, so none is known to be none.
#include "shapes/notice/sheets.h"

#include "shapes/notice/notice.h"

namespace notice {
namespace {

using base::Cell;
using base::ColumnKind;

void seen_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT n.title, n.kind, CASE n.everywhere WHEN 1 THEN NULL ELSE s.name END, n.first_day, n.last_day, n.retired, count(h.person), count(h.id)"
      " FROM notice_notice n LEFT JOIN village_site s ON s.id = n.site"
      " LEFT JOIN notice_heard h ON h.notice = n.id AND h.day BETWEEN ? AND ? AND (? IS NULL OR h.site = ?)"
      " WHERE n.last_day >= ? AND n.first_day <= ? AND (? IS NULL OR n.everywhere = 1 OR n.site = ?) GROUP BY n.id ORDER BY n.first_day, n.published, n.id",
      ask.from, ask.to, ask.site, ask.site, ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows)
    row({r.get<std::string>(0), words.text("notice.kind." + r.get<std::string>(1)), r.null(2) ? words.text("notice.sheet.everywhere") : r.get<std::string>(2),
         r.get<base::Day>(3), r.get<base::Day>(4), r.null(5) ? Cell{base::NotFilledIn{}} : Cell{r.get<base::Instant>(5)}, r.get<std::int64_t>(6), r.get<std::int64_t>(7)});
}

void stories_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT n.title, p.name, n.consented, n.first_day, n.last_day, w.name, n.text, n.retired IS NULL, (SELECT count(*) FROM notice_heard h WHERE h.notice = n.id)"
      " FROM notice_notice n LEFT JOIN village_person p ON p.id = n.about LEFT JOIN village_staff s ON s.id = n.published_by LEFT JOIN village_person w ON w.id = s.person"
      " WHERE n.kind = 'story' AND n.last_day >= ? AND n.first_day <= ? AND (? IS NULL OR n.everywhere = 1 OR n.site = ?) ORDER BY n.first_day, n.published, n.id",
      ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows) {
    const bool consented = r.get<bool>(2);
    // Without a yes the words are not for publicity: the line says that there is one, and no more.
    row({r.get<std::string>(0), !ask.names || !consented || r.null(1) ? Cell{base::NotFilledIn{}} : Cell{r.get<std::string>(1)},
         words.text(consented ? "notice.sheet.yes" : "notice.sheet.no"), r.get<base::Day>(3), r.get<base::Day>(4),
         !ask.names || r.null(5) ? Cell{base::NotFilledIn{}} : Cell{r.get<std::string>(5)}, words.text(r.get<bool>(7) ? "notice.sheet.shown" : "notice.sheet.taken_down"),
         r.get<std::int64_t>(8), !ask.names || !consented ? Cell{base::NotFilledIn{}} : Cell{r.get<std::string>(6)}});
  }
}

base::Column column(const char* name, ColumnKind kind, float width, bool total = false) {
  return {name, std::string("notice.sheet.column.") + name, kind, width, total};
}

}  // namespace

std::vector<shapes::Sheet> sheets() {
  return {
      {"notice.seen", &right::sheets,
       {column("title", ColumnKind::text, 2.4f), column("kind", ColumnKind::text, 1), column("site", ColumnKind::text, 2), column("from", ColumnKind::day, 1.2f),
        column("until", ColumnKind::day, 1.2f), column("taken_down", ColumnKind::instant, 1.8f), column("heard_persons", ColumnKind::whole, 1, true),
        column("heard_in_all", ColumnKind::whole, 1, true)},
       &seen_rows},
      {"notice.stories", &right::sheets,
       {column("title", ColumnKind::text, 1.8f), column("about", ColumnKind::text, 1.1f), column("consent", ColumnKind::text, 0.8f), column("from", ColumnKind::day, 1.2f),
        column("until", ColumnKind::day, 1.2f), column("published_by", ColumnKind::text, 1.1f), column("state", ColumnKind::text, 0.9f),
        column("heard_in_all", ColumnKind::whole, 0.8f, true), column("text", ColumnKind::text, 4)},
       &stories_rows},
  };
}

}  // namespace notice
