// Roll call: the session's tiles, who did not come, closing it.
#pragma once

#include "parts/screen.h"

namespace attendance {
[[nodiscard]] std::vector<parts::Screen> roster_screens();  // attendance/sessions, /roster, /absent, /closed, /here, /missing, /still_in, /stay
}
