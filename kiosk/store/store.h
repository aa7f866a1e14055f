// The store: one journal of facts and the tables folded from it. Readers see, Acts write one transaction; both are opened for a viewer.
//
// The rule that must hold: a fact and the rows folded from it are committed together or not at all, and `commit` returns only when they
// are on disk. Store and Act belong to one thread (the drawing thread, or a command); other threads open their own Store beside it.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "store/database.h"
#include "store/fact.h"
#include "store/person_keys.h"
#include "store/sealed.h"
#include "store/second_journal.h"
#include "store/viewer.h"

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace store {

class Store;
class Act;

// Reading for one viewer. Cheap to make; lives no longer than its Store.
class Reader {
 public:
  Reader(Store& store, Viewer viewer) : store_(&store), viewer_(std::move(viewer)) {}

  [[nodiscard]] const Viewer& viewer() const { return viewer_; }
  [[nodiscard]] base::Instant now() const;
  [[nodiscard]] base::Place place() const;
  [[nodiscard]] base::Day today() const { return base::day_of(now(), place()); }
  [[nodiscard]] bool may(const Right& r) const { return store::may(viewer_, r); }
  template <class I>
  [[nodiscard]] bool may_for(const Right& r, const I& person) const { return store::may_for(viewer_, r, uuid(person)); }

  template <class... A>
  [[nodiscard]] Rows query(std::string_view sql, const A&... args) const { return database().query(sql, args...); }
  // First column of the first row; nothing when there is no row or it is NULL.
  template <class T, class... A>
  [[nodiscard]] std::optional<T> one(std::string_view sql, const A&... args) const {
    auto rows = query(sql, args...);
    for (const auto row : rows) return row.null(0) ? std::nullopt : std::optional<T>{row.template get<T>(0)};
    return std::nullopt;
  }
  template <class... A>
  [[nodiscard]] std::int64_t count(std::string_view sql, const A&... args) const { return one<std::int64_t>(sql, args...).value_or(0); }

  // A number or text the village sets on the screen; the default when it never did. Keys are listed in village/settings.h.
  [[nodiscard]] std::string setting(std::string_view key, std::string_view fallback) const;
  [[nodiscard]] std::int64_t setting(std::string_view key, std::int64_t fallback) const;

  [[nodiscard]] std::vector<Fact> facts_of(const base::Uuid& subject) const;  // in their order; those that are sealed where this viewer has opened them
  // What a query over `table` reads: the table, or for whoever has opened sealed facts the table and the rows folded from those.
  [[nodiscard]] std::string rows(std::string_view table) const;
  [[nodiscard]] Store& store() const { return *store_; }
  // The same eyes, less or other rights: for a reaction or chore.
  [[nodiscard]] Reader as(Viewer viewer) const { return {*store_, std::move(viewer)}; }

 protected:
  template <class I>
  static base::Uuid uuid(const I& id) {
    if constexpr (std::is_same_v<I, base::Uuid>) return id;
    else return id.value;
  }
  [[nodiscard]] Database& database() const;
  Store* store_;
  Viewer viewer_;
};

struct Committed {
  std::string kind;
  base::Uuid id;
};

// One transaction. Sees its own writes. Goes away without `commit`: nothing happened.
class Act : public Reader {
 public:
  Act(Store& store, Viewer viewer);
  ~Act();
  Act(const Act&) = delete;
  Act& operator=(const Act&) = delete;

  [[nodiscard]] base::Uuid new_id() const;
  template <class I>
  [[nodiscard]] I new_id_as() const { return I{new_id()}; }

  // Appends a fact to the journal, folds its subject's rows, then lets reactions follow. Gives the fact's id. A `once` fact that is
  // already there is not said again; its id comes back all the same. Where somebody helps the resident the body gets `helped_by`.
  base::Uuid append(const Say&, const nlohmann::json& body = nlohmann::json::object());
  // The same by other hands: a reaction acts as clockwork at the same site.
  base::Uuid append_as(const Viewer& viewer, const Say&, const nlohmann::json& body = nlohmann::json::object());

  // The same in an envelope (store/envelope.h) for these readers; no reaction follows. Gives the id of the envelope; nothing, and nothing is
  // said, where there is nobody who could ever read it. Whoever says it sees it until their session ends (Store::close_opened).
  [[nodiscard]] std::optional<base::Uuid> append_sealed(const Say&, const nlohmann::json& body, std::span<const PublicKey> readers);
  // An envelope with nothing in it.
  void append_cover(std::span<const PublicKey> readers);

  // A fact of another kiosk. Twice is once. Unknown kinds are kept. No reaction runs: it ran where the fact was born. Any order will do;
  // in the order of `seq` it is cheapest, for a fact that fills a hole chains those after it anew.
  void accept(const Fact&);

  // What the second journal says of one transaction, exactly as it was: gives how many facts were not here yet. Negative: they do not
  // fit the chain that is here, and nothing may be committed.
  int bring_back(std::span<const SecondJournal::Entry>);
  // A fact whose number another one has, under the next number of this life. False: it is here already.
  bool take_anew(Fact);

  // Durable when this returns: in the second journal first, where one is kept, then here.
  std::vector<Committed> commit();
  [[nodiscard]] const std::vector<Committed>& said() const { return said_; }

  // For tables named local_*: what this machine remembers and no other must know (failed PINs). Never for what is folded.
  template <class... A>
  int run_local(std::string_view sql, const A&... args) { return database().run(sql, args...); }

 private:
  [[nodiscard]] bool has(const Fact&) const;
  [[nodiscard]] bool taken(const Fact&) const;  // its number of its origin, by this fact or another
  [[nodiscard]] Fact said_by(const Viewer&, const Say&, const FactKind&, const nlohmann::json& body) const;
  [[nodiscard]] std::optional<Fact> in_envelope(std::string_view inside, std::span<const PublicKey> readers);
  void insert(const Fact&);
  void chain_after(std::int64_t origin_number, std::int64_t seq, const std::array<std::uint8_t, 32>& head);
  void fold(const Fact&);
  std::vector<Committed> said_;
  std::vector<SecondJournal::Entry> to_second_;
  bool open_ = false;
  bool from_second_ = false;
  bool inserted_ = false;  // a fact moved the store's position, which a rollback must read anew
  int depth_ = 0;
  int sealed_ = 0;            // what was said in envelopes
  bool ends_sealed_ = false;  // the last one said is an envelope, with something in it or not
};

// What a fold may do: read the facts of one subject, in order, and write its rows anew.
class Fold {
 public:
  Fold(Store& store, base::Uuid subject, bool opened = false, bool again = false) : store_(&store), subject_(subject), opened_(opened), again_(again) {}
  [[nodiscard]] const base::Uuid& subject() const { return subject_; }
  // Folded once more without a new fact: rows may be there even of a single one.
  [[nodiscard]] bool again() const { return again_; }
  // Where rows of this table go: for sealed facts that somebody has opened, a table in memory beside it. A kind that is never sealed may
  // name its table itself.
  [[nodiscard]] std::string table(std::string_view name);
  [[nodiscard]] const std::vector<Fact>& facts();
  template <class... A>
  int run(std::string_view sql, const A&... args) { return database().run(sql, args...); }
  template <class... A>
  [[nodiscard]] Rows query(std::string_view sql, const A&... args) { return database().query(sql, args...); }
  template <class T, class... A>
  [[nodiscard]] std::optional<T> one(std::string_view sql, const A&... args) {
    auto rows = query(sql, args...);
    for (const auto row : rows) return row.null(0) ? std::nullopt : std::optional<T>{row.template get<T>(0)};
    return std::nullopt;
  }
  [[nodiscard]] base::Place place() const;

 private:
  [[nodiscard]] Database& database();
  Store* store_;
  base::Uuid subject_;
  bool opened_, again_;
  std::optional<std::vector<Fact>> facts_;
};

// When this kind was said here, then that follows, in the same transaction.
struct Reaction {
  std::string_view kind;
  void (*follow)(Act&, const Fact&) = nullptr;
};

// Everything the store must know about the shapes above it.
struct Contract {
  std::vector<FactKind> kinds;
  std::vector<Reaction> reactions;
};

// Why a database cannot be opened, in words for a clerk; `key` is the text key for the screen.
class CannotOpen : public std::runtime_error {
 public:
  enum class Why { newer, not_ours, locked, read_only, damaged, disk_full, other };
  CannotOpen(Why why, const std::string& what) : std::runtime_error(what), why(why) {}
  Why why;
};

// What facts say of people cannot be read: their keys are gone, and nobody erased them. Folding anew would lose what the tables still have.
class KeysMissing : public std::runtime_error {
 public:
  explicit KeysMissing(std::int64_t people);
  std::int64_t people;
};

// Where the second journal of a data directory is kept: the folder that the file second.at in it names, else `second` beside the database.
[[nodiscard]] std::filesystem::path second_folder(const std::filesystem::path& data);
// The second journal knows facts of this kiosk that the database lacks or has otherwise: found at an opening, until it is healed or looked through. Until
// then nothing of it goes, whatever backups have.
[[nodiscard]] bool second_differs(const std::filesystem::path& data);
void mark_second_differs(const std::filesystem::path& data, bool differs);
// Everywhere a second journal of this data directory stands: there, and beside the database, where it goes on while its own device is away.
[[nodiscard]] std::vector<std::filesystem::path> second_folders(const std::filesystem::path& data);
// It has a device of its own, and nothing of a journal stands there now: not plugged in, or not mounted yet.
[[nodiscard]] bool second_away(const std::filesystem::path& data);
// The folder was seen on a device of its own, and what stands under its name now is the system's disk: the mount point of a device that is away.
// What is written there would be hidden when the device comes back.
[[nodiscard]] bool on_its_bare_mount_point(const std::filesystem::path& data, const std::filesystem::path& named);

class Store {
 public:
  struct Options {
    bool create = true;
    bool migrate = true;
    std::optional<std::uint64_t> seed;  // ids of a demo village; real ones are random
    bool second = true;                 // keep the second journal, and take from it what is missing here (with `migrate`)
    std::shared_ptr<PersonKeys> keys;   // of another place: a copy that is looked at; none: persons.keys of the folder
    std::optional<int> schema_up_to;    // as an earlier program left it: tests of an upgrade
  };
  // Opens <folder>/nuanzhan.db. Throws CannotOpen. A database of a newer program is refused and not one byte is changed.
  Store(std::filesystem::path folder, Contract, const base::Clock&, Options);
  Store(std::filesystem::path folder, Contract contract, const base::Clock& clock) : Store(std::move(folder), std::move(contract), clock, Options{}) {}
  ~Store();

  [[nodiscard]] Reader reader(const Viewer& viewer) { return {*this, viewer}; }
  [[nodiscard]] const base::Clock& clock() const { return *clock_; }
  [[nodiscard]] base::Place place() const { return place_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const base::Uuid& origin() const { return origin_; }
  [[nodiscard]] Database& database() { return *db_; }
  [[nodiscard]] const Contract& contract() const { return contract_; }
  // Another Store on the same files for another thread.
  [[nodiscard]] std::unique_ptr<Store> beside() const;

  // The clock shows more than an hour before the newest fact said here (or, the system's own, before the day this program was made), or nine
  // months after it: what is said now is marked as said by an unsure clock, and nothing goes by its day. Order never leans on it.
  [[nodiscard]] bool clock_unsure() const { return clock_unsure(clock_->now()); }

  [[nodiscard]] base::Instant clock_at_least() const;  // the later of the two
  [[nodiscard]] base::Instant clock_never_before() const;  // the day this program was made; of another clock than the system's: anything

  // After an error of the disk: what SQLite holds in memory may be newer than what lies there, and a second fsync would say that all is
  // well. Everything is opened and read anew before the next deed. Throws CannotOpen where it does not open.
  void doubt() { doubtful_ = true; }

  // Counts commits here and by other processes: screens load anew when it moved.
  [[nodiscard]] std::int64_t moved();

  // Drops every folded row and folds all facts anew. Gives the number of facts. Throws KeysMissing, and nothing was changed, unless
  // `without_keys`: then those people's entries are what is left of them.
  std::int64_t rebuild(bool without_keys = false);
  // Whose fields cannot be read though nobody erased them. Reads the whole journal.
  [[nodiscard]] std::int64_t keys_missing();
  [[nodiscard]] PersonKeys& keys() { return *keys_; }
  [[nodiscard]] const std::shared_ptr<PersonKeys>& shared_keys() const { return keys_; }
  // Keys of another kiosk of the village; they come before its facts, or what it says of people is read by nobody. What is here already is folded
  // anew with them. Durable when it returns. Not within an Act.
  void take_keys(const KeySet&);
  // Erased here: said, whether or not their keys are destroyed yet.
  [[nodiscard]] bool erased(const base::Uuid& owner);
  // Destroys the keys that an erasing fact is there for, and empties the write-ahead file of what it had of them. After such a commit and at
  // every start by itself; the kiosk's chores ask again, for another program may have been reading. Gives whether all of it is done.
  bool settle_erasures();
  // One hash over every folded row: equal before and after `rebuild`.
  [[nodiscard]] std::string fold_hash();

  struct ChainReport { std::int64_t facts = 0; std::int64_t broken_at = 0; std::string origin; std::int64_t missing = 0; };
  // Reads the whole journal and checks gaps and the hash chain. broken_at: first bad seq, 0 when sound. missing: facts of other kiosks
  // that are still on their way; of our own none may be.
  [[nodiscard]] ChainReport verify_chain();

  // How it stands with the second journal (second_journal.h): where it is, what is wrong with it, what came back from it at opening.
  struct SecondState {
    enum class Trouble { none, no_key, away, failed, differs };
    bool kept = false, same_device = true;
    std::filesystem::path folder;
    Trouble trouble = Trouble::none;
    std::int64_t brought_back = 0;
  };
  [[nodiscard]] const SecondState& second_state() const { return second_state_; }
  // After it failed or was away: tries once more. Now and then (the kiosk's chores), not in a deed: a dying card answers slowly.
  void try_second_again();
  // Opened when it is first needed; null where it is not kept.
  [[nodiscard]] SecondJournal* second();
  // The last fact of each origin and its chain head.
  [[nodiscard]] SecondJournal::Positions positions() { return positions_in(*db_); }
  [[nodiscard]] static SecondJournal::Positions positions_in(Database&);
  // Puts every fact of the second journal that is not here in its place, from a segment on. not_fitting: transactions that another
  // history than this one goes on with; they are left where they are.
  struct BroughtBack { std::int64_t facts = 0, not_fitting = 0; SecondJournal::Found found; };
  BroughtBack bring_back(const SecondJournal&, std::uint64_t from_segment);

  // --- what is sealed, and seen for a while (opened.cpp)
  // Everything in envelopes that one of these pairs opens, or a key that was handed on; which of them it was is remembered for `staff`, sealed
  // for the first pair. Tens of microseconds an envelope that was not looked at before: on a worker, with a Store of its own (`beside`).
  struct Opened {
    std::vector<Fact> facts;      // in their order
    std::vector<HeldKey> keys;    // of the same envelopes: for handing on (village/handed.h)
  };
  [[nodiscard]] Opened open_envelopes(std::span<const KeyPair* const> pairs, std::span<const HeldKey> handed, const base::Uuid& staff);
  [[nodiscard]] std::vector<Fact> open_envelopes(const KeyPair&, const base::Uuid& staff);
  // From now on this viewer, and nobody else, sees these facts and what it seals itself, in this Store: in memory alone.
  void show_opened(const Viewer&, std::span<const Fact>);
  // A demo village knows all it said while it is made. Not for the kiosk.
  void show_opened_to_all();
  void close_opened();
  // Envelopes with something in them, committed since `close_opened`, that no step of the session was taken for yet; `take_step` gives
  // whether there was one, and takes it. Whether the last fact committed since then is an envelope. For village::leave_cover.
  [[nodiscard]] int envelopes_said() const { return envelopes_said_; }
  [[nodiscard]] bool take_step();
  void forget_steps() { envelopes_said_ = 0; }  // somebody else goes on: what was said before is no step of theirs
  [[nodiscard]] bool ends_sealed() const { return ends_sealed_; }
  void set_ends_sealed(bool yes) { ends_sealed_ = yes; }  // what was committed for another session does not count for this one

  // Facts after a number in this file, oldest first (`journal`, sync): false from `see` ends it.
  void each_fact(std::int64_t after_number, const std::function<bool(std::int64_t number, const Fact&)>& see);
  [[nodiscard]] std::vector<Fact> last_facts(int n);

  // The database alone in another file, clear and unchecked, while others go on.
  void copy_to(const std::filesystem::path& file);
  // The same without the folded tables, which say in clear what the facts keep under keys: whoever opens it folds anew (write_backup seals it).
  void copy_journal_to(const std::filesystem::path& file);
  // A copy of everything, verified by opening and reading it, written beside and renamed. Throws on a full disk, leaving the old one.
  void backup_to(const std::filesystem::path& file);

  // Begins a new life of this database: after a restore or a clone, and where facts of this one are known that it lacks, so that no two
  // facts ever share origin and number.
  void new_origin();

  // One transaction around many Acts: making a demo village. Not for the kiosk.
  class Bulk {
   public:
    explicit Bulk(Store&);
    ~Bulk();            // commits, unless an exception is on its way: then what came after the last checkpoint never was
    void checkpoint();  // commit what is there, go on
   private:
    Store* store_;
    int exceptions_;
  };

 private:
  friend class Act;
  friend class Reader;
  friend class Fold;
  void open_checked(const Options&);
  void migrate(int up_to);
  void start_origin();
  void read_position();  // seq, turn and chain head as the file has them
  [[nodiscard]] bool clock_unsure(base::Instant) const;
  void read_newest();
  void open_anew();
  void reconcile_second();
  void catch_up_second(std::int64_t own_seq);
  void write_second(std::span<const SecondJournal::Entry>);
  void unwrite_second();
  void second_failed(const std::exception&);
  [[nodiscard]] const FactKind* kind(std::string_view) const;
  void fold_subject(const FactKind&, const base::Uuid& subject, bool opened = false, bool again = false);
  [[nodiscard]] bool shows_opened(const Viewer&) const;
  [[nodiscard]] bool has_opened(std::string_view table);
  void take_opened(const Fact&);
  // personal.cpp
  [[nodiscard]] static std::optional<base::Uuid> owner_of(const FactKind&, const Fact&);
  void seal_personal(const FactKind&, Fact&);  // its body, where it is clear
  void open_personal(Fact&);
  void refold(const base::Uuid& owner);        // whatever was said under this key
  void erase(const Fact&);                     // what is folded of its owner, in the transaction of the fact that says so
  [[nodiscard]] bool lacks_key(const Fact&);

  std::filesystem::path folder_;
  Contract contract_;
  std::unordered_map<std::string_view, const FactKind*> kinds_;
  const base::Clock* clock_;
  base::Place place_;
  std::unique_ptr<Database> db_;
  std::unique_ptr<SecondJournal> second_;
  SecondState second_state_;
  bool keeps_second_ = false;
  std::shared_ptr<PersonKeys> keys_;
  bool unsettled_ = false, traces_ = false;  // an erasure is not settled; only the write-ahead file still has traces of it
  base::Uuid origin_;
  std::int64_t origin_number_ = 0, seq_ = 0, turn_ = 0, data_version_ = 0;
  base::Instant newest_at_{};
  std::array<std::uint8_t, 32> head_{};
  base::IdMaker ids_;
  std::optional<Viewer> opened_for_;  // whoever seals or opens first
  bool opened_for_all_ = false;
  int envelopes_said_ = 0;
  bool ends_sealed_ = false;
  bool in_bulk_ = false;
  bool in_act_ = false;
  bool doubtful_ = false;
  std::int64_t moved_ = 0;
  std::optional<std::uint64_t> seed_;
};

}  // namespace store
