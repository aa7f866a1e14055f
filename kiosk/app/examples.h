// What each screen shows when it shows something: the way a person or staff would come there, with a village's own people.
//
// The rule: it works on a throw-away copy of a village, for on the way deeds are done (a child comes in, a place is booked). Used for
// pictures (`nuanzhan shots`) and by the test that looks at every screen. Drawing thread only.
#pragma once

#include "app/kiosk.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// A copy of a village that goes away with it. The village itself is only read.
class Copy {
 public:
  // Its clock stands at the village's now, or, where that is at night, at five past ten of the same day: a house that is closed shows little.
  explicit Copy(store::Store& village);
  ~Copy();
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] base::FixedClock& clock() { return clock_; }
  // A folder of pictures as a camera or a stick would bring them: drawn faces, 640 x 480.
  [[nodiscard]] std::filesystem::path pictures();
  [[nodiscard]] base::Instant began() const { return began_; }

 private:
  std::filesystem::path folder_;
  base::Instant began_;
  base::FixedClock clock_;
  std::unique_ptr<store::Store> store_;
};

// Screens that only lead on to another one; there is nothing to look at.
[[nodiscard]] bool only_leads_on(std::string_view screen);
// The kind of site where a screen is at home: where children are, where women meet, or the day-care centre.
[[nodiscard]] std::string_view home_of(std::string_view screen);
// After these an alarm stands in the copy, which would lie over every later screen: they come last.
[[nodiscard]] bool leaves_an_alarm(std::string_view screen);
// Brings the kiosk, just made for a site of the copy, to that screen. False: the village has nothing to show there.
[[nodiscard]] bool bring(Kiosk&, Copy&, village::SiteId, const std::string& screen);

}  // namespace app
