// What news stands here: first the kinds as pictures, then the notices of one kind, newest first.
#include "parts/patterns.h"
#include "shapes/notice/screens/screens.h"

#include <algorithm>

namespace notice {
namespace {

// Who is known hears what is for them and for all; nobody known: everything.
std::vector<Notice> for_session(const parts::Ask& ask) {
  const auto today = ask.reader.today();
  if (!ask.session().who || ask.reader.viewer().is_staff()) return current(ask.reader, today);
  return current(ask.reader, today, village::tags(ask.reader, *ask.session().who));
}

ui::Tint tint_of(const village::Offer& offer) {
  const auto* service = shapes::catalogue().service(offer.service);
  return service == nullptr ? ui::Tint::neutral : parts::tint_of(service->group);
}

constexpr std::string_view of_kind = "notice/of_kind";

}  // namespace

ui::Rect with_arrows(ui::Ui& ui, ui::Rect area, int page, int pages) {
  if (pages <= 1) return area;
  const bool below = area.w < area.h;
  const float gap = ui.gap();
  ui::Rect strip = below ? area.cut_bottom(30, gap) : area.cut_right(32, gap);
  const auto arrow = [&](ui::Rect r, bool next) {
    ui::Card c;
    c.id = next ? "page_next" : "page_previous";
    c.picture = ui::drawn(next ? "arrow_right" : "arrow_left");
    c.label = ui.say(next ? "notice.read.next" : "notice.read.previous");
    c.voice = next ? "notice.read.next" : "notice.read.previous";
    c.main = false;
    ui.card(r, c);
  };
  const ui::Rect first = below ? strip.cut_left((strip.w - 2 * gap - 16) / 2, gap) : strip.cut_top((strip.h - 2 * gap - 8) / 2, gap);
  const ui::Rect second = below ? strip.cut_right(first.w, gap) : strip.cut_bottom(first.h, gap);
  if (page > 0) arrow(first, false);
  if (page + 1 < pages) arrow(second, true);
  ui.page_dots(strip, page, pages);
  return area;
}

ListModel load_list(const parts::Ask& ask) {
  ListModel m;
  const auto standing = for_session(ask);
  for (const auto* offer : shapes::catalogue().offers_of_shape("notice")) {
    const auto count = static_cast<int>(std::ranges::count(standing, offer->code, &Notice::offer));
    if (count > 0) m.tiles.push_back({offer->code, ask.words.text(offer->label_key(true)), offer->say_key(true), ui::emoji(offer->shown_picture(true)), tint_of(*offer), count});
  }
  return m;
}

void draw_list(ui::Ui& ui, const ListModel& m, const parts::Draft& draft) {
  ui.title(ui.say("notice.list.title"));
  if (m.tiles.empty()) {
    ui.speak("notice.list.empty.say", ui.say("notice.list.empty.say"));
    const ui::Rect area = ui.body();
    const float side = std::min(area.h * 0.45f, 50.0f);
    ui::Rect middle = area.centred(area.w, side + ui.gap() + ui.line(ui::Type::label) * 2);
    ui.picture(middle.cut_top(side, ui.gap()).centred(side, side), ui::emoji("📢"));
    ui.text(middle, ui.say("notice.list.empty"), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre});
    return;
  }
  ui.speak("notice.list.say", ui.say("notice.list.say"));
  std::vector<ui::Card> cards;
  for (const auto& t : m.tiles) {
    ui::Card c;
    c.id = "offer:" + t.code;
    c.label = t.label;
    c.sub = ui.words().text("notice.list.count", {{"n", std::to_string(t.count)}});
    c.picture = t.picture;
    c.tint = t.tint;
    c.voice = t.say_key;
    c.mark = true;
    cards.push_back(std::move(c));
  }
  parts::card_page(ui, ui.reach(), "notice/list", draft, cards);
}

parts::Next tap_list(parts::Draft& draft, const ListModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "notice/list", tap)) return parts::Next::stay();
  if (tap.verb() != "offer") return parts::Next::stay();
  draft.of<parts::Pages>().at[std::string(of_kind)] = 0;
  return parts::Next::push(std::string(of_kind), std::string(tap.arg()));
}

OfKindModel load_of_kind(const parts::Ask& ask) {
  OfKindModel m;
  const auto* offer = shapes::catalogue().offer(ask.key);
  if (offer == nullptr || offered(ask.key) == nullptr) return m;  // an offer of another shape is none of ours to name
  m.title = ask.words.text(offer->label_key(true));
  m.tint = tint_of(*offer);
  for (const auto& n : for_session(ask))
    if (n.offer == offer->code) m.items.push_back({n.id, n.title, ui::emoji(n.picture)});
  return m;
}

void draw_of_kind(ui::Ui& ui, const OfKindModel& m, const parts::Draft& draft) {
  ui.title(m.title.empty() ? ui.say("notice.list.title") : m.title);
  if (m.items.empty()) {
    ui.speak("notice.list.empty.say", ui.say("notice.list.empty.say"));
    ui.text(ui.body(), ui.say("notice.list.empty"), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  ui.speak("notice.of_kind.say", ui.say("notice.of_kind.say"));
  const int n = static_cast<int>(m.items.size());
  const auto card_of = [&m](const OfKindModel::Item& item) {
    ui::Card c;
    c.id = "notice:" + item.id.text();
    c.label = item.title;
    c.picture = item.picture;
    c.tint = m.tint;
    return c;
  };
  // Large pictures where there is room for them; many on a low glass are lines.
  if (n <= 3 || !ui.compact()) {
    std::vector<ui::Card> cards;
    for (const auto& item : m.items) cards.push_back(card_of(item));
    parts::card_page(ui, ui.reach(), of_kind, draft, cards);
    return;
  }
  const float gap = ui.gap(), least_high = 30;
  // A title of twelve characters stands in two lines beside its picture, in the size of the person's text.
  const float least_wide = 6.6f * ui.em(ui::Type::sentence) + 44;
  ui::Rect area = ui.reach();
  const auto fit = [&](const ui::Rect& r) {
    const int columns = std::clamp(static_cast<int>((r.w + gap) / (least_wide + gap)), 1, 2);
    const int rows = std::clamp(static_cast<int>((r.h + gap) / (least_high + gap)), 1, columns == 1 ? 6 : 3);
    return std::pair(columns, rows);
  };
  auto [columns, rows] = fit(area);
  int pages = 1, page = 0;
  if (n > columns * rows) {
    ui::Rect smaller = area;
    if (area.w < area.h) (void)smaller.cut_bottom(30, gap);
    else (void)smaller.cut_right(32, gap);
    std::tie(columns, rows) = fit(smaller);
    pages = (n + columns * rows - 1) / (columns * rows);
    page = std::clamp(parts::page_of(draft, of_kind), 0, pages - 1);
    area = with_arrows(ui, area, page, pages);
  } else {
    if (n <= rows) columns = 1;
    rows = std::max((n + columns - 1) / columns, std::min(rows, 2));
  }
  const auto places = ui::grid(area, columns, rows, gap);
  for (int i = page * columns * rows; i < std::min(n, (page + 1) * columns * rows); ++i) {
    const auto& item = m.items[static_cast<std::size_t>(i)];
    auto place = places[static_cast<std::size_t>(i - page * columns * rows)];
    if (place.h > 60) place.h = 60;
    ui.button(place, card_of(item));
  }
}

parts::Next tap_of_kind(parts::Draft& draft, const OfKindModel&, const parts::Tap& tap) {
  if (parts::turned(draft, of_kind, tap)) return parts::Next::stay();
  if (tap.verb() != "notice") return parts::Next::stay();
  draft.of<parts::Pages>().at["notice/read"] = 0;
  return parts::Next::push("notice/read", std::string(tap.arg()));
}

}  // namespace notice
