// The journal's own bytes: what the hash chain covers, and reading facts back. Used by the store alone.
#pragma once

#include "store/database.h"
#include "store/fact.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace store::journal {

using Head = std::array<std::uint8_t, 32>;

// Every field with its length before it, so that no two facts have the same bytes. The format is stored in the chain: never change it,
// add a version instead.
[[nodiscard]] std::string canonical(const Fact&);
// The fact again; nothing for bytes that `canonical` never makes. The body is not parsed.
[[nodiscard]] std::optional<Fact> of_canonical(std::string_view);
[[nodiscard]] Head next(const Head& before, const Fact&);

// Columns of journal_fact joined with its origin, in the order `read` expects.
inline constexpr std::string_view columns =
    "f.id, o.origin, f.seq, f.turn, f.kind, f.version, f.at, f.clock_sure, f.subject, f.person, f.site, f.offer, f.by_whom, f.means, "
    "f.corrects, f.body, f.number, f.chain";
[[nodiscard]] Fact read(const Row&);

}  // namespace store::journal
