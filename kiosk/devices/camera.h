// A camera for photos of people (V4L2), or picture files that are seen as if a camera saw them (tests, and places
// whose pictures are taken elsewhere). It is open only between begin() and end(): its lamp tells the truth. One worker
// sees; no call waits for a device. What it saw is in memory alone and gone with end(). Any thread.
#pragma once

#include "base/image.h"

#include <atomic>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace devices {

class Camera {
 public:
  enum class State {
    off,       // nobody looks
    starting,  // asked for, nothing seen yet
    live,
    absent,    // none is plugged in, or the file is not there
    denied,    // this user may not open it (group video)
    busy,      // another program has it
    unfit,     // it gives neither YUYV nor MJPEG
  };

  // None: the first camera of this machine. A device: that one. A picture file, or a folder of them: seen in turn, one
  // a second, read anew each time. `moved` is called from the worker when there is something new to see or the state
  // has changed, at most ten times a second.
  explicit Camera(std::filesystem::path from = {}, std::function<void()> moved = {});
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  void begin();
  void end();
  [[nodiscard]] State state() const { return state_; }
  // The last picture seen; none before the first and after end().
  [[nodiscard]] std::shared_ptr<const base::Image> newest() const;

 private:
  class Worker;
  std::atomic<State> state_{State::off};
  std::unique_ptr<Worker> worker_;
};

// One frame of a camera as V4L2 gives it: pairs of pixels Y U Y V, rows `stride` bytes apart, full or studio range not
// told, so BT.601 as webcams use it. Nothing where the bytes are fewer than the rows need, or a side is not 16 to 4096.
[[nodiscard]] std::optional<base::Image> from_yuyv(std::span<const std::byte>, int width, int height, std::size_t stride);

}  // namespace devices
