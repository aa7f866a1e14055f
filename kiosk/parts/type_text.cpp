#include "parts/type_text.h"

#include "parts/writers.h"

#include <algorithm>
#include <charconv>

namespace parts {

using ui::Rect;

namespace {

using Keys = TypeText::Keys;

const char* const staffs = "type/text";
const char* const own = "type/own";

entry::Composer* composer(const Draft& draft) {
  const auto& engines = draft.of<Writers>().engines;
  return engines ? engines->composer() : nullptr;
}

TypeModel load_type(const Ask& ask) {
  const auto& t = ask.draft.of<TypeText>();
  TypeModel m;
  auto* engine = composer(ask.draft);
  if (engine) engine->set_fuzzy(ask.reader.setting("entry.fuzzy", std::int64_t{1}) != 0);
  m.spelling = spell(engine, t.letters, t.kind == Writing::name, t.text.empty());
  if (t.keys == Keys::hand) m.hand = recognised(ask, t.hand);
  m.can_hand = has_hand(ask.draft) && m.hand.there;
  return m;
}

const std::vector<std::string>& offered(const TypeText& t, const TypeModel& m) { return t.keys == Keys::hand ? m.hand.candidates : m.spelling.candidates; }

bool chinese(const TypeText& t) { return t.kind == Writing::chinese || t.kind == Writing::name; }

// --- what is drawn

constexpr float most_high = 190;  // mm: five rows of the largest keys

KeyCap erase(const ui::Ui& ui) { return {"key:erase", ui.say("parts.identify.erase")}; }
KeyCap done(const ui::Ui& ui) { return {"key:ok", ui.say("parts.receipt.done"), true}; }

struct Way { Keys keys; const char* id; const char* word; };
constexpr Way ways[] = {{Keys::pinyin, "keys:pinyin", "parts.type.pinyin"}, {Keys::hand, "keys:hand", "parts.type.hand"},
                        {Keys::latin, "keys:latin", "parts.type.latin"}, {Keys::digits, "keys:digits", "parts.type.digits"}};

std::vector<KeyCap> digit_caps(const TypeText& t) {
  std::vector<KeyCap> caps;
  for (const char c : std::string_view("1234567890")) caps.push_back({"key:" + std::string(1, c), std::string(1, c)});
  if (t.kind != Writing::digits)
    for (const auto* c : {"，", "。", "、", "！", "？", "：", "·", "（", "）", "-", "/", ":", "."}) caps.push_back({std::string("key:") + c, c});
  return caps;
}

// A keyboard as people know it needs ten columns and five rows of keys; a smaller glass has its letters in pages.
bool is_wide(const ui::Ui& ui, Rect area) { return area.w >= 10 * 20 + 9 * ui.gap() && area.h >= 5 * 20 + 4 * ui.gap(); }

// Candidates in a line, each as wide as it needs; the rest behind an arrow.
void draw_strip(ui::Ui& ui, Rect strip, const std::vector<std::string>& candidates, int page) {
  const float gap = ui.gap(), em = std::clamp(strip.h * 0.3f, 6.5f, 10.0f) / 6.5f;
  if (candidates.empty()) return;
  const auto width = [&](const std::string& text) { return std::max(22.0f, ui.text_width(text, ui::Type::staff, ui::Weight::bold) * em + 8); };
  Rect arrow = strip;
  Rect row = arrow.cut_left(strip.w - 24 - gap, gap);
  // Pages as they come out one after the other; past the last is the first again.
  std::vector<std::pair<std::size_t, std::size_t>> pages;
  for (std::size_t at = 0; at < candidates.size() && static_cast<int>(pages.size()) <= page;) {
    float left = row.w;
    const auto from = at;
    while (at < candidates.size() && (at == from || left >= width(candidates[at]))) left -= width(candidates[at++]) + gap;
    pages.emplace_back(from, at);
  }
  const auto [from, until] = pages[static_cast<std::size_t>(page) % pages.size()];
  for (auto i = from; i < until; ++i)
    ui.key(row.cut_left(std::min(width(candidates[i]), row.w), gap), "pick:" + std::to_string(i), candidates[i]);
  if (from > 0 || until < candidates.size()) ui.key(arrow, "key:more", ui.say("parts.type.more"));
}

void draw_letters(ui::Ui& ui, Rect area, const TypeText& t) {
  const float gap = ui.gap(), w = (area.w - 9 * gap) / 10, h = (area.h - 2 * gap) / 3;
  const bool latin = t.keys == Keys::latin;
  const auto letter = [&](Rect& row, char c) {
    const char shown = latin && !t.capitals ? static_cast<char>(c - 'A' + 'a') : c, meant = latin ? shown : static_cast<char>(c - 'A' + 'a');
    ui.key(row.cut_left(w, gap), std::string(latin ? "key:" : "letter:") + meant, std::string(1, shown));
  };
  Rect top = area.cut_top(h, gap), middle = area.cut_top(h, gap), low = area.cut_top(h);
  for (const char c : std::string_view("QWERTYUIOP")) letter(top, c);
  for (const char c : std::string_view("ASDFGHJKL")) letter(middle, c);
  key_cap(ui, middle.cut_left(w), erase(ui));
  for (const char c : std::string_view("ZXCVBNM")) letter(low, c);
  if (latin) {
    key_cap(ui, low.cut_left(w, gap), {"keys:shift", t.capitals ? "abc" : "ABC"});
    for (const auto* c : {"-", "."}) ui.key(low.cut_left(w, gap), std::string("key:") + c, c);
  } else {
    ui.key(low.cut_left(w, gap), "letter:'", "'");
    for (const auto* c : {"，", "。"}) ui.key(low.cut_left(w, gap), std::string("key:") + c, c);
  }
}

void draw_wide(ui::Ui& ui, Rect area, const TypeText& t, const TypeModel& m) {
  const float gap = ui.gap();
  if (area.h > most_high) area = area.cut_bottom(most_high);
  const float h = (area.h - 4 * gap) / 5;
  Rect row = area.cut_bottom(h, gap);
  const auto cells = ui::grid(row, 6, 1, gap);
  std::size_t at = 0;
  for (const auto& way : ways) {
    const auto place = cells[at++];
    if (way.keys == Keys::hand && !m.can_hand) continue;
    key_cap(ui, place, {.id = way.id, .label = ui.say(way.word), .chosen = way.keys == t.keys});
  }
  if (t.keys == Keys::pinyin || t.keys == Keys::latin) ui.key(cells[at], "key: ", ui.say("parts.type.space"));
  if (t.keys == Keys::hand || t.keys == Keys::digits) key_cap(ui, cells[at], erase(ui));
  key_cap(ui, cells[at + 1], done(ui));
  if (t.keys == Keys::hand) return draw_hand(ui, area, t.hand, m.hand.candidates, {});
  if (t.keys == Keys::digits) return key_grid(ui, area, digit_caps(t), {}, t.page);
  draw_strip(ui, area.cut_top(h, gap), m.spelling.candidates, t.page);
  draw_letters(ui, area, t);
}

// The ways to other keys that are not these, on the last page.
void add_ways(const ui::Ui& ui, const TypeText& t, const TypeModel& m, std::vector<KeyCap>& caps) {
  for (const auto& way : ways)
    if (way.keys != t.keys && (way.keys != Keys::hand || m.can_hand)) caps.push_back({way.id, ui.say(way.word), false, true});
}

void draw_low(ui::Ui& ui, Rect area, const TypeText& t, const TypeModel& m) {
  std::vector<KeyCap> caps, fixed{erase(ui), done(ui)};
  if (t.keys == Keys::hand) return draw_hand(ui, area, t.hand, m.hand.candidates, {{"keys:pinyin", "A-Z"}, {"key:erase", "<-"}, done(ui)});
  if (t.keys == Keys::digits) {
    caps = digit_caps(t);
    if (chinese(t)) add_ways(ui, t, m, caps);
    else if (t.kind == Writing::latin) caps.push_back({"keys:latin", ui.say("parts.type.latin"), false, true});
    return key_grid(ui, area, caps, fixed, t.page);
  }
  if (t.keys == Keys::latin) {
    for (char c = 'A'; c <= 'Z'; ++c) {
      const char shown = t.capitals ? c : static_cast<char>(c - 'A' + 'a');
      caps.push_back({"key:" + std::string(1, shown), std::string(1, shown)});
    }
    caps.push_back({"key: ", "_"});
    caps.push_back({"keys:shift", t.capitals ? "abc" : "ABC", false, true});
    add_ways(ui, t, m, caps);
    return key_grid(ui, area, caps, fixed, t.page);
  }
  if (t.letters.empty() || t.more_letters) {
    // No syllable begins with I, U or V; few names with E or O.
    for (const char c : std::string_view("ABCDEFGHJKLMNOPQRSTWXYZ"))
      caps.push_back({"letter:" + std::string(1, static_cast<char>(c - 'A' + 'a')), std::string(1, c), false, c == 'E' || c == 'O'});
    if (t.letters.empty()) add_ways(ui, t, m, caps);
    return key_grid(ui, area, caps, fixed, t.page);
  }
  const auto& found = m.spelling.candidates;
  const auto& further = m.spelling.further;
  // The likeliest first, then what the syllable may become, then the rest.
  const std::size_t head = further.empty() ? found.size() : std::min<std::size_t>(found.size(), 9);
  const auto pick = [&](std::size_t i) { caps.push_back({"pick:" + std::to_string(i), found[i]}); };
  for (std::size_t i = 0; i < head; ++i) pick(i);
  for (const auto& s : further) caps.push_back({"syllable:" + s, s});
  for (std::size_t i = head; i < found.size(); ++i) pick(i);
  // Another syllable after this one, where words are known.
  if (m.spelling.further.empty() || m.spelling.cut.size() > 1 || t.letters.size() > 1) fixed.insert(fixed.begin(), {"keys:letters", "A-Z"});
  key_grid(ui, area, caps, fixed, t.page);
}

void draw_type(ui::Ui& ui, const TypeModel& m, const Draft& draft) {
  const auto& t = draft.of<TypeText>();
  Rect area = ui.reach();
  const bool roomy = area.h > 150;
  std::string composed;
  for (const auto& s : m.spelling.cut) composed += " " + s;
  const std::string shown = t.text + composed + "_";
  ui.title(ui.say(t.title_key.empty() ? "parts.type.title" : t.title_key), {}, roomy ? "" : shown);
  ui.speak("parts.type.title", ui.say("parts.type.title"));
  if (roomy) {
    // What is written stands right over what it is written with.
    if (area.h > most_high + 22 + ui.gap()) area = area.cut_bottom(most_high + 22 + ui.gap());
    const Rect well = area.cut_top(22, ui.gap());
    ui.panel(well, ui::Tint::neutral);
    ui.text(well.inset(5, 1), shown, {.type = ui::Type::staff_title, .weight = ui::Weight::bold, .centre_v = true});
  }
  if (chinese(t) && is_wide(ui, area)) draw_wide(ui, area, t, m);
  else draw_low(ui, area, t, m);
}

// --- what is touched

void append(TypeText& t, std::string_view what) {
  const auto room = t.most - std::min(t.most, base::characters(t.text));
  auto wide = base::to_utf32(what);
  wide.resize(std::min(wide.size(), room));
  t.text += base::to_utf8(wide);
  t.page = 0;
}

void choose(Draft& draft, const TypeModel& m, std::size_t which) {
  auto& t = draft.of<TypeText>();
  const auto& all = offered(t, m);
  if (which >= all.size()) return;
  if (t.keys == Keys::hand) {
    append(t, all[which]);
    t.hand.wipe();
    return;
  }
  const auto taken = take(composer(draft), m.spelling, t.letters, all[which]);
  append(t, taken.text);
  t.letters = taken.rest;
  t.more_letters = false;
}

Next finish(Draft& draft) {
  auto t = draft.of<TypeText>();
  draft.of<TypeText>() = {};
  if (t.put) t.put(draft, std::string(base::trimmed(t.text)));
  return Next::back();
}

void erase_one(TypeText& t) {
  t.page = 0;
  if (!t.letters.empty()) {
    t.letters.pop_back();
  } else if (!t.hand.strokes.empty()) {
    t.hand.strokes.pop_back();
  } else if (!t.text.empty()) {
    auto wide = base::to_utf32(t.text);
    wide.pop_back();
    t.text = base::to_utf8(wide);
  }
  t.more_letters = t.more_letters && !t.letters.empty();
}

void compose(TypeText& t, std::string_view letters) {
  if (t.keys == Keys::hand) t.hand.wipe();
  t.keys = Keys::pinyin;
  if (t.letters.size() < entry::Composer::most_letters) t.letters += letters;
  t.more_letters = false;
  t.page = 0;
}

// A key of a real keyboard.
void typed(Draft& draft, const TypeModel& m, std::string_view what) {
  auto& t = draft.of<TypeText>();
  if (what.empty() || static_cast<unsigned char>(what[0]) < 0x20) return;
  const char c = what.size() == 1 ? what[0] : '\0';
  const bool digit = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (t.kind == Writing::digits) {
    if (digit) append(t, what);
    return;
  }
  const bool composes = chinese(t) && (t.keys == Keys::pinyin || t.keys == Keys::hand);
  if (composes && letter) return compose(t, std::string(1, static_cast<char>(c | 0x20)));
  if (composes && c == '\'' && !t.letters.empty()) return compose(t, what);
  const bool chooses = !t.letters.empty() || !t.hand.strokes.empty();
  if (chooses && (c == ' ' || (digit && c != '0'))) return choose(draft, m, c == ' ' ? 0 : static_cast<std::size_t>(c - '1'));
  // What stays half typed becomes its likeliest; then the sign follows it.
  if (chooses) choose(draft, m, 0);
  append(t, what);
}

Next tap_type(Draft& draft, const TypeModel& m, const Tap& tap) {
  auto& t = draft.of<TypeText>();
  const auto again = [me = t.own ? own : staffs] { return Next::replace(me); };  // the same screen, loaded anew in its place
  if (hand_took(t.hand, tap)) return again();
  if (tap.id == "key:more") {
    ++(t.keys == Keys::hand ? t.hand.page : t.page);
    return Next::stay();
  }
  if (tap.id == "key:erase") {
    erase_one(t);
    return again();
  }
  if (tap.id == "key:ok") {
    if (t.letters.empty() && t.hand.strokes.empty()) return finish(draft);
    // What is half typed becomes its likeliest, never letters in a name.
    if (offered(t, m).empty()) t.letters.clear(), t.hand.wipe();
    else choose(draft, m, 0);
    return again();
  }
  if (tap.id == "keys:shift") {
    t.capitals = !t.capitals;
    return Next::stay();
  }
  if (tap.id == "keys:letters") {
    t.more_letters = true;
    t.page = 0;
    return Next::stay();
  }
  if (tap.verb() == "keys") {
    for (const auto& way : ways)
      if (tap.id == way.id) t.keys = way.keys;
    t.letters.clear();
    t.hand.wipe();
    t.page = 0;
    t.more_letters = false;
    return again();
  }
  if (tap.verb() == "pick") {
    std::size_t which = SIZE_MAX;
    std::from_chars(tap.arg().data(), tap.arg().data() + tap.arg().size(), which);
    choose(draft, m, which);
    return again();
  }
  if (tap.verb() == "letter" || tap.verb() == "syllable") {
    if (tap.verb() == "syllable" && !m.spelling.cut.empty()) {
      // In place of the syllable that was begun.
      t.letters.clear();
      for (std::size_t i = 0; i + 1 < m.spelling.cut.size(); ++i) t.letters += m.spelling.cut[i];
    }
    compose(t, tap.arg());
    return again();
  }
  if (tap.verb() == "key") {
    // The space bar and a comma take what is composed first.
    if (!t.letters.empty()) choose(draft, m, 0);
    if (tap.arg() != " " || m.spelling.candidates.empty()) append(t, tap.arg());
    return again();
  }
  if (tap.verb() == "char") {
    typed(draft, m, tap.arg());
    return again();
  }
  return Next::stay();
}

}  // namespace

Next type_text(Draft& draft, std::string title_key, Writing kind, std::string now, std::function<void(Draft&, const std::string&)> put, std::size_t most) {
  auto& t = draft.of<TypeText>();
  t = {};
  t.title_key = std::move(title_key);
  t.kind = kind;
  t.text = std::move(now);
  t.most = most;
  t.put = std::move(put);
  t.keys = kind == Writing::digits ? Keys::digits : kind == Writing::latin ? Keys::latin : Keys::pinyin;
  return Next::push(staffs);
}

Next type_own(Draft& draft, std::string title_key, Writing kind, std::string now, std::function<void(Draft&, const std::string&)> put, std::size_t most) {
  auto next = type_text(draft, std::move(title_key), kind, std::move(now), std::move(put), most);
  auto& t = draft.of<TypeText>();
  t.own = true;
  if (t.keys == Keys::pinyin && has_hand(draft)) t.keys = Keys::hand;  // who has no pinyin has a finger
  next.screen = own;
  return next;
}

std::vector<Screen> type_text_screens() {
  return {for_role(screen<TypeModel>(staffs, {.load = load_type, .draw = draw_type, .on_tap = tap_type}), store::Role::volunteer),
          screen<TypeModel>(own, {.load = load_type, .draw = draw_type, .on_tap = tap_type})};
}

}  // namespace parts
