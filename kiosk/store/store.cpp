// Opening: whose file is it, how old, and bringing it up to date with a verified copy beside it.
#include "store/store.h"

#include "base/log.h"
#include "store/ballast.h"
#include "store/clock_set.h"
#include "store/forget.h"
#include "store/heal.h"
#include "store/journal.h"
#include "store/schema_files.h"

#include <array>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sodium.h>
#include <unistd.h>

namespace store {
namespace {

constexpr std::int32_t application_id = 0x4E5A4831;  // "NZH1" in every database of ours

int newest_schema() { return schema_files().empty() ? 0 : schema_files().back().number; }

std::uint32_t big_endian(const std::array<char, 100>& header, std::size_t at) {
  std::uint32_t v = 0;
  for (std::size_t i = 0; i < 4; ++i) v = v << 8 | static_cast<std::uint8_t>(header[at + i]);
  return v;
}

// Set while a Store is opened beside one of this process on the same files.
thread_local bool open_here_already = false;

// Reads the first page without SQLite, so that a database we must not touch is not touched. Never while this process has it open: closing any
// descriptor of a file drops all locks this process holds on it, and another program that then closes the database takes itself for the last one
// and throws the write-ahead file away under us (sqlite.org/howtocorrupt.html, 2.2).
void look_before_opening(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<char, 100> header{};
  if (!in) throw CannotOpen(CannotOpen::Why::read_only, "the database cannot be read; check who owns the data directory");
  in.read(header.data(), header.size());
  if (in.gcount() == 0) return;
  // The very first page may be torn while SQLite still has its rollback journal (before WAL): it mends that itself when it opens.
  if (std::error_code none; std::filesystem::exists(file.string() + "-journal", none)) return;
  if (in.gcount() < 100 || std::string_view(header.data(), 15) != "SQLite format 3")
    throw CannotOpen(CannotOpen::Why::damaged, "nuanzhan.db is not a database any more; run `nuanzhan doctor --heal`");
  const auto id = big_endian(header, 68);
  const auto version = big_endian(header, 60);
  // Without an id it is ours only when nothing was ever made in it: a first start that was cut short.
  const bool has_tables = big_endian(header, 40) != 0;
  if (id != static_cast<std::uint32_t>(application_id) && (id != 0 || version != 0 || has_tables))
    throw CannotOpen(CannotOpen::Why::not_ours, "nuanzhan.db belongs to another program; choose another --data directory");
  if (static_cast<int>(version) > newest_schema())
    throw CannotOpen(CannotOpen::Why::newer,
                     fmt::format("the database was written by a newer program (schema {}, this program knows {}); nothing was changed: "
                                 "install the newer program, or restore a backup of this version",
                                 version, newest_schema()));
}

[[noreturn]] void explain(const SQLite::Exception& e) {
  switch (e.getErrorCode()) {
    case 5:
    case 6: throw CannotOpen(CannotOpen::Why::locked, "another program holds the database; close it and start again");
    case 8:
    case 14: throw CannotOpen(CannotOpen::Why::read_only, "the data directory cannot be written; check who owns it and that the disk is not read-only");
    case 11:
    case 26: throw CannotOpen(CannotOpen::Why::damaged, "the database is damaged; run `nuanzhan doctor --heal`");
    case 13: throw CannotOpen(CannotOpen::Why::disk_full, "the disk is full; make room and start again; nothing that was confirmed is lost");
    default: throw CannotOpen(CannotOpen::Why::other, std::string("the database cannot be opened: ") + e.what());
  }
}

constexpr int sqlite_full = 13;  // SQLITE_FULL

bool is_full(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available < std::uintmax_t{1} << 20;  // SQLite asks for 32 kB at a time
}

void sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
}

}  // namespace

Store::Store(std::filesystem::path folder, Contract contract, const base::Clock& clock, Options options)
    : folder_(std::move(folder)), contract_(std::move(contract)), clock_(&clock), keys_(options.keys), seed_(options.seed) {
  if (!keys_) keys_ = std::make_shared<PersonKeys>(folder_, options.second ? second_folder(folder_) : std::filesystem::path{});
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (options.seed) ids_ = base::IdMaker(*options.seed);
  for (const auto& k : contract_.kinds) kinds_[k.kind] = &k;
  try {
    try {
      open_checked(options);
    } catch (const SQLite::Exception&) {
      // A disk that is full to the last block has no room for what SQLite needs to open: a kiosk that starts then must open all the same.
      if (!is_full(folder_) || !free_ballast(folder_)) throw;
      db_.reset();
      open_checked(options);
    }
  } catch (const SQLite::Exception& e) {
    explain(e);
  }
}

Store::~Store() {
  const EmptyWal wal(folder_ / "nuanzhan.db");
  db_.reset();
}

void Store::open_checked(const Options& options) {
  const auto file = folder_ / "nuanzhan.db";
  std::error_code error;
  const bool there = std::filesystem::exists(file, error);
  if (!there && !options.create)
    throw CannotOpen(CannotOpen::Why::other, left_of_village(folder_).empty() ? "there is no database here yet; `nuanzhan demo` makes a village to try"
                                                                              : "the database is gone, though what lay beside it is here: nuanzhan doctor --heal brings back what backups and the second journal have");
  if (!there) {
    std::filesystem::create_directories(folder_, error);
    if (error) throw CannotOpen(CannotOpen::Why::read_only, "the data directory cannot be made: " + error.message());
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, error);
  } else if (!open_here_already) {
    look_before_opening(file);
  }
  db_ = std::make_unique<Database>(file, Database::Mode::read_write);
  if (options.migrate) migrate(options.schema_up_to.value_or(newest_schema()));
  place_.utc_offset = base::Minutes{reader(Viewer{}).setting("place.utc_offset_min", std::int64_t{480})};
  start_origin();
  read_position();
  keeps_second_ = options.second;
  if (options.migrate) {
    reconcile_second();
    (void)settle_erasures();
  }
}

void Store::migrate(int up_to) {
  const auto version = static_cast<int>(reader(Viewer{}).count("PRAGMA user_version"));
  if (version > newest_schema()) throw CannotOpen(CannotOpen::Why::newer, "the database was written by a newer program; nothing was changed");
  if (version >= up_to) return;
  if (version > 0) {
    const auto copy = folder_ / "backup" / fmt::format("before-schema-{}.db", up_to);
    std::error_code error;
    std::filesystem::create_directories(copy.parent_path(), error);
    try {
      backup_to(copy);
    } catch (const SQLite::Exception& e) {
      if (e.getErrorCode() != sqlite_full) throw;
      // On a disk without room for it the room kept for such a moment is used; where that does not do either the kiosk still opens: each step
      // is taken whole or not at all, and the nightly backups are there.
      spdlog::error("no copy before the new tables: {}", e.what());
      if (free_ballast(folder_)) try { backup_to(copy); } catch (const std::exception& again) { spdlog::error("no copy before the new tables: {}", again.what()); }
    }
  }
  for (const auto& step : schema_files()) {
    if (step.number <= version || step.number > up_to) continue;
    db_->script("BEGIN IMMEDIATE");
    try {
      // A command and the kiosk may start together: whoever waited for the lock finds the step done.
      if (reader(Viewer{}).count("PRAGMA user_version") >= step.number) {
        db_->script("COMMIT");
        continue;
      }
      db_->script(std::string(step.sql));
      db_->script(fmt::format("PRAGMA user_version={}", step.number));
      if (step.number == schema_files().front().number) db_->script(fmt::format("PRAGMA application_id={}", application_id));
      db_->script("COMMIT");
    } catch (...) {
      try { db_->script("ROLLBACK"); } catch (const SQLite::Exception&) {}
      spdlog::error("migration {} was rolled back", step.number);
      throw;
    }
  }
  // The version is in the first page only after a checkpoint, and an older program must be able to read it there.
  for (auto rows = db_->query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) (void)row;
}

void Store::start_origin() {
  auto r = reader(Viewer{});
  if (const auto here = r.one<base::Uuid>("SELECT origin FROM journal_origin WHERE here = 1")) {
    origin_ = *here;
    return;
  }
  origin_ = ids_.next(clock_->now());
  // Only if there is still none: another program may open the new database at the same moment.
  db_->run("INSERT INTO journal_origin (origin, here) SELECT ?, 1 WHERE NOT EXISTS (SELECT 1 FROM journal_origin WHERE here = 1)", origin_);
  origin_ = r.one<base::Uuid>("SELECT origin FROM journal_origin WHERE here = 1").value();
}

void Store::new_origin() {
  db_->script("BEGIN IMMEDIATE");
  db_->run("UPDATE journal_origin SET here = 0 WHERE here = 1");
  origin_ = ids_.next(clock_->now());
  db_->run("INSERT INTO journal_origin (origin, here) VALUES (?, 1)", origin_);
  db_->script("COMMIT");
  read_position();
}

void Store::read_position() {
  auto r = reader(Viewer{});
  // Both: another program may have begun another life of this database.
  for (auto rows = db_->query("SELECT number, origin FROM journal_origin WHERE here = 1"); const auto row : rows) {
    origin_number_ = row.get<std::int64_t>(0);
    origin_ = row.get<base::Uuid>(1);
  }
  seq_ = 0;
  head_ = {};
  for (auto rows = db_->query("SELECT seq, chain FROM journal_fact WHERE origin = ? ORDER BY seq DESC LIMIT 1", origin_number_); const auto row : rows) {
    seq_ = row.get<std::int64_t>(0);
    const auto bytes = row.get<std::string>(1);
    std::copy_n(bytes.begin(), std::min(bytes.size(), head_.size()), head_.begin());
  }
  // Turns only grow within one origin, so each one's last fact has its greatest: one look-up a kiosk, however long the journal.
  turn_ = r.count(
      "SELECT max((SELECT f.turn FROM journal_fact f WHERE f.origin = o.number ORDER BY f.seq DESC LIMIT 1)) FROM journal_origin o");
  read_newest();
}

// Of our own clock: another kiosk's may be years ahead.
void Store::read_newest() {
  newest_at_ = base::Instant{std::chrono::milliseconds{clock_set::newest_ms(*db_, origin_, origin_number_)}};
}

extern const std::int64_t built_from_s;  // of the newest commit; made when CMake configures

// Longer than any centre is shut. Ours.
constexpr std::chrono::days unused_at_most{270};

bool Store::clock_unsure(base::Instant now) const {
  const bool behind = now + std::chrono::hours(1) < clock_at_least();
  const bool ahead = newest_at_ != base::Instant{} && now > clock_at_least() + unused_at_most;
  return behind || ahead;
}

base::Instant Store::clock_never_before() const {
  const bool real = dynamic_cast<const base::SystemClock*>(clock_) != nullptr;
  return real ? base::Instant{std::chrono::seconds{built_from_s}} : base::Instant{};
}

base::Instant Store::clock_at_least() const { return std::max(newest_at_, clock_never_before()); }

// What screens ask while the database does not open again: it to read alone, or else nothing, which answers every question with an error.
static std::unique_ptr<Database> stand_in(const std::filesystem::path& file) {
  try {
    return std::make_unique<Database>(file, Database::Mode::read_only);
  } catch (const SQLite::Exception&) {
    return std::make_unique<Database>(":memory:", Database::Mode::read_write);
  }
}

void Store::open_anew() {
  db_.reset();  // first: two connections of one process would share what the first still holds
  try {
    db_ = std::make_unique<Database>(folder_ / "nuanzhan.db", Database::Mode::read_write);
    read_position();
  } catch (const SQLite::Exception& e) {
    if (!db_) db_ = stand_in(folder_ / "nuanzhan.db");
    explain(e);
  }
  second_.reset();
  second_state_ = {};
  keeps_second_ = true;
  doubtful_ = false;  // before what comes back from the second journal, in Acts of its own
  reconcile_second();
  ++moved_;
}

const FactKind* Store::kind(std::string_view k) const {
  const auto found = kinds_.find(k);
  return found == kinds_.end() ? nullptr : found->second;
}

std::unique_ptr<Store> Store::beside() const {
  struct Here {
    Here() { open_here_already = true; }
    ~Here() { open_here_already = false; }
  } here;
  return std::make_unique<Store>(folder_, contract_, *clock_, Options{.create = false, .migrate = false, .seed = std::nullopt});
}

std::int64_t Store::moved() {
  const auto others = reader(Viewer{}).count("PRAGMA data_version");
  if (others != data_version_) {
    data_version_ = others;
    ++moved_;
    if (!in_act_ && !in_bulk_) read_position();  // another process may have said facts of ours
  }
  return moved_;
}

void Store::copy_to(const std::filesystem::path& file) { db_->run("VACUUM INTO ?", file.string()); }

void Store::copy_journal_to(const std::filesystem::path& file) {
  std::filesystem::remove(file);
  const auto version = reader(Viewer{}).count("PRAGMA user_version");
  Database copy(file, Database::Mode::read_write);
  copy.script("PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN");
  for (const auto& step : schema_files())
    if (step.number <= version) copy.script(std::string(step.sql));
  copy.script(fmt::format("PRAGMA user_version={}; PRAGMA application_id={}; COMMIT", version, application_id));
  copy.run("ATTACH ? AS source", (folder_ / "nuanzhan.db").string());
  // One transaction: all of it as it was at one instant. Rows that were deleted are not copied as free pages, as they would be page by page.
  copy.script("BEGIN");
  std::vector<std::string> tables;
  for (auto rows = copy.query("SELECT name FROM main.sqlite_master WHERE type = 'table' AND (name LIKE 'journal\\_%' ESCAPE '\\' OR name LIKE 'local\\_%' ESCAPE '\\') ORDER BY name");
       const auto row : rows)
    tables.push_back(row.get<std::string>(0));
  for (const auto& table : tables) copy.script(fmt::format("INSERT INTO main.{0} SELECT * FROM source.{0}", table));
  copy.script("COMMIT; DETACH source");
}

void Store::backup_to(const std::filesystem::path& file) {
  const auto part = file.string() + ".part";
  struct Leftover {  // a copy that did not become a backup is not left lying on a full disk
    const std::string& path;
    ~Leftover() {
      std::error_code none;
      std::filesystem::remove(path, none);
    }
  } leftover{part};
  std::filesystem::remove(part);
  // In clear: its owner's alone. SQLite takes an empty file that is there.
  if (const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600); fd >= 0) ::close(fd);
  const auto facts_before = reader(Viewer{}).count("SELECT count(*) FROM journal_fact");
  db_->run("VACUUM INTO ?", part);
  {
    Database copy(part, Database::Mode::read_only);
    std::string answer;
    for (auto rows = copy.query("PRAGMA integrity_check"); const auto row : rows) answer += row.get<std::string>(0);
    std::int64_t facts = -1;
    for (auto rows = copy.query("SELECT count(*) FROM journal_fact"); const auto row : rows) facts = row.get<std::int64_t>(0);
    // Another program may have added some while we copied.
    if (answer != "ok" || facts < facts_before) throw std::runtime_error("the copy does not read back; the old backup is kept");
  }
  const int fd = ::open(part.c_str(), O_RDONLY);
  if (fd < 0 || ::fsync(fd) != 0) {
    if (fd >= 0) ::close(fd);
    throw std::runtime_error("the copy could not be brought to the disk; the old backup is kept");
  }
  ::close(fd);
  std::filesystem::rename(part, file);
  sync_folder(file.parent_path());
}

Store::Bulk::Bulk(Store& store) : store_(&store), exceptions_(std::uncaught_exceptions()) {
  if (store.in_act_ || store.in_bulk_) throw std::logic_error("an Act is already open");
  store_->db_->script("PRAGMA cache_size=-131072");  // 128 MB: a large village's indexes are written all over
  store_->db_->script("BEGIN IMMEDIATE");
  try {
    store_->read_position();  // another process may have said facts of ours
  } catch (...) {
    store_->db_->script("ROLLBACK");
    throw;
  }
  store_->in_bulk_ = true;
}
Store::Bulk::~Bulk() {
  bool ended = false;
  try {
    if (std::uncaught_exceptions() == exceptions_) {
      store_->keys().force();
      store_->db_->script("COMMIT");
      ended = true;
    }
  } catch (const SQLite::Exception& e) {
    spdlog::error("a bulk transaction could not be committed and is taken back: {}", e.getErrorCode());
  } catch (const std::exception&) {
    spdlog::error("a bulk transaction could not be committed and is taken back: the persons' keys cannot be written");
  }
  if (!ended) store_->keys().forget_made();
  try {
    if (!ended) store_->db_->script("ROLLBACK");
    store_->in_bulk_ = false;
    store_->read_position();
  } catch (const SQLite::Exception& e) {
    spdlog::error("a bulk transaction could not be taken back: {}", e.getErrorCode());
  }
  try { store_->db_->script("PRAGMA cache_size=-16000"); } catch (const SQLite::Exception&) {}
  store_->in_bulk_ = false;
  ++store_->moved_;
  if (store_->keys().hides()) (void)store_->settle_erasures();
}

void Store::Bulk::checkpoint() {
  store_->keys().force();
  store_->db_->script("COMMIT");
  if (store_->keys().hides()) (void)store_->settle_erasures();
  store_->db_->script("BEGIN IMMEDIATE");
  store_->read_position();  // between the two another process may have said facts of ours
}

}  // namespace store
