// The button: one picture, one line of words, side by side. Helpers of the bar, confirm and refuse, page arrows.
#include "ui/inner.h"

#include <algorithm>

namespace ui {

bool Ui::button(Rect r, const Card& card) {
  Frame::Inner& in = frame_.inner();
  const bool staff = in.look.staff, busy = card.state == State::busy;
  const Stand stand = in.target(r, card.id, !busy);
  const auto g =
      in.ground(r, card.tint, card.state, card.filled, stand, std::min(space::radius, r.h * 0.25f), !card.filled);
  const std::string label = busy ? in.words->text("ui.busy.wait") : card.label;
  const bool full = card.state == State::full && !card.reason.empty();
  const std::string& sub = full ? card.reason : card.sub;
  const Colour deep = in.colours->of(card.tint == Tint::neutral ? Tint::hardship : card.tint).deep;

  Setting s{
      .weight = Weight::bold, .least = in.least_em(), .lines = 2, .line = 1.12f, .middle = true, .colour = g.text};
  s.em = (staff ? std::clamp(0.3f * r.h, 7.0f, 10.0f) : std::clamp(0.36f * r.h, 8.5f, 14.0f)) * in.scale();
  if (card.filled && deep != 0x2B3033) s.least = std::max(s.least, 10 * in.glass.reading_scale());
  s.em = std::max(s.em, s.least);
  Setting quiet{.weight = card.filled ? Weight::bold : Weight::regular,
                .em = floor_em(staff) * in.scale(),
                .least = card.filled && deep != 0x2B3033 ? s.least : in.least_em(),
                .lines = 2,
                .line = 1.2f,
                .colour = card.filled ? g.text : in.colours->ink2_on_soft};
  quiet.em = std::max(quiet.em, quiet.least);

  const float pad = std::min(3.0f, r.h * 0.12f);
  Rect box = g.rect.inset(pad + 0.5f, pad);
  const bool pictured = !card.picture.empty() || card.leaf;
  const bool upright = pictured && r.h > r.w * 0.95f && r.h > 26;  // taller than wide: the picture above
  Setting one_line = s;
  one_line.lines = 1;
  one_line.em = s.least;
  const float needed = in.measure(label, one_line, 1e6f).width + 0.6f;
  const bool brief = base::to_utf32(label).size() <= 8;  // not broken to be larger: 我走 over 了
  bool fits = true;
  float em_px = 0;
  if (!pictured || upright) {
    if (brief && needed <= box.w) s.lines = 1;
    if (upright) {
      Rect top = box.cut_top(box.h * 0.55f, 1);
      card.leaf ? in.show_leaf(top, *card.leaf) : (void)in.show(top, card.picture, card.tint, g.text, false, 2);
    }
    s.align = quiet.align = Align::centre;
    const float below = sub.empty() ? 0 : in.measure(sub, quiet, box.w).height;
    if (below > 0) {
      const float label_height = in.measure(label, s, box.w, box.h - below).height;
      const float top = box.y + (box.h - label_height - below) / 2;
      const Set set = in.set({box.x, top, box.w, label_height + 0.2f}, label, s);
      const Set second = in.set({box.x, top + label_height, box.w, below + 0.2f}, sub, quiet);
      em_px = std::min(set.em_px, second.em_px);
      fits = set.fits && second.fits && top >= g.rect.y;
    } else {
      const Set set = in.set(box, label, s);
      em_px = set.em_px;
      fits = set.fits;
    }
  } else {
    // The bar's pictures stand under each other's like, so the group is centred and its gap does not change.
    const float side = std::min({box.h, std::max(13.0f, box.h * 0.8f), box.w * 0.45f});
    float icon_side = card.picture.drawn.empty() ? side : side * 0.66f,
          between = std::clamp(side * 0.2f, 1.5f, 5.0f);
    // A short label stays on one line: first the picture gives way, then the margin.
    if (icon_side + between + needed > box.w && needed < box.w - 7) {
      between = 1.5f;
      if (icon_side + between + needed > box.w) box = g.rect.inset(2, pad);
      icon_side = std::max(std::min(7.0f, icon_side), std::min(icon_side, box.w - between - needed));
    }
    if (label.empty()) {
      const Rect middle = box.centred(icon_side, icon_side);
      card.leaf ? in.show_leaf(middle, *card.leaf)
                : (void)in.show(middle, card.picture, card.tint, g.text, false, 2);
      fits = true;
    } else {
      // Many words: the picture gives way until they stand on their lines.
      Setting smallest = s;
      smallest.em = s.least;
      const auto stand_in = [&](float wide) {
        const Set under = in.measure(sub, quiet, wide);
        return (sub.empty() || under.fits) && in.measure(label, smallest, wide, box.h - (sub.empty() ? 0 : under.height)).fits;
      };
      while (icon_side > 10 && !stand_in(box.w - icon_side - between)) icon_side *= 0.8f;
      // In a language of long words the word comes first.
      if (!stand_in(box.w - icon_side - between) && stand_in(box.w)) icon_side = between = 0;
      if (brief && needed <= box.w - icon_side - between) s.lines = 1;
      const float room = box.w - icon_side - between, below = sub.empty() ? 0 : in.measure(sub, quiet, room).height;
      const Set l = in.measure(label, s, room, box.h - below), q = in.measure(sub, quiet, room);
      const float words = std::max(l.width, q.width) + 0.3f, total = icon_side + between + words;
      const float x = box.x + std::max(0.0f, (box.w - total) / 2);
      const Rect picture_box{x, box.y + (box.h - icon_side) / 2, icon_side, icon_side};
      if (icon_side > 0) {
        if (card.leaf) in.show_leaf(picture_box, *card.leaf);
        else (void)in.show(picture_box, card.picture, card.tint, g.text, false, std::min(3.0f, icon_side * 0.2f));
      }
      const float text_x = x + icon_side + between;
      if (below > 0) {
        const float top = box.y + (box.h - l.height - below) / 2;
        const Set set = in.set({text_x, top, room, l.height + 0.2f}, label, s),
                  second = in.set({text_x, top + l.height, room, below + 0.2f}, sub, quiet);
        em_px = std::min(set.em_px, second.em_px);
        fits = set.fits && second.fits && top >= g.rect.y;
      } else {
        const Set set = in.set({text_x, box.y, room, box.h}, label, s);
        em_px = set.em_px;
        fits = set.fits;
      }
    }
  }
  in.marks(g, card);

  Widget& w = in.put(Kind::target, card.id, r, sub.empty() ? label : label + " " + sub);
  w.main = card.main && r.h >= space::main_target;
  w.font_px = em_px;
  w.fg = g.text, w.bg = card.filled ? deep : stand.press > 0 ? in.colours->of(card.tint).soft : g.ground;
  w.border = card.filled ? 0 : g.border;
  w.picture = card.leaf ? "leaf" : picture_name(card.picture);
  w.voice = card.voice.empty() ? card.label : card.voice;
  w.state = state_name(card.state);
  w.cut = !fits;
  return stand.touched;
}

}  // namespace ui
