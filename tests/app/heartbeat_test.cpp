// What the service manager hears from the frame loop.
#include "app/heartbeat.h"

#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

struct Listener {
  int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  explicit Listener(std::string_view name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())), 0);
  }
  ~Listener() { ::close(fd); }
  std::string heard() const {
    char text[200];
    const auto n = ::recv(fd, text, sizeof text, 0);
    return n < 0 ? std::string{} : std::string(text, static_cast<std::size_t>(n));
  }
};

void says(const std::string& name) {
  const Listener listener(name);
  app::Heartbeat heart(name.c_str());
  EXPECT_EQ(listener.heard(), "") << "not before something is shown";
  heart.beat(1000);
  EXPECT_EQ(listener.heard(), "READY=1\nWATCHDOG=1");
  heart.beat(1100);
  EXPECT_EQ(listener.heard(), "") << "no more than is needed";
  heart.beat(1500);
  EXPECT_EQ(listener.heard(), "WATCHDOG=1");
  heart.stops();
  EXPECT_EQ(listener.heard(), "STOPPING=1");
}

TEST(Heartbeat, is_heard_by_path) {
  const auto path = "/tmp/nuanzhan-heart-" + std::to_string(::getpid());
  says(path);
  ::unlink(path.c_str());
}
TEST(Heartbeat, is_heard_by_an_abstract_name) { says("@nuanzhan-heart-" + std::to_string(::getpid())); }

TEST(Heartbeat, is_silent_where_nobody_listens) {
  for (const auto* name : {static_cast<const char*>(nullptr), "", "/", "not a path", "/tmp/nobody/listens"}) {
    app::Heartbeat heart(name);
    heart.beat(0);
    heart.beat(9000);
    heart.stops();
  }
  app::Heartbeat long_name(std::string(400, '/').c_str());
  long_name.beat(0);
}

}  // namespace
