// Pages that together hold every widget, with the words of real screens: looked at by people, checked by tests at
// every glass.
#pragma once

#include "ui/frame.h"
#include "ui/ui.h"

#include <functional>
#include <string>
#include <vector>

namespace gallery {

struct Page {
  std::string name;
  ui::Look look;
  std::function<void(ui::Ui&, bool chinese)> draw;
};
[[nodiscard]] const std::vector<Page>& pages();

}  // namespace gallery
