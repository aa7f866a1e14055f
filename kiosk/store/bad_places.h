// Reading what a damaged disk still gives: what stands before and behind a bad place is read all the same.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace store {

// Fills `into` from this place of the file: zeros where the disk gives nothing, and where the file has ended. False: there was a bad place.
// After `at_most` pieces of 4 KiB that are not given the rest is not asked for. Any thread.
bool read_around(int fd, std::uint64_t at, std::span<char> into, int at_most = std::numeric_limits<int>::max());

}  // namespace store
