#include "ui/photos.h"

#include "ui/pictures.h"

#include <algorithm>

namespace ui {

std::vector<std::uint8_t> read_photo(const std::string& path, int size_px) {
  const auto image = base::read_image(path, size_px);
  if (!image) return {};
  const auto square = base::square_of(*image, std::min(image->width, image->height));
  return resized(square.rgba, square.width, square.height, size_px, size_px);
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

void Photos::forget_passing() {
  const std::lock_guard lock(guard_);
  jobs_.clear();
  queue_.clear();
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
    std::vector<std::uint8_t> pixels;
    if (outside_ && next.first.starts_with('/')) {
      if (const auto square = outside_(next.first, next.second)) pixels = resized(square->rgba, square->width, square->height, next.second, next.second);
    } else {
      pixels = read_photo((folder_ / next.first).string(), next.second);
    }
    {
      const std::lock_guard lock(guard_);
      const auto job = jobs_.find(next);
      if (job == jobs_.end()) continue;  // nobody wants it any more
      job->second.stand = pixels.empty() ? Stand::unreadable : Stand::ready;
      job->second.pixels = std::move(pixels);
    }
    if (wake_) wake_();
  }
}

}  // namespace ui
