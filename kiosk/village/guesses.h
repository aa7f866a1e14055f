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

// So many within a window that begins anew with each: what anyone may do a few times. A clock that was set back makes the wait longer, never shorter.
[[nodiscard]] int left_within(const store::Reader&, const base::Uuid& whose, int most, base::Minutes window);
// Counts one and gives how many are left; nothing where none was.
[[nodiscard]] std::optional<int> count_within(store::Act&, const base::Uuid& whose, int most, base::Minutes window);

}  // namespace village
