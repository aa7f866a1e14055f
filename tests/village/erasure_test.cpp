// Erasing a person: what is gone, what is counted, who may, and what it does to every copy.
#include "given.h"
#include "base/text.h"
#include "store/heal.h"
#include "village/backups.h"
#include "village/erasure.h"
#include "village/photos.h"

#include <array>
#include <algorithm>
#include <fstream>

using namespace given;
using village::Refusal;

namespace {

// Rare characters and a number that stand in nothing else.
constexpr std::string_view rare = "㐂䶵㛃", rare_phone = "19988877665", rare_note = "㐹门", rare_card = "NZ㐅7";

bool nothing_holds(const store::Reader&, village::PersonId) { return false; }
bool all_hold(const store::Reader&, village::PersonId) { return true; }

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view what) {
  std::vector<std::string> found;
  for (const auto& f : std::filesystem::recursive_directory_iterator(folder))
    if (f.is_regular_file() && bytes_of(f.path()).find(what) != std::string::npos) found.push_back(f.path().lexically_relative(folder).string());
  return found;
}

struct Rare : Shanwan {
  village::HouseholdId alone;
  village::PersonId who;
  Rare() {
    alone = act(machine(), [&](store::Act& a) { return village::save_household(a, {.group = second, .number = "77", .phone = std::string(rare_phone), .note = std::string(rare_note)}); }).value();
    house = alone;
    who = person(std::string(rare), "f", day(1939, 2, 3), {"elder", "hardship"}, std::string(rare_phone));
    act(machine(), [&](store::Act& a) {
      (void)village::give_card(a, who, std::string(rare_card)).value();
      (void)village::give_secret(a, who).value();
      (void)village::record_consent(a, who, "photo", 1, true).value();
      (void)village::save_carer(a, {.child = hu, .adult = who, .relation = std::string(rare_note), .may_fetch = true}).value();
      return 0;
    });
  }
  std::expected<village::Erased, Refusal> erase(village::Holds holds = nothing_holds) {
    return act(a_manager(), [&](store::Act& a) { return village::erase_person(a, who, holds); });
  }
  std::int64_t tagged(std::string_view tag) { return store->reader({}).count("SELECT count(*) FROM village_person_tag WHERE tag = ? AND until IS NULL", tag); }
  std::int64_t people() { return store->reader({}).count("SELECT count(*) FROM village_person"); }
};

}  // namespace

TEST(Erasing, is_for_a_manager_alone) {
  Rare v;
  for (const auto& viewer : {v.a_clerk(), v.a_volunteer(), v.resident(v.who, store::Known::secret), v.nobody()}) {
    store::Act act(*v.store, viewer);
    EXPECT_EQ(village::erase_person(act, v.who, nothing_holds).error(), Refusal::no_right);
  }
  EXPECT_TRUE(v.erase());
}

TEST(Erasing, says_why_not_unknown_or_erased_staff_or_something_still_open) {
  Rare v;
  store::Act act(*v.store, v.a_manager());
  EXPECT_EQ(village::erase_person(act, village::PersonId{base::id_of("nobody")}, nothing_holds).error(), Refusal::unknown);
  EXPECT_EQ(village::erase_person(act, v.liu, nothing_holds).error(), Refusal::is_staff);
  EXPECT_EQ(village::erase_person(act, v.who, all_hold).error(), Refusal::still_open);
  ASSERT_TRUE(village::erase_person(act, v.who, nothing_holds));
  EXPECT_EQ(village::erase_person(act, v.who, nothing_holds).error(), Refusal::unknown);
}

TEST(Erasing, leaves_a_row_that_is_counted_and_shows_nothing) {
  Rare v;
  const auto people = v.people(), elders = v.tagged("elder"), in_need = v.tagged("hardship");
  const auto gone = v.erase();
  ASSERT_TRUE(gone);
  EXPECT_EQ(gone->household, v.alone);
  EXPECT_EQ(v.people(), people);
  EXPECT_EQ(v.tagged("elder"), elders);
  EXPECT_EQ(v.tagged("hardship"), in_need);
  const auto clerk = v.as(v.a_clerk());
  const auto p = village::person(clerk, v.who);
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->erased);
  EXPECT_EQ(p->name, village::erased_name);
  EXPECT_EQ(p->phone + p->photo + p->portrait + p->called, "");
  EXPECT_FALSE(p->born);
  EXPECT_FALSE(p->household);
  EXPECT_EQ(p->group, v.second);
  EXPECT_FALSE(village::face(clerk, v.who));
  EXPECT_FALSE(village::has_face(clerk, v.who));
  EXPECT_FALSE(village::household(clerk, v.alone));
  EXPECT_TRUE(village::find(clerk, rare).empty());
  EXPECT_TRUE(village::find(clerk, "7665").empty());
  EXPECT_TRUE(village::find(clerk, rare_card).empty());
  EXPECT_TRUE(village::find(clerk, "77").empty());
  EXPECT_TRUE(village::by_phone_tail(v.as(v.nobody()), "7665").empty());
  EXPECT_EQ(village::by_card(v.as(v.nobody()), rare_card).error(), Refusal::card_unknown);
  EXPECT_TRUE(village::cards_of(clerk, v.who).empty());
  EXPECT_FALSE(village::has_secret(clerk, v.who));
  const auto fetch = village::carers(clerk, v.hu);
  EXPECT_TRUE(std::ranges::none_of(fetch, [&](const auto& c) { return c.adult == v.who; }));
  const auto faces = village::faces(v.as(v.nobody()), v.centre, v.second, 0, 100);
  EXPECT_TRUE(std::ranges::none_of(faces, [&](const auto& f) { return f.id == v.who; }));
}

TEST(Erasing, lets_nobody_write_about_the_person_again) {
  Rare v;
  ASSERT_TRUE(v.erase());
  store::Act act(*v.store, v.a_manager());
  EXPECT_EQ(village::save_person(act, {.id = v.who, .name = "王"}).error(), Refusal::unknown);
  EXPECT_EQ(village::give_card(act, v.who, "NZ00000001").error(), Refusal::unknown);
  EXPECT_EQ(village::give_secret(act, v.who).error(), Refusal::unknown);
  EXPECT_EQ(village::save_carer(act, {.child = v.hu, .adult = v.who}).error(), Refusal::unknown);
  // The card itself may serve somebody else.
  EXPECT_TRUE(village::give_card(act, v.wang, std::string(rare_card)));
  EXPECT_EQ(village::by_card(act, rare_card), v.wang);
}

TEST(Erasing, leaves_no_byte_of_name_and_phone_in_any_file) {
  Rare v;
  const auto photo = v.folder / "photos" / "019aa000-0000-7000-8000-000000000001.jpg";
  std::filesystem::create_directories(photo.parent_path());
  std::ofstream(photo) << "a face";
  ASSERT_TRUE(v.act(v.a_clerk(), [&](store::Act& a) { return village::set_photo(a, v.who, "photos/019aa000-0000-7000-8000-000000000001.jpg"); }));
  (void)village::back_up(*v.store);
  ASSERT_FALSE(files_with(v.folder, rare).empty()) << "the folded rows say it in clear while the person is there";
  EXPECT_EQ(files_with(v.folder / "second", rare).size() + files_with(v.folder / "backup", rare).size(), 0u);
  const auto gone = v.erase();
  ASSERT_TRUE(gone);
  village::forget_files(v.folder, *gone);
  EXPECT_FALSE(std::filesystem::exists(photo));
  for (const auto what : {rare, rare_phone, rare_note, rare_card}) EXPECT_TRUE(files_with(v.folder, what).empty()) << what << " is in " << files_with(v.folder, what).front();
  EXPECT_EQ(v.store->verify_chain().broken_at, 0);
  const auto hash = v.store->fold_hash();
  v.store->rebuild();
  EXPECT_EQ(v.store->fold_hash(), hash);
  for (const auto what : {rare, rare_phone, rare_note, rare_card}) EXPECT_TRUE(files_with(v.folder, what).empty()) << what;
}

TEST(Erasing, a_household_stays_while_somebody_belongs_to_it) {
  Rare v;
  const auto other = v.person("王二", "m", day(1941, 2, 3), {});
  ASSERT_TRUE(v.erase());
  ASSERT_TRUE(village::household(v.as(v.a_clerk()), v.alone));
  EXPECT_EQ(village::household(v.as(v.a_clerk()), v.alone)->members, 1);
  EXPECT_EQ(village::household(v.as(v.a_clerk()), v.alone)->note, rare_note);
  v.act(v.a_manager(), [&](store::Act& a) { return village::erase_person(a, other, nothing_holds); });
  EXPECT_FALSE(village::household(v.as(v.a_clerk()), v.alone));
  EXPECT_TRUE(files_with(v.folder, rare_note).empty());
}

TEST(Erasing, key_files_are_written_anew_and_copies_in_clear_go) {
  Rare v;
  (void)village::back_up(*v.store);
  v.clock.set(v.clock.now() + std::chrono::days(1));
  (void)village::back_up(*v.store);
  ASSERT_EQ(store::key_copies_in(v.folder / "backup").size(), 2u);
  std::ofstream(v.folder / "backup" / "before-schema-45.db") << rare;
  std::filesystem::create_directories(v.folder / "damaged-1");
  std::ofstream(v.folder / "damaged-1" / "nuanzhan.db") << rare;
  std::ofstream(v.folder / "replaced.db") << rare;
  EXPECT_EQ(village::settle_copies(*v.store), 0) << "nobody was erased";
  ASSERT_TRUE(v.erase());
  EXPECT_GT(village::settle_copies(*v.store), 0);
  EXPECT_TRUE(files_with(v.folder, rare).empty()) << files_with(v.folder, rare).front();
  const auto kept = store::key_copies_in(v.folder / "backup");
  ASSERT_EQ(kept.size(), 1u);
  const auto keys = store::read_key_copy(kept.front().file, {store::machine_key(v.folder, false), nullptr});
  ASSERT_TRUE(keys);
  EXPECT_TRUE(keys->destroyed.contains(v.who.value));
  EXPECT_FALSE(keys->keys.contains(v.who.value));
  EXPECT_TRUE(keys->keys.contains(v.wang.value));
  EXPECT_EQ(village::settle_copies(*v.store), 0) << "once is enough";
}

TEST(Erasing, reaches_the_key_files_on_sticks_under_an_earlier_lifes_name_too) {
  Rare v;
  const std::array mounts{v.folder / "media"};
  const auto stick = v.folder / "media/STICK/nuanzhan";
  std::filesystem::create_directories(stick);
  const auto township = v.a_township();
  ASSERT_EQ(village::back_up_to_sticks(*v.store, mounts), 1);
  const auto before = village::on_stick(stick, *v.store, ".nzk");
  v.store->new_origin();  // as after a restore
  const auto machine = *store::machine_key(v.folder, false);
  store::MachineKey another{};
  another.fill('x');
  store::write_key_copy(v.store->keys().all(), stick / "nuanzhan-ffffffff.nzk", another, township.open_to_all());
  EXPECT_EQ(village::settle_sticks(*v.store, mounts), 0) << "nobody was erased";
  ASSERT_TRUE(v.erase());
  EXPECT_EQ(village::settle_sticks(*v.store, mounts), 1);
  for (const auto& with : {store::BackupKey{machine, nullptr}, store::BackupKey{{}, &township}}) {
    const auto keys = store::read_key_copy(before, with);
    ASSERT_TRUE(keys);
    EXPECT_FALSE(keys->keys.contains(v.who.value));
    EXPECT_TRUE(keys->destroyed.contains(v.who.value));
    EXPECT_TRUE(keys->keys.contains(v.wang.value));
  }
  EXPECT_TRUE(store::read_key_copy(stick / "nuanzhan-ffffffff.nzk", {another, nullptr})->keys.contains(v.who.value)) << "another kiosk's own affair";
  EXPECT_EQ(village::settle_sticks(*v.store, mounts), 0) << "once is enough";
}

TEST(Keys, of_a_stick_stay_where_the_village_has_lost_some_of_its_own) {
  Rare v;
  const auto stick = v.folder / "stick";
  std::filesystem::create_directories(stick);
  (void)v.a_township();
  ASSERT_TRUE(village::back_up_to(*v.store, stick));
  const auto file = village::on_stick(stick, *v.store, ".nzk");
  const auto machine = store::machine_key(v.folder, false);
  const auto whole = store::read_key_copy(file, {machine, nullptr}).value();
  ASSERT_TRUE(whole.keys.contains(v.wang.value));
  // All of them: there is nothing that could take its place.
  const auto lose = [&] {
    v.store.reset();
    for (const auto* lost : {"persons.keys", "second/persons.keys"}) std::filesystem::remove(v.folder / lost);
    v.store.emplace(v.folder, store::Contract{village::fact_kinds(), {}}, v.clock);
  };
  lose();
  (void)village::back_up_to(*v.store, stick);
  EXPECT_EQ(store::read_key_copy(file, {machine, nullptr}).value().keys.size(), whole.keys.size());
  // A new one was made meanwhile: it comes to those of the stick.
  const auto newcomer = v.person("新人", "f", day(1950, 1, 1), {"elder"});
  (void)village::back_up_to(*v.store, stick);
  const auto both = store::read_key_copy(file, {machine, nullptr}).value();
  EXPECT_TRUE(both.keys.contains(newcomer.value));
  EXPECT_TRUE(both.keys.contains(v.wang.value));
}

TEST(Retention, nothing_is_destroyed_by_a_clock_that_nobody_vouches_for) {
  Rare v;
  v.act(v.a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = v.who, .left_on = a.today()}); });
  v.act(v.a_manager(), [](store::Act& a) { return village::save_setting(a, "retention.erase_alone", "1", false); });
  v.clock.set(base::instant_at(given::day(2099, 1, 1), base::Minutes{600}, {}));
  EXPECT_EQ(village::erase_overdue(*v.store, nothing_holds), 0);
}

TEST(Erasing, key_files_older_than_the_village_says_go) {
  Rare v;
  for (int d = 0; d < 40; ++d) {
    village::write_key_copy_of_today(*v.store);
    v.clock.set(v.clock.now() + std::chrono::days(1));
  }
  EXPECT_EQ(store::key_copies_in(v.folder / "backup").size(), 30u);
  v.act(v.a_manager(), [](store::Act& a) { return village::save_setting(a, "erasure.key_backup_days", "3", false); });
  village::write_key_copy_of_today(*v.store);
  EXPECT_EQ(store::key_copies_in(v.folder / "backup").size(), 3u);
}

TEST(Erasing, is_said_again_where_a_backup_older_than_it_comes_back) {
  Rare v;
  const auto backed_up = village::back_up(*v.store);
  const auto elders = v.tagged("elder");
  ASSERT_TRUE(v.erase());
  const auto keys = std::make_shared<store::PersonKeys>(v.store->keys().all());
  const auto place = v.folder / "restored";
  std::filesystem::create_directories(place);
  ASSERT_TRUE(store::open_backup(backed_up.file, {store::machine_key(v.folder, false), nullptr}, place / "nuanzhan.db"));
  store::Store restored(place, store::Contract{village::fact_kinds(), {}}, v.clock, {.second = false, .keys = keys});
  EXPECT_EQ(restored.keys_missing(), 0);
  restored.rebuild();
  EXPECT_EQ(village::erase_again(restored), 2) << "she and her household";
  EXPECT_EQ(restored.reader({}).count("SELECT count(*) FROM village_person_tag WHERE tag = 'elder' AND until IS NULL"), elders);
  EXPECT_TRUE(village::person(restored.reader(v.a_manager()), v.who)->erased);
  EXPECT_EQ(village::erase_again(restored), 0);
}

TEST(Retention, a_manager_is_asked_about_who_left_long_ago_and_nobody_goes_alone_unless_the_village_says_so) {
  Rare v;
  const auto leave = [&](village::PersonId who, int days_ago) {
    v.act(v.a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = who, .left_on = a.today() - std::chrono::days(days_ago)}); });
  };
  leave(v.who, 1095);
  leave(v.shan, 1094);
  EXPECT_EQ(names(village::overdue_leavers(v.as(v.a_manager()))), std::vector<std::string>{std::string(rare)});
  EXPECT_EQ(village::overdue_leavers_count(v.as(v.a_manager())), 1);
  EXPECT_EQ(village::overdue_leavers_count(v.as(v.a_clerk())), 0);
  EXPECT_EQ(village::erase_overdue(*v.store, nothing_holds), 0);
  v.act(v.a_manager(), [](store::Act& a) { return village::save_setting(a, "retention.erase_alone", "1", false); });
  EXPECT_EQ(village::erase_overdue(*v.store, all_hold), 0) << "not before what is open is over";
  EXPECT_EQ(village::erase_overdue(*v.store, nothing_holds), 1);
  EXPECT_EQ(village::overdue_leavers_count(v.as(v.a_manager())), 0);
  EXPECT_TRUE(files_with(v.folder, rare).empty());
}

TEST(Erasing, who_is_met_by_id_is_called_somebody_who_was_erased) {
  Rare v;
  ASSERT_TRUE(v.erase());
  std::vector<base::Wrong> wrong;
  const auto words = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets" / "text", "zh-CN", wrong);
  EXPECT_EQ(village::address(v.as(v.a_clerk()), v.who, words), "已删除的人");
  EXPECT_EQ(village::address(v.as(v.nobody()), v.who, words), "");
}
