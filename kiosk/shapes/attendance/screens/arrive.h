// The person is known: coming, leaving, or already here. And the receipt with its "wrong one".
#pragma once

#include "parts/screen.h"
#include "shapes/attendance/attendance.h"

#include <functional>

namespace attendance {

// What is known when a person has been recognised at the door.
struct ArriveModel {
  std::optional<village::FaceOf> face;
  std::vector<ui::Card> offers;        // more than one: the person says which
  std::vector<std::string> codes;
  std::optional<Stay> here;            // open stay
  int minutes_here = 0;                // since it began
  int again_min = 30;                  // setting: coming again within this says since when
  bool by_card = false;
  bool is_child = false;               // goes to the hand-over instead of leaving alone
  std::string since;                   // 九点零五
  [[nodiscard]] bool just_came() const { return here && minutes_here < again_min; }
};

// A few words to take along (safety), read out once a day when somebody comes: given by the house, which knows where they stand.
struct Reminder { std::string picture, title; };
void set_reminder(std::function<std::optional<Reminder>(const store::Reader&)>);

struct WelcomeModel {
  std::optional<village::FaceOf> face;
  std::optional<Stay> stay;
  std::string time, meal, offer_label;
  std::vector<std::string> dishes;     // to choose from, while nothing is chosen
  std::optional<base::Minutes> was_here;
  std::optional<Reminder> reminder;    // at the first coming of the day
};

// What the receipt's undo takes back; kept in the draft.
struct LastReceipt { std::optional<Receipt> receipt; bool choosing = false; };  // choosing: a dish, not an undo, is under way

[[nodiscard]] parts::Screen arrive_screen();   // attendance/arrive
[[nodiscard]] parts::Screen refused_screen();  // attendance/refused
[[nodiscard]] parts::Screen welcome_screen();  // attendance/welcome
[[nodiscard]] parts::Screen leave_screen();    // attendance/left
[[nodiscard]] parts::Screen undone_screen();   // attendance/undone
[[nodiscard]] parts::Screen start_screen();    // attendance/check_in: the home tile's way in

}  // namespace attendance
