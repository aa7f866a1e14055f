#include "devices/camera.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace devices {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using State = Camera::State;

constexpr std::chrono::milliseconds look_every = 100ms, again_after = 1s, file_stands = 1s;
constexpr int wide = 640, high = 480;  // asked for; a photo is 480 square
constexpr int least_seen_px = 480;     // of a picture file

// What is looked through: opened and closed on the worker.
class Source {
 public:
  virtual ~Source() = default;
  // Waits up to `patience` for the next picture. An image, none yet, or why there will be none any more.
  virtual std::expected<std::optional<base::Image>, State> next(std::chrono::milliseconds patience) = 0;
};

class Files : public Source {
 public:
  explicit Files(fs::path from) : from_(std::move(from)) {}
  std::expected<std::optional<base::Image>, State> next(std::chrono::milliseconds) override {
    const auto now = std::chrono::steady_clock::now();
    if (now < due_) return std::nullopt;
    due_ = now + file_stands;
    std::error_code error;
    std::vector<fs::path> files;
    if (fs::is_directory(from_, error)) {
      for (const auto& entry : fs::directory_iterator(from_, error)) files.push_back(entry.path());
      std::ranges::sort(files);
    } else {
      files.push_back(from_);
    }
    for (std::size_t tried = 0; tried < files.size(); ++tried)
      if (auto image = base::read_image(files[turn_++ % files.size()], least_seen_px)) return std::move(*image);
    return std::unexpected(State::absent);
  }

 private:
  const fs::path from_;
  std::size_t turn_ = 0;
  std::chrono::steady_clock::time_point due_{};
};

int control(int fd, unsigned long request, void* argument) {
  int done;
  do done = ::ioctl(fd, request, argument);
  while (done < 0 && errno == EINTR);
  return done;
}

class V4l2 : public Source {
 public:
  static std::expected<std::unique_ptr<Source>, State> open(const fs::path& device) {
    const int fd = ::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return std::unexpected(errno == EACCES || errno == EPERM ? State::denied : errno == EBUSY ? State::busy : State::absent);
    std::unique_ptr<V4l2> made(new V4l2(fd));
    if (const auto state = made->start(); state != State::live) return std::unexpected(state);
    return made;
  }
  ~V4l2() override {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    control(fd_, VIDIOC_STREAMOFF, &type);
    for (const auto& b : buffers_) ::munmap(b.data(), b.size());
    ::close(fd_);
  }

  std::expected<std::optional<base::Image>, State> next(std::chrono::milliseconds patience) override {
    pollfd wait{fd_, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(patience.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) return std::nullopt;
    v4l2_buffer b = buffer();
    if (control(fd_, VIDIOC_DQBUF, &b) < 0) {
      if (errno == EAGAIN && (wait.revents & (POLLERR | POLLHUP)) == 0) return std::nullopt;
      return std::unexpected(State::absent);  // pulled out
    }
    std::optional<base::Image> image;
    // The camera gives thirty a second; what nobody can look at is not decoded.
    const auto now = std::chrono::steady_clock::now();
    if (b.index < buffers_.size() && (b.flags & V4L2_BUF_FLAG_ERROR) == 0 && now >= due_) {
      const auto bytes = std::as_bytes(std::span(buffers_[b.index])).first(std::min<std::size_t>(b.bytesused, buffers_[b.index].size()));
      if (jpeg_) {
        if (auto decoded = base::decode_image(bytes, least_seen_px)) image = std::move(*decoded);
      } else {
        image = from_yuyv(bytes, width_, height_, stride_);
      }
      if (image) due_ = now + look_every;
    }
    if (control(fd_, VIDIOC_QBUF, &b) < 0) return std::unexpected(State::absent);
    return image;
  }

 private:
  explicit V4l2(int fd) : fd_(fd) {}

  static v4l2_buffer buffer() {
    v4l2_buffer b{};
    b.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    b.memory = V4L2_MEMORY_MMAP;
    return b;
  }

  bool take_format(std::uint32_t wanted) {
    v4l2_format f{};
    f.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    f.fmt.pix.width = wide;
    f.fmt.pix.height = high;
    f.fmt.pix.pixelformat = wanted;
    f.fmt.pix.field = V4L2_FIELD_ANY;
    errno = 0;  // what stands there afterwards is this call's
    if (control(fd_, VIDIOC_S_FMT, &f) < 0) return false;
    if (f.fmt.pix.pixelformat != wanted) return false;
    width_ = static_cast<int>(f.fmt.pix.width);
    height_ = static_cast<int>(f.fmt.pix.height);
    stride_ = std::max<std::size_t>(f.fmt.pix.bytesperline, 2 * static_cast<std::size_t>(f.fmt.pix.width));
    jpeg_ = wanted != V4L2_PIX_FMT_YUYV;
    return true;
  }

  State start() {
    v4l2_capability can{};
    if (control(fd_, VIDIOC_QUERYCAP, &can) < 0) return State::absent;
    const auto caps = (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? can.device_caps : can.capabilities;
    if ((caps & V4L2_CAP_VIDEO_CAPTURE) == 0 || (caps & V4L2_CAP_STREAMING) == 0) return State::absent;
    bool takes = false;
    for (const std::uint32_t format : {V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_JPEG}) {
      takes = take_format(format);
      if (!takes && errno == EBUSY) return State::busy;
      if (takes) break;
    }
    if (!takes) return State::unfit;
    v4l2_requestbuffers wanted{};
    wanted.count = 4;
    wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wanted.memory = V4L2_MEMORY_MMAP;
    if (control(fd_, VIDIOC_REQBUFS, &wanted) < 0) return errno == EBUSY ? State::busy : State::unfit;
    for (std::uint32_t i = 0; i < wanted.count; ++i) {
      v4l2_buffer b = buffer();
      b.index = i;
      if (control(fd_, VIDIOC_QUERYBUF, &b) < 0) return State::unfit;
      void* at = ::mmap(nullptr, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, static_cast<off_t>(b.m.offset));
      if (at == MAP_FAILED) return State::unfit;
      buffers_.emplace_back(static_cast<unsigned char*>(at), b.length);
      if (control(fd_, VIDIOC_QBUF, &b) < 0) return State::unfit;
    }
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (control(fd_, VIDIOC_STREAMON, &type) < 0) return errno == EBUSY ? State::busy : State::unfit;
    return State::live;
  }

  const int fd_;
  int width_ = 0, height_ = 0;
  std::size_t stride_ = 0;
  bool jpeg_ = false;
  std::vector<std::span<unsigned char>> buffers_;
  std::chrono::steady_clock::time_point due_{};
};

// The cameras of this machine; of a camera's several nodes only some give pictures, which opening tells.
std::vector<fs::path> cameras() {
  std::error_code error;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator("/dev", error))
    if (entry.path().filename().string().starts_with("video")) found.push_back(entry.path());
  std::ranges::sort(found, {}, [](const fs::path& p) { return std::pair(p.string().size(), p.string()); });
  return found;
}

std::expected<std::unique_ptr<Source>, State> open_source(const fs::path& from) {
  std::error_code error;
  if (!from.empty() && !fs::is_character_file(from, error)) return std::make_unique<Files>(from);
  if (!from.empty()) return V4l2::open(from);
  auto why = State::absent;
  for (const auto& device : cameras()) {
    auto opened = V4l2::open(device);
    if (opened) return opened;
    if (why == State::absent) why = opened.error();
  }
  return std::unexpected(why);
}

}  // namespace

std::optional<base::Image> from_yuyv(std::span<const std::byte> bytes, int width, int height, std::size_t stride) {
  if (width < 16 || height < 16 || width > 4096 || height > 4096 || width % 2 != 0) return std::nullopt;
  const auto row_bytes = 2 * static_cast<std::size_t>(width), rows = static_cast<std::size_t>(height);
  if (stride < row_bytes || stride > 65536 || bytes.size() < stride * (rows - 1) + row_bytes) return std::nullopt;
  base::Image image{width, height, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(width) * rows)};
  auto* to = image.rgba.data();
  const auto byte = [](int v) { return static_cast<std::uint8_t>(std::clamp(v, 0, 255)); };
  for (std::size_t y = 0; y < rows; ++y) {
    const auto* p = reinterpret_cast<const unsigned char*>(bytes.data()) + y * stride;
    for (int x = 0; x < width; x += 2, p += 4) {
      const int u = p[1] - 128, v = p[3] - 128;
      // BT.601, studio range, in 1/256.
      const int red = 409 * v + 128, green = -100 * u - 208 * v + 128, blue = 516 * u + 128;
      for (const int luma : {p[0], p[2]}) {
        const int l = 298 * (luma - 16);
        *to++ = byte((l + red) >> 8);
        *to++ = byte((l + green) >> 8);
        *to++ = byte((l + blue) >> 8);
        *to++ = 255;
      }
    }
  }
  return image;
}

class Camera::Worker {
 public:
  Worker(Camera& of, fs::path from, std::function<void()> moved) : of_(of), from_(std::move(from)), moved_(std::move(moved)), thread_([this] { run(); }) {}
  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      quit_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  void want(bool wanted) {
    const std::lock_guard lock(mutex_);
    if (wanted_ == wanted) return;
    wanted_ = wanted;
    ++turn_;
    newest_.reset();
    of_.state_ = wanted ? State::starting : State::off;
    wake_.notify_one();
  }
  std::shared_ptr<const base::Image> newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!quit_) {
      wake_.wait(lock, [&] { return quit_ || wanted_; });
      if (quit_) return;
      const auto turn = turn_;
      lock.unlock();
      const auto why = look(turn);
      lock.lock();
      if (!on(turn)) continue;
      newest_.reset();
      tell(lock, why);
      wake_.wait_for(lock, again_after, [&] { return !on(turn); });
    }
  }

  // Until nobody looks any more, or there is nothing more to see: then why.
  State look(std::uint64_t turn) {
    auto source = open_source(from_);
    while (source) {
      auto image = (*source)->next(look_every);
      std::unique_lock lock(mutex_);
      if (!on(turn)) return State::off;
      if (!image) return image.error();
      if (*image) {
        newest_ = std::make_shared<const base::Image>(std::move(**image));
        tell(lock, State::live);
      }
      wake_.wait_for(lock, *image ? 0ms : look_every / 5, [&] { return !on(turn); });
    }
    return source.error();
  }

  [[nodiscard]] bool on(std::uint64_t turn) const { return !quit_ && wanted_ && turn_ == turn; }

  void tell(std::unique_lock<std::mutex>& lock, State state) {
    const bool changed = of_.state_.exchange(state) != state;
    if (state != State::live && std::exchange(logged_, state) != state) spdlog::warn("camera: {}", state == State::denied ? "may not be opened" : state == State::busy ? "another program has it" : state == State::unfit ? "gives no format we read" : "none");
    if (state == State::live) logged_ = state;
    if (!moved_ || (state != State::live && !changed)) return;
    lock.unlock();
    moved_();
    lock.lock();
  }

  Camera& of_;
  const fs::path from_;
  const std::function<void()> moved_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::shared_ptr<const base::Image> newest_;
  bool wanted_ = false, quit_ = false;
  std::uint64_t turn_ = 0;
  State logged_ = State::off;
  std::thread thread_;  // last
};

Camera::Camera(fs::path from, std::function<void()> moved) : worker_(std::make_unique<Worker>(*this, std::move(from), std::move(moved))) {}
Camera::~Camera() = default;
void Camera::begin() { worker_->want(true); }
void Camera::end() { worker_->want(false); }
std::shared_ptr<const base::Image> Camera::newest() const { return worker_->newest(); }

}  // namespace devices
