// When this fact was said here, then that deed follows, in the same transaction: the only file that joins two shapes.
#pragma once

#include "store/store.h"

namespace shapes {
[[nodiscard]] std::vector<store::Reaction> reactions();
}
