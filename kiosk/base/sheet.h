// A sheet: columns, and rows of typed cells, streamed. The same sheet is shown on the screen, written as xlsx, csv, pdf or json, and scored.
//
// A cell is a value or *not filled in* (未填): never a silent 0. Any thread.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace base {

struct NotFilledIn {
  bool operator==(const NotFilledIn&) const = default;
};

// Share: 0..1, shown as a percentage.
struct Share {
  double of_one = 0;
  bool operator==(const Share&) const = default;
};

using Cell = std::variant<NotFilledIn, std::string, std::int64_t, double, Share, Day, Instant, Minutes>;

enum class ColumnKind { text, whole, decimal, share, day, instant, minutes };

struct Column {
  std::string name;       // field name in json and csv, never translated: persons, minutes_here
  std::string title_key;  // text key of the heading
  ColumnKind kind = ColumnKind::text;
  float width = 1;        // share of the page
  bool total = false;     // summed in the last row
  bool leads = false;     // says what a row is of: stands again where the columns go on on another page of the glass
};

[[nodiscard]] inline Column leading(Column c) {
  c.leads = true;
  return c;
}

// One row; `facts` are the facts behind it, for drill-down (may be empty).
using RowSink = std::function<void(const std::vector<Cell>& cells)>;

struct SheetHead {
  std::string name;          // attendance.month
  std::string title;         // already in the reader's language
  std::string subtitle;      // site, period, who asked, when
  std::vector<Column> columns;
};

[[nodiscard]] inline Cell filled(const std::string& text) { return text.empty() ? Cell{NotFilledIn{}} : Cell{text}; }
template <class T>
[[nodiscard]] Cell filled(const std::optional<T>& v) { return v ? Cell{*v} : Cell{NotFilledIn{}}; }

}  // namespace base
