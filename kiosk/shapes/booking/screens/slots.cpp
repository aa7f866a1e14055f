// Staff: the slots ahead, opening one with steppers, closing one.
#include "shapes/booking/screens/screens.h"

#include <algorithm>

namespace booking {
namespace {

constexpr std::string_view list = "booking/slots", fields = "booking/slot_edit";

// The least and most of a field, its step, and how it reads.
struct Field { const char* id; int SlotDraft::*value; int least, step; };
constexpr Field edited[] = {
    {"offer", &SlotDraft::offer, 0, 1},    {"day", &SlotDraft::day, 0, 1},       {"start", &SlotDraft::start, 6 * 60, 30}, {"length", &SlotDraft::length, 15, 15},
    {"places", &SlotDraft::places, 1, 1},  {"weeks", &SlotDraft::weeks, 0, 1},   {"by_whom", &SlotDraft::by_whom, 0, 1},
};

int most(const SlotEditModel& m, const Field& f) {
  const std::string_view id = f.id;
  if (id == "offer") return std::max(0, static_cast<int>(m.offers.size()) - 1);
  if (id == "day") return 60;
  if (id == "start") return 21 * 60;
  if (id == "length") return 240;
  if (id == "places") return 60;
  if (id == "weeks") return 26;
  return std::max(0, static_cast<int>(m.by_whom.size()) - 1);
}

std::string reads(const ui::Ui& ui, const SlotEditModel& m, const SlotDraft& d, std::string_view id) {
  if (id == "offer") return m.offers.empty() ? std::string{} : m.offers[static_cast<std::size_t>(std::clamp(d.offer, 0, static_cast<int>(m.offers.size()) - 1))].second;
  if (id == "day") return parts::day_word(ui.words(), m.today + std::chrono::days(d.day), m.today);
  if (id == "start") return base::hour_minute(base::Minutes{d.start});
  if (id == "length") return ui.words().text("booking.slots.minutes", {{"n", std::to_string(d.length)}});
  if (id == "places") return std::to_string(d.places);
  if (id == "weeks") return d.weeks == 0 ? ui.say("booking.slots.once") : ui.words().text("booking.slots.weeks", {{"n", std::to_string(d.weeks)}});
  return m.by_whom.empty() || d.by_whom == 0 ? ui.say("booking.slots.somebody") : m.by_whom[static_cast<std::size_t>(std::clamp(d.by_whom, 0, static_cast<int>(m.by_whom.size()) - 1))];
}

}  // namespace

SlotsModel load_slots(const parts::Ask& ask) {
  SlotsModel m;
  const bool office = ask.session().viewer.role == store::Role::clerk || ask.session().viewer.role == store::Role::manager;
  for (const auto& s : slots_ahead(ask.reader)) {
    ui::Row row;
    row.picture = picture_of(s.offer, !s.offer.empty());
    const auto* offer = shapes::catalogue().offer(s.offer);
    row.line = when_short(ask.words, s.day, s.start, ask.reader.today());
    row.sub = offer == nullptr ? ask.words.text("booking.list.hidden_slot") : ask.words.text(offer->label_key(true));
    if (!s.by_whom.empty()) row.sub += " · " + s.by_whom;
    row.status = s.closed ? ask.words.text("booking.slots.closed")
                          : ask.words.text("booking.slots.taken", {{"taken", std::to_string(s.taken)}, {"places", std::to_string(s.places)}});
    if (!s.closed && s.waiting > 0) row.status += " · " + ask.words.text("booking.slots.wait", {{"n", std::to_string(s.waiting)}});
    if (!s.closed && office) row.actions = {{"close:" + s.id.text(), ask.words.text("booking.slots.close"), false}};
    m.rows.push_back(std::move(row));
  }
  return m;
}

void draw_slots(ui::Ui& ui, const SlotsModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.slots.title"));
  ui.speak("booking.list.say", ui.words().text("booking.list.say", {{"count", std::to_string(m.rows.size())}}));
  ui::Rect area = ui.reach();
  ui::Card c;
  c.id = "new";
  c.label = ui.say("booking.slots.new");
  c.picture = ui::emoji("🗓️");
  c.filled = true;
  c.tint = ui::Tint::staff;
  c.main = false;
  ui.button(area.cut_top(20, ui.gap()), c);
  parts::row_page(ui, area, list, draft, m.rows, ui.say("booking.slots.none"));
}

parts::Next tap_slots(parts::Draft& draft, const SlotsModel&, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.id == "new") {
    draft.of<SlotDraft>() = {};
    draft.of<parts::Pages>().at.erase(std::string(fields));
    return parts::Next::push("booking/slot_edit");
  }
  if (tap.verb() == "close") return parts::Next::push("booking/slot_close", std::string(tap.arg()));
  return parts::Next::stay();
}

SlotEditModel load_slot_edit(const parts::Ask& ask) {
  SlotEditModel m;
  m.site = ask.session().site;
  m.today = ask.reader.today();
  const auto site = village::site(ask.reader, m.site);
  for (const auto* offer : shapes::catalogue().offers_of_shape("booking")) {
    const auto* o = offered(offer->code);
    if (o != nullptr && o->slots && site && offer->offered_at(site->kind)) m.offers.emplace_back(offer->code, ask.words.text(offer->label_key(true)));
  }
  m.by_whom.emplace_back();
  for (const auto& whom : by_whom_before(ask.reader)) m.by_whom.push_back(whom);
  for (const auto& staff : village::staff(ask.reader))
    if (std::find(m.by_whom.begin(), m.by_whom.end(), staff.face.name) == m.by_whom.end()) m.by_whom.push_back(staff.face.name);
  return m;
}

void draw_slot_edit(ui::Ui& ui, const SlotEditModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.slots.edit_title"));
  ui.speak("booking.slots.edit_title", ui.say("booking.slots.edit_title"));
  ui::Rect area = ui.reach();
  const auto& d = draft.of<SlotDraft>();
  ui::Rect foot = area.cut_bottom(22, ui.gap());
  const int n = static_cast<int>(std::size(edited));
  const int columns = area.w > 330 ? 2 : 1, rows = std::max(1, static_cast<int>((area.h + ui.gap()) / (24 + ui.gap())));
  const int a_page = std::min(n, columns * std::min(rows, 7)), pages = (n + a_page - 1) / a_page, page = std::clamp(parts::page_of(draft, fields), 0, pages - 1);
  const auto cells = ui::grid({area.x, area.y, area.w, 24.0f * static_cast<float>(std::min(rows, 7)) + ui.gap() * static_cast<float>(std::min(rows, 7) - 1)}, columns, std::min(rows, 7), ui.gap());
  for (int i = page * a_page; i < std::min(n, (page + 1) * a_page); ++i) {
    const auto& f = edited[i];
    ui.stepper(cells[static_cast<std::size_t>(i - page * a_page)], f.id, ui.say(std::string("booking.slots.") + (std::string_view(f.id) == "weeks" ? "repeat" : f.id)), reads(ui, m, d, f.id));
  }
  const auto arrow = [&](ui::Rect r, const char* id, const char* drawn, const char* key) {
    ui::Card c;
    c.id = id;
    c.picture = ui::drawn(drawn);
    c.voice = key;
    c.main = false;
    ui.button(r, c);
  };
  if (pages > 1) {
    const ui::Rect left = foot.cut_left(30, ui.gap()), right = foot.cut_left(30, ui.gap());
    if (page > 0) arrow(left, "page_previous", "arrow_left", "parts.page.previous");
    if (page + 1 < pages) arrow(right, "page_next", "arrow_right", "parts.page.next");
  }
  ui::Card save;
  save.id = "ok";
  save.label = ui.say("booking.slots.save");
  save.picture = ui::drawn("tick");
  save.filled = true;
  save.tint = ui::Tint::hardship;
  save.main = false;
  ui.button(foot, save);
}

parts::Next tap_slot_edit(parts::Draft& draft, const SlotEditModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, fields, tap)) {
    auto& at = draft.of<parts::Pages>().at[std::string(fields)];
    at = std::min(at, static_cast<int>(std::size(edited)) - 1);
    return parts::Next::stay();
  }
  auto& d = draft.of<SlotDraft>();
  if (tap.id == "ok" && !m.offers.empty()) {
    SlotEdit e;
    e.site = m.site;
    e.offer = m.offers[static_cast<std::size_t>(std::clamp(d.offer, 0, static_cast<int>(m.offers.size()) - 1))].first;
    e.day = m.today + std::chrono::days(d.day);
    e.start = base::Minutes{d.start};
    e.end = base::Minutes{d.start + d.length};
    e.places = d.places;
    e.repeat_weeks = d.weeks;
    if (d.by_whom > 0 && d.by_whom < static_cast<int>(m.by_whom.size())) e.by_whom = m.by_whom[static_cast<std::size_t>(d.by_whom)];
    return parts::Next::run([e](store::Act& act) { return parts::as_outcome("booking", set_slot(act, e)); });
  }
  for (const auto& f : edited) {
    if (tap.verb() != f.id) continue;
    auto& value = d.*f.value;
    value = std::clamp(value + (tap.arg() == "more" ? f.step : tap.arg() == "less" ? -f.step : 0), f.least, most(m, f));
  }
  return parts::Next::stay();
}

parts::Next done_slot_edit(parts::Draft&, const SlotEditModel&, const std::any&) {
  auto next = parts::Next::back();
  next.sound = "tick";
  return next;
}

SlotCloseModel load_slot_close(const parts::Ask& ask) {
  SlotCloseModel m;
  const auto id = SlotId::parse(ask.key);
  const auto s = id ? slot(ask.reader, *id) : std::nullopt;
  if (!s || s->closed) return m;
  m.slot = s->id;
  const auto* offer = shapes::catalogue().offer(s->offer);
  m.what = offer == nullptr ? ask.words.text("booking.list.hidden_slot") : ask.words.text(offer->label_key(true));
  m.when = when_of(ask.words, s->day, s->start, ask.reader.today());
  m.line = ask.words.text("booking.slots.close_line", {{"count", std::to_string(s->taken + s->waiting)}});
  m.reason = ask.words.text("booking.slots.reason");
  return m;
}

void draw_slot_close(ui::Ui& ui, const SlotCloseModel& m, const parts::Draft&) {
  ui.title(ui.say("booking.slots.close_title"));
  ui.speak("booking.slots.close_title", ui.say("booking.slots.close_title"));
  if (!m.slot) {
    ui.text(ui.reach(), ui.say("booking.refused.closed"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  const ui::Rect area = beside(ui, ui.reach(), {yes_card(ui.say("booking.slots.close_yes")), no_card(ui.say("booking.slots.close_no"))});
  telling(ui, area, ui::emoji("🗓️"), {}, ui::Tint::neutral, m.when, {m.what, m.line});
}

parts::Next tap_slot_close(parts::Draft&, const SlotCloseModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return parts::Next::back();
  if (tap.id != "yes" || !m.slot) return parts::Next::stay();
  return parts::Next::run([id = *m.slot, reason = m.reason](store::Act& act) { return parts::as_outcome("booking", close_slot(act, id, reason)); });
}

parts::Next done_slot_close(parts::Draft&, const SlotCloseModel&, const std::any&) { return parts::Next::back(); }

}  // namespace booking
