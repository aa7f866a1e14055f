// The files beside the database that facts name, of the village and of all shapes: what backups take along (village/file_copies.h).
#pragma once

#include "village/file_copies.h"

namespace shapes {
// Those that went long ago are among them, as over. Any viewer: ids alone.
[[nodiscard]] std::vector<village::NamedFile> named_files(const store::Reader&);
}
