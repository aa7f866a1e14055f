// The store and its second journal: what one lost is taken from the other.
#include "store/act.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "base/text.h"
#include "store/ballast.h"
#include "store/journal.h"
#include "store/write_lock.h"

#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace store {
namespace {

// More than this is not copied into the second journal: it begins anew instead, and a backup is due. Ours: a week of a busy village.
constexpr std::int64_t copied_at_most = 20'000;
constexpr std::size_t copied_together = 1000;  // facts a record: each is forced, and a card takes its time

ChainHead head_of(const std::string& bytes) {
  ChainHead head{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), head.size()), reinterpret_cast<char*>(head.data()));
  return head;
}

ChainHead chain_at(Database& db, std::int64_t origin_number, std::int64_t seq) {
  for (auto rows = db.query("SELECT chain FROM journal_fact WHERE origin = ? AND seq = ?", origin_number, seq); const auto row : rows) return head_of(row.get<std::string>(0));
  return {};
}

bool same_device(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat one{}, other{};
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev;
}

}  // namespace

std::filesystem::path second_folder(const std::filesystem::path& data) {
  std::string line;
  if (std::ifstream in(data / "second.at"); in && std::getline(in, line))
    if (const auto named = base::trimmed(line); !named.empty()) return std::string(named);
  return data / "second";
}

std::vector<std::filesystem::path> second_folders(const std::filesystem::path& data) {
  std::vector<std::filesystem::path> all;
  std::error_code none;
  for (const auto& folder : {second_folder(data), data / "second"})
    if (std::filesystem::is_directory(folder, none) && std::ranges::find(all, folder) == all.end()) all.push_back(folder);
  return all;
}

namespace {
constexpr std::string_view differs_mark = "second.differs";
// The second journal's own folder as it is named, once it has been seen on a device of its own.
constexpr std::string_view elsewhere_mark = "second.elsewhere";

bool seen_elsewhere(const std::filesystem::path& data, const std::filesystem::path& named) {
  std::string once;
  std::ifstream in(data / elsewhere_mark);
  return std::getline(in, once) && once == named.string();
}

void remember_elsewhere(const std::filesystem::path& data, const std::filesystem::path& named) {
  if (seen_elsewhere(data, named)) return;
  try {
    base::DurableFile mark(data / elsewhere_mark);
    mark.write(named.string() + "\n");
    mark.keep();
  } catch (const std::exception&) {
    spdlog::warn("that the second journal has a device of its own could not be written down");
  }
}

// The data's own device, or the system's: where a mount point lies.
bool at_home(const std::filesystem::path& folder, const std::filesystem::path& data) { return same_device(folder, data) || same_device(folder, "/"); }
}

bool on_its_bare_mount_point(const std::filesystem::path& data, const std::filesystem::path& named) {
  return seen_elsewhere(data, named) && at_home(::access(named.c_str(), F_OK) == 0 ? named : named.parent_path(), data);
}

bool second_differs(const std::filesystem::path& data) {
  std::error_code none;
  return std::filesystem::exists(data / differs_mark, none);
}

void mark_second_differs(const std::filesystem::path& data, bool differs) {
  std::error_code none;
  if (!differs) {
    std::filesystem::remove(data / differs_mark, none);
    return;
  }
  base::DurableFile mark(data / differs_mark);
  mark.keep();
}

bool second_away(const std::filesystem::path& data) {
  const auto named = second_folder(data);
  if (named == data / "second") return false;
  if (on_its_bare_mount_point(data, named)) return true;
  // A mount point without its device is an empty folder.
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(named, none))
    if (entry.path().extension() == ".nzj") return false;
  return true;
}

SecondJournal* Store::second() {
  if (second_ || !keeps_second_) return second_.get();
  keeps_second_ = false;  // asked once: whoever begins the store anew asks again
  const auto named = second_folder(folder_), own = folder_ / "second";
  try {
    const auto key = machine_key(folder_, true);
    if (!key) {
      second_state_.trouble = SecondState::Trouble::no_key;
      spdlog::error("the second journal is not kept: kiosk.key is damaged");
      return nullptr;
    }
    const auto township = township_key(folder_);
    try {
      if (on_its_bare_mount_point(folder_, named)) throw std::system_error(ENODEV, std::generic_category());
      second_ = std::make_unique<SecondJournal>(named, *key, township);
      if (named != own && second_->gives_nothing()) throw std::system_error(EIO, std::generic_category());
      if (named != own && !at_home(named, folder_)) remember_elsewhere(folder_, named);
    } catch (const std::system_error& e) {
      if (named == own) throw;
      second_state_.trouble = SecondState::Trouble::away;
      spdlog::warn("the second journal's own device is away ({}); it goes on beside the database", e.code().message());
      second_ = std::make_unique<SecondJournal>(own, *key, township);
    }
    second_state_.kept = true;
    second_state_.folder = second_->folder();
    second_state_.same_device = same_device(second_->folder(), folder_);
  } catch (const std::exception& e) {
    second_failed(e);
  }
  return second_.get();
}

// The person is not kept waiting for a card that died: the database alone has it then, and staff are told.
void Store::second_failed(const std::exception& e) {
  const auto* why = dynamic_cast<const std::system_error*>(&e);
  spdlog::error("the second journal is not kept any more: {}", why != nullptr ? why->code().message() : std::string("it does not read"));
  if (dynamic_cast<const SQLite::Exception*>(&e) != nullptr) doubt();  // it was the database that failed
  second_.reset();
  second_state_.kept = false;
  if (second_state_.trouble == SecondState::Trouble::none || second_state_.trouble == SecondState::Trouble::away) second_state_.trouble = SecondState::Trouble::failed;
}

void Store::try_second_again() {
  if (keys_->copy() != PersonKeys::Copy::kept) try {
      const WriteLock lock(*db_, 50);  // the frames wait meanwhile
      keys_->look();
      keys_->mend_copy();
    } catch (const std::exception&) {
      spdlog::warn("the copy of the persons' keys is not looked after now: another program writes, or the disk does not give them");
    }
  if (unsettled_) (void)settle_erasures();
  if (second_state_.trouble != SecondState::Trouble::away && second_state_.trouble != SecondState::Trouble::failed) return;
  second_.reset();
  second_state_ = {};
  keeps_second_ = true;
  reconcile_second();
}

SecondJournal::Positions Store::positions_in(Database& db) {
  SecondJournal::Positions all;
  // CROSS: one look-up an origin; the other way round SQLite reads every fact.
  for (auto rows = db.query("SELECT o.origin, f.seq, f.chain FROM journal_origin o CROSS JOIN journal_fact f ON f.origin = o.number "
                              "AND f.seq = (SELECT max(seq) FROM journal_fact WHERE origin = o.number)");
       const auto row : rows)
    all[row.get<base::Uuid>(0)] = {row.get<std::int64_t>(1), head_of(row.get<std::string>(2))};
  return all;
}

// Facts that the database has and the second journal lacks, below `own_seq` of our own origin: copied, or it begins anew here.
void Store::catch_up_second(std::int64_t own_seq) {
  auto have = positions();
  if (auto own = have.find(origin_); own != have.end() && own->second.seq >= own_seq) {
    own->second.seq = own_seq - 1;
    own->second.head = chain_at(*db_, origin_number_, own_seq - 1);
    if (own->second.seq <= 0) have.erase(own);
  }
  const auto there = second_->positions();
  std::int64_t behind = 0;
  for (const auto& [origin, p] : have) {
    const auto found = there.find(origin);
    behind += std::max<std::int64_t>(0, p.seq - (found == there.end() ? 0 : found->second.seq));
  }
  if (behind == 0) return;
  if (there.empty() || behind > copied_at_most) {
    second_->begin(have);
    return;
  }
  for (const auto& [origin, p] : have) {
    const auto found = there.find(origin);
    std::vector<SecondJournal::Entry> entries;
    auto rows = db_->query("SELECT " + std::string(journal::columns) +
                               " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE o.origin = ? AND f.seq > ? AND f.seq <= ? ORDER BY f.seq",
                           origin, found == there.end() ? 0 : found->second.seq, p.seq);
    for (const auto row : rows) {
      entries.push_back({journal::read(row), head_of(row.get<std::string>(17))});
      if (entries.size() < copied_together) continue;
      second_->append(entries);
      entries.clear();
    }
    second_->append(entries);
  }
}

void Store::write_second(std::span<const SecondJournal::Entry> said) {
  if (second() == nullptr) return;
  const auto write = [&] {
    const auto& there = second_->look();
    const auto first = std::ranges::find_if(said, [&](const auto& e) { return e.fact.origin == origin_; });
    const auto own = there.find(origin_);
    // What another program's bulk brought, or what was said while the device was away.
    if (there.empty() || (first != said.end() && first->fact.seq != (own == there.end() ? 0 : own->second.seq) + 1))
      catch_up_second(first != said.end() ? first->fact.seq : seq_ + 1);
    second_->append(said);
  };
  try {
    try {
      write();
    } catch (const std::system_error& e) {
      // On the database's own disk, and that is full: the room kept for this moment is for it too.
      if (e.code() != std::errc::no_space_on_device || !second_state_.same_device || !free_ballast(folder_)) throw;
      write();
    }
  } catch (const std::exception& e) {
    second_failed(e);
  }
}

void Store::unwrite_second() {
  if (!second_) return;
  try {
    second_->take_back();
  } catch (const std::exception& e) {
    second_failed(e);
  }
}

void Store::reconcile_second() {
  if (second() == nullptr) return;
  try {
    const auto there = second_->look();
    const auto have = positions();
    if (there == have) return;
    const auto lacks = [](const SecondJournal::Positions& these, const SecondJournal::Positions& those) {
      return std::ranges::any_of(those, [&](const auto& p) {
        const auto found = these.find(p.first);
        return p.second.seq > 0 && (found == these.end() || found->second.seq < p.second.seq);
      });
    };
    if (lacks(have, there)) {
      // From the newest segment before which nothing is missing.
      const auto numbers = second_->segments();
      auto from = numbers.empty() ? 0 : numbers.back();
      for (auto it = numbers.rbegin(); it != numbers.rend(); ++it) {
        from = *it;
        bool enough = false;
        (void)second_->each_from(*it, [&](const SecondJournal::Record& r) {
          enough = r.kind != SecondJournal::Record::Kind::transaction && !lacks(have, r.positions);
          return false;
        });
        if (enough) break;
      }
      second_state_.brought_back = bring_back(*second_, from).facts;
      if (second_state_.brought_back > 0) spdlog::warn("{} facts that the database had lost came back from the second journal", second_state_.brought_back);
    }
    {
      // Locked: what another program has appended and not yet committed would look like another history.
      const WriteLock lock(*db_);
      read_position();
      const auto now_there = second_->look();
      if (now_there.empty()) {
        if (const auto all = positions(); !all.empty()) second_->begin(all);
        return;
      }
      const auto own = now_there.find(origin_);
      if (own == now_there.end() || own->second.seq <= 0 || chain_at(*db_, origin_number_, own->second.seq) == own->second.head) return catch_up_second(seq_ + 1);
    }
    // What is said from here on must not take numbers that facts have which the second journal knows and this database lacks, or has otherwise.
    second_state_.trouble = SecondState::Trouble::differs;
    mark_second_differs(folder_, true);
    spdlog::error("the database and the second journal differ: what is said from now on is another life of this kiosk");
    new_origin();
    const WriteLock lock(*db_);
    second_->begin(positions());
  } catch (const std::exception& e) {
    second_failed(e);
  }
}

Store::BroughtBack Store::bring_back(const SecondJournal& second, std::uint64_t from_segment) {
  BroughtBack back;
  back.found = second.each_from(from_segment, [&](const SecondJournal::Record& r) {
    if (r.kind != SecondJournal::Record::Kind::transaction) return true;
    Act act(*this, Viewer{});
    const auto n = act.bring_back(r.entries);
    if (n < 0) {
      ++back.not_fitting;
      return true;
    }
    if (n > 0) (void)act.commit();
    back.facts += n;
    return true;
  });
  return back;
}

}  // namespace store
