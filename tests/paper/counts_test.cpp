// A sheet as counts: nothing of one person gets through.
#include "paper/counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using base::Cell;
using base::ColumnKind;
using base::Minutes;
using base::NotFilledIn;
using Rows = std::vector<std::vector<Cell>>;

Rows rows_of(const paper::Counts& counts) {
  Rows rows;
  counts.each([&](const std::vector<Cell>& cells) { rows.push_back(cells); });
  return rows;
}

std::vector<std::string> names_of(const paper::Counts& counts) {
  std::vector<std::string> names;
  for (const auto& c : counts.columns()) names.push_back(c.name);
  return names;
}

}  // namespace

TEST(Counts, a_line_a_person_becomes_a_line_a_service) {
  paper::Counts counts({{"offer", "", ColumnKind::text, 1},
                        {"person", "", ColumnKind::text, 1},
                        {"days", "", ColumnKind::whole, 1},
                        {"asked", "", ColumnKind::instant, 1},
                        {"stays", "", ColumnKind::whole, 1, true},
                        {"time_here", "", ColumnKind::minutes, 1, true}});
  counts.add({std::string("吃饭"), std::string("王秀兰"), std::int64_t{3}, base::Instant{}, std::int64_t{4}, Minutes{90}});
  counts.add({std::string("理发"), std::string("王秀兰"), std::int64_t{1}, base::Instant{}, std::int64_t{1}, NotFilledIn{}});
  counts.add({std::string("吃饭"), std::string("缪𠮷"), std::int64_t{2}, base::Instant{}, std::int64_t{2}, NotFilledIn{}});
  EXPECT_TRUE(counts.gathers());
  EXPECT_THAT(names_of(counts), testing::ElementsAre("offer", "stays", "time_here", "rows"));
  EXPECT_EQ(rows_of(counts), (Rows{{std::string("吃饭"), std::int64_t{6}, Minutes{90}, std::int64_t{2}},
                                   {std::string("理发"), std::int64_t{1}, NotFilledIn{}, std::int64_t{1}}}));
}

TEST(Counts, what_is_not_filled_in_is_gathered_apart_from_what_is) {
  paper::Counts counts({{"person", "", ColumnKind::text, 1}, {"state", "", ColumnKind::text, 1}});
  for (const Cell& state : {Cell{NotFilledIn{}}, Cell{std::string()}, Cell{NotFilledIn{}}}) counts.add({std::string("王秀兰"), state});
  EXPECT_EQ(rows_of(counts), (Rows{{NotFilledIn{}, std::int64_t{2}}, {std::string(), std::int64_t{1}}}));
}

TEST(Counts, a_sheet_that_names_nobody_goes_through_as_it_is) {
  paper::Counts counts({{"offer", "", ColumnKind::text, 1}, {"persons", "", ColumnKind::whole, 1}});
  const Rows rows{{std::string("吃饭"), std::int64_t{3}}, {std::string("吃饭"), std::int64_t{3}}};
  for (const auto& row : rows) counts.add(row);
  EXPECT_FALSE(counts.gathers());
  EXPECT_THAT(names_of(counts), testing::ElementsAre("offer", "persons"));
  EXPECT_EQ(rows_of(counts), rows);
}
