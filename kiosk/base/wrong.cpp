#include "base/wrong.h"

#include <fmt/format.h>

namespace base {

std::string to_string(const Wrong& w) {
  std::string place = w.file;
  if (w.row > 0) place += fmt::format(":{}", w.row);
  if (w.row > 0 && w.column > 0) place += fmt::format(":{}", w.column);
  return place + ": " + w.what;
}

std::string to_string(const std::vector<Wrong>& all) {
  std::string text;
  for (const auto& w : all) text += to_string(w) + "\n";
  return text;
}

}  // namespace base
