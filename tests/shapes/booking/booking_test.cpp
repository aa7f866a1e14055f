// Deeds of booking: given facts, when a deed, then facts or a refusal.
#include "world.h"

using namespace world;

namespace {

#define EXPECT_REFUSED(result, why)                                        \
  do {                                                                     \
    const auto& r_ = (result);                                             \
    ASSERT_FALSE(r_.has_value());                                          \
    EXPECT_EQ(name(r_.error()), name(Refusal::why));                       \
  } while (false)

struct Booking : ::testing::Test, Village {};

TEST_F(Booking, a_mother_known_by_card_who_agreed_books_a_screening) {
  const auto s = screening();
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  ASSERT_TRUE(r.has_value()) << name(r.error());
  EXPECT_EQ(r->state, State::booked);
  const auto own = mine(eyes(by_card(mother)), mother);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].slot, s);
  EXPECT_EQ(slot(eyes(clerk()), s)->left(), 1);
}

TEST_F(Booking, consent_comes_first_and_in_the_version_the_offer_names) {
  const auto s = screening();
  EXPECT_REFUSED(book_as(by_card(mother), mother, s), no_consent);
  agree_to("womens_screening", mother);
  EXPECT_TRUE(book_as(by_card(mother), mother, s).has_value());
}

TEST_F(Booking, a_face_is_not_enough_where_a_card_is_asked_for) {
  const auto s = screening();
  EXPECT_REFUSED(book_as(by_face(mother), mother, s), needs_card);
  EXPECT_TRUE(book_as(by_face(grandmother), grandmother, pressure()).has_value());
}

TEST_F(Booking, nobody_books_for_a_neighbour) {
  const auto s = pressure();
  EXPECT_REFUSED(book_as(by_card(mother), grandmother, s), no_right);
  EXPECT_REFUSED(book_as(Viewer::nobody(home.value), grandmother, s), no_right);
}

TEST_F(Booking, age_is_counted_in_full_years_on_the_day_of_the_slot) {
  const auto s = screening();
  const auto almost = add("孙差一", "f", std::nullopt, {"woman"});
  const auto set_born = [&](base::Day born) {
    return as(Viewer::clockwork(home.value), [&](Act& a) {
      village::PersonEdit e;
      e.id = almost;
      e.born = born;
      return village::save_person(a, e);
    });
  };
  agree_to("womens_screening", almost);
  // 35 on the day after the slot: too young; on the day itself: welcome, although she is 34 today.
  ASSERT_TRUE(set_born(base::day(std::chrono::year{1991} / 11 / 28)).has_value());
  EXPECT_REFUSED(book_as(by_card(almost), almost, s), too_young);
  ASSERT_TRUE(set_born(base::day(std::chrono::year{1991} / 11 / 27)).has_value());
  EXPECT_TRUE(book_as(by_card(almost), almost, s).has_value());
}

TEST_F(Booking, who_is_too_old_or_of_another_sex_is_told_so) {
  const auto s = screening();
  EXPECT_REFUSED(book_as(by_card(grandmother), grandmother, s), too_old);
  EXPECT_REFUSED(book_as(by_card(grandfather), grandfather, s), not_for_you);
  EXPECT_REFUSED(book_as(by_card(girl), girl, s), too_young);
}

TEST_F(Booking, an_age_not_filled_in_is_neither_young_nor_old_and_a_clerk_decides) {
  const auto s = screening();
  EXPECT_REFUSED(book_as(by_card(nameless), nameless, s), not_for_you);
  (void)as(clerk(), [&](Act& a) { return agree(a, nameless, "womens_screening", true); });
  EXPECT_TRUE(book_as(clerk(), nameless, s).has_value());
}

TEST_F(Booking, one_place_ahead_of_each_offer) {
  const auto s = pressure(), later = pressure(5);
  ASSERT_TRUE(book_as(by_face(grandmother), grandmother, s).has_value());
  EXPECT_REFUSED(book_as(by_face(grandmother), grandmother, s), already_booked);
  EXPECT_REFUSED(book_as(by_face(grandmother), grandmother, later), already_booked);
}

TEST_F(Booking, the_next_screening_is_three_years_after_the_last_attended) {
  const auto first = screening(1);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, first);
  clock.set(at(today + std::chrono::days(1), 12));
  ASSERT_TRUE(as(clerk(), [&](Act& a) { return attended(a, r->booking); }).has_value());
  const auto again = open("womens_screening", home, today + std::chrono::days(5), 9);
  EXPECT_REFUSED(book_as(by_card(mother), mother, again), too_soon);
  EXPECT_EQ(next_possible(eyes(by_card(mother)), mother, "womens_screening"), base::day(std::chrono::year{2029} / 11 / 25));
}

TEST_F(Booking, who_did_not_come_may_book_again_at_once) {
  const auto first = screening(1);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, first);
  clock.set(at(today + std::chrono::days(1), 12));
  ASSERT_TRUE(as(clerk(), [&](Act& a) { return no_show(a, r->booking); }).has_value());
  EXPECT_TRUE(book_as(by_card(mother), mother, open("womens_screening", home, today + std::chrono::days(5), 9)).has_value());
}

TEST_F(Booking, a_full_slot_offers_the_queue_and_the_first_in_it_comes_up_when_a_place_is_given_back) {
  const auto s = pressure(3, 1);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  EXPECT_REFUSED(book_as(by_face(grandfather), grandfather, s), full);
  const auto second = as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, false}); });
  const auto third = as(by_face(mother), [&](Act& a) { return join_waiting(a, {mother, s, false}); });
  ASSERT_TRUE(second.has_value() && third.has_value());
  EXPECT_EQ(second->state, State::waiting);
  ASSERT_TRUE(as(by_face(grandmother), [&](Act& a) { return cancel(a, r->booking); }).has_value());
  EXPECT_EQ(state_of(second->booking), State::booked);
  EXPECT_EQ(state_of(third->booking), State::waiting);
  // He sees it under "mine", and staff have him on the call list.
  EXPECT_TRUE(mine(eyes(by_face(grandfather)), grandfather).at(0).promoted);
  ASSERT_EQ(to_tell(eyes(volunteer(centre))).size(), 1u);
  (void)as(volunteer(centre), [&](Act& a) { return told(a, second->booking); });
  EXPECT_TRUE(to_tell(eyes(volunteer(centre))).empty());
}

TEST_F(Booking, waiting_is_for_full_slots_only) {
  const auto s = pressure();
  EXPECT_REFUSED(as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, false}); }), no_waiting);
}

TEST_F(Booking, who_waits_may_stop_waiting) {
  const auto s = pressure(3, 1);
  (void)book_as(by_face(grandmother), grandmother, s);
  const auto w = as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, false}); });
  ASSERT_TRUE(as(by_face(grandfather), [&](Act& a) { return leave_waiting(a, w->booking); }).has_value());
  EXPECT_EQ(state_of(w->booking), State::cancelled);
  EXPECT_REFUSED(as(by_face(grandfather), [&](Act& a) { return leave_waiting(a, w->booking); }), cancelled);
}

TEST_F(Booking, more_places_bring_up_who_waits) {
  const auto s = pressure(3, 1);
  (void)book_as(by_face(grandmother), grandmother, s);
  const auto w = as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, false}); });
  const SlotEdit more{s, centre, "health_check", today + std::chrono::days(3), Minutes{540}, Minutes{600}, 2, "大夫", 0};
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return set_slot(a, more); }).has_value());
  EXPECT_EQ(state_of(w->booking), State::booked);
}

TEST_F(Booking, another_hour_puts_who_booked_on_the_call_list_until_they_are_told) {
  const auto s = pressure(3, 2);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  const SlotEdit same{s, centre, "health_check", today + std::chrono::days(3), Minutes{540}, Minutes{600}, 4, "大夫", 0};
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return set_slot(a, same); }).has_value());
  EXPECT_TRUE(to_tell(eyes(clerk(centre))).empty()) << "more places are nobody's affair";
  auto later = same;
  later.start = Minutes{600}, later.end = Minutes{660};
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return set_slot(a, later); }).has_value());
  const auto call = to_tell(eyes(clerk(centre)));
  ASSERT_EQ(call.size(), 1u);
  EXPECT_EQ(call[0].id, r->booking);
  EXPECT_EQ(call[0].reason, retimed);
  EXPECT_EQ(call[0].start, Minutes{600});
  EXPECT_EQ(state_of(r->booking), State::booked) << "the place is kept";
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return told(a, r->booking); }).has_value());
  EXPECT_TRUE(to_tell(eyes(clerk(centre))).empty());
}

TEST_F(Booking, staff_book_for_who_telephones_and_the_fact_says_so) {
  const auto s = Village::open("womens_screening", home, today + std::chrono::days(3), 9, 1);
  const Book her{mother, s, false};
  EXPECT_REFUSED(as(volunteer(), [&](Act& a) { return book_for(a, her, true); }), unknown);  // a volunteer is not told what it is
  EXPECT_REFUSED(as(by_card(mother), [&](Act& a) { return book_for(a, her, true); }), no_right);
  EXPECT_REFUSED(as(clerk(), [&](Act& a) { return book_for(a, her, false); }), no_consent);
  EXPECT_REFUSED(as(clerk(), [&](Act& a) { return book_for(a, {girl, s, false}, true); }), too_young);
  EXPECT_FALSE(agreed(eyes(clerk()), girl, "womens_screening")) << "nobody is read a consent for what is not for her";
  const auto r = as(clerk(), [&](Act& a) { return book_for(a, her, true); });
  ASSERT_TRUE(r.has_value()) << name(r.error());
  EXPECT_EQ(r->state, State::booked);
  EXPECT_TRUE(agreed(eyes(clerk()), mother, "womens_screening"));
  const auto fact = store->last_facts(1).at(0);
  EXPECT_EQ(fact.means, "staff");
  EXPECT_EQ(fact.by, clerk_id.value);
  EXPECT_EQ(fact.person, mother.value);
  EXPECT_REFUSED(as(clerk(), [&](Act& a) { return book_for(a, her, true); }), already_booked);
}

TEST_F(Booking, staff_put_somebody_in_line_where_it_is_full) {
  const auto s = pressure(3, 1);
  (void)book_as(by_face(grandmother), grandmother, s);
  const auto r = as(volunteer(centre), [&](Act& a) { return book_for(a, {grandfather, s, false}, false); });
  ASSERT_TRUE(r.has_value()) << name(r.error());
  EXPECT_EQ(r->state, State::waiting);
}

TEST_F(Booking, moving_gives_one_place_back_and_takes_another) {
  const auto a1 = pressure(3, 1), b1 = pressure(4, 1);
  const auto r = book_as(by_face(grandmother), grandmother, a1);
  const auto w = as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, a1, false}); });
  const auto m = as(by_face(grandmother), [&](Act& a) { return move(a, r->booking, b1); });
  ASSERT_TRUE(m.has_value()) << name(m.error());
  EXPECT_EQ(state_of(r->booking), State::moved);
  EXPECT_EQ(state_of(m->booking), State::booked);
  EXPECT_EQ(state_of(w->booking), State::booked);
  EXPECT_REFUSED(as(by_face(grandmother), [&](Act& a) { return move(a, m->booking, a1); }), full);
  EXPECT_EQ(state_of(m->booking), State::booked) << "a refused move changes nothing";
  EXPECT_REFUSED(as(by_face(grandmother), [&](Act& a) { return move(a, m->booking, b1); }), already_booked);
}

TEST_F(Booking, a_place_is_given_back_until_the_offers_hours_before_then_staff_are_asked) {
  const auto s = screening(2, 2, 9);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  clock.set(at(today + std::chrono::days(1), 9, 1));  // 23 h 59 min before; the offer says 24
  EXPECT_FALSE(may_cancel(eyes(by_card(mother)), *booking::booking(eyes(by_card(mother)), r->booking)));
  EXPECT_REFUSED(as(by_card(mother), [&](Act& a) { return cancel(a, r->booking); }), too_late);
  EXPECT_TRUE(as(clerk(), [&](Act& a) { return cancel(a, r->booking); }).has_value());
}

TEST_F(Booking, a_wrong_touch_is_taken_back_within_minutes_however_soon_it_begins) {
  const auto s = screening(1, 2, 8);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  clock.advance(std::chrono::minutes(5));
  EXPECT_TRUE(as(by_card(mother), [&](Act& a) { return cancel(a, r->booking); }).has_value());
}

TEST_F(Booking, what_is_over_is_over) {
  const auto s = pressure(0, 2, 10);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  clock.set(at(today, 10, 30));
  EXPECT_REFUSED(book_as(by_face(grandfather), grandfather, s), slot_past);
  EXPECT_TRUE(book_as(volunteer(centre), grandfather, s).has_value()) << "staff may put in who stands at the door";
  EXPECT_REFUSED(as(by_face(grandmother), [&](Act& a) { return cancel(a, r->booking); }), slot_past);
}

TEST_F(Booking, closing_a_slot_calls_everybody_off_and_tells_them) {
  const auto s = pressure(3, 1);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  const auto w = as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, false}); });
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return close_slot(a, s, "大夫病了"); }).has_value());
  EXPECT_EQ(state_of(r->booking), State::called_off);
  EXPECT_EQ(state_of(w->booking), State::called_off);
  EXPECT_EQ(mine(eyes(by_face(grandmother)), grandmother).at(0).reason, "大夫病了");
  EXPECT_EQ(to_tell(eyes(clerk(centre))).size(), 2u);
  EXPECT_REFUSED(book_as(by_face(mother), mother, s), closed);
  EXPECT_REFUSED(as(clerk(centre), [&](Act& a) { return close_slot(a, s, ""); }), closed);
}

TEST_F(Booking, a_series_is_one_slot_a_week) {
  const SlotEdit e{{}, centre, "health_check", today + std::chrono::days(1), Minutes{540}, Minutes{600}, 3, "村医", 3};
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return set_slot(a, e); }).has_value());
  const auto ahead = slots_ahead(eyes(clerk(centre)));
  ASSERT_EQ(ahead.size(), 4u);
  EXPECT_EQ(ahead[3].day - ahead[0].day, std::chrono::days(21));
  EXPECT_EQ(ahead[0].series, ahead[3].series);
}

TEST_F(Booking, a_slot_that_cannot_be_is_refused) {
  const auto set = [&](SlotEdit e) { return as(clerk(centre), [&](Act& a) { return set_slot(a, e); }); };
  const SlotEdit good{{}, centre, "health_check", today + std::chrono::days(1), Minutes{540}, Minutes{600}, 3, "", 0};
  auto e = good;
  e.end = e.start;
  EXPECT_REFUSED(set(e), wrong_times);
  e = good;
  e.day = today;
  e.start = Minutes{480};
  EXPECT_REFUSED(set(e), wrong_times);
  e = good;
  e.places = 0;
  EXPECT_REFUSED(set(e), too_few);
  e = good;
  e.offer = "recreation_signup";
  EXPECT_REFUSED(set(e), unknown);
  e = good;
  e.site = room;
  EXPECT_REFUSED(set(e), unknown);
  const auto s = pressure(3, 2);
  (void)book_as(by_face(grandmother), grandmother, s);
  (void)book_as(by_face(grandfather), grandfather, s);
  EXPECT_REFUSED(set({s, centre, "health_check", today + std::chrono::days(3), Minutes{540}, Minutes{600}, 1, "", 0}), too_few);
}

TEST_F(Booking, attended_or_not_is_said_on_the_day_and_a_later_word_wins) {
  const auto s = pressure(1);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  EXPECT_REFUSED(as(volunteer(centre), [&](Act& a) { return attended(a, r->booking); }), not_yet);
  clock.set(at(today + std::chrono::days(1), 8));
  EXPECT_REFUSED(as(volunteer(centre), [&](Act& a) { return no_show(a, r->booking); }), too_early);
  EXPECT_EQ(state_of(r->booking), State::booked);
  clock.set(at(today + std::chrono::days(1), 10));
  EXPECT_TRUE(as(volunteer(centre), [&](Act& a) { return no_show(a, r->booking); }).has_value());
  EXPECT_TRUE(as(volunteer(centre), [&](Act& a) { return attended(a, r->booking); }).has_value());
  EXPECT_EQ(state_of(r->booking), State::attended);
  EXPECT_TRUE(as(volunteer(centre), [&](Act& a) { return unmark(a, r->booking); }).has_value());
  EXPECT_EQ(state_of(r->booking), State::booked);
}

TEST_F(Booking, an_empty_stomach_is_asked_for_in_the_morning_alone) {
  const auto* o = offered("health_check");
  ASSERT_NE(o, nullptr);
  EXPECT_EQ(o->bring_at(Minutes{10 * 60 + 30}), "catalogue.offer.health_check.bring_early");
  EXPECT_EQ(o->bring_at(Minutes{11 * 60}), "catalogue.offer.health_check.bring");
  EXPECT_EQ(o->bring_at(Minutes{15 * 60}), "catalogue.offer.health_check.bring");
  const auto* other = offered("womens_screening");
  EXPECT_EQ(other->bring_at(Minutes{8 * 60}), other->bring) << "where nothing else is named, the same all day";
}

TEST_F(Booking, of_a_result_only_that_it_was_handed_over_is_kept) {
  const auto s = screening(1);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  EXPECT_REFUSED(as(clerk(), [&](Act& a) { return hand_over_result(a, r->booking); }), not_yet);
  clock.set(at(today + std::chrono::days(1), 11));
  (void)as(clerk(), [&](Act& a) { return attended(a, r->booking); });
  EXPECT_TRUE(as(clerk(), [&](Act& a) { return hand_over_result(a, r->booking); }).has_value());
  EXPECT_TRUE(booking_unasked(eyes(clerk()), r->booking)->handed_over);
  for (const auto& f : eyes(clerk()).facts_of(r->booking.value))
    if (f.kind == "booking.result_handed_over") EXPECT_EQ(f.body, "{}");
}

TEST_F(Booking, a_wish_to_be_fetched_is_kept_where_the_offer_has_it) {
  const auto s = pressure();
  const auto r = as(by_face(grandmother), [&](Act& a) { return book(a, {grandmother, s, true}); });
  EXPECT_TRUE(booking::booking(eyes(by_face(grandmother)), r->booking)->transport);
  ASSERT_TRUE(as(by_face(grandmother), [&](Act& a) { return wish_transport(a, r->booking, false); }).has_value());
  EXPECT_FALSE(booking::booking(eyes(by_face(grandmother)), r->booking)->transport);
}

TEST_F(Booking, a_small_childs_consent_is_its_guardians) {
  const auto s = open("family_call", room, today + std::chrono::days(2), 9);
  EXPECT_REFUSED(as(by_card(child), [&](Act& a) { return agree(a, child, "family_call", true); }), needs_guardian);
  EXPECT_REFUSED(as(by_card(mother), [&](Act& a) { return agree(a, child, "family_call", true); }), no_right);
  ASSERT_TRUE(as(by_card(guardian), [&](Act& a) { return agree(a, child, "family_call", true); }).has_value());
  EXPECT_TRUE(book_as(by_card(guardian), child, s).has_value()) << "a guardian books for the child";
}

// --- activities

TEST_F(Booking, signing_up_takes_a_place_of_the_activity) {
  const auto a1 = activity(1);
  const auto r = as(by_face(grandmother), [&](Act& a) { return sign_up(a, grandmother, a1); });
  ASSERT_TRUE(r.has_value()) << name(r.error());
  EXPECT_EQ(places_of(eyes(Viewer::nobody(home.value)), a1).taken, 1);
  EXPECT_TRUE(places_of(eyes(Viewer::nobody(home.value)), a1).full());
  EXPECT_REFUSED(as(by_face(grandmother), [&](Act& a) { return sign_up(a, grandmother, a1); }), already_booked);
  EXPECT_REFUSED(as(by_face(grandfather), [&](Act& a) { return sign_up(a, grandfather, a1); }), full);
  const auto w = as(by_face(grandfather), [&](Act& a) { return wait_for_activity(a, grandfather, a1); });
  ASSERT_TRUE(w.has_value());
  ASSERT_TRUE(as(by_face(grandmother), [&](Act& a) { return cancel(a, r->booking); }).has_value());
  EXPECT_EQ(sign_up_of(eyes(by_face(grandfather)), grandfather, a1)->state, State::booked);
}

TEST_F(Booking, an_activity_without_a_limit_needs_no_sign_up) {
  const auto open_to_all = activity({});
  EXPECT_REFUSED(as(by_face(grandmother), [&](Act& a) { return sign_up(a, grandmother, open_to_all); }), just_come);
}

TEST_F(Booking, a_cancelled_activity_calls_off_who_signed_up_in_the_same_transaction) {
  const auto a1 = activity(5);
  const auto r = as(by_face(grandmother), [&](Act& a) { return sign_up(a, grandmother, a1); });
  ASSERT_TRUE(as(clerk(centre), [&](Act& a) { return village::cancel_activity(a, a1, "下雨", false); }).has_value());
  EXPECT_EQ(state_of(r->booking), State::called_off);
  EXPECT_EQ(mine(eyes(by_face(grandmother)), grandmother).at(0).reason, "下雨");
  EXPECT_EQ(to_tell(eyes(volunteer(centre))).size(), 1u);
  EXPECT_REFUSED(as(by_face(grandfather), [&](Act& a) { return sign_up(a, grandfather, a1); }), cancelled);
}

TEST_F(Booking, facts_of_a_sign_up_name_the_activity_so_that_others_can_follow) {
  const auto a1 = activity(5);
  const auto r = as(by_face(grandmother), [&](Act& a) { return sign_up(a, grandmother, a1); });
  (void)as(by_face(grandmother), [&](Act& a) { return cancel(a, r->booking); });
  for (const auto& f : eyes(clerk()).facts_of(r->booking.value)) EXPECT_EQ(f.json().value("activity", ""), a1.text()) << f.kind;
}

// --- who sees what

TEST_F(Booking, only_what_the_person_can_use_is_offered) {
  (void)screening();
  (void)pressure();
  const auto codes = [&](const Viewer& v, PersonId p) {
    std::vector<std::string> found;
    for (const auto* o : offers(eyes(v), p)) found.push_back(o->code);
    return found;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes(by_card(mother), mother), (Codes{"health_check", "womens_screening"}));
  EXPECT_EQ(codes(by_face(mother), mother), (Codes{"health_check"})) << "a face never brings up a private service";
  EXPECT_EQ(codes(by_card(grandfather), grandfather), (Codes{"health_check"}));
  EXPECT_EQ(codes(by_card(girl), girl), (Codes{"health_check"}));
  EXPECT_EQ(codes(by_card(grandfather), mother), Codes{});
}

TEST_F(Booking, before_a_private_service_may_be_named_the_site_asks_for_a_card) {
  (void)pressure();
  EXPECT_EQ(level_here(eyes(Viewer::nobody(home.value))), Known::face);
  (void)screening();
  EXPECT_EQ(level_here(eyes(Viewer::nobody(home.value))), Known::card);
}

TEST_F(Booking, days_and_times_show_what_is_left) {
  const auto s = pressure(3, 2, 9);
  (void)pressure(3, 3, 14);
  (void)pressure(6, 1, 9);
  (void)book_as(by_face(grandmother), grandmother, s);
  const auto d = days(eyes(by_face(grandfather)), "health_check");
  ASSERT_EQ(d.size(), 2u);
  EXPECT_EQ(d[0].places, 5);
  EXPECT_EQ(d[0].left, 4);
  const auto times = slots(eyes(by_face(grandfather)), "health_check", today + std::chrono::days(3));
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].left(), 1);
}

TEST_F(Booking, a_private_service_shows_no_days_to_a_face_or_to_nobody) {
  (void)screening();
  EXPECT_TRUE(days(eyes(Viewer::nobody(home.value)), "womens_screening").empty());
  EXPECT_TRUE(days(eyes(by_face(mother)), "womens_screening").empty());
  EXPECT_TRUE(days(eyes(volunteer()), "womens_screening").empty());
  EXPECT_EQ(days(eyes(by_card(mother)), "womens_screening").size(), 1u);
}

TEST_F(Booking, a_volunteer_sees_that_and_when_but_not_what_nor_who) {
  const auto s = screening(0, 2, 15);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  const auto seen = slots_on(eyes(volunteer()), today);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].offer, "");
  EXPECT_EQ(seen[0].by_whom, "");
  EXPECT_EQ(seen[0].taken, 1);
  EXPECT_TRUE(bookings_of(eyes(volunteer()), s).empty());
  EXPECT_TRUE(bookings_on(eyes(volunteer()), today).empty());
  EXPECT_FALSE(booking::booking(eyes(volunteer()), r->booking).has_value());
  EXPECT_EQ(bookings_of(eyes(clerk()), s).size(), 1u);
  EXPECT_REFUSED(as(volunteer(), [&](Act& a) { return attended(a, r->booking); }), no_right);
  EXPECT_REFUSED(book_as(volunteer(), girl, s), no_right);
  EXPECT_EQ(shape().figures[0].value(eyes(volunteer()))->now, 1) << "the number is the same for all staff";
}

TEST_F(Booking, a_private_booking_is_seen_by_its_person_only_when_known_by_card) {
  const auto s = screening();
  agree_to("womens_screening", mother);
  (void)book_as(by_card(mother), mother, s);
  EXPECT_TRUE(mine(eyes(by_face(mother)), mother).empty());
  EXPECT_EQ(mine(eyes(by_card(mother)), mother).size(), 1u);
  EXPECT_TRUE(mine(eyes(by_card(grandfather)), mother).empty());
}

TEST_F(Booking, each_right_is_given_to_the_roles_of_its_row) {
  const auto s = pressure(0, 5, 10);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  clock.set(at(today, 10, 10));
  const Viewer viewers[] = {Viewer::nobody(centre.value), Viewer::resident(centre.value, mother.value, Known::secret), volunteer(centre), clerk(centre), manager()};
  for (const auto& v : viewers) {
    const bool staff = v.is_staff(), office = v.role == Role::clerk || v.role == Role::manager;
    const SlotEdit e{{}, centre, "health_check", today + std::chrono::days(9), Minutes{540}, Minutes{600}, 3, "", 0};
    const auto trace = std::string(name(v.role)) + " " + std::string(name(v.known));
    SCOPED_TRACE(trace);
    EXPECT_EQ(as(v, [&](Act& a) { return set_slot(a, e); }).has_value(), office);
    EXPECT_EQ(as(v, [&](Act& a) { return attended(a, r->booking); }).has_value(), staff);
    EXPECT_EQ(as(v, [&](Act& a) { return hand_over_result(a, r->booking); }).has_value(), office);
    EXPECT_EQ(as(v, [&](Act& a) { return told(a, r->booking); }).has_value(), staff);
    EXPECT_EQ(!slots_on(eyes(v), today).empty(), staff && v.site == centre.value);
    EXPECT_EQ(!bookings_of(eyes(v), s).empty(), staff);
    int rows = 0;
    shape().sheets[0].rows(eyes(v), {}, {{}, today, today, true}, [&](const std::vector<base::Cell>&) { ++rows; });
    EXPECT_EQ(rows > 0, office);
    const auto own = activity(3, 2);
    (void)as(clerk(centre), [&](Act& a) { return sign_up(a, grandfather, own); });
    EXPECT_EQ(as(v, [&](Act& a) { return activity_cancelled(a, own); }), office ? 1 : 0);
  }
}

// --- sheets

TEST_F(Booking, coverage_is_counted_by_group_and_an_unknown_age_is_said) {
  const auto s = screening(1);
  agree_to("womens_screening", mother);
  const auto r = book_as(by_card(mother), mother, s);
  clock.set(at(today + std::chrono::days(1), 12));
  (void)as(clerk(), [&](Act& a) { return attended(a, r->booking); });
  const auto sheet = shape().sheets[1];
  std::vector<base::Cell> found;
  sheet.rows(eyes(clerk()), {}, {{}, today, today + std::chrono::days(30), true}, [&](const std::vector<base::Cell>& row) {
    EXPECT_EQ(row.size(), sheet.columns.size());
    if (std::get<std::string>(row[0]).find("womens_screening") != std::string::npos) found = row;
  });
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(std::get<std::int64_t>(found[3]), 2);  // of 40 and 62 years; those of 20, 30 and 72 are not
  EXPECT_EQ(std::get<std::int64_t>(found[4]), 1);  // whose age and sex nobody filled in
  EXPECT_EQ(std::get<std::int64_t>(found[6]), 1);
  EXPECT_DOUBLE_EQ(std::get<base::Share>(found[8]).of_one, 0.5);
}

// --- the journal

TEST_F(Booking, dropping_the_tables_and_folding_again_gives_the_same) {
  const auto s = pressure(3, 1), t = pressure(5, 1);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  (void)as(by_face(grandfather), [&](Act& a) { return join_waiting(a, {grandfather, s, true}); });
  (void)as(by_face(grandmother), [&](Act& a) { return move(a, r->booking, t); });
  (void)as(clerk(centre), [&](Act& a) { return close_slot(a, t, "雪大"); });
  const auto before = store->fold_hash();
  store->rebuild();
  EXPECT_EQ(store->fold_hash(), before);
}

}  // namespace
