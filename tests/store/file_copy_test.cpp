// A copy of a file under a person's key: opened with that key, as that file, whole, and in no other way.
#include "store/file_copy.h"

#include <gtest/gtest.h>

namespace {

store::PersonKey key(std::uint8_t of) {
  store::PersonKey k;
  k.bytes.fill(of);
  return k;
}

const base::Uuid wang = base::id_of("wang"), li = base::id_of("li"), one = base::id_of("one"), other = base::id_of("other");
const std::string photo = "\xff\xd8\xff and a face that is seen nowhere else";

}  // namespace

TEST(FileCopy, opens_with_its_owners_key_and_shows_nothing) {
  const auto copy = store::seal_file(photo, key(1), wang, one);
  EXPECT_EQ(store::open_file(copy, key(1), wang, one), photo);
  EXPECT_EQ(copy.size(), store::file_copy_size(photo.size()));
  EXPECT_EQ(copy.find("a face"), std::string::npos);
  EXPECT_EQ(copy.find(std::string(reinterpret_cast<const char*>(wang.bytes.data()), wang.bytes.size())), std::string::npos) << "nor whose it is";
  EXPECT_NE(copy, store::seal_file(photo, key(1), wang, one)) << "two copies show nothing in common";
  EXPECT_EQ(store::open_file(store::seal_file("", key(1), wang, one), key(1), wang, one), "");
}

TEST(FileCopy, of_another_key_owner_or_file_is_refused) {
  const auto copy = store::seal_file(photo, key(1), wang, one);
  EXPECT_FALSE(store::open_file(copy, key(2), wang, one));
  EXPECT_FALSE(store::open_file(copy, key(1), li, one));
  EXPECT_FALSE(store::open_file(copy, key(1), wang, other));
}

TEST(FileCopy, that_was_cut_or_changed_anywhere_is_refused) {
  const auto copy = store::seal_file(photo, key(1), wang, one);
  for (std::size_t n = 0; n < copy.size(); ++n) EXPECT_FALSE(store::open_file(copy.substr(0, n), key(1), wang, one)) << n;
  for (std::size_t n = 0; n < copy.size(); ++n) {
    auto changed = copy;
    changed[n] = static_cast<char>(changed[n] ^ 1);
    EXPECT_FALSE(store::open_file(changed, key(1), wang, one)) << n;
  }
  EXPECT_FALSE(store::open_file(copy + "x", key(1), wang, one));
}

TEST(FileCopy, tells_whose_it_is_to_who_asks_for_somebody_and_needs_no_key) {
  const auto head = store::seal_file(photo, key(1), wang, one).substr(0, store::file_copy_head);
  EXPECT_TRUE(store::is_file_of(head, wang, one));
  EXPECT_FALSE(store::is_file_of(head, li, one));
  EXPECT_FALSE(store::is_file_of(head, wang, other));
  EXPECT_FALSE(store::is_file_of(head.substr(1), wang, one));
  EXPECT_NE(head, store::seal_file(photo, key(1), wang, other).substr(0, store::file_copy_head)) << "two files of one person are not seen to be";
}
