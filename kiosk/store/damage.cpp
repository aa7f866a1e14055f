// What is wrong with a database: looked for everywhere, and nothing is changed.
#include "store/forget.h"
#include "store/heal.h"
#include "store/journal.h"

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
    const auto eyes = store.reader(Viewer{});
    d.second = second->each([&](const SecondJournal::Record& r) {
      for (const auto& e : r.entries) {
        std::optional<Fact> here;
        for (auto rows = eyes.query("SELECT " + std::string(journal::columns) +
                                        " FROM journal_origin o JOIN journal_fact f ON o.number = f.origin WHERE o.origin = ? AND f.seq = ?",
                                    e.fact.origin, e.fact.seq);
             const auto row : rows)
          here = journal::read(row);
        if (!here) ++d.second_only;
        else if (journal::canonical(*here) != journal::canonical(e.fact)) ++d.differing;
      }
      return true;
    });
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
