// What a screen draws with: millimetres in, pixels and an outline out.
//
// The one rule: every control a person can see or touch goes through a widget here, so it lands in the outline with
// its id, label, rectangle, picture and voice key. A screen never sees a pixel, ImGui or a mouse. Drawing thread
// only.
#pragma once

#include "base/text.h"
#include "ui/outline.h"
#include "ui/rect.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

// Colour families of visual.md section 4.
enum class Tint { neutral, elder, woman, child, hardship, urgent, staff };

enum class Weight { regular, bold };
enum class Align { left, centre, right };

// Type roles of visual.md section 2; sizes in em at D = 500 mm come from the theme, scaled by reading distance and
// the person's text size.
enum class Type { title, label, figure, name, sentence, staff, staff_title, staff_figure };

// How a control stands. `full` is dashed and still touchable: it says why.
enum class State { normal, selected, full, busy, done };

// What is pictured. Exactly one is used: emoji code point(s), a portrait drawn from its seed text, a photo file, or
// one of our own drawings.
struct Picture {
  std::string emoji;
  std::string
      portrait;  // "v1:<seed>:<sex m|f>:<age>" -> drawn by ui/portrait; the same text always gives the same face
  std::string photo;    // path of a PNG/JPEG under the data directory
  std::string drawn;    // arrow_left arrow_right tick cross card leaf hand phone
  std::string initial;  // shown on the tint's soft ground until (or instead of) a photo
  [[nodiscard]] bool empty() const {
    return emoji.empty() && portrait.empty() && photo.empty() && drawn.empty() && initial.empty();
  }
};
[[nodiscard]] inline Picture emoji(std::string code) {
  Picture p;
  p.emoji = std::move(code);
  return p;
}
[[nodiscard]] inline Picture drawn(std::string name) {
  Picture p;
  p.drawn = std::move(name);
  return p;
}

// The tear-off leaf: month over lunar day, foot says market day, solar term or festival.
struct Leaf {
  std::string head;  // 十月
  std::string big;   // 十六
  std::string foot;  // 逢集, 小雪, or empty
  bool market = false;
};

// A touchable card. Ids are those of design.md section 5 and stay stable.
struct Card {
  std::string id;
  std::string label;
  std::string sub;  // second line, smaller, may be empty
  Picture picture;
  std::optional<Leaf> leaf;  // instead of a picture
  Tint tint = Tint::neutral;
  State state = State::normal;
  bool main = true;      // a resident's main choice: short side at least 30 mm is checked
  std::string reason;    // for State::full, already in the person's language
  std::string voice;     // text key spoken for this control; default: the label itself is spoken
  int dots_filled = -1;  // places taken, shown as dots when dots_total > 0
  int dots_total = 0;
  std::string chip;     // small brown chip top right (逢集)
  bool filled = false;  // white on deep: confirm, urgent
  bool mark = false;    // group mark in the top left corner (second-level screens)
};

// A person's face to touch: photo to the border, name on a white band.
struct Face {
  std::string id;
  std::string name;
  std::string sub;
  Picture picture;
  Tint tint = Tint::neutral;
  State state = State::normal;
  std::string voice;
};

// One row of a staff list (24 mm high): picture, two lines, status chips, up to three actions at the right.
struct RowAction {
  std::string id;  // empty: its place is kept empty, so that no other action comes to stand under a finger there
  std::string label;
  bool filled = false;
};
struct Row {
  std::string id;  // empty: the row itself is not touched
  Picture picture;
  std::string line;  // bold
  std::string sub;
  std::string status;  // chip text
  Tint status_tint = Tint::staff;
  bool overdue = false;  // amber bar, clock and the word
  std::string overdue_word;
  float meter = -1;  // 0..1 of the time allowed already gone; -1 none
  std::vector<RowAction> actions;
};

// A number that opens its list (staff's "today").
struct NumberCard {
  std::string id;
  Picture picture;
  std::string figure;
  std::string label;
  std::string sub;
  bool warn = false;
  Tint tint = Tint::staff;
};

// Four lamps of a request: how many are lit, their words.
struct Lamps {
  std::vector<std::string> words;
  int lit = 0;
};

struct TextStyle {
  Type type = Type::sentence;
  Weight weight = Weight::regular;
  Align align = Align::left;
  bool second = false;  // ink2
  bool centre_v = false;
  bool on_deep = false;  // white text over a deep ground
  Tint tint = Tint::neutral;
};

struct InkPoint;
using InkStroke = std::vector<InkPoint>;
// The stroke in what a field gives back (the part after `<id>:`); nothing when that is none.
[[nodiscard]] InkStroke ink_stroke(std::string_view);

struct Frame;  // private

class Ui {
 public:
  explicit Ui(Frame& frame) : frame_(frame) {}
  Ui(const Ui&) = delete;

  // --- where
  [[nodiscard]] Rect glass() const;  // whole glass in mm
  [[nodiscard]] Rect body()
      const;  // what a screen may fill: under the title line, above the bar (or all of it for overlays)
  [[nodiscard]] Rect page() const;  // body and the title line together: for screens that draw no title (receipts)
  // The same strip to 2.5 mm from the glass's sides: six columns of 30 mm on the narrowest glass need it (the
  // secret's pictures).
  [[nodiscard]] Rect wide(Rect) const;
  [[nodiscard]] Rect reach()
      const;  // the part of body whose top edge is within 1100 mm of the floor: targets belong here
  [[nodiscard]] bool portrait() const;
  [[nodiscard]] bool compact() const;      // under 13 inch
  [[nodiscard]] bool staff() const;        // slate ground, staff floors
  [[nodiscard]] float margin() const;      // 5 or 8
  [[nodiscard]] float gap() const;         // 6, or 4 in staff grids
  [[nodiscard]] float em(Type) const;      // mm of this role now (reading distance x text size)
  [[nodiscard]] float line(Type) const;    // em x 1.4
  [[nodiscard]] float text_scale() const;  // 1, 1.25, 1.5

  // --- words
  [[nodiscard]] const base::Words& words() const;
  [[nodiscard]] std::string say(std::string_view key) const { return words().text(key); }

  // --- the title line: title left, optional small thing right
  void title(std::string_view text, const Picture& right = {}, std::string_view right_text = {});

  // Home's title line: the place bold at left with its name behind it, day and clock at right.
  void header(std::string_view bold, std::string_view beside, std::string_view right);

  // --- targets. Each gives true when it was touched (on lift) or chosen by keys in this frame.
  bool card(Rect, const Card&);
  bool button(Rect, const Card&);  // picture left of the label; `filled` = white on deep
  bool face(Rect, const Face&);
  bool day_card(Rect, const Card&, const Leaf&);  // word of the day, lunar date, market chip, dots
  bool number_card(Rect, const NumberCard&);
  void row(Rect, const Row&);                                   // touched() says which of its ids
  [[nodiscard]] float row_height(float width_mm, const Row&) const;  // the least in which none of its words is cut; mm
  bool key(Rect, std::string_view id, std::string_view label);  // keypad and letter keys, >= 20 x 20
  bool toggle(Rect, std::string_view id, std::string_view label, bool on);
  // A labelled value with - and + (ids <id>:less and <id>:more), or with one touch that opens an editor (<id>).
  void stepper(Rect, std::string_view id, std::string_view label, std::string_view value);
  bool field(Rect, std::string_view id, std::string_view label, std::string_view value, bool focused = false);

  // A field to write in with a finger: no target, so that keys pass by it. Each finished stroke is touched() as
  // `<id>:<points>` (ui/touch.h, ink_stroke); the screen keeps the strokes and gives them back to be shown. `hint`
  // stands in it while it is empty.
  void ink(Rect, std::string_view id, std::span<const InkStroke> strokes, std::string_view hint);

  // --- things that only show
  void text(Rect, std::string_view, const TextStyle& = {});
  // Height in mm that `text` needs in this width.
  [[nodiscard]] float text_height(std::string_view, float width_mm, Type, Weight = Weight::regular) const;
  [[nodiscard]] float text_width(std::string_view, Type, Weight = Weight::regular) const;
  void picture(Rect, const Picture&);
  void photo(Rect, const Picture&, Tint = Tint::neutral);  // framed portrait
  void leaf(Rect, const Leaf&);
  void panel(Rect, Tint, bool raised = true, bool deep = false);  // ground to put things on
  void tick(Rect);  // the drawn tick in a hardship-green disc, drawn in 220 ms
  void dots(Rect, int filled, int total);
  void lamps(Rect, const Lamps&);
  void slots(Rect, std::span<const Picture> chosen, int total);  // the secret's numbered slots
  void pin_dots(Rect, int filled, int total);
  void countdown(Rect, float share_left, std::string_view figure);  // ring that empties with a figure in it
  void band(Rect, std::string_view text, Tint);                     // one sentence on a soft or deep band
  void page_dots(Rect, int page, int pages);
  void rule(float x, float y, float width_mm);  // hairline
  // A sheet: header and rows of text, numbers right-aligned; widths are shares.
  void table(Rect, std::span<const std::string> head, std::span<const std::vector<std::string>> rows,
             std::span<const float> widths, std::span<const Align> aligns);

  // --- what happened
  [[nodiscard]] const std::string& touched() const;  // id touched in this frame, or empty
  // Characters typed on a keyboard in this frame; U+0008 is the erase key. For staff and for journeys that can be
  // typed too.
  [[nodiscard]] std::u32string_view typed() const;
  // Ask for another frame after this time although nothing was touched (a countdown).
  void again_in(int milliseconds);
  // Sentence this screen speaks; the first call in a frame wins. Key of the texts with its arguments already put
  // in.
  void speak(std::string_view key, std::string_view text);

  [[nodiscard]] Frame& frame() { return frame_; }

 private:
  Frame& frame_;
};

// The bar: three or four helpers, 20 mm high at the bottom of the glass. Ids as in design.md section 5. Does not
// move between screens.
void draw_bar(Ui&, std::span<const Card>);
// Home's title line: the place bold at left with its name behind it, day and clock at right.
void draw_header(Ui&, std::string_view bold, std::string_view beside, std::string_view right);

}  // namespace ui
