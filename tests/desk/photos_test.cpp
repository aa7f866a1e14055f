// The photo screens: sound whatever the camera and the sticks give, and nothing is taken without consent.
#include "app/at_the_kiosk.h"
#include "support/importer.h"
#include "ui/checks.h"
#include "village/photos.h"

#include <array>
#include <atomic>
#include <fstream>
#include <thread>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct AtThePhoto : given::AtTheKiosk, ::testing::Test {
  std::shared_ptr<app::Camera> camera;
  fs::path brought;
  std::atomic<int> thumbnails = 0;  // asked of the importer

  AtThePhoto() {
    brought = folder / "brought";
    fs::create_directories(brought);
    frame.photo_folder(folder);
    frame.outside_photos([this](const fs::path& file, int side) -> std::optional<base::Image> {
      ++thumbnails;
      auto image = devices::import_picture(file, side, support::importer());
      return image ? std::optional(std::move(*image)) : std::nullopt;
    });
    camera = std::make_shared<app::Camera>(workers, brought / "seen.jpg", std::vector{brought}, support::importer());
    kiosk->use_camera(camera);
    kiosk->become({.person = {}, .known = {}, .staff = clerk, .role = store::Role::clerk});
  }
  static std::string picture(std::uint8_t grey, int w = 640, int h = 480) {
    return base::encode_jpeg({w, h, std::vector<std::uint8_t>(4 * static_cast<std::size_t>(w) * static_cast<std::size_t>(h), grey)});
  }
  void bring(const std::string& name, const std::string& contents) const { std::ofstream(brought / name, std::ios::binary) << contents; }
  void agrees(village::PersonId p) { act(a_clerk(), [&](store::Act& a) { return village::record_consent(a, p, "photo", village::photo_consent_version, true); }).value(); }
  // Draws until it is there, three seconds at most.
  template <class F>
  bool until(F there) {
    for (int i = 0; i < 150; ++i) {
      workers.take();
      (void)draw();
      if (there()) return true;
      now += 60;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  }
  bool sees(const std::string& id) {
    return until([&] { return see(id) != nullptr; });
  }
  bool comes_to(const std::string& screen) {
    return until([&] { return kiosk->screen_key() == screen && !kiosk->busy(); });
  }
  [[nodiscard]] std::vector<fs::path> kept() const {
    std::vector<fs::path> all;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder / "photos", none)) all.push_back(entry.path());
    return all;
  }
  [[nodiscard]] std::string photo_of(village::PersonId p) { return village::person(as(a_clerk()), p)->photo; }
};

}  // namespace

TEST_F(AtThePhoto, is_asked_for_first_taken_looked_at_and_kept) {
  bring("seen.jpg", picture(90));
  kiosk->open("desk/photo", wang.text());
  kiosk->touch("take");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo_consent") << "the camera stays off until she has said yes";
  EXPECT_FALSE(village::consent_version(as(a_clerk()), wang, "photo"));
  kiosk->touch("yes");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo_take");
  EXPECT_TRUE(village::consent_version(as(a_clerk()), wang, "photo"));
  ASSERT_TRUE(sees("shoot"));
  kiosk->touch("shoot");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo_keep");
  EXPECT_TRUE(kept().empty()) << "nothing is on the disk before it is kept";
  kiosk->touch("again");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo_take");
  ASSERT_TRUE(sees("shoot"));
  kiosk->touch("shoot");
  ASSERT_TRUE(sees("keep"));
  kiosk->touch("keep");
  ASSERT_TRUE(comes_to("desk/photo"));
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_EQ(folder / photo_of(wang), kept()[0]);
  const auto image = base::read_image(kept()[0]);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->width, 480);
  EXPECT_EQ(image->height, 480);
  EXPECT_NEAR(image->at(240, 20)[0], 90, 3) << "without the oval that only guides";
  // Another one replaces it, and the first is off the disk.
  const auto first = kept()[0];
  kiosk->touch("take");
  ASSERT_TRUE(sees("shoot")) << "once asked is enough";
  kiosk->touch("shoot");
  ASSERT_TRUE(sees("keep"));
  kiosk->touch("keep");
  ASSERT_TRUE(comes_to("desk/photo"));
  ASSERT_EQ(kept().size(), 1u);
  EXPECT_NE(kept()[0], first);
}

TEST_F(AtThePhoto, no_to_the_question_leaves_all_as_it_was) {
  kiosk->open("desk/photo", hu.text());
  kiosk->touch("file");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo_consent");
  kiosk->touch("no");
  EXPECT_EQ(kiosk->screen_key(), "desk/photo");
  EXPECT_FALSE(village::consent_version(as(a_clerk()), hu, "photo"));
  kiosk->touch("file");
  kiosk->touch("yes");
  EXPECT_EQ(kiosk->screen_key(), "desk/photo_file") << "on to what was asked for";
}

TEST_F(AtThePhoto, a_picture_from_a_stick_is_chosen_and_a_wrong_one_is_said) {
  agrees(wang);
  bring("a good one.JPG", picture(120, 900, 1200));
  bring("no picture.png", "hello");
  bring("notes.txt", "not offered");
  fs::create_directories(brought / "DCIM/100CANON");
  bring("DCIM/100CANON/IMG_1.jpeg", picture(60));
  kiosk->open("desk/photo_file", wang.text());
  ASSERT_TRUE(sees("file:2"));
  EXPECT_EQ(see("file:3"), nullptr);
  EXPECT_TRUE(until([&] { return thumbnails >= 3; })) << "what others brought is decoded outside, its thumbnails too";
  // The newest first.
  const std::array<std::string, 3> are{"there", "not_one", "there"};
  for (std::size_t i = 0; i < are.size(); ++i) {
    kiosk->touch("file:" + std::to_string(i));
    ASSERT_EQ(kiosk->screen_key(), "desk/photo_keep");
    ASSERT_TRUE(until([&] { return camera->taken() != "reading"; }));
    (void)draw();
    EXPECT_EQ(camera->taken(), are[i]);
    EXPECT_EQ(see("keep") != nullptr, are[i] == "there");
    if (i < 2) kiosk->touch("again");
  }
  kiosk->touch("keep");
  ASSERT_TRUE(comes_to("desk/photo"));
  EXPECT_EQ(kept().size(), 1u);
  EXPECT_EQ(base::read_image(kept()[0])->width, 480);
}

TEST_F(AtThePhoto, a_deed_that_was_not_committed_leaves_no_file) {
  agrees(wang);
  bring("a.jpg", picture(90));
  kiosk->open("desk/photo_file", wang.text());
  ASSERT_TRUE(sees("file:0"));
  kiosk->touch("file:0");
  ASSERT_TRUE(sees("keep"));
  // While the worker writes, the site's photos are switched off by somebody else.
  kiosk->touch("keep");
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.photos", "0", true); }).value();
  ASSERT_TRUE(until([&] { return !kiosk->busy(); }));
  EXPECT_TRUE(kept().empty());
  EXPECT_EQ(photo_of(wang), "");
  EXPECT_EQ(kiosk->screen_key(), "desk/photo_keep");
}

TEST_F(AtThePhoto, the_session_that_ends_while_it_is_written_leaves_no_file) {
  agrees(wang);
  bring("a.jpg", picture(90));
  kiosk->open("desk/photo_file", wang.text());
  ASSERT_TRUE(sees("file:0"));
  kiosk->touch("file:0");
  ASSERT_TRUE(sees("keep"));
  kiosk->touch("keep");
  kiosk->go_home(true);
  EXPECT_TRUE(until([&] { return kept().empty() && !kiosk->busy(); }));
  std::this_thread::sleep_for(100ms);
  (void)until([&] { return kept().empty(); });
  EXPECT_TRUE(kept().empty());
  EXPECT_EQ(photo_of(wang), "");
}

TEST_F(AtThePhoto, nothing_of_what_was_seen_is_left_when_the_photo_screens_are_left) {
  agrees(wang);
  bring("seen.jpg", picture(90));
  kiosk->open("desk/photo", wang.text());
  kiosk->touch("take");
  ASSERT_TRUE(sees("shoot"));
  kiosk->touch("shoot");
  ASSERT_TRUE(sees("keep"));
  ASSERT_NE(camera->picture(), nullptr);
  const std::weak_ptr<const base::Image> taken = camera->picture();
  kiosk->open("desk/person", wang.text());
  (void)draw();
  EXPECT_EQ(camera->picture(), nullptr);
  EXPECT_EQ(camera->taken(), "");
  EXPECT_TRUE(taken.expired());
  EXPECT_TRUE(camera->files().empty());
  EXPECT_EQ(camera->not_seen(), "starting") << "it is off";
}

TEST_F(AtThePhoto, without_a_camera_the_way_on_is_said) {
  agrees(wang);
  kiosk->open("desk/photo_take", wang.text());
  ASSERT_TRUE(until([&] { return camera->not_seen() == "absent"; }));
  (void)draw();
  EXPECT_EQ(see("shoot"), nullptr);
  EXPECT_NE(see("file"), nullptr);
  kiosk->touch("file");
  EXPECT_EQ(kiosk->screen_key(), "desk/photo_file");
}

TEST_F(AtThePhoto, a_drawn_portrait_takes_the_photo_away_and_needs_no_consent) {
  kiosk->open("desk/photo", shan.text());
  kiosk->touch("drawn");
  kiosk->touch("portrait:1");
  ASSERT_EQ(kiosk->screen_key(), "desk/photo");
  EXPECT_TRUE(village::face(as(a_clerk()), shan)->portrait.starts_with("v1:"));
  agrees(wang);
  bring("a.jpg", picture(90));
  kiosk->open("desk/photo", wang.text());
  kiosk->touch("file");
  ASSERT_TRUE(sees("file:0"));
  kiosk->touch("file:0");
  ASSERT_TRUE(sees("keep"));
  kiosk->touch("keep");
  ASSERT_TRUE(comes_to("desk/photo"));
  ASSERT_EQ(kept().size(), 1u);
  kiosk->touch("drawn");
  kiosk->touch("portrait:2");
  EXPECT_EQ(photo_of(wang), "");
  EXPECT_TRUE(kept().empty());
}

TEST_F(AtThePhoto, where_photos_are_off_only_a_drawing_is_offered) {
  agrees(wang);
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.photos", "0", true); }).value();
  kiosk->open("desk/photo", wang.text());
  (void)draw();
  EXPECT_EQ(see("take"), nullptr);
  EXPECT_EQ(see("file"), nullptr);
  EXPECT_NE(see("drawn"), nullptr);
  kiosk->open("desk/photo_take", wang.text());
  (void)draw();
  EXPECT_EQ(see("shoot"), nullptr);
}

TEST_F(AtThePhoto, a_volunteer_is_not_offered_it) {
  kiosk->become({.person = {}, .known = {}, .staff = volunteer, .role = store::Role::volunteer});
  kiosk->open("desk/person_more", wang.text());
  settle();
  EXPECT_EQ(see("photo"), nullptr);
  kiosk->open("desk/photo", wang.text());
  EXPECT_EQ(kiosk->screen_key(), "desk/person_more");
}

TEST_F(AtThePhoto, whatever_the_camera_and_the_sticks_give_it_is_sound_at_every_glass) {
  agrees(wang);
  std::map<std::string, std::unique_ptr<ui::Frame>> frames;
  std::set<std::string> said;
  const auto look_at_it = [&](const std::string& state) {
    for (const auto* language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f})
        for (const auto& named : ui::reference_glasses()) {
          auto& on = frames[std::string(named.name)];
          if (!on) on = std::make_unique<ui::Frame>();
          kiosk->set_language(language);
          kiosk->set_sight(scale, false);
          for (int i = 0; i < 2; ++i) (void)kiosk->draw(*on, named.glass, {}, now);
          ui::Look look;
          look.staff = true;
          look.text_scale = scale;
          for (const auto& defect : ui::defects(on->outline(), named.glass, look))
            if (said.insert(state + defect).second) ADD_FAILURE() << state << " " << named.name << " " << language << " x" << scale << ": " << defect;
        }
  };
  kiosk->open("desk/photo_take", wang.text());
  look_at_it("the camera is starting");
  ASSERT_TRUE(until([&] { return camera->not_seen() == "absent"; }));
  look_at_it("no camera");
  kiosk->open("desk/photo_file", wang.text());
  look_at_it("looking for pictures");
  ASSERT_TRUE(until([&] { return camera->looked(); }));
  look_at_it("no pictures");
  bring("wrong.jpg", "no picture");
  kiosk->touch("look");
  ASSERT_TRUE(sees("file:0"));
  kiosk->touch("file:0");
  look_at_it("being read");
  ASSERT_TRUE(until([&] { return camera->taken() == "not_one"; }));
  look_at_it("no picture");
  fs::resize_file(brought / "wrong.jpg", base::most_image_bytes + 1);
  kiosk->touch("again");
  kiosk->touch("file:0");
  ASSERT_TRUE(until([&] { return camera->taken() == "too_large"; }));
  look_at_it("too large");
  fs::remove(brought / "wrong.jpg");
  kiosk->touch("again");
  kiosk->touch("file:0");
  ASSERT_TRUE(until([&] { return camera->taken() == "unreadable"; }));
  look_at_it("pulled out");
  kiosk->open("desk/photo_consent", hu.text() + "@take");
  look_at_it("a child's consent");
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.photos", "0", true); }).value();
  kiosk->open("desk/photo", wang.text());
  look_at_it("photos off");
  kiosk->open("desk/photo_take", wang.text());
  look_at_it("photos off, camera asked for");
  kiosk->open("desk/photo", "nobody");
  look_at_it("nobody");
}
