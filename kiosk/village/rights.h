// Who may do what with the village's entries: one constant a deed or query, and the table of all of them (`village::rights`).
#pragma once

#include "store/viewer.h"

namespace village::right {

using store::Known;
using store::Right;

// --- people. The kiosk itself (chores, reactions, import, the demo) may write entries; a volunteer only what a class cannot wait for.
inline constexpr Right save_person{.name = "village.save_person", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right erase_person{.name = "village.erase_person", .manager = true, .clockwork = true};  // by itself only where retention.erase_alone says so
inline constexpr Right add_walk_in{.name = "village.add_walk_in", .volunteer = true, .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right come_new{.name = "village.come_new", .anyone = true};  // people.new_a_day limits it
inline constexpr Right save_household{.name = "village.save_household", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right save_carer{.name = "village.save_carer", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right give_card{.name = "village.give_card", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right report_card_lost{.name = "village.report_card_lost", .volunteer = true, .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right give_secret{.name = "village.give_secret", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right check_secret{.name = "village.check_secret", .anyone = true};
inline constexpr Right record_consent{
    .name = "village.record_consent", .resident = Known::face, .volunteer = true, .clerk = true, .manager = true, .clockwork = true};

inline constexpr Right see_person{
    .name = "village.see_person", .resident = Known::face, .volunteer = true, .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right see_face{.name = "village.see_face", .anyone = true};                    // where people.faces is on
inline constexpr Right see_face_always{.name = "village.see_face_always", .resident = Known::face, .volunteer = true, .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right by_phone_tail{.name = "village.by_phone_tail", .anyone = true};
inline constexpr Right by_card{.name = "village.by_card", .anyone = true};
inline constexpr Right find{.name = "village.find", .volunteer = true, .clerk = true, .manager = true};
inline constexpr Right see_cards{.name = "village.see_cards", .volunteer = true, .clerk = true, .manager = true};
inline constexpr Right see_fetchers{.name = "village.see_fetchers", .anyone = true};            // who may fetch a child: the hand-over screen
inline constexpr Right see_households{.name = "village.see_households", .volunteer = true, .clerk = true, .manager = true, .clockwork = true};

// --- places, staff, duty, settings
inline constexpr Right save_place{.name = "village.save_place", .manager = true, .clockwork = true};
inline constexpr Right save_staff{.name = "village.save_staff", .manager = true, .clockwork = true};
inline constexpr Right see_all_staff{.name = "village.see_all_staff", .manager = true, .clockwork = true};
inline constexpr Right sign_in{.name = "village.sign_in", .anyone = true};
inline constexpr Right see_staff{.name = "village.see_staff", .anyone = true};
inline constexpr Right save_duty{.name = "village.save_duty", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right save_setting{.name = "village.save_setting", .manager = true, .clockwork = true};
inline constexpr Right see_places{.name = "village.see_places", .anyone = true};

// Disputes, rights, mood, results of screening: sealed for those who may (village/keys.h), and opened with their card and PIN alone.
inline constexpr Right read_sealed{.name = "village.read_sealed", .clerk = true, .manager = true};

// What the time is, where the machine does not know it: whoever of staff stands before it has a watch.
inline constexpr Right set_clock{.name = "village.set_clock", .volunteer = true, .clerk = true, .manager = true};
// Before what was said here: the clock had been set wrong.
inline constexpr Right set_clock_back{.name = "village.set_clock_back", .clerk = true, .manager = true};

// --- activities
inline constexpr Right save_activity{.name = "village.save_activity", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right cancel_activity{.name = "village.cancel_activity", .clerk = true, .manager = true, .clockwork = true};
inline constexpr Right see_activities{.name = "village.see_activities", .anyone = true};

}  // namespace village::right
