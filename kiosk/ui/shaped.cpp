#include "ui/shaped.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace ui {
namespace {

struct Free {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
  void operator()(cairo_t* c) const { cairo_destroy(c); }
  void operator()(PangoLayout* l) const { g_object_unref(l); }
  void operator()(PangoContext* c) const { g_object_unref(c); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// The drawing thread's and each worker's own, as Pango wants it; the fonts are read when the first such text comes.
PangoContext* context() {
  static thread_local const Owned<PangoContext> one = [] {
    Owned<PangoContext> made(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    pango_cairo_context_set_resolution(made.get(), 96);
    return made;
  }();
  return one.get();
}

Owned<PangoLayout> layout_of(std::string_view text, Weight weight, float em_px) {
  Owned<PangoLayout> layout(pango_layout_new(context()));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, "Noto Sans CJK SC, Noto Sans Arabic, Noto Serif Tibetan, Noto Sans Mongolian");
  pango_font_description_set_weight(font, weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, std::round(em_px * PANGO_SCALE));
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

float pixels(int pango_units) { return static_cast<float>(pango_units) / PANGO_SCALE; }

// Arabic and what is set like it, the scripts of India and Tibet, Burmese to Khmer, Mongolian, and forms of presentation.
bool joins(char32_t c) {
  return (c >= 0x0590 && c <= 0x08FF) || (c >= 0x0900 && c <= 0x0FFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) ||
         (c >= 0x200C && c <= 0x200F) || (c >= 0xA840 && c <= 0xA87F) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE);
}

}  // namespace

bool needs_shaping(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    // None of these begins below 0xD6: plain Latin and Chinese pass quickly.
    if (const auto byte = static_cast<unsigned char>(text[at]); byte < 0xD6 || (byte >= 0xE3 && byte <= 0xE9)) {
      at += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3;
      continue;
    }
    if (joins(next_character(text, at))) return true;
  }
  return false;
}

Laid lay_out_shaped(std::string_view text, Weight weight, float em_px, float width_px) {
  const auto layout = layout_of(text, weight, em_px);
  if (width_px < 1e5f) pango_layout_set_width(layout.get(), static_cast<int>(std::ceil(width_px * PANGO_SCALE)));
  Laid laid;
  for (GSList* l = pango_layout_get_lines_readonly(layout.get()); l != nullptr; l = l->next) {
    auto* line = static_cast<PangoLayoutLine*>(l->data);
    PangoRectangle logical;
    pango_layout_line_get_extents(line, nullptr, &logical);
    LaidLine one{line->start_index, line->start_index + line->length, pixels(logical.width)};
    while (one.end > one.begin && text[static_cast<std::size_t>(one.end) - 1] == ' ') --one.end;
    // A line that begins within a word: neither a space, nor a Tibetan tsheg (0F0B), nor a wide character stands before it.
    if (one.begin > 0 && !laid.lines.empty()) {
      const auto before = text.substr(0, static_cast<std::size_t>(one.begin));
      std::size_t at = static_cast<std::size_t>(one.begin);
      const bool wide = is_wide(next_character(text, at));
      if (!before.ends_with(' ') && !before.ends_with('\n') && !before.ends_with("\u0F0B") && !wide) laid.broke_word = true;
    }
    laid.width = std::max(laid.width, one.width);
    laid.lines.push_back(one);
  }
  return laid;
}

ShapedLine draw_shaped(std::string_view text, Weight weight, float em_px) {
  const auto layout = layout_of(text, weight, em_px);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  ShapedLine drawn;
  drawn.unknown = pango_layout_get_unknown_glyphs_count(layout.get()) > 0;
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  drawn.w = static_cast<int>(std::ceil(pixels(width) + 2 * shaped_margin * em_px));
  drawn.h = static_cast<int>(std::ceil(shaped_height * em_px));
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, drawn.w, drawn.h));
  {
    const Owned<cairo_t> cairo(cairo_create(surface.get()));
    cairo_move_to(cairo.get(), std::round(shaped_margin * em_px), std::round(shaped_baseline * em_px));
    pango_cairo_show_layout_line(cairo.get(), pango_layout_get_line_readonly(layout.get(), 0));
  }
  cairo_surface_flush(surface.get());
  const auto* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  drawn.pixels.assign(static_cast<std::size_t>(drawn.w) * static_cast<std::size_t>(drawn.h) * 4, 255);
  for (int y = 0; y < drawn.h; ++y)
    for (int x = 0; x < drawn.w; ++x)
      drawn.pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(drawn.w) + static_cast<std::size_t>(x)) * 4 + 3] = data[y * stride + x];
  return drawn;
}

}  // namespace ui
