// Signing in: a staff account and six digits. The guess is counted and committed before the slow hash is asked.
#include "village/guesses.h"
#include "village/kinds.h"
#include "village/places.h"
#include "village/rights.h"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace village {
namespace {

std::string pin_of(const store::Reader& reader, StaffId id) {
  return reader.one<std::string>("SELECT pin FROM village_staff WHERE id = ? AND active = 1 AND role <> 'none'", id).value_or("");
}

int tries(const store::Reader& reader) { return static_cast<int>(std::max(std::int64_t{1}, reader.setting("pin.tries", std::int64_t{5}))); }

// How long the next guess must wait: nothing below the tries, then 1 minute, doubling up to an hour, then for good.
base::Minutes wait_after(int failures, int tries) {
  if (failures < tries) return base::Minutes{0};
  if (failures >= 2 * tries) return base::Minutes::max();
  return base::Minutes{std::min(60, 1 << std::min(failures - tries, 6))};
}

std::optional<base::Minutes> locked_for(const store::Reader& reader, const std::string& hash) {
  const auto wait = wait_after(guesses(reader, guesses_at(hash)).failures, tries(reader));
  if (wait == base::Minutes::max()) return wait;
  const auto waited = since_last(reader, guesses_at(hash));
  if (waited >= wait) return std::nullopt;
  return std::chrono::ceil<base::Minutes>(wait - waited);
}

// An account works at every site of its village; one without a site, in the whole township. Elsewhere its role says nothing.
bool works_here(const store::Reader& reader, const Staff& account) {
  if (!account.site || account.site->value == reader.viewer().site) return true;
  const auto here = village_of(reader, SiteId{reader.viewer().site}), theirs = village_of(reader, *account.site);
  return here && theirs && here->id == theirs->id;
}

}  // namespace

std::string hash_pin(std::string_view pin, int passes, int memory_mib) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  char out[crypto_pwhash_STRBYTES];
  const auto memory = std::max(static_cast<std::size_t>(crypto_pwhash_MEMLIMIT_MIN), static_cast<std::size_t>(std::max(0, memory_mib)) << 20);
  if (crypto_pwhash_str(out, pin.data(), pin.size(), static_cast<unsigned long long>(std::max(1, passes)), memory) != 0)
    throw std::runtime_error("no memory for a hash");
  return out;
}

bool pin_matches(std::string_view pin, const std::string& hash) {
  return !hash.empty() && sodium_init() >= 0 && crypto_pwhash_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

bool weak_pin(std::string_view pin) {
  if (pin.size() != 6 || !std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; })) return true;
  const auto step = [&](std::size_t i) { return (pin[i + 1] - pin[i] + 10) % 10; };
  bool even_steps = true;  // 111111, 123456, 987654, 890123, 246802
  for (std::size_t i = 1; i < 5; ++i) even_steps = even_steps && step(i) == step(0);
  if (even_steps) return true;
  if (pin.substr(0, 3) == pin.substr(3)) return true;                                              // 123123
  if (pin.substr(0, 2) == pin.substr(2, 2) && pin.substr(2, 2) == pin.substr(4)) return true;      // 121212
  if (pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5]) return true;                       // 112233
  if (pin[0] == pin[1] && pin[1] == pin[2] && pin[3] == pin[4] && pin[4] == pin[5]) return true;   // 111222
  // What people in China choose most often beside those (published lists of leaked six-digit PINs).
  constexpr std::array<std::string_view, 20> common{"123321", "112211", "147258", "258369", "159753", "147852", "131452", "131420", "520131", "521131",
                                                    "100200", "789456", "456123", "159357", "963852", "584520", "110120", "123654", "741852", "201314"};
  return std::ranges::find(common, pin) != common.end();
}

int pin_tries_left(const store::Reader& reader, StaffId id) {
  return std::max(0, tries(reader) - guesses(reader, guesses_at(pin_of(reader, id))).failures);
}

std::optional<base::Minutes> pin_locked_for(const store::Reader& reader, StaffId id) {
  const auto hash = pin_of(reader, id);
  return hash.empty() ? std::nullopt : locked_for(reader, hash);
}

std::expected<std::string, Refusal> begin_sign_in(store::Act& act, StaffId id) {
  if (!act.may(right::sign_in)) return std::unexpected(Refusal::no_right);
  const auto hash = pin_of(act, id);
  if (hash.empty()) return std::unexpected(Refusal::unknown);
  if (const auto account = staff_by_id(act, id); !account) return std::unexpected(Refusal::unknown);
  else if (!works_here(act, *account)) return std::unexpected(Refusal::no_right);
  wait_from_now(act, guesses_at(hash));
  if (locked_for(act, hash)) return std::unexpected(Refusal::locked);
  count_guess(act, guesses_at(hash));
  return hash;
}

std::expected<StaffId, Refusal> end_sign_in(store::Act& act, StaffId id, bool pin_was_right, const std::optional<StaffKey>& made) {
  if (!act.may(right::sign_in)) return std::unexpected(Refusal::no_right);
  const auto hash = pin_of(act, id);
  const auto account = staff_by_id(act, id);
  if (hash.empty() || !account) return std::unexpected(Refusal::unknown);
  if (!works_here(act, *account)) return std::unexpected(Refusal::no_right);
  const auto whose = guesses_at(hash);
  // Without a counted guess there was no `begin`, or the PIN was changed between: what was checked is not what counts now.
  if (!pin_was_right || guesses(act, whose).failures == 0)
    return std::unexpected(locked_for(act, hash) ? Refusal::locked : Refusal::wrong);
  forget_guesses(act, whose);
  const auto self = store::Viewer::of_staff(act.viewer().site, account->role, id.value, account->person.value);
  if (made) act.append_as(self, {.kind = kind::staff_key_set, .subject = id.value, .person = account->person.value}, {{"public_key", made->public_key}, {"wrapped_key", made->wrapped}, {"sealed_key", ""}, {"wrapped_sealed_key", ""}});
  act.append_as(self, {.kind = kind::staff_signed_in, .subject = act.new_id(), .person = account->person.value}, {{"staff", id.text()}});
  return id;
}

std::optional<base::Instant> last_sign_in(const store::Reader& reader, PersonId person) {
  return reader.one<base::Instant>("SELECT at FROM journal_fact WHERE person = ? AND kind = ? AND clock_sure ORDER BY number DESC LIMIT 1 OFFSET 1", person, kind::staff_signed_in);
}

}  // namespace village
