// Time: one instant for machines, one calendar day for people.
//
// An Instant is UTC and is never used to order facts (clocks of village kiosks are wrong); a Day always belongs to a
// site's own offset from UTC. Nothing outside this file asks the system for the time. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Day = std::chrono::local_days;  // a date where the kiosk stands
using Minutes = std::chrono::minutes;

// Where the kiosk stands. China keeps one offset and no summer time, so an offset is all that is needed (setting `place.utc_offset_min`).
struct Place {
  Minutes utc_offset{480};
};

[[nodiscard]] Day day_of(Instant, Place);
[[nodiscard]] Minutes minutes_of_day(Instant, Place);  // since local midnight, 0..1439
[[nodiscard]] Instant instant_at(Day, Minutes of_day, Place);
[[nodiscard]] std::chrono::weekday weekday_of(Day);
[[nodiscard]] std::chrono::year_month_day date_of(Day);
[[nodiscard]] Day day(std::chrono::year_month_day);
[[nodiscard]] std::string iso(Day);              // 2026-11-24
[[nodiscard]] std::string iso(Instant, Place);   // 2026-11-24T09:05:00+08:00, for sheets and JSON
[[nodiscard]] std::string iso_month(std::chrono::year_month);  // 2026-11
[[nodiscard]] bool parse_day(std::string_view iso_text, Day& out);
[[nodiscard]] std::string hour_minute(Minutes of_day);  // 9:05
[[nodiscard]] bool parse_hour_minute(std::string_view, Minutes& out);

// Whole years between two days, as people count an age in law (Civil Code: full years, 周岁).
[[nodiscard]] int full_years(Day born, Day on);

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  // Milliseconds of a clock that never jumps; for countdowns and traces, never stored.
  [[nodiscard]] virtual std::int64_t monotonic_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::int64_t monotonic_ms() const override;
};

// For tests and for making a demo village's past: stands still until told.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  void set(Instant at) { at_ = at; }
  void advance(std::chrono::milliseconds by) { at_ += by; }
  [[nodiscard]] Instant now() const override { return at_; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return at_.time_since_epoch().count(); }

 private:
  Instant at_;
};

}  // namespace base
