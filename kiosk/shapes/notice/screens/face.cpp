// What notice shows: one table.
#include "shapes/notice/screens/face.h"

#include "shapes/notice/screens/screens.h"

namespace notice {

parts::Faces faces() {
  using parts::for_role;
  using parts::leaving_after;
  using parts::screen;
  parts::Faces f;
  f.screens = {
      screen<ListModel>("notice/list", {.load = &load_list, .draw = &draw_list, .on_tap = &tap_list}),
      screen<OfKindModel>("notice/of_kind", {.load = &load_of_kind, .draw = &draw_of_kind, .on_tap = &tap_of_kind}),
      screen<ReadModel>("notice/read", {.load = &load_read, .draw = &draw_read, .on_tap = &tap_read, .on_refused = &refused_read, .on_open = &open_read}),
      screen<WantModel>("notice/want", {.load = &load_want, .draw = &draw_want, .on_tap = &tap_want, .on_done = &done_want, .on_refused = &refused_want, .on_open = &open_want}),
      leaving_after(screen<WantModel>("notice/wanted", {.load = &load_want, .draw = &draw_wanted, .on_tap = &tap_wanted, .on_done = &done_wanted}), 20),
      leaving_after(screen<WantModel>("notice/want_undone", {.load = &load_want, .draw = &draw_want_undone, .on_tap = &tap_want_undone}), 20),
      for_role(screen<BoardModel>("notice/board", {.load = &load_board, .draw = &draw_board, .on_tap = &tap_board}), store::Role::volunteer),
      for_role(screen<RetireModel>("notice/retire", {.load = &load_retire, .draw = &draw_retire, .on_tap = &tap_retire, .on_done = &done_retire}), store::Role::clerk),
      for_role(screen<WantingModel>("notice/wanting", {.load = &load_wanting, .draw = &draw_wanting, .on_tap = &tap_wanting}), store::Role::clerk),
      for_role(screen<EditModel>("notice/edit", {.load = &load_edit, .draw = &draw_edit, .on_tap = &tap_edit, .on_done = &done_edit, .on_open = &open_edit}), store::Role::clerk),
  };
  parts::HomeTile tile;
  tile.id = "go:news";
  tile.picture = ui::emoji("📢");
  tile.label_key = "notice.tile.news";
  tile.screen = "notice/list";
  tile.order = 60;
  // Everywhere; where elders come for the day or children are handed over only while there is news (app/faces.cpp). Where home has seven
  // choices without it, it stands in 今儿有啥.
  f.tiles = {tile};
  f.staff_tiles = {{"go:board", ui::emoji("📢"), "notice.tile.board", "notice/board", {}, store::Role::volunteer, 70}};
  return f;
}

}  // namespace notice
