// Somebody whom the register does not know writes their own name at the kiosk, and staff complete the entry later.
#pragma once

#include "village/people.h"

namespace village {

struct Newcomer { std::string name, phone; };  // phone may be empty: then only staff and the face find them again
// A new walk-in of this site, by anyone who stands there; counted at this machine before it is written. 
//   name_empty, name_odd, phone_odd   nothing was counted: it may be put right and tried again
//   locked       as many as people.new_a_day (5; 0: staff alone write new people) have written themselves in the last 24 hours
[[nodiscard]] std::expected<PersonId, Refusal> come_new(store::Act&, const Newcomer&);
[[nodiscard]] bool may_come_new(const store::Reader&);
// Staff: walk-ins of this site whose entries nobody has completed yet, by name.
[[nodiscard]] std::vector<FaceOf> newcomers(const store::Reader&, int limit = 200);
[[nodiscard]] int newcomers_count(const store::Reader&);

}  // namespace village
