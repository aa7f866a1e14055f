// What the emoji font lacks or draws wrongly, drawn by us: round strokes on a 24 x 24 field, white, tinted when
// shown.
#include "ui/pictures.h"

#include <cairo.h>

#include <cmath>
#include <functional>
#include <map>
#include <numbers>

namespace ui {
namespace {

constexpr double pi = std::numbers::pi;

void path(cairo_t* c, std::initializer_list<std::pair<double, double>> points, bool closed = false) {
  bool first = true;
  for (const auto& [x, y] : points) {
    first ? cairo_move_to(c, x, y) : cairo_line_to(c, x, y);
    first = false;
  }
  if (closed) cairo_close_path(c);
}

void stroke(cairo_t* c, double width, std::initializer_list<std::pair<double, double>> points,
            bool closed = false) {
  cairo_set_line_width(c, width);
  path(c, points, closed);
  cairo_stroke(c);
}

void box(cairo_t* c, double x, double y, double w, double h, double r) {
  cairo_new_sub_path(c);
  cairo_arc(c, x + w - r, y + r, r, -pi / 2, 0);
  cairo_arc(c, x + w - r, y + h - r, r, 0, pi / 2);
  cairo_arc(c, x + r, y + h - r, r, pi / 2, pi);
  cairo_arc(c, x + r, y + r, r, pi, 3 * pi / 2);
  cairo_close_path(c);
}

void disc(cairo_t* c, double x, double y, double r) {
  cairo_new_sub_path(c);
  cairo_arc(c, x, y, r, 0, 2 * pi);
}

void clear(cairo_t* c) { cairo_set_operator(c, CAIRO_OPERATOR_CLEAR); }
void over(cairo_t* c) { cairo_set_operator(c, CAIRO_OPERATOR_OVER); }

const std::map<std::string_view, std::function<void(cairo_t*)>>& icons() {
  static const std::map<std::string_view, std::function<void(cairo_t*)>> all{
      {"arrow_left",
       [](cairo_t* c) {
         stroke(c, 3.6, {{20.5, 12}, {4.5, 12}});
         stroke(c, 3.6, {{11, 5}, {4, 12}, {11, 19}});
       }},
      {"arrow_right",
       [](cairo_t* c) {
         stroke(c, 3.6, {{3.5, 12}, {19.5, 12}});
         stroke(c, 3.6, {{13, 5}, {20, 12}, {13, 19}});
       }},
      {"arrow_up",
       [](cairo_t* c) {
         stroke(c, 3.6, {{12, 20.5}, {12, 4.5}});
         stroke(c, 3.6, {{5, 11}, {12, 4}, {19, 11}});
       }},
      {"arrow_down",
       [](cairo_t* c) {
         stroke(c, 3.6, {{12, 3.5}, {12, 19.5}});
         stroke(c, 3.6, {{5, 13}, {12, 20}, {19, 13}});
       }},
      {"undo",
       [](cairo_t* c) {
         stroke(c, 3.4, {{9, 4}, {4, 9}, {9, 14}});
         cairo_move_to(c, 4, 9);
         cairo_line_to(c, 14.5, 9);
         cairo_arc(c, 14.5, 14.5, 5.5, -pi / 2, pi / 2);
         cairo_line_to(c, 10, 20);
         cairo_stroke(c);
       }},
      {"tick", [](cairo_t* c) { stroke(c, 3.8, {{4, 12.8}, {9.6, 18.4}, {20, 6.6}}); }},
      {"cross",
       [](cairo_t* c) {
         stroke(c, 3.8, {{5.5, 5.5}, {18.5, 18.5}});
         stroke(c, 3.8, {{18.5, 5.5}, {5.5, 18.5}});
       }},
      {"plus",
       [](cairo_t* c) {
         stroke(c, 3.8, {{12, 4}, {12, 20}});
         stroke(c, 3.8, {{4, 12}, {20, 12}});
       }},
      {"minus", [](cairo_t* c) { stroke(c, 3.8, {{4, 12}, {20, 12}}); }},
      {"more",
       [](cairo_t* c) {
         for (const double x : {4.5, 12.0, 19.5}) disc(c, x, 12, 2.6);
         cairo_fill(c);
       }},
      {"clock",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2.6);
         disc(c, 12, 12, 9.2);
         cairo_stroke(c);
         stroke(c, 2.6, {{12, 6.6}, {12, 12.4}, {16, 14.6}});
       }},
      {"warn",
       [](cairo_t* c) {
         cairo_set_line_width(c, 3);
         path(c, {{12, 4}, {21.5, 20}, {2.5, 20}}, true);
         cairo_fill_preserve(c);
         cairo_stroke(c);
         clear(c);
         stroke(c, 2.6, {{12, 9.4}, {12, 13.8}});
         disc(c, 12, 17.7, 1.6);
         cairo_fill(c);
       }},
      // Letters get larger: the sign of "bigger" where 大 cannot be read.
      {"big",
       [](cairo_t* c) {
         stroke(c, 2.0, {{2.4, 20}, {5.6, 11.4}, {8.8, 20}});
         stroke(c, 2.0, {{3.7, 17}, {7.5, 17}});
         stroke(c, 3.2, {{10.6, 20}, {16.2, 4.4}, {21.8, 20}});
         stroke(c, 3.0, {{12.8, 14.8}, {19.6, 14.8}});
       }},
      {"card",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2.2);
         box(c, 1.6, 5, 20.8, 14, 2.6);
         cairo_stroke(c);
         disc(c, 7.2, 10.6, 1.9);
         cairo_fill(c);
         cairo_arc(c, 7.2, 16.2, 3.1, pi, 2 * pi);
         cairo_fill(c);
         stroke(c, 2, {{13, 9.8}, {19, 9.8}});
         stroke(c, 2, {{13, 14}, {17.4, 14}});
       }},
      // A card that comes down onto a reader: it is not held against the glass.
      {"reader",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2);
         box(c, 4.4, 1.8, 15.2, 9.4, 1.8);
         cairo_stroke(c);
         stroke(c, 2, {{7.6, 7.6}, {12.4, 7.6}});
         stroke(c, 2.2, {{8.8, 13.2}, {12, 16}, {15.2, 13.2}});
         box(c, 1.6, 18, 20.8, 4.4, 1.8);
         cairo_fill(c);
       }},
      {"leaf",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2.2);
         box(c, 3.6, 3.4, 16.8, 17.6, 2.6);
         cairo_stroke(c);
         cairo_rectangle(c, 4, 4, 16, 5.4);
         cairo_fill(c);
         stroke(c, 2.6, {{8, 15.2}, {16, 15.2}});
       }},
      {"calendar",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2.2);
         box(c, 3, 4.6, 18, 16.6, 2.6);
         cairo_stroke(c);
         cairo_rectangle(c, 3.4, 5, 17.2, 4.4);
         cairo_fill(c);
         for (const double y : {13.0, 17.0})
           for (const double x : {7.4, 12.0, 16.6}) disc(c, x, y, 1.3), cairo_fill(c);
       }},
      {"hand",
       [](cairo_t* c) {
         stroke(c, 3.0, {{7, 12.4}, {7, 6}});
         stroke(c, 3.0, {{10.6, 11.6}, {10.6, 3.6}});
         stroke(c, 3.0, {{14.2, 11.6}, {14.2, 4.2}});
         stroke(c, 3.0, {{17.8, 13}, {17.8, 7.2}});
         stroke(c, 3.0, {{7.2, 18.2}, {3.2, 13.2}});
         box(c, 5.6, 11, 13.7, 11.4, 5);
         cairo_fill(c);
       }},
      {"phone",
       [](cairo_t* c) {
         cairo_set_line_width(c, 4.4);
         cairo_move_to(c, 6.2, 5.6);
         cairo_curve_to(c, 6.4, 12, 12, 17.6, 18.4, 17.8);
         cairo_stroke(c);
         stroke(c, 5.4, {{5.6, 5.2}, {7.6, 8}});
         stroke(c, 5.4, {{16, 16.4}, {18.8, 18.4}});
       }},
      {"person",
       [](cairo_t* c) {
         disc(c, 12, 7.6, 4.8);
         cairo_fill(c);
         cairo_arc(c, 12, 22.4, 8.6, pi, 2 * pi);
         cairo_close_path(c);
         cairo_fill(c);
       }},
      {"erase",
       [](cairo_t* c) {
         cairo_set_line_width(c, 2.6);
         path(c, {{8, 5.4}, {21.4, 5.4}, {21.4, 18.6}, {8, 18.6}, {2, 12}}, true);
         cairo_stroke(c);
         stroke(c, 2.6, {{11.4, 9.2}, {17, 14.8}});
         stroke(c, 2.6, {{17, 9.2}, {11.4, 14.8}});
       }},
      {"lock",
       [](cairo_t* c) {
         box(c, 4.4, 10.4, 15.2, 11, 2.4);
         cairo_fill(c);
         cairo_set_line_width(c, 2.8);
         cairo_move_to(c, 7.8, 10.8);
         cairo_line_to(c, 7.8, 7.4);
         cairo_arc(c, 12, 7.2, 4.2, pi, 2 * pi);
         cairo_line_to(c, 16.2, 10.8);
         cairo_stroke(c);
       }},
      {"search",
       [](cairo_t* c) {
         cairo_set_line_width(c, 3);
         disc(c, 10, 10, 6.6);
         cairo_stroke(c);
         stroke(c, 3.6, {{15.2, 15.2}, {21, 21}});
       }},
      {"pencil",
       [](cairo_t* c) {
         path(c, {{3, 21}, {4.2, 15.6}, {16, 3.8}, {20.2, 8}, {8.4, 19.8}}, true);
         cairo_fill(c);
       }},
      {"sun",
       [](cairo_t* c) {
         disc(c, 12, 12, 4.6);
         cairo_fill(c);
         for (int i = 0; i < 8; ++i) {
           const double a = i * pi / 4;
           stroke(
               c, 2.4,
               {{12 + 7.6 * std::cos(a), 12 + 7.6 * std::sin(a)}, {12 + 10 * std::cos(a), 12 + 10 * std::sin(a)}});
         }
       }},
      // Group marks of visual.md section 4.
      {"mark_circle",
       [](cairo_t* c) {
         disc(c, 12, 12, 9.4);
         cairo_fill(c);
       }},
      {"mark_diamond",
       [](cairo_t* c) {
         path(c, {{12, 1.4}, {22.6, 12}, {12, 22.6}, {1.4, 12}}, true);
         cairo_fill(c);
       }},
      {"mark_triangle",
       [](cairo_t* c) {
         path(c, {{12, 2.4}, {22.4, 21}, {1.6, 21}}, true);
         cairo_fill(c);
       }},
      {"mark_square",
       [](cairo_t* c) {
         box(c, 3, 3, 18, 18, 1);
         cairo_fill(c);
       }},
      {"mark_cross",
       [](cairo_t* c) {
         cairo_rectangle(c, 8.4, 2, 7.2, 20);
         cairo_rectangle(c, 2, 8.4, 20, 7.2);
         cairo_fill(c);
       }},
      {"mark_bar",
       [](cairo_t* c) {
         box(c, 1.6, 8.4, 20.8, 7.2, 1);
         cairo_fill(c);
       }},
  };
  return all;
}

}  // namespace

Pixels draw_icon(std::string_view name, int size_px) {
  const auto found = icons().find(name);
  if (found == icons().end()) return {};
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size_px, size_px);
  cairo_t* c = cairo_create(surface);
  cairo_scale(c, size_px / 24.0, size_px / 24.0);
  cairo_set_source_rgb(c, 1, 1, 1);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
  over(c);
  found->second(c);
  cairo_destroy(c);
  cairo_surface_flush(surface);
  Pixels pixels(static_cast<std::size_t>(size_px) * static_cast<std::size_t>(size_px) * 4, 255);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < size_px; ++y)
    for (int x = 0; x < size_px; ++x)
      pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(size_px) + static_cast<std::size_t>(x)) * 4 +
             3] = data[y * stride + x * 4 + 3];
  cairo_surface_destroy(surface);
  return pixels;
}

}  // namespace ui
