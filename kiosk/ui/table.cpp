// A sheet on the glass: a head, rows of words, numbers to the right. What does not fit its cell wraps, and ends in … where it is longer still.
#include "base/text.h"
#include "ui/inner.h"

#include <algorithm>

namespace ui {

void Ui::table(Rect r, std::span<const std::string> head, std::span<const std::vector<std::string>> rows,
               std::span<const float> widths, std::span<const Align> aligns) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const std::size_t columns = head.empty() ? (rows.empty() ? 0 : rows.front().size()) : head.size();
  if (columns == 0) return;
  float all = 0;
  for (std::size_t c = 0; c < columns; ++c) all += c < widths.size() ? widths[c] : 1;
  const float em = std::max(in.least_em(), floor_em(in.look.staff) * in.scale()), pad = 2;
  in.fill(r, t.card, 3);
  const auto cell = [&](std::size_t c, float x, float y, float w, float h, std::string_view words, bool strong) {
    const Setting s{.weight = strong ? Weight::bold : Weight::regular,
                    .em = em,
                    .least = in.least_em(),
                    .lines = 3,
                    .line = 1.12f,
                    .align = c < aligns.size() ? aligns[c] : Align::left,
                    .middle = true,
                    .colour = strong ? t.ink : t.ink};
    const Rect box{x + pad, y, w - 2 * pad, h};
    if (words.empty()) return;
    // A story's whole text stands on paper; here as much of it as a row has room for.
    std::string fitting;
    if (!in.measure(words, s, box.w, box.h).fits) {
      const auto letters = base::to_utf32(words);
      std::size_t fits = 0, beyond = letters.size();
      while (beyond - fits > 1) {
        const auto half = (fits + beyond) / 2;
        const auto part = base::to_utf8(std::u32string_view(letters).substr(0, half)) + "…";
        (in.measure(part, s, box.w, box.h).fits ? fits : beyond) = half;
      }
      if (fits > 0) fitting = base::to_utf8(std::u32string_view(letters).substr(0, fits)) + "…", words = fitting;
    }
    const Set set = in.set(box, words, s);
    Widget& widget = in.put(Kind::text, {}, box, words);
    widget.font_px = set.em_px, widget.fg = s.colour, widget.bg = strong ? t.sunk : t.card, widget.cut = !set.fits,
    widget.personal = true;
  };
  const float row_height = std::min(std::max(em * 1.5f, r.h / static_cast<float>(rows.size() + 1)), em * 2.6f);
  float y = r.y;
  const auto line = [&](std::span<const std::string> words, bool strong) {
    float x = r.x;
    for (std::size_t c = 0; c < columns && c < words.size(); ++c) {
      const float w = r.w * (c < widths.size() ? widths[c] : 1) / all;
      cell(c, x, y, w, row_height, words[c], strong);
      x += w;
    }
    y += row_height;
  };
  if (!head.empty()) {
    const Px p = in.snap({r.x, r.y, r.w, row_height});
    in.list->AddRectFilled(p.min(), p.max(), col(t.sunk), std::round(in.px(3)), ImDrawFlags_RoundCornersTop);
    line(head, true);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) in.line(r.x + pad, y, r.right() - pad, y, mix(t.edge, t.card, 0.65f), 0.25f);
    line(rows[i], false);
  }
  in.border(r, mix(t.edge, t.card, 0.3f), 0.3f, 3);
}

}  // namespace ui
