#include "village/kinds.h"

#include "store/clock_set.h"
#include "village/places.h"

#include <array>

namespace village {
namespace {

// What says who somebody is, goes under their key (store/person_keys.h). What counts need stays clear: sex, tags, the sites that a person comes to,
// walk-in, the day of leaving; and ids, which lead nowhere once an entry is erased.
constexpr std::array<std::string_view, 10> of_person{"name",      "phone",       "portrait",     "photo",     "called",
                                                     "born",      "household",   "lives_alone",  "party_member", "emergency_contact"};
constexpr std::array<std::string_view, 2> of_household{"phone", "note"};  // under a key of its own, which goes with its last member
constexpr std::array<std::string_view, 1> of_carer{"relation"};
constexpr std::array<std::string_view, 2> of_card{"code", "replaced_by"};
constexpr std::array<std::string_view, 1> of_secret{"hash"};
constexpr std::array<std::string_view, 3> of_staff{"pin", "wrapped_key", "wrapped_sealed_key"};

}  // namespace

std::vector<store::FactKind> fact_kinds() {
  using store::Class;
  return {
      {kind::village_set, 1, Class::union_, fold::village},
      {kind::group_set, 1, Class::union_, fold::group},
      {kind::site_set, 1, Class::union_, fold::site},
      {kind::household_set, 1, Class::union_, fold::household, of_household, true},
      {kind::household_erased, 1, Class::union_, fold::household, {}, true, true},
      {kind::person_set, 1, Class::union_, fold::person, of_person, true},
      {kind::person_erased, 1, Class::union_, fold::person, {}, true, true},
      {kind::carer_set, 1, Class::union_, fold::carer, of_carer},
      {kind::card_given, 1, Class::union_, fold::card, of_card},
      {kind::card_lost, 1, Class::union_, fold::card, of_card},
      {kind::secret_given, 1, Class::union_, fold::secret, of_secret},
      {kind::consented, 1, Class::union_, fold::consent},
      {kind::staff_set, 1, Class::union_, fold::staff, of_staff},
      {kind::staff_key_set, 1, Class::union_, fold::staff, of_staff},
      {kind::sealed_handed, 1, Class::union_, nullptr},  // read in the journal alone, by its subject: for which key
      {kind::staff_signed_in, 1, Class::union_, nullptr},  // read in the journal alone: its subject is the sign-in itself
      {kind::person_read, 1, Class::union_, nullptr},
      {kind::sheet_read, 1, Class::union_, nullptr},
      {kind::duty_set, 1, Class::union_, fold::duty},
      {store::clock_set::kind, 1, Class::union_, nullptr},  // the store itself reads it
      {kind::setting_set, 1, Class::union_, fold::setting},
      {kind::activity_set, 1, Class::union_, fold::activity},
      {kind::activity_cancelled, 1, Class::union_, fold::activity},
  };
}

std::string_view name(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_right: return "no_right";
    case Refusal::unknown: return "unknown";
    case Refusal::name_empty: return "name_empty";
    case Refusal::number_taken: return "number_taken";
    case Refusal::weak_pin: return "weak_pin";
    case Refusal::card_unknown: return "card_unknown";
    case Refusal::card_lost: return "card_lost";
    case Refusal::wrong: return "wrong";
    case Refusal::locked: return "locked";
    case Refusal::day_past: return "day_past";
    case Refusal::end_before_start: return "end_before_start";
    case Refusal::out_of_range: return "out_of_range";
    case Refusal::name_odd: return "name_odd";
    case Refusal::phone_odd: return "phone_odd";
    case Refusal::with_carer: return "with_carer";
    case Refusal::own_card: return "own_card";
    case Refusal::is_staff: return "is_staff";
    case Refusal::still_open: return "still_open";
  }
  return "unknown";
}

std::string_view name(Means means) {
  switch (means) {
    case Means::face: return "face";
    case Means::number: return "number";
    case Means::card: return "card";
    case Means::secret: return "secret";
    case Means::staff: return "staff";
    case Means::rule: return "rule";
  }
  return "rule";
}

Means means_of(const store::Viewer& viewer) {
  if (viewer.is_staff()) return Means::staff;
  if (viewer.role == store::Role::clockwork) return Means::rule;
  switch (viewer.known) {
    case store::Known::card: return Means::card;
    case store::Known::secret: return Means::secret;
    case store::Known::nobody:
    case store::Known::face: return Means::face;
  }
  return Means::face;
}

}  // namespace village
