// Backups by themselves, and what staff are told of the machine.
#include "given.h"
#include "store/ballast.h"
#include "village/backups.h"
#include "village/health.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace given;
using village::Trouble;

namespace {

bool told(Shanwan& at, Trouble t) {
  const auto all = village::troubles(at.store->reader(at.machine()));
  return std::ranges::find(all, t) != all.end();
}

std::vector<std::string> backups(const Shanwan& at) {
  std::vector<std::string> names;
  for (const auto& b : store::backups_in(at.folder / "backup")) names.push_back(b.file.filename().string());
  return names;
}

}  // namespace

TEST(Backups, one_a_day_is_made_and_older_ones_go_by_the_settings) {
  Shanwan at;
  EXPECT_TRUE(village::backup_due(*at.store));
  for (int i = 0; i < 12; ++i) {
    (void)village::back_up(*at.store);
    EXPECT_FALSE(village::backup_due(*at.store));
    at.clock.advance(std::chrono::hours(23));
    EXPECT_FALSE(village::backup_due(*at.store));
    at.clock.advance(std::chrono::hours(1));
    EXPECT_TRUE(village::backup_due(*at.store));
  }
  // Seven days, and of the week before its Sunday.
  EXPECT_EQ(backups(at), (std::vector<std::string>{"2026-12-05.nzb", "2026-12-04.nzb", "2026-12-03.nzb", "2026-12-02.nzb", "2026-12-01.nzb", "2026-11-30.nzb", "2026-11-29.nzb"}));
}

TEST(Backups, what_came_before_the_second_journal_is_backed_up_at_once) {
  Shanwan at;
  (void)village::back_up(*at.store);
  const auto folder = at.folder;
  at.store.reset();
  std::filesystem::remove_all(folder / "second");
  at.store.emplace(folder, store::Contract{village::fact_kinds(), {}}, at.clock);
  EXPECT_FALSE(village::backup_due(*at.store)) << "the backup has all of it";
  std::filesystem::remove_all(folder / "backup");
  EXPECT_TRUE(village::backup_due(*at.store));
}

TEST(Backups, a_stick_gets_one_only_where_the_township_can_open_it) {
  Shanwan at;
  const auto stick = at.folder / "stick";
  std::filesystem::create_directory(stick);
  ASSERT_FALSE(village::back_up_to(*at.store, stick));
  EXPECT_TRUE(std::filesystem::is_empty(stick));
  const auto township = at.a_township();
  const auto file = village::back_up_to(*at.store, stick);
  ASSERT_TRUE(file);
  EXPECT_TRUE(store::open_backup(*file, {{}, &township}, at.folder / "opened.db"));
}

TEST(Backups, only_a_stick_that_was_made_ready_gets_one_and_once_a_day) {
  Shanwan at;
  const std::array mounts{at.folder / "media"};
  for (const auto* folder : {"media/KINGSTON/photos", "media/clerk/STICK/nuanzhan", "media/OTHER/nuanzhan"}) std::filesystem::create_directories(at.folder / folder);
  EXPECT_EQ(village::sticks_below(mounts).size(), 2u);
  EXPECT_EQ(village::back_up_to_sticks(*at.store, mounts), 0) << "nobody could open it";
  const auto township = at.a_township();
  EXPECT_EQ(village::back_up_to_sticks(*at.store, mounts), 2);
  EXPECT_EQ(village::back_up_to_sticks(*at.store, mounts), 0);
  at.clock.advance(std::chrono::hours(24));
  // Left where it was pulled out: its own go, another kiosk's and what is whole stay.
  const auto stick = at.folder / "media/OTHER/nuanzhan", whole = std::filesystem::directory_iterator(stick)->path();
  std::ofstream(whole.string() + ".part") << "NZBACKUP";
  std::ofstream(stick / "nuanzhan-ffffffff-2026-01-01.nzb.part") << "NZBACKUP";
  EXPECT_EQ(village::back_up_to_sticks(*at.store, mounts), 2);
  EXPECT_FALSE(std::filesystem::exists(whole.string() + ".part"));
  EXPECT_TRUE(std::filesystem::exists(whole));
  EXPECT_TRUE(std::filesystem::exists(stick / "nuanzhan-ffffffff-2026-01-01.nzb.part"));
  EXPECT_TRUE(std::filesystem::is_empty(at.folder / "media/KINGSTON/photos"));
}

TEST(Backups, a_stick_that_is_always_there_is_never_full_of_them) {
  Shanwan at;
  const std::array mounts{at.folder / "media"};
  const auto stick = at.folder / "media/STICK/nuanzhan";
  std::filesystem::create_directories(stick);
  const auto township = at.a_township();
  std::ofstream(stick / "nuanzhan-ffffffff-2026-01-01.nzb") << "another kiosk's";
  for (int i = 0; i < 40; ++i, at.clock.advance(std::chrono::hours(24))) {
    (void)at.act(at.machine(), [&](store::Act& a) { return village::save_village(a, {}, "东岔" + std::to_string(i), ""); });
    EXPECT_EQ(village::back_up_to_sticks(*at.store, mounts), 1);
  }
  int own = 0;
  for (const auto& f : std::filesystem::directory_iterator(stick)) own += f.path().extension() == ".nzb" && f.path().filename() != "nuanzhan-ffffffff-2026-01-01.nzb";
  EXPECT_GE(own, 7);
  EXPECT_LE(own, 7 + 4 + 2);
  EXPECT_TRUE(std::filesystem::exists(stick / "nuanzhan-ffffffff-2026-01-01.nzb"));
}

TEST(Backups, what_a_clock_that_was_ahead_has_named_is_not_the_newest_for_years) {
  Shanwan at;
  (void)village::back_up(*at.store);
  // Nothing is named by a clock that nobody vouches for, and nothing goes by its day.
  at.clock.set(base::instant_at(given::day(2099, 1, 1), base::Minutes{600}, {}));
  ASSERT_TRUE(at.store->clock_unsure());
  (void)village::back_up(*at.store);
  EXPECT_EQ(backups(at), std::vector<std::string>{"2026-11-24.nzb"});
  EXPECT_EQ(store::key_copies_in(at.folder / "backup").size(), 1u);
  // Named before the program knew better.
  at.clock.set(base::instant_at(given::day(2026, 11, 25), base::Minutes{600}, {}));
  std::filesystem::copy_file(at.folder / "backup/2026-11-24.nzb", at.folder / "backup/2099-01-01.nzb");
  EXPECT_TRUE(village::backup_due(*at.store));
  (void)village::back_up(*at.store);
  EXPECT_EQ(backups(at), (std::vector<std::string>{"2026-11-25.nzb", "2026-11-24.nzb", "2026-11-23.nzb"}));
  EXPECT_FALSE(village::backup_due(*at.store));
}

TEST(Health, a_backup_that_went_bad_is_set_aside_each_night_and_a_new_one_is_due) {
  Shanwan at;
  (void)village::back_up(*at.store);
  village::check_fully(*at.store);
  EXPECT_FALSE(village::backup_due(*at.store));
  const auto file = at.folder / "backup/2026-11-24.nzb";
  {
    std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
    f.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
    f << "rotten";
  }
  village::check_fully(*at.store);
  EXPECT_TRUE(backups(at).empty());
  EXPECT_TRUE(std::filesystem::exists(file.string() + ".bad"));
  EXPECT_TRUE(village::backup_due(*at.store));
  // One that only the township opens (this machine's key was made anew) is no bad one.
  (void)village::back_up(*at.store);
  const auto township = store::KeyPair::make();
  at.store.reset();
  std::filesystem::remove(at.folder / "kiosk.key");
  std::filesystem::remove_all(at.folder / "second");
  std::filesystem::remove(at.folder / "persons.keys");
  at.store.emplace(at.folder, store::Contract{village::fact_kinds(), {}}, at.clock);
  village::check_fully(*at.store);
  EXPECT_EQ(backups(at), std::vector<std::string>{"2026-11-24.nzb"});
}

TEST(Health, a_second_journal_with_damaged_places_is_told) {
  Shanwan at;
  const auto file = at.folder / "second" / "00000001.nzj";
  ASSERT_TRUE(std::filesystem::exists(file));
  for (int i = 0; i < 5; ++i) (void)at.act(at.machine(), [&](store::Act& a) { return village::save_village(a, {}, "东岔" + std::to_string(i), ""); });
  {
    std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
    f.seekp(2000);
    f << "rotten";
  }
  village::check_fully(*at.store);
  EXPECT_TRUE(told(at, Trouble::second_damaged));
  EXPECT_FALSE(told(at, Trouble::damaged));
}

TEST(Health, a_well_machine_tells_nothing) {
  Shanwan at;
  (void)village::back_up(*at.store);
  village::check_fully(*at.store);
  EXPECT_FALSE(village::check_due(*at.store));
  EXPECT_FALSE(village::found_damaged(at.folder));
  for (const auto t : village::troubles(at.store->reader(at.machine()))) EXPECT_EQ(t, Trouble::disk_nearly_full) << "which is this machine's own";
}

TEST(Health, an_encrypted_disk_is_known_below_whatever_lies_on_it) {
  Shanwan at;
  const auto sys = at.folder / "sys";
  struct stat about{};
  ASSERT_EQ(::stat(at.folder.c_str(), &about), 0);
  const auto device = sys / "dev/block" / (std::to_string(major(about.st_dev)) + ":" + std::to_string(minor(about.st_dev)));
  EXPECT_EQ(village::encrypted(at.folder, sys), std::nullopt);
  std::filesystem::create_directories(device / "dm");
  EXPECT_EQ(village::encrypted(at.folder, sys), false);
  // A volume of LVM on two partitions, one of them encrypted; then both.
  std::ofstream(device / "dm/uuid") << "LVM-abc\n";
  for (const auto* below : {"slaves/dm-0/dm", "slaves/sdb1/dm"}) std::filesystem::create_directories(device / below);
  std::ofstream(device / "slaves/dm-0/dm/uuid") << "CRYPT-LUKS2-123-data\n";
  EXPECT_EQ(village::encrypted(at.folder, sys), false);
  std::ofstream(device / "slaves/sdb1/dm/uuid") << "CRYPT-LUKS2-456-more\n";
  EXPECT_EQ(village::encrypted(at.folder, sys), true);
}

TEST(Health, damage_that_the_nightly_check_finds_is_told_until_it_is_mended) {
  Shanwan at;
  at.store->database().script("UPDATE village_person SET name = 'x'");
  village::check_fully(*at.store);
  EXPECT_TRUE(told(at, Trouble::damaged));
  EXPECT_TRUE(village::found_damaged(at.folder));
  at.store->rebuild();
  village::say_mended(at.folder);
  EXPECT_FALSE(told(at, Trouble::damaged));
  EXPECT_TRUE(village::check_due(*at.store));
}

TEST(Health, a_clock_that_went_back_and_a_late_backup_are_told) {
  Shanwan at;
  (void)village::back_up(*at.store);
  EXPECT_FALSE(told(at, Trouble::backup_old));
  at.clock.advance(std::chrono::hours(73));
  EXPECT_TRUE(told(at, Trouble::backup_old));
  EXPECT_FALSE(told(at, Trouble::clock_behind));
  at.clock.advance(-std::chrono::hours(24 * 30));
  EXPECT_TRUE(told(at, Trouble::clock_behind));
  at.act(at.machine(), [&](store::Act& a) { return village::save_village(a, {}, "东岔", ""); });
  EXPECT_FALSE(at.facts().back().clock_sure);
}

TEST(Health, a_torn_or_foreign_note_of_the_last_check_is_none) {
  Shanwan at;
  for (const auto* text : {"", "{", "[]", "{\"at\":\"x\"}", "{\"damaged\":true}"}) {
    std::ofstream(at.folder / "health.json", std::ios::trunc) << text;
    EXPECT_FALSE(village::found_damaged(at.folder)) << text;
    EXPECT_TRUE(village::check_due(*at.store)) << text;
  }
}

TEST(Ballast, holds_room_and_gives_it_back) {
  Shanwan at;
  std::error_code none;
  if (std::filesystem::space(at.folder, none).available < 25 * store::ballast_bytes) GTEST_SKIP() << "too little room here to hold some back";
  EXPECT_FALSE(store::free_ballast(at.folder));
  store::keep_ballast(at.folder);
  EXPECT_EQ(std::filesystem::file_size(at.folder / "ballast"), store::ballast_bytes);
  EXPECT_TRUE(store::free_ballast(at.folder));
  EXPECT_FALSE(std::filesystem::exists(at.folder / "ballast"));
}
