// The field to write in: squared like the paper children learn on, strokes as a brush pen leaves them.
#include "ui/inner.h"

#include <algorithm>
#include <charconv>

namespace ui {

InkStroke ink_stroke(std::string_view points) {
  InkStroke out;
  const char* at = points.data();
  const char* const end = at + points.size();
  const auto number = [&](int& value) {
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{} || value < 0) return false;
    at = next;
    return true;
  };
  while (at < end && out.size() < most_ink_points) {
    InkPoint p;
    if (!number(p.x) || at == end || *at++ != ',' || !number(p.y)) return {};
    out.push_back(p);
    if (at < end && *at++ != ' ') return {};
  }
  return out;
}

// Through the middles between points, so that a quick hand leaves curves and not corners.
void Frame::Inner::ink(const Rect& field, const InkStroke& stroke, float width, Colour c) {
  if (stroke.empty()) return;
  const auto at = [&](const InkPoint& p) {
    return ImVec2(px(field.x + static_cast<float>(p.x) / 10 + dx_mm), px(field.y + static_cast<float>(p.y) / 10));
  };
  const auto middle = [](ImVec2 a, ImVec2 b) { return ImVec2((a.x + b.x) / 2, (a.y + b.y) / 2); };
  const ImVec2 first = at(stroke.front()), last = at(stroke.back());
  if (stroke.size() > 1) {
    list->PathLineTo(first);
    for (std::size_t i = 1; i + 1 < stroke.size(); ++i)
      list->PathBezierQuadraticCurveTo(at(stroke[i]), middle(at(stroke[i]), at(stroke[i + 1])), 4);
    list->PathLineTo(last);
    list->PathStroke(col(c), 0, px(width));
  }
  list->AddCircleFilled(first, px(width) / 2, col(c));
  list->AddCircleFilled(last, px(width) / 2, col(c));
}

void Ui::ink(Rect r, std::string_view id, std::span<const InkStroke> strokes, std::string_view hint) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const InkStroke& now = in.touch.stroke(id);
  in.fill(r, in.look.night ? t.sunk : t.card, 3);
  const float cx = r.x + r.w / 2, cy = r.y + r.h / 2;
  const Colour guide = mix(in.look.night ? t.sunk : t.card, t.edge, 0.3f);
  in.line(r.x + 2, cy, r.right() - 2, cy, guide, 0.4f);
  in.line(cx, r.y + 2, cx, r.bottom() - 2, guide, 0.4f);
  in.border(r, t.edge, 1.0f, 3);
  if (strokes.empty() && now.empty()) text(r.inset(4), hint, {.type = Type::staff, .align = Align::centre, .second = true, .centre_v = true});
  const float width = std::clamp(std::min(r.w, r.h) * 0.03f, 1.6f, 3.0f);
  for (const InkStroke& stroke : strokes) in.ink(r, stroke, width, t.ink);
  in.ink(r, now, width, t.ink);
  in.fields.push_back({std::string(id), r, r, true});
  Widget& w = in.put(Kind::figure, id, r, {});
  w.personal = true, w.bg = t.card, w.border = t.edge;
}

}  // namespace ui
