// How people are called: 王奶奶, 李叔, 小虎; in English Grandma Wang, Uncle Li, Xiaohu.
#include "base/pinyin.h"
#include "village/faces.h"

#include <array>

namespace village {
namespace {

// Surnames of two characters that are met in the countryside; every other surname is the first character.
constexpr std::array<std::string_view, 24> long_surnames{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
                                                         "司徒", "夏侯", "端木", "百里", "呼延", "南宫", "东郭", "赫连", "澹台", "淳于", "单于", "轩辕"};

std::string last_character(const std::string& text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[--at]) & 0xC0) == 0x80) {}
  return text.substr(at);
}

// Pinyin as a name is written abroad: tones left out, ü kept, syllables of one part joined: Ouyang, Xiaohu. By the name's own readings.
std::string written(const std::string& spoken, std::size_t from, std::size_t count) {
  std::string out;
  std::size_t syllable = 0, at = 0;
  while (at < spoken.size()) {
    auto end = spoken.find(' ', at);
    if (end == std::string::npos) end = spoken.size();
    if (syllable >= from && syllable - from < count)
      for (const char c : spoken.substr(at, end - at)) {
        if (c == 'v') out += "ü";
        else if (c >= 'a' && c <= 'z') out += out.empty() ? static_cast<char>(c - 'a' + 'A') : c;
      }
    ++syllable;
    at = end + 1;
  }
  return out;
}

std::string surname_written(const NameParts& parts) {
  const auto out = written(base::pinyin_for_speech(parts.surname + parts.given, true), 0, base::characters(parts.surname));
  return out.empty() ? parts.surname : out;
}

std::string name_written(const NameParts& parts) {
  const auto spoken = base::pinyin_for_speech(parts.surname + parts.given, true);
  const auto surname = written(spoken, 0, base::characters(parts.surname));
  const auto given = written(spoken, base::characters(parts.surname), 8);
  return surname.empty() ? parts.surname + parts.given : given.empty() ? surname : surname + " " + given;
}

}  // namespace

NameParts name_parts(const std::string& name) {
  for (const auto surname : long_surnames)
    if (name.size() > surname.size() && name.starts_with(surname)) return {std::string(surname), name.substr(surname.size())};
  std::size_t first = name.empty() ? 0 : 1;
  while (first < name.size() && (static_cast<unsigned char>(name[first]) & 0xC0) == 0x80) ++first;
  return {name.substr(0, first), name.substr(first)};
}

std::string kin(const std::string& sex, std::optional<base::Day> born, base::Day today, int elder_age, int child_age) {
  if (!born) return {};
  const int age = base::full_years(*born, today);
  if (age < child_age) return "child";
  if (sex != "f" && sex != "m") return {};
  const bool woman = sex == "f";
  if (age >= elder_age) return woman ? "grandma" : "grandpa";
  // Whom one calls aunt or uncle is no question of law; halfway between child and elder nobody is offended. Ours.
  if (age >= (elder_age + child_age) / 2) return woman ? "auntie" : "uncle";
  return "young";
}

std::string in_chinese(const std::string& kin, const std::string& name) {
  const auto parts = name_parts(name);
  if (kin == "grandma") return parts.surname + "奶奶";
  if (kin == "grandpa") return parts.surname + "爷爷";
  if (kin == "auntie") return parts.surname + "婶";
  if (kin == "uncle") return parts.surname + "叔";
  if (kin == "young") return "小" + parts.surname;
  if (kin == "child" && !parts.given.empty()) return last_character(parts.given) == parts.given ? "小" + parts.given : parts.given;
  return name;
}

namespace {

std::string address_of(const std::string& kin, const std::string& called, const std::string& name, const base::Words& words) {
  if (!called.empty()) return called;
  const auto parts = name_parts(name);
  if (words.chinese()) {
    // The words' own terms, so that a village may put its dialect in place of ours.
    if (kin.empty() || (kin == "child" && parts.given.empty())) return name;
    if (kin == "child") return in_chinese(kin, name);
    return words.text("village.kin." + kin, {{"surname", parts.surname}});
  }
  if (kin.empty()) return name_written(parts);
  if (kin == "child") {
    const auto own = written(base::pinyin_for_speech(in_chinese(kin, name)), 0, 8);
    return own.empty() ? name : own;
  }
  return words.text("village.kin." + kin, {{"surname", surname_written(parts)}});
}

}  // namespace

std::string address(const Person& person, base::Day today, const base::Words& words, int elder_age, int child_age) {
  if (person.erased) return words.text("village.erased.name");
  return address_of(kin(person.sex, person.born, today, elder_age, child_age), person.called, person.name, words);
}

std::string address(const FaceOf& face, const base::Words& words) {
  if (face.name == erased_name) return words.text("village.erased.name");
  return address_of(face.kin, face.kin.empty() && face.called != face.name ? face.called : std::string{}, face.name, words);
}

std::string address(const store::Reader& reader, PersonId id, const base::Words& words) {
  const auto known = face(reader, id);
  if (known) return address(*known, words);
  const auto entry = reader.viewer().is_staff() ? person(reader, id) : std::nullopt;
  return entry && entry->erased ? words.text("village.erased.name") : std::string{};
}

}  // namespace village
