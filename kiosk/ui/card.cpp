// The card: ground, state, picture and label. Everything a resident touches is one of these.
#include "ui/inner.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float wide_from = 1.9f;  // wider than this: picture left, label right
constexpr float label_line = 1.18f;

const char* mark_of(Tint tint) {
  switch (tint) {
    case Tint::elder:
      return "mark_circle";
    case Tint::woman:
      return "mark_diamond";
    case Tint::child:
      return "mark_triangle";
    case Tint::hardship:
      return "mark_square";
    case Tint::urgent:
      return "mark_cross";
    case Tint::staff:
      return "mark_bar";
    case Tint::neutral:
      return "";
  }
  return "";
}

// Three dots that step at 2 Hz while a card is busy.
void busy_dots(Frame::Inner& in, const Rect& box, Colour colour) {
  const int step = in.look.reduced_motion ? 2 : static_cast<int>(in.now / duration::busy_dot % 3);
  for (int i = 0; i < 3; ++i)
    in.disc(box.x + box.w / 2 + (static_cast<float>(i) - 1) * 5, box.y + box.h / 2, i == step ? 1.6f : 1.1f,
            i <= step ? colour : mix(colour, 0xFFFFFF, 0.45f));
  if (!in.look.reduced_motion) in.want(static_cast<int>(duration::busy_dot - in.now % duration::busy_dot));
}

struct Words {
  Setting label, sub;
};

Words words_of(Frame::Inner& in, const Rect& r, const Card& card, const Frame::Inner::Ground& g, Align align) {
  const bool staff = in.look.staff;
  const float k = in.scale(), least = in.least_em();
  float em = staff ? std::clamp(0.15f * r.h, 7.0f, 11.0f) : std::clamp(0.15f * r.h, 10.0f, 18.0f);
  Words w;
  w.label = {.weight = Weight::bold,
             .em = em * k,
             .least = least,
             .lines = 2,
             .line = label_line,
             .align = align,
             .colour = g.text};
  // White on a deep ground is allowed for large bold words alone.
  if (card.filled && in.colours->of(card.tint == Tint::neutral ? Tint::hardship : card.tint).deep != 0x2B3033)
    w.label.least = std::max(w.label.least, 10 * in.glass.reading_scale());
  w.label.em = std::max(w.label.em, w.label.least);
  w.sub = {.weight = Weight::regular,
           .em = std::clamp(0.11f * r.h, floor_em(staff), floor_em(staff) * 1.3f) * k,
           .least = least,
           .lines = 2,
           .line = 1.25f,
           .align = align,
           .colour = card.filled ? g.text : in.colours->ink2_on_soft};
  if (card.filled) w.sub.weight = Weight::bold;
  return w;
}

}  // namespace

Frame::Inner::Ground Frame::Inner::ground(const Rect& at, Tint tint, State state, bool filled, const Stand& stand,
                                          float radius, bool quiet) {
  const TintColours& c = colours->of(filled && tint == Tint::neutral ? Tint::hardship : tint);
  Rect r = at;
  r.x += stand.dx_mm;
  r.y += space::press_down * stand.press;
  radius = std::min(radius, std::min(r.w, r.h) / 3);
  Ground g{r, 0, 0, 0, radius};
  const bool full = state == State::full, selected = state == State::selected;
  g.text = filled ? colours->on_deep : colours->ink;
  g.ground = filled ? mix(c.deep, 0xFFFFFF, 0.18f * stand.press)
             : full ? colours->sunk
                    : mix(tint == Tint::neutral ? colours->card : c.soft, c.pressed, stand.press);
  g.border = full                                               ? colours->edge
             : selected && tint == Tint::neutral && !look.night ? colours->green
             : filled                                           ? (look.night ? colours->amber : c.deep)
                                                                : c.border;
  if (!full) cast_shadow(r, radius, (1 - stand.press) * (quiet ? 0.75f : 1.0f));
  fill(r.inset(mm(1)), g.ground, std::max(0.0f, radius - mm(1)));
  if (full) {
    dashed(r, g.border, space::border, radius);
  } else {
    const float normal = look.staff && tint == Tint::neutral ? 0.6f : quiet ? 0.75f : space::border;
    border(r, g.border,
           selected ? (look.staff ? space::border_pressed : space::border_selected)
                    : normal + (space::border_pressed - normal) * stand.press,
           radius);
  }
  return g;
}

void Frame::Inner::marks(const Ground& g, const Card& card, const std::optional<TickPlace>& at) {
  const Rect& r = g.rect;
  const float edge = 2.2f;
  if (card.mark && !card.filled) {
    if (const char* name = mark_of(card.tint); *name != 0)
      icon({r.x + edge + 0.6f, r.y + edge + 0.6f, 4, 4}, name, g.border);
  }
  if (!card.chip.empty()) {
    const Setting s{.weight = Weight::bold,
                    .em = em(floor_em(look.staff)),
                    .least = least_em(),
                    .lines = 1,
                    .line = 1.2f,
                    .align = Align::centre,
                    .middle = true,
                    .colour = 0xFFFFFF};
    const float width = measure(card.chip, s, 1e6f).width + 4, height = s.em * 1.36f;
    const Rect chip{r.right() - width - edge, r.y + edge, width, height};
    fill(chip, colours->brown, std::min(space::radius_chip, height / 3));
    set(chip, card.chip, s);
  }
  if (card.state == State::selected || card.state == State::done) {
    const float share = state_share(card.id, card.state, duration::tick);
    const float radius = std::min(5.0f, 0.17f * std::min(r.w, r.h));
    const Colour ground =
        card.state == State::done || card.tint == Tint::neutral ? colours->green : colours->of(card.tint).deep;
    const TickPlace place =
        at.value_or(TickPlace{r.right() - radius - edge * 0.8f, r.y + radius + edge * 0.8f, radius});
    tick_disc(place.x, place.y, place.radius, eased(Ease::out_cubic, share), ground);
  } else {
    state_share(card.id, card.state, duration::tick);
  }
}

namespace {

void dots_row(Frame::Inner& in, const Rect& r, int filled, int total, Colour colour, Colour ground) {
  if (total <= 0) return;
  const float radius = std::min(1.9f, r.w / (static_cast<float>(total) * 3.0f)), step = radius * 2.9f;
  float x = r.x + r.w / 2 - step * static_cast<float>(total - 1) / 2;
  for (int i = 0; i < total; ++i, x += step) {
    in.disc(x, r.y + r.h / 2, radius, colour);
    if (i >= filled) in.disc(x, r.y + r.h / 2, radius - 0.55f, ground);
  }
}

}  // namespace

bool Ui::card(Rect r, const Card& card) {
  Frame::Inner& in = frame_.inner();
  const Stand stand = in.target(r, card.id, card.state != State::busy);
  const auto g = in.ground(r, card.tint, card.state, card.filled, stand);
  const bool busy = card.state == State::busy, full = card.state == State::full && !card.reason.empty();
  const std::string label = busy ? in.words->text("ui.busy.wait") : card.label;
  const std::string& sub = full ? card.reason : card.sub;
  const bool pictured = busy || card.leaf || !card.picture.empty();
  const bool wide = pictured && r.w > wide_from * r.h;
  const float pad = std::clamp(0.07f * std::min(r.w, r.h), 2.0f, 6.0f);
  Rect in_box = g.rect.inset(pad);
  Words words = words_of(in, r, card, g, wide ? Align::left : Align::centre);
  if (full) words.sub.lines = 3, words.sub.weight = Weight::bold, words.sub.colour = in.colours->ink;

  Rect picture_box, label_box, sub_box, dots_box;
  float label_em_px = 0, sub_em_px = 0;
  bool fits = true, beside = false;
  const float dots_height = card.dots_total > 0 ? 6.0f : 0.0f;
  if (wide) {
    // In a wide card words may be larger than a tile of this height would have them.
    const float em = in.look.staff ? std::clamp(0.24f * r.h, 7.0f, 11.0f) : std::clamp(0.24f * r.h, 10.0f, 18.0f);
    words.label.em = std::max(words.label.least, em * in.scale());
    float side = std::min(in_box.h, r.w * 0.4f);
    const float between = std::max(3.0f, side * 0.14f);
    // The picture leads at the left, at the same place in every card of this size: in a column they stand under each other.
    const float lead = in_box.w > 140 ? 0.05f * in_box.w : 0.0f;
    // In a language of long words the picture gives way.
    Setting smallest = words.label;
    smallest.em = smallest.least;
    while (side > 13 && !in.measure(label, smallest, in_box.w - lead - side - between, in_box.h).fits) side *= 0.85f;
    const float room = in_box.w - lead - side - between;
    const Set l = in.measure(label, words.label, room, in_box.h * (sub.empty() ? 1.0f : 0.6f));
    const Set s = in.measure(sub, words.sub, room, in_box.h - l.height - dots_height);
    const float text_width = std::max({l.width, s.width, dots_height > 0 ? 20.0f : 0.0f}) + 0.5f;
    // A picture alone (an arrow) stays in the middle.
    const float x = label.empty() && sub.empty() ? in_box.x + (in_box.w - side) / 2 : in_box.x + lead;
    picture_box = {x, in_box.y + (in_box.h - side) / 2, side, side};
    const float height = l.height + s.height + dots_height;
    label_box = {x + side + between, in_box.y + (in_box.h - height) / 2,
                 std::min(room, in_box.right() - x - side - between), l.height};
    sub_box = {label_box.x, label_box.bottom(), label_box.w, s.height};
    dots_box = {label_box.x, sub_box.bottom(), std::min(label_box.w, text_width), dots_height};
  } else {
    const float most = pictured ? in_box.h * (sub.empty() ? 0.5f : 0.42f) : in_box.h * (sub.empty() ? 1.0f : 0.62f);
    // A word never leans on the border.
    in_box = in_box.inset(r.w < 34 ? 0.2f : 0.8f, 0);
    Set l = in.measure(label, words.label, in_box.w, most);
    Set s =
        in.measure(sub, words.sub, in_box.w, in_box.h - l.height - dots_height - (pictured ? in_box.h * 0.2f : 0));
    // Two short words in a low card stand beside each other; in a narrow one closer than lines are.
    if (!pictured && !sub.empty() && dots_height == 0 && (!l.fits || !s.fits || l.height + s.height > in_box.h + 0.1f)) {
      Words low = words;
      low.label.lines = low.sub.lines = 1;
      Set second = in.measure(sub, low.sub, in_box.w);
      const float room = in_box.w - second.width - 2;
      Set first = room > 0 ? in.measure(label, low.label, room, in_box.h) : Set{0, 0, 0, false};
      beside = first.fits && second.fits && second.height <= in_box.h;
      if (!beside) {
        low.label.line = 1.05f, low.sub.line = 1.1f;
        second = in.measure(sub, low.sub, in_box.w);
        first = in.measure(label, low.label, in_box.w, in_box.h - second.height);
      }
      if (first.fits && second.fits) words = low, l = first, s = second;
    }
    const float height = (beside ? std::max(l.height, s.height) : l.height + s.height) + dots_height;
    if (pictured) {
      // The label stands on the lower third, the picture in the middle of what is left above it.
      const float third = r.h / 3, bottom = g.rect.bottom() - std::max(pad + 0.2f, (third - height) * 0.5f);
      label_box = {in_box.x, bottom - height, in_box.w, l.height};
      const float top = g.rect.y + pad, above = label_box.y - top - 0.5f;
      const float side = std::max(0.0f, std::min(above * (above > 40 ? 0.82f : 0.96f), r.w * 0.66f));
      picture_box = {g.rect.x + (r.w - side) / 2, top + (above - side) / 2, side, side};
    } else {
      label_box = {in_box.x, in_box.y + (in_box.h - height) / 2, in_box.w, l.height};
    }
    sub_box = {in_box.x, label_box.bottom(), in_box.w, s.height};
    dots_box = {in_box.x, sub_box.bottom(), in_box.w, dots_height};
    if (beside) {
      const float x = in_box.x + (in_box.w - l.width - 2 - s.width) / 2;
      label_box = {x, in_box.y + (in_box.h - l.height) / 2, l.width + 0.2f, l.height};
      sub_box = {in_box.right() - (x - in_box.x) - s.width - 0.2f, in_box.y + (in_box.h - s.height) / 2, s.width + 0.2f, s.height};
    }
  }
  if (busy) {
    busy_dots(in, picture_box, g.text);
  } else if (card.leaf) {
    in.show_leaf(picture_box, *card.leaf);
  } else if (pictured) {
    in.show(picture_box, card.picture, card.tint, g.text, false, std::min(space::radius, picture_box.w * 0.16f));
  }
  const Set l = in.set({label_box.x, label_box.y, label_box.w, label_box.h + 0.2f}, label, words.label);
  label_em_px = l.em_px;
  fits = l.fits && label_box.y >= g.rect.y;
  if (!sub.empty()) {
    const Set s = in.set({sub_box.x, sub_box.y, sub_box.w, std::max(sub_box.h, 1.0f) + 0.2f}, sub, words.sub);
    sub_em_px = s.em_px;
    fits = fits && s.fits && sub_box.bottom() <= g.rect.bottom();
  }
  dots_row(in, dots_box, card.dots_filled, card.dots_total, card.filled ? g.text : in.colours->dot, g.ground);
  in.marks(g, card);

  Widget& w = in.put(Kind::target, card.id, r, sub.empty() ? label : label + " " + sub);
  w.main = card.main;
  w.font_px = sub_em_px > 0 ? std::min(label_em_px, sub_em_px) : label_em_px;
  w.fg = g.text, w.bg = g.ground, w.border = card.filled ? 0 : g.border;
  if (stand.press > 0)
    w.bg = card.filled ? in.colours->of(card.tint == Tint::neutral ? Tint::hardship : card.tint).deep
                       : in.colours->of(card.tint).soft;
  w.picture = card.leaf ? "leaf" : picture_name(card.picture);
  w.voice = card.voice.empty() ? card.label : card.voice;
  w.state = state_name(card.state);
  w.cut = !fits;
  return stand.touched;
}

}  // namespace ui
