// What thirty seconds said aloud take on the worker: made ready when she stops, made small, sealed; opened for who listens; and what a
// key costs beside the PIN's hash.
#include "devices/audio.h"
#include "store/sealed.h"
#include "village/keys.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <numbers>

namespace {

devices::Pcm speech(int rate) {
  devices::Pcm pcm{rate, {}};
  unsigned noise = 1;
  for (int i = 0; i < 30 * rate; ++i) {
    noise = noise * 1664525 + 1013904223;
    const double t = static_cast<double>(i) / rate, loud = 0.5 + 0.5 * std::sin(2 * std::numbers::pi * 4 * t);
    pcm.samples.push_back(static_cast<std::int16_t>(
        loud * (6000 * std::sin(2 * std::numbers::pi * 180 * t) + 3000 * std::sin(2 * std::numbers::pi * 700 * t) + 1500 * std::sin(2 * std::numbers::pi * 2300 * t)) + noise % 400));
  }
  return pcm;
}

void made_ready(benchmark::State& state) {
  const auto said = speech(devices::clip_rate);
  for (auto _ : state) benchmark::DoNotOptimize(devices::evened(devices::resampled(devices::trimmed(said), devices::said_rate)));
}
void made_small(benchmark::State& state) {
  const auto said = speech(devices::said_rate);
  std::string small;
  for (auto _ : state) small = devices::opus_of(said);
  state.counters["bytes"] = static_cast<double>(small.size());
}
void sealed_for_six(benchmark::State& state) {
  std::vector<store::PublicKey> readers;
  for (int i = 0; i < 6; ++i) readers.push_back(store::KeyPair::make().open_to_all());
  const std::string sound(90'000, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(store::seal(sound, readers));
}
void opened_and_sounded(benchmark::State& state) {
  const auto pair = store::KeyPair::make();
  const auto sealed = store::seal(devices::opus_of(speech(devices::said_rate)), std::vector{pair.open_to_all()}).value();
  for (auto _ : state) benchmark::DoNotOptimize(devices::read_audio(std::string_view(*store::open(sealed, pair))));
}
void pin_hash(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(village::hash_pin("613829", 3, 128));
}
void key_unwrapped(benchmark::State& state) {
  const auto key = village::wrap_key(store::KeyPair::make(), "613829", 3, 128);
  for (auto _ : state) benchmark::DoNotOptimize(village::unwrap_key(key.wrapped, "613829"));
}

BENCHMARK(made_ready)->Unit(benchmark::kMillisecond);
BENCHMARK(made_small)->Unit(benchmark::kMillisecond);
BENCHMARK(sealed_for_six)->Unit(benchmark::kMillisecond);
BENCHMARK(opened_and_sounded)->Unit(benchmark::kMillisecond);
BENCHMARK(pin_hash)->Unit(benchmark::kMillisecond);
BENCHMARK(key_unwrapped)->Unit(benchmark::kMillisecond);

}  // namespace
