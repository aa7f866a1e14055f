// What only some may read, on a disk that anybody may carry away: one random key a thing, given to each reader in a box of their own.
//
// The rule: outside shows nothing of what is inside but its size class, and how many groups of eight may read it. Whoever reads gets all
// of it, unchanged, or nothing. Built on libsodium alone (crypto_box_seal, secretstream); any thread, no file, no clock.
//
//   magic "NZSEALED", version 1, suite 1, slots u16, class u32 (little endian)    the head
//   slots x 80 B         the key, crypto_box_seal for one reader each; filled up to a multiple of eight for nobody
//   24 B                 header of the stream
//   class + 17 B         the body, padded to its class, one message; head and slots are bound to it
//
// A box says nothing of who made it: what vouches for a sealed thing is its hash in the journal's chain. Somebody who may read can give
// the key to one more reader (envelope.h, what is handed on); nothing of the thing is written anew.
#pragma once

#include "base/ids.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace store {

using PublicKey = std::array<std::uint8_t, 32>;

// Base64 as people hand keys on (44 characters); nothing for anything else.
[[nodiscard]] std::string text_of(const PublicKey&);
[[nodiscard]] std::optional<PublicKey> public_key(std::string_view text);
// The township's, to which everything is sealed as well: the file township.key beside the database, base64 in one line (`nuanzhan keys`).
// Nothing where there is none, or it is no key (`doctor` says so).
[[nodiscard]] std::optional<PublicKey> township_key(const std::filesystem::path& data);

// A secret key in memory of its own, locked against swapping and zeroed when it goes. Can be handed on, never copied, printed or compared.
class KeyPair {
 public:
  // A new pair at random. Throws std::runtime_error where libsodium does not start or there is no memory.
  [[nodiscard]] static KeyPair make();
  // From its 32 secret bytes, which the caller wipes; nothing for another length.
  [[nodiscard]] static std::optional<KeyPair> of_secret(std::string_view bytes);

  [[nodiscard]] const PublicKey& open_to_all() const { return public_; }
  // For wrapping it (village/keys.h) and for the township's paper; the view goes with the pair.
  [[nodiscard]] std::string_view secret() const;

 private:
  struct Free { void operator()(std::uint8_t*) const; };
  KeyPair();
  PublicKey public_{};
  std::unique_ptr<std::uint8_t, Free> secret_;
};

// Longer things are refused: a sealed thing is held in memory whole.
inline constexpr std::size_t sealed_at_most = std::size_t{16} << 20;
// Readers of one thing; more is a mistake of the caller.
inline constexpr std::size_t readers_at_most = 1024;

// How many bytes a body of this length takes inside: 1, 4, 16, 64 kB, then doubling. Ours: a note of one line and one of ten look the same.
[[nodiscard]] std::size_t size_class(std::size_t bytes);

// Nothing where there is no reader, too many, or too much to seal: what nobody can open is never made. About 70 us a reader.
[[nodiscard]] std::optional<std::string> seal(std::string_view bytes, std::span<const PublicKey> readers);

// The key of one thing, which who may read it hands on to who may read it from now on.
using ThingKey = std::array<std::uint8_t, 32>;
struct HeldKey {
  base::Uuid envelope;
  ThingKey key;
};

// Nothing where it is cut, changed, of a newer version, or not for this pair: which of them is not told apart. About 30 us a slot.
// `key`: where its own key is put, too.
[[nodiscard]] std::optional<std::string> open(std::string_view sealed, const KeyPair&, ThingKey* key = nullptr);
[[nodiscard]] std::optional<std::string> open(std::string_view sealed, const ThingKey&);

// BLAKE2b of the sealed bytes, 32 bytes as 64 hex digits: what a fact says of them.
[[nodiscard]] std::string hash_of(std::string_view sealed);

// Overwrites what was clear, before it is given back to the machine.
void wipe(std::string&);

}  // namespace store
