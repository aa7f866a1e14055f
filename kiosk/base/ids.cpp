#include "base/ids.h"

#include <algorithm>
#include <sodium.h>

namespace base {

std::string Uuid::text() const {
  static constexpr char hex[] = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += hex[bytes[i] >> 4];
    out += hex[bytes[i] & 15];
  }
  return out;
}

std::optional<Uuid> Uuid::parse(std::string_view t) {
  if (t.size() != 36) return std::nullopt;
  Uuid u;
  std::size_t at = 0;
  for (std::size_t i = 0; i < 36; ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (t[i] != '-') return std::nullopt;
      continue;
    }
    const char c = t[i];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return std::nullopt;
    auto& byte = u.bytes[at / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | digit);
    ++at;
  }
  return u;
}

Uuid IdMaker::next(Instant at) {
  Uuid u;
  auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at.time_since_epoch().count()));
  for (int i = 5; i >= 0; --i, ms >>= 8) u.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms);
  auto a = random_(), b = random_();
  for (std::size_t i = 6; i < 8; ++i, a >>= 8) u.bytes[i] = static_cast<std::uint8_t>(a);
  for (std::size_t i = 8; i < 16; ++i, b >>= 8) u.bytes[i] = static_cast<std::uint8_t>(b);
  u.bytes[6] = static_cast<std::uint8_t>(0x70 | (u.bytes[6] & 0x0F));
  u.bytes[8] = static_cast<std::uint8_t>(0x80 | (u.bytes[8] & 0x3F));
  return u;
}

Uuid id_of(std::string_view what) {
  Uuid u;
  crypto_generichash(u.bytes.data(), u.bytes.size(), reinterpret_cast<const unsigned char*>(what.data()), what.size(), nullptr, 0);
  u.bytes[6] = static_cast<std::uint8_t>(0x80 | (u.bytes[6] & 0x0F));  // version 8: made by a rule of ours
  u.bytes[8] = static_cast<std::uint8_t>(0x80 | (u.bytes[8] & 0x3F));
  return u;
}

}  // namespace base
