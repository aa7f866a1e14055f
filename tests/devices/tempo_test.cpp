// Clips said slower or quicker: as long as the step wants, at the pitch and loudness they were recorded with.
#include "devices/audio.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace {

using devices::Pcm;

// A voiced sound: harmonics of 180 Hz, in syllables of a quarter second.
Pcm voiced(double seconds) {
  Pcm pcm{44100, {}};
  for (int i = 0; i < static_cast<int>(seconds * pcm.rate); ++i) {
    const double t = static_cast<double>(i) / pcm.rate, loud = 0.6 + 0.4 * std::sin(2 * std::numbers::pi * 4 * t);
    double v = 0;
    for (int h = 1; h <= 5; ++h) v += std::sin(2 * std::numbers::pi * 180 * h * t) / h;
    pcm.samples.push_back(static_cast<std::int16_t>(7000 * loud * v));
  }
  return pcm;
}

// The frequency whose period the sound repeats best between 120 and 300 Hz.
double pitch(const Pcm& pcm) {
  const auto from = pcm.samples.size() / 3;
  double best = 0, at = 0;
  for (int lag = pcm.rate / 300; lag <= pcm.rate / 120; ++lag) {
    double same = 0, first = 0, second = 0;
    for (std::size_t i = from; i < from + 8000 && i + static_cast<std::size_t>(lag) < pcm.samples.size(); ++i) {
      const double a = pcm.samples[i], b = pcm.samples[i + static_cast<std::size_t>(lag)];
      same += a * b, first += a * a, second += b * b;
    }
    const double likeness = same / std::sqrt(first * second + 1);
    if (likeness > best) best = likeness, at = lag;
  }
  return at > 0 ? pcm.rate / at : 0;
}

TEST(Tempo, changes_how_long_it_lasts_and_nothing_else) {
  const auto said = voiced(2);
  for (const double tempo : {0.79, 0.9, 1.09, 1.22, 1.42}) {
    const auto other = devices::at_tempo(said, tempo);
    EXPECT_NEAR(static_cast<double>(other.samples.size()) / static_cast<double>(said.samples.size()), 1 / tempo, 0.04 / tempo) << tempo;
    EXPECT_NEAR(pitch(other), 180, 4) << tempo;
    EXPECT_NEAR(*devices::loudness_lufs(other), *devices::loudness_lufs(said), 1) << tempo;
  }
}

TEST(Tempo, as_it_was_is_the_same_samples) {
  const auto said = voiced(0.5);
  EXPECT_EQ(devices::at_tempo(said, 1).samples, said.samples);
  EXPECT_TRUE(devices::at_tempo(Pcm{44100, {}}, 0.8).samples.empty());
}

TEST(Tempo, a_single_syllable_is_not_swallowed) {
  const auto said = voiced(0.25);
  for (const double tempo : {0.79, 1.42}) {
    const auto other = devices::at_tempo(said, tempo);
    EXPECT_GT(static_cast<double>(other.lasts().count()), 250 / tempo * 0.8) << tempo;
    ASSERT_TRUE(devices::sounding(other)) << tempo;
  }
}

}  // namespace
