// Colours: T5 and T10 of visual.md for the theme itself; a screen's own texts are checked with its outline.
#include "ui/theme.h"
#include "ui/checks.h"
#include "ui/glass.h"
#include "ui/motion.h"

#include <gtest/gtest.h>

namespace {

constexpr ui::Tint roles[] = {ui::Tint::elder,    ui::Tint::woman,  ui::Tint::child,
                              ui::Tint::hardship, ui::Tint::urgent, ui::Tint::staff};

}  // namespace

TEST(Theme, roles_stay_apart_in_four_sights) {
  const ui::Theme& theme = ui::theme(false, false);
  for (int sight = 0; sight < 4; ++sight)
    for (const auto a : roles)
      for (const auto b : roles) {
        if (a >= b) continue;
        EXPECT_GE(ui::delta_e(ui::seen_by(theme.of(a).deep, sight), ui::seen_by(theme.of(b).deep, sight)), 15.0)
            << static_cast<int>(a) << static_cast<int>(b) << " sight " << sight;
      }
}

TEST(Theme, reads_on_every_ground_by_day_and_by_night) {
  for (const bool staff : {false, true})
    for (const bool night : {false, true}) {
      const ui::Theme& t = ui::theme(staff, night);
      for (const auto ground : {t.paper, t.card, t.sunk}) {
        EXPECT_GE(ui::contrast(t.ink, ground), 12.0);
        EXPECT_GE(ui::contrast(t.ink2, ground), 8.0);  // text of it stands on paper and card alone
      }
      for (const auto tint : roles) {
        EXPECT_GE(ui::contrast(t.ink, t.of(tint).soft), 14.0) << static_cast<int>(tint) << staff << night;
        EXPECT_GE(ui::contrast(t.ink2_on_soft, t.of(tint).soft), 10.0) << static_cast<int>(tint) << staff << night;
        EXPECT_GE(ui::contrast(t.on_deep, t.of(tint).deep), 5.5);
        EXPECT_GE(ui::contrast(t.of(tint).border, t.of(tint).soft), 4.5)
            << static_cast<int>(tint) << staff << night;
        EXPECT_GE(ui::contrast(t.of(tint).border, t.paper), 4.5) << static_cast<int>(tint) << staff << night;
      }
      EXPECT_GE(ui::contrast(t.edge, t.paper), 4.5);
    }
}

TEST(Contrast, agrees_with_the_numbers_of_the_specification) {
  EXPECT_NEAR(ui::contrast(0x1F1A14, 0xFBF6EC), 16.0, 0.1);
  EXPECT_NEAR(ui::contrast(0x433A30, 0xFBF6EC), 10.3, 0.1);
  EXPECT_NEAR(ui::contrast(0xFFFFFF, 0x803300), 8.8, 0.1);
  EXPECT_NEAR(ui::contrast(0xFFD400, 0x1F1A14), 12.1, 0.1);
}

TEST(Glass, of_the_reference_screens_has_the_sizes_of_the_specification) {
  const auto& glasses = ui::reference_glasses();
  EXPECT_NEAR(glasses[0].glass.width_mm(), 221, 2);
  EXPECT_NEAR(glasses[4].glass.height_mm(), 476, 1);
  EXPECT_FLOAT_EQ(glasses[0].glass.reading_mm, 400);
  EXPECT_FLOAT_EQ(glasses[3].glass.reading_mm, 500);
  EXPECT_NEAR(glasses[4].glass.height_mm() - glasses[4].glass.reach_top_mm(), 400, 0.1);
  EXPECT_EQ(glasses[3].glass.reach_top_mm(), 0);
}

TEST(Glass, does_not_believe_what_cannot_be) {
  EXPECT_TRUE(ui::measure(1920, 1080, 476).plausible);
  for (const float width : {0.0f, 16.0f, 5000.0f}) {
    const ui::Glass glass = ui::measure(1920, 1080, width);
    EXPECT_FALSE(glass.plausible);
    EXPECT_FLOAT_EQ(glass.px_per_mm, 4.0f);
  }
  EXPECT_FLOAT_EQ(ui::measure(1920, 1080, 476, {.width_mm = 240}).px_per_mm, 8.0f);
  EXPECT_FLOAT_EQ(ui::measure(1920, 1080, 476, {.width_mm = 240, .px_per_mm = 5}).px_per_mm, 5.0f);
  EXPECT_FLOAT_EQ(ui::measure(1920, 1080, 700).reading_mm, 600);
}

TEST(Motion, springs_over_by_three_percent_once_and_ends_where_it_should) {
  float most = 0;
  int crossings = 0;
  for (int i = 0; i <= 1000; ++i) {
    const float now = ui::eased(ui::Ease::spring, static_cast<float>(i) / 1000),
                before = ui::eased(ui::Ease::spring, static_cast<float>(std::max(0, i - 1)) / 1000);
    most = std::max(most, now);
    if (before < 1 && now >= 1 && i < 1000) ++crossings;
  }
  EXPECT_NEAR(most, 1.03, 0.01);
  EXPECT_EQ(crossings, 1);
  EXPECT_FLOAT_EQ(ui::eased(ui::Ease::spring, 1), 1);
  EXPECT_FLOAT_EQ(ui::share_gone(1000, 1001, 200, true), 1);  // reduced: at once
  EXPECT_FLOAT_EQ(ui::share_gone(1000, 1100, 200, false), 0.5f);
}
