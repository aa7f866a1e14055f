// Whose record this session has written down that it reads (village/reading.h): a page that is open stays open, however long ago that was.
#pragma once

#include "parts/screen.h"
#include "village/reading.h"

#include <set>

namespace parts {

struct Noted { std::set<village::PersonId> whose; };

[[nodiscard]] inline village::Reading reading_of(const Ask& ask, village::PersonId id) {
  return ask.draft.of<Noted>().whose.contains(id) ? village::Reading::noted : village::reading_of(ask.reader, id);
}

[[nodiscard]] inline std::function<Outcome(store::Act&)> reading_noted(village::PersonId id) {
  return [id](store::Act& act) { return as_outcome("village", village::note_reading(act, id)); };
}

// on_done of a page that waits for it.
inline void remember_noted(Draft& draft, const std::any& receipt) {
  if (const auto* id = std::any_cast<village::PersonId>(&receipt)) draft.of<Noted>().whose.insert(*id);
}

}  // namespace parts
