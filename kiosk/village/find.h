// What a person is found by. Used inside the village alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace village {

// Keys of one person, each looked up by its beginning: initials and spellings of every reading of the name, the name and each of its
// endings (so that any part of it is found), the phone number and its last four digits. Depends on the two alone.
[[nodiscard]] std::vector<std::string> keys_of(const std::string& name, const std::string& phone);

// What was typed, as keys are written: no blanks, small letters, 　１２３ and ＡＢＣ as 123 and abc, ü as v.
[[nodiscard]] std::string folded(std::string_view typed);

}  // namespace village
