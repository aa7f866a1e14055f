// Finding one of 100 000 people: what a keystroke, a phone number, a card and a page of faces cost; and what a person costs to save.
//
// Beside each stands a bare look-up of one row by its key in the same database and run: compare ratios, not machines.
#include "store/act.h"
#include "village/places.h"

#include <array>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <random>

namespace {

constexpr int people = 100'000;

std::string some_name(std::mt19937& random) {
  static constexpr std::array surnames{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "单", "曾", "解", "仇"};
  static constexpr std::array given{"秀", "兰", "英", "桂", "香", "凤", "玉", "梅", "花", "珍", "国", "强", "建", "军", "志", "明", "福", "贵", "德", "宝", "长", "乐", "行", "重", "小", "虎", "红", "霞", "芳", "丽", "平", "安"};
  const auto pick = [&](const auto& of) { return std::string(of[std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random)]); };
  auto name = pick(surnames) + pick(given);
  if (random() % 3 != 0) name += pick(given);
  return name;
}

struct Village {
  std::filesystem::path folder;
  base::FixedClock clock{base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{540}, {})};
  std::optional<store::Store> store;
  village::SiteId site;
  village::GroupId group;
  village::PersonId somebody;
  store::Viewer machine, clerk;
  double people_per_second = 0;

  Village() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanzhan-bench-XXXXXX").string();
    folder = mkdtemp(name.data());
    store.emplace(folder, store::Contract{village::fact_kinds(), {}}, clock, store::Store::Options{.seed = 1});
    std::mt19937 random(1);
    store::Store::Bulk bulk(*store);
    std::vector<village::HouseholdId> houses;
    std::vector<village::GroupId> groups;
    {
      store::Act act(*store, store::Viewer::clockwork({}));
      const auto v = village::save_village(act, {}, "山湾村", "");
      site = village::save_site(act, {.village = v, .kind = "day_care_centre", .name = "幸福院"}).value();
      for (int g = 1; g <= 200; ++g) groups.push_back(village::save_group(act, {}, v, g, fmt::format("{}组", g), "🌳"));
      group = groups[7];
      for (int h = 0; h < people / 4; ++h)
        houses.push_back(village::save_household(act, {.group = groups[static_cast<std::size_t>(h) % groups.size()], .number = std::to_string(h), .phone = fmt::format("66{:06}", random() % 1000000)}).value());
      act.commit();
    }
    machine = store::Viewer::clockwork(site.value);
    clerk = store::Viewer::of_staff(site.value, store::Role::clerk, base::id_of("clerk"), {});
    const auto start = std::clock();  // processor time: others may be busy beside us
    for (int i = 0; i < people; ++i) {
      store::Act act(*store, machine);
      const auto id = village::save_person(act, {.name = some_name(random), .sex = random() % 2 == 0 ? "f" : "m", .phone = fmt::format("138{:08}", random() % 100000000),
                                                 .portrait = fmt::format("v1:{}:f:70", i), .born = base::day(std::chrono::year{2000} / 1 / 1) - std::chrono::days(random() % 30000),
                                                 .household = houses[static_cast<std::size_t>(i) % houses.size()], .tags = std::vector<std::string>{"elder"}, .sites = std::vector{site}})
                          .value();
      if (i == people / 2) somebody = id;
      if (i % 10 == 0) (void)village::give_card(act, id, fmt::format("NZ{:08}", i)).value();
      act.commit();
      if (i % 10'000 == 0) bulk.checkpoint();
    }
    people_per_second = people / (static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    bulk.checkpoint();
  }
  ~Village() {
    store.reset();
    std::error_code none;
    std::filesystem::remove_all(folder, none);
  }
};

Village& the_village() {
  static Village village;
  return village;
}

void bare_row_by_key(benchmark::State& state) {
  auto& v = the_village();
  const auto reader = v.store->reader(v.clerk);
  for (auto _ : state) benchmark::DoNotOptimize(reader.one<std::string>("SELECT name FROM village_person WHERE id = ?", v.somebody));
  state.counters["people_saved_per_cpu_s"] = v.people_per_second;
}
BENCHMARK(bare_row_by_key);

void find(benchmark::State& state, const char* typed) {
  auto& v = the_village();
  const auto reader = v.store->reader(v.clerk);
  std::size_t found = 0;
  for (auto _ : state) found = village::find(reader, typed).size();
  state.counters["found"] = static_cast<double>(found);
}
BENCHMARK_CAPTURE(find, one_initial, "w");
BENCHMARK_CAPTURE(find, three_initials, "wxl");
BENCHMARK_CAPTURE(find, three_initials_nobody_has, "wxq");
BENCHMARK_CAPTURE(find, spelling, "wangxiulan");
BENCHMARK_CAPTURE(find, spelling_and_initials_mixed, "wangxl");
BENCHMARK_CAPTURE(find, polyphonic, "sx");
BENCHMARK_CAPTURE(find, part_of_name, "秀兰");
BENCHMARK_CAPTURE(find, one_character, "王");
BENCHMARK_CAPTURE(find, phone_begins, "13812");
BENCHMARK_CAPTURE(find, card, "NZ00050000");
BENCHMARK_CAPTURE(find, house_number, "4242");
BENCHMARK_CAPTURE(find, nobody, "qqqq");
BENCHMARK_CAPTURE(find, sixteen_letters_nobody_has, "zhangzhangzhangx");

void by_phone_tail(benchmark::State& state) {
  auto& v = the_village();
  const auto reader = v.store->reader(store::Viewer::nobody(v.site.value));
  for (auto _ : state) benchmark::DoNotOptimize(village::by_phone_tail(reader, "1234"));
}
BENCHMARK(by_phone_tail);

void by_card(benchmark::State& state) {
  auto& v = the_village();
  const auto reader = v.store->reader(store::Viewer::nobody(v.site.value));
  for (auto _ : state) benchmark::DoNotOptimize(village::by_card(reader, "NZ00050000"));
}
BENCHMARK(by_card);

void a_page_of_faces(benchmark::State& state) {
  auto& v = the_village();
  const auto reader = v.store->reader(store::Viewer::nobody(v.site.value));
  for (auto _ : state) benchmark::DoNotOptimize(village::faces(reader, v.site, v.group, 24, 12));
}
BENCHMARK(a_page_of_faces);

}  // namespace
