// What booking brings to the house: one table.
#include "base/almanac.h"
#include "shapes/booking/tables.h"
#include "village/clock.h"

#include <algorithm>

namespace booking {
namespace {

std::optional<shapes::Figure::Value> today(const store::Reader& reader) {
  if (!reader.may(right::see_list)) return std::nullopt;
  // Counted from the slots, so that volunteers have the same number as everybody.
  shapes::Figure::Value v;
  v.now = static_cast<int>(reader.count(
      "SELECT (SELECT count(*) FROM booking_slot s JOIN booking_place p ON p.slot = s.id WHERE s.site = ? AND s.day = ? AND s.closed = 0"
      " AND p.state IN ('booked', 'attended', 'no_show', 'wished'))"
      " + (SELECT count(*) FROM village_activity a JOIN booking_place p ON p.activity = a.id WHERE a.site = ? AND a.day = ? AND a.cancelled = 0"
      " AND p.state IN ('booked', 'attended', 'no_show', 'wished'))",
      reader.viewer().site, reader.today(), reader.viewer().site, reader.today()));
  return v;
}

std::optional<int> left_in(const store::Reader& reader, village::ActivityId activity) {
  const auto places = places_of(reader, activity);
  return places.of ? std::optional(std::max(0, *places.of - places.taken)) : std::nullopt;
}

std::optional<shapes::Figure::Value> waiting_or_to_tell(const store::Reader& reader) {
  if (!reader.may(right::see_list)) return std::nullopt;
  const auto calls = static_cast<int>(to_tell(reader).size());
  const auto wait = static_cast<int>(waiting(reader).size());
  if (wait + calls == 0) return std::nullopt;
  return shapes::Figure::Value{wait + calls, {}, calls};
}

bool holds(const store::Reader& reader, village::PersonId person) {
  return std::ranges::any_of(mine(reader, person), [](const Booking& b) { return b.ahead(); });
}

void about(const store::Reader& reader, village::PersonId person, const base::Words& words, std::vector<shapes::About>& lines) {
  for (const auto& b : mine(reader, person)) {
    const auto* o = offered(b.offer);
    const auto* offer = shapes::catalogue().offer(b.offer);
    const auto when = base::day_text(words, village::today_said(reader), b.day) + " " +
                      base::clock_words(words, static_cast<int>(b.start.count() / 60), static_cast<int>(b.start.count() % 60));
    shapes::About line;
    line.picture = offer != nullptr ? offer->shown_picture(true) : "🏥";
    if (b.activity)
      if (const auto a = village::activity(reader, *b.activity); a && !a->picture.empty()) line.picture = a->picture;
    line.line = !b.what.empty() ? b.what : offer != nullptr ? words.text(offer->label_key(true)) : words.text("booking.something");
    line.sub = b.state == State::booked ? when : words.text("booking.about." + std::string(name(b.state)), {{"when", when}});
    if (b.activity && !b.place.empty()) line.sub += " · " + b.place;
    line.screen = "booking/entry";
    line.key = b.id.text();
    line.is_private = o != nullptr && o->discreet;
    lines.push_back(std::move(line));
  }
}

store::FactKind place(std::string_view kind, store::Class cls) { return {kind, 1, cls, &fold_place}; }

}  // namespace

shapes::Shape shape() {
  using store::Class;
  shapes::Shape s;
  s.name = "booking";
  s.facts = {
      {"booking.slot_set", 1, Class::rights, &fold_slot},
      {"booking.slot_closed", 1, Class::union_, &fold_slot},
      place("booking.booked", Class::rights),
      place("booking.signed_up", Class::rights),
      place("booking.waiting", Class::union_),
      place("booking.promoted", Class::rights),
      place("booking.granted", Class::once),
      place("booking.queued", Class::once),
      place("booking.declined", Class::once),
      place("booking.cancelled", Class::union_),
      place("booking.left_waiting", Class::union_),
      place("booking.moved", Class::union_),
      place("booking.called_off", Class::union_),
      place("booking.retimed", Class::union_),
      place("booking.attended", Class::union_),
      place("booking.no_show", Class::union_),
      place("booking.unmarked", Class::union_),
      place("booking.transport_wished", Class::union_),
      place("booking.result_handed_over", Class::union_),
      place("booking.told", Class::union_),
  };
  s.rights = {right::set_slot, right::close_slot, right::book, right::cancel, right::move, right::wish_transport, right::sign_up, right::call_off, right::mark,
              right::hand_over_result, right::tell, right::settle, right::see_slots, right::see_discreet, right::see_own, right::see_list, right::see_places, right::sheets};
  s.take_offers = &take_offers;
  s.chores = {{"booking.settle", base::Minutes{1}, &settle}};
  s.sheets = sheets();
  s.places_left = &left_in;
  s.figures = {{"today", "🏥", "booking/list", 40, &today}, {"waiting", "☎️", "booking/waiting_list", 41, &waiting_or_to_tell}};
  s.about = &about;
  s.holds = &holds;
  s.demo_day = &demo_day;
  s.demo_ahead = &demo_ahead;
  return s;
}

}  // namespace booking
