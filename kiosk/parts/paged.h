// Cells of a list in pages: as many as keep their least size, two arrows and dots when there are more.
//
// The rule: nothing becomes smaller than its least size; what does not fit goes to another page. Drawing thread only.
#pragma once

#include "parts/screen.h"

#include <span>
#include <string_view>
#include <vector>

namespace parts {

// What of a list of `n` stands on this page and where. Arrows (page_next, page_previous) are drawn when there is more than one page.
struct Paged {
  ui::Rect area;
  int first = 0, last = 0, columns = 1, rows = 1;
  std::vector<ui::Rect> places;  // of first..last
};
[[nodiscard]] Paged paged(ui::Ui&, ui::Rect area, std::string_view list, const Draft&, int n, float least_w_mm, float least_h_mm, int most_columns = 99,
                          int most_rows = 99);

// Faces in staff's lists, large enough for a name of four characters on one line.
void staff_faces(ui::Ui&, ui::Rect area, std::string_view list, const Draft&, std::span<const ui::Face>);

}  // namespace parts
