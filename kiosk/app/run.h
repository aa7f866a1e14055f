// Opens the kiosk in a window and stays until it is closed: GLFW, the loop, devices.
#pragma once

#include "base/text.h"
#include "store/store.h"
#include "village/words.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace app {

struct RunOptions {
  std::optional<std::pair<int, int>> window;  // none: full screen
  float px_per_mm = 0;
  std::filesystem::path trace;
  bool trace_names = false;
  std::string language;                       // empty: setting `language`
  std::string site;                           // id, kind or part of the name; empty: setting `site.here`, else the first
  bool blocks = false;
  bool reduced_motion = false;
  bool silent = false;
  std::optional<std::string> open;            // screen key[=key] to begin at (pictures, tests)
  std::optional<std::string> as;              // staff number, or person id
  float scale = 1;
};

// Text keys of the refusals of opening; 0 when it was closed properly. 1 no window (no display), 2 a wrong option.
int run(store::Store&, const RunOptions&, const std::map<std::string, base::Words>& words);

// A picture of every screen at one glass, without a person: for looking, not for tests.
struct ShotOptions { std::filesystem::path out; int width = 1366, height = 768; float diagonal_in = 15.6f; std::string language = "zh-CN", only; float scale = 1; std::string site; };
int shots(store::Store&, const ShotOptions&, const std::map<std::string, base::Words>& words);

[[nodiscard]] std::optional<village::SiteId> choose_site(store::Store&, const std::string& wanted);

}  // namespace app
