// Words of the village that every room uses: who, where, how known.
#pragma once

#include "base/ids.h"
#include "store/viewer.h"

#include <string>

namespace village {

using VillageId = base::Id<struct VillageTag>;
using GroupId = base::Id<struct GroupTag>;  // 组
using HouseholdId = base::Id<struct HouseholdTag>;
using PersonId = base::Id<struct PersonTag>;
using SiteId = base::Id<struct SiteTag>;
using StaffId = base::Id<struct StaffTag>;
using ActivityId = base::Id<struct ActivityTag>;
using DutyId = base::Id<struct DutyTag>;
using SeriesId = base::Id<struct SeriesTag>;
using OfferCode = std::string;  // of db/catalogue/offers.toml

// How a person was recognised; the word in facts. Add at the end.
enum class Means { face, number, card, secret, staff, rule };
[[nodiscard]] std::string_view name(Means);
[[nodiscard]] Means means_of(const store::Viewer&);

}  // namespace village
