// Page patterns that screens share: a page of picture cards, a page of faces, a list of rows, a receipt, a card that asks to confirm.
#pragma once

#include "parts/screen.h"

#include <span>

namespace parts {

// How many columns and rows fit this glass with targets of at least `least_mm`, at most `most` cells.
struct Cells { int columns = 1, rows = 1; [[nodiscard]] int count() const { return columns * rows; } };
[[nodiscard]] Cells cells_for(const ui::Ui&, ui::Rect area, float least_w_mm, float least_h_mm, int most);

[[nodiscard]] int page_of(const Draft&, std::string_view list);
// Handles page_next and page_previous for a list; true when the tap was one of them.
bool turned(Draft&, std::string_view list, const Tap&);

// A page of cards (at most 7 a page for residents), with arrows and dots when there are more. Order never changes by itself.
void card_page(ui::Ui&, ui::Rect area, std::string_view list, const Draft&, std::span<const ui::Card>);
// A page of faces: 8 at 10.1 in, 9 to 12 elsewhere; 4 mm gaps and more of them for staff.
void face_page(ui::Ui&, ui::Rect area, std::string_view list, const Draft&, std::span<const ui::Face>);
// Nothing to show: a quiet picture and one sentence in the middle. A resident's way on is the screen's own.
void nothing_here(ui::Ui&, ui::Rect area, const ui::Picture&, std::string_view text);
// Staff rows of 24 mm, paged.
void row_page(ui::Ui&, ui::Rect area, std::string_view list, const Draft&, std::span<const ui::Row>, std::string_view empty_text);

// The big receipt: tick, photo or picture, up to three lines, who touched for the resident where somebody did, [undo] [done].
struct Receipt {
  ui::Picture picture;
  std::string headline, line, small;
  ui::Tint tint = ui::Tint::hardship;
  std::string undo_label, done_label;  // empty undo: no undo
  ui::Card more;                       // between the two, where it has an id
  bool ticked = true;
};
// The largest of figure, title and label in which `text` stands in one line of this width and no higher than `high`.
[[nodiscard]] ui::Type largest_line(const ui::Ui&, std::string_view text, float width_mm, float high_mm);
void receipt(ui::Ui&, const Draft&, const Receipt&);   // ids: undo, done

// One card that shows what will happen, [yes] [no].
// grave: what cannot be undone. "No" stands where "yes" stands elsewhere, so that a second touch of the same finger leaves everything as it is.
struct Confirm { ui::Picture picture; std::string headline; std::vector<std::string> lines; std::string yes_label, no_label; ui::Tint tint = ui::Tint::neutral; bool grave = false; };
void confirm(ui::Ui&, const Confirm&);   // ids: yes, no

// A person's face as a tile or picture.
[[nodiscard]] ui::Picture picture_of(const village::FaceOf&);
[[nodiscard]] ui::Tint tint_of(std::string_view group);
[[nodiscard]] ui::Face face_tile(const village::FaceOf&, std::string id_prefix);

// Days in people's words: 今儿, 明儿, 后儿, else the weekday; lunar date; time as 九点零五 or 9:05.
[[nodiscard]] std::string day_word(const base::Words&, base::Day, base::Day today);
[[nodiscard]] std::string day_said(const base::Words&, base::Day, base::Day today);  // inside a sentence: "the day after tomorrow"
[[nodiscard]] std::string lunar_word(const base::Words&, base::Day);      // 十月十六 / lunar 10/16
[[nodiscard]] std::string time_word(const base::Words&, base::Minutes of_day);
[[nodiscard]] std::string hours_word(const base::Words&, base::Minutes from, base::Minutes until);  // 后晌三点到四点
[[nodiscard]] std::string solar_word(const base::Words&, base::Day);      // 11月24日 星期二
[[nodiscard]] ui::Leaf leaf_of(const base::Words&, base::Day, std::string_view market_rule);
[[nodiscard]] ui::Leaf leaf_unsure(const base::Words&);  // where the clock does not know the day (village/clock.h)

}  // namespace parts
