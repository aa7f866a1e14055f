// What this program gives back to the C library is emptied first: names, numbers and pictures that a session held are in no freed memory, and so in
// no core, no swap and no page that the machine gives to another program. For the program alone (CMake option WIPE_FREED), in every library it uses:
// SQLite's pages, ImGui's texts, decoded photos. tests/faults/test_taint.py looks.
//
// These two names take the C library's place; `__libc_malloc` and `__libc_free` are its own (glibc). Any thread.
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <malloc.h>

extern "C" {

void* __libc_malloc(std::size_t) noexcept;  // NOLINT(bugprone-reserved-identifier): the C library's
void __libc_free(void*) noexcept;           // NOLINT(bugprone-reserved-identifier)

void free(void* p) noexcept {
  if (p == nullptr) return;
  const int kept = errno;
  explicit_bzero(p, malloc_usable_size(p));
  __libc_free(p);
  errno = kept;
}

// The library's own would move what is here and free the old place by itself. What nearly fits stays where it is.
void* realloc(void* p, std::size_t wanted) noexcept {
  if (p == nullptr) return __libc_malloc(wanted);
  if (wanted == 0) {
    free(p);
    return nullptr;
  }
  const auto has = malloc_usable_size(p);
  if (wanted <= has && (wanted >= has / 2 || has <= 4096)) return p;
  void* moved = __libc_malloc(wanted);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, p, wanted < has ? wanted : has);
  free(p);
  return moved;
}

}  // extern "C"
