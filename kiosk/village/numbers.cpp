#include "village/numbers.h"

#include "village/guesses.h"

namespace village {

std::expected<int, Refusal> count_number(store::Act& act) {
  const auto most = static_cast<int>(act.setting("number.tries", std::int64_t{10}));
  if (act.viewer().is_staff()) return most;
  const auto whose = base::id_of("village.numbers typed at this machine");
  const auto window = base::Minutes{act.setting("number.window_min", std::int64_t{5})};
  const auto left = count_within(act, whose, most, window);
  if (!left) return std::unexpected(Refusal::locked);
  return *left;
}

}  // namespace village
