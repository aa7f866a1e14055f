#include "base/durable_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace base {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& file) {
  // The file's own name may hold a village's or a person's name: it is told to the caller, who decides what a log
  // may see.
  throw std::system_error(errno, std::generic_category(), std::string(what) + " " + file.string());
}

}  // namespace

DurableFile::DurableFile(std::filesystem::path file) : file_(std::move(file)), part_(file_) {
  part_ += ".part";
  // A link that somebody laid there (on a stick) is not followed.
  fd_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (fd_ < 0) fail("cannot write", part_);
}

DurableFile::~DurableFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!kept_) ::unlink(part_.c_str());
}

void DurableFile::reopen() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = ::open(part_.c_str(), O_WRONLY | O_CLOEXEC | O_APPEND);
  if (fd_ < 0) fail("cannot open", part_);
}

void DurableFile::write(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= 64 * 1024) flush();
}

void DurableFile::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const auto n = ::write(fd_, left.data(), left.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      fail("cannot write", part_);
    }
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  waiting_.clear();
}

void DurableFile::force() {
  flush();
  if (::fsync(fd_) != 0) fail("cannot force to the disk", part_);
  // Whoever reads it back reads the medium, not what memory still has of it: a stick that lies about its size shows.
  (void)::posix_fadvise(fd_, 0, 0, POSIX_FADV_DONTNEED);
}

void DurableFile::keep() {
  force();
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) fail("cannot close", part_);
  if (::rename(part_.c_str(), file_.c_str()) != 0) fail("cannot name", file_);
  kept_ = true;
  auto folder = file_.parent_path();
  if (folder.empty()) folder = ".";
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir < 0) fail("cannot open", folder);
  const int forced = ::fsync(dir);
  const int why = errno;
  ::close(dir);
  // A stick's file system may not know how to force a folder; the file itself is on it.
  if (forced != 0 && why != EINVAL && why != ENOTSUP) {
    errno = why;
    fail("cannot force to the disk", folder);
  }
}

}  // namespace base
