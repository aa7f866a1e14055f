#include "store/forget.h"
#include "store/write_lock.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace store {
namespace {


void empty(int fd) {
  struct stat is{};
  if (::fstat(fd, &is) != 0 || !S_ISREG(is.st_mode) || is.st_nlink > 1) return;
  static constexpr std::array<char, 1 << 16> zeros{};
  for (off_t at = 0; at < is.st_size;) {
    const auto n = ::pwrite(fd, zeros.data(), std::min<std::size_t>(zeros.size(), static_cast<std::size_t>(is.st_size - at)), at);
    if (n <= 0) return;
    at += n;
  }
  (void)::fdatasync(fd);
}

void remove_file(const std::filesystem::path& file) noexcept {
  if (const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW); fd >= 0) {
    empty(fd);
    ::close(fd);
  }
  ::unlink(file.c_str());
}

}  // namespace

void forget_read(Database& db) {
  // SQLite keeps one page and one row as scratch as long as a connection lives: the last page it put in order, the last row it wrote. Others that say
  // nothing take their place, in a transaction that never was.
  db.raw().setBusyTimeout(0);
  try {
    db.script("BEGIN IMMEDIATE");
    try {
      db.script("DELETE FROM local_guess;"
                "INSERT INTO local_guess SELECT CAST(value || zeroblob(498) AS BLOB), 0, 0 FROM json_each('[11,12,13,14,15,16,17,18]');"
                // A page full to the brim with holes in it: for one row more it is put in order, and for that copied whole.
                "DELETE FROM local_guess WHERE substr(whose, 1, 2) IN (x'3131', x'3133', x'3135');"
                "INSERT INTO local_guess VALUES (zeroblob(990), 0, 0)");
    } catch (const SQLite::Exception&) {
      // No such table yet, or no room: it stays as it is.
    }
    db.script("ROLLBACK");
  } catch (const SQLite::Exception&) {
    // Somebody writes.
  }
  db.raw().setBusyTimeout(as_opened_ms);
  db.script("PRAGMA shrink_memory");
}

void remove_emptied(const std::filesystem::path& what) noexcept {
  std::error_code none;
  if (!std::filesystem::is_directory(std::filesystem::symlink_status(what, none))) return remove_file(what);
  try {
    std::vector<std::filesystem::path> files;
    for (std::filesystem::recursive_directory_iterator at(what, none), end; !none && at != end; at.increment(none))
      if (std::error_code gone; at->is_regular_file(gone)) files.push_back(at->path());
    for (const auto& file : files) remove_file(file);
  } catch (const std::exception&) {
    // No memory for a list of names: removed all the same.
  }
  std::filesystem::remove_all(what, none);
}

Workplace::Workplace(std::filesystem::path f) : folder(std::move(f)) {
  remove_emptied(folder);
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

EmptyWal::EmptyWal(const std::filesystem::path& database) : fd_(::open((database.string() + "-wal").c_str(), O_WRONLY | O_CLOEXEC)) {}

EmptyWal::~EmptyWal() {
  if (fd_ < 0) return;
  // Another connection goes on with it where it still has its name.
  if (struct stat is{}; ::fstat(fd_, &is) == 0 && is.st_nlink == 0) empty(fd_);
  ::close(fd_);
}

}  // namespace store
