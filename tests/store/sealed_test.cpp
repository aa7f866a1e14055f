// Sealed things: their readers get all of it, nobody else and no changed byte gets anything, and length says little.
#include "store/sealed.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace {

using store::KeyPair;
using store::PublicKey;

const std::string words = "她打我，别跟人说 TAINT-7731";

std::string sealed_for(std::vector<PublicKey> readers, const std::string& what = words) { return store::seal(what, readers).value(); }

TEST(Sealed, every_reader_opens_it_and_nobody_else_does) {
  const auto clerk = KeyPair::make(), manager = KeyPair::make(), township = KeyPair::make(), thief = KeyPair::make();
  const auto sealed = sealed_for({clerk.open_to_all(), manager.open_to_all(), township.open_to_all()});
  for (const auto* reader : {&clerk, &manager, &township}) EXPECT_EQ(store::open(sealed, *reader), words);
  EXPECT_FALSE(store::open(sealed, thief));
  EXPECT_EQ(sealed.find("TAINT"), std::string::npos);
}

TEST(Sealed, its_own_key_opens_it_for_one_who_came_later) {
  const auto clerk = KeyPair::make();
  const auto sealed = sealed_for({clerk.open_to_all()}), other = sealed_for({clerk.open_to_all()});
  store::ThingKey key{};
  ASSERT_TRUE(store::open(sealed, clerk, &key));
  EXPECT_EQ(store::open(sealed, key), words);
  EXPECT_FALSE(store::open(other, key)) << "a key for each thing";
  auto changed = sealed;
  changed.back() ^= 1;
  EXPECT_FALSE(store::open(changed, key));
}

TEST(Sealed, cut_anywhere_it_is_refused) {
  const auto reader = KeyPair::make();
  const auto sealed = sealed_for({reader.open_to_all()});
  for (std::size_t n = 0; n < sealed.size(); ++n) ASSERT_FALSE(store::open(std::string_view(sealed).substr(0, n), reader)) << n;
  EXPECT_FALSE(store::open(sealed + '\0', reader)) << "longer";
}

TEST(Sealed, one_changed_byte_anywhere_is_refused) {
  const auto reader = KeyPair::make();
  const auto sealed = sealed_for({reader.open_to_all()});
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ (1 << i % 8));
    ASSERT_FALSE(store::open(changed, reader)) << "byte " << i;
  }
}

TEST(Sealed, numbers_in_the_head_that_cannot_be_are_refused) {
  const auto reader = KeyPair::make();
  const auto sealed = sealed_for({reader.open_to_all()});
  for (const auto& [at, bytes] : std::vector<std::pair<std::size_t, std::string>>{
           {10, std::string("\0\0", 2)}, {10, "\xFF\xFF"}, {12, std::string("\0\0\0\0", 4)}, {12, "\xFF\xFF\xFF\xFF"}, {12, std::string("\1\0\0\0", 4)}, {8, "\2"}, {9, "\2"}}) {
    auto changed = sealed;
    changed.replace(at, bytes.size(), bytes);
    EXPECT_FALSE(store::open(changed, reader)) << at;
  }
}

TEST(Sealed, parts_of_two_things_make_no_third) {
  const auto reader = KeyPair::make();
  const auto a = sealed_for({reader.open_to_all()}), b = sealed_for({reader.open_to_all()}, "other words");
  ASSERT_EQ(a.size(), b.size());
  EXPECT_FALSE(store::open(a.substr(0, 16 + 8 * 80) + b.substr(16 + 8 * 80), reader)) << "the boxes of one before the body of the other";
}

TEST(Sealed, length_says_its_class_alone) {
  EXPECT_EQ(store::size_class(0), 1024u);
  EXPECT_EQ(store::size_class(1023), 1024u);
  EXPECT_EQ(store::size_class(1024), 4096u);
  EXPECT_EQ(store::size_class(65535), 65536u);
  EXPECT_EQ(store::size_class(90'000), 131072u);
  const auto reader = KeyPair::make();
  std::set<std::size_t> sizes;
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{500}, std::size_t{1023}}) {
    const auto sealed = sealed_for({reader.open_to_all()}, std::string(n, 'x'));
    sizes.insert(sealed.size());
    EXPECT_EQ(store::open(sealed, reader), std::string(n, 'x'));
  }
  EXPECT_EQ(sizes.size(), 1u);
}

TEST(Sealed, one_reader_and_eight_look_the_same_and_nothing_repeats) {
  std::vector<PublicKey> readers;
  for (int i = 0; i < 8; ++i) readers.push_back(KeyPair::make().open_to_all());
  const auto one = sealed_for({readers[0]}), eight = sealed_for(readers), again = sealed_for({readers[0]});
  EXPECT_EQ(one.size(), eight.size());
  EXPECT_NE(one.substr(16), again.substr(16));
  EXPECT_EQ(sealed_for(std::vector<PublicKey>(9, readers[0])).size(), one.size() + 8 * 80);
}

TEST(Sealed, what_nobody_could_open_or_is_too_long_is_never_made) {
  EXPECT_FALSE(store::seal(words, {}));
  const std::vector<PublicKey> readers{KeyPair::make().open_to_all()};
  EXPECT_FALSE(store::seal(std::string(store::sealed_at_most, 'x'), readers));
  EXPECT_FALSE(store::seal(words, std::vector<PublicKey>(store::readers_at_most + 1, readers[0])));
  EXPECT_FALSE(store::seal(words, std::vector<PublicKey>{PublicKey{}})) << "a point to which nothing can be sealed";
}

TEST(Sealed, a_public_key_is_forty_four_characters_and_nothing_else) {
  const auto pair = KeyPair::make();
  const auto text = store::text_of(pair.open_to_all());
  EXPECT_EQ(text.size(), 44u);
  EXPECT_EQ(store::public_key(text), pair.open_to_all());
  for (const auto& wrong : {std::string{}, text.substr(1), text + "A", text.substr(0, 43), std::string("not a key"), std::string(44, '!'), " " + text, store::text_of(PublicKey{})})
    EXPECT_FALSE(store::public_key(wrong)) << wrong;
}

TEST(Sealed, a_pair_comes_back_from_its_secret) {
  const auto pair = KeyPair::make();
  const auto same = KeyPair::of_secret(pair.secret());
  ASSERT_TRUE(same);
  EXPECT_EQ(same->open_to_all(), pair.open_to_all());
  EXPECT_EQ(store::open(sealed_for({pair.open_to_all()}), *same), words);
  EXPECT_FALSE(KeyPair::of_secret("too short"));
}

}  // namespace
