// A copy of one file of a person's (a photo, a recording), for a folder that anybody may carry away: nobody opens it without that person's key
// (person_keys.h), and nobody at all once that key is destroyed.
//
//   magic "NZFILE01"
//   16 B         whose: made of the owner and the file's own id, so that two files of one person show nothing in common
//   24 B, then   XChaCha20-Poly1305 of the file; bound to its id
#pragma once

#include "store/person_keys.h"

#include <optional>
#include <string>
#include <string_view>

namespace store {

// How long the copy of so many bytes is.
[[nodiscard]] std::size_t file_copy_size(std::size_t bytes);
[[nodiscard]] std::string seal_file(std::string_view bytes, const PersonKey&, const base::Uuid& owner, const base::Uuid& id);
// Nothing where it is cut, changed, another file's, or another key's. The caller wipes what is clear.
[[nodiscard]] std::optional<std::string> open_file(std::string_view copy, const PersonKey&, const base::Uuid& owner, const base::Uuid& id);
// Whether it is a copy of this owner's file; needs no key, and its first bytes are enough.
inline constexpr std::size_t file_copy_head = 24;
[[nodiscard]] bool is_file_of(std::string_view copy, const base::Uuid& owner, const base::Uuid& id);

}  // namespace store
