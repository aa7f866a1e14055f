// A fact in an envelope: what was said is inside, sealed (store/sealed.h) for those who may read it; outside stands that something was said
// on this day, and no more.
//
// The rule: two envelopes look alike to whoever cannot open them, whatever is in them, and some hold nothing at all (`Act::append_cover`).
// Outside there is no person, no thing, no time of day and no kind: an envelope is a fact `sealed.kept` of one subject for all of them,
// its clock set back to the beginning of the day, its id made of that. The chain covers the envelope, which is how a changed one is found.
#pragma once

#include "store/fact.h"

#include <optional>
#include <string>
#include <string_view>

namespace store::envelope {

inline constexpr std::string_view kind = "sealed.kept";
// What all envelopes are about, so that they are found by the journal's own index.
[[nodiscard]] const base::Uuid& subject();

// What is inside, as JSON; with the time to the millisecond. Shorter than a kilobyte for every deed of ours, so that all are of one class.
[[nodiscard]] std::string inside(const Fact&);
// Of somebody's session that said nothing confidential.
[[nodiscard]] std::string_view nothing();
// The body of the fact outside, and the sealed bytes in it; nothing for a body that is none.
[[nodiscard]] std::string body_of(std::string_view sealed);
[[nodiscard]] std::optional<std::string> sealed_in(const Fact& outside);
// The fact again, its place in the order (origin, seq, turn) that of its envelope. Nothing for a cover, or what is no fact of ours.
[[nodiscard]] std::optional<Fact> of_inside(std::string_view inside, const Fact& outside);

}  // namespace store::envelope
