#include "village/guesses.h"

namespace village {

base::Uuid guesses_at(std::string_view hash) { return base::id_of("village.guesses:" + std::string(hash)); }

Guesses guesses(const store::Reader& reader, const base::Uuid& whose) {
  auto rows = reader.query("SELECT failures, last_at FROM local_guess WHERE whose = ?", whose);
  for (const auto row : rows) return {row.get<int>(0), row.get<base::Instant>(1)};
  return {};
}

void count_guess(store::Act& act, const base::Uuid& whose) {
  // The time only goes forward: a clock that was set back must not make the wait shorter.
  act.run_local(
      "INSERT INTO local_guess (whose, failures, last_at) VALUES (?, 1, ?)"
      " ON CONFLICT (whose) DO UPDATE SET failures = failures + 1, last_at = max(last_at, excluded.last_at)",
      whose, act.now());
}

void forget_guesses(store::Act& act, const base::Uuid& whose) { act.run_local("DELETE FROM local_guess WHERE whose = ?", whose); }

namespace {
bool over(const store::Reader& reader, const Guesses& before, base::Minutes window) { return before.failures > 0 && reader.now() - before.last_at >= window; }
}  // namespace

int left_within(const store::Reader& reader, const base::Uuid& whose, int most, base::Minutes window) {
  const auto before = guesses(reader, whose);
  return over(reader, before, window) ? most : most - before.failures;
}

std::optional<int> count_within(store::Act& act, const base::Uuid& whose, int most, base::Minutes window) {
  if (over(act, guesses(act, whose), window)) forget_guesses(act, whose);
  const int left = left_within(act, whose, most, window);
  if (left <= 0) return std::nullopt;
  count_guess(act, whose);
  return left - 1;
}

}  // namespace village
