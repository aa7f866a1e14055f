// Ledger with handling times, and what came of it by service: columns and rows (coverage.md rows 26, 45, 55, 71).
//
// Confidential requests stand in both only for whoever has opened them, without a person, a service or an answer: they are counted, and how
// long the first contact took.
#include "shapes/request/sheets.h"

#include "shapes/request/request.h"
#include "village/name_cell.h"

namespace request {
namespace {

using base::Cell;
using base::ColumnKind;

std::string offer_name(const base::Words& words, const std::string& code) {
  const auto* offer = shapes::catalogue().offer(code);
  return offer == nullptr ? code : words.text(offer->label_key(true));
}
Cell office_name(const base::Words& words, const std::string& code) {
  return code.empty() ? Cell{base::NotFilledIn{}} : Cell{words.text("catalogue.office." + code + ".name")};
}
// Whole minutes between two instants; not filled in while one is missing.
Cell minutes(const store::Row& r, int from, int to) {
  if (r.null(from) || r.null(to)) return base::NotFilledIn{};
  return std::chrono::floor<base::Minutes>(r.get<base::Instant>(to) - r.get<base::Instant>(from));
}
Cell instant(const store::Row& r, int column) { return r.null(column) ? Cell{base::NotFilledIn{}} : Cell{r.get<base::Instant>(column)}; }

void ledger_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT t.name, r.offer, r.kind, p.name, r.asked, r.accepted, r.finished, r.due, r.was_late OR (r.open AND r.due < ? AND (r.kind <> 'urgent' OR r.state = 'asked')), r.state, r.answer, r.lead,"
      " w.name, r.round, r.outcome FROM " + reader.rows("request_request") + " r JOIN village_site t ON t.id = r.site LEFT JOIN village_person p ON p.id = r.person"
      " LEFT JOIN village_staff s ON s.id = coalesce(r.finished_by, r.taken_by) LEFT JOIN village_person w ON w.id = s.person"
      " WHERE r.day BETWEEN ? AND ? AND (? IS NULL OR r.site = ?) ORDER BY r.asked, r.id",
      reader.now(), ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows) {
    const bool sealed = r.get<std::string>(2) == "confidential";
    const auto answer = r.get<std::string>(10);
    const auto state = r.get<std::string>(9);
    row({r.get<std::string>(0), sealed ? words.text("request.sealed.offer") : offer_name(words, r.get<std::string>(1)),
         !ask.names || sealed ? Cell{base::NotFilledIn{}} : village::name_cell(words, r.get<std::optional<std::string>>(3)), r.get<base::Instant>(4), instant(r, 5), instant(r, 6),
         minutes(r, 4, 5), minutes(r, 4, 6), state == "cancelled" ? Cell{base::NotFilledIn{}} : Cell{words.text(r.get<bool>(8) ? "request.late.yes" : "request.late.no")},
         words.text("request.state." + state), answer.empty() || sealed ? Cell{base::NotFilledIn{}} : Cell{words.text("request.answer." + answer)},
         sealed ? Cell{base::NotFilledIn{}} : office_name(words, r.get<std::string>(11)), ask.names ? village::name_cell(words, r.get<std::optional<std::string>>(12)) : Cell{base::NotFilledIn{}},
         r.get<std::int64_t>(13) - 1});
  }
}

void summary_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  // Handled: finished, answered or closed by staff. What was taken back is counted apart and is neither late nor open. The share of those
  // whom it helped stands beside the number of those who said anything, never without it.
  auto rows = reader.query(
      "SELECT v.name, CASE r.kind WHEN 'confidential' THEN '' ELSE r.offer END AS what, min(CASE r.kind WHEN 'confidential' THEN '' ELSE r.lead END),"
      " count(*), sum(r.state = 'cancelled'), sum(r.state IN ('finished', 'confirmed', 'closed')), sum(r.open),"
      " sum(r.state <> 'cancelled' AND (r.was_late OR (r.open AND r.due < ? AND (r.kind <> 'urgent' OR r.state = 'asked')))), avg(r.accepted - r.asked), avg(r.finished - r.asked),"
      " sum(r.answer <> '' AND r.kind <> 'confidential'), sum(r.answer = 'good' AND r.kind <> 'confidential'), sum(r.round - 1), sum(r.escalated > 0)"
      " FROM " + reader.rows("request_request") + " r JOIN village_site t ON t.id = r.site JOIN village_village v ON v.id = t.village"
      " WHERE r.day BETWEEN ? AND ? AND (? IS NULL OR r.site = ?) GROUP BY v.id, what ORDER BY v.name, v.id, what = '', count(*) DESC, what",
      reader.now(), ask.from, ask.to, ask.site, ask.site);
  const auto average = [](const store::Row& r, int column) {
    return r.null(column) ? Cell{base::NotFilledIn{}} : Cell{base::Minutes{static_cast<std::int64_t>(r.get<double>(column) / 60'000.0)}};
  };
  for (const auto r : rows) {
    const auto code = r.get<std::string>(1);
    const auto said = r.get<std::int64_t>(10);
    row({r.get<std::string>(0), code.empty() ? words.text("request.sealed.offer") : offer_name(words, code), office_name(words, r.get<std::string>(2)),
         r.get<std::int64_t>(3), r.get<std::int64_t>(5), r.get<std::int64_t>(6), r.get<std::int64_t>(7), r.get<std::int64_t>(4), r.get<std::int64_t>(12),
         r.get<std::int64_t>(13), average(r, 8), average(r, 9), code.empty() ? Cell{base::NotFilledIn{}} : Cell{said},
         code.empty() || said == 0 ? Cell{base::NotFilledIn{}} : Cell{base::Share{static_cast<double>(r.get<std::int64_t>(11)) / static_cast<double>(said)}}});
  }
}

base::Column column(const char* name, ColumnKind kind, float width, bool total = false) {
  return {name, std::string("request.sheet.column.") + name, kind, width, total};
}

}  // namespace

std::vector<shapes::Sheet> sheets() {
  return {
      {"request.ledger", &right::sheets,
       {column("site", ColumnKind::text, 2), base::leading(column("offer", ColumnKind::text, 1.5f)), base::leading(column("person", ColumnKind::text, 1.4f)), column("asked", ColumnKind::instant, 2),
        column("accepted", ColumnKind::instant, 2), column("finished", ColumnKind::instant, 2), column("minutes_to_accept", ColumnKind::minutes, 1.2f),
        column("minutes_to_finish", ColumnKind::minutes, 1.2f), column("late", ColumnKind::text, 0.8f), column("state", ColumnKind::text, 1.2f),
        column("answer", ColumnKind::text, 1), column("lead", ColumnKind::text, 2), column("handled_by", ColumnKind::text, 1.4f),
        column("reopened", ColumnKind::whole, 0.8f, true)},
       &ledger_rows},
      {"request.summary", &right::sheets,
       {column("village", ColumnKind::text, 2), base::leading(column("offer", ColumnKind::text, 1.5f)), column("lead", ColumnKind::text, 2),
        column("requests", ColumnKind::whole, 1, true), column("handled", ColumnKind::whole, 1, true), column("open", ColumnKind::whole, 1, true),
        column("late_count", ColumnKind::whole, 1, true), column("taken_back", ColumnKind::whole, 1, true), column("reopened", ColumnKind::whole, 1, true),
        column("escalated", ColumnKind::whole, 1, true), column("minutes_to_accept", ColumnKind::minutes, 1.2f), column("minutes_to_finish", ColumnKind::minutes, 1.2f),
        column("answers", ColumnKind::whole, 1, true), column("helped", ColumnKind::share, 1)},
       &summary_rows},
  };
}

}  // namespace request
