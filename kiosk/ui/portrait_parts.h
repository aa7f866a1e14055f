// The parts a drawn face is put together from, on a field 100 units high whose middle is x = 50. For portrait*.cpp
// alone.
#pragma once

#include <cairo.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace ui::portrait {

using Rgb = std::uint32_t;

[[nodiscard]] Rgb blend(Rgb a, Rgb b, double share);

// What the seed decides. Every trait is a hash of its own name, so that a new trait never changes the old ones.
class Fate {
 public:
  explicit Fate(std::string_view seed) : seed_(seed) {}
  [[nodiscard]] std::uint64_t number(std::string_view trait) const;
  [[nodiscard]] int one_of(std::string_view trait, int count) const {
    return static_cast<int>(number(trait) % static_cast<std::uint64_t>(count));
  }
  [[nodiscard]] double between(std::string_view trait, double low, double high) const;
  [[nodiscard]] bool chance(std::string_view trait, double of) const { return between(trait, 0, 1) < of; }

 private:
  std::string seed_;
};

// Brush over cairo: flat fills and round strokes.
class Pen {
 public:
  explicit Pen(cairo_t* c) : c_(c) {}
  Pen& move(double x, double y) {
    cairo_move_to(c_, x, y);
    return *this;
  }
  Pen& line(double x, double y) {
    cairo_line_to(c_, x, y);
    return *this;
  }
  Pen& curve(double x1, double y1, double x2, double y2, double x, double y) {
    cairo_curve_to(c_, x1, y1, x2, y2, x, y);
    return *this;
  }
  Pen& ellipse(double x, double y, double rx, double ry, double turn = 0);
  Pen& box(double x, double y, double w, double h, double r);
  void fill(Rgb, double alpha = 1);
  void stroke(Rgb, double width, double alpha = 1);
  void clip() { cairo_clip(c_); }
  void save() { cairo_save(c_); }
  void restore() { cairo_restore(c_); }
  [[nodiscard]] cairo_t* raw() { return c_; }

 private:
  cairo_t* c_;
};

// What may cover the hair; portrait_hats.cpp chooses by sex and age.
enum Headwear { none, mao_cap, knit_hat, headscarf, ear_flap_hat, straw_hat, pupil_cap };

struct Person {
  Fate fate;
  bool female = false;
  int age = 40;
  [[nodiscard]] bool child() const { return age < 14; }
  [[nodiscard]] bool elder() const { return age >= 58; }

  // Face, in units
  double half = 20;  // width at the temples, halved
  double jaw = 15, chin = 5;
  double crown = 23, temple = 41, chin_y = 70;
  double eye_y = 48, eye_dx = 8.6;
  double mouth_y = 61;
  Rgb skin = 0xE8B88F, shade = 0xD49F74, hair = 0x2A211C, dark = 0x3A2A20;
  Headwear headwear = none;
};

void skull(Pen&, const Person&);  // path of the face
void draw_hair_behind(Pen&, const Person&);
void draw_hair_before(Pen&, const Person&);
void draw_clothes(Pen&, const Person&);
void draw_features(Pen&, const Person&);
[[nodiscard]] Headwear choose_headwear(const Person&);
void draw_scarf_behind(Pen&, const Person&);    // the cloth at the back of the head
void draw_hair_under_hat(Pen&, const Person&);  // what shows at the ears
void draw_hat(Pen&, const Person&);
[[nodiscard]] Rgb ribbon(const Person&);

}  // namespace ui::portrait
