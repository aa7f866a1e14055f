// What is sealed is sealed for who reads at that moment (village/keys.h). A clerk who comes later, or who lost her card, gets the keys of
// what lies there from whoever of the others opens it next: without a tap, once from each of them.
//
// The rule: outside stands who handed on to which key, and no count: as many keys as fit four kilobytes look like none. Any thread with
// its own Reader or Act.
#pragma once

#include "store/act.h"
#include "store/sealed.h"
#include "village/words.h"

#include <span>
#include <vector>

namespace village {

// What was handed on to these pairs. Whoever has the pairs.
[[nodiscard]] std::vector<store::HeldKey> handed_to(const store::Reader&, std::span<const store::KeyPair* const> pairs);
// The readers of now, and the township where it gave its key, for whom this account has not handed on yet.
[[nodiscard]] std::vector<store::PublicKey> still_to_hand(const store::Reader&, StaffId giver);
// Says village.sealed_handed. Whoever of staff reads what is sealed (village.read_sealed); from others nothing is said.
void hand_on(store::Act&, const store::PublicKey& to, std::span<const store::HeldKey> keys);

}  // namespace village
