#include "devices/voice.h"

#include "base/ids.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "devices/repertoire.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

extern char** environ;

namespace devices {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLongestText = 4000;  // bytes of speech: a sentence, not a book
constexpr auto kLongestSynthesis = 8s;
// How long one espeak-ng waits for a next sentence: whoever is here touches again sooner, and an idle kiosk has none.
constexpr auto kWaitsFor = 60s;
constexpr std::size_t kLongestAudio = 16 * 1024 * 1024;
constexpr std::uintmax_t kCacheBytes = 40 * 1024 * 1024;
// espeak-ng's words a minute for each step; measured with cmn-latn-pinyin on sentences of the kiosk.
constexpr std::array<int, 6> kSpeeds{112, 127, 141, 154, 172, 200};
constexpr int kAsRecorded = kSpeeds[2];

using AudioPtr = std::shared_ptr<const Pcm>;

bool chinese(std::string_view language) { return language.starts_with("zh"); }

// espeak-ng's English would stumble over what marks a name.
std::string without_marks(const std::string& words) {
  auto text = base::to_utf32(words);
  std::erase_if(text, [](char32_t c) { return c == name_begins || c == name_ends; });
  return base::to_utf8(text);
}

void keep_audio(const std::filesystem::path& file, const Pcm& pcm) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  auto part = file;
  part += ".part";
  if (!write_audio(part, pcm)) return;  // a full disk costs the cache, not the sentence
  // No forcing to the disk: what a power cut spoils cannot be read as sound and is made anew.
  std::filesystem::rename(part, file, ignored);
}

// espeak-ng's WAV on a pipe: its sizes are not true, the samples run to the end.
AudioPtr parse_wav_stream(std::string_view bytes) {
  const auto u16 = [&](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1])
                                                                             << 8);
  };
  if (bytes.size() < 44 || !bytes.starts_with("RIFF") || bytes.substr(8, 8) != "WAVEfmt ") return nullptr;
  auto pcm = std::make_shared<Pcm>();
  pcm->rate = static_cast<int>(u16(24) | u16(26) << 16);
  if (u16(22) != 1 || u16(34) != 16 || pcm->rate < 4000 || pcm->rate > 192'000) return nullptr;
  const auto data = bytes.find("data", 36);
  if (data == std::string_view::npos || data + 8 > bytes.size()) return nullptr;
  for (auto at = data + 8; at + 1 < bytes.size(); at += 2)
    pcm->samples.push_back(static_cast<std::int16_t>(u16(at)));
  if (pcm->samples.empty()) return nullptr;
  return pcm;
}

}  // namespace

std::chrono::milliseconds would_last(const Sentence& sentence) {
  const auto characters = static_cast<std::int64_t>(base::characters(sentence.text));
  return std::clamp<std::chrono::milliseconds>(characters * (chinese(sentence.language) ? 370ms : 75ms), 800ms,
                                               30s);
}

class Voice::Worker {
 public:
  Worker(Speaker& speaker, Settings settings)
      : speaker_(speaker),
        settings_(std::move(settings)),
        repertoire_(settings_.packs),
        told_(std::make_shared<Told>()),
        thread_([this] { run(); }) {
    const std::lock_guard lock(told_->mutex);
    told_->started = settings_.on_started;
    told_->finished = settings_.on_finished;
  }

  ~Worker() {
    {
      const std::lock_guard lock(told_->mutex);  // waits for a callback that is running
      told_->started = nullptr;
      told_->finished = nullptr;
    }
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
      cut_off();
    }
    wake_.notify_one();
    thread_.join();
    end(std::exchange(waiting_, {}));
  }

  void say(Sentence&& sentence) {
    {
      const std::lock_guard lock(mutex_);
      cut_off();
      next_ = std::move(sentence);
      told_->speaking = told_->generation.load();
    }
    wake_.notify_one();
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    cut_off();
    next_.reset();
  }

  void use_packs(std::vector<std::string>&& names) {
    const std::lock_guard lock(mutex_);
    packs_ = std::move(names);
  }
  void set_speed(int step) { speed_ = kSpeeds[static_cast<std::size_t>(std::clamp(step, 1, 6) - 1)]; }
  [[nodiscard]] bool has_voice() const { return !no_espeak_; }
  [[nodiscard]] bool speaking() const { return told_->speaking == told_->generation; }

 private:
  // What callbacks need, also when the speaker's worker calls after we are gone.
  struct Told {
    std::mutex mutex;  // held while a callback runs
    std::function<void(const std::string&)> started, finished;
    std::atomic<std::uint64_t> generation{1};  // counts sentences and stops
    std::atomic<std::uint64_t> speaking{0};
  };

  // Under mutex_. The sentence of before is no longer anybody's.
  void cut_off() {
    ++told_->generation;
    if (espeak_ > 0) ::kill(espeak_, SIGKILL);
    speaker_.stop(Speaker::Channel::voice);
  }

  void run() {
    bool tidied = false;
    std::unique_lock lock(mutex_);
    while (true) {
      if (waiting_.pid == 0) {
        wake_.wait(lock, [&] { return quit_ || next_; });
      } else if (!wake_.wait_for(lock, kWaitsFor, [&] { return quit_ || next_; })) {
        end(std::exchange(waiting_, {}));
        continue;
      }
      if (quit_) return;
      const auto sentence = *std::exchange(next_, std::nullopt);
      repertoire_.ask_in_order(packs_);
      const auto generation = told_->generation.load();
      lock.unlock();
      if (!std::exchange(tidied, true)) tidy_cache();
      const auto audio = find_or_make(sentence, generation);
      lock.lock();
      if (told_->generation == generation && !quit_) play(sentence, audio, generation);
      if (quit_ || next_ || used_.voice.empty()) continue;
      // It was needed, and will be again: the next one reads its data while this sentence sounds.
      lock.unlock();
      if (waiting_.pid == 0) (void)start(waiting_, used_.voice, used_.speed);
      used_ = {};
      lock.lock();
    }
  }

  // An espeak-ng that reads its data, then waits for its one text. The worker's alone, but for its number in espeak_.
  struct Mouth {
    pid_t pid = 0;
    int in = -1, out = -1;
    std::string voice, speed;
  };

  // Gives errno's number where it cannot be started.
  int start(Mouth& mouth, const std::string& voice, const std::string& speed) const {
    // Through pipes: a command line can be read by every user of the machine. A socket for its input, so that
    // writing to one that has died is an error and no signal.
    int in[2], out[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) return errno;
    if (::pipe2(out, O_CLOEXEC) != 0) {
      const int why = errno;
      ::close(in[0]);
      ::close(in[1]);
      return why;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::array<std::string, 9> words{settings_.espeak, "-v", voice, "-s", speed, "-b", "1", "--stdin", "--stdout"};
    std::array<char*, 10> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, settings_.espeak.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[1]);
    ::close(out[1]);
    if (error != 0) {
      ::close(in[0]);
      ::close(out[0]);
      return error;
    }
    mouth = {child, in[0], out[0], voice, speed};
    return 0;
  }

  // Gives how it left; nobody may signal its number any more.
  static int end(Mouth mouth, bool by_itself = false) {
    int status = 0;
    if (mouth.pid == 0) return status;
    for (const int fd : {mouth.in, mouth.out})
      if (fd >= 0) ::close(fd);
    if (!by_itself) ::kill(mouth.pid, SIGKILL);
    while (::waitpid(mouth.pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  void play(const Sentence& sentence, AudioPtr audio, std::uint64_t generation) {
    const auto tell = [told = told_, key = sentence.key, generation](bool finished) {
      const std::lock_guard lock(told->mutex);
      if (told->generation != generation) return;
      if (finished) told->speaking = 0;
      const auto& whom = finished ? told->finished : told->started;
      if (whom) whom(key);
    };
    Speaker::Play play;
    play.channel = Speaker::Channel::voice;
    play.silence = would_last(sentence);
    play.pcm = std::move(audio);
    play.started = [tell] { tell(false); };
    play.finished = [tell] { tell(true); };
    speaker_.play(std::move(play));
  }

  AudioPtr find_or_make(const Sentence& sentence, std::uint64_t generation) {
    // A clip is as quick as it was said, which is the middle step; what is lent for it is made so too, then all of it is brought to the
    // step that is wished for.
    const int wished = speed_.load();
    const auto lend = [&](const std::string& name) { return machine(name, sentence.language, true, true, generation, kAsRecorded); };
    if (auto audio = repertoire_.sound(sentence.text, sentence.language, sentence.key, lend))
      return wished == kAsRecorded ? audio : std::make_shared<const Pcm>(at_tempo(*audio, static_cast<double>(wished) / kAsRecorded));
    return machine(sentence.text, sentence.language, false, sentence.personal, generation, wished);
  }

  // espeak-ng's own rendering, out of the cache where it may stand there.
  AudioPtr machine(const std::string& words, const std::string& language, bool is_name, bool personal,
                   std::uint64_t generation, int words_a_minute) {
    auto text = chinese(language) ? base::pinyin_for_speech(words, is_name) : without_marks(words);
    if (text.size() > kLongestText)
      text.resize(text.find_last_of(' ', kLongestText) == std::string::npos ? kLongestText
                                                                            : text.find_last_of(' ', kLongestText));
    if (base::trimmed(text).empty()) return nullptr;
    const std::string voice = chinese(language) ? "cmn-latn-pinyin" : "en";
    const auto speed = std::to_string(words_a_minute);
    std::filesystem::path cached;
    if (!settings_.cache.empty() && !personal) {
      cached =
          settings_.cache / (base::id_of("espeak-ng 1.51 even " + voice + " " + speed + " " + text).text() + ".wav");
      std::error_code ignored;
      if (std::filesystem::is_regular_file(cached, ignored)) {
        if (auto audio = read_audio(cached)) {
          std::filesystem::last_write_time(cached, std::filesystem::file_time_type::clock::now(), ignored);
          return audio;
        }
      }
    }
    auto audio = synthesise(voice, speed, text, generation);
    if (!audio) return nullptr;
    audio = std::make_shared<const Pcm>(evened(*audio));
    if (!cached.empty()) keep_audio(cached, *audio);
    return audio;
  }

  AudioPtr synthesise(const std::string& voice, const std::string& speed, const std::string& text,
                      std::uint64_t generation) {
    if (no_espeak_) return nullptr;
    used_ = {0, -1, -1, voice, speed};
    auto mouth = std::exchange(waiting_, {});
    const bool waited = mouth.pid != 0;
    if (waited && (mouth.voice != voice || mouth.speed != speed)) end(std::exchange(mouth, {}));
    if (mouth.pid == 0) {
      if (const int error = start(mouth, voice, speed); error != 0) {
        used_ = {};
        if (!no_espeak_.exchange(true)) spdlog::warn("voice: {} cannot be run: {}", settings_.espeak, std::strerror(error));
        return nullptr;
      }
    }
    {
      const std::lock_guard lock(mutex_);
      if (told_->generation == generation && !quit_) espeak_ = mouth.pid;
    }
    if (espeak_ == 0) {
      waiting_ = std::move(mouth);  // it has heard nothing yet: the next sentence may have it
      return nullptr;
    }
    // It reads all of its input before it speaks, and the text fits a socket's buffer.
    for (std::string_view left = text; !left.empty();) {
      const auto n = ::send(mouth.in, left.data(), left.size(), MSG_NOSIGNAL);
      if (n <= 0) break;
      left.remove_prefix(static_cast<std::size_t>(n));
    }
    ::close(std::exchange(mouth.in, -1));

    std::string bytes;
    bool whole = false;
    const auto until = std::chrono::steady_clock::now() + kLongestSynthesis;
    while (bytes.size() < kLongestAudio) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      pollfd wait{mouth.out, POLLIN, 0};
      const int ready = left > 0ms ? ::poll(&wait, 1, static_cast<int>(left.count())) : 0;
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) break;
      char block[16384];
      const auto n = ::read(mouth.out, block, sizeof block);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        whole = n == 0;
        break;
      }
      bytes.append(block, static_cast<std::size_t>(n));
    }
    {
      // From here on nobody else may signal this number: once waited for, it may be another process.
      const std::lock_guard lock(mutex_);
      espeak_ = 0;
    }
    const int status = end(std::move(mouth), whole);
    if (told_->generation != generation) return nullptr;
    // One that died while it waited has said nothing about espeak-ng itself.
    if (waited && bytes.empty()) return synthesise(voice, speed, text, generation);
    auto audio = whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? parse_wav_stream(bytes) : nullptr;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
      if (!no_espeak_.exchange(true)) spdlog::warn("voice: {} cannot be run", settings_.espeak);
    } else if (!audio && !std::exchange(said_broken_, true)) {
      spdlog::warn("voice: {} gave no sound", settings_.espeak);
    }
    return audio;
  }

  void tidy_cache() const {
    if (settings_.cache.empty()) return;
    struct Kept {
      std::filesystem::file_time_type used;
      std::uintmax_t size;
      std::filesystem::path path;
    };
    std::vector<Kept> all;
    std::uintmax_t size = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(settings_.cache, error)) {
      const auto bytes = entry.file_size(error);
      if (error) continue;
      all.push_back({entry.last_write_time(error), bytes, entry.path()});
      size += bytes;
    }
    std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
    for (const auto& oldest : all) {
      if (size <= kCacheBytes) break;
      std::filesystem::remove(oldest.path, error);
      size -= oldest.size;
    }
  }

  Speaker& speaker_;
  Settings settings_;
  Repertoire repertoire_;  // the worker's alone
  std::shared_ptr<Told> told_;
  std::atomic<int> speed_{kSpeeds[2]};
  std::atomic<bool> no_espeak_{false};
  bool said_broken_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Sentence> next_;
  std::vector<std::string> packs_;
  pid_t espeak_ = 0;
  Mouth waiting_, used_;  // the worker's alone; used_: what the last sentence wanted, started anew after it
  bool quit_ = false;
  std::thread thread_;
};

Voice::Voice(Speaker& speaker, Settings settings)
    : speaker_(speaker), worker_(std::make_unique<Worker>(speaker, std::move(settings))) {}
Voice::~Voice() = default;

void Voice::say(Sentence sentence) { worker_->say(std::move(sentence)); }
void Voice::stop() { worker_->stop(); }
void Voice::use_packs(std::vector<std::string> names) { worker_->use_packs(std::move(names)); }
void Voice::set_speed(int step) { worker_->set_speed(step); }
void Voice::set_volume(float of_one) { speaker_.set_gain(Speaker::Channel::voice, of_one); }
bool Voice::available() const { return speaker_.available() && worker_->has_voice(); }
bool Voice::speaking() const { return worker_->speaking(); }

}  // namespace devices
