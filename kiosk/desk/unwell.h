// What a kiosk shows that fell again and again (app/resume.h): little that could fail, whom to find and the number to ring.
#pragma once

#include "parts/screen.h"

namespace desk {

[[nodiscard]] parts::Screen unwell_screen();  // home by itself after ten minutes, or as soon as somebody asks for it

}  // namespace desk
