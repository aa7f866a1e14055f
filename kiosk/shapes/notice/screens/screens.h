// The models and functions of notice's screens, so that tests can build and touch them. Listed in face.cpp.
#pragma once

#include "parts/screen.h"
#include "shapes/notice/notice.h"

#include <set>

namespace notice {

// Which notices were opened in this session: somebody not known is counted once for each.
struct HeardHere { std::set<std::string> ids; };

// --- notice/list: what kinds of news stand here
struct ListModel {
  struct Tile { std::string code, label, say_key; ui::Picture picture; ui::Tint tint = ui::Tint::neutral; int count = 0; };
  std::vector<Tile> tiles;
};
[[nodiscard]] ListModel load_list(const parts::Ask&);
void draw_list(ui::Ui&, const ListModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_list(parts::Draft&, const ListModel&, const parts::Tap&);

// --- notice/of_kind. Key: code of the offer.
struct OfKindModel {
  struct Item { NoticeId id; std::string title; ui::Picture picture; };
  std::string title;
  ui::Tint tint = ui::Tint::neutral;
  std::vector<Item> items;
};
[[nodiscard]] OfKindModel load_of_kind(const parts::Ask&);
void draw_of_kind(ui::Ui&, const OfKindModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_of_kind(parts::Draft&, const OfKindModel&, const parts::Tap&);

// --- notice/read. Key: notice id. Without an id: it was taken down meanwhile.
struct ReadModel {
  std::optional<NoticeId> id;
  std::string title, text, until;
  ui::Picture picture;
  bool is_job = false, wanted = false;
};
[[nodiscard]] ReadModel load_read(const parts::Ask&);
void draw_read(ui::Ui&, const ReadModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_read(parts::Draft&, const ReadModel&);
[[nodiscard]] parts::Next tap_read(parts::Draft&, const ReadModel&, const parts::Tap&);
[[nodiscard]] parts::Next refused_read(parts::Draft&, const ReadModel&, const parts::Refused&);
// A text cut into pages that fit a box of this size: at the end of a sentence where one is near, never inside a word.
[[nodiscard]] std::vector<std::string> pages_of(const ui::Ui&, const std::string& text, float width_mm, float height_mm, ui::Type);

// --- notice/want (opens, notes, goes on), notice/wanted, notice/want_undone. Key: notice id.
struct WantModel {
  std::optional<NoticeId> id;
  std::optional<village::PersonId> person;
  std::string called, title;
  ui::Picture picture;
};
struct WantRefused { std::string name; };
[[nodiscard]] WantModel load_want(const parts::Ask&);
void draw_want(ui::Ui&, const WantModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_want(parts::Draft&, const WantModel&);
[[nodiscard]] parts::Next tap_want(parts::Draft&, const WantModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_want(parts::Draft&, const WantModel&, const std::any&);
[[nodiscard]] parts::Next refused_want(parts::Draft&, const WantModel&, const parts::Refused&);
void draw_wanted(ui::Ui&, const WantModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_wanted(parts::Draft&, const WantModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_wanted(parts::Draft&, const WantModel&, const std::any&);
void draw_want_undone(ui::Ui&, const WantModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_want_undone(parts::Draft&, const WantModel&, const parts::Tap&);

// --- staff: notice/board
struct BoardModel {
  std::vector<ui::Row> rows;
  int current = 0, soon = 0;
  bool may_write = false;
};
[[nodiscard]] BoardModel load_board(const parts::Ask&);
void draw_board(ui::Ui&, const BoardModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_board(parts::Draft&, const BoardModel&, const parts::Tap&);

// --- staff: notice/retire. Key: notice id.
struct RetireModel { std::optional<NoticeId> id; std::string title; };
[[nodiscard]] RetireModel load_retire(const parts::Ask&);
void draw_retire(ui::Ui&, const RetireModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_retire(parts::Draft&, const RetireModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_retire(parts::Draft&, const RetireModel&, const std::any&);

// --- staff: notice/wanting. Key: notice id.
struct WantingModel { std::optional<NoticeId> id; std::string title; std::vector<ui::Row> rows; };
[[nodiscard]] WantingModel load_wanting(const parts::Ask&);
void draw_wanting(ui::Ui&, const WantingModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_wanting(parts::Draft&, const WantingModel&, const parts::Tap&);

// --- staff: notice/edit. Key: notice id, or empty for a new one. One question a page; what was chosen is in the draft until it is put up.
enum class Step { what, picture, words, who, when, whom, check };
struct Edit {
  std::optional<NoticeId> id;  // a change
  Kind kind = Kind::policy;
  Publish now;
  int step = 0;
  int page = 0;                // of the text, on the last step
  bool asked_who = false;      // somebody was looked for: who was found counts
};
[[nodiscard]] std::vector<Step> steps_of(const Edit&);
struct EditModel {
  std::optional<Notice> before;
  std::vector<ListModel::Tile> offers;
  base::Day today;
  std::optional<village::PersonId> about;
  std::string about_name, consent;  // the words to read out
  ui::Picture about_face;
};
[[nodiscard]] EditModel load_edit(const parts::Ask&);
void draw_edit(ui::Ui&, const EditModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_edit(parts::Draft&, const EditModel&);
[[nodiscard]] parts::Next tap_edit(parts::Draft&, const EditModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_edit(parts::Draft&, const EditModel&, const std::any&);
// Twelve pictures to choose from, the same places every time.
[[nodiscard]] std::span<const char* const> pictures_of(Kind);

// A strip with the two arrows off the area, as in all pages; gives what is left.
[[nodiscard]] ui::Rect with_arrows(ui::Ui&, ui::Rect area, int page, int pages);

}  // namespace notice
