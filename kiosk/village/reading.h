// Who has read what: the record of a child, and a sheet with names, is opened by staff only after it is written down that they did.
//
// Source: 未成年人网络保护条例 (State Council order 766, 2024) article 36: least authority, and access recorded. What is sealed says so in its
// own envelope (request::read). Any thread with its own Reader or Act.
#pragma once

#include "village/people.h"

namespace village {

// Whether opening this person's record must first be written down: staff look, the person is younger than people.child_age (or tagged a
// child), and this viewer has not said so in the last ten minutes, as long as one sitting.
[[nodiscard]] bool must_note_reading(const store::Reader&, PersonId);
// Says that this viewer reads it.  unknown, no_right: not staff
[[nodiscard]] std::expected<PersonId, Refusal> note_reading(store::Act&, PersonId);
// The same of a sheet with names, by its name (attendance.stays), each time.  no_right: not staff
// `by_township`: what is confidential was counted in it, opened with the township's key and by no account.
[[nodiscard]] std::expected<std::string, Refusal> note_sheet(store::Act&, const std::string& sheet, bool by_township = false);

}  // namespace village
