// Erasure: what was kept of a person cannot be read any more, and what was counted still is.
//
// The rule: the redaction fact and the emptied rows are one transaction; the key is destroyed after it, and at the next start if the power went
// between (store/person_keys.h). Nothing brings it back: not a backup, not the second journal, not the fact that a card is found. What stays: the
// person's id in facts (came, asked, booked), sex, tags, group, site. Facts that an earlier program wrote keep what they say in clear; they are shown
// nowhere.
#pragma once

#include "store/act.h"
#include "village/people.h"

#include <filesystem>

namespace village {

// Whether something of a person is not over that must be first: the shapes know (shapes::holds).
using Holds = bool (*)(const store::Reader&, PersonId);

struct Erased {
  PersonId person;
  std::string photo;                     // as the entry named it
  std::optional<HouseholdId> household;  // erased too: nobody else belongs to it
};

// For a manager, and the clock where the village sets it so (retention.erase_alone).
//   no_right, unknown (or erased already)
//   is_staff     has an account that is in use
//   still_open   is in just now (a child must be handed over first), has an open request or a place ahead
// After the commit: `forget_files`.
[[nodiscard]] std::expected<Erased, Refusal> erase_person(store::Act&, PersonId, Holds);

// The photo goes; a power cut before it: sweep_photos. Any thread.
void forget_files(const std::filesystem::path& data, const Erased&);

// What erasures leave to do that takes longer than a touch: key files are written anew without destroyed keys and old ones go
// (erasure.key_backup_days), clear copies of the database that this program made itself go (before-schema-N.db, replaced.db, damaged-N), and
// backups of an earlier program with folded tables in them. Nothing where no erasure came since the newest key file. On a worker.
// Gives how many files went.
int settle_copies(store::Store&);
// The same on sticks at hand (backups.h): destroyed keys go from the key files that this machine wrote there. Gives how many it wrote anew.
int settle_sticks(store::Store&, std::span<const std::filesystem::path> mounts);

// Persons whose keys are known to be destroyed though the journal does not say so: a backup older than their erasure was put in. Said anew. Gives how many.
int erase_again(store::Store&);

// Who left more than retention.left_days ago and is not erased, longest ago first. Whoever may erase; others get nothing.
struct Leaver { PersonId id; std::string name; base::Day left_on; };
[[nodiscard]] std::vector<Leaver> overdue_leavers(const store::Reader&, int limit = 200);
[[nodiscard]] int overdue_leavers_count(const store::Reader&);
// Erases them where retention.erase_alone is set; who is held stays until it is over. Gives how many. On a worker with its own store.
int erase_overdue(store::Store&, Holds);

}  // namespace village
