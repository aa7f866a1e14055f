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

}  // namespace

parts::Outcome run(store::Store& store, const store::Viewer& viewer, Trace& trace, const std::function<parts::Outcome(store::Act&)>& deed) {
  try {
    store::Act act(store, viewer);
    auto outcome = deed(act);
    if (!outcome) {
      trace.refused(outcome.error().shape, outcome.error().name);
      return outcome;
    }
    for (const auto& fact : act.commit()) trace.committed(fact.kind, fact.id.text());
    return outcome;
  } catch (const SQLite::Exception& e) {
    const auto refused = refusal_of(e);
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
