// What request shows.
#pragma once

#include "parts/screen.h"

namespace request {
[[nodiscard]] parts::Faces faces();
}
