#include "store/database.h"

#include <chrono>
#include <sqlite3.h>
#include <thread>

namespace store {
namespace {

constexpr int wait_ms = 5000;   // for another program's lock, at opening
constexpr int sqlite_busy = 5;  // SQLITE_BUSY

// Pages and small pieces each in memory of their own, not in pools of SQLite's that are never given back: what is freed is emptied (freed.cpp).
// Before the first database; later it changes nothing.
void keep_no_pools() {
  static const int done = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) + sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
  (void)done;
}

// SQLite asks no busy handler while a journal changes its mode, since two that both wait would wait for ever: a command
// and the kiosk started together on a new folder each find the other's lock here.
void journal_in_wal(SQLite::Database& db) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  for (;;) {
    try {
      db.exec("PRAGMA journal_mode=WAL");
      return;
    } catch (const SQLite::Exception& e) {
      if (e.getErrorCode() != sqlite_busy || std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

Rows::~Rows() {
  if (s_) Database::give_back(*home_, std::move(s_));
}

Database::Database(const std::filesystem::path& file, Mode mode)
    : db_((keep_no_pools(), file.string()), mode == Mode::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, wait_ms) {
  // FULL: a confirmed fact survives a power cut. tests/faults/power_cut.sh fails when this is weakened.
  if (mode == Mode::read_write) {
    journal_in_wal(db_);
    db_.exec("PRAGMA synchronous=FULL");
    db_.exec("PRAGMA secure_delete=ON");  // what a row said of somebody is not left in a free page
  }
  db_.exec("PRAGMA foreign_keys=ON");
  db_.exec("PRAGMA trusted_schema=OFF");
  db_.exec("PRAGMA temp_store=MEMORY");
  db_.exec("PRAGMA cache_size=-16000");
}

Ready& Database::ready(std::string_view sql) {
  const auto found = ready_.find(sql);
  return found != ready_.end() ? found->second : ready_[std::string(sql)];
}

std::unique_ptr<SQLite::Statement> Database::lease(Ready& home, std::string_view sql) {
  if (home.empty()) return std::make_unique<SQLite::Statement>(db_, std::string(sql));
  auto s = std::move(home.back());
  home.pop_back();
  return s;
}

void Database::give_back(Ready& home, std::unique_ptr<SQLite::Statement> s) {
  s->tryReset();
  s->clearBindings();
  home.push_back(std::move(s));
}

}  // namespace store
