#include "village/photos.h"

#include "base/durable_file.h"
#include "base/ids.h"
#include "store/forget.h"
#include "store/heal.h"
#include "village/faces.h"
#include "village/file_copies.h"
#include "village/rights.h"

#include <fcntl.h>
#include <unistd.h>
#include <chrono>
#include <utility>

namespace village {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder = "photos/", ending = ".jpg";

// photos/<uuid>.jpg and nothing else: a path comes out of a fact, and facts may come from other machines.
bool ours(std::string_view path) {
  if (!path.starts_with(folder) || !path.ends_with(ending)) return false;
  path.remove_prefix(folder.size());
  path.remove_suffix(ending.size());
  return path.size() == 36 && base::Uuid::parse(path).has_value();
}

}  // namespace

std::string_view name(PhotoRefusal refusal) {
  switch (refusal) {
    case PhotoRefusal::no_right: return "no_right";
    case PhotoRefusal::unknown: return "unknown";
    case PhotoRefusal::photo_no_consent: return "photo_no_consent";
    case PhotoRefusal::photo_off: return "photo_off";
  }
  std::unreachable();
}

NewPhoto::NewPhoto(const fs::path& data, std::string_view jpeg) : data_(data), path_(std::string(folder) + base::IdMaker().next(base::SystemClock().now()).text() + std::string(ending)) {
  std::error_code made;
  if (fs::create_directory(data_ / folder, made)) {
    fs::permissions(data_ / folder, fs::perms::owner_all, made);
    if (const int fd = ::open(data_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
      ::fsync(fd);
      ::close(fd);
    }
  }
  base::DurableFile file(data_ / path_);
  file.write(jpeg);
  file.keep();
}

NewPhoto::~NewPhoto() {
  if (kept_) return;
  std::error_code none;
  fs::remove(data_ / path_, none);
}

bool shows_photos(const store::Reader& reader) { return reader.setting("people.photos", std::int64_t{1}) != 0; }

std::expected<PersonId, PhotoRefusal> set_photo(store::Act& act, PersonId person, const std::string& path) {
  if (!act.may(right::save_person)) return std::unexpected(PhotoRefusal::no_right);
  if (!person_exists(act, person) || !ours(path)) return std::unexpected(PhotoRefusal::unknown);
  if (!shows_photos(act)) return std::unexpected(PhotoRefusal::photo_off);
  if (!consent_version(act, person, "photo")) return std::unexpected(PhotoRefusal::photo_no_consent);
  if (!save_person(act, {.id = person, .photo = path})) return std::unexpected(PhotoRefusal::unknown);
  return person;
}

std::expected<PersonId, PhotoRefusal> set_portrait(store::Act& act, PersonId person, const std::string& portrait) {
  if (!act.may(right::save_person)) return std::unexpected(PhotoRefusal::no_right);
  if (!save_person(act, {.id = person, .portrait = portrait, .photo = std::string{}})) return std::unexpected(PhotoRefusal::unknown);
  return person;
}

void drop_photo(const fs::path& data, const std::string& path) {
  if (ours(path)) store::remove_emptied(data / path);
}

std::set<std::string> named_photos(const store::Reader& reader) {
  std::set<std::string> named;
  for (auto rows = reader.query("SELECT photo FROM village_person WHERE photo <> ''"); const auto row : rows) named.insert(row.get<std::string>(0));
  return named;
}

std::vector<NamedFile> photo_files(const store::Reader& reader) {
  std::vector<NamedFile> files;
  for (auto rows = reader.query("SELECT id, photo FROM village_person WHERE photo <> ''"); const auto row : rows)
    if (auto path = row.get<std::string>(1); ours(path)) {
      const auto id = base::Uuid::parse(std::string_view(path).substr(folder.size(), 36)).value();
      files.push_back({.path = std::move(path), .id = id, .owner = row.get<base::Uuid>(0)});
    }
  return files;
}

int sweep_photos(const fs::path& data, const std::set<std::string>& named, base::Instant never_before) {
  int gone = 0;
  std::error_code error;
  std::vector<std::string> unnamed;
  // Where the keys of some are missing their photos have no name either, until the keys are found.
  if (fs::exists(data / store::without_keys_mark, error)) return 0;
  for (fs::directory_iterator at(data / folder, error), end; !error && at != end; at.increment(error)) {
    auto path = std::string(folder) + at->path().filename().string();
    if (ours(path) && !named.contains(path) && left_alone_long_enough(at->path(), never_before)) unnamed.push_back(std::move(path));
  }
  for (const auto& path : unnamed) gone += fs::remove(data / path, error) ? 1 : 0;
  return gone;
}

}  // namespace village
