// Checking in: the whole deed, from its rights to the disk, beside a bare durable insert of the same bytes into the same kind of file
// (WAL, synchronous=FULL) on the same disk in the same run. Compare ratios, not machines: what a power cut must not take costs one fsync in both.
//
// check_in_bench [--benchmark_...]; the files are made in the working directory, because /tmp may be memory.
#include "shapes/attendance/attendance.h"
#include "shapes/shape.h"
#include "store/act.h"
#include "village/places.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::current_path() / "check-in-bench-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
};

// A day-care centre without a limit of seats, and people who come one after another.
struct Village {
  Folder folder;
  base::FixedClock clock{base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{545}, {})};
  std::optional<store::Store> store;
  village::SiteId site;
  std::vector<village::PersonId> people;
  std::size_t next = 0;

  Village() {
    std::vector<base::Wrong> wrong;
    shapes::use_catalogue(village::Catalogue::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong), wrong);
    if (!wrong.empty()) throw std::runtime_error(base::to_string(wrong));
    store.emplace(folder.path, shapes::contract(), clock, store::Store::Options{.seed = 1});
    store::Act act(*store, store::Viewer::clockwork({}));
    const auto v = village::save_village(act, {}, "山湾村", "");
    site = village::save_site(act, {.village = v, .kind = "day_care_centre", .name = "幸福院"}).value();
    const auto group = village::save_group(act, {}, v, 1, "1组", "🌳");
    const auto house = village::save_household(act, {.group = group, .number = "1"}).value();
    for (int i = 0; i < 400; ++i)
      people.push_back(village::save_person(act, {.name = fmt::format("王秀{}", i), .sex = "f", .portrait = fmt::format("v1:{}:f:70", i),
                                                  .born = base::day(std::chrono::year{1950} / 1 / 1), .household = house,
                                                  .tags = std::vector<std::string>{"elder"}, .sites = std::vector{site}})
                           .value());
    act.commit();
  }

  // Whoever comes next; when all have come, the night closes their stays and they come again. `aside` keeps that out of the figure.
  village::PersonId somebody(benchmark::State* aside = nullptr) {
    if (next == people.size()) {
      if (aside != nullptr) aside->PauseTiming();
      next = 0;
      clock.advance(std::chrono::days(1));
      store::Act act(*store, store::Viewer::clockwork(site.value));
      attendance::close_forgotten(act);
      act.commit();
      if (aside != nullptr) aside->ResumeTiming();
    }
    return people[next++];
  }

  void set_seats(std::optional<int> seats) {
    store::Act act(*store, store::Viewer::clockwork({}));
    const auto here = village::site(act, site).value();
    (void)village::save_site(act, {.id = site, .village = here.village, .kind = here.kind, .name = here.name, .seats = seats}).value();
    act.commit();
  }

  village::PersonId check_in(benchmark::State* aside = nullptr) {
    const auto who = somebody(aside);
    store::Act act(*store, store::Viewer::resident(site.value, who.value, store::Known::face));
    if (!attendance::check_in(act, {who, "day_care", ""})) throw std::runtime_error("the check-in was refused");
    act.commit();
    return who;
  }
};

Village& the_village() {
  static Village village;
  return village;
}

// The bytes of one fact of a check-in: ids, chain, kind, body.
std::string bytes_of_a_fact() {
  auto& v = the_village();
  (void)v.check_in();
  const auto fact = v.store->last_facts(1).at(0);
  return std::string(6 * 16 + 32 + 5 * 8, 'x') + fact.kind + fact.offer + fact.means + fact.body;
}

void bare_durable_insert(benchmark::State& state) {
  const Folder folder;
  SQLite::Database db((folder.path / "bare.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("PRAGMA journal_mode=WAL");
  db.exec("PRAGMA synchronous=FULL");
  db.exec("CREATE TABLE fact (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT");
  SQLite::Statement insert(db, "INSERT INTO fact (bytes) VALUES (?)");
  const auto bytes = bytes_of_a_fact();
  for (auto _ : state) {
    insert.bind(1, bytes.data(), static_cast<int>(bytes.size()));
    insert.exec();
    insert.reset();
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(bare_durable_insert)->UseRealTime()->Unit(benchmark::kMicrosecond);

void check_in(benchmark::State& state) {
  auto& v = the_village();
  for (auto _ : state) (void)v.check_in(&state);
}
BENCHMARK(check_in)->UseRealTime()->Unit(benchmark::kMicrosecond);

// The same where the site has seats, so that those who are in are counted each time.
void check_in_with_seats(benchmark::State& state) {
  auto& v = the_village();
  v.set_seats(1000);
  for (auto _ : state) (void)v.check_in(&state);
  v.set_seats({});
}
BENCHMARK(check_in_with_seats)->UseRealTime()->Unit(benchmark::kMicrosecond);

// The same without the disk's part, in one transaction: all that is ours.
void check_in_without_commit(benchmark::State& state) {
  auto& v = the_village();
  const store::Store::Bulk bulk(*v.store);
  for (auto _ : state) (void)v.check_in(&state);
}
BENCHMARK(check_in_without_commit)->UseRealTime()->Unit(benchmark::kMicrosecond);

// A deed that is refused, because she is in already: nothing is said, nothing goes to the disk.
void check_in_refused(benchmark::State& state) {
  auto& v = the_village();
  const auto who = v.check_in();
  for (auto _ : state) {
    store::Act act(*v.store, store::Viewer::resident(v.site.value, who.value, store::Known::face));
    benchmark::DoNotOptimize(attendance::check_in(act, {who, "day_care", ""}));
  }
}
BENCHMARK(check_in_refused)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
