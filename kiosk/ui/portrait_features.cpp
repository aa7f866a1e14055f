// Brows, eyes, nose, mouth, and what years leave: lines, spectacles, a beard.
#include "ui/portrait_parts.h"

#include <algorithm>
#include <cmath>

namespace ui::portrait {
namespace {

void eyes(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  const Rgb iris = 0x2B1C14;
  const double size =
      (p.child() ? f.between("eye_size", 2.5, 3.1) : f.between("eye_size", 1.85, 2.35)) * (p.female ? 1.05 : 1);
  // Elders often smile with their eyes shut to a bow; children never.
  const int style = p.child()   ? f.one_of("eye_style", 2)
                    : p.elder() ? f.one_of("eye_style", 4)
                                : f.one_of("eye_style", 3);
  const double tilt = f.between("eye_tilt", -0.10, 0.08);
  for (const double side : {-1.0, 1.0}) {
    const double x = 50 + side * p.eye_dx, y = p.eye_y;
    if (style == 3) {
      pen.move(x - 3.0, y + 0.7).curve(x - 1.6, y - 1.7, x + 1.6, y - 1.7, x + 3.0, y + 0.7).stroke(iris, 1.15);
      continue;
    }
    if (style == 2) {
      // Almond: white, iris, upper lid.
      pen.move(x - 3.3, y + side * tilt * 4)
          .curve(x - 1.6, y - size * 1.05, x + 1.6, y - size * 1.05, x + 3.3, y - side * tilt * 4)
          .curve(x + 1.6, y + size * 0.85, x - 1.6, y + size * 0.85, x - 3.3, y + side * tilt * 4)
          .fill(0xFFFDF9);
      pen.ellipse(x, y - 0.1, size * 0.82, size * 0.88).fill(iris);
      pen.ellipse(x + 0.6, y - 0.7, size * 0.26, size * 0.26).fill(0xFFFFFF);
      pen.move(x - 3.4, y + side * tilt * 4 - 0.1)
          .curve(x - 1.6, y - size * 1.15, x + 1.6, y - size * 1.15, x + 3.4, y - side * tilt * 4 - 0.1)
          .stroke(iris, 0.8);
    } else {
      pen.ellipse(x, y, size * 0.80, size * 1.06).fill(iris);
      pen.ellipse(x + size * 0.24, y - size * 0.38, size * 0.27, size * 0.29).fill(0xFFFFFF);
      if (style == 1)
        pen.move(x - size * 1.25, y - size * 0.55)
            .curve(x - size * 0.5, y - size * 1.45, x + size * 0.6, y - size * 1.45, x + size * 1.3, y - size * 0.6)
            .stroke(iris, 0.6);
    }
    if (p.female && p.age > 14 && p.age < 50 && f.chance("lashes", 0.7))
      pen.move(x + side * size * 1.1, y - size * 0.7)
          .line(x + side * (size * 1.1 + 1.1), y - size * 0.7 - 0.9)
          .stroke(iris, 0.55);
    if (p.age > 45)
      pen.move(x - 2.6, y + size + 1.5)
          .curve(x - 1, y + size + 2.5, x + 1, y + size + 2.5, x + 2.6, y + size + 1.5)
          .stroke(p.shade, 0.55, std::min(0.9, (p.age - 40) / 45.0));
  }
}

void brows(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  const double y = p.eye_y - (p.child() ? f.between("brow_y", 5.6, 6.6) : f.between("brow_y", 5.0, 6.2)),
               rise = f.between("brow_rise", -0.2, 1.5);
  const double width =
                   (p.female ? f.between("brow", 0.7, 1.15) : f.between("brow", 1.1, 1.9)) * (p.child() ? 0.85 : 1),
               length = f.between("brow_length", 3.2, 4.2);
  const Rgb colour = p.age > 66 ? blend(p.hair, p.shade, 0.25) : blend(p.hair, p.skin, 0.12);
  for (const double side : {-1.0, 1.0}) {
    const double x = 50 + side * p.eye_dx;
    pen.move(x - side * length, y + 0.5)
        .curve(x - side * length * 0.3, y - rise, x + side * length * 0.4, y - rise - 0.3, x + side * length,
               y + 0.7)
        .stroke(colour, width);
    // Long brows of old men, a sign of long life.
    if (!p.female && p.age > 74 && f.chance("long_brows", 0.5))
      pen.move(x + side * length * 0.7, y)
          .curve(x + side * (length + 1), y + 0.6, x + side * (length + 1.6), y + 2, x + side * (length + 1.4),
                 y + 3.4)
          .stroke(colour, width * 0.7);
  }
}

void nose(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  const double y = p.eye_y + (p.mouth_y - p.eye_y) * f.between("nose_y", 0.50, 0.58),
               w = f.between("nose", p.child() ? 1.3 : 1.9, p.child() ? 1.9 : 3.0);
  switch (p.child() ? f.one_of("nose_style", 2) : f.one_of("nose_style", 3)) {
    case 0:
      pen.move(50 - w, y).curve(50 - w * 0.6, y + 1.6, 50 + w * 0.6, y + 1.6, 50 + w, y).stroke(p.shade, 1.0);
      break;
    case 1:
      pen.ellipse(50, y, w * 0.95, w * 0.68).fill(blend(p.skin, p.shade, 0.55));
      break;
    default:
      pen.move(50 + f.between("nose_side", 0.2, 0.8), p.eye_y + 1.5)
          .curve(50 + 1.2, y - 2, 50 + w + 0.4, y - 0.6, 50 + w * 0.5, y + 0.6)
          .curve(50, y + 1.3, 50 - w * 0.6, y + 1.1, 50 - w * 0.9, y + 0.2)
          .stroke(p.shade, 0.95);
      break;
  }
}

void mouth(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  const double y = p.mouth_y, w = f.between("smile", p.child() ? 3.6 : 4.2, p.child() ? 5.0 : 6.4),
               deep = f.between("smile_depth", 1.3, 2.8);
  const Rgb lip = p.female ? blend(0xB5564C, p.skin, p.age > 60 ? 0.35 : f.between("lip", 0.0, 0.3))
                           : blend(0x94523F, p.skin, 0.25);
  switch (f.one_of("mouth_style", 4)) {
    case 0:  // a closed smile
    case 1:
      pen.move(50 - w, y - 0.6)
          .curve(50 - w * 0.5, y + deep, 50 + w * 0.5, y + deep, 50 + w, y - 0.6)
          .stroke(lip, p.female ? 1.45 : 1.2);
      break;
    case 2: {  // laughing, teeth seen (the oldest and the youngest show a gap)
      pen.save();
      pen.move(50 - w, y - 1.2)
          .curve(50 - w * 0.4, y - 0.4, 50 + w * 0.4, y - 0.4, 50 + w, y - 1.2)
          .curve(50 + w * 0.8, y + deep + 2.2, 50 - w * 0.8, y + deep + 2.2, 50 - w, y - 1.2);
      cairo_path_t* path = cairo_copy_path(pen.raw());
      pen.fill(0x7B2F2A);
      cairo_append_path(pen.raw(), path);
      cairo_path_destroy(path);
      pen.clip();
      pen.box(50 - w, y - 2, 2 * w, 2.5, 0.4).fill(0xFFFBF2);
      if ((p.age > 72 || (p.age > 5 && p.age < 9)) && f.chance("gap", 0.6))
        pen.box(50 + f.between("gap_x", -1.6, 0.6), y - 2, 1.3, 2.5, 0.2).fill(0x7B2F2A);
      pen.ellipse(50, y + deep + 1.4, w * 0.5, 1.3).fill(0xC9675E);
      pen.restore();
      break;
    }
    default:  // full lips
      pen.move(50 - w * 0.9, y)
          .curve(50 - w * 0.4, y - 1.5, 50 - 0.6, y - 0.9, 50, y - 0.5)
          .curve(50 + 0.6, y - 0.9, 50 + w * 0.4, y - 1.5, 50 + w * 0.9, y)
          .curve(50 + w * 0.4, y + deep + 0.5, 50 - w * 0.4, y + deep + 0.5, 50 - w * 0.9, y)
          .fill(lip, 0.9);
      pen.move(50 - w, y - 0.3)
          .curve(50 - w * 0.4, y + 0.6, 50 + w * 0.4, y + 0.6, 50 + w, y - 0.3)
          .stroke(blend(lip, 0x5A2A22, 0.5), 0.6);
      break;
  }
}

void years(Pen& pen, const Person& p) {
  const double deep = std::clamp((p.age - 48) / 34.0, 0.0, 1.0) * p.fate.between("lines", 0.6, 1.0);
  if (deep <= 0.05) return;
  const Rgb colour = blend(p.shade, 0x8A5334, 0.35);
  // Beside nose and mouth, at the eyes' corners, on the brow.
  for (const double side : {-1.0, 1.0}) {
    const double x = 50 + side * (4.6 + p.fate.between("fold", 0, 1.2));
    pen.move(x, p.mouth_y - 6.2)
        .curve(x + side * 1.8, p.mouth_y - 4.2, x + side * 2.8, p.mouth_y - 2.2, x + side * 2.6, p.mouth_y - 0.2)
        .stroke(colour, 0.75, 0.25 + 0.5 * deep);
    if (deep > 0.3) {
      const double ex = 50 + side * (p.eye_dx + 4.4);
      for (int i = -1; i <= 1; ++i)
        pen.move(ex, p.eye_y + i * 1.0)
            .line(ex + side * 2.2, p.eye_y + i * 2.0 - 0.2)
            .stroke(colour, 0.5, 0.55 * deep);
    }
  }
  if (p.headwear == 0)
    for (int i = 0; i < (deep > 0.75 ? 3 : deep > 0.4 ? 2 : 1); ++i) {
      const double y = p.eye_y - 9.4 - i * 2.5, w = 7.5 - i * 1.1;
      pen.move(50 - w, y)
          .curve(50 - w * 0.4, y - 0.9, 50 + w * 0.4, y - 0.9, 50 + w, y)
          .stroke(colour, 0.6, 0.5 * deep);
    }
  if (p.age > 70 && p.fate.chance("spots", 0.4))
    for (int i = 0; i < 3; ++i) {
      const std::string n = std::to_string(i);
      pen.ellipse(50 + p.fate.between("spot_x" + n, 10, 15), p.eye_y + p.fate.between("spot_y" + n, 5, 10), 0.7,
                  0.55)
          .fill(colour, 0.5);
    }
}

void beard(Pen& pen, const Person& p) {
  if (p.female || p.age < 30) return;
  const Fate& f = p.fate;
  const Rgb colour = p.hair;
  const double y = p.mouth_y - 2.6;
  const double luck = f.between("beard", 0, 1);
  const bool old = p.age > 62;
  if (luck < (old ? 0.16 : 0.06)) {  // moustache
    pen.move(50, y - 0.4)
        .curve(50 - 3, y - 1.6, 50 - 5.4, y - 0.2, 50 - 6.6, y + 1.6)
        .curve(50 - 4.4, y + 1.5, 50 - 1.6, y + 1.6, 50, y + 0.9)
        .curve(50 + 1.6, y + 1.6, 50 + 4.4, y + 1.5, 50 + 6.6, y + 1.6)
        .curve(50 + 5.4, y - 0.2, 50 + 3, y - 1.6, 50, y - 0.4)
        .fill(colour, 0.95);
  } else if (old && luck < 0.30) {  // goatee of an old man
    pen.move(50 - 4, p.mouth_y + 3.6)
        .curve(50 - 2, p.mouth_y + 4.6, 50 + 2, p.mouth_y + 4.6, 50 + 4, p.mouth_y + 3.6)
        .curve(50 + 4.6, p.chin_y + 3, 50 + 1.5, p.chin_y + 9, 50, p.chin_y + 10.5)
        .curve(50 - 1.5, p.chin_y + 9, 50 - 4.6, p.chin_y + 3, 50 - 4, p.mouth_y + 3.6)
        .fill(colour, 0.95);
    if (luck < 0.23)
      pen.move(50 - 5.5, y + 1).curve(50 - 3, y - 1.4, 50 + 3, y - 1.4, 50 + 5.5, y + 1).stroke(colour, 1.6);
  } else if (luck < 0.42) {  // not shaven today
    pen.save();
    skull(pen, p);
    pen.clip();
    pen.move(50 - p.half, p.mouth_y - 3)
        .curve(50 - 9, p.mouth_y + 2, 50 - 8, p.mouth_y - 5, 50, p.mouth_y - 4.4)
        .curve(50 + 8, p.mouth_y - 5, 50 + 9, p.mouth_y + 2, 50 + p.half, p.mouth_y - 3)
        .line(50 + p.half, 80)
        .line(50 - p.half, 80)
        .fill(p.hair, old ? 0.20 : 0.13);
    pen.restore();
  }
}

void spectacles(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  if (!f.chance("glasses", p.elder() ? 0.30 : p.child() ? 0.14 : 0.18)) return;
  static constexpr Rgb frames[] = {0x2B2420, 0x6B4A2C, 0x8A8D92, 0xA8803A, 0x4A2B33, 0x2D3E52};
  const Rgb frame = frames[f.one_of("frame", 6)];
  const bool round = f.chance("round", 0.5);
  const double w = f.between("lens", 4.9, 5.9), h = round ? w * 0.95 : w * f.between("lens_high", 0.66, 0.82);
  for (const double side : {-1.0, 1.0}) {
    const double x = 50 + side * p.eye_dx;
    const auto lens = [&] {
      round ? pen.ellipse(x, p.eye_y + 0.3, w, h) : pen.box(x - w, p.eye_y + 0.3 - h, 2 * w, 2 * h, 1.8);
    };
    lens();
    pen.fill(0xFFFFFF, 0.20);
    lens();
    pen.stroke(frame, 1.0);
    pen.move(x + side * w, p.eye_y - 0.5).line(50 + side * (p.half + 0.2), p.eye_y - 1.2).stroke(frame, 0.9);
  }
  pen.move(50 - p.eye_dx + w, p.eye_y - 0.2)
      .curve(50 - 1.4, p.eye_y - 1.6, 50 + 1.4, p.eye_y - 1.6, 50 + p.eye_dx - w, p.eye_y - 0.2)
      .stroke(frame, 0.9);
}

}  // namespace

void draw_features(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  // Cheeks: the red of wind and high sun for many children and country women.
  const double red = p.child()  ? f.between("cheeks", 0.22, 0.5)
                     : p.female ? f.between("cheeks", 0.10, 0.36)
                                : f.between("cheeks", 0.04, 0.22);
  pen.save();
  skull(pen, p);
  pen.clip();
  for (const double side : {-1.0, 1.0})
    pen.ellipse(50 + side * (p.eye_dx + 3.2), p.eye_y + (p.mouth_y - p.eye_y) * 0.55, 4.3, 3.1).fill(0xDE6A54, red);
  pen.restore();
  years(pen, p);
  if (f.chance("freckles", p.child() ? 0.10 : 0.03))
    for (int i = 0; i < 7; ++i)
      pen.ellipse(50 + f.between("fx" + std::to_string(i), -11, 11),
                  p.eye_y + f.between("fy" + std::to_string(i), 4.5, 7.5), 0.42, 0.42)
          .fill(p.shade, 0.9);
  nose(pen, p);
  mouth(pen, p);
  beard(pen, p);
  eyes(pen, p);
  brows(pen, p);
  spectacles(pen, p);
  if (f.chance("mole", 0.07))
    pen.ellipse(50 + (f.chance("mole_side", 0.5) ? 1 : -1) * f.between("mole_x", 5, 11),
                p.mouth_y + f.between("mole_y", -5, 2), 0.65, 0.65)
        .fill(0x5A3423);
}

}  // namespace ui::portrait
