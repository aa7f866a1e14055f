// What a key costs (librime) and what a stroke costs (zinnia). Both are skipped where they are not installed.
#include "entry/composer.h"
#include "entry/handwriting.h"
#include "entry/library.h"

#include <benchmark/benchmark.h>
#include <filesystem>

namespace {

std::filesystem::path folder() { return std::filesystem::temp_directory_path() / "nuanzhan-entry-bench"; }

void start_of_the_composer(benchmark::State& state) {
  try {
    for (auto _ : state) (void)entry::Composer({.folder = folder()});
  } catch (const entry::Missing& missing) {
    state.SkipWithError(missing.what());
  }
}
BENCHMARK(start_of_the_composer)->Unit(benchmark::kMillisecond);

// One letter more after each: as many keys as letters.
void a_key(benchmark::State& state, const char* letters, bool fuzzy) {
  try {
    entry::Composer composer({.folder = folder(), .fuzzy = fuzzy});
    const std::string_view all = letters;
    for (auto _ : state) {
      for (std::size_t n = 1; n <= all.size(); ++n) benchmark::DoNotOptimize(composer.candidates(all.substr(0, n)));
      benchmark::DoNotOptimize(composer.candidates(""));
    }
    state.counters["us_a_key"] = benchmark::Counter(static_cast<double>(all.size()) * 1e-6, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  } catch (const entry::Missing& missing) {
    state.SkipWithError(missing.what());
  }
}
BENCHMARK_CAPTURE(a_key, one_syllable, "wang", true);
BENCHMARK_CAPTURE(a_key, a_name, "wangxiulan", true);
BENCHMARK_CAPTURE(a_key, a_name_exact, "wangxiulan", false);
BENCHMARK_CAPTURE(a_key, thirty_two_letters, "jintianxiawukaihuidajiadoulaiting", true);
BENCHMARK_CAPTURE(a_key, thirty_two_initials, "wxlzjsdklhgfdswqrtypzxcbnmmwxlzj", true);

void a_stroke(benchmark::State& state) {
  try {
    const entry::Handwriting hand;
    std::vector<entry::Stroke> strokes;
    for (int i = 0; i < state.range(0); ++i) strokes.push_back({{0, static_cast<float>(10 * i)}, {60, static_cast<float>(10 * i + 2)}, {100, static_cast<float>(10 * i)}});
    for (auto _ : state) benchmark::DoNotOptimize(hand.candidates(strokes));
  } catch (const entry::Missing& missing) {
    state.SkipWithError(missing.what());
  }
}
BENCHMARK(a_stroke)->Arg(1)->Arg(4)->Arg(8)->Arg(12)->Unit(benchmark::kMillisecond);

}  // namespace
