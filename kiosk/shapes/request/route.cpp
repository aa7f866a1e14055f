// To whom a request goes: offices of the responsibility matrix, who is on duty, the asker's own helper.
#include "shapes/request/route.h"

#include <algorithm>

namespace request {
namespace {

std::optional<village::PersonId> neighbour_of(const store::Reader& reader, village::PersonId id) {
  const auto asker = village::person(reader, id);
  if (!asker) return std::nullopt;
  if (asker->emergency_contact && *asker->emergency_contact != id) {
    const auto contact = village::face(reader, *asker->emergency_contact);
    const bool here = reader.count("SELECT count(*) FROM village_person WHERE id = ? AND left_on IS NULL", *asker->emergency_contact) > 0;
    if (contact && here) return contact->id;
  }
  if (!asker->group) return std::nullopt;
  // Of the volunteers of the same group, whoever has the fewest errands now; then by name, so that every kiosk asks the same one.
  return reader.one<village::PersonId>(
      "SELECT p.id FROM village_person_tag t JOIN village_person p ON p.id = t.person WHERE t.tag = 'volunteer' AND t.until IS NULL AND p.grp = ?"
      " AND p.id <> ? AND p.left_on IS NULL ORDER BY (SELECT count(*) FROM request_request r WHERE r.helper = p.id AND r.open = 1), p.name, p.id LIMIT 1",
      *asker->group, id);
}

}  // namespace

std::vector<std::string> groups_of(const store::Reader& reader, village::PersonId person) {
  auto groups = village::tags(reader, person);
  for (const auto& ward : village::wards(reader, person))
    for (auto& group : village::tags(reader, ward.child))
      if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(std::move(group));
  return groups;
}

Route route(const store::Reader& reader, const village::Offer& offer, std::optional<village::PersonId> person) {
  Route r;
  const auto groups = person ? groups_of(reader, *person) : std::vector<std::string>{};
  r.outside = person && !offer.offered_to(groups);
  // The group for which it is offered counts; for what is for all, the person's own first group.
  for (const auto& group : groups)
    if (r.group.empty() && group != "volunteer" && std::find(offer.audience.begin(), offer.audience.end(), group) != offer.audience.end()) r.group = group;
  for (const auto& group : groups)
    if (r.group.empty() && group != "volunteer") r.group = group;
  if (r.group.empty()) r.group = "all";
  const auto& catalogue = shapes::catalogue();
  r.lead = catalogue.responsible(r.group, offer.service, "lead", reader.today());
  r.cooperating = catalogue.responsible(r.group, offer.service, "cooperating", reader.today());
  r.implementing = catalogue.responsible(r.group, offer.service, "implementing", reader.today());
  if (const auto staff = village::on_duty(reader, village::SiteId{reader.viewer().site})) r.staff = staff->id;
  if (const auto* o = offered(offer.code); o != nullptr && o->neighbour && person) r.helper = neighbour_of(reader, *person);
  return r;
}

}  // namespace request
