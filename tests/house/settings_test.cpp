// Settings: what the screen lists is read somewhere, and what is read is listed, with the same default; each has its words.
#include "base/text.h"
#include "village/places.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Key -> the defaults it is read with: setting("booking.undo_min", std::int64_t{10}), setting("site.here", std::string_view{}).
std::map<std::string, std::set<std::string>> read_in_the_program() {
  static const std::regex call(R"re(\bsetting\(\s*"([a-z_.]+)",\s*std::(?:int64_t|string_view)\{("?)([^"}]*)\2\}\))re");
  static const std::regex any(R"re([^_a-z]setting\(\s*"([a-z_.]+)")re");
  std::map<std::string, std::set<std::string>> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(NUANZHAN_SOURCE_DIR) / "kiosk")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    const auto text = read(entry.path());
    for (std::sregex_iterator i(text.begin(), text.end(), call), end; i != end; ++i) found[(*i)[1]].insert((*i)[3]);
    for (std::sregex_iterator i(text.begin(), text.end(), any), end; i != end; ++i)
      if (!found.contains((*i)[1])) ADD_FAILURE() << entry.path() << " reads " << (*i)[1] << " without a default that this test can read";
  }
  return found;
}

TEST(Settings, what_is_listed_is_read_and_what_is_read_is_listed_with_the_same_default) {
  const auto program = read_in_the_program();
  ASSERT_GT(program.size(), 20u) << "the program was not read";
  std::set<std::string> listed;
  for (const auto& def : village::setting_defs()) {
    const std::string key(def.key);
    listed.insert(key);
    const auto found = program.find(key);
    if (found == program.end()) {
      ADD_FAILURE() << key << " stands on the settings screen and is read by nobody";
      continue;
    }
    for (const auto& fallback : found->second) EXPECT_EQ(fallback, def.fallback) << key << " is read with another default than is shown";
  }
  for (const auto& [key, fallbacks] : program) EXPECT_TRUE(listed.contains(key)) << key << " is read, and no village can change it";
}

TEST(Settings, each_has_its_words_and_no_words_are_left_over) {
  for (const auto* language : {"zh-CN", "en"}) {
    std::vector<base::Wrong> wrong;
    const auto words = base::Words::load(fs::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
    std::set<std::string> wanted;
    for (const auto& def : village::setting_defs()) {
      std::string key = "village.setting." + std::string(def.key);
      std::replace(key.begin() + 16, key.end(), '.', '_');
      EXPECT_TRUE(words.has(key)) << language << " " << key;
      wanted.insert(key);
    }
    for (const auto& key : words.keys())
      if (key.starts_with("village.setting.")) EXPECT_TRUE(wanted.contains(key)) << language << " has words for no setting: " << key;
  }
}

}  // namespace
