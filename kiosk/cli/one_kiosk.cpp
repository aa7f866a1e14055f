// The lock that says whose a data directory is right now.
#include "cli/cli.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace cli {

OneKiosk::OneKiosk(const std::filesystem::path& data) : fd_(::open((data / "kiosk.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (fd_ < 0) throw store::CannotOpen(store::CannotOpen::Why::read_only, "the data directory cannot be written; check who owns it and that the disk is not read-only");
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) {
    (void)!::ftruncate(fd_, 0);
    const auto pid = fmt::format("{}\n", ::getpid());
    (void)!::pwrite(fd_, pid.data(), pid.size(), 0);
    return;
  }
  char other[32] = {};
  (void)!::pread(fd_, other, sizeof other - 1, 0);
  ::close(fd_);
  throw store::CannotOpen(store::CannotOpen::Why::locked, fmt::format("another kiosk (process {}) is already open on this data directory", std::atoi(other)));
}

OneKiosk::~OneKiosk() { ::close(fd_); }

}  // namespace cli
