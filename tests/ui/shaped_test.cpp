// Names and texts in Uyghur, Tibetan and Mongolian: joined, stacked, whole, and with fonts that know them.
#include "ui/shaped.h"

#include <gtest/gtest.h>

namespace {

using ui::Weight;

constexpr std::string_view aygul = "ئايگۈل", tashi = "བཀྲ་ཤིས་", bayar = "ᠪᠠᠶᠠᠷ";

int inked(const ui::ShapedLine& line) {
  int n = 0;
  for (std::size_t i = 3; i < line.pixels.size(); i += 4) n += line.pixels[i] > 127;
  return n;
}

TEST(Shaped, are_the_scripts_whose_letters_change_with_their_neighbours_and_no_others) {
  for (const auto text : {aygul, tashi, bayar, std::string_view("王 ئايگۈل")}) EXPECT_TRUE(ui::needs_shaping(text)) << text;
  for (const auto* text : {"", "王秀兰", "Grandma Wang, 2:00", "Баярмаа", "买买提·吐尔逊", "①②③，。“”…", "👵🏠", "\xff\xd8", "é"}) EXPECT_FALSE(ui::needs_shaping(text)) << text;
}

TEST(Shaped, every_character_has_a_font) {
  for (const auto text : {aygul, tashi, bayar})
    for (const auto weight : {Weight::regular, Weight::bold}) EXPECT_FALSE(ui::draw_shaped(text, weight, 40).unknown) << text << " (package fonts-noto-core)";
  EXPECT_TRUE(ui::draw_shaped("\U000E1234", Weight::regular, 40).unknown) << "what no font has is noticed";
}

TEST(Shaped, letters_join_and_stack) {
  const auto width = [](std::string_view text) { return ui::lay_out_shaped(text, Weight::regular, 40, 1e6f).width; };
  // Two joined letters are narrower than twice the letter that stands alone; a Tibetan stack is hardly wider than one letter.
  EXPECT_LT(width("بب"), 1.8f * width("ب"));
  EXPECT_LT(width("བཀྲ"), 0.9f * (width("བ") + width("ཀ") + width("ར")));
  // A joined word is one run of ink and not the isolated letters.
  EXPECT_NE(inked(ui::draw_shaped("بب", Weight::regular, 40)), 2 * inked(ui::draw_shaped("ب", Weight::regular, 40)));
}

TEST(Shaped, lines_together_are_the_whole_text_and_none_is_wider_than_asked) {
  const std::string text = "ئايگۈل مەركەزگە كەلدى، چۈشلۈك تاماق يېدى\nبۈگۈن سائەت ئىككىدە";
  for (const float width : {1e6f, 600.0f, 300.0f}) {
    const auto laid = ui::lay_out_shaped(text, Weight::bold, 40, width);
    std::string all;
    for (const auto& line : laid.lines) {
      all += text.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin));
      EXPECT_LE(line.width, width + 1);
    }
    std::string expected;
    for (const char c : text)
      if (c != '\n') expected += c;
    std::erase(all, ' ');
    std::erase(expected, ' ');
    EXPECT_EQ(all, expected) << width;
    EXPECT_FALSE(laid.broke_word) << width;
  }
  EXPECT_TRUE(ui::lay_out_shaped(aygul, Weight::bold, 40, 30).broke_word);
}

TEST(Shaped, ink_stays_within_the_picture) {
  for (const auto text : {aygul, tashi, bayar, std::string_view("རྒྱ་སྒྲུབ")}) {
    const auto line = ui::draw_shaped(text, Weight::bold, 50);
    for (int x = 0; x < line.w; ++x)
      for (const int y : {0, line.h - 1}) ASSERT_EQ(line.pixels[static_cast<std::size_t>(y * line.w + x) * 4 + 3], 0) << text;
    EXPECT_GT(inked(line), 200) << text;
  }
}

}  // namespace
