#include "village/rights.h"

#include "village/places.h"

namespace village {

std::vector<store::Right> rights() {
  return {right::save_person, right::erase_person, right::add_walk_in, right::come_new, right::save_household, right::save_carer, right::give_card, right::report_card_lost,
          right::give_secret, right::check_secret, right::record_consent, right::see_person, right::see_face, right::see_face_always,
          right::by_phone_tail, right::by_card, right::find, right::see_cards, right::see_fetchers, right::see_households,
          right::save_place, right::save_staff, right::see_all_staff, right::sign_in, right::see_staff, right::save_duty,
          right::save_setting, right::see_places, right::read_sealed, right::set_clock, right::set_clock_back, right::save_activity, right::cancel_activity, right::see_activities};
}

}  // namespace village
