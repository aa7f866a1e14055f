// What is wrong with the machine, in words for the clerk and with what to do; a figure on staff's first page while there is anything.
#pragma once

#include "desk/today.h"
#include "village/health.h"

#include <optional>

namespace desk {

struct HealthModel { std::vector<village::Trouble> troubles; };
[[nodiscard]] std::optional<TodayFigure> health_figure(const store::Reader&, const base::Words&);  // nothing while all is well
[[nodiscard]] parts::Screen health_screen();

}  // namespace desk
