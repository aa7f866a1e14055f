// The key focus: five keys reach everything a finger reaches (visual.md section 7).
//
// The one rule: focus goes in reading order, wraps and never traps; the first key press only turns it on. Pure but
// for its own state.
#pragma once

#include "ui/input.h"
#include "ui/touch.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ui {

// Ids in reading order: rows from the top (targets that overlap by half their height are one row), each from the
// left. A tall target that spans several rows is read with its first row.
[[nodiscard]] std::vector<std::string> reading_order(const std::vector<Target>&);

class Focus {
 public:
  // Gives the id that was chosen (ok, or back and help where such a target is shown), or empty.
  [[nodiscard]] std::string press(Key, std::int64_t at_ms, const std::vector<Target>&);
  void screen_changed() { id_.clear(); }  // the ring starts anew; whether keys are in use is kept
  void off() {
    on_ = false;
    id_.clear();
  }  // a finger took over, or the session ended
  // Where the ring stands now, given what is on the screen; empty when keys are not in use.
  [[nodiscard]] std::string at(const std::vector<Target>&);
  [[nodiscard]] bool on() const { return on_; }

 private:
  bool on_ = false;
  std::string id_;
  std::map<Key, std::int64_t> last_ms_;
};

}  // namespace ui
