#include "devices/sound.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace devices {
namespace {

constexpr int kRate = 44100;

struct Partial {
  double hz, loud, dies_s;  // loudness falls to 1/e within dies_s
};

// Partials that ring out, from start_s on, added to `out`; 2 ms of rise so that nothing cracks.
void ring(std::vector<double>& out, double start_s, double lasts_s, std::initializer_list<Partial> partials) {
  const auto from = static_cast<std::size_t>(start_s * kRate), count = static_cast<std::size_t>(lasts_s * kRate);
  out.resize(std::max(out.size(), from + count), 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / kRate;
    const double rise = std::min(1.0, t / 0.002), fall = std::min(1.0, (lasts_s - t) / 0.004);
    for (const auto& p : partials)
      out[from + i] += rise * fall * p.loud * std::exp(-t / p.dies_s) * std::sin(2 * std::numbers::pi * p.hz * t);
  }
}

Pcm pcm(const std::vector<double>& wave) {
  Pcm made{kRate, {}};
  made.samples.reserve(wave.size());
  for (const double v : wave)
    made.samples.push_back(static_cast<std::int16_t>(std::lround(std::clamp(v, -1.0, 1.0) * 32767)));
  return made;
}

void play(Speaker& speaker, const std::shared_ptr<const Pcm>& sound) {
  speaker.play({.channel = Speaker::Channel::effect, .pcm = sound});
}

}  // namespace

// A knuckle on a box: a low body, a short bright start, quickly gone.
Pcm click_sound() {
  std::vector<double> wave;
  ring(wave, 0, 0.060, {{430, 0.34, 0.014}, {1130, 0.14, 0.006}, {2450, 0.05, 0.003}});
  return pcm(wave);
}

Pcm tick_sound() {
  std::vector<double> wave;
  ring(wave, 0, 0.110, {{880, 0.26, 0.030}, {2640, 0.05, 0.010}});
  return pcm(wave);
}

Pcm done_sound() {
  std::vector<double> wave;
  ring(wave, 0, 0.30, {{659.3, 0.26, 0.085}, {1977.8, 0.04, 0.030}});
  ring(wave, 0.11, 0.45, {{987.8, 0.28, 0.120}, {2963.3, 0.04, 0.040}});
  return pcm(wave);
}

Pcm refused_sound() {
  std::vector<double> wave;
  ring(wave, 0, 0.16, {{329.6, 0.32, 0.055}, {659.2, 0.08, 0.025}});
  ring(wave, 0.13, 0.22, {{261.6, 0.34, 0.070}, {523.2, 0.08, 0.030}});
  return pcm(wave);
}

// Three rising calls within the range that old ears still hear well (below 2 kHz).
Pcm alarm_sound() {
  std::vector<double> wave;
  for (int call = 0; call < 3; ++call) {
    ring(wave, 0.42 * call, 0.20, {{784, 0.50, 0.4}, {1568, 0.14, 0.3}});
    ring(wave, 0.42 * call + 0.18, 0.22, {{1046.5, 0.52, 0.4}, {2093, 0.10, 0.2}});
  }
  return pcm(wave);
}

float alarm_gain(std::chrono::milliseconds standing) {
  const auto minutes = static_cast<float>(std::chrono::duration_cast<std::chrono::minutes>(standing).count());
  return std::min(1.0f, 0.34f + 0.165f * minutes);
}

namespace {
std::shared_ptr<const Pcm> alarm_pcm() {
  static const auto sound = std::make_shared<const Pcm>(alarm_sound());
  return sound;
}
}  // namespace

// Each is made when it is first wanted: half a millisecond at most, the alarm's excepted (5 ms).
void Sound::click() {
  static const auto sound = std::make_shared<const Pcm>(click_sound());
  play(speaker_, sound);
}

void Sound::tick() {
  static const auto sound = std::make_shared<const Pcm>(tick_sound());
  play(speaker_, sound);
}

void Sound::done() {
  static const auto sound = std::make_shared<const Pcm>(done_sound());
  play(speaker_, sound);
}

void Sound::refused() {
  static const auto sound = std::make_shared<const Pcm>(refused_sound());
  play(speaker_, sound);
}

void Sound::alarm(std::chrono::milliseconds every) {
  if (alarm_on_.exchange(true)) return;
  speaker_.play({.channel = Speaker::Channel::alarm, .pcm = alarm_pcm(), .every = every, .gain_at = alarm_gain});
}

void Sound::alarm_once() { play(speaker_, alarm_pcm()); }

void Sound::stop_alarm() {
  alarm_on_ = false;
  speaker_.stop(Speaker::Channel::alarm);
}

}  // namespace devices
