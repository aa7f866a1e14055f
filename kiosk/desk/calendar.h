// What is on: a day, a month, one activity. For anyone, with no name but who leads.
#pragma once

#include "parts/screen.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

struct ActivityCard {
  std::string id, name, when, place;
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  bool cancelled = false, over = false;
};
struct CalendarModel {
  base::Day day{}, today{};
  std::string title, date, note;        // 11月24日 星期二; 明儿逢集, 小雪
  ui::Leaf leaf;
  std::vector<ActivityCard> activities;
  std::string empty, next_label;        // a day without any: what it says and what comes next
  std::optional<base::Day> next_day;
  std::vector<parts::HomeTile> beside;  // what home has no place for: the news
  std::string speak_key, speak;
  bool unsure = false;                  // the clock does not know the day: nothing of the above but `beside` and a leaf without a date
};

struct MonthDay {
  base::Day day{};
  bool inside = false, today = false, market = false, something = false;  // something: that is not on every day
  std::string big, small;               // 十六 or 冬月, and 24; in English the other way about
};
struct MonthModel {
  std::string title, say;
  std::vector<MonthDay> days;           // whole weeks from Monday
  std::vector<std::string> weekdays;
  std::string previous, next;           // yyyy-mm
  int week_of_today = 0;
};

struct ActivityModel {
  std::string id, name, when, place, led_by, places, cancelled;  // cancelled: why, in words; empty: it takes place
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  bool can_sign_up = false;
  std::string say;
};

[[nodiscard]] std::vector<parts::Screen> calendar_screens();
[[nodiscard]] parts::HomeTile calendar_tile();

}  // namespace desk
