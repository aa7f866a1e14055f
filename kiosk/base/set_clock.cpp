#include "base/set_clock.h"

#include <atomic>
#include <ctime>
#include <fstream>

namespace base {
namespace {

std::atomic<std::int64_t> correction_ms = 0;

}  // namespace

void correct_system_clock(std::chrono::milliseconds by) { correction_ms = by.count(); }
std::chrono::milliseconds system_clock_correction() { return std::chrono::milliseconds(correction_ms.load()); }

Instant SystemClock::now() const { return floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + system_clock_correction(); }

ClockStand clock_stand() {
  // Read once, before the program gives up reading outside its own folders (app/needs.h).
  static const std::string boot = [] {
    std::string line;
    std::ifstream in("/proc/sys/kernel/random/boot_id");
    std::getline(in, line);
    return line;
  }();
  timespec t{};
  ::clock_gettime(CLOCK_BOOTTIME, &t);
  const auto up = std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
  const auto shows = std::chrono::system_clock::now().time_since_epoch();
  return {boot, std::chrono::floor<std::chrono::milliseconds>(shows - up)};
}

}  // namespace base
