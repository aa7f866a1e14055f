// One SQLite connection: statements kept ready, values bound by type, rows read by type. Thin over SQLiteCpp. One thread at a time.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/personal.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace store {

// --- what can be bound
inline void bind(SQLite::Statement& s, int i, std::int64_t v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, int v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, unsigned v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, bool v) { s.bind(i, v ? 1 : 0); }
inline void bind(SQLite::Statement& s, int i, double v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, const std::string& v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, const char* v) { s.bind(i, v); }
inline void bind(SQLite::Statement& s, int i, std::string_view v) { s.bind(i, std::string(v)); }
inline void bind(SQLite::Statement& s, int i, const base::Uuid& v) { s.bind(i, v.bytes.data(), 16); }
inline void bind(SQLite::Statement& s, int i, base::Instant v) { s.bind(i, static_cast<std::int64_t>(v.time_since_epoch().count())); }
inline void bind(SQLite::Statement& s, int i, base::Day v) { s.bind(i, static_cast<std::int64_t>(v.time_since_epoch().count())); }
inline void bind(SQLite::Statement& s, int i, base::Minutes v) { s.bind(i, static_cast<std::int64_t>(v.count())); }
inline void bind(SQLite::Statement& s, int i, std::nullptr_t) { s.bind(i); }
template <class Tag>
void bind(SQLite::Statement& s, int i, const base::Id<Tag>& v) { bind(s, i, v.value); }
template <class T>
void bind(SQLite::Statement& s, int i, const base::Personal<T>& v) { bind(s, i, v.shown()); }
template <class T>
void bind(SQLite::Statement& s, int i, const std::optional<T>& v) {
  if (v) bind(s, i, *v);
  else s.bind(i);
}

// --- what can be read
template <class T>
struct Read;
template <class T>
  requires std::is_integral_v<T>
struct Read<T> { static T from(const SQLite::Column& c) { return static_cast<T>(c.getInt64()); } };
template <class T>
  requires std::is_enum_v<T>
struct Read<T> { static T from(const SQLite::Column& c) { return static_cast<T>(c.getInt64()); } };
template <>
struct Read<double> { static double from(const SQLite::Column& c) { return c.getDouble(); } };
template <>
struct Read<std::string> { static std::string from(const SQLite::Column& c) { return c.getString(); } };
template <>
struct Read<base::Uuid> {
  static base::Uuid from(const SQLite::Column& c) {
    base::Uuid u;
    if (c.getBytes() == 16) std::copy_n(static_cast<const std::uint8_t*>(c.getBlob()), 16, u.bytes.begin());
    return u;
  }
};
template <class Tag>
struct Read<base::Id<Tag>> { static base::Id<Tag> from(const SQLite::Column& c) { return {Read<base::Uuid>::from(c)}; } };
template <>
struct Read<base::Instant> { static base::Instant from(const SQLite::Column& c) { return base::Instant{std::chrono::milliseconds{c.getInt64()}}; } };
template <>
struct Read<base::Day> { static base::Day from(const SQLite::Column& c) { return base::Day{std::chrono::days{c.getInt64()}}; } };
template <>
struct Read<base::Minutes> { static base::Minutes from(const SQLite::Column& c) { return base::Minutes{c.getInt64()}; } };
template <class T>
struct Read<base::Personal<T>> { static base::Personal<T> from(const SQLite::Column& c) { return base::Personal<T>{Read<T>::from(c)}; } };
template <class T>
struct Read<std::optional<T>> {
  static std::optional<T> from(const SQLite::Column& c) { return c.isNull() ? std::nullopt : std::optional<T>{Read<T>::from(c)}; }
};

class Row {
 public:
  explicit Row(SQLite::Statement& s) : s_(&s) {}
  template <class T>
  [[nodiscard]] T get(int column) const { return Read<T>::from(s_->getColumn(column)); }
  [[nodiscard]] bool null(int column) const { return s_->getColumn(column).isNull(); }

 private:
  SQLite::Statement* s_;
};

// Statements of one text that nobody uses now, kept ready.
using Ready = std::vector<std::unique_ptr<SQLite::Statement>>;

// Rows of one query, read once, forward. Holds its statement until it goes.
class Rows {
 public:
  Rows(Ready& home, std::unique_ptr<SQLite::Statement> s) : home_(&home), s_(std::move(s)) {}
  Rows(Rows&&) = default;
  Rows& operator=(Rows&&) = delete;
  ~Rows();
  struct End {};
  class Iterator {
   public:
    explicit Iterator(SQLite::Statement* s) : s_(s) { ++*this; }
    Row operator*() const { return Row(*s_); }
    Iterator& operator++() { if (!s_->executeStep()) s_ = nullptr; return *this; }
    bool operator==(End) const { return s_ == nullptr; }

   private:
    SQLite::Statement* s_;
  };
  [[nodiscard]] Iterator begin() { return Iterator(s_.get()); }
  [[nodiscard]] End end() const { return {}; }
  [[nodiscard]] SQLite::Statement& statement() { return *s_; }

 private:
  Ready* home_;
  std::unique_ptr<SQLite::Statement> s_;
};

class Database {
 public:
  enum class Mode { read_only, read_write };
  Database(const std::filesystem::path& file, Mode);

  template <class... A>
  Rows query(std::string_view sql, const A&... args) {
    auto& home = ready(sql);
    auto s = lease(home, sql);
    int i = 0;
    (bind(*s, ++i, args), ...);
    return Rows(home, std::move(s));
  }
  template <class... A>
  int run(std::string_view sql, const A&... args) {
    auto& home = ready(sql);
    auto s = lease(home, sql);
    int i = 0;
    (bind(*s, ++i, args), ...);
    const int changed = s->exec();
    give_back(home, std::move(s));
    return changed;
  }
  void script(const std::string& sql) { db_.exec(sql); }
  [[nodiscard]] SQLite::Database& raw() { return db_; }

 private:
  friend class Rows;
  // Looked up without a copy of the text: a deed asks a score of statements.
  struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  Ready& ready(std::string_view sql);
  std::unique_ptr<SQLite::Statement> lease(Ready& home, std::string_view sql);
  static void give_back(Ready& home, std::unique_ptr<SQLite::Statement>);

  SQLite::Database db_;
  std::unordered_map<std::string, Ready, HashOfText, std::equal_to<>> ready_;  // its values stay where they are while it grows
};

}  // namespace store
