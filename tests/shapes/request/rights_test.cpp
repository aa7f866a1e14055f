// Who may do what, cell by cell: nobody, the asker, somebody else, volunteer, clerk, manager, the clock.
#include "place.h"

#include <functional>
#include <map>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Viewer;

namespace {

class RequestRights : public Place {
 protected:
  // n nobody, s the asker, o another resident, v volunteer, c clerk, m manager, k clockwork
  std::vector<std::pair<char, Viewer>> viewers() {
    return {{'n', nobody()}, {'s', as(wang)}, {'o', as(li)}, {'v', as(xiao_wang)}, {'c', as(clerk)}, {'m', as(manager)}, {'k', clockwork()}};
  }
  using Deed = std::function<std::expected<Receipt, Refusal>(store::Act&)>;
  // Tries it for everyone without keeping anything; gives those who may.
  std::string who_may(const Deed& deed) {
    std::string may;
    for (const auto& [letter, viewer] : viewers()) {
      store::Act act(store, viewer);
      const auto r = deed(act);
      if (r || (r.error() != Refusal::no_right && r.error() != Refusal::unknown)) may += letter;
    }
    return may;
  }
};

TEST_F(RequestRights, every_deed_is_for_those_the_table_names) {
  readers_have_keys();
  const auto open = asked(wang), done = asked(wang, "cleaning"), sealed = asked(wang, "mediation");
  (void)by(as(xiao_wang), [&](store::Act& act) { return finish(act, done); });
  const auto urgent = by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); })->request;
  EXPECT_EQ(who_may([&](store::Act& act) { return ask(act, {wang, "repair"}); }), "svcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return cancel(act, open); }), "svcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return rate(act, done, Answer::good); }), "s");
  EXPECT_EQ(who_may([&](store::Act& act) { return reopen(act, done); }), "scm");
  EXPECT_EQ(who_may([&](store::Act& act) { return take(act, open); }), "vcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return take(act, sealed); }), "") << "she who asked sees it, and nobody has opened it";
  for (const auto who : {clerk, manager}) {
    (void)opens_as(who);
    EXPECT_EQ(who_may([&](store::Act& act) { return take(act, sealed); }), who == clerk ? "c" : "m") << "and no other with her";
    EXPECT_EQ(who_may([&](store::Act& act) { return request::read(act, sealed); }), who == clerk ? "c" : "m");
  }
  store.close_opened();
  EXPECT_EQ(who_may([&](store::Act& act) { return set_off(act, open); }), "vcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return finish(act, open); }), "vcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return pass_on(act, {open, xiao_chen, "", Reason::busy}); }), "vcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return close(act, open, Outcome::not_needed); }), "cm");
  EXPECT_EQ(who_may([&](store::Act& act) { return close(act, urgent, Outcome::helped); }), "vcm");
  EXPECT_EQ(who_may([&](store::Act& act) { return raise_urgent(act, std::nullopt); }), "nsovcmk");
  EXPECT_EQ(who_may([&](store::Act& act) { return acknowledge_urgent(act, urgent); }), "vcm");
}

TEST_F(RequestRights, every_query_shows_to_those_the_table_names) {
  const auto id = asked(wang);
  (void)by(nobody(), [](store::Act& act) { return raise_urgent(act, std::nullopt); });
  const auto who_sees = [&](const std::function<bool(const store::Reader&)>& sees) {
    std::string seen;
    for (const auto& [letter, viewer] : viewers())
      if (sees(store.reader(viewer))) seen += letter;
    return seen;
  };
  EXPECT_EQ(who_sees([&](const auto& r) { return one(r, id).has_value(); }), "svcmk");
  EXPECT_EQ(who_sees([&](const auto& r) { return !mine(r, wang).empty(); }), "sk");
  EXPECT_EQ(who_sees([&](const auto& r) { return !queue(r).empty(); }), "vcmk");
  EXPECT_EQ(who_sees([&](const auto& r) { return load_of(r).now > 0; }), "vcmk");
  EXPECT_EQ(who_sees([&](const auto& r) { return !urgent_open(r).empty(); }), "nsovcmk");
  EXPECT_EQ(who_sees([&](const auto& r) { return !urgent_all(r).empty(); }), "vcmk");
  EXPECT_EQ(who_sees([&](const auto& r) { return !history(r, id).empty(); }), "vcmk");
  base::Words words;
  for (const auto& sheet : request::shape().sheets)
    EXPECT_EQ(who_sees([&](const auto& r) {
                int rows = 0;
                sheet.rows(r, words, {{}, r.today(), r.today(), true}, [&](const auto&) { ++rows; });
                return rows > 0;
              }),
              "cm")
        << sheet.name;
}

TEST_F(RequestRights, the_shape_lists_every_right_once) {
  std::map<std::string_view, int> listed;
  for (const auto& r : request::shape().rights) ++listed[r.name];
  EXPECT_EQ(listed.size(), 23u);
  for (const auto& [right, times] : listed) EXPECT_EQ(times, 1) << right;
}

}  // namespace
