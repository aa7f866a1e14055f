// A small village on a real database with a clock that stands still: one kiosk, or two that hear of each other.
#pragma once

#include "shapes/booking/tables.h"
#include "shapes/shape.h"
#include "store/store.h"
#include "village/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

namespace world {

using namespace booking;
using base::Minutes;
using store::Act;
using store::Known;
using store::Role;
using store::Viewer;
using village::PersonId;

inline const base::Day today = base::day(std::chrono::year{2026} / 11 / 24);  // a Tuesday

inline const village::Catalogue& load_catalogue() {
  static const bool once = [] {
    std::vector<base::Wrong> wrong;
    auto catalogue = village::Catalogue::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong);
    shapes::use_catalogue(std::move(catalogue), wrong);
    booking::take_offers(shapes::catalogue(), wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    return true;
  }();
  (void)once;
  return shapes::catalogue();
}

inline store::Contract contract() {
  store::Contract c;
  c.kinds = village::fact_kinds();
  const auto shape = booking::shape();
  c.kinds.insert(c.kinds.end(), shape.facts.begin(), shape.facts.end());
  // As shapes/reactions.cpp does it.
  c.reactions = {{"village.activity_cancelled", [](store::Act& act, const store::Fact& f) { (void)activity_cancelled(act, village::ActivityId{f.subject}); }}};
  return c;
}

inline base::Instant at(base::Day day, int hour, int minute = 0) { return base::instant_at(day, Minutes{hour * 60 + minute}, base::Place{}); }

struct Kiosk {
  explicit Kiosk(std::uint64_t seed = 1) : clock(at(today, 9)) {
    load_catalogue();
    folder = std::filesystem::temp_directory_path() / ("booking-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::remove_all(folder);
    store = std::make_unique<store::Store>(folder, contract(), clock, store::Store::Options{.seed = seed});
  }
  ~Kiosk() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  Kiosk(const Kiosk&) = delete;

  // Runs a deed as this viewer and commits it when it was allowed.
  template <class F>
  auto as(const Viewer& viewer, F deed) {
    Act act(*store, viewer);
    auto result = deed(act);
    act.commit();
    return result;
  }
  store::Reader eyes(const Viewer& viewer) { return store->reader(viewer); }

  base::FixedClock clock;
  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  static inline int count = 0;
};

// A women's home, a day-care centre and a rainbow room of one village; some people; a clerk and a volunteer.
struct Village : Kiosk {
  explicit Village(std::uint64_t seed = 1) : Kiosk(seed) {
    const auto rule = Viewer::clockwork({});
    village = as(rule, [](Act& a) { return village::save_village(a, {}, "双塔村", "lunar:1,4,7"); });
    group = as(rule, [&](Act& a) { return village::save_group(a, {}, village, 1, "", "🌳"); });
    home = add_site("womens_home", "妇女之家");
    centre = add_site("day_care_centre", "双塔村幸福院");
    room = add_site("rainbow_room", "七彩小屋");
    house = *as(rule, [&](Act& a) { return village::save_household(a, {{}, village, group, "1", {}, {}}); });
    mother = add("王秀兰", "f", 40, {"woman"});
    grandmother = add("李桂花", "f", 72, {"elder"});
    grandfather = add("张有福", "m", 75, {"elder"});
    girl = add("赵小燕", "f", 20, {"woman"});
    child = add("刘小虎", "m", 9, {"child"});
    guardian = add("刘大妈", "f", 62, {"elder"});
    nameless = add("周来弟", "", std::nullopt, {"woman"});
    (void)as(rule, [&](Act& a) { return village::save_carer(a, {child, guardian, "grandmother", true, true, false}); });
    clerk_person = add("马文书", "m", 45, {});
    volunteer_person = add("小王", "f", 30, {"volunteer"});
    clerk_id = add_staff(clerk_person, "101", Role::clerk);
    volunteer_id = add_staff(volunteer_person, "102", Role::volunteer);
  }

  village::SiteId add_site(const std::string& kind, const std::string& name) {
    return *as(Viewer::clockwork({}), [&](Act& a) { return village::save_site(a, {{}, village, kind, name, {}, {}}); });
  }
  PersonId add(const std::string& name, const std::string& sex, std::optional<int> age, std::vector<std::string> tags) {
    return *as(Viewer::clockwork(home.value), [&](Act& a) {
      village::PersonEdit p;
      p.name = name;
      p.sex = sex;
      if (age) p.born = base::day(std::chrono::year{2026 - *age} / 3 / 5);
      p.household = house;
      p.tags = std::move(tags);
      return village::save_person(a, p);
    });
  }
  village::StaffId add_staff(PersonId person, const std::string& number, Role role) {
    return *as(Viewer::clockwork(home.value), [&](Act& a) {
      village::StaffEdit s;
      s.person = person;
      s.number = number;
      s.role = role;
      s.pin_hash = "x";
      return village::save_staff(a, s);
    });
  }

  Viewer clerk(village::SiteId site) const { return Viewer::of_staff(site.value, Role::clerk, clerk_id.value, clerk_person.value); }
  Viewer clerk() const { return clerk(home); }
  Viewer manager() const { return Viewer::of_staff(home.value, Role::manager, clerk_id.value, clerk_person.value); }
  Viewer volunteer(village::SiteId site) const { return Viewer::of_staff(site.value, Role::volunteer, volunteer_id.value, volunteer_person.value); }
  Viewer volunteer() const { return volunteer(home); }
  Viewer by_card(PersonId p) const { return Viewer::resident(home.value, p.value, Known::card); }
  Viewer by_face(PersonId p) const { return Viewer::resident(home.value, p.value, Known::face); }

  SlotId open(const std::string& offer, village::SiteId site, base::Day day, int hour, int places = 2) {
    const auto made = as(clerk(site), [&](Act& a) { return set_slot(a, {{}, site, offer, day, Minutes{hour * 60}, Minutes{hour * 60 + 60}, places, "大夫", 0}); });
    EXPECT_TRUE(made.has_value()) << name(made.error());
    return made.value_or(SlotId{});
  }
  SlotId screening(int in_days = 3, int places = 2, int hour = 9) { return open("womens_screening", home, today + std::chrono::days(in_days), hour, places); }
  SlotId pressure(int in_days = 3, int places = 2, int hour = 9) { return open("health_check", centre, today + std::chrono::days(in_days), hour, places); }
  void agree_to(const std::string& offer, PersonId p) {
    const auto yes = as(by_card(p), [&](Act& a) { return agree(a, p, offer, true); });
    EXPECT_TRUE(yes.has_value());
  }
  std::expected<Receipt, Refusal> book_as(const Viewer& v, PersonId p, SlotId s) {
    return as(v, [&](Act& a) { return book(a, {p, s, false}); });
  }
  village::ActivityId activity(std::optional<int> places, int in_days = 1, const std::string& offer = "recreation_signup") {
    return *as(clerk(centre), [&](Act& a) {
      village::ActivityEdit e;
      e.site = centre;
      e.offer = offer;
      e.name = "唱戏";
      e.picture = "🥁";
      e.day = today + std::chrono::days(in_days);
      e.start = Minutes{14 * 60};
      e.end = Minutes{16 * 60};
      e.places = places;
      return village::save_activity(a, e);
    });
  }
  State state_of(BookingId id) {
    const auto b = booking_unasked(eyes(clerk()), id);
    return b ? b->state : State::moved;
  }

  village::VillageId village;
  village::GroupId group;
  village::SiteId home, centre, room;
  village::HouseholdId house;
  PersonId mother, grandmother, grandfather, girl, child, guardian, nameless, clerk_person, volunteer_person;
  village::StaffId clerk_id, volunteer_id;
};

}  // namespace world
