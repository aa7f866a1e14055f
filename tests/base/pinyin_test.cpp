// A name that cannot be found or is said wrong is somebody's name: the polyphonic ones stand here one by one.
#include "base/pinyin.h"

#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

using namespace base;

namespace {

std::set<std::string> all_readings(char32_t character) {
  std::set<std::string> out;
  for (const Reading& reading : readings(character))
    out.insert(std::string(reading.syllable()) + std::to_string(reading.tone()));
  return out;
}

bool has_key(const std::vector<std::string>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string name_said(std::string_view name) { return pinyin_for_speech(name, true); }

}  // namespace

// --- readings

TEST(Readings, the_customary_reading_stands_first) {
  ASSERT_FALSE(readings(U'王').empty());
  EXPECT_EQ(readings(U'王')[0].syllable(), "wang");
  EXPECT_EQ(readings(U'王')[0].tone(), 2);
  EXPECT_EQ(readings(U'单')[0].syllable(), "dan");
  EXPECT_EQ(readings(U'了')[0].syllable(), "le");
  EXPECT_EQ(readings(U'了')[0].tone(), 5);
}

TEST(Readings, all_readings_of_a_character_are_there) {
  EXPECT_EQ(all_readings(U'单'), (std::set<std::string>{"dan1", "shan4", "chan2"}));
  for (const char* reading : {"jie3", "jie4", "xie4"})
    EXPECT_TRUE(all_readings(U'解').contains(reading)) << reading;
  for (const char* reading : {"le4", "yue4"}) EXPECT_TRUE(all_readings(U'乐').contains(reading)) << reading;
  for (const char* reading : {"tan2", "qin2"}) EXPECT_TRUE(all_readings(U'覃').contains(reading)) << reading;
  EXPECT_TRUE(all_readings(U'绿').contains("lv4"));
}

TEST(Readings, no_reading_is_there_twice_and_all_are_whole) {
  std::size_t characters = 0, count = 0;
  for (char32_t c = 0x3000; c <= 0x3134f; ++c) {
    const auto list = readings(c);
    characters += list.empty() ? 0 : 1;
    count += list.size();
    std::set<std::string> seen;
    for (const Reading& reading : list) {
      ASSERT_FALSE(reading.syllable().empty());
      ASSERT_TRUE(reading.tone() >= 1 && reading.tone() <= 5);
      ASSERT_TRUE(std::all_of(reading.syllable().begin(), reading.syllable().end(),
                              [](char l) { return l >= 'a' && l <= 'z'; }));
      ASSERT_TRUE(seen.insert(std::string(reading.syllable()) + static_cast<char>('0' + reading.tone())).second)
          << static_cast<unsigned>(c);
    }
  }
  EXPECT_GE(characters, 41000U);
  EXPECT_GE(count, 50000U);
}

TEST(Readings, rare_characters_beyond_the_first_plane_have_theirs) {
  EXPECT_FALSE(readings(U'㛃').empty());        // extension A
  EXPECT_EQ(readings(0x20000).empty(), false);  // extension B
  EXPECT_TRUE(readings(U'a').empty());
  EXPECT_TRUE(readings(0).empty());
  EXPECT_TRUE(readings(0x10ffff).empty());
  EXPECT_TRUE(readings(0xffffffff).empty());
}

// --- finding

TEST(Find, any_reading_of_a_surname_finds_its_bearer) {
  const std::pair<const char*, const char*> letters[] = {
      {"单小梅", "sdc"},  {"解小梅", "xj"},   {"曾小梅", "zc"},  {"仇小梅", "cq"}, {"朴小梅", "p"},
      {"覃小梅", "qt"},   {"乐小梅", "yl"},   {"缪小梅", "m"},   {"任小梅", "r"},  {"区小梅", "oq"},
      {"长孙小梅", "zc"}, {"万俟小梅", "mw"}, {"尉迟小梅", "yw"}};
  for (const auto& [name, initials] : letters)
    for (const char letter : std::string(initials))
      EXPECT_TRUE(initials_match(name, std::string(1, letter))) << name << letter;
  EXPECT_FALSE(initials_match("单小梅", "w"));
  EXPECT_FALSE(initials_match("任小梅", "s"));
}

TEST(Find, letters_may_be_initials_or_pinyin_whole_or_begun) {
  for (const char* typed : {"w", "wx", "wxl", "wang", "wangxl", "wxiulan", "wangxiulan", "wangxiul", "WXL",
                            "wang xiu lan", "wang'xiu'lan", "waxl", "王", "王xl", "王秀兰", "ｗｘ"})
    EXPECT_TRUE(initials_match("王秀兰", typed)) << typed;
  for (const char* typed : {"x", "xl", "wl", "wangl", "wxlz", "wangxiulana", "李", "wxli"})
    EXPECT_FALSE(initials_match("王秀兰", typed)) << typed;
}

TEST(Find, a_better_fit_is_told_from_a_worse_one) {
  EXPECT_EQ(match("王秀兰", "wxl"), Match::whole);
  EXPECT_EQ(match("王秀兰", "wangxiulan"), Match::whole);
  EXPECT_EQ(match("王秀兰", "wx"), Match::start);
  EXPECT_EQ(match("王秀兰", "xl"), Match::inside);
  EXPECT_EQ(match("王秀兰", "lw"), Match::none);
  EXPECT_EQ(match("王秀兰", ""), Match::start);
  EXPECT_EQ(match("王秀兰", " "), Match::start);
  EXPECT_EQ(match("", "w"), Match::none);
}

TEST(Find, u_with_dots_may_be_typed_v_or_u) {
  for (const char* typed : {"lv", "lu", "lü", "l", "lvx", "lux"})
    EXPECT_TRUE(initials_match("吕小梅", typed)) << typed;
  EXPECT_FALSE(initials_match("陆小梅", "lv"));  // 陆 is not 吕
}

TEST(Find, latin_names_digits_and_dots_between_names) {
  EXPECT_EQ(match("Anna", "anna"), Match::whole);
  EXPECT_EQ(match("Anna", "AN"), Match::start);
  EXPECT_EQ(match("阿依古丽·买买提", "aygl"), Match::start);
  EXPECT_EQ(match("阿依古丽·买买提", "ayglmmt"), Match::whole);
  EXPECT_EQ(match("王小2", "wx2"), Match::whole);
}

TEST(Find, a_character_without_a_reading_does_not_hide_its_bearer) {
  EXPECT_TRUE(readings(U'𠮷').empty());
  EXPECT_TRUE(initials_match("王𠮷", "w"));
  EXPECT_TRUE(initials_match("王𠮷兰", "wl"));
  EXPECT_TRUE(initials_match("王𠮷兰", "王𠮷"));
  EXPECT_TRUE(initials_match("王\U00020000", "w" + std::string(readings(0x20000)[0].syllable())));
}

TEST(Find, broken_text_is_survived) {
  for (const char* broken : {"\xff", "\xe7\x8e", "\xf0\x9f\x91", "\xc0\x80", "王\xe7\x8e", "\xed\xa0\x80"}) {
    EXPECT_NO_THROW((void)match(broken, "w"));
    EXPECT_NO_THROW((void)match("王", broken));
    EXPECT_NO_THROW((void)search_keys(broken));
    EXPECT_NO_THROW((void)full_keys(broken));
    EXPECT_NO_THROW((void)pinyin_for_speech(broken, true));
    EXPECT_NO_THROW((void)pinyin_for_speech(broken, false));
  }
  EXPECT_TRUE(initials_match("王\xe7\x8e", "w"));
  EXPECT_EQ(match("王秀兰", std::string(65, 'w')), Match::none);
  EXPECT_EQ(match("王秀兰", std::string(100000, 'w')), Match::none);
  EXPECT_EQ(match(std::string(30000, 'a'), "aaa"), Match::start);
}

TEST(Keys, are_every_combination_of_initials_the_likeliest_first) {
  EXPECT_EQ(search_keys("单小梅").front(), "sxm");
  for (const char* key : {"sxm", "dxm", "cxm"}) EXPECT_TRUE(has_key(search_keys("单小梅"), key)) << key;
  EXPECT_EQ(search_keys("单小梅").size(), 3U);
  EXPECT_EQ(search_keys("解放").front(), "xf");
  EXPECT_EQ(search_keys("Anna").front(), "anna");
  EXPECT_TRUE(search_keys("").empty());
  EXPECT_TRUE(search_keys("🍲").empty());
}

TEST(Keys, whole_pinyin_has_u_with_dots_both_ways) {
  EXPECT_EQ(full_keys("王秀兰").front(), "wangxiulan");
  EXPECT_EQ(full_keys("缪小梅").front(), "miaoxiaomei");
  EXPECT_TRUE(has_key(full_keys("吕梅"), "lvmei"));
  EXPECT_TRUE(has_key(full_keys("吕梅"), "lumei"));
  EXPECT_EQ(full_keys("长孙明").front(), "zhangsunming");
}

TEST(Keys, are_never_too_many_nor_twice_the_same) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "单解";
  for (const auto& keys : {search_keys(many), full_keys(many)}) {
    EXPECT_EQ(keys.size(), max_keys);
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
  }
}

TEST(Keys, every_key_of_a_name_finds_it_again) {
  for (const char* name : {"单小梅", "解放军", "曾乐乐", "吕朴", "万俟长乐", "欧阳覃", "王\U00020000"}) {
    for (const std::string& key : search_keys(name))
      EXPECT_EQ(match(name, key), Match::whole) << name << ' ' << key;
    for (const std::string& key : full_keys(name)) EXPECT_EQ(match(name, key), Match::whole) << name << ' ' << key;
  }
}

// --- speaking

TEST(Speak, surnames_are_read_as_surnames) {
  const std::pair<const char*, const char*> names[] = {
      {"单雄", "shan4 xiong2"},      {"解珍", "xie4 zhen1"},
      {"曾巩", "zeng1 gong3"},       {"仇英", "qiu2 ying1"},
      {"朴成", "piao2 cheng2"},      {"覃明", "qin2 ming2"},
      {"乐毅", "yue4 yi4"},          {"缪明", "miao4 ming2"},
      {"任明", "ren2 ming2"},        {"查明", "zha1 ming2"},
      {"区明", "ou1 ming2"},         {"盖明", "ge3 ming2"},
      {"华明", "hua4 ming2"},        {"翟明", "zhai2 ming2"},
      {"尉迟明", "yu4 chi2 ming2"},  {"长孙明", "zhang3 sun1 ming2"},
      {"万俟明", "mo4 qi2 ming2"},   {"单于明", "chan2 yu2 ming2"},
      {"欧阳明", "ou1 yang2 ming2"}, {"闾丘明", "lv2 qiu1 ming2"}};
  for (const auto& [name, said] : names) EXPECT_EQ(name_said(name), said);
}

TEST(Speak, kinship_words_lose_their_second_tone) {
  EXPECT_EQ(name_said("王奶奶"), "wang2 nai3 nai5");
  EXPECT_EQ(name_said("单爷爷"), "shan4 ye2 ye5");
  EXPECT_EQ(name_said("欧阳大爷"), "ou1 yang2 da4 ye5");
  EXPECT_EQ(name_said("任大夫"), "ren2 dai4 fu5");
}

TEST(Speak, given_names_are_not_read_as_sentences) {
  EXPECT_EQ(name_said("王长乐"), "wang2 chang2 le4");
  EXPECT_EQ(name_said("李一不"), "li3 yi1 bu4");
  EXPECT_EQ(name_said("李还"), "li3 huan2");
}

TEST(Speak, a_surname_inside_a_sentence_is_known_by_its_title_or_its_marks) {
  EXPECT_EQ(pinyin_for_speech("单奶奶，走好。"), "shan4 nai3 nai5, zou3 hao3.");
  EXPECT_EQ(pinyin_for_speech("叫任大夫来"), "jiao4 ren2 dai4 fu5 lai2");
  EXPECT_EQ(pinyin_for_speech("那大爷在"), "na4 da4 ye5 zai4");
  EXPECT_EQ(pinyin_for_speech("给\u2068单长乐\u2069送饭"), "gei3 shan4 chang2 le4 song4 fan4");
  EXPECT_EQ(pinyin_for_speech("\u2068任秀兰\u2069，来了。"), "ren2 xiu4 lan2, lai2 le5.");
  EXPECT_EQ(pinyin_for_speech("简单解决"), "jian3 dan1 jie3 jue2");
}

TEST(Speak, the_kiosks_own_sentences) {
  const std::pair<const char*, const char*> sentences[] = {
      {"王奶奶，记上了，九点零五到的。", "wang2 nai3 nai5, ji4 shang4 le5, jiu3 dian3 ling2 wu3 dao4 de5."},
      {"您好，来了点左边的手，有急事点红的。",
       "nin2 hao3, lai2 le5 dian3 zuo3 bian1 de5 shou3, you3 ji2 shi4 dian3 hong2 de5."},
      {"约上了，明儿早上八点，空着肚子来。",
       "yue1 shang4 le5, ming2 er5 zao3 shang5 ba1 dian3, kong1 zhe5 du4 zi5 lai2."},
      {"今儿十月十六，后晌两点唱戏。", "jin1 er5 shi2 yue4 shi2 liu4, hou4 shang5 liang3 dian3 chang4 xi4."},
      {"不对，再来一回；还不行找小王", "bu2 dui4, zai4 lai2 yi4 hui2, hai2 bu4 xing2 zhao3 xiao3 wang2"},
      {"您还在不？在就点一下。", "nin2 hai2 zai4 bu4? zai4 jiu4 dian3 yi2 xia5."},
      {"有卡刷卡，没卡点您那个组。", "you3 ka3 shua1 ka3, mei2 ka3 dian3 nin2 na4 ge4 zu3."}};
  for (const auto& [text, said] : sentences) EXPECT_EQ(pinyin_for_speech(text), said);
}

TEST(Speak, words_that_are_read_otherwise_than_their_characters) {
  const std::pair<const char*, const char*> words[] = {
      {"银行", "yin2 hang2"},        {"行走", "xing2 zou3"},  {"睡觉", "shui4 jiao4"},  {"觉得", "jue2 de5"},
      {"便宜", "pian2 yi5"},         {"方便", "fang1 bian4"}, {"院长", "yuan4 zhang3"}, {"很长", "hen3 chang2"},
      {"重阳", "chong2 yang2"},      {"很重", "hen3 zhong4"}, {"首都", "shou3 du1"},    {"都来", "dou1 lai2"},
      {"还钱", "huan2 qian2"},       {"还有", "hai2 you3"},   {"一只", "yi4 zhi1"},     {"只有", "zhi3 you3"},
      {"因为", "yin1 wei4"},         {"认为", "ren4 wei2"},   {"会计", "kuai4 ji4"},    {"开会", "kai1 hui4"},
      {"地里", "di4 li5"},           {"理发", "li3 fa4"},     {"发钱", "fa1 qian2"},    {"孩子", "hai2 zi5"},
      {"量血压", "liang2 xue4 ya1"}, {"数量", "shu4 liang4"}, {"请假", "qing3 jia4"},   {"睡着", "shui4 zhao2"},
      {"看着", "kan4 zhe5"},         {"女儿", "nv3 er2"}};
  for (const auto& [word, said] : words) EXPECT_EQ(pinyin_for_speech(word), said) << word;
}

TEST(Speak, one_and_not_change_before_other_tones) {
  const std::pair<const char*, const char*> words[] = {{"一个", "yi2 ge5"},
                                                       {"一张", "yi4 zhang1"},
                                                       {"一年", "yi4 nian2"},
                                                       {"一把", "yi4 ba3"},
                                                       {"一次", "yi2 ci4"},
                                                       {"第一", "di4 yi1"},
                                                       {"第一次", "di4 yi1 ci4"},
                                                       {"初一", "chu1 yi1"},
                                                       {"星期一", "xing1 qi1 yi1"},
                                                       {"一月", "yi1 yue4"},
                                                       {"一号", "yi1 hao4"},
                                                       {"十一", "shi2 yi1"},
                                                       {"十一万", "shi2 yi1 wan4"},
                                                       {"一百", "yi4 bai3"},
                                                       {"一万", "yi2 wan4"},
                                                       {"看一看", "kan4 yi5 kan4"},
                                                       {"不去", "bu2 qu4"},
                                                       {"不来", "bu4 lai2"},
                                                       {"不好", "bu4 hao3"},
                                                       {"好不好", "hao3 bu5 hao3"},
                                                       {"不", "bu4"},
                                                       {"一", "yi1"}};
  for (const auto& [word, said] : words) EXPECT_EQ(pinyin_for_speech(word), said) << word;
}

TEST(Speak, digits_are_read_as_chinese_numbers) {
  const std::pair<const char*, const char*> numbers[] = {{"126", "yi4 bai3 er4 shi2 liu4"},
                                                         {"105分", "yi4 bai3 ling2 wu3 fen1"},
                                                         {"9:05", "jiu3 dian3 ling2 wu3"},
                                                         {"14:30", "liang3 dian3 ban4"},
                                                         {"3.5斤", "san1 dian3 wu3 jin1"},
                                                         {"80%", "bai3 fen1 zhi1 ba1 shi2"},
                                                         {"2个", "liang3 ge4"},
                                                         {"2组", "er4 zu3"},
                                                         {"12个", "shi2 er4 ge4"},
                                                         {"2026年", "er4 ling2 er4 liu4 nian2"},
                                                         {"0102", "ling2 yi1 ling2 er4"},
                                                         {"１２", "shi2 er4"},
                                                         {"1381234", "yi1 san1 ba1 yi1 er4 san1 si4"},
                                                         {"11月24日", "shi2 yi1 yue4 er4 shi2 si4 ri4"},
                                                         {"0", "ling2"}};
  for (const auto& [number, said] : numbers) EXPECT_EQ(pinyin_for_speech(number), said) << number;
  EXPECT_FALSE(pinyin_for_speech(std::string(5000, '9')).empty());
}

TEST(Speak, only_syllables_letters_and_pauses_come_out) {
  EXPECT_EQ(pinyin_for_speech("🍲 送饭！"), "song4 fan4!");
  EXPECT_EQ(pinyin_for_speech("，，。送饭。。"), "song4 fan4.");
  EXPECT_EQ(pinyin_for_speech("VIP卡"), "vip ka3");
  EXPECT_EQ(pinyin_for_speech(""), "");
  EXPECT_EQ(pinyin_for_speech("🍲"), "");
  std::string odd;
  for (int byte = 1; byte < 256; ++byte) odd += static_cast<char>(byte);
  for (const char c : pinyin_for_speech(odd))
    EXPECT_TRUE(std::string_view("abcdefghijklmnopqrstuvwxyz012345 ,.?!").contains(c)) << c;
}

// Every sentence of the product can be spoken: one syllable a character, each with its tone.
TEST(Speak, every_chinese_text_of_the_product) {
  std::vector<Wrong> wrong;
  const Words words = Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", "zh-CN", wrong);
  ASSERT_FALSE(words.keys().empty());
  for (const std::string& key : words.keys()) {
    const std::string text = words.text(key);
    const std::u32string characters = to_utf32(text);
    const bool plain = std::none_of(characters.begin(), characters.end(), [](char32_t c) { return c < 0x80; });
    if (!plain) continue;
    const auto expected = std::count_if(characters.begin(), characters.end(),
                                        [](char32_t c) { return !readings(c).empty() || c == U'〇'; });
    const std::string said = pinyin_for_speech(text);
    EXPECT_EQ(std::count_if(said.begin(), said.end(), [](char c) { return c >= '1' && c <= '5'; }), expected)
        << key << ": " << said;
  }
}
