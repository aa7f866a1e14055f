// A village whose every restricted record carries a word that stands nowhere else: what shows the word has shown the record.
//
// Guests are people who come to no site and have one record each: where the name of a guest turns up, that record was told.
#pragma once

#include "app/faces.h"
#include "desk/home.h"
#include "shapes/attendance/attendance.h"
#include "shapes/booking/booking.h"
#include "shapes/notice/notice.h"
#include "shapes/request/request.h"
#include "shapes/shape.h"
#include "village/keys.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <unistd.h>

namespace canary {

namespace fs = std::filesystem;
using base::Minutes;
using store::Known;
using store::Role;
using store::Viewer;

inline base::Day on(unsigned month, unsigned day) { return base::day(std::chrono::year{2026} / static_cast<int>(month) / static_cast<int>(day)); }
inline const base::Day today = on(11, 24);  // a Tuesday

// Deeds of making the village must be allowed: what is refused here would make an empty test.
template <class T, class E>
T sure(const std::expected<T, E>& made) {
  if (!made) throw std::runtime_error("the village could not be made: " + std::string(name(made.error())));
  return *made;
}

struct Village {
  fs::path folder;
  base::FixedClock clock{base::instant_at(on(11, 10), Minutes{8 * 60}, {})};
  std::unique_ptr<store::Store> store;
  std::map<std::string, base::Words> words;
  std::map<std::string, std::string> odd;  // record -> its word; several, a bar between, where it may be written in several ways
  std::map<std::string, std::string> names;  // id of a person -> name: an id that was told is a name that was told

  village::VillageId village, far_village;
  village::GroupId group;
  village::SiteId here, there, far;
  village::HouseholdId house;
  village::PersonId wang, neighbour, child, mother, grandmother, contact, left_person;
  std::map<std::string, village::PersonId> guests;
  village::StaffId volunteer, clerk, manager, volunteer_there, clerk_there, clerk_far, left_staff;
  village::PersonId volunteer_person, clerk_person, manager_person;
  village::ActivityId session, singing;
  booking::SlotId screening, screening_closed, pressure, pressure_closed;
  std::vector<std::string> keys;  // what screens may be opened with

  // `entering` hears whose deeds are done next: village, attendance, booking, request, notice; nobody's.
  explicit Village(store::Contract contract = shapes::contract(), std::function<void(Village&, const char*)> entering = [](Village&, const char*) {}) {
    static int count = 0;
    folder = fs::temp_directory_path() / ("canary-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    fs::remove_all(folder);
    name_the_words();
    use_catalogue(true);
    store = std::make_unique<store::Store>(folder / "data", std::move(contract), clock, store::Store::Options{.seed = 7});
    entering(*this, "village");
    places_and_people();
    entering(*this, "attendance");
    past();
    attendance_records();
    entering(*this, "booking");
    booking_records();
    entering(*this, "request");
    request_records();
    entering(*this, "notice");
    notice_records();
    entering(*this, "");  // what follows is the test's own
    came_at(today, 9, 5);
    use_catalogue(false);
    remember_keys();
  }
  ~Village() {
    store.reset();
    fs::remove_all(folder);
  }
  Village(const Village&) = delete;

  Viewer machine() const { return Viewer::clockwork(here.value); }
  Viewer resident(village::PersonId p, Known how) const { return Viewer::resident(here.value, p.value, how); }
  Viewer staff(Role role, village::StaffId id, village::PersonId p, village::SiteId at) const { return Viewer::of_staff(at.value, role, id.value, p.value); }
  Viewer a_clerk() const { return staff(Role::clerk, clerk, clerk_person, here); }
  Viewer a_manager() const { return staff(Role::manager, manager, manager_person, here); }
  template <class Deed>
  auto by(const Viewer& viewer, Deed deed) {
    store::Act act(*store, viewer);
    auto made = deed(act);
    act.commit();
    return made;
  }
  std::vector<std::pair<std::string, Viewer>> viewers() const {
    return {{"nobody", Viewer::nobody(here.value)},
            {"face", resident(wang, Known::face)},
            {"card", resident(wang, Known::card)},
            {"secret", resident(wang, Known::secret)},
            {"neighbour", resident(neighbour, Known::secret)},
            {"carer", resident(mother, Known::card)},
            {"volunteer", staff(Role::volunteer, volunteer, volunteer_person, here)},
            {"clerk", a_clerk()},
            {"manager", a_manager()},
            {"volunteer_there", staff(Role::volunteer, volunteer_there, guests.at("volunteer_there"), there)},
            {"clerk_there", staff(Role::clerk, clerk_there, guests.at("clerk_there"), there)},
            {"clerk_far", staff(Role::clerk, clerk_far, guests.at("clerk_far"), far)}};
  }

 private:
  static constexpr std::string_view offers_of_requests[] = {"own_sealed", "guest_sealed", "own_help", "guest_help"};

  void name_the_words() {
    odd = {{"wang.phone", "13971540001"}, {"wang.photo", "suanni.png"}, {"wang.consent", "agreed_by_wang"}, {"house.note", "睚眦"}, {"house.phone", "6671540"},
           {"house.number", "赑屃"}, {"wang.stay", "7:13|七点十三"}, {"wang.meal", "饔飧"}, {"mother.relation", "梼杌"}, {"grandmother.relation", "獬豸"},
           {"offer.own_sealed", "貔貅"}, {"offer.guest_sealed", "狴犴"}, {"offer.own_help", "夔牛"}, {"offer.guest_help", "讙兽"},
           {"offer.screening", "魑魅"}, {"screening.doctor", "魍魉"}, {"screening.reason", "饕餮"}, {"pressure.doctor", "朱厌"}, {"pressure.reason", "毕方"},
           {"wang.transport", "fetch_wang"}, {"notice.there", "陆吾"}, {"notice.coming", "英招"}, {"notice.retired", "穷奇"}, {"notice.waits_for_yes", "混沌"}, {"notice.here", "白泽"}};
  }

  // `asking`: what is asked for stands on the pages of asking; afterwards it does not, so that a label is told by a request alone.
  void use_catalogue(bool asking) {
    fs::create_directories(folder / "catalogue");
    std::ofstream services(folder / "catalogue/services.toml"), offers(folder / "catalogue/offers.toml");
    services << "";
    int order = 900;
    const auto offer = [&](const std::string& code, const char* service, const char* shape, const std::string& row, const std::string& settings) {
      offers << "[[offer]]\ncode = \"" << code << "\"\nservice = \"" << service << "\"\nshape = \"" << shape << "\"\norder = " << ++order
             << "\nsites = [\"any\"]\naudience = [\"all\"]\n" << row << "[offer.settings]\n" << settings;
    };
    for (const auto code : offers_of_requests) {
      const bool sealed = code.ends_with("sealed");
      offer(std::string(code), sealed ? "mediation" : "home_service", "request", sealed ? "outside_picture = \"📞\"\n" : "",
            std::string("kind = \"") + (sealed ? "confidential" : "help") + "\"\ndue_min = 60\nask = " + (asking ? "true" : "false") + "\n");
    }
    offer("odd_stay", "day_care", "attendance", "", "way = \"open\"\nmeal = true\n");
    offer("odd_room", "rainbow_room", "attendance", "", "way = \"open\"\nhandover = true\n");
    offer("odd_session", "day_care", "attendance", "", "way = \"session\"\n");
    offer("odd_screening", "womens_screening", "booking", "private = true\noutside_picture = \"🏥\"\n",
          "way = \"slots\"\nsex = \"female\"\nconsent = \"screening\"\nconsent_version = 1\nknown = \"card\"\ntransport = true\nwaiting_list = true\ncancel_until_h = 1\n");
    offer("odd_pressure", "health", "booking", "private = false\n", "way = \"slots\"\nsex = \"any\"\nknown = \"face\"\nwaiting_list = true\ncancel_until_h = 1\n");
    offer("odd_signup", "recreation", "booking", "", "way = \"activity\"\nsex = \"any\"\nknown = \"face\"\nwaiting_list = true\ncancel_until_h = 1\n");
    offer("odd_job", "jobs", "notice", "", "kind = \"jobs\"\naudience = [\"all\"]\n");
    services.close();
    offers.close();

    std::vector<base::Wrong> wrong;
    std::set<std::string, std::less<>> built;
    for (const auto& shape : shapes::all()) built.emplace(shape.name);
    const fs::path source = NUANZHAN_SOURCE_DIR;
    const std::vector<fs::path> folders{source / "db/catalogue", folder / "catalogue"};
    shapes::use_catalogue(village::Catalogue::load(folders, built, wrong), wrong);
    for (const auto* language : {"zh-CN", "en"}) {
      auto& w = words[language] = base::Words::load(source / "assets/text", language, wrong);
      const auto label = [&](const std::string& code, const std::string& text) {
        w.set("catalogue.offer." + code + ".label", text);
        w.set("catalogue.offer." + code + ".say", text + "。");
        w.set("catalogue.offer." + code + ".done", text + "，记下了。");
        w.set("catalogue.offer." + code + ".outside", "叫个人来");
        w.set("catalogue.offer." + code + ".outside_say", "叫个人来。");
      };
      for (const auto code : offers_of_requests) label(std::string(code), odd.at("offer." + std::string(code)));
      label("odd_screening", "魑魅");
      for (const auto* code : {"odd_stay", "odd_room", "odd_session", "odd_pressure", "odd_signup", "odd_job"}) label(code, "寻常");
    }
    if (!wrong.empty()) throw std::runtime_error(base::to_string(wrong));
  }

  village::PersonId person(const std::string& record, const std::string& name, const std::string& sex, int born, std::vector<std::string> tags, std::vector<village::SiteId> sites) {
    village::PersonEdit p;
    p.name = name;
    p.called = name;  // wherever somebody is shown, the whole word is
    p.sex = sex;
    p.born = base::day(std::chrono::year{born} / 3 / 5);
    p.tags = std::move(tags);
    p.sites = std::move(sites);
    const auto id = sure(by(machine(), [&](store::Act& a) { return village::save_person(a, p); }));
    names[id.text()] = name;
    odd[record + ".name"] = name;
    return id;
  }
  village::PersonId guest(const std::string& record, const std::string& name, std::vector<std::string> tags = {"elder"}, int born = 1960) {
    return guests[record] = person("guest." + record, name, "f", born, std::move(tags), {});
  }
  village::StaffId account(village::PersonId who, const std::string& number, Role role, village::SiteId at, bool active = true) {
    village::StaffEdit s;
    s.person = who;
    s.number = number;
    s.role = role;
    s.pin_hash = village::hash_pin("613829", 1, 0);
    s.key = village::wrap_key(store::KeyPair::make(), "613829", 1, 0);
    s.site = at;
    s.active = active;
    return sure(by(machine(), [&](store::Act& a) { return village::save_staff(a, s); }));
  }
  void came_at(base::Day day, int hour, int minute = 0) { clock.set(base::instant_at(day, Minutes{hour * 60 + minute}, {})); }

  void places_and_people() {
    by(machine(), [&](store::Act& a) {
      village = village::save_village(a, {}, "双塔村", "lunar:1,4,7");
      far_village = village::save_village(a, {}, "远村", "");
      group = village::save_group(a, {}, village, 1, "大槐树", "🌳");
      here = sure(village::save_site(a, {.village = village, .kind = "day_care_centre", .name = "幸福院", .seats = 40, .phone = "5550101"}));
      there = sure(village::save_site(a, {.village = village, .kind = "womens_home", .name = "妇女之家"}));
      far = sure(village::save_site(a, {.village = far_village, .kind = "day_care_centre", .name = "远院"}));
      house = sure(village::save_household(a, {.village = village, .group = group, .number = odd.at("house.number"), .phone = odd.at("house.phone"), .note = odd.at("house.note")}));
      return 0;
    });
    contact = person("contact", "陈狻猊", "f", 1990, {}, {});
    wang = person("wang", "王玄鼋", "f", 1970, {"elder", "woman"}, {here});
    sure(by(machine(), [&](store::Act& a) {
      village::PersonEdit p;
      p.id = wang;
      p.phone = odd.at("wang.phone");
      p.photo = odd.at("wang.photo");
      p.household = house;
      p.emergency_contact = contact;
      return village::save_person(a, p);
    }));
    neighbour = person("neighbour", "张英", "f", 1965, {"elder"}, {here});
    child = person("child", "刘小蠃", "m", 2018, {"child"}, {here});
    mother = person("mother", "李蜚蠊", "f", 1988, {"woman"}, {});
    grandmother = person("grandmother", "赵鸑鷟", "f", 1955, {"elder"}, {});
    by(machine(), [&](store::Act& a) {
      sure(village::save_carer(a, {.child = child, .adult = mother, .relation = odd.at("mother.relation"), .guardian = true, .may_fetch = true}));
      sure(village::save_carer(a, {.child = child, .adult = grandmother, .relation = odd.at("grandmother.relation")}));
      return 0;
    });
    volunteer_person = person("staff.volunteer", "王芳", "f", 1990, {"volunteer"}, {});
    clerk_person = person("staff.clerk", "李红", "f", 1980, {}, {});
    manager_person = person("staff.manager", "李支前", "m", 1970, {}, {});
    for (const auto* r : {"staff.volunteer.name", "staff.clerk.name", "staff.manager.name", "neighbour.name"}) odd.erase(r);  // on the sign-in screen; no secret
    volunteer = account(volunteer_person, "101", Role::volunteer, here);
    clerk = account(clerk_person, "201", Role::clerk, here);
    manager = account(manager_person, "301", Role::manager, here);
    const std::pair<const char*, const char*> elsewhere[] = {{"volunteer_there", "周甲"}, {"clerk_there", "周乙"}, {"clerk_far", "周丙"}};
    for (const auto& [record, called] : elsewhere) {
      guest(record, called);
      odd.erase("guest." + std::string(record) + ".name");
    }
    volunteer_there = account(guests.at("volunteer_there"), "102", Role::volunteer, there);
    clerk_there = account(guests.at("clerk_there"), "202", Role::clerk, there);
    clerk_far = account(guests.at("clerk_far"), "203", Role::clerk, far);
    left_person = person("left_staff", "孙猰貐", "m", 1960, {}, {});
    left_staff = account(left_person, "999", Role::clerk, here, false);
    odd["pin.hash"] = store->reader(machine()).one<std::string>("SELECT pin FROM village_staff WHERE number = '201'").value();
    sure(by(machine(), [&](store::Act& a) { return village::give_card(a, wang, "NZ000000017"); }));
    odd["wang.card"] = "NZ000000017";
    (void)sure(by(machine(), [&](store::Act& a) { return village::give_secret(a, wang); }));
    odd["wang.secret"] = store->reader(machine()).one<std::string>("SELECT hash FROM village_secret").value();
  }

  // Two weeks in which somebody came nearly every day: a regular who is missed today.
  void past() {
    guest("regular", "钱鹓鶵");
    for (int back = 12; back >= 1; --back) {
      const auto day = today - std::chrono::days(back);
      came_at(day, 8);
      (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::check_in(a, {guests.at("regular"), "odd_stay", {}}); }));
      came_at(day, 15);
      (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::check_out(a, guests.at("regular"), "odd_stay"); }));
    }
  }

  void attendance_records() {
    came_at(today, 7, 13);
    (void)sure(by(resident(wang, Known::face), [&](store::Act& a) { return attendance::check_in(a, {wang, "odd_stay", odd.at("wang.meal")}); }));
    came_at(today, 8);
    guest("stay", "吴鸱鸮");
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::check_in(a, {guests.at("stay"), "odd_stay", {}}); }));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::check_in(a, {child, "odd_room", {}}); }));
    guest("refused_fetch", "郑鸩羽", {"child"}, 2018);
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::refuse_fetch(a, guests.at("refused_fetch")); }));
    const auto activity = [&](const std::string& offer, const std::string& name, int start) {
      village::ActivityEdit e;
      e.site = here;
      e.offer = offer;
      e.name = name;
      e.picture = "🥁";
      e.day = today;
      e.start = Minutes{start * 60};
      e.end = Minutes{start * 60 + 90};
      e.places = 2;
      return sure(by(a_clerk(), [&](store::Act& a) { return village::save_activity(a, e); }));
    };
    session = activity("odd_session", "练手", 10);
    singing = activity("odd_signup", "唱戏", 14);
    guest("roll", "冯虺蜮");
    guest("absent", "陈蜚廉");
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::open_session(a, session); }));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::expect(a, session, guests.at("absent"), true); }));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::mark(a, session, guests.at("roll"), true); }));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return attendance::note_absence(a, session, guests.at("absent"), attendance::Absence::phoned); }));
  }

  booking::SlotId slot(const std::string& offer, int in_days, const std::string& whom, int places = 2) {
    return sure(by(a_clerk(), [&](store::Act& a) {
      return booking::set_slot(a, {{}, here, offer, today + std::chrono::days(in_days), Minutes{10 * 60}, Minutes{11 * 60}, places, whom, 0});
    }));
  }
  void agree(village::PersonId p) {
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::agree(a, p, "odd_screening", true); }));
  }
  booking::Receipt book(village::PersonId p, booking::SlotId s, bool transport = false) {
    return sure(by(a_clerk(), [&](store::Act& a) { return booking::book(a, {p, s, transport}); }));
  }
  void booking_records() {
    screening = slot("odd_screening", 3, odd.at("screening.doctor"));
    screening_closed = slot("odd_screening", 4, "");
    pressure = slot("odd_pressure", 3, odd.at("pressure.doctor"));
    pressure_closed = slot("odd_pressure", 4, "");
    agree(wang);
    book(wang, screening, true);
    agree(guest("screened", "褚胐朣"));
    book(guests.at("screened"), screening);
    agree(guest("screening_waits", "卫觱篥"));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::join_waiting(a, {guests.at("screening_waits"), screening, false}); }));
    agree(guest("screening_off", "蒋頔迤"));
    book(guests.at("screening_off"), screening_closed);
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::close_slot(a, screening_closed, odd.at("screening.reason")); }));
    book(guest("pressure", "沈罘罳"), pressure);
    book(guest("pressure_too", "沈罘罳"), pressure);
    const auto waits = guest("pressure_waits", "韩斝爵"), signs_up = guest("signed_up", "朱鬻子");
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::join_waiting(a, {waits, pressure, false}); }));
    book(guest("pressure_off", "杨犨牛"), pressure_closed);
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::close_slot(a, pressure_closed, odd.at("pressure.reason")); }));
    (void)sure(by(a_clerk(), [&](store::Act& a) { return booking::sign_up(a, signs_up, singing); }));
    odd.erase("guest.pressure_too.name");
  }

  void request_records() {
    const auto ask = [&](village::PersonId p, const std::string& offer) { return sure(by(a_clerk(), [&](store::Act& a) { return request::ask(a, {p, offer}); })).request; };
    // Said aloud: that it was is told by how long it took, which no other recording did; what was said is told to nobody.
    const auto aloud = [&](request::RequestId id, const std::string& record, int seconds, const std::string& voice) {
      request::SaidFile file(folder / "data", voice, sure(request::may_say(store->reader(a_clerk()), id)), seconds);
      (void)sure(by(a_clerk(), [&](store::Act& a) { return request::say(a, id, file); }));
      file.keep();
      odd[record + ".said"] = std::to_string(seconds) + "秒上下";
      odd[record + ".voice"] = voice;
    };
    (void)ask(wang, "own_sealed");
    aloud(ask(wang, "own_help"), "own_help", 3010, "饕餮之声二");
    (void)ask(guest("sealed", "秦靁霆"), "guest_sealed");
    aloud(ask(guest("helped", "尤豳风"), "guest_help"), "guest_help", 3020, "饕餮之声四");
    store->close_opened();  // the session in which it was asked is over
    guest("urgent", "许鬱金");
    (void)sure(by(machine(), [&](store::Act& a) { return request::raise_urgent(a, guests.at("urgent")); }));
  }

  void notice_records() {
    const auto say = [&](const Viewer& who, const std::string& offer, const std::string& word, int from, std::optional<village::PersonId> about = {}) {
      notice::Publish p;
      p.offer = offer;
      p.title = word;
      p.text = word + "。";
      p.picture = "📜";
      p.from = today + std::chrono::days(from);
      p.until = p.from + std::chrono::days(20);
      p.about = about;
      p.read_to_them = about.has_value();
      return sure(by(who, [&](store::Act& a) { return notice::publish(a, p); })).notice;
    };
    const auto clerk_of_there = staff(Role::clerk, clerk_there, guests.at("clerk_there"), there);
    (void)say(a_clerk(), "policies", odd.at("notice.here"), 0);
    (void)say(clerk_of_there, "policies", odd.at("notice.there"), 0);
    (void)say(a_clerk(), "policies", odd.at("notice.coming"), 5);
    const auto retired = say(a_clerk(), "policies", odd.at("notice.retired"), 0);
    (void)sure(by(a_clerk(), [&](store::Act& a) { return notice::retire(a, retired, notice::Reason::mistaken); }));
    const auto story = say(a_clerk(), "stories", odd.at("notice.waits_for_yes"), 0, guest("of_story", "何麀鹿"));
    notice::Amend other_words;
    other_words.notice = story;
    other_words.text = odd.at("notice.waits_for_yes") + "，又写了。";
    (void)sure(by(a_clerk(), [&](store::Act& a) { return notice::amend(a, other_words); }));
    const auto job = say(a_clerk(), "odd_job", "寻常活", 0);
    const auto wants = guest("wants_work", "吕黼黻");
    (void)sure(by(a_clerk(), [&](store::Act& a) { return notice::want(a, job, wants); }));
  }

  void remember_keys() {
    const auto r = store->reader(machine());
    keys = {"", "card", "fetch", "arrive", "full", "rung", "2026-11-24", "2026-11-27", "2026-11-28", "2026-11", "on:2026-11-24", "people", "odd_screening", "odd_pressure",
            "odd_screening/2026-11-27", "odd_pressure/2026-11-27", "policies", "stories", "odd_job", "own_sealed", "guest_sealed", group.text(), house.text(),
            child.text() + "/" + mother.text()};
    for (const auto& p : {wang, child, mother}) keys.push_back(p.text());
    keys.push_back(clerk.text());
    for (const char* table : {"village_activity", "attendance_stay", "attendance_refused_fetch", "booking_slot", "booking_place", "request_request", "notice_notice"})
      for (auto rows = r.query(std::string("SELECT id FROM ") + table + (table == std::string_view("attendance_stay") ? " WHERE went IS NULL" : "")); const auto row : rows)
        keys.push_back(row.get<base::Uuid>(0).text());
    for (auto rows = r.query("SELECT id FROM request_request"); const auto row : rows) keys.push_back("good@" + row.get<base::Uuid>(0).text());
    for (const auto& shape : shapes::all())
      for (const auto& sheet : shape.sheets) keys.emplace_back(sheet.name);
  }
};

}  // namespace canary
