// Puts a frame's pixels on a glass through OpenGL 3, and reads them back. Needs a current context; the window
// belongs to the app.
#pragma once

#include "ui/frame.h"

#include <filesystem>

namespace ui {

class Gl {
 public:
  explicit Gl(Frame&);  // a GL context is current; goes before the frame does
  ~Gl();
  Gl(const Gl&) = delete;
  // Draws the frame that end() finished into the current framebuffer; the caller swaps buffers.
  void present();
  // What present() drew last, as a PNG. False: could not be written.
  bool save_png(const std::filesystem::path&) const;

 private:
  Frame& frame_;
  int width_px_ = 0, height_px_ = 0;
};

}  // namespace ui
