// Grounds, signs and counters: things that only show.
#include "ui/inner.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace ui {
namespace {

void text_in_outline(Frame::Inner& in, const Rect& box, std::string_view words, const Set& set, Colour fg,
                     Colour bg) {
  Widget& w = in.put(Kind::text, {}, box, words);
  w.font_px = set.em_px, w.fg = fg, w.bg = bg, w.cut = !set.fits;
}

}  // namespace

void Ui::panel(Rect r, Tint tint, bool raised, bool deep) {
  Frame::Inner& in = frame_.inner();
  const Rect all = glass();
  if (deep && r.w >= all.w - 0.1f && r.h >= all.h - 0.1f)
    return in.fill(r, in.colours->of(tint).deep);  // the whole glass: no corners
  in.panels.push_back(r);
  const float radius = std::min(space::radius, std::min(r.w, r.h) / 3);
  if (raised) in.cast_shadow(r, radius, 0.8f);
  const Colour ground = deep                    ? in.colours->of(tint).deep
                        : tint == Tint::neutral ? (raised ? in.colours->card : in.colours->sunk)
                                                : in.colours->of(tint).soft;
  in.fill(r, ground, radius);
  if (raised && !deep)
    in.border(r, in.colours->of(tint).border, tint == Tint::neutral ? 0.5f : space::border, radius);
}

void Ui::tick(Rect r) {
  Frame::Inner& in = frame_.inner();
  const float share = in.state_share("(tick)", State::done, duration::tick + duration::settle);
  const float total = static_cast<float>(duration::tick + duration::settle),
              drawn = std::min(1.0f, share * total / static_cast<float>(duration::tick));
  const float spring =
      std::clamp((share * total - static_cast<float>(duration::tick) * 0.5f) / static_cast<float>(duration::settle),
                 0.0f, 1.0f);
  const float radius = std::min(r.w, r.h) / 2;
  const float grown = in.look.reduced_motion ? radius : radius * (0.86f + 0.14f * eased(Ease::spring, spring));
  in.disc(r.x + r.w / 2, r.y + r.h / 2 + 0.8f, grown, in.colours->shadow, 0.22f * (in.look.night ? 0.0f : 1.0f));
  in.tick_disc(r.x + r.w / 2, r.y + r.h / 2, grown, eased(Ease::out_cubic, drawn), in.colours->green);
  Widget& w = in.put(Kind::picture, {}, r, {});
  w.picture = "tick", w.state = "done";
}

void Ui::dots(Rect r, int filled, int total) {
  Frame::Inner& in = frame_.inner();
  if (total <= 0) return;
  // Rows of ten, as coins are counted.
  const int columns = std::min(total, 10), rows = (total + columns - 1) / columns;
  const float step = std::min({r.w / static_cast<float>(columns), r.h / static_cast<float>(rows), 9.0f}),
              radius = step * 0.36f;
  const float x0 = r.x + (r.w - step * static_cast<float>(columns)) / 2 + step / 2,
              y0 = r.y + (r.h - step * static_cast<float>(rows)) / 2 + step / 2;
  for (int i = 0; i < total; ++i) {
    const float x = x0 + step * static_cast<float>(i % columns), y = y0 + step * static_cast<float>(i / columns);
    in.disc(x, y, radius, in.colours->dot);
    if (i >= filled) in.disc(x, y, radius - std::max(0.5f, radius * 0.28f), in.colours->card);
  }
  Widget& w = in.put(Kind::figure, {}, r, {});
  w.state = std::to_string(filled) + "/" + std::to_string(total);
}

void Ui::lamps(Rect r, const Lamps& lamps) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const auto count = static_cast<float>(std::max<std::size_t>(1, lamps.words.size()));
  const float column = r.w / count;
  const Setting s{.weight = Weight::bold,
                  .em = std::max(in.least_em(), floor_em(in.look.staff) * in.scale()),
                  .least = in.least_em(),
                  .lines = 2,
                  .line = 1.15f,
                  .align = Align::centre,
                  .colour = t.ink};
  const float words_height = std::max(s.em * 1.2f, 1.0f),
              radius = std::clamp((r.h - words_height) / 2 - 1.5f, 2.5f, 8.0f);
  const float y = r.y + (r.h - words_height - 2 * radius - 2) / 2 + radius;
  for (std::size_t i = 0; i + 1 < lamps.words.size(); ++i) {
    const float x = r.x + column * (static_cast<float>(i) + 0.5f);
    in.fill({x + radius, y - 0.7f, column - 2 * radius, 1.4f},
            static_cast<int>(i) + 1 < lamps.lit ? t.green : mix(t.edge, t.paper, 0.5f));
  }
  for (std::size_t i = 0; i < lamps.words.size(); ++i) {
    const float x = r.x + column * (static_cast<float>(i) + 0.5f);
    const bool lit = static_cast<int>(i) < lamps.lit, last = static_cast<int>(i) + 1 == lamps.lit;
    if (lit) {
      in.tick_disc(x, y, radius, 1, t.green);
    } else {
      in.disc(x, y, radius, t.edge);
      in.disc(x, y, radius - 0.9f, t.card);
    }
    Setting words = s;
    words.weight = last ? Weight::bold : Weight::regular;
    words.colour = lit ? t.ink : t.ink2;
    const Rect box{x - column / 2 + 0.5f, y + radius + 1.5f, column - 1, r.bottom() - (y + radius + 1.5f)};
    text_in_outline(in, box, lamps.words[i], in.set(box, lamps.words[i], words), words.colour, t.paper);
  }
}

void Ui::slots(Rect r, std::span<const Picture> chosen, int total) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const float gap = 4, side = std::min(r.h, (r.w - gap * static_cast<float>(total - 1)) /
                                                static_cast<float>(std::max(1, total)));
  for (int i = 0; i < total; ++i) {
    const Rect slot{r.x + static_cast<float>(i) * (side + gap), r.y + (r.h - side) / 2, side, side};
    const bool filled = i < static_cast<int>(chosen.size());
    in.fill(slot, filled ? t.card : t.sunk, 3);
    filled ? in.border(slot, t.ink2, 0.8f, 3) : in.dashed(slot, t.edge, 0.6f, 3);
    if (filled) {
      in.show(slot.inset(side * 0.12f), chosen[static_cast<std::size_t>(i)], Tint::neutral, t.ink, false, 2);
    } else {
      const std::string figure = std::to_string(i + 1);
      in.set(slot, figure,
             {.weight = Weight::bold,
              .em = std::min(side * 0.55f, in.em(10)),
              .least = 2,
              .lines = 1,
              .align = Align::centre,
              .middle = true,
              .colour = t.edge});
    }
    Widget& w = in.put(Kind::picture, {}, slot, {});
    w.picture = filled ? picture_name(chosen[static_cast<std::size_t>(i)]) : "",
    w.state = filled ? "done" : "normal";
  }
}

void Ui::pin_dots(Rect r, int filled, int total) {
  Frame::Inner& in = frame_.inner();
  const float step = std::min(r.w / static_cast<float>(std::max(1, total)), 14.0f),
              radius = std::min(step * 0.3f, r.h * 0.4f);
  const float x0 = r.x + (r.w - step * static_cast<float>(total)) / 2 + step / 2;
  for (int i = 0; i < total; ++i) {
    const float x = x0 + step * static_cast<float>(i), y = r.y + r.h / 2;
    in.disc(x, y, radius, in.colours->ink2);
    if (i >= filled) in.disc(x, y, radius - 0.8f, in.colours->paper);
  }
  in.put(Kind::figure, {}, r, {}).state = std::to_string(filled) + "/" + std::to_string(total);
}

void Ui::countdown(Rect r, float share_left, std::string_view figure) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const float side = std::min(r.w, r.h), radius = side / 2, width = std::max(2.0f, side * 0.09f);
  const float x = r.x + r.w / 2, y = r.y + r.h / 2;
  in.disc(x, y, radius, t.card);
  in.ring_arc(x, y, radius - width / 2, width, 1, mix(t.sunk, t.edge, 0.25f));
  in.ring_arc(x, y, radius - width / 2, width, std::clamp(share_left, 0.0f, 1.0f), t.ink);
  const Setting s{.weight = Weight::bold,
                  .em = side * 0.46f,
                  .least = in.least_em(),
                  .lines = 1,
                  .line = 1.1f,
                  .align = Align::centre,
                  .middle = true,
                  .colour = t.ink};
  const Rect box = r.centred(side - 3 * width, side - 3 * width);
  const Set set = in.set(box, figure, s);
  Widget& w = in.put(Kind::figure, {}, r, figure);
  w.font_px = set.em_px, w.fg = t.ink, w.bg = t.card, w.cut = !set.fits;
}

void Ui::band(Rect r, std::string_view text, Tint tint) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const bool urgent = tint == Tint::urgent;
  const TintColours& c = t.of(tint);
  const float radius = std::min(4.0f, r.h / 3);
  const Colour ground = tint == Tint::neutral ? t.sunk : c.soft;
  in.fill(r, ground, radius);
  if (urgent) in.border(r, c.border, space::border, radius);
  Rect box = r.inset(4, 1);
  // A thick edge in the group's colour; a refusal also carries a sign.
  if (tint != Tint::neutral) {
    const Px p = in.snap({r.x, r.y, 2.4f, r.h});
    in.list->AddRectFilled(p.min(), p.max(), col(c.border), std::round(in.px(radius)),
                           ImDrawFlags_RoundCornersLeft);
    box.cut_left(1);
  }
  if (urgent) {
    const float side = std::min(box.h * 0.7f, 12.0f);
    in.icon(box.cut_left(side, 3).centred(side, side), "warn", c.border);
  }
  const Setting s{.weight = Weight::bold,
                  .em = std::max(in.least_em(), floor_em(in.look.staff) * in.scale()),
                  .least = in.least_em(),
                  .lines = 3,
                  .line = 1.25f,
                  .middle = true,
                  .colour = t.ink};
  text_in_outline(in, r, text, in.set(box, text, s), t.ink, ground);
}

void Ui::page_dots(Rect r, int page, int pages) {
  Frame::Inner& in = frame_.inner();
  const float step = std::min(7.0f, r.w / static_cast<float>(std::max(1, pages)));
  const float x0 = r.x + (r.w - step * static_cast<float>(pages)) / 2 + step / 2, y = r.y + r.h / 2,
              radius = step * 0.3f;
  for (int i = 0; i < pages; ++i) {
    const float x = x0 + step * static_cast<float>(i);
    in.disc(x, y, i == page ? radius * 1.25f : radius, in.colours->ink2);
    if (i != page) in.disc(x, y, radius - 0.6f, in.colours->paper);
  }
  in.put(Kind::figure, {}, r, {}).state = std::to_string(page + 1) + "/" + std::to_string(pages);
}

void Ui::rule(float x, float y, float width_mm) {
  Frame::Inner& in = frame_.inner();
  in.line(x, y, x + width_mm, y, mix(in.colours->edge, in.colours->paper, 0.5f), 0.3f);
}

}  // namespace ui
