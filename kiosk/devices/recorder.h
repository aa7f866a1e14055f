// Records a pack line by line: hears, trims, evens, keeps, plays back. Every call only leaves a wish; one worker does
// the work. What state().verdict calls good is on the disk: a power cut takes the sentence being said and no other.
// Any thread.
#pragma once

#include "devices/microphone.h"
#include "devices/packs.h"

#include <functional>
#include <memory>

namespace devices {

class Recorder {
 public:
  enum class Doing { waiting, hearing, working, playing };
  // Of the last recording. too_short: under a fifth of a second is left when the silence is gone.
  enum class Verdict { none, good, silent, too_short, too_loud, no_microphone, not_kept };

  struct State {
    Doing doing = Doing::waiting;
    Verdict verdict = Verdict::none;
    std::size_t at = 0, lines = 0, missing = 0;  // `missing` of all lines; stale ones are missing
    std::string text;                            // the words of this line
    bool piece = false, recorded = false;        // of this line
    float level = 0;
  };

  // `pack.folder` is made if it is not there. `moved` is called from the worker when the state changed. Begins at the
  // first line that is missing. Throws std::system_error when the folder cannot be written.
  Recorder(Speaker&, Pack pack, std::vector<Line> lines, std::filesystem::path instead_of_microphone, std::function<void()> moved);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  [[nodiscard]] State state() const;
  // Begins to hear, or ends and keeps what was heard; then it is played. What is good replaces what was there.
  void record_or_stop();
  void play();
  void go(int lines);    // forward or back; recording is given up, playing ends
  void next_missing();   // after this line, then from the beginning; stays where nothing is missing

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace devices
