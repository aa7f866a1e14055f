#include "shapes/reactions.h"

#include "shapes/attendance/attendance.h"
#include "shapes/booking/booking.h"
#include "shapes/request/request.h"

namespace shapes {
namespace {

// Whoever holds a place in an activity is on its roll; whoever gave it back is not.
void follow_place(store::Act& act, const store::Fact& fact, bool expected) {
  const auto eyes = act.as(store::Viewer::clockwork(act.viewer().site));
  const auto booking = booking::booking(eyes, booking::BookingId{fact.subject});
  if (booking && booking->activity) (void)attendance::expect(act, *booking->activity, booking->person, expected);
}
// A sign-up at a kiosk that does not hold the places is a wish: nobody expects that person until the place is granted.
void place_given(store::Act& act, const store::Fact& fact) {
  const auto booking = booking::booking(act.as(store::Viewer::clockwork(act.viewer().site)), booking::BookingId{fact.subject});
  if (booking && booking->state == booking::State::booked) follow_place(act, fact, true);
}
void place_gone(store::Act& act, const store::Fact& fact) { follow_place(act, fact, false); }

void activity_cancelled(store::Act& act, const store::Fact& fact) { (void)booking::activity_cancelled(act, village::ActivityId{fact.subject}); }

void person_erased(store::Act& act, const store::Fact& fact) { request::drop_said_of(act, village::PersonId{fact.subject}); }

}  // namespace

std::vector<store::Reaction> reactions() {
  return {
      {"booking.signed_up", &place_given},
      {"booking.promoted", &place_given},
      {"booking.granted", &place_given},
      {"booking.cancelled", &place_gone},
      {"booking.called_off", &place_gone},
      {"village.activity_cancelled", &activity_cancelled},
      {"village.person_erased", &person_erased},
  };
}

}  // namespace shapes
