// `nuanzhan voice record`: a window with the screen of desk/record_voice.h over a recorder. No database.
#pragma once

#include "base/text.h"
#include "devices/packs.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace app {

struct RecordOptions {
  std::optional<std::pair<int, int>> window;  // none: full screen
  float px_per_mm = 0;
  std::filesystem::path trace;
  std::filesystem::path microphone;  // a sound file that is heard instead (tests)
};

// 0 when it was closed properly, 1 no window.
int record_voice(const RecordOptions&, devices::Pack, std::vector<devices::Line>, const base::Words&);

}  // namespace app
