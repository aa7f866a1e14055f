// The kinds of fact of the village and the folds that read them. Words here are stored and travel: never change one, add a new one.
#pragma once

#include "store/act.h"

namespace village::kind {
inline constexpr std::string_view person_set = "village.person_set";
inline constexpr std::string_view person_erased = "village.person_erased";
inline constexpr std::string_view household_erased = "village.household_erased";
inline constexpr std::string_view household_set = "village.household_set";
inline constexpr std::string_view group_set = "village.group_set";
inline constexpr std::string_view village_set = "village.village_set";
inline constexpr std::string_view site_set = "village.site_set";
inline constexpr std::string_view staff_set = "village.staff_set";
inline constexpr std::string_view staff_key_set = "village.staff_key_set";
inline constexpr std::string_view sealed_handed = "village.sealed_handed";
inline constexpr std::string_view staff_signed_in = "village.staff_signed_in";
inline constexpr std::string_view duty_set = "village.duty_set";
inline constexpr std::string_view activity_set = "village.activity_set";
inline constexpr std::string_view activity_cancelled = "village.activity_cancelled";
inline constexpr std::string_view carer_set = "village.carer_set";
inline constexpr std::string_view card_given = "village.card_given";
inline constexpr std::string_view card_lost = "village.card_lost";
inline constexpr std::string_view secret_given = "village.secret_given";
inline constexpr std::string_view consented = "village.consented";
inline constexpr std::string_view person_read = "village.person_read";
inline constexpr std::string_view sheet_read = "village.sheet_read";
inline constexpr std::string_view setting_set = "village.setting_set";
}  // namespace village::kind

namespace village::fold {
void person(store::Fold&);      // people.cpp
void household(store::Fold&);   // households.cpp
void carer(store::Fold&);       // carers.cpp
void card(store::Fold&);        // cards.cpp
void secret(store::Fold&);      // secret.cpp
void consent(store::Fold&);     // consents.cpp
void village(store::Fold&);     // sites.cpp
void group(store::Fold&);
void site(store::Fold&);
void staff(store::Fold&);       // staff.cpp
void duty(store::Fold&);        // duty.cpp
void setting(store::Fold&);     // settings.cpp
void activity(store::Fold&);    // activities.cpp
}  // namespace village::fold
