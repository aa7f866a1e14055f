// Every screen of booking, drawn headless at the five reference glasses in both languages, and the journeys that lead from tap to tap.
#include "base/text.h"
#include "shapes/booking/screens/face.h"
#include "shapes/booking/screens/screens.h"
#include "ui/checks.h"
#include "ui/headless.h"
#include "world.h"

#include "parts/pick_person.h"

#include <map>

using namespace world;

namespace {

const base::Words& words(std::string_view language) {
  static const auto load = [](const char* l) {
    std::vector<base::Wrong> wrong;
    auto w = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", l, wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    return w;
  };
  static const base::Words zh = load("zh-CN"), en = load("en");
  return language == "en" ? en : zh;
}

const parts::Screen& screen(std::string_view key) {
  static const auto f = faces();
  for (const auto& s : f.screens)
    if (s.key == key) return s;
  throw std::logic_error("no screen " + std::string(key));
}

// Draws a model everywhere and expects nothing to be wrong. `model` is made anew for each language.
void sound(std::string_view key, const std::string& what, const std::function<std::any(const base::Words&)>& model, parts::Draft draft = {}) {
  const auto& s = screen(key);
  for (const auto& named : ui::reference_glasses())
    for (const std::string_view language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f}) {
        ui::Look look;
        look.staff = s.ground == parts::Ground::staff;
        look.text_scale = scale;
        const auto& w = words(language);
        ui::Headless glass(named.glass, look, &w);
        const auto m = model(w);
        const auto& outline = glass.draw([&](ui::Ui& u) { s.draw(u, m, draft); });
        for (const auto& defect : ui::defects(outline, named.glass, look))
          ADD_FAILURE() << key << " (" << what << ") at " << named.name << " " << language << " x" << scale << ": " << defect;
        EXPECT_FALSE(outline.speak_key.empty()) << key << " is silent";
        for (const auto& widget : outline.widgets)
          if (widget.label.starts_with("booking.") || widget.label.find('{') != std::string::npos) ADD_FAILURE() << key << " shows a key: " << widget.label;
      }
}

SlotId slot_id(int i) { return {base::id_of("slot" + std::to_string(i))}; }
BookingId booking_id(int i) { return {base::id_of("booking" + std::to_string(i))}; }
bool chinese(const base::Words& w) { return w.chinese(); }

ServicesModel services_of(const base::Words& w, int n, int mine) {
  ServicesModel m;
  m.known = true;
  m.mine = mine;
  const char* codes[] = {"health_check", "womens_screening", "rehabilitation_session", "family_call", "counselling", "family_call", "family_call", "family_call"};
  for (int i = 0; i < n; ++i) {
    const auto* offer = load_catalogue().offer(codes[i % 8]);
    m.items.push_back({"offer:" + offer->code + (i > 4 ? "/" + std::to_string(i) : ""), w.text(offer->label_key(true)),
                       i > 2 ? w.text("booking.services.for_child", {{"name", chinese(w) ? "小虎" : "Xiaohu"}}) : "", booking::picture_of(offer->code, true),
                       booking::tint_of(offer->code), offer->code, {}});
  }
  return m;
}

DayModel days_of(const base::Words& w, int n) {
  DayModel m;
  m.offer = "health_check";
  m.picture = ui::emoji("🩺");
  m.tint = ui::Tint::elder;
  for (int i = 0; i < n; ++i) {
    const auto day = today + std::chrono::days(i);
    m.days.push_back({day, parts::day_word(w, day, today), parts::lunar_word(w, day), parts::leaf_of(w, day, "lunar:1,4,7"), (i * 3) % 7, 6 + i % 5 * 4});
  }
  return m;
}

SlotModel slots_of(const base::Words& w, int n, bool transport) {
  SlotModel m;
  m.offer = "health_check";
  m.picture = ui::emoji("🩺");
  m.tint = ui::Tint::woman;
  m.day_word = parts::day_word(w, today + std::chrono::days(9), today);
  m.transport = transport;
  for (int i = 0; i < n; ++i)
    m.slots.push_back({slot_id(i), parts::time_word(w, Minutes{480 + i * 45}), {}, ui::emoji("🌅"), i % 3 == 2 ? 0 : 2, 5, "x"});
  return m;
}

ConfirmModel confirm_of(const base::Words& w, bool full, bool moving) {
  ConfirmModel m;
  m.slot = slot_id(1);
  m.picture = ui::emoji("🎀");
  m.tint = ui::Tint::woman;
  m.leaf = parts::leaf_of(w, today, "lunar:1,4,7");
  m.when = when_of(w, today + std::chrono::days(9), Minutes{14 * 60 + 30}, today);
  m.what = w.text("catalogue.offer.womens_screening.label");
  m.lines = {w.text("booking.confirm.place", {{"place", chinese(w) ? "双塔村妇女之家" : "Twin Pagoda Women's Home"}}), w.text("catalogue.offer.womens_screening.bring"),
             w.text("booking.confirm.transport")};
  m.full = full;
  m.moving = moving;
  m.say_key = "booking.confirm.say";
  m.say_text = "x";
  return m;
}

booking::Booking booked(State state, bool activity = false) {
  booking::Booking b;
  b.id = booking_id(1);
  b.offer = "health_check";
  if (activity) b.activity = village::ActivityId{base::id_of("activity")};
  else b.slot = slot_id(1);
  b.state = state;
  b.day = today + std::chrono::days(9);
  b.start = Minutes{870};
  return b;
}

BookedModel booked_of(const base::Words& w, State state, bool activity = false) {
  BookedModel m;
  m.booking = booked(state, activity);
  m.picture = ui::emoji("🩺");
  m.tint = ui::Tint::woman;
  m.what = w.text("catalogue.offer.health_check.label");
  m.day = parts::day_word(w, m.booking->day, today);
  m.time = parts::time_word(w, m.booking->start);
  m.when = when_of(w, m.booking->day, m.booking->start, today);
  return m;
}

EntryModel entry_of(const base::Words& w, State state, bool may) {
  EntryModel m;
  m.booking = booked(state);
  m.picture = ui::emoji("🩺");
  m.tint = ui::Tint::elder;
  m.leaf = parts::leaf_of(w, today, "lunar:1,4,7");
  m.what = w.text("catalogue.offer.health_check.label");
  m.when = when_of(w, m.booking->day, m.booking->start, today);
  m.lines = {w.text(may ? "booking.entry.waiting" : "booking.entry.too_late"), w.text("booking.confirm.place", {{"place", chinese(w) ? "双塔村幸福院" : "Twin Pagoda Home"}}),
             w.text("catalogue.offer.health_check.bring_early")};
  m.may_cancel = m.may_move = may;
  m.transport_offered = true;
  m.say_key = "booking.entry.say";
  m.say_text = "x";
  return m;
}

SignUpModel sign_up_of(const base::Words& w, SignUpModel::Stand stand) {
  SignUpModel m;
  m.activity = village::ActivityId{base::id_of("activity")};
  if (stand == SignUpModel::Stand::in || stand == SignUpModel::Stand::waiting) m.booking = booking_id(1);
  m.picture = ui::emoji("🥁");
  m.tint = ui::Tint::elder;
  m.leaf = parts::leaf_of(w, today, "lunar:1,4,7");
  m.name = chinese(w) ? "重阳节唱大戏、比针线" : "Opera and needlework contest";
  m.day = parts::day_word(w, today + std::chrono::days(8), today);
  m.time = parts::time_word(w, Minutes{870});
  m.when = when_of(w, today + std::chrono::days(8), Minutes{870}, today);
  m.place = w.text("booking.confirm.place", {{"place", chinese(w) ? "新时代文明实践站堂屋" : "Civilisation Station hall"}});
  m.left = 3;
  m.places = 12;
  m.stand = stand;
  return m;
}

ui::Row row(const base::Words& w, int i) {
  ui::Row r;
  r.picture.initial = "王";
  r.line = "14:30 " + std::string(i % 2 ? "欧阳秀兰英" : "王秀兰");
  r.sub = w.text("catalogue.offer.health_check.label") + " · " + w.text("booking.list.transport");
  if (i % 3 != 0) r.status = w.text("booking.state.attended");
  const auto id = booking_id(i).text();
  if (i % 3 == 0) r.actions = {{"attended:" + id, w.text("booking.list.attended"), true}, {"no_show:" + id, w.text("booking.list.no_show"), false}};
  else r.actions = {{"hand_over:" + id, w.text("booking.list.hand_over"), false}, {"unmark:" + id, w.text("booking.list.unmark"), false}};
  return r;
}

TEST(BookingScreens, services_are_sound) {
  for (const auto& [n, mine] : std::vector<std::pair<int, int>>{{0, 0}, {0, 2}, {1, 1}, {2, 0}, {3, 1}, {6, 0}, {8, 3}})
    sound("booking/services", std::to_string(n), [&](const base::Words& w) { return std::any(services_of(w, n, mine)); });
  sound("booking/services", "a note", [](const base::Words& w) {
    auto m = services_of(w, 0, 1);
    m.notes = {w.text("booking.services.next", {{"what", w.text("catalogue.offer.womens_screening.label")}, {"day", parts::solar_word(w, today)}})};
    return std::any(m);
  });
}
TEST(BookingScreens, days_are_sound) {
  for (const int n : {0, 1, 3, 6, 15}) sound("booking/day", std::to_string(n), [&](const base::Words& w) { return std::any(days_of(w, n)); });
}
TEST(BookingScreens, times_are_sound) {
  for (const int n : {0, 1, 2, 3, 5, 9})
    for (const bool transport : {false, true}) sound("booking/slot", std::to_string(n), [&](const base::Words& w) { return std::any(slots_of(w, n, transport)); });
}
TEST(BookingScreens, consent_is_read_whole) {
  for (const char* code : {"screening", "counselling", "family_call", "health_check"})
    sound("booking/consent", code, [&](const base::Words& w) {
      return std::any(ConsentModel{"womens_screening", w.text("catalogue.consent." + std::string(code) + "_v1.text"), w.text("booking.consent.version", {{"version", "12"}}), "x",
                                   ui::emoji("🏥"), true, "k", "t"});
    });
}
TEST(BookingScreens, confirm_is_sound) {
  for (const bool full : {false, true})
    for (const bool moving : {false, true}) sound("booking/confirm", full ? "full" : "free", [&](const base::Words& w) { return std::any(confirm_of(w, full, moving)); });
  sound("booking/confirm", "gone", [](const base::Words&) { return std::any(ConfirmModel{}); });
}
TEST(BookingScreens, receipts_are_sound) {
  for (const auto s : {State::booked, State::waiting, State::wished}) {
    sound("booking/booked", std::string(name(s)), [&](const base::Words& w) { return std::any(booked_of(w, s)); });
    sound("booking/waiting", std::string(name(s)), [&](const base::Words& w) { return std::any(booked_of(w, s, true)); });
    sound("booking/cancelled", std::string(name(s)), [&](const base::Words& w) { return std::any(booked_of(w, s)); });
  }
  sound("booking/booked", "gone", [](const base::Words&) { return std::any(BookedModel{}); });
  parts::Draft moved;
  moved.of<Choice>().doing = "moved";
  sound("booking/booked", "moved", [](const base::Words& w) { return std::any(booked_of(w, State::booked)); }, moved);
}
TEST(BookingScreens, mine_is_sound) {
  for (const int n : {0, 1, 4, 11})
    sound("booking/mine", std::to_string(n), [&](const base::Words& w) {
      MineModel m;
      for (int i = 0; i < n; ++i)
        m.lines.push_back({booking_id(i), i == 2 ? (chinese(w) ? "重阳节唱大戏、比针线" : "Opera and needlework") : w.text("catalogue.offer.health_check.label"),
                           i % 3 == 1 ? w.text("booking.mine.called_off") : when_short(w, today + std::chrono::days(9), Minutes{870}, today), ui::emoji("🩺"), ui::Tint::elder, i % 3 == 1});
      return std::any(m);
    });
}
TEST(BookingScreens, one_entry_is_sound) {
  for (const auto s : {State::booked, State::waiting, State::called_off})
    for (const bool may : {false, true}) sound("booking/entry", std::string(name(s)), [&](const base::Words& w) { return std::any(entry_of(w, s, may)); });
}
TEST(BookingScreens, signing_up_is_sound) {
  using enum SignUpModel::Stand;
  const auto one_left = [](const base::Words& w) {
    auto m = ::sign_up_of(w, open);
    m.left = 1;
    return std::any(m);
  };
  sound("booking/sign_up", "one left", one_left);
  for (const auto s : {open, full, in, waiting, cancelled, just_come, gone}) sound("booking/sign_up", std::to_string(static_cast<int>(s)), [&](const base::Words& w) { return std::any(::sign_up_of(w, s)); });
}
TEST(BookingScreens, staff_lists_are_sound) {
  for (const int n : {0, 1, 6, 200}) {
    const auto rows = [n](const base::Words& w) {
      std::vector<ui::Row> r;
      for (int i = 0; i < n; ++i) r.push_back(row(w, i));
      return r;
    };
    sound("booking/list", std::to_string(n), [&](const base::Words& w) {
      return std::any(ListModel{today, w.text("booking.list.day", {{"day", parts::solar_word(w, today)}, {"count", std::to_string(n)}}), n, rows(w)});
    });
    sound("booking/waiting_list", std::to_string(n), [&](const base::Words& w) {
      auto r = rows(w);
      for (std::size_t i = 0; i < r.size(); ++i) {
        r[i].sub = w.text("catalogue.offer.health_check.label") + " · 13800001234 · " + w.text("booking.list.transport");
        r[i].status = w.text(i % 2 ? "booking.waiting_list.called_off" : "booking.waiting_list.promoted");
        r[i].actions = {{"told:" + std::to_string(i), w.text("booking.waiting_list.told"), true}};
      }
      return std::any(WaitingListModel{r});
    });
    sound("booking/slots", std::to_string(n), [&](const base::Words& w) {
      auto r = rows(w);
      for (std::size_t i = 0; i < r.size(); ++i) {
        r[i].line = when_short(w, today + std::chrono::days(9), Minutes{870}, today);
        r[i].sub = w.text("catalogue.offer.womens_screening.label") + " · " + w.text("booking.demo.visiting_doctor");
        r[i].status = w.text("booking.slots.taken", {{"taken", "12"}, {"places", "12"}}) + " · " + w.text("booking.slots.wait", {{"n", "3"}});
        r[i].actions = {{"close:" + std::to_string(i), w.text("booking.slots.close"), false}};
      }
      return std::any(SlotsModel{r});
    });
  }
}
TEST(BookingScreens, the_slot_editor_is_sound_on_every_page) {
  for (int page = 0; page < 4; ++page) {
    parts::Draft draft;
    draft.of<parts::Pages>().at["booking/slot_edit"] = page;
    draft.of<SlotDraft>() = {1, 9, 9 * 60, 90, 12, 8, 1};
    sound("booking/slot_edit", std::to_string(page), [](const base::Words& w) {
      SlotEditModel m;
      m.today = today;
      for (const char* code : {"health_check", "womens_screening"}) m.offers.emplace_back(code, w.text("catalogue.offer." + std::string(code) + ".label"));
      m.by_whom = {"", w.text("booking.demo.visiting_doctor")};
      return std::any(m);
    }, draft);
  }
  sound("booking/slot_close", "one", [](const base::Words& w) {
    return std::any(SlotCloseModel{slot_id(1), w.text("catalogue.offer.womens_screening.label"), when_of(w, today + std::chrono::days(9), Minutes{870}, today),
                                   w.text("booking.slots.close_line", {{"count", "12"}}), "x"});
  });
}

// --- journeys: a session that follows what the screens say, on a real database

struct Journey : ::testing::Test, Village {
  struct Open { std::string screen, key; std::any model; };
  std::vector<Open> stack;
  parts::Draft draft;
  int touches = 0;
  std::string refused, said;

  void become(const Viewer& v) {
    auto& s = draft.of<parts::Session>();
    s.viewer = v;
    s.site = village::SiteId{v.site};
    s.who = v.role == Role::none && v.person ? std::optional(PersonId{*v.person}) : std::nullopt;
    if (v.staff) s.staff = village::StaffId{*v.staff};
  }
  void load() {
    auto& top = stack.back();
    if (top.screen.starts_with("identify/")) return;
    const auto reader = eyes(draft.of<parts::Session>().viewer);
    top.model = ::screen(top.screen).load({reader, words("zh-CN"), top.key, draft});
  }
  void open(const std::string& key, const std::string& arg = {}) {
    stack.push_back({key, arg, {}});
    load();
    if (!key.starts_with("identify/") && ::screen(key).on_open) follow(::screen(key).on_open(draft, stack.back().model));
  }
  void follow(parts::Next next) {
    if (next.becomes) become(Viewer::resident(home.value, next.becomes->person->value, next.becomes->known));
    if (!next.say_key.empty()) said = next.say_text;
    using Kind = parts::Next::Kind;
    switch (next.kind) {
      case Kind::push: open(next.screen, next.key); break;
      case Kind::replace:
        if (next.drop.empty()) stack.pop_back();
        else while (!stack.empty() && stack.back().screen.starts_with(next.drop)) stack.pop_back();
        open(next.screen, next.key);
        break;
      case Kind::back: stack.pop_back(); if (!stack.empty()) load(); break;
      case Kind::home: stack.clear(); break;
      case Kind::run: {
        parts::Outcome outcome;
        {
          Act act(*store, draft.of<parts::Session>().viewer);
          outcome = next.deed(act);
          if (outcome) act.commit();
        }
        if (!outcome) { refused = outcome.error().name; break; }
        const auto s = ::screen(stack.back().screen);
        if (s.on_done) follow(s.on_done(draft, stack.back().model, *outcome));
        if (!stack.empty()) load();
        break;
      }
      default: break;
    }
  }
  // Touches what is really drawn: what is not on the glass cannot be touched.
  void tap(const std::string& id) {
    ++touches;
    const auto s = ::screen(stack.back().screen);
    ui::Look look;
    look.staff = s.ground == parts::Ground::staff;
    ui::Headless glass(ui::reference_glasses()[2].glass, look, &words("zh-CN"));
    const auto touched = glass.tap(id, [&](ui::Ui& u) { s.draw(u, stack.back().model, draft); });
    ASSERT_EQ(touched, id) << "on " << s.key;
    follow(s.on_tap(draft, stack.back().model, {touched}));
  }
  void hold_card(PersonId p) { follow(parts::identified(draft, p, Known::card)); }
  [[nodiscard]] std::string at() const { return stack.empty() ? "home" : stack.back().screen; }
  std::string day(int in) { return "day:" + base::iso(today + std::chrono::days(in)); }
};

TEST_F(Journey, an_elder_with_a_card_books_in_four_touches) {
  const auto s = pressure(2);
  become(Viewer::nobody(centre.value));
  ++touches;  // go:booking
  open("booking/services");
  EXPECT_EQ(at(), "identify/group");
  hold_card(grandfather);
  EXPECT_EQ(at(), "booking/day") << "one service alone is not asked about";
  tap(day(2));
  tap("slot:" + s.text());
  EXPECT_EQ(at(), "booking/confirm");
  EXPECT_NE(said.find("后儿"), std::string::npos);
  tap("yes");
  EXPECT_EQ(at(), "booking/booked");
  EXPECT_EQ(touches, 4);
  ASSERT_EQ(mine(eyes(by_card(grandfather)), grandfather).size(), 1u);
  tap("undo");
  EXPECT_EQ(at(), "booking/cancelled");
  EXPECT_TRUE(mine(eyes(by_card(grandfather)), grandfather).empty());
  tap("undo");
  EXPECT_EQ(at(), "booking/booked") << "whoever touched wrongly has the place again";
}

TEST_F(Journey, a_mother_hears_nothing_of_a_screening_before_her_card_and_agrees_before_she_books) {
  const auto s = screening(2);
  become(Viewer::nobody(home.value));
  open("booking/services");
  const auto seen = eyes(by_face(mother));
  const auto m = load_services({seen, words("zh-CN"), std::string{}, draft});
  EXPECT_TRUE(m.items.empty());
  EXPECT_EQ(draft.of<parts::Identify>().needed, Known::card);
  hold_card(mother);
  EXPECT_EQ(at(), "booking/day");
  tap(day(2));
  tap("slot:" + s.text());
  EXPECT_EQ(at(), "booking/consent");
  EXPECT_TRUE(said.empty()) << "an examination is not read out on the loudspeaker";
  tap("no");
  EXPECT_EQ(at(), "booking/slot");
  tap("slot:" + s.text());
  tap("yes");
  EXPECT_EQ(at(), "booking/confirm");
  EXPECT_EQ(said.find("检查"), std::string::npos);
  tap("yes");
  EXPECT_EQ(at(), "booking/booked");
  EXPECT_TRUE(agreed(eyes(by_card(mother)), mother, "womens_screening"));
}

TEST_F(Journey, a_full_time_leads_to_the_queue) {
  const auto s = pressure(2, 1);
  (void)book_as(by_face(grandmother), grandmother, s);
  become(by_face(grandfather));
  open("booking/services");
  tap(day(2));
  tap("slot:" + s.text());
  EXPECT_TRUE(std::any_cast<const ConfirmModel&>(stack.back().model).full);
  tap("yes");
  EXPECT_EQ(at(), "booking/waiting");
}

TEST_F(Journey, what_is_booked_is_moved_to_another_day_and_back) {
  const auto s = pressure(2), t = pressure(4);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  clock.advance(std::chrono::hours(1));
  become(by_face(grandmother));
  open("booking/services");
  EXPECT_EQ(at(), "booking/mine") << "nothing to book, something booked";
  tap("booking:" + r->booking.text());
  tap("move");
  tap(day(4));
  tap("slot:" + t.text());
  EXPECT_TRUE(std::any_cast<const ConfirmModel&>(stack.back().model).moving);
  tap("yes");
  EXPECT_EQ(at(), "booking/booked");
  EXPECT_EQ(mine(eyes(by_face(grandmother)), grandmother).at(0).slot, t);
  tap("undo");
  EXPECT_EQ(mine(eyes(by_face(grandmother)), grandmother).at(0).slot, s);
}

TEST_F(Journey, a_guardian_books_a_call_for_the_child) {
  const auto s = Village::open("family_call", room, today + std::chrono::days(2), 9);
  become(Viewer::resident(room.value, guardian.value, Known::card));
  open("booking/services");
  EXPECT_EQ(at(), "booking/day");
  tap(day(2));
  tap("slot:" + s.text());
  EXPECT_EQ(at(), "booking/consent");
  EXPECT_FALSE(said.empty()) << "what is asked about a child's call is read out";
  tap("yes");
  tap("yes");
  EXPECT_EQ(at(), "booking/booked");
  EXPECT_EQ(mine(eyes(Viewer::resident(room.value, guardian.value, Known::card)), child).size(), 1u);
}

TEST_F(Journey, a_sign_up_asks_who_then_is_done) {
  const auto a1 = activity(3, 1);
  become(Viewer::nobody(centre.value));
  open("booking/sign_up", a1.text());
  tap("yes");
  EXPECT_EQ(at(), "identify/group");
  follow(parts::identified(draft, grandmother, Known::face));
  EXPECT_EQ(at(), "booking/booked") << "not asked twice";
  EXPECT_EQ(places_of(eyes(clerk()), a1).taken, 1);
}

TEST_F(Journey, staff_mark_who_came_from_the_list) {
  const auto s = pressure(0, 2, 10);
  const auto r = book_as(by_face(grandmother), grandmother, s);
  become(volunteer(centre));
  open("booking/list");
  tap("attended:" + r->booking.text());
  EXPECT_EQ(state_of(r->booking), State::attended);
  tap("unmark:" + r->booking.text());
  EXPECT_EQ(state_of(r->booking), State::booked);
}

TEST_F(Journey, a_clerk_opens_a_slot_with_steppers_and_closes_it) {
  become(clerk(centre));
  open("booking/slots");
  tap("new");
  tap("day:more");
  tap("start:more");
  tap("page_next");
  tap("places:less");
  tap("ok");
  EXPECT_EQ(refused, "");
  const auto ahead = slots_ahead(eyes(clerk(centre)));
  ASSERT_EQ(ahead.size(), 1u);
  EXPECT_EQ(ahead[0].start, Minutes{570});
  EXPECT_EQ(ahead[0].places, 4);
  EXPECT_EQ(ahead[0].day, today + std::chrono::days(2));
  tap("close:" + ahead[0].id.text());
  tap("yes");
  EXPECT_TRUE(slots_ahead(eyes(clerk(centre))).at(0).closed);
}

TEST_F(Journey, a_clerk_changes_a_slot_that_is_there) {
  const auto s = pressure(3, 2, 9);
  become(clerk(centre));
  open("booking/slots");
  tap("edit:" + s.text());
  EXPECT_EQ(at(), "booking/slot_edit");
  tap("start:more");
  tap("places:more");
  tap("ok");
  EXPECT_EQ(refused, "");
  const auto changed = slot(eyes(clerk(centre)), s);
  EXPECT_EQ(changed->start, Minutes{570});
  EXPECT_EQ(changed->places, 3);
  EXPECT_EQ(changed->by_whom, "大夫");
  EXPECT_EQ(slots_ahead(eyes(clerk(centre))).size(), 1u) << "no second one is opened";
}

TEST_F(Journey, a_volunteer_books_for_who_telephones_and_opens_no_slot) {
  const auto s = pressure(3, 2, 9);
  become(volunteer(centre));
  open("booking/slots");
  EXPECT_EQ(std::any_cast<const SlotsModel&>(stack.back().model).may_set, false);
  draft.of<parts::PickPerson>().chosen = grandmother;
  open("booking/for_somebody", s.text());
  tap("yes");
  EXPECT_EQ(refused, "");
  EXPECT_EQ(bookings_of(eyes(clerk(centre)), s).size(), 1u);
}

}  // namespace
