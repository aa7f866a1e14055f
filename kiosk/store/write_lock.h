// The database's write lock for as long as nothing is written into the database itself: files beside it that go with it are (the second
// journal, the persons' keys). Throws SQLite::Exception where another program holds it. Outside an Act; the thread of the connection.
#pragma once

#include "store/database.h"

#include <SQLiteCpp/Exception.h>

namespace store {

class WriteLock {
 public:
  explicit WriteLock(Database& db) : db_(&db) { db_->script("BEGIN IMMEDIATE"); }
  ~WriteLock() {
    try { db_->script("ROLLBACK"); } catch (const SQLite::Exception&) {}
  }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  Database* db_;
};

}  // namespace store
