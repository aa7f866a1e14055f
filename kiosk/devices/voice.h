// The kiosk's voice: recorded clips first, whole or put together from pieces (repertoire.h), else espeak-ng (a process
// of its own: it is GPL, and may die alone), brought to the same loudness. After a sentence it made, the next espeak-ng
// reads its data and waits a minute for its text (4.9 MB for so long); one that says nothing is started by no clip.
//
// One sentence at a time; a new one replaces the old, stop() cuts it off at once. No call waits for anything.
// Without a loudspeaker or without espeak-ng sentences still start and end as if spoken, so that nothing else has
// to know; the log says it once. Any thread.
#pragma once

#include "devices/speaker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace devices {

struct Sentence {
  std::string
      text;  // plain Chinese, or English; a name inside stands between U+2068 and U+2069 so that it is read as one
  std::string language;   // zh-CN, en
  std::string key;        // attendance.welcome.say: given back by the callbacks; its own clip is preferred
  bool personal = false;  // holds a name, a sum: never written to the cache
};

class Voice {
 public:
  struct Settings {
    std::vector<std::filesystem::path> packs;  // folders of packs (packs.h): the village's own, then ours
    std::filesystem::path cache;  // <data>/cache/voice; empty: none. Kept under 40 MB, the oldest goes first
    std::string espeak = "espeak-ng";
    // From another thread; they must return soon. A callback may call say and stop. A sentence that is cut off or
    // replaced never finishes.
    std::function<void(const std::string& key)> on_started, on_finished;
  };

  // Starts a worker and returns; nothing is read or run before the first sentence.
  Voice(Speaker& speaker, Settings settings);
  ~Voice();
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

  void say(Sentence sentence);
  void stop();

  // Which packs are asked, first one first; none: all that are installed (repertoire.h).
  void use_packs(std::vector<std::string> names);
  // Six steps, 1 slow .. 6 quick; 3 is 155 Chinese characters a minute (measured; 2: 140, 4: 170). Clips are
  // stretched as much, at their own pitch.
  void set_speed(int step);
  void set_volume(float of_one);  // 0..1

  // A person in the room would hear it: a device is open, and espeak-ng has not been found missing.
  [[nodiscard]] bool available() const;
  // A sentence has been wished for and has not ended.
  [[nodiscard]] bool speaking() const;

 private:
  class Worker;
  Speaker& speaker_;
  std::unique_ptr<Worker> worker_;
};

// How long a text takes when nobody can speak it: by its length.
[[nodiscard]] std::chrono::milliseconds would_last(const Sentence&);

}  // namespace devices
