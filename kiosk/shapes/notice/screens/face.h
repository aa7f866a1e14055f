// What notice shows: its screens and tiles.
#pragma once

#include "parts/screen.h"

namespace notice {
[[nodiscard]] parts::Faces faces();
}
