#include "village/backups.h"

#include "base/log.h"
#include "village/clock.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <system_error>

namespace village {
namespace {

store::MachineKey key_of(const store::Store& s) {
  const auto key = store::machine_key(s.folder(), true);
  if (!key) throw std::runtime_error("kiosk.key is damaged: no backup could be read back");
  return *key;
}

void drop_old_key_copies(const std::filesystem::path& folder, base::Day today, std::int64_t days) {
  for (const auto& kept : store::key_copies_in(folder))
    if (std::error_code none; (today - kept.day).count() >= days) std::filesystem::remove(kept.file, none);
}

// Where the second journal begins: what came before is in backups alone.
store::SecondJournal::Positions begins(store::Store& s) {
  store::SecondJournal::Positions from;
  if (auto* second = s.second())
    (void)second->each([&](const store::SecondJournal::Record& r) {
      from = r.positions;
      return false;
    });
  return from;
}

// Those that are known here, and those of the file whose place they take: where some were lost meanwhile it may be the last that has them.
// False: the keys do not open, or there are none though facts need some; what is there stays.
bool write_keys(store::Store& s, const std::filesystem::path& file) {
  using State = store::PersonKeys::State;
  s.keys().look();
  const auto state = s.keys().state();
  if (state == State::no_machine_key || state == State::unreadable || (state == State::none && s.keys_missing() > 0)) {
    spdlog::error("the persons' keys do not open: no new copy of them, and older ones are kept");
    return false;
  }
  auto set = s.keys().all();
  std::error_code none;
  if (std::filesystem::exists(file, none)) {
    const auto there = store::read_key_copy(file, {key_of(s), nullptr});
    if (there) set.take(*there);
    else if (there.error() == store::KeyCopyRefusal::no_key) std::filesystem::rename(file, std::filesystem::path(file) += ".other");  // another kiosk.key made it
  }
  store::write_key_copy(set, file, key_of(s), store::township_key(s.folder()));
  return true;
}

}  // namespace

void write_key_copy_of_today(store::Store& s) {
  const auto reader = s.reader(store::Viewer{});
  const auto folder = s.folder() / "backup";
  std::filesystem::create_directories(folder);
  if (!write_keys(s, folder / (base::iso(today_at_least(reader)) + ".nzk"))) return;
  // Nothing goes by a day that nobody vouches for.
  if (!clock_unsure(reader)) drop_old_key_copies(folder, reader.today(), reader.setting("erasure.key_backup_days", std::int64_t{30}));
}

namespace {

store::Rotation rotation(const store::Reader& reader) {
  store::Rotation keep;
  keep.days = static_cast<int>(reader.setting("backup.keep_days", std::int64_t{7}));
  keep.weeks = static_cast<int>(reader.setting("backup.keep_weeks", std::int64_t{4}));
  keep.months = static_cast<int>(reader.setting("backup.keep_months", std::int64_t{12}));
  return keep;
}

// A clock that was ahead has named them: they would stand as the newest for years. They get the last days that have none.
void bring_from_the_future(const std::filesystem::path& folder, base::Day today) {
  auto free = today;
  for (const auto& b : store::backups_in(folder)) {
    if (b.day <= today) break;
    std::filesystem::path to;
    do to = folder / (base::iso(--free) + ".nzb");
    while (std::filesystem::exists(to));
    std::error_code none;
    std::filesystem::rename(b.file, to, none);
    if (!none) spdlog::warn("a backup bore a day that is still to come; it is {} now", to.filename().string());
  }
}

}  // namespace

BackedUp back_up(store::Store& s) {
  const auto reader = s.reader(store::Viewer{});
  const auto folder = s.folder() / "backup";
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  if (!clock_unsure(reader)) bring_from_the_future(folder, reader.today());
  BackedUp done;
  done.file = folder / (base::iso(today_at_least(reader)) + ".nzb");
  // The keys after the facts were copied, so that each has its key there, and before the backup has its name: none is ever without them.
  done.head = store::write_backup(s, done.file, key_of(s), store::township_key(s.folder()), [&] { write_key_copy_of_today(s); });
  const auto there = store::backups_in(folder);
  std::vector<base::Day> days;
  for (const auto& b : there) days.push_back(b.day);
  const auto gone = clock_unsure(reader) ? std::vector<base::Day>{} : store::to_rotate(days, reader.today(), rotation(reader));
  for (const auto& b : there)
    if (std::error_code none; b.file != done.file && std::ranges::find(gone, b.day) != gone.end()) done.rotated += std::filesystem::remove(b.file, none);
  // What two backups hold need not be in the second journal as well: one of them may lie on a page that goes bad.
  if (auto* second = store::second_differs(s.folder()) ? nullptr : s.second())
    for (const auto& b : there) {
      if (b.file == done.file) continue;
      if (const auto older = store::look_at_backup(b.file)) {
        done.segments = second->drop_covered(older->positions);
        break;
      }
    }
  spdlog::info("a backup of {} facts stands; {} older ones and {} files of the second journal went", done.head.facts, done.rotated, done.segments);
  return done;
}

namespace {
std::string named_on_stick(store::Store& s) { return "nuanzhan-" + s.origin().text().substr(28) + "-"; }
std::filesystem::path todays_on(const std::filesystem::path& folder, store::Store& s) {
  return folder / (named_on_stick(s) + base::iso(today_at_least(s.reader(store::Viewer{}))) + ".nzb");
}

// What is left of this kiosk's own where a stick was pulled out: nobody would ever go on with it, and each is as large as a backup.
void sweep_stick(const std::filesystem::path& folder, store::Store& s) {
  std::error_code none;
  for (const auto& file : files_on_stick(folder, named_on_stick(s), ".nzb.part")) std::filesystem::remove(file, none);
}

// As on the disk, or a stick that is always there would be full one day.
void rotate_on_stick(const std::filesystem::path& folder, store::Store& s) {
  const auto reader = s.reader(store::Viewer{});
  if (clock_unsure(reader)) return;
  std::map<base::Day, std::filesystem::path> there;
  std::vector<base::Day> days;
  const auto ours = named_on_stick(s);
  for (const auto& file : files_on_stick(folder, ours, ".nzb")) {
    base::Day day;
    if (!base::parse_day(file.stem().string().substr(ours.size()), day)) continue;
    there.emplace(day, file);
    days.push_back(day);
  }
  std::error_code none;
  for (const auto day : store::to_rotate(std::move(days), reader.today(), rotation(reader))) std::filesystem::remove(there.at(day), none);
}

}  // namespace

std::vector<std::filesystem::path> files_on_stick(const std::filesystem::path& folder, std::string_view begins, std::string_view ends) {
  std::vector<std::filesystem::path> found;
  std::error_code none;
  for (std::filesystem::directory_iterator at(folder, none), end; !none && at != end; at.increment(none))
    if (const auto name = at->path().filename().string(); name.starts_with(begins) && name.ends_with(ends)) found.push_back(at->path());
  return found;
}

std::filesystem::path on_stick(const std::filesystem::path& folder, const store::Store& s, std::string_view ending) {
  return folder / (("nuanzhan-" + s.origin().text().substr(28)) += ending);
}

std::span<const std::filesystem::path> mounts() {
  static const std::array<std::filesystem::path, 3> all{"/media", "/run/media", "/mnt"};
  return all;
}

std::vector<std::filesystem::path> sticks_below(std::span<const std::filesystem::path> mounts) {
  std::vector<std::filesystem::path> found;
  const auto look = [&](const std::filesystem::path& at) {
    std::error_code none;
    if (std::filesystem::is_directory(at / "nuanzhan", none)) found.push_back(at / "nuanzhan");
  };
  // A stick may go while its folders are listed: then there are no more of them.
  const auto each = [](const std::filesystem::path& in, const auto& see) {
    std::error_code none;
    for (std::filesystem::directory_iterator at(in, none), end; !none && at != end; at.increment(none))
      if (std::error_code gone; at->path().filename() != "nuanzhan" && at->is_directory(gone)) see(at->path());
  };
  for (const auto& mount : mounts) {
    look(mount);
    each(mount, [&](const auto& first) {
      look(first);
      each(first, look);
    });
  }
  return found;
}

int back_up_to_sticks(store::Store& s, std::span<const std::filesystem::path> mounts) {
  int done = 0;
  for (const auto& stick : sticks_below(mounts)) {
    // While the day is unsure it stands still: then what is in it tells.
    if (std::error_code none; std::filesystem::exists(todays_on(stick, s), none)) {
      const auto has = s.clock_unsure() ? store::look_at_backup(todays_on(stick, s)) : std::nullopt;
      if (!has || has->positions == s.positions()) continue;
    }
    try {
      const auto file = back_up_to(s, stick);
      if (!file) {
        spdlog::warn("a stick is at hand, but there is no township key: nobody could open a backup on it");
        return done;
      }
      ++done;
      rotate_on_stick(stick, s);
    } catch (const std::exception& e) {
      const auto* why = dynamic_cast<const std::system_error*>(&e);
      spdlog::error("no backup on the stick: {}", why != nullptr ? why->code().message() : std::string(e.what()));
    }
  }
  return done;
}

std::expected<std::filesystem::path, std::string_view> back_up_to(store::Store& s, const std::filesystem::path& folder) {
  const auto township = store::township_key(s.folder());
  if (!township) return std::unexpected(std::string_view("no_township_key"));
  const auto file = todays_on(folder, s);
  sweep_stick(folder, s);
  (void)store::write_backup(s, file, key_of(s), township, [&] {
    // One name, so that the next backup on this stick takes an older one's place: a key that was destroyed meanwhile goes from there too.
    (void)write_keys(s, on_stick(folder, s, ".nzk"));
  });
  return file;
}

bool backup_due(store::Store& s) {
  const auto reader = s.reader(store::Viewer{});
  if (reader.count("SELECT count(*) FROM (SELECT 1 FROM journal_fact LIMIT 1)") == 0) return false;
  const auto there = store::backups_in(s.folder() / "backup");
  const auto newest = there.empty() ? std::nullopt : store::look_at_backup(there.front().file);
  if (!newest) return true;
  const auto every = std::chrono::hours{reader.setting("backup.every_h", std::int64_t{24})};
  if (newest->made > reader.now() || newest->made + every <= reader.now()) return true;
  for (const auto& [origin, p] : begins(s)) {
    const auto has = newest->positions.find(origin);
    if (p.seq > 0 && (has == newest->positions.end() || has->second.seq < p.seq)) return true;
  }
  return false;
}

}  // namespace village
