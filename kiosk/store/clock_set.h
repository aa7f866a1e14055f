// A clock that was wrong, set right afterwards: facts said meanwhile are marked (Fact::clock_sure), and one later fact says by how much.
//
// The rule: no fact is changed. Whoever reads a fact (Reader::facts_of, so every fold) gets its time with what was said last about it;
// the order of facts never depended on it. `say` means the run of marked facts of this boot alone: the last ones in which time does not go back.
#pragma once

#include "store/act.h"

#include <optional>

namespace store::clock_set {

inline constexpr std::string_view kind = "journal.clock_set";  // subject: the origin whose clock it was

// Says that the clock of this database showed `by` too little since it became unsure. Gives the fact; nothing, and nothing is said, where
// no fact is marked: then setting the clock is all that is needed. Who may: the caller asks (village::set_clock).
std::optional<base::Uuid> say(Act&, std::chrono::milliseconds by);

// Says that everything of this database that bears a later time than `right` was said by a clock that was ahead: somebody had set it wrong, and
// it had seemed sure. The last of them is moved to `right`, the others as far before it as they were. Gives how many facts say so. Who may: the caller asks.
int say_ahead(Act&, base::Instant right);

// The greatest time of an origin's facts, in ms: what a sure clock said, and what an unsure one said as far as somebody put it right. 0 where there is none.
[[nodiscard]] std::int64_t newest_ms(Database&, const base::Uuid& origin, std::int64_t origin_number);

// For the store: notes it where it is read from, gives what must be folded anew.
struct About { std::string kind; base::Uuid subject; };
[[nodiscard]] std::vector<About> take(Database&, const Fact&);
// The facts' times with what was said about them.
void apply(Database&, std::vector<Fact>&);

}  // namespace store::clock_set
