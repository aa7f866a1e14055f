// What an offer of notice says in the catalogue.
#include "shapes/notice/notice.h"
#include "shapes/offered.h"

#include <algorithm>

namespace notice {
namespace {
shapes::OfferedBy<Offered>& offers() {
  static shapes::OfferedBy<Offered> all("notice");
  return all;
}
}  // namespace

const Offered* offered(std::string_view code) { return offers().find(code); }

void take_offers(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong) {
  offers().take(catalogue, wrong, [](Offered& o, village::SettingsReader& settings, const village::Offer& offer) {
    o.kind = kind_named(settings.one_of("kind", {"policy", "story", "safety", "jobs"})).value_or(Kind::policy);
    o.audience = settings.texts("audience");
    if (o.audience.empty()) o.audience = offer.audience;
    for (const auto& group : o.audience)
      if (std::ranges::find(village::group_codes(), group) == village::group_codes().end()) settings.complain("audience", "there is no group \"" + group + "\"");
    if (offer.discreet) settings.complain("kind", "what everyone may hear cannot be private");
  });
}

}  // namespace notice
