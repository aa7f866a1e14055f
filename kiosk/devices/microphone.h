// What is said into the microphone, or a sound file that is heard as if somebody said it (tests, and machines whose
// recordings are made elsewhere). One worker hears; no call waits for a device. Any thread.
#pragma once

#include "devices/speaker.h"

#include <atomic>
#include <filesystem>
#include <memory>

namespace devices {

class Microphone {
 public:
  // None: the system's own microphone. A file is heard from its beginning each time, at its own pace; it is read
  // anew each time, and may have been replaced meanwhile.
  explicit Microphone(std::filesystem::path instead = {});
  ~Microphone();
  Microphone(const Microphone&) = delete;
  Microphone& operator=(const Microphone&) = delete;

  void begin();              // what was heard before is forgotten; at most a minute is kept
  [[nodiscard]] Pcm end();   // what was heard since; empty where there is no microphone
  [[nodiscard]] bool hearing() const { return hearing_; }
  [[nodiscard]] bool available() const { return available_; }  // as far as is known: false after a begin() that found none
  [[nodiscard]] float level() const { return level_; }         // 0..1 of the last 20 ms, by the ear: 0 is -50 dB

 private:
  class Worker;
  std::atomic<bool> hearing_{false}, available_{true};
  std::atomic<float> level_{0};
  std::unique_ptr<Worker> worker_;
};

}  // namespace devices
