// A service added as data - a row, words, a picture - is usable and reported, without a line of C++.
#include "shapes/attendance/attendance.h"
#include "shapes/shape.h"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

TEST(ServiceAsData, is_offered_used_and_reported) {
  const auto folder = std::filesystem::temp_directory_path() / ("service-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "catalogue");
  std::filesystem::create_directories(folder / "text/zh-CN");
  std::ofstream(folder / "catalogue/services.toml") << "[[service]]\nnumber = 101\ncode = \"tai_chi\"\ngroup = \"elder\"\npicture = \"🥋\"\n";
  std::ofstream(folder / "catalogue/offers.toml") << "[[offer]]\ncode = \"tai_chi\"\nservice = \"tai_chi\"\nshape = \"attendance\"\norder = 500\nsites = [\"day_care_centre\"]\naudience = [\"elder\"]\n"
                                                     "[offer.settings]\nway = \"open\"\nopens = \"06:00\"\ncloses = \"21:00\"\n";
  std::ofstream(folder / "text/zh-CN/catalogue.toml") << "[offer.tai_chi]\nlabel = \"打太极\"\nsay = \"打太极。\"\n[service.tai_chi]\nname = \"打太极\"\nshort = \"太极\"\n";

  std::vector<base::Wrong> wrong;
  const std::filesystem::path source = NUANZHAN_SOURCE_DIR;
  const std::vector<std::filesystem::path> folders{source / "db/catalogue", folder / "catalogue"};
  std::set<std::string, std::less<>> built;
  for (const auto& shape : shapes::all()) built.emplace(shape.name);
  shapes::use_catalogue(village::Catalogue::load(folders, built, wrong), wrong);
  auto words = base::Words::load(source / "assets/text", "zh-CN", wrong);
  const auto own = base::Words::load(folder / "text", "zh-CN", wrong);
  for (const auto& key : own.keys()) words.set(key, own.text(key));
  ASSERT_TRUE(wrong.empty()) << base::to_string(wrong);
  EXPECT_EQ(words.text("catalogue.offer.tai_chi.label"), "打太极");

  base::FixedClock clock(base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{7 * 60}, base::Place{}));
  store::Store store(folder / "data", shapes::contract(), clock);
  const auto as = [&](const store::Viewer& viewer, auto deed) {
    store::Act act(store, viewer);
    auto result = deed(act);
    act.commit();
    return result;
  };
  const auto rule = store::Viewer::clockwork({});
  const auto village = as(rule, [](store::Act& a) { return village::save_village(a, {}, "双塔村", ""); });
  const auto site = *as(rule, [&](store::Act& a) { return village::save_site(a, {{}, village, "day_care_centre", "幸福院", 40, {}}); });
  village::PersonEdit edit;
  edit.name = "王秀兰";
  edit.tags = std::vector<std::string>{"elder"};
  const auto person = *as(rule, [&](store::Act& a) { return village::save_person(a, edit); });

  const auto me = store::Viewer::resident(site.value, person.value, store::Known::face);
  const auto offers = attendance::open_offers(store.reader(me), person);
  EXPECT_TRUE(std::any_of(offers.begin(), offers.end(), [](const village::Offer* o) { return o->code == "tai_chi"; }));
  ASSERT_TRUE(as(me, [&](store::Act& a) { return attendance::check_in(a, {person, "tai_chi", {}}); }).has_value());

  bool reported = false;
  const auto clerk = store::Viewer::of_staff(site.value, store::Role::clerk, {}, {});
  shapes::SheetAsk ask{site, store.reader(clerk).today(), store.reader(clerk).today(), true};
  for (const auto& shape : shapes::all())
    for (const auto& sheet : shape.sheets)
      if (sheet.name == "attendance.month")
        sheet.rows(store.reader(clerk), words, ask, [&](const std::vector<base::Cell>& cells) {
          for (const auto& cell : cells)
            if (const auto* text = std::get_if<std::string>(&cell)) reported = reported || *text == "打太极" || *text == "tai_chi";
        });
  EXPECT_TRUE(reported);
  std::filesystem::remove_all(folder);
}

}  // namespace
