// What booking shows: one table.
#include "shapes/booking/screens/face.h"

#include "shapes/booking/screens/screens.h"

namespace booking {

parts::Faces faces() {
  using parts::for_role;
  using parts::Ground;
  using parts::leaving_after;
  using parts::Privacy;
  using parts::screen;
  constexpr auto volunteer = store::Role::volunteer, clerk = store::Role::clerk;
  // Screens that name a service are quiet; days and times name nothing.
  const auto resident = Ground::resident;
  parts::Faces f;
  f.screens = {
      screen<ServicesModel>("booking/services", {.load = &load_services, .draw = &draw_services, .on_tap = &tap_services, .on_open = &open_services}, resident, Privacy::quiet),
      screen<DayModel>("booking/day", {.load = &load_day, .draw = &draw_day, .on_tap = &tap_day}),
      screen<SlotModel>("booking/slot", {.load = &load_slot, .draw = &draw_slot, .on_tap = &tap_slot}),
      screen<ConsentModel>("booking/consent", {.load = &load_consent, .draw = &draw_consent, .on_tap = &tap_consent, .on_done = &done_consent}, resident, Privacy::quiet),
      screen<ConfirmModel>("booking/confirm", {.load = &load_confirm, .draw = &draw_confirm, .on_tap = &tap_confirm, .on_done = &done_confirm}, resident, Privacy::quiet),
      leaving_after(screen<BookedModel>("booking/booked", {.load = &load_booked, .draw = &draw_booked, .on_tap = &tap_booked, .on_done = &done_booked}), 20),
      leaving_after(screen<BookedModel>("booking/waiting", {.load = &load_booked, .draw = &draw_booked, .on_tap = &tap_booked, .on_done = &done_booked}), 20),
      leaving_after(screen<BookedModel>("booking/cancelled", {.load = &load_booked, .draw = &draw_cancelled, .on_tap = &tap_cancelled,
                                                              .on_done = [](parts::Draft&, const BookedModel&, const std::any& receipt) {
                                                                const auto& r = std::any_cast<const Receipt&>(receipt);
                                                                return parts::Next::replace(r.state == State::waiting ? "booking/waiting" : "booking/booked", r.booking.text());
                                                              }}),
                    20),
      screen<MineModel>("booking/mine", {.load = &load_mine, .draw = &draw_mine, .on_tap = &tap_mine}, resident, Privacy::quiet),
      screen<EntryModel>("booking/entry", {.load = &load_entry, .draw = &draw_entry, .on_tap = &tap_entry, .on_done = &done_entry}, resident, Privacy::quiet),
      screen<SignUpModel>("booking/sign_up", {.load = &load_sign_up, .draw = &draw_sign_up, .on_tap = &tap_sign_up, .on_done = &done_sign_up, .on_open = &open_sign_up}),
      for_role(screen<ListModel>("booking/list", {.load = &load_list, .draw = &draw_list, .on_tap = &tap_list, .on_open = &open_list}), volunteer),
      for_role(screen<WaitingListModel>("booking/waiting_list", {.load = &load_waiting_list, .draw = &draw_waiting_list, .on_tap = &tap_waiting_list, .on_open = &open_waiting_list}), volunteer),
      for_role(screen<SlotsModel>("booking/slots", {.load = &load_slots, .draw = &draw_slots, .on_tap = &tap_slots}), volunteer),
      for_role(screen<SlotEditModel>("booking/slot_edit", {.load = &load_slot_edit, .draw = &draw_slot_edit, .on_tap = &tap_slot_edit, .on_done = &done_slot_edit, .on_open = &open_slot_edit}), clerk),
      for_role(screen<ForSomebodyModel>("booking/for_somebody", {.load = &load_for_somebody, .draw = &draw_for_somebody, .on_tap = &tap_for_somebody, .on_done = &done_for_somebody}), volunteer),
      for_role(screen<SlotCloseModel>("booking/slot_close", {.load = &load_slot_close, .draw = &draw_slot_close, .on_tap = &tap_slot_close, .on_done = &done_slot_close}), clerk),
  };
  parts::HomeTile tile;
  tile.id = "go:booking";
  tile.picture = ui::emoji("🏥");
  tile.label_key = "booking.tile.booking";
  tile.tint = ui::Tint::woman;
  tile.screen = "booking/services";
  tile.order = 40;
  f.tiles = {tile};
  f.staff_tiles = {{"go:slots", ui::emoji("🗓️"), "booking.staff.tile_slots", "booking/slots", {}, volunteer, 40}};
  return f;
}

}  // namespace booking
