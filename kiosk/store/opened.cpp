// What somebody has opened of what is sealed: facts and the rows folded from them, in tables of this connection's own (temp_store=MEMORY),
// so that a deed that is rolled back leaves nothing of itself there either.
#include "store/envelope.h"
#include "store/journal.h"
#include "store/store.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace store {
namespace {

// Up to where this account has looked, and which envelopes were for it: a bit for each there was, so that its length tells nothing. The
// id tells whether it still is the same file: numbers are those of arrival.
struct Looked {
  std::int64_t up_to = 0;
  base::Uuid last;
  std::vector<bool> held;
};

std::string text_of(const Looked& looked) {
  std::string bits((looked.held.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < looked.held.size(); ++i)
    if (looked.held[i]) bits[i / 8] = static_cast<char>(static_cast<unsigned char>(bits[i / 8]) | (1U << (i % 8)));
  return nlohmann::json{{"up_to", looked.up_to}, {"last", looked.last.text()}, {"of", looked.held.size()}}.dump() + "\n" + bits;
}

Looked looked_in(std::string_view text) {
  try {
    const auto line = text.find('\n');
    const auto in = nlohmann::json::parse(text.substr(0, line));
    const auto bits = text.substr(line == text.npos ? text.size() : line + 1);
    const auto of = in.at("of").get<std::size_t>();
    if (of > bits.size() * 8) return {};
    Looked looked{in.at("up_to").get<std::int64_t>(), base::Uuid::parse(in.at("last").get<std::string>()).value(), std::vector<bool>(of)};
    for (std::size_t i = 0; i < of; ++i) looked.held[i] = ((static_cast<unsigned char>(bits[i / 8]) >> (i % 8)) & 1U) != 0;
    return looked;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

std::string Fold::table(std::string_view name) {
  const std::string plain(name);
  if (!opened_) return plain;
  if (!store_->has_opened(name)) database().script("CREATE TABLE temp.opened_" + plain + " AS SELECT * FROM main." + plain + " WHERE 0");
  return "temp.opened_" + plain;
}

bool Store::shows_opened(const Viewer& viewer) const {
  if (opened_for_all_) return true;
  if (!opened_for_ || viewer.is_staff() != opened_for_->is_staff()) return false;
  return viewer.is_staff() ? viewer.staff && viewer.staff == opened_for_->staff : viewer.role == Role::none && viewer.person && viewer.person == opened_for_->person;
}

bool Store::has_opened(std::string_view table) {
  for (auto rows = db_->query("SELECT 1 FROM temp.sqlite_master WHERE type = 'table' AND name = 'opened_' || ?", table); [[maybe_unused]] const auto row : rows) return true;
  return false;
}

void Store::take_opened(const Fact& f) {
  if (!has_opened("journal_fact")) db_->script("CREATE TABLE temp.opened_journal_fact AS SELECT * FROM main.journal_fact WHERE 0");
  db_->run("INSERT INTO temp.opened_journal_fact (number, id, origin, seq, turn, kind, version, at, clock_sure, subject, person, site, offer, by_whom, means, corrects, body)"
           " VALUES ((SELECT count(*) + 1 FROM temp.opened_journal_fact), ?, (SELECT number FROM journal_origin WHERE origin = ?), ?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
           f.id, f.origin, f.seq, f.turn, f.kind, f.version, f.at, f.clock_sure, f.subject, f.person, f.site, f.offer, f.by, f.means, f.corrects, f.body);
  if (const auto* k = kind(f.kind); k != nullptr) fold_subject(*k, f.subject, true);
}

std::vector<Fact> Store::open_envelopes(const KeyPair& pair, const base::Uuid& staff) {
  const std::array pairs{&pair};
  return open_envelopes(pairs, {}, staff).facts;
}

Store::Opened Store::open_envelopes(std::span<const KeyPair* const> pairs, std::span<const HeldKey> handed, const base::Uuid& staff) {
  Opened opened;
  if (pairs.empty()) return opened;
  const auto eyes = reader(Viewer{});
  Looked looked;
  if (const auto kept = eyes.one<std::string>("SELECT sealed FROM local_opened WHERE staff = ?", staff))
    if (auto text = store::open(*kept, *pairs.front())) {
      looked = looked_in(*text);
      wipe(*text);
    }
  if (looked.up_to > 0 && eyes.one<base::Uuid>("SELECT id FROM journal_fact WHERE number = ?", looked.up_to) != looked.last) looked = {};
  const auto before = looked.up_to;
  std::set<base::Uuid> there;
  const auto take = [&](const Fact& outside, std::optional<std::string> inside, const ThingKey& key) {
    auto fact = inside ? envelope::of_inside(*inside, outside) : std::nullopt;
    if (inside) wipe(*inside);
    if (!fact || !there.insert(outside.id).second) return false;
    opened.facts.push_back(std::move(*fact));
    opened.keys.push_back({outside.id, key});
    return true;
  };
  const auto look_into = [&](const Fact& outside) {
    const auto sealed = envelope::sealed_in(outside);
    std::optional<std::string> inside;
    ThingKey key{};
    for (const auto* pair : pairs)
      if (sealed && !inside) inside = store::open(*sealed, *pair, &key);
    return take(outside, std::move(inside), key);
  };
  static const auto columns = "SELECT " + std::string(journal::columns) + " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE ";
  if (std::ranges::find(looked.held, true) != looked.held.end()) {
    std::size_t at = 0;
    std::vector<std::int64_t> held;
    for (auto rows = eyes.query("SELECT number FROM journal_fact WHERE subject = ? AND number <= ? ORDER BY number", envelope::subject(), before); const auto row : rows)
      if (at++ < looked.held.size() && looked.held[at - 1]) held.push_back(row.get<std::int64_t>(0));
    for (const auto number : held)
      for (auto rows = eyes.query(columns + "f.number = ?", number); const auto row : rows) look_into(journal::read(row));
  }
  for (auto rows = eyes.query(columns + "f.subject = ? AND f.number > ? ORDER BY f.number", envelope::subject(), before); const auto row : rows) {
    const auto outside = journal::read(row);
    looked.held.push_back(look_into(outside));
    looked.up_to = std::max(looked.up_to, row.get<std::int64_t>(16));
    looked.last = outside.id;
  }
  for (const auto& held : handed)
    for (auto rows = eyes.query(columns + "f.id = ? AND f.subject = ?", held.envelope, envelope::subject()); const auto row : rows) {
      const auto outside = journal::read(row);
      if (const auto sealed = envelope::sealed_in(outside); sealed && !there.contains(outside.id)) take(outside, store::open(*sealed, held.key), held.key);
    }
  if (looked.up_to > before) {
    auto text = text_of(looked);
    const std::span<const PublicKey> self(&pairs.front()->open_to_all(), 1);
    if (const auto sealed = seal(text, self)) try {
      auto write = db_->query("INSERT INTO local_opened (staff, sealed) VALUES (?, ?) ON CONFLICT (staff) DO UPDATE SET sealed = excluded.sealed", staff);
      write.statement().bind(2, sealed->data(), static_cast<int>(sealed->size()));
      write.statement().exec();
    } catch (const SQLite::Exception&) {
      // Another program writes: next time these envelopes are looked into once more.
    }
    wipe(text);
  }
  std::ranges::sort(opened.facts, {}, [](const Fact& f) { return std::pair(f.turn, f.origin); });
  return opened;
}

void Store::show_opened(const Viewer& viewer, std::span<const Fact> facts) {
  const auto said = std::pair(envelopes_said_, ends_sealed_);
  close_opened();
  std::tie(envelopes_said_, ends_sealed_) = said;
  opened_for_ = viewer;
  for (const auto& f : facts) take_opened(f);
  ++moved_;
}

bool Store::take_step() {
  if (envelopes_said_ == 0) return false;
  --envelopes_said_;
  return true;
}

void Store::show_opened_to_all() {
  opened_for_all_ = true;
  opened_for_ = Viewer{};
}

void Store::close_opened() {
  opened_for_.reset();
  opened_for_all_ = false;
  envelopes_said_ = 0;
  ends_sealed_ = false;
  std::vector<std::string> names;
  for (auto rows = db_->query("SELECT name FROM temp.sqlite_master WHERE type = 'table' AND name LIKE 'opened\\_%' ESCAPE '\\'"); const auto row : rows) names.push_back(row.get<std::string>(0));
  if (names.empty()) return;
  // Overwritten first: what is freed in memory is not cleared by itself.
  db_->script("PRAGMA temp.secure_delete=ON");
  for (const auto& name : names) db_->script("DELETE FROM temp." + name + "; DROP TABLE temp." + name);
  ++moved_;
}

}  // namespace store
