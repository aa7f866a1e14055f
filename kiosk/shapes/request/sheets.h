// The sheets of request, named in shape.cpp. Not for others.
#pragma once

#include "shapes/shape.h"

namespace request {
[[nodiscard]] std::vector<shapes::Sheet> sheets();
}
