// Flat shapes, shadow and words on ImGui's draw list: the only file that turns millimetres into pixels.
#include "ui/inner.h"
#include "ui/shaped.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
// Middle of a Chinese face (and of a capital) over the baseline, in em.
constexpr float middle_over_baseline = 0.38f;

}  // namespace

float Frame::Inner::scale() const {
  // 1.5 only where there is room: visual.md section 2.
  const float text = glass.reading_mm < 500 ? std::min(look.text_scale, 1.25f) : look.text_scale;
  return glass.reading_scale() * text;
}

float Frame::Inner::border_px(float mm_wide) const { return std::max(2.0f, std::round(px(mm_wide))); }

Px Frame::Inner::snap(const Rect& r) const {
  return {std::round(px(r.x + dx_mm)), std::round(px(r.y)), std::round(px(r.right() + dx_mm)),
          std::round(px(r.bottom()))};
}

float Frame::Inner::em_px(float mm_em) const { return fonts.settled(px(mm_em), true); }

void Frame::Inner::solid_fill(const Px& p, Colour c) {
  const Px all{0, 0, static_cast<float>(glass.width_px), static_cast<float>(glass.height_px)};
  const SolidFill fill{std::max(p.x0, all.x0),
                       std::max(p.y0, all.y0),
                       std::min(p.x1, all.x1) - std::max(p.x0, all.x0),
                       std::min(p.y1, all.y1) - std::max(p.y0, all.y0),
                       all.y1,
                       c};
  if (fill.w > 0 && fill.h > 0) list->AddCallback(solid, const_cast<SolidFill*>(&fill), sizeof fill);
}

void Frame::Inner::fill(const Rect& r, Colour c, float radius, float alpha) {
  const Px p = snap(r);
  const float round = std::min({std::round(px(radius)), std::floor(p.w() / 2), std::floor(p.h() / 2)});
  if (solid == nullptr || alpha < 1 || p.w() * p.h() < 64 * 64) {
    list->AddRectFilled(p.min(), p.max(), col(c, alpha), round);
    return;
  }
  // The body by clearing, only the corners by triangles.
  solid_fill({p.x0, p.y0 + round, p.x1, p.y1 - round}, c);
  if (round <= 0) return;
  solid_fill({p.x0 + round, p.y0, p.x1 - round, p.y0 + round}, c);
  solid_fill({p.x0 + round, p.y1 - round, p.x1 - round, p.y1}, c);
  const auto corner = [&](float x, float y, float from) {
    list->PathLineTo({x, y});
    list->PathArcTo({x, y}, round, from, from + pi / 2);
    list->PathFillConvex(col(c));
  };
  corner(p.x0 + round, p.y0 + round, pi);
  corner(p.x1 - round, p.y0 + round, -pi / 2);
  corner(p.x1 - round, p.y1 - round, 0);
  corner(p.x0 + round, p.y1 - round, pi / 2);
}

void Frame::Inner::border(const Rect& r, Colour c, float width, float radius) {
  const float w = border_px(width);
  const Px p = snap(r).inset(w / 2);
  list->PathRect(p.min(), p.max(), std::max(0.0f, std::round(px(radius)) - w / 2));
  list->PathStroke(col(c), ImDrawFlags_Closed, w);
}

void Frame::Inner::dashed(const Rect& r, Colour c, float width, float radius) {
  const float w = border_px(width);
  const Px p = snap(r).inset(w / 2);
  list->PathRect(p.min(), p.max(), std::max(0.0f, std::round(px(radius)) - w / 2));
  std::vector<ImVec2> path(list->_Path.Data, list->_Path.Data + list->_Path.Size);
  list->PathClear();
  path.push_back(path.front());
  float total = 0;
  for (std::size_t i = 1; i < path.size(); ++i)
    total += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
  // Whole dashes around: 3 mm on, 2 mm off.
  const int count = std::max(8, static_cast<int>(total / px(5)));
  const float period = total / static_cast<float>(count), on = period * 0.6f;
  float gone = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const ImVec2 a = path[i - 1], b = path[i];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    float from = 0;
    while (from < length) {
      const float phase = std::fmod(gone + from, period);
      const float step = std::min(length - from, (phase < on ? on : period) - phase + 0.01f);
      if (phase < on) {
        const auto at = [&](float t) {
          return ImVec2(a.x + (b.x - a.x) * t / length, a.y + (b.y - a.y) * t / length);
        };
        list->AddLine(at(from), at(from + step), col(c), w);
      }
      from += step;
    }
    gone += length;
  }
}

void Frame::Inner::cast_shadow(const Rect& r, float radius, float strength) {
  const float alpha = colours->shadow_alpha * strength;
  if (alpha <= 0.01f) return;
  const int radius_px = static_cast<int>(std::lround(px(radius))),
            blur = std::max(2, static_cast<int>(std::lround(px(space::shadow_blur))));
  const Piece piece = pictures.shadow(radius_px, blur);
  if (!piece.ok) return;
  Px p = snap(r);
  const float down = std::round(px(space::shadow_down));
  p = {p.x0 - static_cast<float>(blur), p.y0 - static_cast<float>(blur) + down, p.x1 + static_cast<float>(blur),
       p.y1 + static_cast<float>(blur) + down};
  const float corner = std::min({static_cast<float>(piece.w / 2), p.w() / 2, p.h() / 2});
  const float u = (piece.uv1.x - piece.uv0.x) * corner / static_cast<float>(piece.w),
              v = (piece.uv1.y - piece.uv0.y) * corner / static_cast<float>(piece.h);
  const float xs[4] = {p.x0, p.x0 + corner, p.x1 - corner, p.x1},
              ys[4] = {p.y0, p.y0 + corner, p.y1 - corner, p.y1};
  const float us[4] = {piece.uv0.x, piece.uv0.x + u, piece.uv1.x - u, piece.uv1.x},
              vs[4] = {piece.uv0.y, piece.uv0.y + v, piece.uv1.y - v, piece.uv1.y};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      if (row != 1 || column != 1)  // the card itself covers the middle
        list->AddImage(ImGui::GetIO().Fonts->TexRef, {xs[column], ys[row]}, {xs[column + 1], ys[row + 1]},
                       {us[column], vs[row]}, {us[column + 1], vs[row + 1]}, col(colours->shadow, alpha));
}

void Frame::Inner::line(float x0, float y0, float x1, float y1, Colour c, float width) {
  const float w = std::max(1.0f, std::round(px(width)));
  const auto at = [&](float v, float move) {
    return std::round(px(v + move)) + (std::fmod(w, 2.0f) == 0 ? 0 : 0.5f);
  };
  list->AddLine({at(x0, dx_mm), at(y0, 0)}, {at(x1, dx_mm), at(y1, 0)}, col(c), w);
}

void Frame::Inner::disc(float x, float y, float radius, Colour c, float alpha) {
  list->AddCircleFilled({px(x + dx_mm), px(y)}, px(radius), col(c, alpha));
}

void Frame::Inner::ring_arc(float x, float y, float radius, float width, float share, Colour c) {
  if (share <= 0) return;
  list->PathArcTo({px(x + dx_mm), px(y)}, px(radius), -pi / 2, -pi / 2 + 2 * pi * std::min(share, 1.0f), 96);
  list->PathStroke(col(c), 0, px(width));
}

void Frame::Inner::stroke(const std::vector<ImVec2>& points_mm, float width, Colour c) {
  for (const ImVec2& p : points_mm) list->PathLineTo({px(p.x + dx_mm), px(p.y)});
  list->PathStroke(col(c), 0, px(width));
  for (const ImVec2& p : points_mm) list->AddCircleFilled({px(p.x + dx_mm), px(p.y)}, px(width) / 2, col(c));
}

void Frame::Inner::tick_disc(float x, float y, float radius, float share, Colour ground) {
  disc(x, y, radius + 0.5f, 0xFFFFFF);
  disc(x, y, radius, ground);
  if (share <= 0) return;
  // Drawn along its length: a short stroke down, a long one up.
  const ImVec2 a{x - radius * 0.46f, y + radius * 0.04f}, b{x - radius * 0.12f, y + radius * 0.38f},
      c{x + radius * 0.50f, y - radius * 0.34f};
  const float first = 0.3f;
  const auto between = [](ImVec2 from, ImVec2 to, float t) {
    return ImVec2(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t);
  };
  std::vector<ImVec2> points{a};
  if (share < first) {
    points.push_back(between(a, b, share / first));
  } else {
    points.push_back(b);
    points.push_back(between(b, c, (share - first) / (1 - first)));
  }
  stroke(points, radius * 0.26f, 0xFFFFFF);
}

bool Frame::Inner::icon(const Rect& r, std::string_view name, Colour c) {
  const Px p = snap(r);
  const float side = std::min(p.w(), p.h());
  const Piece piece = pictures.icon(name, static_cast<int>(side));
  if (!piece.ok) return false;
  const ImVec2 at{std::round((p.x0 + p.x1 - side) / 2), std::round((p.y0 + p.y1 - side) / 2)};
  list->AddImage(ImGui::GetIO().Fonts->TexRef, at,
                 {at.x + static_cast<float>(piece.w), at.y + static_cast<float>(piece.h)}, piece.uv0, piece.uv1,
                 col(c));
  return true;
}

void Frame::Inner::rounded_image(const Piece& piece, const Px& p, float radius_mm, bool top_only) {
  list->AddImageRounded(ImGui::GetIO().Fonts->TexRef, p.min(), p.max(), piece.uv0, piece.uv1, IM_COL32_WHITE,
                        std::round(px(radius_mm)),
                        top_only ? ImDrawFlags_RoundCornersTop : ImDrawFlags_RoundCornersAll);
}

namespace {

Fonts::Fit fitted(Frame::Inner& in, std::string_view words, const Setting& s, float width, float height) {
  return in.fonts.fit(words, s.weight, in.em_px(s.em), in.em_px(std::min(s.em, s.least)), in.px(width),
                      in.px(height), s.line, s.lines);
}

}  // namespace

Set Frame::Inner::measure(std::string_view words, const Setting& s, float width, float height) {
  if (words.empty()) return {em_px(s.em), 0, 0, true};
  const auto fit = fitted(*this, words, s, width, height);
  return {fit.em_px, mm(static_cast<float>(fit.laid->lines.size()) * s.line * fit.em_px), mm(fit.laid->width),
          fit.fits};
}

Set Frame::Inner::set(const Rect& box, std::string_view words, const Setting& s) {
  if (words.empty()) return {em_px(s.em), 0, 0, true};
  const auto fit = fitted(*this, words, s, box.w, box.h);
  const float line_px = s.line * fit.em_px;
  const float total = line_px * static_cast<float>(fit.laid->lines.size());
  const float top = px(box.y) + (s.middle ? (px(box.h) - total) / 2 : 0);
  ImFont* face = fonts.font(s.weight);
  const float size = fonts.size_of_em(fit.em_px);
  const float ascent = face->GetFontBaked(size)->Ascent;
  float y = top;
  for (const LaidLine& laid : fit.laid->lines) {
    const float spare = px(box.w) - laid.width;
    const float x = std::round(px(box.x + dx_mm) + (s.align == Align::left    ? 0
                                                    : s.align == Align::right ? spare
                                                                              : spare / 2));
    const float baseline = std::round(y + line_px / 2 + middle_over_baseline * fit.em_px);
    if (look.blocks) {
      list->AddRectFilled({x, baseline - 0.8f * fit.em_px}, {x + laid.width, baseline}, col(s.colour));
    } else if (fit.laid->shaped && laid.end > laid.begin) {
      const auto line = words.substr(static_cast<std::size_t>(laid.begin), static_cast<std::size_t>(laid.end - laid.begin));
      if (const Piece piece = pictures.words(line, s.weight, fit.em_px); piece.ok) {
        const ImVec2 corner{x - std::round(shaped_margin * fit.em_px), baseline - std::round(shaped_baseline * fit.em_px)};
        list->AddImage(ImGui::GetIO().Fonts->TexRef, corner, {corner.x + static_cast<float>(piece.w), corner.y + static_cast<float>(piece.h)}, piece.uv0,
                       piece.uv1, col(s.colour));
      }
    } else if (laid.end > laid.begin) {
      list->AddText(face, size, {x, baseline - ascent}, col(s.colour), words.data() + laid.begin,
                    words.data() + laid.end);
    }
    y += line_px;
  }
  return {fit.em_px, mm(total), mm(fit.laid->width), fit.fits};
}

}  // namespace ui
