#include "devices/recorder.h"

#include "devices/audio.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

namespace devices {
namespace {

namespace fs = std::filesystem;
constexpr auto least_said = std::chrono::milliseconds(200) + 2 * trim_leaves;
constexpr double too_loud_share = 0.001;

// Written beside, forced to the disk, renamed.
void keep_clip(const fs::path& file, const Pcm& pcm) {
  auto part = file;
  part += ".part";
  const auto fail = [&](const char* what) {
    const int why = errno != 0 ? errno : EIO;
    std::error_code ignored;
    fs::remove(part, ignored);
    throw std::system_error(why, std::generic_category(), what);
  };
  errno = 0;
  if (!write_audio(part, pcm, AudioFile::flac)) fail("a clip cannot be written");
  for (const auto& path : {part, file.parent_path()}) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) fail("a clip cannot be opened");
    const bool forced = ::fsync(fd) == 0 || errno == EINVAL;
    ::close(fd);
    if (!forced) fail("a clip cannot be forced to the disk");
    if (path == part && ::rename(part.c_str(), file.c_str()) != 0) fail("a clip cannot be named");
  }
}

}  // namespace

class Recorder::Worker {
 public:
  Worker(Speaker& speaker, Pack pack, std::vector<Line> lines, fs::path instead, std::function<void()> moved)
      : speaker_(speaker), pack_(std::move(pack)), lines_(std::move(lines)), moved_(std::move(moved)), microphone_(std::move(instead)) {
    alive_->worker = this;
    fs::create_directories(pack_.folder);
    // The power went after a clip and before its entry: its name says which line it is, and nothing older could be meant.
    bool adopted = false;
    for (const auto& line : lines_)
      if (const auto found = pack_.clips.find(line.key); found != pack_.clips.end() && found->second.text.empty()) {
        found->second.text = line.text;
        adopted = true;
      }
    if (adopted || !fs::exists(pack_.folder / "pack.toml")) save_pack(pack_);
    // Words recorded under another key are recorded.
    std::set<std::string> missing;
    for (const auto& line : stand_of(pack_, lines_).missing) missing.insert(line.key);
    for (const auto& line : lines_) has_.push_back(!missing.contains(line.key));
    at_ = 0;
    if (const auto first = next_without(lines_.size())) at_ = *first;
    thread_ = std::thread([this] { run(); });
  }
  ~Worker() {
    {
      const std::lock_guard lock(alive_->mutex);
      alive_->worker = nullptr;
    }
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
    }
    wake_.notify_one();
    thread_.join();
    speaker_.stop(Speaker::Channel::voice);
  }

  [[nodiscard]] State state() const {
    const std::lock_guard lock(mutex_);
    State s;
    s.doing = doing_;
    s.verdict = verdict_;
    s.at = at_;
    s.lines = lines_.size();
    s.missing = static_cast<std::size_t>(std::ranges::count(has_, false));
    if (at_ < lines_.size()) {
      s.text = lines_[at_].text;
      s.piece = lines_[at_].piece;
      s.recorded = has_[at_];
    }
    s.level = doing_ == Doing::hearing ? microphone_.level() : 0;
    return s;
  }

  void wish(std::function<void()> what) {
    {
      const std::lock_guard lock(mutex_);
      wishes_.push_back(std::move(what));
    }
    wake_.notify_one();
  }

  // --- the worker's

  void record_or_stop() {
    if (lines_.empty()) return;
    if (doing() != Doing::hearing) {
      hush();
      microphone_.begin();
      become(Doing::hearing, Verdict::none);
      return;
    }
    const auto heard = microphone_.end();
    become(Doing::working, Verdict::none);
    const auto clean = trimmed(heard);
    auto verdict = Verdict::good;
    if (heard.samples.empty() && !microphone_.available()) verdict = Verdict::no_microphone;
    else if (clean.samples.empty()) verdict = Verdict::silent;
    else if (clean.lasts() < least_said) verdict = Verdict::too_short;
    else if (clipped_share(clean) > too_loud_share) verdict = Verdict::too_loud;
    std::shared_ptr<const Pcm> kept;
    if (verdict == Verdict::good) {
      kept = std::make_shared<const Pcm>(evened(resampled(clean, clip_rate)));
      try {
        keep(*kept);
      } catch (const std::exception& e) {
        spdlog::warn("recorder: {}", e.what());
        verdict = Verdict::not_kept;
      }
    }
    become(Doing::waiting, verdict);
    if (verdict == Verdict::good) sound(kept);
  }

  void play() {
    if (doing() == Doing::hearing || at_ >= lines_.size()) return;
    const auto form = form_of(lines_[at_].text, pack_.language).text;
    for (const auto& [key, clip] : pack_.clips)
      if (form_of(clip.text, pack_.language).text == form) {
        if (auto pcm = read_audio(pack_.folder / clip.file)) sound(pcm);
        return;
      }
  }

  void go(std::size_t to) {
    if (doing() == Doing::hearing) (void)microphone_.end();
    hush();
    {
      const std::lock_guard lock(mutex_);
      at_ = to;
    }
    become(Doing::waiting, Verdict::none);
  }
  void step(int by) {
    if (lines_.empty()) return;
    const auto to = static_cast<std::ptrdiff_t>(at_) + by;
    go(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, static_cast<std::ptrdiff_t>(lines_.size()) - 1)));
  }
  void next_missing() {
    if (const auto next = next_without(at_)) go(*next);
  }

 private:
  [[nodiscard]] bool recorded(const Line& line) const {
    const auto found = pack_.clips.find(line.key);
    return found != pack_.clips.end() && form_of(found->second.text, pack_.language).text == form_of(line.text, pack_.language).text;
  }
  [[nodiscard]] std::optional<std::size_t> next_without(std::size_t after) const {
    for (std::size_t i = 1; i <= lines_.size(); ++i) {
      const auto at = after >= lines_.size() ? i - 1 : (after + i) % lines_.size();
      if (!has_[at]) return at;
    }
    return std::nullopt;
  }
  [[nodiscard]] Doing doing() const {
    const std::lock_guard lock(mutex_);
    return doing_;
  }
  void become(Doing doing, Verdict verdict) {
    {
      const std::lock_guard lock(mutex_);
      doing_ = doing;
      verdict_ = verdict;
    }
    moved_();
  }

  void keep(const Pcm& pcm) {
    const auto& line = lines_[at_];
    const auto found = pack_.clips.find(line.key);
    // Other words had this name: for a moment it has none, never the new sound for the old words.
    if (found != pack_.clips.end() && !recorded(line)) {
      std::error_code ignored;
      fs::remove(pack_.folder / found->second.file, ignored);
      pack_.clips.erase(found);
      save_pack(pack_);
    }
    const auto before = pack_.clips.contains(line.key) ? pack_.clips.at(line.key).file : std::string{};
    const auto name = line.key + ".flac";
    keep_clip(pack_.folder / name, pcm);
    pack_.clips[line.key] = {name, line.text};
    if (before != name) save_pack(pack_);
    std::error_code ignored;
    if (!before.empty() && before != name) fs::remove(pack_.folder / before, ignored);
    const std::lock_guard lock(mutex_);
    has_[at_] = true;
  }

  void sound(std::shared_ptr<const Pcm> pcm) {
    const auto turn = ++turn_;
    Speaker::Play play;
    play.channel = Speaker::Channel::voice;
    play.pcm = std::move(pcm);
    play.finished = [alive = alive_, turn] {
      const std::lock_guard lock(alive->mutex);
      if (auto* w = alive->worker)
        w->wish([w, turn] {
          if (turn == w->turn_ && w->doing() == Doing::playing) w->become(Doing::waiting, w->verdict_now());
        });
    };
    become(Doing::playing, verdict_now());
    speaker_.play(std::move(play));
  }
  [[nodiscard]] Verdict verdict_now() const {
    const std::lock_guard lock(mutex_);
    return verdict_;
  }
  void hush() {
    ++turn_;
    speaker_.stop(Speaker::Channel::voice);
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [&] { return quit_ || !wishes_.empty(); });
      if (quit_) return;
      auto wish = std::move(wishes_.front());
      wishes_.pop_front();
      lock.unlock();
      wish();
      lock.lock();
    }
  }

  // The speaker's worker may tell that a clip has ended when we are gone.
  struct Alive {
    std::mutex mutex;
    Worker* worker;
  };

  Speaker& speaker_;
  std::shared_ptr<Alive> alive_ = std::make_shared<Alive>();
  Pack pack_;  // the worker's alone, like turn_
  const std::vector<Line> lines_;
  std::function<void()> moved_;
  Microphone microphone_;
  std::uint64_t turn_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> wishes_;
  std::vector<bool> has_;
  std::size_t at_ = 0;
  Doing doing_ = Doing::waiting;
  Verdict verdict_ = Verdict::none;
  bool quit_ = false;
  std::thread thread_;
};

Recorder::Recorder(Speaker& speaker, Pack pack, std::vector<Line> lines, fs::path instead, std::function<void()> moved)
    : worker_(std::make_unique<Worker>(speaker, std::move(pack), std::move(lines), std::move(instead), std::move(moved))) {}
Recorder::~Recorder() = default;
Recorder::State Recorder::state() const { return worker_->state(); }
void Recorder::record_or_stop() { worker_->wish([w = worker_.get()] { w->record_or_stop(); }); }
void Recorder::play() { worker_->wish([w = worker_.get()] { w->play(); }); }
void Recorder::go(int lines) { worker_->wish([w = worker_.get(), lines] { w->step(lines); }); }
void Recorder::next_missing() { worker_->wish([w = worker_.get()] { w->next_missing(); }); }

}  // namespace devices
