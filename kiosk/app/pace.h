// Whether this machine draws fast enough for motion: a screen that comes in a stutter is harder to follow than one that stands at once.
#pragma once

namespace app {

// visual.md section 8: all motion 0 ms on slow machines. A movement is slow when its frames took longer than 1/30 s on average; the first
// frame of one is not counted, for it may have to make pictures. Two slow ones, and nothing moves any more until the program begins anew:
// what is slow today is slow tomorrow, and motion that comes and goes would be worse than either.
class Pace {
 public:
  // A frame took so long from the touch's reading to the swap of buffers; `goes_on`: the next one is wanted at once.
  // True once: the moment motion ends.
  bool frame(double took_ms, bool goes_on) {
    if (reduced_) return false;
    if (moving_) {
      ++frames_;
      ms_ += took_ms;
    }
    if (moving_ && !goes_on) {
      if (frames_ >= 3 && ms_ / frames_ > most_ms) ++slow_;
      frames_ = 0;
      ms_ = 0;
    }
    moving_ = goes_on;
    reduced_ = slow_ >= 2;
    return reduced_;
  }
  [[nodiscard]] bool reduced() const { return reduced_; }

 private:
  static constexpr double most_ms = 1000.0 / 30;
  int frames_ = 0, slow_ = 0;
  double ms_ = 0;
  bool moving_ = false, reduced_ = false;
};

}  // namespace app
