// A village records its voice, without a microphone: a file is heard instead.
#include "devices/recorder.h"

#include "devices/audio.h"
#include "within.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <cmath>
#include <fstream>
#include <thread>

namespace {

namespace fs = std::filesystem;
using devices::Recorder;
using Doing = Recorder::Doing;
using Verdict = Recorder::Verdict;
using namespace std::chrono_literals;

struct Room {
  fs::path path;
  std::vector<devices::Line> lines{{"a.say", "您好", false}, {"b.say", "走好", false}, {"c.say#1", "到的", true}};
  devices::Speaker speaker{false};

  Room() {
    auto name = (fs::temp_directory_path() / "record-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
    say(0.8, 0.05);
  }
  ~Room() { fs::remove_all(path); }
  // What the microphone will hear: silence, so long a tone, silence.
  void say(double seconds, double loud) {
    devices::Pcm pcm{48000, std::vector<std::int16_t>(4800, 0)};
    for (int i = 0; i < static_cast<int>(seconds * 48000); ++i) pcm.samples.push_back(static_cast<std::int16_t>(std::clamp(std::lround(32767 * loud * std::sin(2 * M_PI * 300 * i / 48000)), -32768l, 32767l)));
    pcm.samples.resize(pcm.samples.size() + 4800, 0);
    ASSERT_TRUE(devices::write_audio(path / "said.wav", pcm));
  }
  std::unique_ptr<Recorder> recorder() {
    devices::Pack pack;
    std::vector<base::Wrong> wrong;
    if (fs::exists(path / "voice/pack.toml")) pack = devices::read_pack(path / "voice", wrong).value();
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    pack.name = pack.title = "voice";
    pack.language = "zh-CN";
    pack.folder = path / "voice";
    return std::make_unique<Recorder>(speaker, pack, lines, path / "said.wav", [] {});
  }
};

void record(Recorder& r, std::chrono::milliseconds for_so_long = 1300ms) {
  r.record_or_stop();
  ASSERT_TRUE(within(2s, [&] { return r.state().doing == Doing::hearing; }));
  std::this_thread::sleep_for(for_so_long);
  r.record_or_stop();
  ASSERT_TRUE(within(3s, [&] { return r.state().verdict != Verdict::none && r.state().doing != Doing::working; }));
}

}  // namespace

TEST(Recorder, hears_trims_evens_keeps_plays_and_goes_on_to_what_is_missing) {
  Room room;
  auto r = room.recorder();
  EXPECT_EQ(r->state().missing, 3u);
  EXPECT_EQ(r->state().text, "您好");
  r->record_or_stop();
  ASSERT_TRUE(within(2s, [&] { return r->state().level > 0.2f; })) << "who reads sees that she is heard";
  std::this_thread::sleep_for(1200ms);
  r->record_or_stop();
  ASSERT_TRUE(within(3s, [&] { return r->state().verdict == Verdict::good; }));
  EXPECT_TRUE(r->state().recorded);
  EXPECT_EQ(r->state().missing, 2u);
  ASSERT_TRUE(within(3s, [&] { return r->state().doing == Doing::waiting; })) << "it was played, and that ended";
  const auto clip = devices::read_audio(room.path / "voice/a.say.flac");
  ASSERT_TRUE(clip);
  EXPECT_NEAR(devices::loudness_lufs(*clip).value_or(0), devices::clip_lufs, 0.5);
  EXPECT_NEAR(static_cast<double>(clip->lasts().count()), 860, 40) << "trimmed";
  r->next_missing();
  ASSERT_TRUE(within(1s, [&] { return r->state().text == "走好"; }));
  r->go(-1);
  ASSERT_TRUE(within(1s, [&] { return r->state().text == "您好"; }));
  r->go(-5);
  r->next_missing();
  r->go(1);
  ASSERT_TRUE(within(1s, [&] { return r->state().text == "到的"; }));
  EXPECT_TRUE(r->state().piece);
}

TEST(Recorder, says_what_was_wrong_and_keeps_the_recording_that_was_there) {
  Room room;
  auto r = room.recorder();
  record(*r);
  ASSERT_EQ(r->state().verdict, Verdict::good);
  const auto size = fs::file_size(room.path / "voice/a.say.flac");
  room.say(0.8, 0);
  record(*r);
  EXPECT_EQ(r->state().verdict, Verdict::silent);
  room.say(0.05, 0.3);
  record(*r, 500ms);
  EXPECT_EQ(r->state().verdict, Verdict::too_short);
  room.say(0.8, 3);
  record(*r);
  EXPECT_EQ(r->state().verdict, Verdict::too_loud);
  fs::remove(room.path / "said.wav");
  record(*r, 100ms);
  EXPECT_EQ(r->state().verdict, Verdict::no_microphone);
  EXPECT_EQ(fs::file_size(room.path / "voice/a.say.flac"), size);
  EXPECT_EQ(r->state().missing, 2u);
}

TEST(Recorder, what_was_recorded_is_there_when_the_power_goes_in_the_middle_of_the_next) {
  Room room;
  {
    auto r = room.recorder();
    record(*r);
    r->next_missing();
    r->record_or_stop();
    ASSERT_TRUE(within(2s, [&] { return r->state().doing == Doing::hearing; }));
    // As a power cut leaves it: the folder now, whatever happens afterwards.
    fs::copy(room.path / "voice", room.path / "cut", fs::copy_options::recursive);
  }
  std::vector<base::Wrong> wrong;
  const auto pack = devices::read_pack(room.path / "cut", wrong);
  ASSERT_TRUE(pack && wrong.empty()) << base::to_string(wrong);
  ASSERT_EQ(pack->clips.size(), 1u);
  EXPECT_EQ(pack->clips.at("a.say").text, "您好");
  // Between the clip and its entry: the clip is taken for what its name says.
  auto bare = *pack;
  bare.folder = room.path / "voice";
  bare.clips.clear();
  devices::save_pack(bare);
  auto r = room.recorder();
  EXPECT_EQ(r->state().missing, 2u);
  EXPECT_EQ(devices::read_pack(room.path / "voice", wrong)->clips.at("a.say").text, "您好");
}

TEST(Recorder, words_that_changed_are_missing_again_and_the_new_sound_is_never_under_the_old_words) {
  Room room;
  {
    auto r = room.recorder();
    record(*r);
  }
  room.lines[0].text = "您好哩";
  auto r = room.recorder();
  EXPECT_EQ(r->state().missing, 3u);
  record(*r);
  std::vector<base::Wrong> wrong;
  EXPECT_EQ(devices::read_pack(room.path / "voice", wrong)->clips.at("a.say").text, "您好哩");
}

TEST(Recorder, no_call_makes_the_caller_wait) {
  Room room;
  auto r = room.recorder();
  std::vector<double> waits_ms;
  for (int i = 0; i < 60; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    r->record_or_stop();
    (void)r->state();
    r->go(1);
    r->next_missing();
    waits_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    std::this_thread::sleep_for(2ms);
  }
  std::ranges::sort(waits_ms);
  EXPECT_LT(waits_ms[waits_ms.size() / 2], 5.0);
}
