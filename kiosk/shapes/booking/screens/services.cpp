// What can be booked, the day, the time: from the home tile to a slot.
#include "shapes/booking/screens/screens.h"
#include "village/clock.h"

#include <algorithm>

namespace booking {
namespace {

constexpr std::string_view days_list = "booking/day", slots_list = "booking/slot", services_list = "booking/services";

void items_of(const parts::Ask& ask, village::PersonId person, bool child, ServicesModel& m) {
  for (const auto* offer : offers(ask.reader, person)) {
    ServicesModel::Item i;
    i.offer = offer->code;
    i.id = "offer:" + offer->code + (child ? "/" + person.text() : "");
    i.label = ask.words.text(offer->label_key(true));
    if (child) {
      i.person = person;
      if (const auto face = village::face(ask.reader, person)) i.sub = ask.words.text("booking.services.for_child", {{"name", face->called.empty() ? face->name : face->called}});
    }
    i.picture = picture_of(offer->code, true);
    i.tint = tint_of(offer->code);
    m.items.push_back(std::move(i));
  }
}

// Eight dots at most; more places than that are shown in proportion, and one that is left is never shown as none.
void dots(ui::Card& c, int left, int places) {
  c.dots_total = std::min(places, 8);
  c.dots_filled = places <= 8 ? std::min(left, places) : (left * 8 + places - 1) / places;
}

}  // namespace

ServicesModel load_services(const parts::Ask& ask) {
  ServicesModel m;
  m.needed = level_here(ask.reader);
  const auto& session = ask.session();
  m.known = session.who && session.viewer.known >= m.needed;
  if (!m.known) return m;
  items_of(ask, *session.who, false, m);
  m.mine = static_cast<int>(mine(ask.reader, *session.who).size());
  for (const auto& ward : village::wards(ask.reader, *session.who)) {
    if (!ward.guardian) continue;
    items_of(ask, ward.child, true, m);
    m.mine += static_cast<int>(mine(ask.reader, ward.child).size());
  }
  // Days cannot be counted by a clock that does not know today.
  if ((m.unsure = village::clock_unsure(ask.reader))) {
    m.items.clear();
    m.notes.push_back(ask.words.text("parts.clock.ask"));
    return m;
  }
  if (m.items.empty()) {
    const auto here = village::site(ask.reader, session.site);
    for (const auto* offer : shapes::catalogue().shown("booking", here ? here->kind : "")) {
      const auto next = next_possible(ask.reader, *session.who, offer->code);
      if (next && *next > ask.reader.today())
        m.notes.push_back(ask.words.text("booking.services.next", {{"what", ask.words.text(offer->label_key(true))}, {"day", parts::solar_word(ask.words, *next)}}));
    }
  }
  return m;
}

void draw_services(ui::Ui& ui, const ServicesModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.services.title"));
  ui::Rect area = ui.reach();
  std::vector<ui::Card> cards;
  for (const auto& i : m.items) {
    ui::Card c;
    c.id = i.id;
    c.label = i.label;
    c.sub = i.sub;
    c.picture = i.picture;
    c.tint = i.tint;
    c.mark = true;
    cards.push_back(std::move(c));
  }
  if (m.mine > 0) {
    ui::Card c;
    c.id = "go:mine_booked";
    c.label = ui.say("booking.services.mine");
    c.picture = ui::emoji("🗓️");
    cards.push_back(std::move(c));
  }
  if (m.items.empty()) {
    std::string text = m.notes.empty() ? ui.say("booking.services.none") : m.notes.front();
    const auto* key = m.unsure ? "parts.clock.ask" : "booking.services.none";
    ui.speak(key, ui.say(key));
    if (!cards.empty()) ui.button(area.cut_bottom(34, ui.gap()), cards.front());
    nothing(ui, area, text);
    return;
  }
  ui.speak("booking.services.say", ui.say("booking.services.say"));
  parts::card_page(ui, area, services_list, draft, cards);
}

parts::Next open_services(parts::Draft& draft, const ServicesModel& m) {
  draft.of<Choice>() = {};
  draft.of<parts::Pages>().at.erase(std::string(services_list));
  if (!m.known) {
    // Takes this screen's place, so that "back" from what follows leads home.
    auto next = parts::identify(draft, m.needed, "booking/services");
    next.kind = parts::Next::Kind::replace;
    return next;
  }
  if (m.items.size() == 1 && m.mine == 0) {
    auto& choice = draft.of<Choice>();
    choice.offer = m.items[0].offer;
    choice.person = m.items[0].person;
    draft.of<parts::Pages>().at.erase(std::string(days_list));
    return parts::Next::replace("booking/day", m.items[0].offer);
  }
  if (m.items.empty() && m.mine > 0) return parts::Next::replace("booking/mine");
  return parts::Next::stay();
}

parts::Next tap_services(parts::Draft& draft, const ServicesModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, services_list, tap)) return parts::Next::stay();
  if (tap.id == "go:mine_booked") return parts::Next::push("booking/mine");
  const auto item = std::find_if(m.items.begin(), m.items.end(), [&](const auto& i) { return i.id == tap.id; });
  if (item == m.items.end()) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  choice = {};
  choice.offer = item->offer;
  choice.person = item->person;
  draft.of<parts::Pages>().at.erase(std::string(days_list));
  return parts::Next::push("booking/day", item->offer);
}

// --- which day

DayModel load_day(const parts::Ask& ask) {
  DayModel m;
  m.offer = ask.key;
  const auto* o = offered(ask.key);
  // No picture of a discreet service where somebody may look over her shoulder: hers was touched a moment ago.
  m.picture = picture_of(ask.key, o == nullptr || !o->discreet);
  m.tint = o != nullptr && o->discreet ? ui::Tint::neutral : tint_of(ask.key);
  const auto village = village::village_of(ask.reader, ask.session().site);
  const auto today = ask.reader.today();
  for (const auto& d : days(ask.reader, ask.key)) {
    // Only days on which this person may come: an age or an interval is counted on the day itself.
    const auto no = against(ask.reader, who(ask.draft), ask.key, d.day);
    if (no && !(ask.draft.of<Choice>().moving && *no == Refusal::already_booked)) continue;
    m.days.push_back({d.day, parts::day_word(ask.words, d.day, today), parts::lunar_word(ask.words, d.day),
                      parts::leaf_of(ask.words, d.day, village ? village->market : ""), d.left, d.places});
  }
  return m;
}

void draw_day(ui::Ui& ui, const DayModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.day.title"), m.picture);
  ui::Rect area = ui.reach();
  if (m.days.empty()) {
    ui.speak("booking.day.none", ui.say("booking.day.none"));
    nothing(ui, area, ui.say("booking.day.none"));
    return;
  }
  ui.speak("booking.day.say", ui.say("booking.day.say"));
  const int n = static_cast<int>(m.days.size());
  // Long words and large text get fewer, wider days.
  const bool large = ui.compact() && (ui.text_scale() > 1.1f || !ui.words().chinese());
  const int columns = ui.portrait() || large ? 2 : 3, rows = ui.portrait() ? 3 : n <= columns ? 1 : 2;
  if (rows == 1) area = area.centred(area.w, std::min(area.h, 80.0f));
  paged(ui, area, days_list, draft, n, columns, rows, [&](ui::Rect place, int i) {
    const auto& d = m.days[static_cast<std::size_t>(i)];
    ui::Card c;
    c.id = "day:" + base::iso(d.day);
    c.label = d.word;
    c.tint = m.tint;
    dots(c, d.left, d.places);
    if (d.left == 0) {
      c.state = ui::State::full;
      c.reason = ui.say("booking.day.full");
    }
    ui.day_card(place, c, d.leaf);
  });
}

parts::Next tap_day(parts::Draft& draft, const DayModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, days_list, tap)) {
    auto& at = draft.of<parts::Pages>().at[std::string(days_list)];
    at = std::min(at, std::max(0, (static_cast<int>(m.days.size()) - 1) / 4));
    return parts::Next::stay();
  }
  if (tap.verb() != "day") return parts::Next::stay();
  draft.of<parts::Pages>().at.erase(std::string(slots_list));
  return parts::Next::push("booking/slot", m.offer + "/" + std::string(tap.arg()));
}

// --- what time

SlotModel load_slot(const parts::Ask& ask) {
  SlotModel m;
  const auto cut = ask.key.find('/');
  m.offer = ask.key.substr(0, cut);
  const auto* o = offered(m.offer);
  base::Day day;
  if (o == nullptr || cut == std::string::npos || !base::parse_day(ask.key.substr(cut + 1), day)) return m;
  const auto today = ask.reader.today();
  m.picture = picture_of(m.offer, !o->discreet);
  m.tint = o->discreet ? ui::Tint::neutral : tint_of(m.offer);
  m.day_word = parts::day_word(ask.words, day, today);
  m.transport = o->transport;
  m.discreet = o->discreet;
  const bool moving = ask.draft.of<Choice>().moving.has_value();
  m.needs_consent = !moving && !agreed(ask.reader, who(ask.draft), m.offer);
  if (const auto* consent = shapes::catalogue().consent(o->consent, o->consent_version)) {
    m.consent_key = consent->text_key;
    m.consent_text = ask.words.text(consent->text_key);
  }
  for (const auto& s : slots(ask.reader, m.offer, day)) {
    if (s.left() == 0 && (!o->waiting_list || moving)) continue;
    SlotModel::Line line{s.id, parts::time_word(ask.words, s.start), {},
                         ui::emoji(s.start < base::Minutes{11 * 60} ? "🌅" : s.start < base::Minutes{14 * 60} ? "🌞" : s.start < base::Minutes{18 * 60} ? "🌇" : "🌙"),
                         s.left(), s.places, {}};
    line.say = sentence(ask.words, s.left() == 0 ? "booking.confirm.wait_say" : moving ? "booking.confirm.move_say" : "booking.confirm.say", s.day, s.start, today);
    m.slots.push_back(std::move(line));
  }
  return m;
}

void draw_slot(ui::Ui& ui, const SlotModel& m, const parts::Draft& draft) {
  ui.title(ui.say("booking.slot.title"), m.picture, m.day_word);
  ui::Rect area = ui.reach();
  if (m.slots.empty()) {
    ui.speak("booking.slot.none", ui.say("booking.slot.none"));
    nothing(ui, area, ui.say("booking.slot.none"));
    return;
  }
  ui.speak("booking.slot.say", ui.say("booking.slot.say"));
  if (m.transport) {
    const bool on = draft.of<Choice>().transport;
    ui::Card c;
    c.id = "transport";
    c.label = ui.say("booking.slot.transport");
    c.picture = ui::emoji("🚗");
    c.state = on ? ui::State::selected : ui::State::normal;
    c.main = false;
    if (ui.portrait()) ui.button(area.cut_bottom(30, ui.gap()), c);
    else ui.card(area.cut_right(std::clamp(area.w * 0.2f, 42.0f, 70.0f), ui.gap()), c);
  }
  std::vector<ui::Card> cards;
  for (const auto& s : m.slots) {
    ui::Card c;
    c.id = "slot:" + s.id.text();
    c.label = s.time;
    c.sub = s.sub;
    c.picture = s.picture;
    c.tint = m.tint;
    dots(c, s.left, s.places);
    if (s.left == 0) {
      c.state = ui::State::full;
      c.reason = ui.say("booking.slot.full");
      c.dots_total = 0;
      if (!ui.portrait()) c.picture = {};  // the words need the room
    }
    cards.push_back(std::move(c));
  }
  // Beside the car there is little room on a small glass: three times in a row, tall.
  if (ui.compact() && !ui.portrait() && m.transport && cards.size() > 3)
    paged(ui, area, slots_list, draft, static_cast<int>(cards.size()), 3, 1, [&](ui::Rect place, int i) { ui.card(place, cards[static_cast<std::size_t>(i)]); });
  else
    parts::card_page(ui, area, slots_list, draft, cards);
}

parts::Next tap_slot(parts::Draft& draft, const SlotModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, slots_list, tap)) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  if (tap.id == "transport") {
    choice.transport = !choice.transport;
    return parts::Next::stay();
  }
  if (tap.verb() != "slot") return parts::Next::stay();
  const auto slot = std::find_if(m.slots.begin(), m.slots.end(), [&](const auto& s) { return s.id.text() == tap.arg(); });
  if (slot == m.slots.end()) return parts::Next::stay();
  if (m.needs_consent) {
    auto next = parts::Next::push("booking/consent", slot->id.text());
    // What is asked of a child's call may be heard by all; of an examination only she reads it, or hears it in the headset.
    if (!m.discreet && !m.consent_key.empty()) next.saying(m.consent_key, m.consent_text);
    return next;
  }
  return parts::Next::push("booking/confirm", slot->id.text())
      .saying(slot->left == 0 ? "booking.confirm.wait_say" : choice.moving ? "booking.confirm.move_say" : "booking.confirm.say", slot->say);
}

}  // namespace booking
