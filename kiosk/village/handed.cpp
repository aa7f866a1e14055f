#include "village/handed.h"

#include "store/envelope.h"
#include "village/keys.h"
#include "village/kinds.h"
#include "village/rights.h"

#include <algorithm>

namespace village {
namespace {

constexpr std::size_t id_bytes = 16, entry_bytes = id_bytes + sizeof(store::ThingKey);
// Filled up with entries of nothing to what all envelopes that are there would take, however many of them hold something: 64 at least
// (3 kB, one size class); of very many an eighth, for more than that are not confidences in any village.
std::size_t entries_for(std::size_t held, std::size_t envelopes) {
  constexpr std::size_t few = 64, many = 1024;
  const auto room = std::clamp(envelopes, few, std::max(many, envelopes / 8));
  return std::max(held, room);
}

base::Uuid subject_of(const store::PublicKey& to) { return base::id_of("village.sealed_handed:" + store::text_of(to)); }

}  // namespace

std::vector<store::HeldKey> handed_to(const store::Reader& reader, std::span<const store::KeyPair* const> pairs) {
  std::vector<store::HeldKey> keys;
  for (const auto* pair : pairs)
    for (const auto& fact : reader.facts_of(subject_of(pair->open_to_all()))) {
      const auto sealed = fact.kind == kind::sealed_handed ? store::envelope::sealed_in(fact) : std::nullopt;
      auto inside = sealed ? store::open(*sealed, *pair) : std::nullopt;
      if (!inside) continue;
      for (std::size_t at = 0; at + entry_bytes <= inside->size(); at += entry_bytes) {
        store::HeldKey held;
        std::copy_n(inside->begin() + static_cast<std::ptrdiff_t>(at), id_bytes, held.envelope.bytes.begin());
        std::copy_n(inside->begin() + static_cast<std::ptrdiff_t>(at + id_bytes), held.key.size(), held.key.begin());
        if (!held.envelope.none()) keys.push_back(held);
      }
      store::wipe(*inside);
    }
  return keys;
}

std::vector<store::PublicKey> still_to_hand(const store::Reader& reader, StaffId giver) {
  std::vector<store::PublicKey> keys;
  if (!reader.may(right::read_sealed)) return keys;
  // What only a card opens is not handed on to a key that six digits open: a stolen disk would give it in days.
  const bool with_card = sealed_needs_card(reader, giver);
  for (const auto& one : staff(reader))
    if (one.id != giver && right::read_sealed.role_may(one.role) && (!with_card || sealed_needs_card(reader, one.id)))
      if (const auto key = key_for_sealed(reader, one.id)) keys.push_back(*key);
  if (const auto township = store::township_key(reader.store().folder())) keys.push_back(*township);
  std::erase_if(keys, [&](const store::PublicKey& key) {
    const auto handed = reader.facts_of(subject_of(key));
    return std::ranges::any_of(handed, [&](const store::Fact& f) { return f.kind == kind::sealed_handed && f.by == giver.value; });
  });
  return keys;
}

void hand_on(store::Act& act, const store::PublicKey& to, std::span<const store::HeldKey> keys) {
  if (!act.may(right::read_sealed)) return;
  std::string inside;
  for (const auto& held : keys) {
    inside.append(held.envelope.bytes.begin(), held.envelope.bytes.end());
    inside.append(held.key.begin(), held.key.end());
  }
  const auto there = act.count("SELECT count(*) FROM journal_fact WHERE subject = ?", store::envelope::subject());
  const auto entries = entries_for(keys.size(), static_cast<std::size_t>(there));
  inside.resize(entries * entry_bytes, '\0');
  const auto sealed = store::seal(inside, std::span(&to, 1));
  store::wipe(inside);
  if (sealed) act.append({.kind = kind::sealed_handed, .subject = subject_of(to)}, nlohmann::json::parse(store::envelope::body_of(*sealed)));
}

}  // namespace village
