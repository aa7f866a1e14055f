#include "ui/pictures.h"

#include "ui/shaped.h"

#include "ui/portrait.h"

#include <imgui_internal.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

namespace ui {
namespace {

constexpr std::int64_t most_area = 5'000'000;  // pixels kept: 20 MB
constexpr float most_enlarged = 2.0f;          // of an emoji's strike; beyond, its edges go soft
constexpr double most_ms = 5;                  // of a frame for making pictures; the last one begun may take as long again

enum class Sort : std::uint64_t { emoji, portrait, photo, icon, shadow, words };

std::uint64_t key_of(Sort sort, std::string_view name, int a, int b = 0) {
  std::uint64_t h = 1469598103934665603ull ^ static_cast<std::uint64_t>(sort);
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  h = (h ^ static_cast<std::uint64_t>(a)) * 1099511628211ull;
  return (h ^ static_cast<std::uint64_t>(b)) * 1099511628211ull;
}

// Weights of the source pixels under one target pixel, along one axis.
struct Tap {
  int first;
  std::vector<float> weights;
};
std::vector<Tap> taps(int from, int to) {
  std::vector<Tap> all;
  const float scale = static_cast<float>(from) / static_cast<float>(to);
  for (int i = 0; i < to; ++i) {
    Tap tap;
    if (scale >= 1) {
      const float a = static_cast<float>(i) * scale, b = a + scale;
      tap.first = static_cast<int>(a);
      for (int p = tap.first; p < from && static_cast<float>(p) < b; ++p)
        tap.weights.push_back(std::min(b, static_cast<float>(p + 1)) - std::max(a, static_cast<float>(p)));
    } else {
      const float centre = (static_cast<float>(i) + 0.5f) * scale - 0.5f;
      tap.first = static_cast<int>(std::floor(centre)) - 1;
      for (int p = tap.first; p < tap.first + 4; ++p) {
        const float t = std::abs(centre - static_cast<float>(p));
        tap.weights.push_back(t < 1   ? 1.5f * t * t * t - 2.5f * t * t + 1
                              : t < 2 ? -0.5f * t * t * t + 2.5f * t * t - 4 * t + 2
                                      : 0);
      }
    }
    float sum = 0;
    for (const float w : tap.weights) sum += w;
    for (float& w : tap.weights) w /= sum;
    all.push_back(std::move(tap));
  }
  return all;
}

}  // namespace

Pixels resized(const Pixels& from, int from_w, int from_h, int to_w, int to_h) {
  if (from_w == to_w && from_h == to_h) return from;
  const auto columns = taps(from_w, to_w), rows = taps(from_h, to_h);
  // Premultiplied floats in between: a transparent pixel's colour must not bleed.
  std::vector<float> across(static_cast<std::size_t>(to_w) * static_cast<std::size_t>(from_h) * 4);
  for (int y = 0; y < from_h; ++y) {
    for (int x = 0; x < to_w; ++x) {
      const Tap& tap = columns[static_cast<std::size_t>(x)];
      float sum[4] = {};
      for (std::size_t i = 0; i < tap.weights.size(); ++i) {
        const int sx = std::clamp(tap.first + static_cast<int>(i), 0, from_w - 1);
        const std::uint8_t* p =
            &from[(static_cast<std::size_t>(y) * static_cast<std::size_t>(from_w) + static_cast<std::size_t>(sx)) *
                  4];
        const float a = static_cast<float>(p[3]) * tap.weights[i];
        for (int c = 0; c < 3; ++c) sum[c] += static_cast<float>(p[c]) * a;
        sum[3] += a;
      }
      std::memcpy(
          &across[(static_cast<std::size_t>(y) * static_cast<std::size_t>(to_w) + static_cast<std::size_t>(x)) * 4],
          sum, sizeof sum);
    }
  }
  Pixels out(static_cast<std::size_t>(to_w) * static_cast<std::size_t>(to_h) * 4);
  for (int y = 0; y < to_h; ++y) {
    const Tap& tap = rows[static_cast<std::size_t>(y)];
    for (int x = 0; x < to_w; ++x) {
      float sum[4] = {};
      for (std::size_t i = 0; i < tap.weights.size(); ++i) {
        const int sy = std::clamp(tap.first + static_cast<int>(i), 0, from_h - 1);
        const float* p =
            &across[(static_cast<std::size_t>(sy) * static_cast<std::size_t>(to_w) + static_cast<std::size_t>(x)) *
                    4];
        for (int c = 0; c < 4; ++c) sum[c] += p[c] * tap.weights[i];
      }
      std::uint8_t* to =
          &out[(static_cast<std::size_t>(y) * static_cast<std::size_t>(to_w) + static_cast<std::size_t>(x)) * 4];
      const float alpha = std::max(sum[3], 0.001f);
      for (int c = 0; c < 3; ++c) to[c] = static_cast<std::uint8_t>(std::clamp(sum[c] / alpha, 0.0f, 255.0f));
      to[3] = static_cast<std::uint8_t>(std::clamp(sum[3], 0.0f, 255.0f));
    }
  }
  return out;
}

Piece Pictures::give(Stored& stored) {
  stored.last_frame = frame_;
  ImFontAtlasRect r;
  if (stored.rect < 0 || !ImGui::GetIO().Fonts->GetCustomRect(stored.rect, &r)) return {};
  return {r.uv0, r.uv1, stored.w, stored.h, true};
}

Piece Pictures::keep(std::uint64_t key, const Pixels& pixels, int w, int h) {
  Stored& stored = stored_[key];
  stored = {-1, w, h, frame_};
  if (pixels.empty() || w <= 0 || h <= 0) return {};
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  stored.rect = atlas->AddCustomRect(w, h);
  ImFontAtlasRect r;
  if (!atlas->GetCustomRect(stored.rect, &r)) return {};
  for (int y = 0; y < h; ++y)
    std::memcpy(atlas->TexData->GetPixelsAt(r.x, r.y + y),
                &pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) * 4],
                static_cast<std::size_t>(w) * 4);
  area_ += static_cast<std::int64_t>(w) * h;
  return give(stored);
}

template <class Make>
Piece Pictures::get(std::uint64_t key, Make make) {
  if (const auto known = stored_.find(key); known != stored_.end()) return give(known->second);
  if (spent_ms_ > most_ms && !at_once_) {
    put_off_ = true;
    Piece later;
    later.later = true;
    return later;
  }
  const auto begun = std::chrono::steady_clock::now();
  Pixels pixels;
  int w = 0, h = 0;
  make(pixels, w, h);
  const auto piece = keep(key, pixels, w, h);
  spent_ms_ += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
  return piece;
}

Piece Pictures::emoji(std::string_view code, int box_px) {
  if (box_px < 4) return {};
  return get(key_of(Sort::emoji, code, box_px), [&](Pixels& pixels, int& w, int& h) {
    Pixels strike;
    int strike_w = 0, strike_h = 0;
    if (!load_emoji(code, strike, strike_w, strike_h)) return;
    const float scale =
        std::min(static_cast<float>(box_px) / static_cast<float>(std::max(strike_w, strike_h)), most_enlarged);
    w = std::max(1, static_cast<int>(std::lround(static_cast<float>(strike_w) * scale)));
    h = std::max(1, static_cast<int>(std::lround(static_cast<float>(strike_h) * scale)));
    pixels = resized(strike, strike_w, strike_h, w, h);
  });
}

bool Pictures::knows_emoji(std::string_view code) {
  Pixels pixels;
  int w = 0, h = 0;
  return load_emoji(code, pixels, w, h);
}

Piece Pictures::portrait(std::string_view text, int width_px, int height_px) {
  if (width_px < 4 || height_px < 4) return {};
  return get(key_of(Sort::portrait, text, width_px, height_px), [&](Pixels& pixels, int& w, int& h) {
    pixels = draw_portrait(text, width_px, height_px);
    w = width_px;
    h = height_px;
  });
}

void Pictures::show_live(std::string_view name, int width_px, int height_px, std::span<const std::uint8_t> rgba) {
  auto& live = live_[std::string(name)];
  if (live.w != width_px || live.h != height_px) {
    for (const int rect : live.rects) wipe(rect);
    live = {width_px, height_px, {}, {-1, -1}, 0};
  }
  live.waiting.assign(rgba.begin(), rgba.end());
}

Piece Pictures::give_live(Live& live) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  if (!live.waiting.empty()) {
    live.turn ^= 1;
    int& rect = live.rects[live.turn];
    if (rect < 0) rect = atlas->AddCustomRect(live.w, live.h);
    ImFontAtlasRect r;
    if (!atlas->GetCustomRect(rect, &r)) return {};
    for (int y = 0; y < live.h; ++y)
      std::memcpy(atlas->TexData->GetPixelsAt(r.x, r.y + y), &live.waiting[4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(live.w)], 4 * static_cast<std::size_t>(live.w));
    ImFontAtlasTextureBlockQueueUpload(atlas, atlas->TexData, r.x, r.y, live.w, live.h);
    live.waiting.clear();
  }
  ImFontAtlasRect r;
  if (live.rects[live.turn] < 0 || !atlas->GetCustomRect(live.rects[live.turn], &r)) return {};
  return {r.uv0, r.uv1, live.w, live.h, true};
}

void Pictures::wipe(int rect) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontAtlasRect r;
  if (rect < 0 || !atlas->GetCustomRect(rect, &r)) return;
  for (int y = 0; y < r.h; ++y) std::memset(atlas->TexData->GetPixelsAt(r.x, r.y + y), 0, 4 * static_cast<std::size_t>(r.w));
  ImFontAtlasTextureBlockQueueUpload(atlas, atlas->TexData, r.x, r.y, r.w, r.h);
  atlas->RemoveCustomRect(rect);
}

void Pictures::forget_passing() {
  for (const auto& [name, live] : live_)
    for (const int rect : live.rects) wipe(rect);
  live_.clear();
  for (const auto key : passing_) {
    const auto stored = stored_.find(key);
    if (stored == stored_.end()) continue;
    wipe(stored->second.rect);
    area_ -= static_cast<std::int64_t>(stored->second.w) * stored->second.h;
    stored_.erase(stored);
  }
  passing_.clear();
  photos_.forget_passing();
}

Piece Pictures::photo(std::string_view path, int size_px) {
  if (size_px < 4) return {};
  if (path.starts_with("live:")) {
    const auto live = live_.find(path);
    return live == live_.end() ? Piece{} : give_live(live->second);
  }
  const auto key = key_of(Sort::photo, path, size_px);
  if (const auto known = stored_.find(key); known != stored_.end()) return give(known->second);
  Pixels pixels;
  if (photos_.ask(path, size_px, pixels) != Photos::Stand::ready) return {};
  passing_.push_back(key);
  return keep(key, pixels, size_px, size_px);
}

Piece Pictures::icon(std::string_view name, int size_px) {
  if (size_px < 4) return {};
  return get(key_of(Sort::icon, name, size_px), [&](Pixels& pixels, int& w, int& h) {
    pixels = draw_icon(name, size_px);
    w = h = size_px;
  });
}

Piece Pictures::words(std::string_view line, Weight weight, float em_px) {
  return get(key_of(Sort::words, line, static_cast<int>(std::lround(em_px * 10)), weight == Weight::bold), [&](Pixels& pixels, int& w, int& h) {
    auto drawn = draw_shaped(line, weight, em_px);
    pixels = std::move(drawn.pixels);
    w = drawn.w;
    h = drawn.h;
  });
}

Piece Pictures::shadow(int radius_px, int blur_px) {
  return get(key_of(Sort::shadow, {}, radius_px, blur_px), [&](Pixels& pixels, int& w, int& h) {
    const int side = 2 * (radius_px + 2 * blur_px) + 2;
    w = h = side;
    // A rounded square's distance through a smooth step: near enough to a Gaussian and without a blur pass.
    pixels.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 4, 255);
    const float half = static_cast<float>(side) / 2 - static_cast<float>(blur_px),
                radius = static_cast<float>(radius_px);
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        const float px = std::abs(static_cast<float>(x) + 0.5f - static_cast<float>(side) / 2) - (half - radius);
        const float py = std::abs(static_cast<float>(y) + 0.5f - static_cast<float>(side) / 2) - (half - radius);
        const float outside =
            std::hypot(std::max(px, 0.0f), std::max(py, 0.0f)) + std::min(std::max(px, py), 0.0f) - radius;
        const float t = std::clamp(0.5f - outside / (2 * static_cast<float>(blur_px)), 0.0f, 1.0f);
        pixels[(static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)) * 4 +
               3] = static_cast<std::uint8_t>(255 * t * t * (3 - 2 * t));
      }
    }
  });
}

void Pictures::make_room() {
  if (area_ < most_area) return;
  std::vector<std::pair<int, std::uint64_t>> by_age;
  for (const auto& [key, stored] : stored_)
    if (stored.last_frame < frame_ - 1) by_age.push_back({stored.last_frame, key});
  std::sort(by_age.begin(), by_age.end());
  for (const auto& [last, key] : by_age) {
    if (area_ < most_area * 2 / 3) break;
    const Stored& stored = stored_[key];
    if (std::ranges::find(passing_, key) != passing_.end()) wipe(stored.rect);
    else if (stored.rect >= 0) ImGui::GetIO().Fonts->RemoveCustomRect(stored.rect);
    area_ -= static_cast<std::int64_t>(stored.w) * stored.h;
    stored_.erase(key);
  }
}

}  // namespace ui
