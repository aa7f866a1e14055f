// Opens the kiosk in a window and stays until it is closed: GLFW, the loop, devices.
#pragma once

#include "base/text.h"
#include "store/store.h"
#include "village/words.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

struct RunOptions {
  std::optional<std::pair<int, int>> window;  // none: full screen
  float px_per_mm = 0;
  std::filesystem::path microphone;           // a sound file that is heard instead (tests)
  std::filesystem::path trace;
  bool trace_names = false;
  std::string language;                       // empty: setting `language`
  std::string site;                           // id, kind or part of the name; empty: setting `site.here`, else the first
  bool blocks = false;
  bool reduced_motion = false;
  bool silent = false;
  std::filesystem::path camera;               // devices/camera.h: a device, or picture files that are seen instead
  std::string reader;                         // the card reader's device (devices/reader.h); empty: setting `reader.device`
  std::optional<std::string> open;            // screen key[=key] to begin at (pictures, tests)
  std::optional<std::string> as;              // staff number, or person id
  float scale = 1;
  bool night = false;
  std::filesystem::path data;                 // the village's folder
  std::vector<std::filesystem::path> share;   // folders of assets/ and db/, beside NUANZHAN_SHARE_DIR
  bool confined = true;                       // app/needs.h; false: for a debugger, or a display that is reached over a network
};

// What a kiosk reads before it can serve anybody.
struct House {
  std::map<std::string, base::Words> words;  // by language
  std::unique_ptr<store::Store> store;
  std::shared_ptr<void> lock;  // what keeps other kiosks out of this data, if any
};

// 0 when it was closed properly, 1 no window (no display), 2 a wrong option. `open` is called on a thread of its own, while the window
// waits for the display; what it throws comes out here, whether or not there is a display; under a service the glass says so for a minute
// first (app/stopgap.h).
int run(const RunOptions&, const std::function<House()>& open);

// A picture of every screen at one glass, without a person: for looking, not for tests.
struct ShotOptions { std::filesystem::path out; int width = 1366, height = 768; float diagonal_in = 15.6f; std::string language = "zh-CN", only; float scale = 1; bool night = false; std::string site; };
int shots(store::Store&, const ShotOptions&, const std::map<std::string, base::Words>& words);

[[nodiscard]] std::optional<village::SiteId> choose_site(store::Store&, const std::string& wanted);

}  // namespace app
