// Finding one of a hundred thousand: every way is the beginning of a key in one index.
#include "village/find.h"

#include "base/pinyin.h"
#include "village/faces.h"
#include "village/rights.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace village {
namespace {

// Whether a syllable may begin so: a consonant (or zh, ch, sh), then vowels, then n, ng or r.
bool begins_a_syllable(std::string_view piece) {
  const auto vowel = [](char c) { return std::string_view("aeiouv").find(c) != std::string_view::npos; };
  if (piece.empty() || std::string_view("iuv").find(piece[0]) != std::string_view::npos) return false;
  std::size_t at = 0;
  if (!vowel(piece[0])) at = piece.size() > 1 && piece[1] == 'h' && std::string_view("zcs").find(piece[0]) != std::string_view::npos ? 2 : 1;
  const auto consonants = at;
  while (at < piece.size() && vowel(piece[at])) ++at;
  const auto rest = piece.substr(at);
  return rest.empty() || (at > consonants && (rest == "n" || rest == "ng" || rest == "r"));
}

// Letters that may be initials and spellings mixed (wangxl): every way of cutting them into two to four syllables gives initials to look
// up. A handful of ways, whatever the village's size.
void cut(std::string_view letters, std::size_t from, const std::string& initials, std::set<std::string>& ways) {
  if (from == letters.size()) {
    if (initials.size() > 1 && initials.size() < letters.size()) ways.insert(initials);
    return;
  }
  if (initials.size() == 4) return;
  for (std::size_t next = from + 1; next <= std::min(letters.size(), from + 6); ++next)
    if (begins_a_syllable(letters.substr(from, next - from))) cut(letters, next, initials + letters[from], ways);
}

bool letters_only(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string folded(std::string_view typed) {
  std::u32string out;
  for (char32_t c : base::to_utf32(typed)) {
    if (c == 0x3000) c = ' ';
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
    if (c == 0xFC || c == 0xDC) c = 'v';
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c == ' ' || c == '\t' || c == '\'' || c == 0xB7) continue;
    out += c;
  }
  return base::to_utf8(out);
}

std::vector<std::string> keys_of(const std::string& name, const std::string& phone) {
  auto keys = base::search_keys(name);
  for (auto& spelled : base::full_keys(name)) keys.push_back(std::move(spelled));
  const auto whole = folded(name);
  for (std::size_t at = 0; at < whole.size(); ++at)
    if ((static_cast<unsigned char>(whole[at]) & 0xC0) != 0x80) keys.push_back(whole.substr(at));
  if (const auto number = digits(phone); !number.empty()) {
    keys.push_back(number);
    if (number.size() > 4) keys.push_back(number.substr(number.size() - 4));
  }
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  return keys;
}

std::vector<FaceOf> find(const store::Reader& reader, std::string_view query, int limit) {
  std::vector<FaceOf> found;
  const auto key = folded(query);
  if (!reader.may(right::find) || key.empty() || limit <= 0) return found;
  const FaceReader faces(reader);
  const auto today = reader.today();
  const auto add = [&](store::Rows rows) {
    for (const auto row : rows) {
      if (static_cast<int>(found.size()) >= limit) return;
      auto face = faces.read(row);
      if (std::ranges::none_of(found, [&](const FaceOf& f) { return f.id == face.id; })) found.push_back(std::move(face));
    }
  };
  static const auto card = fmt::format(
      "SELECT {} FROM village_card k JOIN village_person p ON p.id = k.person WHERE k.code = ? AND k.state = 'good'"
      " AND (p.left_on IS NULL OR p.left_on > ?)",
      face_columns);
  add(reader.query(card, base::trimmed(query), today));
  static const auto house = fmt::format(
      "SELECT {} FROM village_household h JOIN village_person p ON p.household = h.id WHERE h.number = ?"
      " AND (p.left_on IS NULL OR p.left_on > ?) ORDER BY h.grp, p.born LIMIT ?",
      face_columns);
  add(reader.query(house, base::trimmed(query), today, limit));
  if (static_cast<int>(found.size()) >= limit) return found;
  // Keys in their order: whoever's whole key was typed comes first. The join stays a walk along the index: CROSS JOIN keeps its order.
  static const auto begins = fmt::format(
      "SELECT {} FROM (SELECT DISTINCT k.person AS id FROM village_person_key k CROSS JOIN village_person q ON q.id = k.person"
      " WHERE k.key >= ? AND k.key < ? AND (q.left_on IS NULL OR q.left_on > ?) LIMIT ?) f CROSS JOIN village_person p ON p.id = f.id",
      face_columns);
  const auto end = [](const std::string& beginning) { return beginning + "\xF4\x8F\xBF\xBF"; };
  add(reader.query(begins, key, end(key), today, limit));
  if (!found.empty() || !letters_only(key) || key.size() < 3 || key.size() > 16) return found;
  std::set<std::string> ways;
  cut(key, 0, {}, ways);
  static const auto face_of = fmt::format("SELECT {} FROM village_person p WHERE p.id = ?", face_columns);
  for (const auto& initials : ways) {
    std::vector<PersonId> fit;
    for (auto rows = reader.query("SELECT DISTINCT p.id, p.name FROM village_person_key k CROSS JOIN village_person p ON p.id = k.person"
                                  " WHERE k.key >= ? AND k.key < ? AND (p.left_on IS NULL OR p.left_on > ?) LIMIT 200",
                                  initials, end(initials), today);
         const auto row : rows)
      if (base::initials_match(row.get<std::string>(1), key)) fit.push_back(row.get<PersonId>(0));
    for (const auto id : fit)
      if (static_cast<int>(found.size()) < limit) add(reader.query(face_of, id));
  }
  return found;
}

}  // namespace village
