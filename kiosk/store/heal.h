// Healing: from what is damaged to what is whole, without losing what was acknowledged.
//
// The newest backup that opens and checks, and on it every transaction of the second journal that came later. What neither of them has and the
// damaged database still shows is taken from there (ruins.h): nothing that can be read is left behind. The damaged files are kept
// aside, never deleted. Nothing else may have the database open.
#pragma once

#include "store/backup_file.h"

#include <memory>

namespace store {

// What is left of a village whose database is gone, by its name in the data directory; empty where there never was one.
[[nodiscard]] std::string_view left_of_village(const std::filesystem::path& data);

// Looks at a database without changing it.
struct Damage {
  std::string pages;              // what PRAGMA integrity_check says; empty when it is well or was not asked
  Store::ChainReport chain;
  std::int64_t second_only = 0;   // facts the second journal has and the database lacks
  std::int64_t differing = 0;     // facts that are not the same in both
  bool tables_differ = false;     // what is folded is not what the facts say
  std::int64_t keys_missing = 0;  // people (and households) of whom facts cannot be read though nobody erased them
  bool keys_unreadable = false;   // persons.keys or kiosk.key is damaged
  SecondJournal::Found second;    // its own damage
  [[nodiscard]] bool keys() const { return keys_missing > 0 || keys_unreadable; }
  [[nodiscard]] bool facts() const { return !pages.empty() || chain.broken_at != 0 || second_only > 0 || differing > 0; }
  [[nodiscard]] bool any() const { return facts() || tables_differ || keys(); }
};
// Reads everything, and folds all facts anew in a copy beside it (check.part, gone afterwards): neither SQLite's own check nor the chain
// sees a bit that flipped in a folded row. `until_facts`: no further once a fact is known to be damaged, which is all that healing asks.
[[nodiscard]] Damage look_for_damage(Store&, bool until_facts = false);

struct Healed {
  std::filesystem::path backup;   // empty: there was none, all is from the second journal
  std::int64_t from_backup = 0, from_second = 0;
  std::int64_t from_damaged = 0;  // out of the damaged database, where its own chain vouches for them
  std::int64_t as_found = 0;      // out of it too, but changed, or behind a gap: nothing vouches for what they say
  std::int64_t missing = 0;       // facts that neither had, of origins whose later facts are here
  std::int64_t of_another_history = 0;  // whose numbers other facts have (an old copy was put back, and went on): they are here under new ones
  std::filesystem::path aside;    // where the damaged files are
};
// What somebody decides who heals by hand.
struct HealAnyway {
  bool without_keys = false;  // of some people: they will look as if they had been erased
  bool as_found = false;      // facts that nothing vouches for are kept as they stand
  // Facts that are nowhere at hand, though later ones are: none may be missing; some after a backup; however many.
  enum class Gaps { none, after_backup, any } gaps = Gaps::none;
};
// Throws std::runtime_error in a clerk's words where there is nothing to heal from, or facts would be left behind or kept as found; then nothing was
// changed. KeysMissing: the keys of some people are in no file that opens, and without them they would look erased.
Healed heal(const std::filesystem::path& data, const Contract&, const base::Clock&, const BackupKey&, const HealAnyway& = {});

// Left in the data directory by who went on `without_keys`: what facts name is then not all that they name. Goes when the tables were folded with all
// of them. `yes`: false takes it away.
inline constexpr std::string_view without_keys_mark = "without-keys";
void mark_without_keys(const std::filesystem::path& data, bool yes = true);

// persons.keys anew from every copy that opens, where keys are missing or damaged: gives how many it has now, or nothing where there is no copy.
std::optional<std::size_t> heal_keys(const std::filesystem::path& data, const BackupKey&);

}  // namespace store
