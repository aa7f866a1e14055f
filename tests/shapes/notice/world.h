// A small village on a real database with a clock that stands still: one kiosk, or two that hear of each other.
#pragma once

#include "shapes/notice/tables.h"
#include "shapes/shape.h"
#include "store/store.h"
#include "village/places.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

namespace world {

using namespace notice;
using store::Act;
using store::Known;
using store::Role;
using store::Viewer;
using village::PersonId;

inline const base::Day today = base::day(std::chrono::year{2026} / 11 / 24);  // a Tuesday

inline void load_catalogue() {
  static const bool once = [] {
    std::vector<base::Wrong> wrong;
    auto catalogue = village::Catalogue::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong);
    shapes::use_catalogue(std::move(catalogue), wrong);
    notice::take_offers(shapes::catalogue(), wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    return true;
  }();
  (void)once;
}

inline const base::Words& words(const std::string& language = "zh-CN") {
  static std::map<std::string, base::Words> loaded;
  auto& w = loaded[language];
  if (w.language().empty()) {
    std::vector<base::Wrong> wrong;
    w = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
  }
  return w;
}

inline store::Contract contract() {
  store::Contract c;
  c.kinds = village::fact_kinds();
  const auto shape = notice::shape();
  c.kinds.insert(c.kinds.end(), shape.facts.begin(), shape.facts.end());
  return c;
}

inline base::Instant at(base::Day day, int hour, int minute = 0) { return base::instant_at(day, base::Minutes{hour * 60 + minute}, base::Place{}); }

struct Kiosk {
  explicit Kiosk(std::uint64_t seed = 1) : clock(at(today, 9)) {
    load_catalogue();
    folder = std::filesystem::temp_directory_path() / ("notice-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::remove_all(folder);
    store = std::make_unique<store::Store>(folder, contract(), clock, store::Store::Options{.seed = seed});
  }
  ~Kiosk() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  Kiosk(const Kiosk&) = delete;

  // Runs a deed as this viewer and commits it.
  template <class F>
  auto as(const Viewer& viewer, F deed) {
    Act act(*store, viewer);
    auto result = deed(act);
    act.commit();
    return result;
  }
  store::Reader eyes(const Viewer& viewer) { return store->reader(viewer); }
  std::vector<store::Fact> facts() {
    std::vector<store::Fact> all;
    store->each_fact(0, [&](std::int64_t, const store::Fact& f) {
      all.push_back(f);
      return true;
    });
    return all;
  }
  void hear(const std::vector<store::Fact>& facts) {
    Act act(*store, Viewer::clockwork({}));
    for (const auto& f : facts) act.accept(f);
    act.commit();
  }

  base::FixedClock clock;
  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  static inline int count = 0;
};

// A women's home and a day-care centre of one village; some people; a clerk.
struct Village : Kiosk {
  explicit Village(std::uint64_t seed = 1) : Kiosk(seed) {
    const auto rule = Viewer::clockwork({});
    village = as(rule, [](Act& a) { return village::save_village(a, {}, "双塔村", "lunar:1,4,7"); });
    group = as(rule, [&](Act& a) { return village::save_group(a, {}, village, 1, "", "🌳"); });
    home = add_site("womens_home", "妇女之家");
    centre = add_site("day_care_centre", "双塔村幸福院");
    house = *as(rule, [&](Act& a) { return village::save_household(a, {{}, village, group, "1", {}, {}}); });
    mother = add("王秀兰", "f", 40, {"woman"});
    grandmother = add("李桂花", "f", 72, {"elder"});
    child = add("刘小虎", "m", 9, {"child"});
    guardian = add("刘大妈", "f", 62, {"elder"});
    (void)as(rule, [&](Act& a) { return village::save_carer(a, {child, guardian, "grandmother", true, true, false}); });
    clerk_person = add("马文书", "m", 45, {});
    clerk_id = *as(Viewer::clockwork(home.value), [&](Act& a) {
      village::StaffEdit s;
      s.person = clerk_person;
      s.number = "101";
      s.role = Role::clerk;
      s.pin_hash = "x";
      return village::save_staff(a, s);
    });
  }

  village::SiteId add_site(const std::string& kind, const std::string& name) {
    return *as(Viewer::clockwork({}), [&](Act& a) { return village::save_site(a, {{}, village, kind, name, {}, {}}); });
  }
  PersonId add(const std::string& name, const std::string& sex, int age, std::vector<std::string> tags) {
    return *as(Viewer::clockwork(home.value), [&](Act& a) {
      village::PersonEdit p;
      p.name = name;
      p.sex = sex;
      p.born = base::day(std::chrono::year{2026 - age} / 3 / 5);
      p.household = house;
      p.tags = std::move(tags);
      return village::save_person(a, p);
    });
  }
  Viewer staff(Role role, village::SiteId site) const { return Viewer::of_staff(site.value, role, clerk_id.value, clerk_person.value); }
  Viewer clerk() const { return staff(Role::clerk, home); }
  Viewer by_face(PersonId p) const { return Viewer::resident(home.value, p.value, Known::face); }
  Viewer nobody() const { return Viewer::nobody(home.value); }

  Publish safety() const { return {"safety", "烧炕防煤气", "睡前看一看烟筒。", "🔥", today, today + std::chrono::days(10), {}, false, {}, false}; }
  Publish job() const { return {"jobs_board", "摘苹果招人", "一天一百二。", "🍎", today, today + std::chrono::days(10), {}, false, {}, false}; }
  Publish story() const { return {"stories", "村里的好婆婆", "她一个人看两个孙子。", "🌟", today, today + std::chrono::days(10), {}, false, grandmother, true}; }
  std::expected<Receipt, Refusal> say_as(const Viewer& v, const Publish& p) {
    return as(v, [&](Act& a) { return publish(a, p); });
  }
  NoticeId say(const Publish& p) {
    const auto r = say_as(clerk(), p);
    EXPECT_TRUE(r.has_value()) << name(r.error());
    return r.value_or(Receipt{}).notice;
  }
  std::vector<std::string> titles(const Viewer& v) {
    std::vector<std::string> all;
    for (const auto& n : current(eyes(v), base::day_of(clock.now(), base::Place{}))) all.push_back(n.title);
    return all;
  }
  void go_to(int days) { clock.set(at(today + std::chrono::days(days), 9)); }

  village::VillageId village;
  village::GroupId group;
  village::SiteId home, centre;
  village::HouseholdId house;
  PersonId mother, grandmother, child, guardian, clerk_person;
  village::StaffId clerk_id;
};

}  // namespace world
