// The secret: three pictures in order. 1 320 of them can be guessed by any machine, so what protects it is the count of guesses; the hash
// only keeps it from being read off a copied file at a glance.
#include "village/faces.h"
#include "village/guesses.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/rights.h"

#include <algorithm>
#include <sodium.h>

namespace village {
namespace {

std::string text_of(const Secret& secret) {
  std::string text;
  for (const int picture : secret) text += std::to_string(picture) + ",";
  return text;
}

std::string hash_of(const Secret& secret) {
  char out[crypto_pwhash_STRBYTES];
  const auto text = text_of(secret);
  if (crypto_pwhash_str(out, text.data(), text.size(), crypto_pwhash_OPSLIMIT_MIN, std::size_t{64} << 10) != 0)
    throw std::runtime_error("no memory for a hash");
  return out;
}

std::string hash_given(const store::Reader& reader, PersonId person) {
  return reader.one<std::string>("SELECT hash FROM village_secret WHERE person = ?", person).value_or("");
}

int tries(const store::Reader& reader) { return static_cast<int>(std::max(std::int64_t{1}, reader.setting("secret.tries", std::int64_t{3}))); }

}  // namespace

namespace fold {

void secret(store::Fold& fold) {
  const Merged merged(fold);
  if (merged.empty() || !merged.facts().back().person) return;
  const auto& last = merged.facts().back();
  fold.run("DELETE FROM village_secret WHERE person = ?", *last.person);
  if (const auto hash = merged.text("hash"); !hash.empty())  // else its owner was erased
    fold.run("INSERT INTO village_secret (person, hash, given) VALUES (?,?,?)", *last.person, hash, last.at);
}

}  // namespace fold

std::expected<Secret, Refusal> give_secret(store::Act& act, PersonId person) {
  if (!act.may(right::give_secret)) return std::unexpected(Refusal::no_right);
  if (!person_exists(act, person)) return std::unexpected(Refusal::unknown);
  Secret secret{};
  for (std::size_t i = 0; i < secret.size(); ++i) {
    do secret[i] = static_cast<int>(randombytes_uniform(static_cast<std::uint32_t>(secret_pictures.size())));
    while (std::find(secret.begin(), secret.begin() + static_cast<std::ptrdiff_t>(i), secret[i]) != secret.begin() + static_cast<std::ptrdiff_t>(i));
  }
  act.append({.kind = kind::secret_given, .subject = base::id_of("village.secret:" + person.text()), .person = person.value}, {{"hash", hash_of(secret)}});
  return secret;
}

bool has_secret(const store::Reader& reader, PersonId person) { return !hash_given(reader, person).empty(); }

int secret_tries_left(const store::Reader& reader, PersonId person) {
  return std::max(0, tries(reader) - guesses(reader, guesses_at(hash_given(reader, person))).failures);
}

std::expected<PersonId, Refusal> check_secret(store::Act& act, PersonId person, const Secret& guess) {
  if (!act.may(right::check_secret)) return std::unexpected(Refusal::no_right);
  const auto hash = hash_given(act, person);
  if (hash.empty()) return std::unexpected(Refusal::unknown);
  const auto whose = guesses_at(hash);
  if (guesses(act, whose).failures >= tries(act)) return std::unexpected(Refusal::locked);
  count_guess(act, whose);
  const auto text = text_of(guess);
  if (crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) != 0)
    return std::unexpected(guesses(act, whose).failures >= tries(act) ? Refusal::locked : Refusal::wrong);
  forget_guesses(act, whose);
  return person;
}

}  // namespace village
