// A kiosk's deeds without its screen, as the kiosk runs them (app::run): what the faults of a disk and of a clock are aimed at.
//
//   fault_player day FOLDER DEEDS [SYNCHRONOUS]     two lives of a kiosk in a new folder: deeds, a backup, photos, where it stood
//   fault_player deeds FOLDER FIRST DEEDS [wait]    goes on in a folder that is there; once open, waits for a line on stdin
//   fault_player check                              opens each folder named on stdin as the kiosk would: one line of JSON each
//   fault_player keeps FOLDER                       a kiosk open on FOLDER with its keeper; each "day" on stdin makes it a day later (stick.py)
//   fault_player faces FOLDER                       in a demo village: two elders get a photo each and say something aloud; "PERSON PHOTO RECORDING" a line
//   fault_player erases FOLDER PERSON               as a manager does
//   fault_player clock FOLDER                       asked on stdin, answers on stdout: come, guess, right, chores, look (test_clock.py)
//
// What is confirmed is said on stdout with write(2) the moment it came back: "confirmed N FACT…", "refused N REASON FACT…",
// "photo PATH", "backup FILE FACTS", "stands SCREEN". SYNCHRONOUS weakens the database and keeps no second journal.
#include "app/acts.h"
#include "app/keeper.h"
#include "app/resume.h"
#include "base/durable_file.h"
#include "shapes/attendance/attendance.h"
#include "shapes/request/request.h"
#include "shapes/shape.h"
#include "store/backup_file.h"
#include "store/journal.h"
#include "store/schema_files.h"
#include "village/erasure.h"
#include "village/kinds.h"
#include "village/photos.h"
#include "village/places.h"

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <string>
#include <unistd.h>
#include <utility>

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

int deeds(const fs::path& data, int first, int n, bool waits) {
  const base::SystemClock clock;
  app::Resume resume(data / "resume", 1000);
  Kiosk kiosk{.store = store::Store(data, shapes::contract(), clock), .trace = {}};
  say("open");
  if (std::string line; waits) (void)std::getline(std::cin, line);
  for (int i = first; i < first + n; ++i) one(kiosk, i);
  stands(data, resume, "screen");
  return 0;
}

// --- a newer program on what an earlier one left

// Facts of a kind that nobody folds: of the tables as they were, the program of today knows nothing.
void says_plain(store::Store& store, int n) {
  store::Fact f;
  base::IdMaker ids;
  f.id = ids.next(store.clock().now());
  f.origin = base::id_of("an earlier kiosk");
  f.seq = n + 1;
  f.turn = n + 1;
  f.kind = "earlier.said";
  f.at = store.clock().now();
  f.subject = base::id_of("a subject");
  f.means = "face";
  f.body = "{}";
  store::Act act(store, store::Viewer::clockwork({}));
  act.accept(f);
  act.commit();
  say("confirmed " + std::to_string(n) + " " + f.id.text());
}

int upgrades(const fs::path& data, int facts) {
  const base::SystemClock clock;
  {
    store::Store earlier(data, shapes::contract(), clock, {.schema_up_to = store::schema_files().back().number - 1});
    for (int n = 0; n < facts; ++n) says_plain(earlier, n);
  }
  store::Store now(data, shapes::contract(), clock);
  say("upgraded");
  for (int n = facts; n < facts + 3; ++n) says_plain(now, n);
  return 0;
}

// --- its keeper

class LaterClock final : public base::Clock {
 public:
  void later(std::chrono::hours by) { by_ += by.count(); }
  [[nodiscard]] base::Instant now() const override { return base::SystemClock().now() + std::chrono::hours{by_}; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return base::SystemClock().monotonic_ms(); }

 private:
  std::atomic<std::int64_t> by_ = 0;  // hours; the keeper's thread looks at it too
};

// Deeds go on all the while, as on the drawing thread of a kiosk: each is said the moment it is confirmed.
int keeps(const fs::path& data) {
  constexpr int a_deed_each_ms = 30;
  constexpr std::int64_t next_look_ms = 11 * 60'000;  // beyond the keeper's own pause
  LaterClock clock;
  Kiosk kiosk{.store = store::Store(data, shapes::contract(), clock), .trace = {}};
  if (!kiosk.village()) found(kiosk);
  for (auto n = static_cast<int>(village::named_photos(kiosk.store.reader(kiosk.clockwork)).size()); n < 12; ++n) {
    village::NewPhoto photo(data, picture());
    if (kiosk.deed("photo", [&](store::Act& act) { return family(act, "photo-" + std::to_string(n), photo.path()); })) photo.keep();
  }
  app::Keeper keeper(kiosk.store, village::SiteId{});  // of no site: nothing of a village is measured here
  std::int64_t now_ms = 0;
  keeper.tick(now_ms, true);
  say("open");
  const auto life = kiosk.store.origin().text().substr(24);
  bool keeping = false;
  std::string line;
  for (int n = 0;; ++n) {
    pollfd in{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (::poll(&in, 1, a_deed_each_ms) > 0) {
      char c = 0;
      if (::read(STDIN_FILENO, &c, 1) <= 0) return 0;
      if (c == '\n' && (std::exchange(line, {}) == "day")) {
        clock.later(std::chrono::hours{25});
        now_ms += next_look_ms;
        keeper.tick(now_ms, true);
        keeping = true;
        say("keeping");
      } else if (c != '\n') {
        line += c;
        continue;
      }
    }
    if (keeping && !keeper.working()) {
      keeping = false;
      say("kept");
    }
    const auto number = life + "-" + std::to_string(n);
    kiosk.deed(number, [&](store::Act& act) { return family(act, number, ""); });
  }
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
    try {
      const auto opened = store::open_backup(b.file, {.machine = key, .township = nullptr}, data / "opened.db");
      seen["backups"][b.file.filename().string()] = opened ? opened->facts : -1;
    } catch (const std::exception& e) {
      seen["error"] = e.what();
    }
    std::error_code none;
    fs::remove(data / "opened.db", none);
  }
  if (fs::exists(data / "resume")) {
    const app::Resume resume(data / "resume", 1001);
    seen["stands"] = resume.fell_at() ? resume.fell_at()->screen : "";
  }
  return seen;
}

// --- a clock that jumps

void use_catalogue() {
  std::vector<base::Wrong> wrong;
  shapes::use_catalogue(village::Catalogue::load(fs::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong), wrong);
}

struct Centre {
  Kiosk kiosk;
  village::SiteId site;
  village::StaffId clerk;
  int came = 0;
};

void settle(Centre& centre) {
  auto& store = centre.kiosk.store;
  store::Act act(store, centre.kiosk.clockwork);
  if (const auto all = village::sites(act); !all.empty()) {
    centre.site = all.front().id;
    centre.clerk = village::staff(act.as(store::Viewer::nobody(centre.site.value))).front().id;
    centre.came = static_cast<int>(act.count("SELECT count(*) FROM attendance_stay"));
    return;
  }
  const auto village = village::save_village(act, {}, "双塔村", "lunar:1,4,7");
  centre.site = village::save_site(act, {.id = {}, .village = village, .kind = "day_care_centre", .name = "双塔村幸福院", .seats = 100, .phone = {}}).value();
  village::PersonEdit edit;
  edit.name = "小王";
  const auto clerk = village::save_person(act, edit).value();
  village::StaffEdit account;
  account.person = clerk;
  account.number = "101";
  account.role = store::Role::clerk;
  account.pin_hash = village::hash_pin("613829", 1, 0);
  account.site = centre.site;
  centre.clerk = village::save_staff(act, account).value();
  for (int i = 0; i < 40; ++i) {
    village::PersonEdit elder;
    elder.name = "王秀兰";
    elder.tags = {"elder"};
    elder.sites = {centre.site};
    (void)village::save_person(act, elder).value();
  }
  act.commit();
}

std::string sign_in(Centre& centre, std::string_view pin) {
  const auto nobody = store::Viewer::nobody(centre.site.value);
  std::string answer;
  std::string hash;
  {
    store::Act act(centre.kiosk.store, nobody);
    const auto begun = village::begin_sign_in(act, centre.clerk);
    answer = begun ? "" : village::name(begun.error());
    if (begun) hash = *begun;
    act.commit();
  }
  if (!answer.empty()) return answer;
  store::Act act(centre.kiosk.store, nobody);
  const auto done = village::end_sign_in(act, centre.clerk, village::pin_matches(pin, hash), {});
  answer = done ? "signed_in" : village::name(done.error());
  act.commit();
  return answer;
}

int clock(const fs::path& data) {
  use_catalogue();
  const base::SystemClock system;
  Centre centre{.kiosk = {.store = store::Store(data, shapes::contract(), system), .trace = {}}, .site = {}, .clerk = {}};
  settle(centre);
  auto& store = centre.kiosk.store;
  const auto machine = store::Viewer::clockwork(centre.site.value);
  for (std::string asked; std::getline(std::cin, asked);) {
    if (asked == "come") {
      const auto person = store.reader(machine).one<village::PersonId>("SELECT id FROM village_person WHERE name = '王秀兰' ORDER BY id LIMIT 1 OFFSET ?", centre.came++);
      std::string answer;
      const auto self = store::Viewer::resident(centre.site.value, person.value().value, store::Known::card);
      const auto outcome = app::run(store, self, centre.kiosk.trace, [&](store::Act& act) {
        auto done = parts::as_outcome("attendance", attendance::check_in(act, {*person, "day_care", {}}));
        for (const auto& f : act.said()) answer += " " + f.id.text();
        return done;
      }, 5000);
      say(outcome && *outcome ? "came" + answer : "refused " + (outcome ? outcome->error().name : "locked"));
    } else if (asked == "chores") {
      for (const auto& shape : shapes::all())
        for (const auto& chore : shape.chores) {
          store::Act act(store, machine);
          chore.run(act);
          act.commit();
        }
      say("done");
    } else if (asked == "guess" || asked == "right") {
      say(sign_in(centre, asked == "right" ? "613829" : "000000"));
    } else if (asked == "look") {
      json seen{{"broken_at", store.verify_chain().broken_at}, {"facts", json::array()}, {"now", system.now().time_since_epoch().count()}};
      store.each_fact(0, [&](std::int64_t, const store::Fact& f) {
        seen["facts"].push_back({{"id", f.id.text()}, {"seq", f.seq}, {"at", f.at.time_since_epoch().count()}, {"sure", f.clock_sure}, {"kind", f.kind}, {"subject", f.subject.text()}});
        return true;
      });
      const auto before = store.fold_hash();
      store.rebuild();
      seen["folds"] = store.fold_hash() == before;
      say(seen.dump());
    }
  }
  return 0;
}

// --- what lies beside the database

base::Instant a_morning() { return base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{10 * 60}, base::Place{}); }

int faces(const fs::path& data) {
  use_catalogue();
  const base::FixedClock clock(a_morning());
  store::Store store(data, shapes::contract(), clock);
  std::vector<std::pair<village::PersonId, base::Uuid>> who;
  for (auto rows = store.reader({}).query("SELECT p.id, s.id FROM village_person p JOIN village_person_tag t ON t.person = p.id AND t.tag = 'elder' AND t.until IS NULL"
                                          " JOIN village_person_site c ON c.person = p.id JOIN village_site s ON s.id = c.site WHERE s.kind = 'day_care_centre' AND p.left_on IS NULL"
                                          " GROUP BY p.id ORDER BY p.id LIMIT 40");
       const auto row : rows)
    who.emplace_back(row.get<village::PersonId>(0), row.get<base::Uuid>(1));
  int given = 0;
  for (const auto& [person, site] : who) {
    if (given == 2) break;
    const auto clerk = store::Viewer::of_staff(site, store::Role::clerk, {}, {});
    const auto self = store::Viewer::resident(site, person.value, store::Known::card);
    store::Act act(store, clerk);
    const auto asked = request::ask(act, {person, "meals"});
    if (!asked) continue;  // has asked already: somebody else
    const auto may = request::may_say(act.as(self), asked->request);
    if (!may) throw std::runtime_error("nothing can be said here");
    request::SaidFile said(data, "OggS what " + person.text() + " said", *may, 10);
    village::NewPhoto photo(data, picture());
    (void)village::record_consent(act, person, "photo", village::photo_consent_version, true).value();
    (void)village::set_photo(act, person, photo.path()).value();
    (void)request::say(act, asked->request, said).value();
    act.commit();
    said.keep();
    photo.keep();
    ::say(person.text() + " " + photo.path() + " said/" + said.id.text());
    ++given;
  }
  return given == 2 ? 0 : 1;
}

int erases(const fs::path& data, const std::string& person) {
  use_catalogue();
  const base::FixedClock clock(a_morning());
  store::Store store(data, shapes::contract(), clock);
  store::Act act(store, store::Viewer::of_staff({}, store::Role::manager, {}, {}));
  const auto gone = village::erase_person(act, village::PersonId::parse(person).value(), [](const store::Reader&, village::PersonId) { return false; });
  if (!gone) throw std::runtime_error(std::string(village::name(gone.error())));
  act.commit();
  village::forget_files(data, *gone);
  return 0;
}

int check() {
  for (std::string folder; std::getline(std::cin, folder);) {
    say(look(folder).dump(-1, ' ', false, json::error_handler_t::replace));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_level(std::getenv("NUANZHAN_FAULT_LOG") != nullptr ? spdlog::level::info : spdlog::level::off);
  const std::string verb = argc > 1 ? argv[1] : "";
  try {
    if (verb == "day" && argc > 3) return day(argv[2], std::stoi(argv[3]), argc > 4 ? argv[4] : "");
    if (verb == "deeds" && argc > 4) return deeds(argv[2], std::stoi(argv[3]), std::stoi(argv[4]), argc > 5);
    if (verb == "keeps" && argc > 2) return keeps(argv[2]);
    if (verb == "faces" && argc > 2) return faces(argv[2]);
    if (verb == "erases" && argc > 3) return erases(argv[2], argv[3]);
    if (verb == "clock" && argc > 2) return clock(argv[2]);
    if (verb == "upgrades" && argc > 3) return upgrades(argv[2], std::stoi(argv[3]));
    if (verb == "check") return check();
  } catch (const std::exception& e) {
    std::cerr << "fault_player: " << e.what() << "\n";
    return 1;
  }
  std::cerr << "fault_player day|deeds|keeps|faces|erases|upgrades|check|clock\n";
  return 2;
}
