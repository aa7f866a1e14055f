// A manager deletes a person's data on the glass; who still has something open is not deleted; what was said aloud goes too.
#include "at_the_kiosk.h"

#include "shapes/attendance/attendance.h"
#include "shapes/notice/notice.h"
#include "shapes/request/request.h"
#include "village/erasure.h"

namespace {

using given::AtTheKiosk;

struct Manager : AtTheKiosk {
  Manager() {
    kiosk->open("desk/sign_in", "");
    settle();
    sign_in(manager, "940275");
  }
  void look_at(village::PersonId who) {
    kiosk->open("desk/person", who.text());
    settle();
  }
};

TEST(DeletingOnTheGlass, asks_twice_and_ends_with_a_receipt) {
  Manager k;
  k.look_at(k.shan);
  k.touch("more");
  k.touch("erase");
  ASSERT_EQ(k.at(), "desk/person_erase");
  k.touch("yes");
  ASSERT_EQ(k.at(), "desk/person_erase_sure");
  k.touch("no");
  ASSERT_EQ(k.at(), "desk/person");
  EXPECT_FALSE(village::person(k.as(k.a_manager()), k.shan)->erased);
  k.touch("more");
  k.touch("erase");
  k.touch("yes");
  k.touch("yes");
  ASSERT_EQ(k.at(), "desk/person_erased");
  EXPECT_TRUE(village::person(k.as(k.a_manager()), k.shan)->erased);
  EXPECT_EQ(k.store->keys().find(k.shan.value), nullptr);
  k.touch("done");
  EXPECT_EQ(k.at(), "desk/today");
  k.look_at(k.shan);
  EXPECT_EQ(k.see("edit"), nullptr);
  EXPECT_EQ(k.see("more"), nullptr);
}

// On every glass: a finger that comes down twice where it went on has deleted nothing.
TEST(DeletingOnTheGlass, stands_elsewhere_than_the_button_before_it) {
  for (const auto& on : ui::reference_glasses()) {
    AtTheKiosk k(on.glass);
    k.kiosk->open("desk/sign_in", "");
    k.settle();
    k.sign_in(k.manager, "940275");
    k.kiosk->open("desk/person_erase", k.shan.text());
    k.settle();
    const auto first = k.see("yes")->rect;
    const float x = first.x + first.w / 2, y = first.y + first.h / 2;
    k.touch("yes");
    ASSERT_EQ(k.at(), "desk/person_erase_sure");
    const auto yes = k.see("yes")->rect, no = k.see("no")->rect;
    EXPECT_TRUE(x > no.x && x < no.right() && y > no.y && y < no.bottom()) << on.name;
    EXPECT_TRUE(yes.right() <= first.x || first.right() <= yes.x || yes.bottom() <= first.y || first.bottom() <= yes.y) << on.name;
  }
}

TEST(DeletingOnTheGlass, is_offered_to_no_clerk) {
  AtTheKiosk k;
  k.kiosk->open("desk/sign_in", "");
  k.settle();
  k.sign_in(k.clerk, "613829");
  k.kiosk->open("desk/person_more", k.shan.text());
  k.settle();
  EXPECT_NE(k.see("card"), nullptr);
  EXPECT_EQ(k.see("erase"), nullptr);
}

TEST(DeletingOnTheGlass, a_child_that_is_in_is_handed_over_first) {
  Manager k;
  const auto rainbow = store::Viewer::of_staff(k.room.value, store::Role::manager, k.manager.value, k.secretary.value);
  k.act(rainbow, [&](store::Act& a) { return attendance::check_in(a, {.person = k.hu, .offer = "rainbow_room"}); });
  ASSERT_TRUE(shapes::holds(k.as(k.a_manager()), k.hu));
  store::Act act(*k.store, k.a_manager());
  EXPECT_EQ(village::erase_person(act, k.hu, shapes::holds).error(), village::Refusal::still_open);
  EXPECT_TRUE(village::erase_person(act, k.shan, shapes::holds));
}

TEST(DeletingOnTheGlass, an_open_request_is_ended_first_and_one_that_is_over_is_still_counted) {
  Manager k;
  const auto asked = k.act(k.resident(k.shan, store::Known::card), [&](store::Act& a) {
    const auto offers = request::askable(a, k.shan);
    return request::ask(a, {.person = k.shan, .offer = offers.front()->code});
  });
  ASSERT_TRUE(asked);
  EXPECT_TRUE(shapes::holds(k.as(k.a_manager()), k.shan));
  ASSERT_TRUE(k.act(k.resident(k.shan, store::Known::card), [&](store::Act& a) { return request::cancel(a, asked->request); }));
  const auto requests = k.as(k.a_manager()).count("SELECT count(*) FROM request_request");
  ASSERT_TRUE(k.act(k.a_manager(), [&](store::Act& a) { return village::erase_person(a, k.shan, shapes::holds); }));
  EXPECT_EQ(k.as(k.a_manager()).count("SELECT count(*) FROM request_request"), requests);
  const auto hash = k.store->fold_hash();
  k.store->rebuild();
  EXPECT_EQ(k.store->fold_hash(), hash);
}

TEST(DeletingOnTheGlass, a_story_of_the_person_is_told_no_more) {
  Manager k;
  const auto told = k.act(k.a_manager(), [&](store::Act& a) {
    return notice::publish(a, {.offer = "stories", .title = "㐂䶵", .text = "㐂䶵㛃", .picture = "📖", .from = a.today(), .until = a.today() + std::chrono::days(9), .about = k.shan, .read_to_them = true});
  });
  ASSERT_TRUE(told) << notice::name(told.error());
  ASSERT_TRUE(k.act(k.a_manager(), [&](store::Act& a) { return village::erase_person(a, k.shan, shapes::holds); }));
  EXPECT_EQ(k.as(k.a_manager()).count("SELECT count(*) FROM notice_notice WHERE text <> '' OR title <> '' OR consented = 1"), 0);
  EXPECT_EQ(k.as(k.a_manager()).count("SELECT count(*) FROM notice_notice"), 1);
}

// What was counted still is, and no sheet has a hole where a name was.
TEST(DeletingOnTheGlass, sheets_and_the_board_say_that_somebody_was_deleted) {
  Manager k;
  const auto card = k.resident(k.shan, store::Known::card);
  const auto stay = k.act(k.a_clerk(), [&](store::Act& a) { return attendance::check_in(a, {.person = k.shan, .offer = "day_care"}); });
  ASSERT_TRUE(stay) << attendance::name(stay.error());
  ASSERT_TRUE(k.act(k.a_clerk(), [&](store::Act& a) { return attendance::check_out(a, k.shan, "day_care"); }));
  const auto asked = k.act(card, [&](store::Act& a) { return request::ask(a, {.person = k.shan, .offer = request::askable(a, k.shan).front()->code}); });
  ASSERT_TRUE(asked);
  ASSERT_TRUE(k.act(card, [&](store::Act& a) { return request::cancel(a, asked->request); }));
  ASSERT_TRUE(k.act(k.a_manager(), [&](store::Act& a) {
    return notice::publish(a, {.offer = "stories", .title = "㐂䶵", .text = "㐂䶵㛃", .picture = "📖", .from = a.today(), .until = a.today() + std::chrono::days(9), .about = k.shan, .read_to_them = true});
  }));
  ASSERT_TRUE(k.act(k.a_manager(), [&](store::Act& a) { return village::erase_person(a, k.shan, shapes::holds); }));
  const auto& zh = given::all_words().at("zh-CN");
  const base::Cell gone = zh.text("village.erased.name"), nothing = std::string{}, no = zh.text("notice.sheet.no");
  const auto reader = k.as(k.a_manager());
  for (const std::string name : {"attendance.month", "request.ledger", "notice.stories", "notice.seen"}) {
    int rows = 0;
    bool said = false;
    for (const auto& shape : shapes::all())
      for (const auto& sheet : shape.sheets)
        if (sheet.name == name)
          sheet.rows(reader, zh, {{}, reader.today(), reader.today(), true}, [&](const std::vector<base::Cell>& cells) {
            ++rows;
            said = said || std::ranges::find(cells, gone) != cells.end();
            EXPECT_EQ(std::ranges::find(cells, nothing), cells.end()) << name << " has an empty cell";
            EXPECT_EQ(std::ranges::find(cells, no), cells.end()) << name << " says that there was no consent";
          });
    EXPECT_EQ(rows, 1) << name;
    if (name != "notice.seen") EXPECT_TRUE(said) << name;
  }
  EXPECT_EQ(notice::attention(reader).waits_for_yes, 0) << "nobody is asked any more";
  k.kiosk->open("notice/board", "");
  k.settle();
  bool told = false;
  for (const auto& w : k.frame.outline().widgets) {
    told = told || w.label.find(zh.text("notice.board.erased")) != std::string::npos;
    EXPECT_EQ(w.label.find(zh.text("notice.board.waits")), std::string::npos);
  }
  EXPECT_TRUE(told);
}

}  // namespace
