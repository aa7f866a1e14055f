// Every fuzzer over its corpus, its seeds and mutations of both, in the ordinary test run.
#include "fuzz/fuzz.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <set>

namespace {

struct Fuzz : testing::TestWithParam<fuzz::Target> {};

std::vector<std::string> corpus(std::string_view name) {
  std::vector<std::string> all;
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& f : std::filesystem::directory_iterator(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "tests/fuzz/corpus" / name, none)) files.push_back(f.path());
  std::ranges::sort(files);
  for (const auto& f : files) {
    std::ifstream in(f, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return all;
}

std::string shown(std::string_view bytes) {
  std::string out;
  for (const char c : bytes.substr(0, 400)) {
    const auto b = static_cast<unsigned char>(c);
    if (b >= 0x20 && b < 0x7f && b != '\\') out += c;
    else out += "\\x", out += "0123456789abcdef"[b >> 4], out += "0123456789abcdef"[b & 15];
  }
  return out;
}

// One to four changes: a byte, a bit, a piece taken out, doubled, put elsewhere, or of another input.
std::string mutated(std::string text, const std::vector<std::string>& from, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
  for (auto changes = 1 + below(4); changes > 0; --changes) {
    const auto at = below(text.size() + 1), length = below(std::min<std::size_t>(text.size() - at, 16) + 1);
    switch (below(7)) {
      case 0: if (!text.empty()) text[below(text.size())] = static_cast<char>(random()); break;
      case 1: if (!text.empty()) text[below(text.size())] ^= static_cast<char>(1 << below(8)); break;
      case 2: text.erase(at, length); break;
      case 3: text.insert(at, text.substr(at, length)); break;
      case 4: text.insert(at, 1 + below(8), static_cast<char>(random())); break;
      case 5: text.resize(at); break;
      default: {
        const auto& other = from[below(from.size())];
        const auto start = below(other.size() + 1);
        text.insert(at, other.substr(start, below(64)));
      }
    }
  }
  return text;
}

}  // namespace

TEST_P(Fuzz, holds_for_its_corpus_its_seeds_and_what_is_near_them) {
  const auto& target = GetParam();
  if (target.cannot != nullptr)
    if (const auto why = target.cannot(); !why.empty()) GTEST_SKIP() << why;
  auto inputs = corpus(target.name);
  for (auto& seed : target.seeds()) inputs.push_back(std::move(seed));
  inputs.emplace_back();
  const auto tried = [&](const std::string& input) {
    try {
      target.run(input);
    } catch (const std::exception& e) {
      ADD_FAILURE() << e.what() << ": " << shown(input);
      return false;
    }
    return true;
  };
  for (const auto& input : inputs) {
    ASSERT_LE(input.size(), target.longest) << "a seed that libFuzzer would cut";
    ASSERT_TRUE(tried(input));
  }
  std::mt19937 random(20261126);
  for (int i = 0; i < target.tries; ++i) {
    auto input = mutated(inputs[random() % inputs.size()], inputs, random);
    input.resize(std::min(input.size(), target.longest));
    ASSERT_TRUE(tried(input));
  }
}

INSTANTIATE_TEST_SUITE_P(Parsers, Fuzz, testing::ValuesIn(fuzz::targets().begin(), fuzz::targets().end()),
                         [](const auto& of) { return std::string(of.param.name); });

TEST(Fuzzers, each_has_a_name_of_its_own_and_something_to_begin_with) {
  std::set<std::string_view> names;
  for (const auto& t : fuzz::targets()) {
    EXPECT_TRUE(names.insert(t.name).second) << t.name;
    EXPECT_FALSE(t.seeds().empty()) << t.name;
  }
  EXPECT_GE(names.size(), 14u);
}
