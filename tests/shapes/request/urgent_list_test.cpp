// Staff's list of urgent calls: no touch there may come to mean something else under the finger that made it.
#include "place.h"

#include "base/almanac.h"
#include "shapes/request/screens/screens.h"
#include "support/glasses.h"

#include <gmock/gmock.h>

using namespace request;
using parts::Draft;
using parts::Next;
using request_test::Place;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

class UrgentList : public Place {
 protected:
  UrgentListModel list(const std::string& language = "zh-CN") {
    const auto reader = store.reader(as(xiao_wang));
    return load_urgent_list({reader, support::words(language), std::string{}, draft()});
  }
  UrgentCloseModel closing(const std::string& key) {
    const auto reader = store.reader(as(xiao_wang));
    return load_urgent_close({reader, support::words("zh-CN"), key, draft()});
  }
  Draft& draft() {
    draft_.of<parts::Session>().site = centre;
    return draft_;
  }
  RequestId called(const store::Viewer& viewer, std::optional<village::PersonId> who = {}) {
    const auto r = by(viewer, [&](store::Act& act) { return raise_urgent(act, who); });
    EXPECT_TRUE(r.has_value());
    return r ? r->request : RequestId{};
  }
  void answer(RequestId id) {
    EXPECT_TRUE(by(as(xiao_wang), [&](store::Act& act) { return acknowledge_urgent(act, id); }));
  }
  Draft draft_;
};

ui::Look of_staff(float scale) {
  ui::Look look;
  look.staff = look.reduced_motion = true;
  look.text_scale = scale;
  return look;
}

TEST_F(UrgentList, says_the_day_of_a_call_that_is_not_of_today) {
  const auto now = store.reader(as(xiao_wang)).now();
  const auto at = [&](base::Instant when, const char* language) { return called_at(store.reader(as(xiao_wang)), support::words(language), when); };
  EXPECT_EQ(at(now, "zh-CN").find(base::day_said(support::words("zh-CN"), base::day_of(now, store.place()), base::day_of(now, store.place()))), std::string::npos) << "of today the hour is enough";
  for (const int days : {1, 3}) {
    const auto then = now - std::chrono::hours(24 * days);
    for (const auto* language : {"zh-CN", "en"}) {
      const auto day = base::day_said(support::words(language), base::day_of(now, store.place()), base::day_of(then, store.place()));
      EXPECT_EQ(at(then, language), day + " " + at(now, language));
    }
  }
}

TEST_F(UrgentList, a_finger_that_comes_twice_finds_the_same_thing_or_nothing) {
  const auto first_call = called(nobody());
  minutes_pass(1);
  called(as(wang), wang);
  std::map<std::string, UrgentListModel> before, after;
  for (const auto* language : {"zh-CN", "en"}) before[language] = list(language);
  answer(first_call);
  for (const auto* language : {"zh-CN", "en"}) after[language] = list(language);
  for (const auto& named : ui::reference_glasses())
    for (const std::string language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f}) {
        ui::Headless glass(named.glass, of_staff(scale), &support::words(language));
        const auto targets = [&](const UrgentListModel& m) {
          std::map<std::string, ui::Rect> places;
          for (const auto& w : glass.draw([&](ui::Ui& ui) { draw_urgent_list(ui, m, Draft{}); }).widgets)
            if (w.kind == ui::Kind::target) places[w.id] = w.rect;
          return places;
        };
        const auto then = targets(before[language]), now = targets(after[language]);
        for (const auto& [id, place] : then)
          for (const auto& [other, there] : now)
            if (id != other)
              EXPECT_FALSE(place.x < there.right() && there.x < place.right() && place.y < there.bottom() && there.y < place.bottom())
                  << other << " stands where " << id << " was, at " << named.name << " in " << language;
        EXPECT_TRUE(now.contains("false_alarm:" + first_call.text()));
      }
}

TEST_F(UrgentList, is_sound_before_and_after_the_answer) {
  const auto call = called(as(wang), wang);
  const auto sound = [&] {
    support::sound_everywhere("urgent_list", of_staff(1), [&](ui::Ui& ui, const base::Words& w) { draw_urgent_list(ui, list(w.chinese() ? "zh-CN" : "en"), Draft{}); });
  };
  sound();
  answer(call);
  sound();
}

TEST_F(UrgentList, keeps_its_order_when_one_is_answered_the_newest_first) {
  const auto older = called(nobody());
  minutes_pass(1);
  const auto newer = called(as(wang), wang);
  const auto order = [&] {
    std::vector<RequestId> ids;
    for (const auto& q : urgent_all(store.reader(as(xiao_wang)))) ids.push_back(q.id);
    return ids;
  };
  EXPECT_THAT(order(), ElementsAre(newer, older));
  answer(newer);
  EXPECT_THAT(order(), ElementsAre(newer, older));
}

TEST_F(UrgentList, is_asked_once_before_a_call_is_over) {
  const auto call = called(as(wang), wang);
  answer(call);
  const auto next = tap_urgent_list(draft(), list(), {"false_alarm:" + call.text()});
  EXPECT_EQ(next.kind, Next::Kind::push);
  EXPECT_EQ(next.screen, "request/urgent_close");
  const auto m = closing(next.key);
  EXPECT_EQ(m.outcome, Outcome::false_alarm);
  EXPECT_EQ(m.who, "王秀兰");
  for (const auto outcome : {Outcome::helped, Outcome::false_alarm}) {
    auto asking = m;
    asking.outcome = outcome;
    support::sound_everywhere("urgent_close", of_staff(1), [&](ui::Ui& ui, const base::Words&) { draw_urgent_close(ui, asking, Draft{}); });
  }
  EXPECT_EQ(tap_urgent_close(draft(), m, {"no"}).kind, Next::Kind::back);
  const auto yes = tap_urgent_close(draft(), m, {"yes"});
  ASSERT_EQ(yes.kind, Next::Kind::run);
  store::Act act(store, as(xiao_wang));
  ASSERT_TRUE(yes.deed(act));
  act.commit();
  EXPECT_THAT(list().rows, SizeIs(0));
  EXPECT_FALSE(closing(next.key).id) << "over already";
  support::sound_everywhere("urgent_close over", of_staff(1), [&](ui::Ui& ui, const base::Words&) { draw_urgent_close(ui, UrgentCloseModel{}, Draft{}); });
}

}  // namespace
