// The machine's clock where it is unsure (Store::clock_unsure): staff are asked once what the time is, and what was said meanwhile is put
// right by a later fact (store/clock_set.h).
#pragma once

#include "village/people.h"

namespace village {

// Neither the day nor the time may be shown or said: both are known to be wrong. In memory, so any screen may ask. Any viewer, any thread.
[[nodiscard]] inline bool clock_unsure(const store::Reader& reader) { return reader.store().clock_unsure(); }
// The day that words like "tomorrow" are counted from: today, or, where that is unsure, one so long ago that dates are said in full.
[[nodiscard]] inline base::Day today_said(const store::Reader& reader) { return clock_unsure(reader) ? base::Day{} - std::chrono::days(36525) : reader.today(); }
// What a list or a form begins with: today, or the earliest that it can be. Never said to be today while the clock is unsure.
[[nodiscard]] inline base::Day today_at_least(const store::Reader& reader) {
  return clock_unsure(reader) ? base::day_of(reader.store().clock_at_least(), reader.place()) : reader.today();
}
// `at` was noted by this unsure clock: it is not shown either until the clock is set, which puts it right too.
[[nodiscard]] inline bool time_unsure(const store::Reader& reader, base::Instant at) { return clock_unsure(reader) && at <= reader.now(); }
// Whether to ask now: the clock is unsure, and nobody has answered for this clock: since the machine was switched on, and since somebody else
// moved its clock. Staff; drawing thread.
[[nodiscard]] bool ask_clock(const store::Reader&);
// "Later": from now on it stands among the machine's troubles alone (village/health.h). Who leaves the question otherwise has not answered.
void clock_asked(store::Act&);
// The earliest it can be: the newest fact said here, or the day this program was made.
[[nodiscard]] base::Instant clock_at_least(const store::Reader&);
// It is `right` now. Gives by how much the clock was wrong; once that is committed the caller calls base::correct_system_clock with it,
// added to what was there. The machine's own clock is left alone.
//   no_right      out_of_range: earlier than clock_at_least, or more than ten years after it; or the clock is not unsure
// `back`: it is right all the same, and what bears a later time was said by a clock that somebody had set wrong; its time is put right too. Clerks
// and managers; never earlier than this program was made.
[[nodiscard]] std::expected<std::chrono::milliseconds, Refusal> set_clock(store::Act&, base::Instant right, bool back = false);
// At the start, before anything is said: what staff said in this boot still holds unless somebody has set the machine's clock since.
void remember_clock(const store::Reader&);

}  // namespace village
