// A backup: the whole database in one file that anybody may carry away and only the township or this very machine can open.
//
// It holds the journal and what this machine alone remembers, not the folded tables: they say in clear what facts keep under people's keys. Whoever
// opens it folds anew (`rebuild`), with the keys of persons.keys or of the newest key file (person_keys.h).
//
// The rule that must hold: a file that has the name of a backup was read back, opened and checked before it got that name. Older ones go
// only after a newer one stands. Photos and recordings are not in it but beside it (village/file_copies.h).
//
//   magic "NZBACKUP", version 1 u16, suite 1 u16, length of the head u32
//   head        JSON: when, schema, number of facts, the last fact of each origin (ids and numbers alone: nothing of a person)
//   80 B        the key in a box for the township, zeros where there is none
//   24 + 48 B   the key once more under this machine's own key (kiosk.key)
//   24 B, then  secretstream: chunks of 64 kB, the last one marked; the head and the box are bound to the first
#pragma once

#include "base/clock.h"
#include "store/second_journal.h"
#include "store/store.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace store {

struct BackupHead {
  base::Instant made;
  int schema = 0;
  std::int64_t facts = 0;
  SecondJournal::Positions positions;
  bool for_township = false;  // the township can open it
  bool tables = false;        // of an earlier program: the folded tables are in it, with what they say of people in clear
};

// Who opens it: this machine, or whoever holds the township's secret key.
struct BackupKey {
  std::optional<MachineKey> machine;
  const KeyPair* township = nullptr;
};

// Writes a backup of an open store to `file` while others go on using it. `beside` is a folder on the kiosk's own disk for the clear copy
// that is sealed and then removed: never a stick's. Reads the file back through its seal, checks pages and chain, then names it. Throws
// std::runtime_error or std::system_error, leaving what was there before. `copied` is called when all facts are copied and before the file has
// its name: what a backup is not to be without (the persons' keys) is written there.
BackupHead write_backup(Store&, const std::filesystem::path& file, const MachineKey&, const std::optional<PublicKey>& township, const std::function<void()>& copied = {});

// The head alone; nothing where it is no backup of ours or is of a newer program.
[[nodiscard]] std::optional<BackupHead> look_at_backup(const std::filesystem::path& file);

enum class BackupRefusal { not_a_backup, newer, no_key, damaged };
[[nodiscard]] std::string_view name(BackupRefusal);
// Opens it to a database file, forced to the disk; what is not whole leaves nothing.
[[nodiscard]] std::expected<BackupHead, BackupRefusal> open_backup(const std::filesystem::path& file, const BackupKey&, const std::filesystem::path& to);

// Opens it beside (in a file of this name, removed afterwards) and checks pages and facts; nothing where it is whole. Throws std::system_error where there
// is no room for that.
[[nodiscard]] std::optional<BackupRefusal> wrong_with_backup(const std::filesystem::path& file, const BackupKey&, const std::filesystem::path& beside);

// Backups of a folder by their names, <day>.nzb, newest first.
struct KeptBackup { std::filesystem::path file; base::Day day; };
[[nodiscard]] std::vector<KeptBackup> backups_in(const std::filesystem::path& folder);

// Which of these days go: kept are the newest, every day of the last `days`, the newest of each of the last `weeks` weeks (Monday first) and of
// each of the last `months` months.
struct Rotation { int days = 7, weeks = 4, months = 12; };
[[nodiscard]] std::vector<base::Day> to_rotate(std::vector<base::Day> there, base::Day today, const Rotation&);

}  // namespace store
