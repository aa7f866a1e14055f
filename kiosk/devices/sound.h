// Small sounds, made here by arithmetic (no files): what a finger hears, and the alarm that stands until somebody
// comes. Any thread; no call waits. The names are those of the trace (`sound {name}`).
#pragma once

#include "devices/speaker.h"

namespace devices {

inline constexpr std::chrono::milliseconds alarm_every{4000};

class Sound {
 public:
  explicit Sound(Speaker& speaker) : speaker_(speaker) {}

  void click();    // a finger on a target: soft, wooden, 60 ms
  void tick();     // one more counted (roster)
  void done();     // written down: two rising tones
  void refused();  // two falling ones, low and short: not a buzzer
  void alarm_once();  // somebody on duty is rung for
  // Again and again, louder each minute, until stop_alarm. Starting it twice changes nothing.
  void alarm(std::chrono::milliseconds every = alarm_every);
  void stop_alarm();

 private:
  Speaker& speaker_;
  std::atomic<bool> alarm_on_{false};
};

// The sounds themselves.
[[nodiscard]] Pcm click_sound();
[[nodiscard]] Pcm tick_sound();
[[nodiscard]] Pcm done_sound();
[[nodiscard]] Pcm refused_sound();
[[nodiscard]] Pcm alarm_sound();
// From a third of full loudness to all of it within four minutes (ours: an alarm in the room where a child sleeps
// begins softly).
[[nodiscard]] float alarm_gain(std::chrono::milliseconds standing);

}  // namespace devices
