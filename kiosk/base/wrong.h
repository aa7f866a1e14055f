// What came in is wrong: where, and what to put right. For staff and clerks, never for residents; holds no personal data.
#pragma once

#include <string>
#include <vector>

namespace base {

struct Wrong {
  std::string file;
  int row = 0;     // 1-based line or row; 0 unknown
  int column = 0;  // 1-based; 0 unknown
  std::string what;
  bool operator==(const Wrong&) const = default;
};

[[nodiscard]] std::string to_string(const Wrong&);            // file:row:column: what
[[nodiscard]] std::string to_string(const std::vector<Wrong>&);  // one a line

}  // namespace base
