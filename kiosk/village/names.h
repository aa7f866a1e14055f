// The characters this village is called by.
#pragma once

#include "store/store.h"

#include <set>
#include <span>
#include <string>

namespace village {

// Those of these characters that stand in some name of the register, so that what is written by hand is read as one of ours where it may
// be. Staff only: others are told none. One look-up in an index for each character, whatever the village's size.
[[nodiscard]] std::set<std::string> in_names(const store::Reader&, std::span<const std::string> characters);

}  // namespace village
