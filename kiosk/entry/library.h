// A shared library that may be missing: looked for when it is first wanted, so that a machine without it still runs and nobody who never
// types pays for it.
#pragma once

#include <stdexcept>
#include <string>

namespace entry {

// Why an engine cannot be had; in words for `doctor` and the log, without anything a person wrote.
struct Missing : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Stays loaded until the program ends: librime registers what cannot be taken back.
class Library {
 public:
  explicit Library(const char* file);  // throws Missing
  // The function of this name; throws Missing.
  template <class Function>
  [[nodiscard]] Function* function(const char* name) const { return reinterpret_cast<Function*>(symbol(name)); }

 private:
  [[nodiscard]] void* symbol(const char* name) const;
  void* handle_;
};

}  // namespace entry
