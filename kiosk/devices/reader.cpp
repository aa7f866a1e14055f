#include "devices/reader.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <libevdev/libevdev.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

namespace devices {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_waiting = 8;
constexpr char32_t unknown_key = U'\uFFFD';

std::int64_t now_ms() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// The character a key types; 0: none and no matter (a lock, a shift).
char32_t character_of(unsigned code, bool shift) {
  constexpr std::string_view digits = "1234567890", above = "!@#$%^&*()", top = "QWERTYUIOP", home = "ASDFGHJKL", bottom = "ZXCVBNM";
  const auto in = [&](std::string_view row, unsigned first) { return static_cast<char32_t>(row[code - first]); };
  if (code >= KEY_1 && code <= KEY_0) return in(shift ? above : digits, KEY_1);
  if (code >= KEY_Q && code <= KEY_P) return in(top, KEY_Q);
  if (code >= KEY_A && code <= KEY_L) return in(home, KEY_A);
  if (code >= KEY_Z && code <= KEY_M) return in(bottom, KEY_Z);
  switch (code) {
    case KEY_KP0: return U'0';
    case KEY_KP1: return U'1';
    case KEY_KP2: return U'2';
    case KEY_KP3: return U'3';
    case KEY_KP4: return U'4';
    case KEY_KP5: return U'5';
    case KEY_KP6: return U'6';
    case KEY_KP7: return U'7';
    case KEY_KP8: return U'8';
    case KEY_KP9: return U'9';
    case KEY_ENTER:
    case KEY_KPENTER:
    case KEY_TAB: return U'\n';
    case KEY_CAPSLOCK:  // small letters count as capitals anyway
    case KEY_NUMLOCK:
    case KEY_SCROLLLOCK: return 0;
    default: return unknown_key;  // no code has it: what it stands in is no card
  }
}

constexpr unsigned shifts = 3;
unsigned modifier_of(unsigned code) {
  constexpr std::array<unsigned, 8> codes{KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT, KEY_RIGHTALT, KEY_LEFTMETA, KEY_RIGHTMETA};
  const auto at = std::ranges::find(codes, code);
  return at == codes.end() ? 0 : 1u << (at - codes.begin());
}

std::string own_name(const fs::path& told, const fs::path& node) {
  std::ifstream in(told / node.filename() / "device" / "name");
  std::string line;
  std::getline(in, line);
  return line;
}

// event0, event1 ... event10: in the order they were plugged in.
std::vector<fs::path> all_nodes(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename().string().starts_with("event")) found.push_back(entry.path());
  std::ranges::sort(found, {}, [](const fs::path& p) { return std::pair(p.string().size(), p.string()); });
  return found;
}

struct Device {
  explicit Device(const fs::path& node) : fd(::open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)), why(errno) {
    libevdev* made = nullptr;
    if (fd >= 0 && libevdev_new_from_fd(fd, &made) == 0) evdev.reset(made);
  }
  ~Device() {
    evdev.reset();
    if (fd >= 0) ::close(fd);
  }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  [[nodiscard]] bool denied() const { return fd < 0 && (why == EACCES || why == EPERM); }
  [[nodiscard]] bool types() const {
    return evdev && libevdev_has_event_code(evdev.get(), EV_KEY, KEY_1) && libevdev_has_event_code(evdev.get(), EV_KEY, KEY_0) &&
           (libevdev_has_event_code(evdev.get(), EV_KEY, KEY_ENTER) || libevdev_has_event_code(evdev.get(), EV_KEY, KEY_KPENTER));
  }

  struct Free { void operator()(libevdev* e) const { libevdev_free(e); } };
  int fd, why;
  std::unique_ptr<libevdev, Free> evdev;
};

// The one device of this name that types. A reader often brings a second device beside it that does not.
std::expected<std::unique_ptr<Device>, ReaderState> the_one(const std::string& named, const InputFolders& folders) {
  std::unique_ptr<Device> found;
  auto why = ReaderState::absent;
  for (const auto& node : input_devices(named, folders)) {
    auto device = std::make_unique<Device>(node);
    if (device->denied()) why = ReaderState::denied;
    else if (device->fd >= 0 && !device->types() && why == ReaderState::absent) why = ReaderState::no_keys;
    if (!device->types()) continue;
    if (found) return std::unexpected(ReaderState::ambiguous);
    found = std::move(device);
  }
  if (!found) return std::unexpected(why);
  return found;
}

}  // namespace

std::string_view name(ReaderState state) {
  switch (state) {
    case ReaderState::absent: return "there is no device of this name (is it plugged in?)";
    case ReaderState::ambiguous: return "several devices that can type have this name; give a longer one";
    case ReaderState::no_keys: return "the device of this name cannot type digits and Enter";
    case ReaderState::denied: return "this user may not read it (the group input may)";
    case ReaderState::busy: return "another program has it";
    case ReaderState::here: return "is there";
  }
  std::unreachable();
}

std::vector<fs::path> input_devices(const std::string& named, const InputFolders& folders) {
  std::vector<fs::path> found;
  if (named.empty()) return found;
  if (named.front() == '/') {
    glob_t paths{};
    if (::glob(named.c_str(), 0, nullptr, &paths) == 0)
      for (std::size_t i = 0; i < paths.gl_pathc; ++i) {
        // by-id and by-path lead to the same device.
        std::error_code error;
        auto real = fs::canonical(paths.gl_pathv[i], error);
        if (!error && std::ranges::find(found, real) == found.end()) found.push_back(std::move(real));
      }
    ::globfree(&paths);
    return found;
  }
  for (auto& node : all_nodes(folders.nodes))
    if (::fnmatch(named.c_str(), own_name(folders.told, node).c_str(), FNM_CASEFOLD) == 0) found.push_back(std::move(node));
  return found;
}

std::vector<std::string> input_device_names(const InputFolders& folders) {
  std::vector<std::string> names;
  for (const auto& node : all_nodes(folders.nodes))
    if (auto own = own_name(folders.told, node); !own.empty()) names.push_back(std::move(own));
  return names;
}

ReaderState look_for_reader(const std::string& named, const InputFolders& folders) {
  const auto found = the_one(named, folders);
  return found ? ReaderState::here : found.error();
}

std::expected<int, ReaderState> grab_reader(const std::string& named, const InputFolders& folders) {
  const auto found = the_one(named, folders);
  if (!found) return std::unexpected(found.error());
  auto& device = **found;
  if (const int no = libevdev_grab(device.evdev.get(), LIBEVDEV_GRAB); no != 0)
    return std::unexpected(no == -EBUSY ? ReaderState::busy : ReaderState::absent);  // pulled out this very moment
  device.evdev.reset();  // the grab belongs to the descriptor
  return std::exchange(device.fd, -1);
}

std::vector<Wedge::Event> ReaderKeys::feed(std::span<const std::byte> bytes, std::int64_t ms) {
  std::vector<Wedge::Event> events;
  if (auto said = wedge_.tick(ms); said && said->kind != Wedge::Event::Kind::nothing) events.push_back(std::move(*said));
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(sizeof(input_event) - piece_.size(), bytes.size()));
    piece_.insert(piece_.end(), part.begin(), part.end());
    bytes = bytes.subspan(part.size());
    if (piece_.size() < sizeof(input_event)) break;
    input_event event;
    std::memcpy(&event, piece_.data(), sizeof event);
    piece_.clear();
    take(event, ms, events);
  }
  return events;
}

void ReaderKeys::take(const input_event& event, std::int64_t ms, std::vector<Wedge::Event>& events) {
  const auto heard = [&](std::optional<Wedge::Event> said) {
    if (said && said->kind != Wedge::Event::Kind::nothing) events.push_back(std::move(*said));
    (void)wedge_.typed_through();  // nobody types here
  };
  if (event.type == EV_SYN) {
    if (event.code == SYN_DROPPED) {
      dropped_ = true;
      held_ = 0;
      // What was being typed has a hole.
      if (wedge_.holding()) heard(wedge_.feed(unknown_key, ms));
    } else if (event.code == SYN_REPORT) {
      dropped_ = false;
    }
    return;
  }
  if (event.type != EV_KEY || dropped_) return;
  if (const auto bit = modifier_of(event.code)) {
    held_ = event.value == 0 ? held_ & ~bit : held_ | bit;
    return;
  }
  if (event.value != 1) return;  // let go, or repeating because it is held
  const auto c = (held_ & ~shifts) != 0 ? unknown_key : character_of(event.code, (held_ & shifts) != 0);
  if (c == U'\n') heard(wedge_.feed_enter(ms));
  else if (c != 0) heard(wedge_.feed(c, ms));
}

std::vector<Wedge::Event> ReaderKeys::tick(std::int64_t ms) { return feed({}, ms); }

CardReader::CardReader(Open open, std::function<void()> moved, std::chrono::milliseconds again)
    : open_(std::move(open)), moved_(std::move(moved)), again_(again), stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (stop_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  thread_ = std::thread([this] { run(); });
}

CardReader::CardReader(std::string named, std::function<void()> moved)
    : CardReader([named = std::move(named)] { return grab_reader(named); }, std::move(moved)) {}

CardReader::~CardReader() {
  const std::uint64_t one = 1;
  (void)!::write(stop_, &one, sizeof one);
  thread_.join();
  ::close(stop_);
}

std::vector<Wedge::Event> CardReader::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(read_, {});
}

void CardReader::hand_over(std::vector<Wedge::Event> events) {
  if (events.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    std::ranges::move(events, std::back_inserter(read_));
    if (read_.size() > most_waiting) read_.erase(read_.begin(), read_.end() - static_cast<std::ptrdiff_t>(most_waiting));
  }
  if (moved_) moved_();
}

void CardReader::now(ReaderState state) {
  state_ = state;
  if (std::exchange(said_, state) == state) return;
  if (state == ReaderState::here) spdlog::info("card reader: {}", name(state));
  else spdlog::warn("card reader: {}; cards are read from the keyboard meanwhile", name(state));
}

bool CardReader::stopped_within(std::chrono::milliseconds time) const {
  pollfd wait{stop_, POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(time.count())) > 0;
}

void CardReader::run() {
  do {
    const auto fd = open_();
    now(fd ? ReaderState::here : fd.error());
    if (!fd) continue;
    read_until_gone(*fd);
    ::close(*fd);
    if (!stopped_within({})) now(ReaderState::absent);
  } while (!stopped_within(again_));
}

void CardReader::read_until_gone(int fd) {
  ReaderKeys keys;  // anew: half a card before it was pulled out is no card after
  std::array<std::byte, 64 * sizeof(input_event)> block;
  for (;;) {
    std::array<pollfd, 2> wait{{{stop_, POLLIN, 0}, {fd, POLLIN, 0}}};
    int patience_ms = -1;
    if (const auto due = keys.deadline()) patience_ms = static_cast<int>(std::clamp<std::int64_t>(*due - now_ms(), 0, 1000));
    const int ready = ::poll(wait.data(), wait.size(), patience_ms);
    if (ready < 0 && errno != EINTR) return;
    if (wait[0].revents != 0) return;
    if (ready <= 0) {
      hand_over(keys.tick(now_ms()));
      continue;
    }
    const auto n = ::read(fd, block.data(), block.size());
    if (n > 0) hand_over(keys.feed(std::span(block).first(static_cast<std::size_t>(n)), now_ms()));
    else if (n == 0 || (errno != EAGAIN && errno != EINTR)) return;  // ENODEV: pulled out
    else if ((wait[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return;
  }
}

}  // namespace devices
