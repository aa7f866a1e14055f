#include "village/keys.h"

#include "base/text.h"
#include "village/kinds.h"
#include "village/rights.h"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <vector>

namespace village {
namespace {

constexpr std::string_view kind_of_text = "nzkey1";

struct WrappingKey {
  std::uint8_t bytes[crypto_secretbox_KEYBYTES];
  ~WrappingKey() { sodium_memzero(bytes, sizeof bytes); }
};

void derive(WrappingKey& key, std::string_view pin, const std::string& salt, std::uint64_t passes, std::uint64_t memory_kib) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (crypto_pwhash(key.bytes, sizeof key.bytes, pin.data(), pin.size(), reinterpret_cast<const std::uint8_t*>(salt.data()), passes,
                    static_cast<std::size_t>(memory_kib) << 10, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("no memory for a key");
}

std::string random_bytes(std::size_t n) {
  std::string bytes(n, '\0');
  randombytes_buf(bytes.data(), n);
  return bytes;
}
std::uint8_t* raw(std::string& s) { return reinterpret_cast<std::uint8_t*>(s.data()); }
const std::uint8_t* raw(const std::string& s) { return reinterpret_cast<const std::uint8_t*>(s.data()); }

std::string base64(const std::string& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}
std::string bytes_of(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0 || end != text.data() + text.size()) return {};
  bytes.resize(length);
  // libsodium 1.0.18 takes some bytes above 0x7f for letters: what was changed must not read the same.
  return base64(bytes) == text ? bytes : std::string();
}

// Nonce and box of the secret key.
std::string boxed(const WrappingKey& key, const store::KeyPair& pair) {
  const auto nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  const auto secret = pair.secret();
  std::string box(secret.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(raw(box), reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size(), raw(nonce), key.bytes);
  return nonce + box;
}
std::optional<store::KeyPair> opened_by(const WrappingKey& key, const std::string& body) {
  std::string secret(crypto_box_SECRETKEYBYTES, '\0');
  const bool opened = crypto_secretbox_open_easy(raw(secret), raw(body) + crypto_secretbox_NONCEBYTES, body.size() - crypto_secretbox_NONCEBYTES, raw(body), key.bytes) == 0;
  auto pair = opened ? store::KeyPair::of_secret(secret) : std::nullopt;
  store::wipe(secret);
  return pair;
}

std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find('$', from), text.size());
    fields.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return fields;
}
std::optional<std::uint64_t> whole(std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc{} && end == text.data() + text.size() && n >= least && n <= most ? std::optional(n) : std::nullopt;
}

}  // namespace

StaffKey wrap_key(const store::KeyPair& pair, std::string_view pin, int passes, int memory_mib) {
  const auto rounds = static_cast<std::uint64_t>(std::max(1, passes));
  const auto memory_kib = std::max<std::uint64_t>(crypto_pwhash_MEMLIMIT_MIN >> 10, static_cast<std::uint64_t>(std::max(0, memory_mib)) << 10);
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  const auto salt = random_bytes(crypto_pwhash_SALTBYTES);
  WrappingKey key;
  derive(key, pin, salt, rounds, memory_kib);
  return {store::text_of(pair.open_to_all()), fmt::format("{}${}${}${}${}", kind_of_text, rounds, memory_kib, base64(salt), base64(boxed(key, pair)))};
}

std::optional<store::KeyPair> unwrap_key(const std::string& wrapped, std::string_view pin) {
  const auto fields = fields_of(wrapped);
  if (fields.size() != 5 || fields[0] != kind_of_text) return std::nullopt;
  // A fact of another program's making must not ask for all the memory there is: bounds of settings pin.passes and pin.memory_mib.
  const auto passes = whole(fields[1], 1, 10), memory_kib = whole(fields[2], crypto_pwhash_MEMLIMIT_MIN >> 10, 1024u << 10);
  const auto salt = bytes_of(fields[3]), body = bytes_of(fields[4]);
  if (!passes || !memory_kib || salt.size() != crypto_pwhash_SALTBYTES ||
      body.size() != crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + crypto_box_SECRETKEYBYTES)
    return std::nullopt;
  WrappingKey key;
  derive(key, pin, salt, *passes, *memory_kib);
  return opened_by(key, body);
}

namespace {

// The card's secret alone has enough bits, so nothing slow stands here; the pair of the PIN is what a guess must have first.
WrappingKey of_pin_and_card(const store::KeyPair& of_pin, std::string_view card_secret) {
  WrappingKey key;
  const auto secret = of_pin.secret();
  crypto_generichash(key.bytes, sizeof key.bytes, reinterpret_cast<const std::uint8_t*>(card_secret.data()), card_secret.size(), reinterpret_cast<const std::uint8_t*>(secret.data()),
                     secret.size());
  return key;
}

constexpr std::string_view kind_of_sealed = "nzcard1";

}  // namespace

bool has_sealed_key(const store::Reader& reader, StaffId id) {
  return reader.count("SELECT count(*) FROM village_staff WHERE id = ? AND active = 1 AND sealed_key <> ''", id) > 0;
}

std::optional<store::KeyPair> sealed_pair(const store::Reader& reader, StaffId id, const store::KeyPair& of_pin, std::string_view card_secret) {
  const auto wrapped = reader.one<std::string>("SELECT wrapped_sealed_key FROM village_staff WHERE id = ? AND active = 1", id).value_or("");
  const auto fields = fields_of(wrapped);
  if (fields.size() != 2 || fields[0] != kind_of_sealed) return std::nullopt;
  const auto body = bytes_of(fields[1]);
  if (body.size() != crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + crypto_box_SECRETKEYBYTES) return std::nullopt;
  return opened_by(of_pin_and_card(of_pin, card_secret), body);
}

std::expected<std::shared_ptr<const store::KeyPair>, Refusal> make_sealed_pair(store::Act& act, const store::KeyPair& of_pin, std::string_view card_secret) {
  const auto account = act.viewer().staff ? staff_by_id(act, StaffId{*act.viewer().staff}) : std::nullopt;
  if (!act.may(right::read_sealed) || !account || card_secret.empty()) return std::unexpected(Refusal::no_right);
  auto pair = std::make_shared<const store::KeyPair>(store::KeyPair::make());
  act.append({.kind = kind::staff_key_set, .subject = account->id.value, .person = account->person.value},
             {{"sealed_key", store::text_of(pair->open_to_all())}, {"wrapped_sealed_key", fmt::format("{}${}", kind_of_sealed, base64(boxed(of_pin_and_card(of_pin, card_secret), *pair)))}});
  return pair;
}

std::string wrapped_key(const store::Reader& reader, StaffId id) {
  return reader.one<std::string>("SELECT wrapped_key FROM village_staff WHERE id = ? AND active = 1", id).value_or("");
}

std::optional<store::PublicKey> public_key_of(const store::Reader& reader, StaffId id) {
  const auto text = reader.one<std::string>("SELECT public_key FROM village_staff WHERE id = ? AND active = 1", id).value_or("");
  return text.empty() ? std::nullopt : store::public_key(text);
}

bool sealed_needs_card(const store::Reader& reader, StaffId id) {
  return reader.setting("pin.sealed_card", std::int64_t{1}) != 0 && has_sealed_key(reader, id);
}

std::optional<store::PublicKey> key_for_sealed(const store::Reader& reader, StaffId id) {
  if (!sealed_needs_card(reader, id)) return public_key_of(reader, id);
  return store::public_key(reader.one<std::string>("SELECT sealed_key FROM village_staff WHERE id = ? AND active = 1", id).value_or(""));
}

std::vector<store::PublicKey> sealed_for(const store::Reader& reader) {
  std::vector<store::PublicKey> keys;
  for (const auto& one : staff(reader))
    if (right::read_sealed.role_may(one.role))
      if (const auto key = key_for_sealed(reader, one.id)) keys.push_back(*key);
  if (keys.empty()) return keys;
  if (const auto township = store::township_key(reader.store().folder())) keys.push_back(*township);
  return keys;
}

void leave_cover(store::Act& act) {
  if (const auto readers = sealed_for(act); !readers.empty()) act.append_cover(readers);
}

}  // namespace village
