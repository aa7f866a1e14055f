// What a card reader, a hand, or both at once type: no burst of a wrong format is ever a card, and what a reader typed reaches no text field.
#include "devices/wedge.h"
#include "fuzz/fuzz.h"

#include <algorithm>
#include <array>

namespace {

using devices::Wedge;
using fuzz::must;

std::string plain(std::u32string_view typed) {
  std::string out;
  for (char32_t c : typed) {
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
    if (c >= U'a' && c <= U'z') c -= 32;
    out += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return out;
}

char32_t character(fuzz::Taken& in) {
  const auto b = in.byte();
  if (b < 0x80) return b;
  return static_cast<char32_t>(in.number(b < 0xc0 ? 2 : 4));
}

// With its secret or without.
std::string a_card(fuzz::Taken& in) {
  auto text = devices::make_card_code(in.number(7));
  if (in.byte() & 1) {
    std::array<std::uint8_t, 26> random{};
    for (auto& byte : random) byte = static_cast<std::uint8_t>(in.byte());
    text += devices::make_card_secret(random);
  }
  return text;
}

// Anything at any moment, clocks that go back among it.
constexpr std::int64_t latest = std::int64_t{1} << 58;  // ms
void anything(fuzz::Taken in) {
  Wedge wedge;
  std::u32string fed;
  std::size_t given_out = 0;
  std::int64_t now = 0;
  const auto look = [&](const std::optional<Wedge::Event>& e) {
    given_out += wedge.typed_through().size();
    must(given_out <= fed.size(), "more was given out than was typed");
    if (!e) return;
    must((e->kind == Wedge::Event::Kind::card) != e->code.empty(), "a code is said of a card alone");
    if (e->kind != Wedge::Event::Kind::card) return;
    must(devices::read_card(e->code).has_value(), "a card whose code is none");
    must(plain(std::u32string_view(fed).substr(fed.size() - std::min(fed.size(), e->code.size()))) == e->code, "a card that nobody typed");
  };
  while (!in.empty()) {
    const auto what = in.byte();
    const auto by = what & 8 ? static_cast<std::int64_t>(in.number(what & 16 ? 8 : 1)) : what >> 5;
    now = std::clamp(std::clamp(by, -latest, latest) + now, -latest, latest);
    switch (what & 7) {
      case 0: look(wedge.tick(now)); break;
      case 1: look(wedge.feed_enter(now)); break;
      case 2: wedge.was_busy(now); break;
      case 3:
        for (const char c : a_card(in)) fed += static_cast<char32_t>(c), look(wedge.feed(fed.back(), now += 3));
        break;
      default: {
        const auto c = character(in);
        if (c != U'\r' && c != U'\n' && c != U'\t') fed += c;
        look(wedge.feed(c, now));
      }
    }
    if (const auto due = wedge.deadline()) must(wedge.holding() && *due > 0, "a deadline in the past of all time");
  }
  look(wedge.tick((std::int64_t{1} << 60)));
  must(!wedge.holding(), "something is held for ever");
}

// One burst of a reader, silence around it.
void burst(fuzz::Taken in) {
  std::u32string typed;
  std::vector<int> gaps;
  while (!in.empty() && typed.size() < 600) {
    gaps.push_back(in.byte() % 11);
    const auto c = character(in);
    if (c != U'\r' && c != U'\n' && c != U'\t') typed += c;
  }
  if (typed.size() < 6) return;  // a quick person
  Wedge wedge;
  std::int64_t now = 1000;
  int cards = 0, garbage = 0;
  const auto look = [&](const std::optional<Wedge::Event>& e) {
    cards += e && e->kind == Wedge::Event::Kind::card;
    garbage += e && e->kind == Wedge::Event::Kind::garbage;
  };
  for (std::size_t i = 0; i < typed.size(); ++i) look(wedge.feed(typed[i], now += gaps[i]));
  look(wedge.feed_enter(now + 5));
  look(wedge.feed(U'\n', now + 6));
  look(wedge.tick(now + 1000));
  const bool right = devices::read_card(plain(typed)).has_value();
  must(cards == (right ? 1 : 0), "exactly the right format is a card");
  must(garbage == (right ? 0 : 1), "anything else is said to be none, once");
  must(wedge.typed_through().empty(), "what a reader typed reached a text field");
}

// A code is valid only as it was made.
void code(fuzz::Taken in) {
  const auto made = devices::make_card_code(in.number(7));
  must(devices::valid_card_code(made), "a card that was made is valid");
  auto other = made;
  const auto at = in.byte() % other.size(), with = in.byte() % other.size();
  if (in.byte() % 2) other[at] = static_cast<char>(in.byte());
  else std::swap(other[at], other[with]);
  must(devices::valid_card_code(other) == (other == made), "one wrong character or a swap is noticed");
  (void)devices::read_card(in.rest());
}

void run(std::string_view input) {
  fuzz::Taken in(input);
  switch (in.byte() % 3) {
    case 0: anything(in); break;
    case 1: burst(in); break;
    default: code(in);
  }
}

std::string of_reader(std::string_view text) {
  std::string out = "\1";
  for (const char c : text) out += '\3', out += c;
  return out;
}

std::vector<std::string> seeds() {
  const auto good = devices::make_card_code(0x2abcdef012345);
  return {of_reader(good), of_reader(good + devices::make_card_secret({1, 2, 3})), of_reader("]Q1" + good), of_reader("6901234567892"), of_reader("110101194912310021"), of_reader(std::string(300, '7')),
          of_reader("https://qr.example/a?b=" + good), std::string("\0\3abcdefg\1\3abcdefg\11\x20\1", 21), std::string("\2abcdefg\3\4\1X", 12)};
}

const fuzz::Listed listed({.name = "wedge", .run = run, .seeds = seeds, .longest = 2048, .tries = 20000});

}  // namespace
