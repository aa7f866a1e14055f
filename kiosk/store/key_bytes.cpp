#include "store/key_bytes.h"

#include <cstring>

namespace store::key_bytes {

std::string sealed(std::string_view clear, const std::uint8_t* key, std::string_view bound) {
  std::string out(nonce_bytes + clear.size() + mac_bytes, '\0');
  randombytes_buf(out.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce_bytes, nullptr, raw(clear), clear.size(), raw(bound), bound.size(), nullptr, raw(out), key);
  return out;
}

std::optional<std::string> opened(std::string_view in, const std::uint8_t* key, std::string_view bound) {
  if (in.size() < nonce_bytes + mac_bytes) return std::nullopt;
  std::string clear(in.size() - nonce_bytes - mac_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(clear), nullptr, nullptr, raw(in) + nonce_bytes, in.size() - nonce_bytes, raw(bound), bound.size(), raw(in), key) != 0)
    return std::nullopt;
  return clear;
}

std::string inside_of(char kind, const base::Uuid& owner, const PersonKey& key) {
  std::string inside(1, kind);
  inside.append(reinterpret_cast<const char*>(owner.bytes.data()), owner.bytes.size());
  inside.append(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  return inside;
}

bool take_in(std::string_view inside, KeySet& set, base::Uuid& owner) {
  if (inside.size() != inside_bytes || (inside[0] != 'K' && inside[0] != 'X')) return false;
  std::memcpy(owner.bytes.data(), inside.data() + 1, owner.bytes.size());
  if (inside[0] == 'X') {
    set.destroyed.insert(owner);
    set.keys.erase(owner);
  } else if (!set.destroyed.contains(owner)) {
    std::memcpy(set.keys[owner].bytes.data(), inside.data() + 17, 32);
  }
  return true;
}

}  // namespace store::key_bytes
