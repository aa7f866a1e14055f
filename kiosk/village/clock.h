// The machine's clock where it is unsure (Store::clock_behind): staff are asked once what the time is, and what was said meanwhile is put
// right by a later fact (store/clock_set.h).
#pragma once

#include "village/people.h"

namespace village {

// Whether to ask now: the clock is behind, and nobody was asked since the machine was switched on. Staff; drawing thread.
[[nodiscard]] bool ask_clock(const store::Reader&);
// They were asked, whatever they answer: from now on it stands among the machine's troubles alone (village/health.h).
void clock_asked(store::Act&);
// The earliest it can be: the newest fact said here, or the day this program was made.
[[nodiscard]] base::Instant clock_at_least(const store::Reader&);
// It is `right` now. Gives by how much the clock was wrong; once that is committed the caller calls base::correct_system_clock with it,
// added to what was there. The machine's own clock is left alone.
//   no_right      out_of_range: earlier than clock_at_least, or more than ten years after it; or the clock is not unsure
[[nodiscard]] std::expected<std::chrono::milliseconds, Refusal> set_clock(store::Act&, base::Instant right);
// At the start, before anything is said: what staff said in this boot still holds unless somebody has set the machine's clock since.
void remember_clock(const store::Reader&);

}  // namespace village
