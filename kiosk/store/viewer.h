// For whom the store is opened: who is looking, how we know, and what they may.
//
// Rights are asked here by every deed and every query, never only by a screen.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace store {

// How sure we are who stands there. Each level includes those before it. Stored: add at the end, never renumber.
enum class Known : std::uint8_t {
  nobody = 0,  // an unidentified person
  face = 1,    // touched their own picture, or typed the last four digits of a phone number
  card = 2,    // held a card to the reader
  secret = 3,  // touched their three pictures
};

// What staff are trusted with. Stored: add at the end, never renumber.
enum class Role : std::uint8_t {
  none = 0,
  volunteer = 1,
  clerk = 2,
  manager = 3,
  clockwork = 4,  // the kiosk itself: chores and reactions
};

struct Viewer {
  Role role = Role::none;
  Known known = Known::nobody;
  std::optional<base::Uuid> person;  // the resident who is known, or the person a staff member is
  std::optional<base::Uuid> staff;   // the staff account
  std::optional<base::Uuid> helper;  // who touches the glass for the resident; the empty id: somebody the register does not know
  base::Uuid site;                   // where this kiosk stands

  [[nodiscard]] static Viewer nobody(base::Uuid site) { return {Role::none, Known::nobody, {}, {}, {}, site}; }
  [[nodiscard]] static Viewer resident(base::Uuid site, base::Uuid person, Known how) { return {Role::none, how, person, {}, {}, site}; }
  [[nodiscard]] static Viewer of_staff(base::Uuid site, Role role, base::Uuid staff, std::optional<base::Uuid> person) {
    return {role, Known::card, person, staff, {}, site};
  }
  [[nodiscard]] static Viewer clockwork(base::Uuid site) { return {Role::clockwork, Known::nobody, {}, {}, {}, site}; }
  [[nodiscard]] bool is_staff() const { return role == Role::volunteer || role == Role::clerk || role == Role::manager; }
};

// Who may do one thing: a row of a shape's rights table. `resident` is the level at which a person may do it for themselves (or for
// somebody they act for); `anyone` is for what needs no identification at all.
struct Right {
  std::string_view name;  // attendance.check_in: as in tests/house/rights.csv
  bool anyone = false;
  std::optional<Known> resident;
  bool volunteer = false, clerk = false, manager = false, clockwork = false;

  // Roles alone; whether the person concerned is the viewer is asked with `for_person`.
  [[nodiscard]] bool role_may(Role) const;
};

[[nodiscard]] bool may(const Viewer&, const Right&);
// The same where the deed or query concerns one person: residents only for themselves.
[[nodiscard]] bool may_for(const Viewer&, const Right&, const base::Uuid& person);

[[nodiscard]] std::string_view name(Known);
[[nodiscard]] std::string_view name(Role);
[[nodiscard]] std::optional<Role> role_named(std::string_view);

}  // namespace store
