// Who has read what: a person's record, and a sheet or list with names, is opened by staff only with a fact that they did; a child's not
// before it stands on the disk.
//
// The rule: everybody's record alike. Were only those noted that have something private in them, the notes would tell which those are.
//
// Source: 未成年人网络保护条例 (State Council order 766, 2024) article 36: least authority, and access recorded. What is sealed says so in its
// own envelope (request::read). Any thread with its own Reader or Act.
#pragma once

#include "village/people.h"

namespace village {

enum class Reading {
  noted,       // by this viewer in the last ten minutes, as long as one sitting; or nobody of staff looks
  note,        // is written down as it is shown
  note_first,  // somebody younger than people.child_age, or tagged a child: is shown only when it has been written down
};
[[nodiscard]] Reading reading_of(const store::Reader&, PersonId);
// Says that this viewer reads it.  unknown, no_right: not staff
[[nodiscard]] std::expected<PersonId, Refusal> note_reading(store::Act&, PersonId);
// The same of a sheet or a list with names, by its name (attendance.stays) and what of it (a month, a day), each time.  no_right: not staff
// `by_township`: what is confidential was counted in it, opened with the township's key and by no account.
[[nodiscard]] std::expected<std::string, Refusal> note_sheet(store::Act&, const std::string& sheet, const std::string& of = {}, bool by_township = false);

}  // namespace village
