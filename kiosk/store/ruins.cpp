#include "store/ruins.h"

#include "store/journal.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace store {

Ruins::Ruins(const std::filesystem::path& data, const std::filesystem::path& workplace) {
  std::filesystem::create_directories(workplace);
  std::error_code none;
  // A healing that was cut short had moved them aside already.
  auto from = data;
  if (!std::filesystem::exists(data / "nuanzhan.db", none))
    for (int i = 1; std::filesystem::exists(data / fmt::format("damaged-{}", i), none); ++i) from = data / fmt::format("damaged-{}", i);
  for (const char* f : {"nuanzhan.db", "nuanzhan.db-wal"}) std::filesystem::copy_file(from / f, workplace / f, none);
  if (!std::filesystem::exists(workplace / "nuanzhan.db", none)) return;
  try {
    db_.emplace(workplace / "nuanzhan.db", Database::Mode::read_write);
  } catch (const std::exception&) {
    db_.reset();
  }
}

std::pair<std::int64_t, bool> Ruins::read_after(std::int64_t number, const std::function<bool(std::int64_t, const SecondJournal::Entry&)>& see) {
  try {
    // By number: the table itself, and no index, which may be what is damaged.
    auto rows = db_->query("SELECT " + std::string(journal::columns) +
                               " FROM journal_fact f NOT INDEXED CROSS JOIN journal_origin o NOT INDEXED ON o.number = f.origin WHERE f.number > ? ORDER BY f.number",
                           number);
    for (const auto row : rows) {
      SecondJournal::Entry entry;
      std::string chain;
      try {
        number = row.get<std::int64_t>(16);
        entry.fact = journal::read(row);
        chain = row.get<std::string>(17);
      } catch (const std::exception&) {
        continue;  // no fact of ours any more
      }
      if (chain.size() == entry.head.size()) std::ranges::transform(chain, entry.head.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
      if (!see(number, entry)) return {number, true};
    }
    return {number, true};
  } catch (const std::exception&) {
    return {number, false};
  }
}

void Ruins::each(const std::function<bool(const SecondJournal::Entry&, bool)>& see) {
  if (!db_) return;
  std::map<base::Uuid, SecondJournal::Position> last;
  const auto one = [&](std::int64_t, const SecondJournal::Entry& entry) {
    auto& before = last[entry.fact.origin];
    const bool follows = entry.fact.seq == before.seq + 1 && entry.head == journal::next(before.head, entry.fact);
    // What comes after one that was changed follows again from the chain beside that one.
    before = {entry.fact.seq, entry.head};
    return see(entry, follows);
  };
  std::int64_t at = 0;
  for (std::int64_t step = 1; step < std::int64_t{1} << 24; step *= 2) {
    const auto [reached, ended] = read_after(at, one);
    if (ended) return;
    // Beyond the page that cannot be read, in ever larger steps.
    at = std::max(reached, at) + step;
  }
}

}  // namespace store
