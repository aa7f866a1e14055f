#include "ui/photos.h"

#include "ui/pictures.h"

#include <cairo.h>

namespace ui {

std::vector<std::uint8_t> read_photo(const std::string& path, int size_px) {
  cairo_surface_t* surface = cairo_image_surface_create_from_png(path.c_str());
  std::vector<std::uint8_t> out;
  const int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
  const auto format = cairo_image_surface_get_format(surface);
  if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && w > 0 && h > 0 &&
      (format == CAIRO_FORMAT_ARGB32 || format == CAIRO_FORMAT_RGB24)) {
    const int side = std::min(w, h), x0 = (w - side) / 2, y0 = (h - side) / 3;  // faces sit above the middle
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    Pixels square(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 4);
    for (int y = 0; y < side; ++y) {
      const unsigned char* row =
          data + static_cast<std::ptrdiff_t>(y0 + y) * stride + static_cast<std::ptrdiff_t>(x0) * 4;
      for (int x = 0; x < side; ++x, row += 4) {
        std::uint8_t* to =
            &square[(static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)) *
                    4];
        to[0] = row[2], to[1] = row[1], to[2] = row[0], to[3] = 255;
      }
    }
    out = resized(square, side, side, size_px, size_px);
  }
  cairo_surface_destroy(surface);
  return out;
}

Photos::~Photos() {
  if (worker_.joinable()) {
    worker_.request_stop();
    news_.notify_all();
  }
}

Photos::Stand Photos::ask(std::string_view path, int size_px, std::vector<std::uint8_t>& out) {
  const std::lock_guard lock(guard_);
  const auto key = std::pair{std::string(path), size_px};
  const auto job = jobs_.find(key);
  if (job == jobs_.end()) {
    jobs_[key];
    queue_.push_back(key);
    if (!worker_.joinable()) worker_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    news_.notify_one();
    return Stand::waiting;
  }
  if (job->second.stand != Stand::ready) return job->second.stand;
  out = std::move(job->second.pixels);
  jobs_.erase(job);
  return Stand::ready;
}

void Photos::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::pair<std::string, int> next;
    {
      std::unique_lock lock(guard_);
      if (!news_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
      next = queue_.front();
      queue_.pop_front();
    }
    auto pixels = read_photo(next.first, next.second);
    {
      const std::lock_guard lock(guard_);
      Job& job = jobs_[next];
      job.stand = pixels.empty() ? Stand::unreadable : Stand::ready;
      job.pixels = std::move(pixels);
    }
    if (wake_) wake_();
  }
}

}  // namespace ui
