#include "store/sealed.h"

#include "base/text.h"

#include <sodium.h>
#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace store {
namespace {

constexpr std::string_view magic = "NZSEALED";
constexpr std::size_t head_bytes = 16, slot_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES;
constexpr std::size_t together = 8;  // slots come in groups: how many read one thing tells who
constexpr std::uint8_t version = 1, suite = 1;

void need_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::uint8_t* raw(std::string& s) { return reinterpret_cast<std::uint8_t*>(s.data()); }
const std::uint8_t* raw(std::string_view s) { return reinterpret_cast<const std::uint8_t*>(s.data()); }

void put(std::string& to, std::size_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
}
std::size_t number(std::string_view from, std::size_t at, int bytes) {
  std::size_t value = 0;
  for (int i = 0; i < bytes; ++i) value |= static_cast<std::size_t>(static_cast<std::uint8_t>(from[at + static_cast<std::size_t>(i)])) << (8 * i);
  return value;
}

// The key of one thing: gone with the call.
struct StreamKey {
  std::uint8_t bytes[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  ~StreamKey() { sodium_memzero(bytes, sizeof bytes); }
};
struct Stream {
  crypto_secretstream_xchacha20poly1305_state state;
  ~Stream() { sodium_memzero(&state, sizeof state); }
};

}  // namespace

std::string text_of(const PublicKey& key) {
  std::string text(sodium_base64_ENCODED_LEN(sizeof(PublicKey), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), key.data(), key.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<PublicKey> public_key(std::string_view text) {
  PublicKey key;
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0) return std::nullopt;
  // libsodium 1.0.18 takes some bytes above 0x7f for letters: a key is written in one way alone.
  if (length != key.size() || end != text.data() + text.size() || text_of(key) != text) return std::nullopt;
  // A key to which nothing can be sealed (a point of small order) is none.
  need_sodium();
  std::uint8_t box[crypto_box_SEALBYTES + 1];
  const std::uint8_t one = 0;
  return crypto_box_seal(box, &one, 1, key.data()) == 0 ? std::optional(key) : std::nullopt;
}

void KeyPair::Free::operator()(std::uint8_t* bytes) const { sodium_free(bytes); }

KeyPair::KeyPair() {
  need_sodium();
  secret_.reset(static_cast<std::uint8_t*>(sodium_malloc(crypto_box_SECRETKEYBYTES)));
  if (!secret_) throw std::runtime_error("no memory for a key");
}

KeyPair KeyPair::make() {
  KeyPair pair;
  crypto_box_keypair(pair.public_.data(), pair.secret_.get());
  return pair;
}

std::optional<KeyPair> KeyPair::of_secret(std::string_view bytes) {
  if (bytes.size() != crypto_box_SECRETKEYBYTES) return std::nullopt;
  KeyPair pair;
  std::memcpy(pair.secret_.get(), bytes.data(), bytes.size());
  if (crypto_scalarmult_base(pair.public_.data(), pair.secret_.get()) != 0) return std::nullopt;
  return pair;
}

std::string_view KeyPair::secret() const { return {reinterpret_cast<const char*>(secret_.get()), crypto_box_SECRETKEYBYTES}; }

std::size_t size_class(std::size_t bytes) {
  std::size_t size = 1024;
  // One byte of padding is always there: a body that fills its class takes the next one.
  while (size <= bytes) size *= size < 64 * 1024 ? 4 : 2;
  return size;
}

std::optional<std::string> seal(std::string_view bytes, std::span<const PublicKey> readers) {
  need_sodium();
  const auto inside = size_class(bytes.size());
  if (readers.empty() || readers.size() > readers_at_most || inside > sealed_at_most) return std::nullopt;
  const auto slots = (readers.size() + together - 1) / together * together;
  std::string sealed;
  sealed.reserve(head_bytes + slots * slot_bytes + crypto_secretstream_xchacha20poly1305_HEADERBYTES + inside + crypto_secretstream_xchacha20poly1305_ABYTES);
  sealed += magic;
  put(sealed, version, 1);
  put(sealed, suite, 1);
  put(sealed, slots, 2);
  put(sealed, inside, 4);

  StreamKey key, none;
  crypto_secretstream_xchacha20poly1305_keygen(key.bytes);
  std::vector<std::string> boxes;
  for (std::size_t i = 0; i < slots; ++i) {
    const bool somebody = i < readers.size();
    std::string box(slot_bytes, '\0');
    PublicKey to;
    if (somebody) {
      to = readers[i];
    } else {
      randombytes_buf(none.bytes, sizeof none.bytes);
      crypto_scalarmult_base(to.data(), none.bytes);
    }
    if (crypto_box_seal(raw(box), key.bytes, sizeof key.bytes, to.data()) != 0) return std::nullopt;
    boxes.push_back(std::move(box));
  }
  // Whose box stands where says nothing either.
  for (std::size_t i = boxes.size(); i > 1; --i) std::swap(boxes[i - 1], boxes[randombytes_uniform(static_cast<std::uint32_t>(i))]);
  for (const auto& box : boxes) sealed += box;

  const auto bound = sealed.size();
  std::string body(inside, '\0');
  std::memcpy(body.data(), bytes.data(), bytes.size());
  std::size_t padded = 0;
  Stream stream;
  const bool fits = sodium_pad(&padded, raw(body), bytes.size(), inside, body.size()) == 0 && padded == inside;
  sealed.resize(bound + crypto_secretstream_xchacha20poly1305_HEADERBYTES + inside + crypto_secretstream_xchacha20poly1305_ABYTES);
  auto* at = raw(sealed) + bound;
  bool done = fits && crypto_secretstream_xchacha20poly1305_init_push(&stream.state, at, key.bytes) == 0;
  at += crypto_secretstream_xchacha20poly1305_HEADERBYTES;
  done = done && crypto_secretstream_xchacha20poly1305_push(&stream.state, at, nullptr, raw(body), body.size(), raw(sealed), bound,
                                                            crypto_secretstream_xchacha20poly1305_TAG_FINAL) == 0;
  wipe(body);
  return done ? std::optional(std::move(sealed)) : std::nullopt;
}

namespace {

// Where what stands in a sealed thing; nothing for what is none.
struct Layout { std::size_t slots, inside, bound; };
std::optional<Layout> layout_of(std::string_view sealed) {
  if (sealed.size() < head_bytes || !sealed.starts_with(magic) || number(sealed, 8, 1) != version || number(sealed, 9, 1) != suite) return std::nullopt;
  const auto slots = number(sealed, 10, 2), inside = number(sealed, 12, 4);
  if (slots == 0 || slots > readers_at_most || inside == 0 || inside > sealed_at_most || size_class(inside - 1) != inside) return std::nullopt;
  const auto bound = head_bytes + slots * slot_bytes;
  if (sealed.size() != bound + crypto_secretstream_xchacha20poly1305_HEADERBYTES + inside + crypto_secretstream_xchacha20poly1305_ABYTES) return std::nullopt;
  return Layout{slots, inside, bound};
}

std::optional<std::string> open_body(std::string_view sealed, const Layout& layout, const std::uint8_t* key) {
  const auto inside = layout.inside, bound = layout.bound;
  Stream stream;
  std::string body(inside, '\0');
  const auto* at = raw(sealed) + bound;
  std::uint8_t tag = 0;
  bool whole = crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, at, key) == 0;
  at += crypto_secretstream_xchacha20poly1305_HEADERBYTES;
  whole = whole && crypto_secretstream_xchacha20poly1305_pull(&stream.state, raw(body), nullptr, &tag, at, inside + crypto_secretstream_xchacha20poly1305_ABYTES,
                                                              raw(sealed), bound) == 0;
  std::size_t length = 0;
  whole = whole && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL && sodium_unpad(&length, raw(body), inside, inside) == 0;
  if (!whole) {
    wipe(body);
    return std::nullopt;
  }
  body.resize(length);
  return body;
}

}  // namespace

std::optional<std::string> open(std::string_view sealed, const KeyPair& pair, ThingKey* kept) {
  need_sodium();
  const auto layout = layout_of(sealed);
  if (!layout) return std::nullopt;
  const auto* secret = raw(pair.secret());
  StreamKey key;
  bool ours = false;
  for (std::size_t i = 0; i < layout->slots && !ours; ++i)
    ours = crypto_box_seal_open(key.bytes, raw(sealed) + head_bytes + i * slot_bytes, slot_bytes, pair.open_to_all().data(), secret) == 0;
  if (!ours) return std::nullopt;
  auto body = open_body(sealed, *layout, key.bytes);
  if (body && kept != nullptr) std::copy_n(key.bytes, kept->size(), kept->begin());
  return body;
}

std::optional<std::string> open(std::string_view sealed, const ThingKey& key) {
  need_sodium();
  const auto layout = layout_of(sealed);
  return layout ? open_body(sealed, *layout, key.data()) : std::nullopt;
}

std::string hash_of(std::string_view sealed) {
  need_sodium();
  std::uint8_t hash[32];
  crypto_generichash(hash, sizeof hash, raw(sealed), sealed.size(), nullptr, 0);
  std::string hex(2 * sizeof hash + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash, sizeof hash);
  hex.pop_back();
  return hex;
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

std::optional<PublicKey> township_key(const std::filesystem::path& data) {
  std::ifstream in(data / "township.key");
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  return public_key(base::trimmed(line));
}

}  // namespace store
