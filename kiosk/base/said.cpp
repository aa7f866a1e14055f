// Numbers, times and days as people say them.
#include "base/almanac.h"

#include <cstdlib>

namespace base {
namespace {

using std::chrono::year_month_day;

constexpr std::string_view digits_zh[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

// 1..9999. `inside`: something stands before it, so 十六 is 一十六.
std::string four_digits_zh(int n, bool inside) {
  constexpr std::string_view units[] = {"", "十", "百", "千"};
  constexpr int powers[] = {1, 10, 100, 1000};
  std::string out;
  bool gap = false;
  for (int place = 3; place >= 0; --place) {
    const int digit = n / powers[place] % 10;
    if (digit == 0) {
      gap = gap || !out.empty();
      continue;
    }
    if (gap) out += "零";
    gap = false;
    const bool bare_ten = place == 1 && digit == 1 && out.empty() && !inside;
    if (!bare_ten) out += place == 3 && digit == 2 ? std::string_view("两") : digits_zh[digit];
    out += units[place];
  }
  return out;
}

}  // namespace

std::string number_zh(int number) {
  if (number == 0) return "零";
  std::string out;
  long left = number;
  if (left < 0) {
    out = "负";
    left = -left;
  }
  constexpr std::string_view units[] = {"", "万", "亿"};
  constexpr long powers[] = {1, 10'000, 100'000'000};
  bool started = false, gap = false;
  for (int group = 2; group >= 0; --group) {
    const int part = static_cast<int>(left / powers[group] % 10'000);
    if (part == 0) {
      gap = gap || started;
      continue;
    }
    if (started && (gap || part < 1000)) out += "零";
    gap = false;
    // 两万, 两亿; but 二 alone and 二百.
    out += group > 0 && part == 2 ? std::string("两") : four_digits_zh(part, started);
    out += units[group];
    started = true;
  }
  return out;
}

std::string count_zh(int number) { return number == 2 ? "两" : number_zh(number); }

std::string clock_zh(int hour, int minute) {
  const int twelve = (hour % 12 + 12) % 12;
  std::string out = count_zh(twelve == 0 ? 12 : twelve) + "点";
  if (minute == 0) return out;
  if (minute == 30) return out + "半";
  return out + (minute < 10 ? "零" : "") + number_zh(minute);
}

namespace {

// Between 5 and 12 people just say the hour.
bool part_is_said(int hour) { return hour < 5 || hour > 12; }

}  // namespace

std::string clock_words_zh(int hour, int minute) {
  std::string part;
  if (part_is_said(hour)) part = hour < 5 || hour >= 23 ? "半夜" : hour < 18 ? "后晌" : "晚上";
  return part + clock_zh(hour, minute);
}

namespace {

std::string clock_en(int hour, int minute) {
  const int twelve = hour % 12 == 0 ? 12 : hour % 12;
  return std::to_string(twelve) + (minute < 10 ? ":0" : ":") + std::to_string(minute);
}

}  // namespace

std::string clock_words(const Words& words, int hour, int minute) {
  if (words.chinese())
    return (part_is_said(hour) ? words.text(part_of_day_key(hour)) : std::string{}) + clock_zh(hour, minute);
  return words.text(hour < 12 ? "almanac.clock.am" : "almanac.clock.pm", {{"clock", clock_en(hour, minute)}});
}

std::string clock_span(const Words& words, int hour, int minute, int until_hour, int until_minute) {
  std::string from = clock_words(words, hour, minute), to = clock_words(words, until_hour, until_minute);
  if (!words.chinese()) {
    if ((hour < 12) == (until_hour < 12)) from = clock_en(hour, minute);
  } else if (part_is_said(hour) && part_of_day_key(hour) == part_of_day_key(until_hour)) {
    to = clock_zh(until_hour, until_minute);
  }
  return words.text("almanac.clock.span", {{"from", from}, {"to", to}});
}

std::string_view part_of_day_key(int hour) {
  if (hour < 5 || hour >= 23) return "almanac.part.night";
  if (hour < 11) return "almanac.part.morning";
  if (hour < 13) return "almanac.part.noon";
  if (hour < 18) return "almanac.part.afternoon";
  return "almanac.part.evening";
}

std::string_view weekday_key(std::chrono::weekday weekday) {
  constexpr std::string_view keys[] = {
      "almanac.weekday.sunday",   "almanac.weekday.monday", "almanac.weekday.tuesday", "almanac.weekday.wednesday",
      "almanac.weekday.thursday", "almanac.weekday.friday", "almanac.weekday.saturday"};
  return weekday.ok() ? keys[weekday.c_encoding()] : std::string_view{};
}

std::string_view day_word_key(std::chrono::local_days today, std::chrono::local_days day) {
  switch ((day - today).count()) {
    case -2:
      return "almanac.day.day_before";
    case -1:
      return "almanac.day.yesterday";
    case 0:
      return "almanac.day.today";
    case 1:
      return "almanac.day.tomorrow";
    case 2:
      return "almanac.day.day_after";
    case 3:
      return "almanac.day.day_after_next";
    default:
      return weekday_key(std::chrono::weekday{day});
  }
}

std::string day_text(const Words& words, std::chrono::local_days today, std::chrono::local_days day) {
  const std::string word = words.text(day_word_key(today, day));
  if (std::abs((day - today).count()) <= 6) return word;
  return words.text("almanac.date.with_weekday",
                    {{"date", date_text(words, year_month_day{day})}, {"weekday", word}});
}

std::string day_said(const Words& words, std::chrono::local_days today, std::chrono::local_days day) {
  constexpr std::string_view alone = "almanac.day.";
  const auto key = day_word_key(today, day);
  if (!key.starts_with(alone)) return day_text(words, today, day);
  return words.text("almanac.said." + std::string(key.substr(alone.size())));
}

std::string date_text(const Words& words, year_month_day date) {
  const unsigned month = static_cast<unsigned>(date.month());
  return words.text("almanac.date.date", {{"month", words.text("almanac.month.m" + std::to_string(month))},
                                          {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

}  // namespace base
