// Pictures that people bring: read within bounds, turned upright, and written without a remark.
#include "base/image.h"

#include <gtest/gtest.h>
#include <libexif/exif-data.h>
#include <png.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cstring>
#include <fstream>
#include <random>

namespace {

namespace fs = std::filesystem;
using base::Image;
using base::NoImage;

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

// Red at the left top, green at the right top, blue at the left bottom, white at the right bottom.
Image quarters(int w, int h) {
  Image image{w, h, {}};
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const bool right = x >= w / 2, low = y >= h / 2;
      for (const int c : {right == low ? (right ? 255 : 255) : 0, right ? 255 : 0, low ? 255 : 0}) image.rgba.push_back(static_cast<std::uint8_t>(c));
      image.rgba.push_back(255);
    }
  return image;
}
std::string colour(const Image& image, int x, int y) {
  const auto* p = image.at(x, y);
  const auto much = [](int v) { return v > 140 ? 1 : 0; };
  static constexpr const char* names[] = {"black", "blue", "green", "cyan", "red", "violet", "yellow", "white"};
  return names[4 * much(p[0]) + 2 * much(p[1]) + much(p[2])];
}
// The four corners, from the left top in reading order.
std::string corners(const Image& i) {
  const int x = i.width / 8, y = i.height / 8;
  return colour(i, x, y) + " " + colour(i, i.width - 1 - x, y) + " " + colour(i, x, i.height - 1 - y) + " " + colour(i, i.width - 1 - x, i.height - 1 - y);
}

std::string png_of(const Image& image) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  EXPECT_TRUE(png_image_write_to_memory(&png, nullptr, &size, 0, image.rgba.data(), 0, nullptr));
  std::string out(size, '\0');
  EXPECT_TRUE(png_image_write_to_memory(&png, out.data(), &size, 0, image.rgba.data(), 0, nullptr));
  out.resize(size);
  return out;
}

// As a telephone writes it: EXIF that says how it was held, before the rest.
std::string held(const std::string& jpeg, int how) {
  auto* exif = exif_data_new();
  exif_data_set_byte_order(exif, EXIF_BYTE_ORDER_INTEL);
  auto* entry = exif_entry_new();
  exif_content_add_entry(exif->ifd[EXIF_IFD_0], entry);
  exif_entry_initialize(entry, EXIF_TAG_ORIENTATION);
  exif_set_short(entry->data, EXIF_BYTE_ORDER_INTEL, static_cast<ExifShort>(how));
  exif_entry_unref(entry);
  unsigned char* data = nullptr;
  unsigned size = 0;
  exif_data_save_data(exif, &data, &size);
  std::string out = jpeg.substr(0, 2) + "\xff\xe1" + static_cast<char>((size + 2) >> 8) + static_cast<char>((size + 2) & 255);
  out.append(reinterpret_cast<char*>(data), size);
  std::free(data);
  exif_data_unref(exif);
  return out + jpeg.substr(2);
}

struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "image-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path file(const std::string& name, const std::string& contents) const {
    std::ofstream(path / name, std::ios::binary) << contents;
    return path / name;
  }
};

}  // namespace

TEST(Image, jpeg_and_png_are_read_as_they_were_written) {
  const auto image = quarters(64, 48);
  ASSERT_EQ(corners(image), "red green blue white");
  for (const auto& file : {base::encode_jpeg(image), png_of(image)}) {
    const auto read = base::decode_image(bytes(file));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->width, 64);
    EXPECT_EQ(read->height, 48);
    EXPECT_EQ(corners(*read), "red green blue white");
  }
}

TEST(Image, what_is_written_says_nothing_but_its_pixels) {
  const auto jpeg = base::encode_jpeg(*base::decode_image(bytes(held(base::encode_jpeg(quarters(64, 48)), 6))));
  EXPECT_EQ(jpeg.find("Exif"), std::string::npos);
  for (std::size_t at = 2; at + 4 < jpeg.size() && jpeg[at] == '\xff' && jpeg[at + 1] != '\xda';) {
    const auto marker = static_cast<unsigned char>(jpeg[at + 1]);
    EXPECT_FALSE(marker >= 0xe1 && marker <= 0xef) << "a remark of an application";
    EXPECT_NE(marker, 0xfe) << "a comment";
    at += 2 + (static_cast<std::size_t>(static_cast<unsigned char>(jpeg[at + 2])) << 8 | static_cast<unsigned char>(jpeg[at + 3]));
  }
}

TEST(Image, a_photo_stands_upright_however_the_telephone_was_held) {
  const auto plain = base::encode_jpeg(quarters(64, 48));
  const std::pair<int, const char*> all[] = {{1, "red green blue white"}, {2, "green red white blue"}, {3, "white blue green red"}, {4, "blue white red green"},
                                             {5, "red blue green white"}, {6, "blue red white green"}, {7, "white green blue red"}, {8, "green white red blue"},
                                             {0, "red green blue white"}, {9, "red green blue white"}};
  for (const auto& [how, upright] : all) {
    const auto read = base::decode_image(bytes(held(plain, how)));
    ASSERT_TRUE(read) << how;
    EXPECT_EQ(corners(*read), upright) << how;
    EXPECT_EQ(read->width, how >= 5 && how <= 8 ? 48 : 64) << how;
  }
}

TEST(Image, a_large_jpeg_is_decoded_no_larger_than_it_is_needed) {
  const auto jpeg = base::encode_jpeg(quarters(1600, 1200));
  const auto read = base::decode_image(bytes(jpeg), 200);
  ASSERT_TRUE(read);
  EXPECT_GE(std::min(read->width, read->height), 200);
  EXPECT_LE(read->width, 400);
  EXPECT_EQ(corners(*read), "red green blue white");
  EXPECT_EQ(base::decode_image(bytes(jpeg), 5000)->width, 1600);
}

TEST(Image, a_file_that_says_it_is_huge_is_refused_before_anything_is_made_of_it) {
  auto png = png_of(quarters(16, 16));
  for (const std::size_t at : {16u, 20u}) png[at] = 0, png[at + 1] = 0, png[at + 2] = '\x75', png[at + 3] = '\x30';  // 30,000 square
  const auto huge_png = base::decode_image(bytes(png));
  ASSERT_FALSE(huge_png);  // its check sum is wrong too: either is a reason
  auto jpeg = base::encode_jpeg(quarters(16, 16));
  const auto frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  for (const std::size_t at : {frame + 5, frame + 7}) jpeg[at] = '\xff', jpeg[at + 1] = '\xdc';  // 65,500 square
  EXPECT_EQ(base::decode_image(bytes(jpeg), 100).error(), NoImage::too_large);
  EXPECT_EQ(base::decode_image(bytes(base::encode_jpeg(quarters(5000, 4000)))).error(), NoImage::too_large) << "decoded whole it would be";
  EXPECT_TRUE(base::decode_image(bytes(base::encode_jpeg(quarters(5000, 4000))), 480)) << "made smaller it is not";
  EXPECT_EQ(base::decode_image(bytes(png_of(quarters(5000, 3300)))).error(), NoImage::too_large);
}

TEST(Image, what_is_no_picture_or_is_damaged_is_refused_and_never_ends_the_program) {
  EXPECT_EQ(base::decode_image({}).error(), NoImage::not_one);
  for (const std::string text : {"", "GIF89a", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "%PDF-1.7 and more than eight bytes"}) EXPECT_EQ(base::decode_image(bytes(text)).error(), NoImage::not_one) << text;
  std::mt19937 random(7);
  for (const auto& whole : {base::encode_jpeg(quarters(120, 90)), held(base::encode_jpeg(quarters(120, 90)), 6), png_of(quarters(120, 90))}) {
    int read = 0;
    for (int i = 0; i < 600; ++i) {
      auto file = whole;
      if (i % 3 == 0) file.resize(random() % file.size());
      for (unsigned n = random() % 12; n > 0 && !file.empty(); --n) file[random() % file.size()] = static_cast<char>(random());
      if (const auto image = base::decode_image(bytes(file), 32)) {
        ++read;
        EXPECT_EQ(image->rgba.size(), 4u * static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height));
      }
    }
    EXPECT_LT(read, 600);
  }
}

TEST(Image, only_ordinary_files_are_read_and_no_larger_than_the_bound) {
  const Folder f;
  EXPECT_TRUE(base::read_image(f.file("a.jpg", base::encode_jpeg(quarters(32, 32)))));
  EXPECT_EQ(base::read_image(f.path / "none.jpg").error(), NoImage::unreadable);
  EXPECT_EQ(base::read_image(f.path).error(), NoImage::unreadable) << "a folder";
  ASSERT_EQ(::mkfifo((f.path / "pipe.jpg").c_str(), 0600), 0);
  EXPECT_EQ(base::read_image(f.path / "pipe.jpg").error(), NoImage::unreadable) << "nobody waits for who writes into it";
  const auto large = f.file("large.jpg", "");
  fs::resize_file(large, base::most_image_bytes + 1);
  EXPECT_EQ(base::read_image(large).error(), NoImage::too_large);
}

TEST(Image, the_square_is_cut_where_faces_are_and_mirrored_when_asked) {
  const auto square = base::square_of(quarters(640, 480), 100);
  EXPECT_EQ(square.width, 100);
  EXPECT_EQ(square.height, 100);
  EXPECT_EQ(corners(square), "red green blue white");
  EXPECT_EQ(corners(base::square_of(quarters(640, 480), 100, true)), "green red white blue");
  // Of a tall picture a third of what is too much goes at the top, two thirds at the bottom.
  Image tall{10, 100, {}};
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 10; ++x) tall.rgba.insert(tall.rgba.end(), {static_cast<std::uint8_t>(y), 0, 0, 255});
  EXPECT_EQ(base::square_of(tall, 10).at(0, 0)[0], 30);
  EXPECT_EQ(base::square_of(quarters(32, 32), 480).width, 32) << "nothing is made larger";
  EXPECT_TRUE(base::square_of({}, 10).empty());
  EXPECT_TRUE(base::encode_jpeg({}).empty());
}
