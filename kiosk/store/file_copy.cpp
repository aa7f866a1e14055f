#include "store/file_copy.h"

#include <sodium.h>
#include <stdexcept>

namespace store {
namespace {

constexpr std::string_view magic = "NZFILE01";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, mac_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

std::string head_of(const base::Uuid& owner, const base::Uuid& id) {
  const auto whose = base::id_of("a file of " + owner.text() + " " + id.text());
  std::string head(magic);
  head.append(reinterpret_cast<const char*>(whose.bytes.data()), whose.bytes.size());
  return head;
}

}  // namespace

std::size_t file_copy_size(std::size_t bytes) { return file_copy_head + nonce_bytes + bytes + mac_bytes; }

bool is_file_of(std::string_view copy, const base::Uuid& owner, const base::Uuid& id) { return copy.starts_with(head_of(owner, id)); }

std::string seal_file(std::string_view bytes, const PersonKey& key, const base::Uuid& owner, const base::Uuid& id) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  auto copy = head_of(owner, id);
  const auto bound = copy;
  copy.resize(file_copy_size(bytes.size()));
  auto* nonce = raw(copy) + file_copy_head;
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, raw(bytes), bytes.size(), raw(bound), bound.size(), nullptr, nonce, key.bytes.data());
  return copy;
}

std::optional<std::string> open_file(std::string_view copy, const PersonKey& key, const base::Uuid& owner, const base::Uuid& id) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (copy.size() < file_copy_size(0) || !is_file_of(copy, owner, id)) return std::nullopt;
  std::string bytes(copy.size() - file_copy_size(0), '\0');
  const auto* nonce = raw(copy) + file_copy_head;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(bytes), nullptr, nullptr, nonce + nonce_bytes, copy.size() - file_copy_head - nonce_bytes, raw(copy), file_copy_head, nonce, key.bytes.data()) != 0)
    return std::nullopt;
  return bytes;
}

}  // namespace store
