// Makes a village to try: the same seed gives the same village. Households, people, sites, staff, activities, then a history that could be true.
#pragma once

#include "base/text.h"
#include "shapes/shape.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

namespace app {

struct DemoOptions {
  int residents = 400;
  int days = 60;         // of history; two weeks ahead are planned always
  int kiosks = 8;        // villages whose centres have a kiosk, and so a history; of the others the township's register knows the people
  std::uint64_t seed = 1;
  std::filesystem::path names;  // db/demo/names.toml
};

// Fills an empty database. The clock must be the store's; it stands at `now` before and after. `progress` gets 0..1 and what is being made.
// Gives what was made: counts, staff numbers with their PINs, a few cards with their codes, secrets, and people to try each journey with.
[[nodiscard]] nlohmann::json make_demo(store::Store&, base::FixedClock&, const base::Words& zh, const DemoOptions&,
                                       const std::function<void(double, const char*)>& progress);

}  // namespace app
