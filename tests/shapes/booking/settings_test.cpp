// Mistakes in the catalogue are found with their place, all at once.
#include "shapes/booking/booking.h"

#include <fstream>
#include <gtest/gtest.h>

namespace {

std::vector<base::Wrong> wrong_with(const std::string& settings, const std::string& extra = {}) {
  const auto folder = std::filesystem::temp_directory_path() / ("booking-settings-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "offers.toml") << "[[offer]]\ncode = \"test_offer\"\nservice = \"health\"\nshape = \"booking\"\norder = 900\nsites = [\"any\"]\naudience = [\"all\"]\n"
                                        << extra << "[offer.settings]\n" << settings;
  std::vector<base::Wrong> wrong;
  const std::filesystem::path shipped = std::filesystem::path(NUANZHAN_SOURCE_DIR) / "db/catalogue";
  const std::vector<std::filesystem::path> folders{shipped, folder};
  const auto catalogue = village::Catalogue::load(folders, {"booking"}, wrong);
  EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
  wrong.clear();
  booking::take_offers(catalogue, wrong);
  std::filesystem::remove_all(folder);
  return wrong;
}

TEST(BookingSettings, the_shipped_offers_are_sound) { EXPECT_TRUE(wrong_with("way = \"slots\"\n").empty()); }

TEST(BookingSettings, every_mistake_is_named_with_its_row) {
  const auto wrong = wrong_with("way = \"slot\"\nsex = \"woman\"\nwaiting_lists = true\nknown = \"nobody\"\n");
  std::vector<int> rows;
  for (const auto& w : wrong) rows.push_back(w.row);
  std::ranges::sort(rows);
  EXPECT_EQ(rows, (std::vector<int>{9, 10, 11, 12})) << base::to_string(wrong);
}

TEST(BookingSettings, a_private_offer_is_never_for_the_face_alone) {
  const auto wrong = wrong_with("way = \"slots\"\nknown = \"face\"\n", "private = true\n");
  ASSERT_EQ(wrong.size(), 1u) << base::to_string(wrong);
  EXPECT_EQ(wrong[0].row, 11);
}

TEST(BookingSettings, an_interval_or_transport_is_for_slots) {
  EXPECT_EQ(wrong_with("way = \"activity\"\ninterval_months = 12\ntransport = true\n").size(), 2u);
}

}  // namespace
