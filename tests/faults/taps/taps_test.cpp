// Two hundred thousand touches: what is held in memory and how many files are open stay the same, and what a touch said is on the disk soon.
//
// The kiosk without a window, on a real file: everything from the finger to the second journal, but not the picture drawn by the graphics
// (test_soak.py does that with fewer touches, for a hand on the glass waits 350 ms after each change; here the clock is ours). A walk at
// random: public, residents by card and face, staff. Every five hundred touches the session ends, and only then is measured.
//
// NUANZHAN_LONG: 200 000 touches (some minutes), else 4000. Pictures and letters go on coming for the first fifty thousand; the slope is that of the second
// half. Prints its figures as JSON. No time is asserted.
#include "app/at_the_kiosk.h"
#include "devices/wedge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <random>

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Measured { double touches = 0, held_mb = 0, resident_mb = 0; std::size_t files = 0; };

std::size_t open_files() {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator{}));
}

// MB for each fifty thousand touches: a straight line through the second half.
double slope(const std::vector<Measured>& all, double Measured::* what) {
  const std::span half(all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
  double x = 0, y = 0, xx = 0, xy = 0;
  const auto n = static_cast<double>(half.size());
  for (const auto& m : half) x += m.touches, y += m.*what, xx += m.touches * m.touches, xy += m.touches * (m.*what);
  return 50'000 * (n * xy - x * y) / (n * xx - x * x);
}

// Settings, accounts and what takes a photo make it another village; erasing, an empty one.
bool avoided(const std::string& screen) {
  static constexpr std::array starts{"desk/setting", "desk/account", "desk/layout", "desk/photo", "desk/record", "desk/person_erase", "desk/clock", "request/say"};
  return std::ranges::any_of(starts, [&](const char* start) { return screen.starts_with(start); });
}
bool left_alone(const std::string& id) {
  static constexpr std::array<std::string_view, 4> names{"language", "bigger", "delete", "staff_off"};
  return id.starts_with("staff:") || std::ranges::find(names, id) != names.end();
}

class Taps : public testing::Test, public given::AtTheKiosk {
 protected:
  // One touch on whatever is there, and the frames it takes until all is still; gives the milliseconds until a fact was durable.
  std::optional<double> touch_something() {
    const auto& widgets = frame.outline().widgets;
    std::vector<const ui::Widget*> choices;
    for (const auto& w : widgets)
      if (w.kind == ui::Kind::target && !left_alone(w.id)) choices.push_back(&w);
    if (choices.empty()) return std::nullopt;
    const auto* w = choices[random_() % choices.size()];
    // Forward rather than back, so that deeds are come to.
    if ((w->id == "home" || w->id == "back" || w->id == "call_staff") && random_() % 3 != 0) w = choices[random_() % choices.size()];
    ui::Input input;
    for (const auto did : {ui::Did::touch_down, ui::Did::touch_up}) {
      ui::Event e;
      e.did = did;
      e.x_mm = w->rect.x + w->rect.w / 2;
      e.y_mm = w->rect.y + w->rect.h / 2;
      e.at_ms = now += 10;
      input.events.push_back(e);
    }
    const auto before = store->reader({}).count("SELECT max(number) FROM journal_fact");
    const auto begun = Clock::now();
    (void)draw(input);
    std::optional<double> took;
    for (int i = 0; i < 4 || (kiosk->busy() && i < 400); ++i) {
      workers.take();
      if (kiosk->busy()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      (void)draw();
      if (!took && store->reader({}).count("SELECT max(number) FROM journal_fact") > before) took = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
      now += 100;
    }
    kiosk->tick(now);
    clock.advance(std::chrono::milliseconds(400));
    said.clear();
    sounds.clear();
    return took;
  }

  void somebody_comes() {
    kiosk->go_home(false);
    switch (random_() % 4) {
      case 0: break;
      case 1: kiosk->card(cards[random_() % cards.size()]); break;
      case 2: kiosk->become({.person = std::array{wang, shan, mother}[random_() % 3], .known = store::Known::face}); break;
      default: kiosk->become({.staff = clerk, .role = store::Role::clerk});
    }
    settle();
  }

  Measured measure(double touches) {
    kiosk->go_home(false);
    settle();
    malloc_trim(0);
    long pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    const auto heap = mallinfo2();
    return {touches, static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6, static_cast<double>(pages) * 4096 / 1e6, open_files()};
  }

  std::mt19937 random_{20261126};
  std::vector<std::string> cards;
};

TEST_F(Taps, leave_memory_and_descriptors_as_they_were) {
  const bool in_full = std::getenv("NUANZHAN_LONG") != nullptr;
  const int touches = in_full ? 200'000 : 4000;
  for (const auto who : {wang, shan, mother}) {
    cards.push_back(devices::make_card_code(random_()));
    ASSERT_TRUE(act(machine(), [&](store::Act& a) { return village::give_card(a, who, cards.back()); }));
  }
  std::vector<Measured> all;
  std::vector<double> durable_ms;
  std::set<std::string> screens;
  const auto begun = Clock::now();
  for (int n = 0; n < touches; ++n) {
    if (n % 500 == 0) all.push_back(measure(n));
    if (n % 25 == 0 || avoided(at())) somebody_comes();
    if (const auto ms = touch_something()) durable_ms.push_back(*ms);
    screens.insert(at());
  }
  all.push_back(measure(touches));
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::ranges::sort(durable_ms);
  const auto share = [&](double of) { return durable_ms.empty() ? 0.0 : durable_ms[static_cast<std::size_t>(of * static_cast<double>(durable_ms.size() - 1))]; };
  const auto held = slope(all, &Measured::held_mb), resident = slope(all, &Measured::resident_mb);
  std::cout << fmt::format(R"({{"touches": {}, "seconds": {:.0f}, "screens": {}, "deeds": {}, "durable_ms_median": {:.1f}, "durable_ms_p99": {:.1f}, )"
                           R"("held_mb": {:.1f}, "held_slope_mb_50000": {:.2f}, "resident_mb": {:.0f}, "resident_slope_mb_50000": {:.2f}, "files": {}}})",
                           touches, seconds, screens.size(), durable_ms.size(), share(0.5), share(0.99), all.back().held_mb, held, all.back().resident_mb, resident, all.back().files)
            << '\n';
  EXPECT_GT(screens.size(), 40u) << "the walk must come about";
  EXPECT_GT(durable_ms.size(), static_cast<std::size_t>(touches) / 100) << "and say something";
  for (std::size_t i = all.size() / 2; i < all.size(); ++i) EXPECT_EQ(all[i].files, all.back().files) << "after " << all[i].touches << " touches";
  // The long form came to 116 MB, half of it the texture of letters and pictures; the short one is still warming up.
  EXPECT_LT(all.back().held_mb, 160);
  if (in_full) EXPECT_LT(held, 2.0);
  EXPECT_EQ(store->verify_chain().broken_at, 0);
}

// What is measured must be able to show a leak.
TEST(TapsMeasured, a_leak_shows) {
  std::vector<Measured> all;
  for (int n = 0; n < 20; ++n) all.push_back({500.0 * n, 40 + 0.01 * n, 0, 24});
  EXPECT_NEAR(slope(all, &Measured::held_mb), 1.0, 0.01);
}

}  // namespace
