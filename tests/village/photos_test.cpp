// Own photos: files that are there before their fact, gone without it, kept only with consent, and never where photos are off.
#include "village/photos.h"

#include "given.h"

#include <fstream>

namespace {

namespace fs = std::filesystem;
using village::PhotoRefusal;

struct Photos : given::Shanwan, ::testing::Test {
  const std::string jpeg = "\xff\xd8\xff as if it were one";
  [[nodiscard]] std::size_t files() const {
    std::error_code none;
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder / "photos", none), fs::directory_iterator()));
  }
  void agrees(village::PersonId p) { act(a_clerk(), [&](store::Act& a) { return village::record_consent(a, p, "photo", village::photo_consent_version, true); }).value(); }
  auto set(const store::Viewer& viewer, village::PersonId p, const std::string& path) { return act(viewer, [&](store::Act& a) { return village::set_photo(a, p, path); }); }
  void off(bool here_only = true) { act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.photos", "0", here_only); }).value(); }
};

}  // namespace

TEST_F(Photos, are_named_by_nothing_personal_and_go_unless_they_are_kept) {
  std::string path;
  {
    village::NewPhoto photo(folder, jpeg);
    path = photo.path();
    EXPECT_TRUE(path.starts_with("photos/") && path.ends_with(".jpg") && path.size() == 7 + 36 + 4) << path;
    std::ifstream in(folder / path, std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), jpeg);
    EXPECT_EQ(files(), 1u) << "and nothing half written beside it";
  }
  EXPECT_EQ(files(), 0u);
  {
    village::NewPhoto photo(folder, jpeg);
    photo.keep();
    EXPECT_NE(photo.path(), path);
  }
  EXPECT_EQ(files(), 1u);
}

TEST_F(Photos, that_cannot_be_written_are_said_and_leave_nothing) {
  std::ofstream(folder / "photos") << "a file where the folder should be";
  EXPECT_THROW(village::NewPhoto(folder, jpeg), std::system_error);
}

TEST_F(Photos, are_kept_with_consent_alone_by_who_may_change_the_entry) {
  village::NewPhoto photo(folder, jpeg);
  EXPECT_EQ(set(a_clerk(), wang, photo.path()).error(), PhotoRefusal::photo_no_consent);
  agrees(wang);
  EXPECT_EQ(set(a_volunteer(), wang, photo.path()).error(), PhotoRefusal::no_right);
  EXPECT_EQ(set(resident(wang, store::Known::card), wang, photo.path()).error(), PhotoRefusal::no_right);
  EXPECT_EQ(set(a_clerk(), village::PersonId{base::id_of("nobody")}, photo.path()).error(), PhotoRefusal::unknown);
  for (const auto* path : {"", "photos/a.jpg", "../nuanzhan.db", "/etc/passwd", "photos/../nuanzhan.db"}) EXPECT_EQ(set(a_clerk(), wang, path).error(), PhotoRefusal::unknown) << path;
  EXPECT_TRUE(set(a_clerk(), wang, photo.path()));
  EXPECT_EQ(village::person(as(a_clerk()), wang)->photo, photo.path());
  EXPECT_EQ(village::face(as(nobody()), wang)->photo, photo.path());
}

TEST_F(Photos, give_way_to_a_drawn_portrait_without_asking) {
  agrees(wang);
  village::NewPhoto photo(folder, jpeg);
  set(a_clerk(), wang, photo.path()).value();
  photo.keep();
  EXPECT_EQ(act(a_volunteer(), [&](store::Act& a) { return village::set_portrait(a, wang, "v1:x:f:78"); }).error(), PhotoRefusal::no_right);
  EXPECT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_portrait(a, wang, "v1:x:f:78"); }));
  EXPECT_EQ(village::person(as(a_clerk()), wang)->photo, "");
  EXPECT_EQ(village::face(as(a_clerk()), wang)->portrait, "v1:x:f:78");
  village::drop_photo(folder, photo.path());
  EXPECT_EQ(files(), 0u);
}

TEST_F(Photos, are_shown_to_nobody_and_taken_of_nobody_where_the_site_has_them_off) {
  agrees(wang);
  village::NewPhoto photo(folder, jpeg);
  set(a_clerk(), wang, photo.path()).value();
  off();
  EXPECT_FALSE(village::shows_photos(as(nobody())));
  EXPECT_EQ(village::face(as(nobody()), wang)->photo, "");
  EXPECT_EQ(village::face(as(a_manager()), wang)->photo, "") << "staff too";
  EXPECT_EQ(village::face(as(resident(wang)), wang)->photo, "");
  for (const auto& f : village::faces(as(a_clerk()), centre, first, 0, 50)) EXPECT_EQ(f.photo, "");
  EXPECT_TRUE(village::face(as(nobody()), wang)) << "the face stays: a drawn one";
  EXPECT_EQ(set(a_clerk(), wang, photo.path()).error(), PhotoRefusal::photo_off);
  EXPECT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_portrait(a, shan, "v1:x:f:78"); }));
  // At the other site of the same village nothing has changed.
  EXPECT_EQ(village::face(as(store::Viewer::of_staff(room.value, store::Role::clerk, clerk.value, xiaowang.value)), wang)->photo, photo.path());
}

TEST_F(Photos, a_path_that_is_none_of_ours_is_never_taken_off_the_disk) {
  std::ofstream(folder / "precious.jpg") << "x";
  fs::create_directory(folder / "photos");
  std::ofstream(folder / "photos/wang.jpg") << "x";
  for (const std::string path : {"precious.jpg", "photos/wang.jpg", "photos/../precious.jpg", "", "photos/"}) village::drop_photo(folder, path);
  village::drop_photo(folder, (folder / "precious.jpg").string());
  EXPECT_TRUE(fs::exists(folder / "precious.jpg"));
  EXPECT_TRUE(fs::exists(folder / "photos/wang.jpg"));
}

TEST_F(Photos, without_an_entry_go_after_a_week_and_no_others) {
  agrees(wang);
  std::vector<std::string> paths;
  for (int i = 0; i < 3; ++i) {
    village::NewPhoto photo(folder, jpeg);
    photo.keep();
    paths.push_back(photo.path());
  }
  std::ofstream(folder / "photos/by-hand.jpg") << "x";
  set(a_clerk(), wang, paths[0]).value();
  const auto earlier = fs::file_time_type::clock::now() - std::chrono::days(8);
  for (const auto& path : {paths[0], paths[1], std::string("photos/by-hand.jpg")}) fs::last_write_time(folder / path, earlier);
  EXPECT_EQ(village::sweep_photos(folder, village::named_photos(as(machine())), {}), 1);
  EXPECT_TRUE(fs::exists(folder / paths[0])) << "named";
  EXPECT_FALSE(fs::exists(folder / paths[1]));
  EXPECT_TRUE(fs::exists(folder / paths[2])) << "made just now: its fact may be on its way";
  EXPECT_TRUE(fs::exists(folder / "photos/by-hand.jpg"));
  // Made while the clock stood at 1970: its week begins when that is seen.
  const auto wrong = fs::file_time_type::clock::now() - std::chrono::days(365 * 56);
  fs::last_write_time(folder / paths[2], wrong);
  EXPECT_EQ(village::sweep_photos(folder, village::named_photos(as(machine())), base::Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}}), 0);
  EXPECT_TRUE(fs::exists(folder / paths[2]));
  EXPECT_EQ(village::sweep_photos(folder / "nowhere", {}, {}), 0);
}
