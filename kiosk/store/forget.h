// What must not lie about once nobody needs it: pages a connection has read, and clear copies of the database that were made for a moment.
#pragma once

#include "store/database.h"

#include <filesystem>

namespace store {

// Gives back what this connection holds of what was read or written, its own scratch space too: freed memory is emptied (kiosk/freed.cpp). What is
// asked next is read from the file again. Not within an Act. Waits for nobody: where another program writes, the scratch space stays as it is.
void forget_read(Database&);

// Empties a file, or all files of a folder, and then removes it; a name that is not there is no error. In place and forced to the disk, so that the
// blocks are empty when they are free; a file that has another name too only loses this one (a restore that was cut has left the database under two). A file system that lies on flash may keep older ones below itself (discard, an encrypted disk).
void remove_emptied(const std::filesystem::path&) noexcept;

// A folder for copies in clear, made anew for its owner alone, and emptied and removed when nobody needs it any more.
struct Workplace {
  explicit Workplace(std::filesystem::path);
  ~Workplace() { remove_emptied(folder); }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  std::filesystem::path folder;
};

// Held while the last connection to a database closes: the write-ahead file that SQLite then removes is emptied too.
class EmptyWal {
 public:
  explicit EmptyWal(const std::filesystem::path& database);
  ~EmptyWal();
  EmptyWal(const EmptyWal&) = delete;
  EmptyWal& operator=(const EmptyWal&) = delete;

 private:
  int fd_;
};

}  // namespace store
