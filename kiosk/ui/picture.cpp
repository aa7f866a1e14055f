// Pictures: emoji, portraits, photos, our own drawings, and the initial that stands in for any of them.
#include "ui/inner.h"

#include <algorithm>
#include <cmath>

namespace ui {

std::string picture_name(const Picture& p) {
  if (!p.photo.empty()) return "photo";
  if (!p.portrait.empty()) return "portrait";
  if (!p.emoji.empty()) return p.emoji;
  return p.drawn;
}

const char* state_name(State state) {
  switch (state) {
    case State::normal:
      return "normal";
    case State::selected:
      return "selected";
    case State::full:
      return "full";
    case State::busy:
      return "busy";
    case State::done:
      return "done";
  }
  return "normal";
}

Rect Frame::Inner::show(const Rect& box, const Picture& p, Tint tint, Colour ink, bool to_border, float radius) {
  const Px all = snap(box);
  const float side = std::floor(std::min(all.w(), all.h()));
  const auto centred = [&](float w, float h) {
    const float x = std::round((all.x0 + all.x1 - w) / 2), y = std::round((all.y0 + all.y1 - h) / 2);
    return Px{x, y, x + w, y + h};
  };
  const auto rect_of = [&](const Px& q) { return Rect{mm(q.x0) - dx_mm, mm(q.y0), mm(q.w()), mm(q.h())}; };
  const Px square = to_border ? all : centred(side, side);
  Piece piece;
  if (!p.photo.empty()) {
    piece = pictures.photo(p.photo, static_cast<int>(std::max(square.w(), square.h())));
    if (piece.ok && square.w() != square.h()) {
      // A square photo in an oblong place loses its margins, more below than above.
      const float w = square.w(), h = square.h(), du = piece.uv1.x - piece.uv0.x, dv = piece.uv1.y - piece.uv0.y;
      if (w > h) {
        const float spare = dv * (1 - h / w);
        piece.uv0.y += spare * 0.35f, piece.uv1.y -= spare * 0.65f;
      } else {
        const float spare = du * (1 - w / h);
        piece.uv0.x += spare / 2, piece.uv1.x -= spare / 2;
      }
    }
  }
  if (!piece.ok && !p.portrait.empty())
    piece = pictures.portrait(p.portrait, static_cast<int>(square.w()), static_cast<int>(square.h()));
  if (piece.ok) {
    rounded_image(piece, square, radius, to_border);
    return rect_of(square);
  }
  if (!p.emoji.empty()) {
    if (!piece.later) piece = pictures.emoji(p.emoji, static_cast<int>(side));
    if (piece.ok) {
      const Px at = centred(static_cast<float>(piece.w), static_cast<float>(piece.h));
      list->AddImage(ImGui::GetIO().Fonts->TexRef, at.min(), at.max(), piece.uv0, piece.uv1);
      return rect_of(at);
    }
  }
  if (piece.later) {
    if (to_border || !p.portrait.empty()) fill(rect_of(square), colours->sunk, radius);
    return rect_of(square);
  }
  if (!p.drawn.empty() && icon(box, p.drawn, ink)) return rect_of(centred(side, side));
  // Never an empty box: the first character of what it stands for, on the group's ground.
  const Rect place = rect_of(square);
  const TintColours& colour = colours->of(tint);
  const std::string& words = p.initial;
  if (words.empty() && p.emoji.empty() && p.photo.empty()) return place;
  fill(place, tint == Tint::neutral ? colours->sunk : colour.soft, radius);
  std::size_t end = 0;
  if (!words.empty()) (void)next_character(words, end);
  const float em = std::max(least_em(), place.h * 0.42f);
  if (end > 0)
    set(place, std::string_view(words).substr(0, end),
        {.weight = Weight::bold,
         .em = em,
         .least = std::min(em, least_em()),
         .lines = 1,
         .align = Align::centre,
         .middle = true,
         .colour = colours->ink});
  return place;
}

void Ui::picture(Rect box, const Picture& p) {
  Frame::Inner& in = frame_.inner();
  in.show(box, p, Tint::neutral, in.colours->ink, false, space::radius_chip);
  in.put(Kind::picture, {}, box, {}).picture = picture_name(p);
}

void Ui::photo(Rect box, const Picture& p, Tint tint) {
  Frame::Inner& in = frame_.inner();
  const float side = std::min(box.w, box.h);
  const Rect square = box.centred(side, side);
  const float radius = std::min(space::radius, side * 0.14f);
  in.cast_shadow(square, radius);
  in.fill(square, in.colours->card, radius);
  in.show(square.inset(in.mm(in.border_px(space::border)) * 0.5f), p, tint, in.colours->ink, false, radius - 0.5f);
  in.border(square, in.colours->of(tint).border, space::border, radius);
  in.put(Kind::picture, {}, square, {}).picture = picture_name(p);
}

}  // namespace ui
