// Backups that are read back before they count, which of them go, and healing from them and the second journal.
#include "given.h"
#include "store/heal.h"
#include "store/journal.h"

#include <algorithm>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace given;
using store::BackupRefusal;
using store::SecondJournal;

namespace {

struct Village {
  TempFolder folder;
  base::FixedClock clock{noon()};
  std::unique_ptr<store::Store> store;
  Village() { open(); }
  void open() { store = std::make_unique<store::Store>(folder.path, contract(), clock); }
  [[nodiscard]] store::MachineKey key() const { return *store::machine_key(folder.path, true); }
  store::BackupHead back_up(const std::string& day, const std::optional<store::PublicKey>& township = {}) {
    std::filesystem::create_directories(folder.path / "backup");
    return store::write_backup(*store, folder.path / "backup" / (day + ".nzb"), key(), township);
  }
  store::Healed heal(const store::HealAnyway& anyway = {}) {
    store.reset();
    return store::heal(folder.path, contract(), clock, {key(), nullptr}, anyway);
  }
  // Facts that the database alone has: no second journal was kept when they were said.
  void say_alone(int n) {
    store.reset();
    store::Store alone(folder.path, contract(), clock, {.second = false});
    for (int i = 0; i < n; ++i) say(alone, "alone", std::to_string(i));
  }
  // The second journal begins after `alone` facts that the database alone has, and has these.
  void say_beyond(int alone, int n, const std::string& what) {
    say_alone(alone);
    std::filesystem::remove_all(folder.path / "second");
    open();
    for (int i = 0; i < n; ++i) say(*store, what, std::to_string(i));
  }
  void lose_database() {
    store.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder.path / (std::string("nuanzhan.db") + end));
  }
  void change(int number) {
    store.reset();
    store::Store behind(folder.path, contract(), clock, {.second = false});
    behind.database().run("UPDATE journal_fact SET at = at + 60000 WHERE number = ?", number);
  }
};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> facts(store::Store& s) {
  std::vector<std::string> all;
  for (const auto& f : given::all(s)) all.push_back(store::journal::canonical(f));
  return all;
}

std::vector<std::string> days(const std::vector<base::Day>& list) {
  std::vector<std::string> out;
  for (const auto d : list) out.push_back(base::iso(d));
  return out;
}

}  // namespace

TEST(Backup, is_opened_by_this_machine_and_by_the_township_and_by_nobody_else) {
  Village v;
  const auto township = store::KeyPair::make();
  say(*v.store, "a", "TAINT-王秀兰");
  const auto head = v.back_up("2026-11-24", township.open_to_all());
  const auto file = v.folder.path / "backup" / "2026-11-24.nzb";
  EXPECT_EQ(head.facts, 1);
  EXPECT_EQ(head.positions, v.store->positions());
  const auto bytes = bytes_of(file);
  EXPECT_EQ(bytes.find("TAINT"), std::string::npos);
  EXPECT_EQ(bytes.find("SQLite format"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "backup.clear"));
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "backup.read"));
  const auto to = v.folder.path / "opened.db";
  for (const auto& key : {store::BackupKey{v.key(), nullptr}, store::BackupKey{{}, &township}}) {
    ASSERT_TRUE(store::open_backup(file, key, to));
    EXPECT_TRUE(bytes_of(to).starts_with("SQLite format 3"));
    std::filesystem::remove(to);
  }
  const auto other = store::KeyPair::make();
  EXPECT_EQ(store::open_backup(file, {store::MachineKey{}, &other}, to).error(), BackupRefusal::no_key);
  EXPECT_FALSE(std::filesystem::exists(to));
}

TEST(Backup, a_command_and_the_kiosk_that_write_one_at_the_same_time_both_have_theirs) {
  Village v;
  for (int i = 0; i < 300; ++i) say(*v.store, "a" + std::to_string(i), std::string(400, 'x'));
  const auto write = [&](const std::string& day) {
    store::Store own(v.folder.path, contract(), v.clock, {.create = false, .migrate = false});
    for (int i = 0; i < 6; ++i) EXPECT_NO_THROW((void)store::write_backup(own, v.folder.path / (day + ".nzb"), v.key(), {})) << day;
  };
  const auto child = ::fork();  // the command
  if (child == 0) {
    write("2026-11-23");
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  write("2026-11-24");
  int status = 1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  for (const auto* day : {"2026-11-23.nzb", "2026-11-24.nzb"}) EXPECT_EQ(store::open_backup(v.folder.path / day, {v.key(), nullptr}, v.folder.path / "opened.db")->facts, 300);
}

TEST(Backup, a_changed_or_cut_one_is_refused_and_leaves_nothing) {
  Village v;
  say(*v.store, "a", "1");
  v.back_up("2026-11-24");
  const auto good = bytes_of(v.folder.path / "backup" / "2026-11-24.nzb");
  const auto bad = v.folder.path / "bad.nzb", to = v.folder.path / "opened.db";
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(bad, std::ios::binary | std::ios::trunc) << bytes;
    const auto opened = store::open_backup(bad, {v.key(), nullptr}, to);
    EXPECT_FALSE(std::filesystem::exists(to));
    return !opened.has_value();
  };
  ASSERT_TRUE(store::open_backup(v.folder.path / "backup" / "2026-11-24.nzb", {v.key(), nullptr}, to));
  std::filesystem::remove(to);
  for (std::size_t n = 0; n < good.size(); n += good.size() / 60 + 1) {
    EXPECT_TRUE(refused(good.substr(0, n))) << "cut at " << n;
    auto flipped = good;
    flipped[n] = static_cast<char>(flipped[n] ^ 4);
    EXPECT_TRUE(refused(flipped)) << "flipped at " << n;
  }
  EXPECT_TRUE(refused(good + "x"));
  EXPECT_TRUE(refused(""));
  EXPECT_FALSE(store::look_at_backup(bad));
}

TEST(Backup, seven_days_four_weeks_and_twelve_months_are_kept) {
  const auto day = [](int y, unsigned m, unsigned d) { return base::day(std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)); };
  const auto today = day(2026, 11, 24);  // a Tuesday
  std::vector<base::Day> there;
  for (int i = 0; i < 500; ++i) there.push_back(today - std::chrono::days{i});
  const auto gone = store::to_rotate(there, today, {});
  std::vector<base::Day> kept;
  for (const auto d : there)
    if (std::ranges::find(gone, d) == gone.end()) kept.push_back(d);
  EXPECT_EQ(days(kept), (std::vector<std::string>{"2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-15", "2026-11-08",
                                                  "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28",
                                                  "2026-01-31", "2025-12-31"}));
  // After a clock that was far ahead the newest stays, whatever it is called.
  EXPECT_TRUE(store::to_rotate({day(2031, 1, 1)}, today, {}).empty());
  EXPECT_TRUE(store::to_rotate({day(2001, 1, 1)}, today, {}).empty());
  EXPECT_EQ(days(store::to_rotate({day(2001, 1, 1), today}, today, {})), (std::vector<std::string>{"2001-01-01"}));
}

TEST(Heal, a_deleted_database_is_whole_again_from_the_second_journal_alone) {
  Village v;
  for (int i = 0; i < 50; ++i) say(*v.store, "a" + std::to_string(i % 5), std::to_string(i));
  const auto before = facts(*v.store);
  const auto tables = v.store->fold_hash();
  v.lose_database();
  const auto healed = v.heal();
  EXPECT_EQ(healed.from_second, 50);
  EXPECT_EQ(healed.missing, 0);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
  EXPECT_EQ(v.store->fold_hash(), tables);
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
}

TEST(Heal, a_damaged_page_is_noticed_and_healed_from_backup_and_second_journal) {
  Village v;
  for (int i = 0; i < 200; ++i) say(*v.store, "a" + std::to_string(i % 9), "before " + std::to_string(i));
  v.back_up("2026-11-24");
  for (int i = 0; i < 60; ++i) say(*v.store, "b" + std::to_string(i % 9), "after " + std::to_string(i));
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
  const auto before = facts(*v.store);
  const auto origin = v.store->origin();
  v.store.reset();
  const auto db = v.folder.path / "nuanzhan.db";
  {
    std::fstream f(db, std::ios::in | std::ios::out | std::ios::binary);
    f.seekp(static_cast<std::streamoff>(std::filesystem::file_size(db)) - 9000);
    f << std::string(6000, '\x5a');
  }
  const auto damaged = bytes_of(db);
  const auto healed = v.heal();
  EXPECT_EQ(healed.backup.filename(), "2026-11-24.nzb");
  EXPECT_EQ(healed.from_backup, 200);
  EXPECT_EQ(healed.from_second, 60);
  EXPECT_EQ(bytes_of(healed.aside / "nuanzhan.db"), damaged) << "kept aside as it was";
  v.open();
  EXPECT_EQ(facts(*v.store), before);
  EXPECT_EQ(v.store->origin(), origin) << "nothing is missing: the same life goes on";
  EXPECT_EQ(v.store->second_state().brought_back, 0);
  say(*v.store, "c", "goes on");
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
}

TEST(Heal, a_fact_changed_behind_its_back_is_noticed) {
  Village v;
  for (int i = 0; i < 20; ++i) say(*v.store, "a", std::to_string(i));
  v.store->database().script("UPDATE journal_fact SET body = '{\"value\":\"x\"}' WHERE seq = 7");
  const auto damage = store::look_for_damage(*v.store);
  EXPECT_EQ(damage.chain.broken_at, 7);
  EXPECT_EQ(damage.differing, 1);
  v.heal();
  v.open();
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
}

TEST(Heal, a_bit_that_flipped_in_a_folded_row_is_noticed) {
  Village v;
  for (int i = 0; i < 20; ++i) say(*v.store, "a", std::to_string(i));
  v.store->database().script("UPDATE village_setting SET value = 'x'");
  const auto damage = store::look_for_damage(*v.store);
  EXPECT_FALSE(damage.facts());
  EXPECT_TRUE(damage.tables_differ);
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "check.part"));
  v.store->rebuild();
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
}

TEST(Heal, a_damaged_backup_is_passed_over_for_an_older_one) {
  Village v;
  say(*v.store, "a", "1");
  v.back_up("2026-11-22");
  say(*v.store, "a", "2");
  v.back_up("2026-11-23");
  say(*v.store, "a", "3");
  const auto before = facts(*v.store);
  v.store.reset();
  std::filesystem::resize_file(v.folder.path / "backup" / "2026-11-23.nzb", 3000);
  std::filesystem::resize_file(v.folder.path / "nuanzhan.db", 5000);
  const auto healed = v.heal();
  EXPECT_EQ(healed.backup.filename(), "2026-11-22.nzb");
  EXPECT_EQ(healed.from_second, 2);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
}

TEST(Heal, what_neither_has_is_said_and_new_facts_begin_a_new_life) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  v.store.reset();
  {
    store::Store alone(v.folder.path, contract(), v.clock, {.second = false});
    for (int i = 0; i < 4; ++i) say(alone, "a", "lost " + std::to_string(i));
  }
  std::filesystem::remove_all(v.folder.path / "second");
  v.open();  // the second journal begins anew after fact 9
  for (int i = 0; i < 3; ++i) say(*v.store, "b", std::to_string(i));
  const auto origin = v.store->origin();
  v.store.reset();
  std::filesystem::resize_file(v.folder.path / "nuanzhan.db", 5000);
  std::filesystem::remove(v.folder.path / "nuanzhan.db-wal");
  EXPECT_THROW(v.heal(), std::runtime_error) << "somebody may have a copy";
  const auto healed = v.heal({.gaps = store::HealAnyway::Gaps::after_backup});
  EXPECT_EQ(healed.missing, 4);
  EXPECT_EQ(healed.from_second, 3);
  v.open();
  EXPECT_NE(v.store->origin(), origin);
  EXPECT_EQ(value(*v.store, "b"), "012");
  say(*v.store, "c", "goes on");
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
}

TEST(Heal, what_the_database_alone_has_is_not_left_behind) {
  Village v;
  v.say_beyond(6, 4, "a");
  const auto before = facts(*v.store);
  const auto hash = v.store->fold_hash();
  v.change(8);  // which the second journal has
  const auto healed = v.heal();
  EXPECT_EQ(healed.from_damaged, 7) << "up to the changed one";
  EXPECT_EQ(healed.from_second, 3);
  EXPECT_EQ(healed.as_found, 0);
  EXPECT_EQ(healed.missing, 0);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
  EXPECT_EQ(v.store->fold_hash(), hash);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
}

TEST(Heal, what_came_after_the_backup_while_the_second_journal_was_away_is_not_left_behind) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  v.say_beyond(7, 3, "b");
  const auto before = facts(*v.store);
  const auto origin = v.store->origin();
  v.change(2);  // which the backup has
  const auto healed = v.heal();
  EXPECT_EQ(healed.from_backup, 5);
  EXPECT_EQ(healed.from_damaged, 10);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
  EXPECT_EQ(v.store->origin(), origin);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
}

TEST(Heal, a_life_that_began_while_the_second_journal_was_failing_is_not_left_behind) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  v.store.reset();
  {
    store::Store alone(v.folder.path, contract(), v.clock, {.second = false});
    alone.new_origin();
    for (int i = 0; i < 4; ++i) say(alone, "b", std::to_string(i));
  }
  v.open();
  const auto before = facts(*v.store);
  ASSERT_EQ(before.size(), 9u);
  v.store.reset();
  std::filesystem::remove_all(v.folder.path / "second");
  v.change(2);  // which the backup has
  EXPECT_EQ(v.heal().from_damaged, 4);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
}

TEST(Heal, a_fact_that_was_changed_and_stands_in_no_copy_costs_none_of_the_others) {
  Village v;
  v.say_beyond(6, 4, "a");
  const auto before = facts(*v.store);
  v.change(3);
  const auto bytes = bytes_of(v.folder.path / "nuanzhan.db");
  EXPECT_THROW(v.heal(), std::runtime_error) << "somebody decides";
  EXPECT_EQ(bytes_of(v.folder.path / "nuanzhan.db"), bytes);
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "heal.part"));
  const auto healed = v.heal({.as_found = true});
  EXPECT_EQ(healed.from_damaged, 2);
  EXPECT_EQ(healed.as_found, 4);
  EXPECT_EQ(healed.missing, 0);
  v.open();
  auto after = facts(*v.store), was = before;
  std::ranges::sort(after);
  std::ranges::sort(was);
  ASSERT_EQ(after.size(), was.size());
  int changed = 0;
  for (const auto& f : after) changed += std::ranges::find(was, f) == was.end();
  EXPECT_EQ(changed, 1);
  say(*v.store, "c", "goes on");
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_FALSE(store::look_for_damage(*v.store).any()) << "healed once is healed";
}

TEST(Heal, of_facts_after_the_backup_one_that_was_changed_is_kept_as_found_with_those_behind_it) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  v.say_beyond(7, 3, "b");
  const auto before = facts(*v.store);
  v.change(9);
  const auto healed = v.heal({.as_found = true});
  EXPECT_EQ(healed.from_damaged, 3);
  EXPECT_EQ(healed.from_second, 3);
  EXPECT_EQ(healed.as_found, 4);
  v.open();
  EXPECT_EQ(facts(*v.store).size(), before.size());
  EXPECT_EQ(value(*v.store, "b"), "012");
  say(*v.store, "c", "goes on");
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_FALSE(store::look_for_damage(*v.store).any()) << "healed once is healed";
}

TEST(Heal, another_villages_database_in_its_place_is_not_mixed_in) {
  Village v, other;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  for (int i = 0; i < 9; ++i) say(*other.store, "b", std::to_string(i));
  const auto before = facts(*v.store);
  v.store.reset();
  other.store.reset();
  for (const auto* f : {"nuanzhan.db", "nuanzhan.db-wal"}) {
    std::filesystem::remove(v.folder.path / f);
    if (std::filesystem::exists(other.folder.path / f)) std::filesystem::copy_file(other.folder.path / f, v.folder.path / f);
  }
  EXPECT_EQ(v.heal().from_damaged, 0);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
}

TEST(Heal, with_nothing_to_heal_from_changes_nothing) {
  Village v;
  say(*v.store, "a", "1");
  v.store.reset();
  std::filesystem::remove_all(v.folder.path / "second");
  std::filesystem::resize_file(v.folder.path / "nuanzhan.db", 5000);
  const auto before = bytes_of(v.folder.path / "nuanzhan.db");
  EXPECT_THROW(v.heal(), std::runtime_error);
  EXPECT_EQ(bytes_of(v.folder.path / "nuanzhan.db"), before);
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "heal.part"));
}

TEST(BackupHead, numbers_that_are_none_and_cut_chains_are_damage) {
  TempFolder folder;
  const auto head = [&](const std::string& json) {
    std::string bytes = "NZBACKUP";
    bytes += std::string("\1\0\1\0", 4) + static_cast<char>(json.size() & 255) + static_cast<char>(json.size() >> 8) + std::string(2, '\0') + json + std::string(200, '\0');
    std::ofstream(folder.path / "a.nzb", std::ios::binary) << bytes;
    return store::look_at_backup(folder.path / "a.nzb");
  };
  const std::string chain(64, 'a'), id = "019a0000-0000-7000-8000-000000000001";
  const auto position = [&](const std::string& seq, const std::string& of) { return R"([{"chain":")" + of + R"(","origin":")" + id + R"(","seq":)" + seq + "}]"; };
  ASSERT_TRUE(head(R"({"facts":3,"made":1795600000000,"schema":12,"positions":)" + position("3", chain) + "}"));
  for (const auto& wrong : {R"({"facts":1e300,"made":1,"schema":1,"positions":[]})", R"({"facts":-1,"made":1,"schema":1,"positions":[]})", R"({"facts":1,"made":9223372036854775807,"schema":1,"positions":[]})",
                            R"({"facts":1,"made":1.5,"schema":1,"positions":[]})", R"({"facts":1,"made":1,"schema":4294967297,"positions":[]})", R"({"facts":true,"made":1,"schema":1,"positions":[]})"})
    EXPECT_FALSE(head(wrong)) << wrong;
  EXPECT_FALSE(head(R"({"facts":3,"made":1,"schema":1,"positions":)" + position("-3", chain) + "}"));
  EXPECT_FALSE(head(R"({"facts":3,"made":1,"schema":1,"positions":)" + position("3", "aa") + "}"));
}

namespace {
// The second journal on a card: `in` is there while it is plugged in.
struct OnCard : Village {
  TempFolder card;
  OnCard() {
    store.reset();
    std::filesystem::remove_all(folder.path / "second");
    std::filesystem::create_directory(card.path / "in");
    std::ofstream(folder.path / "second.at") << (card.path / "in" / "nuanzhan").string();
    open();
  }
  void pull() { store.reset(), std::filesystem::rename(card.path / "in", card.path / "out"); }
  void plug() { store.reset(), std::filesystem::rename(card.path / "out", card.path / "in"); }
};

std::vector<std::string> sorted_ids(store::Store& s) {
  std::vector<std::string> all;
  for (const auto& f : given::all(s)) all.push_back(f.id.text());
  std::ranges::sort(all);
  return all;
}
}  // namespace

TEST(Heal, without_the_second_journals_device_it_waits_for_somebody_and_nothing_is_lost_when_it_comes_back) {
  OnCard v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  for (int i = 0; i < 4; ++i) say(*v.store, "b", std::to_string(i));
  const auto before = sorted_ids(*v.store);
  const auto origin = v.store->origin();
  v.lose_database();
  v.pull();
  EXPECT_TRUE(store::second_away(v.folder.path));
  EXPECT_THROW(v.heal(), std::runtime_error) << "by hand: plug it in";
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "nuanzhan.db"));
  const auto healed = v.heal({.gaps = store::HealAnyway::Gaps::after_backup});  // as a kiosk does that starts
  EXPECT_EQ(healed.from_backup, 5);
  v.open();
  EXPECT_NE(v.store->origin(), origin) << "the card has facts under the next numbers";
  for (int i = 0; i < 3; ++i) say(*v.store, "c", std::to_string(i));
  v.plug();
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_EQ(v.store->second_state().brought_back, 4);
  EXPECT_EQ(value(*v.store, "b"), "0123");
  EXPECT_EQ(value(*v.store, "c"), "012");
  EXPECT_EQ(given::all(*v.store).size(), before.size() + 3);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
}

TEST(Heal, nothing_is_written_under_the_mount_point_of_a_device_that_is_away) {
  // Two real devices, and a name that leads to the one or the other, as a mount point does.
  const std::filesystem::path elsewhere = "/dev/shm";
  struct stat one{}, other{};
  Village v;
  if (::stat(elsewhere.c_str(), &one) != 0 || ::access(elsewhere.c_str(), W_OK) != 0 || ::stat(v.folder.path.c_str(), &other) != 0 || one.st_dev == other.st_dev)
    GTEST_SKIP() << "there are no two devices here";
  const auto card = elsewhere / v.folder.path.filename();
  std::filesystem::create_directory(card);
  const auto mount = v.folder.path / "mnt";
  std::filesystem::create_directory_symlink(card, mount);
  const auto away = [&](bool is) {
    v.store.reset();
    std::filesystem::remove(mount);
    if (is) std::filesystem::create_directory(mount);
    else std::filesystem::create_directory_symlink(card, mount);
  };
  v.store.reset();
  std::filesystem::remove_all(v.folder.path / "second");
  std::ofstream(v.folder.path / "second.at") << (mount / "nuanzhan").string();
  v.open();
  for (int i = 0; i < 3; ++i) say(*v.store, "a", std::to_string(i));
  EXPECT_FALSE(store::second_away(v.folder.path));
  away(true);
  v.open();
  say(*v.store, "a", "3");
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::away);
  EXPECT_TRUE(store::second_away(v.folder.path));
  EXPECT_TRUE(std::filesystem::is_empty(mount)) << "hidden once the device is back";
  EXPECT_TRUE(std::filesystem::exists(v.folder.path / "second")) << "beside the database meanwhile";
  away(false);
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
  v.store.reset();
  std::filesystem::remove_all(card);
}

TEST(Heal, takes_what_was_said_while_the_device_was_away_too) {
  OnCard v;
  for (int i = 0; i < 3; ++i) say(*v.store, "a", std::to_string(i));
  v.pull();
  v.open();
  for (int i = 0; i < 4; ++i) say(*v.store, "b", std::to_string(i));  // beside the database
  v.store.reset();
  v.plug();
  // Before it has been opened with its card again.
  const auto before = [&] { store::Store s(v.folder.path, contract(), v.clock, {.second = false}); return facts(s); }();
  v.lose_database();
  const auto healed = v.heal();
  EXPECT_EQ(healed.from_second, 7);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
}

TEST(Heal, two_histories_under_the_same_numbers_both_stay) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  const auto old = v.folder.path / "old";
  std::filesystem::create_directory(old);
  v.store.reset();
  std::filesystem::copy_file(v.folder.path / "nuanzhan.db", old / "nuanzhan.db");
  v.open();
  for (int i = 0; i < 4; ++i) say(*v.store, "b", std::to_string(i));
  const auto one = sorted_ids(*v.store);
  v.store.reset();
  // An old copy is put in its place while the second journal is away, and goes on.
  std::filesystem::rename(v.folder.path / "second", v.folder.path / "away");
  v.lose_database();
  std::filesystem::copy_file(old / "nuanzhan.db", v.folder.path / "nuanzhan.db");
  v.open();
  for (int i = 0; i < 3; ++i) say(*v.store, "c", std::to_string(i));
  const auto origin = v.store->origin();
  auto all = one;
  for (const auto& id : sorted_ids(*v.store)) all.push_back(id);
  v.store.reset();
  std::filesystem::remove_all(v.folder.path / "second");
  std::filesystem::rename(v.folder.path / "away", v.folder.path / "second");
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::differs);
  EXPECT_NE(v.store->origin(), origin) << "no number is taken a third time";
  EXPECT_TRUE(store::second_differs(v.folder.path)) << "remembered until it is healed";
  say(*v.store, "d", "goes on");
  for (const auto& id : sorted_ids(*v.store)) all.push_back(id);
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  EXPECT_TRUE(store::look_for_damage(*v.store).facts());
  const auto healed = v.heal();
  EXPECT_EQ(healed.of_another_history, 3);
  v.open();
  EXPECT_EQ(sorted_ids(*v.store), all);
  EXPECT_EQ(value(*v.store, "b"), "0123");
  EXPECT_EQ(value(*v.store, "c"), "012");
  EXPECT_EQ(value(*v.store, "d"), "goes on");
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_FALSE(store::look_for_damage(*v.store).any()) << "healed once is healed";
  say(*v.store, "e", "and on");
  v.store.reset();
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
}

TEST(Heal, what_a_healing_had_moved_aside_when_the_power_went_is_read_there) {
  Village v;
  for (int i = 0; i < 5; ++i) say(*v.store, "a", std::to_string(i));
  v.back_up("2026-11-24");
  v.say_beyond(7, 3, "b");
  const auto before = facts(*v.store);
  v.store.reset();
  const auto aside = v.folder.path / "damaged-1";
  std::filesystem::create_directory(aside);
  for (const char* end : {"", "-wal", "-shm"})
    if (const auto f = std::string("nuanzhan.db") + end; std::filesystem::exists(v.folder.path / f)) std::filesystem::rename(v.folder.path / f, aside / f);
  const auto healed = v.heal();
  EXPECT_EQ(healed.from_damaged, 10);
  v.open();
  EXPECT_EQ(facts(*v.store), before);
}

TEST(Origin, that_another_program_has_begun_is_followed_by_who_has_it_open) {
  Village v;
  say(*v.store, "a", "1");
  {
    store::Store other(v.folder.path, contract(), v.clock, {.create = false});
    other.new_origin();
    say(other, "b", "of the other");
  }
  say(*v.store, "a", "2");
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
  const auto all = facts(*v.store);
  v.store.reset();
  v.open();
  EXPECT_EQ(facts(*v.store), all);
  EXPECT_EQ(v.store->second_state().trouble, store::Store::SecondState::Trouble::none);
  EXPECT_FALSE(store::look_for_damage(*v.store).any());
}
