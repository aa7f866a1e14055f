#include "store/bad_places.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace store {
namespace {

bool read(int fd, std::uint64_t at, std::span<char> into) {
  while (!into.empty()) {
    const auto n = ::pread(fd, into.data(), into.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) break;
    at += static_cast<std::uint64_t>(n);
    into = into.subspan(static_cast<std::size_t>(n));
  }
  std::ranges::fill(into, '\0');
  return true;
}

}  // namespace

bool read_around(int fd, std::uint64_t at, std::span<char> into, int at_most) {
  constexpr std::size_t piece = 4096;
  if (read(fd, at, into)) return true;
  for (std::size_t p = 0; p < into.size(); p += piece)
    if (const auto some = into.subspan(p, std::min(piece, into.size() - p)); at_most <= 0 || !read(fd, at + p, some)) std::ranges::fill(some, '\0'), --at_most;
  return false;
}

}  // namespace store
