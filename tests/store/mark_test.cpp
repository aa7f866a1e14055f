// The mark on paper: the same while facts are added, another once one of those it stands for was changed or taken away.
#include "given.h"

#include "store/mark.h"

using namespace given;

namespace {

struct Marked : testing::Test {
  TempFolder folder;
  base::FixedClock clock{noon()};
  std::unique_ptr<store::Store> store = std::make_unique<store::Store>(folder.path, contract(), clock);

  void rewrite(const std::string& sql) {
    (void)store->database().run(sql);
  }
  // As somebody does who knows how: the chain is made anew behind what was changed.
  void chain_anew() {
    std::vector<store::Fact> facts = all(*store);
    store.reset();
    std::filesystem::remove_all(folder.path / "second");
    std::filesystem::remove(folder.path / "nuanzhan.db");
    store = std::make_unique<store::Store>(folder.path, contract(), clock);
    for (const auto& f : facts) say(*store, f.subject == thing("door") ? "door" : "window", f.json().value("value", ""));
  }
};

}  // namespace

TEST_F(Marked, it_stays_what_it_was_while_facts_are_added) {
  EXPECT_EQ(store::mark(*store).facts, 0);
  for (const auto* value : {"open", "shut", "open"}) say(*store, "door", value);
  const auto paper = store::mark(*store);
  EXPECT_EQ(paper.facts, 3);
  EXPECT_EQ(store::mark_at(*store, 3), paper);
  say(*store, "window", "open");
  EXPECT_NE(store::mark(*store), paper);
  EXPECT_EQ(store::mark_at(*store, 3), paper);
  store.reset();
  store = std::make_unique<store::Store>(folder.path, contract(), clock);
  EXPECT_EQ(store::mark_at(*store, 3), paper);
  EXPECT_EQ(store::mark_at(*store, 5), std::nullopt) << "facts that were never here";
}

TEST_F(Marked, a_fact_that_was_changed_or_taken_away_shows_though_the_chain_was_made_anew) {
  for (const auto* value : {"open", "shut", "open"}) say(*store, "door", value);
  const auto paper = store::mark(*store);
  rewrite("UPDATE journal_fact SET body = replace(body, 'shut', 'open') WHERE seq = 2");
  EXPECT_NE(store->verify_chain().broken_at, 0);
  EXPECT_NE(store::mark_at(*store, 3), paper) << "from the bytes, not from what the chain says of itself";
  chain_anew();
  EXPECT_EQ(store->verify_chain().broken_at, 0);
  EXPECT_NE(store::mark_at(*store, 3), paper);
}

TEST_F(Marked, it_is_understood_as_people_copy_it) {
  say(*store, "door", "open");
  const auto paper = store::mark(*store);
  EXPECT_EQ(paper.code.size(), 12u);
  EXPECT_EQ(store::parse_mark(paper.text()), paper);
  EXPECT_EQ(store::parse_mark("1234-7k3q 9xpm 4f2a"), (store::Mark{1234, "7K3Q9XPM4F2A"}));
  EXPECT_EQ(store::parse_mark("12 34 - OIL0 - 9XPM-4F2A"), (store::Mark{1234, "01109XPM4F2A"}));
  for (const auto* wrong : {"", "1234", "1234-", "-7K3Q-9XPM-4F2A", "1234-7K3Q-9XPM-4F2", "1234-7K3Q-9XPM-4F2AA", "1234-7K3Q-9XPM-4FU2", "1234567890123456-7K3Q-9XPM-4F2A", "12x4-7K3Q-9XPM-4F2A"})
    EXPECT_EQ(store::parse_mark(wrong), std::nullopt) << wrong;
}
