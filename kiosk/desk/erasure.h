// Deleting what is kept of a person, for a manager: asked twice, then a receipt; and the list of those who left long ago.
#pragma once

#include "desk/today.h"
#include "parts/screen.h"

#include <optional>
#include <vector>

namespace desk {

struct EraseModel {
  std::string id, name;
  bool held = false;  // something of theirs is not over: said before anybody is asked twice
};
struct LeaversModel { std::vector<std::string> ids, names, since; };

// desk/person_erase, desk/person_erase_sure, desk/person_erased, desk/leavers
[[nodiscard]] std::vector<parts::Screen> erasure_screens();
// On staff's first page; nothing where nobody's data is over its time, or this viewer may not erase.
[[nodiscard]] std::optional<TodayFigure> leavers_figure(const store::Reader&, const base::Words&);

}  // namespace desk
