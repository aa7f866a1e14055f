// Copies of what lies beside the database, photos and recordings, each sealed under the key of whom it is of (store/file_copy.h): in a folder
// *.files wherever backups go. They are as their files are, named by ids, and written once.
//
// The rules: a copy that has its name was read back and opened before it got it. Whose key is destroyed, or what a fact says is over, goes from
// every folder that is at hand, and opens nowhere else. What no fact names any more stays for a week, as <id>.gone: an older backup may have been put in
// by mistake. A pulled stick only makes it go on later.
#pragma once

#include "store/store.h"

#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace village {

// A file beside the database that a fact names: never changed once it is there.
struct NamedFile {
  std::string path;   // below the data directory: photos/<id>.jpg, said/<id>
  base::Uuid id;
  base::Uuid owner;   // of whom it is
  bool over = false;  // a fact says that it went
};

// Whether a file that no fact names has lain there for a week. One that is older than this program bears the day of a clock that was wrong:
// its week begins now. `never_before`: Store::clock_never_before. Not to be asked while the clock is unsure.
[[nodiscard]] bool left_alone_long_enough(const std::filesystem::path& file, base::Instant never_before);

inline constexpr std::string_view copies_ending = ".files";
// Of this data directory: backup/kept.files.
[[nodiscard]] std::filesystem::path own_copies(const std::filesystem::path& data);
// Folders of copies in a folder where backups lie.
[[nodiscard]] std::vector<std::filesystem::path> copies_in(const std::filesystem::path& folder);
// All that are at hand without being told: the data directory's, the second journal's device's.
[[nodiscard]] std::vector<std::filesystem::path> copies_at_hand(const std::filesystem::path& data);

struct CopiedFiles {
  int copied = 0, went = 0;
  int kept = 0;     // copies that stand, those just made among them
  int left = 0;     // for the next turn
  int missing = 0;  // named, and neither here nor in the folder
  int no_key = 0;   // of people whose entry an earlier program wrote: saved once more, it has a key
};
// Brings one folder of copies up to what is here, `at_most` new ones a turn; of those that stand about `read_again` are opened, and one that does not open is made
// anew. Makes the folder, not the one it is in. Waits while another program is at it. On a
// worker: each file waits for the disk. Throws std::system_error where it cannot be written, std::runtime_error where a copy does not read back.
CopiedFiles copy_files(store::Store&, std::span<const NamedFile>, const std::filesystem::path& to, int at_most = std::numeric_limits<int>::max(),
                       int read_again = std::numeric_limits<int>::max());

// A turn of each place: backup/, the second journal's where that is a device of its own, and, once the township has a key, each stick. One that fails costs a
// line in the log. The numbers a turn are ours: 200 files of 50 kB are forced to a slow stick in half a minute; of 700 copies each is
// read again once a day.
inline constexpr int copies_a_turn = 200, read_again_a_turn = 5;
void copy_files_everywhere(store::Store&, std::span<const NamedFile>, std::span<const std::filesystem::path> mounts);

// Puts named files that are not in the data directory there again, from the first of these folders whose copy opens. Throws std::system_error.
struct BroughtFiles { int back = 0, missing = 0; };
BroughtFiles bring_files_back(const std::filesystem::path& data, std::span<const NamedFile>, store::PersonKeys&, std::span<const std::filesystem::path> from);

// Looks only (`doctor`): named files that are not there, those of them whose copy stands, and those that lie there for a day without a copy.
struct FileCheck { int named = 0, missing = 0, missing_with_copy = 0, without_copy = 0; };
[[nodiscard]] FileCheck check_files(const std::filesystem::path& data, std::span<const NamedFile>);

}  // namespace village
