// What staff open sealed things with: kept in the draft from the right PIN until the session ends, and nowhere else.
#pragma once

#include "store/sealed.h"
#include "village/words.h"

#include <memory>

namespace parts {

struct Keyring {
  village::StaffId whose;
  std::shared_ptr<const store::KeyPair> pair;  // none: signed in without a PIN (pictures, tests)
};

}  // namespace parts
