// Words, pictures and the two layouts that the screens of booking share.
#include "shapes/booking/screens/screens.h"

#include "base/almanac.h"

#include <algorithm>
#include <cstdlib>

namespace booking {

village::PersonId who(const parts::Draft& draft) {
  const auto& choice = draft.of<Choice>();
  return choice.person ? *choice.person : draft.of<parts::Session>().who.value_or(village::PersonId{});
}

ui::Picture picture_of(const village::OfferCode& code, bool identified) {
  const auto* offer = shapes::catalogue().offer(code);
  return ui::emoji(offer == nullptr ? "🏥" : offer->shown_picture(identified));
}

ui::Tint tint_of(const village::OfferCode& code) {
  const auto* offer = shapes::catalogue().offer(code);
  const auto* service = offer == nullptr ? nullptr : shapes::catalogue().service(offer->service);
  return service == nullptr ? ui::Tint::woman : parts::tint_of(service->group);
}

std::string what_of(const base::Words& words, const Booking& b) {
  if (!b.what.empty()) return b.what;
  const auto* offer = shapes::catalogue().offer(b.offer);
  return offer == nullptr ? words.text("booking.something") : words.text(offer->label_key(true));
}

ui::Picture picture_of(const store::Reader& reader, const Booking& b) {
  if (b.activity)
    if (const auto a = village::activity(reader, *b.activity); a && !a->picture.empty()) return ui::emoji(a->picture);
  return picture_of(b.offer, true);
}

std::string room_of(const parts::Ask& ask, village::SiteId at, const std::string& place) {
  const auto site = village::site(ask.reader, at);
  // At another house its name comes first, or she looks for the room here.
  auto where = place;
  if (site && (where.empty() || at != ask.session().site)) where = site->name + (where.empty() ? "" : " " + where);
  return ask.words.text("booking.confirm.place", {{"place", where}});
}

std::string when_of(const base::Words& words, base::Day day, base::Minutes start, base::Day today) {
  return words.text("booking.confirm.when", {{"day", parts::day_word(words, day, today)}, {"time", parts::time_word(words, start)}});
}

std::string sentence(const base::Words& words, std::string_view key, base::Day day, base::Minutes start, base::Day today) {
  return words.text(key, {{"day", parts::day_said(words, day, today)}, {"time", parts::time_word(words, start)}});
}

std::string when_short(const base::Words& words, base::Day day, base::Minutes start, base::Day today) {
  const bool near = std::abs((day - today).count()) <= 6;
  return words.text("booking.confirm.when", {{"day", near ? parts::day_word(words, day, today) : base::date_text(words, base::date_of(day))}, {"time", parts::time_word(words, start)}});
}

void paged(ui::Ui& ui, ui::Rect area, std::string_view list, const parts::Draft& draft, int n, int columns, int rows, const std::function<void(ui::Rect, int)>& one) {
  const int a_page = columns * rows, pages = std::max(1, (n + a_page - 1) / a_page), page = std::clamp(parts::page_of(draft, list), 0, pages - 1);
  if (pages > 1) {
    const float gap = ui.gap();
    const auto arrow = [&](ui::Rect r, bool next) {
      ui::Card c;
      c.id = next ? "page_next" : "page_previous";
      c.picture = ui::drawn(next ? "arrow_right" : "arrow_left");
      c.voice = next ? "parts.page.next" : "parts.page.previous";
      c.main = false;
      ui.card(r, c);
    };
    ui::Rect strip = ui.portrait() ? area.cut_bottom(30, gap) : area.cut_right(ui.compact() ? 24.0f : 32.0f, gap);
    const ui::Rect first = ui.portrait() ? strip.cut_left((strip.w - 2 * gap - 16) / 2, gap) : strip.cut_top((strip.h - 2 * gap - 8) / 2, gap);
    const ui::Rect second = ui.portrait() ? strip.cut_right(first.w, gap) : strip.cut_bottom(first.h, gap);
    if (page > 0) arrow(first, false);
    if (page + 1 < pages) arrow(second, true);
    ui.page_dots(strip, page, pages);
  }
  const auto cells = ui::grid(area, columns, rows, ui.gap());
  for (int i = page * a_page; i < std::min(n, (page + 1) * a_page); ++i) one(cells[static_cast<std::size_t>(i - page * a_page)], i);
}

void nothing(ui::Ui& ui, ui::Rect area, const std::string& text) {
  const auto type = ui.text_height(text, area.w, ui::Type::label, ui::Weight::bold) <= area.h * 0.6f ? ui::Type::label : ui::Type::sentence;
  const float high = ui.text_height(text, area.w, type, ui::Weight::bold);
  const float side = std::min({area.h * 0.4f, 50.0f, area.h - high - ui.gap()});
  const bool pictured = side > 12;
  ui::Rect middle = area.centred(area.w, std::min(area.h, high + (pictured ? side + ui.gap() : 0)));
  if (pictured) ui.picture(middle.cut_top(side, ui.gap()).centred(side, side), ui::emoji("📭"));
  ui.text(middle, text, {.type = type, .weight = ui::Weight::bold, .align = ui::Align::centre});
}

ui::Card yes_card(std::string label) {
  ui::Card c;
  c.id = "yes";
  c.label = std::move(label);
  c.picture = ui::drawn("tick");
  c.filled = true;
  c.tint = ui::Tint::hardship;
  return c;
}

ui::Card no_card(std::string label) {
  ui::Card c;
  c.id = "no";
  c.label = std::move(label);
  c.picture = ui::drawn("cross");
  return c;
}

ui::Rect beside(ui::Ui& ui, ui::Rect area, std::initializer_list<ui::Card> buttons) {
  const auto n = static_cast<float>(buttons.size());
  if (n == 0) return area;
  const float gap = ui.gap();
  ui::Rect strip;
  if (ui.portrait()) {
    strip = area.cut_bottom(34, gap);
  } else {
    strip = area.cut_right(std::clamp(area.w * 0.34f, 64.0f, 130.0f), gap);
    const float most = 56 * n + gap * (n - 1);
    if (strip.h > most) strip = strip.centred(strip.w, most);
  }
  // The one that goes on stands first from the top, and at the right of a row.
  auto cells = ui.portrait() ? ui::grid(strip, static_cast<int>(n), 1, gap) : ui::grid(strip, 1, static_cast<int>(n), gap);
  if (ui.portrait()) std::reverse(cells.begin(), cells.end());
  auto cell = cells.begin();
  for (const auto& card : buttons) ui.button(*cell++, card);
  return area;
}

void telling(ui::Ui& ui, ui::Rect area, const ui::Picture& picture, const std::optional<ui::Leaf>& leaf, ui::Tint tint, const std::string& headline,
             const std::vector<std::string>& lines) {
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 210.0f));
  ui.panel(area, tint);
  ui::Rect inside = area.inset(ui.compact() ? 4.0f : ui.margin());
  const float side = ui.portrait() ? std::min(inside.h * 0.4f, 80.0f) : std::min({inside.h, inside.w * (ui.compact() ? 0.22f : 0.3f), 90.0f});
  const ui::Rect whole = inside;
  ui::Rect shown;
  const auto divide = [&](float share) {
    inside = share > 0 ? whole : area.inset(2.5f);
    const float s = side * share;
    shown = share <= 0 ? ui::Rect{} : ui.portrait() ? inside.cut_top(s, ui.gap()).centred(s, s) : inside.cut_left(s, ui.gap()).centred(s, s);
  };
  divide(1);
  const auto align = ui.portrait() ? ui::Align::centre : ui::Align::left;
  // As large as the glass allows: what is agreed to is read from afar.
  struct Sizes { ui::Type headline, line; };
  const auto height = [&](const Sizes& sizes) {
    const float between = ui.em(sizes.line) * 0.25f;
    float all = ui.text_height(headline, inside.w, sizes.headline, ui::Weight::bold);
    for (const auto& line : lines) all += between + ui.text_height(line, inside.w, sizes.line);
    return all;
  };
  Sizes sizes{ui::Type::label, ui::Type::sentence};
  for (const Sizes larger : {Sizes{ui::Type::title, ui::Type::label}, Sizes{ui::Type::title, ui::Type::sentence}})
    if (height(larger) <= inside.h * 0.9f && ui.text_height(headline, inside.w, larger.headline, ui::Weight::bold) < ui.line(larger.headline) * 2.2f) {
      sizes = larger;
      break;
    }
  // Where the words need the width the picture gives way: first a part of it, then all.
  for (const float share : {0.6f, 0.0f})
    if (height(sizes) > inside.h) divide(share);
  if (shown.w > 0 && leaf) ui.leaf(shown, *leaf);
  else if (shown.w > 0) ui.picture(shown, picture);
  // Large text that fills the panel all the same gives way a little, down to its floor.
  const float share = std::min(1.0f, inside.h / height(sizes));
  const float between = ui.em(sizes.line) * 0.25f * share;
  ui::Rect rest = inside.centred(inside.w, std::min(height(sizes), inside.h));
  ui.text(rest.cut_top(ui.text_height(headline, inside.w, sizes.headline, ui::Weight::bold) * share, between), headline,
          {.type = sizes.headline, .weight = ui::Weight::bold, .align = align, .tint = tint});
  for (const auto& line : lines) ui.text(rest.cut_top(ui.text_height(line, inside.w, sizes.line) * share, between), line, {.type = sizes.line, .align = align, .tint = tint});
}

}  // namespace booking
