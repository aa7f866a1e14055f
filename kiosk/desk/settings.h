// Every number of the village that is a setting, by group, within its bounds. Managers only.
#pragma once

#include "parts/screen.h"
#include "village/places.h"

#include <map>
#include <string>
#include <vector>

namespace desk {

struct SettingsModel { std::vector<std::string> groups; };
struct SettingLine { const village::SettingDef* def = nullptr; std::string value; };
struct SettingGroupModel { std::string group; std::vector<SettingLine> lines; std::vector<std::pair<std::string, std::string>> sites; std::string sample; };  // sites: id and name
// What was turned but not yet saved; kept in the draft.
struct SettingsDraft { std::string group; std::map<std::string, std::string> changed; bool this_site_only = false; };

[[nodiscard]] std::vector<parts::Screen> settings_screens();

}  // namespace desk
