#include "app/acts.h"

#include "base/log.h"

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

}  // namespace

std::optional<parts::Outcome> run(store::Store& store, const store::Viewer& viewer, Trace& trace, const std::function<parts::Outcome(store::Act&)>& deed,
                                  int patience_ms) {
  std::optional<Patience> patience(std::in_place, store, patience_ms);
  bool begun = false;
  try {
    store::Act act(store, viewer);
    begun = true;
    patience.reset();  // from here on the database is ours
    auto outcome = deed(act);
    if (!outcome) {
      trace.refused(outcome.error().shape, outcome.error().name);
      return outcome;
    }
    for (const auto& fact : act.commit()) trace.committed(fact.kind, fact.id.text());
    return outcome;
  } catch (const SQLite::Exception& e) {
    const auto refused = refusal_of(e);
    if (!begun && refused.name == "locked") return std::nullopt;
    spdlog::error("a deed was rolled back: database code {} ({})", e.getErrorCode(), refused.name);
    trace.refused(refused.shape, refused.name);
    return std::unexpected(refused);
  } catch (const std::exception& e) {
    spdlog::error("a deed was rolled back: {}", e.what());
    trace.refused("app", "machine");
    return std::unexpected(parts::Refused{"app", "machine"});
  }
}

}  // namespace app
