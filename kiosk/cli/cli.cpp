#include "cli/cli.h"

#include "base/log.h"
#include "shapes/shape.h"
#include "village/places.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cli {
namespace {

// Starts at a given moment and goes on as the machine's clock does: pictures and tests of a Tuesday morning, whenever they run.
class ShiftedClock final : public base::Clock {
 public:
  explicit ShiftedClock(base::Instant start) : shift_(start - system_.now()) {}
  [[nodiscard]] base::Instant now() const override { return system_.now() + shift_; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return system_.monotonic_ms(); }

 private:
  base::SystemClock system_;
  std::chrono::milliseconds shift_;
};

std::filesystem::path default_data() {
  if (const char* given = std::getenv("NUANZHAN_DATA")) return given;
  if (::geteuid() == 0) return "/var/lib/nuanzhan";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/share/nuanzhan";
}

// Root types a command for a village that is the kiosk's own user's (/var/lib/nuanzhan is nobody else's to enter): what the command leaves there
// is that user's as well, or the kiosk could not open it. No link is followed.
class OfItsOwner {
 public:
  explicit OfItsOwner(const std::filesystem::path& data) : data_(data) {}
  OfItsOwner(const OfItsOwner&) = delete;
  OfItsOwner& operator=(const OfItsOwner&) = delete;
  ~OfItsOwner() {
    struct stat folder{};
    if (::geteuid() != 0 || ::lstat(data_.c_str(), &folder) != 0 || !S_ISDIR(folder.st_mode) || folder.st_uid == 0) return;
    try {
      give(data_, folder);
      for (const auto& second : store::second_folders(data_)) give(second, folder);
    } catch (const std::exception& e) {
      fmt::print(stderr, "what was made may not be the kiosk's own: {}\n", e.what());
    }
  }

 private:
  static void give(const std::filesystem::path& below, const struct stat& owner) {
    const auto one = [&](const std::filesystem::path& file) {
      struct stat is{};
      if (::lstat(file.c_str(), &is) == 0 && is.st_uid == 0 && (S_ISREG(is.st_mode) || S_ISDIR(is.st_mode)) && ::lchown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
        throw std::system_error(errno, std::generic_category(), "a file cannot be given to its owner");
    };
    std::error_code gone;
    for (std::filesystem::recursive_directory_iterator at(below, gone), end; !gone && at != end; at.increment(gone)) one(at->path());
    one(below);
  }
  std::filesystem::path data_;
};

}  // namespace

std::filesystem::path Common::share() const {
  if (const char* given = std::getenv("NUANZHAN_SHARE")) return given;
  return NUANZHAN_SHARE_DIR;
}

base::Clock& Common::clock() {
  if (clock_) return *clock_;
  if (now.empty()) {
    clock_ = std::make_unique<base::SystemClock>();
  } else {
    base::Day day;
    base::Minutes minutes{0};
    if (now.size() < 16 || !base::parse_day(now.substr(0, 10), day) || !base::parse_hour_minute(now.substr(11, 5), minutes))
      throw CLI::ValidationError("--now", "give a moment as 2026-11-24T09:05 (site time)");
    clock_ = std::make_unique<ShiftedClock>(base::instant_at(day, minutes, base::Place{}));
  }
  return *clock_;
}

std::map<std::string, base::Words> Common::words() {
  std::map<std::string, base::Words> all;
  std::vector<base::Wrong> wrong;
  std::error_code error;
  const auto folder = share() / "assets" / "text";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.is_directory()) all.emplace(entry.path().filename().string(), base::Words::load(folder, entry.path().filename().string(), wrong));
  // Words of services the village added, over ours.
  for (auto& [language, ours] : all) {
    if (!std::filesystem::is_directory(data / "text" / language)) continue;
    const auto own = base::Words::load(data / "text", language, wrong);
    for (const auto& key : own.keys()) ours.set(key, own.text(key));
  }
  if (error || !all.contains("zh-CN")) wrong.push_back({folder.string(), 0, 0, "the texts are not there; set NUANZHAN_SHARE to the folder that holds assets/ and db/"});
  if (!wrong.empty()) throw WrongData{base::to_string(wrong)};
  return all;
}

void Common::use_catalogue() {
  std::vector<base::Wrong> wrong;
  std::set<std::string, std::less<>> built;
  for (const auto& shape : shapes::all()) built.emplace(shape.name);
  std::vector<std::filesystem::path> folders{share() / "db" / "catalogue"};
  // A village's own services beside its data.
  if (std::filesystem::is_directory(data / "catalogue")) folders.push_back(data / "catalogue");
  auto catalogue = village::Catalogue::load(folders, built, wrong);
  shapes::use_catalogue(std::move(catalogue), wrong);
  if (!wrong.empty()) throw WrongData{base::to_string(wrong)};
}

std::unique_ptr<store::Store> Common::open(bool create) {
  use_catalogue();
  if (create || std::filesystem::exists(data)) {
    std::error_code error;
    std::filesystem::create_directories(data, error);
    base::open_log(data);
  }
  store::Store::Options options;
  options.create = create;
  return std::make_unique<store::Store>(data, shapes::contract(), clock(), options);
}

void no_such_site(store::Store& store, const std::string& wanted) {
  auto lines = fmt::format("there is no site \"{}\" here; give a kind or a part of a name of these:", wanted);
  for (const auto& site : village::sites(store.reader(store::Viewer{}))) lines += fmt::format("\n  {:<16} {}", site.kind, site.name);
  throw CLI::ValidationError("--site", lines);
}

int main(int argc, char** argv) {
  CLI::App app{"Nuanzhan (暖站): a kiosk for village service centres.", "nuanzhan"};
  app.set_version_flag("--version", NUANZHAN_VERSION);
  app.footer("Exit codes: 0 done; 1 it could not be done (the reason is on stderr); 2 the words of the command are wrong;\n"
             "3 the database cannot be opened (newer program, locked, damaged, not ours, read-only, full); 4 the catalogue or the texts have mistakes.\n"
             "Environment: NUANZHAN_DATA (data directory), NUANZHAN_SHARE (folder that holds assets/ and db/).");
  Common common;
  common.data = default_data();
  app.add_option("--data", common.data, "data directory")->capture_default_str();
  app.add_option("--now", common.now, "let the clock begin at this moment of the site, as 2026-11-24T09:05");
  app.fallthrough();
  app.require_subcommand(0, 1);
  std::function<int()> chosen;
  const Result result = [&](std::function<int()> call) { chosen = std::move(call); };
  add_run(app, common, result);
  add_demo(app, common, result);
  add_journal(app, common, result);
  add_report(app, common, result);
  add_staff(app, common, result);
  add_keys(app, common, result);
  add_cards(app, common, result);
  add_backup(app, common, result);
  add_restore(app, common, result);
  add_doctor(app, common, result);
  add_voice(app, common, result);
  add_import_picture(app, common, result);
  // `run` is what is meant when nothing is said.
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) words = {"run"};
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
    if (!chosen) {
      words = {"run"};
      app.clear();
      app.parse(words);
    }
    const OfItsOwner whoever_types(common.data);
    return chosen();
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    return code == 0 ? done : wrong_words;
  } catch (const WrongData& e) {
    fmt::print(stderr, "the catalogue or the texts have mistakes; nothing was changed:\n{}", e.lines);
    return wrong_data;
  } catch (const store::CannotOpen& e) {
    fmt::print(stderr, "{}\n", e.what());
    return cannot_open;
  } catch (const std::exception& e) {
    fmt::print(stderr, "it could not be done: {}\n", e.what());
    return not_done;
  }
}

}  // namespace cli
