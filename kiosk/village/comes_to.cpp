#include "village/comes_to.h"

#include "village/faces.h"

namespace village {

std::vector<SiteId> sites_of(const store::Reader& reader, PersonId person) {
  std::vector<SiteId> found;
  if (!may_see(reader, person)) return found;
  for (auto rows = reader.query("SELECT DISTINCT site FROM village_person_site WHERE person = ? ORDER BY site", person); const auto row : rows)
    found.push_back(row.get<SiteId>(0));
  return found;
}

}  // namespace village
