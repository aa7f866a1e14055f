// A picture that somebody brought: within its bounds or refused, whatever it says of itself.
#include "base/image.h"
#include "fuzz/fuzz.h"

#include <png.h>
#include <span>

namespace {

using fuzz::must;

void run(std::string_view input) {
  fuzz::Taken in(input);
  const int least_px = in.byte();
  const auto bytes = in.rest();
  const auto image = base::decode_image(std::as_bytes(std::span(bytes)), least_px);
  if (!image) return;
  must(image->width > 0 && image->height > 0, "a picture has a size");
  must(static_cast<std::int64_t>(image->width) * image->height <= base::most_png_pixels, "no more pixels than the bound");
  must(image->rgba.size() == 4 * static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height), "as many pixels as it says");
  const auto square = base::square_of(*image, 64, least_px % 2 == 1);
  must(square.width == square.height && square.width <= 64 && square.width <= std::min(image->width, image->height), "a square of it");
  const auto jpeg = base::encode_jpeg(square);
  const auto again = base::decode_image(std::as_bytes(std::span(jpeg)));
  must(again && again->width == square.width && again->height == square.height, "what is written reads back");
  must(jpeg.find("Exif") == std::string::npos, "what is written says nothing but its pixels");
}

base::Image small(int w, int h) {
  base::Image image{w, h, {}};
  for (int i = 0; i < w * h; ++i)
    for (const int c : {i * 7, i * 3, 255 - i, 255}) image.rgba.push_back(static_cast<std::uint8_t>(c));
  return image;
}
std::string png_of(const base::Image& image, png_uint_32 format) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = format;
  std::string out(8192, '\0');
  png_alloc_size_t size = out.size();
  if (png_image_write_to_memory(&png, out.data(), &size, 0, image.rgba.data(), 0, nullptr) == 0) return {};
  out.resize(size);
  return out;
}

std::vector<std::string> seeds() {
  const auto jpeg = base::encode_jpeg(small(24, 17));
  // EXIF with one entry, how the camera was held (6: on its right side), in both byte orders.
  const std::string little("Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0", 32), big("Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0", 32);
  const auto held = [&](const std::string& exif) { return "\x10" + jpeg.substr(0, 2) + std::string("\xff\xe1\0\x22", 4) + exif + jpeg.substr(2); };
  return {"\x10" + jpeg, held(little), held(big), std::string(1, '\0') + png_of(small(9, 5), PNG_FORMAT_RGBA), std::string(1, '\1') + png_of(small(30, 30), PNG_FORMAT_RGBA), std::string("\0\xff\xd8\xff", 4)};
}

const fuzz::Listed listed({.name = "photo", .run = run, .seeds = seeds, .tries = 1500});

}  // namespace
