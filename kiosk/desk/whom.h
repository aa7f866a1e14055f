// Whom people find when they need somebody: who is on duty, the number to ring. Drawing thread only.
#pragma once

#include "parts/screen.h"
#include "village/places.h"

#include <optional>
#include <string>
#include <string_view>

namespace desk {

struct Whom {
  std::optional<village::FaceOf> duty;
  std::string called, phone;  // as residents call them; setting site.help_phone, else the site's number
};
[[nodiscard]] Whom whom(const parts::Ask&);

// The face of whoever is on duty, or of nobody in particular.
[[nodiscard]] ui::Picture picture_of(const Whom&);
// A picture, one sentence, and the number large where there is one.
void draw_whom(ui::Ui&, ui::Rect area, const ui::Picture&, std::string_view sentence, std::string_view phone);

}  // namespace desk
