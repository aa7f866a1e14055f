#include "store/heal.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "store/forget.h"
#include "store/journal.h"
#include "store/ruins.h"

#include <algorithm>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <stdexcept>
#include <unistd.h>

namespace store {
namespace {

constexpr const char* db_files[] = {"nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm"};

void force_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  (void)::fsync(fd);
  ::close(fd);
}

bool sound(Store& s) {
  std::string answer;
  for (auto rows = s.database().query("PRAGMA integrity_check(1)"); const auto row : rows) answer += row.get<std::string>(0);
  return answer == "ok" && s.verify_chain().broken_at == 0;
}

}  // namespace

std::string_view left_of_village(const std::filesystem::path& data) {
  for (const std::string_view part : {"kiosk.key", "persons.keys", "second", "backup"})
    if (std::filesystem::exists(data / part)) return part;
  return {};
}

namespace {

// A database that is put together beside the damaged one.
struct Patient {
  const std::filesystem::path& data;
  const Contract& contract;
  const base::Clock& clock;
  const BackupKey& key;
  std::filesystem::path folder;
  Store::Options alone;
  std::vector<std::unique_ptr<SecondJournal>> seconds;
  std::unique_ptr<Store> store;
  Healed healed;
  bool apart = false;  // the second journal has numbers that other facts have here
  struct Last { std::int64_t seq; base::Uuid id; };
  std::map<base::Uuid, Last> last_common;  // of each origin, as left_in met it

  // From the newest backup that opens and checks; no store where there is none.
  void from_backup() {
    for (const auto& b : backups_in(data / "backup")) {
      const auto opened = open_backup(b.file, key, folder / "nuanzhan.db");
      if (!opened) {
        spdlog::warn("a backup is passed over: {}", name(opened.error()));
        continue;
      }
      try {
        store = std::make_unique<Store>(folder, contract, clock, alone);
        if (sound(*store)) {
          healed.backup = b.file;
          healed.from_backup = opened->facts;
          return;
        }
      } catch (const std::exception&) {
        spdlog::warn("a backup is passed over: it does not open");
      }
      empty();
    }
  }
  void empty() {
    store.reset();
    for (const char* f : db_files) remove_emptied(folder / f);
    healed = {};
  }
  void open_seconds() {
    for (const auto& where : second_folders(data)) {
      auto machine = key.machine;
      if (!machine && key.township != nullptr) machine = SecondJournal::key_by_township(where, *key.township);
      if (!machine) continue;
      auto second = std::make_unique<SecondJournal>(where, *machine, std::nullopt);
      if (!second->segments().empty()) seconds.push_back(std::move(second));
    }
  }
  void from_second() {
    std::int64_t not_fitting = 0;
    const auto bring_back = [&] {
      const auto before = healed.from_second;
      not_fitting = 0;
      for (const auto& second : seconds) {
        const auto back = store->bring_back(*second, 0);
        healed.from_second += back.facts;
        not_fitting += back.not_fitting;
      }
      return healed.from_second > before;
    };
    // Where its own device was away for a while, one goes on where the other ends, by turns.
    while (bring_back() && not_fitting > 0 && seconds.size() > 1) {}
    if (not_fitting > 0) {
      // Something lies between them that neither has: what follows is kept as another life of this kiosk, and new facts begin a new one.
      store->new_origin();
      (void)bring_back();
      apart = not_fitting > 0;
      for (const auto& second : seconds)
        if (not_fitting > 0)
          (void)second->each([&](const SecondJournal::Record& r) {
            for (const auto& e : r.entries) take_anew(e.fact);
            return true;
          });
    }
  }
  // Facts that have another one's number: an old copy was put in the database's place and went on from there. Both were confirmed, so both stay,
  // these in a life of their own.
  void take_anew(const Fact& f) {
    Act act(*store, Viewer{});
    if (act.take_anew(f)) (void)act.commit(), ++healed.of_another_history;
  }
  [[nodiscard]] std::optional<base::Uuid> id_at(const base::Uuid& origin, std::int64_t seq) const {
    for (auto rows = store->database().query("SELECT f.id FROM journal_origin o JOIN journal_fact f ON f.origin = o.number WHERE o.origin = ? AND f.seq = ?", origin, seq); const auto row : rows)
      return row.get<base::Uuid>(0);
    return std::nullopt;
  }
  // Two histories of one origin never meet again: the last of what ruins and store both have tells. What was changed does not follow.
  void of_another_history(Ruins& ruins) {
    std::erase_if(last_common, [&](const auto& o) { const auto id = id_at(o.first, o.second.seq); return !id || *id == o.second.id; });
    if (last_common.empty()) return;
    std::vector<Fact> all;
    ruins.each([&](const SecondJournal::Entry& e, bool follows) {
      if (!follows || !last_common.contains(e.fact.origin)) return true;
      if (const auto id = id_at(e.fact.origin, e.fact.seq); id && *id != e.fact.id) all.push_back(e.fact);
      return true;
    });
    if (all.empty()) return;
    store->new_origin();
    for (const auto& f : all) take_anew(f);
  }
  [[nodiscard]] bool in_second(const base::Uuid& origin) const {
    return std::ranges::any_of(seconds, [&](const auto& second) { return second->positions().contains(origin); });
  }

  // Whether a fact of the ruins is of this village: another one's database may lie there by mistake.
  // One that began while the second journal was failing is in nothing but the ruins; beside an origin that is known it is of this village.
  bool one_village = false;
  [[nodiscard]] bool ours(const base::Uuid& origin) const { return one_village || store->positions().contains(origin) || in_second(origin); }
  [[nodiscard]] bool lacks(const Fact& f) const { return !id_at(f.origin, f.seq); }
  [[nodiscard]] std::int64_t left_in(Ruins& ruins) {
    // Of origins that are here without a gap, what is not above their last need not be looked up.
    std::map<base::Uuid, std::int64_t> whole;
    for (auto rows = store->database().query("SELECT o.origin, max(f.seq), count(*) FROM journal_fact f JOIN journal_origin o ON o.number = f.origin GROUP BY f.origin"); const auto row : rows)
      if (row.get<std::int64_t>(1) == row.get<std::int64_t>(2)) whole[row.get<base::Uuid>(0)] = row.get<std::int64_t>(1);
    std::map<base::Uuid, bool> known;
    std::int64_t left = 0, unknown = 0;
    last_common.clear();
    const auto have = store->positions();
    ruins.each([&](const SecondJournal::Entry& e, bool follows) {
      if (const auto here = have.find(e.fact.origin); follows && here != have.end() && e.fact.seq <= here->second.seq) last_common.insert_or_assign(e.fact.origin, Last{e.fact.seq, e.fact.id});
      const auto [origin, is_new] = known.try_emplace(e.fact.origin, false);
      if (is_new) origin->second = ours(e.fact.origin);
      if (!origin->second) {
        ++unknown;
        return true;
      }
      one_village = true;
      const auto to = whole.find(e.fact.origin);
      if ((to == whole.end() || e.fact.seq > to->second) && lacks(e.fact)) ++left;
      return true;
    });
    return one_village ? left + unknown : left;
  }
  // What follows unbroken on what is here.
  void from_ruins(Ruins& ruins) {
    std::vector<SecondJournal::Entry> together;
    std::map<base::Uuid, bool> goes_on;
    const auto bring = [&] {
      if (together.empty()) return;
      Act act(*store, Viewer{});
      const auto n = act.bring_back(together);
      if (n < 0) goes_on[together.front().fact.origin] = false;
      if (n > 0) (void)act.commit();
      healed.from_damaged += std::max(n, 0);
      together.clear();
    };
    const auto have = store->positions();
    ruins.each([&](const SecondJournal::Entry& e, bool follows) {
      if (!together.empty() && (together.size() >= 500 || together.front().fact.origin != e.fact.origin)) bring();
      auto& on = goes_on.try_emplace(e.fact.origin, ours(e.fact.origin)).first->second;
      const auto here = have.find(e.fact.origin);
      if (here != have.end() && e.fact.seq <= here->second.seq) {
        on = true;
        return true;
      }
      on = on && follows;
      if (on) together.push_back(e);
      return true;
    });
    bring();
  }
  // The rest, each for itself: what was changed, and what comes behind it.
  void as_found(Ruins& ruins) {
    ruins.each([&](const SecondJournal::Entry& e, bool) {
      if (!ours(e.fact.origin) || !lacks(e.fact)) return true;
      if (e.fact.origin == store->origin()) store->new_origin();  // as another life of this kiosk, as from_second does
      try {
        Act act(*store, Viewer{});
        if (act.bring_back({&e, 1}) > 0) (void)act.commit(), ++healed.as_found;
      } catch (const std::exception&) {
        ++healed.missing;  // says nothing that can be read any more
      }
      return true;
    });
  }
};

}  // namespace

Healed heal(const std::filesystem::path& data, const Contract& contract, const base::Clock& clock, const BackupKey& key, const HealAnyway& anyway) {
  const Workplace place(data / "heal.part");
  const auto file = place.folder / "nuanzhan.db";
  const auto found_keys = keys_from_everywhere(data, key);
  const auto keys = std::make_shared<PersonKeys>(found_keys.value_or(KeySet{}));
  Patient patient{data, contract, clock, key, place.folder, {.second = false, .keys = keys}, {}, {}, {}};
  auto& store = patient.store;
  auto& healed = patient.healed;
  const bool away = second_away(data);
  if (away && anyway.gaps == HealAnyway::Gaps::none)
    throw std::runtime_error(fmt::format("the second journal's own device is away ({}), and what was said last may be there alone: nothing was changed. Plug it in and do it once more; "
                                         "to go on without it: nuanzhan doctor --heal --with-gaps (it is taken in when the device comes back)", second_folder(data).string()));
  patient.open_seconds();
  // Without a backup only a second journal that goes back to the first fact has everything.
  const auto put_together = [&](Ruins* ruins) {
    patient.from_backup();
    if (!store && patient.seconds.empty()) throw std::runtime_error("there is no backup that opens and no second journal: nothing was changed. Ask the township for its copy");
    if (!store) store = std::make_unique<Store>(place.folder, contract, clock, patient.alone);
    if (ruins != nullptr) patient.from_ruins(*ruins);
    patient.from_second();
  };
  put_together(nullptr);
  Ruins ruins(data, place.folder / "ruins");
  if (patient.left_in(ruins) > 0) {
    patient.empty();
    put_together(&ruins);
    if (const auto left = patient.left_in(ruins); left > 0 && !anyway.as_found)
      throw std::runtime_error(fmt::format("{} facts were changed, or come after one that was, and no backup and no second journal has them: nothing was changed. "
                                           "Ask the township for its copy, or keep them as they stand: nuanzhan doctor --heal --as-found", left));
    else if (left > 0) patient.as_found(ruins);
  }
  patient.of_another_history(ruins);
  // What it has on top comes when it is back, as another life of this kiosk: nothing said meanwhile takes the same numbers.
  if (away) store->new_origin();
  const auto chain = store->verify_chain();
  if (chain.broken_at != 0) throw std::runtime_error("what came together does not hold: nothing was changed");
  healed.missing += chain.missing;
  if (chain.facts == 0) throw std::runtime_error("neither a backup nor the second journal has a fact: nothing was changed");
  if (healed.missing > 0 && anyway.gaps != HealAnyway::Gaps::any && !(anyway.gaps == HealAnyway::Gaps::after_backup && healed.from_backup > 0))
    throw std::runtime_error(fmt::format("{} facts are in nothing that is at hand, {} are: nothing was changed. Put the newest backup (a stick's, the township's) into {} and do it once more; "
                                         "to go on without them: nuanzhan doctor --heal --with-gaps", healed.missing, chain.facts, (data / "backup").string()));
  // It has no name yet, and is forced to the disk as a whole before it gets one. A large village's indexes are written all over.
  store->database().script("PRAGMA journal_mode=DELETE; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-196608");
  store->rebuild(anyway.without_keys);  // a backup brings no tables, and what came back was folded onto none
  store.reset();
  {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool forced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!forced) throw std::runtime_error("the healed database could not be brought to the disk: nothing was changed");
  }
  for (int i = 1;; ++i) {
    healed.aside = data / fmt::format("damaged-{}", i);
    if (!std::filesystem::exists(healed.aside)) break;
  }
  std::filesystem::create_directory(healed.aside);
  std::filesystem::permissions(healed.aside, std::filesystem::perms::owner_all);
  // The write-ahead file goes first: beside a healed database it would be read as its own.
  for (const char* f : {"nuanzhan.db-shm", "nuanzhan.db-wal", "nuanzhan.db"})
    if (std::error_code none; std::filesystem::exists(data / f, none)) std::filesystem::rename(data / f, healed.aside / f);
  force_folder(data);
  if (found_keys) replace_person_keys(data, keys->all());
  mark_without_keys(data, anyway.without_keys);  // without: all of them are there, or it would not have been folded
  std::filesystem::rename(file, data / "nuanzhan.db");
  force_folder(data);
  // What stands in it under numbers that others have would be found to differ again and again; it goes on from here.
  if (patient.apart || healed.of_another_history > 0)
    for (const auto& second : patient.seconds) second->set_aside("another-history");
  return healed;
}

void mark_without_keys(const std::filesystem::path& data, bool yes) {
  if (!yes) {
    std::error_code none;
    std::filesystem::remove(data / without_keys_mark, none);
    return;
  }
  base::DurableFile mark(data / without_keys_mark);
  mark.keep();
}

std::optional<std::size_t> heal_keys(const std::filesystem::path& data, const BackupKey& key) {
  const auto found = keys_from_everywhere(data, key);
  if (!found) return std::nullopt;
  replace_person_keys(data, *found);
  return found->keys.size();
}

}  // namespace store
