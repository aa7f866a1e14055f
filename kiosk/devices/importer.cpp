#include "devices/importer.h"

#include "base/confine.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace devices {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::steady_clock::time_point;

constexpr std::array<char, 8> magic{'N', 'Z', 'I', 'M', 'P', 'O', 'R', '1'};
constexpr std::uint32_t most_side = 4096;

// Both on one machine: its own byte order.
struct Request {
  std::array<char, 8> what = magic;
  std::uint32_t side = 0, length = 0;  // pixels, bytes of the file that follow
};
struct Answer {
  std::array<char, 8> what = magic;
  std::uint32_t reason = 0, width = 0, height = 0, filled = 0;  // reason: 0 a picture (width x height x RGBA follow), else NoImage + 1
};

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

// Waits until it can be read or written; false when the time is over.
bool ready(int fd, short what, Time until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd asked{fd, what, 0};
    const int said = ::poll(&asked, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (said > 0) return true;
    if (said < 0 && errno != EINTR) return false;
  }
}

bool send_all(int fd, std::span<const std::byte> bytes, Time until) {
  while (!bytes.empty()) {
    if (!ready(fd, POLLOUT, until)) return false;
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_all(int fd, std::span<std::byte> into, Time until) {
  while (!into.empty()) {
    if (!ready(fd, POLLIN, until)) return false;
    const auto got = ::recv(fd, into.data(), into.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

std::expected<std::vector<std::byte>, base::NoImage> bytes_of(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::unexpected(base::NoImage::unreadable);
  const auto size = fs::file_size(file, error);
  if (error) return std::unexpected(base::NoImage::unreadable);
  if (size > base::most_image_bytes) return std::unexpected(base::NoImage::too_large);
  std::vector<std::byte> bytes(size);
  std::ifstream in(file, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) return std::unexpected(base::NoImage::unreadable);
  return bytes;
}

// Where the service listens; nothing where there is none.
std::optional<Descriptor> reached(const fs::path& socket) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof at.sun_path) return std::nullopt;
  socket.native().copy(at.sun_path, socket.native().size());
  Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (fd.get() < 0 || ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) return std::nullopt;
  return fd;
}

// A process of this program, with nothing open but its end.
class Started {
 public:
  explicit Started(const fs::path& program) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    ours_.emplace(ends[0]);
    const Descriptor theirs(ends[1]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = "nuanzhan", verb = "import-picture";
    char* const arguments[] = {name.data(), verb.data(), nullptr};
    if (::posix_spawn(&child_, program.c_str(), &actions, nullptr, arguments, environ) != 0) child_ = -1;
    posix_spawn_file_actions_destroy(&actions);
  }
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;
  ~Started() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);  // it has answered, or never will
    while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  [[nodiscard]] int fd() const { return child_ > 0 && ours_ ? ours_->get() : -1; }

 private:
  std::optional<Descriptor> ours_;
  pid_t child_ = -1;
};

std::expected<base::Image, base::NoImage> asked(int fd, std::span<const std::byte> bytes, int side, Time until) {
  const auto failed = std::unexpected(base::NoImage::unreadable);
  const Request request{.side = static_cast<std::uint32_t>(side), .length = static_cast<std::uint32_t>(bytes.size())};
  if (fd < 0 || !send_all(fd, std::as_bytes(std::span(&request, 1)), until) || !send_all(fd, bytes, until)) return failed;
  ::shutdown(fd, SHUT_WR);
  Answer answer;
  if (!receive_all(fd, std::as_writable_bytes(std::span(&answer, 1)), until) || answer.what != magic) return failed;
  if (answer.reason == 1 + static_cast<std::uint32_t>(base::NoImage::not_one)) return std::unexpected(base::NoImage::not_one);
  if (answer.reason == 1 + static_cast<std::uint32_t>(base::NoImage::too_large)) return std::unexpected(base::NoImage::too_large);
  const auto most = static_cast<std::uint32_t>(side);
  if (answer.reason != 0 || answer.width == 0 || answer.width > most || answer.width != answer.height) return failed;
  base::Image image{static_cast<int>(answer.width), static_cast<int>(answer.height), std::vector<std::uint8_t>(std::size_t{4} * answer.width * answer.height)};
  if (!receive_all(fd, std::as_writable_bytes(std::span(image.rgba)), until)) return failed;
  return image;
}

bool read_exactly(int fd, std::span<std::byte> into) {
  while (!into.empty()) {
    const auto got = ::read(fd, into.data(), into.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(got));
  }
  return true;
}
bool write_all(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace

std::expected<base::Image, base::NoImage> import_picture(const fs::path& file, int side, const ImportWay& way) {
  const auto until = std::chrono::steady_clock::now() + way.patience;
  const auto bytes = bytes_of(file);
  if (!bytes) return std::unexpected(bytes.error());
  side = std::clamp(side, 1, static_cast<int>(most_side));
  if (const auto service = reached(way.socket)) return asked(service->get(), *bytes, side, until);
  const Started own(way.program);
  return asked(own.fd(), *bytes, side, until);
}

int serve_import(int in, int out) {
  // Nothing of this process is worth taking, and a kernel without these is no reason to show nobody's photo: it goes on all the same.
  (void)base::confine_to_what_is_open();
  Request request;
  if (!read_exactly(in, std::as_writable_bytes(std::span(&request, 1))) || request.what != magic || request.side == 0 || request.side > most_side || request.length > base::most_image_bytes)
    return 2;
  std::vector<std::byte> bytes(request.length);
  if (!read_exactly(in, bytes)) return 2;
  const auto side = static_cast<int>(request.side);
  const auto decoded = base::decode_image(bytes, side);
  Answer answer;
  base::Image square;
  if (decoded) square = base::square_of(*decoded, side);
  answer.reason = decoded ? 0 : 1 + static_cast<std::uint32_t>(decoded.error());
  answer.width = static_cast<std::uint32_t>(square.width);
  answer.height = static_cast<std::uint32_t>(square.height);
  return write_all(out, std::as_bytes(std::span(&answer, 1))) && write_all(out, std::as_bytes(std::span(square.rgba))) ? 0 : 1;
}

}  // namespace devices
