// What an offer of notice says in the catalogue.
#include "shapes/notice/notice.h"

#include <algorithm>
#include <map>

namespace notice {
namespace {
// Read once at the start, then only read: any thread.
std::map<std::string, Offered, std::less<>>& all() {
  static std::map<std::string, Offered, std::less<>> offers;
  return offers;
}
}  // namespace

const Offered* offered(std::string_view code) {
  const auto found = all().find(code);
  return found == all().end() ? nullptr : &found->second;
}

void take_offers(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong) {
  all().clear();
  for (const auto* offer : catalogue.offers_of_shape("notice")) {
    village::SettingsReader settings(*offer, wrong);
    Offered o;
    o.code = offer->code;
    o.kind = kind_named(settings.one_of("kind", {"policy", "story", "safety", "jobs"})).value_or(Kind::policy);
    o.audience = settings.texts("audience");
    if (o.audience.empty()) o.audience = offer->audience;
    for (const auto& group : o.audience)
      if (std::ranges::find(village::group_codes(), group) == village::group_codes().end()) settings.complain("audience", "there is no group \"" + group + "\"");
    if (offer->discreet) settings.complain("kind", "what everyone may hear cannot be private");
    settings.finish();
    all().emplace(o.code, std::move(o));
  }
}

}  // namespace notice
