// What can still be read of a damaged database: a third source of facts beside backups and the second journal, for what neither of them has.
// A copy of its files is read, so that what is kept aside stays as it was found.
#pragma once

#include "store/database.h"
#include "store/second_journal.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace store {

class Ruins {
 public:
  // `workplace`: a folder of its own for the copy; whoever made it removes it. Throws std::system_error where no copy can be made: then
  // nobody knows what the database still has.
  Ruins(const std::filesystem::path& data, const std::filesystem::path& workplace);

  // Facts in the order they came here. `follows`: it is the one after the last of its origin, and the chain beside it is made of it; one that was changed, or stands
  // behind a gap, does not follow. Pages that cannot be read are left out. `see` gives false to stop.
  void each(const std::function<bool(const SecondJournal::Entry&, bool follows)>& see);

 private:
  // Facts above a number until one page cannot be read; gives the last number seen, and whether that was the end.
  std::pair<std::int64_t, bool> read_after(std::int64_t number, const std::function<bool(std::int64_t, const SecondJournal::Entry&)>& see);

  std::optional<Database> db_;  // none: it does not open
};

}  // namespace store
