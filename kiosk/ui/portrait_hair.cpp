// Hair by sex and age: crops, bobs, plaits, buns, grey waves, bald heads.
#include "ui/portrait_parts.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui::portrait {
namespace {

// --- girls and women, boys and men: styles by age
enum Style {
  // women
  bob_fringe,
  bob_side,
  long_straight,
  ponytail,
  two_plaits,
  high_bunches,
  top_bun,
  nape_bun,
  waves,
  short_tucked,
  side_plait,
  pixie,
  two_buns,
  // men
  crop,
  buzz,
  side_part,
  swept_back,
  bowl,
  spiky,
  receding,
  bald_sides,
  bald,
  fringe_short,
  tuft
};

Style style_of(const Person& p) {
  const Fate& f = p.fate;
  const auto from = [&](std::initializer_list<Style> styles) {
    return *(styles.begin() + f.one_of("style", static_cast<int>(styles.size())));
  };
  if (p.female) {
    if (p.age < 14)
      return from({bob_fringe, two_plaits, high_bunches, ponytail, bob_side, two_buns, long_straight, bob_fringe,
                   high_bunches});
    if (p.age < 40)
      return from({long_straight, ponytail, bob_fringe, bob_side, side_plait, top_bun, pixie, nape_bun});
    if (p.age < 58) return from({bob_side, waves, ponytail, nape_bun, short_tucked, bob_fringe, pixie, waves});
    return from({waves, nape_bun, short_tucked, short_tucked, nape_bun, waves, bob_side, pixie});
  }
  if (p.age < 5) return from({tuft, bowl, buzz, fringe_short});
  if (p.age < 14) return from({crop, bowl, spiky, side_part, buzz, fringe_short});
  if (p.age < 42) return from({crop, side_part, spiky, swept_back, fringe_short, buzz});
  if (p.age < 58) return from({crop, side_part, receding, swept_back, buzz, receding});
  return from({buzz, receding, bald_sides, swept_back, crop, bald_sides, bald, side_part});
}

// The front of the hair: from one ear over the crown to the other, and back along the hairline (drawn by `line`,
// right to left).
template <class Line>
void cap(Pen& pen, const Person& p, double top, double side, double ear_y, Line line) {
  const double a = p.half, out = a + side, shoulder = p.crown + 15, high = p.crown - top,
               full = 0.64;  // full: rounder than an ellipse
  pen.move(50 - a + 1.0, ear_y)
      .curve(50 - a - 0.2, ear_y - 3, 50 - out, shoulder + 6, 50 - out, shoulder)
      .curve(50 - out, shoulder - (shoulder - high) * full, 50 - out * full, high, 50, high)
      .curve(50 + out * full, high, 50 + out, shoulder - (shoulder - high) * full, 50 + out, shoulder)
      .curve(50 + out, shoulder + 6, 50 + a + 0.2, ear_y - 3, 50 + a - 1.0, ear_y);
  line();
  pen.line(50 - a + 1.0, ear_y);
}

void fringe(Pen& pen, const Person& p, double y, double bow) {
  const double a = p.half;
  pen.line(50 + a - 2.4, y + 1.5).curve(50 + a * 0.5, y + bow, 50 - a * 0.5, y + bow, 50 - a + 2.4, y + 1.5);
}

void parted(Pen& pen, const Person& p, double part_x, double part_y, double temple_y) {
  const double a = p.half;
  pen.line(50 + a - 2.2, temple_y)
      .curve(50 + a - 4, temple_y - 7, 50 + part_x + 5, part_y + 3.5, 50 + part_x, part_y)
      .curve(50 + part_x - 5, part_y + 3.5, 50 - a + 4, temple_y - 7, 50 - a + 2.2, temple_y);
}

void swept(Pen& pen, const Person& p, double side, double y) {
  // All to one side: a low corner there, rising towards the other.
  const double a = p.half;
  if (side > 0)
    pen.line(50 + a - 2.2, y + 3)
        .curve(50 + a - 4, y - 3, 50 + a * 0.45, y - 4.5, 50 + a * 0.3, y - 5)
        .curve(50, y + 1.2, 50 - a * 0.6, y + 3.4, 50 - a + 2.2, y + 4.5);
  else
    pen.line(50 + a - 2.2, y + 4.5)
        .curve(50 + a * 0.6, y + 3.4, 50, y + 1.2, 50 - a * 0.3, y - 5)
        .curve(50 - a * 0.45, y - 4.5, 50 - a + 4, y - 3, 50 - a + 2.2, y + 3);
}

void shine(Pen& pen, const Person& p, double top) {
  const Rgb light = blend(p.hair, 0xFFFFFF, 0.16);
  const double a = p.half, y = p.crown - top * 0.3 + 2.4;
  pen.move(50 - a * 0.58, y + 3.6)
      .curve(50 - a * 0.42, y + 0.8, 50 - a * 0.15, y, 50 + a * 0.05, y)
      .stroke(light, 1.5, 0.9);
}

void curls(Pen& pen, const Person& p, bool behind) {
  const double r = p.fate.between("curl", 4.0, 5.2), rise = p.fate.between("curl_high", 1.5, 4.0);
  const Rgb second = blend(p.hair, 0xFFFFFF, 0.14);
  if (behind) {
    for (int i = 0; i <= 10; ++i) {
      const double t = std::numbers::pi * (i / 10.0), x = 50 - std::cos(t) * (p.half + 2.4),
                   y = 42 - std::sin(t) * (18.5 + rise) + (i == 0 || i == 10 ? 8 : 0);
      pen.ellipse(x, y, r, r).fill(p.hair);
    }
    for (const double side : {-1.0, 1.0})
      pen.ellipse(50 + side * (p.half + 2.0), 50, r * 0.9, r).fill(p.hair),
          pen.ellipse(50 + side * (p.half + 2.2), 43, r, r).fill(p.hair);
    return;
  }
  for (int i = 0; i <= 6; ++i) {
    const double t = i / 6.0, x = 50 - (p.half - 1.5) + t * 2 * (p.half - 1.5),
                 y = p.crown + 7.2 - std::sin(t * std::numbers::pi) * 4.6;
    pen.ellipse(x, y, r * 0.95, r * 0.85).fill(p.hair);
  }
  for (int i = 0; i <= 4; ++i) {
    const double t = i / 4.0, x = 50 - p.half * 0.7 + t * 1.4 * p.half,
                 y = p.crown + 2.0 - std::sin(t * std::numbers::pi) * 3.5;
    pen.move(x - 1.8, y + 1).curve(x - 1.6, y - 1.4, x + 1.6, y - 1.4, x + 1.8, y + 1).stroke(second, 0.9);
  }
}

void plait(Pen& pen, double x, double y, double turn, Rgb hair, Rgb tie, int knots) {
  for (int i = 0; i < knots; ++i)
    pen.ellipse(x + turn * i * 1.1, y + i * 4.0, 3.1 - i * 0.16, 2.9)
        .fill(i % 2 ? blend(hair, 0xFFFFFF, 0.08) : hair);
  const double end_y = y + knots * 4.0 - 1.2, end_x = x + turn * knots * 1.1;
  pen.ellipse(end_x, end_y, 1.9, 1.3).fill(tie);
  pen.move(end_x - 1.4, end_y + 1).line(end_x + 1.4, end_y + 1).line(end_x + turn, end_y + 4.6).fill(hair);
}

}  // namespace

void draw_hair_behind(Pen& pen, const Person& p) {
  const double a = p.half;
  const Rgb deep = blend(p.hair, 0x000000, 0.14), tie = ribbon(p);
  const Style style = style_of(p);
  if (!p.female) return;
  if (p.headwear == headscarf) return;
  switch (style) {
    case long_straight: {
      const double end = p.fate.between("hair_length", 80, 92), wide = p.fate.between("hair_wide", 2.5, 5);
      pen.move(50 - a - 1.5, 34)
          .curve(50 - a - 4, 50, 50 - a - wide - 1, 68, 50 - a - wide, end)
          .curve(50 - 12, end + 2, 50 + 12, end + 2, 50 + a + wide, end)
          .curve(50 + a + wide + 1, 68, 50 + a + 4, 50, 50 + a + 1.5, 34)
          .fill(deep);
      break;
    }
    case bob_fringe:
    case bob_side: {
      const double end = p.fate.between("bob_length", 58, 70), wide = p.fate.between("bob_wide", 2.5, 5);
      pen.move(50 - a - 1, 32)
          .curve(50 - a - 5, 44, 50 - a - wide - 1.5, end - 8, 50 - a - wide + 0.5, end)
          .curve(50 - 10, end + 2.5, 50 + 10, end + 2.5, 50 + a + wide - 0.5, end)
          .curve(50 + a + wide + 1.5, end - 8, 50 + a + 5, 44, 50 + a + 1, 32)
          .fill(deep);
      break;
    }
    case ponytail: {
      const double side = p.fate.chance("tail_side", 0.5) ? 1 : -1;
      pen.move(50 + side * (a - 3), 27)
          .curve(50 + side * (a + 10), 24, 50 + side * (a + 13), 42, 50 + side * (a + 7), 60)
          .curve(50 + side * (a + 5), 52, 50 + side * (a + 4), 40, 50 + side * (a - 1), 34)
          .fill(deep);
      break;
    }
    case high_bunches:
      for (const double side : {-1.0, 1.0}) {
        pen.move(50 + side * (a - 2), 31)
            .curve(50 + side * (a + 9), 24, 50 + side * (a + 13), 38, 50 + side * (a + 9), 52)
            .curve(50 + side * (a + 5), 48, 50 + side * (a + 2), 42, 50 + side * (a - 1), 38)
            .fill(deep);
        if (p.headwear == none) pen.ellipse(50 + side * (a + 1.2), 32.4, 2.5, 2.5).fill(tie);
      }
      break;
    case two_buns:
      if (p.headwear == none)
        for (const double side : {-1.0, 1.0}) {
          pen.ellipse(50 + side * a * 0.78, 22.5, 6, 5.8).fill(deep);
          pen.ellipse(50 + side * a * 0.72, 26.8, 3.4, 1.6, side * 0.5).fill(tie);
        }
      break;
    case top_bun:
      if (p.headwear == none) {
        pen.ellipse(50, p.crown - 6, 7, 6.2).fill(deep);
        pen.ellipse(50, p.crown - 1.2, 4.6, 1.6).fill(tie);
      }
      break;
    case nape_bun: {
      const double side = p.fate.chance("bun_side", 0.5) ? 1 : -1;
      pen.ellipse(50 + side * (a - 4), 62, 7.4, 6.6).fill(deep);
      pen.move(50 + side * (a - 1) - 3, 58.4)
          .curve(50 + side * (a - 1), 57.4, 50 + side * (a - 1) + side * 2, 59, 50 + side * (a - 1) + side * 3,
                 61.6)
          .stroke(blend(p.hair, 0xFFFFFF, 0.18), 0.8);
      break;
    }
    case waves:
      curls(pen, p, true);
      break;
    case side_plait:
      pen.move(50 - a - 1, 34)
          .curve(50 - a - 4, 50, 50 - a - 2, 60, 50 - a + 3, 66)
          .line(50 + a - 3, 66)
          .curve(50 + a + 2, 60, 50 + a + 4, 50, 50 + a + 1, 34)
          .fill(deep);
      break;
    default:
      break;
  }
}

void draw_hair_before(Pen& pen, const Person& p) {
  const double a = p.half, line_y = p.child() ? 37.5 : 35.0;
  const Fate& f = p.fate;
  const Style style = style_of(p);
  const Rgb tie = ribbon(p);
  const double side = f.chance("part_side", 0.5) ? 1 : -1, top = f.between("volume", 3.0, 5.6);
  if (p.headwear != none) {
    draw_hair_under_hat(pen, p);
  } else {
    switch (style) {
      case bob_fringe:
        cap(pen, p, top, 2.4, 52, [&] {
          fringe(pen, p, f.between("fringe", line_y + 1, line_y + 4.2), f.between("fringe_bow", -1.2, 1.6));
        });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case bob_side:
        cap(pen, p, top, 2.2, 50, [&] { swept(pen, p, side, line_y - 0.5); });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case long_straight:
        cap(pen, p, top, 2.0, 52, [&] {
          f.chance("long_fringe", 0.35) ? fringe(pen, p, line_y + 2.5, 0.6)
                                        : parted(pen, p, f.between("part", -6, 6), p.crown + 3, 44);
        });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case ponytail:
      case high_bunches:
      case two_buns:
        cap(pen, p, top - 1, 0.8, 43, [&] {
          f.chance("tail_fringe", p.child() ? 0.6 : 0.3) ? fringe(pen, p, line_y + 2, 0.4)
          : style == ponytail                            ? swept(pen, p, side, line_y - 3)
                                                         : parted(pen, p, 0, p.crown + 3.2, 40);
        });
        pen.fill(p.hair);
        shine(pen, p, top - 1);
        break;
      case two_plaits:
        cap(pen, p, top, 1.6, 52, [&] {
          f.chance("plait_fringe", 0.6) ? fringe(pen, p, line_y + 2.5, 0.6) : parted(pen, p, 0, p.crown + 3, 42);
        });
        pen.fill(p.hair);
        shine(pen, p, top);
        for (const double s : {-1.0, 1.0}) plait(pen, 50 + s * (a + 0.6), 56, s, p.hair, tie, 5);
        break;
      case side_plait:
        cap(pen, p, top, 1.8, 52, [&] { parted(pen, p, -side * 5, p.crown + 3, 43); });
        pen.fill(p.hair);
        shine(pen, p, top);
        plait(pen, 50 + side * (a - 1), 62, side * 0.5, p.hair, tie, 6);
        break;
      case top_bun:
      case nape_bun:
        cap(pen, p, top - 1.6, 0.7, 44, [&] {
          f.chance("bun_part", 0.5) ? parted(pen, p, f.between("part", -5, 5), p.crown + 3.6, 40)
                                    : swept(pen, p, side, line_y - 3.5);
        });
        pen.fill(p.hair);
        shine(pen, p, top - 2);
        break;
      case waves:
        curls(pen, p, false);
        break;
      case short_tucked:
        cap(pen, p, top, 1.6, 53, [&] { swept(pen, p, side, line_y - 1.5); });
        pen.fill(p.hair);
        // Tucked behind the ears, the ends come forward under them.
        for (const double s : {-1.0, 1.0})
          pen.move(50 + s * (a + 1.8), 44)
              .curve(50 + s * (a + 4.6), 50, 50 + s * (a + 4), 58, 50 + s * (a - 1), 60.5)
              .curve(50 + s * (a + 1), 56, 50 + s * (a + 1), 50, 50 + s * (a - 0.4), 46)
              .fill(p.hair);
        shine(pen, p, top);
        if (f.chance("clip", 0.3))
          pen.move(50 - side * (a - 3.4), 34.5).line(50 - side * (a - 8), 32).stroke(0x2F2A28, 1.2);
        break;
      case pixie:
        cap(pen, p, top, 1.4, 48, [&] { swept(pen, p, side, line_y + 0.5); });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;

      case crop:
        cap(pen, p, top - 0.6, 0.9, 43, [&] { fringe(pen, p, line_y - 3.5, -2.0); });
        pen.fill(p.hair);
        shine(pen, p, top - 1);
        break;
      case buzz:
        cap(pen, p, 1.2, 0.2, 42, [&] { fringe(pen, p, line_y - 4.5, -2.6); });
        pen.fill(p.hair, p.age > 50 ? 0.72 : 0.85);
        break;
      case side_part:
        cap(pen, p, top + 0.6, 1.0, 44, [&] { swept(pen, p, side, line_y - 2.5); });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case swept_back:
        cap(pen, p, top + 0.8, 0.9, 43, [&] { parted(pen, p, side * 3, p.crown + 6.4, 38); });
        pen.fill(p.hair);
        for (int i = -2; i <= 2; ++i)
          pen.move(50 + i * 5.4, p.crown + 5)
              .curve(50 + i * 6, p.crown + 2, 50 + i * 6.2, p.crown, 50 + i * 5.6, p.crown - 1)
              .stroke(blend(p.hair, 0xFFFFFF, 0.15), 0.7);
        break;
      case bowl:
        cap(pen, p, top, 1.8, 46, [&] { fringe(pen, p, line_y + 1.5, 1.2); });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case spiky: {
        cap(pen, p, top - 1, 1.0, 43, [&] { fringe(pen, p, line_y - 3, -1.4); });
        pen.fill(p.hair);
        // Tufts that lean one way, the middle ones highest.
        for (int i = 0; i < 4; ++i) {
          const double x = 50 - a * 0.52 + i * a * 0.35, high = p.crown - 9.5 + std::abs(i - 1.5) * 1.5;
          pen.move(x - 4.6, p.crown + 3)
              .curve(x - 3.4, p.crown - 2, x - 1 + side * 2, high + 1, x + side * 4.2, high)
              .curve(x + 2 + side * 2, p.crown - 2.6, x + 4.2, p.crown, x + 4.6, p.crown + 3)
              .fill(p.hair);
        }
        shine(pen, p, top - 2);
        break;
      }
      case fringe_short:
        cap(pen, p, top, 1.0, 44, [&] { swept(pen, p, side, line_y + 0.5); });
        pen.fill(p.hair);
        shine(pen, p, top);
        break;
      case receding:
        cap(pen, p, top - 2.2, 0.7, 44, [&] {
          pen.line(50 + a - 2.0, 41)
              .curve(50 + a - 2.5, 34, 50 + a * 0.55, p.crown + 3, 50 + a * 0.42, p.crown + 4.4)
              .curve(50 + a * 0.2, p.crown + 7.4, 50 - a * 0.2, p.crown + 7.4, 50 - a * 0.42, p.crown + 4.4)
              .curve(50 - a * 0.55, p.crown + 3, 50 - a + 2.5, 34, 50 - a + 2.0, 41);
        });
        pen.fill(p.hair);
        break;
      case bald_sides:
        for (const double s : {-1.0, 1.0})
          pen.move(50 + s * (a - 0.6), 45)
              .curve(50 + s * (a + 3.2), 43, 50 + s * (a + 2.6), 33, 50 + s * (a - 2.6), 31)
              .curve(50 + s * (a - 1.2), 35, 50 + s * (a - 1.6), 41, 50 + s * (a - 0.6), 45)
              .fill(p.hair);
        if (f.chance("strands", 0.5))
          for (int i = 0; i < 3; ++i)
            pen.move(50 - side * 8, p.crown + 2.6 + i)
                .curve(50 - side * 2, p.crown - 1 + i, 50 + side * 5, p.crown - 0.6 + i, 50 + side * 9,
                       p.crown + 2.4 + i)
                .stroke(p.hair, 0.55);
        pen.move(50 - 7, p.crown + 4)
            .curve(50 - 5, p.crown + 2.4, 50 - 2, p.crown + 2, 50, p.crown + 2)
            .stroke(0xFFFFFF, 1.4, 0.35);
        break;
      case bald:
        pen.move(50 - 8, p.crown + 4.4)
            .curve(50 - 6, p.crown + 2.4, 50 - 2, p.crown + 1.8, 50 + 1, p.crown + 1.9)
            .stroke(0xFFFFFF, 1.8, 0.4);
        break;
      case tuft:
        pen.move(50 - 8, p.crown + 6)
            .curve(50 - 9, p.crown - 4, 50 + 9, p.crown - 4, 50 + 8, p.crown + 6)
            .curve(50 + 3, p.crown + 10, 50 - 3, p.crown + 10, 50 - 8, p.crown + 6)
            .fill(p.hair);
        break;
    }
    if (p.female && p.child() && f.chance("hair_clip", 0.35)) {
      const double x = 50 + side * a * 0.62, y = p.crown + 8;
      pen.ellipse(x - 1.6, y, 1.8, 1.3, 0.5).fill(tie);
      pen.ellipse(x + 1.6, y, 1.8, 1.3, -0.5).fill(tie);
      pen.ellipse(x, y, 0.9, 0.9).fill(blend(tie, 0xFFFFFF, 0.5));
    }
  }
  draw_hat(pen, p);
}

}  // namespace ui::portrait
