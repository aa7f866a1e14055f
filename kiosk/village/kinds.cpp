#include "village/kinds.h"

#include "store/clock_set.h"
#include "village/places.h"

namespace village {

std::vector<store::FactKind> fact_kinds() {
  using store::Class;
  return {
      {kind::village_set, 1, Class::union_, fold::village},
      {kind::group_set, 1, Class::union_, fold::group},
      {kind::site_set, 1, Class::union_, fold::site},
      {kind::household_set, 1, Class::union_, fold::household},
      {kind::person_set, 1, Class::union_, fold::person},
      {kind::carer_set, 1, Class::union_, fold::carer},
      {kind::card_given, 1, Class::union_, fold::card},
      {kind::card_lost, 1, Class::union_, fold::card},
      {kind::secret_given, 1, Class::union_, fold::secret},
      {kind::consented, 1, Class::union_, fold::consent},
      {kind::staff_set, 1, Class::union_, fold::staff},
      {kind::staff_key_set, 1, Class::union_, fold::staff},
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
