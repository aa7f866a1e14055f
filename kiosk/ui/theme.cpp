#include "ui/theme.h"

#include <cmath>

namespace ui {
namespace {

constexpr Colour channel(Colour from, Colour to, int shift, float share) {
  const float a = static_cast<float>((from >> shift) & 255), b = static_cast<float>((to >> shift) & 255);
  return static_cast<Colour>(a + (b - a) * share + 0.5f) << shift;
}

// Order of Tint. Deep and soft are visual.md section 4; neutral things are white with an ink2 border.
struct Pair {
  Colour deep, soft;
};
constexpr Pair day_tints[7] = {{0x433A30, 0xFFFFFF}, {0x803300, 0xFCE7D2}, {0x622966, 0xF6E4F3},
                               {0x005FCC, 0xDDEBFC}, {0x00732E, 0xDDF1E3}, {0xCC1F36, 0xFDE3E1},
                               {0x2B3033, 0xE6E9EC}};
// At night a control is known by its picture and its amber edge; grounds keep only a breath of their colour (text
// on them 14:1 or better).
constexpr Pair night_tints[7] = {{0x433A30, 0x1C1A18}, {0x803300, 0x2A1A0C}, {0x622966, 0x271229},
                                 {0x005FCC, 0x0B1D36}, {0x00732E, 0x0A2414}, {0xCC1F36, 0x340B10},
                                 {0x2B3033, 0x191C1E}};

Theme make(bool staff, bool night) {
  Theme t{};
  t.paper = staff ? 0xE6E9EC : 0xFBF6EC;
  t.card = 0xFFFFFF;
  t.sunk = staff ? 0xD9DDE1 : 0xF1E8D8;
  t.ink = 0x1F1A14;
  t.ink2 = staff ? 0x2B3033 : 0x433A30;
  t.ink2_on_soft = staff ? 0x2B3033 : 0x372F26;  // ink2 has 10:1 on paper but not on every group's ground
  t.edge = staff ? 0x565C60 : 0x6B5F4E;
  t.amber = 0xFFD400;
  t.green = t.dot = 0x00732E;
  t.brown = 0x803300;
  t.shadow = staff ? 0x39424A : 0x5A4630;
  t.shadow_alpha = 0.27f;
  t.on_deep = 0xFFFFFF;
  if (night) {
    t.paper = 0x111111;
    t.card = 0x1C1A18;
    t.sunk = 0x262421;
    t.ink = 0xFAFAFA;
    t.ink2 = t.ink2_on_soft = 0xE2DED6;
    t.edge = t.dot = 0xFFD400;
    t.shadow_alpha = 0;
  }
  for (int i = 0; i < 7; ++i) {
    const Pair pair = night ? night_tints[i] : day_tints[i];
    t.tints[i] = {pair.deep, pair.soft, mix(pair.soft, night ? 0xFFD400 : pair.deep, 0.20f),
                  night ? t.amber : pair.deep};
  }
  if (staff && !night) t.tints[0].deep = t.tints[0].border = 0x2B3033;
  if (staff && !night) t.tints[0].pressed = mix(0xFFFFFF, 0x2B3033, 0.20f);
  return t;
}

}  // namespace

Colour mix(Colour from, Colour to, float share) {
  return channel(from, to, 16, share) | channel(from, to, 8, share) | channel(from, to, 0, share);
}

const Theme& theme(bool staff, bool night) {
  static const Theme themes[4] = {make(false, false), make(true, false), make(false, true), make(true, true)};
  return themes[(staff ? 1 : 0) + (night ? 2 : 0)];
}

float floor_em(bool staff) { return staff ? 6.5f : 8.5f; }

TypeSize type_size(Type type, bool staff) {
  const float least = floor_em(staff);
  switch (type) {
    case Type::title:
      return staff ? TypeSize{10, 7.5f, Weight::bold} : TypeSize{14, 10, Weight::bold};
    case Type::label:
      return staff ? TypeSize{7.5f, least, Weight::bold} : TypeSize{10, least, Weight::bold};
    case Type::figure:
      return staff ? TypeSize{16, least, Weight::bold} : TypeSize{24, 10, Weight::bold};
    case Type::name:
      return staff ? TypeSize{7.5f, least, Weight::bold} : TypeSize{10, least, Weight::bold};
    case Type::sentence:
      return {least, least, Weight::regular};
    case Type::staff:
      return {6.5f, 6.5f, Weight::regular};
    case Type::staff_title:
      return {10, 6.5f, Weight::bold};
    case Type::staff_figure:
      return {16, 6.5f, Weight::bold};
  }
  return {least, least, Weight::regular};
}

}  // namespace ui
