// A camera, without one: picture files are seen instead; and what frames of a real one mean.
#include "devices/camera.h"

#include "within.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <atomic>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using devices::Camera;
using State = Camera::State;

base::Image plain(int w, int h, std::uint8_t grey) {
  base::Image image{w, h, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(w) * static_cast<std::size_t>(h), grey)};
  return image;
}

struct Folder {
  fs::path path;
  Folder() {
    auto name = (fs::temp_directory_path() / "camera-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path picture(const std::string& name, std::uint8_t grey) const {
    std::ofstream(path / name, std::ios::binary) << base::encode_jpeg(plain(64, 48, grey));
    return path / name;
  }
};

}  // namespace

TEST(Camera, sees_a_file_only_while_somebody_looks_and_remembers_nothing) {
  const Folder f;
  std::atomic<int> moved{0};
  Camera camera(f.picture("a.jpg", 100), [&] { ++moved; });
  std::this_thread::sleep_for(30ms);
  EXPECT_EQ(camera.state(), State::off);
  EXPECT_EQ(camera.newest(), nullptr);
  EXPECT_EQ(moved, 0);
  camera.begin();
  ASSERT_TRUE(within(3s, [&] { return camera.state() == State::live; }));
  ASSERT_NE(camera.newest(), nullptr);
  EXPECT_EQ(camera.newest()->width, 64);
  EXPECT_NEAR(camera.newest()->at(10, 10)[0], 100, 3);
  EXPECT_TRUE(within(1s, [&] { return moved > 0; }));
  camera.end();
  EXPECT_EQ(camera.state(), State::off);
  EXPECT_EQ(camera.newest(), nullptr);
  const int before = moved;
  std::this_thread::sleep_for(1200ms);
  EXPECT_LE(moved, before + 1) << "nothing is drawn for a camera that is off";
  EXPECT_EQ(camera.newest(), nullptr);
}

TEST(Camera, sees_the_pictures_of_a_folder_in_turn_and_passes_by_what_is_none) {
  const Folder f;
  f.picture("1.jpg", 50);
  std::ofstream(f.path / "2.jpg") << "no picture";
  f.picture("3.jpg", 200);
  Camera camera(f.path);
  camera.begin();
  const auto sees = [&](int grey) {
    return within(4s, [&] {
      const auto newest = camera.newest();
      return newest && std::abs(newest->at(10, 10)[0] - grey) < 5;
    });
  };
  EXPECT_TRUE(sees(50));
  EXPECT_TRUE(sees(200));
  EXPECT_TRUE(sees(50));
}

TEST(Camera, that_is_not_there_is_said_and_found_when_it_comes) {
  const Folder f;
  Camera camera(f.path / "later.jpg");
  camera.begin();
  ASSERT_TRUE(within(3s, [&] { return camera.state() == State::absent; }));
  f.picture("later.jpg", 80);
  EXPECT_TRUE(within(5s, [&] { return camera.state() == State::live; }));
  fs::remove(f.path / "later.jpg");
  EXPECT_TRUE(within(5s, [&] { return camera.state() == State::absent; }));
  EXPECT_EQ(camera.newest(), nullptr) << "nobody is taken for who was seen before";
}

TEST(Camera, a_device_that_is_no_camera_is_not_opened_as_one) {
  Camera camera("/dev/null");
  camera.begin();
  EXPECT_TRUE(within(3s, [&] { return camera.state() == State::absent; }));
}

TEST(Camera, no_call_waits_and_it_ends_in_the_middle_of_anything) {
  const Folder f;
  f.picture("a.jpg", 100);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) {
    Camera camera(f.path / (i % 2 == 0 ? "a.jpg" : "none.jpg"));
    camera.begin();
    if (i % 3 == 0) camera.end();
    if (i % 5 == 0) camera.begin();
    (void)camera.newest();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s);
}

TEST(Camera, of_this_machine_gives_pictures) {
  if (!fs::exists("/dev/video0")) GTEST_SKIP() << "no camera here (/dev/video0)";
  Camera camera;
  camera.begin();
  ASSERT_TRUE(within(10s, [&] { return camera.state() != State::starting; }));
  if (camera.state() != State::live) GTEST_SKIP() << "the camera here cannot be opened: state " << static_cast<int>(camera.state());
  EXPECT_GE(camera.newest()->width, 16);
}

TEST(Yuyv, greys_and_colours_are_what_they_are) {
  const auto pair = [](int y1, int u, int y2, int v) {
    std::string two;
    for (const int b : {y1, u, y2, v}) two += static_cast<char>(b);
    return two;
  };
  const auto frame = [](const std::string& two, int w, int h, std::size_t stride) {
    std::string all;
    for (int y = 0; y < h; ++y) {
      std::string row;
      for (int x = 0; x < w; x += 2) row += two;
      row.resize(stride, '\x7f');
      all += row;
    }
    return all;
  };
  const auto colour = [&](const std::string& two) {
    const auto bytes = frame(two, 16, 16, 40);
    const auto image = devices::from_yuyv(std::as_bytes(std::span(bytes)), 16, 16, 40);
    EXPECT_TRUE(image);
    const auto* p = image->at(15, 15);
    return std::array<int, 3>{p[0], p[1], p[2]};
  };
  EXPECT_EQ(colour(pair(16, 128, 16, 128)), (std::array{0, 0, 0}));
  EXPECT_EQ(colour(pair(235, 128, 235, 128)), (std::array{255, 255, 255}));
  const auto red = colour(pair(82, 90, 82, 240));
  EXPECT_GT(red[0], 245);
  EXPECT_LT(red[1] + red[2], 20);
  // Left and right of a pair are two pixels.
  const auto both = frame(pair(16, 128, 235, 128), 16, 16, 32);
  const auto image = devices::from_yuyv(std::as_bytes(std::span(both)), 16, 16, 32);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->at(0, 0)[0], 0);
  EXPECT_EQ(image->at(1, 0)[0], 255);
}

TEST(Yuyv, a_frame_shorter_than_it_says_or_of_mad_size_is_no_picture) {
  const std::string bytes(640 * 480 * 2, '\x80');
  const auto all = std::as_bytes(std::span(bytes));
  EXPECT_TRUE(devices::from_yuyv(all, 640, 480, 1280));
  EXPECT_FALSE(devices::from_yuyv(all.first(all.size() - 1), 640, 480, 1280));
  EXPECT_FALSE(devices::from_yuyv(all, 640, 480, 1278));
  EXPECT_FALSE(devices::from_yuyv(all, 640, 481, 1280));
  EXPECT_FALSE(devices::from_yuyv(all, 0, 480, 1280));
  EXPECT_FALSE(devices::from_yuyv(all, -2, 480, 1280));
  EXPECT_FALSE(devices::from_yuyv(all, 100'000, 2, 200'000));
  EXPECT_FALSE(devices::from_yuyv({}, 640, 480, 1280));
}
