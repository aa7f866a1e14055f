// Booking: a place in something with a limit: a slot that staff open, or an activity of the calendar. The page to read first.
//
// A slot's places belong to the kiosk that opened it (`holder`, an origin): there a booking is a place at once, elsewhere it is a wish
// until the holder's fact arrives. Nothing is rewritten; a result is never stored or shown, only that it was handed over. What an offer
// is about is told to the person themselves at the level the offer asks for (`known`), and to clerk and manager; volunteers see times and
// numbers. Any thread with its own Reader or Act.
#pragma once

#include "base/clock.h"
#include "shapes/shape.h"
#include "store/act.h"
#include "village/places.h"
#include "village/words.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace booking {

using SlotId = base::Id<struct SlotTag>;
using BookingId = base::Id<struct BookingTag>;

// Why we say no. Texts and voice: `booking.refused.<name>`. Written to traces: add at the end.
enum class Refusal {
  no_right,        // this viewer may not do this for this person
  needs_card,      // the offer asks for a card or the secret
  unknown,         // no such person, slot, activity, booking or offer
  full,            // `join_waiting` where the offer has a waiting list
  already_booked,  // this offer has a place (or a wait) ahead; `move` changes it
  too_young,       // full years on the slot's own day
  too_old,
  not_for_you,     // another sex or group, or age and sex are not filled in (staff may still book)
  too_soon,        // since the last one attended; `next_possible` says when
  slot_past,
  too_late,        // within `cancel_until_h` before: staff may
  no_consent,      // not yet given in the version that the offer names
  cancelled,       // the activity was cancelled, or this booking is no longer one
  closed,          // the slot was closed
  wrong_times,     // a slot that ends before it begins, or begins in the past
  too_few,         // fewer places than are already given, or none
  no_waiting,      // the offer has no waiting list, or there are places left: book
  just_come,       // an activity without a limit: no need to sign up
  not_yet,         // attended or not is said on the day, not before
  needs_guardian,  // a child's consent is given by its guardian, or before staff
  too_early,       // nobody has failed to come before it begins
  with_carer,      // a child books with one of its carers beside it, or staff do it
};
[[nodiscard]] std::string_view name(Refusal);

// Settings of an offer of this shape (db/catalogue/offers.toml).
struct Offered {
  std::string code;
  bool slots = true;                    // false: a place in an activity
  std::string sex = "any";              // female, male, any
  std::optional<int> age_min, age_max;  // full years, both included
  std::optional<int> interval_months;   // since the last one attended
  std::string consent;                  // code of consents.toml, or empty
  int consent_version = 0;
  store::Known known = store::Known::face;
  bool discreet = false;                // the catalogue's `private`
  bool transport = false;
  bool waiting_list = false;
  int cancel_until_h = 0;
  std::string bring;                    // text key, or empty
  std::string bring_early;              // instead of it for what begins before 11 o'clock (a stomach that must be empty), or empty
  [[nodiscard]] const std::string& bring_at(base::Minutes start) const { return !bring_early.empty() && start < base::Minutes{11 * 60} ? bring_early : bring; }
};
[[nodiscard]] const Offered* offered(std::string_view code);
void take_offers(const village::Catalogue&, std::vector<base::Wrong>&);
// What an activity's sign-up goes by: its own offer where that is of this shape, else the first of the same service with way "activity",
// else ours: anybody, by face, with a waiting list.
[[nodiscard]] const Offered& rules_of(const village::Activity&);

// Where a booking stands. The word is stored: add at the end.
enum class State { wished, waiting, booked, attended, no_show, cancelled, moved, called_off };
[[nodiscard]] std::string_view name(State);
inline constexpr std::string_view retimed = "retimed";  // stored

// What a deed gives back.
struct Receipt {
  BookingId booking;
  village::PersonId person;
  village::OfferCode offer;
  std::optional<SlotId> slot;
  std::optional<village::ActivityId> activity;
  State state = State::booked;
  base::Uuid fact;
  bool operator==(const Receipt&) const = default;
};

// --- slots (clerk, manager)
struct SlotEdit {
  std::optional<SlotId> id;  // none: a new one
  village::SiteId site;
  village::OfferCode offer;
  base::Day day;
  base::Minutes start{0}, end{0};
  int places = 1;
  std::string by_whom;
  int repeat_weeks = 0;      // 0: once. n: the same weekday for n further weeks, one series
};
// Who edits a slot holds it from then on. Another day or hour: those who booked or wait are on the call list.  wrong_times, too_few, unknown, closed, no_right
[[nodiscard]] std::expected<SlotId, Refusal> set_slot(store::Act&, const SlotEdit&);
// Those who booked or wait are called off: they see it under "mine", staff have them on the call list.  unknown, closed, no_right
[[nodiscard]] std::expected<SlotId, Refusal> close_slot(store::Act&, SlotId, const std::string& reason);

// --- a person's own (or by staff for them; discreet offers: clerk, manager)
struct Book {
  village::PersonId person;
  SlotId slot;
  bool transport = false;  // please fetch me; only where the offer has it
};
// Consent to this offer, in the version it names; before `book`. needs_guardian: the person is younger than `booking.consent_age` (14: Personal
// Information Protection Law, article 31) and stands here alone; the guardian known by card, or staff, may.  needs_card, unknown, no_right
[[nodiscard]] std::expected<village::PersonId, Refusal> agree(store::Act&, village::PersonId, const village::OfferCode&, bool read_aloud);
// Staff for somebody who telephones or stands beside them: the consent, where one is needed, was read out and agreed to (`agrees`); then the
// place, or where none is left the wait. Refusals of agree, book and join_waiting; no_consent where it is needed and not `agrees`.
[[nodiscard]] std::expected<Receipt, Refusal> book_for(store::Act&, const Book&, bool agrees);
// Whether `book` would answer no_consent.
[[nodiscard]] bool agreed(const store::Reader&, village::PersonId, const village::OfferCode&);
// Order of asking: no_right, unknown, needs_card, closed, slot_past, already_booked, not_for_you, too_young, too_old, too_soon, no_consent, full
[[nodiscard]] std::expected<Receipt, Refusal> book(store::Act&, const Book&);
// The same questions, but for a slot that is full.  no_waiting
[[nodiscard]] std::expected<Receipt, Refusal> join_waiting(store::Act&, const Book&);
// Gives the place (or the wait) back; the first who waits gets it in the same transaction. Within `booking.undo_min` (10) of booking
// always, else until `cancel_until_h` before; staff until it begins.  too_late, slot_past, cancelled, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> cancel(store::Act&, BookingId);
[[nodiscard]] std::expected<Receipt, Refusal> leave_waiting(store::Act&, BookingId);  // `cancel` of a wait
// To another slot of the same offer: one goes, one comes, or nothing happens. Refusals of cancel and book.
[[nodiscard]] std::expected<Receipt, Refusal> move(store::Act&, BookingId, SlotId to);
[[nodiscard]] std::expected<Receipt, Refusal> wish_transport(store::Act&, BookingId, bool);

// An activity with places.  unknown, cancelled, slot_past, just_come, already_booked, not_for_you, too_young, too_old, full, no_right
[[nodiscard]] std::expected<Receipt, Refusal> sign_up(store::Act&, village::PersonId, village::ActivityId);
[[nodiscard]] std::expected<Receipt, Refusal> wait_for_activity(store::Act&, village::PersonId, village::ActivityId);
// The reaction to village.activity_cancelled: those who signed up or wait are called off. Gives how many.  Clerk, manager, clockwork.
int activity_cancelled(store::Act&, village::ActivityId);

// --- the day itself (staff; discreet offers: clerk, manager). A later word wins.  not_yet, too_early (no_show), cancelled, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> attended(store::Act&, BookingId);
[[nodiscard]] std::expected<Receipt, Refusal> no_show(store::Act&, BookingId);
[[nodiscard]] std::expected<Receipt, Refusal> unmark(store::Act&, BookingId);
// A result was given to the person, in private, by hand. Only this is kept.  not_yet, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> hand_over_result(store::Act&, BookingId);
// Somebody telephoned: off the call list.
[[nodiscard]] std::expected<Receipt, Refusal> told(store::Act&, BookingId);

// The chore: at the holder, wishes of other kiosks get their places in the order in which they were asked (turn, origin), then those who
// wait. Said as once-facts.
void settle(store::Act&);

// --- queries
struct Slot {
  SlotId id;
  village::SiteId site;
  village::OfferCode offer;  // empty: discreet, and this viewer is not told
  base::Day day;
  base::Minutes start{0}, end{0};
  int places = 0, taken = 0, waiting = 0;
  std::string by_whom;
  bool closed = false;
  std::string close_reason;
  std::optional<base::Uuid> series;
  base::Uuid holder;
  [[nodiscard]] int left() const { return std::max(0, places - taken); }
};
struct Booking {
  BookingId id;
  village::PersonId person;
  village::SiteId site;
  village::OfferCode offer;
  std::optional<SlotId> slot;
  std::optional<village::ActivityId> activity;
  State state = State::booked;
  base::Day day;
  base::Minutes start{0}, end{0};
  std::string what;      // an activity's name; empty for a slot: the offer's label says it
  std::string by_whom, place;
  bool transport = false, promoted = false, told = false, handed_over = false;
  std::string reason;    // why it was called off; `retimed`: it stands, at another time than was booked
  base::Instant asked_at;
  [[nodiscard]] bool ahead() const { return state == State::booked || state == State::wished || state == State::waiting; }
};
struct DayPlaces {
  base::Day day;
  int places = 0, left = 0, waiting = 0;
};
struct Places {
  int taken = 0, waiting = 0;
  std::optional<int> of;
  [[nodiscard]] bool full() const { return of && taken >= *of; }
};

// Offers with slots that this person can use here: shown at this kind of site and to their groups, eligible, nothing ahead yet, and with
// at least one slot in the next `booking.days_ahead` (14) days. Those who ask for a card only where the viewer is known by it.
[[nodiscard]] std::vector<const village::Offer*> offers(const store::Reader&, village::PersonId);
// How surely a person must be known before this site's services may be named: card where one of them is discreet, else face. Anyone.
[[nodiscard]] store::Known level_here(const store::Reader&);
// Why this person cannot have this offer on this day, leaving places aside; nothing when they can. Own person or staff.
[[nodiscard]] std::optional<Refusal> against(const store::Reader&, village::PersonId, const village::OfferCode&, base::Day);
[[nodiscard]] std::optional<base::Day> next_possible(const store::Reader&, village::PersonId, const village::OfferCode&);
// Days that have slots still to begin, in the village of this kiosk; a full one too, where there is a waiting list.
[[nodiscard]] std::vector<DayPlaces> days(const store::Reader&, const village::OfferCode&);
[[nodiscard]] std::vector<Slot> slots(const store::Reader&, const village::OfferCode&, base::Day);
[[nodiscard]] std::optional<Slot> slot(const store::Reader&, SlotId);
[[nodiscard]] std::optional<Booking> booking(const store::Reader&, BookingId);
// What lies ahead for this person, waits too, and what was called off and is not over yet; soonest first.
[[nodiscard]] std::vector<Booking> mine(const store::Reader&, village::PersonId);
[[nodiscard]] Places places_of(const store::Reader&, village::ActivityId);  // anyone: numbers
[[nodiscard]] std::optional<Booking> sign_up_of(const store::Reader&, village::PersonId, village::ActivityId);
// Whether `cancel` and `move` would still be allowed now.
[[nodiscard]] bool may_cancel(const store::Reader&, const Booking&);

// Staff.
[[nodiscard]] std::vector<Slot> slots_on(const store::Reader&, base::Day);               // of this site, closed ones too
[[nodiscard]] std::vector<Slot> slots_ahead(const store::Reader&, int limit = 200);      // of this site, from today on
[[nodiscard]] std::vector<std::string> by_whom_before(const store::Reader&);             // names that slots of this site bore, latest first, six at most
[[nodiscard]] std::vector<Booking> bookings_of(const store::Reader&, SlotId);            // who holds a place, by the queue; discreet: clerk, manager
[[nodiscard]] std::vector<Booking> bookings_of(const store::Reader&, village::ActivityId);
[[nodiscard]] std::vector<Booking> bookings_on(const store::Reader&, base::Day);         // at this site, by time, slots and activities
[[nodiscard]] std::vector<Booking> waiting(const store::Reader&);                        // at this site, ahead, by slot then by the queue
[[nodiscard]] std::vector<Booking> to_tell(const store::Reader&);                        // promoted or called off and not told yet, not over

namespace right {
extern const store::Right set_slot, close_slot, book, cancel, move, wish_transport, sign_up, call_off, mark, hand_over_result, tell, settle,
    see_slots, see_discreet, see_own, see_list, see_places, sheets;
}
[[nodiscard]] shapes::Shape shape();

}  // namespace booking
