// Home, and what the kiosk shows when nobody stands there.
#pragma once

#include "parts/screen.h"

namespace desk {

// The tiles of all rooms, by their order; the site's kind decides which are there and which is the hero.
void set_home_tiles(std::vector<parts::HomeTile>);
// A tile that is only there while this says so (news, where there is some); its place stays its own.
void set_tile_condition(std::string tile_id, std::function<bool(const store::Reader&)>);
// Home has at most seven choices. What it has no place for (first a tile that is only there at times) stands in 今儿有啥, desk/calendar.
[[nodiscard]] std::vector<parts::HomeTile> tiles_beside_home(const store::Reader&, village::SiteId);
// What the idle screen shows in turn between its leaf: a picture and a few words, of no living person's name. Asked when it opens.
struct Attraction { std::string picture, title; bool safety = false; };
void set_attractions(std::function<std::vector<Attraction>(const store::Reader&)>);
[[nodiscard]] std::vector<parts::Screen> home_screens();

}  // namespace desk
