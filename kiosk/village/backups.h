// The village's backups: made each night, read back, and only then older ones go. What lies beside the database: village/file_copies.h.
#pragma once

#include "store/backup_file.h"

#include <span>

namespace village {

struct BackedUp {
  std::filesystem::path file;
  store::BackupHead head;
  int rotated = 0;   // older backups that went
  int segments = 0;  // files of the second journal that went, since two backups have what is in them
};

// Writes backup/<today>.nzb of the data directory, then lets older ones go (settings backup.keep_days, keep_weeks, keep_months). Takes a
// second for 100 MB: on a worker, with a store of its own. Throws what write_backup throws, and where kiosk.key is damaged.
BackedUp back_up(store::Store&);

// backup/<today>.nzk: the persons' keys as they are now, without those that were destroyed (store/person_keys.h). Those older than
// erasure.key_backup_days go. `back_up` does it too.
void write_key_copy_of_today(store::Store&);

// The same into another folder, a stick's for instance, under the name <kiosk>-<day>.nzb, and the persons' keys as <kiosk>.nzk, which takes the
// place of the last one; no backup there is removed (`back_up_to_sticks` rotates as on the disk). Refused (false) while no
// township key is here: nobody but this machine could open it.
[[nodiscard]] std::expected<std::filesystem::path, std::string_view> back_up_to(store::Store&, const std::filesystem::path& folder);

// Sticks at hand: folders named "nuanzhan" right on what is mounted below these (/media, /media/<user>, /mnt). Somebody put that folder
// there for us: nothing is ever written to a stick that only happens to be plugged in.
[[nodiscard]] std::vector<std::filesystem::path> sticks_below(std::span<const std::filesystem::path> mounts);
// Where sticks are mounted.
[[nodiscard]] std::span<const std::filesystem::path> mounts();
// What this kiosk alone writes on a stick: nuanzhan-<the end of its own id><ending>.
[[nodiscard]] std::filesystem::path on_stick(const std::filesystem::path& folder, const store::Store&, std::string_view ending);
// What lies in a stick's folder under such names. A stick may go while it is listed: then there are no more of them.
[[nodiscard]] std::vector<std::filesystem::path> files_on_stick(const std::filesystem::path& folder, std::string_view begins, std::string_view ends);
// Today's onto each stick that has none of today yet; gives how many got one. One that fails (pulled out, full) costs a line in the log.
int back_up_to_sticks(store::Store&, std::span<const std::filesystem::path> mounts);

// Whether one is due: the newest that stands is older than backup.every_h hours by its own head, lies in the future, or misses what came
// before the second journal began.
[[nodiscard]] bool backup_due(store::Store&);

}  // namespace village
