// What an offer of request says in the catalogue.
#include "shapes/offered.h"
#include "shapes/request/request.h"

namespace request {
namespace {
shapes::OfferedBy<Offered>& offers() {
  static shapes::OfferedBy<Offered> all("request");
  return all;
}
}  // namespace

const Offered* offered(std::string_view code) { return offers().find(code); }

void take_offers(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong) {
  offers().take(catalogue, wrong, [](Offered& o, village::SettingsReader& settings, const village::Offer& offer) {
    const auto kind = settings.one_of("kind", {"help", "matter", "confidential", "urgent"});
    for (const auto k : {Kind::help, Kind::matter, Kind::confidential, Kind::urgent})
      if (name(k) == kind) o.kind = k;
    // From one minute to sixty days: longer is a plan, not a request.
    if (!settings.has("due_min")) settings.complain("due_min", "due_min is missing: after how many minutes it is overdue");
    o.due = base::Minutes{settings.integer("due_min", 1440, 1, 86400)};
    o.ask = settings.boolean("ask", o.kind != Kind::urgent);
    o.neighbour = settings.has("matched") && settings.one_of("matched", {"neighbour"}) == "neighbour";
    o.aloud = settings.boolean("aloud", false);
    if (o.kind == Kind::urgent && o.aloud) settings.complain("aloud", "nobody is asked to speak before help is called");
    if (o.kind == Kind::urgent && o.ask) settings.complain("ask", "an urgent call is on every screen and never a tile of the asking page");
    if (o.kind != Kind::help && o.neighbour) settings.complain("matched", "only help is matched to a neighbour");
    if (o.kind == Kind::confidential && !offer.discreet) settings.complain("kind", "a confidential offer needs a private service, so that its words are kept back");
  });
}

}  // namespace request
