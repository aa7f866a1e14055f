// What an offer of request may say in the catalogue; each mistake with its row.
#include "shapes/request/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RequestOffer : public testing::Test {
 protected:
  RequestOffer() {
    std::string pattern = (fs::temp_directory_path() / "request_offer_XXXXXX").string();
    folder = mkdtemp(pattern.data());
    for (const auto& entry : fs::directory_iterator(fs::path(NUANZHAN_SOURCE_DIR) / "db/catalogue"))
      if (entry.path().filename() != "offers.toml") fs::copy(entry.path(), folder / entry.path().filename());
  }
  ~RequestOffer() override {
    fs::remove_all(folder);
  }
  std::vector<base::Wrong> wrong_with(const std::string& settings, const std::string& service = "home_service") {
    std::ofstream(folder / "offers.toml") << "[[offer]]\ncode = \"meals\"\nservice = \"" << service
                                          << "\"\nshape = \"request\"\norder = 10\nsites = [\"any\"]\naudience = [\"all\"]\n[offer.settings]\n" << settings;
    std::vector<base::Wrong> wrong;
    catalogue = village::Catalogue::load(folder, wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    request::take_offers(catalogue, wrong);
    return wrong;
  }
  fs::path folder;
  village::Catalogue catalogue;
};

TEST_F(RequestOffer, with_good_settings_is_read) {
  EXPECT_TRUE(wrong_with("kind = \"help\"\ndue_min = 30\nask = true\nmatched = \"neighbour\"\n").empty());
  const auto* o = request::offered("meals");
  ASSERT_NE(o, nullptr);
  EXPECT_EQ(o->kind, request::Kind::help);
  EXPECT_EQ(o->due, std::chrono::minutes(30));
  EXPECT_TRUE(o->ask && o->neighbour);
}

TEST_F(RequestOffer, with_mistakes_names_the_row_of_each_and_all_at_once) {
  const auto wrong = wrong_with("kind = \"urgent\"\ndue_min = 0\nask = true\nmatched = \"neighbour\"\ncolour = 3\n");
  std::vector<int> rows;
  for (const auto& w : wrong) rows.push_back(w.row);
  std::sort(rows.begin(), rows.end());
  EXPECT_THAT(rows, testing::ElementsAre(10, 11, 12, 13)) << base::to_string(wrong);
}

TEST_F(RequestOffer, without_a_time_allowed_is_a_mistake) {
  const auto wrong = wrong_with("kind = \"help\"\n");
  ASSERT_EQ(wrong.size(), 1u) << base::to_string(wrong);
  EXPECT_THAT(base::to_string(wrong), HasSubstr("due_min"));
}

TEST_F(RequestOffer, confidential_needs_a_private_service) {
  EXPECT_EQ(wrong_with("kind = \"confidential\"\ndue_min = 60\n").size(), 1u);
  EXPECT_EQ(wrong_with("kind = \"confidential\"\ndue_min = 60\n", "mediation").size(), 0u);
}

TEST_F(RequestOffer, of_the_shipped_catalogue_are_all_right) {
  std::vector<base::Wrong> wrong;
  catalogue = village::Catalogue::load(fs::path(NUANZHAN_SOURCE_DIR) / "db/catalogue", wrong);
  request::take_offers(catalogue, wrong);
  EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
  for (const auto* offer : catalogue.offers_of_shape("request")) EXPECT_NE(request::offered(offer->code), nullptr) << offer->code;
}

}  // namespace
