// Keys, switches and fields: what staff (and a resident's four digits) put in with.
#include "ui/inner.h"

#include <algorithm>

namespace ui {
namespace {

void words_in_outline(Frame::Inner& in, const Rect& box, std::string_view words, const Set& set, Colour fg,
                      Colour bg, bool personal = false) {
  Widget& w = in.put(Kind::text, {}, box, words);
  w.font_px = set.em_px, w.fg = fg, w.bg = bg, w.cut = !set.fits, w.personal = personal;
}

}  // namespace

bool Ui::key(Rect r, std::string_view id, std::string_view label) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const Stand stand = in.target(r, id);
  const auto g =
      in.ground(r, Tint::neutral, State::normal, false, stand, std::min(space::radius, r.h * 0.2f), true);
  // Digits and letters stand large, words as large as their key allows.
  const bool single = label.size() == 1 || (label.size() == 3 && is_wide(static_cast<char32_t>(0x4E00)));
  const bool drawn = label == "<-" || id == "key:erase" || id == "key:ok";
  const char* icon = id == "key:ok" ? "tick" : "erase";
  float em_px = 0;
  bool fits = true;
  Rect box = g.rect.inset(1.5f);
  const Setting floor{.weight = Weight::bold, .em = in.least_em(), .least = in.least_em(), .lines = 2, .line = 1.1f};
  if (drawn && (label.empty() || label == "<-" || !in.measure(label, floor, box.w, box.h).fits)) {
    const float side = std::min(box.h * 0.5f, 12.0f);
    in.icon(box.centred(side, side), icon, t.ink);
  } else {
    const Setting s{.weight = Weight::bold,
                    .em = std::max(in.least_em(), (single ? std::clamp(r.h * 0.46f, 9.0f, 16.0f)
                                                          : std::clamp(r.h * 0.3f, 6.5f, 10.0f)) *
                                                      in.scale()),
                    .least = in.least_em(),
                    .lines = single ? 1 : 2,
                    .line = 1.1f,
                    .align = Align::centre,
                    .middle = true,
                    .colour = t.ink};
    const Set set = in.set(box, label, s);
    em_px = set.em_px, fits = set.fits;
  }
  Widget& w = in.put(Kind::target, id, r, label);
  w.font_px = em_px, w.fg = t.ink, w.bg = t.card, w.border = g.border;
  w.voice = label, w.state = "normal", w.cut = !fits;
  return stand.touched;
}

bool Ui::toggle(Rect r, std::string_view id, std::string_view label, bool on) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const Stand stand = in.target(r, id);
  const State state = on ? State::selected : State::normal;
  const auto g = in.ground(r, on ? Tint::hardship : Tint::neutral, State::normal, false, stand,
                           std::min(space::radius, r.h * 0.25f), true);
  Rect box = g.rect.inset(3, 2);
  // A box with a tick, not a slider: known from paper.
  const float side = std::min(box.h * 0.62f, 11.0f);
  const Rect tick_box = box.cut_left(side, 3).centred(side, side);
  const float share = in.state_share(id, state, duration::tick);
  in.fill(tick_box, on ? t.green : t.card, side * 0.22f);
  in.border(tick_box, on ? t.green : t.edge, 0.8f, side * 0.22f);
  if (on && share > 0) in.icon(tick_box.inset(side * 0.14f), "tick", 0xFFFFFF);
  const Setting s{.weight = Weight::bold,
                  .em = std::max(in.least_em(), (in.look.staff ? 7.0f : 8.5f) * in.scale()),
                  .least = in.least_em(),
                  .lines = 2,
                  .line = 1.15f,
                  .middle = true,
                  .colour = t.ink};
  const Set set = in.set(box, label, s);
  Widget& w = in.put(Kind::target, id, r, label);
  w.font_px = set.em_px, w.fg = t.ink, w.bg = g.ground, w.border = g.border, w.voice = label,
  w.state = on ? "selected" : "normal", w.cut = !set.fits;
  if (stand.press > 0) w.bg = t.of(on ? Tint::hardship : Tint::neutral).soft;
  return stand.touched;
}

// One raised row, at most as wide as an eye takes in at once: - at its left end, + at its right, between them the label small above the value.
void Ui::stepper(Rect r, std::string_view id, std::string_view label, std::string_view value) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  constexpr float widest = 150;
  r.w = std::min(r.w, widest);
  panel(r, Tint::neutral);
  const float side = std::max(space::target, std::min(r.h, 30.0f));
  Rect middle = r;
  const std::string less = std::string(id) + ":less", more = std::string(id) + ":more";
  const Rect less_box = middle.cut_left(side, 3), more_box = middle.cut_right(side, 3);
  const auto sign = [&](const Rect& place, const std::string& key_id, const char* icon) {
    const Stand stand = in.target(place, key_id);
    const auto g = in.ground(place, Tint::neutral, State::normal, false, stand, 4, true);
    in.icon(g.rect.centred(9, 9), icon, t.ink);
    Widget& w = in.put(Kind::target, key_id, place, std::string(icon) == "plus" ? "+" : "-");
    w.border = g.border, w.bg = t.card, w.fg = t.ink, w.voice = std::string(label), w.picture = icon,
    w.state = "normal";
  };
  sign(less_box, less, "minus");
  Setting small{.weight = Weight::regular,
                .em = std::max(in.least_em(), floor_em(in.look.staff) * in.scale()),
                .least = in.least_em(),
                .lines = 1,
                .line = 1.15f,
                .align = Align::centre,
                .middle = true,
                .colour = t.ink2};
  Setting big = small;
  big.weight = Weight::bold;
  big.em = (in.look.staff ? 8.5f : 12.0f) * in.scale();
  big.lines = 2;
  big.colour = t.ink;
  Rect value_box = middle.inset(0, 1), label_box = value_box;
  // A long label takes a second line where the row is high enough, else it stands before its value.
  const float room = value_box.h - small.em * 1.15f;
  if (in.measure(label, small, value_box.w, small.em * 1.3f).fits && room >= small.em * 1.15f) {
    label_box = value_box.cut_top(value_box.h * 0.44f);
  } else {
    small.lines = 3;
    small.align = Align::left;
    label_box = value_box.cut_left(value_box.w * 0.5f, 2);
  }
  words_in_outline(in, label_box, label, in.set(label_box, label, small), t.ink2, t.card);
  words_in_outline(in, value_box, value, in.set(value_box, value, big), t.ink, t.card);
  sign(more_box, more, "plus");
}

bool Ui::field(Rect r, std::string_view id, std::string_view label, std::string_view value, bool focused) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const Stand stand = in.target(r, id);
  const float k = in.scale(), least = in.least_em();
  Rect box = r;
  // A well with its name above the words, so that neither pushes the other.
  in.fill(box,
          mix(in.look.night ? t.sunk
              : focused     ? 0xFFFFFF
                            : mix(t.sunk, 0xFFFFFF, 0.5f),
              t.of(Tint::neutral).deep, 0.12f * stand.press),
          3);
  in.border(box, focused ? t.ink : t.edge, focused ? 1.2f : 0.5f, 3);
  box = box.inset(3, 1.2f);
  const Setting small{.weight = Weight::regular,
                      .em = floor_em(in.look.staff) * k,
                      .least = least,
                      .lines = 1,
                      .line = 1.15f,
                      .middle = true,
                      .colour = t.ink2};
  const Setting strong{.weight = Weight::bold,
                       .em = (in.look.staff ? 7.5f : 10.0f) * k,
                       .least = least,
                       .lines = 2,
                       .line = 1.15f,
                       .middle = true,
                       .colour = t.ink};
  // In a low or wide well they stand beside each other.
  const bool beside = box.h < (small.em + strong.em) * 1.2f;
  Rect label_box = box, value_box = box;
  if (beside) {
    const float width = std::min(in.measure(label, small, 1e6f).width + 2, box.w * 0.5f);
    label_box = value_box.cut_left(width, 3);
  } else if (!label.empty()) {
    label_box = value_box.cut_top(small.em * 1.25f);
  }
  bool fits = true;
  float em_px = 0;
  if (!label.empty()) {
    Setting of_label = small;
    if (beside) of_label.lines = 2;
    const Set set = in.set(label_box, label, of_label);
    em_px = set.em_px, fits = set.fits;
  }
  float caret = value_box.x;
  if (!value.empty()) {
    const Set set = in.set(value_box, value, strong);
    em_px = em_px > 0 ? std::min(em_px, set.em_px) : set.em_px;
    fits = fits && set.fits;
    caret += set.width + 0.8f;
  }
  if (focused)
    in.fill({std::min(caret, value_box.right() - 1), value_box.y + value_box.h / 2 - strong.em * 0.55f, 0.8f,
             strong.em * 1.1f},
            t.ink);
  Widget& w = in.put(Kind::target, id, r,
                     value.empty() ? std::string(label) : std::string(label) + " " + std::string(value));
  w.font_px = em_px, w.fg = t.ink2, w.bg = focused ? t.card : mix(t.sunk, 0xFFFFFF, in.look.night ? 0.0f : 0.5f),
  w.border = focused ? t.ink : t.edge;
  w.voice = label, w.state = focused ? "selected" : "normal", w.cut = !fits, w.personal = true;
  return stand.touched;
}

}  // namespace ui
