// A person's name in a sheet. Whoever was erased (village/erasure.h) is counted still, and the sheet says so: an empty cell would look as if
// somebody had forgotten to write it. Any thread.
#pragma once

#include "base/sheet.h"
#include "base/text.h"

#include <optional>
#include <string>

namespace village {

// `name` as village_person has it: nothing where nobody is meant, empty where the person was erased.
[[nodiscard]] inline base::Cell name_cell(const base::Words& words, const std::optional<std::string>& name) {
  if (!name) return base::NotFilledIn{};
  return name->empty() ? words.text("village.erased.name") : *name;
}

}  // namespace village
