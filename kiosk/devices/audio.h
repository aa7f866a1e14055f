// Sound as samples: read, written, trimmed, evened, joined. Pure functions of what they are given, no device; tens
// of milliseconds for a sentence, so never on the drawing thread. Any thread.
#pragma once

#include "devices/speaker.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace devices {

// How loud every clip is made, in LUFS (ITU-R BS.1770, gated as in EBU R128), and the highest true peak. R128's own
// -23 leaves room for music; speech alone from a small loudspeaker is given 5 LU more. Ours; espeak-ng's sentences
// are brought to the same.
inline constexpr double clip_lufs = -18.0, clip_peak_db = -1.0;
// Within this of `clip_lufs` a clip is even; a clip whose peaks leave no room may be quieter.
inline constexpr double clip_lufs_within = 1.0;
// All clips of a pack, whatever the microphone gave.
inline constexpr int clip_rate = 44100;
// What a person says for others to hear, and how many bits a second of it are kept: speech at 24 kbit/s is as
// clear as a good telephone (RFC 6716, section 2.1.1, wideband); half a minute is 90 kB.
inline constexpr int said_rate = 16000, said_bits_a_second = 24000;
// What is left before the first and after the last sound when silence is cut off: a breath, and a joint's fade.
inline constexpr std::chrono::milliseconds trim_leaves{30};
// Pieces of one sentence overlap by so much, one fading while the other grows.
inline constexpr std::chrono::milliseconds joint{30};

// WAV, FLAC, Ogg Vorbis or Opus, channels averaged; nothing if it is no sound. Longer than two minutes is cut.
[[nodiscard]] std::shared_ptr<const Pcm> read_audio(const std::filesystem::path& file);
// The same out of memory (an archive's entry).
[[nodiscard]] std::shared_ptr<const Pcm> read_audio(std::string_view bytes);

// Ogg Opus in memory, at `said_rate`, read again by read_audio; empty where libsndfile cannot.
[[nodiscard]] std::string opus_of(const Pcm&);

enum class AudioFile { wav, flac, vorbis };
// False where it cannot be written (full disk); what was written of it is then gone. Not forced to the disk.
bool write_audio(const std::filesystem::path& file, const Pcm&, AudioFile = AudioFile::wav);

// Integrated loudness; nothing where there is none (silence). A clip shorter than a gating block (400 ms) is
// measured as if it were said again and again.
[[nodiscard]] std::optional<double> loudness_lufs(const Pcm&);
// The highest peak between the samples too, in dB below full; -infinity for silence.
[[nodiscard]] double true_peak_db(const Pcm&);
// Share of samples at full scale: a recording that was too loud for its microphone.
[[nodiscard]] double clipped_share(const Pcm&);

// Where sound begins and ends: ten-millisecond frames that stand out of the noise floor, clicks of one frame left
// out. Nothing where all is silence.
struct Span {
  std::size_t first = 0, last = 0;  // samples, `last` is behind the end
};
[[nodiscard]] std::optional<Span> sounding(const Pcm&);
// Without the silence before and after; empty where all is silence. Its ends are faded over 5 ms.
[[nodiscard]] Pcm trimmed(const Pcm&);
// At `clip_lufs`, or as near as `clip_peak_db` lets it. Silence stays as it is.
[[nodiscard]] Pcm evened(const Pcm&);
[[nodiscard]] Pcm resampled(const Pcm&, int rate);
// Quicker (above 1) or slower, at the same pitch: 0.5 to 2. SoundTouch, with its sequences as for speech.
[[nodiscard]] Pcm at_tempo(const Pcm&, double tempo);

// One after another: `after` is the silence that follows a piece (a comma); where it is 0 the piece and the next
// one overlap by `joint`, so that no gap is heard. Rates may differ, the highest is taken. Pieces are taken as they
// are: trim and even them first.
struct Piece {
  std::shared_ptr<const Pcm> pcm;
  std::chrono::milliseconds after{0};
};
[[nodiscard]] Pcm joined(std::span<const Piece>);

}  // namespace devices
