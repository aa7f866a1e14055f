// What staff open sealed things with: kept in the draft from the right PIN until the session ends, and nowhere else.
#pragma once

#include "store/act.h"
#include "store/sealed.h"
#include "village/rights.h"
#include "village/words.h"

#include <memory>

namespace parts {

struct Keyring {
  village::StaffId whose;
  std::shared_ptr<const store::KeyPair> pair;  // none: signed in without a PIN (pictures, tests)
  bool carded = false;                         // their own card was held to the reader too: what is sealed is opened (setting pin.sealed_card)
  std::string card;                            // the secret on that card, until `sealed` is opened with it
  std::shared_ptr<const store::KeyPair> sealed;  // opened by PIN and card together (village/keys.h)
};

// Whether what is sealed for whoever holds this may be opened now: a role that reads it, the key of the PIN, and the card where the village asks for it.
[[nodiscard]] inline bool may_open(const store::Reader& reader, const Keyring& keyring) {
  return reader.may(village::right::read_sealed) && keyring.pair && (keyring.carded || reader.setting("pin.sealed_card", std::int64_t{1}) == 0);
}

}  // namespace parts
