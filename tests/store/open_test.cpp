// Opening: whose database it is, whether it may be written, and that a refused one keeps every byte.
#include "given.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace given;
using Why = store::CannotOpen::Why;

namespace {

std::optional<Why> refusal(const std::filesystem::path& folder, store::Store::Options options = {}) {
  base::FixedClock clock(noon());
  try {
    store::Store store(folder, contract(), clock, options);
    return std::nullopt;
  } catch (const store::CannotOpen& e) {
    EXPECT_GT(std::string_view(e.what()).size(), 20u) << "it says what to do";
    return e.why;
  }
}

void sql(const std::filesystem::path& file, const std::string& text) {
  SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(text);
}

}  // namespace

TEST(Open, a_new_folder_gets_a_database_that_says_whose_it_is) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path / "deep" / "er", contract(), clock); EXPECT_FALSE(store.origin().none()); }
  SQLite::Database db((folder.path / "deep" / "er" / "nuanzhan.db").string());
  EXPECT_EQ(db.execAndGet("PRAGMA application_id").getInt(), 0x4E5A4831);
  EXPECT_GT(db.execAndGet("PRAGMA user_version").getInt(), 0);
  EXPECT_EQ(db.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

TEST(Open, nothing_is_made_when_nothing_shall_be_made) {
  TempFolder folder;
  EXPECT_EQ(refusal(folder.path / "none", {.create = false}), Why::other);
  EXPECT_FALSE(std::filesystem::exists(folder.path / "none"));
}

TEST(Open, a_database_of_a_newer_program_is_refused_and_not_one_byte_is_changed) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path, contract(), clock); say(store, "door", "open"); }
  sql(folder.path / "nuanzhan.db", "PRAGMA user_version=9999");
  const auto before = bytes(folder.path / "nuanzhan.db");
  EXPECT_EQ(refusal(folder.path), Why::newer);
  EXPECT_EQ(bytes(folder.path / "nuanzhan.db"), before);
  std::vector<std::string> files;
  for (const auto& f : std::filesystem::directory_iterator(folder.path)) files.push_back(f.path().filename().string());
  std::ranges::sort(files);
  EXPECT_EQ(files, (std::vector<std::string>{"kiosk.key", "nuanzhan.db", "second"})) << "as they were: and nothing was laid beside it";
}

TEST(Open, a_database_of_another_program_is_refused_and_not_touched) {
  for (const auto* made : {"CREATE TABLE accounts (x); PRAGMA application_id=42", "CREATE TABLE accounts (x)", "PRAGMA user_version=1"}) {
    TempFolder folder;
    sql(folder.path / "nuanzhan.db", made);
    const auto before = bytes(folder.path / "nuanzhan.db");
    EXPECT_EQ(refusal(folder.path), Why::not_ours) << made;
    EXPECT_EQ(bytes(folder.path / "nuanzhan.db"), before) << made;
  }
}

TEST(Open, a_file_that_is_no_database_is_called_damaged_and_not_touched) {
  TempFolder folder;
  std::ofstream(folder.path / "nuanzhan.db") << std::string(5000, '#');
  EXPECT_EQ(refusal(folder.path), Why::damaged);
  EXPECT_EQ(bytes(folder.path / "nuanzhan.db"), std::string(5000, '#'));
}

TEST(Open, a_first_page_that_was_torn_beside_sqlites_own_journal_is_left_to_sqlite) {
  TempFolder folder;
  const auto file = folder.path / "nuanzhan.db";
  std::ofstream(file) << std::string(512, '\0');
  EXPECT_EQ(refusal(folder.path), Why::damaged);
  std::ofstream(folder.path / "nuanzhan.db-journal") << "";
  EXPECT_NE(refusal(folder.path), Why::not_ours);  // whatever SQLite says of it
}

TEST(Open, an_empty_file_of_a_first_start_that_was_cut_short_is_used) {
  TempFolder folder;
  std::ofstream(folder.path / "nuanzhan.db").flush();
  EXPECT_EQ(refusal(folder.path), std::nullopt);
}

TEST(Open, a_database_held_by_another_program_is_called_locked) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path, contract(), clock); }
  SQLite::Database holder((folder.path / "nuanzhan.db").string(), SQLite::OPEN_READWRITE);
  holder.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (x)");
  EXPECT_EQ(refusal(folder.path), Why::locked);
}

TEST(Open, a_read_only_disk_is_called_so) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path, contract(), clock); }
  // In a mount namespace of a child, where even root cannot write.
  const pid_t child = fork();
  if (child == 0) {
    if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount(folder.path.c_str(), folder.path.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        mount(nullptr, folder.path.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0)
      _exit(77);
    _exit(refusal(folder.path) == Why::read_only ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "a mount namespace needs more rights than this user has";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Open, two_programs_that_start_together_on_a_new_folder_share_one_origin) {
  for (int round = 0; round < 20; ++round) {
    TempFolder folder;
    base::FixedClock clock(noon());
    std::array<base::Uuid, 2> origins;
    std::array<std::string, 2> failed;
    {
      std::vector<std::jthread> programs;
      for (std::size_t i = 0; i < 2; ++i)
        programs.emplace_back([&, i] {
          try {
            store::Store store(folder.path, contract(), clock);
            origins[i] = store.origin();
          } catch (const std::exception& e) {
            failed[i] = e.what();
          }
        });
    }
    EXPECT_EQ(failed[0] + failed[1], "");
    EXPECT_EQ(origins[0], origins[1]);
  }
}

TEST(Open, a_store_beside_it_reads_on_another_thread) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "open");
  std::string seen;
  std::jthread([&] { auto beside = store.beside(); seen = value(*beside, "door"); }).join();
  EXPECT_EQ(seen, "open");
}

namespace {
// What another program sees: whether anybody holds a lock on the file.
bool is_locked(const std::filesystem::path& file) {
  const auto child = ::fork();
  if (child == 0) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    struct flock lock{};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    _exit(fd >= 0 && ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status) == 1;
}
}  // namespace

// Without its lock a command that ends deletes the write-ahead file, and what the kiosk says from then on is in no file any more.
TEST(Open, a_store_beside_it_drops_no_lock_of_this_process) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "open");
  ASSERT_TRUE(is_locked(folder.path / "nuanzhan.db"));
  EXPECT_EQ(value(*store.beside(), "door"), "open");
  EXPECT_TRUE(is_locked(folder.path / "nuanzhan.db"));
  store.doubt();
  say(store, "door", "shut");
  EXPECT_TRUE(is_locked(folder.path / "nuanzhan.db"));
}

TEST(Open, an_older_database_is_copied_before_it_is_brought_up_to_date) {
  TempFolder folder;
  base::FixedClock clock(noon());
  { store::Store store(folder.path, contract(), clock); say(store, "door", "open"); }
  SQLite::Database db((folder.path / "nuanzhan.db").string(), SQLite::OPEN_READWRITE);
  const int newest = db.execAndGet("PRAGMA user_version").getInt();
  // The last migration cannot be run twice; that it fails must leave everything as it was, and the copy.
  db.exec("PRAGMA user_version=" + std::to_string(newest - 1));
  EXPECT_NE(refusal(folder.path), std::nullopt);
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), newest - 1);
  const auto copy = folder.path / "backup" / ("before-schema-" + std::to_string(newest) + ".db");
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(SQLite::Database(copy.string()).execAndGet("SELECT count(*) FROM journal_fact").getInt(), 1);
}

TEST(Backup, holds_every_fact_and_opens_as_a_database_of_its_own) {
  TempFolder folder, elsewhere;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "open");
  store.backup_to(elsewhere.path / "nuanzhan.db");
  say(store, "door", " wide");
  store::Store copy(elsewhere.path, contract(), clock);
  EXPECT_EQ(value(copy, "door"), "open");
  EXPECT_EQ(copy.verify_chain().broken_at, 0);
}

TEST(Backup, a_new_one_replaces_the_old_one_only_when_it_is_whole) {
  TempFolder folder, elsewhere;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  const auto file = elsewhere.path / "b.db";
  store.backup_to(file);
  say(store, "door", "open");
  store.backup_to(file);
  EXPECT_EQ(SQLite::Database(file.string()).execAndGet("SELECT count(*) FROM journal_fact").getInt(), 1);
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".part"));
  const auto whole = bytes(file);
  EXPECT_ANY_THROW(store.backup_to(elsewhere.path / "no such folder" / "b.db"));
  EXPECT_EQ(bytes(file), whole);
}

TEST(Setting, the_sites_own_wins_over_the_villages_and_nonsense_over_neither) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  const auto here = base::id_of("site"), there = base::id_of("another site");
  store.database().run("INSERT INTO village_setting (key, site, value) VALUES ('a', NULL, '1'), ('b', NULL, 'x')");
  store.database().run("INSERT INTO village_setting (key, site, value) VALUES ('a', ?, '2')", here);
  EXPECT_EQ(store.reader(store::Viewer::nobody(here)).setting("a", std::int64_t{9}), 2);
  EXPECT_EQ(store.reader(store::Viewer::nobody(there)).setting("a", std::int64_t{9}), 1);
  EXPECT_EQ(store.reader(store::Viewer::nobody(there)).setting("b", std::int64_t{9}), 9);
  EXPECT_EQ(store.reader(store::Viewer::nobody(there)).setting("c", std::string_view{"d"}), "d");
}

TEST(Open, what_does_not_open_again_after_an_error_of_the_disk_refuses_and_goes_on_when_it_does) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock, {.second = false});
  const auto file = folder.path / "nuanzhan.db", away = folder.path / "away";
  store.doubt();
  std::filesystem::rename(file, away);
  std::filesystem::create_directory(file);
  for (int i = 0; i < 2; ++i) EXPECT_THROW(store::Act(store, store::Viewer{}), store::CannotOpen);
  // Screens ask meanwhile, and whoever set the patience of the connection sets it back.
  EXPECT_THROW((void)store.reader(store::Viewer{}).count("SELECT count(*) FROM journal_fact"), SQLite::Exception);
  store.database().raw().setBusyTimeout(5000);
  std::filesystem::remove(file);
  std::filesystem::rename(away, file);
  EXPECT_NO_THROW(store::Act(store, store::Viewer{}).commit());
  EXPECT_EQ(store.reader(store::Viewer{}).count("SELECT count(*) FROM journal_fact"), 0);
}
