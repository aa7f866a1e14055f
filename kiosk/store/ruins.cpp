#include "store/ruins.h"

#include "store/bad_places.h"
#include "store/journal.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <span>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace store {

namespace {

// Zeros where the disk does not give a page. What is not there is not copied; throws std::system_error where a copy cannot be made at all.
void copy_readable(const std::filesystem::path& from, const std::filesystem::path& to) {
  const auto fail = [](const char* what) { throw std::system_error(errno, std::generic_category(), what); };
  struct Fd {
    int fd;
    ~Fd() { if (fd >= 0) ::close(fd); }
  };
  const Fd in{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.fd < 0 && errno == ENOENT) return;
  struct stat about{};
  if (in.fd < 0 || ::fstat(in.fd, &about) != 0) fail("the damaged database cannot be read; nothing was changed");
  const Fd out{::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (out.fd < 0) fail("there is no room to read the damaged database; nothing was changed");
  std::string buffer(std::size_t{1} << 20, '\0');
  const auto size = static_cast<std::uint64_t>(about.st_size);
  for (std::uint64_t at = 0; at < size; at += buffer.size()) {
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
    (void)read_around(in.fd, at, std::span(buffer).first(bytes));
    for (std::size_t done = 0; done < bytes;) {
      const auto n = ::write(out.fd, buffer.data() + done, bytes - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("there is no room to read the damaged database; nothing was changed");
      done += static_cast<std::size_t>(n);
    }
  }
}

}  // namespace

Ruins::Ruins(const std::filesystem::path& data, const std::filesystem::path& workplace) {
  std::filesystem::create_directories(workplace);
  std::error_code none;
  // A healing that was cut short had moved them aside already.
  auto from = data;
  if (!std::filesystem::exists(data / "nuanzhan.db", none))
    for (int i = 1; std::filesystem::exists(data / fmt::format("damaged-{}", i), none); ++i) from = data / fmt::format("damaged-{}", i);
  for (const char* f : {"nuanzhan.db", "nuanzhan.db-wal"}) copy_readable(from / f, workplace / f);
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
