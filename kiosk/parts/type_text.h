// A sub-journey in which staff write a short text: Chinese by pinyin (initial, syllable, character), Latin letters, digits.
//
// Screen type/text. A real keyboard works too: the app gives `char:<utf8>` and `key:erase`. Staff only; nothing a resident needs is typed.
#pragma once

#include "parts/screen.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace parts {

enum class Writing { chinese, name, digits, latin };

// Kept in the draft while somebody writes.
struct TypeText {
  std::string title_key;
  Writing kind = Writing::chinese;
  std::string text;
  std::size_t most = 40;            // characters
  std::function<void(Draft&, const std::string&)> put;  // what becomes of it; then the screen below is there again
  std::string letters;              // pinyin typed so far, not yet a character
  enum class Keys { pinyin, digits, latin } keys = Keys::pinyin;
  int page = 0;                     // of candidates or keys
};

// Opens the sub-journey; `put` is called when it is done, then it goes back.
[[nodiscard]] Next type_text(Draft&, std::string title_key, Writing kind, std::string now, std::function<void(Draft&, const std::string&)> put, std::size_t most = 40);
[[nodiscard]] std::vector<Screen> type_text_screens();

// Syllables that begin with these letters and are read of some common character, by the alphabet: l -> la lai lan …
[[nodiscard]] std::vector<std::string> syllables(std::string_view letters);
// Characters read so, those with exactly this syllable first, most used first. `name`: surnames (nothing written yet) or given names go first.
[[nodiscard]] std::vector<std::string> candidates(std::string_view letters, bool name, bool first, std::size_t most = 200);

// Keys of a kind in a grid that fills the area with cells of at least 20 mm; `fixed` are always there, the rest in pages (key:more).
// `rare` ones go to the last page where a glass cannot hold all.
struct KeyCap { std::string id, label; bool filled = false, rare = false; };
void key_grid(ui::Ui&, ui::Rect area, std::vector<KeyCap> caps, const std::vector<KeyCap>& fixed, int page);

namespace characters {
extern const std::string_view surnames, given_names, common;  // in the order they are offered
}

}  // namespace parts
