// Booking, waiting, moving and giving back a place in a slot.
#include "shapes/booking/tables.h"

#include <nlohmann/json.hpp>

namespace booking {
namespace {

std::optional<Refusal> may_not(const store::Act& act, const store::Right& right, village::PersonId person, const Offered* o) {
  if (!concerns(act, right, person)) return Refusal::no_right;
  if (o == nullptr) return Refusal::unknown;
  if (o->discreet && act.viewer().role == store::Role::volunteer) return Refusal::no_right;
  if (village::child_alone(act, person)) return Refusal::with_carer;
  if (act.viewer().role == store::Role::none && act.viewer().known < o->known) return Refusal::needs_card;
  return std::nullopt;
}

// Everything but places. `instead`: the booking this one takes the place of.
std::expected<Limited, Refusal> ask(const store::Act& act, const store::Right& right, const Book& in, std::optional<BookingId> instead) {
  const auto l = limited(act, in.slot);
  const auto* o = l ? offered(l->offer) : nullptr;
  if (const auto no = may_not(act, right, in.person, o)) return std::unexpected(*no);
  if (act.count("SELECT closed FROM booking_slot WHERE id = ?", in.slot) != 0) return std::unexpected(Refusal::closed);
  // Staff may still put somebody in who stands at the door.
  if ((act.viewer().is_staff() ? l->ends : l->begins) <= act.now()) return std::unexpected(Refusal::slot_past);
  if (holds_one_ahead(act, in.person, l->offer, instead)) return std::unexpected(Refusal::already_booked);
  if (const auto no = not_eligible(act, in.person, *o, base::day_of(l->begins, act.place()), !act.viewer().is_staff())) return std::unexpected(*no);
  if (!agreed(act, in.person, l->offer)) return std::unexpected(Refusal::no_consent);
  return *l;
}

Receipt say(store::Act& act, std::string_view kind, const Limited& l, const Book& in, std::optional<BookingId> from = {}) {
  const auto* o = offered(l.offer);
  auto body = body_of(l);
  body["holder"] = l.holder.text();
  if (in.transport && o->transport) body["transport"] = true;
  if (!o->consent.empty()) body["consent_version"] = o->consent_version;
  if (from) body["from"] = from->text();
  Receipt r{act.new_id_as<BookingId>(), in.person, l.offer, in.slot, {}, State::booked, {}};
  r.fact = act.append({.kind = kind, .subject = r.booking.value, .person = in.person.value, .offer = l.offer, .site = l.site.value}, body);
  if (const auto b = booking_unasked(act, r.booking)) r.state = b->state;
  return r;
}

// Why this booking cannot be given back now.
std::optional<Refusal> keeps(const store::Reader& reader, const Booking& b) {
  if (!b.ahead()) return Refusal::cancelled;
  const auto begins = base::instant_at(b.day, b.start, reader.place());
  if (begins <= reader.now()) return Refusal::slot_past;
  if (b.state == State::waiting || reader.viewer().role != store::Role::none) return std::nullopt;
  if (reader.now() - b.asked_at <= base::Minutes{reader.setting("booking.undo_min", std::int64_t{10})}) return std::nullopt;
  int hours = 0;
  if (b.activity) {
    if (const auto a = village::activity(reader, *b.activity)) hours = rules_of(*a).cancel_until_h;
  } else if (const auto* o = offered(b.offer)) {
    hours = o->cancel_until_h;
  }
  return begins - reader.now() < std::chrono::hours(hours) ? std::optional(Refusal::too_late) : std::nullopt;
}

std::expected<Booking, Refusal> own(const store::Act& act, const store::Right& right, BookingId id) {
  auto b = booking_unasked(act, id);
  if (!b) return std::unexpected(Refusal::unknown);
  if (!concerns(act, right, b->person)) return std::unexpected(Refusal::no_right);
  const auto* o = offered(b->offer);
  if (o != nullptr)
    if (const auto no = may_not(act, right, b->person, o)) return std::unexpected(*no);
  return std::move(*b);
}

std::optional<Limited> limited_of(const store::Reader& reader, const Booking& b) {
  if (b.slot) return limited(reader, *b.slot);
  const auto a = village::activity(reader, *b.activity);
  return a ? limited(reader, *a) : std::nullopt;
}

}  // namespace

bool agreed(const store::Reader& reader, village::PersonId person, const village::OfferCode& offer) {
  const auto* o = offered(offer);
  return o != nullptr && (o->consent.empty() || village::consent_version(reader, person, o->consent).value_or(0) >= o->consent_version);
}

std::expected<village::PersonId, Refusal> agree(store::Act& act, village::PersonId person, const village::OfferCode& offer, bool read_aloud) {
  const auto* o = offered(offer);
  if (const auto no = may_not(act, right::book, person, o)) return std::unexpected(*no == Refusal::with_carer ? Refusal::needs_guardian : *no);
  if (o->consent.empty()) return std::unexpected(Refusal::unknown);
  if (act.viewer().role == store::Role::none && act.viewer().person == person.value) {
    const auto who = village::person(act, person);
    const auto age = who ? who->age(act.today()) : std::nullopt;
    if (age && *age < act.setting("booking.consent_age", std::int64_t{14}) && !village::guardian_beside(act, person)) return std::unexpected(Refusal::needs_guardian);
  }
  if (!village::record_consent(act, person, o->consent, o->consent_version, read_aloud)) return std::unexpected(Refusal::unknown);
  return person;
}

bool may_cancel(const store::Reader& reader, const Booking& b) { return concerns(reader, right::cancel, b.person) && !keeps(reader, b); }

std::expected<Receipt, Refusal> book(store::Act& act, const Book& in) {
  const auto l = ask(act, right::book, in, {});
  if (!l) return std::unexpected(l.error());
  if (taken(act, *l) >= *l->places) return std::unexpected(Refusal::full);
  return say(act, "booking.booked", *l, in);
}

std::expected<Receipt, Refusal> join_waiting(store::Act& act, const Book& in) {
  const auto l = ask(act, right::book, in, {});
  if (!l) return std::unexpected(l.error());
  if (!offered(l->offer)->waiting_list || taken(act, *l) < *l->places) return std::unexpected(Refusal::no_waiting);
  return say(act, "booking.waiting", *l, in);
}

std::expected<Receipt, Refusal> book_for(store::Act& act, const Book& in, bool agrees) {
  if (!act.viewer().is_staff()) return std::unexpected(Refusal::no_right);
  const auto s = slot(act, in.slot);
  if (!s) return std::unexpected(Refusal::unknown);
  // Whether it can be had at all comes first: nobody is read a consent for a place that is not for her.
  if (!agreed(act, in.person, s->offer)) {
    if (const auto no = against(act, in.person, s->offer, s->day)) return std::unexpected(*no);
    if (!agrees) return std::unexpected(Refusal::no_consent);
    if (const auto yes = agree(act, in.person, s->offer, true); !yes) return std::unexpected(yes.error());
  }
  auto booked = book(act, in);
  return booked || booked.error() != Refusal::full ? booked : join_waiting(act, in);
}

std::expected<Receipt, Refusal> cancel(store::Act& act, BookingId id) {
  const auto b = own(act, right::cancel, id);
  if (!b) return std::unexpected(b.error());
  if (const auto no = keeps(act, *b)) return std::unexpected(*no);
  const auto l = limited_of(act, *b);
  if (!l) return std::unexpected(Refusal::unknown);
  Receipt r{id, b->person, b->offer, b->slot, b->activity, State::cancelled, {}};
  r.fact = act.append({.kind = b->state == State::waiting ? "booking.left_waiting" : "booking.cancelled", .subject = id.value, .person = b->person.value,
                       .offer = b->offer, .site = b->site.value},
                      body_of(*l));
  promote(act, *l);
  return r;
}

std::expected<Receipt, Refusal> leave_waiting(store::Act& act, BookingId id) {
  const auto b = own(act, right::cancel, id);
  if (!b) return std::unexpected(b.error());
  if (b->state != State::waiting) return std::unexpected(Refusal::cancelled);
  return cancel(act, id);
}

std::expected<Receipt, Refusal> move(store::Act& act, BookingId id, SlotId to) {
  const auto b = own(act, right::move, id);
  if (!b) return std::unexpected(b.error());
  if (!b->slot || *b->slot == to) return std::unexpected(b->slot ? Refusal::already_booked : Refusal::unknown);
  if (const auto no = keeps(act, *b)) return std::unexpected(*no);
  const auto from = limited(act, *b->slot);
  const Book in{b->person, to, b->transport};
  const auto l = ask(act, right::move, in, id);
  if (!l) return std::unexpected(l.error());
  if (!from || l->offer != b->offer) return std::unexpected(Refusal::unknown);
  if (taken(act, *l) >= *l->places) return std::unexpected(Refusal::full);
  act.append({.kind = "booking.moved", .subject = id.value, .person = b->person.value, .offer = b->offer, .site = b->site.value}, {{"slot", b->slot->text()}, {"to", to.text()}});
  auto r = say(act, "booking.booked", *l, in, id);
  promote(act, *from);
  return r;
}

std::expected<Receipt, Refusal> wish_transport(store::Act& act, BookingId id, bool wished) {
  const auto b = own(act, right::wish_transport, id);
  if (!b) return std::unexpected(b.error());
  const auto* o = offered(b->offer);
  if (o == nullptr || !o->transport) return std::unexpected(Refusal::unknown);
  if (!b->ahead()) return std::unexpected(Refusal::cancelled);
  Receipt r{id, b->person, b->offer, b->slot, b->activity, b->state, {}};
  r.fact = act.append({.kind = "booking.transport_wished", .subject = id.value, .person = b->person.value, .offer = b->offer, .site = b->site.value}, {{"transport", wished}});
  return r;
}

}  // namespace booking
