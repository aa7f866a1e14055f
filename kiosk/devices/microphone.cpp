#include "devices/microphone.h"

#include "devices/audio.h"

#include <AL/al.h>
#include <AL/alc.h>
#include <spdlog/spdlog.h>
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace devices {
namespace {

constexpr auto look_every = std::chrono::milliseconds(20);
constexpr std::size_t most_s = 60;

float loud(const std::int16_t* samples, std::size_t count) {
  if (count == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += static_cast<double>(samples[i]) * samples[i];
  const double db = 10 * std::log10(std::max(sum / static_cast<double>(count), 1.0)) - 20 * std::log10(32768.0);
  return static_cast<float>(std::clamp((db + 50) / 50, 0.0, 1.0));
}

}  // namespace

class Microphone::Worker {
 public:
  Worker(Microphone& of, std::filesystem::path instead) : of_(of), file_(std::move(instead)), thread_([this] { run(); }) {}
  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void begin() {
    const std::lock_guard lock(mutex_);
    heard_ = {clip_rate, {}};
    wanted_ = true;
    ++turn_;
    of_.hearing_ = true;
    wake_.notify_one();
  }
  Pcm end() {
    const std::lock_guard lock(mutex_);
    wanted_ = false;
    of_.hearing_ = false;
    of_.level_ = 0;
    wake_.notify_one();
    return std::exchange(heard_, {clip_rate, {}});
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!quit_) {
      wake_.wait(lock, [&] { return quit_ || wanted_; });
      if (quit_) break;
      const auto turn = turn_;
      lock.unlock();
      const bool opened = file_.empty() ? hear_device(turn) : hear_file(turn);
      lock.lock();
      of_.available_ = opened;
      // There is nothing more to hear: whoever began waits for end().
      wake_.wait(lock, [&] { return quit_ || !wanted_ || turn_ != turn; });
    }
  }

  // False: somebody ended it, or another turn began.
  bool take(std::uint64_t turn, const std::vector<std::int16_t>& samples, int rate) {
    std::unique_lock lock(mutex_);
    if (quit_ || !wanted_ || turn_ != turn) return false;
    heard_.rate = rate;
    const auto room = most_s * static_cast<std::size_t>(rate) - std::min(heard_.samples.size(), most_s * static_cast<std::size_t>(rate));
    heard_.samples.insert(heard_.samples.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(std::min(room, samples.size())));
    of_.level_ = loud(samples.data(), samples.size());
    wake_.wait_for(lock, look_every, [&] { return quit_ || !wanted_ || turn_ != turn; });
    return !quit_ && wanted_ && turn_ == turn;
  }

  bool hear_device(std::uint64_t turn) {
    auto* device = alcCaptureOpenDevice(nullptr, clip_rate, AL_FORMAT_MONO16, clip_rate);
    if (!device) {
      if (!std::exchange(said_none_, true)) spdlog::warn("microphone: none can be opened");
      return false;
    }
    of_.available_ = true;
    alcCaptureStart(device);
    std::vector<std::int16_t> block;
    do {
      ALCint count = 0;
      alcGetIntegerv(device, ALC_CAPTURE_SAMPLES, 1, &count);
      block.resize(static_cast<std::size_t>(std::max(count, 0)));
      if (count > 0) alcCaptureSamples(device, block.data(), count);
    } while (take(turn, block, clip_rate));
    alcCaptureStop(device);
    alcCaptureCloseDevice(device);
    return true;
  }

  bool hear_file(std::uint64_t turn) {
    const auto all = read_audio(file_);
    if (!all) return false;
    of_.available_ = true;
    const auto step = static_cast<std::size_t>(all->rate) * static_cast<std::size_t>(look_every.count()) / 1000;
    for (std::size_t at = 0; at < all->samples.size(); at += step) {
      const auto to = std::min(at + step, all->samples.size());
      if (!take(turn, {all->samples.begin() + static_cast<std::ptrdiff_t>(at), all->samples.begin() + static_cast<std::ptrdiff_t>(to)}, all->rate)) break;
    }
    of_.level_ = 0;
    return true;
  }

  Microphone& of_;
  const std::filesystem::path file_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Pcm heard_{clip_rate, {}};
  bool wanted_ = false, quit_ = false, said_none_ = false;
  std::uint64_t turn_ = 0;
  std::thread thread_;  // last
};

Microphone::Microphone(std::filesystem::path instead) : worker_(std::make_unique<Worker>(*this, std::move(instead))) {}
Microphone::~Microphone() = default;
void Microphone::begin() { worker_->begin(); }
Pcm Microphone::end() { return worker_->end(); }

}  // namespace devices
