// Folding: from facts to rows, one subject at a time, and all of it again.
#include "store/journal.h"
#include "store/store.h"

#include <fmt/format.h>
#include <set>
#include <sodium.h>
#include <utility>

namespace store {

Database& Fold::database() { return store_->database(); }
base::Place Fold::place() const { return store_->place(); }

const std::vector<Fact>& Fold::facts() {
  // What is folded for everybody is folded of what everybody may see.
  if (!facts_) facts_ = store_->reader(opened_ && store_->opened_for_ ? *store_->opened_for_ : Viewer{}).facts_of(subject_);
  return *facts_;
}

void Store::fold_subject(const FactKind& kind, const base::Uuid& subject, bool opened, bool again) {
  if (kind.fold == nullptr) return;
  Fold fold(*this, subject, opened, again);
  kind.fold(fold);
}

namespace {
// Tables that are folded: all but the journal and what only this machine remembers.
std::vector<std::string> folded_tables(Database& db) {
  std::vector<std::string> names;
  auto rows = db.query(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'journal\\_%' ESCAPE '\\' AND name NOT LIKE 'local\\_%' ESCAPE '\\'"
      " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  for (const auto row : rows) names.push_back(row.get<std::string>(0));
  return names;
}
}  // namespace

std::int64_t Store::rebuild(bool without_keys) {
  std::int64_t facts = 0;
  std::set<base::Uuid> missing;
  db_->script("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys=ON");
  try {
    for (const auto& table : folded_tables(*db_)) db_->script("DELETE FROM " + table);
    // One fold a subject and kind family, in the order in which subjects were first spoken of: what they stand on was there before them.
    std::vector<std::pair<const FactKind*, base::Uuid>> subjects;
    std::set<std::pair<void (*)(Fold&), base::Uuid>> seen;
    each_fact(0, [&](std::int64_t, const Fact& f) {
      ++facts;
      const auto* k = kind(f.kind);
      if (k != nullptr && lacks_key(f)) missing.insert(*owner_of(*k, f));
      if (k != nullptr && k->fold != nullptr && seen.insert({k->fold, f.subject}).second) subjects.emplace_back(k, f.subject);
      return true;
    });
    if (!missing.empty() && !without_keys) throw KeysMissing(static_cast<std::int64_t>(missing.size()));
    for (const auto& [k, subject] : subjects) fold_subject(*k, subject);
    db_->script("COMMIT");
  } catch (...) {
    db_->script("ROLLBACK");
    throw;
  }
  ++moved_;
  // A backup brings no tables, and so not the place that its days are counted by: where that is another one, they are counted anew.
  const base::Minutes offset{reader(Viewer{}).setting("place.utc_offset_min", std::int64_t{480})};
  if (std::exchange(place_.utc_offset, offset) != offset) return rebuild(without_keys);
  return facts;
}

std::string Store::fold_hash() {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 32);
  const auto eat = [&](std::string_view text) {
    const auto size = static_cast<std::uint64_t>(text.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  };
  for (const auto& table : folded_tables(*db_)) {
    eat(table);
    // Rowids may differ after a rebuild: rows are compared by their values, in the order of all their columns.
    std::string columns;
    for (auto rows = db_->query("SELECT name FROM pragma_table_info(?) ORDER BY cid", table); const auto row : rows)
      columns += (columns.empty() ? "\"" : ", \"") + row.get<std::string>(0) + "\"";
    auto rows = db_->query("SELECT " + columns + " FROM " + table + " ORDER BY " + columns);
    for (const auto row : rows) {
      (void)row;
      for (int i = 0; i < rows.statement().getColumnCount(); ++i) {
        const auto c = rows.statement().getColumn(i);
        eat(fmt::format("{}", c.getType()));
        eat(c.getString());
      }
    }
  }
  unsigned char out[32];
  crypto_generichash_final(&state, out, sizeof out);
  std::string hex;
  for (const auto b : out) hex += fmt::format("{:02x}", b);
  return hex;
}

}  // namespace store
