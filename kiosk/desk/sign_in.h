// Calling whoever is on duty, and how staff sign in: face, number or card, then six digits.
//
// The rule: a guess at a PIN is counted and committed before it is looked at; the slow hash is done on a worker.
#pragma once

#include "desk/whom.h"
#include "parts/screen.h"
#include "village/places.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

struct CallModel : Whom {
  bool rung = false;
  bool known = false;  // a resident is: somebody may help them
};
using DigitOrder = std::vector<int>;  // as they stand on the keys; empty: as on a telephone
// Who looks over a shoulder sees fingers, not digits (setting pin.shuffle); another order each time a PIN is asked for, never while it is typed.
[[nodiscard]] bool shuffled(const store::Reader&);
[[nodiscard]] DigitOrder another_order();

struct SignInModel { std::vector<village::Staff> staff; };
struct PinModel {
  std::optional<village::Staff> staff;
  std::vector<village::Staff> everybody;     // of the village: another's card may be held to the reader here
  std::string name;
  bool shuffled = false;                     // setting pin.shuffle
  std::optional<base::Minutes> locked_for;
  int tries_left = 0;
};
struct StaffNumberModel { std::vector<village::Staff> staff; };

// What staff have typed; wiped with the session.
struct SignIn {
  std::string pin, number;
  bool carded = false;  // with their own card
  std::string card;     // the secret on it
  DigitOrder order;     // of the keys, where they are shuffled: the same until the PIN is typed
  std::string wrong;  // what to tell: village.refused.<wrong> at the PIN, desk.sign_in.<wrong> before it
};

[[nodiscard]] std::vector<parts::Screen> sign_in_screens();

// Digits in the order they stand, then erase and ok: 3 x 4, or 6 x 2 where the area is low. Keys key:0 … key:9, key:erase, key:ok.
void keypad(ui::Ui&, ui::Rect area, const DigitOrder& order = {});
// What stands left of it, taken off the area: never so wide that six keys in a row do not fit.
[[nodiscard]] ui::Rect beside_keypad(ui::Ui&, ui::Rect& area);

}  // namespace desk
