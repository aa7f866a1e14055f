// Pictures from a stick: decoded by a process of its own, whatever it answers and however long it does not.
#include "devices/importer.h"

#include "base/confine.h"
#include "support/importer.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using base::NoImage;
using devices::import_picture;

struct Importer : testing::Test {
  fs::path folder = fs::temp_directory_path() / ("nuanzhan-importer-" + std::to_string(::getpid()));
  devices::ImportWay way = support::importer();

  void SetUp() override {
    fs::create_directories(folder);
    way.socket = folder / "socket";
    way.patience = std::chrono::seconds(60);
  }
  ~Importer() override { fs::remove_all(folder); }
  fs::path file(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }
  static std::string jpeg(int width, int height) {
    base::Image image{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(4 * width * height), 200)};
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) image.rgba[i] = static_cast<std::uint8_t>(i / 4 % static_cast<std::size_t>(width));
    return base::encode_jpeg(image);
  }
  // A program that answers so.
  void answers(const std::string& script) {
    way.program = file("answer", "#!/bin/sh\n" + script + "\n");
    ::chmod(way.program.c_str(), 0700);
  }
};

TEST_F(Importer, gives_the_same_square_as_decoding_it_here) {
  const auto at = file("photo.jpg", jpeg(640, 480));
  const auto here = base::square_of(base::read_image(at, 160).value(), 160);
  const auto there = import_picture(at, 160, way);
  ASSERT_TRUE(there);
  EXPECT_EQ(there->width, 160);
  EXPECT_EQ(there->rgba, here.rgba);
}

TEST_F(Importer, says_why_there_is_no_picture) {
  EXPECT_EQ(import_picture(folder / "none", 160, way).error(), NoImage::unreadable);
  EXPECT_EQ(import_picture(folder, 160, way).error(), NoImage::unreadable);
  EXPECT_EQ(import_picture(file("text", "not a picture"), 160, way).error(), NoImage::not_one);
  EXPECT_EQ(import_picture(file("empty", ""), 160, way).error(), NoImage::not_one);
  auto damaged = jpeg(640, 480);
  damaged.resize(damaged.size() / 2);
  (void)import_picture(file("half.jpg", damaged), 160, way);  // what can be decoded of it, or a reason: never an end
  std::ofstream large(folder / "large", std::ios::binary);
  large.seekp(static_cast<std::streamoff>(base::most_image_bytes));
  large << 'x';
  large.close();
  EXPECT_EQ(import_picture(folder / "large", 160, way).error(), NoImage::too_large);
}

TEST_F(Importer, takes_nothing_but_a_square_of_pixels_for_an_answer) {
  const auto at = file("photo.jpg", jpeg(64, 64));
  const auto refused = [&] { return import_picture(at, 32, way).error(); };
  const auto reply = [](std::uint32_t reason, std::uint32_t width, std::uint32_t height, std::size_t bytes) {
    std::string text = "printf 'NZIMPOR1";
    for (const auto n : {reason, width, height, 0u})
      for (int i = 0; i < 4; ++i) text += "\\" + [&] { char octal[5]; std::snprintf(octal, sizeof octal, "%03o", n >> 8 * i & 255); return std::string(octal); }();
    return text + "'; head -c " + std::to_string(bytes) + " /dev/zero";
  };
  answers("cat >/dev/null; exit 3");
  EXPECT_EQ(refused(), NoImage::unreadable) << "nothing";
  answers("cat >/dev/null; echo hello there, this is no answer of ours at all");
  EXPECT_EQ(refused(), NoImage::unreadable);
  answers("cat >/dev/null; " + reply(0, 33, 33, 33 * 33 * 4));
  EXPECT_EQ(refused(), NoImage::unreadable) << "more than was asked for";
  answers("cat >/dev/null; " + reply(0, 4'000'000'000u, 4'000'000'000u, 100));
  EXPECT_EQ(refused(), NoImage::unreadable);
  answers("cat >/dev/null; " + reply(0, 32, 16, 32 * 16 * 4));
  EXPECT_EQ(refused(), NoImage::unreadable) << "no square";
  answers("cat >/dev/null; " + reply(0, 32, 32, 100));
  EXPECT_EQ(refused(), NoImage::unreadable) << "cut short";
  answers("cat >/dev/null; " + reply(77, 0, 0, 0));
  EXPECT_EQ(refused(), NoImage::unreadable) << "no reason of ours";
  answers("cat >/dev/null; " + reply(0, 32, 32, 32 * 32 * 4));
  EXPECT_TRUE(import_picture(at, 32, way)) << "and this is how it is said right";
  way.program = folder / "no such program";
  EXPECT_EQ(refused(), NoImage::unreadable);
}

TEST_F(Importer, is_not_waited_for_for_ever) {
  answers("sleep 600");
  way.patience = std::chrono::milliseconds(300);
  EXPECT_EQ(import_picture(file("photo.jpg", jpeg(64, 64)), 32, way).error(), NoImage::unreadable);
}

TEST_F(Importer, the_service_is_asked_where_there_is_one) {
  const int listens = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  way.socket.native().copy(at.sun_path, sizeof at.sun_path - 1);
  ASSERT_EQ(::bind(listens, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
  ASSERT_EQ(::listen(listens, 1), 0);
  const auto program = way.program;
  std::jthread service([&] {
    const int fd = ::accept(listens, nullptr, nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      ::dup2(fd, STDIN_FILENO);
      ::dup2(fd, STDOUT_FILENO);
      ::execl(program.c_str(), "nuanzhan", "import-picture", nullptr);
      ::_exit(9);
    }
    ::close(fd);
    ::waitpid(child, nullptr, 0);
  });
  way.program = folder / "no such program";
  EXPECT_TRUE(import_picture(file("photo.jpg", jpeg(64, 64)), 32, way));
  ::close(listens);
}

}  // namespace
