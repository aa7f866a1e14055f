// Words that only show.
#include "ui/inner.h"

namespace ui {
namespace {

Setting setting_of(Frame::Inner& in, const TextStyle& style) {
  const TypeSize size = type_size(style.type, in.look.staff);
  const Theme& t = *in.colours;
  Setting s;
  s.weight = size.weight == Weight::bold ? Weight::bold : style.weight;
  s.em = in.em(size.em);
  // Sentences keep their size; larger roles may shrink so that a figure or a name stays on its line.
  s.least =
      size.em <= floor_em(in.look.staff) ? in.least_em() : std::min(s.em, in.glass.reading_scale() * size.least);
  s.align = style.align;
  s.middle = style.centre_v;
  s.line = size.em > 9 ? 1.2f : 1.4f;
  s.colour = style.on_deep  ? t.on_deep
             : style.second ? (style.tint == Tint::neutral ? t.ink2 : t.ink2_on_soft)
                            : t.ink;
  if (style.on_deep) s.least = std::max(s.least, std::min(s.em, 10 * in.glass.reading_scale()));
  if (style.type == Type::figure || style.type == Type::staff_figure) s.lines = 1;
  return s;
}

}  // namespace

void Ui::text(Rect box, std::string_view words, const TextStyle& style) {
  if (words.empty()) return;
  Frame::Inner& in = frame_.inner();
  const Setting s = setting_of(in, style);
  const Set set = in.set(box, words, s);
  Widget& w = in.put(Kind::text, {}, box, words);
  w.font_px = set.em_px;
  w.fg = s.colour;
  w.bg = style.on_deep ? in.colours->of(style.tint == Tint::neutral ? Tint::urgent : style.tint).deep
         : style.tint == Tint::neutral ? in.colours->paper
                                       : in.colours->of(style.tint).soft;
  w.cut = !set.fits || in.leaves_panel(box, set, s.middle);
}

float Ui::text_height(std::string_view words, float width_mm, Type type, Weight weight) const {
  Frame::Inner& in = frame_.inner();
  Setting s = setting_of(in, {.type = type, .weight = weight});
  // As it will stand: larger text of a sentence is set a little smaller where that spares it a second line (fonts.cpp). Larger roles may not
  // be, on a deep ground, which is not known here.
  if (type_size(type, in.look.staff).em > floor_em(in.look.staff)) s.least = s.em;
  return in.measure(words, s, width_mm).height;
}

float Ui::text_width(std::string_view words, Type type, Weight weight) const {
  Frame::Inner& in = frame_.inner();
  Setting s = setting_of(in, {.type = type, .weight = weight});
  s.least = s.em;
  return in.measure(words, s, 1e6f).width;
}

}  // namespace ui
