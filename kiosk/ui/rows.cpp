// Staff's lists: a row with its actions, and the number card that opens a list.
#include "ui/inner.h"

#include <algorithm>

namespace ui {
namespace {

float chip_width(Frame::Inner& in, std::string_view words, bool amber) {
  if (words.empty()) return 0;
  const Setting s{.weight = Weight::bold, .em = in.em(6.5f), .least = in.least_em(), .lines = 1, .line = 1.2f};
  return in.measure(words, s, 1e6f).width + 3.6f + (amber ? s.em * 0.95f : 0);
}

// A small word on a coloured ground; its width in mm is given back.
float chip(Frame::Inner& in, float x, float y, std::string_view words, Tint tint, bool amber, float most_width) {
  const Theme& t = *in.colours;
  const Setting s{.weight = Weight::bold,
                  .em = in.em(6.5f),
                  .least = in.least_em(),
                  .lines = 1,
                  .line = 1.2f,
                  .align = Align::centre,
                  .middle = true,
                  .colour = amber ? 0x1F1A14 : t.ink};
  const float height = s.em * 1.34f, icon = amber ? s.em * 0.95f : 0;
  const float width = std::min(most_width, chip_width(in, words, amber));
  const Rect r{x, y, width, height};
  in.fill(r, amber ? t.amber : tint == Tint::neutral ? t.sunk : t.of(tint).soft, 1.6f);
  if (!amber) in.border(r, t.of(tint).border, 0.4f, 1.6f);
  if (amber) in.icon({x + 1.2f, y + (height - icon) / 2, icon, icon}, "clock", 0x1F1A14);
  const Rect text{x + icon, y, width - icon, height};
  const Set set = in.set(text, words, s);
  Widget& w = in.put(Kind::text, {}, r, words);
  w.font_px = set.em_px, w.fg = s.colour,
  w.bg = amber                   ? t.amber
         : tint == Tint::neutral ? t.sunk
                                 : t.of(tint).soft,
  w.cut = !set.fits;
  return width;
}

}  // namespace

namespace {

constexpr float row_pad = 2;

float action_width(Frame::Inner& in, const RowAction& action, float row_width) {
  const Setting s{.weight = Weight::bold, .em = in.em(7), .least = in.least_em(), .lines = 1};
  return std::max(space::target, std::clamp(in.measure(action.label, s, 1e6f).width + 8, space::target + 6, row_width * 0.22f));
}

// What chips and meter take from the words of a row that has so much room; at most, for chips may also stand above each other.
float chips_room(Frame::Inner& in, const Row& row, float room) {
  const float meter = row.meter >= 0 ? std::min(26.0f, room * 0.2f) : 0;
  const float late = row.overdue ? chip_width(in, row.overdue_word, true) + 2 : 0, chips = std::max(meter, late + chip_width(in, row.status, false));
  return chips > 0 ? std::min(chips + 0.5f, room * 0.6f) + 3 : 0;
}

}  // namespace

float Ui::row_height(float width, const Row& row) const {
  Frame::Inner& in = frame_.inner();
  float words = width - 2 * (row_pad + 1);
  for (const auto& action : row.actions) words -= action_width(in, action, width) + space::gap_staff;
  if (row.overdue) words -= 3.2f;
  words -= chips_room(in, row, words);
  const Setting least{.weight = Weight::bold, .em = in.least_em(), .least = in.least_em(), .lines = 2, .line = 1.15f};
  return in.measure(row.line, least, words).height + (row.sub.empty() ? 0 : in.measure(row.sub, least, words).height) + 2 * row_pad;
}

void Ui::row(Rect r, const Row& row) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const float least = in.least_em();
  // The actions are targets of their own, so the row's own target ends before them.
  Rect rest = r;
  const float pad = row_pad, gap = space::gap_staff;
  std::vector<Rect> action_places;
  const float action_height = std::max(space::target, r.h - 2 * pad);
  for (std::size_t i = row.actions.size(); i-- > 0;) {
    action_places.insert(action_places.begin(), rest.cut_right(action_width(in, row.actions[i], r.w), gap));
  }
  const bool touchable = !row.id.empty();
  const Stand stand = in.target(rest, row.id, touchable);
  const float radius = 3;
  if (touchable) {
    in.ground(rest, Tint::neutral, State::normal, false, stand, radius, true);
  } else {
    in.fill(rest, t.card, radius);
  }
  Rect box = rest;
  box.y += space::press_down * stand.press;
  if (row.overdue) {
    // Amber always with ink and a shape: a bar at the edge, a clock and the word.
    const Px p = in.snap({box.x, box.y, 3.2f, box.h});
    in.list->AddRectFilled(p.min(), p.max(), col(t.amber), in.px(radius), ImDrawFlags_RoundCornersLeft);
    const Px ink = in.snap({box.x + 3.2f, box.y + in.mm(2), in.mm(2), box.h - in.mm(4)});
    in.list->AddRectFilled(ink.min(), ink.max(), col(t.ink));
    box.cut_left(3.2f);
  }
  box = box.inset(pad + 1, pad);
  // Where words and picture are too much for a narrow row, the words stay.
  const auto words_stand_in = [&](float wide) {
    const Setting smallest{.weight = Weight::bold, .em = least, .least = least, .lines = 2, .line = 1.1f};
    const Set line_set = in.measure(row.line, smallest, wide), sub_set = in.measure(row.sub, smallest, wide);
    return line_set.fits && sub_set.fits && line_set.height + (row.sub.empty() ? 0 : sub_set.height) <= box.h + 1;
  };
  const float room = box.w - chips_room(in, row, box.w);
  const bool pictured = !row.picture.empty() && (words_stand_in(room - std::min(box.h, 18.0f) - 3) || !words_stand_in(room));
  if (pictured) {
    const float side = std::min(box.h, 18.0f);
    const Rect place = box.cut_left(side, 3).centred(side, side);
    Picture picture = row.picture;
    in.show(place, picture, Tint::staff, t.ink, false, 3);
  }
  // A narrow row has its words; the meter only repeats what they say.
  const float meter = box.w > 90 ? row.meter : -1;
  const bool status_fits = box.w > 90 || (!row.overdue && box.w - chip_width(in, row.status, false) > 62);
  const std::string status_word = status_fits ? row.status : std::string{};
  const bool chips = !status_word.empty() || row.overdue || meter >= 0;
  // As wide as its chips need, beside each other if the row cannot hold them above each other.
  const float late = row.overdue ? chip_width(in, row.overdue_word, true) : 0,
              status = chip_width(in, status_word, false);
  const bool stacked = 2 * in.em(6.5f) * 1.34f + 1.4f + (meter >= 0 ? 4.6f : 0) <= box.h;
  const float chips_width = stacked ? std::max(late, status) : late + status + (late > 0 && status > 0 ? 2 : 0);
  Rect side =
      chips ? box.cut_right(std::min(std::max(chips_width + 0.5f, meter >= 0 ? std::min(26.0f, box.w * 0.2f) : 0.0f), box.w * 0.6f), 3)
            : Rect{};
  const Setting strong{.weight = Weight::bold,
                       .em = in.em(7.2f),
                       .least = least,
                       .lines = row.sub.empty() ? 2 : 1,
                       .line = 1.25f,
                       .colour = t.ink};
  Setting quiet{
      .weight = Weight::regular, .em = in.em(6.5f), .least = least, .lines = 2, .line = 1.25f, .colour = t.ink2};
  // A number to be called is read in one line.
  if (row.sub.find_first_not_of("0123456789") == std::string::npos) quiet.lines = 1;
  Setting one = strong;
  Set l = in.measure(row.line, one, box.w, box.h);
  if (!l.fits && !row.sub.empty()) one.lines = 2, one.line = 1.1f, l = in.measure(row.line, one, box.w, box.h);
  Set s = in.measure(row.sub, quiet, box.w, box.h - l.height + 0.5f);
  if (!s.fits || l.height + s.height > box.h) {
    // A row keeps its height when its words grow: they give way, down to the floor.
    const float share = std::clamp(box.h / (l.height + std::max(s.height, quiet.em * quiet.line)), 0.5f, 1.0f);
    one.em = std::max(least, one.em * share), one.line = 1.1f;
    quiet.em = std::max(least, quiet.em * share), quiet.line = 1.15f;
    const auto again = [&] {
      l = in.measure(row.line, one, box.w, box.h);
      s = in.measure(row.sub, quiet, box.w, box.h - l.height + 1);
    };
    again();
    if (!l.fits || !s.fits || l.height + s.height > box.h + 1) one.em = quiet.em = least, again();
  }
  const float top = box.y + (box.h - l.height - s.height) / 2;
  const Set set = in.set({box.x, top, box.w, l.height + 0.2f}, row.line, one);
  float em_px = set.em_px;
  bool fits = set.fits && l.height + s.height <= box.h + 1.0f;
  if (!row.sub.empty()) {
    const Set second = in.set({box.x, top + l.height, box.w, s.height + 0.2f}, row.sub, quiet);
    em_px = std::min(em_px, second.em_px), fits = fits && second.fits;
  }
  Widget& w = in.put(touchable ? Kind::target : Kind::text, row.id,
                     touchable ? rest : Rect{box.x, top, box.w, l.height + s.height},
                     row.sub.empty() ? row.line : row.line + " " + row.sub);
  w.font_px = em_px, w.fg = t.ink, w.bg = t.card, w.border = touchable ? t.of(Tint::neutral).border : 0;
  w.picture = picture_name(row.picture), w.voice = row.line, w.state = row.overdue ? "overdue" : "normal",
  w.cut = !fits;
  w.personal = true;

  if (chips) {
    const float chip_height = in.em(6.5f) * 1.34f, meter_height = meter >= 0 ? 3.2f : 0;
    const int count = (status_word.empty() ? 0 : 1) + (row.overdue ? 1 : 0);
    const float between = 1.4f;
    const bool beside = count == 2;
    float height = (count > 0 ? chip_height : 0) + (meter_height > 0 ? meter_height + between : 0);
    float y = side.y + (side.h - height) / 2, x = side.x;
    if (beside && stacked) {
      height += chip_height + between;
      y = side.y + (side.h - height) / 2;
      chip(in, x, y, row.overdue_word, Tint::urgent, true, side.w);
      y += chip_height + between;
      chip(in, x, y, status_word, row.status_tint, false, side.w);
      y += chip_height + between;
    } else {
      if (row.overdue) x += chip(in, x, y, row.overdue_word, Tint::urgent, true, side.w) + 2;
      if (!status_word.empty()) chip(in, x, y, status_word, row.status_tint, false, side.right() - x);
      if (count > 0) y += chip_height + between;
    }
    if (meter_height > 0) {
      // Time allowed: four steps, as in the drawing of the queue.
      const float step = (std::min(side.w, 26.0f) - 3) / 4;
      for (int i = 0; i < 4; ++i) {
        const Rect bar{side.x + static_cast<float>(i) * (step + 1), y, step, meter_height};
        const bool on = meter * 4 > static_cast<float>(i) + 0.01f;
        in.fill(bar, on ? (row.overdue ? t.amber : t.ink2) : t.sunk, 0.8f);
        in.border(bar, t.ink2, 0.3f, 0.8f);
      }
    }
  }
  for (std::size_t i = 0; i < row.actions.size(); ++i) {
    if (row.actions[i].id.empty()) continue;
    const Rect place{action_places[i].x, r.y + (r.h - action_height) / 2, action_places[i].w, action_height};
    button(place, {.id = row.actions[i].id,
                   .label = row.actions[i].label,
                   .tint = row.actions[i].filled ? Tint::staff : Tint::neutral,
                   .main = false,
                   .voice = row.actions[i].label + "，" + row.line,  // heard alone, "I'll go" says not to whom
                   .filled = row.actions[i].filled});
  }
}

bool Ui::number_card(Rect r, const NumberCard& card) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const Stand stand = in.target(r, card.id);
  const auto g = in.ground(r, Tint::neutral, State::normal, false, stand);
  const float k = in.scale(), least = in.least_em(), pad = std::clamp(r.h * 0.1f, 2.5f, 6.0f);
  Rect box = g.rect.inset(pad);
  if (card.warn) {
    const Px p = in.snap({g.rect.x, g.rect.y, 3.6f, g.rect.h});
    in.list->AddRectFilled(p.min(), p.max(), col(t.amber), std::round(in.px(g.radius)),
                           ImDrawFlags_RoundCornersLeft);
    in.border(g.rect, g.border, 0.6f, g.radius);
    box.cut_left(2.5f);
  }
  const Setting label{.weight = Weight::bold,
                      .em = in.em(std::clamp(0.13f * r.h, 7.0f, 10.0f)),
                      .least = least,
                      .lines = 2,
                      .line = 1.15f,
                      .colour = t.ink2};
  const Setting sub{.weight = Weight::regular,
                    .em = in.em(std::clamp(0.11f * r.h, 6.5f, 8.5f)),
                    .least = least,
                    .lines = 2,
                    .line = 1.2f,
                    .colour = t.ink2};
  Setting figure{.weight = Weight::bold,
                 .em = std::clamp(0.36f * r.h, 12.0f, 30.0f) * k,
                 .least = least,
                 .lines = 1,
                 .line = 1.1f,
                 .colour = t.ink};
  const float side = std::min({box.h * 0.42f, 20.0f, box.w * 0.3f});
  if (!card.picture.empty())
    in.show({box.right() - side, box.y, side, side}, card.picture, card.tint, t.ink, false, 3);
  const float head = card.picture.empty() ? box.w : box.w - side - 2;
  const Set l = in.measure(card.label, label, head, box.h * 0.45f),
            s = in.measure(card.sub, sub, box.w, box.h * 0.4f);
  const Set f = in.measure(card.figure, figure, head, std::max(1.0f, box.h - l.height - s.height));
  const float spare = std::max(0.0f, box.h - l.height - f.height - s.height);
  Set set = in.set({box.x, box.y, head, l.height + 0.2f}, card.label, label);
  float em_px = set.em_px;
  bool fits = set.fits;
  const float y = box.y + l.height + spare / 2;
  set = in.set({box.x, y, head, f.height + 0.2f}, card.figure, figure);
  em_px = std::min(em_px, set.em_px), fits = fits && set.fits;
  if (!card.sub.empty()) {
    float x = box.x;
    if (card.warn) in.icon({x, box.bottom() - s.height, s.height, s.height}, "clock", t.ink), x += s.height + 1;
    set = in.set({x, box.bottom() - s.height, box.right() - x, s.height + 0.2f}, card.sub, sub);
    em_px = std::min(em_px, set.em_px), fits = fits && set.fits;
  }
  Widget& w =
      in.put(Kind::target, card.id, r, card.label + " " + card.figure + (card.sub.empty() ? "" : " " + card.sub));
  w.font_px = em_px, w.fg = t.ink2, w.bg = t.card, w.border = g.border;
  w.picture = picture_name(card.picture), w.voice = card.label, w.state = card.warn ? "warn" : "normal",
  w.cut = !fits;
  return stand.touched;
}

}  // namespace ui
