// Deeds of request and their refusals; given facts, when a deed, then facts or a refusal.
#include "place.h"

#include <gmock/gmock.h>

#include <algorithm>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Role;
using request_test::Viewer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class Request : public Place {};

auto taking(RequestId id) { return [id](store::Act& act) { return take(act, id); }; }
auto going(RequestId id) { return [id](store::Act& act) { return set_off(act, id); }; }
auto finishing(RequestId id) { return [id](store::Act& act) { return finish(act, id); }; }
auto leaving(RequestId id) { return [id](store::Act& act) { return cancel(act, id); }; }
auto saying(RequestId id, Answer a) { return [id, a](store::Act& act) { return rate(act, id, a); }; }
auto again(RequestId id) { return [id](store::Act& act) { return reopen(act, id); }; }
auto passing(PassOn to) { return [to](store::Act& act) { return pass_on(act, to); }; }
auto closing(RequestId id, Outcome o) { return [id, o](store::Act& act) { return close(act, id, o); }; }

TEST_F(Request, goes_from_asked_to_confirmed_with_everyones_times) {
  const auto id = asked(wang);
  minutes_pass(4);
  ASSERT_TRUE(by(as(xiao_wang), taking(id)));
  minutes_pass(3);
  ASSERT_TRUE(by(as(xiao_wang), going(id)));
  minutes_pass(15);
  ASSERT_TRUE(by(as(xiao_wang), finishing(id)));
  minutes_pass(10);
  ASSERT_TRUE(by(as(wang), saying(id, Answer::good)));
  const auto q = seen(as(wang), id);
  ASSERT_TRUE(q);
  EXPECT_EQ(q->state, State::confirmed);
  EXPECT_EQ(q->answer, Answer::good);
  EXPECT_EQ(*q->accepted - q->asked, std::chrono::minutes(4));
  EXPECT_EQ(*q->finished - q->asked, std::chrono::minutes(22));
  EXPECT_EQ(q->due - q->asked, std::chrono::minutes(30));
}

TEST_F(Request, is_routed_by_the_matrix_and_to_who_is_on_duty) {
  const auto q = *seen(clockwork(), asked(wang));
  EXPECT_EQ(q.group, "elder");
  EXPECT_EQ(q.lead, "civil_affairs");
  EXPECT_THAT(q.implementing, ElementsAre("party_branch", "village_committee"));
  EXPECT_EQ(q.routed, xiao_wang);
  const auto medicine = *seen(clockwork(), asked(wang, "medicine"));
  EXPECT_EQ(medicine.lead, shapes::catalogue().responsible("elder", "health", "lead", store.reader(nobody()).today()).front());
}

TEST_F(Request, keeps_the_offices_of_the_day_it_was_asked) {
  const auto id = asked(wang);
  // Another catalogue later changes nothing about it: the offices stand in the fact.
  const auto facts = store.reader(clockwork()).facts_of(id.value);
  EXPECT_EQ(facts.front().json().at("lead"), "civil_affairs");
}

TEST_F(Request, for_a_neighbour_goes_to_the_askers_own_contact_first) {
  {
    store::Act act(store, clockwork());
    village::PersonEdit edit;
    edit.id = wang;
    edit.emergency_contact = li;
    ASSERT_TRUE(village::save_person(act, edit));
    act.commit();
  }
  EXPECT_EQ(seen(clockwork(), asked(wang, "neighbour_help"))->helper, li);
}

TEST_F(Request, for_a_neighbour_goes_to_a_volunteer_of_the_same_group) {
  EXPECT_EQ(seen(clockwork(), asked(wang, "neighbour_help"))->helper, neighbour);
  EXPECT_EQ(who_comes(store.reader(as(wang)), *seen(as(wang), *[&] {
              const auto own = mine(store.reader(as(wang)), wang);
              return own.empty() ? std::optional<RequestId>{} : std::optional(own.front().id);
            }())),
            neighbour);
}

TEST_F(Request, without_a_neighbour_goes_to_who_is_on_duty) {
  {
    store::Act act(store, clockwork());
    for (const auto person : {neighbour}) {
      village::PersonEdit edit;
      edit.id = person;
      edit.left_on = store.reader(clockwork()).today();
      ASSERT_TRUE(village::save_person(act, edit));
    }
    act.commit();
  }
  const auto q = *seen(clockwork(), asked(wang, "neighbour_help"));
  EXPECT_FALSE(q.helper);
  EXPECT_EQ(q.routed, xiao_wang);
}

TEST_F(Request, the_same_again_while_it_is_open_is_refused) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return ask(act, {wang, "meals"}); }), Refusal::already_asked);
  (void)asked(wang, "cleaning");
  ASSERT_TRUE(by(as(wang), leaving(id)));
  EXPECT_FALSE(refusal(as(wang), [&](store::Act& act) { return ask(act, {wang, "meals"}); }));
}

TEST_F(Request, not_offered_at_this_site_is_refused) {
  EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return ask(act, {wang, "learn_cooking"}); }), Refusal::not_here);
  EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return ask(act, {wang, "urgent_help"}); }), Refusal::not_here);
  EXPECT_EQ(refusal(as(wang), [&](store::Act& act) { return ask(act, {wang, "no_such_thing"}); }), Refusal::unknown);
}

TEST_F(Request, of_somebody_it_is_not_meant_for_is_taken_and_marked) {
  const auto id = asked(mei, "meals");
  EXPECT_TRUE(store.reader(clockwork()).facts_of(id.value).front().json().contains("outside"));
  EXPECT_FALSE(store.reader(clockwork()).facts_of(asked(wang).value).front().json().contains("outside"));
}

TEST_F(Request, of_a_grandmother_for_her_grandchild_is_meant_for_her) {
  store::Act act(store, Viewer::resident(home.value, wang.value, Known::face));
  const auto r = ask(act, {wang, "education_aid"});
  ASSERT_TRUE(r);
  act.commit();
  EXPECT_FALSE(store.reader(clockwork()).facts_of(r->request.value).front().json().contains("outside"));
  EXPECT_EQ(seen(clockwork(), r->request)->group, "child");
}

TEST_F(Request, can_be_left_while_nobody_has_taken_it) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(wang), leaving(id)));
  EXPECT_EQ(seen(clockwork(), id)->state, State::cancelled);
  EXPECT_EQ(refusal(as(wang), leaving(id)), Refusal::not_open);
  const auto taken = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), taking(taken)));
  EXPECT_EQ(refusal(as(wang), leaving(taken)), Refusal::already_taken);
  EXPECT_FALSE(refusal(as(xiao_wang), leaving(taken)));
}

TEST_F(Request, taken_twice_is_refused) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), taking(id)));
  EXPECT_EQ(refusal(as(xiao_chen), taking(id)), Refusal::already_taken);
}

TEST_F(Request, of_another_volunteer_is_not_finished_by_me_but_by_a_clerk) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), taking(id)));
  EXPECT_EQ(refusal(as(xiao_chen), going(id)), Refusal::not_yours);
  EXPECT_EQ(refusal(as(xiao_chen), finishing(id)), Refusal::not_yours);
  EXPECT_EQ(refusal(as(xiao_chen), passing({id, xiao_chen, "", Reason::busy})), Refusal::not_yours);
  EXPECT_FALSE(refusal(as(clerk), finishing(id)));
  EXPECT_EQ(refusal(as(clerk), finishing(id)), Refusal::not_open);
}

TEST_F(Request, finished_without_having_been_taken_counts_as_taken_then) {
  const auto id = asked(wang);
  minutes_pass(7);
  ASSERT_TRUE(by(as(xiao_chen), finishing(id)));
  const auto q = *seen(clockwork(), id);
  EXPECT_EQ(q.taken_by, xiao_chen);
  EXPECT_EQ(q.accepted, q.finished);
}

TEST_F(Request, passed_to_another_waits_for_them) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), taking(id)));
  ASSERT_TRUE(by(as(xiao_wang), passing({id, xiao_chen, "", Reason::busy})));
  const auto q = *seen(clockwork(), id);
  EXPECT_EQ(q.state, State::asked);
  EXPECT_EQ(q.routed, xiao_chen);
  EXPECT_FALSE(q.taken_by);
  EXPECT_FALSE(refusal(as(xiao_chen), taking(id)));
}

TEST_F(Request, passed_to_an_office_is_followed_up_by_who_passed_it) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), passing({id, {}, "civil_affairs", Reason::needs_office})));
  const auto q = *seen(clockwork(), id);
  EXPECT_EQ(q.office, "civil_affairs");
  EXPECT_EQ(q.state, State::accepted);
  EXPECT_EQ(q.taken_by, xiao_wang);
}

TEST_F(Request, passed_to_nobody_there_is_refused) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(xiao_wang), passing({id, village::StaffId{base::id_of("nobody")}, "", Reason::busy})), Refusal::nobody_to_go);
  EXPECT_EQ(refusal(as(xiao_wang), passing({id, {}, "no_such_office", Reason::busy})), Refusal::nobody_to_go);
}

TEST_F(Request, confidential_is_passed_only_to_those_who_may_see_it) {
  readers_have_keys();
  const auto id = asked(mei, "mediation");
  EXPECT_EQ(refusal(opens_as(clerk), passing({id, xiao_wang, "", Reason::busy})), Refusal::nobody_to_go);
  EXPECT_FALSE(refusal(as(clerk), passing({id, manager, "", Reason::busy})));
}

TEST_F(Request, is_rated_only_when_it_is_finished_and_only_by_the_asker) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(wang), saying(id, Answer::good)), Refusal::not_finished);
  ASSERT_TRUE(by(as(xiao_wang), finishing(id)));
  EXPECT_EQ(refusal(as(li), saying(id, Answer::good)), Refusal::unknown) << "somebody else does not even learn that it is there";
  EXPECT_EQ(refusal(as(clerk), saying(id, Answer::good)), Refusal::no_right);
  EXPECT_FALSE(refusal(as(wang), saying(id, Answer::bad)));
  EXPECT_FALSE(refusal(as(wang), saying(id, Answer::fair))) << "a person may think again";
  EXPECT_EQ(seen(clockwork(), id)->answer, Answer::fair);
}

TEST_F(Request, reopened_begins_a_new_round_with_its_own_time) {
  const auto id = asked(wang);
  minutes_pass(10);
  ASSERT_TRUE(by(as(xiao_wang), finishing(id)));
  ASSERT_TRUE(by(as(wang), saying(id, Answer::bad)));
  minutes_pass(60);
  ASSERT_TRUE(by(as(wang), again(id)));
  const auto q = *seen(clockwork(), id);
  EXPECT_EQ(q.state, State::asked);
  EXPECT_EQ(q.round, 2);
  EXPECT_EQ(q.due, clock.now() + std::chrono::minutes(30));
  EXPECT_FALSE(q.answer);
  EXPECT_FALSE(q.overdue(clock.now()));
}

TEST_F(Request, cannot_be_reopened_before_it_is_finished_or_weeks_later) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(wang), again(id)), Refusal::not_finished);
  ASSERT_TRUE(by(as(xiao_wang), finishing(id)));
  clock.advance(std::chrono::days(15));
  EXPECT_EQ(refusal(as(wang), again(id)), Refusal::too_late);
}

TEST_F(Request, overdue_is_said_once_for_each_round) {
  const auto id = asked(wang);
  const auto run = [&] {
    store::Act act(store, clockwork());
    escalate_overdue(act);
    return act.commit().size();
  };
  EXPECT_EQ(run(), 0u);
  minutes_pass(31);
  EXPECT_EQ(run(), 0u) << "late, but not by an hour";
  minutes_pass(60);
  EXPECT_EQ(run(), 1u);
  EXPECT_EQ(run(), 0u);
  EXPECT_TRUE(seen(clockwork(), id)->escalated);
  EXPECT_EQ(store.reader(clockwork()).facts_of(id.value).back().json().at("to"), "civil_affairs");
  ASSERT_TRUE(by(as(xiao_wang), finishing(id)));
  ASSERT_TRUE(by(as(wang), again(id)));
  EXPECT_FALSE(seen(clockwork(), id)->escalated);
  minutes_pass(91);
  EXPECT_EQ(run(), 1u);
}

TEST_F(Request, urgent_is_told_on_as_soon_as_its_time_is_over) {
  const auto r = by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); });
  minutes_pass(6);
  store::Act act(store, clockwork());
  escalate_overdue(act);
  EXPECT_THAT(act.commit(), SizeIs(1));
  EXPECT_TRUE(seen(clockwork(), r->request)->escalated);
}

TEST_F(Request, urgent_needs_nobody_and_stands_until_staff_answer) {
  const auto r = by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); });
  ASSERT_TRUE(r);
  EXPECT_THAT(urgent_open(store.reader(nobody())), SizeIs(1));
  EXPECT_EQ(seen(nobody(), r->request)->routed, xiao_wang);
  EXPECT_THAT(queue(store.reader(as(xiao_wang))), IsEmpty()) << "urgent calls have a list of their own";
  ASSERT_TRUE(by(as(xiao_wang), [&](store::Act& act) { return acknowledge_urgent(act, r->request); }));
  EXPECT_THAT(urgent_open(store.reader(nobody())), IsEmpty());
  EXPECT_THAT(urgent_all(store.reader(as(xiao_wang))), SizeIs(1));
  EXPECT_EQ(refusal(as(xiao_chen), [&](store::Act& act) { return acknowledge_urgent(act, r->request); }), Refusal::already_taken);
  EXPECT_FALSE(refusal(as(xiao_wang), closing(r->request, Outcome::helped)));
  EXPECT_THAT(urgent_all(store.reader(as(xiao_wang))), IsEmpty());
}

TEST_F(Request, urgent_is_late_when_nobody_answers_not_when_the_help_takes_long) {
  const auto late = [&](int answered, int closed) {
    const auto r = by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); });
    minutes_pass(answered);
    (void)by(as(xiao_wang), [&](store::Act& act) { return acknowledge_urgent(act, r->request); });
    minutes_pass(closed);
    EXPECT_FALSE(seen(as(xiao_wang), r->request)->overdue(clock.now()));
    (void)by(as(xiao_wang), closing(r->request, Outcome::helped));
    return store.reader(clockwork()).count("SELECT was_late FROM request_request WHERE id = ?", r->request);
  };
  EXPECT_EQ(late(2, 50), 0);
  EXPECT_EQ(late(6, 1), 1);
}

TEST_F(Request, urgent_shows_who_called_to_staff_alone) {
  const auto r = by(as(wang), [&](store::Act& act) { return raise_urgent(act, wang); });
  ASSERT_TRUE(r);
  EXPECT_FALSE(urgent_open(store.reader(nobody())).front().person);
  EXPECT_FALSE(urgent_open(store.reader(as(li))).front().person);
  EXPECT_EQ(urgent_open(store.reader(as(xiao_wang))).front().person, wang);
}

TEST_F(Request, urgent_reaches_who_is_on_duty_then_manager_and_clerk) {
  std::vector<std::string> names;
  for (const auto& face : urgent_reaches(store.reader(nobody()))) names.push_back(face.name);
  EXPECT_THAT(names, ElementsAre("王芳", "李支前", "李红"));
}

TEST_F(Request, acknowledging_is_for_urgent_calls) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(xiao_wang), [&](store::Act& act) { return acknowledge_urgent(act, id); }), Refusal::unknown);
}

TEST_F(Request, an_ordinary_one_is_closed_by_a_clerk_only) {
  const auto id = asked(wang);
  EXPECT_EQ(refusal(as(xiao_wang), closing(id, Outcome::not_needed)), Refusal::no_right);
  EXPECT_FALSE(refusal(as(clerk), closing(id, Outcome::not_needed)));
  EXPECT_EQ(seen(clockwork(), id)->state, State::closed);
}

TEST_F(Request, mine_are_the_open_ones_and_those_of_the_last_days) {
  const auto done = asked(wang, "repair");
  ASSERT_TRUE(by(as(xiao_wang), finishing(done)));
  const auto left = asked(wang, "cleaning");
  ASSERT_TRUE(by(as(wang), leaving(left)));
  minutes_pass(1);
  const auto open = asked(wang);
  std::vector<RequestId> own;
  for (const auto& q : mine(store.reader(as(wang)), wang)) own.push_back(q.id);
  EXPECT_THAT(own, ElementsAre(open, done));
  EXPECT_THAT(mine(store.reader(as(li)), wang), IsEmpty());
  clock.advance(std::chrono::days(20));
  EXPECT_THAT(mine(store.reader(as(wang)), wang), SizeIs(1)) << "what is open stays";
}

TEST_F(Request, the_queue_is_oldest_first_and_counts_what_is_late) {
  const auto first_asked = asked(wang);
  minutes_pass(20);
  const auto second_asked = asked(li);
  minutes_pass(15);
  const auto all = queue(store.reader(as(xiao_wang)));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].id, first_asked);
  EXPECT_EQ(all[1].id, second_asked);
  EXPECT_TRUE(all[0].overdue(clock.now()));
  EXPECT_FALSE(all[1].overdue(clock.now()));
  const auto load = load_of(store.reader(as(xiao_wang)));
  EXPECT_EQ(load.now, 2);
  EXPECT_EQ(load.late, 1);
}

TEST_F(Request, a_volunteer_sees_this_site_and_own_errands_a_clerk_the_village) {
  store::Act act(store, Viewer::resident(home.value, mei.value, Known::face));
  const auto r = ask(act, {mei, "repair"});
  ASSERT_TRUE(r);
  act.commit();
  EXPECT_THAT(queue(store.reader(as(xiao_chen))), IsEmpty());
  EXPECT_THAT(queue(store.reader(as(clerk))), SizeIs(1));
  ASSERT_TRUE(by(as(clerk), passing({r->request, xiao_chen, "", Reason::busy})));
  EXPECT_THAT(queue(store.reader(as(xiao_chen))), SizeIs(1));
}

TEST_F(Request, history_tells_who_did_what) {
  const auto id = asked(wang);
  ASSERT_TRUE(by(as(xiao_wang), taking(id)));
  ASSERT_TRUE(by(as(xiao_wang), passing({id, xiao_chen, "", Reason::busy})));
  std::vector<std::string> facts;
  const auto steps = history(store.reader(as(clerk)), id);
  for (const auto& s : steps) facts.push_back(s.fact);
  EXPECT_THAT(facts, ElementsAre("request.asked", "request.taken", "request.passed_on"));
  EXPECT_EQ(steps[0].by, wang);
  EXPECT_TRUE(steps[2].to);
  EXPECT_EQ(steps[2].detail, "busy");
  EXPECT_THAT(history(store.reader(as(wang)), id), IsEmpty());
}

TEST_F(Request, askable_is_what_the_site_and_the_persons_groups_are_offered) {
  const auto has = [&](const std::vector<const village::Offer*>& offers, std::string_view code) {
    return std::any_of(offers.begin(), offers.end(), [&](const auto* o) { return o->code == code; });
  };
  const auto all = askable(store.reader(nobody()), std::nullopt);
  EXPECT_TRUE(has(all, "meals"));
  EXPECT_FALSE(has(all, "urgent_help"));
  EXPECT_FALSE(has(all, "learn_cooking")) << "not at a day-care centre";
  const auto hers = askable(store.reader(as(mei)), mei);
  EXPECT_FALSE(has(hers, "bathing"));
  EXPECT_TRUE(has(hers, "repair"));
  EXPECT_TRUE(has(askable(store.reader(as(wang)), wang), "meals"));
}

}  // namespace
