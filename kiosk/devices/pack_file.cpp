// A pack's way into one zip file and out of it.
#include "base/durable_file.h"
#include "devices/audio.h"
#include "devices/packs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zip.h>
#include <algorithm>
#include <cerrno>
#include <functional>
#include <set>
#include <system_error>

namespace devices {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds longest_clip{60'000};
constexpr double too_loud_share = 0.001;  // of samples at full scale: heard as a rattle

struct TempFolder {
  fs::path path;
  explicit TempFolder(const fs::path& beside) {
    auto name = (beside / ".making-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "cannot write in " + beside.string());
    path = name;
    fs::permissions(path, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec);
  }
  ~TempFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
};

void force(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + path.string());
  const int failed = ::fsync(fd);
  const int why = errno;
  ::close(fd);
  if (failed != 0 && why != EINVAL && why != ENOTSUP)
    throw std::system_error(why, std::generic_category(), "cannot force to the disk " + path.string());
}

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

// The whole entry, its checksum compared; nothing where it is not whole.
std::optional<std::string> entry(zip_t* zip, zip_uint64_t index, std::uint64_t size) {
  std::unique_ptr<zip_file_t, decltype(&zip_fclose)> in(zip_fopen_index(zip, index, 0), &zip_fclose);
  if (!in) return std::nullopt;
  std::string bytes(size, '\0');
  std::uint64_t at = 0;
  while (at < size) {
    const auto n = zip_fread(in.get(), bytes.data() + at, size - at);
    if (n <= 0) return std::nullopt;
    at += static_cast<std::uint64_t>(n);
  }
  // The checksum is looked at where the entry ends.
  char more = 0;
  if (zip_fread(in.get(), &more, 1) != 0) return std::nullopt;
  return bytes;
}

// What an evened clip is called in a pack: a key may hold #, which no file name needs.
std::string file_of(std::string_view key, std::string_view ending) {
  std::string name(key);
  std::ranges::replace(name, '#', '_');
  return name + std::string(ending);
}

void write_zip(const fs::path& folder, const std::vector<std::string>& names, const fs::path& out) {
  base::DurableFile durable(out);
  int error = 0;
  Archive zip(zip_open(durable.part().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error), &zip_discard);
  if (!zip) throw std::system_error(EIO, std::generic_category(), "cannot write " + out.string());
  for (const auto& name : names) {
    auto* source = zip_source_file(zip.get(), (folder / name).c_str(), 0, -1);
    const auto index = source ? zip_file_add(zip.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      if (source) zip_source_free(source);
      throw std::runtime_error("the archive cannot take " + name);
    }
    // Sound is compressed already.
    if (name != "pack.toml") zip_set_file_compression(zip.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  if (zip_close(zip.get()) != 0)
    throw std::runtime_error(fmt::format("cannot write {}: {}", out.string(), zip_strerror(zip.get())));
  (void)zip.release();
  durable.reopen();
  durable.keep();
}

}  // namespace

Packed pack_file(const fs::path& folder, const fs::path& out, const std::vector<Line>& lines) {
  Packed done;
  auto read = read_pack(folder, done.wrong);
  if (!read) return done;
  auto& pack = *read;
  done.name = pack.name;
  std::map<std::string, const Line*> by_key;
  for (const auto& line : lines) by_key.emplace(line.key, &line);

  const auto parent = fs::absolute(out).parent_path();
  std::error_code error;
  if (!fs::is_directory(parent, error)) {
    done.wrong.push_back({parent.string(), 0, 0, "is no folder"});
    return done;
  }
  TempFolder made(fs::temp_directory_path());
  Pack even = pack;
  even.folder = made.path;
  even.clips.clear();
  std::vector<std::string> names{"pack.toml"};
  for (auto& [key, clip] : pack.clips) {
    const auto say = [&](std::string what) { done.wrong.push_back({clip.file, 0, 0, std::move(what)}); };
    const auto file = folder / clip.file;
    if (!fs::is_regular_file(file, error) || fs::is_symlink(file, error)) {
      say(fmt::format("is not there ({})", key));
      continue;
    }
    if (clip.text.empty()) {
      const auto line = by_key.find(key);
      if (line == by_key.end()) {
        say("nothing is spoken by this key, and no text says what it is; `nuanzhan voice list --missing` prints the keys");
        continue;
      }
      clip.text = line->second->text;
      done.notes.push_back(fmt::format("{}: taken to say today's words", clip.file));
    }
    if (form_of(clip.text, pack.language).text.empty()) {
      say("its text has no words");
      continue;
    }
    const auto audio = fs::file_size(file, error) <= 40 * most_clip_bytes ? read_audio(file) : nullptr;
    if (!audio) {
      say("is no sound that can be read");
      continue;
    }
    if (clipped_share(*audio) > too_loud_share) {
      say("was recorded too loud, it rattles; record it again, further from the microphone");
      continue;
    }
    auto clean = resampled(trimmed(*audio), clip_rate);
    if (clean.samples.empty()) {
      say("is silent");
      continue;
    }
    if (clean.lasts() > longest_clip) {
      say("is longer than a minute");
      continue;
    }
    clean = evened(clean);
    if (const auto is = loudness_lufs(clean); is && *is < clip_lufs - clip_lufs_within)
      done.notes.push_back(fmt::format("{}: stays {:.0f} dB quieter than the others, a bang in it leaves no room",
                                       clip.file, clip_lufs - *is));
    const auto name = file_of(key, ".ogg");
    if (!write_audio(made.path / name, clean, AudioFile::vorbis)) throw std::system_error(ENOSPC, std::generic_category(), made.path.string());
    even.clips[key] = {name, clip.text};
    names.push_back(name);
  }
  const auto stand = stand_of(pack, lines);
  for (const auto& key : stand.stale)
    done.notes.push_back(fmt::format("{}: was recorded for other words, \"{}\"; it is not played for today's", key, pack.clips.at(key).text));
  for (const auto& key : stand.unknown) done.notes.push_back(fmt::format("{}: nothing speaks these words", key));
  if (even.clips.empty() && done.wrong.empty()) done.wrong.push_back({folder.string(), 0, 0, "holds no clip"});
  if (!done.wrong.empty()) return done;
  save_pack(even);
  write_zip(made.path, names, out);
  done.clips = even.clips.size();
  return done;
}

Packed install_pack(const fs::path& file, const fs::path& packs, const std::function<void()>& make_way) {
  Packed done;
  const auto shown = file.filename().string();
  const auto say = [&](std::string what, std::string where = {}) {
    done.wrong.push_back({where.empty() ? shown : std::move(where), 0, 0, std::move(what)});
  };
  constexpr auto copy_again = "is damaged or only half copied; copy it to the stick again, or make it again with `nuanzhan voice pack`";
  int why = 0;
  Archive zip(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &why), &zip_discard);
  if (!zip) {
    say(why == ZIP_ER_NOENT ? "is not there" : why == ZIP_ER_OPEN || why == ZIP_ER_READ ? "cannot be read" : copy_again);
    return done;
  }
  const auto count = zip_get_num_entries(zip.get(), 0);
  if (count > static_cast<zip_int64_t>(most_clips) + 1) {
    say("holds more than 5000 clips");
    return done;
  }
  std::error_code error;
  fs::create_directories(packs, error);
  // What an earlier try left when the power went.
  for (const auto& entry : fs::directory_iterator(packs, error))
    if (entry.path().filename().string().starts_with(".making-")) fs::remove_all(entry.path(), error);
  TempFolder made(packs);
  std::uint64_t total = 0;
  std::set<std::string> names;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME) || !(stat.valid & ZIP_STAT_SIZE)) {
      say(copy_again);
      return done;
    }
    const std::string name = stat.name;
    // Flat names alone: no folder, no way up, no hidden file. is_key lets no slash through.
    if (!is_key(name)) {
      say(fmt::format("holds a file called \"{}\"; a pack holds pack.toml and clips only. It was not made by `nuanzhan voice pack`", name.substr(0, 80)));
      continue;
    }
    if (!names.insert(name).second) {
      say("holds two files called " + name);
      continue;
    }
    if (stat.size > most_clip_bytes || (total += stat.size) > most_pack_bytes) {
      say("holds more sound than a pack may (20 MB a clip, 600 MB in all)");
      return done;
    }
    const auto bytes = entry(zip.get(), static_cast<zip_uint64_t>(i), stat.size);
    if (!bytes) {
      say(copy_again);
      return done;
    }
    base::DurableFile out(made.path / name);
    out.write(*bytes);
    out.keep();
  }
  if (!names.contains("pack.toml")) say("is no pack: pack.toml is not in it");
  if (!done.wrong.empty()) return done;
  // Read back from the disk: what is put in place is what was looked at.
  auto pack = read_pack(made.path, done.wrong);
  if (!pack || !done.wrong.empty()) return done;
  for (const auto& [key, clip] : pack->clips) {
    const bool there = names.contains(clip.file);
    if (!there) say(fmt::format("the clip of {} is not in it", key));
    else if (clip.text.empty()) say(fmt::format("nothing says what {} was recorded for; pack it again with `nuanzhan voice pack`", clip.file));
    else if (!read_audio(made.path / clip.file)) say("is no sound that can be read", clip.file);
  }
  if (!done.wrong.empty()) return done;
  done.name = pack->name;
  done.clips = pack->clips.size();
  force(made.path);
  if (make_way) make_way();

  const auto place = packs / pack->name, before = packs / ("." + pack->name + ".before");
  if (::rename(made.path.c_str(), place.c_str()) != 0) {
    if (errno != EEXIST && errno != ENOTEMPTY) throw std::system_error(errno, std::generic_category(), "cannot put in place " + place.string());
    // The old pack and the new one change places in one step; where the file system cannot, the old one goes first.
    fs::remove_all(before, error);
    if (::syscall(SYS_renameat2, AT_FDCWD, made.path.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) {
      fs::rename(made.path, before);
    } else {
      fs::rename(place, before);
      fs::rename(made.path, place);
    }
    done.notes.push_back(fmt::format("the pack {} that was there is kept in {}", pack->name, before.string()));
  }
  force(packs);
  return done;
}

}  // namespace devices
