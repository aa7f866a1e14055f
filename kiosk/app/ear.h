// The machine's own ear: its microphone, or a sound file instead, and its loudspeaker. Drawing thread but for what parts/ear.h says.
#pragma once

#include "app/workers.h"
#include "devices/speaker.h"
#include "parts/ear.h"

#include <filesystem>
#include <functional>

namespace app {

// `speaker` may be none: then what is played ends at once. `moved`: something is to be drawn anew; called from any thread.
[[nodiscard]] std::shared_ptr<parts::Ear> make_ear(devices::Speaker*, Workers&, std::filesystem::path instead_of_microphone, std::function<void()> moved);

}  // namespace app
