// What is booked: all of it, and one of them to move or cancel.
#include "shapes/booking/screens/screens.h"
#include "village/clock.h"

#include <algorithm>

namespace booking {
namespace {
constexpr std::string_view list = "booking/mine";
}

MineModel load_mine(const parts::Ask& ask) {
  MineModel m;
  const auto& session = ask.session();
  if (!session.who) return m;
  auto all = mine(ask.reader, *session.who);
  for (const auto& ward : village::wards(ask.reader, *session.who)) {
    if (!ward.guardian) continue;
    auto more = mine(ask.reader, ward.child);
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  std::stable_sort(all.begin(), all.end(), [](const Booking& a, const Booking& b) { return std::tie(a.day, a.start) < std::tie(b.day, b.start); });
  for (const auto& b : all) {
    MineModel::Line line{b.id, what_of(ask.words, b), when_short(ask.words, b.day, b.start, village::today_said(ask.reader)), picture_of(ask.reader, b), tint_of(b.offer), false};
    if (b.state == State::waiting) line.sub = ask.words.text("booking.mine.waiting");
    if (b.state == State::wished) line.sub = ask.words.text("booking.mine.wished");
    if (b.state == State::called_off) {
      line.over = true;
      line.sub = ask.words.text("booking.mine.called_off");
    }
    m.lines.push_back(std::move(line));
  }
  return m;
}

void draw_mine(ui::Ui& ui, const MineModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.mine.title"));
  ui::Rect area = ui.reach();
  if (m.lines.empty()) {
    ui.speak("booking.mine.none", ui.say("booking.mine.none"));
    nothing(ui, area, ui.say("booking.mine.none"));
    return;
  }
  ui.speak("booking.mine.say", ui.say("booking.mine.say"));
  const bool large = ui.text_scale() > 1.1f;
  const int columns = ui.portrait() || ui.compact() || large ? 1 : 2, rows = ui.portrait() ? 5 : ui.compact() ? 2 : large ? 3 : 2;
  paged(ui, area, list, draft, static_cast<int>(m.lines.size()), columns, std::min(rows, std::max(2, static_cast<int>(m.lines.size()))), [&](ui::Rect place, int i) {
    const auto& line = m.lines[static_cast<std::size_t>(i)];
    ui::Card c;
    c.id = "booking:" + line.id.text();
    c.label = line.label;
    c.sub = line.sub;
    c.picture = line.picture;
    c.tint = line.tint;
    if (line.over) {
      c.state = ui::State::full;
      c.reason = line.sub;
    }
    ui.card(place, c);
  });
}

parts::Next tap_mine(parts::Draft& draft, const MineModel&, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.verb() == "booking") return parts::Next::push("booking/entry", std::string(tap.arg()));
  return parts::Next::stay();
}

EntryModel load_entry(const parts::Ask& ask) {
  EntryModel m;
  const auto id = BookingId::parse(ask.key);
  m.booking = id ? booking(ask.reader, *id) : std::nullopt;
  if (!m.booking) return m;
  const auto& b = *m.booking;
  const auto* o = offered(b.offer);
  const auto today = village::today_said(ask.reader);
  const auto village = village::village_of(ask.reader, b.site);
  m.picture = picture_of(ask.reader, b);
  m.tint = tint_of(b.offer);
  m.leaf = parts::leaf_of(ask.words, b.day, village ? village->market : "");
  m.what = what_of(ask.words, b);
  m.when = when_of(ask.words, b.day, b.start, today);
  const auto site = village::site(ask.reader, b.site);
  const std::string where = !b.place.empty() ? b.place : site ? site->name : std::string{};
  m.may_cancel = may_cancel(ask.reader, b);
  m.may_move = m.may_cancel && b.slot && o != nullptr && days(ask.reader, b.offer).size() > 0;
  m.transport_offered = o != nullptr && o->transport && b.slot && b.state != State::called_off;
  if (b.state == State::called_off) m.lines.push_back(b.reason.empty() || b.reason == "full" ? ask.words.text("booking.entry.called_off") : b.reason);
  else if (b.state == State::waiting) m.lines.push_back(ask.words.text("booking.entry.waiting"));
  else if (b.state == State::wished) m.lines.push_back(ask.words.text("booking.entry.wished"));
  else if (!m.may_cancel) m.lines.push_back(ask.words.text("booking.entry.too_late"));
  if (!where.empty()) m.lines.push_back(ask.words.text("booking.confirm.place", {{"place", where}}));
  if (o != nullptr && !o->bring_at(b.start).empty() && b.state == State::booked) m.lines.push_back(ask.words.text(o->bring_at(b.start)));
  m.say_key = b.state == State::called_off ? "booking.entry.say_called_off" : b.state == State::waiting ? "booking.entry.say_waiting" : "booking.entry.say";
  m.say_text = sentence(ask.words, m.say_key, b.day, b.start, today);
  return m;
}

void draw_entry(ui::Ui& ui, const EntryModel& m, const parts::Draft&) {
  ui.title(ui.say("booking.entry.title"), m.picture, m.what);
  ui::Rect area = ui.reach();
  if (!m.booking) {
    ui.speak("booking.entry.gone", ui.say("booking.entry.gone"));
    nothing(ui, area, ui.say("booking.entry.gone"));
    return;
  }
  ui.speak(m.say_key, m.say_text);
  const bool waiting = m.booking->state == State::waiting, over = m.booking->state == State::called_off;
  ui::Card move_it, leave = no_card(ui.say(waiting ? "booking.entry.leave" : "booking.entry.cancel")), close;
  leave.id = "cancel";
  move_it.id = "move";
  move_it.label = ui.say("booking.entry.move");
  move_it.picture = ui::emoji("🗓️");
  close = yes_card(ui.say("booking.entry.seen"));
  close.id = "done";
  if (over || !m.may_cancel) area = beside(ui, area, {close});
  else if (m.may_move) area = beside(ui, area, {move_it, leave});
  else area = beside(ui, area, {leave});
  if (m.transport_offered && !over && area.h > 100) {
    ui::Card c;
    c.id = "transport";
    c.label = ui.say("booking.entry.transport");
    c.picture = ui::emoji("🚗");
    c.state = m.booking->transport ? ui::State::selected : ui::State::normal;
    c.main = false;
    ui.button(area.cut_bottom(30, ui.gap()), c);
  }
  telling(ui, area, m.picture, m.leaf, over ? ui::Tint::neutral : m.tint, m.when, m.lines);
}

parts::Next tap_entry(parts::Draft& draft, const EntryModel& m, const parts::Tap& tap) {
  if (!m.booking) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  const auto id = m.booking->id;
  if (tap.id == "done") return parts::Next::back();
  if (tap.id == "move" && m.booking->slot) {
    choice = {};
    choice.moving = id;
    choice.moved_from = m.booking->slot;
    choice.offer = m.booking->offer;
    if (m.booking->person != draft.of<parts::Session>().who) choice.person = m.booking->person;
    draft.of<parts::Pages>().at.erase("booking/day");
    return parts::Next::push("booking/day", m.booking->offer);
  }
  if (tap.id == "cancel") {
    choice.doing = "cancelled";
    return parts::Next::run([id](store::Act& act) { return parts::as_outcome("booking", cancel(act, id)); });
  }
  if (tap.id == "transport") {
    choice.doing = "transport";
    return parts::Next::run([id, wish = !m.booking->transport](store::Act& act) { return parts::as_outcome("booking", wish_transport(act, id, wish)); });
  }
  return parts::Next::stay();
}

parts::Next done_entry(parts::Draft& draft, const EntryModel&, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  if (draft.of<Choice>().doing == "cancelled") return parts::Next::replace("booking/cancelled", r.booking.text());
  return parts::Next::stay();
}

}  // namespace booking
