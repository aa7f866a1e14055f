// The desk's screens drawn everywhere from a model.
#pragma once

#include "parts/screen.h"
#include "support/glasses.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace desk_test {

using support::words;

inline const parts::Screen& screen(const std::vector<parts::Screen>& screens, const std::string& key) {
  for (const auto& s : screens)
    if (s.key == key) return s;
  throw std::runtime_error("no screen " + key);
}

// `model` is made anew for each language, as load would.
template <class Make>
void sound_everywhere(const parts::Screen& s, Make model, const parts::Draft& draft = {}, bool speaks = true) {
  ui::Look look;
  look.staff = s.ground == parts::Ground::staff;
  support::sound_everywhere(s.key, look, [&](ui::Ui& ui, const base::Words& w) { s.draw(ui, std::any(model(w)), draft); }, speaks);
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
