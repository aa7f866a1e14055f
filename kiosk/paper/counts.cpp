#include "paper/counts.h"

#include <algorithm>
#include <array>

namespace paper {
namespace {

using base::ColumnKind;

constexpr std::array<std::string_view, 5> people{"person", "about", "handled_by", "published_by", "by_whom"};
constexpr std::array<std::string_view, 2> written{"title", "text"};

bool one_of(const auto& names, const base::Column& c) { return std::ranges::find(names, c.name) != names.end(); }

bool stays(const base::Column& c) {
  if (one_of(people, c) || one_of(written, c)) return false;
  return c.total || c.kind == ColumnKind::text || c.kind == ColumnKind::day;
}

}  // namespace

Counts::Counts(std::vector<base::Column> columns) : columns_(std::move(columns)) {
  gathers_ = std::ranges::any_of(columns_, [](const auto& c) { return one_of(people, c); });
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!gathers_ || stays(columns_[i])) kept_.push_back(i);
}

std::vector<base::Column> Counts::columns() const {
  std::vector<base::Column> out;
  for (const auto i : kept_) out.push_back(columns_[i]);
  if (gathers_) out.push_back({"rows", "paper.rows", ColumnKind::whole, 1, true});
  return out;
}

void Counts::add(const std::vector<base::Cell>& cells) {
  auto all = cells;
  all.resize(columns_.size(), base::NotFilledIn{});
  std::string key = gathers_ ? std::string{} : std::to_string(lines_.size());
  for (const auto i : kept_)
    if (gathers_ && !columns_[i].total) key += (is_filled(all[i]) ? '=' : '-') + cell_text(all[i], {}) + '\n';  // no text of a cell holds a line break
  const auto [at, is_new] = line_of_.try_emplace(std::move(key), lines_.size());
  if (is_new) lines_.push_back({all, Totals(columns_)});
  auto& line = lines_[at->second];
  line.sums.add(all);
  ++line.rows;
}

void Counts::each(const base::RowSink& sink) const {
  for (const auto& line : lines_) {
    const auto sums = line.sums.row();
    std::vector<base::Cell> cells;
    for (const auto i : kept_) cells.push_back(gathers_ && columns_[i].total ? sums[i] : line.first[i]);
    if (gathers_) cells.emplace_back(line.rows);
    sink(cells);
  }
}

}  // namespace paper
