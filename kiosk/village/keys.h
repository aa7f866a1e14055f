// The pair of keys with which a staff account reads what was sealed for it (store/sealed.h), and the township's.
//
// The rule: a secret key stands nowhere but wrapped, and is opened only in the memory of a session. An account has two pairs. The first
// is wrapped by its PIN, six digits: whoever carries the disk away and has three days opens it (reliability.md 2.2). The second, for what is
// sealed (store/envelope.h), is wrapped by the first and by the secret on its owner's card, 130 bits that stand in print alone
// (devices/wedge.h): with the disk, and with every PIN, it stays shut. Any thread.
#pragma once

#include "store/act.h"
#include "store/sealed.h"
#include "village/places.h"

#include <expected>
#include <memory>

namespace village {

// For a new account, a PIN that was forgotten, or an account that has none: another pair, so what was sealed before is read by its other
// readers. For a PIN that its owner changes: the same pair again. Argon2id with a salt of its own and this cost (as `hash_pin`): slow,
// call it on a worker. Throws std::runtime_error where there is no memory for it.
[[nodiscard]] StaffKey wrap_key(const store::KeyPair&, std::string_view pin, int passes, int memory_mib);
// Nothing for another PIN or what is no wrapped key. As slow; throws where there is no memory: that says nothing about the PIN.
[[nodiscard]] std::optional<store::KeyPair> unwrap_key(const std::string& wrapped, std::string_view pin);

// --- the second pair. Until the account has one (its owner has not held a card with a secret to the reader yet), and where setting
// pin.sealed_card is 0, what is sealed is sealed for the first.
[[nodiscard]] bool has_sealed_key(const store::Reader&, StaffId);
// Nothing for another PIN's pair or another card, or where there is none yet.
[[nodiscard]] std::optional<store::KeyPair> sealed_pair(const store::Reader&, StaffId, const store::KeyPair& of_pin, std::string_view card_secret);
// A new one, instead of what was there: a first card, or another one than before. What was sealed for the old pair is then read again when
// one of the other readers has opened it (village/handed.h). Its owner, signed in.
//   no_right   another account than the viewer's, or one that reads nothing sealed
[[nodiscard]] std::expected<std::shared_ptr<const store::KeyPair>, Refusal> make_sealed_pair(store::Act&, const store::KeyPair& of_pin, std::string_view card_secret);

// For signing in alone: useless without the PIN, and what a guess at it is tried on.
[[nodiscard]] std::string wrapped_key(const store::Reader&, StaffId);
// To seal for this account; nothing while it has none (it comes with the next right PIN). Anyone: it only locks.
[[nodiscard]] std::optional<store::PublicKey> public_key_of(const store::Reader&, StaffId);

// Whether the second pair is the one that counts now: what is sealed for this account then opens with the card alone.
[[nodiscard]] bool sealed_needs_card(const store::Reader&, StaffId);
// Of these two the one that counts now. Anyone: it only locks.
[[nodiscard]] std::optional<store::PublicKey> key_for_sealed(const store::Reader&, StaffId);

// For whom restricted facts are sealed (Act::append_sealed): active staff who may read them (right village.read_sealed) and have a key, then
// the township. Anyone: it only locks. Empty where nobody of staff has a key: it would lie there unread, so it must not be said.
[[nodiscard]] std::vector<store::PublicKey> sealed_for(const store::Reader&);
// An envelope with nothing in it: whoever carries the disk away counts steps of sessions and not confidences. Every session ends with an
// envelope, and whoever may read sealed things leaves one each time they come to the first page of staff or to the requests, too; an
// envelope with something in it stands in for the next one due. So neither how many there are tells anything nor between which other
// facts they lie (app/sealed.cpp).
void leave_cover(store::Act&);

}  // namespace village
