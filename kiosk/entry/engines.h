// The engines of one kiosk, each loaded on a worker when it is first wanted and kept until the program ends.
//
// Until then, and where one is missing, there is none: entry goes on with what the house has itself. Drawing thread only.
#pragma once

#include "entry/composer.h"
#include "entry/handwriting.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace entry {

class Engines {
 public:
  // `job` on a worker, then `then` on the drawing thread.
  using Start = std::function<void(std::function<void()> job, std::function<void()> then)>;
  // `folder` is the composer's own (Composer::Settings). `ready`: something may be answered better now. `start` and `ready` must be callable
  // as long as jobs run; jobs may outlive this.
  Engines(std::filesystem::path folder, Start start, std::function<void()> ready = {});

  void want_composer();
  void want_handwriting();
  [[nodiscard]] Composer* composer() const { return have_->composer.get(); }
  // Asked for and not there: the screen offers no way to it.
  [[nodiscard]] bool no_handwriting() const { return have_->no_handwriting; }
  // What these strokes may be, likeliest first. Recognising is slow (50 ms for twelve strokes), so a worker does it: what is given at once is
  // the answer for exactly these strokes if it is known, else the one before; `ready` says when there is a better one.
  [[nodiscard]] const std::vector<std::string>& characters(const std::vector<Stroke>&);
  // The session is over: nothing of what was written stays.
  void forget();

 private:
  struct Have {
    std::unique_ptr<Composer> composer;
    std::shared_ptr<const Handwriting> handwriting;  // on the worker alone
    bool composer_wanted = false, handwriting_wanted = false, no_handwriting = false;
    std::vector<Stroke> asked, answered;  // strokes
    std::vector<std::string> answer;
    bool recognising = false;
  };
  static void recognise(const std::shared_ptr<Have>&, const Start&, const std::function<void()>& ready);
  std::filesystem::path folder_;
  Start start_;
  std::function<void()> ready_;
  std::shared_ptr<Have> have_;
};

// For `doctor`: why the engine cannot be had, or nothing. Loads it, in a folder of its own that is gone afterwards.
[[nodiscard]] std::optional<std::string> no_composer_because();
[[nodiscard]] std::optional<std::string> no_handwriting_because();

}  // namespace entry
