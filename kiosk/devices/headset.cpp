#include "devices/headset.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <array>
#include <chrono>
#include <utility>

namespace devices {
namespace {

bool bit(const std::array<unsigned char, (SW_MAX + 8) / 8>& bits, unsigned place) {
  return (bits[place / 8] >> (place % 8) & 1) != 0;
}

}  // namespace

std::optional<bool> headset_switch(const std::filesystem::path& folder) {
  std::error_code error;
  std::optional<bool> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!entry.path().filename().string().starts_with("event")) continue;
    const int fd = ::open(entry.path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) continue;
    std::array<unsigned char, (SW_MAX + 8) / 8> has{}, is{};
    if (::ioctl(fd, EVIOCGBIT(EV_SW, has.size()), has.data()) >= 0 && bit(has, SW_HEADPHONE_INSERT) &&
        ::ioctl(fd, EVIOCGSW(is.size()), is.data()) >= 0)
      found = found.value_or(false) || bit(is, SW_HEADPHONE_INSERT);
    ::close(fd);
  }
  return found;
}

Headset::Headset(std::function<void()> moved, Look look)
    : moved_(std::move(moved)),
      look_(look ? std::move(look) : [] { return headset_switch("/dev/input"); }),
      thread_([this] {
        std::unique_lock lock(mutex_);
        while (!quit_) {
          lock.unlock();
          const auto is = look_();
          const auto now = !is ? State::unknown : *is ? State::in : State::out;
          const bool changed = state_.exchange(now) != now;
          if (changed && moved_) moved_();
          lock.lock();
          wake_.wait_for(lock, std::chrono::seconds(1), [&] { return quit_; });
        }
      }) {}

Headset::~Headset() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

}  // namespace devices
