// The folds of booking and what its own files share. Not for others.
#pragma once

#include "shapes/booking/booking.h"
#include "store/store.h"

#include <nlohmann/json.hpp>

namespace booking {

void fold_slot(store::Fold&);
void fold_place(store::Fold&);
[[nodiscard]] std::vector<shapes::Sheet> sheets();
void demo_day(shapes::Demo&, base::Day);
void demo_ahead(shapes::Demo&);

// A slot or an activity, as far as giving places away is concerned.
struct Limited {
  std::optional<SlotId> slot;
  std::optional<village::ActivityId> activity;
  village::SiteId site;
  village::OfferCode offer;
  base::Uuid holder;
  std::optional<int> places;
  base::Instant begins, ends;
};
// Without asking for rights: for deeds that have asked. Nothing when there is none.
[[nodiscard]] std::optional<Limited> limited(const store::Reader&, SlotId);
[[nodiscard]] std::optional<Limited> limited(const store::Reader&, const village::Activity&);
[[nodiscard]] int taken(const store::Reader&, const Limited&);
[[nodiscard]] std::optional<Booking> booking_unasked(const store::Reader&, BookingId);
// Gives free places to those who wait, first asked first. At the holder alone; elsewhere its chore does it.
void promote(store::Act&, const Limited&);
// Against a person's eligibility alone: sex, age, group, interval. `strict`: unknown age or sex is a no.
[[nodiscard]] std::optional<Refusal> not_eligible(const store::Reader&, village::PersonId, const Offered&, base::Day, bool strict);
[[nodiscard]] std::optional<base::Day> next_after_last(const store::Reader&, village::PersonId, const Offered&);
[[nodiscard]] bool holds_one_ahead(const store::Reader&, village::PersonId, const village::OfferCode&, std::optional<BookingId> but);
// The right, for this person: they themselves, the guardian of a child, or staff.
[[nodiscard]] bool concerns(const store::Reader&, const store::Right&, village::PersonId);
// Whether this viewer may be told what a discreet offer is about, for this person (none: in general).
[[nodiscard]] bool may_know(const store::Reader&, const Offered*, std::optional<village::PersonId>);
[[nodiscard]] nlohmann::json body_of(const Limited&);

}  // namespace booking
