#include "devices/audio.h"

#include <SoundTouch.h>
#include <ebur128.h>
#include <sndfile.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>
#include <type_traits>
#include <vector>

namespace devices {
namespace {

constexpr std::int64_t longest_s = 120;

using File = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

std::shared_ptr<const Pcm> read_all(File in, const SF_INFO& info) {
  // libsndfile knows twenty more formats, which nobody brings and which would only be more to go wrong.
  constexpr std::array ours{SF_FORMAT_WAV, SF_FORMAT_WAVEX, SF_FORMAT_FLAC, SF_FORMAT_OGG};
  if (!in || std::ranges::find(ours, info.format & SF_FORMAT_TYPEMASK) == ours.end()) return nullptr;
  if (info.channels < 1 || info.channels > 8 || info.samplerate < 4000 || info.samplerate > 192'000)
    return nullptr;
  auto pcm = std::make_shared<Pcm>();
  pcm->rate = info.samplerate;
  const auto longest = static_cast<std::size_t>(longest_s * info.samplerate);
  const auto channels = static_cast<std::size_t>(info.channels);
  std::vector<float> block(4096 * channels);
  while (pcm->samples.size() < longest) {
    const auto frames = sf_readf_float(in.get(), block.data(), 4096);
    if (frames <= 0) break;
    for (std::size_t i = 0; i < static_cast<std::size_t>(frames); ++i) {
      float sum = 0;
      for (std::size_t c = 0; c < channels; ++c) sum += block[i * channels + c];
      pcm->samples.push_back(static_cast<std::int16_t>(
          std::lround(std::clamp(sum / static_cast<float>(channels), -1.0f, 1.0f) * 32767)));
    }
  }
  if (pcm->samples.empty()) return nullptr;
  return pcm;
}

// libsndfile reads out of memory through these.
struct Bytes {
  std::string_view all;
  sf_count_t at = 0;
};
sf_count_t bytes_length(void* of) { return static_cast<sf_count_t>(static_cast<Bytes*>(of)->all.size()); }
sf_count_t bytes_seek(sf_count_t offset, int from, void* of) {
  auto& bytes = *static_cast<Bytes*>(of);
  const auto base = from == SEEK_SET ? 0 : from == SEEK_CUR ? bytes.at : bytes_length(of);
  bytes.at = std::clamp<sf_count_t>(base + offset, 0, bytes_length(of));
  return bytes.at;
}
sf_count_t bytes_read(void* to, sf_count_t count, void* of) {
  auto& bytes = *static_cast<Bytes*>(of);
  count = std::min(count, bytes_length(of) - bytes.at);
  if (count <= 0) return 0;
  std::memcpy(to, bytes.all.data() + bytes.at, static_cast<std::size_t>(count));
  bytes.at += count;
  return count;
}
sf_count_t bytes_write(const void*, sf_count_t, void*) { return 0; }
sf_count_t bytes_tell(void* of) { return static_cast<Bytes*>(of)->at; }

// And writes into memory.
struct Written {
  std::string all;
  sf_count_t at = 0;
};
sf_count_t written_length(void* of) { return static_cast<sf_count_t>(static_cast<Written*>(of)->all.size()); }
sf_count_t written_seek(sf_count_t offset, int from, void* of) {
  auto& w = *static_cast<Written*>(of);
  const auto base = from == SEEK_SET ? 0 : from == SEEK_CUR ? w.at : written_length(of);
  w.at = std::clamp<sf_count_t>(base + offset, 0, written_length(of));
  return w.at;
}
sf_count_t written_read(void*, sf_count_t, void*) { return 0; }
sf_count_t written_write(const void* from, sf_count_t count, void* of) {
  auto& w = *static_cast<Written*>(of);
  const auto at = static_cast<std::size_t>(w.at), n = static_cast<std::size_t>(count);
  if (w.all.size() < at + n) w.all.resize(at + n);
  std::memcpy(w.all.data() + at, from, n);
  w.at += count;
  return count;
}
sf_count_t written_tell(void* of) { return static_cast<Written*>(of)->at; }

class Meter {
 public:
  Meter(int rate, int mode) : state_(ebur128_init(1, static_cast<unsigned long>(rate), mode)) {
    // One channel is heard from one loudspeaker or from both: counted as one.
    if (state_) ebur128_set_channel(state_, 0, EBUR128_LEFT);
  }
  ~Meter() {
    if (state_) ebur128_destroy(&state_);
  }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  void add(const std::vector<std::int16_t>& samples) {
    if (state_ && !samples.empty()) ebur128_add_frames_short(state_, samples.data(), samples.size());
  }
  [[nodiscard]] ebur128_state* state() const { return state_; }

 private:
  ebur128_state* state_;
};

double decibel(double share) {
  return share > 0 ? 20 * std::log10(share) : -std::numeric_limits<double>::infinity();
}

std::size_t samples_in(std::chrono::milliseconds time, int rate) {
  return static_cast<std::size_t>(time.count() * rate / 1000);
}

void fade_ends(Pcm& pcm, std::chrono::milliseconds time) {
  const auto count = std::min(samples_in(time, pcm.rate), pcm.samples.size() / 2);
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count);
    auto& head = pcm.samples[i];
    auto& tail = pcm.samples[pcm.samples.size() - 1 - i];
    head = static_cast<std::int16_t>(std::lround(head * share));
    tail = static_cast<std::int16_t>(std::lround(tail * share));
  }
}

}  // namespace

std::shared_ptr<const Pcm> read_audio(const std::filesystem::path& file) {
  SF_INFO info{};
  return read_all(File(sf_open(file.c_str(), SFM_READ, &info), &sf_close), info);
}

std::shared_ptr<const Pcm> read_audio(std::string_view bytes) {
  Bytes source{bytes};
  SF_VIRTUAL_IO io{bytes_length, bytes_seek, bytes_read, bytes_write, bytes_tell};
  SF_INFO info{};
  return read_all(File(sf_open_virtual(&io, SFM_READ, &info, &source), &sf_close), info);
}

std::string opus_of(const Pcm& pcm) {
  const auto at_rate = pcm.rate == said_rate ? pcm : resampled(pcm, said_rate);
  Written target;
  SF_VIRTUAL_IO io{written_length, written_seek, written_read, written_write, written_tell};
  SF_INFO info{};
  info.channels = 1;
  info.samplerate = said_rate;
  info.format = SF_FORMAT_OGG | SF_FORMAT_OPUS;
  File out(sf_open_virtual(&io, SFM_WRITE, &info, &target), &sf_close);
  if (!out) return {};
  // libsndfile's scale from 1 (6 kbit/s) to 0 (256 kbit/s).
  double level = 1.0 - (said_bits_a_second - 6000) / 250'000.0;
  sf_command(out.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
  const auto count = static_cast<sf_count_t>(at_rate.samples.size());
  const bool whole = sf_write_short(out.get(), at_rate.samples.data(), count) == count;
  return sf_close(out.release()) == 0 && whole ? target.all : std::string{};
}

bool write_audio(const std::filesystem::path& file, const Pcm& pcm, AudioFile kind) {
  SF_INFO info{};
  info.channels = 1;
  info.samplerate = pcm.rate;
  info.format = kind == AudioFile::wav    ? SF_FORMAT_WAV | SF_FORMAT_PCM_16
                : kind == AudioFile::flac ? SF_FORMAT_FLAC | SF_FORMAT_PCM_16
                                          : SF_FORMAT_OGG | SF_FORMAT_VORBIS;
  File out(sf_open(file.c_str(), SFM_WRITE, &info), &sf_close);
  if (!out) return false;
  if (kind == AudioFile::vorbis) {
    double quality = 0.6;
    sf_command(out.get(), SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
  }
  // In blocks: libsndfile's Vorbis encoder needs stack for all of what one call gives it.
  bool whole = true;
  for (std::size_t at = 0; at < pcm.samples.size() && whole;) {
    const auto count = std::min<std::size_t>(4096, pcm.samples.size() - at);
    whole = sf_write_short(out.get(), pcm.samples.data() + at, static_cast<sf_count_t>(count)) ==
            static_cast<sf_count_t>(count);
    at += count;
  }
  if (sf_close(out.release()) != 0) whole = false;
  std::error_code ignored;
  if (!whole) std::filesystem::remove(file, ignored);
  return whole;
}

std::optional<double> loudness_lufs(const Pcm& pcm) {
  if (pcm.samples.empty()) return std::nullopt;
  Meter meter(pcm.rate, EBUR128_MODE_I);
  const auto least = static_cast<std::size_t>(pcm.rate);  // two gating blocks and a half
  std::size_t added = 0;
  do {
    meter.add(pcm.samples);
    added += pcm.samples.size();
  } while (added < least);
  double lufs = 0;
  if (!meter.state() || ebur128_loudness_global(meter.state(), &lufs) != EBUR128_SUCCESS || !std::isfinite(lufs))
    return std::nullopt;
  return lufs;
}

double true_peak_db(const Pcm& pcm) {
  Meter meter(pcm.rate, EBUR128_MODE_TRUE_PEAK);
  meter.add(pcm.samples);
  double share = 0;
  if (!meter.state() || ebur128_true_peak(meter.state(), 0, &share) != EBUR128_SUCCESS) return 0;
  return decibel(share);
}

double clipped_share(const Pcm& pcm) {
  if (pcm.samples.empty()) return 0;
  const auto full = std::count_if(pcm.samples.begin(), pcm.samples.end(), [](int s) { return std::abs(s) >= 32'700; });
  return static_cast<double>(full) / static_cast<double>(pcm.samples.size());
}

std::optional<Span> sounding(const Pcm& pcm) {
  const auto frame = std::max<std::size_t>(1, samples_in(std::chrono::milliseconds(10), pcm.rate));
  std::vector<double> loud;
  for (std::size_t at = 0; at < pcm.samples.size(); at += frame) {
    const auto end = std::min(at + frame, pcm.samples.size());
    double sum = 0;
    for (auto i = at; i < end; ++i) sum += static_cast<double>(pcm.samples[i]) * pcm.samples[i];
    loud.push_back(decibel(std::sqrt(sum / static_cast<double>(end - at)) / 32768));
  }
  if (loud.empty()) return std::nullopt;
  const double top = *std::max_element(loud.begin(), loud.end());
  if (top < -55) return std::nullopt;
  // The room: the quietest tenth. Speech is what stands 10 dB out of it, and no more than 45 dB below its own loudest
  // frame; a recording without any room (a machine's) has only the latter.
  auto sorted = loud;
  const auto tenth = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 10);
  std::nth_element(sorted.begin(), tenth, sorted.end());
  const double least = std::min(std::max(top - 45, *tenth + 10), top - 15);
  const auto is = [&](std::size_t i) { return loud[i] > least; };
  std::optional<std::size_t> first, last;
  for (std::size_t i = 0; i < loud.size(); ++i) {
    // One frame alone is a click of the button, not speech, unless that is all there is.
    const bool beside = (i > 0 && is(i - 1)) || (i + 1 < loud.size() && is(i + 1)) || loud.size() < 5;
    if (!is(i) || !beside) continue;
    if (!first) first = i;
    last = i;
  }
  if (!first) return std::nullopt;
  return Span{*first * frame, std::min((*last + 1) * frame, pcm.samples.size())};
}

Pcm trimmed(const Pcm& pcm) {
  const auto span = sounding(pcm);
  if (!span) return {pcm.rate, {}};
  const auto leave = samples_in(trim_leaves, pcm.rate);
  const auto from = span->first > leave ? span->first - leave : 0;
  const auto to = std::min(span->last + leave, pcm.samples.size());
  Pcm out{pcm.rate,
          {pcm.samples.begin() + static_cast<std::ptrdiff_t>(from), pcm.samples.begin() + static_cast<std::ptrdiff_t>(to)}};
  fade_ends(out, std::chrono::milliseconds(5));
  return out;
}

Pcm evened(const Pcm& pcm) {
  const auto is = loudness_lufs(pcm);
  if (!is) return pcm;
  const double gain_db = std::min(clip_lufs - *is, clip_peak_db - true_peak_db(pcm));
  const double gain = std::pow(10, gain_db / 20);
  Pcm out{pcm.rate, {}};
  out.samples.reserve(pcm.samples.size());
  for (const auto s : pcm.samples)
    out.samples.push_back(static_cast<std::int16_t>(std::lround(std::clamp(s * gain, -32767.0, 32767.0))));
  return out;
}

Pcm at_tempo(const Pcm& pcm, double tempo) {
  tempo = std::clamp(tempo, 0.5, 2.0);
  if (pcm.samples.empty() || std::abs(tempo - 1) < 0.005) return pcm;
  using Sample = soundtouch::SAMPLETYPE;  // float, or 16 bits, as the library was built
  constexpr bool whole = std::is_integral_v<Sample>;
  soundtouch::SoundTouch stretch;
  stretch.setSampleRate(static_cast<unsigned>(pcm.rate));
  stretch.setChannels(1);
  stretch.setTempo(tempo);
  // What its manual gives for speech.
  stretch.setSetting(SETTING_SEQUENCE_MS, 40);
  stretch.setSetting(SETTING_SEEKWINDOW_MS, 15);
  stretch.setSetting(SETTING_OVERLAP_MS, 8);
  std::vector<Sample> block;
  block.reserve(pcm.samples.size());
  for (const auto s : pcm.samples) block.push_back(whole ? static_cast<Sample>(s) : static_cast<Sample>(s / 32768.0));
  stretch.putSamples(block.data(), static_cast<unsigned>(block.size()));
  stretch.flush();
  Pcm out{pcm.rate, {}};
  const auto most = static_cast<std::size_t>(static_cast<double>(pcm.samples.size()) / tempo);
  out.samples.reserve(most + 4096);
  for (block.resize(4096);;) {
    const auto n = stretch.receiveSamples(block.data(), static_cast<unsigned>(block.size()));
    if (n == 0) break;
    for (std::size_t i = 0; i < n; ++i)
      out.samples.push_back(whole ? static_cast<std::int16_t>(block[i]) : static_cast<std::int16_t>(std::lround(std::clamp(static_cast<double>(block[i]), -1.0, 1.0) * 32767)));
  }
  // Flushing fills up with silence.
  if (out.samples.size() > most) out.samples.resize(most);
  return out;
}

Pcm resampled(const Pcm& pcm, int rate) {
  if (pcm.rate == rate || pcm.samples.empty()) return {pcm.samples.empty() ? rate : pcm.rate, pcm.samples};
  // A windowed sinc of 16 zero crossings to each side, cut at the lower of the two rates.
  constexpr int reach = 16;
  const double step = static_cast<double>(pcm.rate) / rate, cut = std::min(1.0, 1.0 / step);
  const auto count = static_cast<std::size_t>(static_cast<double>(pcm.samples.size()) / step);
  const auto length = static_cast<std::ptrdiff_t>(pcm.samples.size());
  const double wide = reach / cut;
  Pcm out{rate, {}};
  out.samples.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) * step;
    double sum = 0, weights = 0;
    for (auto k = static_cast<std::ptrdiff_t>(std::ceil(at - wide)); k <= static_cast<std::ptrdiff_t>(at + wide); ++k) {
      const double x = static_cast<double>(k) - at, phase = std::numbers::pi * x * cut;
      const double sinc = std::abs(phase) < 1e-9 ? 1 : std::sin(phase) / phase;
      const double weight = sinc * (0.5 + 0.5 * std::cos(std::numbers::pi * x / wide));
      weights += weight;
      if (k >= 0 && k < length) sum += weight * pcm.samples[static_cast<std::size_t>(k)];
    }
    out.samples.push_back(static_cast<std::int16_t>(std::lround(std::clamp(sum / weights, -32768.0, 32767.0))));
  }
  return out;
}

Pcm joined(std::span<const Piece> pieces) {
  Pcm out{0, {}};
  for (const auto& piece : pieces)
    if (piece.pcm) out.rate = std::max(out.rate, piece.pcm->rate);
  if (out.rate == 0) out.rate = clip_rate;
  bool overlaps = false;
  for (const auto& piece : pieces) {
    if (!piece.pcm) continue;
    Pcm other;
    if (piece.pcm->rate != out.rate) other = resampled(*piece.pcm, out.rate);
    const auto& samples = piece.pcm->rate == out.rate ? piece.pcm->samples : other.samples;
    const auto shared = overlaps ? std::min({samples_in(joint, out.rate), out.samples.size(), samples.size()}) : 0;
    const auto from = out.samples.size() - shared;
    for (std::size_t i = 0; i < shared; ++i) {
      // Equal power: neither a dip nor a swell where two voices that know nothing of each other meet.
      const double angle = 0.5 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(shared);
      out.samples[from + i] = static_cast<std::int16_t>(std::lround(
          std::clamp(out.samples[from + i] * std::cos(angle) + samples[i] * std::sin(angle), -32767.0, 32767.0)));
    }
    out.samples.insert(out.samples.end(), samples.begin() + static_cast<std::ptrdiff_t>(shared), samples.end());
    const auto silence = samples_in(piece.after, out.rate);
    out.samples.insert(out.samples.end(), silence, 0);
    overlaps = silence == 0;
  }
  return out;
}

}  // namespace devices
