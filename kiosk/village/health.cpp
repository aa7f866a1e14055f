#include "village/health.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "village/backups.h"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace village {
namespace {

struct Check { base::Instant at; bool damaged = false, second_damaged = false; };

std::optional<Check> last_check(const std::filesystem::path& data) {
  std::ifstream in(data / "health.json");
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || !json.contains("at") || !json["at"].is_number_integer()) return std::nullopt;
  return Check{base::Instant{std::chrono::milliseconds{json["at"].get<std::int64_t>()}}, json.value("damaged", false), json.value("second_damaged", false)};
}

// When this machine first opened the village: its key was made then. A village that came from elsewhere, or a demo, has old facts.
std::chrono::file_clock::time_point here_since(const std::filesystem::path& data) {
  std::error_code none;
  const auto made = std::filesystem::last_write_time(data / "kiosk.key", none);
  return none ? std::chrono::file_clock::now() : made;
}

}  // namespace

std::string_view name(Trouble t) {
  constexpr std::string_view names[] = {"read_only", "damaged", "second_differs", "second_key", "second_failed", "second_away", "second_damaged", "disk_nearly_full", "backup_old", "clock_behind", "mended"};
  return names[static_cast<std::size_t>(t)];
}

bool read_only(const std::filesystem::path& folder) {
  struct statvfs about{};
  if (::statvfs(folder.c_str(), &about) == 0 && (about.f_flag & ST_RDONLY) != 0) return true;
  // Newer kernels leave that flag alone after an error (ext4's emergency_ro); whoever opens something to write hears of it. Nothing is written.
  // Never the database: closing it here would drop the locks that SQLite holds on it.
  const int fd = ::open((folder / "kiosk.lock").c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return errno == EROFS;
  ::close(fd);
  return false;
}

namespace {

bool encrypted_device(const std::filesystem::path& device) {
  std::string uuid;
  if (std::ifstream file(device / "dm/uuid"); std::getline(file, uuid) && uuid.starts_with("CRYPT-")) return true;
  bool all = true, any = false;
  std::error_code none;
  for (const auto& below : std::filesystem::directory_iterator(device / "slaves", none)) any = true, all = all && encrypted_device(below.path());
  return any && all;
}

}  // namespace

std::optional<bool> encrypted(const std::filesystem::path& folder, const std::filesystem::path& sys) {
  struct stat about{};
  if (::stat(folder.c_str(), &about) != 0) return std::nullopt;
  const auto device = sys / "dev/block" / (std::to_string(major(about.st_dev)) + ":" + std::to_string(minor(about.st_dev)));
  if (std::error_code none; !std::filesystem::exists(device, none)) return std::nullopt;
  return encrypted_device(device);
}

bool nearly_full(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && (space.available < little_room_bytes || space.available < space.capacity / 100 * little_room_percent);
}

std::vector<Trouble> troubles(const store::Reader& reader) {
  std::vector<Trouble> found;
  auto& store = reader.store();
  if (read_only(store.folder())) found.push_back(Trouble::read_only);
  if (found_damaged(store.folder())) found.push_back(Trouble::damaged);
  using Second = store::Store::SecondState::Trouble;
  switch (store.second_state().trouble) {
    case Second::differs: found.push_back(Trouble::second_differs); break;
    case Second::no_key: found.push_back(Trouble::second_key); break;
    case Second::failed: found.push_back(Trouble::second_failed); break;
    case Second::away: found.push_back(Trouble::second_away); break;
    case Second::none:
      if (store::second_differs(store.folder())) found.push_back(Trouble::second_differs);
      if (const auto last = last_check(store.folder()); last && last->second_damaged) found.push_back(Trouble::second_damaged);
      break;
  }
  if (nearly_full(store.folder())) found.push_back(Trouble::disk_nearly_full);
  const auto backups = store::backups_in(store.folder() / "backup");
  const auto newest = backups.empty() ? std::nullopt : store::look_at_backup(backups.front().file);
  const auto late = std::chrono::hours{3 * reader.setting("backup.every_h", std::int64_t{24})};
  if (newest ? newest->made + late < reader.now() : here_since(store.folder()) + late < std::chrono::file_clock::now()) found.push_back(Trouble::backup_old);
  if (store.clock_unsure()) found.push_back(Trouble::clock_behind);
  if (std::error_code none; std::filesystem::exists(store.folder() / "damaged-1", none)) found.push_back(Trouble::mended);
  return found;
}

namespace {
// Every byte of it can be read: what fails here is the disk, or a right, and not the backup.
bool reads(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string piece(std::size_t{1} << 20, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size()))) {}
  return in.eof() && !in.bad();
}

// A file may go bad where it lies: a backup that does not open is none. One a night: what takes them all is not the files.
void set_bad_backup_aside(const store::Store& store) {
  const auto key = store::machine_key(store.folder(), false);
  const auto all = store::backups_in(store.folder() / "backup");
  if (!key || all.empty() || !reads(all.front().file)) return;
  const auto& file = all.front().file;
  const auto wrong = store::wrong_with_backup(file, {key, nullptr}, store.folder() / "backup.check");
  // One that another key opens (this machine's was made anew) is the township's to open.
  if (wrong != store::BackupRefusal::damaged && wrong != store::BackupRefusal::not_a_backup) return;
  spdlog::error("the newest backup does not open any more: it is set aside");
  std::error_code none;
  auto to = std::filesystem::path(file) += ".bad";
  for (int i = 2; std::filesystem::exists(to, none); ++i) to = std::filesystem::path(file) += ".bad-" + std::to_string(i);
  std::filesystem::rename(file, to, none);
}
}  // namespace

void check_fully(store::Store& store) {
  const auto damage = store::look_for_damage(store);
  if (damage.any()) spdlog::error("the full check found the database damaged: chain {}, {} facts differ, {} only in the second journal, tables {}", damage.chain.broken_at, damage.differing, damage.second_only, damage.tables_differ);
  if (damage.second.damaged > 0) spdlog::error("the full check found {} damaged places in the second journal", damage.second.damaged);
  base::DurableFile out(store.folder() / "health.json");
  out.write(nlohmann::json{{"at", store.clock().now().time_since_epoch().count()}, {"damaged", damage.any()}, {"second_damaged", damage.second.damaged > 0}}.dump());
  out.keep();
  try {
    set_bad_backup_aside(store);
  } catch (const std::system_error& e) {
    spdlog::error("the newest backup was not opened: {}", e.code().message());  // no room; the disk itself
  }
}

bool found_damaged(const std::filesystem::path& data) {
  const auto last = last_check(data);
  return last && last->damaged;
}

void say_mended(const std::filesystem::path& data) {
  std::error_code none;
  std::filesystem::remove(data / "health.json", none);  // a full check is due
  // What differs may lie on the device that is away now: it is looked for again when that is back.
  if (!store::second_away(data)) store::mark_second_differs(data, false);
}

bool check_due(store::Store& store) {
  const auto last = last_check(store.folder());
  const auto now = store.clock().now();
  return !last || last->at > now || last->at + std::chrono::hours{24} <= now;
}

}  // namespace village
