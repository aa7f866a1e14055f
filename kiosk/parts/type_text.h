// A sub-journey in which staff write a short text: Chinese by pinyin (librime) or with the finger (zinnia), Latin letters, digits.
//
// Screen type/text. A real keyboard works too: the app gives `char:<utf8>` and `key:erase`; letters compose, 1-9 and the space bar choose.
// Staff's, but for type/own, where whoever is new writes their own name: nothing else a resident needs is typed. Ids never hold what is written, so that no trace does.
#pragma once

#include "parts/hand_pad.h"
#include "parts/screen.h"
#include "parts/spelling.h"

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
  std::string letters;              // pinyin typed so far, not yet characters
  enum class Keys { pinyin, digits, latin, hand } keys = Keys::pinyin;
  bool capitals = true;             // of latin keys
  bool more_letters = false;        // on a low glass: keys again although something is composed
  int page = 0;                     // of candidates or keys
  HandPad hand;
  bool own = false;                 // a resident writes: larger keys, screen type/own
};

// Opens the sub-journey; `put` is called when it is done, then it goes back.
[[nodiscard]] Next type_text(Draft&, std::string title_key, Writing kind, std::string now, std::function<void(Draft&, const std::string&)> put, std::size_t most = 40);
// The same for a resident who writes their own name or number.
[[nodiscard]] Next type_own(Draft&, std::string title_key, Writing kind, std::string now, std::function<void(Draft&, const std::string&)> put, std::size_t most = 40);
[[nodiscard]] std::vector<Screen> type_text_screens();

struct TypeModel {
  Spelling spelling;         // of the letters
  Recognised hand;           // of the strokes
  bool can_hand = false;
};

}  // namespace parts
