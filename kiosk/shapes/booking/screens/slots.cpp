// Staff: the slots ahead, opening or changing one with steppers, closing one.
#include "parts/pick_person.h"
#include "shapes/booking/screens/screens.h"
#include "village/clock.h"

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

// Of a slot that is there neither what it is for changes nor is it repeated.
std::vector<Field> fields_of(const SlotEditModel& m) {
  std::vector<Field> all(std::begin(edited), std::end(edited));
  if (m.now) std::erase_if(all, [](const Field& f) { return std::string_view(f.id) == "offer" || std::string_view(f.id) == "weeks"; });
  return all;
}

bool other_time(const SlotEditModel& m, const SlotDraft& d) {
  return m.now && (m.today + std::chrono::days(d.day) != m.now->day || base::Minutes{d.start} != m.now->start);
}

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
  const bool office = m.may_set = ask.reader.may(right::set_slot);
  for (const auto& s : slots_ahead(ask.reader)) {
    ui::Row row;
    row.picture = picture_of(s.offer, !s.offer.empty());
    const auto* offer = shapes::catalogue().offer(s.offer);
    row.line = when_short(ask.words, s.day, s.start, village::today_said(ask.reader));
    row.sub = offer == nullptr ? ask.words.text("booking.list.hidden_slot") : ask.words.text(offer->label_key(true));
    if (!s.by_whom.empty()) row.sub += " · " + s.by_whom;
    row.status = s.closed ? ask.words.text("booking.slots.closed")
                          : ask.words.text("booking.slots.taken", {{"taken", std::to_string(s.taken)}, {"places", std::to_string(s.places)}});
    if (!s.closed && s.waiting > 0) row.status += " · " + ask.words.text("booking.slots.wait", {{"n", std::to_string(s.waiting)}});
    // Clerk and manager touch the row to change it. What is discreet is for clerk and manager alone, and they alone are told what it is.
    if (!s.closed && !s.offer.empty()) row.actions.push_back({"for:" + s.id.text(), ask.words.text("booking.slots.for_somebody"), true});
    if (!s.closed && office) {
      row.id = "edit:" + s.id.text();
      row.actions.push_back({"close:" + s.id.text(), ask.words.text("booking.slots.close"), false});
    }
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
  if (m.may_set) ui.button(area.cut_top(20, ui.gap()), c);
  parts::row_page(ui, area, list, draft, m.rows, ui.say("booking.slots.none"));
}

parts::Next tap_slots(parts::Draft& draft, const SlotsModel&, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.id == "new") {
    draft.of<parts::Pages>().at.erase(std::string(fields));
    return parts::Next::push("booking/slot_edit");
  }
  if (tap.verb() == "edit") {
    draft.of<parts::Pages>().at.erase(std::string(fields));
    return parts::Next::push("booking/slot_edit", std::string(tap.arg()));
  }
  if (tap.verb() == "for") return parts::pick_person(draft, "booking.slots.for_whom", "booking/for_somebody", std::string(tap.arg()));
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
  if (const auto id = SlotId::parse(ask.key)) m.now = slot(ask.reader, *id);
  if (m.now && std::find(m.by_whom.begin(), m.by_whom.end(), m.now->by_whom) == m.by_whom.end()) m.by_whom.push_back(m.now->by_whom);
  return m;
}

parts::Next open_slot_edit(parts::Draft& draft, const SlotEditModel& m) {
  auto& d = draft.of<SlotDraft>();
  d = {};
  if (!m.now) return parts::Next::stay();
  for (std::size_t i = 0; i < m.offers.size(); ++i)
    if (m.offers[i].first == m.now->offer) d.offer = static_cast<int>(i);
  d.day = static_cast<int>((m.now->day - m.today).count());
  d.start = static_cast<int>(m.now->start.count());
  d.length = static_cast<int>((m.now->end - m.now->start).count());
  d.places = m.now->places;
  d.by_whom = static_cast<int>(std::find(m.by_whom.begin(), m.by_whom.end(), m.now->by_whom) - m.by_whom.begin());
  return parts::Next::stay();
}

void draw_slot_edit(ui::Ui& ui, const SlotEditModel& m, const parts::Draft& draft) {
  const auto* title = m.now ? "booking.slots.change_title" : "booking.slots.edit_title";
  ui.title(ui.say(title), {}, m.now ? ui.words().text("booking.slots.taken", {{"taken", std::to_string(m.now->taken)}, {"places", std::to_string(m.now->places)}}) : std::string{});
  ui.speak(title, ui.say(title));
  ui::Rect area = ui.reach();
  const auto& d = draft.of<SlotDraft>();
  ui::Rect foot = area.cut_bottom(22, ui.gap());
  // Whoever booked came for the old hour: that it is changed is said before it is saved, and they are on the call list.
  if (m.now && m.now->taken + m.now->waiting > 0 && other_time(m, d)) {
    const auto told = ui.words().text("booking.slots.tell", {{"count", std::to_string(m.now->taken + m.now->waiting)}});
    const float high = ui.text_height(told, area.w - 12, ui::Type::staff, ui::Weight::bold) + 6;
    if (high + 24 + ui.gap() < area.h) ui.band(area.cut_bottom(high, ui.gap()), told, ui::Tint::urgent);
  }
  const auto edited = fields_of(m);
  const int n = static_cast<int>(edited.size());
  const int columns = area.w > 330 ? 2 : 1, rows = std::max(1, static_cast<int>((area.h + ui.gap()) / (24 + ui.gap())));
  const int a_page = std::min(n, columns * std::min(rows, 7)), pages = (n + a_page - 1) / a_page, page = std::clamp(parts::page_of(draft, fields), 0, pages - 1);
  const auto cells = ui::grid({area.x, area.y, std::min(area.w, 150.0f * static_cast<float>(columns) + ui.gap() * static_cast<float>(columns - 1)), 24.0f * static_cast<float>(std::min(rows, 7)) + ui.gap() * static_cast<float>(std::min(rows, 7) - 1)}, columns, std::min(rows, 7), ui.gap());
  for (int i = page * a_page; i < std::min(n, (page + 1) * a_page); ++i) {
    const auto& f = edited[static_cast<std::size_t>(i)];
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
  save.label = ui.say(m.now ? "booking.slots.keep" : "booking.slots.save");
  save.picture = ui::drawn("tick");
  save.filled = true;
  save.tint = ui::Tint::hardship;
  save.main = false;
  ui.button(foot, save);
}

parts::Next tap_slot_edit(parts::Draft& draft, const SlotEditModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, fields, tap)) {
    auto& at = draft.of<parts::Pages>().at[std::string(fields)];
    at = std::min(at, static_cast<int>(fields_of(m).size()) - 1);
    return parts::Next::stay();
  }
  auto& d = draft.of<SlotDraft>();
  if (tap.id == "ok" && !m.offers.empty()) {
    SlotEdit e;
    if (m.now) e.id = m.now->id;
    e.site = m.now ? m.now->site : m.site;
    e.offer = m.offers[static_cast<std::size_t>(std::clamp(d.offer, 0, static_cast<int>(m.offers.size()) - 1))].first;
    e.day = m.today + std::chrono::days(d.day);
    e.start = base::Minutes{d.start};
    e.end = base::Minutes{d.start + d.length};
    e.places = d.places;
    e.repeat_weeks = d.weeks;
    if (d.by_whom > 0 && d.by_whom < static_cast<int>(m.by_whom.size())) e.by_whom = m.by_whom[static_cast<std::size_t>(d.by_whom)];
    return parts::Next::run([e](store::Act& act) { return parts::as_outcome("booking", set_slot(act, e)); });
  }
  for (const auto& f : fields_of(m)) {
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
  m.when = when_of(ask.words, s->day, s->start, village::today_said(ask.reader));
  const int booked = s->taken + s->waiting;
  m.line = booked == 0 ? ask.words.text("booking.slots.close_nobody") : ask.words.text("booking.slots.close_line", {{"count", std::to_string(booked)}});
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

// --- booking/for_somebody

ForSomebodyModel load_for_somebody(const parts::Ask& ask) {
  ForSomebodyModel m;
  m.person = ask.draft.of<parts::PickPerson>().chosen;
  const auto id = SlotId::parse(ask.key);
  const auto s = id ? slot(ask.reader, *id) : std::nullopt;
  const auto* offer = s ? shapes::catalogue().offer(s->offer) : nullptr;
  const auto* o = s ? offered(s->offer) : nullptr;
  const auto face = m.person ? village::face(ask.reader, *m.person) : std::nullopt;
  if (offer == nullptr || o == nullptr || !face) return m;
  m.slot = s->id;
  m.full = s->left() == 0;
  m.face = parts::picture_of(*face);
  m.name = face->name;
  m.when = when_of(ask.words, s->day, s->start, village::today_said(ask.reader));
  m.what = ask.words.text(offer->label_key(true));
  m.lines.push_back(m.what + " · " + m.when);
  if (const auto& bring = o->bring_at(s->start); !bring.empty()) m.lines.push_back(ask.words.text(bring));
  if (m.full) m.lines.push_back(ask.words.text("booking.slots.for_waits"));
  if (const auto* consent = agreed(ask.reader, *m.person, s->offer) ? nullptr : shapes::catalogue().consent(o->consent, o->consent_version)) m.consent = ask.words.text(consent->text_key);
  return m;
}

void draw_for_somebody(ui::Ui& ui, const ForSomebodyModel& m, const parts::Draft&) {
  ui.title(ui.say("booking.slots.for_title"), {}, m.name);
  ui.speak("booking.slots.for_title", ui.say("booking.slots.for_title"));
  if (!m.slot) {
    ui.text(ui.reach(), ui.say("booking.refused.closed"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  const auto* yes = !m.consent.empty() ? "booking.slots.for_agrees" : m.full ? "booking.slots.for_wait" : "booking.slots.for_yes";
  ui::Rect area = beside(ui, ui.reach(), {yes_card(ui.say(yes)), no_card(ui.say("booking.slots.for_no"))});
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 190.0f));
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(4);
  const auto read = ui.say("booking.slots.for_read") + "\n" + m.consent;
  float side = std::min({inside.h * 0.5f, inside.w * 0.3f, 60.0f});
  // A long consent comes first: the face gets smaller, and the name stands in the title.
  if (!m.consent.empty()) side = std::min(side, std::max(18.0f, inside.h - 3 - ui.text_height(read, inside.w, ui::Type::staff)));
  const bool named = side > 26;
  ui::Rect head = inside.cut_top(side, 3);
  ui.photo(head.cut_left(side, ui.gap()), m.face, ui::Tint::staff);
  std::string lines;
  for (const auto& line : m.lines) lines += (lines.empty() ? "" : "\n") + line;
  const float name_h = std::min(head.h * 0.5f, ui.line(ui::Type::name));
  if (named) ui.text(head.cut_top(name_h, 1), m.name, {.type = ui::Type::name, .weight = ui::Weight::bold, .centre_v = true});
  if (m.consent.empty()) {
    ui.text(head, m.lines.front(), {.type = ui::Type::staff});
    std::string rest;
    for (std::size_t i = 1; i < m.lines.size(); ++i) rest += (rest.empty() ? "" : "\n") + m.lines[i];
    if (!rest.empty()) ui.text(inside, rest, {.type = ui::Type::staff, .second = true});
    return;
  }
  // What is agreed to is read out to her, word for word.
  ui.text(head, m.lines.front(), {.type = ui::Type::staff});
  // What is read to her aloud: as large as all of it stands.
  const bool roomy = ui.text_height(read, inside.w, ui::Type::sentence) <= inside.h;
  ui.text(inside, read, {.type = roomy ? ui::Type::sentence : ui::Type::staff});
}

parts::Next tap_for_somebody(parts::Draft&, const ForSomebodyModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return parts::Next::back();
  if (tap.id != "yes" || !m.slot || !m.person) return parts::Next::stay();
  const Book in{*m.person, *m.slot, false};
  return parts::Next::run([in, agrees = !m.consent.empty()](store::Act& act) { return parts::as_outcome("booking", book_for(act, in, agrees)); });
}

parts::Next done_for_somebody(parts::Draft&, const ForSomebodyModel&, const std::any&) {
  auto next = parts::Next::back();
  next.sound = "done";
  return next;
}

}  // namespace booking
