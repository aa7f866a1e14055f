// A keyboard-wedge reader: a scanner that types a card's code and Enter as if it were a keyboard, at any moment, on
// any screen.
//
// Two rules hold always. Nothing but the exact format with its check is ever a card; what a reader typed never
// reaches a text field (nor a PIN pad: nothing here gives out digits). So each character is held until it is
// certain who typed it, at most 50 ms. Pure: no clock, no input of its own, memory bounded whatever comes in. One
// thread.
//
// How to use it: look at the input, giving every character and every Enter; then `tick`, which says that nothing
// more was there; wake again by `deadline`. After each call take `typed_through`: these characters, in this order,
// are a person's. An Enter is a person's only when feed_enter gave nothing back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace devices {

// A card's code: "NZ", ten characters of Crockford's base 32 (no I L O U; 50 random bits), one check character of
// the same alphabet: thirteen. The check is ours: in GF(32) (x^5 + x^2 + 1), the ten values and the check, weighted
// by 2^10 .. 2^0, add up to 0. The weights are all different and none is 0, so every wrong character and every swap
// of any two characters is noticed, not only of neighbours. (ISO 7064's MOD 37,36 would miss some swaps.) The code
// says nothing about its owner; it is stored and printed: never change it.
[[nodiscard]] std::string make_card_code(std::uint64_t random);  // the lowest 50 bits count
[[nodiscard]] bool valid_card_code(std::string_view);            // upper case, exactly thirteen characters

// After the code a card may carry a secret: 26 characters (130 random bits) and their check, weighted as above by
// 2^26 .. 2^0. It stands in the printed square alone and is kept nowhere: with the PIN it opens what is sealed for
// staff (village/keys.h). A card without it still says whose it is.
[[nodiscard]] std::string make_card_secret(const std::array<std::uint8_t, 26>& random);  // the lowest 5 bits of each count
struct CardText {
  std::string code, secret;  // no secret: empty
};
// Exactly what is printed, upper case: a code, or a code and a secret. Nothing for anything else.
[[nodiscard]] std::optional<CardText> read_card(std::string_view);

class Wedge {
 public:
  struct Event {
    enum class Kind {
      card,     // `code` is what `read_card` takes
      garbage,  // a reader typed something that is no card of ours: said once, however long it goes on
      nothing,  // the Enter was the reader's, and all has been said already
    };
    Kind kind = Kind::nothing;
    std::string code;
    bool operator==(const Event&) const = default;
  };

  struct Settings {
    std::int64_t gap_ms = 50;       // a reader's characters come closer than this
    std::int64_t enter_ms = 300;    // how long a complete code waits for its Enter: it cannot be a person's
    std::size_t typed_at_most = 5;  // a quick person's fingers roll over a few keys within the gap, never over more
    double reader_ms = 15;          // three characters closer than this on average come from a machine
    double repeat_ms = 20;          // a held key repeats at 25 to 40 ms, a reader is quicker
  };

  Wedge() = default;
  explicit Wedge(Settings settings) : settings_(settings) {}

  // `ms` is of a clock that never goes back; a step back counts as no time. Small letters and full-width forms
  // count as their plain selves (the reader types through whatever keyboard layout is on). CR, LF and Tab are
  // Enters.
  std::optional<Event> feed(char32_t character, std::int64_t ms);
  std::optional<Event> feed_enter(std::int64_t ms);
  std::optional<Event> tick(std::int64_t ms);

  // The loop did not look at its input for so long (it drew, it waited for a disk): that much of the next gap may
  // be ours and not the reader's. Said before the next look; the tick after that look takes it back. Without it a
  // slow frame tears a card in two, which is garbage, never another card.
  void was_busy(std::int64_t for_ms);

  [[nodiscard]] bool holding() const { return length_ > 0; }
  [[nodiscard]] std::optional<std::int64_t> deadline() const;  // when `tick` is due, while holding
  [[nodiscard]] std::u32string typed_through();                // taken out; at most 256 wait

 private:
  std::optional<Event> ended_without_enter();
  std::optional<Event> garbage();
  void release();
  void forget();
  [[nodiscard]] bool is_code() const;
  [[nodiscard]] bool may_be_typing(bool enter) const;
  void look_for_silence(std::int64_t ms);

  static constexpr std::size_t kHeld = 64;    // characters kept; more are only counted
  static constexpr std::size_t kFlood = 256;  // so long a burst is garbage before it ends
  static constexpr std::size_t kTyped = 256;

  Settings settings_;
  std::u32string held_, typed_;
  std::size_t length_ = 0;  // of the burst, kept or not
  std::int64_t first_ms_ = 0, last_ms_ = 0;
  std::int64_t busy_ms_ = 0;
  std::int64_t heard_ms_ = INT64_MIN;  // the reader's last sign of life after something was said about it
  bool torn_ = false;                  // the loop was busy within this burst: its times say little
  bool all_same_ = true;
  bool said_ = false;  // garbage was said and the reader has not been silent since
};

}  // namespace devices
