// Is a headset plugged in? Private things are spoken only there.
//
// The sound card's own sockets say it as switches of an input device (SW_HEADPHONE_INSERT), which the kiosk's user
// must be able to read (group input). A card without such a switch (USB headsets, most boards' line out) says nothing:
// then there is none, until a village says otherwise (setting voice.headset). A worker looks once a second; asking
// costs an atomic read. Any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace devices {

class Headset {
 public:
  // In a socket, in none, or no socket that says so. May wait for a device.
  using Look = std::function<std::optional<bool>()>;
  // `moved` is called from the worker when it was put in or pulled out.
  explicit Headset(std::function<void()> moved = {}, Look look = {});
  ~Headset();
  Headset(const Headset&) = delete;
  Headset& operator=(const Headset&) = delete;

  [[nodiscard]] bool in() const { return state_ == State::in; }
  [[nodiscard]] bool can_tell() const { return state_ != State::unknown; }

 private:
  enum class State { unknown, out, in };
  std::atomic<State> state_{State::unknown};
  std::function<void()> moved_;
  Look look_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool quit_ = false;
  std::thread thread_;  // last
};

// The switches below this folder (/dev/input), asked once.
[[nodiscard]] std::optional<bool> headset_switch(const std::filesystem::path& folder);

}  // namespace devices
