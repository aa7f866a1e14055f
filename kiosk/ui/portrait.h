// Drawn faces for people without a photo (and for every demo village): the same text always gives the same face.
//
// "v1:<seed>:<m|f>:<age>": the seed decides skin, face, hair, brows, eyes, nose, mouth, glasses, clothes and
// ground; sex and age decide what there is to choose from. Warm and dignified, no caricature. Stored in registers:
// never change what a "v1" text gives.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ui {

// RGBA, opaque, head and shoulders in the middle of a plain ground; empty when the text is not a portrait's. About
// 1 ms at 160 px. Any thread.
[[nodiscard]] std::vector<std::uint8_t> draw_portrait(std::string_view text, int width_px, int height_px);

}  // namespace ui
