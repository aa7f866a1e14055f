// What a shape brings to the house: its facts, rights, settings, chores, sheets, figures, demo. One table a shape, listed in all.cpp.
//
// A shape never includes another; what follows across shapes stands in reactions.cpp alone.
#pragma once

#include "base/sheet.h"
#include "base/text.h"
#include "store/act.h"
#include "village/catalogue.h"
#include "village/places.h"

#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace shapes {

// What a sheet is asked for. Day bounds are inclusive, on the site's own days.
struct SheetAsk {
  std::optional<village::SiteId> site;  // none: all sites of this database
  base::Day from, to;
  bool names = true;                    // false: counts only, where the sheet can
};

struct Sheet {
  std::string_view name;                // attendance.month; title text key <shape>.sheet.<name after the dot>.title
  const store::Right* right = nullptr;
  std::vector<base::Column> columns;    // title keys <shape>.sheet.column.<name>
  void (*rows)(const store::Reader&, const base::Words&, const SheetAsk&, const base::RowSink&) = nullptr;
};

// What the clock does by rule. Runs in its own Act as clockwork; says once-facts, so that two kiosks agree.
struct Chore {
  std::string_view name;
  base::Minutes every{5};
  void (*run)(store::Act&) = nullptr;   // must be quick when nothing is due
};

// A number on staff's "today", with the list it opens. Title text key <shape>.figure.<name>.
struct Figure {
  std::string_view name;
  std::string_view picture;             // emoji
  std::string_view screen;              // screen key that lists it
  int order = 0;
  struct Value { int now = 0; std::optional<int> of; int late = 0; };  // 27 of 35; late: overdue among them
  std::optional<Value> (*value)(const store::Reader&) = nullptr;       // nothing: not shown to this viewer or at this site
};

// One line about a person for "mine" and for staff's person page.
struct About {
  std::string picture, line, sub;
  std::string screen, key;  // what a touch opens; empty: nothing
  bool is_private = false;  // only where the viewer is known by card or secret
};

// What a shape needs to invent a past that could be true.
struct DemoVillage {
  village::VillageId village;
  std::vector<village::Site> sites;
  std::vector<village::Person> elders, women, children, hardship, volunteers, adults;
  std::vector<village::Staff> staff;
};
struct Demo {
  store::Store& store;
  base::FixedClock& clock;   // the history sets it; ends at `now`
  std::mt19937_64& random;
  const DemoVillage& village;
  const base::Words& words;  // zh-CN
  int days = 60;
};

struct Shape {
  std::string_view name;
  std::vector<store::FactKind> facts;
  std::vector<store::Right> rights;
  // Reads this shape's offers of the catalogue and keeps their settings; every mistake with its row.
  void (*take_offers)(const village::Catalogue&, std::vector<base::Wrong>&) = nullptr;
  std::vector<Chore> chores;
  std::vector<Sheet> sheets;
  std::vector<Figure> figures;
  // How many places are left in an activity that one signs up for; nothing: not this shape's, or no limit. Anyone may ask.
  std::optional<int> (*places_left)(const store::Reader&, village::ActivityId) = nullptr;
  // Something of this person is not over: nobody is erased before it is (village/erasure.h). Asked as clockwork.
  bool (*holds)(const store::Reader&, village::PersonId) = nullptr;
  void (*about)(const store::Reader&, village::PersonId, const base::Words&, std::vector<About>&) = nullptr;
  // One day of the past at all sites of the village (called for each day in order), then what lies ahead.
  void (*demo_day)(Demo&, base::Day) = nullptr;
  void (*demo_ahead)(Demo&) = nullptr;
};

[[nodiscard]] const std::vector<Shape>& all();
[[nodiscard]] bool holds(const store::Reader&, village::PersonId);  // any shape
[[nodiscard]] store::Contract contract();  // facts and reactions of the village and all shapes

// The catalogue in use: read once at start, the same for all threads. Reads db/catalogue and the village's own folder beside the data.
[[nodiscard]] const village::Catalogue& catalogue();
void use_catalogue(village::Catalogue, std::vector<base::Wrong>&);

}  // namespace shapes
