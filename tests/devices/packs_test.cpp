// A pack on its way from a folder onto a stick and into a kiosk, and everything that may be wrong with it.
#include "devices/packs.h"

#include "devices/audio.h"
#include "devices/repertoire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>
#include <cmath>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using devices::Pcm;
using testing::HasSubstr;

struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "pack-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
};

// A tone with silence around it, so loud.
Pcm tone(double seconds, double loud, double silence_s = 0.5, int rate = 48000) {
  Pcm pcm{rate, {}};
  const auto quiet = static_cast<std::size_t>(silence_s * rate);
  pcm.samples.resize(quiet, 0);
  for (int i = 0; i < static_cast<int>(seconds * rate); ++i)
    pcm.samples.push_back(static_cast<std::int16_t>(std::lround(32767 * loud * std::sin(2 * M_PI * 500 * i / rate))));
  pcm.samples.resize(pcm.samples.size() + quiet, 0);
  return pcm;
}

const std::vector<devices::Line> lines{{"a.say", "您好", false}, {"b.say", "走好", false}, {"c.say#1", "到的", true}};

void describe(const fs::path& folder, const std::string& more = {}) {
  std::ofstream(folder / "pack.toml") << "name = \"dongcun\"\ntitle = \"东村话\"\nlanguage = \"zh-CN\"\n" << more;
}

// A whole folder as a village would have it: two clips, one quiet and one loud.
void good_folder(const fs::path& folder) {
  describe(folder, "[clips.\"a.say\"]\nfile = \"hello.wav\"\ntext = \"您好\"\n");
  ASSERT_TRUE(devices::write_audio(folder / "hello.wav", tone(0.8, 0.02)));
  ASSERT_TRUE(devices::write_audio(folder / "b.say.flac", tone(1.2, 0.6), devices::AudioFile::flac));
}

// An archive as somebody else might make it.
void zip_of(const fs::path& file, const std::vector<std::pair<std::string, std::string>>& entries) {
  fs::remove(file);
  int error = 0;
  auto* zip = zip_open(file.c_str(), ZIP_CREATE, &error);
  ASSERT_TRUE(zip);
  for (const auto& [name, bytes] : entries)
    ASSERT_GE(zip_file_add(zip, name.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), 0), 0);
  ASSERT_EQ(zip_close(zip), 0);
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> everything_in(const fs::path& folder) {
  std::vector<std::string> all;
  if (!fs::exists(folder)) return all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    auto line = fs::relative(entry.path(), folder).string();
    if (entry.is_regular_file()) line += "=" + bytes_of(entry.path());
    all.push_back(std::move(line));
  }
  std::ranges::sort(all);
  return all;
}

std::string told(const devices::Packed& packed) { return base::to_string(packed.wrong); }

}  // namespace

TEST(Audio, evens_to_the_stated_loudness_whatever_came_from_the_microphone) {
  for (const double loud : {0.01, 0.1, 0.5}) {
    const auto even = devices::evened(devices::trimmed(tone(1.5, loud)));
    const auto is = devices::loudness_lufs(even);
    ASSERT_TRUE(is);
    EXPECT_NEAR(*is, devices::clip_lufs, 0.3) << "from " << loud;
    EXPECT_LE(devices::true_peak_db(even), devices::clip_peak_db + 0.1);
  }
  // A word of a fifth of a second too: gating blocks are longer than it.
  const auto word = devices::evened(devices::trimmed(tone(0.2, 0.05)));
  EXPECT_NEAR(devices::loudness_lufs(word).value_or(0), devices::clip_lufs, 1.5);
  EXPECT_FALSE(devices::loudness_lufs(Pcm{44100, std::vector<std::int16_t>(44100, 0)}));
}

TEST(Audio, a_bang_leaves_the_clip_quieter_rather_than_cut_at_full_scale) {
  auto pcm = tone(1.0, 0.05);
  pcm.samples[pcm.samples.size() / 2] = 30'000;
  const auto even = devices::evened(pcm);
  EXPECT_LE(devices::true_peak_db(even), devices::clip_peak_db + 0.5);
  EXPECT_LT(devices::loudness_lufs(even).value_or(0), devices::clip_lufs);
}

TEST(Audio, trims_silence_and_a_room_that_hums_and_keeps_what_was_said) {
  auto pcm = tone(0.6, 0.3, 1.0);
  unsigned noise = 1;
  for (auto& s : pcm.samples) {
    noise = noise * 1664525u + 1013904223u;
    s = static_cast<std::int16_t>(s + static_cast<int>(noise >> 25) - 64);
  }
  pcm.samples[2000] = 9000;  // the button's click, long before
  const auto out = devices::trimmed(pcm);
  EXPECT_NEAR(static_cast<double>(out.samples.size()) / out.rate, 0.6 + 2 * 0.03, 0.03);
  EXPECT_EQ(out.samples.front(), 0);
  EXPECT_TRUE(devices::trimmed(Pcm{44100, std::vector<std::int16_t>(44100, 3)}).samples.empty()) << "nothing was said";
}

TEST(Audio, joins_without_a_gap_and_with_the_pause_that_is_asked_for) {
  const auto one = std::make_shared<const Pcm>(tone(0.5, 0.3, 0, 44100));
  const std::vector<devices::Piece> two{{one, {}}, {one, {}}};
  const auto together = devices::joined(two);
  EXPECT_NEAR(static_cast<double>(together.samples.size()), 2.0 * 22050 - 0.030 * 44100, 2);
  // Nowhere in it 5 ms of silence.
  std::size_t quiet = 0, longest = 0;
  for (const auto s : together.samples) longest = std::max(longest, quiet = std::abs(s) < 50 ? quiet + 1 : 0);
  EXPECT_LT(longest, 44100u * 5 / 1000);
  const std::vector<devices::Piece> paused{{one, std::chrono::milliseconds(170)}, {one, {}}};
  EXPECT_NEAR(static_cast<double>(devices::joined(paused).samples.size()), 2.0 * 22050 + 0.170 * 44100, 2);
}

TEST(Audio, another_rate_is_the_same_tone_as_long_and_as_loud) {
  const auto from = tone(1.0, 0.3, 0, 48000), to = devices::resampled(from, 44100);
  EXPECT_NEAR(static_cast<double>(to.samples.size()), 44100, 2);
  EXPECT_NEAR(devices::loudness_lufs(to).value_or(0), devices::loudness_lufs(from).value_or(9), 0.1);
  int crossings = 0;
  for (std::size_t i = 1; i < to.samples.size(); ++i) crossings += (to.samples[i - 1] < 0) != (to.samples[i] < 0);
  EXPECT_NEAR(crossings, 1000, 3);
}

TEST(Packs, from_a_folder_onto_a_stick_and_into_the_kiosk) {
  Folder made, stick, kiosk;
  good_folder(made.path);
  const auto packed = devices::pack_file(made.path, stick.path / "dongcun.zip", lines);
  ASSERT_TRUE(packed.wrong.empty()) << told(packed);
  EXPECT_EQ(packed.clips, 2u);
  EXPECT_THAT(packed.notes, testing::Contains(HasSubstr("b.say.flac: taken to say today's words")));
  const auto installed = devices::install_pack(stick.path / "dongcun.zip", kiosk.path / "voice");
  ASSERT_TRUE(installed.wrong.empty()) << told(installed);
  const auto packs = devices::installed_packs({kiosk.path / "voice"});
  ASSERT_EQ(packs.size(), 1u);
  EXPECT_EQ(packs[0].title, "东村话");
  ASSERT_EQ(packs[0].clips.size(), 2u);
  for (const auto& [key, clip] : packs[0].clips) {
    const auto audio = devices::read_audio(packs[0].folder / clip.file);
    ASSERT_TRUE(audio) << key;
    EXPECT_EQ(audio->rate, devices::clip_rate);
    EXPECT_NEAR(devices::loudness_lufs(*audio).value_or(0), devices::clip_lufs, devices::clip_lufs_within) << key;
    EXPECT_LT(audio->lasts().count(), 1400) << "trimmed";
  }
  const auto stand = devices::stand_of(packs[0], lines);
  EXPECT_EQ(stand.recorded_whole, 2u);
  EXPECT_EQ(stand.recorded_pieces, 0u);
  ASSERT_EQ(stand.missing.size(), 1u);
  EXPECT_EQ(stand.missing[0].key, "c.say#1");
  // Nothing else is left there.
  EXPECT_EQ(std::distance(fs::directory_iterator(kiosk.path / "voice"), fs::directory_iterator()), 1);
}

TEST(Packs, a_second_install_replaces_the_first_whole_and_keeps_it_beside) {
  Folder made, kiosk;
  good_folder(made.path);
  const auto file = made.path / "x.zip";
  ASSERT_TRUE(devices::pack_file(made.path, file, lines).wrong.empty());
  ASSERT_TRUE(devices::install_pack(file, kiosk.path).wrong.empty());
  fs::remove(made.path / "b.say.flac");
  ASSERT_TRUE(devices::pack_file(made.path, file, lines).wrong.empty());
  const auto again = devices::install_pack(file, kiosk.path);
  ASSERT_TRUE(again.wrong.empty()) << told(again);
  EXPECT_EQ(devices::installed_packs({kiosk.path}).at(0).clips.size(), 1u) << "no clip of the old one is left in it";
  EXPECT_TRUE(fs::exists(kiosk.path / ".dongcun.before/pack.toml"));
}

TEST(Packs, every_mistake_of_a_folder_is_told_at_once_and_nothing_is_written) {
  Folder made;
  describe(made.path,
           "speaker = 7\n[clips.\"a.say\"]\nfile = \"../hello.wav\"\ntext = \"您好\"\n"
           "[clips.\"b.say\"]\nfile = \"gone.wav\"\ntext = \"走好\"\n"
           "[clips.\"bad key\"]\nfile = \"x.wav\"\ntext = \"x\"\n");
  std::ofstream(made.path / "c.say.wav") << "not a sound";
  ASSERT_TRUE(devices::write_audio(made.path / "silent.say.wav", Pcm{44100, std::vector<std::int16_t>(44100, 0)}));
  ASSERT_TRUE(devices::write_audio(made.path / "a.say.wav", Pcm{44100, std::vector<std::int16_t>(44100, 0)}));
  Pcm loud = tone(1, 0.9);
  for (auto& s : loud.samples) s = static_cast<std::int16_t>(std::clamp(s * 4, -32768, 32767));
  ASSERT_TRUE(devices::write_audio(made.path / "d.say.wav", loud));
  auto all = lines;
  for (const auto* key : {"c.say", "d.say"}) all.push_back({key, key == std::string("c.say") ? "别的" : "还有的", false});
  const auto packed = devices::pack_file(made.path, made.path / "x.zip", all);
  const auto said = told(packed);
  for (const auto* part : {"speaker must be a text", "\"../hello.wav\" is no clip's name", "gone.wav: is not there", "\"bad key\" is no key", "c.say.wav: is no sound", "silent.say.wav: nothing is spoken by this key",
                           "a.say.wav: is silent", "d.say.wav: was recorded too loud"})
    EXPECT_THAT(said, HasSubstr(part));
  EXPECT_FALSE(fs::exists(made.path / "x.zip"));
  EXPECT_FALSE(fs::exists(made.path / "x.zip.part"));
}

TEST(Packs, a_folder_that_is_no_pack_says_what_a_pack_is) {
  Folder made;
  EXPECT_THAT(told(devices::pack_file(made.path, made.path / "x.zip", lines)), HasSubstr("a pack is a folder with pack.toml"));
  std::ofstream(made.path / "pack.toml") << "name = \"Ost Dorf\"\n";
  const auto said = told(devices::pack_file(made.path, made.path / "x.zip", lines));
  EXPECT_THAT(said, HasSubstr("title is missing"));
  EXPECT_THAT(said, HasSubstr("language is missing"));
  EXPECT_THAT(said, HasSubstr("small letters, digits and -"));
  std::ofstream(made.path / "pack.toml") << "name = [\n";
  EXPECT_THAT(told(devices::pack_file(made.path, made.path / "x.zip", lines)), HasSubstr("pack.toml:"));
}

TEST(Packs, words_that_changed_since_are_told_when_packing_and_in_the_list) {
  Folder made;
  describe(made.path, "[clips.\"a.say\"]\nfile = \"a.wav\"\ntext = \"您好哩\"\n");
  ASSERT_TRUE(devices::write_audio(made.path / "a.wav", tone(1, 0.3)));
  const auto packed = devices::pack_file(made.path, made.path / "x.zip", lines);
  ASSERT_TRUE(packed.wrong.empty()) << told(packed);
  EXPECT_THAT(packed.notes, testing::Contains(HasSubstr("a.say: was recorded for other words, \"您好哩\"")));
  std::vector<base::Wrong> wrong;
  const auto stand = devices::stand_of(*devices::read_pack(made.path, wrong), lines);
  EXPECT_THAT(stand.stale, testing::ElementsAre("a.say"));
  EXPECT_EQ(stand.recorded_whole, 0u);
}

TEST(Packs, a_half_copied_or_damaged_file_changes_nothing_and_says_what_to_do) {
  Folder made, kiosk;
  good_folder(made.path);
  const auto file = made.path / "x.zip";
  ASSERT_TRUE(devices::pack_file(made.path, file, lines).wrong.empty());
  ASSERT_TRUE(devices::install_pack(file, kiosk.path).wrong.empty());
  const auto before = everything_in(kiosk.path);
  const auto whole = bytes_of(file);
  int refused = 0;
  // Copied as far as here; then one byte of it turned, wherever that is.
  for (std::size_t cut = 0; cut < whole.size(); cut += 997) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << whole.substr(0, cut);
    const auto packed = devices::install_pack(file, kiosk.path);
    EXPECT_THAT(told(packed), HasSubstr("copy it to the stick again")) << cut;
    ASSERT_EQ(everything_in(kiosk.path), before) << "cut at " << cut;
  }
  for (std::size_t at = 11; at < whole.size(); at += 499) {
    auto damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
    const auto packed = devices::install_pack(file, kiosk.path);
    if (packed.wrong.empty()) continue;  // a byte that means nothing (a time of day)
    ++refused;
    ASSERT_EQ(everything_in(kiosk.path), before) << "byte " << at;
  }
  EXPECT_GT(refused, 10);
}

TEST(Packs, a_name_that_leads_elsewhere_is_refused) {
  Folder made, kiosk;
  good_folder(made.path);
  const auto toml = bytes_of(made.path / "pack.toml"), clip = bytes_of(made.path / "hello.wav");
  const auto file = made.path / "x.zip";
  for (const auto* name : {"../evil.wav", "/tmp/evil.wav", "sub/evil.wav", "..", ".hidden.wav", "a\\b.wav", "a b.wav"}) {
    zip_of(file, {{"pack.toml", toml}, {"hello.wav", clip}, {name, clip}});
    EXPECT_THAT(told(devices::install_pack(file, kiosk.path / "voice")), HasSubstr("holds a file called")) << name;
    EXPECT_TRUE(everything_in(kiosk.path / "voice").empty()) << name;
    EXPECT_FALSE(fs::exists(kiosk.path / "evil.wav"));
  }
  // The pack's own name names a folder too.
  auto bad = toml;
  bad.replace(bad.find("dongcun"), 7, "../../x");
  zip_of(file, {{"pack.toml", bad}, {"hello.wav", clip}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path / "voice")), HasSubstr("small letters, digits and -"));
  EXPECT_TRUE(everything_in(kiosk.path / "voice").empty());
}

TEST(Packs, an_archive_that_is_no_pack_or_lacks_a_clip_is_refused) {
  Folder made, kiosk;
  good_folder(made.path);
  const auto toml = bytes_of(made.path / "pack.toml"), clip = bytes_of(made.path / "hello.wav");
  const auto file = made.path / "x.zip";
  zip_of(file, {{"hello.wav", clip}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path)), HasSubstr("is no pack"));
  zip_of(file, {{"pack.toml", toml}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path)), HasSubstr("the clip of a.say is not in it"));
  zip_of(file, {{"pack.toml", toml}, {"hello.wav", "not a sound"}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path)), HasSubstr("hello.wav: is no sound"));
  zip_of(file, {{"pack.toml", toml}, {"hello.wav", clip}, {"b.say.wav", clip}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path)), HasSubstr("nothing says what b.say.wav was recorded for"));
  // A bomb: a clip that unpacks to more than a clip may be.
  zip_of(file, {{"pack.toml", toml}, {"hello.wav", std::string(devices::most_clip_bytes + 1, '\0')}});
  EXPECT_THAT(told(devices::install_pack(file, kiosk.path)), HasSubstr("more sound than a pack may"));
  EXPECT_THAT(told(devices::install_pack(made.path / "none.zip", kiosk.path)), HasSubstr("is not there"));
  EXPECT_TRUE(everything_in(kiosk.path).empty());
}

TEST(Packs, whoever_looks_while_a_pack_is_being_installed_sees_the_old_one_or_the_new_one) {
  Folder made, kiosk;
  good_folder(made.path);
  const auto file = made.path / "x.zip";
  ASSERT_TRUE(devices::pack_file(made.path, file, lines).wrong.empty());
  ASSERT_TRUE(devices::install_pack(file, kiosk.path).wrong.empty());
  const auto before = bytes_of(kiosk.path / "dongcun/pack.toml");
  bool looked = false;
  // The power goes here: all is written, nothing in place.
  EXPECT_THROW((void)devices::install_pack(file, kiosk.path,
                                           [&] {
                                             looked = true;
                                             EXPECT_EQ(devices::installed_packs({kiosk.path}).size(), 1u) << "what is being made is no pack yet";
                                             EXPECT_EQ(bytes_of(kiosk.path / "dongcun/pack.toml"), before);
                                             throw std::runtime_error("power");
                                           }),
               std::runtime_error);
  EXPECT_TRUE(looked);
  EXPECT_EQ(bytes_of(kiosk.path / "dongcun/pack.toml"), before);
  // What is left of a try that was cut off goes with the next one.
  fs::create_directories(kiosk.path / ".making-left");
  EXPECT_TRUE(devices::install_pack(file, kiosk.path).wrong.empty());
  EXPECT_FALSE(fs::exists(kiosk.path / ".making-left"));
}
