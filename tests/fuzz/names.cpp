// Names, phones and what is typed to find somebody: broken UTF-8, rare characters, letters from elsewhere.
#include "base/pinyin.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "village/find.h"

#include <algorithm>

namespace {

using fuzz::must;

void run(std::string_view input) {
  const auto bar = std::min(input.find('|'), input.size());
  const std::string name(input.substr(0, bar)), typed(input.substr(std::min(input.size(), bar + 1)));
  const auto keys = village::keys_of(name, typed);
  must(std::ranges::is_sorted(keys) && std::ranges::adjacent_find(keys) == keys.end(), "each key once, in order");
  for (const auto& k : keys) must(!k.empty() || name.empty(), "a key is something");
  const auto typed_key = village::folded(typed), whole = village::folded(name);
  must(village::folded(typed_key) == typed_key, "folded is folded");
  if (!whole.empty()) must(std::ranges::binary_search(keys, whole), "the whole name finds its bearer");
  const auto initials = base::search_keys(name);
  must(initials.size() <= base::max_keys && base::full_keys(name).size() <= 2 * base::max_keys, "no name makes endless keys");
  for (const auto& k : initials)
    if (k.size() <= 64) must(base::match(name, k) >= base::Match::start, "initials fit their name");
  must(base::initials_match(name, typed) == (base::match(name, typed) >= base::Match::start), "initials are a match from the start");
  must(base::match(name, "") >= base::Match::start, "nothing typed excludes nobody");
  const auto spoken = base::pinyin_for_speech(input), as_name = base::pinyin_for_speech(name, true);
  must(std::ranges::all_of(spoken + as_name, [](char c) { return static_cast<unsigned char>(c) < 0x80; }), "what the voice is given is plain letters");
  (void)base::numbers_in_words(input);
  const auto wide = base::to_utf32(input);
  for (std::size_t at = 0; at <= wide.size() && at < 40; ++at) must(at + base::spoken_of_at(wide, at) <= wide.size(), "a person's name ends within the text");
  for (const auto c : wide)
    for (const auto& r : base::readings(c)) must(!r.syllable().empty() && r.tone() >= 1 && r.tone() <= 5, "a reading is a syllable and a tone");
}

std::vector<std::string> seeds() {
  return {"王秀兰|wxl", "单雄|shanx", "欧阳\xe2\x80\x8b娜娜|ouyangnn", "绿珠|lvzhu", "\xf0\xa0\xae\xb7某|13812345678", "买买提·艾力|mmt'al", "Ａ王１|a王1", "乐乐乐乐乐乐乐乐|llllllll", "\xd9\x85\xd8\xad|x",
          "11月24日 9:05, 12.50元 80% 2026年 13812345678 -3.5|", "\xff\xe7\x8e|\xc3"};
}

const fuzz::Listed listed({.name = "names", .run = run, .seeds = seeds, .longest = 512, .tries = 3000});

}  // namespace
