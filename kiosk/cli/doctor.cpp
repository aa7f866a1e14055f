// `doctor` looks whether all is well: the database, the journal's chain, the tables against the facts, the disk, fonts, voice, what staff write with and
// the card reader.
#include "cli/cli.h"
#include "app/run.h"
#include "base/log.h"
#include "devices/reader.h"
#include "entry/composer.h"
#include "entry/engines.h"
#include "shapes/files.h"
#include "shapes/request/request.h"
#include "shapes/shape.h"
#include "store/forget.h"
#include "store/heal.h"
#include "village/backups.h"
#include "village/erasure.h"
#include "village/file_copies.h"
#include "village/health.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <regex>
#include <thread>

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

// Damage in a clerk's words; empty where there is none.
std::string words_of(const store::Damage& d) {
  if (!d.pages.empty()) return "damaged pages: " + d.pages;
  if (d.chain.broken_at != 0) return fmt::format("fact {} of origin {} was changed or lost", d.chain.broken_at, d.chain.origin);
  if (d.differing > 0) return fmt::format("{} facts are not what the second journal says", d.differing);
  if (d.second_only > 0) return fmt::format("{} facts are in the second journal alone", d.second_only);
  if (d.keys_unreadable) return "persons.keys or kiosk.key is damaged: what facts say of people cannot be read";
  if (d.keys_missing > 0) return fmt::format("the keys of {} people or households are gone, though nobody erased them", d.keys_missing);
  if (d.tables_differ) return "the tables are not what the facts say";
  return {};
}

std::string about_second(const store::Store::SecondState& s, const store::Damage& d) {
  using enum store::Store::SecondState::Trouble;
  switch (s.trouble) {
    case no_key: return "kiosk.key is damaged: put the file back from a copy of the data directory, or remove it and the second journal, and both begin anew";
    case away: return fmt::format("its own device is away; it goes on in {}. Plug the device in again", s.folder.string());
    case failed: return "cannot be written: another device, or more room, is needed";
    case differs: return "goes on with another history than the database: nuanzhan doctor --heal";
    case none: break;
  }
  auto line = fmt::format("{} facts in {} files, {}", d.second.facts, d.second.segments, s.same_device ? "on the same disk as the database" : "on a device of its own");
  if (d.second.damaged > 0) line += fmt::format(", {} damaged places", d.second.damaged);
  return line;
}

std::string about_keys(store::Store& store) {
  auto& keys = store.keys();
  using enum store::PersonKeys::State;
  switch (keys.state()) {
    case no_machine_key: return "kiosk.key is damaged or gone: put it back from a copy of the data directory, or nuanzhan doctor --heal --township";
    case unreadable: return "persons.keys is damaged: nuanzhan doctor --heal takes the newest copy";
    case none: return "nothing is under a person's key yet";
    case ready: break;
  }
  auto line = fmt::format("{} keys of people and households, {} destroyed", keys.all().keys.size(), keys.all().destroyed.size());
  if (keys.copy() == store::PersonKeys::Copy::kept) line += ", a copy beside the second journal";
  const auto copies = store::key_copies_in(store.folder() / "backup");
  line += copies.empty() ? std::string(", no key file yet") : fmt::format(", the newest key file of {}", base::iso(copies.front().day));
  return line;
}

// Why the newest backup is none, in words; nothing where it is whole.
std::optional<std::string> does_not_open(const std::filesystem::path& data, const std::filesystem::path& backup) {
  try {
    const auto wrong = store::wrong_with_backup(backup, {store::machine_key(data, false), nullptr}, data / "backup.doctor");
    if (!wrong) return std::nullopt;
    if (*wrong == store::BackupRefusal::no_key) return "the newest backup opens with the township's secret key alone: kiosk.key is not the one it was made with";
    return fmt::format("the newest backup does not open ({}): nuanzhan backup", store::name(*wrong));
  } catch (const std::system_error&) {
    return "there is no room to open the newest backup and look";
  }
}

// Mends what is damaged; what was done, in words. Nothing where all is well. Throws where it cannot be mended; then nothing was changed.
std::optional<std::string> mend(Common& common, const store::KeyPair* township, const store::HealAnyway& anyway) {
  std::string what = "gone";
  try {
    std::optional<store::Store> store;
    store.emplace(common.data, shapes::contract(), common.clock(), store::Store::Options{.create = false});
    const auto damage = store::look_for_damage(*store, true);
    what = words_of(damage);
    std::string back;
    if (const auto n = store->second_state().brought_back; n > 0) back = fmt::format("{} facts that the database had lost came back from the second journal", n);
    if (!damage.any()) return back.empty() ? std::nullopt : std::optional(back);
    if (damage.keys()) {
      const auto have = store::heal_keys(common.data, {store::machine_key(common.data, false), township});
      back += (back.empty() ? "" : "\n") + (have ? fmt::format("the keys of {} people and households were put together from all copies of them", *have)
                                                 : std::string("there is no copy of the persons' keys that opens"));
      if (!damage.facts()) {
        store.reset();  // two of them on one file in one program take each other's locks away
        store.emplace(common.data, shapes::contract(), common.clock(), store::Store::Options{.create = false});
        if (anyway.without_keys) store::mark_without_keys(common.data);
        store->rebuild(anyway.without_keys);  // KeysMissing: the tables still show what facts cannot say any more, and nothing is changed
        if (!anyway.without_keys) store::mark_without_keys(common.data, false);
        return back + "\nthe tables were folded anew";
      }
    } else if (!damage.facts()) {
      if (anyway.without_keys) store::mark_without_keys(common.data);
      store->rebuild(anyway.without_keys);
      return back + (back.empty() ? "" : "\n") + "the tables were not what the facts say; they are now whole again";
    }
  } catch (const store::CannotOpen& e) {
    if (e.why != store::CannotOpen::Why::damaged && std::filesystem::exists(common.data / "nuanzhan.db")) throw;
    if (e.why == store::CannotOpen::Why::damaged) what = "does not open";
  }
  const auto healed = store::heal(common.data, shapes::contract(), common.clock(), {store::machine_key(common.data, false), township}, anyway);
  {
    store::Store store(common.data, shapes::contract(), common.clock(), {.create = false});
    (void)village::erase_again(store);
  }
  auto said = fmt::format("the database ({}) {}: {} facts from {}, {} from the second journal", what, healed.missing > 0 ? "was put together, not whole" : "is whole again", healed.from_backup,
                          healed.backup.empty() ? std::string("no backup") : healed.backup.filename().string(), healed.from_second);
  if (healed.from_damaged > 0) said += fmt::format(", {} out of the damaged database itself, whose chain vouches for them", healed.from_damaged);
  if (healed.as_found > 0) said += fmt::format("\n{} facts were changed, or come after one that was, and stand in no copy: they were kept as they were found", healed.as_found);
  if (healed.of_another_history > 0) said += fmt::format("\n{} facts had the numbers of others (an old copy had been put back, and gone on from): they are kept under new ones", healed.of_another_history);
  if (healed.missing > 0) said += fmt::format("\n{} facts were in neither: ask the township for its copy", healed.missing);
  return said + fmt::format("\nwhat was damaged is kept in {}", healed.aside.string());
}

// What the facts name and is not on the disk, out of all copies at hand, a stick's too.
village::BroughtFiles files_back(Common& common) {
  store::Store store(common.data, shapes::contract(), common.clock(), {.create = false});
  auto from = village::copies_at_hand(common.data);
  for (const auto& stick : village::sticks_below(village::mounts()))
    for (auto& on_it : village::copies_in(stick)) from.push_back(std::move(on_it));
  return village::bring_files_back(common.data, shapes::named_files(store.reader(store::Viewer{})), store.keys(), from);
}

int heal(Common& common, bool with_township, const store::HealAnyway& anyway) {
  common.use_catalogue();
  if (!std::filesystem::is_directory(common.data)) {
    fmt::print(stderr, "there is no data directory {}; nothing was changed\n", common.data.string());
    return not_done;
  }
  const OneKiosk alone(common.data);
  std::optional<store::KeyPair> pair;
  if (with_township && !(pair = asked_for_secret())) {
    fmt::print(stderr, "that is no secret key; nothing was changed\n");
    return not_done;
  }
  fmt::print("{}\n", mend(common, pair ? &*pair : nullptr, anyway).value_or("the database is well: nothing was changed"));
  const auto files = files_back(common);
  if (files.back > 0) fmt::print("{} photos and recordings came back from their copies\n", files.back);
  if (files.missing > 0) fmt::print("{} photos and recordings are gone: no copy of them is at hand\n", files.missing);
  village::say_mended(common.data);
  return done;
}

// A card is mounted some seconds after the machine is on, and what was said last may be there alone. Healing does without it in the end: what it
// has comes back with it.
void wait_for_second(const std::filesystem::path& data) {
  using namespace std::chrono_literals;
  for (const auto until = std::chrono::steady_clock::now() + 20s; store::second_away(data) && std::chrono::steady_clock::now() < until;) std::this_thread::sleep_for(200ms);
}

// Whole villages in clear, where a power cut ended what looked at a copy or mended one. Whoever calls has the directory for itself.
void drop_workplaces(const std::filesystem::path& data) {
  std::error_code none;
  const auto db = data / "nuanzhan.db";
  std::vector<std::filesystem::path> second_names;
  // A second name of what is here: the database (a restore was cut), the machine's key (it was just being made).
  static const std::regex replaced("replaced(-[0-9]+)?\\.db"), key("kiosk\\.key\\.[0-9a-f]{8}");
  for (std::filesystem::directory_iterator at(data, none), end; !none && at != end; at.increment(none)) {
    const auto name = at->path().filename().string();
    std::error_code other;
    if ((std::regex_match(name, replaced) && std::filesystem::equivalent(at->path(), db, other)) ||
        (std::regex_match(name, key) && std::filesystem::equivalent(at->path(), data / "kiosk.key", other)))
      second_names.push_back(at->path());
  }
  for (const auto& name : second_names) {
    // Its write-ahead file had gone along.
    auto wal = std::filesystem::path(name) += "-wal", own = std::filesystem::path(db) += "-wal";
    if (std::filesystem::exists(wal, none) && !std::filesystem::exists(own, none)) std::filesystem::rename(wal, own, none);
    std::filesystem::remove(name, none);
  }
  for (const char* left : {"heal.part", "restore.part", "check.part", "backup.check", "backup.check.part"})
    if (std::filesystem::exists(data / left, none)) store::remove_emptied(data / left);
}

}  // namespace

std::unique_ptr<store::Store> open_or_heal(Common& common) {
  drop_workplaces(common.data);
  std::exception_ptr why;
  try {
    if (!village::found_damaged(common.data))
      if (auto store = common.open(false); !store::second_differs(common.data) || store::second_away(common.data)) return store;
  } catch (const store::CannotOpen& e) {
    std::error_code none;
    const bool gone = !std::filesystem::exists(common.data / "nuanzhan.db", none);
    const bool something = std::filesystem::is_directory(store::second_folder(common.data), none) || !store::backups_in(common.data / "backup").empty();
    if (!something || (e.why != store::CannotOpen::Why::damaged && !gone)) throw;
    why = std::current_exception();
  }
  wait_for_second(common.data);
  try {
    common.use_catalogue();
    // One that does not even open is put together from whatever can be read; else somebody decides, and the kiosk goes on with what is there.
    if (const auto done = mend(common, nullptr, {.as_found = why != nullptr, .gaps = store::HealAnyway::Gaps::after_backup})) spdlog::error("{}", *done);
    if (const auto files = files_back(common); files.back + files.missing > 0) spdlog::error("{} photos and recordings came back, {} are missing", files.back, files.missing);
    village::say_mended(common.data);
  } catch (const std::exception& e) {
    spdlog::error("the database is damaged and could not be mended: {}", e.what());
    if (why) std::rethrow_exception(why);
  }
  return common.open(false);
}

void add_doctor(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("doctor", "look whether all is well; exit 1 when something is not");
  auto rebuild = std::make_shared<bool>(false);
  auto json = std::make_shared<bool>(false);
  verb->add_flag("--rebuild", *rebuild, "fold all tables anew from the journal (the journal is never changed)");
  verb->add_flag("--json", *json, "print as JSON");
  auto healing = std::make_shared<bool>(false);
  auto township = std::make_shared<bool>(false);
  verb->add_flag("--heal", *healing, "where the database is damaged: rebuild it from the newest backup that opens, the second journal and what can still be read of it; what was damaged is kept aside");
  verb->add_flag("--township", *township, "with --heal: this machine's key is lost, the township's secret key is read from standard input")->needs("--heal");
  auto without = std::make_shared<bool>(false);
  verb->add_flag("--without-keys", *without, "with --heal: go on though the keys of some people are in no copy; they will look as if they had been erased")->needs("--heal");
  auto as_found = std::make_shared<bool>(false);
  verb->add_flag("--as-found", *as_found, "with --heal: keep facts that were changed, or come after one that was, as they stand where no copy has them")->needs("--heal");
  auto gaps = std::make_shared<bool>(false);
  verb->add_flag("--with-gaps", *gaps, "with --heal: go on without facts that are in no copy at hand")->needs("--heal");
  auto reader = std::make_shared<std::string>();
  verb->add_option("--reader", *reader, "look for this card reader instead of the one that the setting reader.device names");
  verb->callback([&common, result, rebuild, json, reader, healing, township, without, as_found, gaps] {
    result([&common, rebuild, json, reader, healing, township, without, as_found, gaps] {
      if (*healing) return heal(common, *township, {.without_keys = *without, .as_found = *as_found, .gaps = *gaps ? store::HealAnyway::Gaps::any : store::HealAnyway::Gaps::none});
      auto store = common.open(false);
      nlohmann::json found = nlohmann::json::array();
      bool well = true;
      const auto say = [&](bool good, const std::string& what, const std::string& line) {
        well = well && good;
        if (*json) found.push_back({{"good", good}, {"what", what}, {"line", line}});
        else fmt::print("{}  {:<10} {}\n", good ? "good" : "BAD ", what, line);
      };
      const auto damage = store::look_for_damage(*store);
      const auto wrong = words_of(damage);
      say(wrong.empty(), "database", wrong.empty() ? fmt::format("reads well, {} facts, chain unbroken", damage.chain.facts) : wrong + ": close the kiosk, then nuanzhan doctor --heal");
      if (const auto back = store->second_state().brought_back; back > 0) say(true, "healed", fmt::format("{} facts that the database had lost came back from the second journal", back));
      say(store->second_state().trouble == store::Store::SecondState::Trouble::none && damage.second.damaged == 0, "second", about_second(store->second_state(), damage));
      if (std::error_code none; std::filesystem::exists(common.data / "damaged-1", none))
        say(true, "kept", "what was damaged and mended is kept in damaged-1 (and on): whoever has seen whether it was touched removes the folder, and staff are told no more");
      say(!damage.keys(), "persons", about_keys(*store));
      const auto backups = store::backups_in(common.data / "backup");
      const auto newest = backups.empty() ? std::nullopt : store::look_at_backup(backups.front().file);
      const bool due = village::backup_due(*store);
      if (const auto bad = backups.empty() ? std::nullopt : does_not_open(common.data, backups.front().file)) say(false, "opened", *bad);
      say(!due, "backup", !newest ? (due ? "none yet: nuanzhan backup, or leave the kiosk open" : "none yet")
                                  : fmt::format("{} kept, the newest of {} with {} facts{}", backups.size(), base::iso(backups.front().day), newest->facts, due ? ": a new one is due" : ""));
      if (*rebuild) {
        const auto before = store->fold_hash();
        store->rebuild();
        say(before == store->fold_hash(), "tables", before == store->fold_hash() ? "equal to what the facts say" : "were not what the facts say; they are now");
      }
      std::error_code error;
      const auto space = std::filesystem::space(common.data, error);
      const auto free_mb = error ? 0 : space.available >> 20;
      say(free_mb >= 500, "disk", fmt::format("{} MB free", free_mb));
      if (const auto sealed = village::encrypted(common.data))
        say(true, "stolen", *sealed ? "the disk is encrypted: who carries it away reads nothing" : "who carries the disk away reads names, not what is confidential: it is not encrypted (README: a stolen machine)");
      const auto here = app::choose_site(*store, "");
      const auto said = request::check_said(store->reader(store::Viewer::nobody(here ? here->value : base::Uuid{})), common.data);
      say(said.missing == 0, "recordings", fmt::format("{} sealed{}{}", said.kept, said.unnamed > 0 ? fmt::format(", {} without a fact go when the kiosk opens", said.unnamed) : "",
                                                       said.missing > 0 ? fmt::format(", {} that the journal names are not on the disk", said.missing) : ""));
      const auto files = village::check_files(common.data, shapes::named_files(store->reader(store::Viewer{})));
      say(files.missing == 0 && files.without_copy == 0, "files",
          fmt::format("{} photos and recordings are named{}{}", files.named,
                      files.missing == 0               ? ""
                      : files.missing_with_copy == 0 ? fmt::format(", {} of them are not on the disk, and no copy is at hand: take them again, or put in the stick they were copied to", files.missing)
                                                     : fmt::format(", {} of them are not on the disk ({} have a copy: nuanzhan doctor --heal)", files.missing, files.missing_with_copy),
                      files.without_copy > 0 ? fmt::format(", {} lie there for a day without a copy: nuanzhan backup says why", files.without_copy) : ""));
      const bool township = std::filesystem::exists(common.data / "township.key");
      say(!township || store::township_key(common.data), "township", !township ? "no key: what is sealed is read by the village's staff alone (nuanzhan keys)"
                                                                        : store::township_key(common.data) ? "everything sealed is sealed for the township too"
                                                                                                             : "township.key holds no public key: nothing is sealed for the township");
      say(std::system("fc-list | grep -qi 'NotoSansCJK' 2>/dev/null") == 0, "letters", "Noto Sans CJK (package fonts-noto-cjk)");
      say(std::system("fc-list | grep -qi 'NotoColorEmoji' 2>/dev/null") == 0, "pictures", "Noto Color Emoji (package fonts-noto-color-emoji)");
      say(std::system("command -v espeak-ng >/dev/null 2>&1") == 0, "voice", "espeak-ng");
      // Without them staff still write, one character at a time.
      const auto pinyin = entry::no_composer_because(), hand = entry::no_handwriting_because();
      // Without it librime makes its dictionary anew from what is left: rare words stand first, and the first letter waits two seconds.
      const bool usual = std::filesystem::exists(entry::Composer::Settings{}.data / "essay.txt", error);
      say(!pinyin && usual, "pinyin", pinyin ? *pinyin + ": single characters only" : usual ? "librime with luna_pinyin" : "librime does not know which words are usual (package rime-essay)");
      say(!hand, "writing", hand ? *hand + ": no handwriting" : "zinnia with 6763 characters");
      const auto [reader_well, reader_line] = about_reader(*store, *reader);
      say(reader_well, "reader", reader_line);
      if (*json) fmt::print("{}\n", found.dump());
      return well ? done : not_done;
    });
  });
}

}  // namespace cli
