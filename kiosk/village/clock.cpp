#include "village/clock.h"

#include "base/set_clock.h"
#include "store/clock_set.h"
#include "village/rights.h"

namespace village {

namespace {

// Where the machine's clock is the one that was answered for: its zero has not moved since (base/set_clock.h).
bool same_clock(std::int64_t since_boot_ms, const base::ClockStand& stand) { return std::chrono::abs(stand.since_boot - std::chrono::milliseconds(since_boot_ms)) < std::chrono::minutes(1); }

}  // namespace

bool ask_clock(const store::Reader& reader) {
  if (!reader.may(right::set_clock) || !clock_unsure(reader)) return false;
  const auto stand = base::clock_stand();
  for (auto rows = reader.query("SELECT since_boot FROM local_clock WHERE boot = ?", stand.boot); const auto row : rows)
    if (same_clock(row.get<std::int64_t>(0), stand)) return false;
  return true;
}

void clock_asked(store::Act& act) {
  const auto stand = base::clock_stand();
  act.run_local("INSERT INTO local_clock (boot, since_boot) VALUES (?1, ?2) ON CONFLICT (boot) DO UPDATE SET since_boot = ?2, add_ms = NULL", stand.boot, stand.since_boot.count());
}

base::Instant clock_at_least(const store::Reader& reader) { return reader.store().clock_at_least(); }

std::expected<std::chrono::milliseconds, Refusal> set_clock(store::Act& act, base::Instant right, bool back) {
  if (!act.may(back ? right::set_clock_back : right::set_clock)) return std::unexpected(Refusal::no_right);
  const auto least = back ? act.store().clock_never_before() : clock_at_least(act);
  // To the minute, as people say it: the newest fact may be of this very minute.
  if (!act.store().clock_unsure() || right + std::chrono::minutes(1) < least || right > clock_at_least(act) + std::chrono::years(10)) return std::unexpected(Refusal::out_of_range);
  const auto by = right - act.now();
  (void)store::clock_set::say(act, by);
  if (back) (void)store::clock_set::say_ahead(act, right);
  const auto stand = base::clock_stand();
  act.run_local("INSERT INTO local_clock (boot, since_boot, add_ms) VALUES (?1, ?2, ?3) ON CONFLICT (boot) DO UPDATE SET since_boot = ?2, add_ms = ?3", stand.boot,
                stand.since_boot.count(), (base::system_clock_correction() + by).count());
  return by;
}

void remember_clock(const store::Reader& reader) {
  const auto stand = base::clock_stand();
  for (auto rows = reader.query("SELECT since_boot, add_ms FROM local_clock WHERE boot = ? AND add_ms IS NOT NULL", stand.boot); const auto row : rows)
    if (same_clock(row.get<std::int64_t>(0), stand)) base::correct_system_clock(std::chrono::milliseconds(row.get<std::int64_t>(1)));
}

}  // namespace village
