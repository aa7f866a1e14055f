// Where lines break, with letters one wide and Chinese two wide.
#include "ui/text_layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

float advance(char32_t c) { return ui::is_wide(c) ? 2.0f : 1.0f; }

std::vector<std::string> lines(std::string_view text, float width, bool even = false) {
  std::vector<std::string> out;
  for (const auto& line : ui::lay_out(text, width, advance, even).lines)
    out.emplace_back(
        text.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin)));
  return out;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST(TextLayout, breaks_chinese_anywhere) { EXPECT_EQ(lines("今儿有唱戏", 6), (Lines{"今儿有", "唱戏"})); }

TEST(TextLayout, never_begins_a_line_with_a_stop_or_a_closing_bracket) {
  EXPECT_EQ(lines("今儿有，唱戏", 6), (Lines{"今儿", "有，唱", "戏"}));
  EXPECT_EQ(lines("来（两点）吧", 8), (Lines{"来（两", "点）吧"}));
}

TEST(TextLayout, never_ends_a_line_with_an_opening_bracket) {
  EXPECT_EQ(lines("今儿（晌午）", 6), (Lines{"今儿", "（晌", "午）"}));
}

TEST(TextLayout, breaks_english_between_words_and_drops_the_space) {
  EXPECT_EQ(lines("Day after tomorrow", 9), (Lines{"Day after", "tomorrow"}));
}

TEST(TextLayout, keeps_a_word_whole_among_chinese) {
  EXPECT_EQ(lines("看看WeChat里", 9), (Lines{"看看", "WeChat里"}));
}

TEST(TextLayout, breaks_a_word_longer_than_the_line_and_says_so) {
  EXPECT_EQ(lines("abcdefgh", 3), (Lines{"abc", "def", "gh"}));
  EXPECT_TRUE(ui::lay_out("abcdefgh", 3, advance).broke_word);
  EXPECT_FALSE(ui::lay_out("abc def", 3, advance).broke_word);
}

TEST(TextLayout, makes_labels_even_instead_of_leaving_one_character_alone) {
  EXPECT_EQ(lines("按错了不叫", 8), (Lines{"按错了不", "叫"}));
  EXPECT_EQ(lines("按错了不叫", 8, true), (Lines{"按错了", "不叫"}));
}

TEST(TextLayout, begins_a_new_line_where_it_is_told_to) {
  EXPECT_EQ(lines("一\n二\n\n三", 20), (Lines{"一", "二", "三"}));
}

TEST(TextLayout, never_breaks_inside_what_a_person_is_called) {
  EXPECT_EQ(lines("共享奶奶讲故事", 6), (Lines{"共享", "奶奶讲", "故事"}));
  EXPECT_EQ(lines("领头的：王奶奶", 12), (Lines{"领头的：", "王奶奶"}));
  EXPECT_EQ(lines("谁来欧阳老师", 10), (Lines{"谁来", "欧阳老师"}));
  EXPECT_EQ(lines("值班的小王来", 8), (Lines{"值班的", "小王来"})) << "not 小 at the end of the line";
  EXPECT_EQ(lines("打扫 姚存仁 2组", 8), (Lines{"打扫", "姚存仁", "2组"})) << "a name in a row";
  EXPECT_EQ(lines("Meals 蒋招弟 Group 3", 9), (Lines{"Meals", "蒋招弟", "Group 3"}));
  EXPECT_EQ(lines("那里有13个", 9), (Lines{"那里有", "13个"})) << "nor between a number and what it counts";
  EXPECT_EQ(lines("王奶奶", 4), (Lines{"王奶", "奶"})) << "unless a line is narrower than that";
}

TEST(TextLayout, never_breaks_inside_a_date) {
  EXPECT_EQ(lines("12月10日 星期四", 11), (Lines{"12月10日", "星期四"}));
  EXPECT_EQ(lines("就在12月10日", 10), (Lines{"就在", "12月10日"}));
  EXPECT_EQ(lines("约的十月廿三星期四", 8), (Lines{"约的", "十月廿三", "星期四"}));
  EXPECT_EQ(lines("2026年11月", 8), (Lines{"2026年", "11月"})) << "a year and its month may part";
}

TEST(TextLayout, breaks_a_date_wider_than_the_line_like_other_words) {
  EXPECT_EQ(lines("12月10日", 4), (Lines{"12月", "10日"}));
  EXPECT_FALSE(ui::lay_out("12月10日", 4, advance).broke_word);
}

TEST(TextLayout, loses_no_character) {
  const std::string text = "王奶奶，来了。Her group is 2组（南头），十一月24日 9:05！";
  for (const float width : {2.0f, 3.0f, 5.0f, 9.0f, 14.0f, 80.0f}) {
    std::string joined, squeezed;
    for (const auto& line : lines(text, width)) joined += line;
    for (const char c : joined)
      if (c != ' ') squeezed += c;
    std::string wanted;
    for (const char c : text)
      if (c != ' ') wanted += c;
    EXPECT_EQ(squeezed, wanted) << width;
  }
}

TEST(TextLayout, survives_broken_bytes) {
  const std::string broken = "\xE4\xBD王\xFF";
  const auto laid = ui::lay_out(broken, 100, advance);
  ASSERT_EQ(laid.lines.size(), 1u);
  EXPECT_EQ(laid.lines[0].end, static_cast<int>(broken.size()));
}

TEST(TextLayout, of_nothing_is_nothing) { EXPECT_TRUE(lines("", 10).empty()); }
