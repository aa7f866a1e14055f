// Drawn faces: the same text gives the same face, two texts never look alike, and nothing but a portrait's text
// gives a face.
#include "ui/portrait.h"

#include <cairo.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

namespace {

std::string text(int i) { return fmt::format("v1:seed{}:{}:{}", i, i % 2 == 0 ? "f" : "m", i * 7 % 92 + 3); }

}  // namespace

TEST(Portraits, of_two_thousand_people_are_all_different) {
  std::set<std::vector<std::uint8_t>> seen;
  for (int i = 0; i < 2000; ++i) seen.insert(ui::draw_portrait(text(i), 40, 40));
  EXPECT_EQ(seen.size(), 2000u);
}

// Not by a pixel or two: the nearest pair among two hundred of one sex and age still differs visibly.
TEST(Portraits, of_people_of_one_age_can_be_told_apart) {
  std::vector<std::vector<std::uint8_t>> faces;
  for (int i = 0; i < 200; ++i) faces.push_back(ui::draw_portrait(fmt::format("v1:{}:f:70", i), 32, 32));
  double nearest = 1e9;
  for (std::size_t a = 0; a < faces.size(); ++a)
    for (std::size_t b = a + 1; b < faces.size(); ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < faces[a].size(); ++i) sum += std::abs(int{faces[a][i]} - int{faces[b][i]});
      nearest = std::min(nearest, sum / (32 * 32 * 3));
    }
  EXPECT_GT(nearest, 5.0);  // mean difference of a colour channel, of 255
}

TEST(Portraits, stay_the_same_for_the_same_text) {
  EXPECT_EQ(ui::draw_portrait("v1:王秀兰:f:78", 96, 96), ui::draw_portrait("v1:王秀兰:f:78", 96, 96));
  EXPECT_NE(ui::draw_portrait("v1:王秀兰:f:78", 96, 96), ui::draw_portrait("v1:王秀兰:m:78", 96, 96));
}

TEST(Portraits, are_drawn_of_nothing_else) {
  for (const char* wrong : {"", "v1", "v1:", "v2:a:f:3", "v1:a:f:", "v1:a:f", "photo.png", "v1::", "v1:a:f:x"})
    EXPECT_TRUE(ui::draw_portrait(wrong, 20, 20).empty()) << wrong;
  EXPECT_TRUE(ui::draw_portrait("v1:a:f:3", 0, 20).empty());
}

TEST(Portraits, fill_oblong_places_to_the_last_pixel) {
  for (const auto& [w, h] : {std::pair{90, 40}, std::pair{40, 90}, std::pair{1, 1}}) {
    const auto pixels = ui::draw_portrait("v1:a:m:66", w, h);
    ASSERT_EQ(pixels.size(), static_cast<std::size_t>(w * h * 4));
    for (std::size_t i = 3; i < pixels.size(); i += 4) ASSERT_EQ(pixels[i], 255);
  }
}

// For eyes: a sheet of faces, small and large, when NUANZHAN_GALLERY names a folder.
TEST(Portraits, are_photographed_when_asked) {
  const char* folder = std::getenv("NUANZHAN_GALLERY");
  if (folder == nullptr) GTEST_SKIP() << "NUANZHAN_GALLERY names no folder";
  const int size = 150, columns = 12, ages[] = {4, 8, 11, 24, 38, 50, 62, 70, 78, 88};
  cairo_surface_t* sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns * size, 10 * size);
  for (int row = 0; row < 10; ++row)
    for (int column = 0; column < columns; ++column) {
      const auto pixels =
          ui::draw_portrait(fmt::format("v1:{}-{}:{}:{}", row, column, column < columns / 2 ? "f" : "m", ages[row]),
                            size - 6, size - 6);
      unsigned char* to = cairo_image_surface_get_data(sheet);
      for (int y = 0; y < size - 6; ++y)
        for (int x = 0; x < size - 6; ++x)
          for (int c = 0; c < 3; ++c)
            to[(row * size + y) * cairo_image_surface_get_stride(sheet) + (column * size + x) * 4 + c] =
                pixels[static_cast<std::size_t>((y * (size - 6) + x) * 4 + 2 - c)];
    }
  cairo_surface_mark_dirty(sheet);
  cairo_surface_write_to_png(sheet, (std::string(folder) + "/portraits.png").c_str());
  cairo_surface_destroy(sheet);
  const auto large = [&](const char* name, const char* text, int side) {
    const auto pixels = ui::draw_portrait(text, side, side);
    cairo_surface_t* one = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        for (int c = 0; c < 3; ++c)
          cairo_image_surface_get_data(one)[y * cairo_image_surface_get_stride(one) + x * 4 + c] =
              pixels[static_cast<std::size_t>((y * side + x) * 4 + 2 - c)];
    cairo_surface_mark_dirty(one);
    cairo_surface_write_to_png(one, (std::string(folder) + "/" + name).c_str());
    cairo_surface_destroy(one);
  };
  large("large-1.png", "v1:7-1:f:70", 420);
  large("large-2.png", "v1:5-0:f:50", 420);
  large("large-3.png", "v1:9-9:m:88", 420);
  large("large-4.png", "v1:1-8:m:8", 420);
  large("large-5.png", "v1:2-4:f:11", 420);
  large("large-6.png", "v1:8-0:f:78", 420);
}
