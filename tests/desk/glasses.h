// Draws a screen's model at every reference glass, in both languages, at text 1 and 1.25, and says what is wrong with it.
#pragma once

#include "parts/screen.h"
#include "ui/checks.h"
#include "ui/headless.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace desk_test {

inline const base::Words& words(const std::string& language) {
  static const auto all = [] {
    std::map<std::string, base::Words> loaded;
    for (const auto* l : {"zh-CN", "en"}) {
      std::vector<base::Wrong> wrong;
      loaded.emplace(l, base::Words::load(std::string(NUANZHAN_SOURCE_DIR) + "/assets/text", l, wrong));
      for (const auto& w : wrong) ADD_FAILURE() << w.file << ":" << w.row << " " << w.what;
    }
    return loaded;
  }();
  return all.at(language);
}

inline const parts::Screen& screen(const std::vector<parts::Screen>& screens, const std::string& key) {
  for (const auto& s : screens)
    if (s.key == key) return s;
  throw std::runtime_error("no screen " + key);
}

// `model` is made anew for each language, as load would.
template <class Make>
void sound_everywhere(const parts::Screen& s, Make model, const parts::Draft& draft = {}, bool speaks = true) {
  for (const auto& named : ui::reference_glasses())
    for (const auto* language : {"zh-CN", "en"})
      for (const float scale : {1.0f, 1.25f}) {
        ui::Look look;
        look.staff = s.ground == parts::Ground::staff;
        look.text_scale = scale;
        ui::Headless page(named.glass, look, &words(language));
        const std::any m = model(words(language));
        const auto outline = page.draw([&](ui::Ui& ui) { s.draw(ui, m, draft); });
        for (const auto& defect : ui::defects(outline, page.glass, page.look)) ADD_FAILURE() << s.key << " " << named.name << " " << language << " x" << scale << ": " << defect;
        for (const auto& w : outline.widgets) {
          // A key of the texts that has no words is shown as itself.
          if (w.label.starts_with("desk.") || w.label.starts_with("parts.") || w.label.starts_with("village.")) ADD_FAILURE() << s.key << " " << language << ": no words for " << w.label;
        }
        if (speaks) {
          EXPECT_FALSE(outline.speak_key.empty()) << s.key << " says nothing";
        }
      }
}

inline bool has(const ui::Outline& outline, std::string_view id) {
  for (const auto& w : outline.widgets)
    if (w.id == id) return true;
  return false;
}

inline village::FaceOf face(const std::string& name, const std::string& tint = "elder", int seed = 7) {
  village::FaceOf f;
  f.id = village::PersonId{base::id_of(name + std::to_string(seed))};
  f.name = name;
  f.called = name;
  f.portrait = "v1:" + std::to_string(seed) + ":f:71";
  f.tint = tint;
  return f;
}

}  // namespace desk_test
