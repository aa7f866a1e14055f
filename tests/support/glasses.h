// Draws a screen at every reference glass, in both languages, at text 1 and 1.25, and says what is wrong with it.
#pragma once

#include "base/text.h"
#include "ui/checks.h"
#include "ui/headless.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <string>

namespace support {

inline const base::Words& words(std::string_view language) {
  static const auto load = [](const char* l) {
    std::vector<base::Wrong> wrong;
    auto w = base::Words::load(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "assets/text", l, wrong);
    EXPECT_TRUE(wrong.empty()) << base::to_string(wrong);
    return w;
  };
  static const base::Words zh = load("zh-CN"), en = load("en");
  return language == "en" ? en : zh;
}

// `draw` is called anew for each language. `also` looks at each outline: what it was drawn on, and at which glass.
using Draw = std::function<void(ui::Ui&, const base::Words&)>;
using Also = std::function<void(const ui::Outline&, const std::string& where)>;
inline void sound_everywhere(const std::string& what, ui::Look look, const Draw& draw, bool speaks = true, const Also& also = {}) {
  for (const auto& named : ui::reference_glasses())
    for (const std::string_view language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f}) {
        look.text_scale = scale;
        const auto& w = words(language);
        ui::Headless glass(named.glass, look, &w);
        const auto& outline = glass.draw([&](ui::Ui& ui) { draw(ui, w); });
        const auto where = fmt::format("{} at {} in {} x{}", what, named.name, language, scale);
        for (const auto& defect : ui::defects(outline, named.glass, look)) ADD_FAILURE() << where << ": " << defect;
        EXPECT_FALSE(outline.widgets.empty()) << where << " shows nothing";
        if (speaks) EXPECT_FALSE(outline.speak_key.empty()) << where << " says nothing";
        for (const auto& widget : outline.widgets) {
          // A key of the texts that has no words is shown as itself.
          for (const auto* room : {"attendance.", "booking.", "desk.", "notice.", "parts.", "request.", "village."})
            if (widget.label.starts_with(room)) ADD_FAILURE() << where << " shows a key: " << widget.label;
          if (widget.label.find('{') != std::string::npos) ADD_FAILURE() << where << " shows a gap: " << widget.label;
        }
        if (also) also(outline, where);
      }
}

}  // namespace support
