// Which sites a person comes to: for the editor of the entry.
#pragma once

#include "village/people.h"

#include <vector>

namespace village {

// Who may see the person; others get nothing.
[[nodiscard]] std::vector<SiteId> sites_of(const store::Reader&, PersonId);

}  // namespace village
