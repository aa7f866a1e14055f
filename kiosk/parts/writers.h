// What a screen writes with besides its keys: kept in the draft by the app, from when staff sign in until the session ends.
#pragma once

#include "entry/engines.h"

#include <memory>

namespace parts {

struct Writers {
  std::shared_ptr<entry::Engines> engines;  // none: in tests, and where the app has none
};

}  // namespace parts
