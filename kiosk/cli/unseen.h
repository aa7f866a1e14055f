// What somebody types on a terminal is not shown while it is a secret. Where standard input is no terminal nothing is changed.
#pragma once

#include <fmt/format.h>
#include <cstdio>
#include <termios.h>

namespace cli {

class Unseen {
 public:
  explicit Unseen(bool wanted) : on_(wanted && ::tcgetattr(0, &before_) == 0) {
    if (!on_) return;
    auto now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    on_ = ::tcsetattr(0, TCSAFLUSH, &now) == 0;
  }
  ~Unseen() {
    if (!on_) return;
    (void)::tcsetattr(0, TCSANOW, &before_);
    fmt::print(stderr, "\n");
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool on_;
};

}  // namespace cli
