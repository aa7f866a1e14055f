// Pinyin by librime: what is typed comes out, nothing of it stays, and a machine without it is told so.
#include "entry/composer.h"
#include "entry/engines.h"
#include "entry/library.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <stdlib.h>

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "nuanzhan-entry-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code none;
    fs::remove_all(path, none);
  }
};

std::string everything_in(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all += entry.path().filename().string() + "\n";
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

// What is missing here, or nothing.
class Typing : public testing::Test {
 protected:
  void SetUp() override {
    try {
      composer = std::make_unique<entry::Composer>(entry::Composer::Settings{.folder = folder.path / "entry"});
    } catch (const entry::Missing& missing) {
      GTEST_SKIP() << missing.what();
    }
  }
  bool offers(std::string_view letters, std::string_view text, std::size_t within = 9) {
    const auto found = composer->candidates(letters, within);
    return std::ranges::find(found, text) != found.end();
  }
  Folder folder;
  std::unique_ptr<entry::Composer> composer;
};

}  // namespace

TEST_F(Typing, gives_words_and_sentences_in_simplified_characters) {
  EXPECT_EQ(composer->candidates("zhongguo", 1), std::vector<std::string>{"中国"});
  EXPECT_EQ(composer->candidates("jintianxiawukaihui", 1), std::vector<std::string>{"今天下午开会"});
  EXPECT_EQ(composer->candidates("nihao", 1), std::vector<std::string>{"你好"});
  EXPECT_TRUE(offers("lv", "绿"));
  EXPECT_TRUE(offers("nvren", "女人"));
  EXPECT_TRUE(offers("xi'an", "西安"));
  EXPECT_TRUE(composer->candidates("").empty());
  EXPECT_TRUE(composer->candidates("王").empty());
  EXPECT_EQ(composer->syllables("wangxl"), (std::vector<std::string>{"wang", "x", "l"}));
}

TEST_F(Typing, what_is_taken_leaves_the_letters_it_did_not_use) {
  EXPECT_EQ(composer->take("wangxiulan", "王"), (entry::Composer::Taken{"王", "xiulan"}));
  EXPECT_EQ(composer->take("xiulan", "秀"), (entry::Composer::Taken{"秀", "lan"}));
  EXPECT_EQ(composer->take("lan", "兰"), (entry::Composer::Taken{"兰", ""}));
  EXPECT_EQ(composer->take("lan", "龙"), entry::Composer::Taken{});
}

TEST_F(Typing, an_answer_depends_on_the_letters_alone) {
  std::vector<std::string> words{"w", "wa", "wang", "wangx", "wan", "zhonghua", "z", "xi'an", "lanlan", "wangxiulan"};
  std::vector<std::vector<std::string>> once;
  for (const auto& w : words) once.push_back(composer->candidates(w));
  std::mt19937 random(4);
  for (int i = 0; i < 300; ++i) {
    const auto at = random() % words.size();
    ASSERT_EQ(composer->candidates(words[at]), once[at]) << words[at];
    if (i % 7 == 0) (void)composer->take("zhonghuarenmin", "中华");
  }
}

TEST_F(Typing, sounds_that_are_one_in_the_north_west_find_each_other_and_the_exact_one_comes_first) {
  const std::pair<const char*, const char*> heard[] = {{"lan", "南"}, {"nan", "兰"}, {"lin", "灵"}, {"ling", "林"}, {"zen", "真"}, {"zheng", "真"},
                                                       {"zong", "中"}, {"shan", "三"}, {"can", "禅"}, {"chun", "村"}, {"seng", "生"}};
  for (const auto& [letters, meant] : heard) {
    composer->set_fuzzy(true);
    EXPECT_TRUE(offers(letters, meant, 100)) << letters << " " << meant;
    composer->set_fuzzy(false);
    EXPECT_FALSE(offers(letters, meant, 100)) << letters << " " << meant;
    const auto exact = composer->candidates(letters, 1);
    composer->set_fuzzy(true);
    EXPECT_EQ(composer->candidates(letters, 1), exact) << letters;
  }
}

TEST_F(Typing, nothing_is_learnt_and_nothing_stays) {
  const auto before = composer->candidates("wangxiulan");
  const auto files = everything_in(folder.path);
  for (int i = 0; i < 200; ++i) {
    (void)composer->take("wangxiulan", "王");
    (void)composer->take("xiulan", before.back());
    (void)composer->take("cunweihui", composer->candidates("cunweihui").back());
  }
  EXPECT_EQ(composer->candidates("wangxiulan"), before);
  EXPECT_EQ(everything_in(folder.path), files);
  composer.reset();
  EXPECT_EQ(everything_in(folder.path), files) << "closing wrote something down";
  EXPECT_EQ(files.find("王"), std::string::npos);
}

TEST_F(Typing, goes_on_after_any_keys) {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::string letters;
    for (auto n = random() % 50; n > 0; --n) letters += static_cast<char>(random() % 20 == 0 ? random() % 256 : "abcdefghijklmnopqrstuvwxyz'"[random() % 27]);
    const auto found = composer->candidates(letters, 20);
    (void)composer->syllables(letters);
    if (!found.empty()) {
      const auto taken = composer->take(letters, found[random() % found.size()]);
      EXPECT_FALSE(taken.text.empty()) << letters;
      EXPECT_LT(taken.rest.size(), letters.size()) << letters;
    }
  }
}

TEST_F(Typing, a_second_one_in_the_same_program_is_refused_and_a_later_one_is_not) {
  EXPECT_THROW((void)entry::Composer({.folder = folder.path / "other"}), entry::Missing);
  composer.reset();
  composer = std::make_unique<entry::Composer>(entry::Composer::Settings{.folder = folder.path / "entry"});
  EXPECT_EQ(composer->candidates("zhongguo", 1), std::vector<std::string>{"中国"});
}

TEST(Composer, that_has_no_data_says_so_and_harms_nobody) {
  Folder folder;
  EXPECT_THROW((void)entry::Composer({.folder = folder.path / "entry", .data = folder.path / "none"}), entry::Missing);
  fs::create_directories(folder.path / "empty" / "build");
  std::ofstream(folder.path / "empty/luna_pinyin.dict.yaml") << "";
  std::ofstream(folder.path / "empty/build/luna_pinyin.table.bin") << "";
  EXPECT_THROW((void)entry::Composer({.folder = folder.path / "entry", .data = folder.path / "empty"}), entry::Missing);
  std::ofstream(folder.path / "file") << "in the way";
  EXPECT_THROW((void)entry::Composer({.folder = folder.path / "file" / "entry"}), entry::Missing);
}

TEST(Composer, whose_data_is_rubbish_says_so) {
  Folder folder;
  fs::create_directories(folder.path / "data" / "build");
  std::ofstream(folder.path / "data/luna_pinyin.dict.yaml") << "---\nname: luna_pinyin\nversion: '1'\n...\n";
  std::ofstream(folder.path / "data/build/luna_pinyin.table.bin") << std::string(100'000, 'x');
  EXPECT_THROW((void)entry::Composer({.folder = folder.path / "entry", .data = folder.path / "data"}), entry::Missing);
}

TEST(Engines, load_on_a_worker_once_and_answer_for_the_newest_strokes) {
  if (const auto why = entry::no_handwriting_because()) GTEST_SKIP() << *why;
  Folder folder;
  std::vector<std::pair<std::function<void()>, std::function<void()>>> jobs;
  int ready = 0;
  entry::Engines engines(folder.path / "entry", [&](auto job, auto then) { jobs.emplace_back(std::move(job), std::move(then)); }, [&] { ++ready; });
  const auto work = [&] {
    ASSERT_FALSE(jobs.empty());
    auto [job, then] = std::move(jobs.front());
    jobs.erase(jobs.begin());
    job();
    then();
  };
  const std::vector<entry::Stroke> one{{{0, 0}, {100, 2}}}, two{{{0, 0}, {100, 2}}, {{50, -50}, {50, 60}}};
  engines.want_handwriting();
  engines.want_handwriting();
  EXPECT_EQ(jobs.size(), 1u);
  EXPECT_TRUE(engines.characters(one).empty());  // still loading: the strokes wait
  work();
  EXPECT_EQ(ready, 1);
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_TRUE(engines.characters(two).empty());  // one job at a time
  work();
  work();
  ASSERT_FALSE(engines.characters(two).empty());
  EXPECT_EQ(engines.characters(two).front(), "十");
  EXPECT_TRUE(jobs.empty());
  engines.forget();
  EXPECT_TRUE(engines.characters({}).empty());
}
