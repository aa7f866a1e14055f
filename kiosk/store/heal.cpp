#include "store/heal.h"

#include "base/log.h"
#include "store/forget.h"
#include "store/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
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

struct Workplace {
  std::filesystem::path folder;
  explicit Workplace(std::filesystem::path f) : folder(std::move(f)) {
    remove_emptied(folder);
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  }
  ~Workplace() { remove_emptied(folder); }
  Workplace(const Workplace&) = delete;
};

bool sound(Store& s) {
  std::string answer;
  for (auto rows = s.database().query("PRAGMA integrity_check(1)"); const auto row : rows) answer += row.get<std::string>(0);
  return answer == "ok" && s.verify_chain().broken_at == 0;
}

}  // namespace

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

Damage look_for_damage(Store& store) {
  Damage d;
  try {
    for (auto rows = store.database().query("PRAGMA integrity_check(5)"); const auto row : rows) {
      const auto line = row.get<std::string>(0);
      if (line != "ok") d.pages += (d.pages.empty() ? "" : "; ") + line;
    }
    d.chain = store.verify_chain();
  } catch (const SQLite::Exception& e) {
    d.pages = e.what();
    return d;
  }
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
  try {
    d.keys_missing = store.keys_missing();
  } catch (const std::runtime_error&) {
    d.keys_unreadable = true;
  }
  if (!d.facts() && !d.keys()) d.tables_differ = tables_differ(store);
  return d;
}

Healed heal(const std::filesystem::path& data, const Contract& contract, const base::Clock& clock, const BackupKey& key, bool without_keys) {
  Healed healed;
  const Workplace place(data / "heal.part");
  const auto file = place.folder / "nuanzhan.db";
  std::unique_ptr<Store> store;
  const auto found_keys = keys_from_everywhere(data, key);
  const auto keys = std::make_shared<PersonKeys>(found_keys.value_or(KeySet{}));
  const Store::Options alone{.second = false, .keys = keys};
  for (const auto& b : backups_in(data / "backup")) {
    const auto opened = open_backup(b.file, key, file);
    if (!opened) {
      spdlog::warn("a backup is passed over: {}", name(opened.error()));
      continue;
    }
    try {
      store = std::make_unique<Store>(place.folder, contract, clock, alone);
      if (sound(*store)) {
        healed.backup = b.file;
        healed.from_backup = opened->facts;
        break;
      }
    } catch (const std::exception&) {
      spdlog::warn("a backup is passed over: it does not open");
    }
    store.reset();
    for (const char* f : db_files) remove_emptied(place.folder / f);
  }
  const auto where = second_folder(data);
  std::unique_ptr<SecondJournal> second;
  auto machine = key.machine;
  if (!machine && key.township != nullptr) machine = SecondJournal::key_by_township(where, *key.township);
  if (machine && std::filesystem::is_directory(where)) second = std::make_unique<SecondJournal>(where, *machine, std::nullopt);
  if (second && second->segments().empty()) second.reset();
  if (!store && !second) throw std::runtime_error("there is no backup that opens and no second journal: nothing was changed. Ask the township for its copy");
  if (!store) {
    // Without a backup only a second journal that goes back to the first fact has everything.
    store = std::make_unique<Store>(place.folder, contract, clock, alone);
  }
  if (second) {
    auto back = store->bring_back(*second, 0);
    if (back.not_fitting > 0) {
      // Something lies between them that neither has: what follows is kept as another life of this kiosk, and new facts begin a new one.
      store->new_origin();
      const auto more = store->bring_back(*second, 0);
      back.facts += more.facts;
    }
    healed.from_second = back.facts;
  }
  const auto chain = store->verify_chain();
  if (chain.broken_at != 0) throw std::runtime_error("what came together does not hold: nothing was changed");
  healed.missing = chain.missing;
  if (chain.facts == 0) throw std::runtime_error("neither a backup nor the second journal has a fact: nothing was changed");
  store->rebuild(without_keys);  // a backup brings no tables, and what came back was folded onto none
  for (auto rows = store->database().query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) (void)row;
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
  std::filesystem::rename(file, data / "nuanzhan.db");
  force_folder(data);
  return healed;
}

std::optional<std::size_t> heal_keys(const std::filesystem::path& data, const BackupKey& key) {
  const auto found = keys_from_everywhere(data, key);
  if (!found) return std::nullopt;
  replace_person_keys(data, *found);
  return found->keys.size();
}

}  // namespace store
