// The words people read and hear, by key, in the language chosen.
//
// Keys are "<file>.<table>.<name>" of assets/text/<language>/<file>.toml. A key that a language lacks falls back to zh-CN, then to the
// key itself (tests/house refuses such a gap). Loaded once; reading is lock-free. Any thread.
#pragma once

#include "base/wrong.h"

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

using Args = std::initializer_list<std::pair<std::string_view, std::string>>;

class Words {
 public:
  Words() = default;
  // Reads every .toml of a folder. Wrong: every bad file with its line.
  static Words load(const std::filesystem::path& text_folder, std::string language, std::vector<Wrong>& wrong);

  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] bool chinese() const { return language_.starts_with("zh"); }
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key, Args args) const;  // {name} is replaced
  [[nodiscard]] std::vector<std::string> keys() const;                    // sorted, of this language alone
  void set(std::string key, std::string text) { texts_[std::move(key)] = std::move(text); }

 private:
  std::string language_;
  std::map<std::string, std::string, std::less<>> texts_, fallback_;
};

// Puts arguments into a text: "{name}来了" with {"name","王奶奶"}.
[[nodiscard]] std::string fill(std::string_view text, Args args);

// UTF-8. Broken bytes become U+FFFD; nothing throws.
[[nodiscard]] std::u32string to_utf32(std::string_view);
[[nodiscard]] std::string to_utf8(std::u32string_view);
[[nodiscard]] std::size_t characters(std::string_view);
[[nodiscard]] std::string_view trimmed(std::string_view);

}  // namespace base
