#include "desk/faces.h"

#include "desk/accounts.h"
#include "desk/activities.h"
#include "desk/calendar.h"
#include "desk/clock.h"
#include "desk/erasure.h"
#include "desk/health.h"
#include "desk/newcomers.h"
#include "desk/people.h"
#include "desk/settings.h"
#include "desk/sheets.h"
#include "desk/sign_in.h"
#include "desk/today.h"
#include "desk/unwell.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"

namespace desk {

parts::Faces faces() {
  parts::Faces f;
  const auto take = [&](std::vector<parts::Screen> screens) {
    for (auto& s : screens) f.screens.push_back(std::move(s));
  };
  take(calendar_screens());
  take(sign_in_screens());
  take(today_screens());
  take(erasure_screens());
  take({newcomers_screen(), health_screen(), clock_screen(), unwell_screen()});
  take(activities_screens());
  take(people_screens());
  take(accounts_screens());
  take(settings_screens());
  take(sheets_screens());
  take(parts::type_text_screens());
  take(parts::pick_person_screens());
  f.tiles.push_back(calendar_tile());
  using store::Role;
  const auto tile = [&](const char* name, const char* picture, const char* screen, Role least, int order) {
    f.staff_tiles.push_back({"go:" + std::string(name), ui::emoji(picture), "desk.tile." + std::string(name), screen, "", least, order});
  };
  tile("people", "🧓", "desk/search", Role::volunteer, 40);
  tile("households", "🏠", "desk/households", Role::volunteer, 50);
  tile("activities", "🥁", "desk/activities", Role::volunteer, 60);
  tile("sheets", "📊", "desk/sheets", Role::volunteer, 70);
  tile("duty", "📅", "desk/duty", Role::clerk, 80);
  tile("staff_accounts", "👥", "desk/staff", Role::manager, 90);
  tile("settings", "🔧", "desk/settings", Role::manager, 100);
  return f;
}

}  // namespace desk
