// A kiosk's deeds without its screen, as the kiosk runs them (app::run): what the faults of a disk and of a clock are aimed at.
//
//   fault_player day FOLDER DEEDS [SYNCHRONOUS]     two lives of a kiosk in a new folder: deeds, a backup, photos, where it stood
//   fault_player deeds FOLDER FIRST DEEDS           goes on in a folder that is there
//   fault_player check                              opens each folder named on stdin as the kiosk would: one line of JSON each
//   fault_player clock FOLDER                       asked on stdin, answers on stdout: come, sign_in, guess, chores, look (clock.py)
//
// What is confirmed is said on stdout with write(2) the moment it came back: "confirmed N FACT…", "refused N REASON FACT…",
// "photo PATH", "backup FILE FACTS", "stands SCREEN". SYNCHRONOUS weakens the database and keeps no second journal.
#include "app/acts.h"
#include "app/resume.h"
#include "base/durable_file.h"
#include "shapes/shape.h"
#include "store/backup_file.h"
#include "store/journal.h"
#include "village/kinds.h"
#include "village/photos.h"
#include "village/places.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>
#include <string>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view jpeg_ends = "\xFF\xD9";

std::string picture() {
  std::string bytes = "\xFF\xD8";
  for (int i = 0; i < 20'000; ++i) bytes += static_cast<char>('a' + i % 23);
  return bytes + std::string(jpeg_ends);
}

void say(const std::string& line) {
  const auto whole = line + "\n";
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::exit(5);
}

struct Kiosk {
  store::Store store;
  app::Trace trace;
  store::Viewer clockwork = store::Viewer::clockwork({});

  // A deed as the kiosk does it. Says what came of it; the facts are named also where it was refused.
  bool deed(const std::string& name, const std::function<parts::Outcome(store::Act&)>& what) {
    std::string facts;
    const auto outcome = app::run(store, clockwork, trace, [&](store::Act& act) {
      auto done = what(act);
      facts.clear();
      for (const auto& f : act.said()) facts += " " + f.id.text();
      return done;
    }, 5000);
    const bool good = outcome && *outcome;
    say(good ? "confirmed " + name + facts : "refused " + name + " " + (outcome ? outcome->error().name : "locked") + facts);
    return good;
  }

  std::optional<village::VillageId> village() {
    const auto all = village::villages(store.reader(clockwork));
    return all.empty() ? std::nullopt : std::optional(all.front().id);
  }
};

// Three facts: a household and two people in it. Half of it must never be found.
parts::Outcome family(store::Act& act, const std::string& number, const std::string& photo) {
  const auto village = village::villages(act).front().id;
  const auto group = act.one<village::GroupId>("SELECT id FROM village_group LIMIT 1");
  const auto house = village::save_household(act, {.village = village, .group = group, .number = number});
  if (!house) return std::unexpected(parts::Refused{"village", std::string(village::name(house.error()))});
  for (const char* name : {"王秀兰", "李守田"}) {
    village::PersonEdit edit;
    edit.name = name;
    edit.household = *house;
    if (!photo.empty()) edit.photo = photo;
    const auto person = village::save_person(act, edit);
    if (!person) return std::unexpected(parts::Refused{"village", std::string(village::name(person.error()))});
  }
  return std::any(*house);
}

void found(Kiosk& kiosk) {
  kiosk.deed("village", [](store::Act& act) -> parts::Outcome {
    const auto village = village::save_village(act, {}, "双塔村", "lunar:1,4,7");
    return std::any(village::save_group(act, {}, village, 1, "大槐树", "🌳"));
  });
}

void stands(const fs::path& data, app::Resume& resume, const std::string& screen) {
  if (!resume.stands_at({screen, ""}, 1000)) return;
  app::Resume::write(data / "resume", resume.text());
  say("stands " + screen);
}

void one(Kiosk& kiosk, int n) {
  const auto number = std::to_string(n);
  if (n % 7 != 3) {
    kiosk.deed(number, [&](store::Act& act) { return family(act, number, ""); });
    return;
  }
  try {
    village::NewPhoto photo(kiosk.store.folder(), picture());
    if (kiosk.deed(number, [&](store::Act& act) { return family(act, number, photo.path()); })) {
      photo.keep();
      say("photo " + photo.path());
    }
  } catch (const std::exception&) {
    say("refused " + number + " photo");
  }
}

void back_up(Kiosk& kiosk) {
  const auto folder = kiosk.store.folder();
  try {
    std::error_code error;
    fs::create_directories(folder / "backup", error);
    const auto key = store::machine_key(folder, true);
    if (!key) throw std::runtime_error("no key");
    const auto head = store::write_backup(kiosk.store, folder / "backup" / "2026-11-24.nzb", *key, std::nullopt);
    say("backup 2026-11-24.nzb " + std::to_string(head.facts));
  } catch (const std::exception&) {
    say("refused backup machine");
  }
}

int day(const fs::path& data, int deeds, const std::string& synchronous) {
  const base::SystemClock clock;
  app::Resume resume(data / "resume", 1000);
  for (int life = 0; life < 2; ++life) {
    Kiosk kiosk{.store = store::Store(data, shapes::contract(), clock, {.second = synchronous.empty()}), .trace = {}};
    if (!synchronous.empty()) kiosk.store.database().script("PRAGMA synchronous=" + synchronous);
    if (life == 0) found(kiosk);
    for (int n = life * deeds / 2; n < (life + 1) * deeds / 2; ++n) {
      one(kiosk, n);
      if (n % 5 == 2) stands(data, resume, "screen" + std::to_string(n));
      if (n % (deeds / 2) == deeds / 3) back_up(kiosk);
    }
  }
  return 0;
}

int deeds(const fs::path& data, int first, int n) {
  const base::SystemClock clock;
  app::Resume resume(data / "resume", 1000);
  Kiosk kiosk{.store = store::Store(data, shapes::contract(), clock), .trace = {}};
  say("open");
  for (int i = first; i < first + n; ++i) one(kiosk, i);
  stands(data, resume, "screen");
  return 0;
}

// --- looking

std::string whole_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

json look(const fs::path& data) {
  json seen{{"folder", data.string()}};
  try {
    const base::SystemClock clock;
    store::Store store(data, shapes::contract(), clock);
    seen["brought_back"] = store.second_state().brought_back;
    seen["trouble"] = static_cast<int>(store.second_state().trouble);
    std::string ids;
    store.each_fact(0, [&](std::int64_t, const store::Fact& f) {
      ids += f.id.text() + " ";
      return true;
    });
    seen["facts"] = ids;
    seen["broken_at"] = store.verify_chain().broken_at;
    const auto before = store.fold_hash();
    store.rebuild();
    seen["folds"] = store.fold_hash() == before;
    std::int64_t torn = 0;
    for (const auto& path : village::named_photos(store.reader(store::Viewer::clockwork({})))) torn += whole_file(data / path) != picture();
    seen["photos_torn"] = torn;
  } catch (const std::exception& e) {
    seen["error"] = e.what();
  }
  const auto key = store::machine_key(data, false);
  for (const auto& b : store::backups_in(data / "backup")) {
    const auto opened = store::open_backup(b.file, {.machine = key, .township = nullptr}, data / "opened.db");
    seen["backups"][b.file.filename().string()] = opened ? opened->facts : -1;
    std::error_code none;
    fs::remove(data / "opened.db", none);
  }
  if (fs::exists(data / "resume")) {
    const app::Resume resume(data / "resume", 1001);
    seen["stands"] = resume.fell_at() ? resume.fell_at()->screen : "";
  }
  return seen;
}

int check() {
  for (std::string folder; std::getline(std::cin, folder);) {
    say(look(folder).dump(-1, ' ', false, json::error_handler_t::replace));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_level(spdlog::level::off);
  const std::string verb = argc > 1 ? argv[1] : "";
  try {
    if (verb == "day" && argc > 3) return day(argv[2], std::stoi(argv[3]), argc > 4 ? argv[4] : "");
    if (verb == "deeds" && argc > 4) return deeds(argv[2], std::stoi(argv[3]), std::stoi(argv[4]));
    if (verb == "check") return check();
  } catch (const std::exception& e) {
    std::cerr << "fault_player: " << e.what() << "\n";
    return 1;
  }
  std::cerr << "fault_player day|deeds|check\n";
  return 2;
}
