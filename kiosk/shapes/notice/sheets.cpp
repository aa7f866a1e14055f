// What was published and how many heard it; the list of stories for publicity: columns and rows (coverage.md rows 20, 52, 66, 67).
//
// Heard is counted in the period asked for. A notice that nobody heard says 0: every hearing is a fact, so none is known to be none.
#include "shapes/notice/sheets.h"

#include "shapes/notice/notice.h"
#include "village/name_cell.h"

namespace notice {
namespace {

using base::Cell;
using base::ColumnKind;

// A story's own words went with whom it told of.
Cell title(const base::Words& words, const std::string& said) { return said.empty() ? words.text("notice.sheet.erased") : said; }

void seen_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT n.title, n.kind, CASE n.everywhere WHEN 1 THEN NULL ELSE s.name END, n.first_day, n.last_day, n.retired, count(h.person), count(h.id)"
      " FROM notice_notice n LEFT JOIN village_site s ON s.id = n.site"
      " LEFT JOIN notice_heard h ON h.notice = n.id AND h.day BETWEEN ? AND ? AND (? IS NULL OR h.site = ?)"
      " WHERE n.last_day >= ? AND n.first_day <= ? AND (? IS NULL OR n.everywhere = 1 OR n.site = ?) GROUP BY n.id ORDER BY n.first_day, n.published, n.id",
      ask.from, ask.to, ask.site, ask.site, ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows)
    row({title(words, r.get<std::string>(0)), words.text("notice.kind." + r.get<std::string>(1)), r.null(2) ? words.text("notice.sheet.everywhere") : r.get<std::string>(2),
         r.get<base::Day>(3), r.get<base::Day>(4), r.null(5) ? Cell{base::NotFilledIn{}} : Cell{r.get<base::Instant>(5)}, r.get<std::int64_t>(6), r.get<std::int64_t>(7)});
}

void stories_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT n.title, p.name, n.consented, n.first_day, n.last_day, w.name, n.text, n.retired IS NULL,"
      " (SELECT count(*) FROM notice_heard h WHERE h.notice = n.id AND h.day BETWEEN ? AND ? AND (? IS NULL OR h.site = ?)), p.erased"
      " FROM notice_notice n LEFT JOIN village_person p ON p.id = n.about LEFT JOIN village_staff s ON s.id = n.published_by LEFT JOIN village_person w ON w.id = s.person"
      " WHERE n.kind = 'story' AND n.last_day >= ? AND n.first_day <= ? AND (? IS NULL OR n.everywhere = 1 OR n.site = ?) ORDER BY n.first_day, n.published, n.id",
      ask.from, ask.to, ask.site, ask.site, ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows) {
    // Without a yes the words are not for publicity: the line says that there is one, and why it says no more. Whose data was deleted may have
    // agreed: that is not known any more.
    const bool erased = !r.null(9), consented = r.get<bool>(2);
    const auto* why = erased ? "notice.sheet.erased" : "notice.sheet.withheld";
    const auto name = [&](int column) { return ask.names ? village::name_cell(words, r.get<std::optional<std::string>>(column)) : Cell{base::NotFilledIn{}}; };
    const auto* state = erased || !r.get<bool>(7) ? "notice.sheet.taken_down" : consented ? "notice.sheet.shown" : "notice.board.waits";
    row({title(words, r.get<std::string>(0)), consented || erased ? name(1) : Cell{words.text(why)},
         words.text(erased ? why : consented ? "notice.sheet.yes" : "notice.sheet.no"), r.get<base::Day>(3), r.get<base::Day>(4), name(5), words.text(state), r.get<std::int64_t>(8),
         !consented ? Cell{words.text(why)} : ask.names ? Cell{r.get<std::string>(6)} : Cell{base::NotFilledIn{}}});
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
