// Cards: ten a page, and what a lost card may not tell.
#include "paper/cards.h"

#include "paper/read_back.h"

#include <cairo.h>
#include <gtest/gtest.h>

using namespace paper_test;

namespace {

base::Words words() {
  std::vector<base::Wrong> wrong;
  return base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", "zh-CN", wrong);
}

paper::CardFace card(int n) {
  return {"王秀兰", n % 2 ? "👵" : "👴", "", "NZ0123456789A", "2组 · 双塔村幸福院", std::nullopt};
}

std::string png() {
  auto* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 40, 60);
  std::string bytes;
  cairo_surface_write_to_png_stream(
      surface,
      [](void* out, const unsigned char* data, unsigned n) {
        static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), n);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes);
  cairo_surface_destroy(surface);
  return bytes;
}

std::string cards_pdf(const std::vector<paper::CardFace>& cards) {
  const TemporaryFolder folder;
  paper::write_cards_pdf(folder.path / "cards.pdf", cards, words());
  EXPECT_FALSE(std::filesystem::exists(folder.path / "cards.pdf.part"));
  return bytes_of(folder.path / "cards.pdf");
}

}  // namespace

TEST(Cards, ten_stand_on_a_page) {
  for (const auto& [count, pages] : {std::pair{0, 1}, {1, 1}, {10, 1}, {11, 2}, {35, 4}}) {
    std::vector<paper::CardFace> cards;
    for (int i = 0; i < count; ++i) cards.push_back(card(i));
    EXPECT_EQ(pdf_pages(cards_pdf(cards)), pages) << count;
  }
}

TEST(Cards, a_portrait_that_cannot_be_read_does_not_stop_the_others) {
  auto broken = card(1), whole = card(2);
  broken.portrait_png = "\x89PNG not really";
  whole.portrait_png = png();
  auto cut = card(3);
  cut.portrait_png = png().substr(0, 60);
  EXPECT_EQ(pdf_pages(cards_pdf({broken, whole, cut})), 1);
}

TEST(Cards, the_longest_name_and_an_empty_one_are_both_drawn) {
  auto long_one = card(1), empty = card(2), secret = card(3);
  long_one.name = "阿卜杜热合曼·买买提依明·吐尔逊江";
  long_one.line = "城关镇双塔村第十二村民小组 · 双塔村日间照料中心互助老人幸福院";
  empty.name.clear();
  empty.pictogram.clear();
  secret.secret = {{"🐔", "🌙", "🏮"}};
  const auto pdf = cards_pdf({long_one, empty, secret});
  EXPECT_TRUE(pdf.starts_with("%PDF"));
  EXPECT_NE(pdf.find("/MediaBox [ 0 0 595.2755"), std::string::npos);
}

TEST(Slips, ten_stand_on_a_page_and_show_their_pictures_in_order) {
  const TemporaryFolder folder;
  const auto pdf = [&](int count, std::array<std::string, 3> pictures) {
    std::vector<paper::SecretSlip> slips(static_cast<std::size_t>(count), paper::SecretSlip{"王秀兰", std::move(pictures)});
    paper::write_slips_pdf(folder.path / "slips.pdf", slips, words());
    return bytes_of(folder.path / "slips.pdf");
  };
  EXPECT_EQ(pdf_pages(pdf(10, {"🐔", "🐄", "🐟"})), 1);
  EXPECT_EQ(pdf_pages(pdf(11, {"🐔", "🐄", "🐟"})), 2);
  EXPECT_NE(pdf(1, {"🐔", "🐄", "🐟"}), pdf(1, {"🐄", "🐔", "🐟"}));
}
