// A kiosk confined to what it needs: what it may still open, run as whoever runs the tests, root too.
#include "app/needs.h"
#include "support/in_a_child.h"

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

bool opens(const fs::path& path, int how = O_RDONLY) {
  const int fd = ::open(path.c_str(), how | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

struct Needs : testing::Test {
  // Not in /tmp: that is open to it.
  fs::path folder = fs::path(NUANZHAN_SOURCE_DIR).root_path() / "var" / "lib" / ("nuanzhan-needs-" + std::to_string(::getpid()));
  fs::path data = folder / "data";

  void SetUp() override {
    if (base::built_to_be_looked_into()) GTEST_SKIP() << "this build looks into itself and is not confined";
    std::error_code refused;
    if (!fs::create_directories(data, refused)) GTEST_SKIP() << "no folder outside of /tmp may be made here: " << refused.message();
    std::ofstream(folder / "beside") << "text";
    if (const auto missing = support::in_a_child([&](std::string& said) {
          for (const auto& line : base::confine(app::needs(data, {}, {}))) said += line;
        });
        !missing.empty())
      GTEST_SKIP() << missing;
  }
  ~Needs() override {
    std::error_code none;
    fs::remove_all(folder, none);
  }
  std::string of(const std::function<char(const fs::path&)>& how, const std::vector<fs::path>& paths) const {
    return support::in_a_child([&](std::string& said) {
      (void)base::confine(app::needs(data, {NUANZHAN_SOURCE_DIR}, {}));
      for (const auto& path : paths) said += how(path);
    });
  }
};

char reads(const fs::path& path) { return opens(path) ? 'r' : '-'; }
char writes(const fs::path& path) { return opens(path, O_WRONLY | O_CREAT) ? 'w' : '-'; }

TEST_F(Needs, leave_the_kiosk_what_it_lives_on) {
  EXPECT_EQ(of(writes, {data / "nuanzhan.db", "/tmp/nuanzhan-needs-" + std::to_string(::getpid()), "/dev/null"}), "www");
  fs::remove("/tmp/nuanzhan-needs-" + std::to_string(::getpid()));
  EXPECT_EQ(of(reads, {"/usr/bin", fs::path(NUANZHAN_SOURCE_DIR) / "assets", "/etc/passwd", "/proc/self/status", "/dev/urandom"}), "rrrrr");
}

TEST_F(Needs, close_everything_else_to_it_root_or_not) {
  ASSERT_TRUE(opens(folder / "beside"));
  EXPECT_EQ(of(reads, {folder / "beside", "/etc/shadow", "/etc", "/", "/root", "/home", "/var/log", "/proc/1/environ", "/proc/1/mem", "/proc/kcore", "/boot"}), std::string(11, '-'));
  EXPECT_EQ(of(writes, {folder / "new", "/etc/nuanzhan-new", "/usr/nuanzhan-new", "/nuanzhan-new", "/etc/passwd", "/usr/bin/env", "/proc/self/oom_score_adj"}), std::string(7, '-'));
  EXPECT_FALSE(fs::exists("/etc/nuanzhan-new"));
}

TEST_F(Needs, as_root_no_disk_is_open_to_it) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root could open a disk at all";
  std::vector<fs::path> disks;
  for (const auto& entry : fs::directory_iterator("/dev")) {
    struct stat is{};
    if (::stat(entry.path().c_str(), &is) == 0 && S_ISBLK(is.st_mode) && opens(entry.path())) disks.push_back(entry.path());
  }
  if (disks.empty()) GTEST_SKIP() << "no disk to be opened is there";
  EXPECT_EQ(of(reads, disks), std::string(disks.size(), '-'));
}

}  // namespace
