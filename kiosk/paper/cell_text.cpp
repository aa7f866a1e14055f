#include "paper/cell_text.h"

#include <fmt/format.h>
#include <cmath>
#include <cstdint>
#include <limits>

namespace paper {
namespace {

template <class... F>
struct Each : F... {
  using F::operator()...;
};

std::string decimal(double v, int digits) {
  auto text = fmt::format("{:.{}f}", v, digits);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::int64_t add_up(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

}  // namespace

std::string clean(std::string_view text) {
  std::u32string kept;
  for (const char32_t c : base::to_utf32(text)) {
    if (c == U'\n' || c == U'\t' || c == U'\u2028' || c == U'\u2029') {
      kept += U' ';
    } else if (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0xfffe && c != 0xffff) {
      kept += c;
    }
  }
  return base::to_utf8(kept);
}

bool is_filled(const base::Cell& cell) {
  if (const auto* d = std::get_if<double>(&cell)) return std::isfinite(*d);
  if (const auto* s = std::get_if<base::Share>(&cell)) return std::isfinite(s->of_one);
  return !std::holds_alternative<base::NotFilledIn>(cell);
}

std::string cell_text(const base::Cell& cell, const CellStyle& style) {
  if (!is_filled(cell)) return {};
  return std::visit(
      Each{
          [](const base::NotFilledIn&) { return std::string(); },
          [](const std::string& t) { return clean(t); },
          [](std::int64_t n) { return fmt::format("{}", n); },
          [](double d) { return decimal(d, 2); },
          [](const base::Share& s) { return decimal(s.of_one * 100, 1) + "%"; },
          [](const base::Day& d) { return base::iso(d); },
          [&](const base::Instant& at) {
            const auto of_day = base::minutes_of_day(at, style.place).count();
            return fmt::format("{} {:02}:{:02}", base::iso(base::day_of(at, style.place)), of_day / 60,
                               of_day % 60);
          },
          [&](const base::Minutes& m) {
            const auto all = m.count() < 0 ? -m.count() : m.count();
            const auto minus = m.count() < 0 ? "-" : "";
            if (!style.words) return fmt::format("{}{}:{:02}", minus, all / 60, all % 60);
            if (all < 60) return style.words->text("paper.minutes", {{"minutes", fmt::format("{}{}", minus, all)}});
            return style.words->text("paper.hours_minutes", {{"hours", fmt::format("{}{}", minus, all / 60)},
                                                             {"minutes", fmt::format("{}", all % 60)}});
          },
      },
      cell);
}

void Totals::add(const std::vector<base::Cell>& cells) {
  for (std::size_t i = 0; i < columns_.size() && i < cells.size(); ++i) {
    if (!columns_[i].total || !is_filled(cells[i])) continue;
    auto& sum = sums_[i];
    if (const auto* n = std::get_if<std::int64_t>(&cells[i])) {
      if (auto* so_far = std::get_if<double>(&sum)) {
        *so_far += static_cast<double>(*n);
      } else {
        const auto* whole = std::get_if<std::int64_t>(&sum);
        sum = add_up(whole ? *whole : 0, *n);
      }
    } else if (const auto* d = std::get_if<double>(&cells[i])) {
      if (const auto* whole = std::get_if<std::int64_t>(&sum)) {
        sum = static_cast<double>(*whole) + *d;
      } else {
        const auto* so_far = std::get_if<double>(&sum);
        sum = (so_far ? *so_far : 0) + *d;
      }
    } else if (const auto* m = std::get_if<base::Minutes>(&cells[i])) {
      const auto* so_far = std::get_if<base::Minutes>(&sum);
      sum = base::Minutes(add_up(so_far ? so_far->count() : 0, m->count()));
    }  // Shares, days, instants and text do not add up.
  }
}

bool Totals::wanted() const {
  for (const auto& c : columns_)
    if (c.total) return true;
  return false;
}

std::size_t Totals::label_column() const {
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!columns_[i].total) return i;
  return columns_.size();
}

}  // namespace paper
