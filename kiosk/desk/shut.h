// What is drawn while there is no village behind the glass (app/stopgap.h): no model, no store. Drawing thread only.
#pragma once

#include "ui/ui.h"

#include <string_view>

namespace desk {

// The village is being put together again; a minute.
void draw_mending(ui::Ui&);
// It cannot be opened: whom to ring, and the numbers that always help. `phone` may be empty.
void draw_shut(ui::Ui&, std::string_view phone);

}  // namespace desk
