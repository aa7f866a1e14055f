// Keys of staff: made with the PIN, opened by it alone, the same after its owner changes it, another after it was forgotten.
#include "store/envelope.h"
#include "village/handed.h"
#include "village/keys.h"

#include "village/given.h"

#include <algorithm>
#include <array>
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

// --- the pair that needs the card as well

struct SealedKeys : StaffKeys {
  const std::string card = "0123456789ABCDEFGHJKMNPQRST", another = "1123456789ABCDEFGHJKMNPQRST";
  std::shared_ptr<const KeyPair> made(const KeyPair& of_pin, const std::string& with) {
    return act(a_clerk(), [&](store::Act& a) { return village::make_sealed_pair(a, of_pin, with); }).value();
  }
};

TEST_F(SealedKeys, pin_and_card_together_open_it_and_neither_alone) {
  const auto of_pin = signs_in("613829");
  ASSERT_TRUE(of_pin);
  EXPECT_FALSE(village::has_sealed_key(as(nobody()), clerk));
  const auto pair = made(*of_pin, card);
  EXPECT_TRUE(village::has_sealed_key(as(nobody()), clerk));
  EXPECT_NE(pair->secret(), of_pin->secret());
  const auto again = village::sealed_pair(as(nobody()), clerk, *of_pin, card);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->secret(), pair->secret());
  EXPECT_FALSE(village::sealed_pair(as(nobody()), clerk, *of_pin, another)) << "another card";
  EXPECT_FALSE(village::sealed_pair(as(nobody()), clerk, *of_pin, "")) << "no card";
  EXPECT_FALSE(village::sealed_pair(as(nobody()), clerk, KeyPair::make(), card)) << "the card without the PIN";
}

TEST_F(SealedKeys, what_is_sealed_goes_to_the_pair_that_needs_the_card_where_the_village_asks_for_it) {
  const auto of_pin = signs_in("613829");
  ASSERT_TRUE(of_pin);
  EXPECT_EQ(village::key_for_sealed(as(nobody()), clerk), of_pin->open_to_all()) << "no card yet";
  const auto pair = made(*of_pin, card);
  EXPECT_EQ(village::key_for_sealed(as(nobody()), clerk), pair->open_to_all());
  const auto sealed = store::seal("她说的", village::sealed_for(as(a_clerk()))).value();
  EXPECT_FALSE(store::open(sealed, *of_pin)) << "whoever has the disk and guessed the PIN";
  EXPECT_EQ(store::open(sealed, *pair), "她说的");
  (void)act(a_manager(), [&](store::Act& a) { return village::save_setting(a, "pin.sealed_card", "0", false); }).value();
  EXPECT_EQ(village::key_for_sealed(as(nobody()), clerk), of_pin->open_to_all()) << "a village without a card reader";
}

TEST_F(SealedKeys, a_pin_of_its_owner_keeps_it_and_a_forgotten_one_ends_it) {
  const auto of_pin = signs_in("613829");
  ASSERT_TRUE(of_pin);
  (void)made(*of_pin, card);
  new_pin("500731", village::wrap_key(*of_pin, "500731", 1, 0));
  EXPECT_TRUE(village::sealed_pair(as(nobody()), clerk, *signs_in("500731"), card));
  new_pin("418206", village::wrap_key(KeyPair::make(), "418206", 1, 0));
  EXPECT_FALSE(village::has_sealed_key(as(nobody()), clerk)) << "nothing is sealed for a pair that nobody opens";
}

TEST_F(SealedKeys, is_made_by_its_owner_alone) {
  const auto of_pin = KeyPair::make();
  for (const auto& other : {nobody(), a_volunteer(), machine()})
    EXPECT_EQ(act(other, [&](store::Act& a) { return village::make_sealed_pair(a, of_pin, card); }).error(), village::Refusal::no_right);
}

TEST_F(SealedKeys, the_township_gets_what_was_there_before_it_gave_its_key) {
  const auto township = KeyPair::make();
  EXPECT_EQ(std::ranges::count(village::still_to_hand(as(a_clerk()), clerk), township.open_to_all()), 0);
  std::ofstream(folder / "township.key") << store::text_of(township.open_to_all()) << "\n";
  EXPECT_EQ(std::ranges::count(village::still_to_hand(as(a_clerk()), clerk), township.open_to_all()), 1);
  {
    store::Act a(*store, a_clerk());
    village::hand_on(a, township.open_to_all(), {});
    a.commit();
  }
  EXPECT_EQ(std::ranges::count(village::still_to_hand(as(a_clerk()), clerk), township.open_to_all()), 0) << "once";
  EXPECT_EQ(std::ranges::count(village::still_to_hand(as(a_manager()), manager), township.open_to_all()), 1) << "from each reader";
  EXPECT_TRUE(village::still_to_hand(as(a_volunteer()), volunteer).empty());
}

TEST_F(SealedKeys, what_a_card_keeps_is_not_handed_to_a_pin_alone) {
  std::array<std::optional<KeyPair>, 2> of_pin;
  for (const auto& [n, who] : {std::pair{0u, clerk}, {1u, manager}}) {
    of_pin[n] = KeyPair::make();
    (void)act(a_manager(), [&](store::Act& a) {
      village::StaffEdit edit;
      edit.id = who;
      edit.key = village::wrap_key(*of_pin[n], "613829", 1, 0);
      return village::save_staff(a, edit);
    }).value();
  }
  const auto hands_to_manager = [&](const store::PublicKey& key) { return std::ranges::count(village::still_to_hand(as(a_clerk()), clerk), key) == 1; };
  EXPECT_TRUE(hands_to_manager(of_pin[1]->open_to_all())) << "both have a PIN alone";
  (void)made(*of_pin[0], card);
  EXPECT_FALSE(hands_to_manager(of_pin[1]->open_to_all())) << "a stolen disk would give with six digits what needs the clerk's card";
  const auto pair = act(a_manager(), [&](store::Act& a) { return village::make_sealed_pair(a, *of_pin[1], another); }).value();
  EXPECT_TRUE(hands_to_manager(pair->open_to_all())) << "once the manager's card has been held to the reader";
  EXPECT_FALSE(hands_to_manager(of_pin[1]->open_to_all()));
}

TEST_F(SealedKeys, who_comes_later_gets_the_keys_of_what_lies_there_once_from_each_reader) {
  const auto old_pair = KeyPair::make(), late = KeyPair::make();
  const std::vector readers{old_pair.open_to_all()};
  (void)act(machine(), [&](store::Act& a) -> std::expected<int, village::Refusal> {
    const store::Say say{.kind = "village.person_read", .subject = wang.value};
    return a.append_sealed(say, {{"why", "TAINT-7731"}}, readers) ? 1 : 0;
  }).value();
  const std::array with_old{&old_pair}, with_late{&late};
  const auto held = store->open_envelopes(with_old, {}, clerk.value);
  ASSERT_EQ(held.keys.size(), 1u);
  EXPECT_TRUE(store->open_envelopes(with_late, {}, manager.value).facts.empty());
  const auto hand = [&] {
    store::Act a(*store, a_clerk());
    village::hand_on(a, late.open_to_all(), held.keys);
    a.commit();
  };
  hand();
  const auto handed = village::handed_to(as(a_manager()), with_late);
  ASSERT_EQ(handed.size(), 1u);
  const auto seen = store->open_envelopes(with_late, handed, manager.value);
  ASSERT_EQ(seen.facts.size(), 1u);
  EXPECT_EQ(seen.facts.front().json().at("why"), "TAINT-7731");
  EXPECT_EQ(seen.keys.size(), 1u) << "and can hand it on";
  EXPECT_TRUE(village::handed_to(as(a_clerk()), with_old).empty());
  // No key and one look alike; from a volunteer nothing is said.
  const auto size = facts().back().body.size();
  {
    store::Act a(*store, a_clerk());
    village::hand_on(a, KeyPair::make().open_to_all(), {});
    a.commit();
  }
  EXPECT_EQ(facts().back().body.size(), size);
  const auto before = facts().size();
  {
    store::Act a(*store, a_volunteer());
    village::hand_on(a, late.open_to_all(), held.keys);
    a.commit();
  }
  EXPECT_EQ(facts().size(), before);
}

}  // namespace
