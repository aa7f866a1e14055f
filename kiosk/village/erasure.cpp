#include "village/erasure.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "store/backup_file.h"
#include "store/forget.h"
#include "village/backups.h"
#include "village/faces.h"
#include "village/kinds.h"
#include "village/photos.h"
#include "village/rights.h"

#include <algorithm>

namespace village {
namespace fs = std::filesystem;

std::expected<Erased, Refusal> erase_person(store::Act& act, PersonId id, Holds holds) {
  if (!act.may(right::erase_person)) return std::unexpected(Refusal::no_right);
  Erased gone{id, {}, std::nullopt};
  std::optional<base::Uuid> group, household;
  bool there = false;
  for (auto rows = act.query("SELECT photo, household, grp FROM village_person WHERE id = ? AND erased IS NULL", id); const auto row : rows) {
    there = true;
    gone.photo = row.get<std::string>(0);
    household = row.get<std::optional<base::Uuid>>(1);
    group = row.get<std::optional<base::Uuid>>(2);
  }
  if (!there) return std::unexpected(Refusal::unknown);
  if (act.count("SELECT count(*) FROM village_staff WHERE person = ? AND active = 1", id) > 0) return std::unexpected(Refusal::is_staff);
  if (holds(act, id)) return std::unexpected(Refusal::still_open);
  // The group stays for what is counted by it; the household, which leads to a door, does not.
  nlohmann::json body = nlohmann::json::object();
  if (group) body["group"] = group->text();
  act.append({.kind = kind::person_erased, .subject = id.value, .person = id.value}, body);
  if (household && act.count("SELECT count(*) FROM village_household WHERE id = ?", *household) > 0 &&
      act.count("SELECT count(*) FROM village_person WHERE household = ?", *household) == 0) {
    act.append({.kind = kind::household_erased, .subject = *household});
    gone.household = HouseholdId{*household};
  }
  return gone;
}

void forget_files(const fs::path& data, const Erased& gone) { drop_photo(data, gone.photo); }

namespace {

// Copies in clear that this program made for itself, before it could know of the erasure.
int drop_clear_copies(const fs::path& data) {
  int went = 0;
  std::error_code none;
  std::vector<fs::path> files;
  for (const auto& f : fs::directory_iterator(data / "backup", none))
    if (const auto name = f.path().filename().string(); name.starts_with("before-schema-")) files.push_back(f.path());
  for (const auto& f : fs::directory_iterator(data, none)) {
    const auto name = f.path().filename().string();
    if (name.starts_with("damaged-") || name.starts_with("persons.keys.aside-") || (name.starts_with("replaced") && name.find(".db") != std::string::npos)) files.push_back(f.path());
  }
  for (const auto& folder : store::second_folders(data))
    for (const auto& f : fs::directory_iterator(folder, none))
      if (f.path().filename().string().starts_with("persons.keys.aside-")) files.push_back(f.path());
  // Sentences said aloud, as sounds: who they were about is not known any more.
  for (const auto& f : fs::directory_iterator(data / "cache" / "voice", none)) files.push_back(f.path());
  for (const auto& file : files) {
    store::remove_emptied(file);
    ++went;
  }
  return went;
}

}  // namespace

int settle_copies(store::Store& s) {
  const auto folder = s.folder() / "backup";
  const auto& now = s.keys().all();
  if (now.destroyed.empty()) return 0;
  const auto machine = store::machine_key(s.folder(), false);
  if (!machine) return 0;
  int went = 0;
  const auto knows = [&](const fs::path& file) {
    const auto has = store::read_key_copy(file, {machine, nullptr});
    return has && std::ranges::all_of(now.destroyed, [&](const auto& owner) { return has->destroyed.contains(owner); });
  };
  bool anew = false;
  for (const auto& kept : store::key_copies_in(folder)) anew = anew || !knows(kept.file);
  const auto told = s.folder() / "erasures.settled";  // how many are known to be settled: empty of names
  std::error_code none;
  const auto settled = fs::exists(told, none) ? fs::file_size(told, none) : 0;
  if (!anew && settled == now.destroyed.size()) return went;
  if (anew) {
    // First the new one: at no moment is there none.
    write_key_copy_of_today(s);
    for (const auto& kept : store::key_copies_in(folder))
      if (std::error_code gone; !knows(kept.file) && fs::remove(kept.file, gone)) ++went;
  }
  went += drop_clear_copies(s.folder());
  std::vector<fs::path> with_tables;
  for (const auto& b : store::backups_in(folder))
    if (const auto head = store::look_at_backup(b.file); !head || head->tables) with_tables.push_back(b.file);
  if (!with_tables.empty()) {
    (void)back_up(s);  // first the new one; it may have the name of one of them
    for (const auto& file : with_tables)
      if (const auto head = store::look_at_backup(file); !head || head->tables) went += fs::remove(file, none) ? 1 : 0;
  }
  base::DurableFile out(told);
  out.write(std::string(now.destroyed.size(), '.'));
  out.keep();
  spdlog::info("{} files that could still show what was erased went", went);
  return went;
}

int settle_sticks(store::Store& s, std::span<const fs::path> mounts) {
  const auto& now = s.keys().all();
  const auto machine = store::machine_key(s.folder(), false);
  const auto township = store::township_key(s.folder());
  // Written without it they would open nowhere but here.
  if (now.destroyed.empty() || !machine || !township) return 0;
  int anew = 0;
  for (const auto& stick : sticks_below(mounts)) {
    for (const auto& file : files_on_stick(stick, "nuanzhan-", ".nzk")) {
      // Under an earlier life's name too (a restore); another kiosk's does not open here, and is its own affair.
      auto has = store::read_key_copy(file, {machine, nullptr});
      if (!has || std::ranges::all_of(now.destroyed, [&](const auto& owner) { return has->destroyed.contains(owner); })) continue;
      for (const auto& owner : now.destroyed) {
        has->keys.erase(owner);
        has->destroyed.insert(owner);
      }
      try {
        store::write_key_copy(*has, file, *machine, township);
        ++anew;
      } catch (const std::exception&) {
        spdlog::warn("a stick still has keys that were destroyed: it cannot be written");
      }
    }
  }
  return anew;
}

int erase_again(store::Store& s) {
  int n = 0;
  const auto reader = s.reader(store::Viewer{});
  std::vector<std::pair<base::Uuid, std::string>> again;
  for (const auto& owner : s.keys().all().destroyed)
    if (reader.count("SELECT count(*) FROM local_erased WHERE owner = ?", owner) == 0)
      if (const auto kind = reader.one<std::string>("SELECT kind FROM journal_fact WHERE subject = ? ORDER BY turn LIMIT 1", owner)) again.emplace_back(owner, *kind);
  if (again.empty()) return 0;
  store::Act act(s, store::Viewer::clockwork({}));
  for (const auto& [owner, first] : again) {
    if (first == kind::person_set) act.append({.kind = kind::person_erased, .subject = owner, .person = owner});
    else if (first == kind::household_set) act.append({.kind = kind::household_erased, .subject = owner});
    else continue;
    ++n;
  }
  act.commit();
  return n;
}

namespace {
base::Day left_before(const store::Reader& reader) { return reader.today() - std::chrono::days(reader.setting("retention.left_days", std::int64_t{1095})); }
}  // namespace

std::vector<Leaver> overdue_leavers(const store::Reader& reader, int limit) {
  std::vector<Leaver> found;
  if (!reader.may(right::erase_person)) return found;
  for (auto rows = reader.query("SELECT id, name, left_on FROM village_person WHERE left_on <= ? AND erased IS NULL ORDER BY left_on, id LIMIT ?", left_before(reader), limit);
       const auto row : rows)
    found.push_back({row.get<PersonId>(0), row.get<std::string>(1), row.get<base::Day>(2)});
  return found;
}

int overdue_leavers_count(const store::Reader& reader) {
  if (!reader.may(right::erase_person)) return 0;
  return static_cast<int>(reader.count("SELECT count(*) FROM village_person WHERE left_on <= ? AND erased IS NULL", left_before(reader)));
}

int erase_overdue(store::Store& s, Holds holds) {
  int n = 0;
  const auto eyes = s.reader(store::Viewer::clockwork({}));
  if (eyes.setting("retention.erase_alone", std::int64_t{0}) == 0 || s.clock_unsure()) return 0;  // nothing is destroyed by a day that nobody vouches for
  for (const auto& who : overdue_leavers(eyes)) {
    store::Act act(s, store::Viewer::clockwork({}));
    const auto gone = erase_person(act, who.id, holds);
    if (!gone) continue;
    (void)act.commit();
    forget_files(s.folder(), *gone);
    ++n;
  }
  if (n > 0) spdlog::info("{} entries of people who left were erased", n);
  return n;
}

}  // namespace village
