// What a process can no longer do after it has confined itself; each time first that it could before.
#include "base/confine.h"
#include "support/in_a_child.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>

namespace {

namespace fs = std::filesystem;
using support::in_a_child;

bool opens(const fs::path& path, int how) {
  const int fd = ::open(path.c_str(), how | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}
int runs(const char* program) {
  char* const arguments[] = {const_cast<char*>(program), nullptr};
  pid_t child = 0;
  if (const int error = ::posix_spawn(&child, program, nullptr, nullptr, arguments, environ); error != 0) return error;
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
std::string why(long result) { return result < 0 ? std::strerror(errno) : "done"; }

struct Confined : testing::Test {
  fs::path folder = fs::temp_directory_path() / ("nuanzhan-confined-" + std::to_string(::getpid()));
  base::Allowed allowed{.read = {"/usr", "/lib", "/lib64", folder / "read", folder / "not there"}, .write = {folder / "write"}, .devices = {"/dev/null"}, .run = {}};

  void SetUp() override {
    if (base::built_to_be_looked_into()) GTEST_SKIP() << "this build looks into itself and is not confined";
    for (const auto* name : {"read", "write", "other"}) {
      fs::create_directories(folder / name);
      std::ofstream(folder / name / "file") << "text";
    }
    fs::create_symlink(folder / "other" / "file", folder / "write" / "link");
    const auto missing = in_a_child([&](std::string& said) {
      for (const auto& line : base::confine(allowed)) said += line + "\n";
    });
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
  ~Confined() override { fs::remove_all(folder); }
  // The answers of a process that is confined.
  std::string after(const std::function<void(std::string&)>& piece) const {
    return in_a_child([&](std::string& said) {
      (void)base::confine(allowed);
      piece(said);
    });
  }
};

TEST_F(Confined, reads_and_writes_what_is_allowed_and_nothing_else) {
  const auto look = [&](std::string& said) {
    said += opens(folder / "read" / "file", O_RDONLY) ? 'r' : '-';
    said += opens(folder / "read" / "file", O_WRONLY) ? 'w' : '-';
    said += opens(folder / "read" / "new", O_WRONLY | O_CREAT) ? 'c' : '-';
    said += opens(folder / "write" / "file", O_RDWR | O_TRUNC) ? 'w' : '-';
    said += opens(folder / "write" / "new", O_WRONLY | O_CREAT) ? 'c' : '-';
    said += ::rename((folder / "write" / "new").c_str(), (folder / "write" / "old").c_str()) == 0 && ::unlink((folder / "write" / "old").c_str()) == 0 ? 'm' : '-';
    said += opens(folder / "other" / "file", O_RDONLY) ? 'r' : '-';
    said += opens(folder / "other" / "new", O_WRONLY | O_CREAT) ? 'c' : '-';
    said += ::truncate((folder / "other" / "file").c_str(), 4) == 0 ? 't' : '-';
    said += opens(folder / "write" / "link", O_RDONLY) ? 'r' : '-';
    said += opens("/dev/null", O_RDWR) ? 'w' : '-';
  };
  EXPECT_EQ(in_a_child(look), "rwcwcmrctrw");
  EXPECT_EQ(after(look), "r--wcm----w");
}

TEST_F(Confined, a_thread_and_a_program_started_later_are_so_too) {
  EXPECT_EQ(after([&](std::string& said) { std::thread([&] { said += opens(folder / "other" / "file", O_RDONLY) ? "open" : "closed"; }).join(); }), "closed");
  EXPECT_EQ(runs("/bin/true"), 0);
  EXPECT_EQ(after([&](std::string& said) { said = std::strerror(runs("/bin/true")); }), std::strerror(EACCES));
  allowed.run = {"/bin/true"};
  for (const auto* at : {"/lib64", "/lib"})
    if (fs::exists(at))
      for (const auto& entry : fs::directory_iterator(at))
        if (entry.path().filename().string().starts_with("ld-linux")) allowed.run.push_back(entry.path());
  EXPECT_EQ(after([&](std::string& said) { said = std::to_string(runs("/bin/true")); }), "0");
}

TEST_F(Confined, speaks_to_nobody_over_a_network) {
  for (const int family : {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET})
    EXPECT_EQ(after([&](std::string& said) { said = why(::socket(family, SOCK_DGRAM, 0)); }), std::strerror(EAFNOSUPPORT)) << family;
  EXPECT_EQ(after([](std::string& said) { said = why(::socket(AF_UNIX, SOCK_STREAM, 0)); }), "done");
}

TEST_F(Confined, signals_its_own_processes_alone) {
  if (::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1) < 6) GTEST_SKIP() << "only from Linux 6.12 on";
  EXPECT_EQ(in_a_child([](std::string& said) { said = why(::kill(::getppid(), 0)); }), "done");
  EXPECT_EQ(after([](std::string& said) { said = why(::kill(::getppid(), 0)); }), std::strerror(EPERM));
  EXPECT_EQ(after([](std::string& said) {
              const pid_t own = ::fork();
              if (own == 0) ::_exit(::pause());
              said = why(::kill(own, SIGKILL));
              ::waitpid(own, nullptr, 0);
            }),
            "done");
}

TEST_F(Confined, looks_into_nobody_and_changes_nothing_of_the_machine) {
  EXPECT_EQ(in_a_child([](std::string& said) { said = why(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }), "done");
  const std::string no = std::strerror(EPERM);
  EXPECT_EQ(after([](std::string& said) { said = why(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::syscall(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0)); }), no);
  EXPECT_EQ(after([&](std::string& said) { said = why(::mount("none", (folder / "write").c_str(), "tmpfs", 0, nullptr)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::umount2("/proc", MNT_DETACH)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::unshare(CLONE_NEWUSER)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::syscall(SYS_bpf, 0, nullptr, 0)); }), no);
  EXPECT_EQ(after([](std::string& said) { said = why(::syscall(SYS_io_uring_setup, 1, nullptr)); }), no);
  EXPECT_EQ(after([&](std::string& said) { said = why(::mknod((folder / "write" / "disk").c_str(), S_IFBLK | 0600, 0x700)); }), no);
}

TEST(Memory, leaves_no_core_and_is_nobodys_to_read) {
  if (base::built_to_be_looked_into()) GTEST_SKIP() << "this build looks into itself";
  EXPECT_EQ(in_a_child([](std::string& said) {
              base::keep_memory_private();
              rlimit core{1, 1};
              ::getrlimit(RLIMIT_CORE, &core);
              said = std::to_string(::prctl(PR_GET_DUMPABLE)) + " " + std::to_string(core.rlim_cur) + " " + std::to_string(core.rlim_max);
            }),
            "0 0 0");
}

TEST_F(Confined, to_what_is_open_leaves_neither_files_nor_sockets_nor_programs_nor_new_code) {
  const auto look = [&](std::string& said) {
    said += opens(folder / "read" / "file", O_RDONLY) ? 'r' : '-';
    said += opens("/dev/null", O_RDWR) ? 'd' : '-';
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    said += fd >= 0 ? 's' : '-';
    if (fd >= 0) ::close(fd);
    said += runs("/bin/true") == 0 ? 'x' : '-';
    void* code = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    said += code != MAP_FAILED ? 'c' : '-';
    std::string memory(1 << 20, 'm');  // and what decoding needs goes on
    said += memory.back();
  };
  EXPECT_EQ(in_a_child(look), "rdsxcm");
  EXPECT_EQ(in_a_child([&](std::string& said) {
              (void)base::confine_to_what_is_open();
              look(said);
            }),
            "-----m");
}

}  // namespace
