// A recording that somebody brought on a stick, out of memory and as a file.
#include "devices/audio.h"
#include "fuzz/fuzz.h"

#include <cmath>
#include <fstream>
#include <iterator>

namespace {

using fuzz::must;

void run(std::string_view input) {
  const auto sound = devices::read_audio(input);
  fuzz::write(fuzz::folder() / "clip", input);
  const auto of_file = devices::read_audio(fuzz::folder() / "clip");
  must((sound == nullptr) == (of_file == nullptr), "a file is read as its bytes are");
  if (sound == nullptr) return;
  must(sound->rate >= 4000 && sound->rate <= 192'000 && !sound->samples.empty(), "a sound has samples");
  must(sound->samples.size() <= static_cast<std::size_t>(sound->rate) * 121, "no longer than two minutes");
  if (sound->samples.size() > 20'000) return;
  const auto clean = devices::evened(devices::trimmed(*sound));
  must(clean.samples.size() <= sound->samples.size(), "silence is cut off, nothing is added");
  must(devices::clipped_share(clean) >= 0 && devices::clipped_share(clean) <= 1, "a share is one");
  (void)devices::resampled(clean, 16'000);
}

std::vector<std::string> seeds() {
  devices::Pcm tone{8000, {}};
  for (int i = 0; i < 900; ++i) tone.samples.push_back(static_cast<std::int16_t>(9000 * std::sin(i / 5.0)));
  std::vector<std::string> all;
  for (const auto kind : {devices::AudioFile::wav, devices::AudioFile::flac, devices::AudioFile::vorbis}) {
    const auto file = fuzz::folder() / "made";
    if (!devices::write_audio(file, tone, kind)) continue;
    std::ifstream in(file, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  all.push_back(devices::opus_of(tone));
  return all;
}

const fuzz::Listed listed({.name = "sound", .run = run, .seeds = seeds, .longest = 8192, .tries = 300});

}  // namespace
