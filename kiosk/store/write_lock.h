// The database's write lock for as long as nothing is written into the database itself: files beside it that go with it are (the second
// journal, the persons' keys). Throws SQLite::Exception where another program holds it. Outside an Act; the thread of the connection.
#pragma once

#include "store/database.h"

#include <SQLiteCpp/Exception.h>

namespace store {

inline constexpr int as_opened_ms = 5000;  // store/database.cpp

class WriteLock {
 public:
  explicit WriteLock(Database& db, int patience_ms = as_opened_ms) : db_(&db) {
    db_->raw().setBusyTimeout(patience_ms);
    try {
      db_->script("BEGIN IMMEDIATE");
    } catch (...) {
      db_->raw().setBusyTimeout(as_opened_ms);
      throw;
    }
    db_->raw().setBusyTimeout(as_opened_ms);
  }
  ~WriteLock() {
    try { db_->script("ROLLBACK"); } catch (const SQLite::Exception&) {}
  }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  Database* db_;
};

}  // namespace store
