// The tear-off leaf of a calendar, and the card of one day.
#include "ui/inner.h"

#include <algorithm>

namespace ui {

void Frame::Inner::show_leaf(const Rect& box, const Leaf& leaf) {
  // A block calendar's page: 0.86 wide to high, brown head, the lunar day large, a foot for market days and
  // festivals.
  const float h = std::min(box.h, box.w / 0.86f), w = h * 0.86f;
  const Rect page = box.centred(w, h);
  const float radius = std::min(3.0f, h * 0.09f), head = h * 0.25f, foot = leaf.foot.empty() ? 0 : h * 0.22f;
  // Two pages behind it, so that it reads as a block.
  fill({page.x + h * 0.03f, page.y + h * 0.03f, w, h}, mix(colours->edge, colours->card, 0.55f), radius);
  fill(page, colours->card, radius);
  const Px p = snap({page.x, page.y, w, head});
  list->AddRectFilled(p.min(), p.max(), col(colours->brown), std::round(px(radius)), ImDrawFlags_RoundCornersTop);
  const float thin = std::max(mm(2), h * 0.022f);
  if (leaf.market && foot > 0) {
    const Px f = snap({page.x, page.bottom() - foot, w, foot});
    list->AddRectFilled(f.min(), f.max(), col(0xF6DEC4), std::round(px(radius)), ImDrawFlags_RoundCornersBottom);
  }
  border(page, colours->brown, thin, radius);
  const auto words = [&](const Rect& r, std::string_view text, float em, Weight weight, Colour colour) {
    set(r, text,
        {.weight = weight,
         .em = em,
         .least = em * 0.45f,
         .lines = 1,
         .line = 1.1f,
         .align = Align::centre,
         .middle = true,
         .colour = colour});
  };
  words({page.x + thin, page.y, w - 2 * thin, head}, leaf.head, head * 0.72f, Weight::bold, 0xFFFFFF);
  const float middle = h - head - foot;
  words({page.x + thin * 2, page.y + head, w - 4 * thin, middle}, leaf.big, std::min(middle * 0.82f, w * 0.46f),
        Weight::bold, colours->ink);
  if (foot > 0)
    words({page.x + thin, page.bottom() - foot, w - 2 * thin, foot - thin * 0.5f}, leaf.foot, foot * 0.74f,
          Weight::bold, leaf.market ? colours->brown : colours->ink2);
}

void Ui::leaf(Rect box, const Leaf& leaf) {
  Frame::Inner& in = frame_.inner();
  in.show_leaf(box, leaf);
  Widget& w = in.put(Kind::picture, {}, box, leaf.head + leaf.big + (leaf.foot.empty() ? "" : " " + leaf.foot));
  w.picture = "leaf";
}

bool Ui::day_card(Rect r, const Card& card, const Leaf& leaf) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const bool busy = card.state == State::busy, full = card.state == State::full;
  const Stand stand = in.target(r, card.id, !busy);
  // A day is white; its group shows in the border, so that six days stand quietly beside each other.
  const auto g = in.ground(r, full ? card.tint : Tint::neutral, card.state, false, stand);
  if (!full)
    in.border(g.rect, t.of(card.tint).border,
              card.state == State::selected ? space::border_selected : space::border, g.radius);
  const float k = in.scale(), least = in.least_em(), pad = std::clamp(r.h * 0.09f, 2.5f, 6.0f);
  Rect box = g.rect.inset(pad + 0.5f, pad);
  Setting word{.weight = Weight::bold,
               .em = std::clamp(0.2f * r.h, 9.5f, 17.0f) * k,
               .least = least,
               .lines = 2,
               .line = 1.12f,
               .colour = t.ink};
  Setting quiet{.weight = Weight::regular,
                .em = std::clamp(0.12f * r.h, 8.5f, 11.0f) * k,
                .least = least,
                .lines = 1,
                .line = 1.2f,
                .colour = t.ink2};
  const std::string label = busy ? in.words->text("ui.busy.wait") : card.label;
  const std::string& sub = full && !card.reason.empty() ? card.reason : card.sub;
  if (full) quiet.weight = Weight::bold, quiet.colour = t.ink, quiet.lines = 2;
  const bool dots = card.dots_total > 0 && !full;
  const float dots_height = dots ? std::clamp(box.h * 0.2f, 4.0f, 10.0f) : 0;
  // The leaf gives way when the day's word is long.
  const float between_mm = std::max(2.5f, box.w * 0.05f);
  float leaf_width = std::min(box.h * 0.86f, box.w * 0.36f);
  // (English days are long ones: there every leaf is narrow on a small glass, so that six cards look alike.)
  const bool long_words = in.glass.compact() && !in.words->chinese() && !in.words->language().empty();
  if (long_words || !in.measure(label, word, box.w - leaf_width - between_mm, box.h).fits ||
      !in.measure(sub, quiet, box.w - leaf_width - between_mm, box.h * 0.55f).fits)
    leaf_width = std::min(leaf_width, box.w * 0.25f);
  in.show_leaf(box.cut_left(leaf_width, between_mm), leaf);
  const Set s = in.measure(sub, quiet, box.w, box.h * 0.55f);
  const Set l = in.measure(label, word, box.w, box.h - s.height - dots_height);
  const float spare = std::max(0.0f, box.h - l.height - s.height - dots_height),
              between = std::min(spare / 2, std::clamp(r.h * 0.04f, 2.0f, 4.0f));
  float y = box.y + (spare - between * (dots ? 1.0f : 0.0f)) / 2;
  const Set set = in.set({box.x, y, box.w, l.height + 0.2f}, label, word);
  y += l.height;
  float em_px = set.em_px;
  bool fits = set.fits;
  if (!sub.empty()) {
    const Set second = in.set({box.x, y, box.w, s.height + 0.2f}, sub, quiet);
    em_px = std::min(em_px, second.em_px), fits = fits && second.fits;
    y += s.height;
  }
  if (dots) {
    const float radius =
                    std::min({0.3f * dots_height + 0.7f, 3.2f, box.w / (static_cast<float>(card.dots_total) * 3)}),
                step = radius * 2.9f;
    float x = box.x + radius;
    for (int i = 0; i < card.dots_total; ++i, x += step) {
      in.disc(x, y + between + dots_height / 2, radius, t.dot);
      if (i >= card.dots_filled) in.disc(x, y + between + dots_height / 2, radius - 0.6f, g.ground);
    }
  }
  Card marks = card;
  marks.mark = false;
  in.marks(g, marks);

  Widget& w = in.put(Kind::target, card.id, r, sub.empty() ? label : label + " " + sub);
  w.main = card.main;
  w.font_px = em_px;
  w.fg = t.ink, w.bg = full ? t.sunk : t.card, w.border = g.border;
  w.picture = "leaf";
  w.voice = card.voice.empty() ? label : card.voice;
  w.state = state_name(card.state);
  w.cut = !fits;
  return stand.touched;
}

}  // namespace ui
