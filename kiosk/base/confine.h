// What this process may still do, taken away by itself and for good: files by Landlock, the rest by seccomp. Both hold for the calling
// thread and all threads and programs started later, so it is called before any other thread is. Neither needs a right. A kernel without
// one of them costs a line in the log, not the start.
//
// It stands beside the service manager's own lines (deploy/systemd), not in their place: it knows what the program needs and holds
// wherever the program is started, as root too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace base {

// Files and folders with all that is below them, also what is mounted there later. What is not there when it is called is passed over.
struct Allowed {
  std::vector<std::filesystem::path> read;
  std::vector<std::filesystem::path> write;    // read, made, changed and removed; no devices, nothing run
  std::vector<std::filesystem::path> devices;  // read, written and asked (ioctl)
  std::vector<std::filesystem::path> run;      // programs and the loader they need
};

// Files: only what is allowed. Beyond files: no socket but a local one, no ptrace or other processes' memory, no mounts, namespaces,
// modules, keys, clocks or io_uring, no signals to processes that are not its own (Linux 6.12). Gives a line for each thing that this
// kernel, or this build, cannot do; they are for the log.
[[nodiscard]] std::vector<std::string> confine(const Allowed&);

// For a process that does one thing with what is open already and ends: no file and no socket can be opened, no program started, no code
// made; calls are let in by a short list. An hour of a hostile file is fifteen seconds of processor, all of memory a gigabyte.
[[nodiscard]] std::vector<std::string> confine_to_what_is_open();

// No core file and nobody but root looks into the memory: it holds names and keys.
void keep_memory_private();

// A build with a sanitizer looks into itself through ptrace and /proc: it is not confined.
[[nodiscard]] bool built_to_be_looked_into();

}  // namespace base
