// List by slot, and coverage of each service by village group: columns and rows.
#include "shapes/booking/tables.h"
#include "village/name_cell.h"

#include <algorithm>
#include <map>

namespace booking {
namespace {

using base::Cell;
using base::ColumnKind;

void slot_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  auto rows = reader.query(
      "SELECT s.day, s.start_min, t.name, s.offer, s.by_whom, s.places, p.name, b.state, b.transport, b.handed_over, s.closed FROM booking_slot s"
      " JOIN village_site t ON t.id = s.site LEFT JOIN booking_place b ON b.slot = s.id AND b.state NOT IN ('cancelled', 'moved')"
      " LEFT JOIN village_person p ON p.id = b.person WHERE s.day BETWEEN ? AND ? AND s.site IN (SELECT id FROM village_site WHERE ? IS NULL OR id = ?)"
      " ORDER BY s.day, s.start_min, t.name, s.id, b.asked_turn, b.asked_origin",
      ask.from, ask.to, ask.site, ask.site);
  for (const auto r : rows) {
    const bool person = !r.null(7);
    row({r.get<base::Day>(0), base::hour_minute(r.get<base::Minutes>(1)), r.get<std::string>(2),
         words.text("catalogue.offer." + r.get<std::string>(3) + ".label"), base::filled(r.get<std::string>(4)), r.get<std::int64_t>(5),
         person && ask.names ? village::name_cell(words, r.get<std::optional<std::string>>(6)) : Cell{base::NotFilledIn{}},
         person              ? Cell{words.text("booking.state." + r.get<std::string>(7))}
         : r.get<bool>(10)   ? Cell{words.text("booking.state.closed")}
                             : Cell{base::NotFilledIn{}},
         person && r.get<bool>(8) ? Cell{words.text("booking.sheet.yes")} : Cell{base::NotFilledIn{}},
         person && r.get<bool>(9) ? Cell{words.text("booking.sheet.yes")} : Cell{base::NotFilledIn{}}});
  }
}

// Born after `first` and up to `last`: those of this age on a day.
struct Births { base::Day first, last; };
Births births(const Offered& o, base::Day on) {
  const auto years_before = [&](int years) {
    auto date = base::date_of(on) - std::chrono::years(years);
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return base::day(date);
  };
  return {o.age_max ? years_before(*o.age_max + 1) : base::day(std::chrono::year{1800} / 1 / 1), o.age_min ? years_before(*o.age_min) : on};
}

void coverage_rows(const store::Reader& reader, const base::Words& words, const shapes::SheetAsk& ask, const base::RowSink& row) {
  if (!reader.may(right::sheets)) return;
  for (const auto* offer : shapes::catalogue().offers_of_shape("booking")) {
    const auto* o = offered(offer->code);
    if (o == nullptr || !o->slots) continue;
    struct Done { std::int64_t booked = 0, attended = 0, no_show = 0, people = 0; };
    std::map<village::GroupId, Done> done;
    {
      auto rows = reader.query(
          "SELECT p.grp, count(*), sum(b.state = 'attended'), sum(b.state = 'no_show'), count(DISTINCT CASE WHEN b.state = 'attended' THEN b.person END)"
          " FROM booking_slot s JOIN booking_place b ON b.slot = s.id JOIN village_person p ON p.id = b.person"
          " WHERE s.offer = ? AND s.site IN (SELECT id FROM village_site) AND s.day BETWEEN ? AND ? AND b.state IN ('booked', 'wished', 'attended', 'no_show') AND p.grp IS NOT NULL GROUP BY p.grp",
          o->code, ask.from, ask.to);
      for (const auto r : rows) done[r.get<village::GroupId>(0)] = {r.get<std::int64_t>(1), r.get<std::int64_t>(2), r.get<std::int64_t>(3), r.get<std::int64_t>(4)};
    }
    const auto born = births(*o, ask.to);
    const bool ages = o->age_min || o->age_max;
    const std::string sex = o->sex == "female" ? "f" : o->sex == "male" ? "m" : "";
    const bool all = std::find(offer->audience.begin(), offer->audience.end(), "all") != offer->audience.end();
    std::string tags;
    for (const auto& tag : offer->audience) tags += (tags.empty() ? "'" : ",'") + tag + "'";  // closed set, checked by the catalogue
    const std::string of_group =
        all ? std::string{} : " AND EXISTS (SELECT 1 FROM village_person_tag t WHERE t.person = p.id AND t.until IS NULL AND t.tag IN (" + tags + "))";
    auto rows = reader.query(
        "SELECT g.id, v.name, g.number, g.name, sum((? = '' OR p.sex = ?) AND (? = 0 OR (p.born > ? AND p.born <= ?))),"
        " sum((? <> '' AND p.sex = '') OR (? = 1 AND p.born IS NULL AND (? = '' OR p.sex IN ('', ?))))"
        " FROM village_group g JOIN village_village v ON v.id = g.village JOIN village_person p ON p.grp = g.id"
        " WHERE (p.left_on IS NULL OR p.left_on > ?) AND (? IS NULL OR g.village = (SELECT village FROM village_site WHERE id = ?))" +
            of_group + " GROUP BY g.id ORDER BY v.name, g.number",
        sex, sex, ages, born.first, born.last, sex, ages, sex, sex, ask.to, ask.site, ask.site);
    for (const auto r : rows) {
      const auto d = done[r.get<village::GroupId>(0)];
      const auto eligible = r.get<std::int64_t>(4), unknown = r.get<std::int64_t>(5);
      auto group = r.get<std::string>(3);
      if (group.empty()) group = words.text("booking.sheet.group", {{"number", std::to_string(r.get<int>(2))}});
      row({words.text("catalogue.offer." + o->code + ".label"), r.get<std::string>(1), group, eligible,
           unknown, d.booked, d.attended, d.no_show,
           eligible == 0 ? Cell{base::NotFilledIn{}} : Cell{base::Share{static_cast<double>(d.people) / static_cast<double>(eligible)}}});
    }
  }
}

base::Column column(const char* name, ColumnKind kind, float width, bool total = false) {
  return {name, std::string("booking.sheet.column.") + name, kind, width, total};
}

}  // namespace

std::vector<shapes::Sheet> sheets() {
  return {
      {"booking.by_slot", &right::sheets,
       {base::leading(column("day", ColumnKind::day, 1.4f)), column("time", ColumnKind::text, 0.8f), column("site", ColumnKind::text, 2), column("offer", ColumnKind::text, 1.4f),
        column("by_whom", ColumnKind::text, 1.6f), column("places", ColumnKind::whole, 0.7f), base::leading(column("person", ColumnKind::text, 1.4f)),
        column("state", ColumnKind::text, 1), column("transport", ColumnKind::text, 0.8f), column("handed_over", ColumnKind::text, 1)},
       &slot_rows},
      {"booking.coverage", &right::sheets,
       {base::leading(column("offer", ColumnKind::text, 1.6f)), column("village", ColumnKind::text, 1.6f), base::leading(column("group", ColumnKind::text, 1.2f)),
        column("eligible", ColumnKind::whole, 1, true), column("age_or_sex_unknown", ColumnKind::whole, 1, true), column("booked", ColumnKind::whole, 1, true),
        column("attended", ColumnKind::whole, 1, true), column("no_show", ColumnKind::whole, 1, true), column("share", ColumnKind::share, 1)},
       &coverage_rows},
  };
}

}  // namespace booking
