// One frame: what a person did goes in, a screen draws through Ui, an outline and pixels come out.
//
// The one rule: touches and keys are answered from the frame the person saw (the last outline), so a press shows
// and a lift counts in the very next frame. No window and no OpenGL here: ui/gl.h puts the pixels on a glass,
// ui/headless.h draws without any. Drawing thread only; several frames (tests) may live beside each other.
#pragma once

#include "base/image.h"
#include "base/text.h"
#include "ui/glass.h"
#include "ui/input.h"
#include "ui/outline.h"
#include "ui/ui.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ui {

// How this frame looks; everything but `staff` and `overlay` belongs to the session and returns to default with it.
struct Look {
  bool staff = false;    // slate ground, staff floors
  bool overlay = false;  // no bar: the body is the whole glass
  float text_scale = 1;  // 1, 1.25, 1.5
  bool night = false;    // high contrast: dark ground
  bool reduced_motion = false;
  bool by_and_by = false;  // pictures may come over several frames although nothing moves (a slow machine)
  bool blocks = false;  // labels drawn as blocks: a test that pictures and voice are enough (T7)
  float leaving = 0;    // 0..1: how far the old screen has faded to paper
  bool bar = true;      // false: no bar, but margins and title as usual (attract)
  bool drifts = false;  // pages change by themselves: slowly, out of the paper, without a slide (attract)
  float keep_clear_mm = 0;  // nothing of the screen begins above this: a standing alarm's band lies there
};

// What the app wants to know after a frame.
struct FrameResult {
  std::string touched;       // id, or empty
  bool lost = false;         // four touches beside targets in 8 s
  bool pressed = false;      // a finger came down on a target in this frame: the click sounds, speech is cut off
  bool focus_moved = false;  // by a key: outline.focus is to be spoken
  bool focus_turned_on = false;  // the first key press: the screen is to be spoken
  std::vector<Key> keys;         // keys that are for the app: volume, back, help and repeat without their target
  std::optional<int> next_frame_ms;  // draw again after this time although nothing happens; empty: not needed
  float cpu_ms = 0;                  // begin to end
};

struct Frame {
  // `wake` is called from a worker when a photo has been decoded: the loop should draw once more.
  explicit Frame(std::function<void()> wake = {});
  ~Frame();
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  void begin(const Glass&, const Input&, const base::Words&, const Look&, std::int64_t now_ms);
  FrameResult end();
  // Of the frame just ended (or, inside a frame, as far as drawn).
  [[nodiscard]] const Outline& outline() const;

  // Another screen is drawn from the next begin() on: touches are ignored until it has been seen 350 ms, the new one comes from the right
  // (back: from the left).
  void screen_changed(std::int64_t now_ms, bool back = false);
  // The frame just ended is on the glass: for what counts from when a person can see it.
  void presented(std::int64_t now_ms);
  // A refused card sways 2 mm twice.
  void sway(std::string_view id, std::int64_t now_ms);
  // This target glows (the card being read aloud, or the person to ask): empty = none.
  void glow(std::string_view id);
  void focus_off();
  // 60 % ink over all that was drawn so far in this frame, which leaves the outline: for "still there" and dialogs.
  void scrim();
  // What was drawn so far under this rectangle leaves the outline: an alarm's band lies over it.
  void cover(const Rect&);

  // Where photos are whose path does not begin with /: before the first frame.
  void photo_folder(std::filesystem::path);
  // What decodes photos whose path begins with / (Photos::Outside): before the first frame.
  void outside_photos(std::function<std::optional<base::Image>(const std::filesystem::path&, int side)>);
  // The picture of this name ("live:…"), from now on and until the next one: RGBA rows from the top. A frame that shows
  // it draws its place anew and nothing else.
  void show_live(std::string_view name, int width_px, int height_px, std::span<const std::uint8_t> rgba);
  // Live pictures and photos are gone from memory and texture; one that is shown again is read again.
  void forget_passing();

  struct Inner;  // what widgets draw with: ui/inner.h, for this room alone
  [[nodiscard]] Inner& inner() { return *inner_; }

 private:
  std::unique_ptr<Inner> inner_;
};

}  // namespace ui
