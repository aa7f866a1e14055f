// The files a kiosk needs while it runs; everything else is closed to it (base/confine.h).
#pragma once

#include "base/confine.h"

#include <filesystem>
#include <vector>

namespace app {

// `data`: the village's. `share`: folders with assets/ and db/. `more`: what the command line names to be read (a camera's pictures).
// Makes the folders that Mesa and fontconfig keep their caches in. Reads the environment: before any thread.
//
// Devices: sound, graphics, input, and cameras. One plugged in later is a new file right under /dev, so a user whom file modes keep from
// disks may open what they may of /dev; root, whom nothing keeps from them, may open the cameras that are there at the start alone.
[[nodiscard]] base::Allowed needs(const std::filesystem::path& data, const std::vector<std::filesystem::path>& share, const std::vector<std::filesystem::path>& more);

}  // namespace app
