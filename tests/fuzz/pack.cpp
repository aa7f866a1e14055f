// A voice pack: its pack.toml, and the zip file in which it comes on a stick. Nothing is put in place that is not whole, nothing outside
// its folder.
#include "devices/audio.h"
#include "devices/packs.h"
#include "fuzz/fuzz.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <zip.h>

namespace {

using fuzz::must;

void run_text(std::string_view input) {
  const auto& folder = fuzz::empty_folder();
  fuzz::write(folder / "pack.toml", fuzz::unfolded(input));
  std::vector<base::Wrong> wrong;
  const auto pack = devices::read_pack(folder, wrong);
  must(pack || !wrong.empty(), "what is no pack is told");
  if (!pack) return;
  for (const auto& [key, clip] : pack->clips) must(devices::is_key(key) && devices::is_key(clip.file), "names are flat");
  if (!wrong.empty()) return;
  must(devices::is_pack_name(pack->name) && !pack->title.empty() && !pack->language.empty(), "a pack without mistakes is whole");
  devices::save_pack(*pack);
  std::vector<base::Wrong> also;
  const auto again = devices::read_pack(folder, also);
  must(again && also.empty(), "what was written is without mistakes");
  must(again->name == pack->name && again->title == pack->title && again->language == pack->language && again->speaker == pack->speaker && again->licence == pack->licence, "it reads back");
  must(again->clips.size() == pack->clips.size(), "with every clip");
  for (const auto& [key, clip] : pack->clips) must(again->clips.at(key).file == clip.file && again->clips.at(key).text == clip.text, "and its words");
}
std::vector<std::string> seeds_text() {
  const std::string head = "name = \"dong\"\ntitle = \"东村话\"\nlanguage = \"zh-CN\"\n";
  return {head + "[clips.\"desk.hello\"]\nfile = \"a.ogg\"\ntext = \"您好\"\n", head + "speaker = '''\n\"\\'''\nlicence = \"\\u0001\\n\"\n[clips]\n", head + "[clips.\"../x\"]\nfile = \"../../a.ogg\"\n",
          fuzz::folded_run(60000, "a.") + "a = 1\n", "a = " + fuzz::folded_run(200, "[{"), "name = 1\n"};
}

std::vector<std::string> all_of(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& f : std::filesystem::recursive_directory_iterator(folder)) names.push_back(f.path().lexically_relative(folder).string());
  return names;
}

void run_zip(std::string_view input) {
  const auto& folder = fuzz::empty_folder();
  fuzz::write(folder / "pack.zip", input);
  const auto packs = folder / "packs";
  const auto done = devices::install_pack(folder / "pack.zip", packs);
  const auto there = std::filesystem::exists(packs) ? all_of(packs) : std::vector<std::string>{};
  if (!done.wrong.empty()) {
    must(there.empty(), "a pack with a mistake leaves nothing");
  } else {
    must(devices::is_pack_name(done.name), "a pack has a name");
    for (const auto& name : there) must(name == done.name || name.starts_with(done.name + "/"), "it lies in its own folder");
    must(devices::installed_packs({packs}).size() == 1, "what was installed is found");
  }
  for (const auto& f : std::filesystem::directory_iterator(folder)) must(f.path().filename() == "pack.zip" || f.path().filename() == "packs", "nothing lies outside");
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  const auto out = fuzz::folder() / "made.zip";
  std::filesystem::remove(out);
  int error = 0;
  auto* zip = zip_open(out.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (zip == nullptr) return {};
  for (const auto& [name, bytes] : files) {
    auto* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    if (zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) zip_source_free(source);
  }
  if (zip_close(zip) != 0) zip_discard(zip);
  std::ifstream in(out, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::vector<std::string> seeds_zip() {
  devices::Pcm tone{8000, {}};
  for (int i = 0; i < 200; ++i) tone.samples.push_back(static_cast<std::int16_t>(9000 * std::sin(i / 5.0)));
  const auto file = fuzz::folder() / "made.wav";
  std::string clip;
  if (devices::write_audio(file, tone, devices::AudioFile::wav)) {
    std::ifstream in(file, std::ios::binary);
    clip.assign(std::istreambuf_iterator<char>(in), {});
  }
  const std::string text = "name = \"dong\"\ntitle = \"东村话\"\nlanguage = \"zh-CN\"\n[clips.\"desk.hello\"]\nfile = \"a.wav\"\ntext = \"您好\"\n";
  return {zip_of({{"pack.toml", text}, {"a.wav", clip}}), zip_of({{"pack.toml", text}}), zip_of({{"../pack.toml", text}, {"/etc/x", "x"}}), zip_of({{"pack.toml", std::string(60'000, ' ')}}), "PK\5\6" + std::string(18, '\0')};
}

const fuzz::Listed text({.name = "pack_text", .run = run_text, .seeds = seeds_text, .tries = 1000});
const fuzz::Listed zip({.name = "pack_zip", .run = run_zip, .seeds = seeds_zip, .tries = 600});

}  // namespace
