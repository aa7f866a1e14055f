// A value that belongs to a person: a name, a phone number, a note. It has no formatter and no stream operator, so it does not
// compile into a log line; whoever may show it says `shown()`.
#pragma once

#include <fmt/format.h>
#include <string>
#include <utility>

namespace base {

template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& shown() const { return value_; }
  auto operator<=>(const Personal&) const = default;

 private:
  T value_{};
};

}  // namespace base

template <class T, class Char>
struct fmt::formatter<base::Personal<T>, Char> {
  static_assert(sizeof(T) == 0, "personal data must not be formatted into logs or traces");
};
