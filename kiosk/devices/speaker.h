// The loudspeaker: one OpenAL device, three channels, one worker that owns it all. Voice and Sound speak through
// it.
//
// Nobody ever waits for it: every call only leaves a wish and returns. A machine without sound, or one whose card
// dies, behaves the same but for the sound itself: things start, last as long as they would, and finish. While
// nothing sounds the device is paused and the worker sleeps: no processor time. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace devices {

// First thing in main, before any thread (it sets the environment): OpenAL Soft then holds 35 ms of sound ready
// instead of 70, so that a touch cuts speech off within 50 ms, and keeps its complaints to itself. Leaves alone
// what somebody has set.
void prepare_sound();

struct Pcm {  // mono
  int rate = 22050;
  std::vector<std::int16_t> samples;
  [[nodiscard]] std::chrono::milliseconds lasts() const {
    return std::chrono::milliseconds(rate > 0 ? static_cast<std::int64_t>(samples.size()) * 1000 / rate : 0);
  }
};

class Speaker {
 public:
  enum class Channel { voice, effect, alarm };

  struct Play {
    Channel channel = Channel::effect;
    std::shared_ptr<const Pcm> pcm;  // none: silence that lasts `silence`
    std::chrono::milliseconds silence{0};
    float gain = 1;
    std::chrono::milliseconds every{0};  // again and again, from start to start; 0: once
    std::function<float(std::chrono::milliseconds since_first)> gain_at;  // of each repetition, instead of `gain`
    // From the worker. `finished` comes when it ended by itself, not when it was cut off or replaced.
    std::function<void()> started, finished;
  };

  // Starts the worker, which opens the device; returns at once. Without `use_device` nothing is ever heard
  // (setting, tests).
  explicit Speaker(bool use_device = true);
  ~Speaker();
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;

  void play(Play);  // replaces what the channel plays
  void stop(
      Channel);  // silent within one mixing period (12 ms) and what the sound card still holds (prepare_sound)
  void set_gain(Channel, float);  // 0..1, of all that the channel plays from now on, also of what is sounding

  // A device is open. False while it is being opened; tried again with the next sound, at most every ten seconds.
  [[nodiscard]] bool available() const { return available_; }

 private:
  class Worker;
  std::atomic<bool> available_{false};
  std::unique_ptr<Worker> worker_;
};

}  // namespace devices
