// Attendance: who was at a site or a session, since when, until when, and how we know. The page to read first.
//
// A stay begins with a `came` fact and ends with a `went`, `handed_over` or, where it was forgotten, `closed_by_rule` fact; nothing is
// rewritten, a later `undone` or `corrected` fact wins. One kiosk never opens two stays of one person with the same offer; two offline
// kiosks may, and both facts stay. Any thread with its own Reader or Act.
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

namespace attendance {

using StayId = base::Id<struct StayTag>;

// Why we say no. Texts and voice: `attendance.refused.<name>`. Written to traces: add at the end.
enum class Refusal {
  no_right,        // this viewer may not do this for this person
  unknown,         // no such person, stay, activity or offer
  not_here,        // the offer is not one of this site, or not for this person
  site_closed,     // outside the offer's hours on the site's own day
  full,            // the site's seats are all taken; `refused.full` says what else there is
  already_in,      // with this offer; `open_stay` says since when
  not_in,          // there is no open stay to end
  needs_adult,     // a child is fetched by an adult of the list (offer setting `handover`)
  not_on_list,     // this adult may not fetch this child: staff are called
  too_late,        // undo at the kiosk is for the day itself; later staff correct
  session_closed,  // the roll is closed and its class over; a clerk corrects
  session_not_open,
  ends_before_it_began,
  held,            // somebody not on its list wanted to fetch this child: until staff have seen to it, only they hand it over
  too_early,       // a roll is closed after its class has begun
};
[[nodiscard]] std::string_view name(Refusal);

// Settings of an offer of this shape (db/catalogue/offers.toml).
struct Offered {
  std::string code;
  bool open = true;           // residents check in and out themselves; false: roll call of an activity
  bool meal = false;          // a meal is chosen
  bool seats = false;         // counts against the site's seats
  bool handover = false;      // only those on the list may fetch
  bool staff_hours = false;   // the volunteer's own hours come of the session
  std::optional<base::Minutes> opens, closes, forgotten_close;
};
[[nodiscard]] const Offered* offered(std::string_view code);
void take_offers(const village::Catalogue&, std::vector<base::Wrong>&);

// What a deed gives back.
struct Receipt {
  StayId stay;
  village::PersonId person;
  village::OfferCode offer;
  base::Instant at;       // by this kiosk's clock
  base::Uuid fact;        // what an undo corrects
  bool left = false;      // this was the way out
  bool operator==(const Receipt&) const = default;
};

// --- deeds
struct CheckIn {
  village::PersonId person;
  village::OfferCode offer;
  std::string meal;       // code of the dish, or empty: not chosen
};
// Opens a stay now. Residents for themselves (face is enough), staff for anyone.
//   not_here, site_closed, full, already_in, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> check_in(store::Act&, const CheckIn&);
// Ends the open stay. needs_adult: the offer hands children over.  not_in, no_right
[[nodiscard]] std::expected<Receipt, Refusal> check_out(store::Act&, village::PersonId, const village::OfferCode&);
// "Wrong one": takes back what the receipt said, by a correcting fact. The person themselves (or whoever stood there, `at_once`: within
// ten minutes on this kiosk) on the day itself.  too_late, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> undo(store::Act&, const Receipt&);
// The meal of an open stay; may be changed until the stay ends.  not_in, no_right
[[nodiscard]] std::expected<Receipt, Refusal> choose_meal(store::Act&, StayId, const std::string& dish);
// A child leaves with an adult of its list. Staff, or the adult known by face at a children's site.
//   held: after a refused fetch that no staff have seen yet, for all but staff.
//   not_on_list: nothing is recorded as leaving; a `refused_fetch` fact is, and an alarm stands until staff saw it.
[[nodiscard]] std::expected<Receipt, Refusal> hand_over(store::Act&, village::PersonId child, village::PersonId adult);
[[nodiscard]] std::expected<Receipt, Refusal> refuse_fetch(store::Act&, village::PersonId child);
// Staff: other times than the facts said. The first facts stay.  ends_before_it_began, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> correct(store::Act&, StayId, base::Instant came, std::optional<base::Instant> went);
// The chore: closes stays of past days and those past their offer's `forgotten_close`, marked so. Same fact on every kiosk.
void close_forgotten(store::Act&);

// Roll call of an activity. Volunteer, clerk, manager.
[[nodiscard]] std::expected<Receipt, Refusal> open_session(store::Act&, village::ActivityId);
[[nodiscard]] std::expected<Receipt, Refusal> mark(store::Act&, village::ActivityId, village::PersonId, bool here);  // session_closed after the class, unless clerk
enum class Absence { leave, not_seen, phoned };  // asked off, nobody knows, telephoned. Stored: add at the end.
[[nodiscard]] std::string_view name(Absence);
[[nodiscard]] std::expected<Receipt, Refusal> note_absence(store::Act&, village::ActivityId, village::PersonId, Absence);
[[nodiscard]] std::expected<Receipt, Refusal> close_session(store::Act&, village::ActivityId);  // hours of who led it; too_early
[[nodiscard]] std::expected<Receipt, Refusal> expect(store::Act&, village::ActivityId, village::PersonId, bool expected);  // clockwork: who signed up

// --- queries
struct Stay {
  StayId id;
  village::PersonId person;
  village::SiteId site;
  village::OfferCode offer;
  std::optional<village::ActivityId> activity;
  base::Day day;
  base::Instant came;
  std::optional<base::Instant> went;
  std::string meal;
  std::string closed_by;  // person, staff, rule, carer; empty while open
  std::optional<village::PersonId> fetched_by;
  base::Uuid last_fact;
};
// The open stay, if this viewer may see it. One index look-up.
[[nodiscard]] std::optional<Stay> open_stay(const store::Reader&, village::PersonId, const village::OfferCode&);
[[nodiscard]] std::optional<Stay> any_open_stay(const store::Reader&, village::PersonId);
// The newest stay of today at this site, open or ended.
[[nodiscard]] std::optional<Stay> last_stay_today(const store::Reader&, village::PersonId);
[[nodiscard]] std::optional<Stay> stay(const store::Reader&, StayId);
// Whether this person was at this site that day before this stay.
[[nodiscard]] bool came_before(const store::Reader&, const Stay&);
// Staff: who is in at this viewer's site now; who was in today.
[[nodiscard]] std::vector<Stay> here_now(const store::Reader&);
[[nodiscard]] std::vector<Stay> stays_on(const store::Reader&, base::Day);
[[nodiscard]] std::vector<village::PersonId> regulars_missing(const store::Reader&);  // came on most of the last days, not today
struct Seats { int taken = 0; std::optional<int> of; };
[[nodiscard]] Seats seats(const store::Reader&, village::SiteId);  // anyone: a number, no names
// Offers of this shape that residents of these groups can use at this site today.
[[nodiscard]] std::vector<const village::Offer*> open_offers(const store::Reader&, village::PersonId);
// Dishes of the day at this site: setting attendance.dishes, "臊子面,米饭;…" by weekday.
[[nodiscard]] std::vector<std::string> dishes(const store::Reader&, base::Day);

struct RollLine { village::FaceOf face; bool here = false; std::optional<Absence> absent; bool walk_in = false; };
struct Roll {
  village::ActivityId activity;
  bool open = false, closed = false;
  std::vector<RollLine> lines;  // by name
  [[nodiscard]] int here() const;
};
// Staff. Who is expected: those who signed up; where nobody did, the regulars of the site the offer is for; and who was added.
[[nodiscard]] Roll roll(const store::Reader&, village::ActivityId);
// Children still in though their class has ended (setting attendance.late_pickup_min); one that checked in by itself stays until the day's
// last class here is over. Clockwork and staff.
[[nodiscard]] std::vector<Stay> late_pickups(const store::Reader&);
struct RefusedFetch { base::Uuid id; village::PersonId child; base::Instant at; };
[[nodiscard]] std::vector<RefusedFetch> refused_fetches(const store::Reader&);  // not yet seen by staff, today
[[nodiscard]] bool held(const store::Reader&, village::PersonId child);         // there is one for this child
[[nodiscard]] std::expected<Receipt, Refusal> saw_refused_fetch(store::Act&, const base::Uuid&);
// Whole minutes of one person's closed stays in the month; nothing if there is none: not 0. A stay closed by rule counts up to closing time.
[[nodiscard]] std::optional<base::Minutes> time_here(const store::Reader&, village::PersonId, std::chrono::year_month);
// Minutes a staff member gave in the month by sessions they led.
[[nodiscard]] std::optional<base::Minutes> hours_given(const store::Reader&, village::StaffId, std::chrono::year_month);

namespace right {
extern const store::Right check_in, check_out, undo, choose_meal, hand_over, refuse_fetch, correct, open_session, mark, note_absence,
    close_session, expect, see_stay, see_site, see_seats, see_roll, see_alarms, sheets;
}
[[nodiscard]] shapes::Shape shape();

}  // namespace attendance
