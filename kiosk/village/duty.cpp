// Duty: who is asked for when a resident touches the photo in the bar.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"
#include "village/staff_rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace village {
namespace fold {

void duty(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_duty WHERE id = ?", fold.subject());
  const auto site = merged.id("site"), staff = merged.id("staff");
  if (site && staff)
    fold.run("INSERT INTO village_duty (id, site, staff, weekday, from_min, until_min, ended) VALUES (?,?,?,?,?,?,?)", fold.subject(), *site, *staff,
             merged.whole("weekday").value_or(0), merged.whole("from").value_or(0), merged.whole("until").value_or(0), merged.yes("ended"));
}

}  // namespace fold

std::expected<DutyId, Refusal> save_duty(store::Act& act, const Duty& duty, bool ended) {
  if (!act.may(right::save_duty)) return std::unexpected(Refusal::no_right);
  if (!duty.id.none() && act.count("SELECT count(*) FROM village_duty WHERE id = ?", duty.id) == 0) return std::unexpected(Refusal::unknown);
  if (!site(act, duty.site) || !staff_by_id(act, duty.staff)) return std::unexpected(Refusal::unknown);
  if (duty.weekday < 0 || duty.weekday > 6) return std::unexpected(Refusal::out_of_range);
  if (duty.from == duty.until) return std::unexpected(Refusal::end_before_start);  // until before from: over midnight
  const auto id = duty.id.none() ? act.new_id_as<DutyId>() : duty.id;
  act.append({.kind = kind::duty_set, .subject = id.value, .site = duty.site.value},
             {{"site", duty.site.text()},
              {"staff", duty.staff.text()},
              {"weekday", duty.weekday},
              {"from", duty.from.count()},
              {"until", duty.until.count()},
              {"ended", ended}});
  return id;
}

std::optional<Staff> on_duty(const store::Reader& reader, SiteId site) {
  const auto weekday = static_cast<int>(base::weekday_of(reader.today()).c_encoding());
  const auto minute = base::minutes_of_day(reader.now(), reader.place());
  // A night's duty began yesterday.
  static const auto now = fmt::format(
      "SELECT {} JOIN village_duty d ON d.staff = s.id WHERE d.site = ?1 AND d.ended = 0 AND s.active = 1 AND ("
      " (d.weekday = ?2 AND d.from_min <= ?3 AND (?3 < d.until_min OR d.until_min < d.from_min))"
      " OR (d.weekday = (?2 + 6) % 7 AND d.until_min < d.from_min AND ?3 < d.until_min))"
      " ORDER BY d.from_min DESC, d.id LIMIT 1",
      staff_columns);
  for (auto rows = reader.query(now, site, weekday, minute); const auto row : rows) return read_staff(FaceReader(reader), row);
  static const auto clerk = fmt::format(
      "SELECT {} WHERE s.active = 1 AND s.role = 'clerk' AND (s.site IS NULL OR s.site = ?)"
      " ORDER BY s.site IS NULL, CAST(s.number AS INTEGER), s.number, s.id LIMIT 1",
      staff_columns);
  for (auto rows = reader.query(clerk, site); const auto row : rows) return read_staff(FaceReader(reader), row);
  return std::nullopt;
}

std::vector<Duty> duties(const store::Reader& reader, SiteId site) {
  std::vector<Duty> found;
  for (auto rows = reader.query("SELECT id, site, staff, weekday, from_min, until_min FROM village_duty WHERE site = ? AND ended = 0 ORDER BY (weekday + 6) % 7, from_min, id",
                                site);
       const auto row : rows)
    found.push_back({row.get<DutyId>(0), row.get<SiteId>(1), row.get<StaffId>(2), row.get<int>(3), row.get<base::Minutes>(4), row.get<base::Minutes>(5)});
  return found;
}

}  // namespace village
