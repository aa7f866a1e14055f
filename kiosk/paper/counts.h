// A sheet of one line a person, as counts: lines that differ only in who it was become one, which says how many they were.
//
// The rule: no cell that names one person or tells of one gets through. People's columns (person, about, handled_by, published_by, by_whom) go,
// and what was written about them (title, text); so do instants, for the minute somebody asked tells who it was, and numbers that do not add up
// (days, places). What stays: words and days, by which lines are gathered, and the columns that ask for a total, added up. A sheet without
// people's columns is counts already and goes through as it is. One thread; holds as many lines as come out.
#pragma once

#include "paper/cell_text.h"

#include <map>

namespace paper {

class Counts {
 public:
  explicit Counts(std::vector<base::Column> columns);

  // Whether lines are gathered at all. If not, columns() are those that were given, and each() gives every line as it came.
  [[nodiscard]] bool gathers() const { return gathers_; }
  // The columns of what comes out; where lines are gathered the last one is `rows`, their number.
  [[nodiscard]] std::vector<base::Column> columns() const;
  void add(const std::vector<base::Cell>& cells);
  // In the order in which each came first.
  void each(const base::RowSink&) const;

 private:
  struct Line {
    std::vector<base::Cell> first;
    Totals sums;
    std::int64_t rows = 0;
  };

  std::vector<base::Column> columns_;
  std::vector<std::size_t> kept_;
  bool gathers_ = false;
  std::vector<Line> lines_;
  std::map<std::string, std::size_t> line_of_;
};

}  // namespace paper
