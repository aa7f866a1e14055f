// Folds the facts of one slot, or of one person's place, into its row. The only writing SQL of booking.
#include "shapes/booking/tables.h"

#include <nlohmann/json.hpp>

namespace booking {
namespace {

std::optional<base::Uuid> uuid(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::nullopt : base::Uuid::parse(found->get<std::string>());
}
std::string text(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::string{} : found->get<std::string>();
}
std::int64_t whole(const nlohmann::json& body, const char* field, std::int64_t otherwise = 0) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_number_integer() ? otherwise : found->get<std::int64_t>();
}
bool yes(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found != body.end() && found->is_boolean() && found->get<bool>();
}

}  // namespace

void fold_slot(store::Fold& fold) {
  std::optional<store::Fact> set;
  nlohmann::json last;
  std::string reason;
  bool closed = false;
  for (const auto& f : fold.facts()) {
    const auto body = f.json();
    if (f.kind == "booking.slot_set") {
      set = f;
      last = body;
    } else if (f.kind == "booking.slot_closed") {
      // Closing wins over a setting said elsewhere meanwhile: people have been told not to come.
      closed = true;
      reason = text(body, "reason");
    }
  }
  fold.run("DELETE FROM booking_slot WHERE id = ?", fold.subject());
  base::Day day;
  if (!set || !set->site || !base::parse_day(text(last, "day"), day)) return;
  fold.run(
      "INSERT INTO booking_slot (id, site, offer, day, start_min, end_min, places, by_whom, series, holder, closed, close_reason)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), set->site, set->offer, day, whole(last, "start"), whole(last, "end"), whole(last, "places"), text(last, "by_whom"),
      uuid(last, "series"), uuid(last, "holder").value_or(set->origin), closed, reason);
}

void fold_place(store::Fold& fold) {
  struct {
    std::optional<store::Fact> asked;
    std::optional<base::Uuid> slot, activity;
    State state = State::wished;
    bool transport = false, promoted = false, told = false, handed_over = false;
    std::string reason;
    base::Uuid last;
  } p;
  for (const auto& f : fold.facts()) {
    const auto body = f.json();
    p.last = f.id;
    const bool held = p.state == State::booked || p.state == State::wished || p.state == State::waiting;
    if (f.kind == "booking.booked" || f.kind == "booking.signed_up" || f.kind == "booking.waiting") {
      if (p.asked) continue;
      p.asked = f;
      p.slot = uuid(body, "slot");
      p.activity = uuid(body, "activity");
      p.transport = yes(body, "transport");
      // The one rule of limited places: only who holds them gives them away.
      const bool held_here = uuid(body, "holder").value_or(f.origin) == f.origin;
      p.state = f.kind == "booking.waiting" ? State::waiting : held_here ? State::booked : State::wished;
    } else if (f.kind == "booking.promoted" || f.kind == "booking.granted") {
      if (p.state == State::wished || p.state == State::waiting) {
        // Who waited, or asked where it could not be promised, must hear of it.
        p.promoted = p.state == State::waiting;
        p.told = false;
        p.state = State::booked;
      }
    } else if (f.kind == "booking.queued") {
      if (p.state == State::wished) p.state = State::waiting;
    } else if (f.kind == "booking.declined") {
      if (p.state == State::wished) {
        p.state = State::called_off;
        p.reason = "full";
        p.told = false;
      }
    } else if (f.kind == "booking.cancelled" || f.kind == "booking.left_waiting") {
      if (held) p.state = State::cancelled;
    } else if (f.kind == "booking.moved") {
      if (held) p.state = State::moved;
    } else if (f.kind == "booking.called_off") {
      if (held) {
        p.state = State::called_off;
        p.reason = text(body, "reason");
        p.told = false;
      }
    } else if (f.kind == "booking.retimed") {
      if (held) {
        p.reason = retimed;
        p.told = false;
      }
    } else if (f.kind == "booking.attended") {
      p.state = State::attended;  // she was there: that wins over a cancelling said elsewhere
    } else if (f.kind == "booking.no_show") {
      if (held || p.state == State::attended || p.state == State::no_show) p.state = State::no_show;
    } else if (f.kind == "booking.unmarked") {
      if (p.state == State::attended || p.state == State::no_show) p.state = State::booked;
    } else if (f.kind == "booking.transport_wished") {
      p.transport = yes(body, "transport");
    } else if (f.kind == "booking.result_handed_over") {
      p.handed_over = true;
    } else if (f.kind == "booking.told") {
      p.told = true;
    }
  }
  fold.run("DELETE FROM booking_place WHERE id = ?", fold.subject());
  if (!p.asked || !p.asked->person || !p.asked->site) return;
  fold.run(
      "INSERT INTO booking_place (id, person, site, offer, slot, activity, state, asked_turn, asked_origin, asked_at, transport, promoted, told,"
      " handed_over, reason, last_fact) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), p.asked->person, p.asked->site, p.asked->offer, p.slot, p.activity, name(p.state), p.asked->turn, p.asked->origin,
      p.asked->at, p.transport, p.promoted, p.told, p.handed_over, p.reason, p.last);
}

}  // namespace booking
