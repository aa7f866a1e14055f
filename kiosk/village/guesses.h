// Wrong guesses at a PIN or a secret, as this machine counts them: before it looks, so that pulling the plug gives no free guess.
//
// Counted by the hash that is guessed at: a new PIN or secret starts at nothing, wherever it was set. Used inside the village alone.
#pragma once

#include "store/act.h"

#include <optional>

namespace village {

struct Guesses {
  int failures = 0;
  base::Instant last_at{};
};

[[nodiscard]] base::Uuid guesses_at(std::string_view hash);  // whose guesses
[[nodiscard]] Guesses guesses(const store::Reader&, const base::Uuid& whose);
void count_guess(store::Act&, const base::Uuid& whose);
void forget_guesses(store::Act&, const base::Uuid& whose);

// How long ago the last one was. By a clock that nothing sets where this very process counted it, so that no jump of the wall clock ends a wait or
// makes it longer; after a restart by the wall clock, and none at all where that was set back.
[[nodiscard]] std::chrono::milliseconds since_last(const store::Reader&, const base::Uuid& whose);
// Where the wall clock was ahead when they were counted (a dead battery: 2099) and a restart came between, the wait would have no end: it begins
// now. Whoever is about to be refused calls it, in an Act that is committed.
void wait_from_now(store::Act&, const base::Uuid& whose);

// So many within a window that begins anew with each: what anyone may do a few times. A clock that was set back makes the wait longer, never shorter.
[[nodiscard]] int left_within(const store::Reader&, const base::Uuid& whose, int most, base::Minutes window);
// Counts one and gives how many are left; nothing where none was.
[[nodiscard]] std::optional<int> count_within(store::Act&, const base::Uuid& whose, int most, base::Minutes window);

}  // namespace village
