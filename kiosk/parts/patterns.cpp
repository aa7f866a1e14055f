#include "parts/patterns.h"

#include "base/almanac.h"
#include "parts/identify.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace parts {

using ui::Rect;

Cells cells_for(const ui::Ui& ui, Rect area, float least_w, float least_h, int most) {
  const float gap = ui.gap();
  Cells best;
  best.columns = std::max(1, static_cast<int>((area.w + gap) / (least_w + gap)));
  best.rows = std::max(1, static_cast<int>((area.h + gap) / (least_h + gap)));
  // Fewer but larger cells rather than more than a person can look over.
  while (best.count() > most) {
    const float w = area.w / static_cast<float>(best.columns), h = area.h / static_cast<float>(best.rows);
    if ((w <= h * 1.1f && best.columns > 1) || best.rows == 1) --best.columns;
    else --best.rows;
  }
  return best;
}

int page_of(const Draft& draft, std::string_view list) {
  const auto& pages = draft.of<Pages>().at;
  const auto found = pages.find(std::string(list));
  return found == pages.end() ? 0 : found->second;
}

bool turned(Draft& draft, std::string_view list, const Tap& tap) {
  if (tap.id != "page_next" && tap.id != "page_previous") return false;
  auto& page = draft.of<Pages>().at[std::string(list)];
  page = std::max(0, page + (tap.id == "page_next" ? 1 : -1));
  return true;
}

namespace {

// Takes the strip with the two arrows off the area when there is more than one page. Arrows that lead nowhere do not exist.
Rect with_arrows(ui::Ui& ui, Rect area, int page, int pages) {
  if (pages <= 1) return area;
  const bool below = area.w < area.h;
  const float gap = ui.gap(), thick = ui.staff() ? 20.0f : below ? 30.0f : 32.0f;
  Rect strip = below ? area.cut_bottom(thick, gap) : area.cut_right(thick, gap);
  Rect middle = strip;
  const auto arrow = [&](Rect r, const char* id, const char* drawn, const char* key) {
    ui::Card c;
    c.id = id;
    c.picture = ui::drawn(drawn);
    c.label = r.h >= 28 && r.w >= 28 && !ui.staff() ? ui.say(key) : "";
    c.voice = key;
    c.main = false;
    ui.card(r, c);
  };
  const float dots = 8;
  if (below) {
    const float w = (strip.w - dots * 2 - gap * 2) / 2;
    const Rect left = middle.cut_left(w, gap), right = middle.cut_right(w, gap);
    if (page > 0) arrow(left, "page_previous", "arrow_left", "parts.page.previous");
    if (page + 1 < pages) arrow(right, "page_next", "arrow_right", "parts.page.next");
  } else {
    const float h = std::max(20.0f, (strip.h - dots - gap * 2) / 2);
    const Rect top = middle.cut_top(h, gap), bottom = middle.cut_bottom(h, gap);
    if (page > 0) arrow(top, "page_previous", "arrow_left", "parts.page.previous");
    if (page + 1 < pages) arrow(bottom, "page_next", "arrow_right", "parts.page.next");
  }
  ui.page_dots(middle, page, pages);
  return area;
}

int clamped(const Draft& draft, std::string_view list, int pages) { return std::clamp(page_of(draft, list), 0, std::max(0, pages - 1)); }

}  // namespace

void card_page(ui::Ui& ui, Rect area, std::string_view list, const Draft& draft, std::span<const ui::Card> cards) {
  if (cards.empty()) return;
  const int n = static_cast<int>(cards.size());
  const bool tall = area.h > area.w;
  int columns = 0, rows = 0, a_page = n;
  if (n <= 7) {
    columns = tall ? (n <= 3 ? 1 : 2) : n <= 3 ? n : n == 4 ? (area.w > area.h * 2.4f ? 4 : 2) : n <= 6 ? 3 : 4;
    rows = (n + columns - 1) / columns;
  } else {
    columns = tall ? 2 : 3;
    rows = tall ? 3 : 2;
    a_page = 6;
  }
  // What would be under 30 mm goes to another page instead of getting smaller.
  while (rows > 1 && (area.h - ui.gap() * static_cast<float>(rows - 1)) / static_cast<float>(rows) < 30.0f) {
    --rows;
    a_page = columns * rows;
  }
  const int pages = (n + a_page - 1) / a_page, page = clamped(draft, list, pages);
  area = with_arrows(ui, area, page, pages);
  auto places = ui::grid(area, columns, rows, ui.gap());
  const int first = page * a_page, last = std::min(n, first + a_page);
  // A row that is not full stands in the middle, so that nothing looks missing.
  for (int i = first; i < last; ++i) {
    auto place = places[static_cast<std::size_t>(i - first)];
    const int row = (i - first) / columns, in_row = std::min(columns, last - first - row * columns);
    if (pages == 1 && in_row < columns) place.x += (place.w + ui.gap()) * static_cast<float>(columns - in_row) / 2;
    ui.card(place, cards[static_cast<std::size_t>(i)]);
  }
}

namespace {

// Two who are called alike - 李婶 and 李婶 - are told apart by ear: by their whole names.
ui::Face told_apart(std::span<const ui::Face> faces, int i) {
  ui::Face one = faces[static_cast<std::size_t>(i)];
  if (std::ranges::count(faces, one.voice, &ui::Face::voice) > 1) one.voice = one.name;
  return one;
}

}  // namespace

void face_page(ui::Ui& ui, Rect area, std::string_view list, const Draft& draft, std::span<const ui::Face> faces) {
  if (faces.empty()) return;
  const int n = static_cast<int>(faces.size());
  const int most = ui.staff() ? 36 : ui.compact() ? 8 : 12;
  if (ui.staff()) {
    // A roll wants everybody on one page: the arrangement with the largest tiles of those that keep 20 mm.
    Cells best{0, 0};
    float best_size = 0;
    for (int rows = 1; rows <= static_cast<int>((area.h + ui.gap()) / (20 + ui.gap())); ++rows) {
      const int columns = (n + rows - 1) / rows;
      const float w = (area.w - ui.gap() * static_cast<float>(columns - 1)) / static_cast<float>(columns);
      const float h = (area.h - ui.gap() * static_cast<float>(rows - 1)) / static_cast<float>(rows);
      if (w >= 24 && std::min(w / 1.3f, h) > best_size) {
        best = {columns, rows};
        best_size = std::min(w / 1.3f, h);
      }
    }
    if (best.columns > 0 && n <= most) {
      const auto places = ui::grid(area, best.columns, best.rows, ui.gap());
      for (int i = 0; i < n; ++i) ui.face(places[static_cast<std::size_t>(i)], told_apart(faces, i));
      return;
    }
  }
  auto cells = cells_for(ui, area, ui.staff() ? 26.0f : 36.0f, ui.staff() ? 20.0f : 34.0f, most);
  if (n > cells.count()) {
    Rect smaller = area;
    if (area.w < area.h) smaller.cut_bottom(30, ui.gap()); else smaller.cut_right(ui.staff() ? 20 : 32, ui.gap());
    cells = cells_for(ui, smaller, ui.staff() ? 22.0f : 30.0f, ui.staff() ? 20.0f : 30.0f, most);
  } else {
    // Few faces are shown large: as few columns as keep the shape of a portrait.
    while (cells.columns > 1 && (cells.columns - 1) * cells.rows >= n && area.w / static_cast<float>(cells.columns) < area.h / static_cast<float>(cells.rows)) --cells.columns;
    while (cells.rows > 1 && cells.columns * (cells.rows - 1) >= n) --cells.rows;
    while (cells.rows == 1 && cells.columns > n) --cells.columns;
  }
  const int a_page = cells.count(), pages = (n + a_page - 1) / a_page, page = clamped(draft, list, pages);
  area = with_arrows(ui, area, page, pages);
  const auto places = ui::grid(area, cells.columns, cells.rows, ui.gap());
  for (int i = page * a_page; i < std::min(n, (page + 1) * a_page); ++i) {
    auto place = places[static_cast<std::size_t>(i - page * a_page)];
    const float widest = place.h * 1.15f;  // a face keeps its shape
    if (place.w > widest && !ui.staff()) place = place.centred(widest, place.h);
    ui.face(place, told_apart(faces, i));
  }
}

void nothing_here(ui::Ui& ui, Rect area, const ui::Picture& picture, std::string_view text) {
  const auto type = ui.staff() ? ui::Type::staff_title : ui::Type::title;
  const float words = std::min(ui.text_height(text, area.w, type, ui::Weight::bold), area.h), gap = ui.gap();
  const float side = std::min({ui.staff() ? 40.0f : 60.0f, area.h - words - gap, area.w});
  if (side < 16) {
    ui.text(area, text, {.type = type, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  Rect middle = area.centred(area.w, side + gap + words);
  ui.picture(middle.cut_top(side, gap).centred(side, side), picture);
  ui.text(middle, text, {.type = type, .weight = ui::Weight::bold, .align = ui::Align::centre});
}

void row_page(ui::Ui& ui, Rect area, std::string_view list, const Draft& draft, std::span<const ui::Row> rows, std::string_view empty_text) {
  if (rows.empty()) {
    nothing_here(ui, area, ui::emoji("🍃"), empty_text);
    return;
  }
  const int n = static_cast<int>(rows.size());
  // 24 mm, and more where text is larger or words are long: all rows of a list are as high as the one that needs most.
  const float gap = 4;
  float high = std::max(24.0f, ui.em(ui::Type::staff) * 3.7f);
  const bool several = static_cast<float>(n) * (high + gap) > area.h + gap && area.w >= area.h;
  for (const auto& row : rows.first(std::min<std::size_t>(rows.size(), 200))) high = std::max(high, ui.row_height(area.w - (several ? 20 + ui.gap() : 0), row));
  const int a_page = std::max(1, static_cast<int>((area.h + gap) / (high + gap)));
  const int pages = (n + a_page - 1) / a_page, page = clamped(draft, list, pages);
  area = with_arrows(ui, area, page, pages);
  const int shown = std::max(1, static_cast<int>((area.h + gap) / (high + gap)));
  for (int i = page * a_page; i < std::min(n, page * a_page + std::min(a_page, shown)); ++i) ui.row(area.cut_top(high, gap), rows[static_cast<std::size_t>(i)]);
}

ui::Type largest_line(const ui::Ui& ui, std::string_view text, float width, float high) {
  for (const auto type : {ui::Type::figure, ui::Type::title})
    if (ui.line(type) <= high && ui.text_width(text, type, ui::Weight::bold) + 1 <= width) return type;
  return ui::Type::label;
}

namespace {

// What a receipt or a question is about: a person's portrait, or a picture on a white card as large as its drawing can be.
void show_subject(ui::Ui& ui, Rect box, const ui::Picture& picture, ui::Tint tint) {
  if (!picture.portrait.empty() || !picture.photo.empty()) {
    ui.photo(box, picture, tint);
    return;
  }
  ui.panel(box, ui::Tint::neutral);
  ui.picture(box.inset(box.w * 0.13f), picture);
}
float subject_side(const ui::Picture& picture, float side) {
  return picture.portrait.empty() && picture.photo.empty() ? std::min(side, 72.0f) : side;
}

}  // namespace

void receipt(ui::Ui& ui, const Draft& draft, const Receipt& r) {
  Rect area = ui.body();
  const float button = ui.compact() ? 30.0f : 34.0f;
  Rect buttons = area.cut_bottom(button, ui.gap());
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui.panel(area, r.tint);
  // As large as the panel holds: first everything large, then the words smaller, then the picture gives way. Nothing leaves the panel.
  struct Sizes { ui::Type head, line; float picture, inset, between; };
  static constexpr Sizes tries[] = {{ui::Type::figure, ui::Type::title, 1, 0, 4},        {ui::Type::title, ui::Type::label, 1, 0, 3},         {ui::Type::title, ui::Type::label, 0.8f, 2, 2}, {ui::Type::label, ui::Type::label, 0.8f, 2, 2},
                                    {ui::Type::label, ui::Type::sentence, 0.7f, 3, 1.5f}, {ui::Type::sentence, ui::Type::sentence, 0.5f, 3, 1}};
  Rect inside, shown;
  const auto helped = r.ticked ? helped_line(ui, draft) : std::string{};
  float side = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, between = 0, all = 0;
  Sizes sizes = tries[0];
  for (const auto& tried : tries) {
    sizes = tried;
    inside = area.inset(std::max(2.0f, ui.margin() - tried.inset));
    side = subject_side(r.picture, tried.picture * (ui.portrait() ? std::min(inside.w * 0.5f, inside.h * 0.45f) : std::min(inside.h, inside.w * 0.34f)));
    shown = ui.portrait() ? inside.cut_top(side, ui.gap()).centred(side, side) : inside.cut_left(side, ui.gap() * 1.6f).centred(side, side);
    const auto height = [&](const std::string& text, ui::Type type, ui::Weight weight) { return text.empty() ? 0.0f : ui.text_height(text, inside.w, type, weight); };
    h1 = height(r.headline, tried.head, ui::Weight::bold), h2 = height(r.line, tried.line, ui::Weight::bold), h3 = height(r.small, ui::Type::sentence, ui::Weight::regular), h4 = height(helped, ui::Type::sentence, ui::Weight::regular);
    between = tried.between;
    all = h1;
    for (const float h : {h2, h3, h4}) all += h > 0 ? h + between : 0;
    // The largest is for what stands in one line.
    if (tried.head == ui::Type::figure && h1 > ui.line(ui::Type::figure) * 1.2f) continue;
    if (all <= inside.h) break;
  }
  // On a tall glass picture and words stand in the middle together.
  if (const float spare = ui.portrait() ? std::max(0.0f, inside.h - all) / 2 : 0; spare > 0) {
    shown.y += spare;
    inside.y += spare;
    inside.h -= spare;
  }
  show_subject(ui, shown, r.picture, r.tint);
  if (r.ticked) {
    const float disc = std::clamp(side * 0.34f, 14.0f, 26.0f);
    // Over the picture's corner, and never over the words beside it.
    const float beside = ui.portrait() ? disc : ui.gap() * 1.6f - 2.5f;
    ui.tick({shown.right() - std::max(disc * 0.62f, disc - beside), shown.y - disc * 0.30f, disc, disc});
  }
  const auto align = ui.portrait() ? ui::Align::centre : ui::Align::left;
  // On the smallest glass with the largest text the last lines are too many: the voice says them, nothing is cut.
  if (all > inside.h && h3 > 0 && h2 > 0) all -= h3 + between, h3 = 0;
  if (all > inside.h && h4 > 0) all -= h4 + between, h4 = 0;
  Rect lines = ui.portrait() ? inside : inside.centred(inside.w, std::min(all, inside.h));
  const auto show = [&](const std::string& text, float h, ui::TextStyle style) {
    if (text.empty() || h <= 0) return;
    style.align = align;
    ui.text(lines.cut_top(h, between), text, style);
  };
  show(r.headline, h1, {.type = sizes.head, .weight = ui::Weight::bold, .tint = r.tint});
  show(r.line, h2, {.type = sizes.line, .weight = ui::Weight::bold, .tint = r.tint});
  show(r.small, h3, {.type = ui::Type::sentence, .second = true, .tint = r.tint});
  show(helped, h4, {.type = ui::Type::sentence, .second = true, .tint = r.tint});

  ui::Card done;
  done.id = "done";
  done.label = r.done_label.empty() ? ui.say("parts.receipt.done") : r.done_label;
  done.picture = ui::drawn("tick");
  done.filled = true;
  done.tint = ui::Tint::hardship;
  if (!r.undo_label.empty()) {
    ui::Card undo;
    undo.id = "undo";
    undo.label = r.undo_label;
    undo.picture = ui::drawn("cross");
    Rect left = buttons.cut_left(r.more.id.empty() ? (buttons.w - ui.gap()) * 0.48f : (buttons.w - 2 * ui.gap()) / 3, ui.gap());
    ui.button(left, undo);
  }
  if (!r.more.id.empty()) ui.button(buttons.cut_left((buttons.w - ui.gap()) / 2, ui.gap()), r.more);
  ui.button(buttons, done);
}

void confirm(ui::Ui& ui, const Confirm& c) {
  Rect area = ui.body();
  Rect buttons = area.cut_bottom(ui.compact() ? 30.0f : 34.0f, ui.gap());
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui.panel(area, c.tint);
  Rect inside = area.inset(ui.margin());
  const float side = subject_side(c.picture, ui.portrait() ? std::min(inside.w * 0.4f, inside.h * 0.35f) : std::min(inside.h, inside.w * 0.28f));
  const float beside = ui.portrait() ? inside.w : inside.w - side - ui.gap() * 1.6f, high = ui.portrait() ? inside.h - side - ui.gap() : inside.h;
  float below = 0;
  for (const auto& line : c.lines) below += ui.text_height(line, beside, ui::Type::sentence) + 1.5f;
  const auto head = largest_line(ui, c.headline, beside, high - below);
  const float h1 = ui.text_height(c.headline, beside, head, ui::Weight::bold), all = std::min(high, h1 + 1.5f + below);
  // On a tall glass picture and words stand in the middle together.
  if (ui.portrait()) inside = inside.centred(inside.w, std::min(inside.h, side + ui.gap() + all));
  const auto align = ui.portrait() ? ui::Align::centre : ui::Align::left;
  Rect shown = ui.portrait() ? inside.cut_top(side, ui.gap()).centred(side, side) : inside.cut_left(side, ui.gap() * 1.6f).centred(side, side);
  show_subject(ui, shown, c.picture, c.tint);
  Rect lines = ui.portrait() ? inside : inside.centred(inside.w, all);
  ui.text(lines.cut_top(h1, 1.5f), c.headline, {.type = head, .weight = ui::Weight::bold, .align = align, .tint = c.tint});
  for (const auto& line : c.lines) ui.text(lines.cut_top(ui.text_height(line, inside.w, ui::Type::sentence), 1.5f), line, {.align = align, .tint = c.tint});
  ui::Card yes, no;
  yes.id = "yes";
  yes.label = c.yes_label.empty() ? ui.say("parts.confirm.yes") : c.yes_label;
  yes.picture = ui::drawn("tick");
  yes.filled = true;
  yes.tint = ui::Tint::hardship;
  no.id = "no";
  no.label = c.no_label.empty() ? ui.say("parts.confirm.no") : c.no_label;
  no.picture = ui::drawn("cross");
  // What goes on is green, larger, and at the right, as on a receipt: the hand finds it at one place.
  const Rect left = buttons.cut_left((buttons.w - ui.gap()) * 0.42f, ui.gap());
  if (c.grave) {
    yes.filled = false;
    yes.tint = ui::Tint::urgent;
    yes.picture = c.picture;
    no.filled = true;
    no.tint = ui::Tint::hardship;
  }
  ui.button(left, c.grave ? yes : no);
  ui.button(buttons, c.grave ? no : yes);
}

ui::Picture picture_of(const village::FaceOf& face) {
  ui::Picture p;
  p.portrait = face.portrait;
  p.photo = face.photo;
  if (face.portrait.empty() && face.photo.empty()) {
    const auto name = base::to_utf32(face.name);
    p.initial = name.empty() ? "" : base::to_utf8(name.substr(0, 1));
  }
  return p;
}

ui::Tint tint_of(std::string_view group) {
  if (group == "elder") return ui::Tint::elder;
  if (group == "woman") return ui::Tint::woman;
  if (group == "child") return ui::Tint::child;
  if (group == "hardship") return ui::Tint::hardship;
  return ui::Tint::neutral;
}

ui::Face face_tile(const village::FaceOf& face, std::string prefix) {
  ui::Face f;
  f.id = std::move(prefix) + face.id.text();
  f.name = face.name;
  f.picture = picture_of(face);
  f.tint = tint_of(face.tint);
  f.voice = face.called;
  return f;
}

std::string day_word(const base::Words& words, base::Day day, base::Day today) { return base::day_text(words, today, day); }
std::string day_said(const base::Words& words, base::Day day, base::Day today) { return base::day_said(words, today, day); }
std::string lunar_word(const base::Words& words, base::Day day) { return base::lunar_text(words, base::lunar(base::date_of(day))); }
std::string time_word(const base::Words& words, base::Minutes of_day) {
  return base::clock_words(words, static_cast<int>(of_day.count() / 60), static_cast<int>(of_day.count() % 60));
}
std::string hours_word(const base::Words& words, base::Minutes from, base::Minutes until) {
  const auto hour = [](base::Minutes m) { return static_cast<int>(m.count() / 60); };
  const auto minute = [](base::Minutes m) { return static_cast<int>(m.count() % 60); };
  return base::clock_span(words, hour(from), minute(from), hour(until), minute(until));
}
std::string solar_word(const base::Words& words, base::Day day) {
  return words.text("almanac.date.with_weekday", {{"date", base::date_text(words, base::date_of(day))}, {"weekday", words.text(base::weekday_key(base::weekday_of(day)))}});
}

ui::Leaf leaf_unsure(const base::Words& words) {
  ui::Leaf leaf;
  leaf.head = words.text("parts.clock.leaf");
  leaf.big = "?";
  return leaf;
}

ui::Leaf leaf_of(const base::Words& words, base::Day day, std::string_view market_rule) {
  const auto rule = base::parse_market_rule(market_rule.empty() ? "none" : market_rule);
  const auto facts = base::day_facts(base::date_of(day), rule ? *rule : base::MarketRule{});
  ui::Leaf leaf;
  if (words.chinese()) {
    leaf.head = base::lunar_month_zh(facts.lunar.month, facts.lunar.leap);
    leaf.big = base::lunar_day_zh(facts.lunar.day);
  } else {
    leaf.head = words.text("parts.leaf.month", {{"month", std::to_string(facts.lunar.month)}});
    leaf.big = std::to_string(facts.lunar.day);
  }
  leaf.market = facts.market;
  if (facts.market) leaf.foot = words.text("parts.leaf.market");
  else if (facts.festival) leaf.foot = words.text(base::festival_key(*facts.festival));
  else if (facts.term) leaf.foot = words.text(base::term_key(*facts.term));
  return leaf;
}

}  // namespace parts
