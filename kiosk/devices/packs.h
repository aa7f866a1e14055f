// Packs: folders of recorded clips that a village makes itself. Reading, checking, packing to one file, installing.
//
//   <folder>/pack.toml    name, title, language, speaker, licence; [clips."<key>"] file = "…", text = "…"
//   <folder>/*.flac .ogg .wav .opus
// The rule: `text` is what was said when it was recorded, and a clip is played for these words alone. A clip without
// text (copied into the folder by hand, named after its key) gets today's when it is packed. Nothing here trusts what
// came on a stick: names are flat, sizes bounded, every clip is decoded before anything is put in its place. Slow:
// from the command line, never on the drawing thread. Holds no personal data.
#pragma once

#include "base/wrong.h"
#include "devices/spoken.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace devices {

// Also the most that is read: a pack that needs more is a mistake, or meant to fill the disk.
inline constexpr std::size_t most_clips = 5000;
inline constexpr std::uint64_t most_clip_bytes = 20u << 20, most_pack_bytes = 600u << 20;

struct Clip {
  std::string file;  // in the pack's folder, without a path
  std::string text;  // what is said; empty: not known
};

struct Pack {
  std::string name;      // small letters, digits, -; names its folder and stands in the setting voice.packs
  std::string title;     // for people: 东村话
  std::string language;  // of the texts that are spoken: zh-CN
  std::string speaker, licence;  // may be empty
  std::map<std::string, Clip> clips;  // by key (spoken.h)
  std::filesystem::path folder;
};

[[nodiscard]] bool is_pack_name(std::string_view);

// pack.toml and the clips beside it that it does not name. Every mistake at once; nothing only where there is no
// pack.toml that could be read. Does not open the clips.
[[nodiscard]] std::optional<Pack> read_pack(const std::filesystem::path& folder, std::vector<base::Wrong>& wrong);
// Every pack below these folders that can be read, by name; the first of a name wins. Hidden folders are none.
[[nodiscard]] std::vector<Pack> installed_packs(const std::vector<std::filesystem::path>& folders);
// pack.toml alone, whole or not at all. Throws std::system_error where the disk cannot.
void save_pack(const Pack&);

// A pack against what is spoken today.
struct Stand {
  std::size_t whole = 0, recorded_whole = 0;    // sentences
  std::size_t pieces = 0, recorded_pieces = 0;  // of sentences that are put together
  std::vector<Line> missing;        // nothing of these words
  std::vector<std::string> stale;   // keys whose words have changed since; not played for them
  std::vector<std::string> unknown; // keys that nothing speaks
};
[[nodiscard]] Stand stand_of(const Pack&, const std::vector<Line>& lines);

// What `voice pack` and `voice install` tell. `wrong`: why nothing was written, every mistake at once. `notes`: what
// was put right or should be looked at.
struct Packed {
  std::string name;
  std::size_t clips = 0;
  std::vector<base::Wrong> wrong;
  std::vector<std::string> notes;
};
// Checks, trims, evens (audio.h: clip_lufs, clip_rate) and writes the pack as one zip file, durably. `lines`: of the
// pack's language.
[[nodiscard]] Packed pack_file(const std::filesystem::path& folder, const std::filesystem::path& out,
                               const std::vector<Line>& lines);
// A packed file, into `<packs>/<name>`: written beside, forced to the disk, read back, then put in place in one
// step. An installed pack of that name is kept as `.<name>.before`; on any mistake nothing has changed. `make_way`
// is for tests: called when all is written and nothing yet in place.
[[nodiscard]] Packed install_pack(const std::filesystem::path& file, const std::filesystem::path& packs,
                                  const std::function<void()>& make_way = {});

}  // namespace devices
