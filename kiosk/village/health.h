// How the machine stands, for the people who have no IT department: what is wrong with what keeps the village's facts, each a word.
#pragma once

#include "store/heal.h"

namespace village {

// What staff are told, the worst first. Texts desk.health.<name> say what it is, desk.health.do.<name> what to do.
enum class Trouble {
  read_only,        // the disk turned read-only after an error
  damaged,          // the last full check found the database damaged
  second_differs,   // the second journal goes on with another history
  second_key,       // kiosk.key is damaged
  second_failed,    // the second journal cannot be written
  second_away,      // its own device is not plugged in
  second_damaged,   // the last full check found places in it that cannot be read
  disk_nearly_full, // less than 500 MB or 5 % free: reliability.md 1.2
  backup_old,       // none for three days (setting backup.every_h, three times)
  clock_behind,     // the clock is unsure: below the newest fact, or far above it
  mended,           // something was damaged and mended: what it was lies in damaged-N until somebody has looked at it
};
[[nodiscard]] std::string_view name(Trouble);

// Asked often: looks at no page of the database.
[[nodiscard]] std::vector<Trouble> troubles(const store::Reader&);

// The full check, each night: reads every page, the whole chain, the second journal, and opens the newest backup. One that does not open gets the
// ending .bad, so that a new one is due at once. Keeps what it found in health.json of the data
// directory (when, whether damaged, no more), so that it is known after a restart too. On a worker, with a store of its own.
void check_fully(store::Store&);
// Whether the last full check found damage; the next start mends it (cli, open_or_heal) and says so here.
[[nodiscard]] bool found_damaged(const std::filesystem::path& data);
void say_mended(const std::filesystem::path& data);
[[nodiscard]] bool check_due(store::Store&);  // the last one is a day old, or there is none

// Below either of the two the disk is nearly full.
inline constexpr std::uintmax_t little_room_bytes = std::uintmax_t{500} << 20, little_room_percent = 5;
[[nodiscard]] bool read_only(const std::filesystem::path&);
[[nodiscard]] bool nearly_full(const std::filesystem::path&);
// Whether the disk below it is an encrypted one (dm-crypt, LVM on it too). Nothing where that cannot be told: memory, a network, no /sys.
[[nodiscard]] std::optional<bool> encrypted(const std::filesystem::path&, const std::filesystem::path& sys = "/sys");

}  // namespace village
