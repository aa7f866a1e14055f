// The program that decodes pictures from outside, as a test finds it: beside the test itself, which is no such program.
#pragma once

#include "devices/importer.h"

#include <cstdlib>

namespace support {

inline devices::ImportWay importer() {
  const char* named = std::getenv("NUANZHAN");
  return {.socket = "/nobody/listens/here", .program = named != nullptr ? std::filesystem::path(named) : std::filesystem::read_symlink("/proc/self/exe").parent_path() / "nuanzhan"};
}

}  // namespace support
