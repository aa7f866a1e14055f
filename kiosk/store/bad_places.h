// Reading what a damaged disk still gives: what stands before and behind a bad place is read all the same.
#pragma once

#include <cstdint>
#include <span>

namespace store {

// Fills `into` from this place of the file: zeros where the disk gives nothing, and where the file has ended. False: there was a bad place.
// Any thread.
bool read_around(int fd, std::uint64_t at, std::span<char> into);

}  // namespace store
