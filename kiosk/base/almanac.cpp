// The almanac's tables and rules; see the header. Numbers below are data: each block says where it comes from.
#include "base/almanac.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace base {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// --- lunar years

constexpr int first_year = 1900;
constexpr int last_year = 2100;

// One number a lunar year: bits 0-12 month lengths in order, leap month included (1 = 30 days), bits 13-16 the leap
// month or 0, bits 17-22 days from 1 January to New Year. Computed from new moons and major terms at UTC+8 (Beijing
// mean time before 1929).
constexpr std::uint32_t lunar_years[] = {
    0x3d16d2, 0x620752, 0x4c0ea5, 0x38b64a, 0x5c064b, 0x440a9b, 0x309556, 0x56056a, 0x400b59, 0x2a5752,  // 1900
    0x500752, 0x3adb25, 0x600b25, 0x480a4b, 0x32b4ab, 0x5802ad, 0x42056b, 0x2c4b69, 0x520da9, 0x3efd92,  // 1910
    0x640e92, 0x4c0d25, 0x36ba4d, 0x5c0a56, 0x4602b6, 0x2e95b5, 0x5606d4, 0x400ea9, 0x2c5e92, 0x500e92,  // 1920
    0x3acd26, 0x5e052b, 0x480a57, 0x32b2b6, 0x580b5a, 0x4406d4, 0x2e6ec9, 0x520749, 0x3cf693, 0x620a93,  // 1930
    0x4c052b, 0x34ca5b, 0x5a0aad, 0x46056a, 0x309b55, 0x560ba4, 0x400b49, 0x2a5a93, 0x500a95, 0x38f52d,  // 1940
    0x5e0536, 0x480aad, 0x34b5aa, 0x5805b2, 0x420da5, 0x2e7d4a, 0x540d4a, 0x3d0a95, 0x600a97, 0x4c0556,  // 1950
    0x36cab5, 0x5a0ad5, 0x4606d2, 0x308ea5, 0x560ea5, 0x40064a, 0x286c97, 0x4e0a9b, 0x3af55a, 0x5e056a,  // 1960
    0x480b69, 0x34b752, 0x5a0b52, 0x420b25, 0x2c964b, 0x520a4b, 0x3d14ab, 0x6002ad, 0x4a056d, 0x36cb69,  // 1970
    0x5c0da9, 0x460d92, 0x309d25, 0x560d25, 0x415a4d, 0x640a56, 0x4e02b6, 0x38c5b5, 0x5e06d5, 0x480ea9,  // 1980
    0x34be92, 0x5a0e92, 0x440d26, 0x2c6a56, 0x500a57, 0x3d14d6, 0x62035a, 0x4a06d5, 0x36b6c9, 0x5c0749,  // 1990
    0x460693, 0x2e952b, 0x54052b, 0x3e0a5b, 0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49, 0x32ba93,  // 2000
    0x580a95, 0x42052d, 0x2c8aad, 0x500ab5, 0x3d35aa, 0x6205d2, 0x4c0da5, 0x36dd4a, 0x5c0d4a, 0x460c95,  // 2010
    0x30952e, 0x540556, 0x3e0ab5, 0x2a55b2, 0x5006d2, 0x38cea5, 0x5e0725, 0x48064b, 0x32ac97, 0x560cab,  // 2020
    0x42055a, 0x2c6ad6, 0x520b69, 0x3d7752, 0x620b52, 0x4c0b25, 0x36da4b, 0x5a0a4b, 0x4404ab, 0x2ea55b,  // 2030
    0x5405ad, 0x3e0b6a, 0x2a5b52, 0x500d92, 0x3afd25, 0x5e0d25, 0x480a55, 0x32b4ad, 0x5804b6, 0x4005b5,  // 2040
    0x2c6daa, 0x520ec9, 0x3f1e92, 0x620e92, 0x4c0d26, 0x36ca56, 0x5a0a57, 0x4404d6, 0x2e86d5, 0x540755,  // 2050
    0x400749, 0x286e93, 0x4e0693, 0x38f52b, 0x5e052b, 0x460a5b, 0x32b55a, 0x58056a, 0x420b65, 0x2c974a,  // 2060
    0x520b4a, 0x3d1a95, 0x620a95, 0x4a052d, 0x34caad, 0x5a0ab5, 0x4605aa, 0x2e8ba5, 0x540da5, 0x400d4a,  // 2070
    0x2a7c95, 0x4e0c96, 0x38f94e, 0x5e0556, 0x480ab5, 0x32b5b2, 0x5806d2, 0x420ea5, 0x2e8e4a, 0x50068b,  // 2080
    0x3b0c97, 0x6004ab, 0x4a055b, 0x34cad6, 0x5a0b6a, 0x460752, 0x309725, 0x540b45, 0x3e0a8b, 0x28549b,  // 2090
    0x4e04ab,                                                                                            // 2100
};
static_assert(std::size(lunar_years) == last_year - first_year + 1);

struct LunarYear {
  int year;
  std::uint32_t bits;
  [[nodiscard]] int leap_month() const { return static_cast<int>(bits >> 13 & 15U); }
  [[nodiscard]] int months() const { return leap_month() == 0 ? 12 : 13; }
  [[nodiscard]] int length(int place) const { return (bits >> place & 1U) != 0 ? 30 : 29; }
  [[nodiscard]] sys_days new_year() const { return sys_days{std::chrono::year{year} / 1 / 1} + days{bits >> 17}; }
  // Place of a month in the year's order, -1 when there is none.
  [[nodiscard]] int place(int month, bool leap) const {
    if (month < 1 || month > 12 || (leap && month != leap_month())) return -1;
    const bool shifted = leap_month() != 0 && (month > leap_month() || leap);
    return month - 1 + (shifted ? 1 : 0);
  }
};

std::optional<LunarYear> lunar_year(int year) {
  if (year < first_year || year > last_year) return std::nullopt;
  return LunarYear{year, lunar_years[year - first_year]};
}

// --- the sun

struct Term {
  double amplitude, phase, frequency;  // 1e-8 rad, rad, rad a millennium
};

// The Earth's heliocentric longitude, VSOP87 as abridged by Meeus, appendix III (terms of at least 0.05" kept).
constexpr Term l0[] = {
    {175347046, 0, 0},
    {3341656, 4.6692568, 6283.0758500},
    {34894, 4.62610, 12566.15170},
    {3497, 2.7441, 5753.3849},
    {3418, 2.8289, 3.5231},
    {3136, 3.6277, 77713.7715},
    {2676, 4.4181, 7860.4194},
    {2343, 6.1352, 3930.2097},
    {1324, 0.7425, 11506.7698},
    {1273, 2.0371, 529.6910},
    {1199, 1.1096, 1577.3435},
    {990, 5.233, 5884.927},
    {902, 2.045, 26.298},
    {857, 3.508, 398.149},
    {780, 1.179, 5223.694},
    {753, 2.533, 5507.553},
    {505, 4.583, 18849.228},
    {492, 4.205, 775.523},
    {357, 2.920, 0.067},
    {317, 5.849, 11790.629},
    {284, 1.899, 796.298},
    {271, 0.315, 10977.079},
    {243, 0.345, 5486.778},
    {206, 4.806, 2544.314},
    {205, 1.869, 5573.143},
    {202, 2.458, 6069.777},
    {156, 0.833, 213.299},
    {132, 3.411, 2942.463},
    {126, 1.083, 20.775},
    {115, 0.645, 0.980},
    {103, 0.636, 4694.003},
    {102, 0.976, 15720.839},
    {102, 4.267, 7.114},
    {99, 6.21, 2146.17},
    {98, 0.68, 155.42},
    {86, 5.98, 161000.69},
    {85, 1.30, 6275.96},
    {85, 3.67, 71430.70},
    {80, 1.81, 17260.15},
    {79, 3.04, 12036.46},
    {75, 1.76, 5088.63},
    {74, 3.50, 3154.69},
    {74, 4.68, 801.82},
    {70, 0.83, 9437.76},
    {62, 3.98, 8827.39},
    {61, 1.82, 7084.90},
    {57, 2.78, 6286.60},
    {56, 4.39, 14143.50},
    {56, 3.47, 6279.55},
    {52, 0.19, 12139.55},
    {52, 1.33, 1748.02},
    {51, 0.28, 5856.48},
    {49, 0.49, 1194.45},
    {41, 5.37, 8429.24},
    {41, 2.40, 19651.05},
    {39, 6.17, 10447.39},
    {37, 6.04, 10213.29},
    {37, 2.57, 1059.38},
    {36, 1.71, 2352.87},
    {36, 1.78, 6812.77},
    {33, 0.59, 17789.85},
    {30, 0.44, 83996.85},
    {30, 2.74, 1349.87},
    {25, 3.16, 4690.48},
};
constexpr Term l1[] = {
    {628331966747, 0, 0},       {206059, 2.678235, 6283.07585},
    {4303, 2.6351, 12566.1517}, {425, 1.590, 3.523},
    {119, 5.796, 26.298},       {109, 2.966, 1577.344},
    {93, 2.59, 18849.23},       {72, 1.14, 529.69},
    {68, 1.87, 398.15},         {67, 4.41, 5507.55},
    {59, 2.89, 5223.69},        {56, 2.17, 155.42},
    {45, 0.40, 796.30},         {36, 0.47, 775.52},
    {29, 2.65, 7.11},
};
constexpr Term l2[] = {{52919, 0, 0}, {8720, 1.0721, 6283.0758}, {309, 0.867, 12566.152}};
constexpr Term l3[] = {{289, 5.844, 6283.076}};
constexpr Term r0[] = {{100013989, 0, 0}, {1670700, 3.0984635, 6283.0758500}, {13956, 3.05525, 12566.15170}};

double sum(std::span<const Term> terms, double millennia) {
  double total = 0;
  for (const Term& term : terms) total += term.amplitude * std::cos(term.phase + term.frequency * millennia);
  return total * 1e-8;
}

constexpr double arc_second = std::numbers::pi / 180 / 3600;

// TT - UTC in seconds. Measured until 2024 (69.2, nearly standing still); the slow growth afterwards is a guess
// that matters by seconds.
double clock_difference_s(double days_since_2000) {
  const double years = days_since_2000 / 365.25;
  if (years < 0) return std::max(24.0, 63.8 + 0.69 * years);
  if (years < 24) return 63.8 + 0.225 * years;
  return 69.2 + 0.1 * (years - 24);
}

// Apparent longitude of the sun, radians, not reduced; `utc_days` since 2000-01-01 12:00 UTC.
double sun_longitude(double utc_days) {
  const double t = (utc_days + clock_difference_s(utc_days) / 86400) / 365250;  // millennia
  const double earth = sum(l0, t) + t * (sum(l1, t) + t * (sum(l2, t) + t * sum(l3, t)));
  const double c = t * 10;  // centuries
  constexpr double degree = std::numbers::pi / 180;
  const double node = (125.04452 - 1934.136261 * c) * degree;
  const double sun = (280.4665 + 36000.7698 * c) * degree;
  const double moon = (218.3165 + 481267.8813 * c) * degree;
  const double nutation =
      (-17.20 * std::sin(node) - 1.32 * std::sin(2 * sun) - 0.23 * std::sin(2 * moon) + 0.21 * std::sin(2 * node)) *
      arc_second;
  const double aberration = -20.4898 * arc_second / sum(r0, t);
  constexpr double to_fk5 = -0.09033 * arc_second;
  return earth + std::numbers::pi + nutation + aberration + to_fk5;
}

constexpr double term_step = std::numbers::pi / 12;

// Terms are counted from 立春 at 315 degrees.
double terms_gone(double utc_days) { return (sun_longitude(utc_days) - 315 * std::numbers::pi / 180) / term_step; }

// Midnight in China that begins this date.
double china_midnight(sys_days date) {
  constexpr auto epoch = sys_days{std::chrono::year{2000} / 1 / 1};
  return static_cast<double>((date - epoch).count()) - 0.5 - 8.0 / 24;
}

constexpr std::string_view term_keys[] = {
    "almanac.term.lichun",    "almanac.term.yushui",      "almanac.term.jingzhe", "almanac.term.chunfen",
    "almanac.term.qingming",  "almanac.term.guyu",        "almanac.term.lixia",   "almanac.term.xiaoman",
    "almanac.term.mangzhong", "almanac.term.xiazhi",      "almanac.term.xiaoshu", "almanac.term.dashu",
    "almanac.term.liqiu",     "almanac.term.chushu",      "almanac.term.bailu",   "almanac.term.qiufen",
    "almanac.term.hanlu",     "almanac.term.shuangjiang", "almanac.term.lidong",  "almanac.term.xiaoxue",
    "almanac.term.daxue",     "almanac.term.dongzhi",     "almanac.term.xiaohan", "almanac.term.dahan"};
static_assert(std::size(term_keys) == solar_terms);

// --- words

constexpr std::string_view digits_zh[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

std::string two_digits_zh(int n) {  // 1..99
  std::string out;
  if (n >= 20) out += digits_zh[n / 10];
  if (n >= 10) out += "十";
  if (n % 10 != 0) out += digits_zh[n % 10];
  return out;
}

}  // namespace

// --- the lunar date

LunarDate lunar(year_month_day date) {
  if (!date.ok()) return {};
  const sys_days day{date};
  const int solar_year = static_cast<int>(date.year());
  for (const int year : {solar_year, solar_year - 1}) {
    const auto found = lunar_year(year);
    if (!found || day < found->new_year()) continue;
    int left = static_cast<int>((day - found->new_year()).count());
    for (int place = 0; place < found->months(); ++place) {
      if (left >= found->length(place)) {
        left -= found->length(place);
        continue;
      }
      const int leap = found->leap_month();
      LunarDate out;
      out.year = year;
      out.gan_zhi = ((year - 4) % 60 + 60) % 60;
      out.leap = leap != 0 && place == leap;
      out.month = place + 1 - (leap != 0 && place >= leap ? 1 : 0);
      out.day = left + 1;
      return out;
    }
    return {};
  }
  return {};
}

int lunar_month_length(int year, int month, bool leap) {
  const auto found = lunar_year(year);
  const int place = found ? found->place(month, leap) : -1;
  return place < 0 ? 0 : found->length(place);
}

std::optional<year_month_day> solar_date(int year, int month, bool leap, int day) {
  if (day < 1 || day > lunar_month_length(year, month, leap)) return std::nullopt;
  const auto found = lunar_year(year);
  sys_days start = found->new_year();
  for (int place = 0; place < found->place(month, leap); ++place) start += days{found->length(place)};
  return year_month_day{start + days{day - 1}};
}

std::string lunar_day_zh(int day) {
  if (day < 1 || day > 30) return {};
  if (day <= 10) return "初" + (day == 10 ? std::string("十") : std::string(digits_zh[day]));
  if (day == 20 || day == 30 || day < 20) return two_digits_zh(day);
  return "廿" + std::string(digits_zh[day % 10]);
}

std::string lunar_month_zh(int month, bool leap) {
  constexpr std::string_view months[] = {"正月", "二月", "三月", "四月", "五月", "六月",
                                         "七月", "八月", "九月", "十月", "冬月", "腊月"};
  if (month < 1 || month > 12) return {};
  return (leap ? "闰" : "") + std::string(months[month - 1]);
}

std::string lunar_zh(const LunarDate& date) {
  return lunar_month_zh(date.month, date.leap) + lunar_day_zh(date.day);
}

std::string gan_zhi_zh(int gan_zhi) {
  constexpr std::string_view stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  constexpr std::string_view branches[] = {"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"};
  if (gan_zhi < 0 || gan_zhi > 59) return {};
  return std::string(stems[gan_zhi % 10]) + std::string(branches[gan_zhi % 12]);
}

std::string_view zodiac_key(int gan_zhi) {
  constexpr std::string_view keys[] = {"almanac.zodiac.rat",     "almanac.zodiac.ox",     "almanac.zodiac.tiger",
                                       "almanac.zodiac.rabbit",  "almanac.zodiac.dragon", "almanac.zodiac.snake",
                                       "almanac.zodiac.horse",   "almanac.zodiac.sheep",  "almanac.zodiac.monkey",
                                       "almanac.zodiac.rooster", "almanac.zodiac.dog",    "almanac.zodiac.pig"};
  return gan_zhi < 0 ? std::string_view{} : keys[gan_zhi % 12];
}

std::string lunar_text(const Words& words, const LunarDate& date) {
  if (!date.known()) return {};
  if (words.chinese()) return lunar_zh(date);
  std::string month = words.text("almanac.lunar_month.m" + std::to_string(date.month));
  if (date.leap) month = words.text("almanac.lunar.leap", {{"month", month}});
  return words.text("almanac.lunar.date", {{"month", month}, {"day", std::to_string(date.day)}});
}

std::string lunar_text_short(const Words& words, const LunarDate& date) {
  if (!date.known()) return {};
  if (words.chinese()) return lunar_zh(date);
  const std::string month = std::to_string(date.month) + (date.leap ? "+" : "");
  return words.text("almanac.lunar.short", {{"month", month}, {"day", std::to_string(date.day)}});
}

// --- solar terms

std::optional<int> solar_term(year_month_day date) {
  if (!date.ok()) return std::nullopt;
  // A term never begins outside these days of a month, 1900-2100: two thirds of all dates are told at once.
  const unsigned of_month = static_cast<unsigned>(date.day());
  if (of_month < 3 || (of_month > 9 && of_month < 18) || of_month > 24) return std::nullopt;
  const double midnight = china_midnight(sys_days{date});
  const double before = std::floor(terms_gone(midnight));
  const double after = std::floor(terms_gone(midnight + 1));
  if (before == after) return std::nullopt;
  return static_cast<int>((static_cast<long>(after) % solar_terms + solar_terms) % solar_terms);
}

std::chrono::sys_seconds solar_term_instant(int solar_year, int term) {
  // Terms 22 and 23 come in January, before 立春.
  const int after_spring = term >= 22 ? term - solar_terms : term;
  constexpr auto epoch = sys_days{std::chrono::year{2000} / 1 / 1};
  const auto february = sys_days{std::chrono::year{solar_year} / 2 / 4};
  double at = static_cast<double>((february - epoch).count()) + after_spring * 365.2422 / solar_terms;
  const double guess = terms_gone(at);
  const double target = std::round((guess - term) / solar_terms) * solar_terms + term;
  for (int i = 0; i < 6; ++i) at += (target - terms_gone(at)) * 365.2422 / solar_terms;
  const auto noon = std::chrono::sys_seconds{epoch} + std::chrono::hours{12};
  return noon + std::chrono::seconds{std::llround(at * 86400)};
}

std::string_view term_key(int term) {
  return term < 0 || term >= solar_terms ? std::string_view{} : term_keys[term];
}

// --- festivals

std::vector<Festival> festivals(year_month_day date, int small_new_year_day) {
  std::vector<Festival> out;
  if (!date.ok()) return out;
  struct Fixed {
    int month, day;
    Festival festival;
  };
  constexpr Fixed lunar_ones[] = {{1, 1, Festival::spring_festival}, {1, 15, Festival::lanterns},
                                  {2, 2, Festival::dragon_head},     {5, 5, Festival::dragon_boats},
                                  {7, 7, Festival::seventh_evening}, {7, 15, Festival::ghosts},
                                  {8, 15, Festival::mid_autumn},     {9, 9, Festival::double_ninth},
                                  {10, 1, Festival::winter_clothes}, {12, 8, Festival::laba}};
  constexpr Fixed solar_ones[] = {{1, 1, Festival::new_year},      {3, 8, Festival::womens_day},
                                  {5, 1, Festival::labour_day},    {6, 1, Festival::childrens_day},
                                  {9, 10, Festival::teachers_day}, {10, 1, Festival::national_day}};
  const LunarDate moon = lunar(date);
  if (moon.known() && !moon.leap) {
    for (const Fixed& fixed : lunar_ones)
      if (fixed.month == moon.month && fixed.day == moon.day) out.push_back(fixed.festival);
    if (moon.month == 12 && moon.day == small_new_year_day) out.push_back(Festival::small_new_year);
  }
  if (moon.month == 12 && moon.day >= 29) {
    const LunarDate tomorrow = lunar(year_month_day{sys_days{date} + days{1}});
    const bool table_ends = moon.year == last_year && moon.day == lunar_month_length(moon.year, 12, moon.leap);
    if (tomorrow.month == 1 || table_ends) out.push_back(Festival::new_years_eve);
  }
  if (const auto term = solar_term(date)) {
    if (*term == term_pure_brightness) out.push_back(Festival::pure_brightness);
    if (*term == term_winter_solstice) out.push_back(Festival::winter_solstice);
  }
  const int month = static_cast<int>(static_cast<unsigned>(date.month()));
  const int day = static_cast<int>(static_cast<unsigned>(date.day()));
  for (const Fixed& fixed : solar_ones)
    if (fixed.month == month && fixed.day == day) out.push_back(fixed.festival);
  return out;
}

std::optional<Festival> festival(year_month_day date, int small_new_year_day) {
  const auto all = festivals(date, small_new_year_day);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

std::string_view festival_key(Festival festival) {
  switch (festival) {
    case Festival::spring_festival:
      return "almanac.festival.spring_festival";
    case Festival::lanterns:
      return "almanac.festival.lanterns";
    case Festival::dragon_head:
      return "almanac.festival.dragon_head";
    case Festival::pure_brightness:
      return "almanac.festival.pure_brightness";
    case Festival::dragon_boats:
      return "almanac.festival.dragon_boats";
    case Festival::seventh_evening:
      return "almanac.festival.seventh_evening";
    case Festival::ghosts:
      return "almanac.festival.ghosts";
    case Festival::mid_autumn:
      return "almanac.festival.mid_autumn";
    case Festival::double_ninth:
      return "almanac.festival.double_ninth";
    case Festival::winter_clothes:
      return "almanac.festival.winter_clothes";
    case Festival::winter_solstice:
      return "almanac.festival.winter_solstice";
    case Festival::laba:
      return "almanac.festival.laba";
    case Festival::small_new_year:
      return "almanac.festival.small_new_year";
    case Festival::new_years_eve:
      return "almanac.festival.new_years_eve";
    case Festival::new_year:
      return "almanac.festival.new_year";
    case Festival::womens_day:
      return "almanac.festival.womens_day";
    case Festival::labour_day:
      return "almanac.festival.labour_day";
    case Festival::childrens_day:
      return "almanac.festival.childrens_day";
    case Festival::teachers_day:
      return "almanac.festival.teachers_day";
    case Festival::national_day:
      return "almanac.festival.national_day";
  }
  return {};
}

DayFacts day_facts(year_month_day date, const MarketRule& rule, int small_new_year_day) {
  return {lunar(date), solar_term(date), festival(date, small_new_year_day), is_market_day(rule, date)};
}

}  // namespace base
