// The lock that says whose a data directory is right now.
#include "cli/cli.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace cli {

// One that is just closing is waited for: who starts it again at once (systemd, a hand) means that one kiosk. Less than a second, so that who
// means two is told so at once.
constexpr std::chrono::milliseconds closes_within{900};

OneKiosk::OneKiosk(const std::filesystem::path& data) : fd_(::open((data / "kiosk.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (fd_ < 0) throw store::CannotOpen(store::CannotOpen::Why::read_only, "the data directory cannot be written; check who owns it and that the disk is not read-only");
  const auto until = std::chrono::steady_clock::now() + closes_within;
  bool mine = false;
  while (!(mine = ::flock(fd_, LOCK_EX | LOCK_NB) == 0) && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (mine) {
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
