// `doctor` looks whether all is well: the database, the journal's chain, the tables against the facts, the disk, fonts, voice, what staff write with and
// the card reader.
#include "cli/cli.h"
#include "app/run.h"
#include "devices/reader.h"
#include "entry/engines.h"
#include "shapes/request/request.h"
#include "shapes/shape.h"
#include "village/keys.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

// Whether it is well with the reader, and the words for it.
std::pair<bool, std::string> about_reader(store::Store& store, std::string named) {
  if (named.empty())
    if (const auto here = app::choose_site(store, "")) named = store.reader(store::Viewer::nobody(here->value)).setting("reader.device", std::string_view{});
  if (named.empty()) return {true, "none is named (setting reader.device): cards are taken from the keyboard by how quickly they are typed"};
  const auto is = devices::look_for_reader(named);
  auto line = fmt::format("\"{}\": {}", named, devices::name(is));
  if (is == devices::ReaderState::here) return {true, line};
  if (const auto others = devices::input_device_names(); !others.empty()) line += fmt::format(". Plugged in: {}", fmt::join(others, "; "));
  return {false, line + ". Until then cards are taken from the keyboard"};
}

}  // namespace

void add_doctor(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("doctor", "look whether all is well; exit 1 when something is not");
  auto rebuild = std::make_shared<bool>(false);
  auto json = std::make_shared<bool>(false);
  verb->add_flag("--rebuild", *rebuild, "fold all tables anew from the journal (the journal is never changed)");
  verb->add_flag("--json", *json, "print as JSON");
  auto reader = std::make_shared<std::string>();
  verb->add_option("--reader", *reader, "look for this card reader instead of the one that the setting reader.device names");
  verb->callback([&common, result, rebuild, json, reader] {
    result([&common, rebuild, json, reader] {
      auto store = common.open(false);
      nlohmann::json found = nlohmann::json::array();
      bool well = true;
      const auto say = [&](bool good, const std::string& what, const std::string& line) {
        well = well && good;
        if (*json) found.push_back({{"good", good}, {"what", what}, {"line", line}});
        else fmt::print("{}  {:<10} {}\n", good ? "good" : "BAD ", what, line);
      };
      std::string integrity;
      for (auto rows = store->database().query("PRAGMA integrity_check(5)"); const auto row : rows) integrity += row.get<std::string>(0) + " ";
      say(integrity == "ok ", "database", integrity == "ok " ? "reads well" : "damaged: restore a backup");
      const auto chain = store->verify_chain();
      say(chain.broken_at == 0, "journal", chain.broken_at == 0 ? fmt::format("{} facts, chain unbroken", chain.facts)
                                                                : fmt::format("chain broken at fact {} of origin {}: restore a backup", chain.broken_at, chain.origin));
      if (*rebuild) {
        const auto before = store->fold_hash();
        store->rebuild();
        say(before == store->fold_hash(), "tables", before == store->fold_hash() ? "equal to what the facts say" : "were not what the facts say; they are now");
      }
      std::error_code error;
      const auto space = std::filesystem::space(common.data, error);
      const auto free_mb = error ? 0 : space.available >> 20;
      say(free_mb >= 500, "disk", fmt::format("{} MB free", free_mb));
      const auto here = app::choose_site(*store, "");
      const auto said = request::check_said(store->reader(store::Viewer::nobody(here ? here->value : base::Uuid{})), common.data);
      say(said.missing == 0, "recordings", fmt::format("{} sealed{}{}", said.kept, said.unnamed > 0 ? fmt::format(", {} without a fact go when the kiosk opens", said.unnamed) : "",
                                                       said.missing > 0 ? fmt::format(", {} that the journal names are not on the disk", said.missing) : ""));
      const bool township = std::filesystem::exists(common.data / "township.key");
      say(!township || village::township_key(common.data), "township", !township ? "no key: what is sealed is read by the village's staff alone (nuanzhan keys)"
                                                                        : village::township_key(common.data) ? "everything sealed is sealed for the township too"
                                                                                                             : "township.key holds no public key: nothing is sealed for the township");
      say(std::system("fc-list | grep -qi 'NotoSansCJK' 2>/dev/null") == 0, "letters", "Noto Sans CJK (package fonts-noto-cjk)");
      say(std::system("fc-list | grep -qi 'NotoColorEmoji' 2>/dev/null") == 0, "pictures", "Noto Color Emoji (package fonts-noto-color-emoji)");
      say(std::system("command -v espeak-ng >/dev/null 2>&1") == 0, "voice", "espeak-ng");
      // Without them staff still write, one character at a time.
      const auto pinyin = entry::no_composer_because(), hand = entry::no_handwriting_because();
      say(!pinyin, "pinyin", pinyin ? *pinyin + ": single characters only" : "librime with luna_pinyin");
      say(!hand, "writing", hand ? *hand + ": no handwriting" : "zinnia with 6763 characters");
      const auto [reader_well, reader_line] = about_reader(*store, *reader);
      say(reader_well, "reader", reader_line);
      if (*json) fmt::print("{}\n", found.dump());
      return well ? done : not_done;
    });
  });
}

}  // namespace cli
