// Staff's week of activities and the editor of one. Clerk and manager change them; a volunteer sees them.
#pragma once

#include "parts/screen.h"
#include "village/places.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

struct ActivitiesModel {
  base::Day monday{}, today{};
  bool unsure = false;                      // whether that is today
  std::string title;
  std::vector<std::string> day_labels;      // seven: 周一 24
  struct One { std::string id; base::Day day{}; ui::Row row; };
  std::vector<One> all;
};
struct ActivityDraft {
  std::optional<village::ActivityId> id;
  int offer = 0;                            // index into the model's offers
  std::string name, place, picture;
  base::Day day{};
  base::Minutes start{14 * 60}, end{15 * 60};
  int places = 0;                           // 0: not limited
  int repeat_weeks = 0, leader = 0;         // leader: 0 nobody, else index + 1 into the model's staff
  bool later_too = false;                   // all later ones of the series are changed with this one
};
struct ActivityEditModel {
  ActivityDraft now;
  std::vector<std::string> offers, offer_names, offer_pictures;
  std::vector<village::StaffId> staff;
  std::vector<std::string> staff_names;
  base::Day today{};
  bool exists = false, cancelled = false, in_series = false;
};
struct CancelModel { std::string id, name; bool in_series = false; };
struct CancelDraft { std::string reason; bool whole_series = false; };

[[nodiscard]] std::vector<parts::Screen> activities_screens();

}  // namespace desk
