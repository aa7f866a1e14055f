// The machine's ear: what is said into it comes back as heard, small enough to keep, and is gone when it is forgotten.
#include "app/ear.h"

#include "devices/audio.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <thread>

namespace {

using namespace std::chrono_literals;
using parts::Ear;

devices::Pcm tone(double hz, double seconds, double loud, int rate = 44100) {
  devices::Pcm pcm{rate, {}};
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i)
    pcm.samples.push_back(static_cast<std::int16_t>(32767 * loud * std::sin(2 * std::numbers::pi * hz * i / rate)));
  return pcm;
}
// How much of the sound is this tone, 0..1.
double share_of(const devices::Pcm& pcm, double hz) {
  double sin = 0, cos = 0, all = 0;
  for (std::size_t i = 0; i < pcm.samples.size(); ++i) {
    const double v = pcm.samples[i], at = 2 * std::numbers::pi * hz * static_cast<double>(i) / pcm.rate;
    sin += v * std::sin(at), cos += v * std::cos(at), all += v * v;
  }
  return all > 0 ? 2 * (sin * sin + cos * cos) / (all * static_cast<double>(pcm.samples.size())) : 0;
}

TEST(SaidAloud, thirty_seconds_are_small_and_come_back_as_they_were) {
  // Speech-like: three tones that come and go, and a little noise.
  devices::Pcm speech{16000, {}};
  unsigned noise = 1;
  for (int i = 0; i < 30 * 16000; ++i) {
    noise = noise * 1664525 + 1013904223;
    const double t = i / 16000.0, syllable = 0.5 + 0.5 * std::sin(2 * std::numbers::pi * 4 * t);
    speech.samples.push_back(static_cast<std::int16_t>(
        syllable * (6000 * std::sin(2 * std::numbers::pi * 180 * t) + 3000 * std::sin(2 * std::numbers::pi * 700 * t) + 1500 * std::sin(2 * std::numbers::pi * 2300 * t)) + noise % 400));
  }
  const auto small = devices::opus_of(speech);
  ASSERT_FALSE(small.empty());
  EXPECT_TRUE(small.starts_with("OggS"));
  EXPECT_LT(small.size(), 128u * 1024 - 1) << "one size class";
  const auto back = devices::read_audio(std::string_view(small));
  ASSERT_TRUE(back);
  EXPECT_NEAR(static_cast<double>(back->lasts().count()), 30'000, 100);
  EXPECT_GT(share_of(*back, 180), 0.4);
}

TEST(SaidAloud, what_is_no_sound_is_none) {
  EXPECT_FALSE(devices::read_audio(std::string_view("OggS but not really")));
  EXPECT_FALSE(devices::read_audio(std::string_view("")));
}

struct Listening : testing::Test {
  Listening() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ear_test_XXXXXX").string();
    folder = mkdtemp(pattern.data());
  }
  ~Listening() override { std::filesystem::remove_all(folder); }
  std::shared_ptr<Ear> ear(const devices::Pcm& said) {
    EXPECT_TRUE(devices::write_audio(folder / "said.wav", said));
    return app::make_ear(nullptr, workers, folder / "said.wav", [] {});
  }
  bool until(Ear& e, Ear::Doing doing, std::chrono::milliseconds at_most = 8s) {
    for (const auto end = std::chrono::steady_clock::now() + at_most; std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(5ms)) {
      workers.take();
      if (e.state().doing == doing) return true;
    }
    return false;
  }
  std::filesystem::path folder;
  app::Workers workers{[] {}};
};

TEST_F(Listening, what_was_said_is_heard_and_forgotten) {
  const auto e = ear(tone(441, 3, 0.2));
  e->begin(30);
  ASSERT_EQ(e->state().doing, Ear::Doing::hearing);
  for (int i = 0; i < 200 && e->state().level < 0.3f; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_GT(e->state().level, 0.3f) << "the bar follows the voice";
  std::this_thread::sleep_for(700ms);
  EXPECT_FALSE(e->heard()) << "not before it is over";
  e->end();
  ASSERT_TRUE(until(*e, Ear::Doing::heard));
  EXPECT_GE(e->state().seconds, 1);
  const auto pcm = std::static_pointer_cast<const devices::Pcm>(e->sound_of(e->compressed(e->heard())));
  ASSERT_TRUE(pcm);
  EXPECT_GT(share_of(*pcm, 441), 0.6);
  e->forget();
  EXPECT_EQ(e->state().doing, Ear::Doing::nothing);
  EXPECT_FALSE(e->heard());
}

TEST_F(Listening, what_was_played_is_held_until_it_is_forgotten) {
  const auto e = ear(tone(441, 1, 0.2));
  auto sound = e->sound_of(devices::opus_of(tone(441, 1, 0.2)));
  const std::weak_ptr<const void> held = sound;
  e->play(std::exchange(sound, nullptr));
  EXPECT_FALSE(held.expired());
  e->forget();
  EXPECT_TRUE(held.expired());
}

TEST_F(Listening, ends_by_itself_when_the_time_is_over) {
  const auto e = ear(tone(441, 10, 0.2));
  e->begin(1);
  ASSERT_TRUE(until(*e, Ear::Doing::heard));
  EXPECT_LE(e->state().seconds, 2);
}

TEST_F(Listening, silence_is_told_and_nothing_is_kept) {
  const auto e = ear(tone(441, 2, 0));
  e->begin(1);
  ASSERT_TRUE(until(*e, Ear::Doing::nothing));
  EXPECT_EQ(e->state().trouble, Ear::Trouble::silent);
  EXPECT_FALSE(e->heard());
}

TEST_F(Listening, without_a_microphone_it_says_so) {
  const auto e = app::make_ear(nullptr, workers, folder / "not there.wav", [] {});
  e->begin(30);
  ASSERT_TRUE(until(*e, Ear::Doing::nothing));
  EXPECT_EQ(e->state().trouble, Ear::Trouble::no_microphone);
}

TEST_F(Listening, what_the_worker_brings_after_it_was_forgotten_is_nobodys) {
  const auto e = ear(tone(441, 3, 0.2));
  e->begin(30);
  std::this_thread::sleep_for(400ms);
  e->end();
  e->forget();
  std::this_thread::sleep_for(600ms);
  workers.take();
  EXPECT_EQ(e->state().doing, Ear::Doing::nothing);
  EXPECT_FALSE(e->heard());
}

}  // namespace
