// A file that is there to be thrown away: when the disk is full, the room it held lets help be called and children be fetched while staff
// make more.
#pragma once

#include <filesystem>

namespace store {

// 64 MB (reliability.md 1.2): some fifty thousand facts.
inline constexpr std::uintmax_t ballast_bytes = std::uintmax_t{64} << 20;

// Puts it there where it is not, as long as eight times as much stays free. Never throws.
void keep_ballast(const std::filesystem::path& data) noexcept;
// Throws it away. False where there is none.
bool free_ballast(const std::filesystem::path& data) noexcept;

}  // namespace store
