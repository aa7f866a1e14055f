// `voice`: the village's own voice. record, list, pack, install.
#include "app/record.h"
#include "cli/cli.h"
#include "devices/packs.h"
#include "devices/repertoire.h"
#include "village/faces.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> surnames_here(Common& common) {
  auto all = devices::common_surnames();
  if (!fs::exists(common.data / "nuanzhan.db")) return all;
  // The village's own first, most borne first: the characters alone, no person.
  auto store = common.open(false);
  std::map<std::string, int> bearers;
  for (const auto row : store->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {})).query("SELECT p.name FROM village_person p WHERE p.left_on IS NULL"))
    if (auto surname = village::name_parts(row.get<std::string>(0)).surname; !surname.empty()) ++bearers[std::move(surname)];
  std::vector<std::pair<int, std::string>> sorted;
  for (const auto& [surname, count] : bearers) sorted.emplace_back(-count, surname);
  std::ranges::sort(sorted);
  std::vector<std::string> own;
  for (auto& [count, surname] : sorted) own.push_back(std::move(surname));
  for (auto& surname : all)
    if (std::ranges::find(own, surname) == own.end()) own.push_back(std::move(surname));
  return own;
}

// What is spoken in this language here and now, with the village's own words and surnames.
std::vector<devices::Line> lines_here(Common& common, const std::string& language) {
  const auto words = common.words();
  const auto found = words.find(language);
  if (found == words.end()) return {};
  const auto spoken = devices::SpokenKeys::load(common.share() / "assets/voice/spoken.txt");
  return devices::lines_to_record(found->second, spoken, surnames_here(common));
}

std::vector<fs::path> pack_folders(const Common& common) { return {common.data / "voice", common.share() / "assets/voice"}; }

int tell(const devices::Packed& packed, const std::string& done_line) {
  for (const auto& note : packed.notes) fmt::print("{}\n", note);
  if (!packed.wrong.empty()) {
    fmt::print(stderr, "nothing was written:\n{}", base::to_string(packed.wrong));
    return not_done;
  }
  fmt::print("{}\n", done_line);
  return done;
}

int list(Common& common, bool missing) {
  const auto packs = devices::installed_packs(pack_folders(common));
  std::map<std::string, std::vector<devices::Line>> lines;
  const auto of = [&](const std::string& language) -> const std::vector<devices::Line>& {
    if (!lines.contains(language)) lines[language] = lines_here(common, language);
    return lines[language];
  };
  if (common.json) {
    auto out = nlohmann::json::array();
    for (const auto& pack : packs) {
      const auto stand = devices::stand_of(pack, of(pack.language));
      auto one = nlohmann::json{{"name", pack.name}, {"title", pack.title}, {"language", pack.language}, {"speaker", pack.speaker}, {"licence", pack.licence}, {"clips", pack.clips.size()},
                                {"sentences", stand.whole}, {"sentences_recorded", stand.recorded_whole}, {"pieces", stand.pieces}, {"pieces_recorded", stand.recorded_pieces},
                                {"stale", stand.stale}, {"unknown", stand.unknown}};
      if (missing) {
        auto lacks = nlohmann::json::array();
        for (const auto& line : stand.missing) lacks.push_back({{"key", line.key}, {"text", line.text}});
        one["missing"] = std::move(lacks);
      }
      out.push_back(std::move(one));
    }
    fmt::print("{}\n", out.dump(2));
    return done;
  }
  if (packs.empty()) fmt::print("no pack is installed: espeak-ng says everything\n");
  for (const auto& pack : packs) {
    const auto stand = devices::stand_of(pack, of(pack.language));
    fmt::print("{}  {} ({}){}: {} of {} sentences, {} of {} pieces\n", pack.name, pack.title, pack.language, pack.speaker.empty() ? "" : ", " + pack.speaker, stand.recorded_whole, stand.whole, stand.recorded_pieces, stand.pieces);
    for (const auto& key : stand.stale) fmt::print("  {}: the words have changed since \"{}\"; record it again\n", key, pack.clips.at(key).text);
    if (!stand.unknown.empty()) fmt::print("  {} clips of words that nothing speaks\n", stand.unknown.size());
    if (missing)
      for (const auto& line : stand.missing) fmt::print("  missing {}  {}\n", line.key, line.text);
  }
  if (packs.empty() && missing)
    for (const auto& line : of("zh-CN")) fmt::print("  missing {}  {}\n", line.key, line.text);
  return done;
}

}  // namespace

void add_voice(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("voice", "the village's own voice: recorded packs of what the kiosk says");
  verb->require_subcommand(1);
  verb->footer("A pack is a folder of clips with pack.toml. Packs are asked in the order of the setting voice.packs (none named: all, by\n"
               "name); what no pack has, espeak-ng says. A clip is played for exactly the words it was recorded for.");

  auto* lists = verb->add_subcommand("list", "which packs are installed, and how much of what is spoken each has");
  auto missing = std::make_shared<bool>(false);
  lists->add_flag("--missing", *missing, "every sentence and piece a pack lacks, with its key");
  lists->add_flag("--json", common.json, "as JSON");
  lists->callback([&common, result, missing] { result([&common, missing] { return list(common, *missing); }); });

  auto* records = verb->add_subcommand("record", "a screen that shows what is to be said, records, trims, evens and keeps it, sentence by sentence");
  struct Recording { std::string pack = "village", title, language = "zh-CN", window; app::RecordOptions options; };
  auto recording = std::make_shared<Recording>();
  records->add_option("--pack", recording->pack, "name of the pack: small letters, digits and -; kept in DATA/voice/NAME")->capture_default_str();
  records->add_option("--title", recording->title, "what people call it, as 东村话 (a new pack; else its name)");
  records->add_option("--language", recording->language, "zh-CN or en (a new pack)")->capture_default_str();
  records->add_option("--window", recording->window, "a window of WxH pixels instead of the full screen");
  records->add_option("--px-per-mm", recording->options.px_per_mm, "pixels to a millimetre of the glass, instead of what the display reports");
  records->add_option("--trace", recording->options.trace, "write what happens to this file, a JSON line an event");
  records->add_option("--microphone", recording->options.microphone, "hear this sound file instead of a microphone (tests)");
  records->callback([&common, result, recording] {
    result([&common, recording] {
      auto& r = *recording;
      if (!devices::is_pack_name(r.pack)) throw CLI::ValidationError("--pack", "small letters, digits and - only, at most 40: it names a folder");
      if (!r.window.empty()) {
        int w = 0, h = 0;
        if (std::sscanf(r.window.c_str(), "%dx%d", &w, &h) != 2 || w < 320 || h < 320) throw CLI::ValidationError("--window", "give WxH in pixels, as 1366x768");
        r.options.window = {w, h};
      }
      devices::Pack pack;
      const auto folder = common.data / "voice" / r.pack;
      if (fs::exists(folder / "pack.toml")) {
        std::vector<base::Wrong> wrong;
        const auto read = devices::read_pack(folder, wrong);
        if (!read || !wrong.empty()) {
          fmt::print(stderr, "the pack {} must be put right first:\n{}", r.pack, base::to_string(wrong));
          return not_done;
        }
        pack = *read;
      } else {
        pack.name = r.pack;
        pack.title = r.title.empty() ? r.pack : r.title;
        pack.language = r.language;
        pack.folder = folder;
      }
      const auto words = common.words();
      if (!words.contains(pack.language)) throw CLI::ValidationError("--language", "there are no texts of this language");
      auto lines = lines_here(common, pack.language);
      const auto shown = words.contains("zh-CN") && pack.language.starts_with("zh") ? "zh-CN" : pack.language;
      return app::record_voice(r.options, std::move(pack), std::move(lines), words.at(shown));
    });
  });

  auto* packs = verb->add_subcommand("pack", "check a folder of clips, trim them, make them equally loud, and write one file for a stick");
  struct Pack { std::string folder, out; };
  auto pack = std::make_shared<Pack>();
  packs->add_option("folder", pack->folder, "folder with pack.toml and its clips (a recorded one: DATA/voice/NAME)")->required();
  packs->add_option("-o,--out", pack->out, "the file to write")->required();
  packs->callback([&common, result, pack] {
    result([&common, pack] {
      std::vector<base::Wrong> ignored;
      const auto read = devices::read_pack(pack->folder, ignored);
      const auto packed = devices::pack_file(pack->folder, pack->out, read ? lines_here(common, read->language) : std::vector<devices::Line>{});
      return tell(packed, fmt::format("{} clips of {} in {}", packed.clips, packed.name, pack->out));
    });
  });

  auto* installs = verb->add_subcommand("install", "put a pack into this kiosk; a running kiosk speaks with it from the next sentence on");
  auto from = std::make_shared<std::string>();
  installs->add_option("file", *from, "what `voice pack` wrote, or a folder of clips")->required();
  installs->callback([&common, result, from] {
    result([&common, from] {
      const auto into = common.data / "voice";
      fs::path file = *from;
      fs::path packed_here;
      if (fs::is_directory(file)) {
        std::error_code error;
        fs::create_directories(into, error);
        std::vector<base::Wrong> ignored;
        const auto read = devices::read_pack(file, ignored);
        packed_here = into / ".folder.zip";
        const auto packed = devices::pack_file(file, packed_here, read ? lines_here(common, read->language) : std::vector<devices::Line>{});
        if (!packed.wrong.empty()) return tell(packed, {});
        for (const auto& note : packed.notes) fmt::print("{}\n", note);
        file = packed_here;
      }
      const auto installed = devices::install_pack(file, into);
      std::error_code ignored;
      if (!packed_here.empty()) fs::remove(packed_here, ignored);
      return tell(installed, fmt::format("{} is installed: {} clips", installed.name, installed.clips));
    });
  });
}

}  // namespace cli
