#include "store/viewer.h"

namespace store {

bool Right::role_may(Role role) const {
  switch (role) {
    case Role::volunteer: return volunteer;
    case Role::clerk: return clerk;
    case Role::manager: return manager;
    case Role::clockwork: return clockwork;
    case Role::none: return false;
  }
  return false;
}

bool may(const Viewer& viewer, const Right& right) {
  if (right.anyone || right.role_may(viewer.role)) return true;
  return viewer.role == Role::none && right.resident && viewer.person && viewer.known >= *right.resident;
}

bool may_for(const Viewer& viewer, const Right& right, const base::Uuid& person) {
  if (right.anyone || right.role_may(viewer.role)) return true;
  return may(viewer, right) && viewer.person == person;
}

std::string_view name(Known known) {
  switch (known) {
    case Known::nobody: return "nobody";
    case Known::face: return "face";
    case Known::card: return "card";
    case Known::secret: return "secret";
  }
  return "nobody";
}

std::string_view name(Role role) {
  switch (role) {
    case Role::none: return "none";
    case Role::volunteer: return "volunteer";
    case Role::clerk: return "clerk";
    case Role::manager: return "manager";
    case Role::clockwork: return "clockwork";
  }
  return "none";
}

std::optional<Role> role_named(std::string_view text) {
  for (const auto role : {Role::volunteer, Role::clerk, Role::manager, Role::clockwork})
    if (name(role) == text) return role;
  return std::nullopt;
}

}  // namespace store
