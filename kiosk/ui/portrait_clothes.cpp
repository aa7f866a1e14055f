// Shoulders and what is worn on them: padded jackets, work jackets, jumpers, shirts, school dress with its red
// scarf.
#include "ui/portrait_parts.h"

#include <cmath>

namespace ui::portrait {
namespace {

enum Dress {
  padded_floral,
  padded_plain,
  work_jacket,
  jumper,
  striped_jumper,
  shirt,
  waistcoat,
  puffer,
  school,
  hooded,
  floral_shirt,
  cardigan
};

Dress dress_of(const Person& p) {
  const Fate& f = p.fate;
  const auto from = [&](std::initializer_list<Dress> of) {
    return *(of.begin() + f.one_of("dress", static_cast<int>(of.size())));
  };
  if (p.age < 6) return from({padded_floral, jumper, striped_jumper, hooded, puffer});
  if (p.child()) return from({school, school, school, hooded, striped_jumper, puffer, jumper});
  if (p.female)
    return p.elder() ? from({padded_floral, padded_plain, cardigan, floral_shirt, padded_floral, waistcoat, jumper})
                     : from({cardigan, shirt, jumper, puffer, floral_shirt, striped_jumper, hooded});
  return p.elder() ? from({work_jacket, padded_plain, shirt, waistcoat, work_jacket, jumper})
                   : from({shirt, work_jacket, jumper, puffer, hooded, striped_jumper, waistcoat});
}

void shoulders(Pen& pen, const Person& p) {
  const double w = p.child() ? 26 : p.female ? 29 : 33, y = p.child() ? 83 : 80.5;
  const double wide = w + p.fate.between("shoulders", -1.5, 2.5);
  pen.move(50 - 9, y - 3.5)
      .curve(50 - 14, y + 0.5, 50 - wide + 4, y + 2, 50 - wide, y + 9)
      .curve(50 - wide - 3, y + 16, 50 - wide - 4, 106, 50 - wide - 4, 110)
      .line(50 + wide + 4, 110)
      .curve(50 + wide + 4, 106, 50 + wide + 3, y + 16, 50 + wide, y + 9)
      .curve(50 + wide - 4, y + 2, 50 + 14, y + 0.5, 50 + 9, y - 3.5)
      .curve(50 + 5, y + 1.5, 50 - 5, y + 1.5, 50 - 9, y - 3.5);
}

void flower(Pen& pen, double x, double y, double r, Rgb petal, Rgb heart) {
  for (int i = 0; i < 5; ++i)
    pen.ellipse(x + std::cos(i * 1.2566 - 1.57) * r, y + std::sin(i * 1.2566 - 1.57) * r, r * 0.72, r * 0.72)
        .fill(petal);
  pen.ellipse(x, y, r * 0.55, r * 0.55).fill(heart);
}

void stand_collar(Pen& pen, Rgb colour) {
  pen.move(50 - 10, 78)
      .curve(50 - 9.4, 84, 50 - 4, 87.5, 50, 88.5)
      .line(50, 92)
      .curve(50 - 8, 90, 50 - 12.5, 86, 50 - 12.8, 80)
      .fill(colour);
  pen.move(50 + 10, 78)
      .curve(50 + 9.4, 84, 50 + 4, 87.5, 50, 88.5)
      .line(50, 92)
      .curve(50 + 8, 90, 50 + 12.5, 86, 50 + 12.8, 80)
      .fill(colour);
}

void pointed_collar(Pen& pen, Rgb colour) {
  pen.move(50, 88.5).line(50 - 10.5, 78).line(50 - 14, 82).line(50 - 7.5, 94.5).fill(colour);
  pen.move(50, 88.5).line(50 + 10.5, 78).line(50 + 14, 82).line(50 + 7.5, 94.5).fill(colour);
}

}  // namespace

void draw_clothes(Pen& pen, const Person& p) {
  const Fate& f = p.fate;
  static constexpr Rgb women[] = {0xA83A4B, 0x7E3F73, 0x2F7A78, 0xC25B6B, 0x4E5E9A,
                                  0xB9652F, 0x3F7D54, 0x8C4A3A, 0xC98A2E, 0x6A4E8F};
  static constexpr Rgb men[] = {0x3A4F73, 0x4F5D4A, 0x5A5F66, 0x6B5342, 0x2F4A4F,
                                0x7A6A4C, 0x40485A, 0x865B3C, 0x59694F, 0x384B5E};
  static constexpr Rgb children[] = {0xE05B4B, 0xF0A93A, 0x4A9BD1, 0x58A866,
                                     0xD9709A, 0x7F6BC0, 0x3FA7A0, 0xEE7F44};
  const Rgb base = p.child()  ? children[f.one_of("wear", 8)]
                   : p.female ? women[f.one_of("wear", 10)]
                              : men[f.one_of("wear", 10)];
  const Rgb colour =
      blend(base, f.chance("wear_light", 0.5) ? 0xFFFFFF : 0x000000, f.between("wear_tone", 0, 0.16));
  const Rgb deep = blend(colour, 0x000000, 0.22), light = blend(colour, 0xFFFFFF, 0.35), cream = 0xFFF3DF;
  const Dress dress = dress_of(p);

  pen.save();
  shoulders(pen, p);
  cairo_path_t* outline = cairo_copy_path(pen.raw());
  const Rgb ground = dress == school                        ? (f.chance("school_white", 0.5) ? 0xF4F6F8 : 0x2F5FA8)
                     : dress == shirt || dress == waistcoat ? blend(colour, 0xFFFFFF, 0.62)
                                                            : colour;
  pen.fill(ground);
  cairo_append_path(pen.raw(), outline);
  cairo_path_destroy(outline);
  pen.clip();

  switch (dress) {
    case padded_floral:
    case floral_shirt: {
      const Rgb petal = f.chance("petal", 0.5) ? blend(0xFFE9D2, colour, 0.1) : blend(0xF7C948, colour, 0.15),
                heart = blend(0xE8A23A, petal, 0.2);
      for (int i = 0; i < 14; ++i) {
        const std::string n = std::to_string(i);
        flower(pen, 16 + (i % 7) * 11.2 + f.between("flx" + n, -2, 2),
               84 + (i / 7) * 9.5 + (i % 2) * 4 + f.between("fly" + n, -1.5, 1.5), f.between("flr" + n, 1.2, 2.1),
               petal, heart);
      }
      if (dress == padded_floral) {
        stand_collar(pen, deep);
        pen.move(50, 91).line(50, 110).stroke(deep, 1.4);
        for (const double y : {94.0, 99.5})
          pen.move(50 - 3.4, y).line(50 + 3.4, y).stroke(cream, 1.1), pen.ellipse(50, y, 1.1, 1.1).fill(cream);
      } else {
        pointed_collar(pen, blend(colour, 0xFFFFFF, 0.25));
      }
      break;
    }
    case padded_plain:
      for (const double y : {90.0, 97.0})
        pen.move(10, y + 1.5)
            .curve(30, y - 1, 40, y + 1, 50, y + 2)
            .curve(60, y + 1, 70, y - 1, 90, y + 1.5)
            .stroke(deep, 0.8, 0.7);
      stand_collar(pen, deep);
      pen.move(50, 91).line(50, 110).stroke(deep, 1.2);
      for (const double y : {94.0, 99.0})
        pen.move(50 - 3.6, y).line(50 + 3.6, y).stroke(light, 1.0), pen.ellipse(50, y, 1.0, 1.0).fill(light);
      break;
    case work_jacket:
      pointed_collar(pen, blend(colour, 0xFFFFFF, 0.10));
      pen.move(50, 89).line(50, 110).stroke(deep, 1.0);
      for (const double y : {92.5, 98.5}) pen.ellipse(51.8, y, 0.95, 0.95).fill(deep);
      for (const double side : {-1.0, 1.0}) pen.box(50 + side * 15 - 5, 94.5, 10, 10, 1).stroke(deep, 0.8);
      break;
    case jumper:
      pen.move(50 - 11.4, 79).curve(50 - 9, 88, 50 + 9, 88, 50 + 11.4, 79).stroke(deep, 3.2);
      break;
    case striped_jumper: {
      const Rgb stripe = f.chance("stripe", 0.5) ? cream : light;
      for (const double y : {88.0, 95.0})
        pen.move(6, y + 2).curve(30, y - 1, 70, y - 1, 94, y + 2).stroke(stripe, 2.8);
      pen.move(50 - 11.4, 79).curve(50 - 9, 88, 50 + 9, 88, 50 + 11.4, 79).stroke(deep, 3.2);
      break;
    }
    case shirt:
      pointed_collar(pen, blend(ground, 0xFFFFFF, 0.55));
      if (f.chance("check", 0.4))
        for (int i = 0; i < 9; ++i) pen.move(14 + i * 9, 80).line(14 + i * 9, 110).stroke(colour, 0.8, 0.45);
      pen.move(50, 89).line(50, 110).stroke(blend(ground, 0x000000, 0.2), 0.8);
      for (const double y : {92.5, 98.0}) pen.ellipse(50, y, 0.8, 0.8).fill(blend(ground, 0x000000, 0.35));
      break;
    case waistcoat:
      pointed_collar(pen, blend(ground, 0xFFFFFF, 0.55));
      for (const double side : {-1.0, 1.0})
        pen.move(50 + side * 12.5, 79)
            .line(50 + side * 2.2, 97)
            .line(50 + side * 2.2, 110)
            .line(50 + side * 24, 110)
            .curve(50 + side * 25, 98, 50 + side * 22, 90, 50 + side * 20, 80)
            .fill(colour);
      for (const double y : {100.0}) pen.ellipse(50, y, 0.9, 0.9).fill(cream);
      break;
    case puffer:
      for (int i = 0; i < 3; ++i)
        pen.move(8, 89 + i * 6.5)
            .curve(30, 86 + i * 6.5, 44, 88 + i * 6.5, 50, 89.5 + i * 6.5)
            .curve(56, 88 + i * 6.5, 70, 86 + i * 6.5, 92, 89 + i * 6.5)
            .stroke(deep, 1.0, 0.8);
      pen.move(50 - 12.5, 77)
          .curve(50 - 11, 85, 50 + 11, 85, 50 + 12.5, 77)
          .line(50 + 13, 83)
          .curve(50 + 10, 90, 50 - 10, 90, 50 - 13, 83)
          .fill(light);
      pen.move(50, 86).line(50, 110).stroke(cream, 1.0);
      break;
    case school: {
      const Rgb other = ground == 0xF4F6F8 ? 0x2F5FA8 : 0xF4F6F8;
      for (const double side : {-1.0, 1.0})
        pen.move(50 + side * 17, 80)
            .line(50 + side * 23, 110)
            .line(50 + side * 40, 110)
            .line(50 + side * 40, 78)
            .fill(other, 0.95);
      pointed_collar(pen, ground == 0xF4F6F8 ? 0xFFFFFF : 0xE9EEF6);
      if (p.age >= 7) {  // the red scarf of pupils
        pen.move(50 - 11.5, 80)
            .curve(50 - 8, 87, 50 - 3, 90, 50, 91)
            .curve(50 + 3, 90, 50 + 8, 87, 50 + 11.5, 80)
            .line(50 + 12.5, 84)
            .curve(50 + 8, 91, 50 + 3, 94.5, 50, 95)
            .curve(50 - 3, 94.5, 50 - 8, 91, 50 - 12.5, 84)
            .fill(0xD8262F);
        pen.move(50 - 1.2, 93)
            .line(50 - 7.5, 106)
            .line(50 - 1.5, 106)
            .line(50, 96)
            .line(50 + 1.5, 106)
            .line(50 + 7.5, 106)
            .line(50 + 1.2, 93)
            .fill(0xC31F28);
        pen.box(50 - 2.2, 91.6, 4.4, 3.8, 1.4).fill(0xE23A42);
      }
      break;
    }
    case hooded:
      pen.move(50 - 14, 76)
          .curve(50 - 15, 88, 50 - 6, 92, 50, 93)
          .curve(50 + 6, 92, 50 + 15, 88, 50 + 14, 76)
          .line(50 + 10, 77)
          .curve(50 + 9, 86, 50 + 4, 88, 50, 88.5)
          .curve(50 - 4, 88, 50 - 9, 86, 50 - 10, 77)
          .fill(deep);
      for (const double side : {-1.0, 1.0})
        pen.move(50 + side * 4, 91).line(50 + side * 4.4, 98).stroke(cream, 0.9);
      break;
    case cardigan:
      pen.move(50 - 10, 79)
          .line(50, 96)
          .line(50 + 10, 79)
          .curve(50 + 6, 86, 50 - 6, 86, 50 - 10, 79)
          .fill(blend(cream, colour, 0.12));
      for (const double side : {-1.0, 1.0})
        pen.move(50 + side * 11.6, 78.5).line(50 + side * 0.9, 96.5).stroke(deep, 2.6);
      pen.move(50, 96).line(50, 110).stroke(deep, 2.2);
      pen.ellipse(50, 100, 0.8, 0.8).fill(cream);
      break;
  }
  pen.restore();
}

}  // namespace ui::portrait
