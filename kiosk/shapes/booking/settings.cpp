// What an offer of booking says in the catalogue.
#include "shapes/booking/booking.h"
#include "shapes/offered.h"

#include <algorithm>

namespace booking {
namespace {
shapes::OfferedBy<Offered>& offers() {
  static shapes::OfferedBy<Offered> all("booking");
  return all;
}

std::optional<int> years(village::SettingsReader& settings, std::string_view key) {
  const auto value = settings.integer(key, std::int64_t{0}, std::int64_t{120});
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}
}  // namespace

const Offered* offered(std::string_view code) { return offers().find(code); }

const Offered& rules_of(const village::Activity& activity) {
  static const Offered anybody = [] {
    Offered o;
    o.slots = false;
    o.waiting_list = true;
    o.cancel_until_h = 1;
    return o;
  }();
  if (const auto* own = offered(activity.offer); own != nullptr && !own->slots) return *own;
  const auto* offer = shapes::catalogue().offer(activity.offer);
  if (offer == nullptr) return anybody;
  for (const auto* other : shapes::catalogue().offers_of_service(offer->service))
    if (const auto* o = offered(other->code); o != nullptr && !o->slots) return *o;
  return anybody;
}

void take_offers(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong) {
  offers().take(catalogue, wrong, [&](Offered& o, village::SettingsReader& settings, const village::Offer& offer) {
    o.discreet = offer.discreet;
    o.slots = settings.one_of("way", {"slots", "activity"}) == "slots";
    o.sex = settings.one_of("sex", {"any", "female", "male"}, "any");
    o.age_min = years(settings, "age_min");
    o.age_max = years(settings, "age_max");
    if (const auto months = settings.integer("interval_months", std::int64_t{1}, std::int64_t{240})) o.interval_months = static_cast<int>(*months);
    o.consent = settings.text("consent");
    o.consent_version = static_cast<int>(settings.integer("consent_version", std::int64_t{0}, std::int64_t{1}, std::int64_t{999}));
    const auto known = settings.one_of("known", {"face", "card", "secret"}, "face");
    o.known = known == "secret" ? store::Known::secret : known == "card" ? store::Known::card : store::Known::face;
    o.transport = settings.boolean("transport", false);
    o.waiting_list = settings.boolean("waiting_list", false);
    o.cancel_until_h = static_cast<int>(settings.integer("cancel_until_h", std::int64_t{0}, std::int64_t{0}, std::int64_t{336}));
    o.bring = settings.text("bring");
    o.bring_early = settings.text("bring_early");
    if (o.age_min && o.age_max && *o.age_min > *o.age_max) settings.complain("age_max", "age_max is below age_min");
    if (!o.consent.empty() && catalogue.consent(o.consent, o.consent_version) == nullptr)
      settings.complain("consent", "no consent `" + o.consent + "` of version " + std::to_string(o.consent_version) + " in consents.toml");
    if (o.consent.empty() && o.consent_version != 0) settings.complain("consent_version", "a version of no consent: name the consent");
    if (o.discreet && o.known == store::Known::face) settings.complain("known", "a private offer asks for the card or the secret, not the face");
    if (!o.slots && o.interval_months) settings.complain("interval_months", "an interval is for slots; an activity is joined each time");
    if (!o.slots && o.transport) settings.complain("transport", "transport is for slots");
  });
}

}  // namespace booking
