// The screens of booking: their models, and load, draw, on_tap, on_done. Plain, so that tests build a model and look at what is drawn.
//
// Models hold words already put together and pictures. A screen of the resident's journey that names a service is quiet (nothing of it on
// the loudspeaker); the sentences that are spoken over it name days and times, never what for.
#pragma once

#include "parts/identify.h"
#include "parts/patterns.h"
#include "parts/screen.h"
#include "shapes/booking/booking.h"

namespace booking {

// What the journey has chosen.
struct Choice {
  std::optional<village::PersonId> person;  // a guardian's child; none: whoever the session knows
  village::OfferCode offer;
  std::optional<BookingId> moving;          // instead of a new one
  std::optional<SlotId> moved_from;
  bool transport = false;
  std::optional<village::ActivityId> at_once;  // sign up as soon as it is known who
  std::string doing;                        // which deed on_done follows
};
[[nodiscard]] village::PersonId who(const parts::Draft&);

// --- booking/services: what the person can book. One alone is not asked about.
struct ServicesModel {
  struct Item { std::string id, label, sub; ui::Picture picture; ui::Tint tint = ui::Tint::neutral; village::OfferCode offer; std::optional<village::PersonId> person; };
  store::Known needed = store::Known::face;
  bool known = false;
  std::vector<Item> items;
  int mine = 0;
  bool unsure = false;             // the clock does not know the day
  std::vector<std::string> notes;  // from when on what was done lately can be booked again
};
[[nodiscard]] ServicesModel load_services(const parts::Ask&);
void draw_services(ui::Ui&, const ServicesModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_services(parts::Draft&, const ServicesModel&);
[[nodiscard]] parts::Next tap_services(parts::Draft&, const ServicesModel&, const parts::Tap&);

// --- booking/day: key <offer>
struct DayModel {
  struct Line { base::Day day; std::string word, solar; ui::Leaf leaf; int left = 0, places = 0; };
  village::OfferCode offer;
  ui::Picture picture;  // harmless while the offer is discreet
  ui::Tint tint = ui::Tint::neutral;
  std::vector<Line> days;
};
[[nodiscard]] DayModel load_day(const parts::Ask&);
void draw_day(ui::Ui&, const DayModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_day(parts::Draft&, const DayModel&, const parts::Tap&);

// --- booking/slot: key <offer>/<day>
struct SlotModel {
  struct Line { SlotId id; std::string time, sub; ui::Picture picture; int left = 0, places = 0; std::string say; };
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  std::string day_word;
  std::vector<Line> slots;
  bool transport = false;      // the offer has it
  bool needs_consent = false;  // not yet given in this version
  bool discreet = false;
  village::OfferCode offer;
  std::string consent_key, consent_text;
};
[[nodiscard]] SlotModel load_slot(const parts::Ask&);
void draw_slot(ui::Ui&, const SlotModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_slot(parts::Draft&, const SlotModel&, const parts::Tap&);

// --- booking/consent: key <slot>
struct ConsentModel { village::OfferCode offer; std::string text, version, slot; ui::Picture picture; bool discreet = false; std::string confirm_say_key, confirm_say; };
[[nodiscard]] ConsentModel load_consent(const parts::Ask&);
void draw_consent(ui::Ui&, const ConsentModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_consent(parts::Draft&, const ConsentModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_consent(parts::Draft&, const ConsentModel&, const std::any&);

// --- booking/confirm: one card that shows what will happen. Key <slot>.
struct ConfirmModel {
  std::optional<SlotId> slot;
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  ui::Leaf leaf;
  std::string when, what;
  std::vector<std::string> lines;
  bool full = false, moving = false;
  std::string say_key, say_text;
};
[[nodiscard]] ConfirmModel load_confirm(const parts::Ask&);
void draw_confirm(ui::Ui&, const ConfirmModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_confirm(parts::Draft&, const ConfirmModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_confirm(parts::Draft&, const ConfirmModel&, const std::any&);

// --- booking/booked, booking/waiting, booking/cancelled: receipts. Key <booking>.
struct BookedModel {
  std::optional<Booking> booking;
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  std::string what, when, day, time;
  std::string where_whom;  // of an activity: the room, and whose place it is
};
[[nodiscard]] BookedModel load_booked(const parts::Ask&);
void draw_booked(ui::Ui&, const BookedModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_booked(parts::Draft&, const BookedModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_booked(parts::Draft&, const BookedModel&, const std::any&);
void draw_cancelled(ui::Ui&, const BookedModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_cancelled(parts::Draft&, const BookedModel&, const parts::Tap&);

// --- booking/mine and booking/entry (key <booking>): what is booked; move it, cancel it.
struct MineModel {
  struct Line { BookingId id; std::string label, sub; ui::Picture picture; ui::Tint tint = ui::Tint::neutral; bool over = false; };
  std::vector<Line> lines;
};
[[nodiscard]] MineModel load_mine(const parts::Ask&);
void draw_mine(ui::Ui&, const MineModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_mine(parts::Draft&, const MineModel&, const parts::Tap&);
struct EntryModel {
  std::optional<Booking> booking;
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  ui::Leaf leaf;
  std::string what, when;
  std::vector<std::string> lines;
  bool may_cancel = false, may_move = false, transport_offered = false;
  std::string say_key, say_text;
};
[[nodiscard]] EntryModel load_entry(const parts::Ask&);
void draw_entry(ui::Ui&, const EntryModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_entry(parts::Draft&, const EntryModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_entry(parts::Draft&, const EntryModel&, const std::any&);

// --- booking/sign_up: an activity; key <activity>
struct SignUpModel {
  enum class Stand { open, full, in, waiting, cancelled, just_come, gone };
  std::optional<village::ActivityId> activity;
  std::optional<BookingId> booking;  // one's own
  ui::Picture picture;
  ui::Tint tint = ui::Tint::neutral;
  ui::Leaf leaf;
  std::string name, when, place, day, time;
  int left = 0, places = 0;
  Stand stand = Stand::open;
  store::Known needed = store::Known::face;
};
[[nodiscard]] SignUpModel load_sign_up(const parts::Ask&);
void draw_sign_up(ui::Ui&, const SignUpModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_sign_up(parts::Draft&, const SignUpModel&);
[[nodiscard]] parts::Next tap_sign_up(parts::Draft&, const SignUpModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_sign_up(parts::Draft&, const SignUpModel&, const std::any&);

// --- staff: booking/list (key a day, or empty: today)
struct ListModel {
  base::Day day;
  std::string title_right;
  int count = 0;
  std::vector<ui::Row> rows;
};
[[nodiscard]] ListModel load_list(const parts::Ask&);
[[nodiscard]] parts::Next open_list(parts::Draft&, const ListModel&);
void draw_list(ui::Ui&, const ListModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_list(parts::Draft&, const ListModel&, const parts::Tap&);

// --- booking/waiting_list: who is to be told, who waits
struct WaitingListModel { std::vector<ui::Row> rows; };
[[nodiscard]] WaitingListModel load_waiting_list(const parts::Ask&);
[[nodiscard]] parts::Next open_waiting_list(parts::Draft&, const WaitingListModel&);
void draw_waiting_list(ui::Ui&, const WaitingListModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_waiting_list(parts::Draft&, const WaitingListModel&, const parts::Tap&);

// --- booking/slots, booking/slot_edit (key <slot>, or empty: a new one), booking/slot_close (key <slot>)
struct SlotsModel { std::vector<ui::Row> rows; bool may_set = false; };
[[nodiscard]] SlotsModel load_slots(const parts::Ask&);
void draw_slots(ui::Ui&, const SlotsModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_slots(parts::Draft&, const SlotsModel&, const parts::Tap&);

struct SlotDraft { int offer = 0, day = 1, start = 9 * 60, length = 60, places = 5, weeks = 0, by_whom = 0; };
struct SlotEditModel {
  village::SiteId site;
  base::Day today;
  std::vector<std::pair<village::OfferCode, std::string>> offers;  // code, words
  std::vector<std::string> by_whom;                                // the first is nobody named
  std::optional<Slot> now;                                         // one that is there already
};
[[nodiscard]] parts::Next open_slot_edit(parts::Draft&, const SlotEditModel&);
[[nodiscard]] SlotEditModel load_slot_edit(const parts::Ask&);
void draw_slot_edit(ui::Ui&, const SlotEditModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_slot_edit(parts::Draft&, const SlotEditModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_slot_edit(parts::Draft&, const SlotEditModel&, const std::any&);

struct SlotCloseModel { std::optional<SlotId> slot; std::string what, when, line; std::string reason; };
[[nodiscard]] SlotCloseModel load_slot_close(const parts::Ask&);
void draw_slot_close(ui::Ui&, const SlotCloseModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_slot_close(parts::Draft&, const SlotCloseModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_slot_close(parts::Draft&, const SlotCloseModel&, const std::any&);

// --- booking/for_somebody: staff book for who telephones or stands beside them. Key <slot>; the person was picked. One card, one yes.
struct ForSomebodyModel {
  std::optional<SlotId> slot;
  std::optional<village::PersonId> person;
  ui::Picture face;
  std::string name, when, what, consent;  // consent: to be read out, where it is needed and not given yet
  std::vector<std::string> lines;
  bool full = false;
};
[[nodiscard]] ForSomebodyModel load_for_somebody(const parts::Ask&);
void draw_for_somebody(ui::Ui&, const ForSomebodyModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_for_somebody(parts::Draft&, const ForSomebodyModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_for_somebody(parts::Draft&, const ForSomebodyModel&, const std::any&);

// --- words and pictures that several of them need (common.cpp)
[[nodiscard]] ui::Picture picture_of(const village::OfferCode&, bool identified);
[[nodiscard]] ui::Tint tint_of(const village::OfferCode&);
[[nodiscard]] std::string what_of(const base::Words&, const Booking&);
[[nodiscard]] ui::Picture picture_of(const store::Reader&, const Booking&);
// The room of an activity, with its house's name where that is another than this one.
[[nodiscard]] std::string room_of(const parts::Ask&, village::SiteId, const std::string& place);
[[nodiscard]] std::string when_of(const base::Words&, base::Day, base::Minutes, base::Day today);
[[nodiscard]] std::string when_short(const base::Words&, base::Day, base::Minutes, base::Day today);  // without the weekday of a far day
// A page of wide cards with arrows at the side (portrait: at the foot); `one` draws the i-th.
void paged(ui::Ui&, ui::Rect area, std::string_view list, const parts::Draft&, int n, int columns, int rows, const std::function<void(ui::Rect, int)>& one);
void nothing(ui::Ui&, ui::Rect area, const std::string& text);
// The sentence about a slot or activity, spoken over a quiet screen.
[[nodiscard]] std::string sentence(const base::Words&, std::string_view key, base::Day, base::Minutes, base::Day today);
// Buttons at the right of a landscape glass, at the foot of a portrait one; what is left of the area comes back.
[[nodiscard]] ui::Rect beside(ui::Ui&, ui::Rect area, std::initializer_list<ui::Card> buttons);
// A raised panel: leaf or picture, a bold line, then lines under it.
void telling(ui::Ui&, ui::Rect area, const ui::Picture&, const std::optional<ui::Leaf>&, ui::Tint, const std::string& headline, const std::vector<std::string>& lines);
[[nodiscard]] ui::Card yes_card(std::string label);
[[nodiscard]] ui::Card no_card(std::string label);

}  // namespace booking
