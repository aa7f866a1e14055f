#include "parts/type_text.h"

#include "base/pinyin.h"

#include <algorithm>
#include <map>
#include <set>

namespace parts {

using ui::Rect;

namespace {

// Characters by syllable, in the order of each list. Made once, at the first letter somebody types (about 2 ms).
struct Table {
  std::map<std::string, std::vector<char32_t>, std::less<>> by_syllable;
  explicit Table(std::string_view list, bool first_reading_only) {
    for (const char32_t c : base::to_utf32(list)) {
      std::set<std::string_view> seen;
      for (const auto& reading : base::readings(c)) {
        if (seen.insert(reading.syllable()).second) by_syllable[std::string(reading.syllable())].push_back(c);
        if (first_reading_only || seen.size() >= 3) break;
      }
    }
  }
};

const Table& common() { static const Table t(characters::common, false); return t; }
const Table& surnames() { static const Table t(characters::surnames, false); return t; }
const Table& given_names() { static const Table t(characters::given_names, true); return t; }

std::string spelt(std::string_view letters) {
  std::string out;
  for (const char c : letters) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

void add_from(const Table& table, std::string_view letters, bool exact, std::vector<char32_t>& out, std::set<char32_t>& seen) {
  if (exact) {
    if (const auto found = table.by_syllable.find(letters); found != table.by_syllable.end())
      for (const auto c : found->second)
        if (seen.insert(c).second) out.push_back(c);
    return;
  }
  // Across syllables the order of the list itself counts: gather, then sort by place.
  std::vector<std::pair<std::size_t, char32_t>> ordered;
  for (auto at = table.by_syllable.lower_bound(letters); at != table.by_syllable.end() && at->first.starts_with(letters); ++at)
    for (const auto c : at->second) ordered.emplace_back(0, c);
  const auto& list = &table == &common() ? characters::common : &table == &surnames() ? characters::surnames : characters::given_names;
  for (auto& [place, c] : ordered) place = list.find(base::to_utf8(std::u32string(1, c)));
  std::sort(ordered.begin(), ordered.end());
  for (const auto& [place, c] : ordered)
    if (seen.insert(c).second) out.push_back(c);
}

}  // namespace

std::vector<std::string> syllables(std::string_view letters) {
  const auto typed = spelt(letters);
  std::vector<std::string> out;
  for (auto at = common().by_syllable.lower_bound(typed); at != common().by_syllable.end() && at->first.starts_with(typed); ++at)
    if (at->first != typed) out.push_back(at->first);
  return out;
}

std::vector<std::string> candidates(std::string_view letters, bool name, bool first, std::size_t most) {
  const auto typed = spelt(letters);
  std::vector<char32_t> found;
  std::set<char32_t> seen;
  if (typed.empty()) return {};
  for (const bool exact : {true, false}) {
    if (name) add_from(first ? surnames() : given_names(), typed, exact, found, seen);
    add_from(common(), typed, exact, found, seen);
  }
  std::vector<std::string> out;
  for (const auto c : found) {
    if (out.size() >= most) break;
    out.push_back(base::to_utf8(std::u32string(1, c)));
  }
  return out;
}

void key_grid(ui::Ui& ui, Rect area, std::vector<KeyCap> caps, const std::vector<KeyCap>& fixed, int page) {
  const float gap = std::max(4.0f, ui.gap());
  const auto fit = [&](float room, float least) { return std::max(1, static_cast<int>((room + gap + 0.01f) / (least + gap))); };
  // A key is as wide as its longest label needs at the smallest size.
  float least = 20;
  const auto need = [&](const KeyCap& cap) { least = std::max(least, ui.text_width(cap.label, ui::Type::staff, ui::Weight::bold) / ui.text_scale() + (cap.filled ? 8.0f : 5.0f)); };
  for (const auto& cap : caps) need(cap);
  for (const auto& cap : fixed) need(cap);
  need({"", ui.say("parts.type.more"), false});
  int columns = fit(area.w, least), rows = fit(area.h, 20);
  const int n = static_cast<int>(caps.size() + fixed.size());
  // Larger keys where there are few: as square as the area lets them be, at most 34 mm.
  while (columns > 1 && rows >= 1 && (columns - 1) * rows >= n && area.w / static_cast<float>(columns) < 34) --columns;
  while (rows > 1 && columns * (rows - 1) >= n) --rows;
  const int cells = columns * rows, room = cells - static_cast<int>(fixed.size());
  const bool more = static_cast<int>(caps.size()) > room;
  if (more) std::stable_partition(caps.begin(), caps.end(), [](const KeyCap& cap) { return !cap.rare; });
  const int a_page = std::max(1, more ? room - 1 : room), pages = std::max(1, (static_cast<int>(caps.size()) + a_page - 1) / a_page);
  const int first = (page % pages + pages) % pages * a_page, last = std::min(static_cast<int>(caps.size()), first + a_page);
  const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  if (h > 34) area.h = 34.0f * static_cast<float>(rows) + gap * static_cast<float>(rows - 1);
  const auto places = ui::grid(area, columns, rows, gap);
  std::size_t at = 0;
  for (int i = first; i < last; ++i) ui.key(places[at++], caps[static_cast<std::size_t>(i)].id, caps[static_cast<std::size_t>(i)].label);
  // The fixed ones keep their places at the end, so that the hand learns them.
  std::size_t end = static_cast<std::size_t>(cells) - fixed.size();
  if (more) ui.key(places[end - 1], "key:more", ui.say("parts.type.more"));
  for (const auto& cap : fixed) {
    const Rect r = places[end++];
    if (cap.filled) {
      ui::Card c;
      c.id = cap.id;
      c.label = cap.label;
      c.main = false;
      c.filled = true;
      c.tint = ui::Tint::staff;
      ui.button(r, c);
    } else {
      ui.key(r, cap.id, cap.label);
    }
  }
}

namespace {

struct TypeModel {};

std::vector<KeyCap> fixed_keys(const ui::Ui& ui) {
  std::vector<KeyCap> keys{{"key:erase", ui.say("parts.identify.erase"), false}};
  keys.push_back({"key:ok", ui.say("parts.receipt.done"), true});
  return keys;
}

std::vector<KeyCap> caps_of(const TypeText& t, const std::string& pinyin_word) {
  std::vector<KeyCap> caps;
  // The way to other keys, round and round: pinyin, digits, letters.
  const auto other = [&](const char* id, const std::string& label) { caps.push_back({id, label, false, true}); };
  if (t.keys == TypeText::Keys::digits) {
    for (const char c : std::string_view("1234567890")) caps.push_back({"key:" + std::string(1, c), std::string(1, c), false});
    if (t.kind != Writing::digits)
      for (const auto* c : {"-", "/", ":", ".", "·", "、"}) caps.push_back({std::string("pick:") + c, c, false});
    if (t.kind != Writing::digits) other("keys:latin", "ABC");
    return caps;
  }
  if (t.keys == TypeText::Keys::latin) {
    for (char c = 'A'; c <= 'Z'; ++c) caps.push_back({"key:" + std::string(1, c), std::string(1, c), false});
    caps.push_back({"pick: ", "_", false});
    other("keys:pinyin", pinyin_word);
    return caps;
  }
  if (t.letters.empty()) {
    // No syllable begins with I, U or V; few names with E or O.
    for (const char c : std::string_view("ABCDEFGHJKLMNOPQRSTWXYZ")) caps.push_back({"letter:" + std::string(1, static_cast<char>(c - 'A' + 'a')), std::string(1, c), false, c == 'E' || c == 'O'});
    other("keys:digits", "123");
    return caps;
  }
  const auto found = candidates(t.letters, t.kind == Writing::name, t.text.empty());
  const auto further = syllables(t.letters);
  // The likeliest characters first, then what the syllable may become, then the rest.
  const std::size_t head = further.empty() ? found.size() : std::min<std::size_t>(found.size(), 9);
  for (std::size_t i = 0; i < head; ++i) caps.push_back({"pick:" + found[i], found[i], false});
  for (const auto& s : further) caps.push_back({"syllable:" + s, s, false});
  for (std::size_t i = head; i < found.size(); ++i) caps.push_back({"pick:" + found[i], found[i], false});
  return caps;
}

void draw_type(ui::Ui& ui, const TypeModel&, const Draft& draft) {
  const auto& t = draft.of<TypeText>();
  Rect area = ui.reach();
  const bool roomy = area.h > 110;
  const std::string shown = t.text + (t.letters.empty() ? "" : " " + t.letters) + "_";
  ui.title(ui.say(t.title_key.empty() ? "parts.type.title" : t.title_key), {}, roomy ? "" : shown);
  ui.speak("parts.type.title", ui.say("parts.type.title"));
  if (roomy) {
    const Rect well = area.cut_top(22, ui.gap());
    ui.panel(well, ui::Tint::neutral);
    ui.text(well.inset(5, 1), shown, {.type = ui::Type::staff_title, .weight = ui::Weight::bold, .centre_v = true});
  }
  key_grid(ui, area, caps_of(t, ui.say("parts.type.pinyin")), fixed_keys(ui), t.page);
}

void append(TypeText& t, std::string_view what) {
  if (base::characters(t.text) < t.most) t.text += what;
  t.letters.clear();
  t.page = 0;
}

Next finish(Draft& draft) {
  auto t = draft.of<TypeText>();
  draft.of<TypeText>() = {};
  if (t.put) t.put(draft, std::string(base::trimmed(t.text)));
  return Next::back();
}

Next tap_type(Draft& draft, const TypeModel&, const Tap& tap) {
  auto& t = draft.of<TypeText>();
  if (tap.id == "key:more") {
    ++t.page;
    return Next::stay();
  }
  if (tap.id == "key:erase") {
    t.page = 0;
    if (!t.letters.empty()) t.letters.pop_back();
    else if (!t.text.empty()) {
      auto wide = base::to_utf32(t.text);
      wide.pop_back();
      t.text = base::to_utf8(wide);
    }
    return Next::stay();
  }
  if (tap.id == "key:ok") {
    // What is half typed becomes its likeliest character, never letters in a name.
    if (!t.letters.empty()) {
      const auto found = candidates(t.letters, t.kind == Writing::name, t.text.empty(), 1);
      append(t, found.empty() ? "" : found.front());
      return Next::stay();
    }
    return finish(draft);
  }
  if (tap.verb() == "keys") {
    t.keys = tap.arg() == "digits" ? TypeText::Keys::digits : tap.arg() == "latin" ? TypeText::Keys::latin : TypeText::Keys::pinyin;
    t.letters.clear();
    t.page = 0;
    return Next::stay();
  }
  if (tap.verb() == "pick") {
    append(t, tap.arg());
    return Next::stay();
  }
  if (tap.verb() == "letter" || tap.verb() == "syllable") {
    t.letters = tap.verb() == "letter" ? t.letters + std::string(tap.arg()) : std::string(tap.arg());
    t.page = 0;
    return Next::stay();
  }
  if (tap.verb() == "key") {
    append(t, tap.arg());
    return Next::stay();
  }
  if (tap.verb() == "char") {
    const auto typed = tap.arg();
    const bool digit = typed.size() == 1 && typed[0] >= '0' && typed[0] <= '9';
    const bool letter = typed.size() == 1 && ((typed[0] >= 'a' && typed[0] <= 'z') || (typed[0] >= 'A' && typed[0] <= 'Z'));
    if (t.kind == Writing::digits) {
      if (digit) append(t, typed);
      return Next::stay();
    }
    if (t.keys == TypeText::Keys::pinyin && letter) {
      if (t.letters.size() < 6) t.letters += spelt(typed);
      t.page = 0;
      return Next::stay();
    }
    if (!t.letters.empty() && (digit || typed == " ")) {
      const auto found = candidates(t.letters, t.kind == Writing::name, t.text.empty(), 9);
      const auto which = digit && typed[0] != '0' ? static_cast<std::size_t>(typed[0] - '1') : 0;
      if (which < found.size()) append(t, found[which]);
      return Next::stay();
    }
    if (!typed.empty() && static_cast<unsigned char>(typed[0]) >= 0x20) append(t, typed);
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
  t.keys = kind == Writing::digits ? TypeText::Keys::digits : kind == Writing::latin ? TypeText::Keys::latin : TypeText::Keys::pinyin;
  return Next::push("type/text");
}

std::vector<Screen> type_text_screens() {
  return {for_role(screen<TypeModel>("type/text", {.load = nullptr, .draw = draw_type, .on_tap = tap_type}), store::Role::volunteer)};
}

}  // namespace parts
