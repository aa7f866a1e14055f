// A cell as people read it, and sums over cells: what csv, pdf and xlsx share. Any thread.
#pragma once

#include "base/sheet.h"
#include "base/text.h"

#include <string>
#include <vector>

namespace paper {

// Valid UTF-8 without control characters (a line break becomes a space): what every reader of our files can take.
[[nodiscard]] std::string clean(std::string_view);

// A number that is none (division by nothing) is not filled in either.
[[nodiscard]] bool is_filled(const base::Cell&);

struct CellStyle {
  const base::Words* words = nullptr;  // for "3 小时 25 分"; without, minutes are h:mm, which a spreadsheet adds up
  base::Place place;
};

[[nodiscard]] std::string cell_text(const base::Cell&, const CellStyle&);  // empty if not filled in

// The last row. Whole numbers are added exactly; a sum beyond 64 bits stays at the largest number.
class Totals {
 public:
  explicit Totals(const std::vector<base::Column>& columns)
      : columns_(columns), sums_(columns.size(), base::NotFilledIn{}) {}
  void add(const std::vector<base::Cell>& cells);
  [[nodiscard]] bool wanted() const;  // some column asks for a total
  // Only columns that ask for one carry a value; the label stands in the first column that does not.
  [[nodiscard]] std::vector<base::Cell> row() const { return sums_; }
  [[nodiscard]] std::size_t label_column() const;  // columns.size() if every column is a total

 private:
  std::vector<base::Column> columns_;
  std::vector<base::Cell> sums_;
};

}  // namespace paper
