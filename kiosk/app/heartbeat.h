// Tells systemd that the kiosk shows something, and then, again and again, that it is alive (deploy/systemd/nuanzhan.service: Type=notify,
// WatchdogSec). Fed by the frame loop alone, after a frame that was presented or a wait in which nothing was due: a thread of its own
// would go on saying "alive" for a picture that stands still. Silent where nobody listens.
//
// The protocol is sd_notify(3), one datagram a message. Written out here as systemd itself advises for a program that uses nothing else
// of libsystemd. Drawing thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

class Heartbeat {
 public:
  // The socket's name as systemd gives it in NOTIFY_SOCKET: a path, or @ and an abstract name. Empty: nobody listens.
  explicit Heartbeat(const char* socket_name);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  // Twice a second at most; the first one also says READY.
  void beat(std::int64_t now_ms);
  // It is still starting (a village is mended), for at least half a minute more: TimeoutStartSec is for a start that hangs.
  void still_starting(std::int64_t now_ms);
  // It is being closed properly.
  void stops();

 private:
  void tell(std::string_view) const;
  int fd_ = -1;
  std::string address_;  // a sockaddr_un, as bytes
  std::int64_t last_ms_ = -1, last_starting_ms_ = -1;
};

}  // namespace app
