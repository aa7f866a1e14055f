// One notice, large and read aloud; and "I want this work" with its receipt.
#include "parts/identify.h"
#include "parts/patterns.h"
#include "shapes/notice/screens/screens.h"

#include <algorithm>

namespace notice {
namespace {

constexpr std::string_view list = "notice/read";

bool ends_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'\n' || c == U'.' || c == U'!' || c == U'?'; }
bool is_mark(char32_t c) { return ends_sentence(c) || c == U'，' || c == U'、' || c == U'；' || c == U'：' || c == U',' || c == U';' || c == U'”' || c == U'）'; }
// Between these two a line may end: anywhere in Chinese, but not before a mark and not inside a word.
bool may_break(char32_t left, char32_t right) {
  if (is_mark(right)) return false;
  return left == U' ' || left >= 0x2E80 || right >= 0x2E80;
}

// The two arrows at the ends of a strip.
void arrows_in(ui::Ui& ui, ui::Rect& strip, int page, int pages) {
  const float wide = std::min(40.0f, (strip.w - 2 * ui.gap() - 60) / 2);
  const auto arrow = [&](ui::Rect r, bool next) {
    ui::Card c;
    c.id = next ? "page_next" : "page_previous";
    c.picture = ui::drawn(next ? "arrow_right" : "arrow_left");
    c.voice = next ? "notice.read.next" : "notice.read.previous";
    c.main = false;
    ui.card(r, c);
  };
  const auto left = strip.cut_left(wide, ui.gap()), right = strip.cut_right(wide, ui.gap());
  if (page > 0) arrow(left, false);
  if (page + 1 < pages) arrow(right, true);
}

}  // namespace

std::vector<std::string> pages_of(const ui::Ui& ui, const std::string& text, float width_mm, float height_mm, ui::Type type) {
  std::vector<std::string> pages;
  const auto whole = base::to_utf32(text);
  std::size_t from = 0;
  const auto fits = [&](std::size_t to) { return ui.text_height(base::to_utf8(std::u32string_view(whole).substr(from, to - from)), width_mm, type) <= height_mm; };
  while (from < whole.size()) {
    std::vector<std::size_t> ends;
    for (std::size_t i = from + 1; i < whole.size(); ++i)
      if (may_break(whole[i - 1], whole[i])) ends.push_back(i);
    ends.push_back(whole.size());
    // The most that fits, found by halves; one step at the least, so that it comes to an end.
    std::size_t low = 0, high = ends.size() - 1;
    if (fits(ends[high])) low = high;
    while (low < high) {
      const auto middle = (low + high + 1) / 2;
      if (fits(ends[middle])) low = middle;
      else high = middle - 1;
    }
    std::size_t to = ends[low];
    if (to < whole.size())
      for (std::size_t i = to; i > from + (to - from) / 2; --i)
        if (ends_sentence(whole[i - 1])) {
          to = i;
          break;
        }
    pages.emplace_back(base::trimmed(base::to_utf8(std::u32string_view(whole).substr(from, to - from))));
    from = to;
    while (from < whole.size() && (whole[from] == U' ' || whole[from] == U'\n')) ++from;
  }
  return pages;
}

ReadModel load_read(const parts::Ask& ask) {
  ReadModel m;
  const auto id = NoticeId::parse(ask.key);
  const auto n = id ? one(ask.reader, *id) : std::nullopt;
  if (!n || !n->covers(ask.reader.today())) return m;
  m.id = n->id;
  m.title = n->title;
  m.text = n->text;
  m.picture = ui::emoji(n->picture);
  m.until = ask.words.text("notice.of_kind.until", {{"day", parts::solar_word(ask.words, n->until)}});
  m.is_job = n->kind == Kind::jobs;
  if (const auto& who = ask.session().who; who && m.is_job) m.wanted = wants(ask.reader, n->id, *who);
  return m;
}

void draw_read(ui::Ui& ui, const ReadModel& m, const parts::Draft& draft) {
  if (!m.id) {
    ui.title(ui.say("notice.list.title"));
    ui.speak("notice.read.gone.say", ui.say("notice.read.gone.say"));
    ui.text(ui.body(), ui.say("notice.read.gone"), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  ui.title(m.title);
  ui.speak("notice.read.say", ui.words().text("notice.read.say", {{"title", m.title}, {"text", m.text}}));
  const float gap = ui.gap();
  ui::Rect area = ui.body();
  // The wish stands in a strip below; the arrows of a long text stand at its ends, so that the words keep their height.
  ui::Rect strip = m.is_job ? area.cut_bottom(ui.compact() ? 30.0f : 36.0f, gap) : ui::Rect{};
  const float pad = ui.compact() ? 4.0f : ui.margin();
  const float above = std::min(area.h * 0.34f, 90.0f);  // the picture's, where it stands over the words
  const auto inside_of = [&](ui::Rect r) {
    r = r.inset(pad);
    if (ui.portrait()) (void)r.cut_top(above, gap);
    else (void)r.cut_left(std::min({r.w * 0.26f, r.h, 80.0f}), gap);
    return r;
  };
  auto box = inside_of(area);
  // Until when stands below the words where they leave room for it.
  const float foot = ui.compact() ? 0.0f : ui.line(ui::Type::sentence);
  // The largest size in which all of it stands on one page; else the least, and pages.
  auto type = ui::Type::sentence;
  for (const auto larger : {ui::Type::label, ui::Type::title})
    if (ui.text_height(m.text, box.w, larger) <= box.h - foot) type = larger;
  if (type == ui::Type::sentence && !ui.compact()) type = ui::Type::label;
  auto pages = pages_of(ui, m.text, box.w, box.h - foot, type);
  int page = 0;
  if (pages.size() > 1) {
    if (!m.is_job) {
      ui::Rect smaller = area;
      if (area.w < area.h) (void)smaller.cut_bottom(30, gap);
      else (void)smaller.cut_right(32, gap);
      box = inside_of(smaller);
      pages = pages_of(ui, m.text, box.w, box.h - foot, type);
    }
    page = std::clamp(parts::page_of(draft, list), 0, static_cast<int>(pages.size()) - 1);
    if (m.is_job) arrows_in(ui, strip, page, static_cast<int>(pages.size()));
    else area = with_arrows(ui, area, page, static_cast<int>(pages.size()));
  }
  if (m.is_job) {
    ui::Card c;
    c.id = "want";
    c.label = ui.say(m.wanted ? "notice.read.wanted" : "notice.read.want");
    c.picture = m.wanted ? ui::drawn("tick") : ui::emoji("🙋");
    c.voice = "notice.read.want.say";
    c.filled = !m.wanted;
    ui.button(strip.centred(std::min(strip.w, 110.0f), strip.h), c);
  }
  // A tall glass does not leave a short text in an empty panel.
  if (ui.portrait() && pages.size() == 1) area = area.centred(area.w, std::min(area.h, above + ui.text_height(m.text, box.w, type) + foot + 2 * pad + 3 * gap));
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(pad);
  const ui::Rect shown = ui.portrait() ? inside.cut_top(above, gap) : inside.cut_left(std::min({inside.w * 0.26f, inside.h, 80.0f}), gap);
  const float side = std::min({shown.w, shown.h, 80.0f});
  ui.picture(shown.centred(side, side), m.picture);
  if (foot > 0) ui.text(inside.cut_bottom(foot), m.until, {.second = true});
  const bool alone = pages.size() == 1 && !ui.portrait();
  if (!pages.empty()) ui.text(inside, pages[static_cast<std::size_t>(page)], {.type = type, .weight = ui::Weight::regular, .centre_v = alone});
}

parts::Next open_read(parts::Draft& draft, const ReadModel& m) {
  if (!m.id || draft.of<parts::Session>().viewer.is_staff()) return parts::Next::stay();
  if (!draft.of<HeardHere>().ids.insert(m.id->text()).second) return parts::Next::stay();
  return parts::Next::run([id = *m.id](store::Act& act) { return parts::as_outcome("notice", heard(act, id)); });
}

parts::Next tap_read(parts::Draft& draft, const ReadModel& m, const parts::Tap& tap) {
  if (tap.id == "page_previous" || tap.id == "page_next") {
    (void)parts::turned(draft, list, tap);
    return parts::Next::stay();
  }
  if (tap.id == "want" && m.id) {
    if (m.wanted) return parts::Next::push("notice/wanted", m.id->text());
    return parts::identify(draft, store::Known::face, "notice/want", m.id->text());
  }
  return parts::Next::stay();
}

// Not counted is no reason to disturb who is listening.
parts::Next refused_read(parts::Draft&, const ReadModel&, const parts::Refused&) { return parts::Next::stay(); }

WantModel load_want(const parts::Ask& ask) {
  WantModel m;
  m.id = NoticeId::parse(ask.key);
  m.person = ask.session().who;
  m.called = ask.session().who_called;
  if (m.person)
    if (const auto face = village::face(ask.reader, *m.person)) m.picture = parts::picture_of(*face);
  if (const auto n = m.id ? one(ask.reader, *m.id) : std::nullopt) m.title = n->title;
  return m;
}

// Seen only where it could not be noted: what to do instead.
void draw_want(ui::Ui& ui, const WantModel&, const parts::Draft& draft) {
  const auto& refused = draft.of<WantRefused>().name;
  ui.title(ui.say("notice.want.title"));
  if (refused.empty()) {
    ui.speak("notice.want.say", ui.say("notice.want.say"));
    return;
  }
  const auto key = "notice.refused." + refused;
  ui.speak(key, ui.say(key));
  ui::Rect area = ui.body();
  ui::Card other;
  other.id = "others";
  other.label = ui.say("notice.want.back");
  other.picture = ui::emoji("📢");
  ui.button(area.cut_bottom(30, ui.gap()), other);
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 160.0f));
  ui.panel(area, ui::Tint::neutral);
  ui.text(area.inset(ui.margin()), ui.say(key), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
}

parts::Next open_want(parts::Draft& draft, const WantModel& m) {
  draft.of<WantRefused>() = {};
  if (!m.id || !m.person) return parts::Next::back();
  return parts::Next::run([id = *m.id, person = *m.person](store::Act& act) { return parts::as_outcome("notice", want(act, id, person)); });
}

parts::Next tap_want(parts::Draft&, const WantModel&, const parts::Tap& tap) { return tap.id == "others" ? parts::Next::back() : parts::Next::stay(); }

parts::Next done_want(parts::Draft&, const WantModel& m, const std::any&) { return parts::Next::replace("notice/wanted", m.id ? m.id->text() : std::string{}); }

parts::Next refused_want(parts::Draft& draft, const WantModel&, const parts::Refused& refused) {
  draft.of<WantRefused>().name = refused.name;
  return parts::Next::stay();
}

void draw_wanted(ui::Ui& ui, const WantModel& m, const parts::Draft& draft) {
  ui.title(m.title);
  ui.speak("notice.wanted.say", ui.say("notice.wanted.say"));
  parts::Receipt r;
  r.picture = m.picture;
  r.headline = ui.words().text("notice.wanted.headline", {{"name", m.called}});
  r.line = ui.say("notice.wanted.small");
  r.undo_label = ui.say("notice.wanted.undo");
  r.done_label = ui.say("notice.wanted.done");
  parts::receipt(ui, draft, r);
}

parts::Next tap_wanted(parts::Draft&, const WantModel& m, const parts::Tap& tap) {
  if (tap.id == "undo" && m.id && m.person)
    return parts::Next::run([id = *m.id, person = *m.person](store::Act& act) { return parts::as_outcome("notice", want_no_more(act, id, person)); });
  return tap.id == "done" ? parts::Next::home() : parts::Next::stay();
}

parts::Next done_wanted(parts::Draft&, const WantModel& m, const std::any&) { return parts::Next::replace("notice/want_undone", m.id ? m.id->text() : std::string{}); }

void draw_want_undone(ui::Ui& ui, const WantModel& m, const parts::Draft& draft) {
  ui.speak("notice.wanted.undone.say", ui.say("notice.wanted.undone.say"));
  parts::Receipt r;
  r.picture = m.picture;
  r.headline = ui.say("notice.wanted.undone");
  r.line = ui.say("notice.wanted.undone.line");
  r.done_label = ui.say("notice.wanted.done");
  r.tint = ui::Tint::neutral;
  r.ticked = false;
  parts::receipt(ui, draft, r);
}

parts::Next tap_want_undone(parts::Draft&, const WantModel&, const parts::Tap& tap) { return tap.id == "done" ? parts::Next::home() : parts::Next::stay(); }

}  // namespace notice
