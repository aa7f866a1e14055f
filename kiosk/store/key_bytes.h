// How a person's key lies in a file: sealed, one entry as another. Used by persons.keys and by the copies of it; by the store alone.
#pragma once

#include "store/person_keys.h"

#include <optional>
#include <sodium.h>
#include <string>
#include <string_view>

namespace store::key_bytes {

inline constexpr std::string_view file_name = "persons.keys";
inline constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, mac_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
inline constexpr std::size_t inside_bytes = 1 + 16 + 32;  // K or X, whose, the key

inline unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
inline const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

// Nonce and what it opens; `bound` is what it belongs to.
[[nodiscard]] std::string sealed(std::string_view clear, const std::uint8_t* key, std::string_view bound);
[[nodiscard]] std::optional<std::string> opened(std::string_view in, const std::uint8_t* key, std::string_view bound);

[[nodiscard]] std::string inside_of(char kind, const base::Uuid& owner, const PersonKey&);
// One entry of a set, wherever it was read; nothing for bytes that are none.
[[nodiscard]] bool take_in(std::string_view inside, KeySet&, base::Uuid& owner);

}  // namespace store::key_bytes
