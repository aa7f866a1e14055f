#include "base/toml.h"

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace base {
namespace {

struct At {
  std::size_t line = 1, begin = 0, place = 0;
};

// Where a key of too many names stands. Outside of texts and remarks a dot parts two names (or a number): so many of them before anything
// ends the key are too many. What is no TOML may be misread here; the parser refuses it afterwards.
bool too_long_a_key(std::string_view text, At& at) {
  std::size_t dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++at.line, at.begin = i + 1, dots = 0;
    } else if (c == '#') {
      while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      const bool lines = i + 2 < text.size() && text[i + 1] == c && text[i + 2] == c;
      i += lines ? 3 : 1;
      for (; i < text.size(); ++i) {
        if (text[i] == '\n') {
          if (!lines) { --i; break; }
          ++at.line, at.begin = i + 1;
        } else if (text[i] == '\\' && c == '"') {
          if (i + 1 < text.size() && text[i + 1] != '\n') ++i;
        } else if (text[i] == c && (!lines || text.substr(i, 3) == std::string_view(lines && c == '"' ? "\"\"\"" : "'''"))) {
          // A text of several lines may end with two of its own quotes before the three that end it.
          if (lines) for (i += 2; i + 1 < text.size() && text[i + 1] == c;) ++i;
          break;
        }
      }
    } else if (c == '.') {
      if (++dots >= longest_dotted_key) {
        at.place = i;
        return true;
      }
    } else if (c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
      dots = 0;
    }
  }
  return false;
}

}  // namespace

toml::table read_toml(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto path = std::make_shared<const std::string>(file.string());
  if (!in.good() && !in.eof()) throw toml::parse_error("the file cannot be read", toml::source_position{}, path);
  if (At at; too_long_a_key(text, at))
    throw toml::parse_error("a key of too many names", toml::source_position{static_cast<toml::source_index>(at.line), static_cast<toml::source_index>(at.place - at.begin + 1)}, path);
  return toml::parse(text, file.string());
}

}  // namespace base
