// A small village on a real database with a clock that stands still, for attendance.
#pragma once

#include "shapes/attendance/attendance.h"
#include "shapes/shape.h"
#include "store/store.h"
#include "village/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace world {

using namespace attendance;
using base::Minutes;
using store::Act;
using store::Known;
using store::Role;
using store::Viewer;
using village::PersonId;

inline const base::Day today = base::day(std::chrono::year{2026} / 11 / 24);  // a Tuesday
inline base::Instant at(int hour, int minute = 0, base::Day day = today) { return base::instant_at(day, Minutes{hour * 60 + minute}, base::Place{}); }

inline store::Contract contract() {
  store::Contract c;
  c.kinds = village::fact_kinds();
  const auto shape = attendance::shape();
  c.kinds.insert(c.kinds.end(), shape.facts.begin(), shape.facts.end());
  return c;
}

struct Village {
  template <class F>
  auto as(const Viewer& viewer, F deed) {
    Act act(*store, viewer);
    auto result = deed(act);
    act.commit();
    return result;
  }

  explicit Village(std::uint64_t seed = 1) : clock(at(9, 5)) {
    static const bool once = [] {
      std::vector<base::Wrong> wrong;
      shapes::use_catalogue(village::Catalogue::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong), wrong);
      EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
      return true;
    }();
    (void)once;
    folder = std::filesystem::temp_directory_path() / ("attendance-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::remove_all(folder);
    store = std::make_unique<store::Store>(folder, contract(), clock, store::Store::Options{.seed = seed});
    const auto rule = Viewer::clockwork({});
    village = as(rule, [](Act& a) { return village::save_village(a, {}, "双塔村", "lunar:1,4,7"); });
    group = as(rule, [&](Act& a) { return village::save_group(a, {}, village, 1, "1组", "🌳"); });
    care = add_site("day_care_centre", "双塔村幸福院", 2);
    room = add_site("rainbow_room", "七彩小屋", 40);
    house = *as(rule, [&](Act& a) { return village::save_household(a, {{}, village, group, "1", {}, {}}); });
    granny = add("王秀兰", "f", 72, {"elder"}, {care});
    grandpa = add("张有福", "m", 75, {"elder"}, {care});
    third = add("李桂花", "f", 70, {"elder"}, {care});
    child = add("刘小虎", "m", 9, {"child"}, {room});
    other_child = add("赵小燕", "f", 10, {"child"}, {room});
    guardian = add("刘奶奶", "f", 66, {"elder"}, {});
    stranger = add("周来弟", "f", 40, {"woman"}, {});
    (void)as(rule, [&](Act& a) { return village::save_carer(a, {child, guardian, "grandmother", true, true, false}); });
    volunteer = Viewer::of_staff(room.value, Role::volunteer, add_staff(add("赵老师", "f", 30, {"volunteer"}, {}), "103", Role::volunteer).value, {});
    clerk = Viewer::of_staff(care.value, Role::clerk, add_staff(add("小王", "f", 29, {"volunteer"}, {}), "101", Role::clerk).value, {});
    klass = activity(room, "half_past_five", "四点半班", 16 * 60 + 30, 18 * 60);
  }
  ~Village() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  Village(const Village&) = delete;

  store::Reader eyes(const Viewer& viewer) { return store->reader(viewer); }
  Viewer by_face(PersonId p, std::optional<village::SiteId> site = {}) { return Viewer::resident(site.value_or(care).value, p.value, Known::face); }

  village::SiteId add_site(const std::string& kind, const std::string& name, int seats) {
    return *as(Viewer::clockwork({}), [&](Act& a) { return village::save_site(a, {{}, village, kind, name, seats, {}}); });
  }
  PersonId add(const std::string& name, const std::string& sex, int age, std::vector<std::string> tags, std::vector<village::SiteId> sites) {
    return *as(Viewer::clockwork({}), [&](Act& a) {
      village::PersonEdit p;
      p.name = name;
      p.sex = sex;
      p.born = base::day({std::chrono::year{2026 - age}, std::chrono::month{1}, std::chrono::day{5}});
      p.household = house;
      p.tags = std::move(tags);
      p.sites = std::move(sites);
      return village::save_person(a, p);
    });
  }
  village::StaffId add_staff(PersonId person, const std::string& number, Role role) {
    return *as(Viewer::clockwork({}), [&](Act& a) {
      village::StaffEdit s;
      s.person = person;
      s.number = number;
      s.role = role;
      s.pin_hash = "-";
      return village::save_staff(a, s);
    });
  }
  village::ActivityId activity(village::SiteId site, const std::string& offer, const std::string& name, int from, int to) {
    return *as(Viewer::clockwork(site.value), [&](Act& a) {
      village::ActivityEdit e;
      e.site = site;
      e.offer = offer;
      e.name = name;
      e.picture = "🎒";
      e.day = today;
      e.start = Minutes{from};
      e.end = Minutes{to};
      return village::save_activity(a, e);
    });
  }
  auto come(PersonId p) { return as(by_face(p), [&](Act& a) { return check_in(a, {p, "day_care", {}}); }); }
  auto go(PersonId p) { return as(by_face(p), [&](Act& a) { return check_out(a, p, "day_care"); }); }

  base::FixedClock clock;
  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  village::VillageId village;
  village::GroupId group;
  village::HouseholdId house;
  village::SiteId care, room;
  PersonId granny, grandpa, third, child, other_child, guardian, stranger;
  Viewer volunteer, clerk;
  village::ActivityId klass;
  static inline int count = 0;
};

}  // namespace world
