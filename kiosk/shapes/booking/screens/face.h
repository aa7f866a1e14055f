// What booking shows: one table, listed in app/faces.cpp.
#pragma once

#include "parts/screen.h"

namespace booking {
[[nodiscard]] parts::Faces faces();
}
