// Drawing on PDF pages with cairo and pango: millimetres, the fonts we use, and a document that is written as it is
// drawn. Only paper/*.cpp includes this. One thread a document.
#pragma once

#include "base/durable_file.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <memory>
#include <string>

namespace paper {

constexpr double kPointsAMillimetre = 72.0 / 25.4;
constexpr double kA4Width = 210, kA4Height = 297;  // mm

struct Rgb {
  double r, g, b;
};
[[nodiscard]] constexpr Rgb rgb(unsigned hex) {
  return {static_cast<double>(hex >> 16 & 255) / 255, static_cast<double>(hex >> 8 & 255) / 255,
          static_cast<double>(hex & 255) / 255};
}
// The screen's colours that paper needs; hairlines are paler than there, a printer draws them blacker.
constexpr Rgb kInk = rgb(0x1F1A14), kInk2 = rgb(0x433A30), kHair = rgb(0xD3C6B2), kSunk = rgb(0xF1E8D8),
              kGrey = rgb(0x8A8178);

struct Free {
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};
using Cairo = std::unique_ptr<cairo_t, Free>;
using Surface = std::unique_ptr<cairo_surface_t, Free>;
using Layout = std::unique_ptr<PangoLayout, Free>;

// A PDF whose pages go to the file as they are finished. Coordinates are millimetres from the top left corner.
class Document {
 public:
  Document(std::filesystem::path file, double width_mm, double height_mm, const std::string& title);
  ~Document();
  [[nodiscard]] cairo_t* ink() const { return ink_.get(); }
  void end_page();
  void keep();

 private:
  static cairo_status_t take(void* self, const unsigned char* bytes, unsigned count);
  base::DurableFile file_;
  bool failed_ = false;
  Surface surface_;
  Cairo ink_;
};

struct Type {
  double mm = 3.4;  // height of a Chinese character
  bool bold = false;
};

// Wrapped to the width, in Noto Sans CJK SC; width 0: one line as long as it gets.
[[nodiscard]] Layout lay_out(cairo_t*, const std::string& text, Type, double width_mm = 0, bool chinese = true);
[[nodiscard]] double width_of(PangoLayout*);   // mm
[[nodiscard]] double height_of(PangoLayout*);  // mm
void draw(cairo_t*, PangoLayout*, double x, double y, Rgb = kInk);
// At x, with the first line's baseline at y.
void draw_line(cairo_t*, PangoLayoutLine*, double x, double baseline, Rgb = kInk);
// One line; made smaller until it fits the width (a name is never cut).
Layout lay_out_to_fit(cairo_t*, const std::string& text, Type, double width_mm);
void fill(cairo_t*, double x, double y, double w, double h, Rgb);
void stroke(cairo_t*, double x1, double y1, double x2, double y2, double width, Rgb);

// A pictogram as a picture (colour glyphs are no PDF text), drawn into a square.
void draw_pictogram(cairo_t*, const std::string& emoji, double x, double y, double side);

}  // namespace paper
