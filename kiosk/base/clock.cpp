#include "base/clock.h"

#include <charconv>
#include <fmt/format.h>

namespace base {

using std::chrono::days;
using std::chrono::floor;

namespace {
std::chrono::local_time<std::chrono::milliseconds> local(Instant at, Place place) {
  return std::chrono::local_time<std::chrono::milliseconds>{at.time_since_epoch() + place.utc_offset};
}
// Digits alone: a sign would make year -1 of "-001-01-01".
bool number(std::string_view text, int& out) {
  if (text.empty() || text.front() == '-') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}
}  // namespace

Day day_of(Instant at, Place place) { return floor<days>(local(at, place)); }

Minutes minutes_of_day(Instant at, Place place) {
  const auto l = local(at, place);
  return floor<Minutes>(l - floor<days>(l));
}

Instant instant_at(Day d, Minutes of_day, Place place) {
  return Instant{std::chrono::milliseconds{d.time_since_epoch()} + of_day - place.utc_offset};
}

std::chrono::weekday weekday_of(Day d) { return std::chrono::weekday{d}; }
std::chrono::year_month_day date_of(Day d) { return std::chrono::year_month_day{d}; }
Day day(std::chrono::year_month_day date) { return std::chrono::local_days{date}; }

std::string iso(Day d) {
  const auto date = date_of(d);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string iso(Instant at, Place place) {
  const auto l = local(at, place);
  const auto within = floor<std::chrono::seconds>(l - floor<days>(l)).count();
  const auto offset = place.utc_offset.count();
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", iso(day_of(at, place)), within / 3600, within / 60 % 60, within % 60,
                     offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string iso_month(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

bool parse_day(std::string_view text, Day& out) {
  int y = 0, m = 0, d = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!number(text.substr(0, 4), y) || !number(text.substr(5, 2), m) || !number(text.substr(8, 2), d)) return false;
  const std::chrono::year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                                         std::chrono::day{static_cast<unsigned>(d)}};
  if (m < 1 || d < 1 || !date.ok()) return false;
  out = day(date);
  return true;
}

std::string hour_minute(Minutes m) { return fmt::format("{}:{:02}", m.count() / 60, m.count() % 60); }

bool parse_hour_minute(std::string_view text, Minutes& out) {
  const auto colon = text.find(':');
  int h = 0, m = 0;
  if (colon == std::string_view::npos || !number(text.substr(0, colon), h) || !number(text.substr(colon + 1), m)) return false;
  if (h < 0 || h > 24 || m < 0 || m > 59 || (h == 24 && m != 0)) return false;
  out = Minutes{h * 60 + m};
  return true;
}

int full_years(Day born, Day on) {
  const auto a = date_of(born), b = date_of(on);
  int years = static_cast<int>(b.year()) - static_cast<int>(a.year());
  if (b.month() < a.month() || (b.month() == a.month() && b.day() < a.day())) --years;
  return years;
}

std::int64_t SystemClock::monotonic_ms() const {
  return floor<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace base
