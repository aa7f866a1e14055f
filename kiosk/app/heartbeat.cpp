#include "app/heartbeat.h"

#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace app {
namespace {

constexpr std::int64_t beat_every_ms = 500;  // a fraction of any sensible WatchdogSec

}  // namespace

Heartbeat::Heartbeat(const char* socket_name) {
  const std::string_view name = socket_name != nullptr ? socket_name : "";
  sockaddr_un address{};
  if (name.size() < 2 || name.size() >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@')) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  if (name[0] == '@') address.sun_path[0] = '\0';
  fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  address_.assign(reinterpret_cast<const char*>(&address), offsetof(sockaddr_un, sun_path) + name.size());
}

Heartbeat::~Heartbeat() {
  if (fd_ >= 0) ::close(fd_);
}

void Heartbeat::beat(std::int64_t now_ms) {
  if (fd_ < 0 || (last_ms_ >= 0 && now_ms - last_ms_ < beat_every_ms)) return;
  tell(last_ms_ < 0 ? "READY=1\nWATCHDOG=1" : "WATCHDOG=1");
  last_ms_ = now_ms;
}

void Heartbeat::still_starting(std::int64_t now_ms) {
  if (last_starting_ms_ >= 0 && now_ms - last_starting_ms_ < 5000) return;
  tell("EXTEND_TIMEOUT_USEC=30000000");
  last_starting_ms_ = now_ms;
}

void Heartbeat::stops() { tell("STOPPING=1"); }

void Heartbeat::tell(std::string_view message) const {
  if (fd_ < 0) return;
  // A listener that has no room gets the next one.
  (void)::sendto(fd_, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(address_.data()), static_cast<socklen_t>(address_.size()));
}

}  // namespace app
