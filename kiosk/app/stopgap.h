// What the glass shows while there is no village behind it: while that is still being mended, and when it cannot be opened at all. Knows
// no store and no person: one sentence, the number to ring (village/help_phone.h), and what always helps. Drawing thread only.
#pragma once

#include "app/heartbeat.h"
#include "app/trace.h"
#include "base/text.h"
#include "ui/glass.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

struct GLFWwindow;

namespace app {

class Stopgap {
 public:
  enum class Why {
    mending,  // it takes longer than a start should
    shut      // nobody but a person with a keyboard can go on
  };
  struct Setup {
    GLFWwindow* window;
    ui::Glass glass;
    Trace& trace;
    Heartbeat& heartbeat;
    std::filesystem::path data;                // whose kept number is shown
    std::vector<std::filesystem::path> share;  // where our own texts are: the village's own may be what is wrong
    std::string language;                      // empty, or unknown: zh-CN
    bool silent = false;
  };
  explicit Stopgap(Setup);

  // Until `over` says so (asked five times a second), or the window is closed. `shut` is spoken, and again whenever somebody touches it.
  void stand(Why, const std::function<bool()>& over);

 private:
  Setup setup_;
  base::Words words_;
  std::string phone_;
};

}  // namespace app
