// Mistakes in the catalogue are found with their place, all at once.
#include "shapes/notice/notice.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace {

std::vector<base::Wrong> wrong_with(const std::string& settings, const std::string& extra = {}) {
  const auto folder = std::filesystem::temp_directory_path() / ("notice-settings-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "offers.toml") << "[[offer]]\ncode = \"test_offer\"\nservice = \"safety\"\nshape = \"notice\"\norder = 900\nsites = [\"any\"]\naudience = [\"all\"]\n"
                                        << extra << "[offer.settings]\n" << settings;
  std::vector<base::Wrong> wrong;
  const std::vector<std::filesystem::path> folders{std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", folder};
  const auto catalogue = village::Catalogue::load(folders, {"notice"}, wrong);
  EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
  wrong.clear();
  notice::take_offers(catalogue, wrong);
  std::filesystem::remove_all(folder);
  return wrong;
}

TEST(NoticeSettings, the_shipped_offers_are_sound_and_cover_the_four_kinds) {
  EXPECT_TRUE(wrong_with("kind = \"safety\"\n").empty());
  EXPECT_EQ(notice::offered("policies")->kind, notice::Kind::policy);
  EXPECT_EQ(notice::offered("stories")->kind, notice::Kind::story);
  EXPECT_EQ(notice::offered("jobs_board")->kind, notice::Kind::jobs);
  EXPECT_EQ(notice::offered("safety")->kind, notice::Kind::safety);
}

TEST(NoticeSettings, an_offer_that_a_village_adds_is_known) {
  EXPECT_TRUE(wrong_with("kind = \"policy\"\naudience = [\"child\"]\n").empty());
  ASSERT_NE(notice::offered("test_offer"), nullptr);
  EXPECT_EQ(notice::offered("test_offer")->audience, std::vector<std::string>{"child"});
}

TEST(NoticeSettings, every_mistake_is_named_with_its_row) {
  const auto wrong = wrong_with("kind = \"rumour\"\naudience = [\"everybody\"]\nloud = true\n");
  std::vector<int> rows;
  for (const auto& w : wrong) rows.push_back(w.row);
  std::ranges::sort(rows);
  EXPECT_EQ(rows, (std::vector<int>{9, 10, 11})) << base::to_string(wrong);
}

TEST(NoticeSettings, what_everyone_hears_cannot_be_private) { EXPECT_EQ(wrong_with("kind = \"policy\"\n", "private = true\n").size(), 1u); }

}  // namespace
