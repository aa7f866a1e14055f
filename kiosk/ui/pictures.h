// Everything that is not text, as pieces of ImGui's one texture: emoji, portraits, photos, our own drawings, the
// shadow.
//
// The one rule: a piece is made at the very size it is drawn, so that pixels fall on pixels. Pieces unused for long
// make room. No frame waits for a page of new faces: what does not fit into this frame's time is made in the next ones. For ui alone.
#pragma once

#include "ui/photos.h"
#include "ui/ui.h"

#include <imgui.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ui {

using Pixels = std::vector<std::uint8_t>;  // RGBA, straight alpha

struct Piece {
  ImVec2 uv0, uv1;
  int w = 0, h = 0;
  bool ok = false;
  bool later = false;  // it will be made in one of the next frames; an empty ground stands for it
};

class Pictures {
 public:
  explicit Pictures(std::function<void()> wake) : photos_(std::move(wake)) {}

  // The emoji drawn `box_px` wide at most, nothing if the font does not know it. Larger than 1.6 x its strike is
  // not made.
  Piece emoji(std::string_view code, int box_px);
  Piece portrait(std::string_view text, int width_px, int height_px);
  // Nothing until a worker has decoded it (`wake` is called), or when it cannot be read. A name that begins with
  // "live:" is a picture shown by show_live, at its own size.
  Piece photo(std::string_view path, int size_px);
  void show_live(std::string_view name, int width_px, int height_px, std::span<const std::uint8_t> rgba);
  // Live pictures and all photos: off the texture, their pixels wiped.
  void forget_passing();
  void set_photo_folder(std::filesystem::path folder) { photos_.set_folder(std::move(folder)); }
  void set_outside_photos(Photos::Outside outside) { photos_.set_outside(std::move(outside)); }
  Piece icon(std::string_view name, int size_px);  // white, to be tinted; nothing for an unknown name
  Piece words(std::string_view line, Weight, float em_px);  // a shaped line (ui/shaped.h), white, to be tinted
  Piece shadow(int radius_px, int blur_px);        // white, side = 2 x (radius + 2 x blur) + 2

  // `at_once`: everything is made in this frame, however long it takes (pictures of screens, reduced motion).
  void new_frame(int frame, bool at_once) {
    frame_ = frame;
    at_once_ = at_once;
    spent_ms_ = 0;
    put_off_ = false;
  }
  // Something of this frame was put off: another frame is wanted.
  [[nodiscard]] bool put_off() const { return put_off_; }
  void make_room();  // between frames
  [[nodiscard]] static bool knows_emoji(std::string_view code);

 private:
  struct Stored {
    int rect = -1;
    int w = 0, h = 0;
    int last_frame = 0;
  };
  // Two places in turn: what is drawn with changes place, so that whoever compares frames sees that it has changed.
  struct Live {
    int w = 0, h = 0;
    Pixels waiting;  // not yet in the texture
    std::array<int, 2> rects{-1, -1};
    std::size_t turn = 0;
  };
  Piece give_live(Live&);
  static void wipe(int rect);
  Piece give(Stored&);
  Piece keep(std::uint64_t key, const Pixels&, int w, int h);
  Piece* nothing();
  template <class Make>
  Piece get(std::uint64_t key, Make make);

  std::unordered_map<std::uint64_t, Stored> stored_;
  std::map<std::string, Live, std::less<>> live_;
  std::vector<std::uint64_t> passing_;  // keys of photos
  Photos photos_;
  int frame_ = 0;
  double spent_ms_ = 0;  // making pictures in this frame
  bool at_once_ = false, put_off_ = false;
  std::int64_t area_ = 0;
};

// Filters RGBA pixels to another size: area when smaller, Catmull-Rom when larger. Colours are weighed by their
// alpha.
[[nodiscard]] Pixels resized(const Pixels& from, int from_w, int from_h, int to_w, int to_h);

// --- makers, each in its own file
// One emoji from the colour font's strike as it is (136 x 128 or so). False: the font does not have it.
bool load_emoji(std::string_view code, Pixels& out, int& w, int& h);
// arrow_left arrow_right tick cross plus minus clock warn big card leaf hand phone person erase more lock sun
// calendar pencil: white on nothing.
[[nodiscard]] Pixels draw_icon(std::string_view name, int size_px);

}  // namespace ui
