#include "village/numbers.h"

#include "village/guesses.h"

namespace village {

std::expected<int, Refusal> count_number(store::Act& act) {
  const auto most = static_cast<int>(act.setting("number.tries", std::int64_t{10}));
  if (act.viewer().is_staff()) return most;
  const auto whose = base::id_of("village.numbers typed at this machine");
  const auto window = base::Minutes{act.setting("number.window_min", std::int64_t{5})};
  auto before = guesses(act, whose);
  // A clock that was set back makes the wait longer, never shorter.
  if (before.failures > 0 && act.now() - before.last_at >= window) {
    forget_guesses(act, whose);
    before = {};
  }
  if (before.failures >= most) return std::unexpected(Refusal::locked);
  count_guess(act, whose);
  return most - before.failures - 1;
}

}  // namespace village
