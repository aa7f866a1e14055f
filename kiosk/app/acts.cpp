#include "app/acts.h"

#include "base/log.h"
#include "store/ballast.h"

#include <system_error>

namespace app {
namespace {

parts::Refused refusal_of(const SQLite::Exception& e) {
  switch (e.getErrorCode()) {
    case 5:
    case 6: return {"app", "locked"};
    case 8:
    case 10: return {"app", "read_only"};
    case 13: return {"app", "disk_full"};
    default: return {"app", "machine"};
  }
}

// How long this connection waits for another program's lock; as before when it goes.
class Patience {
 public:
  Patience(store::Store& store, int ms) : store_(&store) { store_->database().raw().setBusyTimeout(ms); }
  ~Patience() { store_->database().raw().setBusyTimeout(as_opened_ms); }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

 private:
  static constexpr int as_opened_ms = 5000;  // store/database.cpp
  store::Store* store_;
};

// SQLITE_IOERR, and SQLITE_READONLY: where opening to write failed once, SQLite has opened it to read alone.
constexpr bool is_doubtful(int code) { return code == 10 || code == 8; }

// One try. Nothing where another program holds the database.
std::optional<parts::Outcome> once(store::Store& store, const store::Viewer& viewer, const std::function<parts::Outcome(store::Act&)>& deed, int patience_ms, Trace& trace) {
  std::optional<Patience> patience(std::in_place, store, patience_ms);
  bool begun = false;
  try {
    store::Act act(store, viewer);
    begun = true;
    patience.reset();  // from here on the database is ours
    auto outcome = deed(act);
    if (!outcome) return outcome;
    for (const auto& fact : act.commit()) trace.committed(fact.kind, fact.id.text());
    return outcome;
  } catch (const SQLite::Exception& e) {
    const auto refused = refusal_of(e);
    if (!begun && refused.name == "locked") return std::nullopt;
    spdlog::error("a deed was rolled back: database code {} ({})", e.getErrorCode(), refused.name);
    if (is_doubtful(e.getErrorCode())) store.doubt();
    return std::unexpected(refused);
  } catch (const store::CannotOpen& e) {
    spdlog::error("the database does not open again: {}", e.what());
    using Why = store::CannotOpen::Why;
    return std::unexpected(parts::Refused{"app", e.why == Why::read_only ? "read_only" : e.why == Why::disk_full ? "disk_full" : "machine"});
  } catch (const std::system_error& e) {  // the persons' keys (store/person_keys.h)
    spdlog::error("a deed was rolled back: {}", e.code().message());
    return std::unexpected(parts::Refused{"app", e.code() == std::errc::no_space_on_device      ? "disk_full"
                                                 : e.code() == std::errc::read_only_file_system ? "read_only"
                                                                                                : "machine"});
  } catch (const std::exception& e) {
    spdlog::error("a deed was rolled back: {}", e.what());
    return std::unexpected(parts::Refused{"app", "machine"});
  }
}

}  // namespace

std::optional<parts::Outcome> run(store::Store& store, const store::Viewer& viewer, Trace& trace, const std::function<parts::Outcome(store::Act&)>& deed,
                                  int patience_ms) {
  auto outcome = once(store, viewer, deed, patience_ms, trace);
  // A full disk: what was kept for this is thrown away, and the person's touch counts all the same.
  if (outcome && !*outcome && outcome->error().shape == "app" && outcome->error().name == "disk_full" && store::free_ballast(store.folder()))
    outcome = once(store, viewer, deed, patience_ms, trace);
  if (outcome && !*outcome) trace.refused(outcome->error().shape, outcome->error().name);
  return outcome;
}

}  // namespace app
