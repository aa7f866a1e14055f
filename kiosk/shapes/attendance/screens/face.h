// What attendance shows: one table.
#pragma once

#include "parts/screen.h"

namespace attendance {
[[nodiscard]] parts::Faces faces();
}
