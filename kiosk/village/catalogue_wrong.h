// How a mistake in the catalogue is told. Used by who reads it.
#pragma once

#include "base/wrong.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

namespace village {

// Two questions may find the same mistake (the catalogue and the shape): it is told once.
inline void note(std::vector<base::Wrong>& wrong, base::Wrong mistake) {
  if (std::ranges::find(wrong, mistake) == wrong.end()) wrong.push_back(std::move(mistake));
}

inline std::string not_a_time(std::string_view key, std::string_view text) {
  return fmt::format("{}: \"{}\" is not a time of day (as \"08:00\")", key, text);
}

}  // namespace village
