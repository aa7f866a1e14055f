// What pinyin letters become: librime's sentences and words where it is there, single characters of our own lists where it is not; in a
// name, characters that people are called by first.
#pragma once

#include "entry/composer.h"

#include <string>
#include <string_view>
#include <vector>

namespace parts {

// Syllables that begin with these letters and are read of some common character, by the alphabet: l -> la lai lan …
[[nodiscard]] std::vector<std::string> syllables(std::string_view letters);
// Characters read so, those with exactly this syllable first, most used first. `name`: surnames (nothing written yet) or given names go first.
[[nodiscard]] std::vector<std::string> candidates(std::string_view letters, bool name, bool first, std::size_t most = 200);

struct Spelling {
  std::vector<std::string> candidates;  // likeliest first
  std::vector<std::string> cut;         // the letters in syllables; the last may be unfinished
  std::vector<std::string> further;     // what the last one may become
};
// The engine may be missing. In a name of several syllables the first candidate is the whole name as people are mostly called.
[[nodiscard]] Spelling spell(entry::Composer*, std::string_view letters, bool name, bool first);
// Takes a candidate: its text, and the letters that are still to become something.
[[nodiscard]] entry::Composer::Taken take(entry::Composer*, const Spelling&, std::string_view letters, std::string_view text);

namespace characters {
extern const std::string_view surnames, given_names, common;  // in the order they are offered
}

}  // namespace parts
