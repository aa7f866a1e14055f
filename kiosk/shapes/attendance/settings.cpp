// What an offer of attendance says in the catalogue.
#include "shapes/attendance/attendance.h"
#include "shapes/offered.h"

namespace attendance {
namespace {
shapes::OfferedBy<Offered>& offers() {
  static shapes::OfferedBy<Offered> all("attendance");
  return all;
}
}  // namespace

const Offered* offered(std::string_view code) { return offers().find(code); }

void take_offers(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong) {
  offers().take(catalogue, wrong, [](Offered& o, village::SettingsReader& settings, const village::Offer&) {
    o.open = settings.one_of("way", {"open", "session"}) == "open";
    o.meal = settings.boolean("meal", false);
    o.seats = settings.boolean("seats", false);
    o.handover = settings.boolean("handover", false);
    o.staff_hours = settings.boolean("staff_hours", false);
    o.opens = settings.minutes_of_day("opens");
    o.closes = settings.minutes_of_day("closes");
    o.forgotten_close = settings.minutes_of_day("forgotten_close");
    if (o.opens && o.closes && *o.opens >= *o.closes) settings.complain("closes", "closes before it opens");
    if (o.closes && o.forgotten_close && *o.forgotten_close < *o.closes) settings.complain("forgotten_close", "forgotten stays cannot be closed before closing time");
    if (o.handover && o.forgotten_close) settings.complain("forgotten_close", "a child that must be handed over is never closed by the clock");
    if (!o.open && (o.meal || o.seats)) settings.complain("way", "a roll call has no meal and no seats of its own");
  });
}

}  // namespace attendance
