// Who are you? The sub-journey that knows a person by face, number, card or secret, then goes where it was asked to go.
//
// Screens identify/group, identify/faces, identify/number, identify/confirm, identify/secret, identify/carer. Nothing about a person but their face and
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

// Who stands beside and touches for the resident; for the rest of the session, and in every fact said in it.
struct Helper {
  std::optional<base::Uuid> who;  // the empty id: somebody the register does not know
  std::string called;
  bool choosing = false;          // the group and face asked for are the helper's
};
// The choice "helped", or that somebody does.
[[nodiscard]] ui::Card helper_card(ui::Ui&, const Draft&);
// "小李帮着点的", for a receipt; empty while nobody helps.
[[nodiscard]] std::string helped_line(ui::Ui&, const Draft&);
// Asks who is helping, then goes on to a screen.
[[nodiscard]] Next identify_helper(Draft&, std::string then_screen, std::string then_key = {});
// A child needs a carer of its list beside it (a deed refused `with_carer`): screen identify/carer, which goes back when one has touched.
inline constexpr std::string_view carer_screen = "identify/carer";

// How well somebody must be known before her own days and requests are shown: by the face she chose, or (setting people.own_proven, where
// neighbours choose each other's) by card or phone number.
[[nodiscard]] store::Known needed_for_own(const store::Reader&);
// Where a journey goes when it needs to know who: straight on when the session already knows well enough.
[[nodiscard]] Next identify(Draft&, store::Known needed, std::string then_screen, std::string then_key = {});
// A known person (a card was read, the right face or secret touched): go on to what was asked for, the sub-journey's screens dropped.
[[nodiscard]] Next identified(Draft&, village::PersonId, store::Known how);
// A card read while the sub-journey asks: the resident's, or the helper's where that is what the screen on top asks for.
[[nodiscard]] Next card_identified(Draft&, const village::FaceOf&, bool helper);
[[nodiscard]] bool asks_for_helper(const Draft&, std::string_view screen, std::string_view key);
[[nodiscard]] std::vector<Screen> identify_screens();

}  // namespace parts
