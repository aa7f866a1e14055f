#include "ui/portrait.h"

#include "ui/portrait_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace ui {
namespace portrait {

Rgb blend(Rgb a, Rgb b, double share) {
  Rgb out = 0;
  for (int shift = 16; shift >= 0; shift -= 8) {
    const double x = (a >> shift) & 255, y = (b >> shift) & 255;
    out |= static_cast<Rgb>(std::lround(x + (y - x) * std::clamp(share, 0.0, 1.0))) << shift;
  }
  return out;
}

std::uint64_t Fate::number(std::string_view trait) const {
  std::uint64_t h = 1469598103934665603ull;
  const auto add = [&](std::string_view text) {
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  };
  add(seed_);
  add("/");
  add(trait);
  // splitmix64: FNV alone leaves neighbouring seeds alike.
  h += 0x9E3779B97F4A7C15ull;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBull;
  return h ^ (h >> 31);
}

double Fate::between(std::string_view trait, double low, double high) const {
  return low + (high - low) * static_cast<double>(number(trait) >> 11) * 0x1.0p-53;
}

Pen& Pen::ellipse(double x, double y, double rx, double ry, double turn) {
  cairo_save(c_);
  cairo_translate(c_, x, y);
  cairo_rotate(c_, turn);
  cairo_scale(c_, rx, ry);
  cairo_new_sub_path(c_);
  cairo_arc(c_, 0, 0, 1, 0, 2 * std::numbers::pi);
  cairo_restore(c_);
  return *this;
}

Pen& Pen::box(double x, double y, double w, double h, double r) {
  constexpr double pi = std::numbers::pi;
  cairo_new_sub_path(c_);
  cairo_arc(c_, x + w - r, y + r, r, -pi / 2, 0);
  cairo_arc(c_, x + w - r, y + h - r, r, 0, pi / 2);
  cairo_arc(c_, x + r, y + h - r, r, pi / 2, pi);
  cairo_arc(c_, x + r, y + r, r, pi, 3 * pi / 2);
  cairo_close_path(c_);
  return *this;
}

namespace {
void use(cairo_t* c, Rgb rgb, double alpha) {
  cairo_set_source_rgba(c, ((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0, alpha);
}
}  // namespace

void Pen::fill(Rgb rgb, double alpha) {
  use(c_, rgb, alpha);
  cairo_fill(c_);
}

void Pen::stroke(Rgb rgb, double width, double alpha) {
  use(c_, rgb, alpha);
  cairo_set_line_width(c_, width);
  cairo_stroke(c_);
}

void skull(Pen& pen, const Person& p) {
  const double a = p.half, c = p.jaw, top = p.crown, side = p.temple, low = p.chin_y, jaw_y = low - 9.5;
  pen.move(50, top)
      .curve(50 + a * 0.62, top, 50 + a, top + 7, 50 + a, side)
      .curve(50 + a, side + 9, 50 + c + (a - c) * 0.72, jaw_y - 4, 50 + c, jaw_y)
      .curve(50 + c - 1.6, jaw_y + 5.4, 50 + p.chin, low, 50, low)
      .curve(50 - p.chin, low, 50 - c + 1.6, jaw_y + 5.4, 50 - c, jaw_y)
      .curve(50 - c - (a - c) * 0.72, jaw_y - 4, 50 - a, side + 9, 50 - a, side)
      .curve(50 - a, top + 7, 50 - a * 0.62, top, 50, top);
}

namespace {

// The face: what years and the seed make of it.
Person shape(std::string_view seed, bool female, int age) {
  Person p{.fate = Fate(std::string(seed) + (female ? "f" : "m")), .female = female, .age = age};
  const Fate& f = p.fate;
  static constexpr Rgb skins[] = {0xF6D3B3, 0xF2C8A0, 0xEDBE93, 0xE6B184, 0xDDA474, 0xD29565, 0xEFC4A0, 0xE2AC80};
  p.skin = skins[f.one_of("skin", 8)];
  p.skin = blend(p.skin, 0xC98A5C, f.between("tan", 0, age > 35 ? 0.28 : 0.10));
  if (p.child()) p.skin = blend(p.skin, 0xFBDCC0, 0.45);
  p.shade = blend(p.skin, 0x9A5B36, 0.30);

  p.half = f.between("half", 18.6, 21.4) + (p.child() ? 1.2 : 0) - (female ? 0.5 : 0);
  p.jaw = p.half * f.between("jaw", female ? 0.66 : 0.72, female ? 0.80 : 0.88);
  p.chin = f.between("chin", female ? 5.0 : 6.4, female ? 8.0 : 10.0);
  p.crown = f.between("crown", 22.5, 24.5);
  p.chin_y = f.between("length", 68.0, 72.0);
  p.temple = 42;
  if (p.child())
    p.chin_y = f.between("length", 66.0, 68.5), p.jaw = p.half * f.between("jaw", 0.80, 0.90),
    p.chin = f.between("chin", 7.5, 9.5), p.temple = 45;
  if (p.elder()) p.jaw *= 0.98, p.chin_y += 0.6;
  p.eye_y = p.child() ? f.between("eyes", 49.0, 50.5) : f.between("eyes", 46.6, 48.6);
  p.eye_dx = f.between("apart", 7.9, 9.5) + (p.child() ? 0.4 : 0);
  p.mouth_y = p.chin_y - (p.child() ? f.between("mouth_y", 7.4, 8.4) : f.between("mouth_y", 9.0, 10.6));

  // Hair keeps its youth by chance: some are white at sixty, some grey at eighty.
  static constexpr Rgb young[] = {0x1E1815, 0x2A1F1A, 0x33261F, 0x241C1C, 0x3B2A20};
  const double years = age + f.between("grey", -9, 9);
  const Rgb dark = young[f.one_of("hair", 5)];
  const Rgb grey = blend(0x8D8883, 0x6F6A66, f.between("grey_tone", 0, 1)),
            white = blend(0xE9E6E1, 0xD6D2CC, f.between("white_tone", 0, 1));
  p.hair = years < 44   ? dark
           : years < 58 ? blend(dark, grey, (years - 44) / 14 * 0.55)
           : years < 70 ? blend(blend(dark, grey, 0.55), grey, (years - 58) / 12)
                        : blend(grey, white, (years - 70) / 9);
  p.dark = blend(p.hair, 0x2A1F1A, years < 58 ? 0.5 : 0.55);
  p.headwear = choose_headwear(p);
  return p;
}

void ears(Pen& pen, const Person& p) {
  const double size = p.fate.between("ears", 3.4, 4.6), y = p.eye_y + 2.5;
  for (const double side : {-1.0, 1.0}) {
    pen.ellipse(50 + side * (p.half + 0.4), y, size * 0.72, size * 1.25, side * 0.12).fill(p.skin);
    pen.ellipse(50 + side * (p.half + 0.7), y, size * 0.34, size * 0.72, side * 0.12).fill(p.shade, 0.7);
  }
  if (p.female && p.age >= 18 && p.fate.chance("earrings", 0.35))
    for (const double side : {-1.0, 1.0})
      pen.ellipse(50 + side * (p.half + 0.8), y + size * 1.25, 1.0, 1.0)
          .fill(p.fate.chance("gold", 0.6) ? 0xD8A43A : 0x2F8F6B);
}

void neck(Pen& pen, const Person& p) {
  const double w = p.child() ? 6.5 : p.female ? 7.2 : 8.8, top = p.chin_y - 8;
  pen.move(50 - w, top).line(50 + w, top).line(50 + w, 82).curve(50 + w, 88, 50 - w, 88, 50 - w, 82).fill(p.skin);
  // The chin's shadow.
  pen.move(50 - w, p.chin_y - 4)
      .line(50 + w, p.chin_y - 4)
      .line(50 + w, p.chin_y + 1.5)
      .curve(50 + w * 0.6, p.chin_y + 6.5, 50 - w * 0.6, p.chin_y + 6.5, 50 - w, p.chin_y + 1.5)
      .fill(p.shade, 0.85);
}

}  // namespace
}  // namespace portrait

std::vector<std::uint8_t> draw_portrait(std::string_view text, int width_px, int height_px) {
  using namespace portrait;
  // "v1:<seed>:<m|f>:<age>"; the seed may hold anything but its last two colons are ours.
  const auto last = text.rfind(':');
  if (!text.starts_with("v1:") || last == text.npos || last < 4 || width_px <= 0 || height_px <= 0) return {};
  const auto before = text.rfind(':', last - 1);
  if (before == text.npos || before < 3) return {};
  int age = 40;
  const std::string_view years = text.substr(last + 1), sex = text.substr(before + 1, last - before - 1);
  if (std::from_chars(years.data(), years.data() + years.size(), age).ec != std::errc{}) return {};
  const Person p = shape(text.substr(3, before - 3), sex == "f", std::clamp(age, 1, 110));

  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px);
  cairo_t* c = cairo_create(surface);
  cairo_set_antialias(c, CAIRO_ANTIALIAS_BEST);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
  Pen pen(c);
  static constexpr Rgb grounds[] = {0xF3D9B8, 0xCFE3D4, 0xD3E0EE, 0xF1D3CF, 0xE6DCC3, 0xDCD5EA,
                                    0xC9E2E4, 0xF5E1A9, 0xE3D3C4, 0xD9E5BE, 0xEBCFDC, 0xCBD8D0};
  const Rgb ground = blend(grounds[p.fate.one_of("ground", 12)], 0xFFFFFF, p.fate.between("ground_light", 0, 0.25));
  cairo_set_source_rgb(c, ((ground >> 16) & 255) / 255.0, ((ground >> 8) & 255) / 255.0, (ground & 255) / 255.0);
  cairo_paint(c);
  // Head and shoulders stand on the lower edge; a place higher than wide shows more ground above, never a cut ear.
  const double scale = std::min(height_px / 86.0, width_px / 66.0);
  cairo_translate(c, width_px / 2.0 - 50 * scale, height_px - 96.5 * scale);
  cairo_scale(c, scale, scale);
  pen.ellipse(50, 48, 37, 37).fill(blend(ground, 0xFFFFFF, 0.35));
  draw_scarf_behind(pen, p);
  draw_hair_behind(pen, p);
  neck(pen, p);
  pen.save();
  cairo_translate(c, 0, p.child() ? -6 : p.female ? -3.5 : -3);  // no long necks
  draw_clothes(pen, p);
  pen.restore();
  ears(pen, p);
  skull(pen, p);
  pen.fill(p.skin);
  draw_features(pen, p);
  draw_hair_before(pen, p);
  cairo_destroy(c);
  cairo_surface_flush(surface);

  std::vector<std::uint8_t> out(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) * 4);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  std::uint8_t* to = out.data();
  for (int y = 0; y < height_px; ++y)
    for (int x = 0; x < width_px; ++x, to += 4) {
      const unsigned char* from =
          data + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4;
      to[0] = from[2], to[1] = from[1], to[2] = from[0], to[3] = 255;
    }
  cairo_surface_destroy(surface);
  return out;
}

}  // namespace ui
