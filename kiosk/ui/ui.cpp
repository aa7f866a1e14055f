// Where things stand on the glass, the title line, and what happened: the parts of Ui that are not widgets.
#include "ui/ui.h"

#include "ui/inner.h"

#include <algorithm>

namespace ui {

Rect Ui::glass() const {
  const Glass& g = frame_.inner().glass;
  return {0, 0, g.width_mm(), g.height_mm()};
}

Rect Ui::body() const {
  const Frame::Inner& in = frame_.inner();
  const Rect all = glass();
  const float m = margin();
  if (in.look.overlay) return all.inset(m);
  const Rect title = in.title_line();
  const float top = std::max(title.bottom() + (compact() ? 2.0f : 4.0f), in.look.keep_clear_mm);
  const float bottom = in.look.bar ? all.h - m - space::bar - space::gap : all.h - m;
  return {m, top, all.w - 2 * m, bottom - top};
}

Rect Ui::page() const {
  Rect part = body();
  const float top = std::max(std::min(part.y, margin()), frame_.inner().look.keep_clear_mm);
  part.h = part.bottom() - top;
  part.y = top;
  return part;
}

Rect Ui::wide(Rect r) const { return {2.5f, r.y, glass().w - 5, r.h}; }

Rect Ui::reach() const {
  Rect part = body();
  const float top = std::max(part.y, frame_.inner().glass.reach_top_mm());
  part.h = part.bottom() - top;
  part.y = top;
  return part;
}

bool Ui::portrait() const { return frame_.inner().glass.portrait(); }
bool Ui::compact() const { return frame_.inner().glass.compact(); }
bool Ui::staff() const { return frame_.inner().look.staff; }
float Ui::margin() const { return compact() ? 5.0f : 8.0f; }
float Ui::gap() const { return staff() ? space::gap_staff : space::gap; }
float Ui::em(Type type) const { return frame_.inner().em(type_size(type, staff()).em); }
float Ui::line(Type type) const { return em(type) * 1.4f; }
float Ui::text_scale() const { return frame_.inner().scale() / frame_.inner().glass.reading_scale(); }
const base::Words& Ui::words() const { return *frame_.inner().words; }
const std::string& Ui::touched() const { return frame_.inner().touched; }
std::u32string_view Ui::typed() const { return frame_.inner().typed; }
void Ui::again_in(int milliseconds) { frame_.inner().want(milliseconds); }

void Ui::speak(std::string_view key, std::string_view text) {
  Outline& outline = frame_.inner().outline;
  if (!outline.speak_key.empty()) return;
  outline.speak_key = key;
  outline.speak_text = text;
}

void Ui::title(std::string_view text, const Picture& right, std::string_view right_text) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  Rect line = in.title_line();
  if (!right.empty()) {
    const float side = std::min(line.h * 1.05f, line.h + 2);
    Rect box = line.cut_right(side, 3);
    box = box.centred(side, side);
    in.show(box, right, Tint::neutral, t.ink, false, 3);
    in.put(Kind::picture, {}, box, {}).picture = picture_name(right);
  }
  if (!right_text.empty()) {
    // As much as it needs, and never more than half: the title comes first.
    const Setting small{.weight = Weight::bold,
                        .em = in.em(floor_em(in.look.staff)) * (in.look.staff ? 1.15f : 1.0f),
                        .least = in.least_em(),
                        .lines = 2,
                        .line = 1.2f,
                        .align = Align::right,
                        .middle = true,
                        .colour = t.ink2};
    const float width = std::min(in.measure(right_text, small, line.w * 0.5f, line.h).width + 1, line.w * 0.5f);
    const Rect box = line.cut_right(width, 4);
    const Set set = in.set(box, right_text, small);
    Widget& w = in.put(Kind::text, "title_right", box, right_text);
    w.font_px = set.em_px, w.fg = t.ink2, w.bg = t.paper, w.cut = !set.fits;
  }
  const TypeSize size = type_size(Type::title, in.look.staff);
  const Setting setting{.weight = size.weight,
                        .em = in.em(size.em),
                        .least = in.em(size.least) * 0.999f,
                        .lines = 1,
                        .line = 1.2f,
                        .middle = true,
                        .colour = t.ink};
  Set set = in.measure(text, setting, line.w, line.h * 1.1f);
  Setting chosen = setting;
  if (!set.fits) {
    // Long English: two lines, then smaller, never under the floor.
    chosen.lines = 2;
    chosen.line = 1.08f;
    chosen.least = in.least_em();
    line.y -= line.h * 0.12f;
    line.h *= 1.24f;
  }
  set = in.set(line, text, chosen);
  Widget& w = in.put(Kind::text, "title", line, text);
  w.font_px = set.em_px, w.fg = t.ink, w.bg = t.paper, w.cut = !set.fits;
}

void Ui::header(std::string_view bold, std::string_view beside, std::string_view right) {
  draw_header(*this, bold, beside, right);
}

void draw_header(Ui& ui, std::string_view bold, std::string_view beside, std::string_view right) {
  Frame::Inner& in = ui.frame().inner();
  const Theme& t = *in.colours;
  Rect line = in.title_line();
  const float small = in.em(8.5f), least = in.least_em();
  const auto part = [&](std::string_view words, Rect box, const Setting& s, const char* id) {
    if (words.empty()) return;
    const Set set = in.set(box, words, s);
    Widget& w = in.put(Kind::text, id, box, words);
    w.font_px = set.em_px, w.fg = s.colour, w.bg = t.paper, w.cut = !set.fits;
  };
  Setting strong{.weight = Weight::bold,
                 .em = in.em(13),
                 .least = in.em(10),
                 .lines = 1,
                 .line = 1.2f,
                 .middle = true,
                 .colour = t.ink};
  Setting quiet{.weight = Weight::regular,
                .em = small,
                .least = least,
                .lines = 1,
                .line = 1.2f,
                .middle = true,
                .colour = t.ink2};
  Setting clock = quiet;
  clock.weight = Weight::bold;
  clock.align = Align::right;
  const float right_width = std::min(in.measure(right, clock, 1e6f).width + 1, line.w * 0.45f);
  const float bold_width = std::min(in.measure(bold, strong, 1e6f).width + 1, line.w * 0.4f);
  if (!right.empty()) {
    clock.lines = 2;
    part(right, line.cut_right(right_width, 5), clock, "clock");
  }
  // Baselines agree: the quiet name hangs a little lower than its box's middle.
  part(bold, line.cut_left(bold_width, 4), strong, "place");
  if (!beside.empty()) {
    line.y += in.em(13) * 0.38f - small * 0.38f;
    quiet.lines = line.w < in.measure(beside, quiet, 1e6f).width ? 2 : 1;
    if (quiet.lines == 2) line.y -= in.em(13) * 0.38f - small * 0.38f;
    part(beside, line, quiet, "place_name");
  }
}

void draw_bar(Ui& ui, std::span<const Card> cards) {
  Frame::Inner& in = ui.frame().inner();
  in.end_content();  // helpers stay where they are while screens come and go
  if (cards.empty()) return;
  const Rect all = ui.glass();
  const float m = ui.margin();
  const float room = all.w - 2 * m - space::gap * static_cast<float>(cards.size() - 1), equal = room / static_cast<float>(cards.size());
  // As wide as its word needs beside a small picture, so that no word is broken; the rest is shared. Where all need less, all are alike.
  std::vector<float> wide;
  float needed = 0, longest = 0;
  for (const Card& card : cards) {
    const Setting bold{.weight = Weight::bold, .lines = 1};
    const float em = std::max(in.least_em(), card.filled ? 10 * in.glass.reading_scale() : 0.0f);
    Setting word = bold;
    word.em = word.least = em;
    wide.push_back(std::max(space::target, in.measure(card.label, word, 1e6f).width + 13.5f));
    needed += wide.back();
    longest = std::max(longest, wide.back());
  }
  const float more = std::max(0.0f, room - needed) / static_cast<float>(cards.size());
  float x = m;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    Card card = cards[i];
    card.main = false;
    const float w = longest <= equal ? equal : needed <= room ? wide[i] + more : wide[i] * room / needed;
    ui.button({x, all.h - m - space::bar, w, space::bar}, card);
    x += w + space::gap;
  }
}

}  // namespace ui
