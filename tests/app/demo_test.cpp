// The demo village as a whole: every shape's history in one journal, folded, dropped and folded again.
#include "app/demo_village.h"
#include "devices/wedge.h"
#include "shapes/shape.h"
#include "store/envelope.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace {

const std::filesystem::path source = NUANZHAN_SOURCE_DIR;

struct Demo : ::testing::Test {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("demo-" + std::to_string(::getpid()));
  base::FixedClock clock{base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{9 * 60 + 5}, base::Place{})};
  base::Words words;
  std::vector<base::Wrong> wrong;

  void SetUp() override {
    std::filesystem::remove_all(folder);
    std::set<std::string, std::less<>> built;
    for (const auto& shape : shapes::all()) built.emplace(shape.name);
    shapes::use_catalogue(village::Catalogue::load(source / "db/catalogue", built, wrong), wrong);
    words = base::Words::load(source / "assets/text", "zh-CN", wrong);
    ASSERT_TRUE(wrong.empty()) << base::to_string(wrong);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<store::Store> make(const char* name, std::uint64_t seed, nlohmann::json* made = nullptr) {
    auto s = std::make_unique<store::Store>(folder / name, shapes::contract(), clock, store::Store::Options{.seed = seed});
    app::DemoOptions options;
    options.residents = 120;
    options.days = 4;
    options.seed = seed;
    options.names = source / "db/demo/names.toml";
    auto j = app::make_demo(*s, clock, words, options, [](double, const char*) {});
    if (made != nullptr) *made = std::move(j);
    return s;
  }
};

// As it was said (what is stored is under people's keys, which are of chance), but the hashes of PINs and secrets, which are salted anew each time.
std::string said_by(store::Store& s) {
  std::vector<base::Uuid> subjects;
  std::set<base::Uuid> seen;
  s.each_fact(0, [&](std::int64_t, const store::Fact& f) {
    if (seen.insert(f.subject).second) subjects.push_back(f.subject);
    return true;
  });
  std::string all;
  const auto reader = s.reader(store::Viewer{});
  for (const auto& subject : subjects)
    for (const auto& f : reader.facts_of(subject))
      if (f.kind != store::envelope::kind)  // sealed anew each time
        all += f.kind + f.subject.text() + (f.kind == "village.staff_set" || f.kind == "village.secret_given" ? "" : f.body) + "\n";
  return all;
}

TEST_F(Demo, the_same_seed_gives_the_same_village) {
  const auto a = make("a", 7), b = make("b", 7), c = make("c", 8);
  EXPECT_EQ(said_by(*a), said_by(*b));
  EXPECT_NE(said_by(*a), said_by(*c));
}

TEST_F(Demo, its_tables_are_what_its_facts_say) {
  const auto s = make("a", 7);
  const auto before = s->fold_hash();
  EXPECT_GT(s->rebuild(), 500);
  EXPECT_EQ(s->fold_hash(), before);
  const auto chain = s->verify_chain();
  EXPECT_EQ(chain.broken_at, 0);
}

TEST_F(Demo, it_has_what_every_journey_needs) {
  nlohmann::json made;
  const auto s = make("a", 7, &made);
  EXPECT_GE(made["residents"].get<int>(), 120);
  EXPECT_EQ(made["staff"].size(), 5u);
  for (const auto& one : made["staff"]) {
    // Whoever may open what is confidential has the card for it.
    EXPECT_EQ(one.contains("card"), one["role"] != "volunteer") << one.dump();
    if (one.contains("card")) EXPECT_EQ(village::by_card(s->reader(store::Viewer::clockwork({})), devices::read_card(one["card"].get<std::string>()).value().code).value().text(), one["person"].get<std::string>());
  }
  EXPECT_GE(made["cards"].size(), 10u);
  EXPECT_GE(made["secrets"].size(), 3u);
  const auto r = s->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {}));
  for (const char* table : {"attendance_stay", "request_request", "booking_slot", "notice_notice", "village_carer", "village_duty"})
    EXPECT_GT(r.count(std::string("SELECT count(*) FROM ") + table), 0) << table;
  EXPECT_EQ(r.count("SELECT count(*) FROM (SELECT portrait FROM village_person GROUP BY portrait HAVING count(*) > 1)"), 0) << "no two faces alike";
  EXPECT_EQ(r.count("SELECT count(*) FROM journal_fact WHERE at > ?", clock.now()), 0) << "nothing has happened that is yet to come";
}

TEST_F(Demo, people_are_as_old_as_it_says_and_groups_go_by_their_number_in_every_language) {
  nlohmann::json made;
  const auto s = make("a", 7, &made);
  const auto r = s->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {}));
  const auto today = base::date_of(r.today());
  ASSERT_FALSE(made["cards"].empty());
  for (const auto& c : made["cards"]) {
    const auto p = village::person(r, *village::PersonId::parse(c["person"].get<std::string>()));
    ASSERT_TRUE(p && p->born);
    const auto born = base::date_of(*p->born);
    const int years = static_cast<int>(today.year()) - static_cast<int>(born.year()) - (today.month() / today.day() < born.month() / born.day() ? 1 : 0);
    EXPECT_EQ(years, c["age"].get<int>()) << base::iso(*p->born);
  }
  EXPECT_EQ(r.count("SELECT count(*) FROM village_group WHERE name <> ''"), 0);
}

}  // namespace
