// Pictures that somebody brought on a stick, decoded where a hostile file harms nobody: in a process of its own that has no file, no network,
// no device and nobody's names. On a kiosk that is a service with a user of its own (deploy/systemd/nuanzhan-import@.service), reached by a
// local socket; elsewhere the program starts itself once more (`nuanzhan import-picture`).
//
// The rule: bytes go in, and what comes back is pixels of a square as large as was asked for, or one of three reasons. Nothing else of the
// answer is looked at, however long it is. What is imported later (lists of people) goes the same way.
#pragma once

#include "base/image.h"

#include <chrono>
#include <expected>
#include <filesystem>

namespace devices {

struct ImportWay {
  std::filesystem::path socket = "/run/nuanzhan-import/socket";
  std::filesystem::path program = "/proc/self/exe";  // started where there is no socket
  std::chrono::milliseconds patience{20'000};        // for all of it
};

// The square of base::square_of, at most `side` wide. Slow (a process, a large file): on a worker. `unreadable` also where the importer does
// not answer, or answers nonsense.
[[nodiscard]] std::expected<base::Image, base::NoImage> import_picture(const std::filesystem::path&, int side, const ImportWay& = {});

// The other end: confines itself for good, reads one request, answers, and gives the exit code.
[[nodiscard]] int serve_import(int in, int out);

}  // namespace devices
