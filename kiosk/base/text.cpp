#include "base/text.h"

#include "base/toml.h"

#include <algorithm>

namespace base {
namespace {

void flatten(const toml::table& table, const std::string& prefix, std::map<std::string, std::string, std::less<>>& out,
             const std::string& file, std::vector<Wrong>& wrong) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + "." + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      flatten(*inner, key, out, file, wrong);
    } else if (const auto* text = node.as_string()) {
      out[key] = text->get();
    } else {
      const auto at = node.source().begin;
      wrong.push_back({file, static_cast<int>(at.line), static_cast<int>(at.column), "a text must be a string"});
    }
  }
}

void read_folder(const std::filesystem::path& folder, std::map<std::string, std::string, std::less<>>& out,
                 std::vector<Wrong>& wrong) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (error) wrong.push_back({folder.string(), 0, 0, "cannot be read: " + error.message()});
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    const auto shown = (folder.filename() / path.filename()).string();
    try {
      const auto table = read_toml(path);
      flatten(table, path.stem().string(), out, shown, wrong);
    } catch (const toml::parse_error& e) {
      wrong.push_back({shown, static_cast<int>(e.source().begin.line), static_cast<int>(e.source().begin.column),
                       std::string(e.description())});
    }
  }
}

}  // namespace

Words Words::load(const std::filesystem::path& text_folder, std::string language, std::vector<Wrong>& wrong) {
  Words words;
  read_folder(text_folder / language, words.texts_, wrong);
  if (language != "zh-CN") read_folder(text_folder / "zh-CN", words.fallback_, wrong);
  words.language_ = std::move(language);
  return words;
}

bool Words::has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

std::string Words::text(std::string_view key) const {
  if (const auto found = texts_.find(key); found != texts_.end()) return found->second;
  if (const auto found = fallback_.find(key); found != fallback_.end()) return found->second;
  return std::string(key);
}

std::string Words::text(std::string_view key, Args args) const { return fill(text(key), args); }

std::vector<std::string> Words::keys() const {
  std::vector<std::string> all;
  for (const auto& [key, text] : texts_) all.push_back(key);
  return all;
}

std::string fill(std::string_view text, Args args) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    if (open == std::string_view::npos) break;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    const auto name = text.substr(open + 1, close - open - 1);
    const auto* found = std::find_if(args.begin(), args.end(), [&](const auto& a) { return a.first == name; });
    if (found != args.end())
      out += found->second;
    else
      out += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  return out += text;
}

std::u32string to_utf32(std::string_view s) {
  std::u32string out;
  std::size_t i = 0;
  while (i < s.size()) {
    const auto lead = static_cast<unsigned char>(s[i]);
    const int length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    char32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    bool good = length > 0 && i + static_cast<std::size_t>(length) <= s.size();
    for (int k = 1; good && k < length; ++k) {
      const auto next = static_cast<unsigned char>(s[i + static_cast<std::size_t>(k)]);
      good = next >> 6 == 2;
      c = c << 6 | (next & 0x3Fu);
    }
    const char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (good && (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))) good = false;
    out += good ? c : U'\uFFFD';
    i += good ? static_cast<std::size_t>(length) : 1;
  }
  return out;
}

std::string to_utf8(std::u32string_view s) {
  std::string out;
  for (const char32_t c : s) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::size_t characters(std::string_view s) { return to_utf32(s).size(); }

std::string_view trimmed(std::string_view s) {
  const auto first = s.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace base
