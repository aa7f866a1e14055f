// Stands between a program and its disk (LD_PRELOAD): writes down every call that changes a file, or lets the N-th call fail.
//
//   NUANZHAN_SHIM_UNDER=/a:/b        only files below these folders count
//   NUANZHAN_SHIM_LOG=FILE           recorded there: crash_states.py reads it (Op below)
//   NUANZHAN_SHIM_FAIL="N KIND once|ever"   the N-th call that can fail so fails, counted from 1: eio, read, enospc, short, sync, eintr
//   NUANZHAN_SHIM_BAD="END AT"       a bad sector: what is read over place AT of a file whose name ends so gives EIO
//   NUANZHAN_SHIM_KILL=N             the program is killed once N calls have changed a file
//   NUANZHAN_SHIM_COUNT=FILE         at the end "KIND COUNT" for each kind, the call that failed, and "changes COUNT"
//
// A file is known by its open-file identity: each creation is a new file, also under an old name or inode. Acknowledgements are lines that
// the program writes to stdout with write(2); what it prints through stdio is not seen.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

enum Kind : std::size_t { eio, reads, enospc, half, sync_fails, eintr, kinds };
constexpr std::array<std::string_view, kinds> kind_names{"eio", "read", "enospc", "short", "sync", "eintr"};

// What a call does, as the log has it.
enum class Op : char { opened = 'O', folder = 'F', made = 'C', wrote = 'W', size = 'T', room = 'P', forced = 'S', unlinked = 'U', renamed = 'R', linked = 'L', mkdir = 'M', rmdir = 'X', said = 'A' };

template <class F>
F next(const char* name) { return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name)); }

struct Shim {
  std::recursive_mutex turn;
  std::vector<std::string> under;
  int log = -1;
  std::string count_file, failed, bad_end;
  long bad_at = 0;
  std::size_t kind = kinds;
  long nth = 0, kill_at = 0, changes = 0;
  bool for_ever = false;
  std::array<long, kinds> seen{};
  std::map<int, std::pair<std::int32_t, std::string>> open;  // by descriptor: the file's number, its name when it was opened
  std::map<std::pair<dev_t, ino_t>, std::int32_t> numbers;
  std::int32_t last = 0;

  Shim() {
    if (const char* folders = ::getenv("NUANZHAN_SHIM_UNDER"); folders != nullptr) {
      std::string_view left = folders;
      while (!left.empty()) {
        const auto colon = left.find(':');
        under.emplace_back(left.substr(0, colon));
        left = colon == std::string_view::npos ? std::string_view{} : left.substr(colon + 1);
      }
    }
    if (const char* file = ::getenv("NUANZHAN_SHIM_LOG"); file != nullptr)
      log = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (const char* file = ::getenv("NUANZHAN_SHIM_COUNT"); file != nullptr) count_file = file;
    if (const char* at = ::getenv("NUANZHAN_SHIM_KILL"); at != nullptr) kill_at = std::atol(at);
    if (const char* bad = ::getenv("NUANZHAN_SHIM_BAD"); bad != nullptr) {
      char end[64] = "";
      if (std::sscanf(bad, "%63s %ld", end, &bad_at) != 2) ::abort();
      bad_end = end;
    }
    if (const char* what = ::getenv("NUANZHAN_SHIM_FAIL"); what != nullptr) {
      char name[16] = "", how[16] = "";
      if (std::sscanf(what, "%ld %15s %15s", &nth, name, how) != 3) ::abort();
      for (kind = 0; kind < kinds && kind_names[kind] != name; ++kind) {}
      if (kind == kinds) ::abort();
      for_ever = std::string_view(how) == "ever";
    }
  }

  void report() {
    if (count_file.empty()) return;
    std::string text;
    for (std::size_t k = 0; k < kinds; ++k) text += std::string(kind_names[k]) + " " + std::to_string(seen[k]) + "\n";
    text += "failed " + failed + "\nchanges " + std::to_string(changes) + "\n";
    const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, count_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (::syscall(SYS_write, fd, text.data(), text.size()) < 0) ::abort();
    ::syscall(SYS_close, fd);
  }

  [[nodiscard]] bool ours(const char* path) const {
    for (const auto& u : under)
      if (std::string_view(path).starts_with(u) && (path[u.size()] == '\0' || path[u.size()] == '/')) return true;
    return false;
  }

  void note(Op op, std::int32_t file, std::int64_t a, std::int64_t b, std::string_view bytes) {
    if (op != Op::opened && op != Op::folder && op != Op::said && ++changes == kill_at) ::kill(::getpid(), SIGKILL);
    if (log < 0) return;
    std::string out(1, static_cast<char>(op));
    const auto put = [&](auto n) { out.append(reinterpret_cast<const char*>(&n), sizeof n); };
    put(file);
    put(a);
    put(b);
    put(static_cast<std::uint32_t>(bytes.size()));
    out += bytes;
    for (std::string_view left = out; !left.empty();) {
      const auto n = ::syscall(SYS_write, log, left.data(), left.size());
      if (n < 0) ::abort();  // half a record would be read as something that never was
      left.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  // Whether this call fails now, and how: `can` are the kinds it can fail with.
  [[nodiscard]] bool fails(std::initializer_list<Kind> can, const char* call, const std::string& file) {
    bool now = false;
    for (const auto k : can) {
      const auto n = ++seen[k];
      if (k == kind && (n == nth || (for_ever && n > nth))) now = true;
    }
    if (!now) return false;
    if (failed.empty()) failed = std::string(call) + " " + file;
    errno = kind == enospc ? ENOSPC : kind == eintr ? EINTR : EIO;
    return true;
  }

  [[nodiscard]] bool bad(const std::string& file, off_t at, std::size_t n) const {
    if (bad_end.empty() || !file.ends_with(bad_end) || at > bad_at || at + static_cast<off_t>(n) <= bad_at) return false;
    errno = EIO;
    return true;
  }

  // How a write there can fail: what takes no new room finds no full disk.
  [[nodiscard]] bool write_fails(int fd, std::size_t n, off_t at, const char* call, const std::string& file) {
    struct stat about{};
    const bool grows = ::fstat(fd, &about) != 0 || at + static_cast<off_t>(n) > about.st_size;
    if (grows) return n > 1 ? fails({eio, enospc, half, eintr}, call, file) : fails({eio, enospc, eintr}, call, file);
    return n > 1 ? fails({eio, half, eintr}, call, file) : fails({eio, eintr}, call, file);
  }

  [[nodiscard]] const std::pair<std::int32_t, std::string>* of(int fd) const {
    const auto found = open.find(fd);
    return found == open.end() ? nullptr : &found->second;
  }

  void opened(int fd, const char* path, bool created) {
    struct stat about{};
    if (::fstat(fd, &about) != 0) return;
    const std::pair place{about.st_dev, about.st_ino};
    const bool known = numbers.contains(place);
    if (created || !known) numbers[place] = ++last;
    open[fd] = {numbers[place], path};
    note(S_ISDIR(about.st_mode) ? Op::folder : created ? Op::made : Op::opened, numbers[place], 0, 0, path);
  }
};

Shim& shim() {
  static auto* s = new Shim;  // never torn down: others still write at the end
  static const int at_end = std::atexit([] { s->report(); });
  (void)at_end;
  return *s;
}

using Lock = std::lock_guard<std::recursive_mutex>;

int open_any(const char* call, int at, const char* path, int flags, mode_t mode) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto really = [&] { return static_cast<int>(::syscall(SYS_openat, at, path, flags, mode)); };
  if (!s.ours(path)) return really();
  struct stat about{};
  const bool there = ::stat(path, &about) == 0;
  const bool creates = (flags & O_CREAT) != 0 && !there;
  if (creates ? s.fails({eio, enospc, eintr}, call, path) : s.fails({eio, eintr}, call, path)) return -1;
  const int fd = really();
  if (fd < 0) return fd;
  s.opened(fd, path, creates);
  if ((flags & O_TRUNC) != 0 && there) s.note(Op::size, s.of(fd)->first, 0, 0, {});
  return fd;
}

mode_t mode_in(int flags, va_list more) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0; }

ssize_t pwrite_any(int fd, const void* bytes, std::size_t n, off_t at) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto* f = s.of(fd);
  if (f != nullptr) {
    if (s.write_fails(fd, n, at, "pwrite", f->second)) {
      if (s.kind != half) return -1;
      n /= 2;
    }
  }
  const auto done = ::syscall(SYS_pwrite64, fd, bytes, n, at);
  if (f != nullptr && done > 0) s.note(Op::wrote, f->first, at, 0, {static_cast<const char*>(bytes), static_cast<std::size_t>(done)});
  return done;
}

ssize_t pread_any(int fd, void* bytes, std::size_t n, off_t at) {
  auto& s = shim();
  {
    const Lock lock(s.turn);
    const auto* f = s.of(fd);
    if (f != nullptr && s.fails({reads}, "pread", f->second)) return -1;
    if (f != nullptr && s.bad(f->second, at, n)) return -1;
  }
  return ::syscall(SYS_pread64, fd, bytes, n, at);
}

int truncate_any(int fd, off_t size) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto* f = s.of(fd);
  if (f != nullptr && s.fails({eio, eintr}, "ftruncate", f->second)) return -1;
  const auto done = static_cast<int>(::syscall(SYS_ftruncate, fd, size));
  if (f != nullptr && done == 0) s.note(Op::size, f->first, size, 0, {});
  return done;
}

int room_any(int fd, off_t at, off_t bytes) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto* f = s.of(fd);
  if (f != nullptr && s.fails({eio, enospc, eintr}, "posix_fallocate", f->second)) return errno;
  const auto done = ::syscall(SYS_fallocate, fd, 0, at, bytes);
  if (done != 0) return errno;
  if (f != nullptr) s.note(Op::room, f->first, at, bytes, {});
  return 0;
}

int sync_any(const char* call, long number, int fd) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto* f = s.of(fd);
  if (f != nullptr && s.fails({eio, sync_fails, eintr}, call, f->second)) return -1;
  const auto done = static_cast<int>(::syscall(number, fd));
  if (f != nullptr && done == 0) s.note(Op::forced, f->first, number == SYS_fdatasync, 0, {});
  return done;
}

int unlink_any(const char* call, const char* path, bool folder) {
  auto& s = shim();
  const Lock lock(s.turn);
  const bool ours = s.ours(path);
  struct stat about{};
  const bool there = ours && ::lstat(path, &about) == 0;
  if (there && s.fails({eio}, call, path)) return -1;
  const auto done = static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, folder ? AT_REMOVEDIR : 0));
  if (there && done == 0) s.note(folder ? Op::rmdir : Op::unlinked, 0, 0, 0, path);
  return done;
}

std::FILE* fopen_any(const char* name, const char* path, const char* mode) {
  auto& s = shim();
  // What stdio writes is not seen here: a recording with a hole would prove nothing.
  if (s.ours(path) && std::strpbrk(mode, "wa+") != nullptr && (s.log >= 0 || s.nth > 0)) {
    std::fprintf(stderr, "shim: %s is written through stdio\n", path);
    ::abort();
  }
  auto* file = next<std::FILE* (*)(const char*, const char*)>(name)(path, mode);
  return file;
}

}  // namespace

extern "C" {

#define NZ_OPEN(NAME)                            \
  int NAME(const char* path, int flags, ...) {   \
    va_list more;                                \
    va_start(more, flags);                       \
    const auto mode = mode_in(flags, more);      \
    va_end(more);                                \
    return open_any("open", AT_FDCWD, path, flags, mode); \
  }
NZ_OPEN(open)
NZ_OPEN(open64)
#undef NZ_OPEN
#define NZ_OPENAT(NAME)                                  \
  int NAME(int at, const char* path, int flags, ...) {   \
    va_list more;                                        \
    va_start(more, flags);                               \
    const auto mode = mode_in(flags, more);              \
    va_end(more);                                        \
    return open_any("openat", at, path, flags, mode);    \
  }
NZ_OPENAT(openat)
NZ_OPENAT(openat64)
#undef NZ_OPENAT
int __open_2(const char* path, int flags) { return open_any("open", AT_FDCWD, path, flags, 0); }
int __open64_2(const char* path, int flags) { return open_any("open", AT_FDCWD, path, flags, 0); }

int close(int fd) {
  auto& s = shim();
  const Lock lock(s.turn);
  s.open.erase(fd);
  return static_cast<int>(::syscall(SYS_close, fd));
}

ssize_t pwrite(int fd, const void* bytes, size_t n, off_t at) { return pwrite_any(fd, bytes, n, at); }
ssize_t pwrite64(int fd, const void* bytes, size_t n, off64_t at) { return pwrite_any(fd, bytes, n, at); }
ssize_t pread(int fd, void* bytes, size_t n, off_t at) { return pread_any(fd, bytes, n, at); }
ssize_t pread64(int fd, void* bytes, size_t n, off64_t at) { return pread_any(fd, bytes, n, at); }

ssize_t write(int fd, const void* bytes, size_t n) {
  auto& s = shim();
  const Lock lock(s.turn);
  const auto* f = s.of(fd);
  if (f == nullptr) {
    const auto done = ::syscall(SYS_write, fd, bytes, n);
    if (fd == STDOUT_FILENO && done > 0) s.note(Op::said, 0, 0, 0, {static_cast<const char*>(bytes), static_cast<std::size_t>(done)});
    return done;
  }
  if (s.write_fails(fd, n, ::syscall(SYS_lseek, fd, 0, SEEK_CUR), "write", f->second)) {
    if (s.kind != half) return -1;
    n /= 2;
  }
  const auto done = ::syscall(SYS_write, fd, bytes, n);
  const auto after = ::syscall(SYS_lseek, fd, 0, SEEK_CUR);
  if (done > 0) s.note(Op::wrote, f->first, after - done, 0, {static_cast<const char*>(bytes), static_cast<std::size_t>(done)});
  return done;
}

ssize_t read(int fd, void* bytes, size_t n) {
  auto& s = shim();
  {
    const Lock lock(s.turn);
    if (const auto* f = s.of(fd); f != nullptr && s.fails({reads}, "read", f->second)) return -1;
  }
  return ::syscall(SYS_read, fd, bytes, n);
}

int ftruncate(int fd, off_t size) noexcept { return truncate_any(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return truncate_any(fd, size); }
int posix_fallocate(int fd, off_t at, off_t bytes) { return room_any(fd, at, bytes); }
int posix_fallocate64(int fd, off64_t at, off64_t bytes) { return room_any(fd, at, bytes); }
int fsync(int fd) { return sync_any("fsync", SYS_fsync, fd); }
int fdatasync(int fd) { return sync_any("fdatasync", SYS_fdatasync, fd); }
int unlink(const char* path) noexcept { return unlink_any("unlink", path, false); }
int rmdir(const char* path) noexcept { return unlink_any("rmdir", path, true); }

int remove(const char* path) noexcept {
  struct stat about{};
  return unlink_any("remove", path, ::lstat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

int rename(const char* from, const char* to) noexcept {
  auto& s = shim();
  const Lock lock(s.turn);
  const bool ours = s.ours(from) || s.ours(to);
  if (ours && s.fails({eio, enospc}, "rename", from)) return -1;
  const auto done = static_cast<int>(::syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to));
  if (ours && done == 0) s.note(Op::renamed, 0, 0, 0, std::string(from) + '\0' + to);
  return done;
}

int link(const char* from, const char* to) noexcept {
  auto& s = shim();
  const Lock lock(s.turn);
  const bool ours = s.ours(to);
  if (ours && s.fails({eio, enospc}, "link", from)) return -1;
  const auto done = static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
  if (ours && done == 0) s.note(Op::linked, 0, 0, 0, std::string(from) + '\0' + to);
  return done;
}

int mkdir(const char* path, mode_t mode) noexcept {
  auto& s = shim();
  const Lock lock(s.turn);
  const bool ours = s.ours(path);
  struct stat about{};
  if (ours && ::stat(path, &about) != 0 && s.fails({eio, enospc}, "mkdir", path)) return -1;
  const auto done = static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
  if (ours && done == 0) s.note(Op::mkdir, 0, 0, 0, path);
  return done;
}

std::FILE* fopen(const char* path, const char* mode) { return fopen_any("fopen", path, mode); }
std::FILE* fopen64(const char* path, const char* mode) { return fopen_any("fopen64", path, mode); }
}
