// A small village for tests of request: two groups, a day-care centre and a women's home, elders, a neighbour, three of staff.
#pragma once

#include "shapes/request/request.h"
#include "store/sealed.h"
#include "village/keys.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace request_test {

namespace fs = std::filesystem;
using store::Known;
using store::Role;
using store::Viewer;

// A folder that is gone after the test.
struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "request_test_XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path path;
};

inline store::Contract contract() {
  store::Contract c;
  c.kinds = village::fact_kinds();
  const auto request = request::shape();
  c.kinds.insert(c.kinds.end(), request.facts.begin(), request.facts.end());
  return c;
}

inline void use_shipped_catalogue() {
  std::vector<base::Wrong> wrong;
  shapes::use_catalogue(village::Catalogue::load(fs::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong), wrong);
  std::vector<base::Wrong> of_request;
  request::take_offers(shapes::catalogue(), of_request);
  ASSERT_TRUE(of_request.empty()) << base::to_string(of_request);
}

// Tuesday, 24 November 2026, 9:05 where the kiosk stands.
inline base::Instant morning() { return base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{9 * 60 + 5}, base::Place{}); }

class Place : public testing::Test {
 protected:
  Place() : clock(morning()), store(folder.path, contract(), clock) {}

  void SetUp() override {
    use_shipped_catalogue();
    store::Act act(store, Viewer::clockwork({}));
    village = village::save_village(act, {}, "双塔村", "lunar:1,4,7");
    first = village::save_group(act, {}, village, 1, "大槐树", "🌳");
    second = village::save_group(act, {}, village, 2, "桥头", "🌉");
    centre = *village::save_site(act, {.village = village, .kind = "day_care_centre", .name = "幸福院", .seats = 40, .phone = "5550101"});
    home = *village::save_site(act, {.village = village, .kind = "womens_home", .name = "妇女之家"});
    house = *village::save_household(act, {.village = village, .group = first, .number = "1-01"});
    other_house = *village::save_household(act, {.village = village, .group = second, .number = "2-01"});
    wang = person(act, "王秀兰", "f", 1948, house, {"elder"});
    li = person(act, "李守田", "m", 1950, other_house, {"elder", "hardship"});
    mei = person(act, "张小梅", "f", 1990, other_house, {"woman"});
    tiger = person(act, "王小虎", "m", 2018, house, {"child"});
    neighbour = person(act, "赵春花", "f", 1969, house, {"volunteer"});
    xiao_wang = staff(act, person(act, "王芳", "f", 1988, other_house, {"volunteer"}), "101", Role::volunteer);
    xiao_chen = staff(act, person(act, "陈静", "f", 1992, other_house, {"volunteer"}), "102", Role::volunteer);
    clerk = staff(act, person(act, "李红", "f", 1980, other_house, {}), "201", Role::clerk);
    manager = staff(act, person(act, "李支前", "m", 1970, other_house, {}), "301", Role::manager);
    EXPECT_TRUE(village::save_carer(act, {.child = tiger, .adult = wang, .relation = "奶奶", .guardian = true, .may_fetch = true}).has_value());
    for (int day = 0; day < 7; ++day)
      EXPECT_TRUE(village::save_duty(act, {.id = {}, .site = centre, .staff = xiao_wang, .weekday = day, .from = base::Minutes{480}, .until = base::Minutes{1080}}).has_value());
    act.commit();
  }

  village::PersonId person(store::Act& act, const std::string& name, const std::string& sex, int born, village::HouseholdId of, std::vector<std::string> tags) {
    village::PersonEdit edit;
    edit.name = name;
    edit.sex = sex;
    edit.born = base::day(std::chrono::year{born} / 5 / 1);
    edit.household = of;
    edit.tags = std::move(tags);
    edit.sites = std::vector{centre, home};
    return *village::save_person(act, edit);
  }
  village::StaffId staff(store::Act& act, village::PersonId who, const std::string& number, Role role) {
    village::StaffEdit edit;
    edit.person = who;
    edit.number = number;
    edit.role = role;
    edit.pin_hash = "x";
    return *village::save_staff(act, edit);
  }

  [[nodiscard]] Viewer nobody() const { return Viewer::nobody(centre.value); }
  [[nodiscard]] Viewer as(village::PersonId who, Known how = Known::face) const { return Viewer::resident(centre.value, who.value, how); }
  [[nodiscard]] Viewer as(village::StaffId who) const {
    auto reader = const_cast<store::Store&>(store).reader(Viewer::clockwork(centre.value));
    const auto account = village::staff_by_id(reader, who);
    return Viewer::of_staff(centre.value, account->role, who.value, account->person.value);
  }
  [[nodiscard]] Viewer clockwork() const { return Viewer::clockwork(centre.value); }

  // One deed in one transaction; a refusal says nothing.
  template <class Deed>
  auto by(const Viewer& viewer, Deed deed) {
    store::Act act(store, viewer);
    auto result = deed(act);
    if (result) act.commit();
    return result;
  }
  request::RequestId asked(village::PersonId who, const std::string& offer = "meals") {
    const auto r = by(as(who), [&](store::Act& act) { return request::ask(act, {who, offer}); });
    EXPECT_TRUE(r.has_value()) << offer;
    return r ? r->request : request::RequestId{};
  }
  [[nodiscard]] std::optional<request::Request> seen(const Viewer& viewer, request::RequestId id) { return request::one(store.reader(viewer), id); }
  template <class Deed>
  std::optional<request::Refusal> refusal(const Viewer& viewer, Deed deed) {
    const auto r = by(viewer, deed);
    return r ? std::nullopt : std::optional(r.error());
  }

  // As after the first right PIN.
  void has_key(village::StaffId who) {
    auto pair = store::KeyPair::make();
    const village::StaffKey key{store::text_of(pair.open_to_all()), "wrapped"};
    ASSERT_TRUE(by(clockwork(), [&](store::Act& act) { return village::save_staff(act, {.id = who, .pin_hash = "x", .key = key}); }));
    pairs.insert_or_assign(who, std::move(pair));
  }
  void readers_have_keys() {
    for (const auto who : {clerk, manager}) has_key(who);
  }
  // What the kiosk does when she has signed in: from now on this viewer sees what is sealed for her, and nobody else does.
  Viewer opens_as(village::StaffId who) {
    const auto viewer = as(who);
    store.show_opened(viewer, store.open_envelopes(pairs.at(who), who.value));
    return viewer;
  }

  void minutes_pass(int n) { clock.advance(std::chrono::minutes(n)); }

  std::map<village::StaffId, store::KeyPair> pairs;
  Folder folder;
  base::FixedClock clock;
  store::Store store;
  village::VillageId village;
  village::GroupId first, second;
  village::SiteId centre, home;
  village::HouseholdId house, other_house;
  village::PersonId wang, li, mei, tiger, neighbour;
  village::StaffId xiao_wang, xiao_chen, clerk, manager;
};

}  // namespace request_test
