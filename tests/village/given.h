// A small village: Shanwan with two groups, a day-care centre and a rainbow room, a manager, a clerk, a volunteer, and a few people.
#pragma once

#include "store/act.h"
#include "village/keys.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace given {

struct Place {
  std::filesystem::path folder;
  base::FixedClock clock{base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{9 * 60}, {})};  // a Tuesday
  std::optional<store::Store> store;

  Place() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanzhan-XXXXXX").string();
    folder = mkdtemp(name.data());
    store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock);
  }
  Place(const Place&) = delete;
  ~Place() {
    store.reset();
    std::error_code none;
    std::filesystem::remove_all(folder, none);
  }

  // Does one deed in one act and commits it whatever the answer, as app/acts does for guesses.
  template <class Deed>
  auto act(const store::Viewer& viewer, Deed deed) {
    store::Act a(*store, viewer);
    auto answer = deed(a);
    a.commit();
    return answer;
  }
  // The township's key, given to this kiosk.
  store::KeyPair a_township() {
    auto pair = store::KeyPair::make();
    std::ofstream(folder / "township.key") << store::text_of(pair.open_to_all()) << "\n";
    return pair;
  }
  [[nodiscard]] store::Reader as(const store::Viewer& viewer) { return store->reader(viewer); }
  [[nodiscard]] std::vector<store::Fact> facts() {
    std::vector<store::Fact> all;
    store->each_fact(0, [&](std::int64_t, const store::Fact& f) { all.push_back(f); return true; });
    return all;
  }
  [[nodiscard]] int facts_of_kind(std::string_view kind) {
    return static_cast<int>(store->reader({}).count("SELECT count(*) FROM journal_fact WHERE kind = ?", kind));
  }
};

inline base::Day day(int year, unsigned month, unsigned d) { return base::day(std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(d)); }

struct Shanwan : Place {
  village::VillageId shanwan;
  village::GroupId first, second;
  village::SiteId centre, room;
  village::HouseholdId house;
  village::PersonId wang, shan, hu, mother, xiaowang, liu, secretary;
  village::StaffId volunteer, clerk, manager;

  store::Viewer machine() { return store::Viewer::clockwork(centre.value); }
  store::Viewer nobody() { return store::Viewer::nobody(centre.value); }
  store::Viewer resident(village::PersonId p, store::Known how = store::Known::face) { return store::Viewer::resident(centre.value, p.value, how); }
  store::Viewer staff(store::Role role) {
    const auto id = role == store::Role::manager ? manager : role == store::Role::clerk ? clerk : volunteer;
    const auto who = role == store::Role::manager ? secretary : role == store::Role::clerk ? xiaowang : liu;
    return store::Viewer::of_staff(centre.value, role, id.value, who.value);
  }
  store::Viewer a_volunteer() { return staff(store::Role::volunteer); }
  store::Viewer a_clerk() { return staff(store::Role::clerk); }
  store::Viewer a_manager() { return staff(store::Role::manager); }

  village::PersonId person(const std::string& name, const std::string& sex, base::Day born, std::vector<std::string> tags, const std::string& phone = "") {
    return act(machine(), [&](store::Act& a) {
             return village::save_person(a, {.name = name, .sex = sex, .phone = phone, .born = born, .household = house, .tags = tags, .sites = std::vector{centre}});
           }).value();
  }
  village::StaffId account(village::PersonId who, const std::string& number, store::Role role, const std::string& pin) {
    return act(machine(), [&](store::Act& a) {
             return village::save_staff(a, {.person = who, .number = number, .role = role, .pin_hash = village::hash_pin(pin, 1, 0), .key = village::wrap_key(store::KeyPair::make(), pin, 1, 0), .site = centre});
           }).value();
  }

  Shanwan() {
    act(machine(), [&](store::Act& a) {
      shanwan = village::save_village(a, {}, "山湾村", "lunar:1,4,7");
      first = village::save_group(a, {}, shanwan, 1, "一组", "🌳");
      second = village::save_group(a, {}, shanwan, 2, "二组", "🌉");
      centre = village::save_site(a, {.village = shanwan, .kind = "day_care_centre", .name = "幸福院", .seats = 20, .phone = "6612345"}).value();
      room = village::save_site(a, {.village = shanwan, .kind = "rainbow_room", .name = "七彩小屋"}).value();
      house = village::save_household(a, {.group = first, .number = "12", .phone = "6698888"}).value();
      return 0;
    });
    wang = person("王秀兰", "f", day(1948, 3, 5), {"elder", "hardship"}, "13800001234");
    shan = person("单雄", "m", day(1950, 6, 1), {"elder"}, "138-0000-5678");
    hu = person("王小虎", "m", day(2018, 9, 9), {"child"});
    mother = person("李桂香", "f", day(1986, 1, 20), {"woman"});
    xiaowang = person("王敏", "f", day(1996, 4, 4), {});
    liu = person("刘婶儿", "f", day(1975, 4, 4), {"volunteer"});
    secretary = person("赵国强", "m", day(1970, 4, 4), {});
    volunteer = account(liu, "3", store::Role::volunteer, "274913");
    clerk = account(xiaowang, "2", store::Role::clerk, "613829");
    manager = account(secretary, "1", store::Role::manager, "940275");
    act(machine(), [&](store::Act& a) {
      (void)village::save_carer(a, {.child = hu, .adult = mother, .relation = "mother", .guardian = true, .may_fetch = true}).value();
      (void)village::save_carer(a, {.child = hu, .adult = wang, .relation = "grandmother", .may_fetch = true}).value();
      (void)village::save_carer(a, {.child = hu, .adult = liu, .relation = "neighbour"}).value();
      return 0;
    });
  }
};

template <class T>
std::vector<std::string> names(const std::vector<T>& of) {
  std::vector<std::string> out;
  for (const auto& one : of) {
    if constexpr (requires { one.face; }) out.push_back(one.face.name);
    else out.push_back(one.name);
  }
  return out;
}

}  // namespace given

#define EXPECT_REFUSED(answer, why) \
  do { \
    const auto& given_answer = (answer); \
    ASSERT_FALSE(given_answer.has_value()) << "was not refused"; \
    EXPECT_EQ(village::name(given_answer.error()), village::name(village::Refusal::why)); \
  } while (false)
