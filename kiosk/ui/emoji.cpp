// Emoji from the colour font's bitmap strike, through FreeType: ImGui's own text path would blur them.
#include "ui/fonts.h"
#include "ui/pictures.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <memory>
#include <mutex>

namespace ui {
namespace {

struct EmojiFace {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  std::mutex guard;
  EmojiFace() {
    const MappedFile file = find_font("Noto Color Emoji", false);
    if (file.data == nullptr || FT_Init_FreeType(&library) != 0) return;
    if (FT_New_Memory_Face(library, file.data, static_cast<FT_Long>(file.size), file.face, &face) != 0)
      face = nullptr;
    if (face != nullptr && (face->num_fixed_sizes < 1 || FT_Select_Size(face, 0) != 0)) face = nullptr;
  }
  ~EmojiFace() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

}  // namespace

bool load_emoji(std::string_view code, Pixels& out, int& w, int& h) {
  static EmojiFace emoji;
  const std::lock_guard lock(emoji.guard);
  if (emoji.face == nullptr || code.empty()) return false;
  std::size_t at = 0;
  const char32_t first = next_character(code, at);
  // Only a variation selector may follow: longer sequences would need shaping, and none is used.
  while (at < code.size())
    if (const char32_t more = next_character(code, at); more != 0xFE0F && more != 0xFE0E) return false;
  const FT_UInt glyph = FT_Get_Char_Index(emoji.face, first);
  if (glyph == 0 || FT_Load_Glyph(emoji.face, glyph, FT_LOAD_COLOR) != 0) return false;
  const FT_Bitmap& bitmap = emoji.face->glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_BGRA || bitmap.width == 0) return false;
  w = static_cast<int>(bitmap.width);
  h = static_cast<int>(bitmap.rows);
  out.resize(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4);
  for (int y = 0; y < h; ++y) {
    const unsigned char* row = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
    for (int x = 0; x < w; ++x, row += 4) {
      std::uint8_t* to =
          &out[(static_cast<std::size_t>(y) * static_cast<std::size_t>(w) + static_cast<std::size_t>(x)) * 4];
      const unsigned a = row[3];
      for (int c = 0; c < 3; ++c)
        to[c] = a == 0 ? 0 : static_cast<std::uint8_t>(std::min(255u, row[2 - c] * 255u / a));
      to[3] = static_cast<std::uint8_t>(a);
    }
  }
  return true;
}

}  // namespace ui
