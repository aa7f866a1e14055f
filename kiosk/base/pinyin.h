// How Chinese is read: for finding people by what staff type, and for a voice that must not say a name wrong.
//
// Every reading of a character counts when finding (单 is found by s, d and c); one reading is chosen when
// speaking, a surname's own first. Tables of all 41 421 characters of Unihan are made at build time
// (deploy/cmake/pack_readings.py), about 250 KB of constants. Broken UTF-8 is read as U+FFFD and never throws. Any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// One reading. ü is written v: lv 4 for 绿. Tone 5 is neutral.
struct Reading {
  std::uint16_t code;
  [[nodiscard]] std::string_view syllable() const;
  [[nodiscard]] int tone() const { return code & 7; }
};

// The customary one first, then by how often it is used, archaic ones last. Empty for what is not a Chinese
// character.
[[nodiscard]] std::span<const Reading> readings(char32_t);

// --- finding

// How typed letters fit a name. Better ones are greater.
enum class Match { none, inside, start, whole };

// Each character of the name takes at least one letter, any beginning of any of its readings: wxl, wangxl, wxiulan
// and wangxiulan all fit 王秀兰; ü may be typed v or u. Letters and digits of the name fit themselves, case aside;
// typed Chinese fits itself; spaces, apostrophes, hyphens and middle dots are skipped on both sides. A character
// without known readings is skipped, so that its bearer can be found.
//   whole   all of the name is used up    start   from the first character on    inside   from a later one (xl for
//   王秀兰)
// Nothing typed is `start`: it excludes nobody. More than 64 letters are `none`. 1-3 us a name.
[[nodiscard]] Match match(std::string_view name, std::string_view typed);
// start or whole.
[[nodiscard]] bool initials_match(std::string_view name, std::string_view typed);

// At most this many keys of one name are given, the likeliest combinations of readings; three characters seldom
// have more.
inline constexpr std::size_t max_keys = 64;
// Every combination of first letters, likeliest first (a surname's own reading before others): 单雄 -> sx dx cx.
// For an index table name -> keys.
[[nodiscard]] std::vector<std::string> search_keys(std::string_view name);
// The same with whole toneless syllables: 单雄 -> shanxiong danxiong …; ü as v, then as u.
[[nodiscard]] std::vector<std::string> full_keys(std::string_view name);

// --- speaking

// Pinyin with tone numbers for espeak-ng's voice cmn-latn-pinyin: "wang2 nai3 nai5, ji4 shang4 le5." Words read
// otherwise than their characters (银行, 睡觉, 大夫), particles, 儿, 一 and 不 before other tones, and surnames
// before a title (单奶奶) are taken care of; third tones are left to the voice, which changes them itself. Numbers
// are read as Chinese ones: 126, 9:05, 3.5, 80%, 12.50元 (十二块五), 2026年, 13812345678 (digit by digit from seven digits on, or after
// a leading zero). `is_name`: the text is a person's name, perhaps with a title; inside a sentence a name may stand
// between U+2068 and U+2069 instead. Latin words pass in small letters, pictograms and other signs are left out.
// About 15 us a sentence, the first call 0.3 ms more.
[[nodiscard]] std::string pinyin_for_speech(std::string_view chinese, bool is_name = false);
// How many characters from there on are one person as people speak of them, which no line breaks: 王奶奶, 欧阳老师, 小李, 奶奶; 0: none.
[[nodiscard]] std::size_t spoken_of_at(std::u32string_view chinese, std::size_t at);
// The same reading of numbers, in characters: 11月24日 -> 十一月二十四日, 9:05 -> 九点零五, 12.5元 -> 十二块五. What a
// recorded sentence is put together from (devices/repertoire.h).
[[nodiscard]] std::string numbers_in_words(std::string_view chinese);

// The tables themselves; for pinyin.cpp and its generated source only.
namespace unihan {
struct Run {
  std::uint32_t first, last;  // code points
  std::uint32_t start;        // of `places`
};
extern const char syllable_text[];
extern const std::uint16_t syllable_offset[];
extern const std::size_t syllable_count;
extern const Reading pool[];
extern const Run runs[];
extern const std::size_t run_count;
extern const std::uint16_t places[];
}  // namespace unihan

}  // namespace base
