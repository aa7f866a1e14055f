// The reader at the keyboard: only exact cards are cards, only people's typing reaches a text field.
#include "devices/wedge.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <random>
#include <vector>

using devices::make_card_code;
using devices::valid_card_code;
using devices::Wedge;
using Kind = devices::Wedge::Event::Kind;

namespace {

const std::string kCard = make_card_code(0x123456789abcdULL);
const std::string kOther = make_card_code(42);

// A reader and a person at one keyboard, with the loop that looks after every key.
struct Desk {
  Wedge wedge;
  std::int64_t ms = 1000;
  std::vector<Wedge::Event> events;
  std::u32string typed;
  int enters = 0;

  void take(const std::optional<Wedge::Event>& event) {
    if (event && event->kind != Kind::nothing) events.push_back(*event);
    typed += wedge.typed_through();
  }
  void character(char32_t c) { take(wedge.feed(c, ms)); }
  void enter() {
    const auto event = wedge.feed_enter(ms);
    if (!event) ++enters;
    take(event);
  }
  void pass(std::int64_t for_ms) {
    const auto until = ms + for_ms;
    while (wedge.deadline() && *wedge.deadline() <= until) {
      ms = *wedge.deadline();
      take(wedge.tick(ms));
    }
    ms = until;
    take(wedge.tick(ms));
  }
  void reader(std::u32string_view text, std::int64_t gap_ms = 2) {
    for (const char32_t c : text) {
      c == U'\n' ? enter() : character(c);
      pass(gap_ms);
    }
  }
  void reader(std::string_view text, std::int64_t gap_ms = 2) {
    reader(std::u32string(text.begin(), text.end()), gap_ms);
  }
  void person(std::u32string_view text, std::int64_t gap_ms = 120) { reader(text, gap_ms); }
};

Wedge::Event card(const std::string& code) { return {Kind::card, code}; }
const Wedge::Event kGarbage{Kind::garbage, {}};
using Events = std::vector<Wedge::Event>;

}  // namespace

TEST(CardSecret, follows_the_code_and_no_wrong_character_or_swap_in_it_is_missed) {
  std::mt19937_64 random(26);
  for (int round = 0; round < 50; ++round) {
    std::array<std::uint8_t, 26> bytes{};
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random());
    const auto text = kCard + devices::make_card_secret(bytes);
    const auto read = devices::read_card(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->code, kCard);
    EXPECT_EQ(read->code + read->secret, text);
    for (std::size_t i = kCard.size(); i < text.size(); ++i) {
      for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZilou- ")) {
        auto wrong = text;
        wrong[i] = c;
        ASSERT_EQ(devices::read_card(wrong).has_value(), wrong == text) << wrong;
      }
      for (std::size_t k = i + 1; k < text.size(); ++k) {
        auto wrong = text;
        std::swap(wrong[i], wrong[k]);
        ASSERT_EQ(devices::read_card(wrong).has_value(), wrong == text) << wrong;
      }
      ASSERT_FALSE(i > kCard.size() && devices::read_card(text.substr(0, i))) << "cut";
    }
  }
  EXPECT_TRUE(devices::read_card(kCard)->secret.empty());
  EXPECT_FALSE(devices::read_card(kCard + kOther));
  EXPECT_FALSE(devices::read_card(""));
}

TEST(CardCode, is_thirteen_characters_that_nobody_misreads) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 10'000; ++i) {
    const auto code = make_card_code(random());
    ASSERT_EQ(code.size(), 13u);
    ASSERT_TRUE(code.starts_with("NZ"));
    ASSERT_EQ(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos) << code;
    ASSERT_TRUE(valid_card_code(code)) << code;
  }
  EXPECT_NE(make_card_code(0), make_card_code(1ULL << 49)) << "all 50 bits count";
  EXPECT_EQ(make_card_code(7), make_card_code(7 | 1ULL << 50)) << "and no more";
}

TEST(CardCode, stays_what_it_is_because_it_is_printed) {
  EXPECT_EQ(make_card_code(0), "NZ00000000000");
  EXPECT_EQ(make_card_code(1), "NZ00000000012");
  EXPECT_EQ(kCard, "NZ938NKRKAYDZ");
}

TEST(CardCode, every_wrong_character_is_noticed) {
  for (const auto& code : {kCard, kOther, make_card_code(0)})
    for (std::size_t at = 0; at < code.size(); ++at)
      for (int c = 0; c < 256; ++c) {
        auto wrong = code;
        wrong[at] = static_cast<char>(c);
        if (wrong != code) {
          ASSERT_FALSE(valid_card_code(wrong)) << wrong;
        }
      }
}

TEST(CardCode, every_swap_of_two_characters_is_noticed) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 1'000; ++i) {
    const auto code = make_card_code(random());
    for (std::size_t a = 0; a < code.size(); ++a)
      for (std::size_t b = a + 1; b < code.size(); ++b) {
        auto wrong = code;
        std::swap(wrong[a], wrong[b]);
        if (wrong != code) {
          ASSERT_FALSE(valid_card_code(wrong)) << code << " " << wrong;
        }
      }
  }
}

TEST(Reader, a_card_is_known_when_its_enter_comes_and_leaves_nothing_in_the_text_field) {
  for (const int gap : {0, 2, 12, 50}) {
    Desk desk;
    desk.reader(kCard + "\n", gap);
    desk.pass(1000);
    EXPECT_EQ(desk.events, Events{card(kCard)}) << gap;
    EXPECT_EQ(desk.typed, U"");
    EXPECT_EQ(desk.enters, 0);
  }
}

TEST(Reader, types_through_whatever_keyboard_layout_is_on) {
  std::u32string small, wide;
  for (const char c : kCard) {
    small += static_cast<char32_t>(std::tolower(c));
    wide += static_cast<char32_t>(static_cast<unsigned char>(c)) + 0xfee0;
  }
  for (const auto& text : {small, wide}) {
    Desk desk;
    desk.reader(text + U"\n");
    EXPECT_EQ(desk.events, Events{card(kCard)});
  }
}

TEST(Reader, ends_a_line_with_cr_lf_or_tab_too) {
  for (const auto* end : {U"\r\n", U"\t", U"\n\n"}) {
    Desk desk;
    for (const char c : kCard) desk.character(static_cast<char32_t>(c));
    for (const char32_t* c = end; *c; ++c) desk.character(*c);
    desk.pass(200);
    EXPECT_EQ(desk.events, Events{card(kCard)});
    EXPECT_EQ(desk.typed, U"");
  }
}

TEST(Reader, two_cards_at_once_are_two_cards) {
  Desk desk;
  desk.reader(kCard + "\n" + kOther + "\n", 0);
  EXPECT_EQ(desk.events, (Events{card(kCard), card(kOther)}));
}

TEST(Reader, two_cards_into_each_other_are_no_card) {
  Desk desk;
  for (std::size_t i = 0; i < kCard.size(); ++i) desk.reader({std::string{kCard[i], kOther[i]}}, 1);
  desk.reader("\n\n");
  desk.pass(500);
  EXPECT_EQ(desk.events, Events{kGarbage});
  EXPECT_EQ(desk.typed, U"");
  EXPECT_EQ(desk.enters, 0);
}

TEST(Reader, halves_and_foreign_codes_and_prefixes_are_garbage) {
  for (const auto& text :
       std::vector<std::string>{kCard.substr(0, 6), kCard.substr(6), "6901234567892", "]E0" + kCard, kCard + " ",
                                "https://x.cn/a?b=1", kCard + kCard, std::string(13, 'N')}) {
    for (const auto* end : {"\n", ""}) {
      Desk desk;
      desk.reader(text + end);
      desk.pass(500);
      EXPECT_EQ(desk.events, Events{kGarbage}) << text << (*end ? " with Enter" : "");
      EXPECT_EQ(desk.typed, U"") << text;
      EXPECT_EQ(desk.enters, 0) << text;
    }
  }
}

TEST(Reader, a_whole_code_without_its_enter_is_no_card) {
  Desk desk;
  desk.reader(kCard);
  desk.pass(250);
  EXPECT_TRUE(desk.events.empty()) << "its Enter may still come";
  desk.pass(100);
  EXPECT_EQ(desk.events, Events{kGarbage});
  desk.reader(kOther + "\n");
  EXPECT_EQ(desk.events.back(), card(kOther));
}

TEST(Reader, four_thousand_characters_of_garbage_are_said_once_and_forgotten) {
  std::mt19937 random(3);
  for (const bool with_enters : {false, true}) {
    Desk desk;
    for (int i = 0; i < 4096; ++i) {
      const auto c = static_cast<char32_t>(33 + random() % 94);
      with_enters&& i % 100 == 99 ? desk.enter() : desk.character(c);
      desk.pass(1);
    }
    desk.pass(1000);
    EXPECT_EQ(desk.events, Events{kGarbage});
    EXPECT_EQ(desk.typed, U"");
    EXPECT_EQ(desk.enters, 0);
    desk.reader(kCard + "\n");
    EXPECT_EQ(desk.events.back(), card(kCard));
    desk.pass(100);
    desk.reader("69012345\n");
    EXPECT_EQ(desk.events.size(), 3u) << "new garbage is said anew";
  }
}

TEST(Reader, digits_never_become_a_pin) {
  for (const auto* digits : {"123", "1234", "123456", "00000000"}) {
    Desk desk;
    desk.reader(std::string(digits) + "\n");
    EXPECT_EQ(desk.typed, U"") << digits;
    EXPECT_EQ(desk.enters, 0) << digits;
  }
}

TEST(Typing, reaches_the_text_field_whole_and_in_order_and_soon) {
  Desk desk;
  desk.person(U"wang xiu lan 王秀兰 13912345678\n");
  EXPECT_EQ(desk.typed, U"wang xiu lan 王秀兰 13912345678");
  EXPECT_EQ(desk.enters, 1);
  EXPECT_TRUE(desk.events.empty());
  desk.character(U'a');
  EXPECT_EQ(*desk.wedge.deadline(), desk.ms + 51);
}

TEST(Typing, of_quick_fingers_passes_too) {
  Desk desk;
  for (const auto* word : {U"nz", U"nzs", U"lan", U"12345"}) {
    desk.reader(word, 30);
    desk.pass(100);
  }
  EXPECT_EQ(desk.typed, U"nznzslan12345");
  EXPECT_TRUE(desk.events.empty());
}

TEST(Typing, of_a_whole_code_by_hand_is_never_a_card) {
  Desk desk;
  for (const char c : kCard) desk.person(std::u32string(1, static_cast<char32_t>(c)), 90);
  desk.enter();
  desk.pass(500);
  EXPECT_TRUE(desk.events.empty());
  EXPECT_EQ(desk.typed, std::u32string(kCard.begin(), kCard.end()));
  EXPECT_EQ(desk.enters, 1);
}

TEST(Typing, by_a_held_key_or_an_input_method_passes) {
  Desk desk;
  desk.reader(std::u32string(20, U'8'), 33);
  desk.pass(100);
  desk.reader(U"东关幼儿园旁边，王家", 0);
  desk.pass(100);
  EXPECT_EQ(desk.typed, std::u32string(20, U'8') + U"东关幼儿园旁边，王家");
  EXPECT_TRUE(desk.events.empty());
}

TEST(Typing, before_and_after_a_card_stays_and_the_card_goes) {
  Desk desk;
  desk.person(U"wa");
  desk.reader(kCard + "\n");
  desk.pass(60);
  desk.person(U"ng");
  EXPECT_EQ(desk.typed, U"wang");
  EXPECT_EQ(desk.events, Events{card(kCard)});
}

TEST(Typing, into_the_middle_of_a_card_spoils_the_card_and_makes_no_other) {
  for (std::size_t at = 1; at < kCard.size(); ++at) {
    Desk desk;
    desk.reader(kCard.substr(0, at));
    desk.character(U'7');
    desk.reader(kCard.substr(at) + "\n");
    EXPECT_EQ(desk.events, Events{kGarbage}) << at;
  }
}

TEST(Loop, that_was_busy_does_not_tear_a_card) {
  Wedge wedge;
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < kCard.size(); ++i) {
    if (i == 6) {
      EXPECT_FALSE(wedge.tick(ms));
      wedge.was_busy(300);
      ms += 300;
    }
    EXPECT_FALSE(wedge.feed(static_cast<char32_t>(kCard[i]), ms));
  }
  EXPECT_EQ(wedge.feed_enter(ms), card(kCard));
}

TEST(Loop, that_looked_after_being_busy_forgives_nothing) {
  Wedge wedge;
  EXPECT_FALSE(wedge.feed(U'a', 0));
  wedge.was_busy(300);
  EXPECT_FALSE(wedge.tick(300));
  EXPECT_EQ(wedge.typed_through(), U"a");
}

TEST(Reader, reads_a_card_with_a_secret_whole_or_not_at_all) {
  std::array<std::uint8_t, 26> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(7 * i);
  const auto text = kCard + devices::make_card_secret(bytes);
  Desk desk;
  desk.reader(text + "\n");
  EXPECT_EQ(desk.events, Events{card(text)});
  // Torn after the code: what came is no card, for nobody knows what was still to come; and nothing of it is typed.
  Desk torn;
  torn.reader(kCard);
  torn.pass(200);
  torn.reader(text.substr(kCard.size()) + "\n");
  ASSERT_FALSE(torn.events.empty());
  for (const auto& event : torn.events) EXPECT_EQ(event, kGarbage);
  EXPECT_TRUE(torn.typed.empty());
}

// Every mixture of whole codes, damaged codes, typing, rubbish, pauses and Enters: a card exactly where an
// independent reading of the same keys finds one.
TEST(Reader, of_a_million_random_lines_only_exact_cards_are_cards) {
  std::mt19937_64 random(20261124);
  // Written anew, by a table of powers instead of Horner's rule.
  std::array<int, 11> weight{};
  for (int i = 0, w = 1; i < 11; ++i, w = (w << 1) ^ (w & 16 ? 37 : 0))
    weight[static_cast<std::size_t>(10 - i)] = w;
  const auto times = [](int a, int b) {
    int product = 0;
    for (int bit = 0; bit < 5; ++bit)
      if (b >> bit & 1) product ^= a << bit;
    for (int bit = 9; bit >= 5; --bit)
      if (product >> bit & 1) product ^= 37 << (bit - 5);
    return product;
  };
  const auto is_card = [&](const std::u32string& text) {
    if (text.size() != 13) return false;
    std::string plain;
    for (char32_t c : text) {
      if (c > 0xff00 && c < 0xff5f) c -= 0xfee0;
      if (c > 126) return false;
      plain += static_cast<char>(std::toupper(static_cast<int>(c)));
    }
    if (plain[0] != 'N' || plain[1] != 'Z') return false;
    int total = 0;
    for (std::size_t i = 0; i < 11; ++i) {
      const auto at = std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ").find(plain[i + 2]);
      if (at == std::string_view::npos) return false;
      total ^= times(weight[i], static_cast<int>(at));
    }
    return total == 0;
  };

  Wedge wedge;
  std::int64_t ms = 0, last = 0;
  std::u32string line;
  long cards = 0, expected = 0, fed = 0, typed = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    std::u32string text;
    const auto kind = random() % 8;
    if (kind < 3) {
      const auto code = make_card_code(random());
      text.assign(code.begin(), code.end());
      if (kind > 0)
        text[random() % 13] = static_cast<char32_t>("0123456789ABCDEFGHJKMNPQRSTVWXYZilou\x01 "[random() % 38]);
      if (kind == 2) text.erase(random() % 13, 1);
    } else if (kind < 5) {
      for (auto n = random() % 4 + 1; n > 0; --n) text += static_cast<char32_t>(random() % 95 + 32);
    } else if (kind == 5) {
      text.assign(random() % 3, U'王');
    } else if (kind == 6) {
      text.assign(random() % 40, static_cast<char32_t>(random() % 0x110000));
    }
    for (const char32_t c : text) {
      if (c == U'\n' || c == U'\r' || c == U'\t') continue;
      ms += random() % 64 == 0 ? 60 : static_cast<std::int64_t>(random() % 4);
      if (ms - last > 50) line.clear();
      line += c;
      last = ms;
      const auto event = wedge.feed(c, ms);
      ASSERT_FALSE(event && event->kind == Kind::card) << "a card needs its Enter";
      ++fed;
    }
    if (random() % 3 > 0) {
      ms += static_cast<std::int64_t>(random() % 3);
      const auto event = wedge.feed_enter(ms);
      const bool want = is_card(line);
      expected += want;
      ASSERT_EQ(want, event && event->kind == Kind::card) << i;
      if (want) {
        ++cards;
        ASSERT_TRUE(valid_card_code(event->code));
      }
      line.clear();
      last = ms;
    }
    if (i % 8 == 0) typed += static_cast<long>(wedge.typed_through().size());
  }
  EXPECT_EQ(cards, expected);
  EXPECT_GT(cards, 50'000) << "the test must meet cards at all";
  EXPECT_GT(typed, 0);
  EXPECT_LT(typed, fed);
}
