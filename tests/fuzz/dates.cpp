// Days, times, ids and the market rule as texts; lunar dates and numbers of any size.
#include "base/almanac.h"
#include "base/clock.h"
#include "base/ids.h"
#include "fuzz/fuzz.h"

#include <algorithm>

namespace {

using fuzz::must;

void texts(std::string_view text) {
  if (base::Day day; base::parse_day(text, day)) must(base::iso(day) == text, "a day is written in one way");
  if (base::Minutes at; base::parse_hour_minute(text, at)) {
    must(at.count() >= 0 && at.count() <= 24 * 60, "a time is one of a day");
    base::Minutes again;
    must(base::parse_hour_minute(base::hour_minute(at), again) && again == at, "a time reads back");
    must(std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == ':'; }), "a time is digits");
  }
  if (const auto id = base::Uuid::parse(text)) must(base::Uuid::parse(id->text()) == id, "an id reads back");
  const auto rule = base::parse_market_rule(text);
  if (!rule) return must(rule.error().starts_with("almanac.market.wrong_"), "what is wrong has its words");
  must(base::parse_market_rule(base::to_string(*rule)) == rule, "a rule reads back");
  const auto today = base::date_of(base::day(std::chrono::year{2026} / 11 / 24));
  if (const auto next = base::next_market_day(*rule, today)) must(base::is_market_day(*rule, *next), "the next market day is one");
  (void)base::market_text({}, *rule);
}

void numbers(fuzz::Taken in) {
  const auto n = static_cast<int>(static_cast<std::uint32_t>(in.number(4)));
  must(!base::number_zh(n).empty() && !base::count_zh(n).empty(), "every number can be said");
  const base::Day day{std::chrono::days{n % 2'000'000}};
  const auto date = base::date_of(day);
  must(base::day(date) == day, "a date is one day");
  const auto lunar = base::lunar(date);
  if (lunar.known()) {
    must(base::solar_date(lunar.year, lunar.month, lunar.leap, lunar.day) == date, "a lunar date is one day");
    must(lunar.day <= base::lunar_month_length(lunar.year, lunar.month, lunar.leap), "no day after the month's last");
    must(!base::lunar_zh(lunar).empty() && !base::gan_zhi_zh(lunar.gan_zhi).empty() && !base::zodiac_key(lunar.gan_zhi).empty(), "it can be said");
  }
  (void)base::festivals(date, in.byte());
  if (const auto term = base::solar_term(date)) must(*term >= 0 && *term < base::solar_terms && !base::term_key(*term).empty(), "a term is one of 24");
  const auto year = static_cast<int>(in.number(4)), month = static_cast<int>(in.number(4)), of_month = static_cast<int>(in.number(4));
  const bool leap = in.byte() % 2 == 1;
  if (const auto solar = base::solar_date(year, month, leap, of_month)) {
    const auto back = base::lunar(*solar);
    must(back.year == year && back.month == month && back.leap == leap && back.day == of_month, "a lunar date comes back");
  }
  (void)base::lunar_month_length(year, month, leap);
  (void)base::lunar_day_zh(of_month), (void)base::lunar_month_zh(month, leap);
  const base::Day born{std::chrono::days{static_cast<int>(in.number(2))}};
  if (born <= day) must(base::full_years(born, day) >= 0, "nobody is younger than nothing");
}

void run(std::string_view input) {
  fuzz::Taken in(input);
  if (in.byte() % 2 == 0) texts(in.rest());
  else numbers(in);
}

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  for (const auto* text : {"2026-11-24", "-001-01-01", "2024-02-29", "08:00", "24:00", "7:5", "lunar:1,4,7", "week:3，6", "solar-days:10,25", "lunar-days：1、15", "none", "019a0000-0000-7000-8000-000000000001"})
    all.push_back(std::string(1, '\0') + text);
  all.emplace_back("\1\xff\x50\0\0\x17\xe9\x07\0\0\x06\0\0\0\x01\0\0\0\1", 19);
  all.emplace_back("\1\0\0\0\x80\x18\0\0\0\x80\xff\xff\xff\xff\x1e\0\0\0\0", 19);
  return all;
}

const fuzz::Listed listed({.name = "dates", .run = run, .seeds = seeds, .longest = 128, .tries = 20000});

}  // namespace
