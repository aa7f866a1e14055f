#include "store/database.h"

namespace store {

Rows::~Rows() {
  if (s_) db_->give_back(std::move(sql_), std::move(s_));
}

Database::Database(const std::filesystem::path& file, Mode mode)
    : db_(file.string(), mode == Mode::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000) {
  // FULL: a confirmed fact survives a power cut. tests/faults/powercut.sh fails when this is weakened.
  if (mode == Mode::read_write) {
    db_.exec("PRAGMA journal_mode=WAL");
    db_.exec("PRAGMA synchronous=FULL");
  }
  db_.exec("PRAGMA foreign_keys=ON");
  db_.exec("PRAGMA trusted_schema=OFF");
  db_.exec("PRAGMA temp_store=MEMORY");
  db_.exec("PRAGMA cache_size=-16000");
}

std::unique_ptr<SQLite::Statement> Database::lease(std::string_view sql) {
  auto& spare = ready_[std::string(sql)];
  if (!spare.empty()) {
    auto s = std::move(spare.back());
    spare.pop_back();
    return s;
  }
  return std::make_unique<SQLite::Statement>(db_, std::string(sql));
}

void Database::give_back(std::string sql, std::unique_ptr<SQLite::Statement> s) {
  s->tryReset();
  s->clearBindings();
  ready_[std::move(sql)].push_back(std::move(s));
}

}  // namespace store
