// 300 sentences put together from pieces, against the engine's own rendering of the whole: the same sounds, about as
// long, no gap. The pieces are the engine's too, each spoken alone, so that only the putting together differs.
#include "devices/audio.h"
#include "devices/packs.h"
#include "devices/repertoire.h"

#include "base/almanac.h"
#include "base/pinyin.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>

namespace {

namespace fs = std::filesystem;
using Way = devices::Repertoire::Plan::Way;

struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "pieces-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
};

std::vector<std::string> phonemes(const fs::path& folder, const std::vector<std::string>& pinyin) {
  std::vector<std::string> all;
  for (const auto& line : pinyin) {
    std::ofstream(folder / "one.txt") << line;
    const auto command = fmt::format("espeak-ng -v cmn-latn-pinyin -q -x -b 1 -f {} 2>/dev/null", (folder / "one.txt").string());
    std::string text;
    if (auto* out = ::popen(command.c_str(), "r")) {
      char block[4096];
      while (const auto n = std::fread(block, 1, sizeof block, out)) text.append(block, n);
      ::pclose(out);
    }
    all.push_back(std::move(text));
  }
  return all;
}

// What a piece sounds like without where it stands: stress marks, pauses and spaces are the sentence's.
std::string sounds(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\'' || c == ',' || c == '_' || c == '|' || c == '-'; });
  return text;
}

std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto next = std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      corner = std::exchange(row[j], next);
    }
  }
  return row.back();
}

std::shared_ptr<const devices::Pcm> speak(const fs::path& folder, const std::string& pinyin) {
  std::ofstream(folder / "one.txt") << pinyin;
  const auto command = fmt::format("espeak-ng -v cmn-latn-pinyin -s 141 -b 1 -w {} -f {} 2>/dev/null", (folder / "one.wav").string(), (folder / "one.txt").string());
  if (std::system(command.c_str()) != 0) return nullptr;
  return devices::read_audio(folder / "one.wav");
}

const base::Words& words() {
  static const auto all = [] {
    std::vector<base::Wrong> wrong;
    return base::Words::load(fs::path(NUANZHAN_SOURCE_DIR) / "assets/text", "zh-CN", wrong);
  }();
  return all;
}

// The kiosk's own sentences with slots, filled in as a year would: times, days, numbers, names, money.
std::vector<std::string> sentences() {
  std::vector<std::string> all;
  const auto surnames = devices::common_surnames();
  const std::vector<std::string> kin{"village.kin.grandma", "village.kin.grandpa", "village.kin.auntie", "village.kin.uncle"};
  unsigned turn = 7;
  const auto pick = [&](unsigned of) { return (turn = turn * 1103515245u + 12345u) / 65536u % of; };
  const auto name = [&] { return words().text(kin[pick(4)], {{"surname", surnames[pick(90)]}}); };
  const auto time = [&] { return base::clock_words(words(), static_cast<int>(6 + pick(15)), static_cast<int>(pick(60))); };
  const auto date = [&] { return std::chrono::year_month_day{std::chrono::local_days{std::chrono::year{2026} / 1 / 1} + std::chrono::days(pick(365))}; };
  const auto lunar = [&] { return base::lunar_text(words(), base::lunar(date())); };
  const auto solar = [&] { return base::date_text(words(), date()); };
  while (all.size() < 300) {
    const auto key = std::vector<std::string>{"attendance.welcome.say", "attendance.left.say", "attendance.arrive.already_say", "booking.list.say", "request.urgent_list.say", "attendance.child.who_say"}[all.size() % 6];
    auto text = words().text(key, {{"name", name()}, {"time", time()}, {"count", std::to_string(pick(400))}, {"n", std::to_string(pick(120))}});
    if (all.size() % 7 == 0) text = lunar() + "，" + time();
    if (all.size() % 11 == 0) text = solar() + "，" + time();
    if (all.size() % 13 == 0) text = fmt::format("{}.{}元", pick(90) + 1, 1 + pick(9));
    all.push_back(text);
  }
  return all;
}

}  // namespace

TEST(Pieces, three_hundred_sentences_sound_as_the_engine_would_say_them_whole) {
  if (std::system("espeak-ng --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "espeak-ng is not installed";
  Folder folder;
  const auto surnames = devices::common_surnames();
  const auto lines = devices::lines_to_record(words(), devices::SpokenKeys::load(fs::path(NUANZHAN_SOURCE_DIR) / "assets/voice/spoken.txt"), surnames);
  const auto all = sentences();
  // Only what these sentences are made of is spoken: the plan says which.
  devices::Pack pack{"machine", "machine", "zh-CN", {}, {}, {}, folder.path / "packs/machine"};
  fs::create_directories(pack.folder);
  std::map<std::string, std::string> text_of;
  for (const auto& line : lines) {
    pack.clips[line.key] = {line.key + ".wav", line.text};
    text_of[line.key + ".wav"] = line.text;
  }
  devices::save_pack(pack);
  devices::Repertoire repertoire({folder.path / "packs"});
  repertoire.look();
  std::vector<devices::Repertoire::Plan> plans;
  std::set<std::string> files;
  for (const auto& sentence : all) {
    plans.push_back(repertoire.plan(sentence, "zh-CN", "x"));
    EXPECT_TRUE(plans.back().way == Way::pieces || plans.back().way == Way::whole) << sentence << " cannot be said by a whole pack";
    for (const auto& step : plans.back().steps) files.insert(step.file.filename().string());
  }
  // A piece is spoken with its own tones; surnames as surnames.
  const auto pinyin_of = [&](const std::string& file) { return base::pinyin_for_speech(text_of.at(file), file.starts_with("piece.surname")); };
  std::map<std::string, std::string> sounds_of;
  std::vector<std::string> names(files.begin(), files.end()), pinyin;
  for (const auto& name : names) pinyin.push_back(pinyin_of(name));
  const auto said = phonemes(folder.path, pinyin);
  for (std::size_t i = 0; i < names.size(); ++i) {
    sounds_of[names[i]] = sounds(said[i]);
    const auto pcm = speak(folder.path, pinyin[i]);
    ASSERT_TRUE(pcm) << names[i];
    ASSERT_TRUE(devices::write_audio(pack.folder / names[i], devices::evened(devices::trimmed(*pcm))));
  }
  std::vector<std::string> whole_pinyin;
  for (const auto& sentence : all) whole_pinyin.push_back(base::pinyin_for_speech(sentence));
  const auto whole = phonemes(folder.path, whole_pinyin);

  double ratio_sum = 0, least = 9, most = 0;
  std::size_t same = 0, letters = 0, wrong_letters = 0, pieces = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (plans[i].way == Way::none) continue;
    std::string together;
    for (const auto& step : plans[i].steps) together += sounds_of.at(step.file.filename().string());
    const auto engine = sounds(whole[i]);
    const auto off = distance(together, engine);
    same += off == 0;
    letters += engine.size();
    wrong_letters += off;
    pieces += plans[i].steps.size();
    EXPECT_LE(static_cast<double>(off), 0.15 * static_cast<double>(engine.size())) << all[i] << "\n  pieces " << together << "\n  whole  " << engine;
    if (i % 5 != 0) continue;  // sixty of them are compared by ear too: it takes the engine time
    const auto ours = repertoire.sound(all[i], "zh-CN", "x", {});
    const auto engines = speak(folder.path, whole_pinyin[i]);
    ASSERT_TRUE(ours && engines) << all[i];
    const auto length = static_cast<double>(ours->lasts().count()) / static_cast<double>(devices::trimmed(*engines).lasts().count());
    ratio_sum += length;
    least = std::min(least, length);
    most = std::max(most, length);
  }
  const auto share = 100.0 * static_cast<double>(wrong_letters) / static_cast<double>(letters);
  fmt::print("[ figures  ] {} sentences of {:.1f} pieces: {} with the very same phonemes as whole, {:.2f} % of phoneme letters differ; length {:.2f} of the engine's own ({:.2f}-{:.2f})\n",
             all.size(), static_cast<double>(pieces) / static_cast<double>(all.size()), same, share, ratio_sum / 60, least, most);
  EXPECT_LT(share, 3.0);
  EXPECT_GT(ratio_sum / 60, 0.8);
  EXPECT_LT(ratio_sum / 60, 1.35) << "gaps between the pieces";
}

TEST(Pieces, surnames_tones_money_and_times_are_read_right) {
  const std::vector<std::pair<std::string, std::string>> right{
      {"单奶奶，记上了，九点零五到的。", "shan4 nai3 nai5, ji4 shang4 le5, jiu3 dian3 ling2 wu3 dao4 de5."},
      {"解爷爷", "xie4 ye2 ye5"}, {"仇婶", "qiu2 shen3"}, {"不对，再来一回", "bu2 dui4, zai4 lai2 yi4 hui2"},
      {"一个", "yi2 ge5"}, {"12.5元", "shi2 er4 kuai4 wu3"}, {"2.05元", "liang3 kuai4 ling2 wu3 fen1"},
      {"0.5元", "wu3 mao2"}, {"3.00元", "san1 yuan2"}, {"20元", "er4 shi2 yuan2"}};
  for (const auto& [text, pinyin] : right) EXPECT_EQ(base::pinyin_for_speech(text), pinyin) << text;
}
