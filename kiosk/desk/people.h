// Entries of people for staff: one person, their cards, secret and carers, households.
//
// What is seen and changed is asked of the village's own rights in every query and deed; a screen only leaves out what this role may not.
#pragma once

#include "parts/screen.h"
#include "village/places.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

struct PersonModel {
  std::optional<village::Person> person;
  village::FaceOf face;
  std::string facts, home;            // 女 · 71岁 · 留守老人; 2组 12号 138…
  std::vector<ui::Row> lines;         // what every shape knows about them
  std::vector<std::string> screens, keys;  // what a touch on `line:<i>` opens
  bool may_edit = false, erased = false;
  std::optional<village::PersonId> unread;  // that it is opened is written down
  bool hidden = false;                      // a child's: first of all
};
// Cards of what can be done with one person's entry.
struct PersonMoreModel { std::string id, name; bool has_secret = false, child = false, photo = false; int cards = 0; std::string household; };

// The entry being edited; kept in the draft so that writing a name and coming back loses nothing.
struct PersonDraft {
  std::optional<village::PersonId> id;
  std::string name, sex, phone, called, group_text;
  std::optional<base::Day> born;
  std::vector<std::string> tags;
  std::vector<village::SiteId> sites;
  bool lives_alone = false, party_member = false, left = false, was_left = false;
};
struct PersonEditModel { PersonDraft now; std::vector<village::Site> sites; base::Day today{}; };

struct CardsModel { std::string person, name; std::vector<std::string> cards; };
struct SecretModel { std::string person, name; bool has = false; };
struct SecretGiven { std::optional<village::Secret> secret; std::string name; };  // in the draft until it was shown
struct CarersModel { std::string child, name; std::vector<village::Carer> carers; std::vector<std::string> names; };
struct CarerDraft { village::PersonId child; int relation = 0; bool guardian = false, may_fetch = true, listed = false; };
struct CarerModel { std::string adult, child; village::FaceOf face; };

struct HouseholdsModel {
  std::string person;  // for whom one is chosen; empty: the list is looked at
  std::vector<village::Group> groups;
  village::GroupId group;
  std::vector<village::Household> households;
};
struct HouseholdModel { std::optional<village::Household> household; std::string title; std::vector<village::FaceOf> members; };
struct HouseholdDraft { std::optional<village::HouseholdId> id; village::GroupId group; std::string number, phone, note; };
struct HouseholdEditModel { HouseholdDraft now; std::vector<village::Group> groups; };

[[nodiscard]] std::vector<parts::Screen> people_screens();

}  // namespace desk
