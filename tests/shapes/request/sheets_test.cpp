// Sheets, figures, lines about a person, and the demo's past.
#include "place.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

using namespace request;
using request_test::Known;
using request_test::Place;
using request_test::Viewer;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

base::Words words_of(const char* language) {
  std::vector<base::Wrong> wrong;
  auto words = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", language, wrong);
  EXPECT_THAT(wrong, IsEmpty()) << base::to_string(wrong);
  return words;
}

class RequestSheets : public Place {
 protected:
  std::map<std::string, std::vector<base::Cell>> columns_of(const std::string& name) {
    std::map<std::string, std::vector<base::Cell>> cells;
    const auto reader = store.reader(as(manager));
    for (const auto& sheet : request::shape().sheets)
      if (sheet.name == name)
        sheet.rows(reader, zh, {{}, reader.today(), reader.today(), true}, [&](const std::vector<base::Cell>& row) {
          ASSERT_EQ(row.size(), sheet.columns.size());
          for (std::size_t i = 0; i < row.size(); ++i) cells[sheet.columns[i].name].push_back(row[i]);
        });
    return cells;
  }
  base::Words zh = words_of("zh-CN");
};

TEST_F(RequestSheets, the_ledger_tells_times_and_whether_it_was_late) {
  const auto id = asked(wang);
  minutes_pass(12);
  (void)by(as(xiao_wang), [&](store::Act& act) { return take(act, id); });
  minutes_pass(30);
  (void)by(as(xiao_wang), [&](store::Act& act) { return finish(act, id); });
  (void)by(as(wang), [&](store::Act& act) { return rate(act, id, Answer::fair); });
  (void)asked(li, "repair");
  const auto c = columns_of("request.ledger");
  ASSERT_THAT(c.at("site"), SizeIs(2));
  EXPECT_EQ(c.at("offer")[0], base::Cell{std::string("送饭")});
  EXPECT_EQ(c.at("person")[0], base::Cell{std::string("王秀兰")});
  EXPECT_EQ(c.at("minutes_to_accept")[0], base::Cell{base::Minutes{12}});
  EXPECT_EQ(c.at("minutes_to_finish")[0], base::Cell{base::Minutes{42}});
  EXPECT_EQ(c.at("late")[0], base::Cell{std::string("超时")});
  EXPECT_EQ(c.at("answer")[0], base::Cell{std::string("一般")});
  EXPECT_EQ(c.at("lead")[0], base::Cell{std::string("乡社会发展办（民政）")});
  EXPECT_EQ(c.at("handled_by")[0], base::Cell{std::string("王芳")});
  EXPECT_EQ(c.at("finished")[1], base::Cell{base::NotFilledIn{}}) << "what is open has no end, not a nought";
  EXPECT_EQ(c.at("late")[1], base::Cell{std::string("没超时")});
}

TEST_F(RequestSheets, the_summary_gives_the_share_helped_with_how_many_said_so) {
  for (const auto& [who, answer] : {std::pair{wang, Answer::good}, std::pair{li, Answer::bad}}) {
    const auto id = asked(who);
    (void)by(as(xiao_wang), [&](store::Act& act) { return finish(act, id); });
    (void)by(as(who), [&, a = answer](store::Act& act) { return rate(act, id, a); });
  }
  const auto left = asked(mei);
  (void)by(as(mei), [&](store::Act& act) { return cancel(act, left); });
  const auto open = asked(mei);
  (void)open;
  minutes_pass(40);
  const auto c = columns_of("request.summary");
  ASSERT_THAT(c.at("offer"), SizeIs(1));
  EXPECT_EQ(c.at("requests")[0], base::Cell{std::int64_t{4}});
  EXPECT_EQ(c.at("handled")[0], base::Cell{std::int64_t{2}});
  EXPECT_EQ(c.at("open")[0], base::Cell{std::int64_t{1}});
  EXPECT_EQ(c.at("taken_back")[0], base::Cell{std::int64_t{1}});
  EXPECT_EQ(c.at("late_count")[0], base::Cell{std::int64_t{1}});
  EXPECT_EQ(c.at("answers")[0], base::Cell{std::int64_t{2}});
  EXPECT_EQ(c.at("helped")[0], base::Cell{base::Share{0.5}});
}

TEST_F(RequestSheets, nobody_said_anything_is_not_filled_in) {
  (void)asked(wang);
  EXPECT_EQ(columns_of("request.summary").at("helped")[0], base::Cell{base::NotFilledIn{}});
}

TEST_F(RequestSheets, every_word_they_need_is_there_in_both_languages) {
  for (const auto* language : {"zh-CN", "en"}) {
    const auto words = words_of(language);
    const auto shape = request::shape();
    for (const auto& sheet : shape.sheets) {
      EXPECT_TRUE(words.has("request.sheet." + std::string(sheet.name.substr(8)) + ".title")) << sheet.name;
      for (const auto& column : sheet.columns) EXPECT_TRUE(words.has(column.title_key)) << column.title_key;
    }
    for (const auto& figure : shape.figures) EXPECT_TRUE(words.has("request.figure." + std::string(figure.name))) << figure.name;
    for (int r = 0; r <= static_cast<int>(Refusal::nobody_to_go); ++r)
      EXPECT_TRUE(words.has("request.refused." + std::string(name(static_cast<Refusal>(r))))) << name(static_cast<Refusal>(r));
  }
}

TEST_F(RequestSheets, figures_count_what_is_to_be_done) {
  readers_have_keys();
  (void)asked(wang);
  (void)asked(mei, "mediation");
  minutes_pass(31);
  const auto shape = request::shape();
  const auto value = [&](std::string_view figure, const Viewer& viewer) {
    for (const auto& f : shape.figures)
      if (f.name == figure) return f.value(store.reader(viewer));
    return std::optional<shapes::Figure::Value>{};
  };
  EXPECT_EQ(value("help", as(xiao_wang))->now, 1) << "what is confidential is not even counted";
  EXPECT_EQ(value("help", as(xiao_wang))->late, 1);
  EXPECT_FALSE(value("confidential", as(xiao_wang)));
  EXPECT_FALSE(value("confidential", as(clerk))) << "before she has opened it";
  EXPECT_EQ(value("confidential", opens_as(clerk))->now, 1);
  EXPECT_EQ(value("help", as(clerk))->now, 2);
  EXPECT_FALSE(value("help", as(wang)));
}

TEST_F(RequestSheets, a_person_reads_where_own_requests_stand) {
  (void)asked(wang);
  (void)asked(wang, "aid");
  std::vector<shapes::About> lines;
  request::shape().about(store.reader(as(wang)), wang, zh, lines);
  ASSERT_THAT(lines, SizeIs(2));
  for (const auto& line : lines) EXPECT_EQ(line.line.find("家里有难"), std::string::npos) << "harmless words while only the face is known";
  lines.clear();
  request::shape().about(store.reader(as(li)), wang, zh, lines);
  EXPECT_THAT(lines, IsEmpty());
}

TEST_F(RequestSheets, the_demo_past_is_lively_and_the_same_for_the_same_seed) {
  const auto play = [&](std::uint64_t seed) {
    request_test::Folder folder;
    base::FixedClock past(clock.now());
    store::Store demo(folder.path, request_test::contract(), past);
    demo.take_keys(store.keys().all());
    {
      store::Act act(demo, clockwork());
      store.each_fact(0, [&](std::int64_t, const store::Fact& f) {
        act.accept(f);
        return true;
      });
      act.commit();
    }
    std::mt19937_64 random(seed);
    shapes::DemoVillage village;
    village.village = this->village;
    const auto eyes = demo.reader(clockwork());
    village.sites = village::sites(eyes);
    village.staff = village::staff(eyes);
    for (int i = 0; i < 80; ++i) village.elders.push_back(*village::person(eyes, wang));
    shapes::Demo d{demo, past, random, village, zh, 60};
    const auto today = eyes.today();
    {
      store::Store::Bulk bulk(demo);
      for (int day = 60; day >= 0; --day) request::shape().demo_day(d, today - std::chrono::days(day));
      request::shape().demo_ahead(d);
      bulk.checkpoint();
    }
    EXPECT_EQ(past.now(), clock.now());
    std::vector<std::int64_t> counts;
    const auto late = "open = 1 AND due < " + std::to_string(clock.now().time_since_epoch().count());
    for (const auto& where : {std::string("1"), std::string("state = 'confirmed'"), std::string("open = 1"), late, std::string("kind = 'urgent' AND open = 1 AND state = 'asked'"), std::string("was_late = 1"),
                                    std::string("state = 'cancelled'"), std::string("round > 1")})
      counts.push_back(eyes.count("SELECT count(*) FROM request_request WHERE " + where));
    return counts;
  };
  const auto counts = play(11);
  EXPECT_GT(counts[0], 60);
  EXPECT_GT(counts[1], 25);
  EXPECT_GT(counts[2], 2);
  EXPECT_GE(counts[3], 1) << "one is overdue";
  EXPECT_EQ(counts[4], 0) << "no alarm stands";
  EXPECT_GT(counts[5], 0);
  EXPECT_EQ(play(11), counts);
}

}  // namespace
