// The trace: what happened, as JSON lines, for scripts and tests (design.md section 5). Flushed as it happens.
//
// No personal text unless asked for: a label is written only if it is one of the kiosk's own texts. Drawing thread only.
#pragma once

#include "base/text.h"
#include "ui/glass.h"
#include "ui/outline.h"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>

namespace app {

class Trace {
 public:
  Trace() = default;
  // Throws std::runtime_error when the file cannot be opened. `names`: labels and sentences as they are.
  Trace(const std::filesystem::path& file, bool names);
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  void know(const base::Words&);  // texts that are ours, not a person's
  void start(const ui::Glass&);
  void input(std::string_view kind, float x, float y);
  void screen(std::string_view key, std::string_view language, float scale, bool night, const ui::Glass&, const ui::Outline&);
  void frame(float cpu_ms);
  void spoken(std::string_view key);
  void sound(std::string_view name);
  void committed(std::string_view kind, std::string_view id);
  void refused(std::string_view shape, std::string_view reason);
  void idle();
  [[nodiscard]] bool on() const { return file_ != nullptr; }

 private:
  void line(std::string json);
  [[nodiscard]] std::string shown(const std::string& label) const;
  std::FILE* file_ = nullptr;
  bool names_ = false;
  std::set<std::string, std::less<>> ours_;
};

}  // namespace app
