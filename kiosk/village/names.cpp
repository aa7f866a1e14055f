#include "village/names.h"

#include "village/rights.h"

namespace village {

std::set<std::string> in_names(const store::Reader& reader, std::span<const std::string> characters) {
  std::set<std::string> found;
  if (!reader.may(right::find)) return found;
  // Every ending of a name is a key (village/find.h), so each of its characters begins one.
  for (const auto& c : characters)
    if (reader.count("SELECT EXISTS (SELECT 1 FROM village_person_key WHERE key >= ? AND key < ?)", c, c + "\xF4\x8F\xBF\xBF") > 0) found.insert(c);
  return found;
}

}  // namespace village
