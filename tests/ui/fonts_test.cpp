// Letters as the fonts give them, in a context of ImGui's own.
#include "ui/fonts.h"

#include <gtest/gtest.h>

// What is set in one size is set in it to the last letter, also when sizes came and went meanwhile: in 1.92.x ImGui moves what it keeps of
// its sizes and then took a new letter from another one.
TEST(Fonts, a_new_letter_is_as_large_as_its_word_after_other_sizes_have_gone) {
  ImGui::CreateContext();
  auto& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {800, 600};
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  {
    ui::Fonts fonts;
    fonts.load();
    constexpr float gone = 30, fills = 60, other = 90;
    char32_t fresh = U'\u4e00';  // Chinese letters are as wide as the em, and each one is new here
    for (int frame = 0; frame < 40; ++frame) {
      ImGui::NewFrame();
      for (auto* texture : io.Fonts->TexList) texture->SetStatus(ImTextureStatus_OK);
      if (frame == 0) (void)fonts.advance(U'好', ui::Weight::bold, gone);
      if (frame == 0) (void)fonts.advance(U'好', ui::Weight::bold, fills);
      EXPECT_NEAR(fonts.advance(fresh++, ui::Weight::bold, other), other, 1.5f) << "in frame " << frame;
      // Until the room for letters is full: what was not used lately goes, and the rest moves.
      for (int i = 0; i < 40; ++i) EXPECT_NEAR(fonts.advance(fresh++, ui::Weight::bold, fills), fills, 1.5f);
      ImGui::EndFrame();
    }
    ui::Fonts::release();
  }
  for (auto* texture : io.Fonts->TexList) texture->SetStatus(ImTextureStatus_Destroyed);
  ImGui::DestroyContext();
}
