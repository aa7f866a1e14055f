// Everybody is found by every way of reading her name: 2000 names of characters people are really called by, among them those with several
// readings. Expected readings come from Unihan's table, found ones from the index the village writes.
#include "given.h"

#include "base/pinyin.h"
#include "base/text.h"
#include "village/names.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace {

using village::find;

constexpr std::u32string_view surnames = U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇任查盖区乐尹黎易常武缪翟折员种洗冼尉长么召";
constexpr std::u32string_view given_names = U"秀兰英桂香凤玉梅花珍国强建军志明福贵德宝长乐行重小虎红霞芳丽平安朝曾解会少盛柏单参卜藏石石转和荷茜娜宁车调数便好为兴更相种召血薄";

// Every combination of syllables, or their first letters, that these characters may be read by.
std::set<std::string> ways(const std::u32string& name, bool initials) {
  std::set<std::string> all{""};
  for (const char32_t c : name) {
    std::set<std::string> next;
    for (const auto& so_far : all)
      for (const auto& reading : base::readings(c)) next.insert(so_far + std::string(initials ? reading.syllable().substr(0, 1) : reading.syllable()));
    all = std::move(next);
  }
  return all;
}

}  // namespace

TEST(Find, everybody_by_every_reading_of_the_name_by_initials_spelling_and_character) {
  given::Shanwan v;
  std::mt19937 random(20261124);
  const auto pick = [&](std::u32string_view from) { return from[random() % from.size()]; };
  std::size_t people = 0, asked = 0, found = 0, readings_asked = 0;
  std::map<std::string, std::vector<village::PersonId>> by_name;
  v.act(v.machine(), [&](store::Act& a) {
    for (; people < 2000; ++people) {
      std::u32string name{pick(surnames), pick(given_names)};
      if (random() % 3 != 0) name += pick(given_names);
      by_name[base::to_utf8(name)].push_back(village::save_person(a, {.name = base::to_utf8(name), .sites = std::vector{v.centre}}).value());
    }
    return 0;
  });
  const auto reader = v.as(v.a_clerk());
  const auto ask = [&](const std::string& typed, const std::string& name) {
    ++asked;
    const auto hits = find(reader, typed, 5000);
    bool all = true;
    for (const auto id : by_name.at(name)) all = all && std::ranges::any_of(hits, [&](const auto& f) { return f.id == id; });
    found += all;
    EXPECT_TRUE(all) << name << " is not found by " << typed;
  };
  for (const auto& [name, ids] : by_name) {
    const auto wide = base::to_utf32(name);
    for (const auto& w : ways(wide, true)) ask(w, name), ++readings_asked;
    for (const auto& w : ways(wide, false)) ask(w, name), ++readings_asked;
    ask(name, name);
    ask(base::to_utf8(wide.substr(1)), name);
  }
  std::cout << people << " people, " << readings_asked << " readings asked, " << 100.0 * static_cast<double>(found) / static_cast<double>(asked) << " % found\n";
  EXPECT_GT(readings_asked, 10'000u);
  EXPECT_EQ(found, asked);
}

TEST(Names, tell_which_characters_are_this_villages_and_only_to_staff) {
  given::Shanwan v;
  for (const auto* name : {"王秀兰", "欧阳小虎"}) (void)v.person(name, "f", given::day(1950, 1, 1), {});
  const std::vector<std::string> asked{"王", "秀", "兰", "虎", "阳", "龙", "禾"};
  const auto ours = village::in_names(v.as(v.a_clerk()), asked);
  EXPECT_EQ(ours, (std::set<std::string>{"王", "秀", "兰", "虎", "阳"}));
  EXPECT_TRUE(village::in_names(v.as(v.nobody()), asked).empty());
}
