// Files that somebody brought: a key without end is refused where it stands, whatever it hides behind.
#include "base/toml.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <fstream>

namespace {

namespace fs = std::filesystem;

struct File {
  fs::path path = fs::temp_directory_path() / ("toml-" + std::to_string(::getpid()) + ".toml");
  explicit File(const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
  ~File() { fs::remove(path); }
};

std::string key_of(int names) {
  std::string key = "a";
  for (int i = 1; i < names; ++i) key += ".a";
  return key;
}
bool read(const std::string& text) {
  try {
    (void)base::read_toml(File(text).path);
    return true;
  } catch (const toml::parse_error&) {
    return false;
  }
}

}  // namespace

TEST(Toml, a_key_of_sixty_thousand_names_is_refused_wherever_it_hides) {
  const auto deep = key_of(60'000);
  for (const auto& text : {deep + " = 1", "[" + deep + "]", "[[" + deep + "]]", "x = {" + deep + " = 1}", "s = \"it's\"\n" + deep + " = 1", "s = '''a'''''\n" + deep + " = 1",
                           "x = [\"\"\"a\"\"\"\"\", {" + deep + " = 1}]", "s = \"\\\"\"\n" + deep + " = 1", "s = '\\'\n" + deep + " = 1", "# it's\n" + deep + " = 1"})
    EXPECT_FALSE(read(text)) << text.substr(0, 30);
}

TEST(Toml, what_is_no_key_may_have_any_number_of_dots) {
  for (const auto& text : {"s = \"" + std::string(500, '.') + "\"", "s = '" + std::string(500, '.') + "'", "s = \"\"\"\n" + std::string(500, '.') + "\n\"\"\"", "# " + std::string(500, '.') + "\n",
                           std::string("s = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]"), key_of(15) + " = 1"})
    EXPECT_TRUE(read(text)) << text.substr(0, 30);
}

TEST(Toml, what_is_wrong_is_shown_where_it_stands) {
  try {
    (void)base::read_toml(File("a = 1\n\n" + key_of(40) + " = 1").path);
    FAIL();
  } catch (const toml::parse_error& e) {
    EXPECT_EQ(e.source().begin.line, 3u);
    EXPECT_EQ(e.source().begin.column, 32u);
  }
  EXPECT_THROW((void)base::read_toml("/nowhere/at/all.toml"), toml::parse_error);
}
