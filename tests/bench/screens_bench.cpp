// Every screen's `load` and drawing, in processor time of one frame, without a window: a line a screen and village.
//
// screens_bench [--villages=400:60,400:1825,100000:1] [--folder=DIR] [--benchmark_...]
//   residents:days of each demo village; made once by the program beside this one and kept in DIR (bench/ beside it).
//   load_ms   the screen's model read anew; draw_ms the frame built from it: medians of 200 frames, load_worst_ms the worst.
//   outline_ms  of draw_ms: saying every widget's words once and comparing them with the frame before (widgets: how many).
//   first_ms  the longest frame while the screen comes, with letters and faces that nobody drew yet.
// Aim: load and draw below 2 ms together, and the same in every village.
// The rule: a screen is come to as a person comes to it (app/examples.h), in a throw-away copy.
#include "app/examples.h"
#include "app/faces.h"
#include "app/kiosk.h"
#include "app/run.h"
#include "base/log.h"
#include "desk/home.h"
#include "shapes/shape.h"
#include "ui/frame.h"
#include "village/places.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <stdexcept>

namespace {

constexpr int frames = 200;

// Of this thread: others may be busy beside us.
double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double> all) {
  std::ranges::sort(all);
  return all[all.size() / 2];
}

const std::map<std::string, base::Words>& words() {
  static const auto all = [] {
    const std::filesystem::path source = NUANZHAN_SOURCE_DIR;
    std::vector<base::Wrong> wrong;
    std::set<std::string, std::less<>> built;
    for (const auto& shape : shapes::all()) built.emplace(shape.name);
    shapes::use_catalogue(village::Catalogue::load(source / "db/catalogue", built, wrong), wrong);
    std::map<std::string, base::Words> read;
    for (const auto* language : {"zh-CN", "en"}) read.emplace(language, base::Words::load(source / "assets/text", language, wrong));
    if (!wrong.empty()) throw std::runtime_error(base::to_string(wrong));
    return read;
  }();
  return all;
}

// A demo village, opened once and copied once; every screen is looked at in the same copy.
struct Village {
  base::FixedClock clock;
  store::Store store;
  app::Copy copy;

  explicit Village(const std::filesystem::path& data)
      : clock(base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{605}, {})), store(data, shapes::contract(), clock, store::Store::Options{.create = false}), copy(store) {}
};

void look(benchmark::State& state, const std::shared_ptr<Village>& village, const std::string& key) {
  auto& store = village->copy.store();
  const auto site = app::choose_site(store, std::string(app::home_of(key)));
  if (!site) {
    state.SkipWithError("no such site");
    return;
  }
  app::Trace trace;
  app::Workers workers([] {});
  app::Setup setup{store, trace, workers, app::all_faces(), words(), "zh-CN", *site, {}, false, false};
  std::vector<parts::HomeTile> tiles;
  for (const auto& faces : setup.faces) tiles.insert(tiles.end(), faces.tiles.begin(), faces.tiles.end());
  desk::set_home_tiles(std::move(tiles));
  app::Kiosk kiosk(std::move(setup));
  std::int64_t now = 1'000'000;
  kiosk.tick(now);
  if (!app::bring(kiosk, village->copy, *site, key)) {
    state.SkipWithError("nothing to show in this village");
    return;
  }
  const auto glass = ui::reference_glasses()[2].glass;
  ui::Frame frame;
  const auto one_frame = [&] {
    now += 16;
    const double begun = processor_ms();
    (void)kiosk.draw(frame, glass, {}, now);
    return processor_ms() - begun;
  };
  double first = 0;  // the longest while letters and faces are made
  for (int i = 0; i < 30; ++i) first = std::max(first, one_frame());
  std::vector<double> load, draw;
  for (auto _ : state) {
    for (int i = 0; i < frames; ++i) {
      draw.push_back(one_frame());
      kiosk.look_again();  // the model is old: read anew
      load.push_back(std::max(0.0, one_frame() - draw.back()));
    }
    workers.take();
  }
  // What the one list costs a frame: all its words said once more, and compared with the frame before.
  std::vector<double> outlined;
  const auto& outline = frame.outline();
  for (int i = 0; i < frames; ++i) {
    const double begun = processor_ms();
    ui::Outline again;
    for (const auto& widget : outline.widgets) again.widgets.push_back(widget);
    again.focus = outline.focus, again.speak_key = outline.speak_key, again.speak_text = outline.speak_text;
    benchmark::DoNotOptimize(again == outline);
    outlined.push_back(processor_ms() - begun);
  }
  state.counters["outline_ms"] = median(outlined);
  state.counters["widgets"] = static_cast<double>(outline.widgets.size());
  state.counters["load_ms"] = median(load);
  state.counters["load_worst_ms"] = *std::ranges::max_element(load);
  state.counters["draw_ms"] = median(draw);
  state.counters["first_ms"] = first;
}

std::vector<std::string> parted(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == at) parts.emplace_back();
    else parts.back() += c;
  return parts;
}

}  // namespace

int main(int argc, char** argv) {
  const auto beside = std::filesystem::canonical("/proc/self/exe").parent_path();
  std::string villages = "400:60,400:1825,100000:1";
  auto folder = beside / "bench";
  std::vector<char*> rest;
  for (int i = 0; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--villages=")) villages = word.substr(11);
    else if (word.starts_with("--folder=")) folder = word.substr(9);
    else rest.push_back(argv[i]);
  }
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  (void)words();
  for (const auto& one : parted(villages, ',')) {
    const auto of = parted(one, ':');
    const auto data = folder / fmt::format("{}-{}", of.at(0), of.at(1));
    if (!std::filesystem::exists(data / "demo-village.txt")) {
      std::filesystem::create_directories(folder);
      const auto make = fmt::format("'{}' --data '{}' --now 2026-11-24T09:05 demo --residents {} --days {} >&2", (beside / "nuanzhan").string(), data.string(), of[0], of[1]);
      if (std::system(make.c_str()) != 0) {
        fmt::print(stderr, "the village {} could not be made\n", one);
        return 1;
      }
    }
    const auto village = std::make_shared<Village>(data);
    std::vector<std::string> screens;
    for (const auto& faces : app::all_faces())
      for (const auto& screen : faces.screens)
        if (!app::only_leads_on(screen.key)) screens.push_back(screen.key);
    std::ranges::stable_partition(screens, [](const auto& key) { return !app::leaves_an_alarm(key); });
    for (const auto& key : screens)
      benchmark::RegisterBenchmark(fmt::format("{}:{}", key, one).c_str(), [village, key](benchmark::State& state) { look(state, village, key); })->Iterations(1);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
