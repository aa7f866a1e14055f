// What is the time? Asked where the machine does not know it.
#pragma once

#include "parts/screen.h"

namespace desk {

struct ClockModel {
  base::Instant at;        // where the question begins: the earliest that it can be
  base::Place place;
  bool unsure = false, ask = false;
};
[[nodiscard]] parts::Screen clock_screen();

}  // namespace desk
