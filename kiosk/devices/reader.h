// A card reader read from its own input device, where it can be named: X never sees what it types, so nothing of it
// can reach a text field or a PIN, however slowly or quickly it types. Where it is not named, not there or held by
// another program the keyboard with its timing goes on (devices/wedge.h).
//
// A worker waits for the device; the loop is woken and takes what was read. Pulled out, it is looked for again every
// two seconds. The log hears how it stands, once each time that changes, and never what was read. Any thread.
#pragma once

#include "devices/wedge.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

struct input_event;

namespace devices {

// How a named reader stands. Words: `name`; those of the log and of `doctor`.
enum class ReaderState {
  absent,    // no device of this name
  ambiguous, // several that can type have this name: taking the wrong one would take somebody's keyboard away
  no_keys,   // it cannot type digits and Enter: a mouse, a button
  denied,    // this user may not read it (group input)
  busy,      // another program has grabbed it
  here,
};
[[nodiscard]] std::string_view name(ReaderState);

// Where devices stand; a test gives folders of its own.
struct InputFolders {
  std::filesystem::path nodes = "/dev/input", told = "/sys/class/input";
};

// The device nodes of this name, each once, in order. A name that begins with / is a path, any other the device's
// own name as the kernel tells it ("Newtologic NT4010S"); in both * ? [] are wild. Opens nothing.
[[nodiscard]] std::vector<std::filesystem::path> input_devices(const std::string& named, const InputFolders& = {});
// The own name of every input device there is, for who looks for the right one.
[[nodiscard]] std::vector<std::string> input_device_names(const InputFolders& = {});
// Looks without taking it: never busy because of a kiosk that is running.
[[nodiscard]] ReaderState look_for_reader(const std::string& named, const InputFolders& = {});
// Opens it, non-blocking, for this process alone. The caller closes it.
[[nodiscard]] std::expected<int, ReaderState> grab_reader(const std::string& named, const InputFolders& = {});

// A reader's keys as cards: US layout, for that is what readers are made for. Everything is the reader's, so nothing
// is ever given out but whole cards; pieces of events may come as they like, memory is bounded. Pure; one thread.
class ReaderKeys {
 public:
  // What read() gave, at this time of a clock that never goes back.
  [[nodiscard]] std::vector<Wedge::Event> feed(std::span<const std::byte>, std::int64_t ms);
  [[nodiscard]] std::vector<Wedge::Event> tick(std::int64_t ms);
  [[nodiscard]] std::optional<std::int64_t> deadline() const { return wedge_.deadline(); }  // when `tick` is due

 private:
  void take(const input_event&, std::int64_t ms, std::vector<Wedge::Event>&);

  // Nobody but the reader is at this device, so no burst is ever typing. Half a second between two characters or
  // before Enter is more than a reader on a slow radio needs.
  Wedge wedge_{{.gap_ms = 500, .enter_ms = 500, .typed_at_most = 0, .reader_ms = 1e9, .repeat_ms = 1e9}};
  std::vector<std::byte> piece_;  // of an event whose rest has not come yet
  unsigned held_ = 0;             // shifts, controls, alts, metas: a bit each
  bool dropped_ = false;          // the kernel lost events: nothing counts until its next report
};

class CardReader {
 public:
  using Open = std::function<std::expected<int, ReaderState>()>;  // a descriptor that poll() can wait for; closed here

  // `moved` is called from the worker when there is something to take.
  CardReader(Open open, std::function<void()> moved, std::chrono::milliseconds again = std::chrono::seconds(2));
  CardReader(std::string named, std::function<void()> moved);
  ~CardReader();
  CardReader(const CardReader&) = delete;
  CardReader& operator=(const CardReader&) = delete;

  // Cards and garbage since the last call, at most the last eight: who waves more past the reader than the loop
  // looks at is heard from there on.
  [[nodiscard]] std::vector<Wedge::Event> take();
  [[nodiscard]] bool here() const { return state_ == ReaderState::here; }

 private:
  void run();
  void read_until_gone(int fd);
  void hand_over(std::vector<Wedge::Event>);
  void now(ReaderState);
  [[nodiscard]] bool stopped_within(std::chrono::milliseconds) const;

  Open open_;
  std::function<void()> moved_;
  const std::chrono::milliseconds again_;
  const int stop_;  // an eventfd
  std::atomic<ReaderState> state_{ReaderState::absent};
  std::optional<ReaderState> said_;
  std::mutex mutex_;
  std::vector<Wedge::Event> read_;
  std::thread thread_;  // last
};

}  // namespace devices
