#include "app/camera.h"

#include <algorithm>
#include <atomic>
#include <cctype>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr int live_px = 320, photo_px = 480;  // on the glass, and kept
constexpr std::size_t most_files = 200, most_looked_at = 5000;

bool is_picture(const fs::path& file) {
  auto ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return (ending == ".jpg" || ending == ".jpeg" || ending == ".png") && !file.filename().string().starts_with('.');
}

// Two folders deep: a camera's own card keeps its pictures in DCIM/100CANON.
std::vector<std::string> pictures_below(const std::vector<fs::path>& places) {
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::size_t looked_at = 0;
  for (const auto& place : places) {
    std::error_code error;
    fs::recursive_directory_iterator at(place, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && at != end && looked_at < most_looked_at; at.increment(error), ++looked_at) {
      std::error_code unknown;
      if (at.depth() >= 3) at.disable_recursion_pending();
      if (!at->is_regular_file(unknown) || !is_picture(at->path())) continue;
      const auto when = at->last_write_time(unknown);
      if (!unknown) found.emplace_back(when, at->path().string());
    }
  }
  std::ranges::sort(found, std::greater{});
  std::vector<std::string> files;
  for (auto& [when, file] : found) {
    if (files.size() == most_files) break;
    if (std::ranges::find(files, file) == files.end()) files.push_back(std::move(file));
  }
  return files;
}

// Where the face belongs: the rest is dimmed, and a light line goes round. The oval stands a little above the middle.
void draw_guide(base::Image& image) {
  const auto side = static_cast<float>(image.width), cx = side / 2, cy = side * 0.48f, rx = side * 0.31f, ry = side * 0.41f;
  auto* p = image.rgba.data();
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x, p += 4) {
      const float dx = (static_cast<float>(x) - cx) / rx, dy = (static_cast<float>(y) - cy) / ry, out = dx * dx + dy * dy;
      if (out < 1) continue;
      const bool line = out < 1.07f;
      for (int c = 0; c < 3; ++c) p[c] = line ? 255 : static_cast<std::uint8_t>(p[c] * 6 / 10);
    }
}

std::string name_of(base::NoImage why) {
  switch (why) {
    case base::NoImage::unreadable: return "unreadable";
    case base::NoImage::not_one: return "not_one";
    case base::NoImage::too_large: return "too_large";
  }
  return "unreadable";
}

}  // namespace

namespace {

// What other threads tell the loop: at most one note is on its way, however slowly frames are drawn.
std::function<void()> note_to(Workers& workers) {
  return [&workers, told = std::make_shared<std::atomic<bool>>(false)] {
    if (told->exchange(true)) return;
    workers.post([told] { *told = false; });  // whatever is posted is drawn after
  };
}

}  // namespace

Camera::Camera(Workers& workers, fs::path from, std::vector<fs::path> places, devices::ImportWay importer)
    : places_(std::move(places)), importer_(std::move(importer)), files_worker_(note_to(workers)), device_(std::make_unique<devices::Camera>(std::move(from), note_to(workers))) {}

void Camera::at(std::string_view screen) {
  files_worker_.take();
  if (!screen.starts_with("desk/photo")) {
    if (seen_) forget();
    return;
  }
  seen_ = true;
  const bool on = screen == "desk/photo_take";
  if (std::exchange(on_, on) != on) {
    seen_now_.reset();
    on ? device_->begin() : device_->end();
  }
  if (on) seen_now_ = device_->newest();
}

void Camera::show(ui::Frame& frame) {
  if (std::exchange(to_wipe_, false)) frame.forget_passing();
  if (seen_now_ && std::exchange(live_given_, seen_now_) != seen_now_) {
    auto live = base::square_of(*seen_now_, live_px, true);
    draw_guide(live);
    frame.show_live(parts::live_picture, live.width, live.height, live.rgba);
  }
  if (picture_ && std::exchange(picture_given_, picture_) != picture_) frame.show_live(parts::taken_picture, picture_->width, picture_->height, picture_->rgba);
}

void Camera::forget() {
  ++turn_;
  to_wipe_ = to_wipe_ || seen_;
  seen_ = on_ = looked_ = false;
  device_->end();
  seen_now_.reset();
  live_given_.reset();
  picture_.reset();
  picture_given_.reset();
  taken_.clear();
  files_.clear();
}

std::string Camera::not_seen() const {
  using State = devices::Camera::State;
  switch (device_->state()) {
    case State::live: return seen_now_ ? "" : "starting";
    case State::absent: return "absent";
    case State::denied: return "denied";
    case State::busy: return "busy";
    case State::unfit: return "unfit";
    case State::off:
    case State::starting: break;
  }
  return "starting";
}

bool Camera::take() {
  // What she saw when she touched, not what came since.
  if (!on_ || !seen_now_) return false;
  picture_ = std::make_shared<const base::Image>(base::square_of(*seen_now_, photo_px));
  taken_ = "there";
  return true;
}

void Camera::look_for_files() {
  looked_ = false;
  files_.clear();
  auto found = std::make_shared<std::vector<std::string>>();
  files_worker_.start([found, places = places_] { *found = pictures_below(places); },
                      [this, found, turn = turn_] {
                        if (turn_ != turn) return;
                        files_ = std::move(*found);
                        looked_ = true;
                      });
}

void Camera::pick(std::size_t file) {
  picture_.reset();
  taken_ = file < files_.size() ? "reading" : "unreadable";
  if (file >= files_.size()) return;
  auto read = std::make_shared<std::expected<base::Image, base::NoImage>>(std::unexpected(base::NoImage::unreadable));
  files_worker_.start(
      [read, path = files_[file], importer = importer_] { *read = devices::import_picture(path, photo_px, importer); },
      [this, read, turn = ++turn_] {
        if (turn_ != turn) return;
        taken_ = *read ? "there" : name_of(read->error());
        if (*read) picture_ = std::make_shared<const base::Image>(std::move(**read));
      });
}

std::optional<base::Image> decoded_outside(const fs::path& file, int side) {
  auto image = devices::import_picture(file, side);
  return image ? std::optional(std::move(*image)) : std::nullopt;
}

std::vector<fs::path> photo_places(const fs::path& data) { return {fs::absolute(data / "inbox"), "/media", "/run/media", "/mnt"}; }

}  // namespace app
