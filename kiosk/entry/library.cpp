#include "entry/library.h"

#include <dlfcn.h>

namespace entry {

Library::Library(const char* file) : handle_(dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) {
  if (handle_ == nullptr) throw Missing(std::string(file) + " is not installed");
}

void* Library::symbol(const char* name) const {
  void* found = dlsym(handle_, name);
  if (found == nullptr) throw Missing(std::string("the library has no ") + name);
  return found;
}

}  // namespace entry
