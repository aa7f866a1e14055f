// The pair of keys with which a staff account reads what was sealed for it (store/sealed.h), and the township's.
//
// The rule: a secret key stands nowhere but wrapped by its owner's PIN, and opened only in the memory of a session. The PIN is six digits:
// whoever carries the disk away and has three days opens it (reliability.md 2.2). It keeps out who looks, copies or reads a backup;
// against a thief with time stand the disk's own encryption and readers who are not in the house. Any thread.
#pragma once

#include "store/act.h"
#include "store/sealed.h"
#include "village/places.h"

namespace village {

// For a new account, a PIN that was forgotten, or an account that has none: another pair, so what was sealed before is read by its other
// readers. For a PIN that its owner changes: the same pair again. Argon2id with a salt of its own and this cost (as `hash_pin`): slow,
// call it on a worker. Throws std::runtime_error where there is no memory for it.
[[nodiscard]] StaffKey wrap_key(const store::KeyPair&, std::string_view pin, int passes, int memory_mib);
// Nothing for another PIN or what is no wrapped key. As slow; throws where there is no memory: that says nothing about the PIN.
[[nodiscard]] std::optional<store::KeyPair> unwrap_key(const std::string& wrapped, std::string_view pin);

// For signing in alone: useless without the PIN, and what a guess at it is tried on.
[[nodiscard]] std::string wrapped_key(const store::Reader&, StaffId);
// To seal for this account; nothing while it has none (it comes with the next right PIN). Anyone: it only locks.
[[nodiscard]] std::optional<store::PublicKey> public_key_of(const store::Reader&, StaffId);

// For whom restricted facts are sealed (Act::append_sealed): active staff who may read them (right village.read_sealed) and have a key, then
// the township. Anyone: it only locks. Empty where nobody of staff has a key: it would lie there unread, so it must not be said.
[[nodiscard]] std::vector<store::PublicKey> sealed_for(const store::Reader&);
// What the end of a session leaves: an envelope with nothing in it, unless the session itself left one, so that whoever carries the disk
// away counts sessions and not confidences. Staff who read sealed things leave a multiple of `reader_leaves`, for handling one takes
// several steps. `left`: envelopes this session has said.
inline constexpr int reader_leaves = 4;
void leave_cover(store::Act&, int left);

}  // namespace village
