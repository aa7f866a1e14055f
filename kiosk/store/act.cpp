// Acts: one transaction, from the first fact to the disk.
#include "store/act.h"

#include "store/clock_set.h"
#include "store/envelope.h"
#include "store/journal.h"

#include <algorithm>
#include <stdexcept>

namespace store {

base::Instant Reader::now() const { return store_->clock().now(); }
base::Place Reader::place() const { return store_->place(); }
Database& Reader::database() const { return store_->database(); }

std::string Reader::setting(std::string_view key, std::string_view fallback) const {
  // Two look-ups by key in one statement: ordering "the site's before the village's" would make SQLite sort, and this is asked in every deed.
  const auto value = one<std::string>(
      "SELECT coalesce((SELECT value FROM village_setting WHERE key = ?1 AND site = ?2), (SELECT value FROM village_setting WHERE key = ?1 AND site IS NULL))",
      key, viewer_.site);
  return value ? *value : std::string(fallback);
}

std::int64_t Reader::setting(std::string_view key, std::int64_t fallback) const {
  const auto text = setting(key, std::string_view{});
  if (text.empty()) return fallback;
  try {
    return std::stoll(text);
  } catch (const std::exception&) {
    return fallback;
  }
}

std::vector<Fact> Reader::facts_of(const base::Uuid& subject) const {
  // By turn as the index has them; two kiosks' facts of one turn are put in order here, or SQLite would sort for every fold.
  static const auto sql = "SELECT " + std::string(journal::columns) +
                          " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.subject = ? ORDER BY f.turn, f.number";
  static const auto of_opened = "SELECT " + std::string(journal::columns) +
                                " FROM temp.opened_journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.subject = ? ORDER BY f.turn, f.number";
  std::vector<Fact> facts;
  bool several = false;  // kiosks
  const auto take = [&](Rows rows) {
    for (const auto row : rows) {
      facts.push_back(journal::read(row));
      store_->open_personal(facts.back());
      several = several || facts.back().origin != facts.front().origin;
    }
  };
  // A thing is sealed from its first fact on, or not at all.
  if (store_->shows_opened(viewer_) && store_->has_opened("journal_fact")) take(query(of_opened, subject));
  if (facts.empty()) take(query(sql, subject));
  clock_set::apply(database(), facts);
  if (!several) return facts;
  std::ranges::stable_sort(facts, {}, [](const Fact& f) { return std::pair(f.turn, f.origin); });
  // A `once` fact that two kiosks said is one: the earlier saying counts, the same on every kiosk.
  std::vector<Fact> each;
  for (auto& fact : facts)
    if (std::ranges::none_of(each, [&](const Fact& f) { return f.id == fact.id; })) each.push_back(std::move(fact));
  return each;
}

std::string Reader::rows(std::string_view table) const {
  const std::string name(table);
  if (!store_->shows_opened(viewer_) || !store_->has_opened(table)) return name;
  return "(SELECT * FROM main." + name + " UNION ALL SELECT * FROM temp.opened_" + name + ")";
}

Act::Act(Store& store, Viewer viewer) : Reader(store, std::move(viewer)) {
  if (store.in_act_) throw std::logic_error("an Act is already open");
  if (store.doubtful_ && !store.in_bulk_) store.open_anew();
  if (!store.in_bulk_) {
    database().run("BEGIN IMMEDIATE");
    try {
      (void)store.moved();  // another process may have said facts of this origin: go on after them
      store.keys().look();
    } catch (...) {
      // The disk did not give them: this deed is refused, the next one begins anew.
      database().script("ROLLBACK");
      throw;
    }
  } else {
    database().run("SAVEPOINT act");
  }
  store.in_act_ = true;
  open_ = true;
}

Act::~Act() {
  if (!open_) return;
  store_->in_act_ = false;
  try {
    database().script(store_->in_bulk_ ? "ROLLBACK TO act; RELEASE act" : "ROLLBACK");
  } catch (const SQLite::Exception&) {
    // A full disk has already rolled back.
  }
  if (!store_->in_bulk_) {
    store_->keys().forget_made();
    if (!store_->unsettled_) store_->keys().show_again();
  }
  // A deed that was refused said nothing, and the position is where it was.
  if (!inserted_) return;
  try {
    store_->read_position();
  } catch (const SQLite::Exception&) {
    store_->doubt();  // the disk does not answer: asked again before the next deed
  }
}

base::Uuid Act::new_id() const { return store_->ids_.next(now()); }

base::Uuid Act::append(const Say& say, const nlohmann::json& body) { return append_as(viewer_, say, body); }

base::Uuid Act::append_as(const Viewer& viewer, const Say& say, const nlohmann::json& body) {
  const auto* kind = store_->kind(say.kind);
  if (kind == nullptr) throw std::logic_error("unknown kind of fact " + std::string(say.kind));
  if (say.once && count("SELECT count(*) FROM journal_fact WHERE id = ?", *say.once) > 0) return *say.once;
  const auto f = said_by(viewer, say, *kind, body);
  Fact kept = f;
  store_->seal_personal(*kind, kept);
  insert(kept);
  fold(f);
  said_.push_back({f.kind, f.id});
  // A reaction may say facts that have reactions; a ring of them is a mistake of ours.
  if (++depth_ > 8) throw std::logic_error("reactions go in a ring at " + f.kind);
  for (const auto& reaction : store_->contract_.reactions)
    if (reaction.kind == f.kind) reaction.follow(*this, f);
  --depth_;
  return f.id;
}

Fact Act::said_by(const Viewer& viewer, const Say& say, const FactKind& kind, const nlohmann::json& body) const {
  Fact f;
  f.id = say.once ? *say.once : new_id();
  f.origin = store_->origin_;
  f.seq = store_->seq_ + 1;
  f.turn = store_->turn_ + 1;
  f.kind = std::string(say.kind);
  f.version = kind.version;
  f.at = now();
  f.clock_sure = !store_->clock_unsure(f.at);
  f.subject = say.subject;
  f.person = say.person;
  f.site = say.site ? say.site : viewer.site.none() ? std::nullopt : std::optional(viewer.site);
  f.offer = say.offer;
  f.by = viewer.staff ? viewer.staff : viewer.person;
  f.means = say.means.empty() ? std::string(viewer.is_staff() ? "staff" : viewer.role == Role::clockwork ? "rule" : name(viewer.known))
                              : std::string(say.means);
  f.corrects = say.corrects;
  if (viewer.role == Role::none && viewer.helper) {
    auto helped = body;
    helped["helped_by"] = viewer.helper->none() ? "other" : viewer.helper->text();
    f.body = helped.dump();
  } else {
    f.body = body.empty() ? "{}" : body.dump();
  }
  return f;
}

std::optional<Fact> Act::in_envelope(std::string_view inside, std::span<const PublicKey> readers) {
  const auto sealed = seal(inside, readers);
  if (!sealed) return std::nullopt;
  // The day and nothing of the hour: neither in the time nor in the id.
  const auto day = base::instant_at(today(), base::Minutes{0}, place());
  Fact f;
  f.id = store_->ids_.next(day);
  f.origin = store_->origin_;
  f.seq = store_->seq_ + 1;
  f.turn = store_->turn_ + 1;
  f.kind = std::string(envelope::kind);
  f.at = day;
  f.clock_sure = !store_->clock_unsure(now());
  f.subject = envelope::subject();
  f.body = envelope::body_of(*sealed);
  insert(f);
  said_.push_back({f.kind, f.id});
  return f;
}

std::optional<base::Uuid> Act::append_sealed(const Say& say, const nlohmann::json& body, std::span<const PublicKey> readers) {
  const auto* kind = store_->kind(say.kind);
  if (kind == nullptr || say.once) throw std::logic_error("what is sealed cannot be " + std::string(say.kind));
  auto inside = envelope::inside(said_by(viewer_, say, *kind, body));
  const auto outside = in_envelope(inside, readers);
  if (outside) {
    ++sealed_;
    if (!store_->opened_for_) store_->opened_for_ = viewer_;
    if (store_->shows_opened(viewer_)) store_->take_opened(*envelope::of_inside(inside, *outside));
  }
  wipe(inside);
  return outside ? std::optional(outside->id) : std::nullopt;
}

void Act::append_cover(std::span<const PublicKey> readers) { (void)in_envelope(envelope::nothing(), readers); }

void Act::insert(const Fact& f) {
  inserted_ = true;
  ends_sealed_ = f.subject == envelope::subject();
  auto head = store_->head_;
  std::int64_t origin_number = store_->origin_number_;
  if (f.origin != store_->origin_) {
    database().run("INSERT OR IGNORE INTO journal_origin (origin) VALUES (?)", f.origin);
    origin_number = count("SELECT number FROM journal_origin WHERE origin = ?", f.origin);
    head = {};
    auto rows = query("SELECT chain FROM journal_fact WHERE origin = ? AND seq = ?", origin_number, f.seq - 1);
    for (const auto row : rows) {
      const auto bytes = row.get<std::string>(0);
      std::copy_n(bytes.begin(), std::min(bytes.size(), head.size()), head.begin());
    }
  }
  const auto chain = journal::next(head, f);
  auto lease = database().query(
      "INSERT INTO journal_fact (id, origin, seq, turn, kind, version, at, clock_sure, subject, person, site, offer, by_whom, means, corrects, body, chain)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      f.id, origin_number, f.seq, f.turn, f.kind, f.version, f.at, f.clock_sure, f.subject, f.person, f.site, f.offer, f.by, f.means, f.corrects, f.body);
  lease.statement().bind(17, chain.data(), static_cast<int>(chain.size()));
  lease.statement().exec();
  store_->turn_ = std::max(store_->turn_, f.turn);
  if (f.origin == store_->origin_) {
    store_->seq_ = f.seq;
    store_->head_ = chain;
    if (f.clock_sure) store_->newest_at_ = std::max(store_->newest_at_, f.at);
  } else {
    chain_after(origin_number, f.seq, chain);
  }
  if (!store_->in_bulk_ && !from_second_) to_second_.push_back({f, chain});
}

// Facts after one that came late were chained from nothing, as the first of a new run; now their run begins earlier. Only what is sound
// is chained anew: a changed body stays broken.
void Act::chain_after(std::int64_t origin_number, std::int64_t seq, const journal::Head& head) {
  journal::Head before{}, now = head;
  for (;;) {
    std::optional<Fact> fact;
    std::string stored;
    for (auto rows = query("SELECT " + std::string(journal::columns) +
                               " FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.origin = ? AND f.seq = ?",
                           origin_number, ++seq);
         const auto row : rows) {
      fact = journal::read(row);
      stored = row.get<std::string>(17);
    }
    if (!fact) return;
    before = journal::next(before, *fact);
    if (stored != std::string_view(reinterpret_cast<const char*>(before.data()), before.size())) return;
    now = journal::next(now, *fact);
    auto change = query("UPDATE journal_fact SET chain = ? WHERE origin = ? AND seq = ?");
    change.statement().bind(1, now.data(), static_cast<int>(now.size()));
    change.statement().bind(2, origin_number);
    change.statement().bind(3, seq);
    change.statement().exec();
  }
}

void Act::fold(const Fact& f) {
  const auto* kind = store_->kind(f.kind);
  if (f.kind == clock_set::kind) {
    for (const auto& about : clock_set::take(database(), f))
      if (const auto* of = store_->kind(about.kind); of != nullptr) store_->fold_subject(*of, about.subject, false, true);
    store_->read_newest();
    return;
  }
  if (kind == nullptr) return;
  if (kind->erases) store_->erase(f);
  store_->fold_subject(*kind, f.subject);
}

bool Act::has(const Fact& f) const {
  return count("SELECT count(*) FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.id = ? AND o.origin = ?", f.id, f.origin) > 0;
}

bool Act::taken(const Fact& f) const {
  return count("SELECT count(*) FROM journal_fact f JOIN journal_origin o ON o.number = f.origin WHERE f.seq = ? AND o.origin = ?", f.seq, f.origin) > 0;
}

bool Act::take_anew(Fact f) {
  if (count("SELECT count(*) FROM journal_fact WHERE id = ?", f.id) > 0) return false;
  from_second_ = true;
  f.origin = store_->origin_;
  f.seq = store_->seq_ + 1;
  // Where it stood among the others, as far as turns only grow within one life.
  f.turn = std::max(f.turn, count("SELECT ifnull(max(turn), 0) FROM journal_fact WHERE origin = ? AND seq = ?", store_->origin_number_, store_->seq_));
  accept(f);
  return true;
}

void Act::accept(const Fact& f) {
  if (has(f)) return;
  insert(f);
  fold(f);
  said_.push_back({f.kind, f.id});
}

int Act::bring_back(std::span<const SecondJournal::Entry> entries) {
  from_second_ = true;
  int n = 0;
  for (const auto& e : entries) {
    if (has(e.fact)) continue;
    const bool own = e.fact.origin == store_->origin_;
    if (own && e.fact.seq != store_->seq_ + 1) return -1;
    if (!own && taken(e.fact)) return -1;
    accept(e.fact);
    if (own && store_->head_ != e.head) return -1;
    ++n;
  }
  return n;
}

std::vector<Committed> Act::commit() {
  if (!open_) throw std::logic_error("an Act is committed once");
  // A key is on the disk before what was sealed under it.
  if (!store_->in_bulk_) store_->keys().force();
  if (!to_second_.empty()) store_->write_second(to_second_);
  try {
    database().run(store_->in_bulk_ ? "RELEASE act" : "COMMIT");
  } catch (...) {
    // The person is told that it did not work: then the second journal must not bring it back.
    if (!to_second_.empty()) store_->unwrite_second();
    throw;
  }
  open_ = false;
  store_->in_act_ = false;
  ++store_->moved_;
  store_->envelopes_said_ += sealed_;
  if (inserted_) store_->ends_sealed_ = ends_sealed_;
  if (!store_->in_bulk_ && store_->keys().hides()) (void)store_->settle_erasures();
  return std::move(said_);
}

}  // namespace store
