// A past of requests that could be true, and what is open now.
#pragma once

#include "shapes/shape.h"

namespace request {
void demo_day(shapes::Demo&, base::Day);
void demo_ahead(shapes::Demo&);
}  // namespace request
