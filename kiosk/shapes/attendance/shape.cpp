// What attendance brings to the house.
#include "shapes/attendance/attendance.h"
#include "shapes/attendance/demo.h"
#include "shapes/attendance/sheets.h"
#include "shapes/attendance/tables.h"

namespace attendance {
namespace {

using Value = shapes::Figure::Value;

std::optional<Value> here(const store::Reader& reader) {
  if (!reader.may(right::see_site)) return std::nullopt;
  const auto s = seats(reader, village::SiteId{reader.viewer().site});
  return Value{static_cast<int>(here_now(reader).size()), s.of, 0};
}

std::optional<Value> missing(const store::Reader& reader) {
  if (!reader.may(right::see_site)) return std::nullopt;
  const auto n = static_cast<int>(regulars_missing(reader).size());
  return Value{n, std::nullopt, 0};
}

std::optional<Value> still_in(const store::Reader& reader) {
  if (!reader.may(right::see_alarms)) return std::nullopt;
  const auto n = static_cast<int>(late_pickups(reader).size() + refused_fetches(reader).size());
  return n == 0 ? std::nullopt : std::optional(Value{n, std::nullopt, n});
}

bool holds(const store::Reader& reader, village::PersonId person) {
  return reader.count("SELECT count(*) FROM attendance_stay WHERE person = ? AND went IS NULL AND undone = 0", person) > 0;
}

void about(const store::Reader& reader, village::PersonId person, const base::Words& words, std::vector<shapes::About>& lines) {
  if (!reader.may_for(right::see_stay, person)) return;
  if (const auto s = any_open_stay(reader, person))
    lines.push_back({"👋", words.text("attendance.about.in", {{"time", base::hour_minute(base::minutes_of_day(s->came, reader.place()))}}),
                     words.text("catalogue.offer." + s->offer + ".label"), {}, {}, false});
  const auto date = base::date_of(reader.today());
  if (const auto month = time_here(reader, person, date.year() / date.month()))
    lines.push_back({"⏱", words.text("attendance.about.month", {{"hours", std::to_string((month->count() + 30) / 60)}}), {}, {}, {}, false});
}

}  // namespace

shapes::Shape shape() {
  shapes::Shape s;
  s.name = "attendance";
  for (const auto kind : {"attendance.came", "attendance.went", "attendance.handed_over", "attendance.undone", "attendance.corrected", "attendance.meal_chosen"})
    s.facts.push_back({kind, 1, store::Class::union_, &fold_stay});
  s.facts.push_back({"attendance.closed_by_rule", 1, store::Class::once, &fold_stay});
  s.facts.push_back({"attendance.session_opened", 1, store::Class::union_, &fold_session});
  s.facts.push_back({"attendance.session_closed", 1, store::Class::union_, &fold_session});
  s.facts.push_back({"attendance.expected", 1, store::Class::union_, &fold_roll_line});
  s.facts.push_back({"attendance.absent", 1, store::Class::union_, &fold_roll_line});
  s.facts.push_back({"attendance.refused_fetch", 1, store::Class::union_, &fold_refused_fetch});
  s.facts.push_back({"attendance.saw_refused_fetch", 1, store::Class::union_, &fold_refused_fetch});
  s.rights = {right::check_in, right::check_out, right::undo, right::choose_meal, right::hand_over, right::refuse_fetch, right::correct,
              right::open_session, right::mark, right::note_absence, right::close_session, right::expect, right::see_stay, right::see_site,
              right::see_seats, right::see_roll, right::see_alarms, right::sheets};
  s.take_offers = &take_offers;
  s.chores = {{"attendance.close_forgotten", base::Minutes{5}, &close_forgotten}};
  s.sheets = sheets();
  s.figures = {{"here", "👋", "attendance/here", 10, &here},
               {"missing", "❓", "attendance/missing", 20, &missing},
               {"still_in", "🎒", "attendance/still_in", 25, &still_in}};
  s.about = &about;
  s.holds = &holds;
  s.demo_day = &demo_day;
  return s;
}

}  // namespace attendance
