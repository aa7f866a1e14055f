// What is confidential: who sees that it is there, who sees what it is, and what stands outside the part that is sealed.
#include "place.h"

#include <gmock/gmock.h>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Viewer;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class ConfidentialRequest : public Place {};

TEST_F(ConfidentialRequest, looks_like_nothing_in_particular_outside_its_body) {
  const auto id = asked(mei, "mediation");
  ASSERT_TRUE(by(as(clerk), [&](store::Act& act) { return take(act, id); }));
  for (const auto& f : store.reader(clockwork()).facts_of(id.value)) EXPECT_EQ(f.offer, "") << f.kind;
  EXPECT_EQ(seen(clockwork(), id)->offer, "mediation") << "the fold finds it in the body";
}

TEST_F(ConfidentialRequest, is_one_of_the_queue_to_a_volunteer_and_no_more) {
  const auto id = asked(mei, "mediation");
  const auto all = queue(store.reader(as(xiao_wang)));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_TRUE(all.front().sealed);
  EXPECT_FALSE(all.front().person);
  EXPECT_EQ(all.front().offer, "");
  EXPECT_FALSE(all.front().routed);
  EXPECT_THAT(history(store.reader(as(xiao_wang)), id), IsEmpty());
  EXPECT_EQ(load_of(store.reader(as(xiao_wang))).confidential, 0);
  for (const auto deed : {&take, &set_off, &finish}) EXPECT_EQ(refusal(as(xiao_wang), [&](store::Act& act) { return deed(act, id); }), Refusal::no_right);
}

TEST_F(ConfidentialRequest, is_seen_and_taken_by_clerk_and_manager) {
  const auto id = asked(mei, "mediation");
  for (const auto who : {clerk, manager}) EXPECT_EQ(seen(as(who), id)->person, mei);
  EXPECT_EQ(load_of(store.reader(as(clerk))).confidential, 1);
  EXPECT_FALSE(refusal(as(clerk), [&](store::Act& act) { return take(act, id); }));
}

TEST_F(ConfidentialRequest, is_shown_to_the_asker_only_where_she_is_surely_alone) {
  (void)asked(mei, "mediation");
  EXPECT_THAT(mine(store.reader(as(mei)), mei), IsEmpty());
  EXPECT_THAT(mine(store.reader(as(mei, Known::card)), mei), IsEmpty());
  EXPECT_THAT(mine(store.reader(as(mei, Known::secret)), mei), SizeIs(1));
}

TEST_F(ConfidentialRequest, is_counted_without_name_or_kind_in_the_sheets) {
  (void)asked(mei, "mediation");
  const auto reader = store.reader(as(manager));
  base::Words words;
  for (const auto& sheet : request::shape().sheets) {
    int rows = 0;
    sheet.rows(reader, words, {{}, reader.today(), reader.today(), true}, [&](const std::vector<base::Cell>& cells) {
      ++rows;
      EXPECT_EQ(cells.size(), sheet.columns.size()) << sheet.name;
      for (const auto& cell : cells)
        if (const auto* text = std::get_if<std::string>(&cell)) {
          EXPECT_EQ(text->find("mediation"), std::string::npos) << sheet.name;
          EXPECT_NE(*text, "张小梅") << sheet.name;
        }
    });
    EXPECT_EQ(rows, 1) << sheet.name;
  }
}

TEST_F(ConfidentialRequest, can_be_left_by_who_asked_at_once) {
  const auto id = asked(mei, "mediation");
  EXPECT_FALSE(refusal(as(mei), [&](store::Act& act) { return cancel(act, id); }));
}

}  // namespace
