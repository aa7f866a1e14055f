// How dear a guess at a PIN is on this very machine: measured once, so that a slow box does not keep staff waiting and a quick one does not
// let a thief guess fast.
#pragma once

#include "village/places.h"

namespace village {

// What checking a PIN should take: reliability.md 2.1 (a quarter to half a second).
inline constexpr std::chrono::milliseconds pin_takes_at_least{250}, pin_takes_at_most{500};

// Memory for Argon2id with so many passes, whole MiB in steps of eight, that takes between the two on this machine now; within the bounds of
// setting pin.memory_mib and an eighth of the machine's memory, whatever that takes. A second or two of one core: on a worker.
[[nodiscard]] int measured_memory_mib(int passes);
// Measures and keeps it as this site's setting pin.memory_mib, where nobody has set it. From then on every new PIN costs that much; those
// that are there keep their cost. The kiosk's own chore, with a store of its own.
void measure_pin_cost(store::Store&, SiteId);

}  // namespace village
