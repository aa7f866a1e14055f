// Sheets on the glass: the same rows that go to paper, a month at a time, in pages. Rights are asked by each sheet itself.
#pragma once

#include "base/sheet.h"
#include "parts/screen.h"

#include <string>
#include <vector>

namespace desk {

struct SheetsModel { std::vector<std::string> names, titles; };
struct SheetModel {
  std::string name, title, month_label, month, previous, next;  // yyyy-mm
  std::vector<std::string> head;
  std::vector<bool> numbers;                    // column holds numbers: to the right
  std::vector<std::size_t> leading;             // columns that say what a row is of
  std::vector<std::vector<std::string>> rows;   // the first `most_rows`
  std::vector<std::string> totals;              // empty: no column is summed
  int more = 0;                                 // rows that are not shown here
};
inline constexpr int most_sheet_rows = 2000;    // what a person turns pages through; the rest is for paper

// A cell in words: 未填 where it is not filled in.
[[nodiscard]] std::string cell_word(const base::Words&, const base::Cell&, base::Place);

[[nodiscard]] std::vector<parts::Screen> sheets_screens();

}  // namespace desk
