// The pair of keys with which a staff account reads what was sealed for it (store/sealed.h), and the township's.
//
// The rule: a secret key stands nowhere but wrapped by its owner's PIN, and opened only in the memory of a session. The PIN is six digits:
// whoever carries the disk away and has three days opens it (reliability.md 2.2). It keeps out who looks, copies or reads a backup;
// against a thief with time stand the disk's own encryption and readers who are not in the house. Any thread.
#pragma once

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

}  // namespace village
