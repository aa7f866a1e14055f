#include "devices/spoken.h"

#include "base/almanac.h"
#include "base/pinyin.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <functional>
#include <set>

namespace devices {
namespace {

bool chinese(std::string_view language) { return language.starts_with("zh"); }
bool in(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }
bool is_pause(char32_t c) { return c == U',' || c == U'.' || c == U'!' || c == U'?'; }

char32_t heard_as(char32_t c) {
  if (in(U"，、,；;：:（）()·—\n", c)) return U',';
  if (in(U"。.…", c)) return U'.';
  if (in(U"！!", c)) return U'!';
  if (in(U"？?", c)) return U'?';
  if (c >= U'A' && c <= U'Z') return c + 32;
  if ((c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'\'') return c;
  if (!base::readings(c).empty() || c == U'〇') return c;
  if (c > 0x7f && c < 0x2000) return c;                     // letters of other languages
  if (c >= 0x0f00 && c < 0x1000) return c;                  // Tibetan
  return U' ';
}

// Does `key` fit `pattern`, where * is any run of characters?
bool fits(std::string_view pattern, std::string_view key) {
  std::size_t p = 0, k = 0, star = std::string_view::npos, from = 0;
  while (k < key.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = k;
    } else if (p < pattern.size() && pattern[p] == key[k]) {
      ++p;
      ++k;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      k = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// "{name}，记上了" -> slot name, then the words; the words before the first slot come with an empty one.
struct Part {
  std::string slot, words;
};
std::vector<Part> parts_of(std::string_view pattern) {
  std::vector<Part> parts{{}};
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    parts.back().words += pattern.substr(0, open);
    parts.push_back({std::string(pattern.substr(open + 1, close - open - 1)), {}});
    pattern.remove_prefix(close + 1);
  }
  parts.back().words += pattern;
  return parts;
}

constexpr std::array<std::string_view, 5> name_slots{"name", "child", "adult", "who", "names"};

// The text without pauses and marks at its ends, as it is shown to who reads it aloud.
std::string bare(std::string_view text) {
  auto all = base::to_utf32(text);
  const auto empty = [](char32_t c) { return c == U' ' || is_pause(heard_as(c)) || heard_as(c) == U' '; };
  while (!all.empty() && empty(all.back())) all.pop_back();
  const auto first = std::find_if_not(all.begin(), all.end(), empty);
  return base::to_utf8(std::u32string(first, all.end()));
}

void number_pieces(const std::function<void(std::string, std::string)>& add) {
  for (int n = 0; n < 100; ++n) add(fmt::format("piece.number.{}", n), base::number_zh(n));
  for (int n = 1; n < 10; ++n) add(fmt::format("piece.minute.{}", n), "零" + base::number_zh(n));
  for (int n = 1; n < 10; ++n) add(fmt::format("piece.hundred.{}", n), base::number_zh(100 * n));
  for (int n = 1; n < 10; ++n) add(fmt::format("piece.hundred_and.{}", n), base::number_zh(100 * n) + "零");
  for (int n = 1; n <= 12; ++n) add(fmt::format("piece.hour.{}", n), base::clock_zh(n, 0));
  for (int n = 1; n <= 12; ++n) add(fmt::format("piece.month.{}", n), base::number_zh(n) + "月");
  for (int n = 1; n <= 30; ++n) add(fmt::format("piece.lunar_day.{}", n), base::lunar_day_zh(n));
  add("piece.half", "半");
  add("piece.leap", "闰");
  add("piece.day", "日");
  add("piece.two", "两");
  add("piece.thousand", "千");
  add("piece.ten_thousand", "万");
  add("piece.point", "点");
  add("piece.yuan", "元");
  add("piece.kuai", "块");
  add("piece.mao", "毛");
  add("piece.fen", "分");
}

}  // namespace

Form form_of(std::string_view text, std::string_view language) {
  const auto words = base::to_utf32(chinese(language) ? base::numbers_in_words(text) : std::string(text));
  Form form;
  std::size_t name_from = std::u32string::npos;
  std::u32string name;
  bool space = false;
  for (const char32_t written : words) {
    if (written == name_begins) {
      name_from = std::u32string::npos;
      name.clear();
      // A pause or a space before it belongs to what is before.
      name_from = form.text.size();
      continue;
    }
    if (written == name_ends) {
      if (name_from < form.text.size()) form.names.push_back({name_from, form.text.size(), base::to_utf8(name)});
      name_from = std::u32string::npos;
      continue;
    }
    if (name_from != std::u32string::npos) name += written;
    const char32_t c = heard_as(written);
    if (c == U' ') {
      space = true;
      continue;
    }
    if (is_pause(c)) {
      // Of several pauses the first one stands, unless a greater one follows: 好。」
      if (form.text.empty()) continue;
      if (is_pause(form.text.back())) {
        if (form.text.back() == U',') form.text.back() = c;
      } else {
        form.text += c;
      }
      space = false;
      continue;
    }
    // Spaces part words of letters; between Chinese characters they are nothing.
    const bool letters = !form.text.empty() && form.text.back() < 0x2e80 && !is_pause(form.text.back()) && c < 0x2e80;
    if (space && letters) {
      if (name_from == form.text.size()) ++name_from;
      form.text += U' ';
    }
    space = false;
    form.text += c;
  }
  while (!form.text.empty() && is_pause(form.text.back())) form.text.pop_back();
  std::erase_if(form.names, [&](const Form::Name& n) { return n.from >= form.text.size(); });
  for (auto& n : form.names) n.to = std::min(n.to, form.text.size());
  return form;
}

std::string names_marked(std::string_view pattern, std::string_view filled) {
  const auto parts = parts_of(pattern);
  if (parts.size() < 2 || !filled.starts_with(parts.front().words)) return std::string(filled);
  std::string out = parts.front().words;
  auto left = filled.substr(out.size());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    const auto& after = parts[i].words;
    // The last words are those at the very end: a value may hold them too.
    const auto at = last ? (left.ends_with(after) ? left.size() - after.size() : std::string_view::npos)
                         : after.empty() ? std::string_view::npos : left.find(after);
    if (at == std::string_view::npos) return std::string(filled);
    const bool is_name = std::ranges::find(name_slots, parts[i].slot) != name_slots.end();
    if (is_name && at > 0) out += base::to_utf8(std::u32string(1, name_begins));
    out += left.substr(0, at);
    if (is_name && at > 0) out += base::to_utf8(std::u32string(1, name_ends));
    out += after;
    left.remove_prefix(at + after.size());
  }
  return left.empty() ? out : std::string(filled);
}

SpokenKeys SpokenKeys::load(const std::filesystem::path& file) {
  SpokenKeys keys;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto pattern = base::trimmed(std::string_view(line).substr(0, line.find('#')));
    if (pattern.starts_with('!')) keys.not_.emplace_back(pattern.substr(1));
    else if (!pattern.empty()) keys.patterns_.emplace_back(pattern);
  }
  return keys;
}

std::size_t SpokenKeys::place(std::string_view key) const {
  const bool not_said = std::ranges::any_of(not_, [&](const std::string& p) { return fits(p, key); });
  const auto found = std::ranges::find_if(patterns_, [&](const std::string& p) { return not_said ? p == key : fits(p, key); });
  return static_cast<std::size_t>(found - patterns_.begin());
}

std::vector<Line> lines_to_record(const base::Words& words, const SpokenKeys& spoken,
                                  std::span<const std::string> surnames) {
  auto keys = words.keys();
  std::erase_if(keys, [&](const std::string& key) { return !spoken.has(key); });
  std::ranges::stable_sort(keys, {}, [&](const std::string& key) { return spoken.place(key); });
  std::vector<Line> lines;
  std::set<std::u32string> there;
  const auto add = [&](std::string key, std::string_view text, bool piece) {
    auto shown = piece ? bare(text) : std::string(base::trimmed(text));  // a question is read as one
    auto form = form_of(shown, words.language()).text;
    if (form.empty() || !there.insert(std::move(form)).second) return;
    lines.push_back({std::move(key), std::move(shown), piece});
  };
  std::vector<std::string> with_slots;
  for (const auto& key : keys) {
    const auto text = words.text(key);
    if (text.find('{') != std::string::npos) with_slots.push_back(key);
    else add(key, text, false);
  }
  if (!words.chinese()) return lines;
  for (const auto& key : with_slots) {
    int number = 0;
    for (const auto& part : parts_of(words.text(key)))
      if (!part.words.empty()) add(fmt::format("{}#{}", key, ++number), part.words, true);
  }
  number_pieces([&](std::string key, std::string text) { add(std::move(key), text, true); });
  for (const auto& surname : surnames) {
    std::string code;
    for (const char32_t c : base::to_utf32(surname)) code += fmt::format(".{:x}", static_cast<std::uint32_t>(c));
    add("piece.surname" + code, surname, true);
  }
  return lines;
}

std::vector<std::string> common_surnames() {
  std::vector<std::string> out;
  for (const char32_t c : std::u32string_view(
           U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
           U"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"))
    out.push_back(base::to_utf8(std::u32string(1, c)));
  return out;
}

bool is_key(std::string_view key) {
  return !key.empty() && key.size() < 200 && key.front() != '.' && key.find("..") == std::string_view::npos &&
         std::ranges::all_of(key, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-' || c == '#';
         });
}

}  // namespace devices
