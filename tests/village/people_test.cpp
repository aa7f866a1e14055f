// People, households, carers, cards, consents: what is saved is there, what may not be is refused, and who may not see sees nothing.
#include "given.h"

using namespace given;
using store::Known;
using store::Role;
using testing::Test;
using Names = std::vector<std::string>;

struct People : Shanwan, Test {};
struct Finding : Shanwan, Test {};
struct Households : Shanwan, Test {};
struct Carers : Shanwan, Test {};
struct Cards : Shanwan, Test {};
struct Consents : Shanwan, Test {};
struct Address : Shanwan, Test {
  base::Words words(const std::string& language) {
    std::vector<base::Wrong> wrong;
    return base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
  }
};

TEST_F(People, a_person_saved_by_a_clerk_is_there_with_household_group_and_tags) {
  const auto p = village::person(as(a_clerk()), wang);
  ASSERT_TRUE(p);
  EXPECT_EQ(p->name, "王秀兰");
  EXPECT_EQ(p->household, house);
  EXPECT_EQ(p->group, first);
  EXPECT_EQ(p->tags, (Names{"elder", "hardship"}));
  EXPECT_TRUE(p->has("elder"));
  EXPECT_FALSE(p->has("child"));
  EXPECT_EQ(p->age(day(2026, 3, 4)), 77);
  EXPECT_EQ(p->age(day(2026, 3, 5)), 78);
}

TEST_F(People, only_the_fields_that_are_set_change_and_the_earlier_fact_stays) {
  const auto before = facts().size();
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .phone = "13911112222"}); }).value();
  const auto p = village::person(as(a_clerk()), wang);
  EXPECT_EQ(p->phone, "13911112222");
  EXPECT_EQ(p->name, "王秀兰");
  EXPECT_EQ(p->born, day(1948, 3, 5));
  ASSERT_EQ(facts().size(), before + 1);
  EXPECT_EQ(store->reader({}).facts_of(wang.value).back().body, R"({"phone":"13911112222"})");
  EXPECT_EQ(facts().back().json().size(), 1u) << "what is stored is under her key";
  EXPECT_EQ(facts().back().by, clerk.value);
}

TEST_F(People, a_person_without_a_name_is_refused) {
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.sex = "f"}); }), name_empty);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.name = "  "}); }), name_empty);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .name = ""}); }), name_empty);
}

TEST_F(People, a_household_contact_or_site_that_is_not_there_is_refused) {
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = village::PersonId{base::id_of("x")}, .name = "甲"}); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.name = "甲", .household = village::HouseholdId{base::id_of("x")}}); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.name = "甲", .emergency_contact = village::PersonId{base::id_of("x")}}); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.name = "甲", .sites = std::vector{village::SiteId{base::id_of("x")}}}); }), unknown);
}

TEST_F(People, a_volunteer_may_add_a_walk_in_and_change_nobody) {
  const auto id = act(a_volunteer(), [&](store::Act& a) { return village::save_person(a, {.name = "过路的", .walk_in = true}); });
  ASSERT_TRUE(id);
  EXPECT_TRUE(village::person(as(a_volunteer()), *id)->walk_in);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_person(a, {.name = "甲"}); }), no_right);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_person(a, {.id = *id, .phone = "1", .walk_in = true}); }), no_right);
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = *id, .sex = "m"}); }).value();
  EXPECT_FALSE(village::person(as(a_clerk()), *id)->walk_in) << "a clerk's save completes the entry";
}

TEST_F(People, a_resident_saves_nobody) {
  EXPECT_REFUSED(act(resident(wang, Known::secret), [&](store::Act& a) { return village::save_person(a, {.id = wang, .phone = "1"}); }), no_right);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::save_person(a, {.name = "甲", .walk_in = true}); }), no_right);
}

TEST_F(People, an_entry_is_seen_by_staff_the_person_and_a_childs_guardian) {
  for (const auto role : {Role::volunteer, Role::clerk, Role::manager}) EXPECT_TRUE(village::person(as(staff(role)), wang));
  EXPECT_TRUE(village::person(as(resident(wang)), wang));
  EXPECT_TRUE(village::person(as(resident(mother)), hu));
  EXPECT_FALSE(village::person(as(resident(wang)), hu)) << "who may fetch is not who decides";
  EXPECT_FALSE(village::person(as(resident(wang)), shan));
  EXPECT_FALSE(village::person(as(nobody()), wang));
  EXPECT_TRUE(village::tags(as(nobody()), wang).empty());
  EXPECT_EQ(village::tags(as(resident(wang)), wang), (Names{"elder", "hardship"}));
  EXPECT_TRUE(village::acts_for(as(resident(mother)), hu));
  EXPECT_FALSE(village::acts_for(as(a_clerk()), hu));
}

TEST_F(People, a_tag_that_is_left_out_ends_and_keeps_its_days) {
  clock.set(clock.now() + std::chrono::days(10));
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .tags = Names{"elder"}}); }).value();
  EXPECT_EQ(village::tags(as(a_clerk()), wang), Names{"elder"});
  const auto r = as(a_clerk());
  EXPECT_EQ(r.one<base::Day>("SELECT since FROM village_person_tag WHERE person = ? AND tag = 'elder'", wang), day(2026, 11, 24));
  EXPECT_EQ(r.one<base::Day>("SELECT until FROM village_person_tag WHERE person = ? AND tag = 'hardship'", wang), day(2026, 12, 4));
}

TEST_F(People, faces_of_a_group_are_shown_by_name_and_page_by_page) {
  EXPECT_EQ(village::faces_count(as(nobody()), centre, first), 7);
  const auto page = village::faces(as(nobody()), centre, first, 2, 3);
  ASSERT_EQ(page.size(), 3u);
  const auto all = names(village::faces(as(nobody()), centre, first, 0, 100));
  EXPECT_TRUE(std::ranges::is_sorted(all));
  EXPECT_EQ(names(page), (Names{all[2], all[3], all[4]}));
  EXPECT_EQ(village::faces_count(as(nobody()), centre, second), 0);
}

TEST_F(People, a_face_tells_the_group_and_how_the_person_is_called) {
  const auto face = village::face(as(nobody()), wang);
  ASSERT_TRUE(face);
  EXPECT_EQ(face->tint, "elder");
  EXPECT_EQ(face->called, "王奶奶");
  EXPECT_EQ(village::face(as(nobody()), xiaowang)->tint, "");
}

TEST_F(People, with_faces_off_nobody_but_staff_and_the_person_sees_one) {
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.faces", "0", true); }).value();
  EXPECT_TRUE(village::faces(as(nobody()), centre, first, 0, 10).empty());
  EXPECT_EQ(village::faces_count(as(nobody()), centre, first), 0);
  EXPECT_FALSE(village::face(as(nobody()), wang));
  EXPECT_FALSE(village::face(as(resident(shan)), wang));
  EXPECT_TRUE(village::face(as(resident(wang)), wang));
  EXPECT_EQ(village::faces_count(as(a_volunteer()), centre, first), 7);
  EXPECT_TRUE(village::carers(as(nobody()), hu).empty());
}

TEST_F(People, a_kiosk_shows_the_faces_of_its_own_site_alone) {
  EXPECT_TRUE(village::faces(as(store::Viewer::nobody(room.value)), centre, first, 0, 10).empty());
  EXPECT_EQ(village::faces_count(as(store::Viewer::nobody(room.value)), centre, first), 0);
}

TEST_F(People, a_photo_is_shown_to_residents_once_consent_was_given) {
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .photo = "wang.jpg"}); }).value();
  EXPECT_EQ(village::face(as(nobody()), wang)->photo, "");
  EXPECT_EQ(village::face(as(a_volunteer()), wang)->photo, "wang.jpg");
  act(a_clerk(), [&](store::Act& a) { return village::record_consent(a, wang, "photo", 1, true); }).value();
  EXPECT_EQ(village::face(as(nobody()), wang)->photo, "wang.jpg");
}

TEST_F(People, whoever_moved_away_is_offered_no_more_and_may_come_back) {
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .left_on = day(2026, 11, 24)}); }).value();
  EXPECT_EQ(village::faces_count(as(nobody()), centre, first), 6);
  EXPECT_TRUE(village::by_phone_tail(as(nobody()), "1234").empty());
  EXPECT_TRUE(village::find(as(a_clerk()), "王秀兰").empty());
  EXPECT_TRUE(village::person(as(a_clerk()), wang)->left_on);
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .came_back = true}); }).value();
  EXPECT_EQ(village::faces_count(as(nobody()), centre, first), 7);
  EXPECT_FALSE(village::person(as(a_clerk()), wang)->left_on);
}

// --- finding

TEST_F(Finding, the_last_four_digits_find_the_own_and_the_households_phone) {
  EXPECT_EQ(names(village::by_phone_tail(as(nobody()), "1234")), Names{"王秀兰"});
  EXPECT_EQ(names(village::by_phone_tail(as(nobody()), "5678")), Names{"单雄"});
  EXPECT_EQ(village::by_phone_tail(as(nobody()), "8888").size(), 6u) << "seven live there; at most six are shown";
  EXPECT_TRUE(village::by_phone_tail(as(nobody()), "123").empty());
  EXPECT_TRUE(village::by_phone_tail(as(nobody()), "").empty());
  EXPECT_TRUE(village::by_phone_tail(as(nobody()), "12a4").empty());
}

TEST_F(Finding, a_name_with_several_readings_is_found_by_each) {
  for (const auto* typed : {"sx", "dx", "cx", "SX", "s", "shanx", "danxiong", "shanxiong"})
    EXPECT_EQ(names(village::find(as(a_clerk()), typed)).front(), "单雄") << typed;
}

TEST_F(Finding, initials_spelling_and_both_mixed_find_a_name) {
  for (const auto* typed : {"wxl", "wangxiulan", "wangxl", "wxiul", "w xiu l"}) {
    const auto found = names(village::find(as(a_clerk()), typed));
    EXPECT_NE(std::ranges::find(found, "王秀兰"), found.end()) << typed;
  }
  EXPECT_TRUE(village::find(as(a_clerk()), "wxq").empty());
}

TEST_F(Finding, any_part_of_the_name_the_phone_the_card_and_the_house_number_find_a_person) {
  act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ000042"); }).value();
  for (const auto* typed : {"王秀兰", "秀兰", "兰", "秀", "13800001234", "1380000123", "1234", "NZ000042", " 王秀兰 ", "１２３４"})
    EXPECT_EQ(names(village::find(as(a_clerk()), typed)).front(), "王秀兰") << typed;
  EXPECT_EQ(village::find(as(a_clerk()), "12").size(), 7u) << "house number 12";
}

TEST_F(Finding, nothing_typed_finds_nobody_and_no_more_come_than_were_asked_for) {
  EXPECT_TRUE(village::find(as(a_clerk()), "").empty());
  EXPECT_TRUE(village::find(as(a_clerk()), "  ").empty());
  EXPECT_EQ(village::find(as(a_clerk()), "w", 2).size(), 2u);
  EXPECT_TRUE(village::find(as(a_clerk()), std::string(4000, '%')).empty());
}

TEST_F(Finding, who_is_not_staff_finds_nobody) {
  EXPECT_TRUE(village::find(as(nobody()), "王").empty());
  EXPECT_TRUE(village::find(as(resident(wang, Known::secret)), "王").empty());
  EXPECT_FALSE(village::find(as(a_volunteer()), "王").empty());
}

TEST_F(Finding, a_changed_name_is_found_by_the_new_one_alone) {
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .name = "曾秀英"}); }).value();
  EXPECT_TRUE(village::find(as(a_clerk()), "秀兰").empty());
  EXPECT_EQ(names(village::find(as(a_clerk()), "zengxiuying")), Names{"曾秀英"});
}

// --- households

TEST_F(Households, a_number_of_the_group_is_given_once) {
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.group = first, .number = "12"}); }), number_taken);
  const auto other = act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.group = second, .number = "12"}); });
  ASSERT_TRUE(other);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.id = *other, .group = first}); }), number_taken);
  EXPECT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.id = house, .number = "12", .note = "有狗"}); }));
  EXPECT_EQ(village::household(as(a_clerk()), house)->note, "有狗");
}

TEST_F(Households, without_number_or_group_it_is_refused) {
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.group = first}); }), name_empty);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.number = "13"}); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.group = village::GroupId{base::id_of("x")}, .number = "13"}); }), unknown);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_household(a, {.group = first, .number = "13"}); }), no_right);
}

TEST_F(Households, moving_a_household_moves_the_faces_of_its_people) {
  act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.id = house, .group = second}); }).value();
  EXPECT_EQ(village::faces_count(as(nobody()), centre, first), 0);
  EXPECT_EQ(village::faces_count(as(nobody()), centre, second), 7);
  EXPECT_EQ(village::person(as(a_clerk()), wang)->group, second);
}

TEST_F(Households, they_come_in_the_order_of_their_numbers_with_their_members_counted) {
  for (const auto* number : {"2", "112", "9"})
    act(a_clerk(), [&](store::Act& a) { return village::save_household(a, {.group = first, .number = number}); }).value();
  Names numbers;
  for (const auto& h : village::households(as(a_clerk()), first, 0, 10)) numbers.push_back(h.number);
  EXPECT_EQ(numbers, (Names{"2", "9", "12", "112"}));
  EXPECT_EQ(village::household(as(a_clerk()), house)->members, 7);
  EXPECT_EQ(names(village::members(as(a_clerk()), house)).front(), "王秀兰") << "the eldest first";
}

TEST_F(Households, residents_see_none) {
  EXPECT_TRUE(village::households(as(resident(wang, Known::secret)), first, 0, 10).empty());
  EXPECT_FALSE(village::household(as(nobody()), house));
  EXPECT_TRUE(village::members(as(nobody()), house).empty());
}

// --- carers

TEST_F(Carers, the_hand_over_screen_sees_those_who_may_fetch_guardians_first) {
  EXPECT_EQ(names(village::carers(as(nobody()), hu)), (Names{"李桂香", "王秀兰"}));
  EXPECT_EQ(names(village::carers(as(a_volunteer()), hu)), (Names{"李桂香", "刘婶儿", "王秀兰"}));
  EXPECT_EQ(village::carers(as(resident(liu)), hu).size(), 3u) << "who is on the list sees the list";
}

TEST_F(Carers, who_is_taken_off_the_list_may_not_fetch_any_more) {
  act(a_clerk(), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = wang, .ended = true}); }).value();
  EXPECT_EQ(names(village::carers(as(nobody()), hu)), Names{"李桂香"});
  act(a_clerk(), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = wang, .relation = "grandmother", .may_fetch = true}); }).value();
  EXPECT_EQ(village::carers(as(nobody()), hu).size(), 2u);
}

TEST_F(Carers, an_adult_sees_the_children_in_their_care) {
  EXPECT_EQ(names(village::wards(as(resident(wang)), wang)), Names{"王小虎"});
  EXPECT_TRUE(village::wards(as(resident(shan)), wang).empty());
  EXPECT_TRUE(village::wards(as(nobody()), wang).empty());
}

TEST_F(Carers, nobody_but_a_clerk_changes_the_list) {
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = shan, .may_fetch = true}); }), no_right);
  EXPECT_REFUSED(act(resident(mother, Known::secret), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = shan, .may_fetch = true}); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = hu}); }), unknown);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::save_carer(a, {.child = hu, .adult = village::PersonId{base::id_of("x")}}); }), unknown);
}

// --- cards

TEST_F(Cards, a_card_names_its_person_and_a_new_one_ends_the_old_one) {
  act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ1"); }).value();
  EXPECT_EQ(village::by_card(as(nobody()), "NZ1"), wang);
  act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ2"); }).value();
  EXPECT_EQ(village::by_card(as(nobody()), "NZ2"), wang);
  EXPECT_REFUSED(village::by_card(as(nobody()), "NZ1"), card_lost);
  EXPECT_EQ(village::cards_of(as(a_clerk()), wang), Names{"NZ2"});
  EXPECT_TRUE(village::cards_of(as(resident(wang, Known::secret)), wang).empty());
}

TEST_F(Cards, an_unknown_card_names_nobody) {
  EXPECT_REFUSED(village::by_card(as(nobody()), "NZ1"), card_unknown);
  EXPECT_REFUSED(village::by_card(as(nobody()), std::string(4096, '\'')), card_unknown);
  EXPECT_REFUSED(village::by_card(as(nobody()), ""), card_unknown);
}

TEST_F(Cards, a_lost_card_never_comes_back_and_another_persons_is_not_taken) {
  act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ1"); }).value();
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::give_card(a, shan, "NZ1"); }), number_taken);
  act(a_volunteer(), [&](store::Act& a) { return village::report_card_lost(a, "NZ1"); }).value();
  EXPECT_REFUSED(village::by_card(as(nobody()), "NZ1"), card_lost);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ1"); }), card_lost);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::report_card_lost(a, "NZ9"); }), card_unknown);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::report_card_lost(a, "NZ1"); }), no_right);
  EXPECT_REFUSED(act(a_volunteer(), [&](store::Act& a) { return village::give_card(a, wang, "NZ3"); }), no_right);
}

TEST_F(Cards, giving_the_same_card_again_says_nothing_new) {
  act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ1"); }).value();
  const auto before = facts().size();
  EXPECT_TRUE(act(a_clerk(), [&](store::Act& a) { return village::give_card(a, wang, "NZ1"); }));
  EXPECT_EQ(facts().size(), before);
}

// --- consents

TEST_F(Consents, a_yes_is_kept_with_its_version_and_its_first_time) {
  EXPECT_FALSE(village::consent_version(as(resident(mother)), mother, "screening"));
  act(resident(mother, Known::card), [&](store::Act& a) { return village::record_consent(a, mother, "screening", 1, true); }).value();
  act(resident(mother, Known::card), [&](store::Act& a) { return village::record_consent(a, mother, "screening", 2, true); }).value();
  act(resident(mother, Known::card), [&](store::Act& a) { return village::record_consent(a, mother, "screening", 2, true); }).value();
  EXPECT_EQ(village::consent_version(as(resident(mother)), mother, "screening"), 2);
  EXPECT_EQ(facts_of_kind("village.consented"), 2);
}

TEST_F(Consents, a_guardian_says_yes_for_a_child_and_nobody_for_a_stranger) {
  EXPECT_TRUE(act(resident(mother), [&](store::Act& a) { return village::record_consent(a, hu, "counselling", 1, true); }));
  EXPECT_REFUSED(act(resident(wang), [&](store::Act& a) { return village::record_consent(a, hu, "counselling", 1, true); }), no_right);
  EXPECT_REFUSED(act(nobody(), [&](store::Act& a) { return village::record_consent(a, hu, "counselling", 1, true); }), no_right);
  EXPECT_REFUSED(act(a_clerk(), [&](store::Act& a) { return village::record_consent(a, hu, "counselling", 0, true); }), unknown);
  EXPECT_FALSE(village::consent_version(as(resident(shan)), hu, "counselling"));
}

// --- somebody stands beside

TEST_F(Carers, a_child_is_alone_until_one_of_its_carers_stands_beside_it) {
  auto child = resident(hu);
  EXPECT_TRUE(village::child_alone(as(child), hu));
  EXPECT_FALSE(village::child_alone(as(resident(wang)), wang));
  EXPECT_FALSE(village::child_alone(as(resident(mother)), hu)) << "the guardian's own session";
  EXPECT_FALSE(village::child_alone(as(a_clerk()), hu));
  for (const auto stranger : {base::Uuid{}, shan.value}) {
    child.helper = stranger;
    EXPECT_TRUE(village::child_alone(as(child), hu));
  }
  child.helper = liu.value;
  EXPECT_FALSE(village::child_alone(as(child), hu));
  EXPECT_FALSE(village::guardian_beside(as(child), hu));
  child.helper = mother.value;
  EXPECT_TRUE(village::guardian_beside(as(child), hu));
  clock.set(base::instant_at(day(2032, 9, 9), base::Minutes{600}, {}));
  EXPECT_FALSE(village::child_alone(as(resident(hu)), hu)) << "fourteen today";
}

TEST_F(Carers, a_child_does_not_see_those_who_may_neither_fetch_nor_sign) {
  std::vector<village::PersonId> beside;
  for (const auto& c : village::companions(as(resident(hu)), hu)) beside.push_back(c.adult);
  EXPECT_EQ(beside, (std::vector{mother, wang}));
}

TEST_F(Consents, a_child_says_yes_only_with_a_carer_beside_it_and_the_fact_says_who) {
  auto child = resident(hu);
  const auto agree = [&](store::Act& a) { return village::record_consent(a, hu, "photo", 1, true); };
  EXPECT_REFUSED(act(child, agree), with_carer);
  child.helper = mother.value;
  ASSERT_TRUE(act(child, agree));
  EXPECT_EQ(facts().back().json().at("helped_by"), mother.text());
  auto helped = resident(wang);
  helped.helper = base::Uuid{};
  ASSERT_TRUE(act(helped, [&](store::Act& a) { return village::record_consent(a, wang, "photo", 1, true); }));
  EXPECT_EQ(facts().back().json().at("helped_by"), "other");
  ASSERT_TRUE(act(resident(shan), [&](store::Act& a) { return village::record_consent(a, shan, "photo", 1, true); }));
  EXPECT_FALSE(facts().back().json().contains("helped_by"));
}

// --- how people are called

TEST_F(Address, goes_by_surname_sex_and_age_in_two_languages) {
  const auto zh = words("zh-CN"), en = words("en");
  const auto is = [&](village::PersonId p) { return village::address(as(nobody()), p, zh) + " " + village::address(as(nobody()), p, en); };
  EXPECT_EQ(is(wang), "王奶奶 Grandma Wang");
  EXPECT_EQ(is(shan), "单爷爷 Grandpa Shan") << "the surname's own reading, not dan";
  EXPECT_EQ(is(secretary), "赵叔 Uncle Zhao");
  EXPECT_EQ(is(mother), "李婶 Auntie Li");
  EXPECT_EQ(is(xiaowang), "小王 Young Wang");
  EXPECT_EQ(is(hu), "小虎 Xiaohu");
}

TEST_F(Address, what_a_person_is_called_by_goes_before_everything) {
  act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.id = wang, .called = "三婆"}); }).value();
  EXPECT_EQ(village::address(as(nobody()), wang, words("zh-CN")), "三婆");
  EXPECT_EQ(village::address(as(nobody()), wang, words("en")), "三婆");
  EXPECT_EQ(village::face(as(nobody()), wang)->called, "三婆");
}

TEST_F(Address, is_the_name_where_age_or_sex_is_not_filled_in) {
  const auto who = act(a_clerk(), [&](store::Act& a) { return village::save_person(a, {.name = "欧阳小虎"}); }).value();
  EXPECT_EQ(village::address(as(a_clerk()), who, words("zh-CN")), "欧阳小虎");
  EXPECT_EQ(village::address(as(a_clerk()), who, words("en")), "Ouyang Xiaohu");
}

TEST_F(Address, follows_the_villages_own_age_of_an_elder) {
  act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.elder_age", "80", false); }).value();
  EXPECT_EQ(village::address(as(nobody()), wang, words("zh-CN")), "王婶");
}

TEST_F(Address, a_child_of_one_given_character_and_a_long_surname) {
  village::Person p;
  p.name = "王虎";
  p.born = day(2018, 1, 1);
  EXPECT_EQ(village::address(p, day(2026, 11, 24), words("zh-CN")), "小虎");
  p.name = "诸葛明";
  p.sex = "m";
  p.born = day(1940, 1, 1);
  EXPECT_EQ(village::address(p, day(2026, 11, 24), words("zh-CN")), "诸葛爷爷");
  EXPECT_EQ(village::address(p, day(2026, 11, 24), words("en")), "Grandpa Zhuge");
}
