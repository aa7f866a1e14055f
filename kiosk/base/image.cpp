#include "base/image.h"

#include <fcntl.h>
#include <libexif/exif-data.h>
#include <png.h>
#include <sys/stat.h>
#include <turbojpeg.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace base {
namespace {

using Bytes = std::span<const std::byte>;

const unsigned char* raw(Bytes bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

struct Turbo {
  tjhandle handle;
  explicit Turbo(tjhandle h) : handle(h) {}
  ~Turbo() {
    if (handle != nullptr) tjDestroy(handle);
  }
  Turbo(const Turbo&) = delete;
  Turbo& operator=(const Turbo&) = delete;
};

std::expected<std::string, NoImage> contents(const std::filesystem::path& file) {
  // Non-blocking: a pipe in a folder of pictures keeps nobody waiting.
  const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return std::unexpected(NoImage::unreadable);
  struct stat is{};
  std::string all;
  auto no = NoImage::unreadable;
  bool good = ::fstat(fd, &is) == 0 && S_ISREG(is.st_mode);
  if (good && static_cast<std::uint64_t>(is.st_size) > most_image_bytes) good = false, no = NoImage::too_large;
  if (good) {
    all.resize(static_cast<std::size_t>(is.st_size));
    std::size_t got = 0;
    while (got < all.size()) {
      const auto n = ::read(fd, all.data() + got, all.size() - got);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      got += static_cast<std::size_t>(n);
    }
    good = got == all.size();
  }
  ::close(fd);
  if (!good) return std::unexpected(no);
  return all;
}

// How the camera was held: 1 to 8 as EXIF has it; 1 where nothing sensible is said.
int orientation(Bytes bytes) {
  const std::unique_ptr<ExifData, void (*)(ExifData*)> exif(exif_data_new_from_data(raw(bytes), static_cast<unsigned>(bytes.size())), [](ExifData* e) { if (e != nullptr) exif_data_unref(e); });
  if (!exif) return 1;
  const auto* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) return 1;
  const int said = exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
  return said >= 1 && said <= 8 ? said : 1;
}

Image turned(Image image, int how) {
  if (how <= 1) return image;
  const int w = image.width, h = image.height;
  const bool lying = how >= 5;
  Image out{lying ? h : w, lying ? w : h, std::vector<std::uint8_t>(image.rgba.size())};
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      int fx = x, fy = y;
      switch (how) {
        case 2: fx = w - 1 - x; break;
        case 3: fx = w - 1 - x, fy = h - 1 - y; break;
        case 4: fy = h - 1 - y; break;
        case 5: fx = y, fy = x; break;
        case 6: fx = y, fy = h - 1 - x; break;
        case 7: fx = w - 1 - y, fy = h - 1 - x; break;
        default: fx = w - 1 - y, fy = x; break;
      }
      std::copy_n(image.at(fx, fy), 4, &out.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) + static_cast<std::size_t>(x))]);
    }
  return out;
}

std::expected<Image, NoImage> decode_jpeg(Bytes bytes, int least_px) {
  const Turbo turbo(tjInitDecompress());
  if (turbo.handle == nullptr) return std::unexpected(NoImage::unreadable);
  int w = 0, h = 0, subsampling = 0, colours = 0;
  if (tjDecompressHeader3(turbo.handle, raw(bytes), bytes.size(), &w, &h, &subsampling, &colours) != 0 || w <= 0 || h <= 0) return std::unexpected(NoImage::not_one);
  if (static_cast<std::int64_t>(w) * h > most_jpeg_pixels) return std::unexpected(NoImage::too_large);
  tjscalingfactor best{1, 1};
  if (least_px > 0) {
    int count = 0;
    const auto* all = tjGetScalingFactors(&count);
    for (const auto& f : std::span(all, static_cast<std::size_t>(std::max(count, 0))))
      if (f.num <= f.denom && TJSCALED(w, f) >= least_px && TJSCALED(h, f) >= least_px && f.num * best.denom < best.num * f.denom) best = f;
  }
  Image image{TJSCALED(w, best), TJSCALED(h, best), {}};
  // What is decoded whole must be no more than what a PNG may be.
  if (static_cast<std::int64_t>(image.width) * image.height > most_png_pixels) return std::unexpected(NoImage::too_large);
  image.rgba.resize(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  // A file of thousands of empty scans would keep the worker for minutes. A warning is no reason to refuse: cheap cameras
  // earn one with every frame, and whoever keeps a picture has looked at it.
  if (tjDecompress2(turbo.handle, raw(bytes), bytes.size(), image.rgba.data(), image.width, 0, image.height, TJPF_RGBA, TJFLAG_LIMITSCANS) != 0 &&
      tjGetErrorCode(turbo.handle) != TJERR_WARNING)
    return std::unexpected(NoImage::not_one);
  return turned(std::move(image), orientation(bytes));
}

std::expected<Image, NoImage> decode_png(Bytes bytes) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) return std::unexpected(NoImage::not_one);
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&png, &png_image_free);
  if (static_cast<std::int64_t>(png.width) * png.height > most_png_pixels) return std::unexpected(NoImage::too_large);
  png.format = PNG_FORMAT_RGBA;
  Image image{static_cast<int>(png.width), static_cast<int>(png.height), std::vector<std::uint8_t>(PNG_IMAGE_SIZE(png))};
  if (png_image_finish_read(&png, nullptr, image.rgba.data(), 0, nullptr) == 0) return std::unexpected(NoImage::not_one);
  return image;
}

}  // namespace

std::expected<Image, NoImage> decode_image(Bytes bytes, int least_px) {
  if (bytes.size() > most_image_bytes) return std::unexpected(NoImage::too_large);
  constexpr std::array<unsigned char, 3> jpeg{0xff, 0xd8, 0xff};
  constexpr std::array<unsigned char, 8> png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  const auto begins = [&](const auto& with) { return bytes.size() > with.size() && std::equal(with.begin(), with.end(), raw(bytes)); };
  if (begins(jpeg)) return decode_jpeg(bytes, least_px);
  if (begins(png)) return decode_png(bytes);
  return std::unexpected(NoImage::not_one);
}

std::expected<Image, NoImage> read_image(const std::filesystem::path& file, int least_px) {
  const auto all = contents(file);
  if (!all) return std::unexpected(all.error());
  return decode_image(std::as_bytes(std::span(*all)), least_px);
}

Image square_of(const Image& from, int side, bool mirrored) {
  const int whole = std::min(from.width, from.height);
  if (whole <= 0 || side <= 0) return {};
  side = std::min(side, whole);
  const int x0 = (from.width - whole) / 2, y0 = (from.height - whole) / 3;
  Image out{side, side, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(side) * static_cast<std::size_t>(side))};
  // Each pixel is the mean of those it stands for, whole ones: a photo made much smaller needs no finer weights.
  for (int y = 0; y < side; ++y) {
    const int top = y * whole / side, bottom = std::max(top + 1, (y + 1) * whole / side);
    for (int x = 0; x < side; ++x) {
      const int left = x * whole / side, right = std::max(left + 1, (x + 1) * whole / side);
      std::array<unsigned, 4> sum{};
      for (int v = top; v < bottom; ++v) {
        const auto* p = from.at(x0 + left, y0 + v);
        for (int u = left; u < right; ++u, p += 4)
          for (std::size_t c = 0; c < 4; ++c) sum[c] += p[c];
      }
      const auto n = static_cast<unsigned>((bottom - top) * (right - left));
      auto* to = &out.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(mirrored ? side - 1 - x : x))];
      for (std::size_t c = 0; c < 4; ++c) to[c] = static_cast<std::uint8_t>((sum[c] + n / 2) / n);
    }
  }
  return out;
}

std::string encode_jpeg(const Image& image) {
  if (image.empty()) return {};
  const Turbo turbo(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  std::string out;
  if (turbo.handle != nullptr &&
      tjCompress2(turbo.handle, image.rgba.data(), image.width, 0, image.height, TJPF_RGBA, &bytes, &size, TJSAMP_420, 88, 0) == 0)
    out.assign(reinterpret_cast<const char*>(bytes), size);
  tjFree(bytes);
  return out;
}

}  // namespace base
