// Staff find a person, or write down a new one with the least data: the sub-journey behind walk-ins, carers, households, staff accounts.
//
// Screens pick/search and pick/new. A search sees what `village::find` gives this viewer, nobody else. Staff only.
#pragma once

#include "parts/hand_pad.h"
#include "parts/screen.h"

#include <string>
#include <string_view>
#include <vector>

namespace parts {

// Kept in the draft: what was typed, and who was chosen.
struct PickPerson {
  std::string title_key;
  std::string then_screen, then_key;
  std::optional<village::PersonId> chosen;
  std::string typed;                 // letters, digits or characters
  bool digits = false, see = false;  // keys shown; on a low glass results have their own page
  HandPad hand;                      // where a name is written and not spelt
  bool writes = false;
  int page = 0;                      // of keys, where a glass cannot hold all
  // a new person
  std::string name, sex;
  int age = -1;                      // index of the four pictures; -1: not said
};

// Opens pick/search. Chosen or newly written down: draft.of<PickPerson>().chosen is set and it goes to `then_screen` with `then_key` (empty: the
// chosen person's id), the sub-journey's screens dropped. then_screen empty: back to the screen below.
[[nodiscard]] Next pick_person(Draft&, std::string title_key, std::string then_screen, std::string then_key = {});
[[nodiscard]] std::vector<Screen> pick_person_screens();

struct SearchModel { std::vector<village::FaceOf> found; std::vector<std::string> subs; bool may_add = false; Recognised hand; bool can_hand = false; };
// The same search as a screen of its own; a touched face is given to `chosen`.
[[nodiscard]] Screen search_screen(std::string key, std::string title_key, Next (*chosen)(Draft&, village::PersonId));

struct NewPersonModel {};

}  // namespace parts
