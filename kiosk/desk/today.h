// Staff's first page: the numbers of today and the way to every list and editor that this role may use.
#pragma once

#include "parts/screen.h"

#include <string>
#include <vector>

namespace desk {

// Tiles of all rooms, once at the start; shown by order to those whose role may open them.
void set_staff_tiles(std::vector<parts::StaffTile>);

struct TodayFigure { std::string id, label, figure, sub, screen; ui::Picture picture; bool warn = false; };
// One of the desk's own: so many of what desk/<name> lists; nothing where there are none. Words: desk.<name>.figure.
[[nodiscard]] std::optional<TodayFigure> own_figure(const base::Words&, const std::string& name, std::int64_t n, std::string_view picture);
struct TodayModel {
  std::string title, who;
  std::vector<std::string> who_last;  // with when they were here before (reliability.md 2.1, shoulder surfer), the longest first; empty: not known
  std::vector<TodayFigure> figures;
  std::vector<parts::StaffTile> tiles;
  std::string sealed, sealed_short;  // how confidential matters are opened, or that they are, for those who may; never whether there are any
  bool ask_clock = false;  // the machine does not know the time, and nobody was asked yet
};

[[nodiscard]] std::vector<parts::Screen> today_screens();

}  // namespace desk
