// What can be seen of attendance, and by whom.
#include "shapes/attendance/attendance.h"

#include <algorithm>

namespace attendance {
namespace {

constexpr std::string_view columns = "id, person, site, offer, activity, day, came, went, meal, closed_by, fetched_by, last_fact";

Stay read(const store::Row& r) {
  return {r.get<StayId>(0), r.get<village::PersonId>(1), r.get<village::SiteId>(2), r.get<std::string>(3), r.get<std::optional<village::ActivityId>>(4),
          r.get<base::Day>(5), r.get<base::Instant>(6), r.get<std::optional<base::Instant>>(7), r.get<std::string>(8), r.get<std::string>(9),
          r.get<std::optional<village::PersonId>>(10), r.get<base::Uuid>(11)};
}

template <class... A>
std::vector<Stay> many(const store::Reader& reader, std::string_view where, const A&... args) {
  std::vector<Stay> stays;
  auto rows = reader.query("SELECT " + std::string(columns) + " FROM attendance_stay WHERE " + std::string(where), args...);
  for (const auto row : rows) stays.push_back(read(row));
  return stays;
}

template <class... A>
std::optional<Stay> first(const store::Reader& reader, std::string_view where, const A&... args) {
  auto stays = many(reader, std::string(where) + " LIMIT 1", args...);
  return stays.empty() ? std::nullopt : std::optional(std::move(stays.front()));
}

}  // namespace

std::optional<Stay> open_stay(const store::Reader& reader, village::PersonId person, const village::OfferCode& offer) {
  if (!reader.may_for(right::see_stay, person)) return std::nullopt;
  return first(reader, "person = ? AND day = ? AND offer = ? AND went IS NULL AND undone = 0 ORDER BY came DESC", person, reader.today(), offer);
}

std::optional<Stay> any_open_stay(const store::Reader& reader, village::PersonId person) {
  if (!reader.may_for(right::see_stay, person)) return std::nullopt;
  return first(reader, "person = ? AND day = ? AND site = ? AND went IS NULL AND undone = 0 ORDER BY came DESC", person, reader.today(), reader.viewer().site);
}

std::optional<Stay> last_stay_today(const store::Reader& reader, village::PersonId person) {
  if (!reader.may_for(right::see_stay, person)) return std::nullopt;
  return first(reader, "person = ? AND day = ? AND site = ? AND undone = 0 ORDER BY came DESC", person, reader.today(), reader.viewer().site);
}

std::optional<Stay> stay(const store::Reader& reader, StayId id) {
  auto found = first(reader, "id = ? AND undone = 0", id);
  return found && reader.may_for(right::see_stay, found->person) ? found : std::nullopt;
}

bool came_before(const store::Reader& reader, const Stay& stay) {
  return reader.may_for(right::see_stay, stay.person) &&
         reader.count("SELECT count(*) FROM attendance_stay WHERE person = ? AND day = ? AND site = ? AND undone = 0 AND came < ?", stay.person, stay.day, stay.site, stay.came) > 0;
}

std::vector<Stay> here_now(const store::Reader& reader) {
  if (!reader.may(right::see_site)) return {};
  return many(reader, "site = ? AND went IS NULL AND undone = 0 AND day = ? ORDER BY came", reader.viewer().site, reader.today());
}

std::vector<Stay> stays_on(const store::Reader& reader, base::Day day) {
  if (!reader.may(right::see_site)) return {};
  return many(reader, "site = ? AND day = ? AND undone = 0 ORDER BY came", reader.viewer().site, day);
}

std::vector<village::PersonId> regulars_missing(const store::Reader& reader) {
  if (!reader.may(right::see_site)) return {};
  // A regular came on at least `attendance.regular_days` (5) of the last 14 days; ours, a setting.
  std::vector<village::PersonId> missing;
  auto rows = reader.query(
      "SELECT person FROM attendance_stay WHERE site = ? AND day BETWEEN ? AND ? AND undone = 0 AND activity IS NULL GROUP BY person"
      " HAVING count(DISTINCT day) >= ? AND person NOT IN (SELECT person FROM attendance_stay WHERE site = ? AND day = ? AND undone = 0)",
      reader.viewer().site, reader.today() - std::chrono::days(14), reader.today() - std::chrono::days(1),
      reader.setting("attendance.regular_days", std::int64_t{5}), reader.viewer().site, reader.today());
  for (const auto row : rows) missing.push_back(row.get<village::PersonId>(0));
  return missing;
}

Seats seats(const store::Reader& reader, village::SiteId site) {
  Seats s;
  auto rows = reader.query("SELECT offer, count(*) FROM attendance_stay WHERE site = ? AND went IS NULL AND undone = 0 AND day = ? GROUP BY offer", site, reader.today());
  for (const auto row : rows) {
    const auto* o = offered(row.get<std::string>(0));
    if (o != nullptr && o->seats) s.taken += row.get<int>(1);
  }
  if (const auto place = village::site(reader, site)) s.of = place->seats;
  return s;
}

std::vector<const village::Offer*> open_offers(const store::Reader& reader, village::PersonId person) {
  const auto here = village::site(reader, village::SiteId{reader.viewer().site});
  if (!here) return {};
  const auto groups = village::tags(reader, person);
  std::vector<const village::Offer*> found;
  for (const auto* offer : shapes::catalogue().shown("attendance", here->kind, groups)) {
    const auto* o = offered(offer->code);
    if (o != nullptr && o->open) found.push_back(offer);
  }
  // Somebody in no group who stands here is as welcome as anyone: the site's own open offers.
  if (found.empty())
    for (const auto* offer : shapes::catalogue().shown("attendance", here->kind)) {
      const auto* o = offered(offer->code);
      if (o != nullptr && o->open && !o->handover) found.push_back(offer);
    }
  return found;
}

std::vector<std::string> dishes(const store::Reader& reader, base::Day day) {
  // Seven lists, Monday first, split by ';', dishes by ','. One list serves all days.
  const auto text = reader.setting("attendance.dishes", std::string_view{"臊子面,米饭炒菜"});
  std::vector<std::string> lists{""}, dishes;
  for (const char c : text)
    if (c == ';') lists.emplace_back(); else lists.back() += c;
  const auto index = lists.size() < 7 ? 0 : base::weekday_of(day).iso_encoding() - 1;
  std::string dish;
  for (const char c : lists[index] + ",") {
    if (c != ',') { dish += c; continue; }
    if (const auto t = base::trimmed(dish); !t.empty()) dishes.emplace_back(t);
    dish.clear();
  }
  return dishes;
}

int Roll::here() const { return static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const RollLine& l) { return l.here; })); }

Roll roll(const store::Reader& reader, village::ActivityId id) {
  Roll roll;
  roll.activity = id;
  const auto activity = village::activity(reader, id);
  if (!activity || !reader.may(right::see_roll)) return roll;
  for (auto rows = reader.query("SELECT closed FROM attendance_session WHERE activity = ?", id); const auto row : rows) {
    roll.open = row.null(0);
    roll.closed = !row.null(0);
  }
  std::vector<village::PersonId> expected, added;
  for (auto rows = reader.query("SELECT person FROM attendance_expected WHERE activity = ?", id); const auto row : rows) expected.push_back(row.get<village::PersonId>(0));
  if (expected.empty()) {
    const auto* offer = shapes::catalogue().offer(activity->offer);
    const bool all = offer == nullptr || std::find(offer->audience.begin(), offer->audience.end(), "all") != offer->audience.end();
    std::string wanted;
    if (offer != nullptr && !all)
      for (const auto& group : offer->audience)
        if (group != "volunteer") wanted += (wanted.empty() ? "" : ",") + ("'" + group + "'");
    auto rows = reader.query("SELECT DISTINCT s.person FROM village_person_site s" +
                                 (wanted.empty() ? std::string{} : " JOIN village_person_tag t ON t.person = s.person AND t.until IS NULL AND t.tag IN (" + wanted + ")") +
                                 " WHERE s.site = ?",
                             activity->site);
    for (const auto row : rows) expected.push_back(row.get<village::PersonId>(0));
  }
  std::map<village::PersonId, bool> here;
  for (auto rows = reader.query("SELECT person FROM attendance_stay WHERE activity = ? AND undone = 0", id); const auto row : rows) here[row.get<village::PersonId>(0)] = true;
  std::map<village::PersonId, std::string> absent;
  for (auto rows = reader.query("SELECT person, reason FROM attendance_absence WHERE activity = ?", id); const auto row : rows) absent[row.get<village::PersonId>(0)] = row.get<std::string>(1);
  const auto add = [&](village::PersonId person, bool walk_in) {
    const auto face = village::face(reader, person);
    if (!face) return;
    RollLine line{*face, here.contains(person), {}, walk_in};
    if (const auto a = absent.find(person); a != absent.end())
      for (const auto reason : {Absence::leave, Absence::not_seen, Absence::phoned})
        if (name(reason) == a->second) line.absent = reason;
    roll.lines.push_back(std::move(line));
  };
  for (const auto person : expected) add(person, false);
  for (const auto& [person, yes] : here)
    if (std::find(expected.begin(), expected.end(), person) == expected.end()) add(person, true);
  std::stable_sort(roll.lines.begin(), roll.lines.end(), [](const RollLine& a, const RollLine& b) { return a.face.name < b.face.name; });
  return roll;
}

std::vector<Stay> late_pickups(const store::Reader& reader) {
  if (!reader.may(right::see_alarms)) return {};
  const auto grace = base::Minutes{reader.setting("attendance.late_pickup_min", std::int64_t{15})};
  const auto now = base::minutes_of_day(reader.now(), reader.place());
  auto in = many(reader, "site = ? AND day = ? AND went IS NULL AND undone = 0 ORDER BY came", reader.viewer().site, reader.today());
  if (in.empty()) return {};  // asked again and again: mostly nobody
  std::optional<base::Minutes> last_class;
  for (const auto& a : village::activities(reader, village::SiteId{reader.viewer().site}, reader.today(), reader.today()))
    if (const auto* o = offered(a.offer); o != nullptr && o->handover && !a.cancelled) last_class = std::max(last_class.value_or(a.end), a.end);
  std::vector<Stay> late;
  for (auto& s : in) {
    const auto* o = offered(s.offer);
    if (o == nullptr || !o->handover) continue;
    std::optional<base::Minutes> ends = o->closes;
    if (s.activity)
      if (const auto activity = village::activity(reader, *s.activity)) ends = activity->end;
    // Whoever came by itself came for the class: the house's own hour would be too late to miss it.
    if (!s.activity && last_class && base::minutes_of_day(s.came, reader.place()) < *last_class) ends = std::min(ends.value_or(*last_class), *last_class);
    if (ends && now >= *ends + grace) late.push_back(std::move(s));
  }
  return late;
}

std::vector<RefusedFetch> refused_fetches(const store::Reader& reader) {
  if (!reader.may(right::see_alarms)) return {};
  std::vector<RefusedFetch> all;
  auto rows = reader.query("SELECT id, child, at FROM attendance_refused_fetch WHERE site = ? AND day = ? AND seen = 0 ORDER BY at", reader.viewer().site, reader.today());
  for (const auto row : rows) all.push_back({row.get<base::Uuid>(0), row.get<village::PersonId>(1), row.get<base::Instant>(2)});
  return all;
}

bool held(const store::Reader& reader, village::PersonId child) {
  const auto refused = refused_fetches(reader);
  return std::any_of(refused.begin(), refused.end(), [&](const RefusedFetch& f) { return f.child == child; });
}

namespace {
std::pair<base::Day, base::Day> bounds(std::chrono::year_month month) {
  return {base::day(month / 1), base::day(month / std::chrono::last)};
}
}  // namespace

std::optional<base::Minutes> time_here(const store::Reader& reader, village::PersonId person, std::chrono::year_month month) {
  if (!reader.may_for(right::see_stay, person)) return std::nullopt;
  const auto [from, to] = bounds(month);
  const auto sum = reader.one<std::int64_t>("SELECT sum(minutes) FROM attendance_stay WHERE person = ? AND day BETWEEN ? AND ? AND undone = 0", person, from, to);
  return sum ? std::optional(base::Minutes{*sum}) : std::nullopt;
}

std::optional<base::Minutes> hours_given(const store::Reader& reader, village::StaffId staff, std::chrono::year_month month) {
  const bool own = reader.viewer().staff == staff.value;
  if (!own && !reader.may(right::sheets)) return std::nullopt;
  const auto [from, to] = bounds(month);
  const auto sum = reader.one<std::int64_t>("SELECT sum(minutes) FROM attendance_session WHERE opened_by = ? AND day BETWEEN ? AND ?", staff, from, to);
  return sum ? std::optional(base::Minutes{*sum}) : std::nullopt;
}

}  // namespace attendance
