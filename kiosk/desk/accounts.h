// Staff accounts and who is on duty. A manager keeps the accounts; clerk and manager the duty.
#pragma once

#include "desk/sign_in.h"
#include "parts/screen.h"
#include "village/places.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

// Key: nothing for this village and whoever works everywhere, `villages` to choose another one, or a village's id.
struct StaffModel {
  std::vector<village::Staff> all;
  std::vector<village::Village> villages;  // to choose from; then `all` is empty
  std::string where;                       // the other village's name
  std::string list = "desk/staff";         // whose pages are turned
  bool has_others = false;                 // other villages stand in this database
};
struct StaffDraft {
  std::optional<village::StaffId> id;
  std::optional<village::PersonId> person;
  std::string name, number;
  store::Role role = store::Role::volunteer;
  bool active = true, everywhere = false;
  std::string pin;           // typed twice and not weak: set when the entry is saved
};
struct StaffEditModel { StaffDraft now; int passes = 3, memory_mib = 128; };
struct NewPin {  // in the draft while it is typed
  std::string first, second;
  bool again = false;
  std::string wrong;
  DigitOrder order = another_order();  // of the keys, where they are shuffled
};
struct NewPinModel { bool shuffled = false; };

struct DutyModel { std::vector<ui::Row> rows; std::vector<village::Duty> duties; };
struct DutyDraft { village::DutyId id; int staff = 0, weekday = 1; base::Minutes from{8 * 60}, until{18 * 60}; };
struct DutyEditModel { DutyDraft now; std::vector<village::StaffId> staff; std::vector<std::string> names; bool exists = false; };

[[nodiscard]] std::vector<parts::Screen> accounts_screens();

}  // namespace desk
