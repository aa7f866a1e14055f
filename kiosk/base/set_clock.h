// The system's clock, set right for this program alone: a kiosk has no right to set the machine's, and its battery may be dead.
#pragma once

#include "base/clock.h"

#include <string>

namespace base {

// From now on SystemClock shows this much more (negative: less) than the machine. Any thread; once more replaces what was there.
void correct_system_clock(std::chrono::milliseconds);
[[nodiscard]] std::chrono::milliseconds system_clock_correction();

// What tells whether a correction still holds: the machine's boot, and how far its clock stands from the time since then. Another boot, or
// a clock that somebody has set meanwhile, and it does not. `boot` is empty where the machine does not say.
struct ClockStand {
  std::string boot;
  std::chrono::milliseconds since_boot{0};  // machine's clock less the time since boot, asleep or not
};
[[nodiscard]] ClockStand clock_stand();

}  // namespace base
