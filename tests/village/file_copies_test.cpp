// Copies of photos beside the backups: each once, whole, under its person's key; gone with the person, and brought back when a disk died.
#include "village/file_copies.h"

#include "given.h"
#include "store/forget.h"
#include "village/backups.h"
#include "village/erasure.h"
#include "village/photos.h"

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using village::NamedFile;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const fs::path& file, std::string_view bytes) { std::ofstream(file, std::ios::binary) << bytes; }
bool nothing_holds(const store::Reader&, village::PersonId) { return false; }

struct FileCopies : given::Shanwan, ::testing::Test {
  const fs::path to = folder / "kept.files";

  std::string takes_photo(village::PersonId who, const std::string& face) {
    act(a_clerk(), [&](store::Act& a) { return village::record_consent(a, who, "photo", village::photo_consent_version, true); }).value();
    village::NewPhoto photo(folder, "\xff\xd8\xff " + face);
    act(a_clerk(), [&](store::Act& a) { return village::set_photo(a, who, photo.path()); }).value();
    photo.keep();
    return photo.path();
  }
  [[nodiscard]] std::vector<NamedFile> named() { return village::photo_files(store->reader({})); }
  village::CopiedFiles copy(int at_most = 1000) { return village::copy_files(*store, named(), to, at_most); }
  [[nodiscard]] fs::path copy_of(const std::string& path) const { return to / path.substr(7, 36); }
  [[nodiscard]] fs::path gone_of(const std::string& path) const { return copy_of(path).string() + ".gone"; }
  village::BroughtFiles brought(const fs::path& from) {
    const std::vector<fs::path> folders{from};
    return village::bring_files_back(folder, named(), store->keys(), folders);
  }
  void erase(village::PersonId who) {
    const auto gone = act(a_manager(), [&](store::Act& a) { return village::erase_person(a, who, nothing_holds); });
    village::forget_files(folder, gone.value());
  }
  static void a_week_passes(const fs::path& file) { fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24 * 7 + 1)); }
  std::size_t files_in(const fs::path& where) const {
    std::error_code none;
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(where, none), fs::directory_iterator()));
  }
};

}  // namespace

TEST_F(FileCopies, are_made_once_and_bring_a_lost_photo_back) {
  const auto first_photo = takes_photo(wang, "wang's face"), second_photo = takes_photo(shan, "shan's face");
  const auto made = copy();
  EXPECT_EQ(made.copied, 2);
  EXPECT_EQ(made.kept, 2);
  EXPECT_EQ(bytes_of(copy_of(first_photo)).find("face"), std::string::npos) << "in clear";
  const auto again = copy();
  EXPECT_EQ(again.copied, 0);
  EXPECT_EQ(again.kept, 2);
  EXPECT_EQ(files_in(to), 2u);
  const auto was = bytes_of(folder / first_photo);
  fs::remove_all(folder / "photos");
  const auto back = brought(to);
  EXPECT_EQ(back.back, 2);
  EXPECT_EQ(back.missing, 0);
  EXPECT_EQ(bytes_of(folder / first_photo), was);
  EXPECT_EQ(bytes_of(folder / second_photo), "\xff\xd8\xff shan's face");
  EXPECT_EQ(fs::status(folder / "photos").permissions(), fs::perms::owner_all);
}

TEST_F(FileCopies, a_turn_makes_no_more_than_it_is_told_and_the_next_goes_on) {
  for (const auto who : {wang, shan, mother}) takes_photo(who, "x");
  const auto one = copy(2);
  EXPECT_EQ(one.copied, 2);
  EXPECT_EQ(one.left, 1);
  const auto two = copy(2);
  EXPECT_EQ(two.copied, 1);
  EXPECT_EQ(two.left, 0);
  EXPECT_EQ(two.kept, 3);
}

TEST_F(FileCopies, that_were_cut_are_made_anew_and_halves_go) {
  const auto path = takes_photo(wang, "a face");
  copy();
  const auto whole = bytes_of(copy_of(path));
  write(copy_of(path), whole.substr(0, whole.size() / 2));
  write(to / (base::id_of("half").text() + ".part"), "half");
  write(to / "note.txt", "somebody else's");
  EXPECT_EQ(copy().copied, 1);
  EXPECT_EQ(bytes_of(copy_of(path)).size(), whole.size());
  EXPECT_EQ(files_in(to), 2u) << "the copy, and what is none of ours";
  // Whole in length, damaged in between: it says so when it is asked for, and nothing wrong comes back.
  auto damaged = bytes_of(copy_of(path));
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write(copy_of(path), damaged);
  EXPECT_EQ(village::copy_files(*store, named(), to, 1000, 0).copied, 0) << "nobody looked into it";
  EXPECT_EQ(copy().copied, 1) << "read again, and made anew";
  EXPECT_NE(bytes_of(copy_of(path)), damaged);
  EXPECT_EQ(copy().copied, 0);
  write(copy_of(path), damaged);
  fs::remove(folder / path);
  EXPECT_EQ(copy().missing, 1);
  EXPECT_EQ(brought(to).missing, 1);
  EXPECT_FALSE(fs::exists(folder / path));
}

TEST_F(FileCopies, a_photo_that_is_lost_here_keeps_its_copy) {
  const auto path = takes_photo(wang, "a face"), other = takes_photo(shan, "another");
  const auto named_before = named();
  copy();
  fs::remove(folder / path);
  EXPECT_EQ(copy().kept, 2);
  const auto check = village::check_files(folder, named_before);
  EXPECT_EQ(check.named, 2);
  EXPECT_EQ(check.missing, 1);
  EXPECT_EQ(check.missing_with_copy, 0) << "this folder is none that is looked for";
  fs::create_directories(folder / "backup");
  fs::rename(to, village::own_copies(folder));
  EXPECT_EQ(village::check_files(folder, named_before).missing_with_copy, 1);
  EXPECT_EQ(village::check_files(folder, named_before).without_copy, 0);
  fs::remove_all(village::own_copies(folder));
  EXPECT_EQ(village::check_files(folder, named_before).without_copy, 0) << "its copy has a day's time";
  fs::last_write_time(folder / other, fs::file_time_type::clock::now() - std::chrono::hours(25));
  EXPECT_EQ(village::check_files(folder, named_before).without_copy, 1);
  EXPECT_EQ(copy().missing, 1);
}

TEST_F(FileCopies, of_who_is_erased_go_at_once_and_an_older_folder_does_not_bring_them_back) {
  const auto path = takes_photo(wang, "a face"), other = takes_photo(shan, "another");
  const auto named_before = named();
  copy();
  const auto drawer = folder / "drawer.files";
  fs::copy(to, drawer);
  erase(wang);
  const auto done = copy();
  EXPECT_EQ(done.went, 1);
  EXPECT_FALSE(fs::exists(copy_of(path)) || fs::exists(gone_of(path)));
  EXPECT_TRUE(fs::exists(copy_of(other)));
  // As a restored journal would that is older than the erasure: the key is gone all the same.
  EXPECT_TRUE(fs::exists(drawer / path.substr(7, 36)));
  const std::vector<fs::path> folders{drawer};
  EXPECT_EQ(village::bring_files_back(folder, named_before, store->keys(), folders).back, 0);
  EXPECT_FALSE(fs::exists(folder / path));
}

TEST_F(FileCopies, of_who_is_erased_go_from_a_stick_that_comes_back_much_later) {
  const auto path = takes_photo(wang, "a face");
  copy();
  write(gone_of(path), bytes_of(copy_of(path)));  // it was not named for a while once
  erase(wang);
  EXPECT_EQ(copy().went, 1);
  EXPECT_EQ(files_in(to), 0u);
}

TEST_F(FileCopies, that_no_entry_names_any_more_stay_for_a_week_and_may_be_named_again) {
  const auto path = takes_photo(wang, "a face");
  const auto named_before = named();
  copy();
  ASSERT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::set_portrait(a, wang, "v1:x:f:78"); }));
  EXPECT_EQ(copy().went, 0);
  EXPECT_FALSE(fs::exists(copy_of(path)));
  EXPECT_TRUE(fs::exists(gone_of(path)));
  EXPECT_EQ(copy().went, 0);
  // A wrong backup that was put in, and then the right one.
  EXPECT_EQ(village::copy_files(*store, named_before, to).kept, 1);
  EXPECT_TRUE(fs::exists(copy_of(path)));
  copy();
  fs::remove(folder / path);
  const std::vector<fs::path> folders{to};
  EXPECT_EQ(village::bring_files_back(folder, named_before, store->keys(), folders).back, 1) << "in its week it still is a copy";
  a_week_passes(gone_of(path));
  EXPECT_EQ(copy().went, 1);
  EXPECT_EQ(files_in(to), 0u);
}

TEST_F(FileCopies, of_what_is_over_go_at_once) {
  const auto path = takes_photo(wang, "a face");
  auto files = named();
  copy();
  files.front().over = true;
  EXPECT_EQ(village::copy_files(*store, files, to).went, 1);
  EXPECT_EQ(files_in(to), 0u);
  EXPECT_EQ(village::bring_files_back(folder, files, store->keys(), {}).missing, 0);
  fs::remove_all(to);
  EXPECT_EQ(village::copy_files(*store, files, to).copied, 0);
  EXPECT_FALSE(fs::exists(to)) << "nothing to keep, no folder";
}

TEST_F(FileCopies, nothing_is_made_and_nothing_goes_while_the_keys_cannot_be_read) {
  const auto path = takes_photo(wang, "a face");
  copy();
  store.reset();
  write(folder / "kiosk.key", "damaged");
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
  EXPECT_EQ(village::copy_files(*store, {}, to).went, 0);
  EXPECT_TRUE(fs::exists(copy_of(path))) << "not even marked";
  EXPECT_EQ(copy().no_key, 1);
}

TEST_F(FileCopies, a_photo_of_somebody_without_a_key_is_told_apart) {
  takes_photo(wang, "a face");
  auto files = named();
  files.front().owner = base::id_of("whose entry an earlier program wrote");
  EXPECT_EQ(village::copy_files(*store, files, to).no_key, 1);
  EXPECT_EQ(files_in(to), 0u);
}

TEST_F(FileCopies, where_a_folder_cannot_be_written_the_others_get_theirs) {
  const auto path = takes_photo(wang, "a face");
  const auto media = folder / "media", bad = media / "a" / "nuanzhan", good = media / "b" / "nuanzhan";
  fs::create_directories(bad);
  fs::create_directories(good);
  fs::create_directories(folder / "backup");
  write(village::on_stick(bad, *store, village::copies_ending), "a file where the folder should be");
  const std::vector<fs::path> mounts{media};
  village::copy_files_everywhere(*store, named(), mounts);
  EXPECT_EQ(files_in(village::own_copies(folder)), 1u);
  EXPECT_EQ(files_in(good), 0u) << "nobody could open it: the township has no key";
  write(folder / "township.key", store::text_of(store::KeyPair::make().open_to_all()) + "\n");
  village::copy_files_everywhere(*store, named(), mounts);
  const auto on_good = village::copies_in(good);
  ASSERT_EQ(on_good.size(), 1u);
  EXPECT_TRUE(fs::exists(on_good.front() / path.substr(7, 36)));
  fs::remove_all(folder / "photos");
  EXPECT_EQ(brought(on_good.front()).back, 1);
  for (const auto& f : fs::recursive_directory_iterator(media)) EXPECT_EQ(f.path().string().find("王"), std::string::npos);
}

TEST_F(FileCopies, lie_on_the_second_journals_device_too_where_it_is_one_of_its_own) {
  std::string other = "/dev/shm/nuanzhan-XXXXXX";
  struct stat here{}, there{};
  if (mkdtemp(other.data()) == nullptr) GTEST_SKIP() << "no /dev/shm here";
  const auto path = takes_photo(wang, "a face");
  if (::stat(other.c_str(), &there) != 0 || ::stat(folder.c_str(), &here) != 0 || here.st_dev == there.st_dev) {
    fs::remove_all(other);
    GTEST_SKIP() << "no second device here";
  }
  store.reset();
  write(folder / "second.at", other + "/second\n");
  fs::create_directory(other + "/second");
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
  village::copy_files_everywhere(*store, named(), {});
  fs::remove_all(folder / "photos");
  const auto at_hand = village::copies_at_hand(folder);
  EXPECT_EQ(at_hand.size(), 1u);
  EXPECT_EQ(village::bring_files_back(folder, named(), store->keys(), at_hand).back, 1);
  EXPECT_TRUE(fs::exists(folder / path));
  store.reset();
  fs::remove_all(other);
}

TEST_F(FileCopies, the_keepers_copies_know_what_another_store_erased) {
  const auto path = takes_photo(wang, "a face");
  const auto beside = store->beside();
  EXPECT_EQ(village::copy_files(*beside, village::photo_files(beside->reader({})), to).copied, 1);
  erase(wang);
  EXPECT_EQ(village::copy_files(*beside, village::photo_files(beside->reader({})), to).went, 1);
  EXPECT_FALSE(fs::exists(copy_of(path)) || fs::exists(gone_of(path)));
}
