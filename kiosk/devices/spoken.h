// What is spoken, in the form in which a recorded clip is looked for, and what of it a village can record.
//
// The rule: a clip is for words, not for a key. It is played where exactly its words are to be said and nowhere else;
// when a text is changed afterwards its clip is no longer found, whatever its name (`stale` in packs.h). Any thread.
#pragma once

#include "base/text.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace devices {

inline constexpr char32_t name_begins = 0x2068, name_ends = 0x2069;  // as for base/pinyin.h

// A text as it is heard. Numbers are words, signs and pictograms are gone, every pause inside is one of , . ! ? and
// there is none at either end; English in small letters, one space between words.
struct Form {
  std::u32string text;
  struct Name {
    std::size_t from = 0, to = 0;  // in `text`
    std::string as_written;        // for who must read it: 单奶奶
  };
  std::vector<Name> names;  // what stood between name_begins and name_ends
};
[[nodiscard]] Form form_of(std::string_view text, std::string_view language);

// The filled-in text with its names between the marks above: of "{name}，记上了。" the value of the slot.
// Names are the slots name, child, adult, who, names. A text that is not of this pattern comes back as it is.
[[nodiscard]] std::string names_marked(std::string_view pattern, std::string_view filled);

// Which keys are spoken: patterns of assets/voice/spoken.txt, a line each, `*` for any part of a key, `#` a remark; a line
// that begins with ! takes away what it fits, but not a key that stands there in full. In the order of recording. tests/house/spoken_test.py compares them with the code, tests/app with what the screens
// say.
class SpokenKeys {
 public:
  static SpokenKeys load(const std::filesystem::path& file);  // none if it is not there
  [[nodiscard]] bool has(std::string_view key) const { return place(key) < patterns_.size(); }
  // Index of the first pattern that fits; as many as there are patterns: none.
  [[nodiscard]] std::size_t place(std::string_view key) const;

 private:
  std::vector<std::string> patterns_, not_;
};

// One thing to record. Keys: the text's own; `<key>#2` the second of the words between its slots;
// `piece.hour.9` and the like, numbers of every kind; `piece.surname.5355` (the code point of 单).
struct Line {
  std::string key, text;
  bool piece = false;  // part of a sentence: said in the middle of one, without its tone falling
};
// Everything once, in order: whole sentences, then pieces. Sentences of Chinese with slots are put together from
// pieces; those of other languages have no clip. `surnames`: characters of them, the village's own first.
[[nodiscard]] std::vector<Line> lines_to_record(const base::Words&, const SpokenKeys&,
                                                std::span<const std::string> surnames);
// A hundred that many people bear: the first five as in the Ministry of Public Security's report on names of 2020, the
// rest ours.
[[nodiscard]] std::vector<std::string> common_surnames();

// Whether a key may name a file: letters, digits and . _ - # only, no "..", not longer than 200.
[[nodiscard]] bool is_key(std::string_view);

}  // namespace devices
