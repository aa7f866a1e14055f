// The invented past of notice, named in shape.cpp. Not for others.
#pragma once

#include "shapes/shape.h"

namespace notice {
void demo_day(shapes::Demo&, base::Day);
void demo_ahead(shapes::Demo&);
}
