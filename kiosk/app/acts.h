// Opens every Act: one deed, one transaction, and what the machine's failures mean to a person. Drawing thread only.
#pragma once

#include "app/trace.h"
#include "parts/screen.h"

#include <optional>

namespace app {

// Runs a deed for a viewer. A refusal rolls back. A failing machine rolls back and becomes the refusal `app.refused.<disk_full, locked, read_only,
// machine>`: nothing was recorded, and the words say so. The trace says `committed` after the transaction is durable, never before.
// Nothing comes back where another program held the database longer than `patience_ms`: the deed has not begun and may be tried again.
[[nodiscard]] std::optional<parts::Outcome> run(store::Store&, const store::Viewer&, Trace&, const std::function<parts::Outcome(store::Act&)>& deed, int patience_ms);

// What nobody waits for before the glass: it is tried again later.
inline constexpr int chore_patience_ms = 10;

}  // namespace app
