#include "devices/speaker.h"

#include <AL/al.h>
#include <AL/alc.h>
#include <AL/alext.h>
#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace devices {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t kChannels = 3;
constexpr auto kLook = 8ms;       // how often a sounding source is asked whether it still sounds
constexpr auto kPauseAfter = 1s;  // so long after the last sound the device stops mixing silence
constexpr auto kTryAgainAfter = 10s;

// Is there anything to play on? Asking costs nothing; opening a device that is not there fills stderr with a sound
// library's complaints.
bool some_device() {
  std::error_code ignored;
  if (std::getenv("ALSOFT_DRIVERS") || std::getenv("PULSE_SERVER")) return true;
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR")) {
    const std::filesystem::path folder(runtime);
    if (std::filesystem::exists(folder / "pulse/native", ignored) ||
        std::filesystem::exists(folder / "pipewire-0", ignored))
      return true;
  }
  for (const auto& entry : std::filesystem::directory_iterator("/dev/snd", ignored))
    if (entry.path().filename().string().starts_with("pcm")) return true;
  return false;
}

}  // namespace

class Speaker::Worker {
 public:
  Worker(std::atomic<bool>& available, bool use_device)
      : available_(available), use_device_(use_device), thread_([this] { run(); }) {}

  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void wish(std::function<void(Worker&)> what) {
    {
      const std::lock_guard lock(mutex_);
      wishes_.push_back(std::move(what));
    }
    wake_.notify_one();
  }

  void play(Play&& what) {
    auto& slot = slots_[static_cast<std::size_t>(what.channel)];
    silence(slot);
    slot.play = std::move(what);
    slot.first = Clock::now();
    start(slot);
    if (slot.play && slot.play->started) slot.play->started();
  }

  void stop(Channel channel) { silence(slots_[static_cast<std::size_t>(channel)]); }

  void set_gain(Channel channel, float gain) {
    auto& slot = slots_[static_cast<std::size_t>(channel)];
    slot.volume = std::clamp(gain, 0.0f, 1.0f);
    if (slot.source) alSourcef(slot.source, AL_GAIN, slot.volume * slot.last_gain);
  }

 private:
  using Clock = std::chrono::steady_clock;

  struct Slot {
    std::optional<Play> play;
    Time first, due;        // of the first start; when it ends or repeats
    bool sounding = false;  // this repetition has not ended
    ALuint source = 0, buffer = 0;
    float volume = 1, last_gain = 1;
  };

  void run() {
    open();
    std::unique_lock lock(mutex_);
    while (!quit_) {
      if (wishes_.empty()) {
        const auto wait = next_look();
        if (wait == Time::max()) {
          wake_.wait(lock);
        } else {
          wake_.wait_until(lock, wait);
        }
      }
      auto wishes = std::exchange(wishes_, {});
      lock.unlock();
      for (auto& w : wishes) w(*this);
      look();
      lock.lock();
    }
    lock.unlock();
    for (auto& slot : slots_) silence(slot);
    close();
  }

  [[nodiscard]] Time next_look() const {
    auto next = Time::max();
    for (const auto& slot : slots_) {
      if (!slot.play) continue;
      next = std::min(next, slot.sounding ? Clock::now() + kLook : slot.due);
    }
    if (mixing_) next = std::min(next, last_sound_ + kPauseAfter);
    return next;
  }

  void look() {
    const auto now = Clock::now();
    // What was sounding goes on as silence until its time is over.
    if (device_ && !connected()) lost("the sound card is gone");
    for (auto& slot : slots_) {
      if (!slot.play) continue;
      if (slot.sounding && ended(slot, now)) {
        slot.sounding = false;
        free_buffer(slot);
        if (slot.play->every == 0ms) {
          const auto finished = std::move(slot.play->finished);
          slot.play.reset();
          if (finished) finished();
          continue;
        }
        const auto turns = (now - slot.first) / slot.play->every + 1;
        slot.due = slot.first + turns * slot.play->every;
      } else if (!slot.sounding && now >= slot.due) {
        start(slot);
      }
      if (slot.sounding) last_sound_ = now;
    }
    if (mixing_ && now >= last_sound_ + kPauseAfter) pause();
  }

  static std::chrono::milliseconds lasts(const Play& play) { return play.pcm ? play.pcm->lasts() : play.silence; }

  bool ended(const Slot& slot, Time now) const {
    if (!slot.buffer) return now >= slot.due;
    ALint state = AL_STOPPED;
    alGetSourcei(slot.source, AL_SOURCE_STATE, &state);
    // A device that hangs must not leave a sentence hanging for ever.
    return state == AL_STOPPED || now >= slot.due + 2s;
  }

  void start(Slot& slot) {
    auto& play = *slot.play;
    const auto now = Clock::now();
    slot.sounding = true;
    slot.due = now + lasts(play);
    slot.last_gain = play.gain_at
                         ? play.gain_at(std::chrono::duration_cast<std::chrono::milliseconds>(now - slot.first))
                         : play.gain;
    last_sound_ = now;
    if (!device_ && now >= tried_ + kTryAgainAfter) open();
    if (!device_ || !play.pcm || play.pcm->samples.empty()) return;
    resume();
    if (!slot.source) alGenSources(1, &slot.source);
    alGenBuffers(1, &slot.buffer);
    alBufferData(slot.buffer, AL_FORMAT_MONO16, play.pcm->samples.data(),
                 static_cast<ALsizei>(play.pcm->samples.size() * sizeof(std::int16_t)), play.pcm->rate);
    alSourcei(slot.source, AL_SOURCE_RELATIVE, AL_TRUE);
    alSourcei(slot.source, AL_BUFFER, static_cast<ALint>(slot.buffer));
    alSourcef(slot.source, AL_GAIN, slot.volume * slot.last_gain);
    alSourcePlay(slot.source);
    if (alGetError() != AL_NO_ERROR) free_buffer(slot);  // then it passes in silence
  }

  void silence(Slot& slot) {
    free_buffer(slot);
    slot.sounding = false;
    slot.play.reset();
  }

  static void free_buffer(Slot& slot) {
    if (!slot.buffer) return;
    alSourceStop(slot.source);
    alSourcei(slot.source, AL_BUFFER, 0);
    alDeleteBuffers(1, &slot.buffer);
    slot.buffer = 0;
    alGetError();
  }

  void open() {
    tried_ = Clock::now();
    if (!use_device_) return;
    if (!some_device()) return lost("this machine has nothing to play sound on");
    device_ = alcOpenDevice(nullptr);
    if (!device_) return lost("no sound device can be opened");
    const char* name = alcGetString(device_, ALC_ALL_DEVICES_SPECIFIER);
    const std::string_view shown = name ? name : "";
    if (shown == "No Output")
      return lost("this machine has nothing to play sound on");  // OpenAL Soft's way of saying so
    context_ = alcCreateContext(device_, nullptr);
    if (!context_ || !alcMakeContextCurrent(context_)) return lost("the sound device does not work");
    // OpenAL Soft 1.19 spoils the head of the file when its file writer is paused and goes on.
    if (shown != "Wave File Writer" && alcIsExtensionPresent(device_, "ALC_SOFT_pause_device")) {
      pause_ = reinterpret_cast<LPALCDEVICEPAUSESOFT>(alcGetProcAddress(device_, "alcDevicePauseSOFT"));
      resume_ = reinterpret_cast<LPALCDEVICERESUMESOFT>(alcGetProcAddress(device_, "alcDeviceResumeSOFT"));
    }
    can_be_lost_ = alcIsExtensionPresent(device_, "ALC_EXT_disconnect");
    mixing_ = true;
    last_sound_ = Clock::now() - kPauseAfter;
    said_lost_ = false;
    available_ = true;
  }

  void close() {
    available_ = false;
    for (auto& slot : slots_) {
      free_buffer(slot);
      if (slot.source) alDeleteSources(1, &slot.source);
      slot.source = 0;
    }
    mixing_ = false;
    alcMakeContextCurrent(nullptr);
    if (context_) alcDestroyContext(std::exchange(context_, nullptr));
    if (device_) alcCloseDevice(std::exchange(device_, nullptr));
    pause_ = nullptr;
    resume_ = nullptr;
  }

  void lost(const char* why) {
    close();
    tried_ = Clock::now();
    if (!std::exchange(said_lost_, true)) spdlog::warn("speaker: {}", why);
  }

  [[nodiscard]] bool connected() const {
    if (!can_be_lost_) return true;
    ALCint is = ALC_TRUE;
    alcGetIntegerv(device_, ALC_CONNECTED, 1, &is);
    return is == ALC_TRUE;
  }

  void pause() {
    mixing_ = false;
    if (pause_) pause_(device_);
  }

  void resume() {
    if (!mixing_ && resume_) resume_(device_);
    mixing_ = true;
  }

  std::atomic<bool>& available_;
  const bool use_device_;
  std::array<Slot, kChannels> slots_;
  ALCdevice* device_ = nullptr;
  ALCcontext* context_ = nullptr;
  LPALCDEVICEPAUSESOFT pause_ = nullptr;
  LPALCDEVICERESUMESOFT resume_ = nullptr;
  Time tried_{}, last_sound_{};
  bool mixing_ = false, said_lost_ = false, can_be_lost_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::function<void(Worker&)>> wishes_;
  bool quit_ = false;
  std::thread thread_;  // last: everything it uses is there before it starts
};

void prepare_sound() {
  ::setenv("ALSOFT_LOGLEVEL", "0", 0);
  if (std::getenv("ALSOFT_CONF")) return;
  const int file = ::memfd_create("alsoft.conf", MFD_CLOEXEC);
  if (file < 0) return;
  constexpr std::string_view settings = "[general]\nperiod_size = 512\nperiods = 3\n";
  if (::write(file, settings.data(), settings.size()) == static_cast<ssize_t>(settings.size()))
    ::setenv("ALSOFT_CONF", ("/proc/self/fd/" + std::to_string(file)).c_str(), 0);
}

Speaker::Speaker(bool use_device) : worker_(std::make_unique<Worker>(available_, use_device)) {}
Speaker::~Speaker() = default;

void Speaker::play(Play what) {
  // A wish must be copyable; what it carries is moved out when it is granted.
  auto carried = std::make_shared<Play>(std::move(what));
  worker_->wish([carried](Worker& worker) { worker.play(std::move(*carried)); });
}

void Speaker::stop(Channel channel) {
  worker_->wish([channel](Worker& worker) { worker.stop(channel); });
}

void Speaker::set_gain(Channel channel, float gain) {
  worker_->wish([channel, gain](Worker& worker) { worker.set_gain(channel, gain); });
}

}  // namespace devices
