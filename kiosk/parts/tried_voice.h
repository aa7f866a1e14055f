// A voice that is tried before it is kept.
#pragma once

#include <optional>

namespace parts {

// In the draft: the next sentence is said so, and only that one; whatever the settings say, also where the voice is switched off.
struct TriedVoice {
  std::optional<int> volume;  // percent
  std::optional<int> speed;   // 1 to 6 (devices/voice.h)
};

}  // namespace parts
