// Activities: what is on, on which day, once or every week.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"

#include <fmt/format.h>

namespace village {
namespace fold {

void activity(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_activity WHERE id = ?", fold.subject());
  const auto site = merged.id("site");
  const auto day = merged.day("day");
  if (!site || !day) return;
  fold.run(
      "INSERT INTO village_activity (id, site, offer, name, picture, place, day, start_min, end_min, places, series, led_by, programme, cancelled,"
      " cancel_reason) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), *site, merged.text("offer"), merged.text("name"), merged.text("picture"), merged.text("place"), *day,
      merged.whole("start").value_or(0), merged.whole("end").value_or(0), merged.whole("places"), merged.id("series"), merged.id("led_by"),
      merged.text("programme"), merged.yes("cancelled"), merged.text("reason"));
}

}  // namespace fold

namespace {

constexpr std::string_view columns =
    "a.id, a.site, a.offer, a.name, a.picture, a.place, a.day, a.start_min, a.end_min, a.places, a.series, a.led_by, a.cancelled, a.cancel_reason";

Activity read(const store::Row& row) {
  Activity a;
  a.id = row.get<ActivityId>(0);
  a.site = row.get<SiteId>(1);
  a.offer = row.get<std::string>(2);
  a.name = row.get<std::string>(3);
  a.picture = row.get<std::string>(4);
  a.place = row.get<std::string>(5);
  a.day = row.get<base::Day>(6);
  a.start = row.get<base::Minutes>(7);
  a.end = row.get<base::Minutes>(8);
  a.places = row.get<std::optional<int>>(9);
  a.series = row.get<std::optional<SeriesId>>(10);
  a.led_by = row.get<std::optional<StaffId>>(11);
  a.cancelled = row.get<bool>(12);
  a.cancel_reason = row.get<std::string>(13);
  return a;
}

std::vector<Activity> all(store::Rows rows) {
  std::vector<Activity> found;
  for (const auto row : rows) found.push_back(read(row));
  return found;
}

}  // namespace

std::optional<Activity> activity(const store::Reader& reader, ActivityId id) {
  static const auto sql = fmt::format("SELECT {} FROM village_activity a WHERE a.id = ?", columns);
  auto rows = reader.query(sql, id);
  for (const auto row : rows) return read(row);
  return std::nullopt;
}

std::vector<Activity> activities(const store::Reader& reader, SiteId site, base::Day from, base::Day to_inclusive) {
  static const auto sql =
      fmt::format("SELECT {} FROM village_activity a WHERE a.site = ? AND a.day BETWEEN ? AND ? ORDER BY a.day, a.start_min, a.id", columns);
  return all(reader.query(sql, site, from, to_inclusive));
}

std::vector<Activity> activities_of_village(const store::Reader& reader, VillageId village, base::Day from, base::Day to_inclusive) {
  static const auto sql = fmt::format(
      "SELECT {} FROM village_site s JOIN village_activity a ON a.site = s.id WHERE s.village = ? AND a.day BETWEEN ? AND ?"
      " ORDER BY a.day, a.start_min, a.id",
      columns);
  return all(reader.query(sql, village, from, to_inclusive));
}

namespace {

// This one and all later ones of its series, by day; itself alone where it is in none.
std::vector<Activity> from_here_on(const store::Reader& reader, const Activity& one) {
  if (!one.series) return {one};
  static const auto sql = fmt::format("SELECT {} FROM village_activity a WHERE a.series = ? AND a.day >= ? ORDER BY a.day, a.id", columns);
  return all(reader.query(sql, *one.series, one.day));
}

}  // namespace

std::expected<ActivityId, Refusal> save_activity(store::Act& act, const ActivityEdit& edit) {
  if (!act.may(right::save_activity)) return std::unexpected(Refusal::no_right);
  const auto before = edit.id ? activity(act, *edit.id) : std::nullopt;
  if (edit.id && !before) return std::unexpected(Refusal::unknown);
  if (!site(act, edit.site)) return std::unexpected(Refusal::unknown);
  if (edit.led_by && !staff_by_id(act, *edit.led_by)) return std::unexpected(Refusal::unknown);
  const std::string name(base::trimmed(edit.name));
  if (name.empty()) return std::unexpected(Refusal::name_empty);
  if (edit.day < act.today()) return std::unexpected(Refusal::day_past);
  if (edit.end <= edit.start) return std::unexpected(Refusal::end_before_start);

  const int weeks = before && before->series ? 0 : std::clamp(edit.repeat_weeks, 0, 60);
  nlohmann::json body{{"site", edit.site.text()}, {"offer", edit.offer},       {"name", name},        {"picture", edit.picture},
                      {"place", edit.place},      {"start", said(edit.start)}, {"end", said(edit.end)}};
  body["places"] = edit.places ? nlohmann::json(*edit.places) : nlohmann::json(nullptr);
  body["led_by"] = edit.led_by ? said(*edit.led_by) : nlohmann::json(nullptr);
  if (weeks > 0) body["series"] = act.new_id_as<SeriesId>().text();
  std::vector<Activity> later;
  if (before && edit.later_too) later = from_here_on(act, *before);
  const auto first = edit.id ? *edit.id : act.new_id_as<ActivityId>();
  for (int week = 0; week <= weeks; ++week) {
    body["day"] = said(edit.day + std::chrono::days{7 * week});
    const auto id = week == 0 ? first : act.new_id_as<ActivityId>();
    act.append({.kind = kind::activity_set, .subject = id.value, .offer = edit.offer, .site = edit.site.value}, body);
  }
  for (const auto& one : later) {
    if (one.id == first || one.cancelled) continue;
    body["day"] = said(one.day + (edit.day - before->day));
    act.append({.kind = kind::activity_set, .subject = one.id.value, .offer = edit.offer, .site = edit.site.value}, body);
  }
  return first;
}

std::expected<ActivityId, Refusal> cancel_activity(store::Act& act, ActivityId id, const std::string& reason, bool whole_series) {
  if (!act.may(right::cancel_activity)) return std::unexpected(Refusal::no_right);
  const auto this_one = activity(act, id);
  if (!this_one) return std::unexpected(Refusal::unknown);
  if (this_one->day < act.today()) return std::unexpected(Refusal::day_past);
  const auto ones = whole_series ? from_here_on(act, *this_one) : std::vector{*this_one};
  for (const auto& one : ones)
    if (!one.cancelled)
      act.append({.kind = kind::activity_cancelled, .subject = one.id.value, .offer = one.offer, .site = one.site.value},
                 {{"cancelled", true}, {"reason", reason}});
  return id;
}

}  // namespace village
