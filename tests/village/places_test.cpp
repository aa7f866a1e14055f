// Sites, staff and sign-in, the secret, duty, settings, activities.
#include "given.h"

using namespace given;
using std::chrono::hours;
using std::chrono::minutes;
using store::Known;
using store::Role;
using testing::Test;
using Names = std::vector<std::string>;

struct Places : Shanwan, Test {};
struct StaffAccounts : Shanwan, Test {};
struct DutyRoster : Shanwan, Test {};
struct Settings : Shanwan, Test {};

TEST_F(Places, what_was_set_up_is_there) {
  EXPECT_EQ(names(village::villages(as(nobody()))), Names{"山湾村"});
  EXPECT_EQ(village::village_of(as(nobody()), centre)->market, "lunar:1,4,7");
  EXPECT_EQ(names(village::groups(as(nobody()), shanwan)), (Names{"一组", "二组"}));
  EXPECT_EQ(village::sites(as(nobody())).size(), 2u);
  EXPECT_EQ(village::site(as(nobody()), centre)->seats, 20);
  EXPECT_EQ(village::site(as(nobody()), room)->seats, std::nullopt) << "not filled in is not 0";
}

TEST_F(Places, only_a_manager_changes_them) {
  for (const auto& who : {nobody(), resident(wang, Known::secret), a_volunteer(), a_clerk()}) {
    EXPECT_TRUE(act(who, [&](store::Act& a) { return village::save_village(a, shanwan, "别的", ""); }).none());
    EXPECT_TRUE(act(who, [&](store::Act& a) { return village::save_group(a, {}, shanwan, 3, "三组", ""); }).none());
    EXPECT_REFUSED(act(who, [&](store::Act& a) { return village::save_site(a, {.village = shanwan, .kind = "micro_home", .name = "微家"}); }), no_right);
  }
  EXPECT_EQ(names(village::villages(as(nobody()))), Names{"山湾村"});
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_site(a, {.village = shanwan, .kind = "micro_home", .name = " "}); }), name_empty);
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_site(a, {.village = {}, .kind = "micro_home", .name = "微家"}); }), unknown);
  EXPECT_TRUE(act(a_manager(), [&](store::Act& a) { return village::save_site(a, {.id = centre, .village = shanwan, .kind = "day_care_centre", .name = "幸福院"}); }));
  EXPECT_EQ(village::site(as(nobody()), centre)->seats, std::nullopt);
}

// --- staff

TEST_F(StaffAccounts, the_sign_in_screen_shows_those_of_this_village_and_of_everywhere) {
  EXPECT_EQ(names(village::staff(as(nobody()))), (Names{"赵国强", "王敏", "刘婶儿"})) << "by number";
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = volunteer, .site = room}); }).value();
  EXPECT_EQ(village::staff(as(nobody())).size(), 3u) << "another site of the same village";
  const auto elsewhere = act(a_manager(), [&](store::Act& a) { return village::save_village(a, {}, "柳湾村", ""); });
  const auto far = act(a_manager(), [&](store::Act& a) { return village::save_site(a, {{}, elsewhere, "village_office", "柳湾村委会", {}, {}}); }).value();
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = volunteer, .site = far}); }).value();
  EXPECT_EQ(names(village::staff(as(nobody()))), (Names{"赵国强", "王敏"}));
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = volunteer, .site = village::SiteId{}}); }).value();
  EXPECT_EQ(village::staff(as(nobody())).size(), 3u);
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = volunteer, .active = false}); }).value();
  EXPECT_EQ(village::staff(as(nobody())).size(), 2u);
  EXPECT_EQ(village::all_staff(as(a_manager())).size(), 3u);
  EXPECT_TRUE(village::all_staff(as(a_clerk())).empty());
  EXPECT_EQ(village::staff_of_person(as(a_clerk()), xiaowang)->id, clerk);
  EXPECT_FALSE(village::staff_of_person(as(a_clerk()), wang));
}

TEST_F(StaffAccounts, a_manager_reaches_every_account_a_village_at_a_time) {
  const auto liuwan = act(a_manager(), [&](store::Act& a) { return village::save_village(a, {}, "柳湾村", ""); });
  const auto far = act(a_manager(), [&](store::Act& a) { return village::save_site(a, {{}, liuwan, "village_office", "柳湾村委会", {}, {}}); }).value();
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = volunteer, .site = far, .active = false}); }).value();
  const auto manager = as(a_manager());
  EXPECT_EQ(village::staff_accounts(manager, shanwan).size(), 2u) << "this village's, and those who work everywhere";
  EXPECT_EQ(names(village::staff_accounts(manager, liuwan)), (Names{"刘婶儿"})) << "who left, too";
  EXPECT_EQ(village::staff_accounts(manager, shanwan).size() + village::staff_accounts(manager, liuwan).size(), village::all_staff(manager).size());
  EXPECT_TRUE(village::staff_accounts(as(a_clerk()), shanwan).empty());
  int highest = 0;
  for (const auto& s : village::all_staff(manager)) highest = std::max(highest, std::atoi(s.number.c_str()));
  EXPECT_EQ(village::highest_staff_number(manager), highest);
  EXPECT_EQ(village::highest_staff_number(as(a_clerk())), 0);
}

TEST_F(StaffAccounts, only_a_manager_makes_them) {
  for (const auto& who : {nobody(), resident(wang, Known::secret), a_volunteer(), a_clerk()})
    EXPECT_REFUSED(act(who, [&](store::Act& a) { return village::save_staff(a, {.person = wang, .number = "9", .role = Role::manager}); }), no_right);
}

TEST_F(StaffAccounts, a_number_in_use_or_a_role_nobody_can_have_is_refused) {
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.person = wang, .number = "2", .role = Role::volunteer}); }), number_taken);
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.person = wang, .number = "9", .role = Role::clockwork}); }), unknown);
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.person = wang, .role = Role::volunteer}); }), name_empty);
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .active = false}); }).value();
  EXPECT_TRUE(act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.person = wang, .number = "2", .role = Role::volunteer}); }));
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .active = true}); }), number_taken);
}

TEST_F(StaffAccounts, the_journal_holds_a_hash_and_never_the_pin) {
  for (const auto& fact : facts()) EXPECT_EQ(fact.body.find("613829"), std::string::npos);
}

TEST(Pin, one_that_is_easily_guessed_is_weak) {
  for (const auto* pin : {"", "12345", "1234567", "12345a", "111111", "123456", "654321", "012345", "890123", "987654", "246802", "123123", "121212", "112233", "111222",
                          "123321", "520131", "147258", "201314"})
    EXPECT_TRUE(village::weak_pin(pin)) << pin;
  for (const auto* pin : {"274913", "613829", "940275", "100937"}) EXPECT_FALSE(village::weak_pin(pin)) << pin;
}

TEST(Pin, matches_its_own_hash_and_no_other) {
  const auto hash = village::hash_pin("613829", 1, 0);
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(village::pin_matches("613829", hash));
  EXPECT_FALSE(village::pin_matches("613828", hash));
  EXPECT_FALSE(village::pin_matches("613829", ""));
  EXPECT_NE(hash, village::hash_pin("613829", 1, 0)) << "salted";
}

struct SignIn : Shanwan, Test {
  // As app/ does it: an act, the hash on a worker, an act.
  std::expected<village::StaffId, village::Refusal> sign_in(const std::string& pin) {
    const auto hash = act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, clerk); });
    if (!hash) return std::unexpected(hash.error());
    const bool right = village::pin_matches(pin, *hash);
    return act(nobody(), [&](store::Act& a) { return village::end_sign_in(a, clerk, right); });
  }
};

TEST_F(SignIn, the_right_pin_opens_and_is_said_in_the_journal) {
  EXPECT_EQ(sign_in("613829"), clerk);
  EXPECT_EQ(facts().back().kind, "village.staff_signed_in");
  EXPECT_EQ(facts().back().by, clerk.value);
  EXPECT_EQ(facts().back().person, xiaowang.value);
}

TEST_F(SignIn, whoever_signs_in_sees_when_they_did_before) {
  const auto before = [&] { return village::last_sign_in(store->reader(machine()), xiaowang); };
  EXPECT_EQ(before(), std::nullopt);
  ASSERT_TRUE(sign_in("613829"));
  EXPECT_EQ(before(), std::nullopt) << "the first time";
  const auto first = clock.now();
  clock.advance(std::chrono::hours(20));
  ASSERT_FALSE(sign_in("613820"));
  ASSERT_TRUE(sign_in("613829"));
  EXPECT_EQ(before(), first);
}

TEST_F(SignIn, of_ten_thousand_guesses_with_restarts_at_most_ten_are_checked) {
  int checked = 0;
  for (int n = 0; n < 10'000; ++n) {
    // The plug is pulled between the count and the answer, the clock goes on or is set back, the kiosk starts anew.
    if (n % 100 == 99) {
      store.reset();
      store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
    }
    clock.advance(n % 7 == 0 ? -std::chrono::hours(48) : std::chrono::hours(9));
    const auto hash = act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, clerk); });
    if (!hash) continue;
    ++checked;
    if (n % 2 == 0) act(nobody(), [&](store::Act& a) { return village::end_sign_in(a, clerk, false); });
  }
  EXPECT_LE(checked, 10);
  EXPECT_EQ(village::pin_locked_for(as(nobody()), clerk), base::Minutes::max()) << "until a manager sets a new one";
  RecordProperty("checked", checked);
}

TEST_F(SignIn, a_wrong_pin_leaves_one_try_less_and_a_right_one_gives_them_back) {
  EXPECT_EQ(village::pin_tries_left(as(nobody()), clerk), 5);
  EXPECT_REFUSED(sign_in("613820"), wrong);
  EXPECT_EQ(village::pin_tries_left(as(nobody()), clerk), 4);
  EXPECT_TRUE(sign_in("613829"));
  EXPECT_EQ(village::pin_tries_left(as(nobody()), clerk), 5);
}

TEST_F(SignIn, a_guess_is_counted_before_the_hash_is_asked_so_pulling_the_plug_gains_nothing) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, clerk); }));
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, clerk); }), locked);
}

TEST_F(SignIn, five_wrong_ones_lock_for_a_minute_then_twice_as_long) {
  for (int i = 0; i < 4; ++i) EXPECT_REFUSED(sign_in("000000"), wrong);
  EXPECT_REFUSED(sign_in("000000"), locked);
  EXPECT_REFUSED(sign_in("613829"), locked);
  EXPECT_EQ(village::pin_locked_for(as(nobody()), clerk), minutes(1));
  clock.advance(std::chrono::seconds(59));
  EXPECT_REFUSED(sign_in("613829"), locked);
  clock.advance(std::chrono::seconds(1));
  EXPECT_REFUSED(sign_in("000000"), locked);
  EXPECT_EQ(village::pin_locked_for(as(nobody()), clerk), minutes(2));
  clock.advance(minutes(2));
  EXPECT_TRUE(sign_in("613829"));
  EXPECT_EQ(village::pin_locked_for(as(nobody()), clerk), std::nullopt);
}

TEST_F(SignIn, a_clock_set_back_never_unlocks_earlier) {
  for (int i = 0; i < 5; ++i) (void)sign_in("000000");
  clock.set(clock.now() - hours(24 * 400));
  EXPECT_REFUSED(sign_in("613829"), locked);
  clock.advance(hours(24 * 399));
  EXPECT_REFUSED(sign_in("613829"), locked);
  clock.advance(hours(25));
  EXPECT_TRUE(sign_in("613829"));
}

TEST_F(SignIn, guesses_made_after_the_clock_was_set_back_do_not_shorten_the_wait) {
  for (int i = 0; i < 4; ++i) (void)sign_in("000000");
  const auto then = clock.now();
  clock.set(then - hours(5));
  (void)sign_in("000000");
  EXPECT_REFUSED(sign_in("613829"), locked);
  clock.set(then);
  EXPECT_REFUSED(sign_in("613829"), locked);
  clock.set(then + minutes(1));
  EXPECT_TRUE(sign_in("613829"));
}

// A wall clock that jumps while the other one goes on.
struct Jumping final : base::Clock {
  base::Instant wall{};
  std::int64_t passed_ms = 0;
  [[nodiscard]] base::Instant now() const override { return wall; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return passed_ms; }
};

TEST_F(SignIn, a_clock_that_jumps_neither_lifts_the_wait_nor_makes_it_endless) {
  Jumping jumping;
  jumping.wall = clock.now();
  store.reset();
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, jumping);
  for (int i = 0; i < 5; ++i) (void)sign_in("000000");
  jumping.wall += hours(24 * 3652);
  EXPECT_REFUSED(sign_in("613829"), locked);
  jumping.wall -= hours(24 * 7304);
  EXPECT_REFUSED(sign_in("613829"), locked);
  jumping.passed_ms += 60'000;
  EXPECT_TRUE(sign_in("613829"));
}

TEST_F(SignIn, a_clock_that_was_years_ahead_before_a_restart_makes_no_wait_of_years) {
  Jumping jumping;
  jumping.wall = clock.now() + hours(24 * 365 * 73);
  store.reset();
  store.emplace(folder, store::Contract{village::fact_kinds(), {}}, jumping);
  for (int i = 0; i < 5; ++i) (void)sign_in("000000");
  store.reset();
  jumping.wall = clock.now();
  store.emplace(folder / ".", store::Contract{village::fact_kinds(), {}}, jumping);  // as another process: it remembers nothing
  EXPECT_REFUSED(sign_in("613829"), locked);
  jumping.passed_ms += 59'000;
  EXPECT_REFUSED(sign_in("613829"), locked);
  jumping.passed_ms += 1'000;
  EXPECT_TRUE(sign_in("613829"));
}

TEST_F(SignIn, ten_wrong_ones_lock_until_a_manager_sets_a_new_pin) {
  for (int i = 0; i < 10; ++i) {
    (void)sign_in("000000");
    clock.advance(hours(2));
  }
  clock.advance(hours(24 * 365));
  EXPECT_REFUSED(sign_in("613829"), locked);
  EXPECT_EQ(village::pin_locked_for(as(nobody()), clerk), minutes::max());
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .pin_hash = village::hash_pin("500731", 1, 0)}); }).value();
  EXPECT_TRUE(sign_in("500731"));
}

TEST_F(SignIn, the_end_without_a_beginning_opens_nothing) {
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::end_sign_in(a, clerk, true); }), wrong);
}

TEST_F(SignIn, whoever_left_has_no_pin_or_works_elsewhere_does_not_get_in) {
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .site = room}); }).value();
  EXPECT_TRUE(sign_in("613829")) << "another site of the same village";
  const auto elsewhere = act(a_manager(), [&](store::Act& a) { return village::save_village(a, {}, "柳湾村", ""); });
  const auto far = act(a_manager(), [&](store::Act& a) { return village::save_site(a, {{}, elsewhere, "village_office", "柳湾村委会", {}, {}}); }).value();
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .site = far}); }).value();
  EXPECT_REFUSED(sign_in("613829"), no_right);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::end_sign_in(a, clerk, true); }), no_right);
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .site = village::SiteId{}}); }).value();
  EXPECT_TRUE(sign_in("613829")) << "an account of the whole township";
  act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .active = false}); }).value();
  EXPECT_REFUSED(sign_in("613829"), unknown);
  const auto without = act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.person = wang, .number = "9", .role = Role::volunteer}); }).value();
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, without); }), unknown);
}

// --- the secret

struct ThreePictures : Shanwan, Test {
  std::expected<village::PersonId, village::Refusal> check(const village::Secret& guess) {
    return act(resident(mother), [&](store::Act& a) { return village::check_secret(a, mother, guess); });
  }
  village::Secret given_out() { return act(a_clerk(), [&](store::Act& a) { return village::give_secret(a, mother); }).value(); }
  static village::Secret another(village::Secret s) {
    std::swap(s[0], s[1]);
    return s;
  }
};

TEST_F(ThreePictures, are_given_out_none_twice_and_known_again_in_their_order_alone) {
  EXPECT_FALSE(village::has_secret(as(nobody()), mother));
  for (int i = 0; i < 50; ++i) {
    const auto s = given_out();
    EXPECT_TRUE(s[0] != s[1] && s[1] != s[2] && s[0] != s[2]);
    for (const int picture : s) EXPECT_TRUE(picture >= 0 && picture < 12);
  }
  const auto secret = given_out();
  EXPECT_TRUE(village::has_secret(as(nobody()), mother));
  EXPECT_EQ(check(secret), mother);
  EXPECT_REFUSED(check(another(secret)), wrong);
}

TEST_F(ThreePictures, the_third_wrong_try_locks_until_staff_give_new_ones) {
  const auto secret = given_out();
  EXPECT_REFUSED(check(another(secret)), wrong);
  EXPECT_EQ(village::secret_tries_left(as(nobody()), mother), 2);
  EXPECT_REFUSED(check(another(secret)), wrong);
  EXPECT_REFUSED(check(another(secret)), locked);
  EXPECT_REFUSED(check(secret), locked);
  clock.advance(hours(24 * 30));
  EXPECT_REFUSED(check(secret), locked);  // no waiting opens it
  const auto fresh = given_out();
  EXPECT_EQ(check(fresh), mother);
}

TEST_F(ThreePictures, a_right_try_gives_the_tries_back) {
  const auto secret = given_out();
  for (int round = 0; round < 4; ++round) {
    EXPECT_REFUSED(check(another(secret)), wrong);
    EXPECT_TRUE(check(secret));
  }
}

TEST_F(ThreePictures, without_any_or_without_the_right_it_is_refused) {
  EXPECT_REFUSED(check({0, 1, 2}), unknown);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::give_secret(a, mother); }), no_right);
  EXPECT_REFUSED(act(resident(mother, Known::card), [&](store::Act& a) { return village::give_secret(a, mother); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::give_secret(a, village::PersonId{base::id_of("x")}); }), unknown);
}

TEST_F(ThreePictures, the_journal_does_not_hold_them_in_the_clear) {
  (void)given_out();
  const auto said = facts().back();
  EXPECT_EQ(said.json().size(), 1u);
  EXPECT_EQ(said.body.find("$argon2id$"), std::string::npos) << "the hash itself is under the person's key";
  const auto read = store->reader({}).facts_of(said.subject).back();
  EXPECT_NE(read.body.find("$argon2id$"), std::string::npos);
  EXPECT_EQ(read.json().size(), 1u);
}

// --- duty

TEST_F(DutyRoster, whoever_is_on_now_is_asked_for_else_the_first_clerk) {
  EXPECT_EQ(village::on_duty(as(nobody()), centre)->face.name, "王敏");
  act(a_clerk(), [&](store::Act& a) {
    return village::save_duty(a, {.id = {}, .site = centre, .staff = volunteer, .weekday = 2, .from = hours(8), .until = hours(12)});
  }).value();
  EXPECT_EQ(village::on_duty(as(nobody()), centre)->face.name, "刘婶儿");
  clock.advance(hours(3));
  EXPECT_EQ(village::on_duty(as(nobody()), centre)->face.name, "王敏") << "until 12:00, not at 12:00";
  EXPECT_FALSE(village::on_duty(as(nobody()), room)) << "no clerk works there";
}

TEST_F(DutyRoster, a_night_goes_over_midnight) {
  act(a_clerk(), [&](store::Act& a) {
    return village::save_duty(a, {.id = {}, .site = centre, .staff = volunteer, .weekday = 2, .from = hours(20), .until = hours(6)});
  }).value();
  const auto at = [&](base::Day d, int hour) {
    clock.set(base::instant_at(d, hours(hour), {}));
    return village::on_duty(as(nobody()), centre)->face.name;
  };
  EXPECT_EQ(at(day(2026, 11, 24), 19), "王敏");
  EXPECT_EQ(at(day(2026, 11, 24), 23), "刘婶儿");
  EXPECT_EQ(at(day(2026, 11, 25), 5), "刘婶儿");
  EXPECT_EQ(at(day(2026, 11, 25), 6), "王敏");
  EXPECT_EQ(at(day(2026, 11, 24), 5), "王敏");
}

TEST_F(DutyRoster, one_that_ended_is_gone_and_nonsense_is_refused) {
  village::Duty d{.id = {}, .site = centre, .staff = volunteer, .weekday = 2, .from = hours(8), .until = hours(12)};
  d.id = act(a_clerk(), [&](store::Act& a) { return village::save_duty(a, d); }).value();
  EXPECT_EQ(village::duties(as(nobody()), centre).size(), 1u);
  act(a_clerk(), [&](store::Act& a) { return village::save_duty(a, d, true); }).value();
  EXPECT_TRUE(village::duties(as(nobody()), centre).empty());
  EXPECT_EQ(village::on_duty(as(nobody()), centre)->face.name, "王敏");
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_duty(a, d); }), no_right);
  d.weekday = 7;
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_duty(a, d); }), out_of_range);
  d.weekday = 1;
  d.until = d.from;
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_duty(a, d); }), end_before_start);
  d.staff = {};
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_duty(a, d); }), unknown);
}

// --- settings

TEST_F(Settings, a_value_of_the_site_wins_over_the_villages_and_an_empty_one_goes_back) {
  const auto value = [&] { return as(nobody()).setting("attendance.again_min", std::int64_t{30}); };
  EXPECT_EQ(value(), 30);
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "attendance.again_min", "45", false); }).value();
  EXPECT_EQ(value(), 45);
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "attendance.again_min", "60", true); }).value();
  EXPECT_EQ(value(), 60);
  EXPECT_EQ(as(store::Viewer::nobody(room.value)).setting("attendance.again_min", std::int64_t{30}), 45);
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "attendance.again_min", "", true); }).value();
  EXPECT_EQ(value(), 45);
}

TEST_F(Settings, what_is_not_within_bounds_is_refused) {
  for (const auto& [key, bad] : std::vector<std::pair<std::string, std::string>>{
           {"people.elder_age", "49"}, {"people.elder_age", "81"}, {"people.elder_age", "sixty"}, {"people.elder_age", "6e1"}, {"attendance.forgotten_close", "25:00"},
           {"attendance.forgotten_close", "evening"}, {"language", "fr"}, {"site.duty_name", std::string(3000, 'x')}})
    EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_setting(a, key, bad, false); }), out_of_range);
  EXPECT_REFUSED(act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.shoe_size", "40", false); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_setting(a, "people.elder_age", "65", false); }), no_right);
}

TEST_F(Settings, every_one_has_a_default_that_fits_and_a_title_in_both_languages) {
  for (const auto* language : {"zh-CN", "en"}) {
    std::vector<base::Wrong> wrong;
    const auto words = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
    const auto own = words.keys();
    const auto has = [&](const std::string& key) { return std::ranges::find(own, key) != own.end(); };
    for (const auto& def : village::setting_defs()) {
      auto title = "village.setting." + std::string(def.key);
      std::ranges::replace(title.begin() + 16, title.end(), '.', '_');
      EXPECT_TRUE(has(title)) << title << " " << language;
      EXPECT_TRUE(has("village.unit." + std::string(def.unit))) << def.unit;
      EXPECT_TRUE(has("village.setting_group." + std::string(def.key.substr(0, def.key.find('.'))))) << def.key;
      EXPECT_TRUE(act(a_manager(), [&](store::Act& a) { return village::save_setting(a, def.key, std::string(def.fallback), false); })) << def.key;
    }
    for (int i = 0; i <= static_cast<int>(village::Refusal::out_of_range); ++i)
      EXPECT_TRUE(has("village.refused." + std::string(village::name(static_cast<village::Refusal>(i))))) << i;
    for (const auto name : village::secret_names) EXPECT_TRUE(has("village.secret." + std::string(name))) << name;
  }
}

// --- activities

struct Activities : Shanwan, Test {
  village::ActivityEdit dance() {
    return {.id = {}, .site = centre, .offer = "recreation", .name = "扭秧歌", .picture = "🥁", .place = "院里", .day = day(2026, 11, 26), .start = hours(15), .end = hours(16), .places = 30, .led_by = volunteer};
  }
  std::expected<village::ActivityId, village::Refusal> save(const village::ActivityEdit& edit) {
    return act(a_clerk(), [&](store::Act& a) { return village::save_activity(a, edit); });
  }
};

TEST_F(Activities, one_that_was_saved_is_on_that_day) {
  const auto id = save(dance()).value();
  const auto a = village::activity(as(nobody()), id);
  ASSERT_TRUE(a);
  EXPECT_EQ(a->name, "扭秧歌");
  EXPECT_EQ(a->places, 30);
  EXPECT_EQ(a->led_by, volunteer);
  EXPECT_FALSE(a->series);
  EXPECT_EQ(village::activities(as(nobody()), centre, day(2026, 11, 26), day(2026, 11, 26)).size(), 1u);
  EXPECT_TRUE(village::activities(as(nobody()), centre, day(2026, 11, 27), day(2026, 12, 26)).empty());
  EXPECT_TRUE(village::activities(as(nobody()), room, day(2026, 11, 26), day(2026, 11, 26)).empty());
  EXPECT_EQ(village::activities_of_village(as(nobody()), shanwan, day(2026, 11, 26), day(2026, 11, 26)).size(), 1u);
}

TEST_F(Activities, a_repeating_one_is_on_the_same_weekday_of_each_week_in_one_series) {
  auto edit = dance();
  edit.repeat_weeks = 3;
  const auto id = save(edit).value();
  const auto all = village::activities(as(nobody()), centre, day(2026, 11, 1), day(2027, 1, 31));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].id, id);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(all[i].day, day(2026, 11, 26) + std::chrono::days(7 * static_cast<int>(i)));
    EXPECT_TRUE(all[i].series);
    EXPECT_EQ(all[i].series, all[0].series);
  }
}

TEST_F(Activities, a_change_is_of_that_one_alone) {
  auto edit = dance();
  edit.repeat_weeks = 2;
  const auto id = save(edit).value();
  edit.id = id;
  edit.start = hours(14);
  edit.places = std::nullopt;
  EXPECT_EQ(save(edit).value(), id);
  const auto all = village::activities(as(nobody()), centre, day(2026, 11, 1), day(2027, 1, 31));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].start, hours(14));
  EXPECT_EQ(all[0].places, std::nullopt) << "come as you are";
  EXPECT_EQ(all[1].start, hours(15));
  EXPECT_EQ(all[0].series, all[1].series);
}

TEST_F(Activities, a_day_that_is_over_an_end_before_the_start_and_no_name_are_refused) {
  auto edit = dance();
  edit.day = day(2026, 11, 23);
  EXPECT_REFUSED(save(edit), day_past);
  edit = dance();
  edit.day = day(2026, 11, 24);
  EXPECT_TRUE(save(edit)) << "today is not over";
  edit.end = edit.start;
  EXPECT_REFUSED(save(edit), end_before_start);
  edit = dance();
  edit.name = "";
  EXPECT_REFUSED(save(edit), name_empty);
  edit = dance();
  edit.site = {};
  EXPECT_REFUSED(save(edit), unknown);
  edit = dance();
  edit.id = village::ActivityId{base::id_of("x")};
  EXPECT_REFUSED(save(edit), unknown);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_activity(a, dance()); }), no_right);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::save_activity(a, dance()); }), no_right);
}

TEST_F(Activities, a_cancelled_one_stays_and_says_why) {
  const auto id = save(dance()).value();
  act(a_clerk(), [&](store::Act& a) { return village::cancel_activity(a, id, "下雪了", false); }).value();
  const auto a = village::activity(as(nobody()), id);
  EXPECT_TRUE(a->cancelled);
  EXPECT_EQ(a->cancel_reason, "下雪了");
  EXPECT_EQ(a->name, "扭秧歌");
  EXPECT_EQ(facts().back().kind, "village.activity_cancelled");
  EXPECT_EQ(facts().back().subject, id.value);
  act(a_clerk(), [&](store::Act& b) { return village::cancel_activity(b, id, "again", false); }).value();
  EXPECT_EQ(facts_of_kind("village.activity_cancelled"), 1) << "nobody is told twice";
}

TEST_F(Activities, a_change_of_a_series_takes_the_later_ones_with_it_only_when_asked) {
  auto edit = dance();
  edit.repeat_weeks = 3;
  (void)save(edit).value();
  const auto in_order = [&] { return village::activities(as(nobody()), centre, day(2026, 11, 1), day(2027, 1, 31)); };
  const auto before = in_order();
  ASSERT_EQ(before.size(), 4u);
  act(a_clerk(), [&](store::Act& a) { return village::cancel_activity(a, before[2].id, "market", false); }).value();

  auto change = edit;
  change.repeat_weeks = 0;
  change.id = before[1].id;
  change.day = before[1].day + std::chrono::days{1};
  change.place = "the yard";
  (void)save(change).value();
  EXPECT_EQ(in_order()[1].place, "the yard");
  EXPECT_NE(in_order()[3].place, "the yard");

  change.later_too = true;
  change.day += std::chrono::days{1};
  (void)save(change).value();
  const auto after = in_order();
  EXPECT_EQ(after[0].place, before[0].place) << "what was before stays";
  EXPECT_EQ(after[1].day, before[1].day + std::chrono::days{2});
  EXPECT_EQ(after[2].place, before[2].place) << "a cancelled one stays as it was announced";
  EXPECT_EQ(after[3].day, before[3].day + std::chrono::days{1}) << "moved by as many days as this one was";
  EXPECT_EQ(after[3].place, "the yard");
  EXPECT_EQ(after[3].series, before[3].series);
}

TEST_F(Activities, cancelling_a_series_takes_this_and_all_later_ones) {
  auto edit = dance();
  edit.repeat_weeks = 3;
  (void)save(edit).value();
  const auto other = save(dance()).value();
  const auto all = village::activities(as(nobody()), centre, day(2026, 11, 27), day(2027, 1, 31));
  act(a_manager(), [&](store::Act& a) { return village::cancel_activity(a, all[1].id, "腊月忙", true); }).value();
  std::vector<bool> cancelled;
  for (const auto& a : village::activities(as(nobody()), centre, day(2026, 11, 1), day(2027, 1, 31)))
    if (a.id != other) cancelled.push_back(a.cancelled);
  EXPECT_EQ(cancelled, (std::vector{false, false, true, true}));
  EXPECT_FALSE(village::activity(as(nobody()), other)->cancelled);
}

TEST_F(Activities, what_is_over_or_unknown_or_not_theirs_is_not_cancelled) {
  const auto id = save(dance()).value();
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::cancel_activity(a, id, "", false); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::cancel_activity(a, village::ActivityId{base::id_of("x")}, "", false); }), unknown);
  clock.advance(hours(24 * 5));
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::cancel_activity(a, id, "", false); }), day_past);
}
