// To whom a request goes. Not for others.
#pragma once

#include "shapes/request/request.h"

namespace request {

struct Route {
  std::string group;  // the person's group that the matrix was asked for
  std::vector<std::string> lead, cooperating, implementing;
  std::optional<village::StaffId> staff;      // on duty here now
  std::optional<village::PersonId> helper;    // the asker's own neighbour
  bool outside = false;                       // the offer is not meant for the person's groups
};

// The matrix (group x service), who is on duty, the asker's own helper. Reads a handful of rows; the search for a neighbour reads the
// volunteers of the village once.
[[nodiscard]] Route route(const store::Reader&, const village::Offer&, std::optional<village::PersonId>);
// Groups in whose name a person may ask: their own, and those of the children they care for.
[[nodiscard]] std::vector<std::string> groups_of(const store::Reader&, village::PersonId);

}  // namespace request
