// The almanac on the wall: lunar date, solar terms, festivals, market days, and how a village says a day and a
// time.
//
// Pure functions of the date alone, the same on every kiosk: no clock, no setting, no locale, no lock, nothing to
// warm up. China time (UTC+8) whatever the site's offset, as a printed almanac. Any thread. Every fact of one day
// together costs about 5 us (measured).
#pragma once

#include "base/text.h"

#include <chrono>
#include <compare>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// --- the lunar date (农历)

// Months and New Year by the rules of GB/T 33661-2017 for lunar years 1900-2100 (31 January 1900 to 28 January
// 2101), from a table of ours. ICU 72's Chinese calendar is not used: it is a day or a leap month off in ten places
// of 1950-2100, New Year of 2027 and 2030 among them. Checked against two other computations (every month) and the
// Hong Kong Observatory's printed table (2027-2029).
struct LunarDate {
  int year = 0;       // the solar year in which this lunar year begins; 0 with month 0 outside the table
  int gan_zhi = 0;    // 0..59, 0 is 甲子
  int month = 0;      // 1..12
  bool leap = false;  // the second month of that number
  int day = 0;        // 1..30
  [[nodiscard]] bool known() const { return month != 0; }
  auto operator<=>(const LunarDate&) const = default;
};

[[nodiscard]] LunarDate lunar(std::chrono::year_month_day);
// 29 or 30; 0 when there is no such month.
[[nodiscard]] int lunar_month_length(int year, int month, bool leap);
// The solar date of a lunar one (birthdays kept by the lunar calendar). Nothing when that year has no such leap
// month or no 30th day.
[[nodiscard]] std::optional<std::chrono::year_month_day> solar_date(int lunar_year, int month, bool leap, int day);

[[nodiscard]] std::string lunar_day_zh(int day);                 // 初一 十六 廿一 三十; empty outside 1..30
[[nodiscard]] std::string lunar_month_zh(int month, bool leap);  // 正月 … 冬月 腊月, 闰六月; empty outside 1..12
[[nodiscard]] std::string lunar_zh(const LunarDate&);            // 十月十六
[[nodiscard]] std::string gan_zhi_zh(int gan_zhi);               // 丙午
[[nodiscard]] std::string_view zodiac_key(int gan_zhi);          // almanac.zodiac.horse
[[nodiscard]] std::string lunar_text(const Words&, const LunarDate&);        // 十月十六, "10th month, day 16"
[[nodiscard]] std::string lunar_text_short(const Words&, const LunarDate&);  // 十月十六, "10/16 lunar"

// --- solar terms (二十四节气)

// 0 立春, 1 雨水 … 21 冬至, 22 小寒, 23 大寒: the order in which they are recited.
inline constexpr int solar_terms = 24;
inline constexpr int term_pure_brightness = 4;   // 清明
inline constexpr int term_winter_solstice = 21;  // 冬至

// The term that begins on this date in China, if one does. Sun's apparent longitude by Meeus' abridged VSOP87
// ("Astronomical Algorithms", chapter 25 and appendix): the instants of 2020-2050 are within 20 s of two other
// computations, and no term of those years but 冬至 of 2021 (23:59:09) is nearer than 4 minutes to midnight.
[[nodiscard]] std::optional<int> solar_term(std::chrono::year_month_day);
// When the term of this solar year begins, UTC. For tests and for printing an almanac.
[[nodiscard]] std::chrono::sys_seconds solar_term_instant(int solar_year, int term);
[[nodiscard]] std::string_view term_key(int term);  // almanac.term.lichun

// --- festivals

// Written to traces and settings by key: add at the end.
enum class Festival {
  spring_festival,  // 春节, 正月初一
  lanterns,         // 元宵, 正月十五
  dragon_head,      // 二月二
  pure_brightness,  // 清明, the solar term
  dragon_boats,     // 端午, 五月初五
  seventh_evening,  // 七夕, 七月初七
  ghosts,           // 中元, 七月十五
  mid_autumn,       // 中秋, 八月十五
  double_ninth,     // 重阳, 九月初九: old people's day by law
  winter_clothes,   // 寒衣节, 十月初一
  winter_solstice,  // 冬至, the solar term
  laba,             // 腊八, 腊月初八
  small_new_year,   // 小年, 腊月廿三 in the north, 廿四 in the south: a setting
  new_years_eve,    // 除夕, the last day of the lunar year, whether 29th or 30th
  new_year,         // 元旦
  womens_day,       // 妇女节
  labour_day,       // 劳动节
  childrens_day,    // 儿童节
  teachers_day,     // 教师节
  national_day,     // 国庆
};

// All of a date, lunar ones first. A leap month has no festivals of its own.
[[nodiscard]] std::vector<Festival> festivals(std::chrono::year_month_day, int small_new_year_day = 23);
// The first of them.
[[nodiscard]] std::optional<Festival> festival(std::chrono::year_month_day, int small_new_year_day = 23);
[[nodiscard]] std::string_view festival_key(Festival);  // almanac.festival.spring_festival

// --- market days (赶集, 逢集)

// When a village goes to market; a rule without days means no market.
struct MarketRule {
  enum class Calendar { lunar, solar, week };
  Calendar calendar = Calendar::lunar;
  std::vector<int> last_digits;  // of the day of the month: 0..9, 0 is the 10th, 20th and 30th
  std::vector<int> days;         // whole days of the month 1..31 (lunar 1..30); for `week` 1 Monday … 7 Sunday
  [[nodiscard]] bool none() const { return last_digits.empty() && days.empty(); }
  bool operator==(const MarketRule&) const = default;
};

// Setting text: "lunar:1,4,7" (each lunar day ending so), "solar:2,5,8", "lunar-days:1,15", "solar-days:10,25",
// "week:3,6", "none". Spaces and the Chinese comma are taken too. The error is a text key
// (almanac.market.wrong_calendar, wrong_digit, wrong_day, wrong_empty).
[[nodiscard]] std::expected<MarketRule, std::string> parse_market_rule(std::string_view);
[[nodiscard]] std::string to_string(const MarketRule&);  // the setting text again
[[nodiscard]] bool is_market_day(const MarketRule&, std::chrono::year_month_day);
// The first market day after this date, the date itself not counted; nothing when the rule never comes true within
// 100 days.
[[nodiscard]] std::optional<std::chrono::year_month_day> next_market_day(const MarketRule&,
                                                                         std::chrono::year_month_day);
[[nodiscard]] std::string market_text(const Words&, const MarketRule&);  // 农历逢一、四、七

// --- everything about one day

struct DayFacts {
  LunarDate lunar;
  std::optional<int> term;
  std::optional<Festival> festival;
  bool market = false;
};
[[nodiscard]] DayFacts day_facts(std::chrono::year_month_day, const MarketRule&, int small_new_year_day = 23);

// --- as people say it

[[nodiscard]] std::string number_zh(int);  // 十六, 一百零五, 二百, 两千零一十, 负三; the whole range of int
[[nodiscard]] std::string count_zh(int);   // before a measure word: 两(个), else as number_zh
[[nodiscard]] std::string clock_zh(int hour, int minute);  // 九点零五, 两点半 (12 hours, no part of day)
[[nodiscard]] std::string clock_words_zh(
    int hour, int minute);  // the same, with 后晌 晚上 半夜 where 12 hours would leave a doubt
[[nodiscard]] std::string clock_words(const Words&, int hour, int minute);  // by language: 后晌两点, "2:00 pm"
// From one time to another of the same day; the part of the day is said once where both are in it: 后晌三点到四点, "3:00 to 4:00 pm".
[[nodiscard]] std::string clock_span(const Words&, int hour, int minute, int until_hour, int until_minute);
[[nodiscard]] std::string_view part_of_day_key(int hour);  // almanac.part.morning, noon, afternoon, evening, night
[[nodiscard]] std::string_view weekday_key(std::chrono::weekday);  // almanac.weekday.tuesday
// today tomorrow day_after day_after_next yesterday day_before (almanac.day.*), else the weekday's key.
[[nodiscard]] std::string_view day_word_key(std::chrono::local_days today, std::chrono::local_days day);
// 今儿, 星期二; a weekday more than six days away gets its solar date too: "12月8日 星期二".
[[nodiscard]] std::string day_text(const Words&, std::chrono::local_days today, std::chrono::local_days day);
// The same inside a sentence: "By 9:30 am the day after tomorrow".
[[nodiscard]] std::string day_said(const Words& words, std::chrono::local_days today, std::chrono::local_days day);
[[nodiscard]] std::string date_text(const Words&, std::chrono::year_month_day);  // 11月24日, "24 November"

}  // namespace base
