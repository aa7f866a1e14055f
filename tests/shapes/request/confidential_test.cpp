// What is confidential: it lies in envelopes that tell nothing, is opened by card and PIN alone, and read with a fact that says so.
#include "place.h"

#include "store/envelope.h"

#include <fstream>
#include <gmock/gmock.h>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Viewer;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

class ConfidentialRequest : public Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    readers_have_keys();
  }
  std::vector<store::Fact> envelopes() { return store.reader(clockwork()).facts_of(store::envelope::subject()); }
};

TEST_F(ConfidentialRequest, tells_nothing_outside_but_the_day) {
  const auto id = asked(mei, "mediation");
  ASSERT_TRUE(by(opens_as(clerk), [&](store::Act& act) { return take(act, id); }));
  store.close_opened();
  EXPECT_THAT(store.reader(clockwork()).facts_of(id.value), IsEmpty());
  const auto all = envelopes();
  ASSERT_THAT(all, SizeIs(2));
  for (const auto& f : all) {
    EXPECT_FALSE(f.person || f.by || f.site || f.corrects);
    EXPECT_EQ(f.offer + f.means, "");
    EXPECT_EQ(f.at, base::instant_at(store.reader(clockwork()).today(), base::Minutes{0}, store.place())) << "not the hour";
    EXPECT_EQ(f.body.size(), all.front().body.size()) << "nor how much was said";
  }
  EXPECT_NE(all[0].id, all[1].id);
}

TEST_F(ConfidentialRequest, looks_like_a_session_that_said_nothing) {
  (void)asked(mei, "rights_protection");
  store::Act act(store, as(wang));
  village::leave_cover(act);
  act.commit();
  const auto all = envelopes();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].body.size(), all[1].body.size());
  EXPECT_EQ(all[0].at, all[1].at);
}

TEST_F(ConfidentialRequest, stands_in_for_one_step_of_the_session_and_tells_whether_the_session_ends_with_it) {
  EXPECT_FALSE(store.take_step());
  (void)asked(mei, "mediation");
  EXPECT_TRUE(store.ends_sealed());
  EXPECT_TRUE(store.take_step());
  EXPECT_FALSE(store.take_step());
  (void)asked(mei, "meals");
  EXPECT_FALSE(store.ends_sealed()) << "something clear came after it: then a cover is due";
  store::Act act(store, as(mei));
  village::leave_cover(act);
  act.commit();
  EXPECT_TRUE(store.ends_sealed());
  EXPECT_FALSE(store.take_step()) << "a cover stands in for nothing";
  store.close_opened();
  EXPECT_FALSE(store.ends_sealed()) << "the next session has said nothing yet";
}

// Its length in the database follows from how many envelopes there are, not from how many of them hold something.
TEST_F(ConfidentialRequest, what_is_remembered_of_envelopes_is_as_long_where_none_holds_anything) {
  for (int i = 0; i < 40; ++i) {
    store::Act act(store, as(mei));
    ASSERT_TRUE(act.append_sealed({.kind = "request.read", .subject = act.new_id()}, nlohmann::json::object(), village::sealed_for(act)));
    act.commit();
  }
  store.close_opened();
  // The clerk's key opens all forty, a key that came later none.
  EXPECT_THAT(store.open_envelopes(pairs.at(clerk), clerk.value), SizeIs(40));
  has_key(manager);
  EXPECT_THAT(store.open_envelopes(pairs.at(manager), manager.value), IsEmpty());
  const auto kept = [&](village::StaffId id) { return store.reader(clockwork()).one<std::string>("SELECT sealed FROM local_opened WHERE staff = ?", id)->size(); };
  EXPECT_EQ(kept(clerk), kept(manager));
}

TEST_F(ConfidentialRequest, is_not_even_there_for_whoever_has_not_opened_it) {
  const auto id = asked(mei, "mediation");
  store.close_opened();  // her session is over
  for (const auto& viewer : {nobody(), as(wang), as(mei), as(mei, Known::secret), as(xiao_wang), as(clerk), as(manager), clockwork()}) {
    const auto reader = store.reader(viewer);
    EXPECT_FALSE(one(reader, id));
    EXPECT_THAT(queue(reader), IsEmpty());
    EXPECT_EQ(load_of(reader).now, 0);
    EXPECT_THAT(history(reader, id), IsEmpty());
    for (const auto deed : {&take, &set_off, &finish, &cancel, &request::read}) EXPECT_TRUE(refusal(viewer, [&](store::Act& act) { return deed(act, id); }));
  }
}

TEST_F(ConfidentialRequest, is_opened_by_clerk_and_manager_each_for_themselves) {
  const auto id = asked(mei, "mediation");
  for (const auto who : {clerk, manager}) {
    const auto viewer = opens_as(who);
    EXPECT_EQ(seen(viewer, id)->person, mei);
    EXPECT_EQ(seen(viewer, id)->offer, "mediation");
    EXPECT_EQ(load_of(store.reader(viewer)).confidential, 1);
    EXPECT_FALSE(seen(as(who == clerk ? manager : clerk), id)) << "what one opens another does not see";
    EXPECT_FALSE(seen(clockwork(), id));
    store.close_opened();
    EXPECT_FALSE(seen(viewer, id)) << "over with the session";
  }
  has_key(xiao_wang);
  EXPECT_THAT(store.open_envelopes(pairs.at(xiao_wang), xiao_wang.value), IsEmpty()) << "a volunteer's key opens nothing";
}

TEST_F(ConfidentialRequest, is_handled_step_by_step_over_sessions_and_says_who_read_it) {
  const auto id = asked(mei, "mediation");
  minutes_pass(20);
  auto viewer = opens_as(clerk);
  EXPECT_FALSE(has_read(store.reader(viewer), id));
  ASSERT_TRUE(by(viewer, [&](store::Act& act) { return request::read(act, id); }));
  EXPECT_TRUE(has_read(store.reader(viewer), id));
  ASSERT_TRUE(by(viewer, [&](store::Act& act) { return take(act, id); }));
  minutes_pass(30);
  viewer = opens_as(manager);
  EXPECT_FALSE(has_read(store.reader(viewer), id)) << "she has, not he";
  EXPECT_EQ(seen(viewer, id)->state, State::accepted);
  EXPECT_EQ(seen(viewer, id)->taken_by, clerk);
  ASSERT_TRUE(by(viewer, [&](store::Act& act) { return finish(act, id); }));
  viewer = opens_as(clerk);
  EXPECT_EQ(seen(viewer, id)->state, State::finished);
  std::string steps;
  for (const auto& step : history(store.reader(viewer), id)) steps += step.fact + " ";
  EXPECT_EQ(steps, "request.asked request.read request.taken request.finished ");
  EXPECT_EQ(std::chrono::floor<std::chrono::minutes>(*seen(viewer, id)->accepted - seen(viewer, id)->asked).count(), 20) << "the hour is known inside";
}

TEST_F(ConfidentialRequest, what_was_rolled_back_was_never_opened) {
  const auto id = asked(mei, "mediation");
  const auto viewer = opens_as(clerk);
  {
    store::Act act(store, viewer);
    ASSERT_TRUE(take(act, id));
    EXPECT_EQ(one(act, id)->state, State::accepted) << "inside the deed it is seen";
  }
  EXPECT_EQ(seen(viewer, id)->state, State::asked);
  EXPECT_EQ(store.envelopes_said(), 1) << "the asking; the deed that was not kept does not count";
}

TEST_F(ConfidentialRequest, which_envelopes_were_for_her_is_remembered_sealed) {
  const auto id = asked(mei, "mediation");
  for (int i = 0; i < 3; ++i) {
    store::Act act(store, as(wang));
    village::leave_cover(act);
    act.commit();
  }
  EXPECT_THAT(store.open_envelopes(pairs.at(clerk), clerk.value), SizeIs(1));
  const auto kept = store.reader(clockwork()).one<std::string>("SELECT sealed FROM local_opened WHERE staff = ?", clerk);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->find(id.text()), std::string::npos);
  (void)asked(li, "mediation");
  EXPECT_THAT(store.open_envelopes(pairs.at(clerk), clerk.value), SizeIs(2)) << "the one that is known, and the new one";
  // A PIN that was set anew: another pair, to which nothing was sealed.
  has_key(clerk);
  EXPECT_THAT(store.open_envelopes(pairs.at(clerk), clerk.value), IsEmpty());
  EXPECT_THAT(store.open_envelopes(pairs.at(manager), manager.value), SizeIs(2));
}

TEST_F(ConfidentialRequest, is_kept_for_the_township_where_it_gave_its_key) {
  const auto township = store::KeyPair::make();
  std::ofstream(folder.path / "township.key") << store::text_of(township.open_to_all()) << "\n";
  (void)asked(mei, "mediation");
  EXPECT_THAT(store.open_envelopes(township, base::id_of("the township")), SizeIs(1)) << "with the paper from the envelope";
}

TEST_F(ConfidentialRequest, is_refused_where_nobody_could_read_it) {
  // Both have left; the township alone helps nobody today.
  std::ofstream(folder.path / "township.key") << store::text_of(store::KeyPair::make().open_to_all()) << "\n";
  for (const auto who : {clerk, manager}) ASSERT_TRUE(by(clockwork(), [&](store::Act& act) { return village::save_staff(act, {.id = who, .active = false}); }));
  EXPECT_EQ(refusal(as(mei), [&](store::Act& act) { return ask(act, {mei, "mediation"}); }), Refusal::nobody_reads);
  EXPECT_THAT(envelopes(), IsEmpty());
}

TEST_F(ConfidentialRequest, is_hers_until_her_session_ends) {
  const auto id = asked(mei, "mediation");
  EXPECT_TRUE(seen(as(mei), id)) << "the receipt";
  EXPECT_EQ(refusal(as(mei), [&](store::Act& act) { return ask(act, {mei, "mediation"}); }), Refusal::already_asked);
  EXPECT_FALSE(seen(as(wang), id));
  for (const auto how : {Known::face, Known::card, Known::secret}) EXPECT_THAT(mine(store.reader(as(mei, how)), mei), IsEmpty()) << "never in a list: who stands beside her";
  EXPECT_FALSE(refusal(as(mei), [&](store::Act& act) { return cancel(act, id); })) << "and she can take it back at once";
  EXPECT_EQ(seen(opens_as(clerk), id)->state, State::cancelled) << "which is told to whoever opens it";
}

TEST_F(ConfidentialRequest, is_counted_without_name_or_kind_in_a_readers_sheets_and_in_no_others) {
  (void)asked(mei, "mediation");
  store.close_opened();
  base::Words words;
  const auto rows_for = [&](const Viewer& viewer) {
    int rows = 0;
    const auto reader = store.reader(viewer);
    for (const auto& sheet : request::shape().sheets)
      sheet.rows(reader, words, {{}, reader.today(), reader.today(), true}, [&](const std::vector<base::Cell>& cells) {
        ++rows;
        EXPECT_EQ(cells.size(), sheet.columns.size()) << sheet.name;
        for (const auto& cell : cells)
          if (const auto* text = std::get_if<std::string>(&cell)) {
            EXPECT_EQ(text->find("mediation"), std::string::npos) << sheet.name;
            EXPECT_NE(*text, "张小梅") << sheet.name;
          }
      });
    return rows;
  };
  EXPECT_EQ(rows_for(as(manager)), 0);
  EXPECT_EQ(rows_for(opens_as(manager)), 2) << "one in the ledger, one in the summary";
  EXPECT_EQ(rows_for(as(clerk)), 0);
}

TEST_F(ConfidentialRequest, comes_through_a_rebuild_and_a_changed_envelope_is_found) {
  const auto id = asked(mei, "mediation");
  (void)store.rebuild();
  EXPECT_TRUE(seen(opens_as(clerk), id));
  EXPECT_EQ(store.verify_chain().broken_at, 0);
  auto body = envelopes().front().body;
  body[body.size() / 2] = body[body.size() / 2] == 'A' ? 'B' : 'A';
  store.database().run("UPDATE journal_fact SET body = ? WHERE kind = ?", body, store::envelope::kind);
  EXPECT_GT(store.verify_chain().broken_at, 0);
  store.database().run("DELETE FROM local_opened");
  EXPECT_FALSE(seen(opens_as(clerk), id)) << "and not opened";
}

}  // namespace
