// What is heard: everything OpenAL plays here goes into a file, which is then listened to.
#include "devices/voice.h"

#include "devices/packs.h"
#include "devices/audio.h"
#include "devices/sound.h"
#include "within.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;
using devices::Sentence;
using devices::Sound;
using devices::Speaker;
using devices::Voice;

namespace {

namespace fs = std::filesystem;

// OpenAL Soft reads its settings once a process, so this must be there before the first device.
struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "heard-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
    std::ofstream(path / "alsoft.conf")
        << "[general]\ndrivers = wave\nfrequency = 44100\n[wave]\nfile = " << heard().string() << "\n";
    ::setenv("ALSOFT_CONF", (path / "alsoft.conf").c_str(), 1);
    ::setenv("ALSOFT_DRIVERS", "wave", 1);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  [[nodiscard]] fs::path heard() const { return path / "heard.wav"; }
} const folder;

const Sentence kHello{"您好，点一张图。不识字也行，我说给您听。", "zh-CN", "home.hello.say"};

std::vector<float> samples_of(const fs::path& file, int& rate) {
  SF_INFO info{};
  auto* in = sf_open(file.c_str(), SFM_READ, &info);
  if (!in) return {};
  std::vector<float> all(static_cast<std::size_t>(info.frames * info.channels)), mono;
  const auto frames = sf_readf_float(in, all.data(), info.frames);
  for (sf_count_t i = 0; i < frames; ++i) mono.push_back(all[static_cast<std::size_t>(i * info.channels)]);
  sf_close(in);
  rate = info.samplerate;
  return mono;
}

// Seconds from the first to the last sample that an ear notices, in what was played since the device was opened.
// Read when it is closed.
double heard_s() {
  int rate = 1;
  const auto all = samples_of(folder.heard(), rate);
  const auto loud = [](float v) { return std::abs(v) > 0.01f; };
  const auto first = std::find_if(all.begin(), all.end(), loud);
  const auto last = std::find_if(all.rbegin(), all.rend(), loud);
  return first == all.end() ? 0 : static_cast<double>(all.rend() - last - (first - all.begin())) / rate;
}

struct Ears {
  std::mutex mutex;
  std::vector<std::string> started, finished;
  std::atomic<int> starts{0}, ends{0};

  Voice::Settings settings(const fs::path& cache = {}) {
    Voice::Settings s;
    s.packs = {folder.path / "packs"};
    s.cache = cache;
    s.on_started = [this](const std::string& key) {
      const std::lock_guard lock(mutex);
      started.push_back(key);
      ++starts;
    };
    s.on_finished = [this](const std::string& key) {
      const std::lock_guard lock(mutex);
      finished.push_back(key);
      ++ends;
    };
    return s;
  }
};

bool no_espeak() { return std::system("espeak-ng --version >/dev/null 2>&1") != 0; }

void write_clip(const fs::path& file, double seconds, double hz = 440) {
  fs::create_directories(file.parent_path());
  devices::Pcm tone{44100, {}};
  for (int i = 0; i < static_cast<int>(seconds * tone.rate); ++i)
    tone.samples.push_back(static_cast<std::int16_t>(16'000 * std::sin(2 * M_PI * hz * i / tone.rate)));
  ASSERT_TRUE(devices::write_audio(file, tone, file.extension() == ".ogg" ? devices::AudioFile::vorbis : devices::AudioFile::wav));
}

// A tone as the village's recording of these words.
void record(const std::string& key, const std::string& text, double seconds, double hz = 440, const std::string& ending = ".wav",
            const std::string& pack_name = "village") {
  const auto place = folder.path / "packs" / pack_name;
  write_clip(place / (key + ending), seconds, hz);
  std::vector<base::Wrong> wrong;
  devices::Pack pack;
  if (fs::exists(place / "pack.toml")) pack = devices::read_pack(place, wrong).value();
  pack.name = pack.title = pack_name;
  pack.language = "zh-CN";
  pack.folder = place;
  pack.clips[key] = {key + ending, text};
  devices::save_pack(pack);
}
const std::string kLong = "长长的一句", kShort = "短的";

}  // namespace

TEST(Voice, speaks_a_sentence_in_mandarin_and_says_when_it_begins_and_ends) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  Ears ears;
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say(kHello);
    EXPECT_TRUE(voice.speaking());
    ASSERT_TRUE(within(2s, [&] { return ears.starts == 1; }));
    EXPECT_TRUE(voice.available());
    ASSERT_TRUE(within(15s, [&] { return ears.ends == 1; }));
    EXPECT_FALSE(voice.speaking());
    EXPECT_THAT(ears.started, testing::ElementsAre("home.hello.say"));
    EXPECT_THAT(ears.finished, testing::ElementsAre("home.hello.say"));
  }
  EXPECT_GT(heard_s(), 2.5);
  EXPECT_LT(heard_s(), 10);
}

TEST(Voice, speaks_english_too) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  Ears ears;
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say({"Tap a picture.", "en", "home.hello.say"});
    ASSERT_TRUE(within(8s, [&] { return ears.ends == 1; }));
  }
  EXPECT_GT(heard_s(), 0.5);
}

TEST(Voice, is_cut_off_at_once_and_the_cut_sentence_never_finishes) {
  Ears ears;
  record("long.say", kLong, 10);
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say({kLong, "zh-CN", "long.say"});
    ASSERT_TRUE(within(2s, [&] { return ears.starts == 1; }));
    std::this_thread::sleep_for(600ms);
    voice.stop();
    EXPECT_FALSE(voice.speaking());
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(ears.ends, 0);
  }
  EXPECT_NEAR(heard_s(), 0.6, 0.1)
      << "with the mixer's periods and a busy test machine; without stop it would be 1.1 s or more";
}

TEST(Voice, a_new_sentence_replaces_the_old_one) {
  Ears ears;
  record("long.say", kLong, 10);
  record("short.say", kShort, 0.3);
  Speaker speaker;
  Voice voice(speaker, ears.settings());
  voice.say({kLong, "zh-CN", "long.say"});
  ASSERT_TRUE(within(2s, [&] { return ears.starts == 1; }));
  voice.say({kShort, "zh-CN", "short.say"});
  ASSERT_TRUE(within(3s, [&] { return ears.ends == 1; }));
  EXPECT_THAT(ears.started, testing::ElementsAre("long.say", "short.say"));
  EXPECT_THAT(ears.finished, testing::ElementsAre("short.say"));
}

TEST(Voice, of_many_wishes_in_a_row_only_the_last_is_spoken) {
  Ears ears;
  record("short.say", kShort, 0.3);
  Speaker speaker(false);
  Voice voice(speaker, ears.settings());
  for (int i = 0; i < 200; ++i) voice.say({"不该说出来的", "zh-CN", "missing." + std::to_string(i)});
  voice.say({kShort, "zh-CN", "short.say"});
  ASSERT_TRUE(within(5s, [&] { return ears.ends == 1; }));
  EXPECT_THAT(ears.finished, testing::ElementsAre("short.say"));
}

TEST(Voice, takes_the_recorded_clip_first_and_only_for_the_words_it_was_recorded_for) {
  Ears ears;
  record("welcome.say", "记上了", 0.25, 440, ".ogg");
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say({"记上了。", "zh-CN", "welcome.say"});
    ASSERT_TRUE(within(5s, [&] { return ears.ends == 1; }));
  }
  EXPECT_NEAR(heard_s(), 0.25, 0.06);
  if (no_espeak()) return;
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say({"王奶奶，记上了，九点零五到的。", "zh-CN", "welcome.say", true});
    ASSERT_TRUE(within(10s, [&] { return ears.ends == 2; }));
  }
  EXPECT_GT(heard_s(), 1.0);
}

TEST(Voice, a_clip_that_is_no_sound_and_a_key_that_is_a_path_do_no_harm) {
  Ears ears;
  record("broken.say", "坏了的", 0.2, 440, ".ogg");
  std::ofstream(folder.path / "packs/village/broken.say.ogg", std::ios::trunc) << "not a sound";
  write_clip(folder.path / "outside.wav", 5);
  Speaker speaker(false);
  Voice voice(speaker, ears.settings());
  voice.say({"坏了的", "zh-CN", "broken.say"});
  ASSERT_TRUE(within(5s, [&] { return ears.ends == 1; }));
  const auto begin = std::chrono::steady_clock::now();
  voice.say({"好", "zh-CN", "../../outside"});
  ASSERT_TRUE(within(6s, [&] { return ears.ends == 2; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
}

TEST(Voice, keeps_what_everybody_hears_and_never_what_is_personal) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  const auto cache = folder.path / "cache";
  fs::remove_all(cache);
  Ears ears;
  Speaker speaker(false);
  Voice voice(speaker, ears.settings(cache));
  const auto files = [&] {
    std::error_code none;
    return std::distance(fs::directory_iterator(cache, none), fs::directory_iterator());
  };
  voice.say({"王奶奶，一百二十六分。", "zh-CN", "points.say", true});
  ASSERT_TRUE(within(3s, [&] { return ears.starts == 1; }));
  EXPECT_EQ(files(), 0);
  voice.say(kHello);
  ASSERT_TRUE(within(3s, [&] { return ears.starts == 2; }));
  EXPECT_EQ(files(), 1);
  voice.say(kHello);
  ASSERT_TRUE(within(3s, [&] { return ears.starts == 3; }));
  EXPECT_EQ(files(), 1);
  voice.set_speed(6);
  voice.say(kHello);
  ASSERT_TRUE(within(3s, [&] { return ears.starts == 4; }));
  EXPECT_EQ(files(), 2) << "another speed is another sound";
  // A spoilt one is made anew.
  const auto first = fs::directory_iterator(cache)->path();
  fs::resize_file(first, 10);
  for (const int step : {3, 6}) {
    voice.set_speed(step);
    voice.say(kHello);
    ASSERT_TRUE(within(3s, [&] { return ears.starts == (step == 3 ? 5 : 6); }));
  }
  EXPECT_GT(fs::file_size(first), 10'000u);
}

TEST(Voice, speaks_150_to_180_characters_a_minute_at_the_middle_step_and_slower_or_quicker_at_the_others) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  const auto cache = folder.path / "speeds";
  fs::remove_all(cache);
  Ears ears;
  Speaker speaker(false);
  Voice voice(speaker, ears.settings(cache));
  const std::string text = "今儿十月十六，后晌两点唱戏。您点哪天就约哪天。";
  std::vector<double> a_minute;
  for (int step = 1; step <= 6; ++step) {
    fs::remove_all(cache);
    voice.set_speed(step);
    voice.say({text, "zh-CN", "x.say"});
    ASSERT_TRUE(within(3s, [&] { return ears.starts == step; }));
    ASSERT_TRUE(fs::exists(cache));
    int rate = 1;
    const auto all = samples_of(fs::directory_iterator(cache)->path(), rate);
    a_minute.push_back(20 * 60.0 * rate / static_cast<double>(all.size()));
    if (step > 1) {
      EXPECT_GT(a_minute.back(), a_minute[a_minute.size() - 2]);
    }
  }
  EXPECT_GT(a_minute[2], 140);
  EXPECT_LT(a_minute[2], 180);
}

TEST(Voice, says_a_clip_as_quickly_as_the_step_wants) {
  record("tempo.say", "井边有三只桶", 2.0);
  std::vector<double> lasted;
  for (const int step : {1, 3, 6}) {
    Ears ears;
    {
      Speaker speaker;
      Voice voice(speaker, ears.settings());
      voice.set_speed(step);
      voice.say({"井边有三只桶", "zh-CN", "tempo.say"});
      ASSERT_TRUE(within(8s, [&] { return ears.ends == 1; }));
    }
    lasted.push_back(heard_s());
  }
  EXPECT_NEAR(lasted[1], 2.0, 0.15) << "at the middle step as it was recorded";
  EXPECT_NEAR(lasted[0], 2.0 * 141 / 112, 0.2);
  EXPECT_NEAR(lasted[2], 2.0 * 141 / 200, 0.2);
}

TEST(Voice, without_espeak_or_sound_card_is_felt_by_nobody) {
  Ears ears;
  Speaker speaker(false);
  auto settings = ears.settings();
  settings.espeak = "/no/such/espeak";
  Voice voice(speaker, settings);
  voice.say({"好", "zh-CN", "one.say"});
  ASSERT_TRUE(within(500ms, [&] { return ears.starts == 1; }));
  ASSERT_TRUE(within(3s, [&] { return ears.ends == 1; }));
  EXPECT_FALSE(voice.available());
  EXPECT_FALSE(speaker.available());
}

TEST(Voice, an_espeak_that_hangs_is_left_behind_by_the_next_sentence) {
  const auto hangs = folder.path / "hangs";
  std::ofstream(hangs) << "#!/bin/sh\nexec sleep 60\n";
  fs::permissions(hangs, fs::perms::owner_all);
  record("short.say", kShort, 0.3);
  Ears ears;
  Speaker speaker(false);
  auto settings = ears.settings();
  settings.espeak = hangs;
  const auto begin = std::chrono::steady_clock::now();
  {
    Voice voice(speaker, settings);
    voice.say({"好", "zh-CN", "hang.say"});
    std::this_thread::sleep_for(200ms);
    voice.say({kShort, "zh-CN", "short.say"});
    ASSERT_TRUE(within(2s, [&] { return ears.ends == 1; }));
    voice.say({"好", "zh-CN", "hang.say"});
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s) << "and by the end of the program";
}

// Counts its starts, and ends at once at every second one: what was to wait is dead when it is wanted.
TEST(Voice, an_espeak_that_died_while_it_waited_is_felt_by_nobody) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  const auto frail = folder.path / "frail", starts = folder.path / "starts", cache = folder.path / "frail_cache";
  std::ofstream(frail) << "#!/bin/sh\nn=$(cat " << starts << " 2>/dev/null || echo 0)\necho $((n + 1)) > " << starts
                       << "\n[ $((n % 2)) = 1 ] && exit 0\nexec espeak-ng \"$@\"\n";
  fs::permissions(frail, fs::perms::owner_all);
  Ears ears;
  Speaker speaker(false);
  auto settings = ears.settings();
  settings.espeak = frail;
  settings.cache = cache;
  fs::create_directories(cache);
  Voice voice(speaker, settings);
  int said = 0;
  for (const auto* text : {"晌午吃面", "水桶在井边", "门后有把伞"}) {  // no clip has these words
    voice.say({text, "zh-CN", "x.say"});
    ++said;
    ASSERT_TRUE(within(4s, [&] { return ears.ends == said; })) << text;
    std::this_thread::sleep_for(150ms);  // the next one starts, or has died
  }
  // Only what gave sound stands in the cache.
  EXPECT_EQ(std::distance(fs::directory_iterator(cache), fs::directory_iterator{}), 3);
  int started = 0;
  std::ifstream(starts) >> started;
  EXPECT_GE(started, 5) << "one waits after each sentence";
}

TEST(Voice, an_espeak_that_speaks_rubbish_or_dies_makes_silence) {
  const auto rubbish = folder.path / "rubbish";
  for (const auto* script : {"#!/bin/sh\nhead -c 100000 /dev/zero\n", "#!/bin/sh\nkill -9 $$\n",
                             "#!/bin/sh\nprintf 'RIFF\\377\\377\\377\\377WAVEfmt '\n"}) {
    std::ofstream(rubbish, std::ios::trunc) << script;
    fs::permissions(rubbish, fs::perms::owner_all);
    Ears ears;
    Speaker speaker(false);
    auto settings = ears.settings();
    settings.espeak = rubbish;
    Voice voice(speaker, settings);
    voice.say({"好", "zh-CN", "x.say"});
    ASSERT_TRUE(within(4s, [&] { return ears.ends == 1; })) << script;
  }
}

TEST(Voice, no_call_makes_the_caller_wait) {
  Ears ears;
  Speaker speaker;
  Voice voice(speaker, ears.settings());
  Sound sound(speaker);
  std::vector<double> waits_ms;
  for (int i = 0; i < 300; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    voice.say({"好了", "zh-CN", "x.say"});
    sound.click();
    voice.stop();
    waits_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    std::this_thread::sleep_for(1ms);
  }
  // The scheduler of a busy machine may take any single call's turn away; waiting by design would show in most.
  std::sort(waits_ms.begin(), waits_ms.end());
  EXPECT_LT(waits_ms[waits_ms.size() / 2], 20.0);  // a sentence takes espeak-ng some 100 ms
}

TEST(Speaker, takes_no_processor_time_while_nothing_sounds) {
  // Without a device: what is measured is our worker, not OpenAL's file writer, which is never paused.
  Speaker speaker(false);
  Sound sound(speaker);
  sound.click();
  std::this_thread::sleep_for(200ms);
  const auto used = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  };
  const auto before = used();
  std::this_thread::sleep_for(1s);
  EXPECT_LT(used() - before, 0.005);
}

TEST(Sounds, are_short_soft_and_begin_and_end_in_silence) {
  const auto peak = [](const devices::Pcm& p) {
    int most = 0;
    for (const auto s : p.samples) most = std::max(most, std::abs(static_cast<int>(s)));
    return most / 32768.0;
  };
  EXPECT_LE(devices::click_sound().lasts(), 70ms);
  for (const auto& sound : {devices::click_sound(), devices::tick_sound(), devices::done_sound(),
                            devices::refused_sound(), devices::alarm_sound()}) {
    EXPECT_GT(peak(sound), 0.1);
    EXPECT_LT(peak(sound), 0.95);
    EXPECT_LT(std::abs(static_cast<int>(sound.samples.front())), 100);
    EXPECT_LT(std::abs(static_cast<int>(sound.samples.back())), 400);
  }
  EXPECT_LT(peak(devices::click_sound()), peak(devices::alarm_sound()));
  EXPECT_LT(devices::alarm_sound().lasts(), devices::alarm_every);
}

TEST(Alarm, grows_louder_every_minute_and_never_beyond_full) {
  float before = 0;
  for (int minute = 0; minute <= 4; ++minute) {
    const float gain = devices::alarm_gain(std::chrono::minutes(minute));
    EXPECT_GT(gain, before);
    EXPECT_FLOAT_EQ(gain, devices::alarm_gain(std::chrono::minutes(minute) + 59s));
    before = gain;
  }
  EXPECT_FLOAT_EQ(devices::alarm_gain(24h), 1.0f);
}

TEST(Alarm, sounds_again_every_four_seconds_until_it_is_stopped_while_the_voice_goes_on) {
  Ears ears;
  record("short.say", kShort, 0.3);
  {
    Speaker speaker;
    Sound sound(speaker);
    Voice voice(speaker, ears.settings());
    sound.alarm();
    sound.alarm();
    voice.say({kShort, "zh-CN", "short.say"});
    ASSERT_TRUE(within(3s, [&] { return ears.ends == 1; }));
    std::this_thread::sleep_for(4500ms);
    sound.stop_alarm();
    std::this_thread::sleep_for(1s);
  }
  const auto heard = heard_s();
  EXPECT_GT(heard, 3.6) << "the second turn";
  EXPECT_LT(heard, 5.6);
}

namespace {

// Loudness of the file in this band, a value every 5 ms: Goertzel over windows of 10 ms.
std::vector<double> band(const std::vector<float>& all, int rate, double hz) {
  const auto window = static_cast<std::size_t>(rate / 100), step = window / 2;
  std::vector<double> out;
  for (std::size_t at = 0; at + window <= all.size(); at += step) {
    double s1 = 0, s2 = 0;
    const double k = 2 * std::cos(2 * M_PI * hz / rate);
    for (std::size_t i = 0; i < window; ++i) {
      const double s = all[at + i] + k * s1 - s2;
      s2 = std::exchange(s1, s);
    }
    out.push_back(std::sqrt(std::max(0.0, s1 * s1 + s2 * s2 - k * s1 * s2)) / static_cast<double>(window));
  }
  return out;
}

// What the file holds, one channel of it, as a clip.
devices::Pcm heard_pcm() {
  devices::Pcm pcm;
  for (const auto v : samples_of(folder.heard(), pcm.rate)) pcm.samples.push_back(static_cast<std::int16_t>(std::lround(std::clamp(v, -1.0f, 1.0f) * 32767)));
  return pcm;
}

}  // namespace

// Counted in samples of what was mixed, from the click that the same touch makes. The sound card holds 35 ms more
// (prepare_sound).
TEST(Heard, speech_ends_within_20_ms_of_the_click_of_the_touch_that_cuts_it_off) {
  Ears ears;
  record("long.say", kLong, 10, 3000);
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    Sound sound(speaker);
    voice.say({kLong, "zh-CN", "long.say"});
    ASSERT_TRUE(within(2s, [&] { return ears.starts == 1; }));
    std::this_thread::sleep_for(700ms);
    voice.stop();
    sound.click();
    std::this_thread::sleep_for(400ms);
  }
  int rate = 1;
  const auto all = samples_of(folder.heard(), rate);
  const auto speech = band(all, rate, 3000), click = band(all, rate, 430);
  const auto most = *std::max_element(speech.begin(), speech.end());
  ASSERT_GT(most, 0.02) << "nothing was said";
  const auto last = std::find_if(speech.rbegin(), speech.rend(), [&](double v) { return v > most / 10; });
  const auto end = speech.rend() - last;
  const auto began = std::find_if(click.begin(), click.end(), [&](double v) { return v > 0.02; }) - click.begin();
  ASSERT_LT(began, static_cast<std::ptrdiff_t>(click.size())) << "no click is heard";
  const auto after_ms = static_cast<double>(end - began) * 5;
  std::printf("[ figures  ] speech ends %.0f ms after the click begins (windows of 5 ms)\n", after_ms);
  EXPECT_LE(after_ms, 20);
  EXPECT_GE(after_ms, -60) << "and not long before it: it is the touch that ends it";
}

TEST(Heard, a_clip_and_the_machine_are_equally_loud_and_the_volume_is_what_it_says) {
  if (no_espeak()) GTEST_SKIP() << "espeak-ng is not installed";
  const auto loudness = [&](const Sentence& sentence, float volume) {
    Ears ears;
    {
      Speaker speaker;
      Voice voice(speaker, ears.settings());
      voice.set_volume(volume);
      voice.say(sentence);
      EXPECT_TRUE(within(15s, [&] { return ears.ends == 1; }));
    }
    return devices::loudness_lufs(devices::trimmed(heard_pcm())).value_or(-99);
  };
  // The clip is what the packer makes of a quiet recording.
  devices::Pcm quiet{44100, {}};
  for (int i = 0; i < 3 * 44100; ++i) quiet.samples.push_back(static_cast<std::int16_t>(700 * std::sin(2 * M_PI * 500 * i / 44100)));
  record("even.say", "一样响", 1);
  ASSERT_TRUE(devices::write_audio(folder.path / "packs/village/even.say.wav", devices::evened(quiet)));
  const auto clip = loudness({"一样响", "zh-CN", "even.say"}, 1), machine = loudness(kHello, 1), half = loudness(kHello, 0.5f);
  std::printf("[ figures  ] at full volume: clip %.1f LUFS, espeak-ng %.1f LUFS; at half %.1f LUFS (each of the two channels)\n", clip, machine, half);
  EXPECT_NEAR(clip, machine, 1.5);
  EXPECT_NEAR(machine - half, 6.0, 0.7);
  // OpenAL Soft shares a voice in the middle between both channels: each is 4.5 dB lower than the clip itself.
  EXPECT_NEAR(clip, devices::clip_lufs - 4.5, 1.0);
  EXPECT_NEAR(machine, devices::clip_lufs - 4.5, 2.0);
}

TEST(Heard, a_sentence_of_pieces_has_no_gap_within_its_phrases) {
  Ears ears;
  int number = 0;
  for (const auto* word : {"记上了", "九点", "零五", "到的"}) record("piece." + std::to_string(++number), word, 0.4, 500);
  {
    Speaker speaker;
    Voice voice(speaker, ears.settings());
    voice.say({"记上了九点零五到的", "zh-CN", "x"});
    ASSERT_TRUE(within(8s, [&] { return ears.ends == 1; }));
  }
  EXPECT_NEAR(heard_s(), 4 * 0.4 - 3 * 0.030, 0.06) << "four words of 0.4 s that overlap by 30 ms";
  int rate = 1;
  const auto all = samples_of(folder.heard(), rate);
  const auto tone = band(all, rate, 500);
  const auto loud = [](double v) { return v > 0.02; };
  const auto first = std::find_if(tone.begin(), tone.end(), loud), last = std::find_if(tone.rbegin(), tone.rend(), loud).base();
  std::ptrdiff_t quiet = 0, longest = 0;
  for (auto it = first; it != last; ++it) longest = std::max(longest, quiet = loud(*it) ? 0 : quiet + 1);
  EXPECT_LE(longest, 2) << "5 ms each";
}

TEST(Heard, a_dead_sound_card_is_in_the_log_once) {
  auto kept = std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(64);
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("kept", kept));
  ::setenv("ALSOFT_DRIVERS", "none-such", 1);
  {
    Ears ears;
    Speaker speaker;
    Sound sound(speaker);
    Voice voice(speaker, ears.settings());
    record("short.say", kShort, 0.1);
    for (int i = 0; i < 5; ++i) {
      sound.click();
      voice.say({kShort, "zh-CN", "short.say"});
      ASSERT_TRUE(within(3s, [&] { return ears.ends == i + 1; })) << "what would be said ends as if it were heard";
    }
  }
  spdlog::set_default_logger(before);
  int told = 0;
  for (const auto& line : kept->last_formatted()) told += line.find("speaker:") != std::string::npos;
  EXPECT_EQ(told, 1);
}
