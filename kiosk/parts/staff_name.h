// What staff are called where staff are shown: one person, one name, on every screen.
#pragma once

#include "village/people.h"

#include <string>

namespace parts {

// As everybody in the house calls them: on the bar (找小王), at sign-in, where somebody is chosen to go. In full where nobody is called anything.
inline std::string staff_called(const village::FaceOf& face, const base::Words& words) {
  const auto called = village::address(face, words);
  return called.empty() ? face.name : called;
}
// Where accounts and the rota are kept, both: 小王 · 王燕.
inline std::string staff_called_in_full(const village::FaceOf& face, const base::Words& words) {
  const auto called = staff_called(face, words);
  return called == face.name ? called : called + " · " + face.name;
}

}  // namespace parts
