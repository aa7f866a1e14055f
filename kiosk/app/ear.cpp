#include "app/ear.h"

#include "base/clock.h"
#include "devices/audio.h"
#include "devices/microphone.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

namespace app {
namespace {

using devices::Pcm;

constexpr std::int64_t without_device_ms = 1500;  // by then a microphone has been opened, or there is none

std::int64_t now_ms() { return base::SystemClock().monotonic_ms(); }

// Clear sound is overwritten before its memory is anybody's.
std::shared_ptr<const Pcm> wiped_in_the_end(Pcm pcm) {
  return {new Pcm(std::move(pcm)), [](Pcm* p) {
            if (!p->samples.empty()) explicit_bzero(p->samples.data(), p->samples.size() * sizeof p->samples[0]);
            delete p;
          }};
}
void wipe(Pcm& pcm) {
  if (!pcm.samples.empty()) explicit_bzero(pcm.samples.data(), pcm.samples.size() * sizeof pcm.samples[0]);
  pcm.samples.clear();
}

class MachineEar final : public parts::Ear {
 public:
  MachineEar(devices::Speaker* speaker, Workers& workers, std::filesystem::path instead, std::function<void()> moved)
      : speaker_(speaker), workers_(workers), instead_(std::move(instead)), moved_(std::move(moved)) {}
  ~MachineEar() override { forget(); }

  void begin(int at_most_s) override {
    forget();
    if (!microphone_) microphone_ = std::make_unique<devices::Microphone>(instead_);
    microphone_->begin();
    state_.doing = Doing::hearing;
    at_most_ms_ = at_most_s * std::int64_t{1000};
    began_ms_ = now_ms();
  }

  void end() override {
    if (state_.doing != Doing::hearing) return;
    const bool none = !microphone_->available();
    auto all = wiped_in_the_end(microphone_->end());
    if (all->samples.empty()) {
      state_ = {};
      state_.trouble = none ? Trouble::no_microphone : Trouble::silent;
      moved_();
      return;
    }
    state_.doing = Doing::working;
    // Tens of milliseconds: off this thread.
    const auto clean = std::make_shared<std::shared_ptr<const Pcm>>();
    const std::weak_ptr<bool> alive = alive_;
    workers_.start(
        [all = std::move(all), clean] {
          auto trimmed = devices::trimmed(*all);
          if (!trimmed.samples.empty()) *clean = wiped_in_the_end(devices::evened(devices::resampled(trimmed, devices::said_rate)));
          wipe(trimmed);
        },
        [this, clean, alive, turn = turn_] {
          if (alive.expired() || turn != turn_ || state_.doing != Doing::working) return;
          state_ = {};
          heard_ = *clean;
          if (heard_) {
            state_.doing = Doing::heard;
            state_.seconds = std::max(1, static_cast<int>((heard_->lasts().count() + 500) / 1000));
          } else {
            state_.trouble = Trouble::silent;
          }
          moved_();
        });
  }

  void forget() override {
    ++turn_;
    if (microphone_ && state_.doing == Doing::hearing) {
      auto rest = microphone_->end();
      wipe(rest);
    }
    hush();
    heard_.reset();
    held_.reset();
    state_ = {};
  }

  State state() override {
    if (state_.doing == Doing::hearing) {
      const auto gone = now_ms() - began_ms_;
      state_.level = microphone_->level();
      state_.share = std::clamp(static_cast<float>(gone) / static_cast<float>(std::max<std::int64_t>(1, at_most_ms_)), 0.0f, 1.0f);
      state_.left_s = static_cast<int>(std::max<std::int64_t>(0, at_most_ms_ - gone + 999) / 1000);
      if (gone >= at_most_ms_ || (gone >= without_device_ms && !microphone_->available())) end();
    }
    auto s = state_;
    s.playing = playing_->now != 0;
    return s;
  }

  [[nodiscard]] Sound heard() const override { return state_.doing == Doing::heard ? heard_ : nullptr; }

  void play(const Sound& sound) override {
    held_ = sound;
    if (!sound || speaker_ == nullptr) return;
    const auto which = ++plays_;
    {
      const std::lock_guard lock(playing_->mutex);
      playing_->now = which;
    }
    devices::Speaker::Play play;
    play.channel = devices::Speaker::Channel::voice;
    play.pcm = std::static_pointer_cast<const Pcm>(sound);
    play.finished = [playing = playing_, which, moved = moved_] {
      {
        const std::lock_guard lock(playing->mutex);
        if (playing->now != which) return;
        playing->now = 0;
      }
      moved();
    };
    speaker_->play(std::move(play));
  }

  void hush() override {
    {
      const std::lock_guard lock(playing_->mutex);
      if (playing_->now == 0) return;
      playing_->now = 0;
    }
    if (speaker_ != nullptr) speaker_->stop(devices::Speaker::Channel::voice);
  }

  [[nodiscard]] std::string compressed(const Sound& sound) const override { return sound ? devices::opus_of(*std::static_pointer_cast<const Pcm>(sound)) : std::string{}; }
  [[nodiscard]] Sound sound_of(std::string_view compressed) const override {
    const auto pcm = std::const_pointer_cast<Pcm>(devices::read_audio(compressed));
    return pcm ? Sound(wiped_in_the_end(std::move(*pcm))) : nullptr;
  }

 private:
  // What the speaker's worker may touch when we are gone.
  struct Playing {
    std::mutex mutex;
    std::atomic<std::uint64_t> now{0};
  };
  devices::Speaker* speaker_;
  Workers& workers_;
  const std::filesystem::path instead_;
  std::function<void()> moved_;
  std::unique_ptr<devices::Microphone> microphone_;
  std::shared_ptr<const Pcm> heard_;
  Sound held_;  // what was played last
  std::shared_ptr<Playing> playing_ = std::make_shared<Playing>();
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  std::uint64_t turn_ = 0, plays_ = 0;
  State state_;
  std::int64_t began_ms_ = 0, at_most_ms_ = 0;
};

}  // namespace

std::shared_ptr<parts::Ear> make_ear(devices::Speaker* speaker, Workers& workers, std::filesystem::path instead, std::function<void()> moved) {
  return std::make_shared<MachineEar>(speaker, workers, std::move(instead), std::move(moved));
}

}  // namespace app
