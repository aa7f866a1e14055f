#include "devices/wedge.h"

#include <algorithm>
#include <utility>

namespace devices {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kValues = 10, kCode = 13, kSecret = 27;

int value_of(char c) {
  const auto at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// Multiplied by x in GF(32).
constexpr int times_two(int v) { return (v << 1 ^ (v & 16 ? 0x25 : 0)) & 31; }

// What the ten values and the check come to: 0 if they belong together.
int sum(std::string_view values_and_check) {
  int total = 0;
  for (const char c : values_and_check) total = times_two(total) ^ value_of(c);  // Horner: the first carries 2^10
  return total;
}

char32_t plain(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
  if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
  return c;
}

bool is_han(char32_t c) {  // or its punctuation
  const char32_t p = plain(c);
  if (p != c && p < 0x80) return !(p >= U'0' && p <= U'9') && !(p >= U'A' && p <= U'Z');
  return (c >= 0x3000 && c <= 0x303f) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0x20000 && c <= 0x3ffff);
}

// So that no sum of times runs over, whatever is fed.
std::int64_t sane(std::int64_t ms) { return std::clamp<std::int64_t>(ms, 0, std::int64_t{1} << 60); }

}  // namespace

std::string make_card_code(std::uint64_t random) {
  std::string code = "NZ";
  for (std::size_t i = 0; i < kValues; ++i) code += kAlphabet[random >> (5 * (kValues - 1 - i)) & 31];
  const int so_far = sum(std::string_view(code).substr(2));
  return code +
         kAlphabet[static_cast<std::size_t>(times_two(so_far))];  // the check weighs 1, and -1 is 1 in GF(32)
}

bool valid_card_code(std::string_view code) {
  if (code.size() != kCode || !code.starts_with("NZ")) return false;
  for (const char c : code.substr(2))
    if (value_of(c) < 0) return false;
  return sum(code.substr(2)) == 0;
}

std::string make_card_secret(const std::array<std::uint8_t, 26>& random) {
  std::string secret;
  for (const auto byte : random) secret += kAlphabet[byte & 31];
  return secret + kAlphabet[static_cast<std::size_t>(times_two(sum(secret)))];
}

std::optional<CardText> read_card(std::string_view text) {
  if (!valid_card_code(text.substr(0, kCode))) return std::nullopt;
  const auto secret = text.substr(kCode);
  const bool whole = secret.size() == kSecret && std::ranges::all_of(secret, [](char c) { return value_of(c) >= 0; }) && sum(secret) == 0;
  if (!secret.empty() && !whole) return std::nullopt;
  return CardText{std::string(text.substr(0, kCode)), std::string(secret)};
}

void Wedge::was_busy(std::int64_t for_ms) { busy_ms_ = std::min(busy_ms_ + sane(for_ms), std::int64_t{60'000}); }

std::optional<std::int64_t> Wedge::deadline() const {
  if (!holding()) return std::nullopt;
  return last_ms_ + (is_code() ? settings_.enter_ms : settings_.gap_ms) + 1;
}

std::u32string Wedge::typed_through() { return std::exchange(typed_, {}); }

std::optional<Wedge::Event> Wedge::feed(char32_t character, std::int64_t ms) {
  if (character == U'\r' || character == U'\n' || character == U'\t') return feed_enter(ms);
  std::optional<Event> event;
  const auto busy = std::exchange(busy_ms_, 0);
  ms = std::max(sane(ms), last_ms_);
  if (holding() && ms - last_ms_ - busy > settings_.gap_ms) event = ended_without_enter();
  look_for_silence(ms - busy);
  if (!holding()) {
    first_ms_ = ms;
    torn_ = false;
    all_same_ = true;
  } else {
    torn_ = torn_ || busy > 0;
    all_same_ = all_same_ && character == held_.front();
  }
  last_ms_ = ms;
  if (held_.size() < kHeld) held_ += character;
  ++length_;
  if (length_ == kFlood && !event) event = garbage();  // the burst goes on being swallowed
  return event;
}

std::optional<Wedge::Event> Wedge::feed_enter(std::int64_t ms) {
  const auto busy = std::exchange(busy_ms_, 0);
  ms = std::max(sane(ms), last_ms_);
  look_for_silence(ms - busy);
  if (!holding()) {
    // The second half of CR LF, or an Enter in the middle of rubbish, is the reader's too.
    if (heard_ms_ == INT64_MIN) return std::nullopt;
    heard_ms_ = std::max(ms, heard_ms_);
    return Event{};
  }
  const bool code = is_code();
  if (ms - last_ms_ - busy > (code ? settings_.enter_ms : settings_.gap_ms)) {
    // A person's Enter, after whatever came before had already ended; if that was a reader's, better silent than
    // wrong.
    return ended_without_enter();
  }
  if (code) {
    Event event{Event::Kind::card, {}};
    for (const char32_t c : held_) event.code += static_cast<char>(plain(c));
    forget();
    heard_ms_ = ms;
    return event;
  }
  if (may_be_typing(true)) {
    release();
    return std::nullopt;
  }
  auto event = garbage();
  forget();
  heard_ms_ = ms;
  return event ? event : Event{};
}

std::optional<Wedge::Event> Wedge::tick(std::int64_t ms) {
  std::optional<Event> event;
  ms = sane(ms);
  busy_ms_ = 0;
  if (const auto due = deadline(); due && ms >= *due) event = ended_without_enter();
  look_for_silence(ms);
  return event;
}

std::optional<Wedge::Event> Wedge::ended_without_enter() {
  if (!is_code() && may_be_typing(false)) {
    release();
    return std::nullopt;
  }
  // A whole code without its Enter is no card either: nobody knows what was still to come.
  auto event = garbage();
  heard_ms_ = last_ms_;
  forget();
  return event;
}

std::optional<Wedge::Event> Wedge::garbage() {
  if (std::exchange(said_, true)) return std::nullopt;
  return Event{Event::Kind::garbage, {}};
}

void Wedge::release() {
  for (const char32_t c : held_)
    if (c >= 0x20 && c != 0x7f && typed_.size() < kTyped) typed_ += c;
  forget();
}

void Wedge::forget() {
  (void)std::exchange(held_, {});  // its room too
  length_ = 0;
}

void Wedge::look_for_silence(std::int64_t ms) {
  if (holding() || heard_ms_ == INT64_MIN || ms - heard_ms_ <= settings_.gap_ms) return;
  heard_ms_ = INT64_MIN;
  said_ = false;
}

bool Wedge::is_code() const {
  if (length_ != kCode && length_ != kCode + kSecret) return false;
  std::string code;
  for (const char32_t c : held_) {
    const char32_t p = plain(c);
    if (p >= 0x80) return false;
    code += static_cast<char>(p);
  }
  return read_card(code).has_value();
}

bool Wedge::may_be_typing(bool enter) const {
  if (said_) return false;
  const double gaps = static_cast<double>(length_ - 1),
               mean_ms = gaps > 0 ? static_cast<double>(last_ms_ - first_ms_) / gaps : 1e9;
  if (length_ > 1 && all_same_ && mean_ms >= settings_.repeat_ms && length_ <= kHeld) return true;  // a held key
  // Whole words of Han characters at one stroke come from an input method, not from a card.
  if (!enter && length_ <= 32 && std::all_of(held_.begin(), held_.end(), is_han)) return true;
  if (length_ > settings_.typed_at_most) return false;
  if (length_ >= 3 && mean_ms < settings_.reader_ms && !torn_) return false;
  // The beginning of a card whose rest got lost.
  return !(length_ >= 4 && plain(held_[0]) == U'N' && plain(held_[1]) == U'Z');
}

}  // namespace devices
