// Ids: UUIDv7 in sixteen bytes, and a type for each thing that is named by one.
//
// An id made here sorts roughly by time but nothing relies on that order: kiosk clocks are wrong. Any thread with its own IdMaker.
#pragma once

#include "base/clock.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace base {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
  [[nodiscard]] bool none() const { return *this == Uuid{}; }
  [[nodiscard]] std::string text() const;  // 019a…-…, 36 characters
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view);
};

// The same sixteen bytes, but a person is not a site. `Tag` is never defined.
template <class Tag>
struct Id {
  Uuid value;
  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool none() const { return value.none(); }
  [[nodiscard]] std::string text() const { return value.text(); }
  [[nodiscard]] static std::optional<Id> parse(std::string_view t) {
    const auto u = Uuid::parse(t);
    return u ? std::optional<Id>(Id{*u}) : std::nullopt;
  }
};

// Makes UUIDv7 (RFC 9562, 5.7). Seeded: the same seed and clock give the same ids (a demo village is reproducible).
class IdMaker {
 public:
  IdMaker() : random_(std::random_device{}() ^ static_cast<std::uint64_t>(std::random_device{}()) << 32) {}
  explicit IdMaker(std::uint64_t seed) : random_(seed) {}
  [[nodiscard]] Uuid next(Instant at);
  template <class I>
  [[nodiscard]] I next_as(Instant at) { return I{next(at)}; }

 private:
  std::mt19937_64 random_;
};

// An id made of what a thing is, not of when: two kiosks that say the same fact say it once. BLAKE2b of the text.
[[nodiscard]] Uuid id_of(std::string_view what_it_is);

}  // namespace base

template <>
struct std::hash<base::Uuid> {
  std::size_t operator()(const base::Uuid& u) const noexcept {
    std::uint64_t h = 14695981039346656037ull;
    for (const auto b : u.bytes) h = (h ^ b) * 1099511628211ull;
    return static_cast<std::size_t>(h);
  }
};
template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& i) const noexcept { return std::hash<base::Uuid>{}(i.value); }
};
