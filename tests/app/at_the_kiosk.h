// A kiosk without a window in a small village: touched as a finger does, seen through its outline.
#pragma once

#include "app/faces.h"
#include "app/kiosk.h"
#include "desk/home.h"
#include "shapes/shape.h"
#include "village/given.h"

#include <algorithm>
#include <set>

namespace given {

inline const std::map<std::string, base::Words>& all_words() {
  static const auto all = [] {
    const std::filesystem::path source = NUANZHAN_SOURCE_DIR;
    std::vector<base::Wrong> wrong;
    std::set<std::string, std::less<>> built;
    for (const auto& shape : shapes::all()) built.emplace(shape.name);
    shapes::use_catalogue(village::Catalogue::load(source / "db/catalogue", built, wrong), wrong);
    std::map<std::string, base::Words> words;
    for (const auto* language : {"zh-CN", "en"}) words.emplace(language, base::Words::load(source / "assets/text", language, wrong));
    if (!wrong.empty()) throw std::runtime_error(base::to_string(wrong));
    return words;
  }();
  return all;
}

struct AtTheKiosk : Shanwan {
  app::Trace trace;
  app::Workers workers{[] {}};
  ui::Frame frame;
  ui::Glass glass;
  std::int64_t now = 1'000'000;
  std::vector<std::string> said, sounds;
  app::Hearing heard_with;  // of the last sentence
  bool headset = false;
  int hushed = 0;
  std::optional<app::Kiosk> kiosk;

  explicit AtTheKiosk(const ui::Glass& on = ui::reference_glasses()[2].glass) : glass(on) {
    const auto& words = all_words();
    store.emplace(folder, shapes::contract(), clock);
    app::Setup s{*store, trace, workers, app::all_faces(), words, "zh-CN", centre, {}, false, true};
    std::vector<parts::HomeTile> tiles;
    for (const auto& faces : s.faces) tiles.insert(tiles.end(), faces.tiles.begin(), faces.tiles.end());
    desk::set_home_tiles(std::move(tiles));
    s.ears.say = [this](std::string_view key, std::string_view, const std::string&, bool, const app::Hearing& hearing) {
      said.emplace_back(key);
      heard_with = hearing;
    };
    s.ears.headset = [this] { return headset; };
    s.ears.hush = [this] { ++hushed; };
    s.ears.sound = [this](std::string_view name) { sounds.emplace_back(name); };
    s.ears.alarm = [this](int every_ms) { sounds.push_back("alarm every " + std::to_string(every_ms)); };
    kiosk.emplace(std::move(s));
    kiosk->tick(now);
    settle();
  }
  // One frame.
  app::Kiosk::Drawn draw(const ui::Input& input = {}) {
    auto drawn = kiosk->draw(frame, glass, input, now);
    kiosk->presented(frame, glass, drawn);
    return drawn;
  }
  // Time goes on, as long as something is to be drawn, until all is still; half a second more, so that touches count again.
  void settle() {
    for (int i = 0; i < 12; ++i) {
      workers.take();
      (void)draw();
      now += 60;
    }
    kiosk->tick(now);
    (void)draw();
  }
  [[nodiscard]] const ui::Widget* see(std::string_view id) const {
    for (const auto& w : frame.outline().widgets)
      if (w.id == id) return &w;
    return nullptr;
  }
  [[nodiscard]] bool has(std::string_view id) const { return see(id) != nullptr; }
  [[nodiscard]] const std::string& at() const { return kiosk->screen_key(); }
  // A finger on and off, as events of one frame.
  void add(ui::Input& input, const std::string& id) {
    const auto* w = see(id);
    ASSERT_NE(w, nullptr) << id << " is not on " << at();
    for (const auto did : {ui::Did::touch_down, ui::Did::touch_up}) {
      ui::Event e;
      e.did = did;
      e.x_mm = w->rect.x + w->rect.w / 2;
      e.y_mm = w->rect.y + w->rect.h / 2;
      e.at_ms = now;
      input.events.push_back(e);
      now += 10;
    }
  }
  void touch(const std::string& id) {
    ui::Input input;
    add(input, id);
    (void)draw(input);
    settle();
  }
  // Signs in as the person would: face, then six digits.
  void sign_in(village::StaffId who, const std::string& pin) {
    touch("staff:" + who.text());
    ASSERT_EQ(at(), "desk/pin");
    for (const char c : pin) touch(std::string("key:") + c);
    wait_for_worker();
  }
  void wait_for_worker() {
    for (int i = 0; i < 200 && kiosk->busy(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      settle();
    }
    settle();  // what the worker brought may have come with the last frame
  }
};

}  // namespace given
