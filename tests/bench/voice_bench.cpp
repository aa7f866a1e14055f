// The voice: from the wish to the first sample for a sentence that is recorded, put together, cached, or new to
// espeak-ng; reading 500 clips' pack; what all packs take of memory.
#include "devices/audio.h"
#include "devices/repertoire.h"
#include "devices/voice.h"

#include <benchmark/benchmark.h>
#include <thread>
#include <malloc.h>
#include <unistd.h>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "voice-bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
    // Three packs of 500 clips of three seconds, as `voice pack` writes them: Ogg Vorbis.
    devices::Pcm tone{devices::clip_rate, {}};
    for (int i = 0; i < 3 * devices::clip_rate; ++i) tone.samples.push_back(static_cast<std::int16_t>(6000 * std::sin(0.05 * i) * std::sin(0.0007 * i)));
    for (const auto* name_of : {"a", "b", "c"}) {
      devices::Pack pack{name_of, name_of, "zh-CN", {}, {}, {}, path / "packs" / name_of};
      fs::create_directories(pack.folder);
      devices::write_audio(pack.folder / "0.ogg", tone, devices::AudioFile::vorbis);
      for (int n = 0; n < 500; ++n) {
        const auto file = std::to_string(n) + ".ogg";
        if (n > 0) fs::copy_file(pack.folder / "0.ogg", pack.folder / file);
        std::string text = std::string("第") + name_of + "句话";
        text = n == 1 ? "记上了" : n == 2 ? "九点" : n == 3 ? "零五" : n == 4 ? "到的" : text + std::to_string(n);
        pack.clips["k." + std::to_string(n)] = {file, text};
      }
      devices::save_pack(pack);
    }
  }
  ~Folder() { fs::remove_all(path); }
};
const Folder& folder() {
  static const Folder one;
  return one;
}

struct Started {
  std::mutex mutex;
  std::condition_variable moved;
  int count = 0;
  void wait_for(int wanted) {
    std::unique_lock lock(mutex);
    moved.wait_for(lock, std::chrono::seconds(10), [&] { return count >= wanted; });
  }
};

void starts(benchmark::State& state, const std::string& text, bool with_packs, bool cached, std::chrono::milliseconds between = {}) {
  Started started;
  devices::Voice::Settings settings;
  if (with_packs) settings.packs = {folder().path / "packs"};
  if (cached) settings.cache = folder().path / "cache";
  settings.on_started = [&](const std::string&) {
    const std::lock_guard lock(started.mutex);
    ++started.count;
    started.moved.notify_all();
  };
  devices::Speaker speaker(false);
  devices::Voice voice(speaker, settings);
  int said = 0;
  voice.say({text, "zh-CN", "x"});  // packs and readings are read with the first sentence
  started.wait_for(++said);
  for (auto _ : state) {
    if (between.count() > 0) {
      state.PauseTiming();
      std::this_thread::sleep_for(between);
      state.ResumeTiming();
    }
    voice.say({text, "zh-CN", "x"});
    started.wait_for(++said);
  }
}

void start_recorded_clip(benchmark::State& state) { starts(state, "记上了", true, false); }
void start_put_together(benchmark::State& state) { starts(state, "记上了，九点零五到的。", true, false); }
void start_cached(benchmark::State& state) { starts(state, "您好，来了点手，有急事点红的。", false, true); }
void start_cold_espeak(benchmark::State& state) { starts(state, "您好，来了点手，有急事点红的。", false, false); }
// As between two touches: the next espeak-ng has read its data.
void start_waiting_espeak(benchmark::State& state) { starts(state, "您好，来了点手，有急事点红的。", false, false, std::chrono::milliseconds(150)); }
BENCHMARK(start_recorded_clip)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(start_put_together)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(start_cached)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(start_cold_espeak)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(start_waiting_espeak)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(40);

// What another step than the middle one adds to a clip of three seconds.
void clip_slowed(benchmark::State& state) {
  devices::Pcm pcm{devices::clip_rate, {}};
  for (int i = 0; i < 3 * pcm.rate; ++i) pcm.samples.push_back(static_cast<std::int16_t>(i % 245 * 60));
  for (auto _ : state) benchmark::DoNotOptimize(devices::at_tempo(pcm, 0.79));
}
BENCHMARK(clip_slowed)->Unit(benchmark::kMillisecond);

void read_packs_of(benchmark::State& state, const std::vector<std::string>& names) {
  (void)folder();
  malloc_trim(0);
  const auto before = mallinfo2().uordblks;
  std::size_t bytes = 0;
  for (auto _ : state) {
    devices::Repertoire all({folder().path / "packs"});
    all.ask_in_order(names);
    all.look();
    bytes = mallinfo2().uordblks - before;
  }
  state.counters["KB"] = static_cast<double>(bytes) / 1024;
}
void read_500_clips(benchmark::State& state) { read_packs_of(state, {"a"}); }
void read_three_packs_of_500(benchmark::State& state) { read_packs_of(state, {"a", "b", "c"}); }
BENCHMARK(read_500_clips)->Unit(benchmark::kMillisecond);
BENCHMARK(read_three_packs_of_500)->Unit(benchmark::kMillisecond);

// Nothing changed since: what each sentence pays.
void look_again(benchmark::State& state) {
  devices::Repertoire all({folder().path / "packs"});
  all.look();
  for (auto _ : state) all.look();
}
BENCHMARK(look_again)->Unit(benchmark::kMicrosecond);

}  // namespace
