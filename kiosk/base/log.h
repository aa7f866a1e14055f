// The log: ids and keys, never a person's data. spdlog to a rotating file in the data directory. Any thread.
#pragma once

#include <filesystem>
#include <spdlog/spdlog.h>

namespace base {

// Sets up the default spdlog logger: <folder>/nuanzhan.log, 5 files of 2 MB; stderr gets warnings and worse. A folder that cannot be
// written leaves stderr only: the kiosk goes on.
void open_log(const std::filesystem::path& folder);

}  // namespace base
