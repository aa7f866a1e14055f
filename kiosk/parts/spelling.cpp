#include "parts/spelling.h"

#include "base/pinyin.h"
#include "base/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace parts {

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

namespace {

// The likeliest character that is read exactly so, or nothing.
std::string likeliest(std::string_view syllable, bool surname) {
  for (const auto* table : {surname ? &surnames() : &given_names(), &common()})
    if (const auto found = table->by_syllable.find(syllable); found != table->by_syllable.end()) return base::to_utf8(std::u32string(1, found->second.front()));
  return {};
}

// 王秀兰 for wang xiu lan: the surname most people bear, then what they are mostly called. A name has at most four syllables.
std::string whole_name(const std::vector<std::string>& cut, bool first) {
  std::string name;
  if (cut.size() < 2 || cut.size() > 4) return name;
  for (std::size_t i = 0; i < cut.size(); ++i) {
    const auto c = likeliest(cut[i], first && i == 0);
    if (c.empty()) return {};
    name += c;
  }
  return name;
}

}  // namespace

Spelling spell(entry::Composer* engine, std::string_view letters, bool name, bool first) {
  Spelling s;
  const auto typed = spelt(letters);
  if (typed.empty()) return s;
  s.cut = engine ? engine->syllables(typed) : std::vector{typed};
  if (s.cut.empty()) s.cut = {typed};
  s.further = syllables(s.cut.back());
  const auto add = [&](const std::string& text) {
    if (!text.empty() && std::ranges::find(s.candidates, text) == s.candidates.end()) s.candidates.push_back(text);
  };
  if (!engine) {
    s.candidates = candidates(typed, name, first);
    return s;
  }
  const auto ours = candidates(s.cut.front(), name, first, name ? 200 : 0);
  if (name) {
    add(whole_name(s.cut, first));
    // Those the lists of names hold, before words that are no names; the commonest of the rest come after.
    const auto& table = first ? surnames() : given_names();
    if (const auto exact = table.by_syllable.find(s.cut.front()); exact != table.by_syllable.end())
      for (const auto c : exact->second) add(base::to_utf8(std::u32string(1, c)));
    if (s.cut.size() == 1)
      for (std::size_t i = 0; i < ours.size() && s.candidates.size() < 12; ++i) add(ours[i]);
  }
  for (const auto& text : engine->candidates(typed)) add(text);
  return s;
}

entry::Composer::Taken take(entry::Composer* engine, const Spelling& s, std::string_view letters, std::string_view text) {
  const auto characters = base::characters(text);
  if (engine) {
    if (auto taken = engine->take(spelt(letters), text); !taken.text.empty()) return taken;
  }
  // One of ours: a syllable for each character.
  entry::Composer::Taken taken{std::string(text), {}};
  for (std::size_t i = characters; i < s.cut.size(); ++i) taken.rest += s.cut[i];
  return taken;
}

}  // namespace parts
