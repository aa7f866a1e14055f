// What a pack is; its way into and out of one file stands in pack_file.cpp.
#include "devices/packs.h"

#include "base/durable_file.h"
#include "base/toml.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace devices {
namespace {

bool is_sound_file(std::string_view name) {
  return name.ends_with(".flac") || name.ends_with(".ogg") || name.ends_with(".wav") || name.ends_with(".opus");
}

}  // namespace

bool is_pack_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= 40 && plain(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return plain(c) || c == '-'; });
}

std::optional<Pack> read_pack(const std::filesystem::path& folder, std::vector<base::Wrong>& wrong) {
  const auto file = folder / "pack.toml";
  const auto say = [&](std::string what, const toml::source_region* at = nullptr) {
    wrong.push_back({"pack.toml", at ? static_cast<int>(at->begin.line) : 0,
                     at ? static_cast<int>(at->begin.column) : 0, std::move(what)});
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    say("is not there; a pack is a folder with pack.toml (name, title, language) and its clips");
    return std::nullopt;
  }
  if (std::filesystem::file_size(file, error) > 4u << 20) {
    say("is larger than 4 MB");
    return std::nullopt;
  }
  toml::table table;
  try {
    table = base::read_toml(file);
  } catch (const toml::parse_error& e) {
    say(std::string(e.description()), &e.source());
    return std::nullopt;
  }
  Pack pack;
  pack.folder = folder;
  const auto text = [&](const char* name, bool needed) {
    const auto* node = table.get(name);
    const auto value = node ? node->value<std::string>() : std::nullopt;
    if (node && !value) say(std::string(name) + " must be a text", &node->source());
    else if (needed && (!value || base::trimmed(*value).empty())) say(std::string(name) + " is missing");
    return value.value_or(std::string{});
  };
  pack.name = text("name", true);
  pack.title = text("title", true);
  pack.language = text("language", true);
  pack.speaker = text("speaker", false);
  pack.licence = text("licence", false);
  if (!pack.name.empty() && !is_pack_name(pack.name))
    say("name is \"" + pack.name + "\"; small letters, digits and - only, at most 40: it names a folder");
  if (!pack.language.empty() && (!is_key(pack.language) || pack.language.size() > 20))
    say("language is \"" + pack.language + "\"; give one as zh-CN or en");
  std::set<std::string> named;
  const auto* listed = table.get("clips");
  if (listed && !listed->is_table()) say("[clips] must be a table", &listed->source());
  if (listed && listed->is_table())
    for (const auto& [key, node] : *listed->as_table()) {
      const std::string k(key.str());
      const auto* entry = node.as_table();
      const auto name = entry ? (*entry)["file"].value<std::string>() : std::nullopt;
      if (!is_key(k)) {
        say("\"" + k + "\" is no key", &node.source());
      } else if (!name) {
        say(k + ": file is missing", &node.source());
      } else if (!is_key(*name) || !is_sound_file(*name)) {
        say(k + ": \"" + *name + "\" is no clip's name; a file of this folder, .flac .ogg .opus or .wav", &node.source());
      } else if (!named.insert(*name).second) {
        say(k + ": " + *name + " is another key's clip too", &node.source());
      } else {
        pack.clips[k] = {*name, (*entry)["text"].value<std::string>().value_or(std::string{})};
      }
    }
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto name = entry.path().filename().string();
    if (!is_sound_file(name) || name.front() == '.' || named.contains(name)) continue;
    auto key = entry.path().stem().string();
    if (!is_key(key)) wrong.push_back({name, 0, 0, "is not named after a text key"});
    else if (pack.clips.contains(key)) wrong.push_back({name, 0, 0, "there is another clip of this key; delete one"});
    else pack.clips[std::move(key)] = {name, {}};
  }
  if (pack.clips.size() > most_clips) say("more than 5000 clips");
  return pack;
}

std::vector<Pack> installed_packs(const std::vector<std::filesystem::path>& folders) {
  std::map<std::string, Pack> found;
  for (const auto& folder : folders) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      const auto name = entry.path().filename().string();
      if (!is_pack_name(name) || !entry.is_directory(error) || found.contains(name)) continue;
      std::vector<base::Wrong> wrong;
      auto pack = read_pack(entry.path(), wrong);
      if (pack && pack->name == name) found.emplace(name, std::move(*pack));
    }
  }
  std::vector<Pack> all;
  for (auto& [name, pack] : found) all.push_back(std::move(pack));
  return all;
}

void save_pack(const Pack& pack) {
  toml::table clips;
  for (const auto& [key, clip] : pack.clips)
    clips.insert(key, toml::table{{"file", clip.file}, {"text", clip.text}});
  toml::table table{{"name", pack.name}, {"title", pack.title}, {"language", pack.language}};
  if (!pack.speaker.empty()) table.insert("speaker", pack.speaker);
  if (!pack.licence.empty()) table.insert("licence", pack.licence);
  if (!clips.empty()) table.insert("clips", std::move(clips));
  std::ostringstream out;
  out << table << "\n";
  base::DurableFile file(pack.folder / "pack.toml");
  file.write(out.str());
  file.keep();
}

Stand stand_of(const Pack& pack, const std::vector<Line>& lines) {
  Stand stand;
  std::set<std::u32string> said;
  for (const auto& [key, clip] : pack.clips)
    if (!clip.text.empty()) said.insert(form_of(clip.text, pack.language).text);
  std::map<std::string, std::u32string> today;
  for (const auto& line : lines) {
    auto form = form_of(line.text, pack.language).text;
    const auto own = pack.clips.find(line.key);
    const bool there = said.contains(form) || (own != pack.clips.end() && own->second.text.empty());
    ++(line.piece ? stand.pieces : stand.whole);
    if (there) ++(line.piece ? stand.recorded_pieces : stand.recorded_whole);
    else stand.missing.push_back(line);
    today.emplace(line.key, std::move(form));
  }
  std::set<std::u32string> wanted;
  for (const auto& [key, form] : today) wanted.insert(form);
  for (const auto& [key, clip] : pack.clips) {
    const auto form = form_of(clip.text, pack.language).text;
    if (const auto now = today.find(key); now != today.end()) {
      if (!clip.text.empty() && form != now->second) stand.stale.push_back(key);
    } else if (clip.text.empty() || !wanted.contains(form)) {
      stand.unknown.push_back(key);
    }
  }
  return stand;
}

}  // namespace devices
