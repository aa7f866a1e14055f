// Staff: who has booked for a day, who came; who waits and who is to be telephoned.
#include "base/almanac.h"
#include "parts/noted.h"
#include "shapes/booking/screens/screens.h"

#include <map>

namespace booking {
namespace {

constexpr std::string_view list = "booking/list", wait_list = "booking/waiting_list";

ui::Row row_of(const parts::Ask& ask, const Booking& b, bool phone) {
  ui::Row row;
  const auto face = village::face(ask.reader, b.person);
  const auto person = phone ? village::person(ask.reader, b.person) : std::nullopt;
  if (face) row.picture = parts::picture_of(*face);
  row.line = base::hour_minute(b.start) + " " + (face ? face->name : std::string{});
  row.sub = what_of(ask.words, b);
  if (person && !person->phone.empty()) row.sub += " · " + person->phone;
  if (b.transport) row.sub += " · " + ask.words.text("booking.list.transport");
  return row;
}

}  // namespace

ListModel load_list(const parts::Ask& ask) {
  ListModel m;
  const auto today = ask.reader.today();
  if (!base::parse_day(ask.key, m.day)) m.day = today;
  const bool office = ask.session().viewer.role == store::Role::clerk || ask.session().viewer.role == store::Role::manager;
  for (const auto& s : slots_on(ask.reader, m.day)) {
    if (!s.offer.empty() || s.taken == 0) continue;
    ui::Row row;
    row.picture = ui::emoji("🏥");
    row.line = base::hour_minute(s.start) + " " + ask.words.text("booking.list.hidden_slot");
    row.sub = ask.words.text("booking.list.hidden", {{"count", std::to_string(s.taken)}});
    m.count += s.taken;
    m.rows.push_back(std::move(row));
  }
  for (const auto& b : bookings_on(ask.reader, m.day)) {
    auto row = row_of(ask, b, false);
    const auto id = b.id.text();
    // Today what is still open says so by its two buttons.
    if (m.day > today || b.state != State::booked) row.status = ask.words.text("booking.state." + std::string(name(b.state)));
    if (b.state == State::attended) row.status_tint = ui::Tint::hardship;
    if (b.handed_over) row.status = ask.words.text("booking.list.handed_over");
    const auto* o = offered(b.offer);
    if (m.day <= today) {
      if (b.state == State::booked) row.actions = {{"attended:" + id, ask.words.text("booking.list.attended"), true}, {"no_show:" + id, ask.words.text("booking.list.no_show"), false}};
      else if (b.state == State::attended || b.state == State::no_show) {
        if (b.state == State::attended && office && !b.handed_over && o != nullptr && o->discreet)
          row.actions.push_back({"hand_over:" + id, ask.words.text("booking.list.hand_over"), false});
        row.actions.push_back({"unmark:" + id, ask.words.text("booking.list.unmark"), false});
      }
    }
    ++m.count;
    m.rows.push_back(std::move(row));
  }
  m.title_right = m.day == today ? ask.words.text("booking.list.today", {{"count", std::to_string(m.count)}})
                                 : ask.words.text("booking.list.day", {{"day", base::date_text(ask.words, base::date_of(m.day))}, {"count", std::to_string(m.count)}});
  return m;
}

parts::Next open_list(parts::Draft&, const ListModel& m) {
  return parts::note_list("booking.list", base::iso(m.day));
}

void draw_list(ui::Ui& ui, const ListModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.list.title"), {}, m.title_right);
  ui.speak("booking.list.say", ui.words().text("booking.list.say", {{"count", std::to_string(m.count)}}));
  ui::Rect area = ui.reach();
  ui::Rect strip = area.cut_top(20, ui.gap());
  const auto button = [&](ui::Rect r, const char* id, const char* key, const char* drawn) {
    ui::Card c;
    c.id = id;
    c.label = ui.say(key);
    c.picture = ui::drawn(drawn);
    c.main = false;
    ui.button(r, c);
  };
  const auto cells = ui::grid(strip, 2, 1, ui.gap());
  button(cells[0], "day_previous", "booking.list.previous", "arrow_left");
  button(cells[1], "day_next", "booking.list.next", "arrow_right");
  parts::row_page(ui, area, list, draft, m.rows, ui.say("booking.list.none"));
}

parts::Next tap_list(parts::Draft& draft, const ListModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.id == "day_previous" || tap.id == "day_next") {
    draft.of<parts::Pages>().at.erase(std::string(list));
    return parts::Next::replace("booking/list", base::iso(m.day + std::chrono::days(tap.id == "day_next" ? 1 : -1)));
  }
  const auto id = BookingId::parse(tap.arg());
  if (!id) return parts::Next::stay();
  using Deed = std::expected<Receipt, Refusal> (*)(store::Act&, BookingId);
  const std::map<std::string_view, Deed> deeds{{"attended", &attended}, {"no_show", &no_show}, {"unmark", &unmark}, {"hand_over", &hand_over_result}};
  const auto deed = deeds.find(tap.verb());
  if (deed == deeds.end()) return parts::Next::stay();
  return parts::Next::run([f = deed->second, b = *id](store::Act& act) { return parts::as_outcome("booking", f(act, b)); });
}

WaitingListModel load_waiting_list(const parts::Ask& ask) {
  WaitingListModel m;
  const auto today = ask.reader.today();
  for (const auto& b : to_tell(ask.reader)) {
    auto row = row_of(ask, b, true);
    row.line = (b.day == today ? "" : parts::day_word(ask.words, b.day, today) + " ") + row.line;
    row.overdue = false;
    row.status = ask.words.text(b.state == State::called_off ? "booking.waiting_list.called_off" : b.reason == retimed ? "booking.waiting_list.retimed" : "booking.waiting_list.promoted");
    row.status_tint = b.state == State::called_off ? ui::Tint::urgent : ui::Tint::hardship;
    row.actions = {{"told:" + b.id.text(), ask.words.text("booking.waiting_list.told"), true}};
    m.rows.push_back(std::move(row));
  }
  int number = 0;
  std::pair<std::optional<SlotId>, std::optional<village::ActivityId>> of;
  for (const auto& b : waiting(ask.reader)) {
    if (number == 0 || of != std::pair{b.slot, b.activity}) number = 0;
    of = {b.slot, b.activity};
    ++number;
    auto row = row_of(ask, b, true);
    row.line = (b.day == today ? "" : parts::day_word(ask.words, b.day, today) + " ") + row.line;
    row.status = ask.words.text("booking.waiting_list.waiting", {{"n", std::to_string(number)}});
    m.rows.push_back(std::move(row));
  }
  return m;
}

parts::Next open_waiting_list(parts::Draft&, const WaitingListModel&) {
  return parts::note_list("booking.waiting_list");
}

void draw_waiting_list(ui::Ui& ui, const WaitingListModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.waiting_list.title"));
  ui.speak("booking.list.say", ui.words().text("booking.list.say", {{"count", std::to_string(m.rows.size())}}));
  parts::row_page(ui, ui.reach(), wait_list, draft, m.rows, ui.say("booking.waiting_list.none"));
}

parts::Next tap_waiting_list(parts::Draft& draft, const WaitingListModel&, const parts::Tap& tap) {
  if (parts::turned(draft, wait_list, tap)) return parts::Next::stay();
  const auto id = BookingId::parse(tap.arg());
  if (tap.verb() != "told" || !id) return parts::Next::stay();
  return parts::Next::run([b = *id](store::Act& act) { return parts::as_outcome("booking", told(act, b)); });
}

}  // namespace booking
