// The number that people ring when the kiosk cannot help them: public, on the wall of every centre.
#pragma once

#include "store/store.h"
#include "village/words.h"

#include <filesystem>
#include <string>

namespace village {

// Setting site.help_phone, else the site's own number; may be empty.
[[nodiscard]] std::string help_phone(const store::Reader&, SiteId);

// Kept outside the database, beside it and beside the second journal: read when the database cannot be (app/stopgap.h). Writes only what
// changed; a folder that cannot be written is passed over.
void keep_help_phone(const std::filesystem::path& data, const std::string& phone);
// Empty: none was kept, or what stands there is no number.
[[nodiscard]] std::string kept_help_phone(const std::filesystem::path& data);

}  // namespace village
