// Keys of staff: made with the PIN, opened by it alone, the same after its owner changes it, another after it was forgotten.
#include "village/keys.h"

#include "village/given.h"

#include <fstream>
#include <gtest/gtest.h>

#include <vector>

namespace {

using given::Shanwan;
using store::KeyPair;

TEST(WrappedKey, its_pin_opens_it_and_no_other) {
  const auto pair = KeyPair::make();
  const auto key = village::wrap_key(pair, "613829", 1, 0);
  EXPECT_EQ(store::public_key(key.public_key), pair.open_to_all());
  const auto opened = village::unwrap_key(key.wrapped, "613829");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->secret(), pair.secret());
  EXPECT_FALSE(village::unwrap_key(key.wrapped, "613828"));
  EXPECT_NE(village::wrap_key(pair, "613829", 1, 0).wrapped, key.wrapped) << "a salt of its own";
}

TEST(WrappedKey, cut_or_changed_anywhere_it_is_refused) {
  const auto wrapped = village::wrap_key(KeyPair::make(), "613829", 1, 0).wrapped;
  for (std::size_t n = 0; n < wrapped.size(); ++n) ASSERT_FALSE(village::unwrap_key(wrapped.substr(0, n), "613829")) << n;
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    auto changed = wrapped;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    ASSERT_FALSE(village::unwrap_key(changed, "613829")) << "character " << i;
  }
}

TEST(WrappedKey, bytes_that_libsodium_takes_for_letters_are_none) {
  EXPECT_FALSE(store::public_key("DNM7euXU8joegglJxUMVfT0kQIsZb/nO\xb5\x9e\x91\xb0\x9c\xa9\x87\x8bITk="));
  const auto wrapped = village::wrap_key(KeyPair::make(), "613829", 1, 0).wrapped;
  for (std::size_t i = 11; i < wrapped.size(); ++i)
    for (int c = 0x80; c < 0x100; c += i == 11 ? 1 : 5) {
      auto changed = wrapped;
      changed[i] = static_cast<char>(c);
      ASSERT_FALSE(village::unwrap_key(changed, "613829")) << "character " << i;
    }
}

TEST(WrappedKey, one_that_asks_for_all_memory_or_days_of_work_is_refused_at_once) {
  auto wrapped = village::wrap_key(KeyPair::make(), "613829", 1, 0).wrapped;
  wrapped.replace(0, std::string("nzkey1$1$8$").size(), "nzkey1$1$999999999$");
  EXPECT_FALSE(village::unwrap_key(wrapped, "613829"));
  wrapped.replace(0, std::string("nzkey1$1$999999999$").size(), "nzkey1$99999999$8$");
  EXPECT_FALSE(village::unwrap_key(wrapped, "613829"));
}

struct StaffKeys : Shanwan, testing::Test {
  // As desk/sign_in does it; a pair is made where the PIN opens none.
  std::optional<KeyPair> signs_in(const std::string& pin) {
    const auto hash = act(nobody(), [&](store::Act& a) { return village::begin_sign_in(a, clerk); }).value();
    const bool right = village::pin_matches(pin, hash);
    auto pair = village::unwrap_key(village::wrapped_key(as(nobody()), clerk), pin);
    std::optional<village::StaffKey> made;
    if (right && !pair) made = village::wrap_key(*(pair = KeyPair::make()), pin, 1, 0);
    const auto in = act(nobody(), [&](store::Act& a) { return village::end_sign_in(a, clerk, right, made); });
    return in ? std::move(pair) : std::nullopt;
  }
  void new_pin(const std::string& pin, const std::optional<village::StaffKey>& key) {
    (void)act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .pin_hash = village::hash_pin(pin, 1, 0), .key = key}); }).value();
  }
};

TEST_F(StaffKeys, what_is_sealed_for_the_account_is_read_by_whoever_has_its_pin) {
  const auto key = village::public_key_of(as(nobody()), clerk);
  ASSERT_TRUE(key);
  const auto sealed = store::seal("她说的", std::vector{*key}).value();
  const auto pair = signs_in("613829");
  ASSERT_TRUE(pair);
  EXPECT_EQ(store::open(sealed, *pair), "她说的");
  EXPECT_FALSE(signs_in("000000"));
}

TEST_F(StaffKeys, an_account_without_one_gets_it_with_the_next_right_pin_and_keeps_it) {
  new_pin("500731", {});
  EXPECT_FALSE(village::public_key_of(as(nobody()), clerk)) << "the old one cannot be opened by the new PIN";
  EXPECT_FALSE(signs_in("500732"));
  EXPECT_FALSE(village::public_key_of(as(nobody()), clerk)) << "a wrong PIN makes none";
  const auto first = signs_in("500731");
  ASSERT_TRUE(first);
  EXPECT_EQ(village::public_key_of(as(nobody()), clerk), first->open_to_all());
  EXPECT_EQ(signs_in("500731")->secret(), first->secret());
}

TEST_F(StaffKeys, a_changed_pin_opens_the_same_key_a_forgotten_one_another) {
  const auto before = signs_in("613829");
  ASSERT_TRUE(before);
  new_pin("500731", village::wrap_key(*before, "500731", 1, 0));
  EXPECT_EQ(signs_in("500731")->secret(), before->secret());
  new_pin("418206", village::wrap_key(KeyPair::make(), "418206", 1, 0));
  EXPECT_NE(signs_in("418206")->secret(), before->secret());
}

TEST_F(StaffKeys, whoever_left_is_no_reader_any_more) {
  (void)act(a_manager(), [&](store::Act& a) { return village::save_staff(a, {.id = clerk, .active = false}); }).value();
  EXPECT_FALSE(village::public_key_of(as(nobody()), clerk));
}

TEST_F(StaffKeys, the_journal_holds_no_secret_key) {
  const auto pair = signs_in("613829");
  ASSERT_TRUE(pair);
  const std::string secret(pair->secret());
  std::string base64 = store::text_of([&] {
    store::PublicKey bytes;
    std::copy(secret.begin(), secret.end(), bytes.begin());
    return bytes;
  }());
  for (const auto& fact : facts()) {
    EXPECT_EQ(fact.body.find(base64), std::string::npos);
    EXPECT_EQ(fact.body.find(secret), std::string::npos);
  }
}

TEST_F(StaffKeys, the_townships_is_a_file_that_holds_one_key) {
  EXPECT_FALSE(store::township_key(folder));
  const auto pair = KeyPair::make();
  std::ofstream(folder / "township.key") << store::text_of(pair.open_to_all()) << " \n";
  EXPECT_EQ(store::township_key(folder), pair.open_to_all());
  std::ofstream(folder / "township.key") << "lost\n";
  EXPECT_FALSE(store::township_key(folder));
}

}  // namespace
