// Market days: the rule a village keeps, read, written, asked and told.
#include "base/almanac.h"

#include <algorithm>
#include <charconv>

namespace base {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::string digits_text(const Words& words, const std::vector<int>& numbers, bool weekdays) {
  std::string out;
  constexpr std::string_view weekday_short[] = {"almanac.weekday_short.monday",    "almanac.weekday_short.tuesday",
                                                "almanac.weekday_short.wednesday", "almanac.weekday_short.thursday",
                                                "almanac.weekday_short.friday",    "almanac.weekday_short.saturday",
                                                "almanac.weekday_short.sunday"};
  for (const int number : numbers) {
    if (!out.empty()) out += words.chinese() ? "、" : ", ";
    if (weekdays) {
      out += words.text(weekday_short[number - 1]);
    } else if (words.chinese()) {
      out += number == 0 ? "十" : number_zh(number);
    } else {
      out += std::to_string(number);
    }
  }
  return out;
}

bool holds(const std::vector<int>& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

std::expected<MarketRule, std::string> parse_market_rule(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    constexpr std::string_view commas[] = {"，", "、"};
    const auto comma = std::find_if(std::begin(commas), std::end(commas),
                                    [&](auto mark) { return text.substr(i).starts_with(mark); });
    if (comma != std::end(commas)) {
      plain += ',';
      i += comma->size() - 1;
    } else if (text.substr(i).starts_with("：")) {
      plain += ':';
      i += std::string_view("：").size() - 1;
    } else if (text[i] != ' ' && text[i] != '\t') {
      plain += text[i];
    }
  }
  MarketRule rule;
  if (plain == "none") return rule;
  const auto colon = plain.find(':');
  const std::string calendar = plain.substr(0, colon);
  bool whole_days = true;
  if (calendar == "lunar" || calendar == "lunar-days") {
    rule.calendar = MarketRule::Calendar::lunar;
    whole_days = calendar == "lunar-days";
  } else if (calendar == "solar" || calendar == "solar-days") {
    rule.calendar = MarketRule::Calendar::solar;
    whole_days = calendar == "solar-days";
  } else if (calendar == "week") {
    rule.calendar = MarketRule::Calendar::week;
  } else {
    return std::unexpected("almanac.market.wrong_calendar");
  }
  if (colon == std::string::npos || colon + 1 == plain.size()) return std::unexpected("almanac.market.wrong_empty");
  const int least = whole_days ? 1 : 0;
  const int most = !whole_days                                    ? 9
                   : rule.calendar == MarketRule::Calendar::week  ? 7
                   : rule.calendar == MarketRule::Calendar::lunar ? 30
                                                                  : 31;
  auto& numbers = whole_days ? rule.days : rule.last_digits;
  std::string_view left = std::string_view(plain).substr(colon + 1);
  while (true) {
    const auto comma = left.find(',');
    const std::string_view part = left.substr(0, comma);
    int number = -1;
    const auto read = std::from_chars(part.data(), part.data() + part.size(), number);
    if (read.ec != std::errc{} || read.ptr != part.data() + part.size() || number < least || number > most)
      return std::unexpected(whole_days ? "almanac.market.wrong_day" : "almanac.market.wrong_digit");
    numbers.push_back(number);
    if (comma == std::string_view::npos) break;
    left = left.substr(comma + 1);
  }
  // A market "on the tens" is said last: 0 sorts after 9.
  std::sort(numbers.begin(), numbers.end(), [&](int a, int b) { return (a == 0 ? 10 : a) < (b == 0 ? 10 : b); });
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return rule;
}

std::string to_string(const MarketRule& rule) {
  if (rule.none()) return "none";
  const bool whole_days = rule.last_digits.empty();
  std::string out;
  if (rule.calendar == MarketRule::Calendar::week) {
    out = "week:";
  } else {
    out = rule.calendar == MarketRule::Calendar::lunar ? "lunar" : "solar";
    out += whole_days ? "-days:" : ":";
  }
  const auto& numbers = whole_days ? rule.days : rule.last_digits;
  for (std::size_t i = 0; i < numbers.size(); ++i) out += (i == 0 ? "" : ",") + std::to_string(numbers[i]);
  return out;
}

bool is_market_day(const MarketRule& rule, year_month_day date) {
  if (rule.none() || !date.ok()) return false;
  int day = 0;
  switch (rule.calendar) {
    case MarketRule::Calendar::lunar: {
      const LunarDate moon = lunar(date);
      if (!moon.known()) return false;
      day = moon.day;
      break;
    }
    case MarketRule::Calendar::solar:
      day = static_cast<int>(static_cast<unsigned>(date.day()));
      break;
    case MarketRule::Calendar::week:
      return holds(rule.days, static_cast<int>(std::chrono::weekday{sys_days{date}}.iso_encoding()));
  }
  return holds(rule.last_digits, day % 10) || holds(rule.days, day);
}

std::optional<year_month_day> next_market_day(const MarketRule& rule, year_month_day date) {
  if (rule.none() || !date.ok()) return std::nullopt;
  for (int ahead = 1; ahead <= 100; ++ahead) {
    const year_month_day then{sys_days{date} + days{ahead}};
    if (is_market_day(rule, then)) return then;
  }
  return std::nullopt;
}

std::string market_text(const Words& words, const MarketRule& rule) {
  if (rule.none()) return words.text("almanac.market.none");
  const bool whole_days = rule.last_digits.empty();
  const bool week = rule.calendar == MarketRule::Calendar::week;
  const std::string numbers = digits_text(words, whole_days ? rule.days : rule.last_digits, week);
  const bool moon = rule.calendar == MarketRule::Calendar::lunar;
  const std::string_view key = week         ? "almanac.market.week"
                               : whole_days ? (moon ? "almanac.market.lunar_days" : "almanac.market.solar_days")
                                            : (moon ? "almanac.market.lunar" : "almanac.market.solar");
  return words.text(key, {{"days", numbers}});
}

}  // namespace base
