#include "store/journal.h"

#include "store/store.h"

#include <sodium.h>

namespace store {

nlohmann::json Fact::json() const { return body.empty() ? nlohmann::json::object() : nlohmann::json::parse(body); }

namespace journal {
namespace {

void put(std::string& out, std::string_view field) {
  const auto length = static_cast<std::uint32_t>(field.size());
  for (int i = 0; i < 4; ++i) out += static_cast<char>(length >> (8 * i));
  out += field;
}
void put(std::string& out, std::int64_t number) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
}
void put(std::string& out, const base::Uuid& id) { out.append(reinterpret_cast<const char*>(id.bytes.data()), 16); }
void put(std::string& out, const std::optional<base::Uuid>& id) { put(out, id ? std::string_view{reinterpret_cast<const char*>(id->bytes.data()), 16} : std::string_view{}); }

}  // namespace

std::string canonical(const Fact& f) {
  std::string out = "1";
  put(out, f.id);
  put(out, f.origin);
  put(out, f.seq);
  put(out, f.turn);
  put(out, std::string_view{f.kind});
  put(out, static_cast<std::int64_t>(f.version));
  put(out, static_cast<std::int64_t>(f.at.time_since_epoch().count()));
  put(out, static_cast<std::int64_t>(f.clock_sure));
  put(out, f.subject);
  put(out, f.person);
  put(out, f.site);
  put(out, std::string_view{f.offer});
  put(out, f.by);
  put(out, std::string_view{f.means});
  put(out, f.corrects);
  put(out, std::string_view{f.body});
  return out;
}

std::optional<Fact> of_canonical(std::string_view bytes) {
  if (!bytes.starts_with('1')) return std::nullopt;
  bytes.remove_prefix(1);
  bool sound = true;
  const auto take = [&](std::size_t n) {
    sound = sound && bytes.size() >= n;
    if (!sound) return std::string_view{};
    const auto taken = bytes.substr(0, n);
    bytes.remove_prefix(n);
    return taken;
  };
  const auto number = [&](std::size_t n) {
    std::uint64_t v = 0;
    const auto taken = take(n);
    for (std::size_t i = 0; i < taken.size(); ++i) v |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(taken[i])) << (8 * i);
    return static_cast<std::int64_t>(v);
  };
  const auto text = [&] { return std::string(take(static_cast<std::size_t>(number(4)))); };
  const auto id = [&] {
    base::Uuid u;
    const auto taken = take(u.bytes.size());
    std::copy(taken.begin(), taken.end(), u.bytes.begin());
    return u;
  };
  const auto maybe_id = [&]() -> std::optional<base::Uuid> {
    const auto length = number(4);
    if (length == 0) return std::nullopt;
    sound = sound && length == 16;
    return id();
  };
  Fact f;
  f.id = id();
  f.origin = id();
  f.seq = number(8);
  f.turn = number(8);
  f.kind = text();
  const auto version = number(8);
  f.version = static_cast<int>(version);
  f.at = base::Instant{std::chrono::milliseconds{number(8)}};
  const auto sure = number(8);
  f.clock_sure = sure == 1;
  f.subject = id();
  f.person = maybe_id();
  f.site = maybe_id();
  f.offer = text();
  f.by = maybe_id();
  f.means = text();
  f.corrects = maybe_id();
  f.body = text();
  if (!sound || !bytes.empty() || f.version != version || (sure != 0 && sure != 1)) return std::nullopt;
  return f;
}

Head next(const Head& before, const Fact& f) {
  const auto bytes = canonical(f);
  Head after;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, after.size());
  crypto_generichash_update(&state, before.data(), before.size());
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  crypto_generichash_final(&state, after.data(), after.size());
  return after;
}

Fact read(const Row& row) {
  Fact f;
  f.id = row.get<base::Uuid>(0);
  f.origin = row.get<base::Uuid>(1);
  f.seq = row.get<std::int64_t>(2);
  f.turn = row.get<std::int64_t>(3);
  f.kind = row.get<std::string>(4);
  f.version = row.get<int>(5);
  f.at = row.get<base::Instant>(6);
  f.clock_sure = row.get<bool>(7);
  f.subject = row.get<base::Uuid>(8);
  f.person = row.get<std::optional<base::Uuid>>(9);
  f.site = row.get<std::optional<base::Uuid>>(10);
  f.offer = row.get<std::string>(11);
  f.by = row.get<std::optional<base::Uuid>>(12);
  f.means = row.get<std::string>(13);
  f.corrects = row.get<std::optional<base::Uuid>>(14);
  f.body = row.get<std::string>(15);
  return f;
}

}  // namespace journal

void Store::each_fact(std::int64_t after_number, const std::function<bool(std::int64_t, const Fact&)>& see) {
  auto rows = db_->query("SELECT " + std::string(journal::columns) +
                             " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.number > ? ORDER BY f.number",
                         after_number);
  for (const auto row : rows)
    if (!see(row.get<std::int64_t>(16), journal::read(row))) return;
}

std::vector<Fact> Store::last_facts(int n) {
  const auto newest = reader(Viewer{}).count("SELECT max(number) FROM journal_fact");
  std::vector<Fact> facts;
  each_fact(newest - n, [&](std::int64_t, const Fact& f) { facts.push_back(f); return true; });
  return facts;
}

Store::ChainReport Store::verify_chain() {
  ChainReport report;
  struct State { std::int64_t seq = 0; journal::Head head{}; };
  std::unordered_map<base::Uuid, State> origins;
  auto rows = db_->query("SELECT " + std::string(journal::columns) +
                         " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin ORDER BY f.origin, f.seq");
  for (const auto row : rows) {
    const auto fact = journal::read(row);
    auto& state = origins[fact.origin];
    if (fact.origin != origin_ && fact.seq > state.seq + 1) {
      report.missing += fact.seq - state.seq - 1;
      state = {fact.seq - 1, {}};
    }
    const auto expected = journal::next(state.head, fact);
    const auto stored = row.get<std::string>(17);
    const bool sound = fact.seq == state.seq + 1 && stored.size() == expected.size() &&
                       std::equal(expected.begin(), expected.end(), stored.begin(),
                                  [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
    if (!sound && report.broken_at == 0) {
      report.broken_at = fact.seq;
      report.origin = fact.origin.text();
    }
    state = {fact.seq, expected};
    ++report.facts;
  }
  return report;
}

}  // namespace store
