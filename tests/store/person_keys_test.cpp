// A key for each person: what is stored, who reads it, and what is left once the key is destroyed.
#include "given.h"
#include "store/backup_file.h"
#include "store/heal.h"
#include "store/journal.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace given;
using store::KeySet;
using store::PersonKeys;

namespace {

constexpr std::array<std::string_view, 1> fields{"name"};
constexpr std::string_view taint = "㐂㐃䶵";  // in no other place than where it was said

// A person has one row: what they are called, or "erased", and a word that stays.
void fold_known(store::Fold& fold) {
  const auto key = "known." + fold.subject().text();
  fold.run("DELETE FROM village_setting WHERE key = ?", key);
  std::string name, word;
  bool erased = false;
  for (const auto& fact : fold.facts()) {
    const auto body = fact.json();
    name = body.value("name", name);
    word = body.value("word", word);
    erased = erased || fact.kind == "known.erased";
  }
  fold.run("INSERT INTO village_setting (key, site, value) VALUES (?, NULL, ?)", key, (erased ? "erased" : name) + "/" + word);
}

store::Contract people() {
  return {.kinds = {{"known.set", 1, store::Class::union_, fold_known, fields, true},
                    {"known.noted", 1, store::Class::union_, fold_known, fields},
                    {"known.erased", 1, store::Class::union_, fold_known, {}, true, true},
                    {"known.told", 1, store::Class::union_, nullptr, fields}},
          .reactions = {}};
}

struct Village {
  TempFolder folder;
  base::FixedClock clock{noon()};
  std::unique_ptr<store::Store> store;
  Village() { open(); }
  void open() {
    store.reset();
    store = std::make_unique<store::Store>(folder.path, people(), clock);
  }
  base::Uuid set(std::string_view who, std::string_view name, std::string_view word = "word") {
    store::Act act(*store, kiosk());
    const auto id = act.append({.kind = "known.set", .subject = thing(who)}, {{"name", name}, {"word", word}});
    act.commit();
    return id;
  }
  void erase(std::string_view who) {
    store::Act act(*store, kiosk());
    act.append({.kind = "known.erased", .subject = thing(who)});
    act.commit();
  }
  [[nodiscard]] std::string known(std::string_view who) {
    return store->reader(kiosk()).one<std::string>("SELECT value FROM village_setting WHERE key = ?", "known." + thing(who).text()).value_or("nothing");
  }
  [[nodiscard]] store::MachineKey key() const { return *store::machine_key(folder.path, true); }
  [[nodiscard]] std::filesystem::path keys_file() const { return folder.path / "persons.keys"; }
};

// Files below a folder in which these bytes are.
std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view what) {
  std::vector<std::string> found;
  for (const auto& f : std::filesystem::recursive_directory_iterator(folder))
    if (f.is_regular_file() && bytes(f.path()).find(what) != std::string::npos) found.push_back(f.path().lexically_relative(folder).string());
  return found;
}

}  // namespace

TEST(PersonKeys, a_personal_field_is_stored_sealed_and_read_in_clear) {
  Village v;
  v.set("wang", taint);
  EXPECT_EQ(v.known("wang"), std::string(taint) + "/word");
  const auto stored = given::all(*v.store).back();
  EXPECT_EQ(stored.body.find(taint), std::string::npos);
  EXPECT_EQ(stored.json().at("word"), "word");
  EXPECT_TRUE(stored.json().contains(std::string(store::sealed_field)));
  const auto read = v.store->reader(kiosk()).facts_of(thing("wang"));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read.front().json(), (nlohmann::json{{"name", taint}, {"word", "word"}}));
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_TRUE(files_with(v.folder.path / "second", taint).empty());
}

TEST(PersonKeys, the_key_is_the_persons_the_fact_names_else_the_subjects_else_nothing_is_sealed) {
  Village v;
  store::Act act(*v.store, kiosk());
  act.append({.kind = "known.noted", .subject = thing("visit"), .person = thing("wang")}, {{"name", taint}});
  act.append({.kind = "known.told", .subject = thing("notice")}, {{"name", "everybody"}});
  act.commit();
  EXPECT_EQ(given::all(*v.store).back().json().at("name"), "everybody");
  EXPECT_NE(v.store->keys().find(thing("wang")), nullptr);
  EXPECT_EQ(v.store->keys().find(thing("notice")), nullptr);
  v.erase("wang");
  EXPECT_EQ(v.known("visit"), "/") << "what was said of her about another thing goes too";
}

TEST(PersonKeys, a_body_that_an_earlier_program_wrote_in_clear_still_reads) {
  Village v;
  {
    store::Act act(*v.store, kiosk());
    store::Fact f;
    f.id = thing("fact");
    f.origin = thing("another kiosk");
    f.seq = 1;
    f.turn = 1;
    f.kind = "known.set";
    f.subject = thing("wang");
    f.body = R"({"name":"王秀兰"})";
    act.accept(f);
    act.commit();
  }
  EXPECT_EQ(v.known("wang"), "王秀兰/");
  EXPECT_EQ(v.store->keys_missing(), 0);
}

TEST(PersonKeys, what_was_sealed_for_one_fact_opens_in_no_other) {
  store::PersonKey key;
  key.bytes.fill(7);
  const auto sealed = store::seal_fields(R"({"name":"王"})", key, "fact 1");
  ASSERT_TRUE(store::open_fields(sealed, key, "fact 1"));
  EXPECT_EQ(nlohmann::json::parse(*store::open_fields(sealed, key, "fact 1")).at("name"), "王");
  EXPECT_FALSE(store::open_fields(sealed, key, "fact 2"));
  auto other = key;
  other.bytes[0] = 8;
  EXPECT_FALSE(store::open_fields(sealed, other, "fact 1"));
  EXPECT_FALSE(store::open_fields("no base64!", key, "fact 1"));
  EXPECT_FALSE(store::open_fields("", key, "fact 1"));
  EXPECT_EQ(store::seal_fields(R"({"name":"王"})", key, "").size(), store::seal_fields(R"({"name":"欧阳小虎"})", key, "").size()) << "a name's length does not show";
}

TEST(Erasure, leaves_what_is_counted_and_nothing_of_what_was_said) {
  Village v;
  v.set("wang", taint, "elder");
  v.set("li", "李桂香", "elder");
  v.erase("wang");
  EXPECT_EQ(v.known("wang"), "erased/elder");
  EXPECT_EQ(v.known("li"), "李桂香/elder");
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  EXPECT_EQ(v.store->verify_chain().facts, 3);
  const auto hash = v.store->fold_hash();
  v.store->rebuild();
  EXPECT_EQ(v.store->fold_hash(), hash);
  const auto read = v.store->reader(kiosk()).facts_of(thing("wang"));
  EXPECT_EQ(read.front().json(), (nlohmann::json{{"word", "elder"}}));
  EXPECT_TRUE(files_with(v.folder.path, taint).empty()) << files_with(v.folder.path, taint).front();
  v.open();
  EXPECT_EQ(v.known("wang"), "erased/elder");
  EXPECT_EQ(v.store->keys().find(thing("wang")), nullptr);
}

TEST(Erasure, destroys_the_keys_bytes_in_both_files) {
  Village v;
  v.set("wang", taint);
  v.set("li", "李");
  const auto before = bytes(v.keys_file()), copy = bytes(v.folder.path / "second" / "persons.keys");
  ASSERT_EQ(before.size(), 512u + 2 * 128);
  ASSERT_EQ(copy.size(), before.size());
  EXPECT_NE(before.substr(512), copy.substr(512)) << "each under a nonce and an id of its own";
  v.erase("wang");
  const auto after = bytes(v.keys_file());
  ASSERT_EQ(after.size(), before.size());
  EXPECT_NE(after.substr(512, 128), before.substr(512, 128));
  EXPECT_EQ(after.substr(640), before.substr(640)) << "another's slot is not touched";
  EXPECT_NE(bytes(v.folder.path / "second" / "persons.keys").substr(512, 128), copy.substr(512, 128));
  // Whoever kept the old slot and puts it back has the old key again, and no one without it: so the file alone decides.
  for (const auto& file : {v.keys_file(), v.folder.path / "second" / "persons.keys"}) {
    const auto set = store::read_person_keys(file, v.key());
    ASSERT_TRUE(set);
    EXPECT_TRUE(set->destroyed.contains(thing("wang")));
    EXPECT_FALSE(set->keys.contains(thing("wang")));
    EXPECT_TRUE(set->keys.contains(thing("li")));
  }
}

TEST(Erasure, that_is_not_committed_changes_nothing) {
  Village v;
  v.set("wang", taint);
  const auto before = bytes(v.keys_file());
  {
    store::Act act(*v.store, kiosk());
    act.append({.kind = "known.erased", .subject = thing("wang")});
    EXPECT_EQ(v.known("wang"), "erased/word");
  }
  EXPECT_EQ(v.known("wang"), std::string(taint) + "/word");
  EXPECT_NE(v.store->keys().find(thing("wang")), nullptr);
  EXPECT_EQ(bytes(v.keys_file()), before);
}

TEST(Erasure, that_is_not_committed_is_not_made_up_for_by_the_next_one) {
  Village v;
  v.set("wang", "王");
  v.set("li", "李");
  {
    store::Store::Bulk bulk(*v.store);
    { store::Act act(*v.store, kiosk()); act.append({.kind = "known.erased", .subject = thing("wang")}); }
    v.erase("li");
  }
  EXPECT_NE(v.store->keys().find(thing("wang")), nullptr);
  EXPECT_EQ(v.store->keys().find(thing("li")), nullptr);
  EXPECT_EQ(v.known("wang"), "王/word");
}

TEST(Erasure, nothing_is_written_of_whoever_was_erased) {
  Village v;
  v.set("wang", "王");
  v.erase("wang");
  v.set("wang", taint, "later");
  EXPECT_EQ(v.known("wang"), "erased/later");
  EXPECT_TRUE(files_with(v.folder.path, taint).empty());
  EXPECT_EQ(given::all(*v.store).back().json(), (nlohmann::json{{"word", "later"}}));
}

// The process dies at that instant: what a power cut leaves is what was forced, and all of that is there.
template <class Deed>
void dies_after(Deed deed) {
  const auto child = ::fork();
  if (child == 0) {
    deed();
    ::raise(SIGKILL);
  }
  int how = 0;
  ::waitpid(child, &how, 0);
  ASSERT_TRUE(WIFSIGNALED(how));
}

TEST(Erasure, cut_between_commit_and_destruction_is_ended_at_the_next_start) {
  Village v;
  v.set("wang", taint);
  v.store.reset();
  // As it is then: the fact is committed, the key is still there.
  const auto keys = bytes(v.keys_file()), copy = bytes(v.folder.path / "second" / "persons.keys");
  v.open();
  v.erase("wang");
  v.store.reset();
  std::ofstream(v.keys_file(), std::ios::binary) << keys;
  std::ofstream(v.folder.path / "second" / "persons.keys", std::ios::binary) << copy;
  ASSERT_TRUE(store::read_person_keys(v.keys_file(), v.key())->keys.contains(thing("wang")));
  v.open();
  EXPECT_TRUE(store::read_person_keys(v.keys_file(), v.key())->destroyed.contains(thing("wang")));
  EXPECT_TRUE(store::read_person_keys(v.folder.path / "second" / "persons.keys", v.key())->destroyed.contains(thing("wang")));
  EXPECT_EQ(v.known("wang"), "erased/word");
}

TEST(PersonKeys, cut_between_key_and_commit_leaves_a_key_of_nobody_and_the_next_saying_works) {
  Village v;
  v.set("li", "李");
  v.store.reset();
  dies_after([&] {
    store::Store store(v.folder.path, people(), v.clock);
    store::Act act(store, kiosk());
    act.append({.kind = "known.set", .subject = thing("wang")}, {{"name", "王"}});
    store.keys().force();
  });
  v.open();
  EXPECT_EQ(v.known("wang"), "nothing");
  EXPECT_TRUE(v.store->keys().all().keys.contains(thing("wang")));
  v.set("wang", "王");
  EXPECT_EQ(v.known("wang"), "王/word");
  v.open();
  v.store->rebuild();
  EXPECT_EQ(v.known("wang"), "王/word");
}

TEST(PersonKeys, a_torn_slot_at_the_end_is_passed_over) {
  Village v;
  v.set("li", "李");
  v.store.reset();
  std::ofstream(v.keys_file(), std::ios::binary | std::ios::app) << std::string(128, 'x') << std::string(60, 'y');
  v.open();
  v.set("wang", "王");
  v.open();
  v.store->rebuild();
  EXPECT_EQ(v.known("wang"), "王/word");
  EXPECT_EQ(v.known("li"), "李/word");
}

TEST(PersonKeys, the_copy_beside_the_second_journal_brings_a_lost_or_damaged_file_back) {
  Village v;
  v.set("wang", "王");
  for (const bool damaged : {false, true}) {
    v.store.reset();
    if (damaged) std::ofstream(v.keys_file(), std::ios::binary) << "no keys";
    else std::filesystem::remove(v.keys_file());
    v.open();
    v.store->rebuild();
    EXPECT_EQ(v.known("wang"), "王/word");
    EXPECT_TRUE(store::read_person_keys(v.keys_file(), v.key())->keys.contains(thing("wang")));
  }
}

TEST(PersonKeys, a_copy_that_was_away_gives_up_what_was_destroyed_meanwhile) {
  Village v;
  v.set("wang", taint);
  v.store.reset();
  const auto second = v.folder.path / "second", away = v.folder.path / "away";
  std::filesystem::rename(second, away);
  std::ofstream(v.folder.path / "second.at") << (v.folder.path / "card" / "second").string();
  v.open();
  v.erase("wang");
  ASSERT_TRUE(store::read_person_keys(away / "persons.keys", v.key())->keys.contains(thing("wang")));
  std::filesystem::create_directory(v.folder.path / "card");
  std::filesystem::rename(away, v.folder.path / "card" / "second");
  v.store->try_second_again();
  EXPECT_TRUE(store::read_person_keys(v.folder.path / "card" / "second" / "persons.keys", v.key())->destroyed.contains(thing("wang")));
}

TEST(PersonKeys, keys_that_are_lost_are_no_erasure_and_nothing_is_folded_away) {
  Village v;
  v.set("wang", "王");
  v.store.reset();
  std::filesystem::remove(v.keys_file());
  std::filesystem::remove(v.folder.path / "second" / "persons.keys");
  v.open();
  EXPECT_EQ(v.store->keys_missing(), 1);
  EXPECT_THROW(v.store->rebuild(), store::KeysMissing);
  EXPECT_EQ(v.known("wang"), "王/word");
  EXPECT_TRUE(store::look_for_damage(*v.store).keys());
  v.store->rebuild(true);
  EXPECT_EQ(v.known("wang"), "/word");
  // That some are missing is known until all were found: what their people own has no name as long.
  store::mark_without_keys(v.folder.path);
  v.set("li", "李");
  v.store.reset();
  EXPECT_TRUE(store::heal_keys(v.folder.path, {v.key(), nullptr}));
  EXPECT_TRUE(std::filesystem::exists(v.folder.path / store::without_keys_mark));
}

TEST(PersonKeys, another_store_on_the_same_files_sees_new_keys_and_destroyed_ones) {
  Village v;
  v.set("wang", "王");
  auto other = v.store->beside();
  ASSERT_NE(other->keys().find(thing("wang")), nullptr);
  v.set("li", "李");
  EXPECT_NE(other->keys().find(thing("li")), nullptr);
  v.erase("wang");
  store::Act act(*other, kiosk());
  EXPECT_EQ(act.facts_of(thing("wang")).front().json(), (nlohmann::json{{"word", "word"}}));
  act.append({.kind = "known.set", .subject = thing("zhao")}, {{"name", "赵"}});
  act.commit();
  EXPECT_NE(v.store->keys().find(thing("zhao")), nullptr);
}

TEST(PersonKeys, of_a_thousand_new_people_in_one_bulk_are_forced_once) {
  Village v;
  {
    store::Store::Bulk bulk(*v.store);
    for (int i = 0; i < 1000; ++i) v.set("person " + std::to_string(i), "王");
    EXPECT_FALSE(std::filesystem::exists(v.keys_file()));
    bulk.checkpoint();
    EXPECT_EQ(std::filesystem::file_size(v.keys_file()), 512u + 1000 * 128);
  }
  v.open();
  v.store->rebuild();
  EXPECT_EQ(v.known("person 999"), "王/word");
}

TEST(PersonKeys, a_key_file_is_opened_by_this_machine_and_by_the_township_and_by_nobody_else) {
  Village v;
  const auto township = store::KeyPair::make(), other = store::KeyPair::make();
  v.set("wang", "王");
  v.set("li", "李");
  v.erase("li");
  const auto file = v.folder.path / "2026-11-24.nzk";
  store::write_key_copy(v.store->keys().all(), file, v.key(), township.open_to_all());
  for (const auto& with : {store::BackupKey{v.key(), nullptr}, store::BackupKey{{}, &township}}) {
    const auto set = store::read_key_copy(file, with);
    ASSERT_TRUE(set);
    EXPECT_TRUE(set->keys.contains(thing("wang")));
    EXPECT_TRUE(set->destroyed.contains(thing("li")));
    EXPECT_FALSE(set->keys.contains(thing("li")));
  }
  EXPECT_EQ(store::read_key_copy(file, {store::MachineKey{}, &other}).error(), store::KeyCopyRefusal::no_key);
  auto changed = bytes(file);
  changed.back() = static_cast<char>(changed.back() ^ 1);
  std::ofstream(file, std::ios::binary) << changed;
  EXPECT_EQ(store::read_key_copy(file, {v.key(), nullptr}).error(), store::KeyCopyRefusal::damaged);
  std::ofstream(file, std::ios::binary) << changed.substr(0, 100);
  EXPECT_EQ(store::read_key_copy(file, {v.key(), nullptr}).error(), store::KeyCopyRefusal::not_one);
}

TEST(Backup, has_no_folded_rows_and_is_whole_again_with_the_keys) {
  Village v;
  v.set("wang", taint);
  const auto hash = v.store->fold_hash();
  std::filesystem::create_directories(v.folder.path / "backup");
  const auto head = store::write_backup(*v.store, v.folder.path / "backup" / "2026-11-24.nzb", v.key(), {});
  EXPECT_FALSE(head.tables);
  EXPECT_FALSE(store::look_at_backup(v.folder.path / "backup" / "2026-11-24.nzb")->tables);
  TempFolder opened;
  ASSERT_TRUE(store::open_backup(v.folder.path / "backup" / "2026-11-24.nzb", {v.key(), nullptr}, opened.path / "nuanzhan.db"));
  EXPECT_TRUE(files_with(opened.path, taint).empty()) << "a folded row says in clear what facts keep under a key";
  const auto keys = std::make_shared<PersonKeys>(v.store->keys().all());
  {
    store::Store copy(opened.path, people(), v.clock, {.second = false, .keys = keys});
    EXPECT_EQ(copy.verify_chain().broken_at, 0);
    copy.rebuild();
    EXPECT_EQ(copy.fold_hash(), hash);
  }
}

TEST(Heal, takes_the_newest_keys_and_says_so_where_there_are_none) {
  Village v;
  v.set("wang", taint);
  v.set("li", "李");
  std::filesystem::create_directories(v.folder.path / "backup");
  store::write_backup(*v.store, v.folder.path / "backup" / "2026-11-24.nzb", v.key(), {});
  v.erase("wang");
  const auto hash = v.store->fold_hash();
  store::write_key_copy(v.store->keys().all(), v.folder.path / "backup" / "2026-11-24.nzk", v.key(), {});
  v.store.reset();
  for (const auto* f : {"nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm", "persons.keys", "second/persons.keys"}) std::filesystem::remove(v.folder.path / f);
  const auto nzk = bytes(v.folder.path / "backup" / "2026-11-24.nzk");
  std::filesystem::remove(v.folder.path / "backup" / "2026-11-24.nzk");
  EXPECT_THROW((void)store::heal(v.folder.path, people(), v.clock, {v.key(), nullptr}), store::KeysMissing);
  EXPECT_FALSE(std::filesystem::exists(v.folder.path / "nuanzhan.db"));
  std::ofstream(v.folder.path / "backup" / "2026-11-24.nzk", std::ios::binary) << nzk;
  (void)store::heal(v.folder.path, people(), v.clock, {v.key(), nullptr});
  v.open();
  EXPECT_EQ(v.store->fold_hash(), hash);
  EXPECT_EQ(v.known("wang"), "erased/word");
  EXPECT_EQ(v.known("li"), "李/word");
}
