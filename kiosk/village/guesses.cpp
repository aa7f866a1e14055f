#include "village/guesses.h"

#include <map>
#include <mutex>

namespace village {
namespace {

// When this process counted the last guess, by the clock that nothing sets: by data directory and whose.
class Counted {
 public:
  void now(const store::Reader& reader, const base::Uuid& whose) {
    const std::lock_guard lock(turn_);
    auto& at = at_.try_emplace(key(reader, whose), reader.store().clock().monotonic_ms()).first->second;
    at = std::max(at, reader.store().clock().monotonic_ms());
  }
  void forget(const store::Reader& reader, const base::Uuid& whose) {
    const std::lock_guard lock(turn_);
    at_.erase(key(reader, whose));
  }
  [[nodiscard]] std::optional<std::chrono::milliseconds> since(const store::Reader& reader, const base::Uuid& whose) const {
    const std::lock_guard lock(turn_);
    const auto found = at_.find(key(reader, whose));
    if (found == at_.end()) return std::nullopt;
    return std::chrono::milliseconds(std::max(std::int64_t{0}, reader.store().clock().monotonic_ms() - found->second));
  }

 private:
  using Key = std::pair<std::string, base::Uuid>;
  static Key key(const store::Reader& reader, const base::Uuid& whose) { return {reader.store().folder().string(), whose}; }
  mutable std::mutex turn_;
  std::map<Key, std::int64_t> at_;
};

Counted& counted() {
  static Counted all;
  return all;
}

bool over(const store::Reader& reader, const base::Uuid& whose, base::Minutes window) {
  return guesses(reader, whose).failures > 0 && since_last(reader, whose) >= window;
}

}  // namespace

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
  counted().now(act, whose);
}

void forget_guesses(store::Act& act, const base::Uuid& whose) {
  act.run_local("DELETE FROM local_guess WHERE whose = ?", whose);
  counted().forget(act, whose);
}

std::chrono::milliseconds since_last(const store::Reader& reader, const base::Uuid& whose) {
  if (const auto here = counted().since(reader, whose)) return *here;
  const auto last = guesses(reader, whose).last_at;
  return std::max(reader.now(), last) - last;
}

void wait_from_now(store::Act& act, const base::Uuid& whose) {
  if (counted().since(act, whose) || guesses(act, whose).last_at <= act.now()) return;
  act.run_local("UPDATE local_guess SET last_at = ? WHERE whose = ?", act.now(), whose);
  counted().now(act, whose);
}

int left_within(const store::Reader& reader, const base::Uuid& whose, int most, base::Minutes window) {
  return over(reader, whose, window) ? most : most - guesses(reader, whose).failures;
}

std::optional<int> count_within(store::Act& act, const base::Uuid& whose, int most, base::Minutes window) {
  wait_from_now(act, whose);
  if (over(act, whose, window)) forget_guesses(act, whose);
  const int left = left_within(act, whose, most, window);
  if (left <= 0) return std::nullopt;
  count_guess(act, whose);
  return left - 1;
}

}  // namespace village
