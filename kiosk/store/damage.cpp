// What is wrong with a database: looked for everywhere, and nothing is changed.
#include "store/forget.h"
#include "store/heal.h"
#include "store/journal.h"
#include "store/write_lock.h"

#include <set>

namespace store {
namespace {

bool tables_differ(Store& store) {
  const Workplace place(store.folder() / "check.part");
  store.copy_to(place.folder / "nuanzhan.db");
  Store copy(place.folder, store.contract(), store.clock(), {.second = false, .keys = store.shared_keys()});
  const auto before = copy.fold_hash();
  copy.rebuild();
  return copy.fold_hash() != before;
}

std::optional<Fact> fact_at(Store& store, const Fact& there) {
  for (auto rows = store.database().query("SELECT " + std::string(journal::columns) +
                                              " FROM journal_origin o JOIN journal_fact f ON o.number = f.origin WHERE o.origin = ? AND f.seq = ?",
                                          there.origin, there.seq);
       const auto row : rows)
    return journal::read(row);
  return std::nullopt;
}

using Numbers = std::set<std::pair<base::Uuid, std::int64_t>>;

// The second journal has a fact before the database is told to keep it: what another thread was saying at that moment is looked for once more,
// with nobody writing.
std::int64_t still_missing(Store& store, const SecondJournal& second, const Numbers& not_here) {
  const WriteLock lock(store.database());
  Numbers missing;
  (void)second.each([&](const SecondJournal::Record& r) {
    for (const auto& e : r.entries)
      if (not_here.contains({e.fact.origin, e.fact.seq}) && !fact_at(store, e.fact)) missing.emplace(e.fact.origin, e.fact.seq);
    return true;
  });
  return static_cast<std::int64_t>(missing.size());
}

}  // namespace

Damage look_for_damage(Store& store, bool until_facts) {
  Damage d;
  try {
    for (auto rows = store.database().query("PRAGMA integrity_check(5)"); const auto row : rows) {
      const auto line = row.get<std::string>(0);
      if (line != "ok") d.pages += (d.pages.empty() ? "" : "; ") + line;
    }
    if (until_facts && d.facts()) return d;
    d.chain = store.verify_chain();
  } catch (const SQLite::Exception& e) {
    d.pages = e.what();
    return d;
  }
  if (until_facts && d.facts()) return d;
  if (auto* second = store.second()) {
    Numbers not_here;
    d.second = second->each([&](const SecondJournal::Record& r) {
      for (const auto& e : r.entries)
        if (const auto here = fact_at(store, e.fact); !here) not_here.emplace(e.fact.origin, e.fact.seq);
        else if (journal::canonical(*here) != journal::canonical(e.fact)) ++d.differing;
      return true;
    });
    try {
      if (!not_here.empty()) d.second_only = still_missing(store, *second, not_here);
    } catch (const SQLite::Exception&) {
      d.second_only = static_cast<std::int64_t>(not_here.size());  // nobody can write here: nothing is being said either
    }
  }
  if (until_facts && d.facts()) return d;
  try {
    d.keys_missing = store.keys_missing();
  } catch (const std::runtime_error&) {
    d.keys_unreadable = true;
  }
  if (!d.facts() && !d.keys()) d.tables_differ = tables_differ(store);
  return d;
}

}  // namespace store
