// How the desk's screens divide the glass: forms of lines with their buttons at the side.
//
// The rule: nothing becomes smaller than its least size; what does not fit goes to another page. Drawing thread only.
#pragma once

#include "parts/paged.h"
#include "parts/screen.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace desk {

using parts::paged;
using parts::staff_faces;

// A line of a form. choice: arrows <id>:less and <id>:more around a value; toggle and field: touched by their id; note: only shows.
struct Line {
  enum class Kind { choice, toggle, field, note };
  Kind kind = Kind::choice;
  std::string id, label, value;
  bool on = false;
  std::string picture = {};  // of a choice: an emoji shown instead of its value
};
[[nodiscard]] Line choice(std::string id, std::string label, std::string value);
[[nodiscard]] Line toggle(std::string id, std::string label, bool on);
[[nodiscard]] Line field(std::string id, std::string label, std::string value);
[[nodiscard]] Line note(std::string label, std::string value);

// Lines in pages, the buttons in a strip at the right (portrait: at the bottom).
// most_columns 1 where labels are whole sentences.
void form(ui::Ui&, ui::Rect area, std::string_view list, const parts::Draft&, std::span<const Line>, std::span<const ui::Card> actions, int most_columns = 2);
// A strip of buttons taken off the area; gives what is left.
[[nodiscard]] ui::Rect actions_beside(ui::Ui&, ui::Rect area, std::span<const ui::Card> actions);
// What was wrong, in a red band at the foot of the area as high as its words; takes it off the area.
void wrong_band(ui::Ui&, ui::Rect& area, const std::string& told);
[[nodiscard]] ui::Card action(std::string id, std::string label, ui::Picture picture = {}, bool filled = false);

// Which way a choice was turned: id:less -1, id:more +1, else 0.
[[nodiscard]] int step_of(const parts::Tap&, std::string_view id);
// Stays within 0..count-1, going round.
[[nodiscard]] int turned(int at, int step, int count);

// What this session's staff member may: screens ask before they show, deeds ask again.
[[nodiscard]] inline store::Role role_of(const parts::Draft& draft) { return draft.of<parts::Session>().viewer.role; }

}  // namespace desk
