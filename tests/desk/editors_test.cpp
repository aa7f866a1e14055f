#include "desk/accounts.h"
#include "desk/activities.h"
#include "desk/people.h"
#include "desk/settings.h"
#include "desk/sheets.h"

#include "glasses.h"

#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"
#include "village/given.h"

#include <algorithm>
#include <tuple>

using namespace desk;
using desk_test::sound_everywhere;
using parts::Next;

namespace {

const auto people = people_screens();
const auto activities = activities_screens();
const auto accounts = accounts_screens();
const auto settings = settings_screens();
const auto sheets = sheets_screens();
const auto picking = parts::pick_person_screens();
const auto typing = parts::type_text_screens();

const parts::Screen& of(const std::vector<parts::Screen>& all, const char* key) { return desk_test::screen(all, key); }

parts::Draft as(store::Role role) {
  parts::Draft draft;
  auto& session = draft.of<parts::Session>();
  session.site = village::SiteId{base::id_of("site")};
  session.viewer = store::Viewer::of_staff(session.site.value, role, base::id_of("staff"), base::id_of("person"));
  return draft;
}

village::Person elder(const std::string& name) {
  village::Person p;
  p.id = village::PersonId{base::id_of(name)};
  p.name = name;
  p.sex = "f";
  p.tags = {"elder", "hardship"};
  return p;
}

// What a screen opens with when all it shows is in its draft.
std::any loaded(const parts::Screen& screen, const std::string& key, parts::Draft& draft) {
  given::Shanwan village;
  const auto reader = village.as(village.nobody());
  return screen.load(parts::Ask{reader, desk_test::words("zh-CN"), key, draft});
}

PersonModel person_with(const base::Words& w, int lines) {
  PersonModel m;
  m.person = elder("欧阳秀兰");
  m.face = desk_test::face("欧阳秀兰");
  m.facts = w.text("village.sex.f") + " · " + w.text("desk.person.years", {{"years", "71"}}) + " · " + w.text("village.tag.elder");
  m.home = w.text("desk.household.number", {{"number", "12"}}) + " · 13812345678";
  m.may_edit = true;
  for (int i = 0; i < lines; ++i) {
    ui::Row row;
    row.id = "line:" + std::to_string(i);
    row.picture = ui::emoji("🍲");
    row.line = w.chinese() ? "送饭，排上了" : "Meals, waiting";
    row.sub = w.chinese() ? "今儿晌午" : "Today at noon";
    m.lines.push_back(row);
    m.screens.push_back("request/one");
    m.keys.push_back("k" + std::to_string(i));
  }
  return m;
}

}  // namespace

// --- people

TEST(Person, is_sound_unknown_empty_and_with_many_lines) {
  sound_everywhere(of(people, "desk/person"), [](const auto&) { return PersonModel{}; });
  for (const int n : {0, 2, 12}) sound_everywhere(of(people, "desk/person"), [n](const auto& w) { return person_with(w, n); });
}

TEST(Person, a_line_opens_what_the_shape_named) {
  auto draft = as(store::Role::volunteer);
  const auto m = person_with(desk_test::words("zh-CN"), 3);
  const auto next = of(people, "desk/person").on_tap(draft, m, {"line:2"});
  EXPECT_EQ(next.screen, "request/one");
  EXPECT_EQ(next.key, "k2");
}

TEST(Person, what_can_be_done_follows_the_role) {
  PersonMoreModel m;
  m.id = base::id_of("p").text();
  m.name = "王秀兰";
  m.child = true;
  for (const auto& [role, may] : {std::pair{store::Role::volunteer, false}, {store::Role::clerk, true}, {store::Role::manager, true}}) {
    const auto draft = as(role);
    sound_everywhere(of(people, "desk/person_more"), [&](const auto&) { return m; }, draft);
    ui::Headless page(ui::reference_glasses()[2].glass, {}, &desk_test::words("zh-CN"));
    const auto outline = page.draw([&](ui::Ui& ui) { of(people, "desk/person_more").draw(ui, m, draft); });
    EXPECT_EQ(desk_test::has(outline, "secret"), may) << store::name(role);
    EXPECT_TRUE(desk_test::has(outline, "carers"));
  }
}

TEST(PersonEdit, is_sound_and_says_only_what_was_changed) {
  auto draft = as(store::Role::clerk);
  PersonEditModel m;
  m.today = base::day(std::chrono::year(2026) / 11 / 24);
  m.now.id = village::PersonId{base::id_of("p")};
  m.now.name = "欧阳秀兰";
  m.now.born = base::day(std::chrono::year(1955) / 2 / 28);
  m.now.tags = {"elder"};
  for (const auto* name : {"双塔村幸福院", "双塔村妇女之家", "七彩小屋"}) m.sites.push_back({village::SiteId{base::id_of(name)}, {}, "day_care_centre", name, {}, ""});
  const auto& edit = of(people, "desk/person_edit");
  (void)edit.on_open(draft, m);
  sound_everywhere(edit, [&](const auto&) { return m; }, draft);
  (void)edit.on_tap(draft, m, {"year:more"});
  (void)edit.on_tap(draft, m, {"day:more"});
  EXPECT_EQ(base::iso(*draft.of<PersonDraft>().born), "1956-02-29");
  (void)edit.on_tap(draft, m, {"day:more"});
  EXPECT_EQ(base::iso(*draft.of<PersonDraft>().born), "1956-02-01");
  (void)edit.on_tap(draft, m, {"tag:hardship"});
  (void)edit.on_tap(draft, m, {"tag:elder"});
  EXPECT_EQ(draft.of<PersonDraft>().tags, std::vector<std::string>{"hardship"});
  EXPECT_EQ(edit.on_tap(draft, m, {"name"}).screen, "type/text");
  EXPECT_EQ(edit.on_tap(draft, m, {"save"}).kind, Next::Kind::run);
}

TEST(Card, the_code_that_is_read_is_given_and_a_lost_one_reported) {
  auto draft = as(store::Role::clerk);
  CardsModel m;
  m.person = base::id_of("p").text();
  m.name = "欧阳秀兰";
  const auto& card = of(people, "desk/give_card");
  sound_everywhere(card, [&](const auto&) { return m; }, draft);
  m.cards = {"NZ12345678", "NZ87654321"};
  sound_everywhere(card, [&](const auto&) { return m; }, draft);
  sound_everywhere(of(people, "desk/card_given"), [&](const auto&) { return m; }, draft);
  EXPECT_EQ(card.on_tap(draft, m, {"code:NZ11112222"}).kind, Next::Kind::run);
  EXPECT_EQ(card.on_tap(draft, m, {"lost:0"}).screen, "desk/card_lost");
  EXPECT_EQ(card.on_done(draft, m, {}).screen, "desk/card_given");
  const auto& lost = of(people, "desk/card_lost");
  sound_everywhere(lost, [](const auto&) { return CardsModel{}; }, draft);
  m.cards = {"NZ12345678"};
  sound_everywhere(lost, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(lost.on_tap(draft, m, {"no"}).kind, Next::Kind::back);
  EXPECT_EQ(lost.on_tap(draft, m, {"yes"}).kind, Next::Kind::run);
}

TEST(Secret, three_pictures_are_shown_once) {
  auto draft = as(store::Role::clerk);
  SecretModel m;
  m.person = base::id_of("p").text();
  m.name = "欧阳秀兰";
  m.has = true;
  const auto& give = of(people, "desk/give_secret");
  sound_everywhere(give, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(give.on_tap(draft, m, {"yes"}).kind, Next::Kind::run);
  EXPECT_EQ(give.on_done(draft, m, std::any(village::Secret{3, 7, 0})).screen, "desk/secret_given");
  const auto& given = of(people, "desk/secret_given");
  const auto model = loaded(given, m.person, draft);
  sound_everywhere(given, [&](const auto&) { return std::any(model); }, draft);
  ui::Headless page(ui::reference_glasses()[2].glass, {}, &desk_test::words("zh-CN"));
  const auto shows = [&] {
    int pictures = 0;
    for (const auto& w : page.draw([&](ui::Ui& ui) { given.draw(ui, model, draft); }).widgets) pictures += w.kind == ui::Kind::picture ? 1 : 0;
    return pictures;
  };
  EXPECT_EQ(shows(), 3);
  EXPECT_EQ(given.on_tap(draft, model, {"done"}).kind, Next::Kind::back);
  EXPECT_EQ(shows(), 0);
}

TEST(Carers, are_listed_added_and_removed) {
  auto draft = as(store::Role::clerk);
  CarersModel m;
  m.child = base::id_of("child").text();
  m.name = "欧阳小虎";
  const auto& carers = of(people, "desk/carers");
  sound_everywhere(carers, [&](const auto&) { return m; }, draft);
  for (int i = 0; i < 6; ++i) {
    village::Carer c;
    c.adult = village::PersonId{base::id_of("adult" + std::to_string(i))};
    c.relation = "maternal_grandmother";
    c.guardian = i == 0;
    c.may_fetch = i != 2;
    c.face = desk_test::face("欧阳秀兰", "", i);
    m.carers.push_back(c);
    m.names.push_back("欧阳秀兰");
  }
  sound_everywhere(carers, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(carers.on_tap(draft, m, {"add"}).screen, "pick/search");
  EXPECT_EQ(draft.of<parts::PickPerson>().then_screen, "desk/carer");
  EXPECT_EQ(carers.on_tap(draft, m, {"edit:" + m.carers[2].adult.text()}).screen, "desk/carer");
  EXPECT_FALSE(draft.of<CarerDraft>().may_fetch);
  CarerModel one{m.carers[2].adult.text(), "欧阳小虎", m.carers[2].face};
  sound_everywhere(of(people, "desk/carer"), [&](const auto&) { return one; }, draft);
  EXPECT_EQ(of(people, "desk/carer").on_tap(draft, one, {"save"}).kind, Next::Kind::run);
  EXPECT_EQ(of(people, "desk/carer").on_tap(draft, one, {"remove"}).kind, Next::Kind::run);
  EXPECT_EQ(of(people, "desk/carer").on_done(draft, one, std::any(draft.of<CarerDraft>().child)).screen, "desk/carers");
}

TEST(Households, are_sound_from_none_to_hundreds) {
  auto draft = as(store::Role::clerk);
  for (const int n : {0, 5, 300})
    sound_everywhere(of(people, "desk/households"), [n](const auto&) {
      HouseholdsModel m;
      for (int g = 1; g <= 5; ++g) m.groups.push_back({village::GroupId{base::id_of("g" + std::to_string(g))}, {}, g, "", "🌳"});
      m.group = m.groups[1].id;
      for (int i = 0; i < n; ++i) m.households.push_back({village::HouseholdId{base::id_of("h" + std::to_string(i))}, {}, m.group, std::to_string(i + 1), "", "", 4});
      return m;
    }, draft);
  HouseholdModel one;
  one.household = village::Household{village::HouseholdId{base::id_of("h")}, {}, {}, "12", "0938-4531234", "门前有台阶，轮椅进不去", 3};
  for (const int n : {0, 3, 9})
    sound_everywhere(of(people, "desk/household"), [&](const auto& w) {
      auto m = one;
      m.title = w.text("parts.identify.group_other", {{"number", "2"}}) + " " + w.text("desk.household.number", {{"number", "12"}});
      for (int i = 0; i < n; ++i) m.members.push_back(desk_test::face("欧阳秀兰", "elder", i));
      return m;
    }, draft);
  draft.of<HouseholdDraft>().number = "12";
  sound_everywhere(of(people, "desk/household_edit"), [](const auto&) { return HouseholdEditModel{}; }, draft);
}

// --- finding and writing

TEST(Search, is_sound_before_and_after_letters_at_every_glass) {
  for (const bool digits : {false, true})
    for (const bool see : {false, true})
      for (const int n : {0, 1, 24}) {
        auto draft = as(store::Role::volunteer);
        auto& p = draft.of<parts::PickPerson>();
        p.typed = n == 0 && !see ? "" : "WXL";
        p.digits = digits;
        p.see = see;
        const auto model = [n](const auto&) {
          parts::SearchModel m;
          m.may_add = true;
          for (int i = 0; i < n; ++i) m.found.push_back(desk_test::face(i % 2 ? "欧阳秀兰" : "王秀兰", "elder", i)), m.subs.push_back(i % 2 ? "71岁" : "");
          return m;
        };
        sound_everywhere(of(picking, "pick/search"), model, draft);
        sound_everywhere(of(people, "desk/search"), model, draft);
      }
}

TEST(Search, who_is_chosen_goes_where_it_was_asked_and_a_new_one_too) {
  auto draft = as(store::Role::volunteer);
  const auto person = village::PersonId{base::id_of("p")};
  const auto& search = of(picking, "pick/search");
  EXPECT_EQ(parts::pick_person(draft, "desk.carers.who", "desk/carer", "").screen, "pick/search");
  EXPECT_EQ(search.on_tap(draft, parts::SearchModel{}, {"key:W"}).kind, Next::Kind::replace);
  (void)search.on_tap(draft, parts::SearchModel{}, {"char:x"});
  EXPECT_EQ(draft.of<parts::PickPerson>().typed, "Wx");
  (void)search.on_tap(draft, parts::SearchModel{}, {"key:erase"});
  EXPECT_EQ(draft.of<parts::PickPerson>().typed, "W");
  auto next = search.on_tap(draft, parts::SearchModel{}, {"person:" + person.text()});
  EXPECT_EQ(next.screen, "desk/carer");
  EXPECT_EQ(next.key, person.text());
  EXPECT_EQ(next.drop, "pick/");
  EXPECT_EQ(draft.of<parts::PickPerson>().chosen, person);
  (void)parts::pick_person(draft, "t", "attendance/roster", "session");
  next = of(picking, "pick/new").on_done(draft, parts::NewPersonModel{}, std::any(person));
  EXPECT_EQ(next.screen, "attendance/roster");
  EXPECT_EQ(next.key, "session");
}

TEST(NewPerson, is_sound_and_needs_no_more_than_a_name) {
  auto draft = as(store::Role::volunteer);
  draft.of<parts::PickPerson>().name = "欧阳小虎";
  draft.of<parts::PickPerson>().sex = "m";
  draft.of<parts::PickPerson>().age = 0;
  const auto& screen = of(picking, "pick/new");
  sound_everywhere(screen, [](const auto&) { return parts::NewPersonModel{}; }, draft);
  EXPECT_EQ(screen.on_tap(draft, parts::NewPersonModel{}, {"save"}).kind, Next::Kind::run);
  EXPECT_EQ(screen.on_tap(draft, parts::NewPersonModel{}, {"name"}).screen, "type/text");
}

TEST(Type, a_name_is_written_by_initial_syllable_and_character) {
  auto draft = as(store::Role::volunteer);
  std::string written;
  (void)parts::type_text(draft, "parts.pick.name", parts::Writing::name, "", [&](parts::Draft&, const std::string& t) { written = t; });
  const auto& type = of(typing, "type/text");
  // Each touch is answered from what was loaded after the one before.
  const auto tap = [&](const char* id) { return type.on_tap(draft, loaded(type, "", draft), {id}); };
  EXPECT_EQ(parts::candidates("w", true, true, 1), std::vector<std::string>{"王"});
  EXPECT_EQ(parts::candidates("ou", true, true, 1), std::vector<std::string>{"欧"});
  EXPECT_EQ(parts::candidates("xiu", true, false, 1), std::vector<std::string>{"秀"});
  (void)tap("letter:w");
  (void)tap("pick:0");
  (void)tap("letter:x");
  const auto further = parts::syllables("x");
  EXPECT_NE(std::find(further.begin(), further.end(), "xiu"), further.end());
  (void)tap("syllable:xiu");
  (void)tap("key:ok");  // the likeliest
  (void)tap("char:l");
  (void)tap("char:a");
  (void)tap("char:n");
  (void)tap("char:1");
  EXPECT_EQ(draft.of<parts::TypeText>().text, "王秀兰");
  EXPECT_EQ(tap("key:ok").kind, Next::Kind::back);
  EXPECT_EQ(written, "王秀兰");
}

TEST(Type, digits_take_no_letters_and_erase_takes_one_back) {
  auto draft = as(store::Role::volunteer);
  (void)parts::type_text(draft, "t", parts::Writing::digits, "", {});
  const auto& type = of(typing, "type/text");
  const auto model = loaded(type, "", draft);
  for (const auto* id : {"char:1", "char:a", "key:2", "char:王"}) (void)type.on_tap(draft, model, {id});
  EXPECT_EQ(draft.of<parts::TypeText>().text, "12");
  (void)type.on_tap(draft, model, {"key:erase"});
  EXPECT_EQ(draft.of<parts::TypeText>().text, "1");
}

TEST(Type, is_sound_in_every_kind_of_keys_and_all_candidates_can_be_reached) {
  for (const auto kind : {parts::Writing::chinese, parts::Writing::name, parts::Writing::digits, parts::Writing::latin})
    for (const auto* letters : {"", "z", "li", "zhuang"}) {
      auto draft = as(store::Role::volunteer);
      (void)parts::type_text(draft, "desk.person.name", kind, "欧阳秀兰", {});
      if (kind == parts::Writing::chinese || kind == parts::Writing::name) draft.of<parts::TypeText>().letters = letters;
      const auto& type = of(typing, "type/text");
      const auto model = loaded(type, "", draft);
      sound_everywhere(type, [&](const auto&) { return std::any(model); }, draft);
    }
  auto draft = as(store::Role::volunteer);
  (void)parts::type_text(draft, "desk.person.name", parts::Writing::chinese, "", {});
  draft.of<parts::TypeText>().letters = "ji";
  const auto& type = of(typing, "type/text");
  const auto model = loaded(type, "", draft);
  for (const auto& named : ui::reference_glasses()) {
    ui::Headless page(named.glass, {}, &desk_test::words("zh-CN"));
    page.look.staff = true;
    std::set<std::string> seen;
    for (int i = 0; i < 30; ++i) {
      for (const auto& w : page.draw([&](ui::Ui& ui) { type.draw(ui, model, draft); }).widgets)
        if (w.id.starts_with("pick:")) seen.insert(w.id);
      (void)type.on_tap(draft, model, {"key:more"});
    }
    for (std::size_t i = 0; i < parts::candidates("ji", false, false).size(); ++i)
      EXPECT_TRUE(seen.contains("pick:" + std::to_string(i))) << named.name << " " << i;
  }
}

// --- activities

TEST(Activities, a_week_is_sound_and_filtered_by_its_day) {
  auto draft = as(store::Role::clerk);
  const auto monday = base::day(std::chrono::year(2026) / 11 / 23);
  const auto week = [&](const base::Words& w, int n) {
    ActivitiesModel m;
    m.monday = monday;
    m.today = monday + std::chrono::days(1);
    m.title = w.text("desk.activities.title", {{"from", w.chinese() ? "11月23日" : "23 November"}, {"until", w.chinese() ? "11月29日" : "29 November"}});
    for (int i = 0; i < 7; ++i) m.day_labels.push_back(w.text("desk.activities.tab", {{"weekday", w.text("almanac.weekday_short.wednesday")}, {"day", std::to_string(23 + i)}}));
    for (int i = 0; i < n; ++i) {
      ActivitiesModel::One one;
      one.id = std::to_string(i);
      one.day = monday + std::chrono::days(i % 7);
      one.row.id = "activity:" + one.id;
      one.row.picture = ui::emoji("🥁");
      one.row.line = "秦腔自乐班排练";
      one.row.sub = parts::day_word(w, one.day, m.today) + " 14:00-16:00 堂屋";
      one.row.status = i % 3 ? w.text("desk.activities.places", {{"count", "20"}}) : w.text("desk.calendar.cancelled");
      m.all.push_back(one);
    }
    return m;
  };
  for (const int n : {0, 4, 30}) sound_everywhere(of(activities, "desk/activities"), [&, n](const auto& w) { return week(w, n); }, draft);
  const auto& screen = of(activities, "desk/activities");
  const auto m = week(desk_test::words("zh-CN"), 7);
  (void)screen.on_tap(draft, m, {"day:2026-11-25"});
  ui::Headless page(ui::reference_glasses()[3].glass, {}, &desk_test::words("zh-CN"));
  page.look.staff = true;
  const auto outline = page.draw([&](ui::Ui& ui) { screen.draw(ui, m, draft); });
  EXPECT_TRUE(desk_test::has(outline, "activity:2"));
  EXPECT_FALSE(desk_test::has(outline, "activity:3"));
  EXPECT_EQ(screen.on_tap(draft, m, {"new"}).key, "on:2026-11-25");
  auto volunteer = as(store::Role::volunteer);
  EXPECT_EQ(screen.on_tap(volunteer, m, {"activity:2"}).screen, "desk/activity");
  EXPECT_EQ(screen.on_tap(draft, m, {"activity:2"}).screen, "desk/activity_edit");
}

TEST(ActivityEdit, steps_stay_within_the_day_and_the_length_is_kept) {
  auto draft = as(store::Role::clerk);
  ActivityEditModel m;
  m.today = base::day(std::chrono::year(2026) / 11 / 24);
  m.now.day = m.today;
  m.now.name = "秦腔自乐班排练和演唱";
  m.offers = {"mothers_lecture", "recreation"};
  m.offer_names = {"妇女之家讲堂", "文娱活动"};
  m.offer_pictures = {"🎓", "🥁"};
  m.staff = {village::StaffId{base::id_of("s")}};
  m.staff_names = {"欧阳建国"};
  const auto& edit = of(activities, "desk/activity_edit");
  (void)edit.on_open(draft, m);
  sound_everywhere(edit, [&](const auto&) { return m; }, draft);
  auto& d = draft.of<ActivityDraft>();
  (void)edit.on_tap(draft, m, {"day:less"});
  EXPECT_EQ(d.day, m.today);
  (void)edit.on_tap(draft, m, {"start:more"});
  EXPECT_EQ(d.start, base::Minutes(14 * 60 + 15));
  EXPECT_EQ(d.end, base::Minutes(15 * 60 + 15));
  for (int i = 0; i < 200; ++i) (void)edit.on_tap(draft, m, {"end:less"});
  EXPECT_GT(d.end, d.start);
  for (int i = 0; i < 200; ++i) (void)edit.on_tap(draft, m, {"start:more"});
  EXPECT_LT(d.end, base::Minutes(24 * 60));
  EXPECT_EQ(edit.on_tap(draft, m, {"save"}).kind, Next::Kind::run);
  m.exists = true;
  d.id = village::ActivityId{base::id_of("a")};
  EXPECT_EQ(edit.on_tap(draft, m, {"cancel"}).screen, "desk/activity_cancel");
}

TEST(ActivityCancel, needs_a_reason) {
  auto draft = as(store::Role::clerk);
  const CancelModel m{base::id_of("a").text(), "秦腔自乐班排练", true};
  const auto& cancel = of(activities, "desk/activity_cancel");
  sound_everywhere(cancel, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(cancel.on_tap(draft, m, {"yes"}).kind, Next::Kind::stay);
  (void)cancel.on_tap(draft, m, {"reason:weather"});
  sound_everywhere(cancel, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(cancel.on_tap(draft, m, {"yes"}).kind, Next::Kind::run);
}

// --- accounts, duty, settings

TEST(Staff, the_accounts_of_other_villages_are_a_touch_away) {
  auto draft = as(store::Role::manager);
  const auto& staff = of(accounts, "desk/staff");
  StaffModel here;
  here.has_others = true;
  sound_everywhere(staff, [&](const auto&) { return here; }, draft);
  const auto next = staff.on_tap(draft, here, {"elsewhere"});
  EXPECT_EQ(next.screen + " " + next.key, "desk/staff villages");
  StaffModel choose;
  choose.list = "desk/staff:villages";
  for (int i = 0; i < 30; ++i) choose.villages.push_back({village::VillageId{base::id_of(std::to_string(i))}, "柳湾村", ""});
  sound_everywhere(staff, [&](const auto&) { return choose; }, draft);
  (void)staff.on_tap(draft, choose, {"page_next"});
  EXPECT_EQ(draft.of<parts::Pages>().at.count("desk/staff"), 0u) << "each list keeps its own page";
  EXPECT_EQ(staff.on_tap(draft, choose, {"village:" + choose.villages[3].id.text()}).key, choose.villages[3].id.text());
}

TEST(Staff, accounts_are_sound_and_a_new_one_needs_a_pin) {
  auto draft = as(store::Role::manager);
  for (const int n : {0, 3, 40})
    sound_everywhere(of(accounts, "desk/staff"), [n](const auto&) {
      StaffModel m;
      for (int i = 0; i < n; ++i) {
        village::Staff s;
        s.id = village::StaffId{base::id_of(std::to_string(i))};
        s.face = desk_test::face("欧阳建国", "", i);
        s.number = std::to_string(100 + i);
        s.role = static_cast<store::Role>(1 + i % 3);
        s.active = i % 5 != 4;
        m.all.push_back(s);
      }
      return m;
    }, draft);
  StaffEditModel m;
  m.now.person = village::PersonId{base::id_of("p")};
  m.now.name = "欧阳建国";
  m.now.number = "12";
  const auto& edit = of(accounts, "desk/staff_edit");
  (void)edit.on_open(draft, m);
  sound_everywhere(edit, [&](const auto&) { return m; }, draft);
  EXPECT_EQ(edit.on_tap(draft, m, {"save"}).kind, Next::Kind::stay);
  draft.of<StaffDraft>().pin = "482915";
  const auto next = edit.on_tap(draft, m, {"save"});
  EXPECT_EQ(next.kind, Next::Kind::run);
  EXPECT_TRUE(next.slow);
}

TEST(Staff, a_new_pin_is_typed_twice_and_a_weak_one_refused) {
  auto draft = as(store::Role::manager);
  const auto& pin = of(accounts, "desk/new_pin");
  const NewPinModel m;
  sound_everywhere(pin, [&](const auto&) { return m; }, draft);
  const auto type = [&](const std::string& digits) {
    Next last = Next::stay();
    for (const char c : digits) last = pin.on_tap(draft, m, {"key:" + std::string(1, c)});
    return last;
  };
  (void)type("123456");
  EXPECT_EQ(draft.of<NewPin>().wrong, "village.refused.weak_pin");
  sound_everywhere(pin, [&](const auto&) { return m; }, draft);
  (void)type("482915");
  EXPECT_TRUE(draft.of<NewPin>().again);
  (void)type("482916");
  EXPECT_EQ(draft.of<NewPin>().wrong, "desk.pin.differ");
  EXPECT_TRUE(draft.of<StaffDraft>().pin.empty());
  (void)type("482915");
  EXPECT_EQ(type("482915").kind, Next::Kind::back);
  EXPECT_EQ(draft.of<StaffDraft>().pin, "482915");
}

TEST(Duty, is_sound_and_goes_round_the_clock) {
  auto draft = as(store::Role::clerk);
  for (const int n : {0, 14})
    sound_everywhere(of(accounts, "desk/duty"), [n](const auto& w) {
      DutyModel m;
      for (int i = 0; i < n; ++i) {
        ui::Row row;
        row.id = "duty:" + std::to_string(i);
        row.line = "欧阳建国";
        row.sub = w.text("almanac.weekday.wednesday") + " 8:00-18:00";
        m.rows.push_back(row);
      }
      return m;
    }, draft);
  DutyEditModel m;
  m.staff = {village::StaffId{base::id_of("s")}};
  m.names = {"欧阳建国"};
  m.exists = true;
  const auto& edit = of(accounts, "desk/duty_edit");
  (void)edit.on_open(draft, m);
  sound_everywhere(edit, [&](const auto&) { return m; }, draft);
  for (int i = 0; i < 17; ++i) (void)edit.on_tap(draft, m, {"from:less"});
  EXPECT_EQ(draft.of<DutyDraft>().from, base::Minutes(23 * 60 + 30));
  EXPECT_EQ(edit.on_tap(draft, m, {"save"}).kind, Next::Kind::run);
  EXPECT_EQ(edit.on_tap(draft, m, {"remove"}).kind, Next::Kind::run);
}

TEST(Settings, every_setting_is_sound_within_its_bounds_and_saved_only_when_changed) {
  auto draft = as(store::Role::manager);
  const auto& groups = of(settings, "desk/settings");
  const auto model = loaded(groups, "", draft);
  sound_everywhere(groups, [&](const auto&) { return std::any(model); }, draft);
  const auto& group = of(settings, "desk/settings_group");
  for (const auto& name : std::any_cast<const SettingsModel&>(model).groups) {
    SettingGroupModel m{name, {}};
    for (const auto& def : village::setting_defs())
      if (std::string(def.key).substr(0, def.key.find('.')) == name) m.lines.push_back({&def, std::string(def.fallback)});
    (void)group.on_open(draft, m);
    sound_everywhere(group, [&](const auto&) { return m; }, draft);
    EXPECT_EQ(group.on_tap(draft, m, {"save"}).kind, Next::Kind::stay);
    bool changed = false;
    for (const auto& line : m.lines) {
      if (line.def->is_text || line.def->unit == "yes_no") continue;
      for (int i = 0; i < 400; ++i) (void)group.on_tap(draft, m, {std::string(line.def->key) + ":more"});
      changed = true;
      EXPECT_LE(std::stoll(draft.of<SettingsDraft>().changed[std::string(line.def->key)].empty() ? line.value : draft.of<SettingsDraft>().changed[std::string(line.def->key)]), line.def->most) << line.def->key;
    }
    EXPECT_EQ(group.on_tap(draft, m, {"save"}).kind, changed ? Next::Kind::run : Next::Kind::stay) << name;
  }
}

TEST(Settings, a_touch_is_a_step_that_is_heard_or_seen_and_leads_back_to_even_numbers) {
  auto draft = as(store::Role::manager);
  const auto& group = of(settings, "desk/settings_group");
  const auto volume = std::ranges::find(village::setting_defs(), std::string_view("voice.volume"), &village::SettingDef::key);
  for (const auto& [from, less, more] : {std::tuple{"80", "70", "90"}, {"85", "80", "90"}, {"95", "90", "100"}, {"100", "90", ""}, {"5", "0", "10"}}) {
    SettingGroupModel m{.group = "voice", .lines = {{&*volume, from}}};
    for (const auto& [touch, then] : {std::pair{"voice.volume:less", less}, {"voice.volume:more", more}}) {
      (void)group.on_open(draft, m);
      (void)group.on_tap(draft, m, {touch});
      EXPECT_EQ(draft.of<SettingsDraft>().changed["voice.volume"], then) << from << " " << touch;
    }
  }
}

// --- sheets

TEST(Sheets, a_cell_that_is_not_filled_in_says_so) {
  const auto& words = desk_test::words("zh-CN");
  EXPECT_EQ(cell_word(words, base::NotFilledIn{}, {}), "没填");
  EXPECT_EQ(cell_word(words, std::int64_t{0}, {}), "0");
  EXPECT_EQ(cell_word(words, base::Minutes(125), {}), "2:05");
  EXPECT_EQ(cell_word(words, base::Share{0.875}, {}), "87.5 %");
}

TEST(Sheets, are_sound_empty_small_and_with_ten_thousand_rows) {
  auto draft = as(store::Role::clerk);
  sound_everywhere(of(sheets, "desk/sheets"), [](const auto& w) {
    SheetsModel m;
    for (int i = 0; i < 14; ++i) m.names.push_back("a." + std::to_string(i)), m.titles.push_back(w.chinese() ? "每月签到表" : "Monthly attendance");
    return m;
  }, draft);
  for (const int n : {0, 3, 2000})
    sound_everywhere(of(sheets, "desk/sheet"), [n](const auto& w) {
      SheetModel m;
      m.name = "attendance.month";
      m.title = w.chinese() ? "每月签到表" : "Monthly attendance";
      m.month_label = w.text("desk.month.title", {{"year", "2026"}, {"month", w.text("almanac.month.m11")}});
      m.previous = "2026-10";
      m.next = "2026-12";
      const bool zh = w.chinese();
      m.head = {zh ? "站点" : "Site", zh ? "事项" : "Offer", zh ? "人" : "Person", zh ? "来了几天" : "Days here", zh ? "一共多久" : "Time here", zh ? "按规矩签走的" : "Closed by rule", zh ? "改过的" : "Corrected"};
      m.numbers = {false, false, false, true, true, true, true};
      m.leading = {2};
      for (int i = 0; i < n; ++i) m.rows.push_back({"双塔村幸福院", zh ? "日间照料" : "Day care", i % 2 ? "欧阳秀兰" : "王芳", "22", i % 3 ? "176:30" : w.text("desk.not_filled_in"), "0", "1"});
      if (n > 0) m.totals = {w.text("desk.sheets.total"), "", "", "", "12345:30", "120", "12"};
      if (n == 2000) m.more = 8000;
      return m;
    }, draft);
}

TEST(Sheets, every_page_of_columns_says_whose_row_it_is_and_sums_stand_where_something_is_summed) {
  SheetModel m;
  m.name = "booking.list";
  m.head = {"日子", "地点", "人", "凭据", "接送", "几个"};
  m.numbers = {false, false, false, false, false, true};
  m.leading = {2};
  m.rows = {{"2026-11-24", "双塔村幸福院活动室", "欧阳秀兰", "凭据已经交到本人手上", "村里派车来接送的", "3"}};
  m.totals = {"合计", "", "", "", "", "3"};
  auto draft = as(store::Role::clerk);
  const auto& sheet = of(sheets, "desk/sheet");
  ui::Headless page(ui::reference_glasses()[0].glass, {}, &desk_test::words("zh-CN"));
  page.look.staff = true;
  const auto says = [](const ui::Outline& outline, std::string_view text) { return std::ranges::any_of(outline.widgets, [&](const auto& w) { return w.label == text; }); };
  int pages = 0;
  for (bool more = true; more && pages < 6; ++pages) {
    const auto outline = page.draw([&](ui::Ui& ui) { sheet.draw(ui, m, draft); });
    EXPECT_TRUE(says(outline, "欧阳秀兰")) << pages;
    EXPECT_EQ(says(outline, "合计"), says(outline, "几个")) << pages;
    more = desk_test::has(outline, "page_next");
    if (more) (void)sheet.on_tap(draft, m, {"page_next"});
  }
  EXPECT_GT(pages, 1);
}

TEST(Sheets, pages_go_on_and_a_month_starts_anew) {
  auto draft = as(store::Role::clerk);
  SheetModel m;
  m.name = "attendance.month";
  const auto& sheet = of(sheets, "desk/sheet");
  EXPECT_EQ(sheet.on_tap(draft, m, {"page_next"}).kind, Next::Kind::stay);
  const auto next = sheet.on_tap(draft, m, {"month:2026-10"});
  EXPECT_EQ(next.screen, "desk/sheet");
  EXPECT_EQ(next.key, "attendance.month|2026-10");
}
