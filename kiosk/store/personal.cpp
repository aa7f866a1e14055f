// What facts say of people: put under their keys when it is said, given back to whoever folds or reads, gone where a key was destroyed.
#include "store/journal.h"
#include "store/store.h"
#include "store/write_lock.h"

#include "base/log.h"

#include <fmt/format.h>
#include <set>

namespace store {
namespace {

// Quotes inside a text are escaped: this stands in a body only where such a field is.
bool has_sealed(const Fact& f) {
  static const auto mark = fmt::format("\"{}\":\"", sealed_field);
  return f.body.find(mark) != std::string::npos;
}

std::string bound_to(const Fact& f) {
  std::string bound(reinterpret_cast<const char*>(f.id.bytes.data()), f.id.bytes.size());
  bound.append(reinterpret_cast<const char*>(f.subject.bytes.data()), f.subject.bytes.size());
  return bound + f.kind;
}

constexpr int waits_ms = 50;  // a person stands before the screen

}  // namespace

KeysMissing::KeysMissing(std::int64_t n)
    : std::runtime_error(fmt::format("what facts say of {} people (or households) cannot be read: their keys are neither in persons.keys nor in a copy of it that opens; "
                                     "nothing was changed. Look for the newest key file (backup/<day>.nzk, or <kiosk>.nzk on a stick)", n)),
      people(n) {}

std::optional<base::Uuid> Store::owner_of(const FactKind& k, const Fact& f) {
  if (f.person) return f.person;
  return k.of_subject ? std::optional(f.subject) : std::nullopt;
}

void Store::seal_personal(const FactKind& k, Fact& f) {
  const auto owner = k.personal.empty() ? std::nullopt : owner_of(k, f);
  if (!owner) return;
  auto body = nlohmann::json::parse(f.body, nullptr, false);
  if (!body.is_object()) return;
  auto inside = nlohmann::json::object();
  for (const auto field : k.personal) {
    const auto at = body.find(field);
    if (at == body.end()) continue;
    inside[std::string(field)] = std::move(*at);
    body.erase(at);
  }
  if (inside.empty()) return;
  // Of whoever was erased nothing is written any more.
  const auto* key = keys_->find(*owner);
  if (key == nullptr && !erased(*owner)) key = &keys_->make(*owner);
  if (key != nullptr) {
    auto clear = inside.dump();
    body[std::string(sealed_field)] = seal_fields(clear, *key, bound_to(f));
    wipe(clear);
  }
  f.body = body.dump();
}

void Store::open_personal(Fact& f) {
  const auto* k = kind(f.kind);
  if (k == nullptr || k->personal.empty() || !has_sealed(f)) return;
  auto body = nlohmann::json::parse(f.body, nullptr, false);
  const auto at = body.is_object() ? body.find(sealed_field) : body.end();
  if (!body.is_object() || at == body.end() || !at->is_string()) return;
  const auto sealed = at->get<std::string>();
  body.erase(at);
  const auto owner = owner_of(*k, f);
  if (const auto* key = owner ? keys_->find(*owner) : nullptr; key != nullptr)
    if (auto clear = open_fields(sealed, *key, bound_to(f))) {
      if (const auto inside = nlohmann::json::parse(*clear, nullptr, false); inside.is_object()) body.update(inside);
      wipe(*clear);
    }
  f.body = body.dump();
}

bool Store::lacks_key(const Fact& f) {
  const auto* k = kind(f.kind);
  if (k == nullptr || k->personal.empty() || !has_sealed(f)) return false;
  const auto owner = owner_of(*k, f);
  return owner && keys_->find(*owner) == nullptr && !erased(*owner);
}

std::int64_t Store::keys_missing() {
  std::set<base::Uuid> missing;
  each_fact(0, [&](std::int64_t, const Fact& f) {
    if (const auto* k = kind(f.kind); k != nullptr && lacks_key(f)) missing.insert(*owner_of(*k, f));
    return true;
  });
  return static_cast<std::int64_t>(missing.size());
}

bool Store::erased(const base::Uuid& owner) {
  return keys_->destroyed(owner) || reader(Viewer{}).count("SELECT count(*) FROM local_erased WHERE owner = ?", owner) > 0;
}

void Store::erase(const Fact& f) {
  const auto* k = kind(f.kind);
  const auto owner = owner_of(*k, f);
  if (!owner) return;
  db_->run("INSERT OR IGNORE INTO local_erased (owner) VALUES (?)", *owner);
  keys_->hide(*owner);
  refold(*owner);
}

void Store::refold(const base::Uuid& owner) {
  std::set<std::pair<void (*)(Fold&), base::Uuid>> seen;
  std::vector<std::pair<const FactKind*, base::Uuid>> subjects;
  for (auto rows = db_->query("SELECT kind, subject FROM journal_fact WHERE person = ?1 UNION SELECT kind, subject FROM journal_fact WHERE subject = ?1", owner); const auto row : rows) {
    const auto* of = kind(row.get<std::string>(0));
    const auto subject = row.get<base::Uuid>(1);
    if (of != nullptr && !of->personal.empty() && of->fold != nullptr && seen.insert({of->fold, subject}).second) subjects.emplace_back(of, subject);
  }
  for (const auto& [of, subject] : subjects) fold_subject(*of, subject, false, true);
}

void Store::take_keys(const KeySet& others) {
  db_->script("BEGIN IMMEDIATE");
  try {
    keys_->look();
    std::vector<base::Uuid> fresh;
    for (const auto& [owner, key] : others.keys)
      if (!keys_->all().keys.contains(owner)) fresh.push_back(owner);
    keys_->adopt(others);
    keys_->force();
    for (const auto& owner : fresh) refold(owner);
    db_->script("COMMIT");
  } catch (...) {
    keys_->forget_made();
    keys_->show_again();
    try { db_->script("ROLLBACK"); } catch (const SQLite::Exception&) {}
    throw;
  }
  ++moved_;
  if (!keys_->hides()) return;
  const WriteLock lock(*db_);
  keys_->look();
  keys_->destroy_hidden();  // there it was said; its fact comes
}

bool Store::settle_erasures() {
  unsettled_ = true;
  try {
    bool any = keys_->hides();
    keys_->show_again();  // what the journal says is destroyed, and nothing else
    std::vector<base::Uuid> owners;
    for (auto rows = db_->query("SELECT owner FROM local_erased"); const auto row : rows) owners.push_back(row.get<base::Uuid>(0));
    for (const auto& owner : owners)
      if (!keys_->all().destroyed.contains(owner)) keys_->hide(owner);
    if (keys_->hides()) {
      any = true;
      const WriteLock lock(*db_, waits_ms);  // another program may be writing a new key at this moment
      keys_->look();
      keys_->destroy_hidden();
    }
    if (any || traces_) {
      traces_ = true;
      db_->raw().setBusyTimeout(waits_ms);
      bool busy = true;
      for (auto rows = db_->query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) busy = row.get<int>(0) != 0;
      db_->raw().setBusyTimeout(as_opened_ms);
      traces_ = busy;
    }
    unsettled_ = traces_;
  } catch (const SQLite::Exception& e) {
    spdlog::error("an erasure is not settled yet: database code {}", e.getErrorCode());
  } catch (const std::exception& e) {
    spdlog::error("an erasure is not settled yet: {}", e.what());
  }
  return !unsettled_;
}

}  // namespace store
