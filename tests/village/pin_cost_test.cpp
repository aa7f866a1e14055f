// What a PIN costs is measured on this machine, once, and never over what somebody has set.
#include "given.h"

#include "village/pin_cost.h"

namespace {

struct PinCost : given::Shanwan, testing::Test {};

TEST_F(PinCost, is_a_setting_within_its_bounds) {
  const int memory = village::measured_memory_mib(3);
  EXPECT_GE(memory, 8);
  EXPECT_LE(memory, 1024);
  EXPECT_EQ(memory % 8, 0);
}

TEST_F(PinCost, is_measured_once_and_kept_for_this_site) {
  village::measure_pin_cost(*store, centre);
  const auto measured = as(machine()).setting("pin.memory_mib", std::int64_t{0});
  EXPECT_GT(measured, 0);
  EXPECT_EQ(store->reader(store::Viewer::clockwork(room.value)).setting("pin.memory_mib", std::int64_t{0}), 0) << "another machine measures itself";
  const auto facts = facts_of_kind("village.setting_set");
  village::measure_pin_cost(*store, centre);
  EXPECT_EQ(facts_of_kind("village.setting_set"), facts);
}

TEST_F(PinCost, is_left_alone_where_the_village_has_set_it) {
  ASSERT_TRUE(act(a_manager(), [](store::Act& a) { return village::save_setting(a, "pin.memory_mib", "16", false); }));
  village::measure_pin_cost(*store, centre);
  EXPECT_EQ(as(machine()).setting("pin.memory_mib", std::int64_t{0}), 16);
}

}  // namespace
