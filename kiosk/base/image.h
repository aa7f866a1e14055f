// Pictures as pixels: JPEG and PNG read within bounds, a square cut out and made smaller, a JPEG written that says
// nothing but its pixels.
//
// The rule: a file that somebody brought is read as if it were hostile. How large it says it is is looked at before
// anything is made of it, and no file can end the program or fill its memory. Pure but for reading; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, straight alpha
  [[nodiscard]] bool empty() const { return rgba.empty(); }
  [[nodiscard]] const std::uint8_t* at(int x, int y) const { return &rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x))]; }
};

// Why there is no picture. Words: the screen that asked has them, by these names.
enum class NoImage {
  unreadable,  // no such file, no ordinary file, or the disk does not give it
  not_one,     // neither JPEG nor PNG, or damaged
  too_large,   // more bytes or pixels than the bounds below
};

// A telephone of today makes 12 to 50 million pixels and up to 15 MB. A JPEG is decoded at an eighth to a whole of
// its size, as near above `least_px` as there is; a PNG can only be decoded whole, so less is taken.
inline constexpr std::size_t most_image_bytes = 24u << 20;
inline constexpr std::int64_t most_jpeg_pixels = 52'000'000, most_png_pixels = 16'000'000;

// Turned as the camera was held (EXIF). Both sides are at least `least_px` where the picture has so many; 0: as it is.
[[nodiscard]] std::expected<Image, NoImage> read_image(const std::filesystem::path&, int least_px = 0);
[[nodiscard]] std::expected<Image, NoImage> decode_image(std::span<const std::byte>, int least_px = 0);

// The largest square of it, from the middle across and a third from the top (faces sit above the middle), made
// `side` wide, or left as it is where it is smaller. Mirrored: as one sees oneself.
[[nodiscard]] Image square_of(const Image&, int side, bool mirrored = false);

// Without EXIF or any other remark: 4:2:0, quality 88. Empty: no pixels.
[[nodiscard]] std::string encode_jpeg(const Image&);

}  // namespace base
