// What it costs to keep a fact twice, and how long a village of five years takes to back up, to check and to heal.
//
//   store_bench [--facts=N]   1 000 000 where nothing is said; the large village is made once, in bench/ beside the program
#include "store/act.h"
#include "store/heal.h"
#include "village/backups.h"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

std::int64_t wanted = 1'000'000;

base::FixedClock clock_at_noon{base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{12 * 60}, {})};
store::Viewer kiosk() { return store::Viewer::clockwork(base::id_of("site")); }

// A row of its own for each fact, as a stay has.
void fold(store::Fold& f) {
  const auto key = "bench." + f.subject().text();
  f.run("DELETE FROM village_setting WHERE key = ?", key);
  f.run("INSERT INTO village_setting (key, site, value) VALUES (?, NULL, ?)", key, std::to_string(f.facts().size()));
}
store::Contract contract() { return {.kinds = {{"bench.said", 1, store::Class::union_, fold}}, .reactions = {}}; }

const std::string body(200, 'x');
void say(store::Store& s) {
  store::Act act(s, kiosk());
  act.append({.kind = "bench.said", .subject = act.new_id(), .person = base::id_of("person")}, {{"text", body}});
  act.commit();
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanzhan-bench-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

void fact(benchmark::State& state, bool second) {
  const Folder folder;
  store::Store s(folder.path, contract(), clock_at_noon, {.second = second});
  for (auto _ : state) say(s);
}
void a_fact_kept_once(benchmark::State& state) { fact(state, false); }
void a_fact_kept_twice(benchmark::State& state) { fact(state, true); }

std::filesystem::path large() {
  const auto folder = std::filesystem::path("bench") / ("facts-" + std::to_string(wanted));
  if (std::filesystem::exists(folder / "made")) return folder;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  {
    store::Store s(folder, contract(), clock_at_noon);
    {
      store::Store::Bulk bulk(s);
      for (std::int64_t i = 0; i < wanted; ++i) {
        say(s);
        if (i % 20'000 == 0) bulk.checkpoint();
      }
    }
    (void)village::back_up(s);
    for (int i = 0; i < 5000; ++i) say(s);  // two weeks of a busy village after the newest backup
  }
  std::filesystem::create_directory(folder / "made");
  return folder;
}

void copy_village(const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(large(), to, std::filesystem::copy_options::recursive);
}

void a_start(benchmark::State& state) {
  const auto folder = large();
  for (auto _ : state) store::Store s(folder, contract(), clock_at_noon);
}
void a_backup_read_back(benchmark::State& state) {
  const auto at = large().parent_path() / "case";
  copy_village(at);
  store::Store s(at, contract(), clock_at_noon);
  for (auto _ : state) benchmark::DoNotOptimize(village::back_up(s));
}
void the_full_check(benchmark::State& state) {
  store::Store s(large(), contract(), clock_at_noon);
  for (auto _ : state)
    if (store::look_for_damage(s).any()) state.SkipWithError("damaged");
}
void healing(benchmark::State& state) {
  const auto at = large().parent_path() / "case";
  const auto facts = static_cast<double>(wanted + 5000);
  for (auto _ : state) {
    state.PauseTiming();
    copy_village(at);
    std::filesystem::resize_file(at / "nuanzhan.db", 100'000);
    state.ResumeTiming();
    const auto healed = store::heal(at, contract(), clock_at_noon, {store::machine_key(at, false), nullptr});
    if (static_cast<double>(healed.from_backup + healed.from_second) != facts) state.SkipWithError("facts are missing");
  }
  state.counters["facts"] = facts;
}

BENCHMARK(a_fact_kept_once)->Unit(benchmark::kMicrosecond);
BENCHMARK(a_fact_kept_twice)->Unit(benchmark::kMicrosecond);
BENCHMARK(a_start)->Unit(benchmark::kMillisecond);
BENCHMARK(a_backup_read_back)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(the_full_check)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(healing)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]).starts_with("--facts=")) {
      wanted = std::atoll(argv[i] + 8);
      std::copy(argv + i + 1, argv + argc, argv + i);
      --argc;
      break;
    }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
