#include "store/clock_set.h"

#include "store/envelope.h"

#include <algorithm>

namespace store::clock_set {
namespace {

bool any(Database& db) {
  for (auto rows = db.query("SELECT 1 FROM journal_clock LIMIT 1"); const auto row : rows) return row.get<bool>(0);
  return false;
}

// What was said last about the time of this fact: 0, nothing.
std::int64_t added(Database& db, const base::Uuid& origin, std::int64_t seq) {
  // By its turn: ids are made by the very clock that was wrong.
  auto rows = db.query("SELECT c.add_ms FROM journal_clock c JOIN journal_fact s ON s.id = c.fact WHERE c.origin = ? AND c.from_seq <= ? AND c.to_seq >= ? ORDER BY s.turn DESC LIMIT 1", origin, seq, seq);
  for (const auto row : rows) return row.get<std::int64_t>(0);
  return 0;
}

}  // namespace

std::optional<base::Uuid> say(Act& act, std::chrono::milliseconds by) {
  const auto& origin = act.store().origin();
  std::int64_t first = 0, last = 0;
  std::optional<base::Instant> later;
  auto rows = act.query(
      "SELECT f.seq, f.clock_sure, f.at, f.kind FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE o.origin = ? ORDER BY f.seq DESC", origin);
  for (const auto row : rows) {
    if (row.get<bool>(1)) break;
    const auto at = row.get<base::Instant>(2);
    // An envelope shows its day alone; it goes with the facts around it.
    if (row.get<std::string>(3) != envelope::kind) {
      if (later && at > *later + std::chrono::seconds(1)) break;  // said before the machine was last switched on
      later = at;
    }
    first = row.get<std::int64_t>(0);
    if (last == 0) last = first;
  }
  if (last == 0) return std::nullopt;
  return act.append({.kind = kind, .subject = origin}, {{"origin", origin.text()}, {"from_seq", first}, {"to_seq", last}, {"add_ms", by.count()}});
}

int say_ahead(Act& act, base::Instant right) {
  const auto& origin = act.store().origin();
  auto& db = act.store().database();
  struct Run { std::int64_t from, to, added; };
  std::vector<Run> runs;
  auto latest = right;
  auto rows = act.query(
      "SELECT f.seq, f.at FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE o.origin = ?1 AND (f.at > ?2 OR EXISTS"
      " (SELECT 1 FROM journal_clock c WHERE c.origin = ?1 AND c.from_seq <= f.seq AND c.to_seq >= f.seq)) ORDER BY f.seq", origin, right);
  for (const auto row : rows) {
    const auto seq = row.get<std::int64_t>(0), add = added(db, origin, seq);
    const auto at = row.get<base::Instant>(1) + std::chrono::milliseconds(add);
    if (at <= right) continue;
    latest = std::max(latest, at);
    if (!runs.empty() && runs.back().to + 1 == seq && runs.back().added == add) ++runs.back().to;
    else runs.push_back({seq, seq, add});
  }
  for (const auto& run : runs)
    (void)act.append({.kind = kind, .subject = origin}, {{"origin", origin.text()}, {"from_seq", run.from}, {"to_seq", run.to}, {"add_ms", run.added - (latest - right).count()}});
  return static_cast<int>(runs.size());
}

std::int64_t newest_ms(Database& db, const base::Uuid& origin, std::int64_t origin_number) {
  // A database of an earlier program has no such table until it is brought up to date.
  bool there = false;
  for (auto rows = db.query("SELECT 1 FROM sqlite_master WHERE name = 'journal_clock'"); const auto row : rows) there = row.get<bool>(0);
  const bool corrects = there && any(db);
  std::int64_t newest = 0;
  // One kiosk's facts come by the minute: a thousand of them hold the greatest, however its clock went to and fro.
  for (auto rows = db.query("SELECT seq, at FROM journal_fact WHERE origin = ? AND clock_sure = 1 ORDER BY seq DESC LIMIT 1000", origin_number); const auto row : rows)
    newest = std::max(newest, row.get<std::int64_t>(1) + (corrects ? added(db, origin, row.get<std::int64_t>(0)) : 0));
  if (corrects)
    for (auto rows = db.query("SELECT f.seq, f.at FROM journal_clock c JOIN journal_fact f ON f.origin = ?1 AND f.seq = c.to_seq WHERE c.origin = ?2", origin_number, origin); const auto row : rows)
      newest = std::max(newest, row.get<std::int64_t>(1) + added(db, origin, row.get<std::int64_t>(0)));
  return newest;
}

std::vector<About> take(Database& db, const Fact& fact) {
  const auto body = nlohmann::json::parse(fact.body, nullptr, false);
  const auto whole = [&](const char* field) { return body.is_object() && body.contains(field) && body[field].is_number_integer() ? body[field].get<std::int64_t>() : 0; };
  const auto origin = body.is_object() && body.contains("origin") && body["origin"].is_string() ? base::Uuid::parse(body["origin"].get<std::string>()) : std::nullopt;
  // A kiosk speaks of its own clock alone.
  if (!origin || *origin != fact.origin || whole("from_seq") < 1 || whole("to_seq") < whole("from_seq")) return {};
  db.run("INSERT OR REPLACE INTO journal_clock (fact, origin, from_seq, to_seq, add_ms) VALUES (?,?,?,?,?)", fact.id, *origin, whole("from_seq"), whole("to_seq"), whole("add_ms"));
  std::vector<About> about;
  auto rows = db.query(
      "SELECT min(f.kind), f.subject FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE o.origin = ? AND f.seq BETWEEN ? AND ?"
      " GROUP BY f.subject, substr(f.kind, 1, instr(f.kind, '.'))",
      *origin, whole("from_seq"), whole("to_seq"));
  for (const auto row : rows) about.push_back({row.get<std::string>(0), row.get<base::Uuid>(1)});
  return about;
}

void apply(Database& db, std::vector<Fact>& facts) {
  if (!any(db)) return;
  for (auto& f : facts) f.at += std::chrono::milliseconds(added(db, f.origin, f.seq));
}

}  // namespace store::clock_set
