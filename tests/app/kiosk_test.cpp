// The kiosk itself: every touch counts, a locked database loses nothing, and whoever signs in stands where it was asked to go.
#include "at_the_kiosk.h"

#include "shapes/attendance/attendance.h"
#include "shapes/booking/booking.h"
#include "shapes/notice/notice.h"
#include "shapes/request/request.h"
#include "devices/wedge.h"

namespace {

using given::AtTheKiosk;

// Another program that is writing.
struct Lock {
  store::Database db;
  explicit Lock(const std::filesystem::path& folder) : db(folder / "nuanzhan.db", store::Database::Mode::read_write) { db.script("BEGIN IMMEDIATE"); }
  void open() { db.script("ROLLBACK"); }
};

TEST(Kiosk, counts_every_touch_of_one_frame_in_its_order) {
  AtTheKiosk k;
  k.touch("call_staff");
  k.touch("go:staff");
  k.touch("staff:" + k.clerk.text());
  ASSERT_EQ(k.at(), "desk/pin");
  ui::Input all;
  for (const auto* digit : {"6", "1", "3", "8", "2", "9"}) k.add(all, std::string("key:") + digit);
  (void)k.draw(all);
  k.settle();
  k.wait_for_worker();
  EXPECT_EQ(k.at(), "desk/today");
}

TEST(Kiosk, takes_whoever_signs_in_for_an_alarm_to_what_was_asked) {
  AtTheKiosk k;
  k.act(k.nobody(), [](store::Act& a) { return request::raise_urgent(a, std::nullopt); });
  k.settle();
  const auto* alarm = k.see("alarm:" + k.store->reader(k.a_manager()).one<request::RequestId>("SELECT id FROM request_request")->text());
  ASSERT_NE(alarm, nullptr);
  k.touch(alarm->id);
  ASSERT_EQ(k.at(), "desk/sign_in");
  k.sign_in(k.clerk, "613829");
  EXPECT_EQ(k.at(), "request/urgent_list");
  k.touch("back");
  EXPECT_EQ(k.at(), "desk/today");
}

TEST(Kiosk, holds_a_key_from_the_right_pin_until_the_session_ends_or_is_another_ones) {
  AtTheKiosk k;
  const auto in = [&](const char* pin) {
    k.kiosk->open("desk/sign_in", "");
    k.settle();
    k.sign_in(k.clerk, pin);
  };
  in("613820");
  EXPECT_FALSE(k.kiosk->holds_key()) << "a wrong PIN opens none";
  k.kiosk->go_home(false);
  in("613829");
  ASSERT_EQ(k.at(), "desk/today");
  EXPECT_TRUE(k.kiosk->holds_key());
  k.kiosk->sign_out_now();
  EXPECT_FALSE(k.kiosk->holds_key());
  in("613829");
  parts::Identity other;
  other.staff = k.manager;
  k.kiosk->become(other);
  EXPECT_FALSE(k.kiosk->holds_key()) << "a key goes with whoever it belongs to";
}

TEST(Kiosk, an_account_without_a_key_gets_one_at_its_next_right_pin) {
  AtTheKiosk k;
  (void)k.act(k.a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = k.clerk, .pin_hash = village::hash_pin("500731", 1, 0)}); });
  (void)k.act(k.a_manager(), [&](store::Act& a) { return village::save_setting(a, "pin.memory_mib", "8", false); });
  ASSERT_FALSE(village::public_key_of(k.as(k.nobody()), k.clerk));
  k.kiosk->open("desk/sign_in", "");
  k.settle();
  k.sign_in(k.clerk, "500731");
  EXPECT_TRUE(k.kiosk->holds_key());
  EXPECT_TRUE(village::public_key_of(k.as(k.nobody()), k.clerk));
}

TEST(Kiosk, forgets_what_was_asked_when_nobody_signs_in) {
  AtTheKiosk k;
  k.kiosk->open("desk/households", "");
  k.settle();
  ASSERT_EQ(k.at(), "desk/sign_in");
  k.touch("home");
  k.touch("call_staff");
  k.touch("go:staff");
  k.sign_in(k.clerk, "613829");
  EXPECT_EQ(k.at(), "desk/today");
}

TEST(Kiosk, tells_staff_without_the_right_whose_affair_it_is) {
  AtTheKiosk k;
  parts::Identity liu;
  liu.staff = k.volunteer;
  k.kiosk->become(liu);
  k.kiosk->open("desk/today", "");
  k.settle();
  k.kiosk->open("desk/settings", "");
  k.settle();
  EXPECT_EQ(k.at(), "desk/today");
  EXPECT_EQ(k.said.back(), "village.refused.no_right");
}

TEST(Kiosk, does_not_leave_a_change_behind_at_the_first_touch) {
  AtTheKiosk k;
  parts::Identity secretary;
  secretary.staff = k.manager;
  k.kiosk->become(secretary);
  k.kiosk->open("desk/settings", "");
  k.settle();
  k.touch("group:people");
  k.touch("back");  // nothing was changed
  ASSERT_EQ(k.at(), "desk/settings");

  k.touch("group:people");
  k.touch("people.faces");
  ASSERT_TRUE(k.has("save"));
  k.touch("back");
  EXPECT_EQ(k.at(), "desk/settings_group");
  EXPECT_EQ(k.said.back(), "app.refused.unsaved");
  EXPECT_TRUE(k.has("save"));  // and what was changed is still there
  k.touch("back");
  EXPECT_EQ(k.at(), "desk/settings");

  k.touch("group:people");
  k.touch("people.faces");
  k.touch("people.faces");  // turned back to what it was
  k.touch("back");
  EXPECT_EQ(k.at(), "desk/settings");

  k.touch("group:people");
  k.touch("people.faces");
  k.touch("home");
  EXPECT_EQ(k.at(), "desk/settings_group");
  k.touch("save");
  EXPECT_EQ(k.at(), "desk/settings");
  EXPECT_EQ(village::setting_value(k.store->reader(k.a_manager()), *std::ranges::find(village::setting_defs(), std::string_view("people.faces"), &village::SettingDef::key)), "0");
}

// T13 of visual.md.
TEST(Kiosk, asks_before_it_forgets_somebody_and_then_forgets_everything) {
  AtTheKiosk k;
  const auto after_s = [&](int seconds) {
    k.now += seconds * 1000;
    k.kiosk->tick(k.now);
    k.settle();
  };
  const auto personal = [&] { return std::ranges::any_of(k.frame.outline().widgets, [](const ui::Widget& w) { return w.personal && w.label.find("王秀兰") != std::string::npos; }); };
  parts::Identity granny;
  granny.person = k.wang;
  granny.known = store::Known::card;
  k.kiosk->become(granny);
  k.kiosk->set_language("en");
  k.kiosk->set_sight(1.25f, false);
  k.kiosk->open("desk/mine", "");
  k.settle();
  const auto where = k.at();  // her own things, or that there are none
  ASSERT_TRUE(where.starts_with("desk/mine")) << where;
  const auto before = k.frame.outline().widgets;

  after_s(55);
  EXPECT_FALSE(k.has("yes")) << "60 s of a private page are hers";
  after_s(10);
  ASSERT_TRUE(k.has("yes")) << "she is asked first";
  after_s(17);
  ASSERT_TRUE(k.has("yes")) << "for 20 s (a settling takes most of one)";
  k.touch("yes");
  EXPECT_EQ(k.at(), where);
  EXPECT_EQ(k.frame.outline().widgets, before) << "stay is the very same state";

  after_s(65);
  ASSERT_TRUE(k.has("yes"));
  after_s(35);
  EXPECT_EQ(k.at(), "desk/home");
  EXPECT_FALSE(k.kiosk->words().text("desk.save") == "Save") << "the house's language again";
  EXPECT_FALSE(personal());
  k.kiosk->open("desk/mine", "");
  k.settle();
  EXPECT_FALSE(personal()) << "nobody is known any more";
}

TEST(Kiosk, shows_own_things_to_who_chose_the_face_unless_the_village_wants_proof) {
  for (const bool proof : {false, true})
    for (const auto known : {store::Known::face, store::Known::card}) {
      AtTheKiosk k;
      (void)k.act(k.a_manager(), [&](store::Act& a) { return village::save_setting(a, "people.own_proven", proof ? "1" : "0", false); });
      parts::Identity granny;
      granny.person = k.wang;
      granny.known = known;
      k.kiosk->become(granny);
      const bool shown = !proof || known == store::Known::card;
      k.kiosk->open("desk/mine", "");
      k.settle();
      EXPECT_EQ(k.at(), shown ? "desk/mine_lines" : "identify/secret");
      k.kiosk->open("request/ask", "");
      k.settle();
      for (int page = 0; page < 9 && !k.has("my_requests"); ++page) k.touch("page_next");
      k.touch("my_requests");
      EXPECT_EQ(k.at(), shown ? "request/mine" : "identify/secret");
    }
}

TEST(Kiosk, goes_back_to_today_however_often_staff_ask_for_it) {
  AtTheKiosk k;
  parts::Identity wang;
  wang.staff = k.clerk;
  k.kiosk->become(wang);
  k.kiosk->open("desk/today", "");
  k.kiosk->open("desk/households", "");
  k.settle();
  for (int i = 0; i < 3; ++i) k.touch("call_staff");
  EXPECT_EQ(k.at(), "desk/today");
  k.touch("back");
  EXPECT_EQ(k.at(), "desk/home");
}

TEST(Kiosk, knows_nobody_on_home_also_where_back_leads_there) {
  AtTheKiosk k;
  parts::Identity granny;
  granny.person = k.wang;
  granny.known = store::Known::face;
  parts::Identity wang;
  wang.staff = k.clerk;
  for (const auto& [who, screen] : {std::pair(granny, "request/ask"), std::pair(wang, "desk/today")}) {
    k.kiosk->become(who);
    k.kiosk->open(screen, "");
    k.settle();
    ASSERT_EQ(k.at(), screen);
    k.touch("back");
    ASSERT_EQ(k.at(), "desk/home");
    k.kiosk->open("desk/mine", "");
    k.settle();
    EXPECT_NE(k.at(), "desk/mine_lines") << screen;
    k.touch("home");
    k.kiosk->open("desk/households", "");
    k.settle();
    EXPECT_EQ(k.at(), "desk/sign_in") << screen;
    k.touch("home");
  }
  // Nobody was known: who chose the other language and looks at this and that keeps it.
  k.touch("language");
  ASSERT_EQ(k.kiosk->words().text("desk.save"), "Save");
  k.kiosk->open("identify/group", "");
  k.settle();
  k.touch("back");
  ASSERT_EQ(k.at(), "desk/home");
  EXPECT_EQ(k.kiosk->words().text("desk.save"), "Save");
}

TEST(Kiosk, writes_down_who_read_what_and_keeps_the_page_that_is_open) {
  AtTheKiosk k;
  const auto asked = k.act(k.a_clerk(), [&](store::Act& a) { return request::ask(a, {k.hu, "meals"}); });
  ASSERT_TRUE(asked);
  parts::Identity wang;
  wang.staff = k.clerk;
  k.kiosk->become(wang);
  const auto read = [&](std::string_view kind) { return std::ranges::count_if(k.facts(), [&](const store::Fact& f) { return f.kind == kind; }); };
  const auto zh = [](const char* key) { return given::all_words().at("zh-CN").text(key); };
  const auto shown = [&](const std::string& text) { return std::ranges::any_of(k.frame.outline().widgets, [&](const ui::Widget& w) { return w.label.find(text) != std::string::npos; }); };
  for (const auto& [screen, key] : {std::pair(std::string("desk/person"), k.hu.text()), std::pair(std::string("request/one"), asked->request.text())}) {
    const auto before = read("village.person_read");
    k.kiosk->open(screen, key);
    k.settle();
    ASSERT_EQ(k.at(), screen);
    EXPECT_EQ(read("village.person_read"), before + 1) << "eleven minutes later it is written down once more";
    const auto there = k.frame.outline().widgets.size();
    // Somebody else says something eleven minutes later: the page is loaded anew and stays.
    k.clock.advance(std::chrono::minutes(11));
    (void)k.act(k.a_manager(), [&](store::Act& a) { return request::ask(a, {k.wang, screen == "desk/person" ? "meals" : "haircut"}); });
    k.settle();
    EXPECT_EQ(k.at(), screen);
    EXPECT_EQ(k.frame.outline().widgets.size(), there);
    EXPECT_FALSE(shown(zh("request.one.gone")));
  }
  // Signed in anew: noted a moment ago, and the page stays though that is soon ten minutes old.
  k.kiosk->open("desk/person", k.hu.text());
  k.settle();
  k.kiosk->go_home(false);
  k.kiosk->become(wang);
  k.clock.advance(std::chrono::minutes(9));
  k.kiosk->open("desk/person", k.hu.text());
  k.settle();
  const auto there = k.frame.outline().widgets.size();
  k.clock.advance(std::chrono::minutes(9));
  (void)k.act(k.a_manager(), [&](store::Act& a) { return request::ask(a, {k.wang, "bathing"}); });
  k.settle();
  EXPECT_EQ(k.frame.outline().widgets.size(), there);
  // A list does not wait for it: where another program writes it is shown, and the note comes later.
  const auto lists = read("village.sheet_read");
  {
    Lock other(k.folder);
    k.kiosk->open("booking/list", "");
    k.settle();
    EXPECT_EQ(k.at(), "booking/list");
    EXPECT_EQ(read("village.sheet_read"), lists);
    other.open();
  }
  k.now += 60'000;
  k.kiosk->tick(k.now);
  EXPECT_EQ(read("village.sheet_read"), lists + 1);
}

TEST(Kiosk, says_one_moment_at_once_where_the_database_is_locked_and_goes_on_when_it_is_free) {
  AtTheKiosk k;
  Lock other(k.folder);
  k.kiosk->open("identify/group", "");
  parts::Identity who;
  who.person = k.wang;
  who.known = store::Known::face;
  k.kiosk->become(who);
  const auto began = std::chrono::steady_clock::now();
  k.kiosk->open("attendance/arrive", "");
  if (k.at() == "attendance/arrive") k.kiosk->touch("offer:day_care");
  (void)k.draw();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(500)) << "the drawing thread waits for nobody";
  EXPECT_TRUE(k.kiosk->busy());
  bool told = false;
  for (const auto& w : k.frame.outline().widgets) told = told || w.label == "等一下";
  EXPECT_TRUE(told);
  k.now += 2000;
  (void)k.draw();
  EXPECT_EQ(k.facts_of_kind("attendance.came"), 0);
  other.open();
  k.now += 100;
  k.settle();
  EXPECT_FALSE(k.kiosk->busy());
  EXPECT_EQ(k.facts_of_kind("attendance.came"), 1);
  EXPECT_EQ(k.at(), "attendance/welcome");
}

TEST(Kiosk, refuses_in_words_where_the_database_stays_locked_and_the_same_touch_works_later) {
  AtTheKiosk k;
  parts::Identity who;
  who.person = k.wang;
  who.known = store::Known::face;
  k.kiosk->become(who);
  k.kiosk->open("attendance/arrive", "");
  if (k.at() == "attendance/welcome") k.touch("undo");
  k.kiosk->become(who);
  k.kiosk->open("request/ask", "");
  k.settle();
  std::string offer;
  for (const auto& w : k.frame.outline().widgets)
    if (offer.empty() && w.id.starts_with("offer:")) offer = w.id;
  Lock other(k.folder);
  k.kiosk->touch(offer);
  for (int i = 0; i < 90; ++i) {
    (void)k.draw();
    k.now += 100;
  }
  EXPECT_FALSE(k.kiosk->busy());
  EXPECT_EQ(k.facts_of_kind("request.asked"), 0);
  EXPECT_TRUE(std::ranges::find(k.said, "app.refused.locked") != k.said.end());
  other.open();
  k.settle();
  k.touch(offer);
  EXPECT_EQ(k.facts_of_kind("request.asked"), 1);
}

TEST(Kiosk, an_urgent_call_is_made_once_however_long_the_database_was_locked) {
  AtTheKiosk k;
  k.touch("urgent");
  ASSERT_EQ(k.at(), "request/urgent");
  Lock other(k.folder);
  for (int i = 0; i < 150; ++i) {
    (void)k.draw();
    k.now += 100;
  }
  EXPECT_EQ(k.facts_of_kind("request.urgent_raised"), 0);
  other.open();
  for (int i = 0; i < 30; ++i) {
    (void)k.draw();
    k.now += 100;
  }
  EXPECT_EQ(k.at(), "request/urgent_sent");
  EXPECT_EQ(k.store->reader(k.a_manager()).count("SELECT count(*) FROM request_request"), 1);
}

// On every glass, in both languages, with larger text too: nothing else tells her.
TEST(Kiosk, who_asks_in_confidence_reads_who_will_read_it) {
  for (const auto& on : ui::reference_glasses()) {
    for (const auto* language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f}) {
        AtTheKiosk k(on.glass);
        k.kiosk->become({.person = k.mother, .known = store::Known::face});
        k.kiosk->set_language(language);
        k.kiosk->set_sight(scale, false);
        k.kiosk->open("request/send", "mediation");
        k.settle();
        ASSERT_EQ(k.at(), "request/sent");
        const auto& words = given::all_words().at(language);
        const auto readers = words.text("request.sent.quiet.readers", {{"clerk", words.text("village.role.clerk")}, {"manager", words.text("village.role.manager")}});
        EXPECT_TRUE(std::ranges::any_of(k.frame.outline().widgets, [&](const ui::Widget& w) { return w.label == readers; })) << on.name << " " << language << " x" << scale;
      }
  }
}

// Touches "urgent" and lets it count down to the call.
void calls_for_help(AtTheKiosk& k) {
  k.touch("urgent");
  ASSERT_EQ(k.at(), "request/urgent");
  for (int i = 0; i < 70; ++i) {
    (void)k.draw();
    k.now += 100;
  }
  ASSERT_EQ(k.at(), "request/urgent_sent");
}

// Signed in, a search begun, and the red button pressed.
void call_from_the_search(AtTheKiosk& k) {
  k.touch("call_staff");
  k.touch("go:staff");
  k.sign_in(k.volunteer, "274913");
  while (!k.has("go:people")) k.touch("page_next");
  k.touch("go:people");
  k.touch("key:W");
  calls_for_help(k);
  ASSERT_EQ(k.facts_of_kind("request.urgent_raised"), 1);
}

namespace {
// Nobody touches for so long.
void nobody_for(AtTheKiosk& k, std::int64_t seconds) {
  k.now += seconds * 1000;
  (void)k.kiosk->wants_frame(k.now);
  k.settle();
}

void a_minute_later_nobody_is_known(AtTheKiosk& k) {
  nobody_for(k, 61);  // others come to the glass: not the five minutes of a desk
  EXPECT_EQ(k.at(), "request/urgent_sent") << "it stays until it is answered";
  EXPECT_FALSE(k.kiosk->signed_in());
  EXPECT_FALSE(k.kiosk->knows_somebody());
  k.touch("done");
  EXPECT_EQ(k.at(), "desk/home");
}
}  // namespace

TEST(Kiosk, staff_who_call_for_help_go_on_where_they_were) {
  AtTheKiosk k;
  call_from_the_search(k);
  for (const auto& w : k.frame.outline().widgets) EXPECT_EQ(w.label.find("王秀兰"), std::string::npos) << "nothing of the session stands on the public page";
  k.touch("done");
  EXPECT_EQ(k.at(), "desk/search");
  EXPECT_TRUE(k.kiosk->signed_in());
  EXPECT_TRUE(k.has("person:" + k.wang.text())) << "what was typed is still there";
}

TEST(Kiosk, nobody_stays_signed_in_behind_an_urgent_call_that_is_not_answered) {
  AtTheKiosk k;
  call_from_the_search(k);
  a_minute_later_nobody_is_known(k);
}

TEST(Kiosk, no_resident_stays_known_behind_an_urgent_call_that_is_not_answered) {
  AtTheKiosk k;
  k.touch("bigger");
  k.kiosk->become({.person = k.wang, .known = store::Known::card});
  k.settle();
  ASSERT_TRUE(k.kiosk->knows_somebody());
  calls_for_help(k);
  ASSERT_TRUE(k.kiosk->knows_somebody());
  a_minute_later_nobody_is_known(k);
}

TEST(Kiosk, a_session_of_staff_that_nobody_touches_asks_and_ends) {
  AtTheKiosk k;
  k.touch("call_staff");
  k.touch("go:staff");
  k.sign_in(k.volunteer, "274913");
  ASSERT_TRUE(k.kiosk->signed_in());
  nobody_for(k, 290);
  EXPECT_FALSE(k.has("yes"));
  nobody_for(k, 11);
  ASSERT_TRUE(k.has("yes"));
  k.touch("yes");
  EXPECT_TRUE(k.kiosk->signed_in()) << "she is";
  nobody_for(k, 301);
  nobody_for(k, 25);
  EXPECT_TRUE(k.kiosk->signed_in());
  nobody_for(k, 6);
  EXPECT_FALSE(k.kiosk->signed_in());
  EXPECT_EQ(k.at(), "desk/home");
}

TEST(Kiosk, what_is_private_stands_a_minute_and_twenty_seconds) {
  AtTheKiosk k;
  k.kiosk->become({.person = k.wang, .known = store::Known::card});
  k.kiosk->open("desk/mine_lines", "");
  k.settle();
  ASSERT_TRUE(k.kiosk->knows_somebody());
  const auto own = k.at();
  nobody_for(k, 61);
  ASSERT_TRUE(k.has("yes")) << own;
  nobody_for(k, 18);
  EXPECT_TRUE(k.kiosk->knows_somebody());
  nobody_for(k, 3);
  EXPECT_FALSE(k.kiosk->knows_somebody());
  EXPECT_EQ(k.at(), "desk/home");
  for (const auto& w : k.frame.outline().widgets) EXPECT_EQ(w.label.find("王秀兰"), std::string::npos);
}

TEST(Kiosk, shuffled_digits_stay_where_they_are_until_the_pin_is_typed) {
  AtTheKiosk k;
  (void)k.act(k.a_manager(), [&](store::Act& a) { return village::save_setting(a, "pin.shuffle", "1", false); });
  const auto places = [&] {
    std::string all;
    for (const auto& w : k.frame.outline().widgets)
      if (w.id.starts_with("key:")) all += w.id + "@" + std::to_string(static_cast<int>(w.rect.x)) + "," + std::to_string(static_cast<int>(w.rect.y)) + " ";
    return all;
  };
  std::set<std::string> seen;
  for (int i = 0; i < 6; ++i) {
    k.touch("call_staff");
    k.touch("go:staff");
    k.touch("staff:" + k.volunteer.text());
    ASSERT_EQ(k.at(), "desk/pin");
    const auto first = places();
    k.touch("key:2");
    k.kiosk->look_again();
    k.settle();
    EXPECT_EQ(places(), first) << "a minute went by, or somebody committed something";
    seen.insert(first);
    k.touch("home");
  }
  EXPECT_GT(seen.size(), 1u) << "six times the same order of ten";
}

TEST(Kiosk, a_search_for_people_begins_empty_and_keeps_what_was_found_on_the_way_back) {
  AtTheKiosk k;
  k.touch("call_staff");
  k.touch("go:staff");
  k.sign_in(k.volunteer, "274913");
  const auto search = [&] {
    while (!k.has("go:people")) k.touch("page_next");
    k.touch("go:people");
  };
  search();
  for (const auto* letter : {"key:W", "key:X", "key:L"}) k.touch(letter);
  k.touch("person:" + k.wang.text());
  ASSERT_EQ(k.at(), "desk/person");
  k.touch("back");
  ASSERT_EQ(k.at(), "desk/search");
  EXPECT_TRUE(k.has("person:" + k.wang.text()));
  k.touch("call_staff");
  search();
  EXPECT_EQ(k.at(), "desk/search");
  EXPECT_FALSE(k.has("person:" + k.wang.text())) << "an hour later nobody knows whom that was about";
}

TEST(Kiosk, chores_wait_for_a_locked_database_without_holding_the_screen) {
  AtTheKiosk k;
  k.act(k.a_clerk(), [&](store::Act& a) { return attendance::check_in(a, {k.wang, "day_care", {}}); });
  k.clock.advance(std::chrono::hours(12));  // forgotten: the clock closes it
  Lock other(k.folder);
  k.now += 120'000;
  const auto began = std::chrono::steady_clock::now();
  k.kiosk->tick(k.now);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(400));
  EXPECT_EQ(k.facts_of_kind("attendance.closed_by_rule"), 0);
  other.open();
  k.now += 5000;
  k.kiosk->tick(k.now);
  EXPECT_EQ(k.facts_of_kind("attendance.closed_by_rule"), 1);
}

TEST(Kiosk, an_urgent_alarm_sounds_again_until_it_is_answered) {
  AtTheKiosk k;
  k.act(k.a_manager(), [](store::Act& a) { return village::save_setting(a, "request.urgent_again_s", "7", false); });
  const auto call = k.act(k.nobody(), [](store::Act& a) { return request::raise_urgent(a, std::nullopt); });
  k.settle();
  EXPECT_TRUE(std::ranges::find(k.sounds, "alarm every 7000") != k.sounds.end());
  k.act(k.a_clerk(), [&](store::Act& a) { return request::acknowledge_urgent(a, call->request); });
  k.settle();
  EXPECT_EQ(k.sounds.back(), "alarm every 0");
}

TEST(Kiosk, louder_and_slower_are_for_one_session) {
  AtTheKiosk k;
  k.kiosk->turn_volume(1);
  k.kiosk->turn_speed(-1);
  k.settle();
  EXPECT_EQ(k.heard_with, (app::Hearing{1, -1})) << "the screen is said again, so that it is heard";
  for (int i = 0; i < 20; ++i) k.kiosk->turn_volume(-1);
  EXPECT_EQ(k.kiosk->hearing().louder, -6);
  k.kiosk->go_home(true);
  k.settle();
  EXPECT_EQ(k.heard_with, app::Hearing{});
}

TEST(Kiosk, who_asks_for_the_same_sentence_twice_hears_it_slower_and_louder) {
  AtTheKiosk k;
  k.touch("say_again");
  EXPECT_EQ(k.kiosk->hearing().faster, 0);
  for (int i = 0; i < 5; ++i) k.touch("say_again");
  EXPECT_EQ(k.kiosk->hearing().faster, -2);
  EXPECT_EQ(k.kiosk->hearing().louder, 2) << "and heard better, where there are no keys";
  k.kiosk->go_home(true);
  EXPECT_EQ(k.kiosk->hearing(), app::Hearing{});
  for (int i = 0; i < 4; ++i) k.kiosk->turn_speed(-1), k.kiosk->turn_volume(1);
  for (int i = 0; i < 3; ++i) k.touch("say_again");
  EXPECT_EQ(k.kiosk->hearing(), (app::Hearing{4, -4})) << "what keys have set is not taken back";
}

TEST(Kiosk, one_button_makes_it_bigger_then_dark_then_as_it_was_and_says_each_time_what_comes_next) {
  AtTheKiosk k;  // a roomy glass: two larger sizes
  const auto begins = k.see("bigger")->label;
  for (const auto* next : {"parts.bar.bigger", "parts.bar.bigger", "parts.bar.dark", "parts.bar.usual", "parts.bar.bigger"}) {
    ASSERT_NE(k.see("bigger"), nullptr);
    EXPECT_EQ(k.see("bigger")->label, given::all_words().at("zh-CN").text(next));
    k.touch("bigger");
  }
  for (int i = 0; i < 3; ++i) k.touch("bigger");
  EXPECT_EQ(k.see("bigger")->label, begins) << "four touches go round";
}

TEST(Kiosk, a_manager_hears_the_voice_as_it_is_turned_before_it_is_kept) {
  AtTheKiosk k;
  parts::Identity secretary;
  secretary.staff = k.manager;
  k.kiosk->become(secretary);
  k.kiosk->open("desk/settings_group", "voice");
  k.settle();
  k.touch("voice.volume:less");
  k.touch("voice.speed:more");
  k.touch("listen");
  EXPECT_EQ(k.said.back(), "desk_home.say");
  EXPECT_EQ(k.heard_with, (app::Hearing{.volume = 70, .speed = 4})) << "ten per cent a touch";
  EXPECT_EQ(k.store->reader(k.a_manager()).setting("voice.volume", std::int64_t{80}), 80) << "only tried";
  k.kiosk->go_home(false);
  k.settle();
  ASSERT_EQ(k.said.back(), "desk_home.say");
  EXPECT_EQ(k.heard_with, app::Hearing{}) << "the next sentence is as the village has it";
}

TEST(Kiosk, private_things_are_said_in_a_headset_alone_and_end_when_it_is_pulled_out) {
  AtTheKiosk k;
  k.kiosk->open("booking/mine", "");
  k.settle();
  EXPECT_EQ(k.said.back(), "app.quiet.say");
  k.headset = true;
  k.settle();
  EXPECT_NE(k.said.back(), "app.quiet.say") << "put in: it is read there";
  const auto hushed = k.hushed;
  k.headset = false;
  k.settle();
  EXPECT_GT(k.hushed, hushed) << "pulled out in the middle of it";
}

TEST(Kiosk, an_alarm_on_a_tall_glass_is_answered_where_a_hand_comes_to) {
  for (const auto& named : ui::reference_glasses()) {
    AtTheKiosk k(named.glass);
    k.act(k.nobody(), [](store::Act& a) { return request::raise_urgent(a, std::nullopt); });
    k.settle();
    const ui::Widget* alarm = nullptr;
    for (const auto& w : k.frame.outline().widgets)
      if (w.id.starts_with("alarm:")) alarm = &w;
    ASSERT_NE(alarm, nullptr) << named.name;
    EXPECT_LE(named.glass.bottom_mm + named.glass.height_mm() - alarm->rect.y, 1100.5f) << named.name;
  }
}

// A kiosk that does not hold the places can only wish for one: nobody is expected before it is granted.
TEST(Reactions, a_sign_up_that_is_only_wished_puts_nobody_on_the_roll) {
  AtTheKiosk k;
  const auto class_ = k.act(k.a_clerk(), [&](store::Act& a) {
    return village::save_activity(a, {.site = k.centre, .offer = "recreation", .name = "剪纸", .day = given::day(2026, 11, 25), .start = base::Minutes{600}, .end = base::Minutes{660}, .places = 4});
  });
  ASSERT_TRUE(class_.has_value());
  const auto here = k.act(k.resident(k.wang), [&](store::Act& a) { return booking::sign_up(a, k.wang, *class_); });
  ASSERT_TRUE(here.has_value()) << booking::name(here.error());
  EXPECT_EQ(attendance::roll(k.as(k.a_clerk()), *class_).lines.size(), 1u);
  k.store->new_origin();  // from now on this is another kiosk
  const auto there = k.act(k.resident(k.shan), [&](store::Act& a) { return booking::sign_up(a, k.shan, *class_); });
  ASSERT_TRUE(there.has_value()) << booking::name(there.error());
  EXPECT_EQ(there->state, booking::State::wished);
  EXPECT_EQ(attendance::roll(k.as(k.a_clerk()), *class_).lines.size(), 1u);
}

TEST(Kiosk, keeps_who_helps_in_every_fact_of_the_session_and_in_none_of_the_next) {
  given::AtTheKiosk at;
  at.kiosk->open("request/ask", "");
  at.settle();
  const auto ask = [&] {
    at.touch("offer:meals");
    ASSERT_EQ(at.at(), "identify/group");
  };
  ask();
  at.touch("helped");
  at.touch("group:" + at.first.text());
  at.touch("person:" + at.shan.text());
  ASSERT_EQ(at.at(), "identify/group");
  EXPECT_EQ(at.said.back(), "parts.helper.now_say");
  at.touch("group:" + at.first.text());
  at.touch("person:" + at.wang.text());
  ASSERT_EQ(at.at(), "request/sent");
  const auto fact = at.facts().back();
  EXPECT_EQ(fact.person, at.wang.value);
  EXPECT_EQ(fact.by, at.wang.value);
  EXPECT_EQ(fact.json().at("helped_by"), at.shan.text());
  EXPECT_TRUE(std::ranges::any_of(at.frame.outline().widgets, [](const ui::Widget& w) { return w.label.ends_with("帮着点的"); })) << "the receipt says so";
  at.touch("home");
  at.kiosk->open("request/ask", "");
  at.settle();
  ask();
  at.touch("group:" + at.first.text());
  at.touch("person:" + at.shan.text());
  EXPECT_FALSE(at.facts().back().json().contains("helped_by"));
}

TEST(Kiosk, asks_for_a_childs_carer_and_goes_on_when_one_has_touched) {
  given::AtTheKiosk at;
  const auto as_child = [&] {
    at.kiosk->become({.person = at.hu, .known = store::Known::face});
    at.kiosk->open("request/ask", "");
    at.settle();
    at.touch("offer:real_things");
    ASSERT_EQ(at.at(), "identify/carer");
  };
  const auto before = at.facts().size();
  as_child();
  EXPECT_FALSE(at.has("person:" + at.liu.text())) << "neither a guardian nor one who may fetch";
  at.touch("back");
  EXPECT_EQ(at.at(), "request/ask");
  EXPECT_EQ(at.facts().size(), before);
  at.kiosk->go_home(false);
  as_child();
  at.touch("person:" + at.mother.text());
  EXPECT_EQ(at.at(), "request/sent");
  EXPECT_EQ(at.facts().back().json().at("helped_by"), at.mother.text());
  EXPECT_EQ(at.facts().back().by, at.hu.value);
  // What a child needs for itself it asks for alone.
  at.kiosk->go_home(false);
  at.kiosk->become({.person = at.hu, .known = store::Known::face});
  at.kiosk->open("request/ask", "");
  at.settle();
  at.touch("offer:medicine");
  EXPECT_EQ(at.at(), "request/sent");
}

TEST(Kiosk, a_card_shown_while_it_asks_who_helps_is_the_helpers) {
  given::AtTheKiosk at;
  const auto code = devices::make_card_code(7);
  (void)at.act(at.a_clerk(), [&](store::Act& a) { return village::give_card(a, at.shan, code); });
  at.kiosk->become({.person = at.wang, .known = store::Known::face});
  at.kiosk->open("desk/call", "");
  at.settle();
  at.touch("helped");
  at.kiosk->card(code);
  at.settle();
  EXPECT_EQ(at.at(), "desk/call");
  at.kiosk->open("request/send", "meals");
  at.settle();
  EXPECT_EQ(at.facts().back().person, at.wang.value);
  EXPECT_EQ(at.facts().back().json().at("helped_by"), at.shan.text());
}

TEST(Attract, shows_stories_and_reminders_in_turn_and_goes_home_at_a_touch) {
  AtTheKiosk k;
  const auto reminder = k.act(k.a_manager(), [](store::Act& a) {
    return notice::publish(a, {.offer = "safety", .title = "煤炉要通风", .text = "煤炉要通风。", .picture = "🧯", .from = given::day(2026, 11, 20), .until = given::day(2026, 12, 20), .audience = {"all"}, .everywhere = true});
  });
  ASSERT_TRUE(reminder.has_value()) << notice::name(reminder.error());
  k.now += 70'000;
  (void)k.kiosk->wants_frame(k.now);
  (void)k.draw();
  ASSERT_EQ(k.at(), "desk/attract");
  const auto shows = [&](const std::string& words) {
    return std::ranges::any_of(k.frame.outline().widgets, [&](const ui::Widget& w) { return w.label == words; });
  };
  EXPECT_FALSE(shows("煤炉要通风"));
  k.now += 12'500;
  EXPECT_TRUE(k.kiosk->wants_frame(k.now));
  k.settle();
  EXPECT_TRUE(shows("煤炉要通风"));
  EXPECT_FALSE(k.kiosk->wants_frame(k.now)) << "between two pages nothing is drawn";
  k.now += 12'500;
  (void)k.kiosk->wants_frame(k.now);
  k.settle();
  EXPECT_FALSE(shows("煤炉要通风"));
  ui::Input touch;
  touch.events.push_back({.did = ui::Did::touch_down, .x_mm = 20, .y_mm = 20, .at_ms = k.now});
  (void)k.draw(touch);
  EXPECT_EQ(k.at(), "desk/home");
}

TEST(Welcome, reads_a_safety_reminder_once_a_day) {
  AtTheKiosk k;
  (void)k.act(k.a_manager(), [](store::Act& a) {
    return notice::publish(a, {.offer = "safety", .title = "煤炉要通风", .text = "煤炉要通风。", .picture = "🧯", .from = given::day(2026, 11, 20), .until = given::day(2026, 12, 20), .audience = {"all"}, .everywhere = true});
  });
  const auto come = [&] {
    parts::Identity who;
    who.person = k.wang;
    who.known = store::Known::face;
    k.kiosk->become(who);
    k.kiosk->open("attendance/arrive", "");
    if (k.at() == "attendance/arrive") k.kiosk->touch("offer:day_care");
    k.settle();
    EXPECT_EQ(k.at(), "attendance/welcome");
    return k.frame.outline().speak_text.find("煤炉要通风") != std::string::npos;
  };
  EXPECT_TRUE(come());
  k.clock.advance(std::chrono::hours(1));
  k.act(k.a_clerk(), [&](store::Act& a) { return attendance::check_out(a, k.wang, attendance::any_open_stay(a, k.wang)->offer); });
  k.clock.advance(std::chrono::hours(1));
  k.kiosk->go_home(false);
  EXPECT_FALSE(come());
}

TEST(Home, keeps_seven_choices_and_has_the_news_in_what_is_on_while_there_is_some) {
  AtTheKiosk k;
  EXPECT_FALSE(k.has("go:news"));
  (void)k.act(k.a_manager(), [](store::Act& a) {
    return notice::publish(a, {.offer = "safety", .title = "煤炉要通风", .text = "煤炉要通风。", .picture = "🧯", .from = given::day(2026, 11, 20), .until = given::day(2026, 12, 20), .audience = {"all"}, .everywhere = true});
  });
  k.settle();
  EXPECT_FALSE(k.has("go:news"));
  EXPECT_TRUE(k.has("urgent"));
  k.touch("go:whats_on");
  EXPECT_TRUE(k.has("go:news"));
  k.touch("go:news");
  EXPECT_EQ(k.at(), "notice/list");
}

}  // namespace
