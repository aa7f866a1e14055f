// The second journal: what the database lost comes back from it, whatever lost it.
#include "given.h"
#include "store/journal.h"
#include "store/second_journal.h"

#include <fcntl.h>
#include <future>
#include <set>
#include <sodium.h>
#include <unistd.h>

using namespace given;
using store::SecondJournal;
using Kind = SecondJournal::Record::Kind;
using Trouble = store::Store::SecondState::Trouble;

namespace {

struct Village {
  TempFolder folder;
  base::FixedClock clock{noon()};
  std::unique_ptr<store::Store> store;
  Village() { open(); }
  void open() { store = std::make_unique<store::Store>(folder.path, contract(), clock); }
  void shut() { store.reset(); }
  [[nodiscard]] std::filesystem::path second() const { return folder.path / "second"; }
  void keep_as(const std::string& name) {
    shut();
    for (const char* end : {"", "-wal", "-shm"}) {
      const auto file = folder.path / (std::string("nuanzhan.db") + end);
      if (std::filesystem::exists(file)) std::filesystem::copy_file(file, folder.path / (name + end), std::filesystem::copy_options::overwrite_existing);
    }
    open();
  }
  void put_back(const std::string& name) {
    shut();
    for (const char* end : {"", "-wal", "-shm"}) {
      std::filesystem::remove(folder.path / (std::string("nuanzhan.db") + end));
      if (std::filesystem::exists(folder.path / (name + end))) std::filesystem::rename(folder.path / (name + end), folder.path / (std::string("nuanzhan.db") + end));
    }
    open();
  }
};

std::vector<std::string> ids(store::Store& s) {
  std::vector<std::string> all;
  for (const auto& f : given::all(s)) all.push_back(f.id.text());
  return all;
}

void overwrite(const std::filesystem::path& file, std::streamoff at, const std::string& bytes) {
  std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
  f.seekp(at);
  f.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST(SecondJournal, canonical_bytes_are_the_fact_again_and_nothing_else_is) {
  store::Fact f;
  f.id = base::id_of("a");
  f.origin = base::id_of("b");
  f.seq = 7;
  f.turn = 9;
  f.kind = "try.set";
  f.at = noon();
  f.clock_sure = false;
  f.subject = base::id_of("c");
  f.by = base::id_of("d");
  f.offer = "meals";
  f.means = "face";
  f.body = "{\"value\":\"暖\"}";
  const auto bytes = store::journal::canonical(f);
  const auto again = store::journal::of_canonical(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(store::journal::canonical(*again), bytes);
  EXPECT_FALSE(store::journal::of_canonical(bytes + "x"));
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(store::journal::of_canonical(bytes.substr(0, n))) << n;
  // What would not be written again as it was read is no fact: a version beyond its type, a clock that is sure in another way.
  const std::size_t version_at = 1 + 16 + 16 + 8 + 8 + 4 + f.kind.size(), sure_at = version_at + 8 + 8;
  for (const auto at : {version_at + 4, version_at + 7, sure_at + 1, sure_at + 7}) {
    auto other = bytes;
    other[at] = '\1';
    EXPECT_FALSE(store::journal::of_canonical(other)) << at;
  }
}

TEST(SecondJournal, has_each_committed_transaction_and_no_refused_one) {
  Village v;
  say(*v.store, "a", "1");
  {
    store::Act act(*v.store, kiosk());
    act.append({.kind = "try.set", .subject = thing("b")}, {{"value", "2"}});
    act.append({.kind = "try.followed", .subject = thing("b")});
    act.commit();
  }
  {
    store::Act act(*v.store, kiosk());
    act.append({.kind = "try.set", .subject = thing("c")}, {{"value", "never"}});
  }
  std::vector<std::size_t> sizes;
  const auto found = v.store->second()->each([&](const SecondJournal::Record& r) {
    if (r.kind == Kind::transaction) sizes.push_back(r.entries.size());
    return true;
  });
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(found.damaged, 0);
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
}

TEST(SecondJournal, shows_nothing_of_what_is_in_it) {
  Village v;
  say(*v.store, "a", "TAINT-王秀兰");
  v.shut();
  for (const auto& f : std::filesystem::directory_iterator(v.second())) {
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find("TAINT"), std::string::npos);
    EXPECT_EQ(bytes.find("try.set"), std::string::npos);
    EXPECT_EQ(std::filesystem::status(f.path()).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

TEST(SecondJournal, what_an_old_copy_put_in_the_databases_place_lacks_comes_back) {
  Village v;
  say(*v.store, "a", "1");
  v.keep_as("old");
  for (int i = 0; i < 40; ++i) say(*v.store, "b" + std::to_string(i % 7), std::to_string(i));
  const auto before = ids(*v.store);
  const auto tables = v.store->fold_hash();
  const auto head = v.store->positions();
  v.put_back("old");
  EXPECT_EQ(v.store->second_state().brought_back, 40);
  EXPECT_EQ(ids(*v.store), before);
  EXPECT_EQ(v.store->fold_hash(), tables);
  EXPECT_EQ(v.store->positions(), head);
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  say(*v.store, "c", "goes on");
  v.open();
  EXPECT_EQ(v.store->second_state().brought_back, 0);
}

TEST(SecondJournal, what_a_write_ahead_file_that_was_cut_lost_comes_back) {
  Village v;
  for (int i = 0; i < 30; ++i) say(*v.store, "a", std::to_string(i));
  const auto before = ids(*v.store);
  // As after a kill: the files as they lie there, the last frames gone.
  const TempFolder other;
  std::filesystem::copy(v.folder.path, other.path, std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  const auto wal = other.path / "nuanzhan.db-wal";
  std::filesystem::resize_file(wal, std::filesystem::file_size(wal) / 2);
  std::filesystem::remove(other.path / "nuanzhan.db-shm");
  store::Store store(other.path, contract(), v.clock);
  EXPECT_GT(store.second_state().brought_back, 0);
  EXPECT_EQ(ids(store), before);
}

TEST(SecondJournal, what_it_lacks_itself_is_copied_from_the_database) {
  Village v;
  say(*v.store, "a", "1");
  v.shut();
  {
    store::Store alone(v.folder.path, contract(), v.clock, {.second = false});
    for (int i = 0; i < 450; ++i) say(alone, "b", std::to_string(i));
  }
  v.open();
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
  // Beside an open store too: what a bulk brought is there before the next fact.
  {
    store::Store::Bulk bulk(*v.store);
    for (int i = 0; i < 5; ++i) say(*v.store, "c", std::to_string(i));
  }
  say(*v.store, "d", "after");
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
  std::int64_t facts = 0, last = 0;
  v.store->second()->each([&](const SecondJournal::Record& r) {
    for (const auto& e : r.entries) {
      EXPECT_EQ(e.fact.seq, ++last);
      ++facts;
    }
    return true;
  });
  EXPECT_EQ(facts, 457);
}

TEST(SecondJournal, two_programs_that_write_one_village_write_one_second_journal) {
  Village v;
  store::Store other(v.folder.path, contract(), v.clock);
  for (int i = 0; i < 20; ++i) say(i % 3 ? *v.store : other, "a", std::to_string(i));
  std::int64_t last = 0;
  const auto found = v.store->second()->each([&](const SecondJournal::Record& r) {
    for (const auto& e : r.entries) EXPECT_EQ(e.fact.seq, ++last);
    return true;
  });
  EXPECT_EQ(last, 20);
  EXPECT_EQ(found.damaged, 0);
}

TEST(SecondJournal, a_fact_whose_commit_was_refused_is_taken_back) {
  TempFolder folder;
  ASSERT_GE(sodium_init(), 0);
  const auto key = *store::machine_key(folder.path, true);
  SecondJournal second(folder.path / "second", key, {});
  store::Fact f;
  f.origin = base::id_of("o");
  f.seq = 1;
  const std::vector<SecondJournal::Entry> one{{f, {}}};
  second.append(one);
  f.seq = 2;
  second.append(std::vector<SecondJournal::Entry>{{f, {}}});
  second.take_back();
  EXPECT_EQ(second.positions().at(f.origin).seq, 1);
  f.seq = 2;
  f.kind = "another";
  second.append(std::vector<SecondJournal::Entry>{{f, {}}});
  SecondJournal again(folder.path / "second", key, {});
  std::vector<std::string> kinds;
  again.each([&](const SecondJournal::Record& r) {
    for (const auto& e : r.entries) kinds.push_back(e.fact.kind);
    return true;
  });
  EXPECT_EQ(kinds, (std::vector<std::string>{"", "another"}));
}

TEST(SecondJournal, after_an_error_of_the_disk_what_the_database_lacks_comes_back_within_the_next_deed) {
  TempFolder folder;
  base::FixedClock clock(noon());
  store::Store store(folder.path, contract(), clock);
  say(store, "one", "first");
  say(store, "two", "second");
  store.database().run("DELETE FROM journal_fact WHERE seq = 2");
  store.doubt();
  say(store, "three", "third");
  EXPECT_EQ(all(store).size(), 3u);
  EXPECT_EQ(store.second_state().brought_back, 1);
  EXPECT_EQ(store.verify_chain().broken_at, 0);
}

TEST(SecondJournal, a_damaged_record_costs_itself_alone_and_is_counted) {
  Village v;
  for (int i = 0; i < 10; ++i) say(*v.store, "a", std::to_string(i));
  v.shut();
  const auto file = v.second() / "00000001.nzj";
  overwrite(file, 512 + 5 * 256 + 40, std::string(8, '\x55'));  // records begin at multiples of 256 B
  const auto key = *store::machine_key(v.folder.path, false);
  SecondJournal second(v.second(), key, {});
  const auto found = second.each([](const auto&) { return true; });
  EXPECT_EQ(found.damaged, 1);
  EXPECT_EQ(found.facts, 9);
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, Trouble::none) << "the database has them all";
  say(*v.store, "a", "goes on");
  EXPECT_EQ(second.look().begin()->second.seq, 11);
}

TEST(SecondJournal, begins_a_new_file_when_one_is_full_and_lets_go_what_a_backup_has) {
  TempFolder folder;
  const auto key = *store::machine_key(folder.path, true);
  SecondJournal second(folder.path / "second", key, {});
  store::Fact f;
  f.origin = base::id_of("o");
  f.body = std::string(300'000, 'x');
  for (f.seq = 1; f.seq <= 40; ++f.seq) second.append(std::vector<SecondJournal::Entry>{{f, {}}});
  EXPECT_GE(second.segments().size(), 3u);
  EXPECT_EQ(second.drop_covered({{f.origin, {5, {}}}}), 0);
  EXPECT_EQ(second.drop_covered({{f.origin, {30, {}}}}), 2);
  std::int64_t first = 0;
  second.each([&](const SecondJournal::Record& r) {
    if (first == 0 && !r.entries.empty()) first = r.entries.front().fact.seq;
    return true;
  });
  EXPECT_GT(first, 5);
  EXPECT_LE(first, 31);
  f.seq = 41;
  f.body = std::string(9 << 20, 'y');  // larger than a file
  second.append(std::vector<SecondJournal::Entry>{{f, {}}});
  SecondJournal again(folder.path / "second", key, {});
  EXPECT_EQ(again.positions().at(f.origin).seq, 41);
}

TEST(SecondJournal, the_township_opens_it_without_this_machines_key) {
  TempFolder folder;
  const auto township = store::KeyPair::make();
  {
    std::ofstream(folder.path / "township.key") << store::text_of(township.open_to_all()) << "\n";
    base::FixedClock clock(noon());
    store::Store store(folder.path, contract(), clock);
    say(store, "a", "1");
  }
  const auto key = SecondJournal::key_by_township(folder.path / "second", township);
  ASSERT_TRUE(key);
  EXPECT_EQ(*key, *store::machine_key(folder.path, false));
  EXPECT_FALSE(SecondJournal::key_by_township(folder.path / "second", store::KeyPair::make()));
}

TEST(SecondJournal, goes_on_beside_the_database_while_its_own_device_is_away) {
  Village v;
  v.shut();
  const TempFolder card;
  std::ofstream(v.folder.path / "second.at") << (card.path / "in" / "nuanzhan").string() << "\n";
  v.open();
  say(*v.store, "a", "1");
  EXPECT_EQ(v.store->second_state().trouble, Trouble::away);
  EXPECT_EQ(v.store->second_state().folder, v.second());
  std::filesystem::create_directory(card.path / "in");
  v.store->try_second_again();
  EXPECT_EQ(v.store->second_state().trouble, Trouble::none);
  EXPECT_EQ(v.store->second_state().folder, card.path / "in" / "nuanzhan");
  say(*v.store, "a", "2");
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
  // Pulled out again while the kiosk runs: the fact stands all the same, and staff can be told.
  std::filesystem::remove_all(card.path / "in");
  std::ofstream(card.path / "in") << "no folder";
  EXPECT_NO_THROW(say(*v.store, "a", "3"));
  EXPECT_EQ(v.store->second_state().trouble, Trouble::failed);
  EXPECT_EQ(value(*v.store, "a"), "123");
}

TEST(SecondJournal, a_damaged_key_is_not_written_over) {
  Village v;
  say(*v.store, "a", "1");
  v.shut();
  std::ofstream(v.folder.path / "kiosk.key", std::ios::trunc) << "short";
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, Trouble::no_key);
  EXPECT_NO_THROW(say(*v.store, "a", "2"));
  EXPECT_EQ(std::filesystem::file_size(v.folder.path / "kiosk.key"), 5u);
}

TEST(SecondJournal, a_key_that_cannot_be_read_is_not_written_over_either) {
  TempFolder folder;
  std::filesystem::create_directory(folder.path / "kiosk.key");  // opens and gives no bytes, as a disk that fails
  EXPECT_THROW((void)store::machine_key(folder.path, true), std::system_error);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path / "kiosk.key"));
}

TEST(SecondJournal, programs_that_start_at_once_have_one_key) {
  TempFolder folder;
  std::vector<std::future<std::optional<store::MachineKey>>> all;
  for (int i = 0; i < 8; ++i) all.push_back(std::async(std::launch::async, [&] { return store::machine_key(folder.path, true); }));
  std::set<store::MachineKey> keys;
  for (auto& one : all) keys.insert(one.get().value());
  EXPECT_EQ(keys.size(), 1u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path), {}), 1) << "nothing is left beside it";
}

TEST(SecondJournal, another_history_under_the_same_numbers_is_noticed) {
  Village v;
  say(*v.store, "a", "1");
  v.keep_as("old");
  say(*v.store, "a", "2");
  v.shut();
  std::filesystem::rename(v.second(), v.folder.path / "aside");
  v.put_back("old");
  say(*v.store, "a", "another 2");
  say(*v.store, "a", "another 3");
  v.shut();
  std::filesystem::remove_all(v.second());
  std::filesystem::rename(v.folder.path / "aside", v.second());
  v.open();
  EXPECT_EQ(v.store->second_state().trouble, Trouble::differs);
  say(*v.store, "a", "goes on");
  EXPECT_EQ(v.store->second()->positions(), v.store->positions());
}
