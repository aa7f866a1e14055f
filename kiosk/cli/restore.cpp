// `restore`: a backup takes the database's place; asked twice, and what was there is kept beside it.
#include "cli/cli.h"
#include "shapes/files.h"
#include "shapes/shape.h"
#include "store/backup_file.h"
#include "store/forget.h"
#include "store/heal.h"
#include "village/erasure.h"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace cli {
namespace {

// Where a backup is looked at before it takes the place: restore.part in the data directory. Gone afterwards, and a data directory
// that was made for it goes too unless a database came into it.
class Beside {
 public:
  Beside(const std::filesystem::path& data, bool made) : folder(data / "restore.part"), data_(data), made_(made) {
    store::remove_emptied(folder);
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  }
  ~Beside() {
    std::error_code ignored;
    store::remove_emptied(folder);
    if (!made_ || std::filesystem::exists(data_ / "nuanzhan.db", ignored)) return;
    std::filesystem::remove(data_ / "kiosk.lock", ignored);
    std::filesystem::remove(data_, ignored);  // only when empty
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  const std::filesystem::path folder;

 private:
  std::filesystem::path data_;
  bool made_;
};

struct Asked { std::string from, keys; bool with_township = false, sure = false, without_keys = false; };

// What the store says is about a database at its place; here the file that was given is meant.
std::string why_not(const std::string& file, const store::CannotOpen& e) {
  using Why = store::CannotOpen::Why;
  switch (e.why) {
    case Why::not_ours: return file + " is not a backup of this program: it is another program's database";
    case Why::damaged: return file + " is not a backup of this program, or it is damaged; give another file";
    case Why::newer: return file + " is a backup of a newer program: install that one first";
    default: return fmt::format("{} cannot be restored: {}", file, e.what());
  }
}

bool is_sealed(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string start(8, '\0');
  return in.read(start.data(), 8) && start == "NZBACKUP";
}

// Where the backup lies, and with it what belongs to it.
std::filesystem::path folder_of(const Asked& asked) {
  auto folder = std::filesystem::path(asked.from).parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

// Key files that may belong to the backup: the one that was named, else those of its folder (a stick's, a copy of backup/). The newest of them has
// all, and what was destroyed since is destroyed in it.
std::vector<std::filesystem::path> key_files(const Asked& asked) {
  std::vector<std::filesystem::path> files;
  if (!asked.keys.empty()) return {asked.keys};
  std::error_code none;
  for (const auto& f : std::filesystem::directory_iterator(folder_of(asked), none))
    if (f.path().extension() == ".nzk") files.push_back(f.path());
  return files;
}

// Folders of copies that may have what the facts name: of the backup's folder and of this data directory.
std::vector<std::filesystem::path> folders_of_copies(const Asked& asked, const std::filesystem::path& data) {
  auto all = village::copies_in(folder_of(asked));
  for (auto& here : village::copies_at_hand(data)) all.push_back(std::move(here));
  return all;
}

// Opens the backup to `to`, and looks for the persons' keys; words for why it does not.
std::optional<std::string> unseal(Common& common, const Asked& asked, const std::filesystem::path& to, std::optional<store::KeySet>& keys, std::optional<store::PublicKey>& township) {
  std::optional<store::KeyPair> pair;
  const auto look_for_keys = [&] {
    const auto files = key_files(asked);
    keys = store::keys_from_everywhere(common.data, {store::machine_key(common.data, false), pair ? &*pair : nullptr}, files);
  };
  if (!is_sealed(asked.from)) {
    std::filesystem::copy_file(asked.from, to);
    look_for_keys();
    return std::nullopt;
  }
  if (asked.with_township && !(pair = asked_for_secret())) return "that is no secret key: 44 characters, as `nuanzhan keys make` prints them after \"secret\"";
  const auto opened = store::open_backup(asked.from, {store::machine_key(common.data, false), pair ? &*pair : nullptr}, to);
  if (opened) {
    if (pair) township = pair->open_to_all();
    look_for_keys();
    return std::nullopt;
  }
  using enum store::BackupRefusal;
  switch (opened.error()) {
    case no_key: return asked.from + (asked.with_township ? " does not open with this key" : " was made on another machine: say --township and give the township's secret key");
    case newer: return asked.from + " is a backup of a newer program: install that one first";
    default: return asked.from + " is not a backup of this program, or it is damaged; give another file";
  }
}

std::int64_t facts_here(const std::filesystem::path& data, const base::Clock& clock) {
  try {
    store::Store present(data, shapes::contract(), clock, {.create = false, .migrate = false, .second = false});
    return present.reader(store::Viewer{}).count("SELECT count(*) FROM journal_fact");
  } catch (const std::exception&) {
    return -1;
  }
}

// Twice: once what it is, once what it costs.
bool agreed(std::int64_t facts, std::int64_t here) {
  const auto yes = [](const std::string& question) {
    fmt::print(stderr, "{} (yes/no) ", question);
    std::string answer;
    return std::getline(std::cin, answer) && base::trimmed(answer) == "yes";
  };
  if (!yes(fmt::format("This puts a backup with {} facts in the place of the database that is here{}. Go on?", facts,
                       here < 0 ? ", which does not open" : fmt::format(" with {}", here))))
    return false;
  return yes(here > facts ? fmt::format("{} facts that came later will no longer be seen; the old database is kept beside it. Really?", here - facts)
                          : std::string("The database that is here is kept beside it. Really?"));
}

void sync_folder(const std::filesystem::path& folder) {
  if (const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY); fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
}

// The database that is here, under a second name; what its write-ahead file still has goes along. It keeps its own name until the restored
// one takes it: whenever the power goes, one of the two is there whole.
void keep_present(Common& common, const std::filesystem::path& db) {
  auto aside = common.data / "replaced.db";
  for (int i = 2; std::filesystem::exists(aside); ++i) aside = common.data / fmt::format("replaced-{}.db", i);
  try {
    store::Store present(common.data, shapes::contract(), common.clock(), {.migrate = false, .second = false});
    for (auto rows = present.database().query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) (void)row;
  } catch (const store::CannotOpen&) {
    // A damaged database is kept as it is.
  }
  std::error_code none;
  // A file system without links: then it is moved, and for a moment there is none.
  if (std::filesystem::create_hard_link(db, aside, none); none) std::filesystem::rename(db, aside);
  // What did not come into it stays beside it: SQLite reads it there. It would be read into the restored one, too.
  const auto wal = std::filesystem::path(db) += "-wal";
  if (std::filesystem::exists(wal, none) && std::filesystem::file_size(wal, none) > 0) std::filesystem::rename(wal, std::filesystem::path(aside) += "-wal");
  sync_folder(common.data);
  fmt::print("the database that was here is now {}\n", aside.string());
}

int restore(Common& common, const Asked& asked) {
  common.use_catalogue();
  const bool made = std::filesystem::create_directories(common.data);
  std::optional<OneKiosk> alone;
  try {
    alone.emplace(common.data);
  } catch (const store::CannotOpen&) {
    fmt::print(stderr, "close the kiosk first; nothing was changed\n");
    return not_done;
  }
  // First beside it, opened and read; only then does it take the place. Whatever stops it, nothing is left of it.
  const Beside part(common.data, made);
  std::optional<store::KeySet> found;
  std::optional<store::PublicKey> township;
  if (const auto why = unseal(common, asked, part.folder / "nuanzhan.db", found, township)) {
    fmt::print(stderr, "{}; nothing was changed\n", *why);
    return cannot_open;
  }
  if (store::second_away(common.data)) {
    fmt::print(stderr, "the second journal's own device is away ({}), and what it has would come back by itself once it is there: plug it in first, or, where it is lost for good, remove {}; nothing was changed\n",
               store::second_folder(common.data).string(), (common.data / "second.at").string());
    return not_done;
  }
  const auto db = common.data / "nuanzhan.db";
  std::int64_t facts = 0;
  std::vector<village::NamedFile> files;
  const auto keys = std::make_shared<store::PersonKeys>(found.value_or(store::KeySet{}));
  try {
    store::Store store(part.folder, shapes::contract(), common.clock(), {.second = false, .keys = keys});
    const auto chain = store.verify_chain();
    if (chain.broken_at != 0) {
      fmt::print(stderr, "the journal of {} is broken at fact {}; nothing was changed\n", asked.from, chain.broken_at);
      return not_done;
    }
    if (chain.facts == 0) {
      fmt::print(stderr, "{} is not a backup of this program: it is empty; nothing was changed\n", asked.from);
      return cannot_open;
    }
    facts = chain.facts;
    if (const auto missing = store.keys_missing(); missing > 0) {
      fmt::print(stderr, "the keys of {} people or households are not here{}: without them their names, numbers and pictures cannot be read, as if they had been erased\n", missing,
                 found ? "" : " (there is no key file)");
      if (!asked.without_keys) {
        fmt::print(stderr, "put the newest key file (<day>.nzk or <kiosk>.nzk) beside the backup or name it with --keys; to go on without: --without-keys. Nothing was changed\n");
        return not_done;
      }
    }
    if (std::filesystem::exists(db) && !asked.sure && !agreed(facts, facts_here(common.data, common.clock()))) {
      fmt::print(stderr, "nothing was changed (for scripts: --yes)\n");
      return not_done;
    }
    // One life of a database ends here: what is said from now on has a new origin, so that no two facts share a number.
    store.new_origin();
    // Erased after the backup was made: said again, for it is not in this journal.
    if (const auto again = village::erase_again(store); again > 0) fmt::print("{} people or households were erased since that backup and stay erased\n", again);
    store.rebuild(asked.without_keys);
    files = shapes::named_files(store.reader(store::Viewer{}));
    for (auto rows = store.database().query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) (void)row;
  } catch (const store::CannotOpen& e) {
    fmt::print(stderr, "{}; nothing was changed\n", why_not(asked.from, e));
    return cannot_open;
  }
  if (std::filesystem::exists(db)) keep_present(common, db);
  for (const char* rest : {"nuanzhan.db-wal", "nuanzhan.db-shm"}) store::remove_emptied(common.data / rest);
  // The second journal goes on from here, or the next start would bring back what was left behind on purpose.
  if (const auto key = store::machine_key(common.data, false))
    for (const auto& where : store::second_folders(common.data)) store::SecondJournal(where, *key, std::nullopt).set_aside("before-restore");
  store::mark_second_differs(common.data, false);
  if (found) store::replace_person_keys(common.data, keys->all());
  if (asked.without_keys) store::mark_without_keys(common.data);
  std::filesystem::remove(common.data / demo_unfinished);  // it let the next `demo` take what lies there for its own
  std::filesystem::rename(part.folder / "nuanzhan.db", db);
  sync_folder(common.data);
  fmt::print("{} facts restored\n", facts);
  const auto brought = village::bring_files_back(common.data, files, *keys, folders_of_copies(asked, common.data));
  if (brought.back > 0) fmt::print("{} photos and recordings restored\n", brought.back);
  if (brought.missing > 0)
    fmt::print(stderr, "{} photos and recordings that the facts name are missing: no copy of them is here. Where a folder of copies lies elsewhere (*.files), put it into {} and type nuanzhan doctor --heal\n",
               brought.missing, (common.data / "backup").string());
  if (township && !store::township_key(common.data)) {
    keep_township_key(common.data, *township);
    fmt::print("the township's key is kept here again: what is confidential, and backups, are sealed for it as well\n");
  }
  // What came back is on this disk alone, under a new origin and perhaps without what was erased since: the old backups are not copies of it.
  fmt::print("now make a backup of it: nuanzhan backup --data {}\n", common.data.string());
  return done;
}

}  // namespace

void add_restore(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("restore", "put a backup in the database's place; asked twice, and the present one is kept beside it");
  auto asked = std::make_shared<Asked>();
  verb->add_option("--from", asked->from, "the backup file")->required()->check(CLI::ExistingFile);
  verb->add_flag("--township", asked->with_township, "open it with the township's secret key, read from standard input");
  verb->add_option("--keys", asked->keys, "the persons' key file; left out: those beside the backup and in this data directory")->check(CLI::ExistingFile);
  verb->add_flag("--without-keys", asked->without_keys, "go on though the keys of some people are missing; they will look as if they had been erased");
  verb->add_flag("--yes", asked->sure, "do not ask");
  verb->callback([&common, result, asked] { result([&common, asked] { return restore(common, *asked); }); });
}

}  // namespace cli
