// A past of attendance that could be true.
#pragma once

#include "shapes/shape.h"

namespace attendance {
void demo_day(shapes::Demo&, base::Day);
}
