// Puts a frame's pixels on a glass through OpenGL 3, and reads them back. Needs a current context; the window
// belongs to the app.
//
// The one rule: what is on the glass is always the whole frame, but only the part that changed since the last one
// is drawn anew (a pressed card, a countdown): without a GPU that is the difference between 30 ms and 3.
#pragma once

#include "ui/frame.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace ui {

class Gl {
 public:
  explicit Gl(Frame&);  // a GL context is current; goes before the frame does
  ~Gl();
  Gl(const Gl&) = delete;
  // Draws the frame that end() finished and copies it to the window's back buffer; the caller swaps buffers.
  void present();
  // The next present() draws everything: after the window was covered, or to compare.
  void forget();
  // Share of the glass that the last present() drew anew, 0..1.
  [[nodiscard]] float drawn_share() const;
  // What present() drew last: RGB rows from the top, as a PNG. False: could not be written.
  [[nodiscard]] std::vector<unsigned char> pixels() const;
  bool save_png(const std::filesystem::path&) const;

 private:
  struct Memory;
  Frame& frame_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace ui
