// What is recorded and how a sentence is found in it: words, not keys.
#include "devices/spoken.h"

#include "devices/packs.h"
#include "devices/repertoire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <set>

namespace {

namespace fs = std::filesystem;
using devices::form_of;
using devices::Repertoire;

std::string heard(std::string_view text, std::string_view language = "zh-CN") { return base::to_utf8(form_of(text, language).text); }

struct Packs {
  fs::path path;
  Packs() {
    auto name = (fs::temp_directory_path() / "packs-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Packs() { fs::remove_all(path); }
  // Clips that are only named: plan() opens none.
  void add(const std::string& name, const std::vector<std::string>& texts, const std::string& language = "zh-CN") {
    devices::Pack pack{name, name, language, {}, {}, {}, path / name};
    fs::create_directories(pack.folder);
    int n = 0;
    for (const auto& text : texts) pack.clips["k." + std::to_string(n)] = {"k" + std::to_string(n) + ".ogg", text}, ++n;
    devices::save_pack(pack);
  }
  Repertoire asked(std::vector<std::string> order = {}) {
    Repertoire all({path});
    all.ask_in_order(std::move(order));
    all.look();
    return all;
  }
};
using Way = Repertoire::Plan::Way;

}  // namespace

TEST(Spoken, a_form_is_what_is_heard_whatever_is_drawn_beside_it) {
  EXPECT_EQ(heard("好了。"), "好了");
  EXPECT_EQ(heard("您好，点一张图。不识字也行！"), "您好,点一张图.不识字也行");
  EXPECT_EQ(heard(" 🏠 从头 来 "), "从头来");
  EXPECT_EQ(heard("11月24日 星期二"), "十一月二十四日星期二");
  EXPECT_EQ(heard("9:05到的"), "九点零五到的");
  EXPECT_EQ(heard("12.50元"), "十二块五");
  EXPECT_EQ(heard("Tap  a picture.", "en"), "tap a picture");
  EXPECT_EQ(heard("……"), "");
}

TEST(Spoken, names_are_marked_by_the_pattern_they_were_filled_into) {
  const auto name = devices::names_marked("{name}，记上了，{time}到的。", "单奶奶，记上了，九点零五到的。");
  const auto form = form_of(name, "zh-CN");
  ASSERT_EQ(form.names.size(), 1u);
  EXPECT_EQ(form.names[0].as_written, "单奶奶");
  EXPECT_EQ(form.names[0].from, 0u);
  EXPECT_EQ(form.names[0].to, 3u);
  // Two of them, and one in the middle.
  EXPECT_EQ(form_of(devices::names_marked("{name}接{child}回家。", "王奶奶接小虎回家。"), "zh-CN").names.size(), 2u);
  // What is not of this pattern stays as it is.
  EXPECT_EQ(devices::names_marked("{name}，记上了。", "别的话"), "别的话");
  EXPECT_EQ(devices::names_marked("没有空", "没有空"), "没有空");
}

TEST(Spoken, patterns_choose_keys_and_their_order) {
  const auto file = fs::temp_directory_path() / ("spoken-" + std::to_string(::getpid()) + ".txt");
  {
    std::FILE* out = std::fopen(file.c_str(), "w");
    std::fputs("# first\nparts.bar.*\n*.say   # a remark\n", out);
    std::fclose(out);
  }
  const auto keys = devices::SpokenKeys::load(file);
  fs::remove(file);
  EXPECT_TRUE(keys.has("parts.bar.back"));
  EXPECT_TRUE(keys.has("desk.call.say"));
  EXPECT_FALSE(keys.has("desk.call.say.more"));
  EXPECT_FALSE(keys.has("desk.call.title"));
  EXPECT_LT(keys.place("parts.bar.say"), keys.place("a.say"));
}

TEST(Spoken, lines_to_record_are_sentences_then_the_words_between_slots_then_numbers_each_once) {
  std::vector<base::Wrong> wrong;
  const auto zh = base::Words::load(fs::path(NUANZHAN_SOURCE_DIR) / "assets/text", "zh-CN", wrong);
  const auto keys = devices::SpokenKeys::load(fs::path(NUANZHAN_SOURCE_DIR) / "assets/voice/spoken.txt");
  const auto surnames = devices::common_surnames();
  const auto lines = devices::lines_to_record(zh, keys, surnames);
  ASSERT_GT(lines.size(), 300u);
  std::set<std::u32string> once;
  std::set<std::string> names;
  bool pieces = false;
  for (const auto& line : lines) {
    EXPECT_TRUE(devices::is_key(line.key)) << line.key;
    EXPECT_TRUE(names.insert(line.key).second) << line.key << " is there twice";
    EXPECT_TRUE(once.insert(form_of(line.text, "zh-CN").text).second) << line.text << " would be recorded twice";
    EXPECT_EQ(line.text.find('{'), std::string::npos) << line.text;
    if (pieces) EXPECT_TRUE(line.piece) << line.key << " comes after the pieces";
    pieces = pieces || line.piece;
  }
  const auto has = [&](std::string_view text) { return std::ranges::any_of(lines, [&](const auto& l) { return l.text == text; }); };
  for (const auto* text : {"到的", "二十四", "零五", "九点", "两点", "初一", "廿一", "奶奶", "王", "后晌", "星期二", "正月"}) EXPECT_TRUE(has(text)) << text;
}

TEST(Repertoire, asks_packs_in_order_and_takes_a_sentence_whole_from_one) {
  Packs packs;
  packs.add("village", {"记上了", "到的", "九点", "零五", "王", "奶奶"});
  packs.add("mandarin", {"好了", "王奶奶，记上了，九点零五到的"});
  auto all = packs.asked({"village", "mandarin"});
  EXPECT_EQ(all.plan("好了。", "zh-CN", "x").pack, "mandarin");
  const auto put = all.plan("王奶奶，记上了，九点零五到的。", "zh-CN", "x");
  EXPECT_EQ(put.way, Way::pieces);
  EXPECT_EQ(put.pack, "village");
  ASSERT_EQ(put.steps.size(), 6u);
  EXPECT_EQ(put.steps[1].after, devices::comma_pause) << "after 奶奶";
  EXPECT_EQ(put.steps[0].after.count(), 0) << "no gap within a name";
  // The other way round the whole sentence is there.
  EXPECT_EQ(packs.asked({"mandarin", "village"}).plan("王奶奶，记上了，九点零五到的。", "zh-CN", "x").way, Way::whole);
  // One word is missing: not half of it.
  EXPECT_EQ(all.plan("王奶奶，记上了，九点零六到的。", "zh-CN", "x").way, Way::none);
  EXPECT_EQ(all.plan("记上了。", "en", "x").way, Way::none) << "a pack speaks its own language alone";
}

TEST(Repertoire, takes_the_fewest_pieces) {
  Packs packs;
  packs.add("village", {"二", "十", "四", "二十四", "二十", "天"});
  const auto plan = packs.asked().plan("二十四天", "zh-CN", "x");
  ASSERT_EQ(plan.steps.size(), 2u);
}

TEST(Repertoire, lends_the_name_alone_when_that_is_all_that_is_missing) {
  Packs packs;
  packs.add("village", {"谁来接", "记上了"});
  packs.add("mandarin", {"小", "虎"});
  auto all = packs.asked({"village", "mandarin"});
  const auto marked = devices::names_marked("谁来接{name}？", "谁来接小虎？");
  auto plan = all.plan(marked, "zh-CN", "x");
  EXPECT_EQ(plan.way, Way::name_lent);
  ASSERT_EQ(plan.steps.size(), 3u);
  EXPECT_EQ(plan.steps[1].file.parent_path().filename(), "mandarin");
  plan = all.plan(devices::names_marked("谁来接{name}？", "谁来接单雄？"), "zh-CN", "x");
  ASSERT_EQ(plan.steps.size(), 2u);
  EXPECT_EQ(plan.steps[1].name, "单雄") << "read by the machine, as a name";
  // Not marked as a name: the next voice says all of it.
  EXPECT_EQ(all.plan("谁来接单雄？", "zh-CN", "x").way, Way::none);
  // And a name alone is no sentence of ours.
  EXPECT_EQ(all.plan(devices::names_marked("{name}", "单雄"), "zh-CN", "x").way, Way::none);
}

TEST(Repertoire, a_pack_that_comes_or_goes_while_the_kiosk_runs_is_noticed) {
  Packs packs;
  auto all = packs.asked();
  EXPECT_EQ(all.packs(), 0u);
  packs.add("village", {"记上了"});
  all.look();
  EXPECT_EQ(all.plan("记上了", "zh-CN", "x").way, Way::whole);
  fs::remove_all(packs.path / "village");
  all.look();
  EXPECT_EQ(all.plan("记上了", "zh-CN", "x").way, Way::none);
}

TEST(Repertoire, a_text_changed_after_its_clip_was_recorded_is_not_played) {
  Packs packs;
  packs.add("village", {"点您的脸"});
  auto all = packs.asked();
  EXPECT_EQ(all.plan("点您的脸。", "zh-CN", "k.0").way, Way::whole);
  EXPECT_EQ(all.plan("点您家娃的脸。", "zh-CN", "k.0").way, Way::none);
}
