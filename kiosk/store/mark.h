// The mark of a journal: how many facts it has and, in twelve characters, what all of them are. It stands on every sheet that goes out on paper,
// and paper cannot be changed from here: who rewrote what was said, or took the newest facts away and gave them back otherwise, cannot make the same mark
// again (`nuanzhan journal --check`). A chain alone proves nothing to who may have made it anew.
//
// The source: reliability.md 2.1, "root insider"; eight characters there, twelve here (60 bits), for ten billion hashes a second are bought cheaply.
#pragma once

#include "store/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace store {

struct Mark {
  std::int64_t facts = 0;  // numbered as they came here
  std::string code;        // twelve of 0-9 A-Z without I L O U
  bool operator==(const Mark&) const = default;
  // As it is printed: 1234-7K3Q-9XPM-4F2A.
  [[nodiscard]] std::string text() const;
};

// Of everything that is here now. What comes later from another kiosk into the middle of its own history changes older marks too: then one is
// taken of the facts that are here without a gap. Milliseconds at a million facts.
[[nodiscard]] Mark mark(Store&);
// Of the first `facts` of them, from the bytes that are there, not from what the chain says of itself; nothing where there are fewer. Reads
// all of the journal.
[[nodiscard]] std::optional<Mark> mark_at(Store&, std::int64_t facts);

// As somebody copies it from paper: small letters, blanks, O for 0 and I or L for 1 are understood.
[[nodiscard]] std::optional<Mark> parse_mark(std::string_view);

}  // namespace store
