// The sheets of attendance, named in shape.cpp.
#pragma once

#include "shapes/shape.h"

namespace attendance {
[[nodiscard]] std::vector<shapes::Sheet> sheets();
}
