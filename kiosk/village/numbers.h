// How often phone numbers may be tried at this machine: who types one after another would learn whose face belongs to which.
#pragma once

#include "village/people.h"

namespace village {

// Counts one number typed in full, before it is looked up; staff are not counted. Settings number.tries (10) within number.window_min (5).
//   locked   that many were typed; a card, or staff, or waiting number.window_min after the last one
[[nodiscard]] std::expected<int, Refusal> count_number(store::Act&);  // gives how many are left

}  // namespace village
