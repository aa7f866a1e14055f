// The sheets of notice, named in shape.cpp. Not for others.
#pragma once

#include "shapes/shape.h"

namespace notice {
[[nodiscard]] std::vector<shapes::Sheet> sheets();
}
