// What covers the hair: work caps, knitted hats, scarves, ear flaps, straw, pupils' caps; and who wears one.
#include "ui/portrait_parts.h"

namespace ui::portrait {
namespace {

void cloth(const Person& p, Rgb& main, Rgb& second) {
  static constexpr Rgb mains[] = {0xB33A3A, 0x7A3E6D, 0x2F6E68, 0x8A5A2B, 0x3B5B8C, 0xC46A7B, 0x6B7A3A, 0x9A4A2F};
  main = mains[p.fate.one_of("cloth", 8)];
  second = blend(main, 0xFFF2DC, 0.72);
}

}  // namespace

Rgb ribbon(const Person& p) {
  static constexpr Rgb colours[] = {0xD33A3F, 0xE0719A, 0xF0B23C, 0x3F8FCB, 0x7A4FA3, 0x3DA06B};
  return colours[p.fate.one_of("ribbon", 6)];
}

Headwear choose_headwear(const Person& p) {
  const double luck = p.fate.between("headwear", 0, 1);
  if (p.child()) return luck < 0.06 ? pupil_cap : luck < 0.11 ? knit_hat : none;
  if (p.female) {
    if (p.age >= 45 && luck < (p.elder() ? 0.16 : 0.08)) return headscarf;
    if (p.age >= 50 && luck < 0.27) return knit_hat;
    return none;
  }
  if (p.age >= 60)
    return luck < 0.17   ? mao_cap
           : luck < 0.22 ? ear_flap_hat
           : luck < 0.27 ? knit_hat
           : luck < 0.30 ? straw_hat
                         : none;
  if (p.age >= 38) return luck < 0.06 ? straw_hat : luck < 0.10 ? mao_cap : none;
  return none;
}

void draw_scarf_behind(Pen& pen, const Person& p) {
  if (p.headwear != headscarf) return;
  Rgb main = 0, second = 0;
  cloth(p, main, second);
  pen.ellipse(50, 47, p.half + 2.4, 27).fill(blend(main, 0x000000, 0.2));
}

// What shows of the hair under a hat: at the ears.
void draw_hair_under_hat(Pen& pen, const Person& p) {
  const double a = p.half;
  if (p.headwear == headscarf || p.headwear == ear_flap_hat) return;
  for (const double side : {-1.0, 1.0})
    pen.move(50 + side * (a + 0.8), 33)
        .line(50 + side * (a - 2.4), 33)
        .curve(50 + side * (a - 2.2), 40, 50 + side * (a - 1.6), 44, 50 + side * (a - 0.2), 46.5)
        .line(50 + side * (a + 0.8), 44)
        .fill(p.hair);
}

void draw_hat(Pen& pen, const Person& p) {
  const double a = p.half, top = p.crown;
  const Fate& f = p.fate;
  switch (p.headwear) {
    case mao_cap: {
      static constexpr Rgb colours[] = {0x33496B, 0x4A5A45, 0x6A6E73, 0x2C3846, 0x5B5348};
      const Rgb colour = colours[f.one_of("cap", 5)], deep = blend(colour, 0x000000, 0.25);
      pen.move(50 - a - 1.2, top + 12)
          .curve(50 - a - 3.5, top - 4, 50 - a * 0.6, top - 7, 50, top - 7)
          .curve(50 + a * 0.6, top - 7, 50 + a + 3.5, top - 4, 50 + a + 1.2, top + 12)
          .curve(50 + a * 0.5, top + 8.4, 50 - a * 0.5, top + 8.4, 50 - a - 1.2, top + 12)
          .fill(colour);
      pen.move(50 - a - 1.4, top + 12.2)
          .curve(50 - a - 1.7, top + 9, 50 - a - 1.4, top + 7.5, 50 - a - 1.2, top + 6.6)
          .curve(50 - a * 0.5, top + 3.4, 50 + a * 0.5, top + 3.4, 50 + a + 1.2, top + 6.6)
          .curve(50 + a + 1.4, top + 7.5, 50 + a + 1.7, top + 9, 50 + a + 1.4, top + 12.2)
          .curve(50 + a * 0.5, top + 8.6, 50 - a * 0.5, top + 8.6, 50 - a - 1.4, top + 12.2)
          .fill(blend(colour, 0xFFFFFF, 0.08));
      pen.move(50 - a * 0.86, top + 9.8)
          .curve(50 - a * 0.4, top + 8.2, 50 + a * 0.4, top + 8.2, 50 + a * 0.86, top + 9.8)
          .curve(50 + a * 0.6, top + 15, 50 - a * 0.6, top + 15, 50 - a * 0.86, top + 9.8)
          .fill(deep);
      break;
    }
    case knit_hat: {
      Rgb main = 0, second = 0;
      cloth(p, main, second);
      if (!p.female) main = blend(main, 0x3A4048, 0.6);
      pen.move(50 - a - 1.8, top + 12)
          .curve(50 - a - 2.6, top - 6, 50 - a * 0.6, top - 8.5, 50, top - 8.5)
          .curve(50 + a * 0.6, top - 8.5, 50 + a + 2.6, top - 6, 50 + a + 1.8, top + 12)
          .fill(main);
      pen.box(50 - a - 2.4, top + 6.2, 2 * a + 4.8, 7, 3.2).fill(blend(main, 0xFFFFFF, 0.2));
      for (int i = 1; i < 9; ++i)
        pen.move(50 - a - 2.4 + i * (2 * a + 4.8) / 9, top + 7.4)
            .line(50 - a - 2.4 + i * (2 * a + 4.8) / 9, top + 12)
            .stroke(main, 0.7, 0.7);
      if (f.chance("bobble", p.child() ? 0.8 : 0.3)) pen.ellipse(50, top - 9.5, 4, 3.8).fill(second);
      break;
    }
    case headscarf: {
      Rgb main = 0, second = 0;
      cloth(p, main, second);
      pen.save();
      pen.move(50 - a - 2.6, 50)
          .curve(50 - a - 4.5, top - 2, 50 - a * 0.6, top - 7, 50, top - 7)
          .curve(50 + a * 0.6, top - 7, 50 + a + 4.5, top - 2, 50 + a + 2.6, 50)
          .curve(50 + a + 2, 60, 50 + p.jaw + 4, 70, 50 + 4, p.chin_y + 5)
          .line(50 - 4, p.chin_y + 5)
          .curve(50 - p.jaw - 4, 70, 50 - a - 2, 60, 50 - a - 2.6, 50);
      pen.curve(50 - a - 2.6, 49, 50 - a + 2, 48, 50 - a + 1.8, 46)
          .curve(50 - a + 2, 34, 50 - a * 0.5, top + 6.5, 50, top + 6.5)
          .curve(50 + a * 0.5, top + 6.5, 50 + a - 2, 34, 50 + a - 1.8, 46)
          .curve(50 + a - 2.6, 58, 50 + p.jaw, 66, 50 + 2, p.chin_y + 0.8)
          .line(50 - 2, p.chin_y + 0.8)
          .curve(50 - p.jaw, 66, 50 - a + 2.6, 58, 50 - a + 1.8, 46);
      cairo_set_fill_rule(pen.raw(), CAIRO_FILL_RULE_EVEN_ODD);
      cairo_path_t* path = cairo_copy_path(pen.raw());
      pen.fill(main);
      cairo_append_path(pen.raw(), path);
      cairo_path_destroy(path);
      pen.clip();
      for (int row = 0; row < 9; ++row)
        for (int i = 0; i < 10; ++i) {
          const double x = 24 + i * 6 + (row % 2) * 3, y = top - 6 + row * 6.4;
          pen.ellipse(x, y, 1.15, 1.15).fill(second);
        }
      pen.restore();
      pen.ellipse(50, p.chin_y + 5, 3.4, 2.6).fill(blend(main, 0x000000, 0.12));
      pen.move(50 - 2, p.chin_y + 6)
          .line(50 - 8, p.chin_y + 15)
          .line(50 - 2.5, p.chin_y + 14)
          .line(50, p.chin_y + 7)
          .line(50 + 2.5, p.chin_y + 14)
          .line(50 + 8, p.chin_y + 15)
          .line(50 + 2, p.chin_y + 6)
          .fill(main);
      break;
    }
    case ear_flap_hat: {
      const Rgb leather = f.chance("flap", 0.5) ? 0x4C5B3E : 0x4A3A2E,
                fur = blend(0x6B5138, 0xB79A74, f.between("fur", 0, 1));
      pen.move(50 - a - 2, top + 10)
          .curve(50 - a - 3, top - 6, 50 - a * 0.6, top - 8, 50, top - 8)
          .curve(50 + a * 0.6, top - 8, 50 + a + 3, top - 6, 50 + a + 2, top + 10)
          .fill(leather);
      for (const double side : {-1.0, 1.0})
        pen.ellipse(50 + side * (a + 1.6), 46, 4.2, 9.5, side * -0.08).fill(fur);
      pen.box(50 - a - 2.8, top + 1.6, 2 * a + 5.6, 9.4, 4.4).fill(fur);
      for (int i = 0; i < 12; ++i)
        pen.move(50 - a - 1 + i * (2 * a + 2) / 11, top + 9.6)
            .line(50 - a - 1 + i * (2 * a + 2) / 11 + 0.6, top + 11.6)
            .stroke(fur, 1.3);
      break;
    }
    case straw_hat: {
      const Rgb straw = 0xE2BC6E, deep = 0xC2964A;
      pen.move(50 - a * 0.86, top + 6)
          .curve(50 - a * 0.9, top - 9, 50 + a * 0.9, top - 9, 50 + a * 0.86, top + 6)
          .fill(straw);
      pen.move(50 - a * 0.9, top + 5.5)
          .curve(50 - a * 0.5, top + 3, 50 + a * 0.5, top + 3, 50 + a * 0.9, top + 5.5)
          .stroke(0xA3443B, 2.4);
      pen.ellipse(50, top + 8, a + 10, 4.4).fill(straw);
      pen.move(50 - a - 9, top + 8.4)
          .curve(50 - a * 0.5, top + 13.4, 50 + a * 0.5, top + 13.4, 50 + a + 9, top + 8.4)
          .stroke(deep, 0.9);
      pen.move(50 - a - 4, top + 7.4)
          .curve(50 - a * 0.4, top + 10.6, 50 + a * 0.4, top + 10.6, 50 + a + 4, top + 7.4)
          .stroke(deep, 0.6);
      break;
    }
    case pupil_cap: {
      const Rgb colour = f.chance("yellow_cap", 0.6) ? 0xF2B632 : ribbon(p);
      pen.move(50 - a - 0.8, top + 11)
          .curve(50 - a - 2, top - 5, 50 - a * 0.6, top - 7, 50, top - 7)
          .curve(50 + a * 0.6, top - 7, 50 + a + 2, top - 5, 50 + a + 0.8, top + 11)
          .curve(50 + a * 0.5, top + 8, 50 - a * 0.5, top + 8, 50 - a - 0.8, top + 11)
          .fill(colour);
      pen.move(50, top - 7).line(50, top + 7).stroke(blend(colour, 0x000000, 0.12), 0.7);
      pen.ellipse(50, top - 7, 1.6, 1.0).fill(blend(colour, 0x000000, 0.18));
      pen.move(50 - a * 0.8, top + 9.6)
          .curve(50 - a * 0.4, top + 7.2, 50 + a * 0.4, top + 7.2, 50 + a * 0.8, top + 9.6)
          .curve(50 + a * 0.7, top + 14.6, 50 - a * 0.7, top + 14.6, 50 - a * 0.8, top + 9.6)
          .fill(blend(colour, 0x000000, 0.16));
      break;
    }
    default:
      break;
  }
}

}  // namespace ui::portrait
