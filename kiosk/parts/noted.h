// Whose record this session has on the glass, noted (village/reading.h): a page that is open stays open, however long ago it was noted.
#pragma once

#include "parts/screen.h"
#include "village/reading.h"

#include <optional>
#include <set>

namespace parts {

struct Noted {
  std::set<base::Uuid> shown;        // people, requests
  std::optional<village::StaffId> to;  // this account alone
};

// Whether it was shown to this account in this session: then it is not taken away again.
[[nodiscard]] inline bool was_shown(const Ask& ask, const base::Uuid& what) {
  const auto& noted = ask.draft.of<Noted>();
  return ask.session().staff && noted.to == ask.session().staff && noted.shown.contains(what);
}
inline void remember_shown(Draft& draft, const base::Uuid& what) {
  auto& noted = draft.of<Noted>();
  if (const auto staff = draft.of<Session>().staff; noted.to != staff) noted = {{}, staff};
  noted.shown.insert(what);
}

[[nodiscard]] inline std::function<Outcome(store::Act&)> reading_noted(village::PersonId id) {
  return [id](store::Act& act) { return as_outcome("village", village::note_reading(act, id)); };
}

// That a sheet or a list with names is opened; `of`: its month, its day.
[[nodiscard]] inline Next note_list(std::string name, std::string of = {}) {
  return Next::note([name = std::move(name), of = std::move(of)](store::Act& act) { return as_outcome("village", village::note_sheet(act, name, of)); });
}

}  // namespace parts
