// "I am new here": whoever the register does not know writes their own name, and is known from then on.
//
// Screen identify/newcomer, part of the sub-journey of identify.h; type/own is type/text for a resident's hands.
#pragma once

#include "parts/screen.h"

#include <string>

namespace parts {

struct Newcomer { std::string name, phone; };  // kept in the draft while it is written
[[nodiscard]] Screen newcomer_screen();

}  // namespace parts
