// What the widgets of this room draw with: the frame's insides. Included by ui's own .cpp files alone; holds ImGui.
#pragma once

#include "ui/focus.h"
#include "ui/fonts.h"
#include "ui/frame.h"
#include "ui/motion.h"
#include "ui/pictures.h"
#include "ui/theme.h"
#include "ui/touch.h"

#include <imgui.h>

#include <map>
#include <string>
#include <unordered_map>

namespace ui {

// Whole pixels on the glass.
struct Px {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  [[nodiscard]] float w() const { return x1 - x0; }
  [[nodiscard]] float h() const { return y1 - y0; }
  [[nodiscard]] ImVec2 min() const { return {x0, y0}; }
  [[nodiscard]] ImVec2 max() const { return {x1, y1}; }
  [[nodiscard]] Px inset(float by) const { return {x0 + by, y0 + by, x1 - by, y1 - by}; }
};

// What the callback of a solid fill is told.
struct SolidFill {
  float x, y, w, h, glass_h;
  Colour colour;
};

// How a target stands in this frame.
struct Stand {
  bool touched = false;
  float press = 0;  // 0..1
  bool glow = false;
  float dx_mm = 0;  // sway
};

// How words are set in a box.
struct Setting {
  Weight weight = Weight::regular;
  float em = 8.5f;     // mm, at most
  float least = 8.5f;  // mm, may shrink to this
  int lines = 99;      // at most
  float line = 1.4f;   // line height in em
  Align align = Align::left;
  bool middle = false;  // centred in the box's height
  Colour colour = 0;
};
struct Set {
  float em_px = 0;
  float height = 0;
  float width = 0;
  bool fits = true;
};  // mm

// Where the tick of a chosen target stands when not in its top right corner; mm.
struct TickPlace {
  float x, y, radius;
};

struct Frame::Inner {
  explicit Inner(std::function<void()> wake);
  ~Inner();

  ImGuiContext* context = nullptr;
  Fonts fonts;
  Pictures pictures;
  ImDrawList* list = nullptr;

  Glass glass;
  Look look;
  const base::Words* words = nullptr;
  const Theme* colours = nullptr;
  std::int64_t now = 0;
  std::int64_t last_drawn_ms = 0;
  bool in_frame = false;
  double cpu_begin = 0;

  Outline outline;
  std::vector<Target> seen;       // of the last frame, with hit areas
  std::vector<Target> reachable;  // those of them that keys reach: no fields to write in
  std::vector<Target> fields;     // to write in, of this frame
  Touch touch;
  Focus focus;
  std::vector<std::string> pending;  // touched, not yet answered
  std::string touched, glow_id;
  std::u32string typed;
  FrameResult result;
  std::string last_touch_down;  // pressed in this frame, if only for an instant
  std::unordered_map<std::string, std::int64_t> released_ms, sway_ms;
  struct Known {
    State state;
    std::int64_t since_ms;
    int frame;
  };
  std::unordered_map<std::string, Known> states;  // to draw a tick in when a state is new
  int frame_number = 0;
  Rect ring;  // focus ring, gliding
  Rect ring_from, ring_to;
  std::int64_t ring_ms = 0;

  std::int64_t changed_ms = -100000;
  bool changed_back = false;
  bool content_open = false;
  float dx_mm = 0;  // the content's slide
  std::vector<Rect> panels;  // drawn in this frame: what is written on one must stay on it
  // Words that begin on a panel and leave it: cut, for whoever reads them.
  [[nodiscard]] bool leaves_panel(const Rect& box, const Set&, bool middle) const;

  // Set by Gl: fills whole pixels without shader and blending, which without a GPU is ten times cheaper. Null:
  // plain triangles.
  ImDrawCallback solid = nullptr;
  void solid_fill(const Px&, Colour);

  // --- measures
  [[nodiscard]] float scale() const;  // reading distance x text size
  [[nodiscard]] float em(float at_500) const { return at_500 * scale(); }
  [[nodiscard]] float least_em() const { return floor_em(look.staff) * scale_of_floor(); }
  [[nodiscard]] float scale_of_floor() const { return glass.reading_scale(); }
  [[nodiscard]] float px(float mm) const { return mm * glass.px_per_mm; }
  [[nodiscard]] float mm(float pixels) const { return pixels / glass.px_per_mm; }
  [[nodiscard]] float border_px(float mm_wide) const;
  [[nodiscard]] Px snap(const Rect&) const;  // moved by the slide
  [[nodiscard]] float em_px(
      float mm_em) const;  // so that text is never under its size: rounded up to ImGui's whole sizes

  // --- paint, mm
  void fill(const Rect&, Colour, float radius = 0, float alpha = 1);
  void border(const Rect&, Colour, float width, float radius);
  void dashed(const Rect&, Colour, float width, float radius);
  void cast_shadow(const Rect&, float radius, float strength = 1);
  void line(float x0, float y0, float x1, float y1, Colour, float width);
  void disc(float x, float y, float radius, Colour, float alpha = 1);
  void ring_arc(float x, float y, float radius, float width, float share, Colour);
  void stroke(const std::vector<ImVec2>& points_mm, float width, Colour);
  void ink(const Rect& field, const InkStroke&, float width, Colour);
  void tick_disc(float x, float y, float radius, float share, Colour ground);
  bool icon(const Rect&, std::string_view name, Colour);  // square in the middle of the rect
  void rounded_image(const Piece&, const Px&, float radius_mm, bool top_only = false);

  // --- words: measure with `set_height`, draw with `set`; both from the same cache
  Set measure(std::string_view, const Setting&, float width, float height = 1e6f);
  Set set(const Rect&, std::string_view, const Setting&);

  // --- pictures. The rectangle that was filled, in mm.
  Rect show(const Rect&, const Picture&, Tint, Colour ink, bool to_border = false, float radius = 0);
  void show_leaf(const Rect&, const Leaf&);

  // --- outline and targets
  Widget& put(Kind, std::string_view id, const Rect&, std::string_view label);
  Stand target(const Rect&, std::string_view id, bool touchable = true);
  // Share of the state's entry animation: 1 when it has been so for long.
  float state_share(std::string_view id, State, int duration_ms);
  void want(int ms) { result.next_frame_ms = std::min(result.next_frame_ms.value_or(ms), ms); }
  [[nodiscard]] float coming() const;  // 0..1: how far the screen has come since it changed
  void end_content();
  [[nodiscard]] Rect title_line() const;

  // A card's ground with its state: shadow, fill, border. Gives the rectangle its content stands in (moved while
  // pressed).
  struct Ground {
    Rect rect;
    Colour ground, text, border;
    float radius;
  };
  Ground ground(const Rect&, Tint, State, bool filled, const Stand&, float radius = space::radius,
                bool quiet = false);
  void marks(const Ground&, const Card&, const std::optional<TickPlace>& = {});
};

[[nodiscard]] inline ImU32 col(Colour c, float alpha = 1) {
  return IM_COL32((c >> 16) & 255, (c >> 8) & 255, c & 255, static_cast<int>(alpha * 255 + 0.5f));
}
[[nodiscard]] std::string picture_name(const Picture&);
[[nodiscard]] const char* state_name(State);

}  // namespace ui
