// Children: the class shows its faces, and who may fetch whom.
#pragma once

#include "parts/screen.h"

namespace attendance {
[[nodiscard]] std::vector<parts::Screen> child_screens();  // attendance/child, /child_faces, /fetch, /fetch_refused, /child_in
}
