// Pictures of a camera: on the glass while they are given, drawn alone, and wiped from the texture when they are forgotten.
#include "base/image.h"
#include "ui/headless.h"
#include "ui/inner.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <thread>

namespace {

using namespace ui;

constexpr std::uint8_t marked[] = {13, 200, 77, 255}, other[] = {200, 13, 77, 255};

std::vector<std::uint8_t> plain(const std::uint8_t (&colour)[4], int side = 64) {
  std::vector<std::uint8_t> all;
  for (int i = 0; i < side * side; ++i) all.insert(all.end(), std::begin(colour), std::end(colour));
  return all;
}

// Pixels of this colour anywhere in what goes to the graphics card. A photo's colours are off by a little.
int in_the_texture(Frame& frame, const std::uint8_t (&colour)[4]) {
  ImGui::SetCurrentContext(frame.inner().context);
  const auto* texture = ImGui::GetIO().Fonts->TexData;
  const auto* p = static_cast<const std::uint8_t*>(static_cast<const void*>(texture->Pixels));
  int count = 0;
  for (int i = 0; i < texture->Width * texture->Height; ++i, p += 4)
    count += std::abs(p[0] - colour[0]) < 6 && std::abs(p[1] - colour[1]) < 6 && std::abs(p[2] - colour[2]) < 6 && p[3] == 255;
  return count;
}

struct Seen : testing::Test {
  Headless page;
  std::string path = "live:camera";
  Headless::Draw shows = [this](Ui& ui) {
    Picture p;
    p.photo = path;
    ui.photo(ui.body(), p);
  };
  Frame& frame() { return page.frame(); }
};

}  // namespace

TEST_F(Seen, a_live_picture_is_in_the_texture_while_it_is_given_and_wiped_with_forgetting) {
  page.draw(shows);
  EXPECT_EQ(in_the_texture(frame(), marked), 0);
  frame().show_live("live:camera", 64, 64, plain(marked));
  page.draw(shows);
  EXPECT_EQ(in_the_texture(frame(), marked), 64 * 64);
  frame().show_live("live:camera", 64, 64, plain(other));
  page.draw(shows);
  EXPECT_GE(in_the_texture(frame(), other), 64 * 64);
  for (int i = 0; i < 50; ++i) {
    frame().show_live("live:camera", 64, 64, plain(i % 2 == 0 ? marked : other));
    page.draw(shows);
  }
  EXPECT_LE(in_the_texture(frame(), marked) + in_the_texture(frame(), other), 2 * 64 * 64) << "two places, however long she sits there";
  frame().show_live("live:camera", 48, 48, plain(marked, 48));
  page.draw(shows);
  EXPECT_EQ(in_the_texture(frame(), marked), 48 * 48);
  EXPECT_EQ(in_the_texture(frame(), other), 0);
  frame().forget_passing();
  EXPECT_EQ(in_the_texture(frame(), marked), 0);
  page.draw(shows);
  EXPECT_EQ(in_the_texture(frame(), marked), 0);
}

TEST_F(Seen, a_brought_file_and_a_photo_of_the_house_are_forgotten_and_read_again) {
  const auto folder = std::filesystem::temp_directory_path() / ("live-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "photos");
  frame().photo_folder(folder);
  for (const auto* name : {"brought.jpg", "photos/kept.jpg"})
    std::ofstream(folder / name, std::ios::binary) << base::encode_jpeg({64, 64, plain(name[0] == 'b' ? marked : other)});
  const auto comes = [&](const std::string& what, const std::uint8_t (&colour)[4]) {
    path = what;
    for (int i = 0; i < 300 && in_the_texture(frame(), colour) == 0; ++i) {
      page.draw(shows);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return in_the_texture(frame(), colour) > 0;
  };
  EXPECT_TRUE(comes((folder / "brought.jpg").string(), marked));
  EXPECT_TRUE(comes("photos/kept.jpg", other));
  frame().forget_passing();
  EXPECT_EQ(in_the_texture(frame(), marked), 0);
  EXPECT_EQ(in_the_texture(frame(), other), 0) << "whose face it is was this session's affair";
  EXPECT_TRUE(comes((folder / "brought.jpg").string(), marked)) << "asked for again it is read again";
  EXPECT_TRUE(comes("photos/kept.jpg", other));
  std::filesystem::remove_all(folder);
}
