// What must not lie about: emptied before it is removed, forgotten when nobody is there.
#include "given.h"
#include "store/forget.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace given;

namespace {

std::string content(int fd) {
  struct stat is{};
  EXPECT_EQ(::fstat(fd, &is), 0);
  std::string all(static_cast<std::size_t>(is.st_size), 'x');
  EXPECT_EQ(::pread(fd, all.data(), all.size(), 0), static_cast<ssize_t>(all.size()));
  return all;
}
bool is_empty(const std::string& all) { return !all.empty() && std::ranges::all_of(all, [](char c) { return c == '\0'; }); }

}  // namespace

TEST(Forget, a_file_is_emptied_before_it_is_removed) {
  TempFolder folder;
  const auto file = folder.path / "copy";
  std::ofstream(file) << std::string(200'000, 'n');
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);  // its blocks, when it has no name any more
  store::remove_emptied(file);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_TRUE(is_empty(content(fd)));
  EXPECT_EQ(content(fd).size(), 200'000u);
  ::close(fd);
}

TEST(Forget, a_file_with_another_name_loses_this_one_alone) {
  TempFolder folder;
  const auto file = folder.path / "copy", other = folder.path / "other";
  std::ofstream(file) << "n";
  std::filesystem::create_hard_link(file, other);
  store::remove_emptied(file);
  EXPECT_FALSE(std::filesystem::exists(file));
  std::ifstream in(other);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "n");
}

TEST(Forget, a_folder_goes_with_all_its_files_and_a_link_leads_nowhere_else) {
  TempFolder folder;
  const auto place = folder.path / "check.part", outside = folder.path / "outside";
  std::filesystem::create_directories(place / "deep");
  std::ofstream(place / "deep/nuanzhan.db") << "names";
  const int fd = ::open((place / "deep/nuanzhan.db").c_str(), O_RDONLY | O_CLOEXEC);
  std::ofstream(outside) << "stays";
  std::filesystem::create_symlink(outside, place / "link");
  store::remove_emptied(place);
  EXPECT_FALSE(std::filesystem::exists(place));
  EXPECT_EQ(std::filesystem::file_size(outside), 5u);
  const int there = ::open(outside.c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_TRUE(is_empty(content(fd)));
  EXPECT_EQ(content(there), "stays");
  ::close(fd);
  ::close(there);
  store::remove_emptied(place);  // once more: nothing is there, and nothing happens
}

TEST(Forget, the_write_ahead_file_is_empty_when_its_blocks_are_free) {
  TempFolder folder;
  base::FixedClock clock(noon());
  int fd = -1;
  {
    store::Store store(folder.path, contract(), clock);
    say(store, "door", "open");
    fd = ::open((folder.path / "nuanzhan.db-wal").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_GE(fd, 0);
    {
      store::Store other(folder.path, contract(), clock);
      say(other, "door", "shut");
    }
    EXPECT_FALSE(is_empty(content(fd))) << "another connection goes on with it";
    EXPECT_EQ(value(store, "door"), "openshut");
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path / "nuanzhan.db-wal"));
  EXPECT_TRUE(is_empty(content(fd)));
  ::close(fd);
  store::Store again(folder.path, contract(), clock);
  EXPECT_EQ(value(again, "door"), "openshut");
}

TEST(Forget, what_was_read_is_read_again_and_nothing_was_written) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "door", "open");
  store.database().run("INSERT INTO local_guess VALUES (x'01', 3, 0)");
  const auto moved = store.moved();
  store::forget_read(store.database());
  EXPECT_EQ(store.reader({}).count("SELECT failures FROM local_guess"), 3);
  EXPECT_EQ(value(store, "door"), "open");
  EXPECT_EQ(store.moved(), moved) << "screens would be loaded anew each time";
  // Another program writes: it is not waited for.
  SQLite::Database other((folder.path / "nuanzhan.db").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  store::forget_read(store.database());
  other.exec("ROLLBACK");
  say(store, "door", "shut");
  EXPECT_EQ(value(store, "door"), "openshut");
}
