#include "paper/ink.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace paper {

Document::Document(std::filesystem::path file, double width_mm, double height_mm, const std::string& title)
    : file_(std::move(file)),
      surface_(cairo_pdf_surface_create_for_stream(&Document::take, this, width_mm * kPointsAMillimetre,
                                                   height_mm * kPointsAMillimetre)),
      ink_(cairo_create(surface_.get())) {
  if (!title.empty()) cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_scale(ink_.get(), kPointsAMillimetre, kPointsAMillimetre);
}

Document::~Document() {
  ink_.reset();
  if (surface_) cairo_surface_finish(surface_.get());
}

cairo_status_t Document::take(void* self, const unsigned char* bytes, unsigned count) {
  auto* document = static_cast<Document*>(self);
  try {
    document->file_.write({reinterpret_cast<const char*>(bytes), count});
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::exception&) {  // cairo is C: it must not see an exception, and tells us again at the end
    document->failed_ = true;
    return CAIRO_STATUS_WRITE_ERROR;
  }
}

void Document::end_page() {
  cairo_show_page(ink_.get());
  if (failed_ || cairo_status(ink_.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("the page cannot be written");
}

void Document::keep() {
  ink_.reset();
  cairo_surface_finish(surface_.get());
  if (failed_ || cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("the document cannot be written");
  file_.keep();
}

namespace {

// Text is measured in points and drawn in millimetres. Fonts are not hinted: a page has no pixels.
Layout layout_of(cairo_t* ink, const std::string& text, const char* family, double mm, bool bold) {
  Layout layout(pango_cairo_create_layout(ink));
  auto* context = pango_layout_get_context(layout.get());
  std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(cairo_font_options_create(),
                                                                                       &cairo_font_options_destroy);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options.get());
  pango_context_set_round_glyph_positions(context, FALSE);  // it would round to whole millimetres
  std::unique_ptr<PangoFontDescription, Free> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), family);
  pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), mm * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

}  // namespace

Layout lay_out(cairo_t* ink, const std::string& text, Type type, double width_mm, bool chinese) {
  auto layout = layout_of(ink, text, "Noto Sans CJK SC", type.mm, type.bold);
  // Han characters take their mainland shapes whatever the language of the sheet is.
  pango_context_set_language(pango_layout_get_context(layout.get()),
                             pango_language_from_string(chinese ? "zh-cn" : "en"));
  if (width_mm > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(width_mm * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  }
  return layout;
}

double width_of(PangoLayout* layout) {
  PangoRectangle box;
  pango_layout_get_extents(layout, nullptr, &box);
  return static_cast<double>(box.width) / PANGO_SCALE;
}

double height_of(PangoLayout* layout) {
  PangoRectangle box;
  pango_layout_get_extents(layout, nullptr, &box);
  return static_cast<double>(box.height) / PANGO_SCALE;
}

void draw(cairo_t* ink, PangoLayout* layout, double x, double y, Rgb colour) {
  cairo_set_source_rgb(ink, colour.r, colour.g, colour.b);
  cairo_move_to(ink, x, y);
  pango_cairo_show_layout(ink, layout);
}

void draw_line(cairo_t* ink, PangoLayoutLine* line, double x, double baseline, Rgb colour) {
  cairo_set_source_rgb(ink, colour.r, colour.g, colour.b);
  cairo_move_to(ink, x, baseline);
  pango_cairo_show_layout_line(ink, line);
}

Layout lay_out_to_fit(cairo_t* ink, const std::string& text, Type type, double width_mm) {
  auto layout = lay_out(ink, text, type);
  if (const double width = width_of(layout.get()); width > width_mm && width > 0)
    layout = lay_out(ink, text, {type.mm * width_mm / width, type.bold});
  return layout;
}

void fill(cairo_t* ink, double x, double y, double w, double h, Rgb colour) {
  cairo_set_source_rgb(ink, colour.r, colour.g, colour.b);
  cairo_rectangle(ink, x, y, w, h);
  cairo_fill(ink);
}

void stroke(cairo_t* ink, double x1, double y1, double x2, double y2, double width, Rgb colour) {
  cairo_set_source_rgb(ink, colour.r, colour.g, colour.b);
  cairo_set_line_width(ink, width);
  cairo_move_to(ink, x1, y1);
  cairo_line_to(ink, x2, y2);
  cairo_stroke(ink);
}

void draw_pictogram(cairo_t* ink, const std::string& emoji, double x, double y, double side) {
  // The font's only strike is 136 px wide: take it as it is, then scale once.
  constexpr int kPixels = 160;
  Surface picture(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, kPixels, kPixels));
  Cairo brush(cairo_create(picture.get()));
  auto layout = layout_of(brush.get(), emoji, "Noto Color Emoji", 109, false);
  PangoRectangle drawn;
  pango_layout_get_extents(layout.get(), &drawn, nullptr);
  const double w = static_cast<double>(drawn.width) / PANGO_SCALE,
               h = static_cast<double>(drawn.height) / PANGO_SCALE;
  if (w <= 0 || h <= 0) return;
  const double scale = std::min(1.0, kPixels / std::max(w, h));
  cairo_translate(brush.get(), kPixels / 2.0, kPixels / 2.0);
  cairo_scale(brush.get(), scale, scale);
  cairo_move_to(brush.get(), -w / 2 - static_cast<double>(drawn.x) / PANGO_SCALE,
                -h / 2 - static_cast<double>(drawn.y) / PANGO_SCALE);
  cairo_set_source_rgb(brush.get(), kInk.r, kInk.g, kInk.b);
  pango_cairo_show_layout(brush.get(), layout.get());
  brush.reset();
  cairo_surface_flush(picture.get());
  cairo_save(ink);
  cairo_translate(ink, x, y);
  cairo_scale(ink, side / kPixels, side / kPixels);
  cairo_set_source_surface(ink, picture.get(), 0, 0);
  cairo_paint(ink);
  cairo_restore(ink);
}

}  // namespace paper
