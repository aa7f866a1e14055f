// Who wrote themselves at this kiosk and waits to be completed: how many stands on staff's first page, the faces behind it.
#pragma once

#include "desk/today.h"

#include <optional>

namespace desk {

[[nodiscard]] std::optional<TodayFigure> newcomers_figure(const store::Reader&, const base::Words&);  // nothing while there are none
[[nodiscard]] parts::Screen newcomers_screen();

}  // namespace desk
