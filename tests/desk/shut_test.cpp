// What stands on the glass without a village: at every glass, with a number to ring and without.
#include "desk/shut.h"

#include "support/glasses.h"

namespace {

ui::Look plain() {
  ui::Look look;
  look.bar = false;
  return look;
}

bool shows(const ui::Outline& outline, std::string_view text) {
  return std::ranges::any_of(outline.widgets, [&](const auto& w) { return w.label.find(text) != std::string::npos; });
}

}  // namespace

TEST(Shut, is_sound_at_every_glass_and_names_the_number_and_what_always_helps) {
  for (const std::string_view phone : {"", "0930 555 0100", "0930 5550100 转 8012"})
    support::sound_everywhere("shut", plain(), [&](ui::Ui& ui, const base::Words&) { desk::draw_shut(ui, phone); }, true, [&](const ui::Outline& outline, const std::string& where) {
      EXPECT_TRUE(shows(outline, "120")) << where;
      if (!phone.empty()) EXPECT_TRUE(shows(outline, phone)) << where;
    });
}

TEST(Shut, while_it_is_mended_says_to_wait_at_every_glass) {
  support::sound_everywhere("mending", plain(), [](ui::Ui& ui, const base::Words&) { desk::draw_mending(ui); });
}
