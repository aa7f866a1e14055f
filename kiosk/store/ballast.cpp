#include "store/ballast.h"

#include "base/log.h"

#include <fcntl.h>
#include <unistd.h>

namespace store {
namespace {

constexpr std::uintmax_t stays_free = 8 * ballast_bytes;  // below it staff are told that the disk fills up (village/health)

std::filesystem::path file_in(const std::filesystem::path& data) { return data / "ballast"; }

}  // namespace

void keep_ballast(const std::filesystem::path& data) noexcept {
  std::error_code error;
  const auto file = file_in(data);
  if (std::filesystem::file_size(file, error) == ballast_bytes && !error) return;
  const auto space = std::filesystem::space(data, error);
  if (error || space.available < stays_free + ballast_bytes) return;
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return;
  // Room that is truly taken; a file with holes would hold none.
  const bool there = ::posix_fallocate(fd, 0, static_cast<off_t>(ballast_bytes)) == 0;
  ::close(fd);
  if (!there) std::filesystem::remove(file, error);
}

bool free_ballast(const std::filesystem::path& data) noexcept {
  std::error_code error;
  const bool gone = std::filesystem::remove(file_in(data), error);
  if (gone) spdlog::error("the disk is full: the ballast is thrown away");
  return gone;
}

}  // namespace store
