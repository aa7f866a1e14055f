// The faces of all shapes and the desk: one line each in faces.cpp.
#pragma once

#include "parts/screen.h"

#include <vector>

namespace app {

[[nodiscard]] std::vector<parts::Faces> all_faces();

}  // namespace app
