#include "village/file_copies.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "store/file_copy.h"
#include "store/heal.h"
#include "store/sealed.h"
#include "village/backups.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace village {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view gone_ending = ".gone", part_ending = ".part";

// One hand at a time: a copy's part has the name of its file.
class Alone {
 public:
  explicit Alone(const fs::path& folder) : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "the folder of copies does not open");
    while (::flock(fd_, LOCK_EX) != 0)
      if (errno != EINTR) break;  // a file system without locks: then there is no second program on it either
  }
  ~Alone() { ::close(fd_); }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

 private:
  int fd_;
};

std::optional<std::string> bytes_of(const fs::path& file, std::size_t at_most = store::sealed_at_most) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes(at_most + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad() || bytes.size() > at_most) return std::nullopt;
  return bytes;
}

struct There {
  bool copy = false, gone = false, named = false;
  std::uintmax_t size = 0;  // of the copy
};

// What lies in a folder of copies; what was left by half when a stick was pulled goes.
std::unordered_map<base::Uuid, There> what_is_in(const fs::path& folder) {
  std::unordered_map<base::Uuid, There> there;
  std::vector<fs::path> parts;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const auto id = base::Uuid::parse(std::string_view(name).substr(0, 36));
    if (!id || name.size() < 36) continue;
    const auto ending = std::string_view(name).substr(36);
    if (ending == part_ending) parts.push_back(entry.path());
    else if (ending == gone_ending) there[*id].gone = true;
    else if (ending.empty()) there[*id].copy = true, there[*id].size = entry.file_size();
  }
  for (const auto& part : parts) fs::remove(part);
  return there;
}

fs::path gone(const fs::path& copy) { return fs::path(copy) += gone_ending; }

bool of_somebody_erased(const fs::path& copy, const base::Uuid& id, const store::KeySet& keys) {
  std::ifstream in(copy, std::ios::binary);
  std::string head(store::file_copy_head, '\0');
  if (!in.read(head.data(), static_cast<std::streamsize>(head.size()))) return false;
  return std::ranges::any_of(keys.destroyed, [&](const auto& owner) { return store::is_file_of(head, owner, id); });
}

// Of what no fact names.
bool sweep(const fs::path& copy, const base::Uuid& id, const There& there, const store::Store& s, const store::KeySet& keys) {
  const auto now = there.copy ? copy : gone(copy);
  if (of_somebody_erased(now, id, keys)) {
    fs::remove(gone(copy));
    return fs::remove(copy) || !there.copy;
  }
  const auto clock = fs::file_time_type::clock::now();
  if (there.copy) {
    fs::last_write_time(copy, clock);
    fs::rename(copy, gone(copy));
    return false;
  }
  return !s.clock_unsure() && left_alone_long_enough(now, s.clock_never_before()) && fs::remove(now);
}

bool opens(const fs::path& copy, const store::PersonKey& key, const NamedFile& file) {
  const auto sealed = bytes_of(copy, store::file_copy_size(store::sealed_at_most));
  auto bytes = sealed ? store::open_file(*sealed, key, file.owner, file.id) : std::nullopt;
  if (bytes) store::wipe(*bytes);
  return bytes.has_value();
}

void write_copy(const fs::path& to, std::string bytes, const store::PersonKey& key, const NamedFile& file) {
  const auto sealed = store::seal_file(bytes, key, file.owner, file.id);
  base::DurableFile out(to);
  out.write(sealed);
  out.force();
  const auto read = bytes_of(out.part(), sealed.size());
  auto again = read ? store::open_file(*read, key, file.owner, file.id) : std::nullopt;
  const bool same = again && *again == bytes;
  store::wipe(bytes);
  if (again) store::wipe(*again);
  if (!same) throw std::runtime_error("a copy does not read back as it was written");
  out.keep();
}

}  // namespace

bool left_alone_long_enough(const fs::path& file, base::Instant never_before) {
  constexpr auto kept = std::chrono::days(7);
  const auto now = fs::file_time_type::clock::now();
  std::error_code none;
  const auto since = fs::last_write_time(file, none);
  if (none) return false;
  if (fs::file_time_type::clock::to_sys(since) < never_before || since > now) {
    fs::last_write_time(file, now, none);
    return false;
  }
  return since + kept < now;
}

fs::path own_copies(const fs::path& data) { return data / "backup" / (std::string("kept") += copies_ending); }

std::vector<fs::path> copies_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code none;
  for (fs::directory_iterator at(folder, none), end; !none && at != end; at.increment(none))
    if (std::error_code gone_meanwhile; at->path().extension() == copies_ending && at->is_directory(gone_meanwhile)) found.push_back(at->path());
  std::ranges::sort(found);
  return found;
}

std::vector<fs::path> copies_at_hand(const fs::path& data) {
  auto all = copies_in(data / "backup");
  std::ranges::copy(copies_in(store::second_folder(data)), std::back_inserter(all));
  return all;
}

CopiedFiles copy_files(store::Store& s, std::span<const NamedFile> files, const fs::path& to, int at_most, int read_again) {
  CopiedFiles done;
  s.keys().look();
  // Who cannot read the keys knows neither what to seal nor what is named: nothing is made and nothing goes.
  if (s.keys().state() != store::PersonKeys::State::ready) {
    done.no_key = static_cast<int>(std::ranges::count(files, false, &NamedFile::over));
    return done;
  }
  std::error_code none;
  if (!fs::is_directory(to, none)) {
    if (std::ranges::all_of(files, &NamedFile::over)) return done;
    fs::create_directory(to);
    fs::permissions(to, fs::perms::owner_all, none);  // a stick's file system may know no rights
  }
  // Where the keys of some are missing what is theirs has no name, until the keys are found.
  const bool some_missing = fs::exists(s.folder() / store::without_keys_mark);
  const Alone alone(to);
  auto there = what_is_in(to);
  std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<std::size_t> one_of(0, std::max<std::size_t>(files.size(), 1) - 1);
  for (const auto& file : files) {
    const auto copy = to / file.id.text();
    auto& is = there[file.id];
    if (std::exchange(is.named, true)) continue;
    if (file.over) {
      const bool was = fs::remove(copy), was_gone = fs::remove(gone(copy));
      done.went += was || was_gone;
      continue;
    }
    const auto size = fs::file_size(s.folder() / file.path, none);
    if (none && !is.copy && !is.gone) {
      ++done.missing;
      continue;
    }
    // As long as it should be: a stick that was pulled out, or a disk that lies, may have cut it.
    const auto* key = s.keys().find(file.owner);
    const bool looks_whole = is.copy && (none || is.size == store::file_copy_size(size));
    if (looks_whole && (key == nullptr || std::cmp_greater_equal(one_of(random), read_again) || opens(copy, *key, file))) {
      ++done.kept;
      continue;
    }
    if (!is.copy && is.gone) {
      fs::rename(gone(copy), copy);  // looked at the next time
      ++done.kept;
      continue;
    }
    if (key == nullptr) {
      ++done.no_key;
      continue;
    }
    if (none) {
      ++done.missing;
      continue;
    }
    if (done.copied >= at_most) {
      ++done.left;
      continue;
    }
    auto bytes = bytes_of(s.folder() / file.path);
    if (!bytes) {
      ++done.missing;
      continue;
    }
    write_copy(copy, std::move(*bytes), *key, file);
    ++done.copied;
    ++done.kept;
  }
  for (const auto& [id, is] : there)
    if (!is.named && !some_missing) done.went += sweep(to / id.text(), id, is, s, s.keys().all());
  return done;
}

void copy_files_everywhere(store::Store& s, std::span<const NamedFile> files, std::span<const fs::path> mounts) {
  std::vector<fs::path> places;
  std::error_code none;
  if (fs::is_directory(s.folder() / "backup", none)) places.push_back(own_copies(s.folder()));
  (void)s.second();  // it says where it is once it is open
  if (const auto& second = s.second_state(); second.kept && !second.same_device) places.push_back(second.folder / own_copies({}).filename());
  if (store::township_key(s.folder()))
    for (const auto& stick : sticks_below(mounts)) places.push_back(on_stick(stick, s, copies_ending));
  for (const auto& place : places) try {
      const auto done = copy_files(s, files, place, copies_a_turn, read_again_a_turn);
      if (done.copied + done.went > 0) spdlog::info("{} files of people were copied, {} copies went, {} wait for the next turn", done.copied, done.went, done.left);
    } catch (const std::exception& e) {
      // A path may name a village: the reason alone.
      const auto* why = dynamic_cast<const std::system_error*>(&e);
      spdlog::error("photos and recordings were not all copied: {}", why != nullptr ? why->code().message() : std::string(e.what()));
    }
}

BroughtFiles bring_files_back(const fs::path& data, std::span<const NamedFile> files, store::PersonKeys& keys, std::span<const fs::path> from) {
  BroughtFiles done;
  std::error_code none;
  for (const auto& file : files) {
    if (file.over || fs::exists(data / file.path, none)) continue;
    const auto* key = keys.find(file.owner);
    bool back = false;
    for (auto folder = from.begin(); key != nullptr && !back && folder != from.end(); ++folder)
      for (const auto& copy : {*folder / file.id.text(), gone(*folder / file.id.text())}) {
        const auto sealed = bytes_of(copy, store::file_copy_size(store::sealed_at_most));
        auto bytes = sealed ? store::open_file(*sealed, *key, file.owner, file.id) : std::nullopt;
        if (!bytes) continue;
        if (const auto at = (data / file.path).parent_path(); fs::create_directories(at)) fs::permissions(at, fs::perms::owner_all);
        base::DurableFile out(data / file.path);
        out.write(*bytes);
        store::wipe(*bytes);
        out.keep();
        back = true;
        break;
      }
    ++(back ? done.back : done.missing);
  }
  return done;
}

FileCheck check_files(const fs::path& data, std::span<const NamedFile> files) {
  FileCheck check;
  std::error_code none;
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  const auto places = copies_at_hand(data);
  for (const auto& file : files) {
    if (file.over) continue;
    ++check.named;
    const bool copied = std::ranges::any_of(places, [&](const auto& place) { return fs::exists(place / file.id.text(), none); });
    if (!fs::exists(data / file.path, none)) {
      ++check.missing;
      check.missing_with_copy += copied;
    } else if (const auto since = fs::last_write_time(data / file.path, none); !copied && !none && since < yesterday) {
      ++check.without_copy;
    }
  }
  return check;
}

}  // namespace village
