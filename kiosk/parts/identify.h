// Who are you? The sub-journey that knows a person by face, number, card or secret, then goes where it was asked to go.
//
// Screens identify/group, identify/faces, identify/number, identify/confirm, identify/secret. Nothing about a person but their face and
// how they are called is shown before the level asked for is reached.
#pragma once

#include "parts/screen.h"

namespace parts {

// Kept in the draft while the sub-journey runs.
struct Identify {
  store::Known needed = store::Known::face;
  std::string then_screen, then_key;
  std::optional<village::PersonId> chosen;  // touched, not yet proven
  std::string typed;                        // digits
  std::string last_digit;                   // the fourth, until it is counted
  std::vector<int> pictures;                // of the secret
  std::string wrong;                        // refusal name to show under the title
};

// Where a journey goes when it needs to know who: straight on when the session already knows well enough.
[[nodiscard]] Next identify(Draft&, store::Known needed, std::string then_screen, std::string then_key = {});
// A known person (a card was read, the right face or secret touched): go on to what was asked for, the sub-journey's screens dropped.
[[nodiscard]] Next identified(Draft&, village::PersonId, store::Known how);
[[nodiscard]] std::vector<Screen> identify_screens();

}  // namespace parts
