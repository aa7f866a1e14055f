#include "base/confine.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace base {
namespace {

// linux/landlock.h of Debian 12 ends at version 2; the rest by its numbers in the kernel's documentation (userspace-api/landlock).
constexpr std::uint64_t truncate_file = 1ULL << 14, ask_device = 1ULL << 15;  // versions 3 and 5
constexpr std::uint64_t bind_tcp = 1, connect_tcp = 2;                       // version 4
constexpr std::uint64_t signals = 2;                                         // version 6

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t writing = reading | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                  LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER | truncate_file;
constexpr std::uint64_t asking = reading | LANDLOCK_ACCESS_FS_WRITE_FILE | truncate_file | ask_device;
constexpr std::uint64_t running = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t of_one_file = running | LANDLOCK_ACCESS_FS_WRITE_FILE | truncate_file | ask_device;

struct Ruleset { std::uint64_t fs = 0, net = 0, scoped = 0; };

std::uint64_t handled_fs(long version) {
  std::uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // version 1
  if (version >= 2) all |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) all |= truncate_file;
  if (version >= 5) all |= ask_device;
  return all;
}

std::string because(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

bool allow(int ruleset, const std::vector<std::filesystem::path>& paths, std::uint64_t what) {
  for (const auto& path : paths) {
    const Descriptor at{::open(path.c_str(), O_PATH | O_CLOEXEC)};
    if (at.fd < 0) continue;
    struct stat is{};
    if (::fstat(at.fd, &is) != 0) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(is.st_mode) ? what : what & of_one_file;
    rule.parent_fd = at.fd;
    if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) return false;
  }
  return true;
}

// Empty: done.
std::string confine_files(const Allowed& allowed) {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return because("not confined to its files, this kernel has no Landlock");
  const auto handled = handled_fs(version);
  Ruleset rules{.fs = handled, .net = version >= 4 ? bind_tcp | connect_tcp : 0, .scoped = version >= 6 ? signals : 0};
  const std::size_t known = version >= 6 ? sizeof rules : version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
  const Descriptor set{static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, known, 0))};
  if (set.fd < 0) return because("not confined to its files");
  for (const auto& [paths, what] : {std::pair{&allowed.read, reading}, {&allowed.write, writing}, {&allowed.devices, asking}, {&allowed.run, running}})
    if (!allow(set.fd, *paths, what & handled)) return because("not confined to its files");
  if (::syscall(SYS_landlock_restrict_self, set.fd, 0) != 0) return because("not confined to its files");
  return {};
}

// What a kiosk never asks a kernel for. A list of what it may ask would have to follow every graphics driver; the service's own
// SystemCallFilter= is such a list, of the service manager's making.
constexpr std::array never{
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "perf_event_open", "bpf", "userfaultfd",
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "fsconfig", "fspick", "mount_setattr", "pivot_root", "chroot",
    "setns", "unshare", "open_by_handle_at", "name_to_handle_at", "execveat",
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff",
    "add_key", "request_key", "keyctl", "acct", "quotactl", "quotactl_fd", "syslog", "personality",
    "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "vhangup", "iopl", "ioperm", "modify_ldt",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "mknod", "mknodat"};

std::string confine_calls() {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
  if (!filter) return "not confined in its calls, seccomp could not be prepared";
  bool all = true;
  const auto no = [&](int code, int call, std::initializer_list<scmp_arg_cmp> when) {
    all = seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(static_cast<std::uint32_t>(code)), call, static_cast<unsigned>(when.size()), when.begin()) == 0 && all;
  };
  for (const auto* name : never)
    if (const int call = seccomp_syscall_resolve_name(name); call != __NR_SCMP_ERROR) no(EPERM, call, {});
  no(EAFNOSUPPORT, SCMP_SYS(socket), {SCMP_A0(SCMP_CMP_GT, AF_UNIX)});
  for (const std::uint64_t other : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP})
    no(EPERM, SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, other, other)});
  no(ENOSYS, SCMP_SYS(clone3), {});  // its flags stand in memory, where no filter sees them; the C library then takes clone
  no(EPERM, SCMP_SYS(ioctl), {SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, TIOCSTI)});  // typing into the terminal it was started from
  all = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 && all;
  if (!all || seccomp_load(filter.get()) != 0) return "not confined in its calls, this kernel has no seccomp filter";
  return {};
}

// What decoding a picture between two descriptors takes, and the C library's own end.
constexpr std::array decoding{
    "read", "readv", "recvfrom", "write", "writev", "sendto", "close", "shutdown", "lseek", "fstat", "newfstatat", "poll", "ppoll",
    "munmap", "mremap", "madvise", "brk", "futex", "getrandom", "clock_gettime", "gettimeofday", "sched_yield", "sched_getaffinity",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "restart_syscall", "getpid", "gettid", "tgkill", "exit", "exit_group"};

std::string confine_calls_to_decoding() {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
  if (!filter) return "not confined in its calls, seccomp could not be prepared";
  bool all = true;
  for (const auto* name : decoding)
    if (const int call = seccomp_syscall_resolve_name(name); call != __NR_SCMP_ERROR) all = seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 0, nullptr) == 0 && all;
  const scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) all = seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &no_code) == 0 && all;
  if (!all || seccomp_load(filter.get()) != 0) return "not confined in its calls, this kernel has no seccomp filter";
  return {};
}

}  // namespace

bool built_to_be_looked_into() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer);
#else
  return false;
#endif
}

std::vector<std::string> confine(const Allowed& allowed) {
  if (built_to_be_looked_into()) return {"not confined: this build looks into itself"};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {because("not confined")};
  std::vector<std::string> missing{confine_files(allowed), confine_calls()};
  std::erase(missing, std::string{});
  return missing;
}

std::vector<std::string> confine_to_what_is_open() {
  if (built_to_be_looked_into()) return {"not confined: this build looks into itself"};
  const rlimit memory{rlim_t{1} << 30, rlim_t{1} << 30}, processor{15, 15};
  ::setrlimit(RLIMIT_AS, &memory);
  ::setrlimit(RLIMIT_CPU, &processor);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {because("not confined")};
  std::vector<std::string> missing{confine_files({}), confine_calls_to_decoding()};
  std::erase(missing, std::string{});
  return missing;
}

void keep_memory_private() {
  if (built_to_be_looked_into()) return;
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

}  // namespace base
