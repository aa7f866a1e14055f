// A file that is there whole or not at all, also when the power goes: written beside its name, forced to the disk,
// then renamed, and the folder forced too. Whoever drops it before keep() leaves nothing behind. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace base {

class DurableFile {
 public:
  // Throws std::system_error if the folder cannot be written.
  explicit DurableFile(std::filesystem::path file);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  // Where a library that opens files by name writes to. After such a library has closed it, call reopen() before
  // keep().
  [[nodiscard]] const std::filesystem::path& part() const { return part_; }
  void reopen();

  void write(std::string_view bytes);  // collected and written in blocks of 64 kB
  // To the disk, still without its name: whoever must read it back first does so now.
  void force();
  void keep();

 private:
  void flush();

  std::filesystem::path file_, part_;
  std::string waiting_;
  int fd_ = -1;
  bool kept_ = false;
};

}  // namespace base
