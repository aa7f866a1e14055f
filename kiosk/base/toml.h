// A TOML file as a table, also one that somebody brought on a stick. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <toml++/toml.h>

namespace base {

// Names in one dotted key or table's head. toml++ bounds how deep values lie in each other (256) but not this: sixty thousand of them
// (120 kB) overrun the stack when the table goes. Ours: no file of ours has more than four.
inline constexpr std::size_t longest_dotted_key = 16;

// Throws toml::parse_error: what is wrong, unreadable, or has a key of more names than that.
[[nodiscard]] toml::table read_toml(const std::filesystem::path&);

}  // namespace base
