#include "store/mark.h"

#include "store/journal.h"

#include <sodium.h>

#include <charconv>

namespace store {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t characters = 12;

std::string code_of(const SecondJournal::Positions& heads) {
  crypto_generichash_state state;
  std::array<std::uint8_t, 16> hash{};
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const auto& [origin, at] : heads) {
    crypto_generichash_update(&state, origin.bytes.data(), origin.bytes.size());
    std::array<std::uint8_t, 8> seq{};
    for (std::size_t i = 0; i < seq.size(); ++i) seq[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(at.seq) >> (8 * i));
    crypto_generichash_update(&state, seq.data(), seq.size());
    crypto_generichash_update(&state, at.head.data(), at.head.size());
  }
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::string code;
  for (std::size_t i = 0, bit = 0; i < characters; ++i, bit += 5) {
    const unsigned two = static_cast<unsigned>(hash[bit / 8]) << 8 | hash[bit / 8 + 1];
    code += alphabet[two >> (11 - bit % 8) & 31];
  }
  return code;
}

std::int64_t newest_number(Store& s) { return s.reader(Viewer{}).count("SELECT max(number) FROM journal_fact"); }

}  // namespace

std::string Mark::text() const {
  std::string said = std::to_string(facts);
  for (std::size_t i = 0; i < code.size(); i += 4) said += "-" + code.substr(i, 4);
  return said;
}

Mark mark(Store& s) { return {newest_number(s), code_of(s.positions())}; }

std::optional<Mark> mark_at(Store& s, std::int64_t facts) {
  if (facts < 0 || newest_number(s) < facts) return std::nullopt;
  SecondJournal::Positions heads;
  auto rows = s.database().query("SELECT " + std::string(journal::columns) +
                                     " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.number <= ? ORDER BY f.origin, f.seq",
                                 facts);
  for (const auto row : rows) {
    const auto fact = journal::read(row);
    auto& at = heads[fact.origin];
    const bool follows = fact.seq == at.seq + 1;
    at = {fact.seq, journal::next(follows ? at.head : journal::Head{}, fact)};
  }
  return Mark{facts, code_of(heads)};
}

std::optional<Mark> parse_mark(std::string_view said) {
  Mark m;
  const auto dash = said.find_first_not_of(" 0123456789");
  std::string digits;
  for (const char c : said.substr(0, dash))
    if (c != ' ') digits += c;
  if (dash == std::string_view::npos || said[dash] != '-' || digits.empty() || digits.size() > 15) return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), m.facts);
  for (char c : said.substr(dash)) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (alphabet.find(c) == std::string_view::npos) return std::nullopt;
    m.code += c;
  }
  return m.code.size() == characters ? std::optional(m) : std::nullopt;
}

}  // namespace store
