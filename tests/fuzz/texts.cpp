// The words' files, and the UTF-8 that everything goes through.
#include "base/text.h"
#include "fuzz/fuzz.h"

namespace {

using fuzz::must;

void utf8(std::string_view input) {
  const auto wide = base::to_utf32(input);
  const auto again = base::to_utf8(wide);
  must(base::to_utf32(again) == wide, "what was read writes back and reads the same");
  must(base::characters(input) == wide.size(), "characters are counted as they are read");
  must(wide.size() <= input.size(), "no byte is two characters");
  const auto inner = base::trimmed(input);
  must(base::trimmed(inner) == inner, "trimmed is trimmed");
  must(base::fill(input, {}) == input, "without arguments a text is itself");
  (void)base::fill(input, {{"name", "{n}"}, {"n", std::string(input.substr(0, 20))}, {"", "x"}});
}

void file(std::string_view input) {
  const auto& folder = fuzz::empty_folder();
  std::filesystem::create_directories(folder / "zh-CN");
  std::filesystem::create_directories(folder / "en");
  fuzz::write(folder / "zh-CN" / "try.toml", fuzz::unfolded(input));
  fuzz::write(folder / "en" / "try.toml", "[a]\nb = \"c\"\n");
  std::vector<base::Wrong> wrong;
  const auto words = base::Words::load(folder, "zh-CN", wrong);
  for (const auto& key : words.keys()) must(words.has(key) && key.starts_with("try."), "a key is of its file");
  if (words.keys().empty() && input.find_first_not_of(" \n") != std::string_view::npos && input.find('=') != std::string_view::npos) (void)base::to_string(wrong);
  std::vector<base::Wrong> also;
  const auto english = base::Words::load(folder, "en", also);
  must(english.text("try.a.b") == "c", "a language's own text comes before the other's");
  for (const auto& key : words.keys())
    if (!english.has(key)) must(english.text(key) == words.text(key), "what a language lacks is said in zh-CN");
}

void run_file(std::string_view input) { file(input); }
std::vector<std::string> seeds_file() {
  return {"[hello]\nask = \"{name}，您好\"\nsay = \"\"\"\n两行\n\"\"\"\n[hello.more]\nx = 'y'\n", "a = \"\\u6696\"\n\"b c\" = \"{n}\"\n", "a = 1\nb = [\"x\"]\nc = 2026-11-24\n",
          fuzz::folded_run(300, "a.") + "a = \"x\"\n", "a = " + fuzz::folded_run(200, "[["), fuzz::folded_run(60000, "a.") + "a = \"x\"\n", "a = \"x\"\na = \"y\"\n"};
}
std::vector<std::string> seeds_utf8() { return {"{name}来了", " \xf0\xa0\x80\x80\t", "\xed\xa0\x80\xc0\x80\xf4\x90\x80\x80", "a{b}{name}{}", "\xe2\x81\xa8王\xe2\x81\xa9"}; }

const fuzz::Listed text({.name = "utf8", .run = utf8, .seeds = seeds_utf8, .longest = 1024, .tries = 20000});
const fuzz::Listed words({.name = "words", .run = run_file, .seeds = seeds_file, .tries = 600});

}  // namespace
