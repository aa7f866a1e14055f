// Who may fetch a child, and households: the entries that tie people together.
#include "desk/layout.h"
#include "desk/people.h"
#include "desk/people_screens.h"
#include "parts/noted.h"
#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"

#include <algorithm>
#include <array>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

// Codes stored in facts; words village.relation.<code>.
constexpr std::array<std::string_view, 15> relations{"grandmother", "grandfather", "mother", "father", "maternal_grandmother", "maternal_grandfather", "aunt", "uncle",
                                                     "sister", "brother", "neighbour", "shared_grandmother", "loving_mother", "teacher", "other"};
constexpr int most_households = 1000;

std::string relation_word(const base::Words& words, const std::string& code) {
  const auto key = "village.relation." + code;
  return words.has(key) ? words.text(key) : code;
}

// --- desk/carers

CarersModel load_carers(const parts::Ask& ask) {
  CarersModel m;
  const auto id = village::PersonId::parse(ask.key);
  const auto child = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!child) return m;
  m.child = ask.key;
  m.name = child->name;
  m.carers = village::carers(ask.reader, *id);
  for (const auto& c : m.carers) m.names.push_back(c.face.name);
  return m;
}

void draw_carers(ui::Ui& ui, const CarersModel& m, const parts::Draft& draft) {
  ui.title(ui.words().text("desk.carers.title", {{"name", m.name}}));
  ui.speak("desk.carers.say", ui.say("desk.carers.say"));
  Rect area = ui.reach();
  const bool may = role_of(draft) >= store::Role::clerk;
  if (may) {
    const std::vector<ui::Card> actions{action("add", ui.say("desk.carers.add"), {}, true)};
    area = actions_beside(ui, area, actions);
  }
  std::vector<ui::Row> rows;
  for (std::size_t i = 0; i < m.carers.size(); ++i) {
    const auto& c = m.carers[i];
    ui::Row row;
    row.picture = parts::picture_of(c.face);
    row.line = m.names[i];
    row.sub = relation_word(ui.words(), c.relation) + (c.guardian ? " · " + ui.say("desk.carers.guardian") : "");
    row.status = ui.say(c.may_fetch ? "desk.carers.may_fetch" : "desk.carers.may_not");
    row.status_tint = c.may_fetch ? ui::Tint::hardship : ui::Tint::staff;
    if (may) row.id = "edit:" + c.adult.text();
    rows.push_back(std::move(row));
  }
  parts::row_page(ui, area, "desk/carers", draft, rows, ui.say("desk.carers.none"));
}

Next tap_carers(parts::Draft& draft, const CarersModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/carers", tap)) return Next::stay();
  const auto child = village::PersonId::parse(m.child);
  if (!child) return Next::stay();
  if (tap.id == "add") {
    draft.of<CarerDraft>() = {};
    draft.of<CarerDraft>().child = *child;
    return parts::pick_person(draft, "desk.carers.who", "desk/carer", "");
  }
  const auto adult = village::PersonId::parse(tap.arg());
  if (tap.verb() == "edit" && adult) {
    auto& d = draft.of<CarerDraft>();
    d = {};
    d.child = *child;
    d.listed = true;
    for (const auto& c : m.carers)
      if (c.adult == *adult) {
        d.guardian = c.guardian;
        d.may_fetch = c.may_fetch;
        const auto at = std::find(relations.begin(), relations.end(), c.relation);
        d.relation = at == relations.end() ? static_cast<int>(relations.size()) - 1 : static_cast<int>(at - relations.begin());
      }
    return Next::push("desk/carer", adult->text());
  }
  return Next::stay();
}

// --- desk/carer: key is the adult, the child is in the draft

CarerModel load_carer(const parts::Ask& ask) {
  CarerModel m;
  m.adult = ask.key;
  if (const auto id = village::PersonId::parse(ask.key))
    if (const auto f = village::face(ask.reader, *id)) m.face = *f;
  if (const auto child = village::face(ask.reader, ask.draft.of<CarerDraft>().child)) m.child = child->name;
  return m;
}

void draw_carer(ui::Ui& ui, const CarerModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<CarerDraft>();
  ui.title(ui.words().text("desk.carers.one_title", {{"adult", m.face.name}, {"child", m.child}}));
  ui.speak("desk.carers.say", ui.say("desk.carers.say"));
  const std::vector<Line> lines{choice("relation", ui.say("desk.carers.relation"), relation_word(ui.words(), std::string(relations[static_cast<std::size_t>(d.relation)]))),
                                toggle("may_fetch", ui.say("desk.carers.may_fetch"), d.may_fetch), toggle("guardian", ui.say("desk.carers.guardian"), d.guardian)};
  std::vector<ui::Card> actions{action("save", ui.say("desk.save"), {}, true)};
  if (d.listed) actions.push_back(action("remove", ui.say("desk.remove")));
  form(ui, ui.reach(), "desk/carer", draft, lines, actions);
}

Next tap_carer(parts::Draft& draft, const CarerModel& m, const parts::Tap& tap) {
  auto& d = draft.of<CarerDraft>();
  if (const int s = step_of(tap, "relation")) d.relation = turned(d.relation, s, static_cast<int>(relations.size()));
  if (tap.id == "may_fetch") d.may_fetch = !d.may_fetch;
  if (tap.id == "guardian") d.guardian = !d.guardian;
  const auto adult = village::PersonId::parse(m.adult);
  const bool remove = tap.id == "remove" && d.listed;
  if ((tap.id != "save" && !remove) || !adult) return Next::stay();
  village::CarerEdit edit;
  edit.ended = remove;
  edit.child = d.child;
  edit.adult = *adult;
  edit.relation = std::string(relations[static_cast<std::size_t>(d.relation)]);
  edit.guardian = d.guardian;
  edit.may_fetch = d.may_fetch;
  return Next::run([edit](store::Act& act) { return parts::as_outcome("village", village::save_carer(act, edit)); });
}

Next done_carer(parts::Draft& draft, const CarerModel&, const std::any&) {
  Next n = Next::replace("desk/carers", draft.of<CarerDraft>().child.text(), "desk/carer");
  n.sound = "tick";
  return n;
}

// --- desk/households: key is the person for whom one is chosen, or empty. Which group is open is in the draft.

struct HouseholdsView { std::string group; };

HouseholdsModel load_households(const parts::Ask& ask) {
  HouseholdsModel m;
  m.person = ask.key;
  const auto village = village::village_of(ask.reader, ask.session().site);
  if (!village) return m;
  m.groups = village::groups(ask.reader, village->id);
  if (m.groups.empty()) return m;
  m.group = m.groups.front().id;
  const auto& view = ask.draft.of<HouseholdsView>();
  for (const auto& g : m.groups)
    if (g.id.text() == view.group) m.group = g.id;
  m.households = village::households(ask.reader, m.group, 0, most_households);
  return m;
}

std::string group_word(const base::Words& words, const std::vector<village::Group>& groups, village::GroupId id) {
  for (const auto& g : groups)
    if (g.id == id) return words.text("parts.identify.group_other", {{"number", std::to_string(g.number)}});
  return {};
}

void draw_households(ui::Ui& ui, const HouseholdsModel& m, const parts::Draft& draft) {
  const auto& words = ui.words();
  ui.title(words.text("desk.households.title", {{"group", group_word(words, m.groups, m.group)}}));
  ui.speak("desk.households.say", ui.say("desk.households.say"));
  Rect area = ui.reach();
  std::vector<ui::Card> actions;
  if (role_of(draft) >= store::Role::clerk && !m.groups.empty()) actions.push_back(action("new", ui.say("desk.households.new"), {}, true));
  if (m.groups.size() > 1) actions.push_back(action("group:more", ui.say("desk.households.next_group"), ui::drawn("arrow_right")));
  area = actions_beside(ui, area, actions);
  if (m.households.empty()) {
    ui.text(area, ui.say("desk.households.none"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, area, "desk/households", draft, static_cast<int>(m.households.size()), 44 * grow, 24);
  for (int i = p.first; i < p.last; ++i) {
    const auto& h = m.households[static_cast<std::size_t>(i)];
    ui::Card c = action("household:" + h.id.text(), words.text("desk.household.number", {{"number", h.number}}));
    c.sub = words.text("desk.household.members", {{"count", std::to_string(h.members)}});
    ui.button(p.places[static_cast<std::size_t>(i - p.first)], c);
  }
}

Next open_households(parts::Draft& draft, const HouseholdsModel&) {
  draft.of<parts::Pages>().at.erase("desk/households");
  return Next::stay();
}

Next tap_households(parts::Draft& draft, const HouseholdsModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/households", tap)) return Next::stay();
  if (tap.id == "group:more") {
    for (std::size_t i = 0; i < m.groups.size(); ++i)
      if (m.groups[i].id == m.group) draft.of<HouseholdsView>().group = m.groups[(i + 1) % m.groups.size()].id.text();
    draft.of<parts::Pages>().at.erase("desk/households");
    return Next::replace("desk/households", m.person);
  }
  if (tap.id == "new") {
    draft.of<HouseholdDraft>() = {};
    draft.of<HouseholdDraft>().group = m.group;
    return Next::push("desk/household_edit");
  }
  if (tap.verb() == "household") {
    if (m.person.empty()) return Next::push("desk/household", std::string(tap.arg()));
    draft.of<HouseholdDraft>().id = village::HouseholdId::parse(tap.arg());
    return Next::push("desk/household_add", m.person);
  }
  return Next::stay();
}

// --- desk/household

HouseholdModel load_household(const parts::Ask& ask) {
  HouseholdModel m;
  const auto id = village::HouseholdId::parse(ask.key);
  m.household = id ? village::household(ask.reader, *id) : std::nullopt;
  if (!m.household) return m;
  m.title = group_word(ask.words, village::groups(ask.reader, m.household->village), m.household->group) + " " +
            ask.words.text("desk.household.number", {{"number", m.household->number}});
  m.members = village::members(ask.reader, *id);
  return m;
}

// Who opened a household's page is written down, for children are on it: their names, where they live, what was noted.
Next open_household(parts::Draft&, const HouseholdModel& m) {
  return m.household ? parts::note_list("desk.household", m.household->id.text()) : Next::stay();
}

void draw_household(ui::Ui& ui, const HouseholdModel& m, const parts::Draft& draft) {
  ui.title(m.title.empty() ? ui.say("desk.household.unknown") : m.title, {}, m.household ? m.household->phone : "");
  ui.speak("desk.households.say", ui.say("desk.households.say"));
  Rect area = ui.reach();
  if (!m.household) return;
  if (role_of(draft) >= store::Role::clerk) {
    const std::vector<ui::Card> actions{action("add", ui.say("desk.household.add")), action("edit", ui.say("desk.edit"))};
    area = actions_beside(ui, area, actions);
  }
  if (!m.household->note.empty()) {
    const float h = ui.text_height(m.household->note, area.w - 10, ui::Type::staff, ui::Weight::bold) + 4;
    if (h < area.h * 0.4f) ui.band(area.cut_bottom(h, ui.gap()), m.household->note, ui::Tint::neutral);
  }
  if (m.members.empty()) {
    ui.text(area, ui.say("desk.household.empty"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  std::vector<ui::Face> tiles;
  for (const auto& f : m.members) tiles.push_back(parts::face_tile(f, "person:"));
  staff_faces(ui, area, "desk/household", draft, tiles);
}

Next tap_household(parts::Draft& draft, const HouseholdModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/household", tap)) return Next::stay();
  if (!m.household) return Next::stay();
  if (tap.verb() == "person") return Next::push("desk/person", std::string(tap.arg()));
  if (tap.id == "edit") {
    draft.of<HouseholdDraft>() = {m.household->id, m.household->group, m.household->number, m.household->phone, m.household->note};
    return Next::push("desk/household_edit");
  }
  if (tap.id == "add") {
    draft.of<HouseholdDraft>().id = m.household->id;
    return parts::pick_person(draft, "desk.household.who", "desk/household_add", "");
  }
  return Next::stay();
}

// --- desk/household_add: key is the person, the household is in the draft

struct HouseholdAddModel { std::string person, name, household; village::FaceOf face; };

HouseholdAddModel load_household_add(const parts::Ask& ask) {
  HouseholdAddModel m;
  m.person = ask.key;
  if (const auto id = village::PersonId::parse(ask.key))
    if (const auto f = village::face(ask.reader, *id)) m.face = *f, m.name = f->name;
  if (const auto& id = ask.draft.of<HouseholdDraft>().id)
    if (const auto h = village::household(ask.reader, *id)) m.household = ask.words.text("desk.household.number", {{"number", h->number}});
  return m;
}

void draw_household_add(ui::Ui& ui, const HouseholdAddModel& m, const parts::Draft&) {
  ui.title(ui.say("desk.household.add"));
  const auto text = ui.words().text("desk.household.joins", {{"name", m.name}, {"household", m.household}});
  ui.speak("desk.household.joins", text);
  parts::Confirm c;
  c.picture = parts::picture_of(m.face);
  c.headline = text;
  parts::confirm(ui, c);
}

Next tap_household_add(parts::Draft& draft, const HouseholdAddModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::back();
  const auto person = village::PersonId::parse(m.person);
  const auto household = draft.of<HouseholdDraft>().id;
  if (tap.id != "yes" || !person || !household) return Next::stay();
  village::PersonEdit edit;
  edit.id = *person;
  edit.household = *household;
  return Next::run([edit](store::Act& act) { return parts::as_outcome("village", village::save_person(act, edit)); });
}

// The household with its new member, whichever way led here.
Next done_household_add(parts::Draft& draft, const HouseholdAddModel&, const std::any&) {
  const auto& id = draft.of<HouseholdDraft>().id;
  Next n = Next::replace("desk/household", id ? id->text() : std::string{}, "desk/household");
  n.sound = "tick";
  return n;
}

// --- desk/household_edit

HouseholdEditModel load_household_edit(const parts::Ask& ask) {
  HouseholdEditModel m;
  if (const auto village = village::village_of(ask.reader, ask.session().site)) m.groups = village::groups(ask.reader, village->id);
  return m;
}

void draw_household_edit(ui::Ui& ui, const HouseholdEditModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<HouseholdDraft>();
  ui.title(ui.say(d.id ? "desk.household.edit_title" : "desk.households.new"));
  ui.speak("desk.household.edit_title", ui.say("desk.household.edit_title"));
  std::vector<Line> lines{field("number", ui.say("desk.household.number_label"), d.number)};
  lines.push_back(choice("group", ui.say("desk.household.group"), group_word(ui.words(), m.groups, d.group)));
  lines.push_back(field("phone", ui.say("desk.person.phone"), d.phone));
  lines.push_back(field("note", ui.say("desk.household.note"), d.note));
  const std::vector<ui::Card> actions{action("save", ui.say("desk.save"), {}, true)};
  form(ui, ui.reach(), "desk/household_edit", draft, lines, actions);
}

Next tap_household_edit(parts::Draft& draft, const HouseholdEditModel& m, const parts::Tap& tap) {
  auto& d = draft.of<HouseholdDraft>();
  using parts::Writing;
  if (parts::turned(draft, "desk/household_edit", tap)) return Next::stay();
  if (tap.id == "number") return parts::type_text(draft, "desk.household.number_label", Writing::digits, d.number, [](parts::Draft& x, const std::string& t) { x.of<HouseholdDraft>().number = t; }, 8);
  if (tap.id == "phone") return parts::type_text(draft, "desk.person.phone", Writing::digits, d.phone, [](parts::Draft& x, const std::string& t) { x.of<HouseholdDraft>().phone = t; }, 15);
  if (tap.id == "note") return parts::type_text(draft, "desk.household.note", Writing::chinese, d.note, [](parts::Draft& x, const std::string& t) { x.of<HouseholdDraft>().note = t; }, 40);
  if (const int s = step_of(tap, "group"); s && !m.groups.empty()) {
    int at = 0;
    for (std::size_t i = 0; i < m.groups.size(); ++i)
      if (m.groups[i].id == d.group) at = static_cast<int>(i);
    d.group = m.groups[static_cast<std::size_t>(turned(at, s, static_cast<int>(m.groups.size())))].id;
  }
  if (tap.id != "save") return Next::stay();
  village::HouseholdEdit edit;
  edit.id = d.id;
  if (!d.group.none()) edit.group = d.group;
  edit.number = d.number;
  edit.phone = d.phone;
  edit.note = d.note;
  return Next::run([edit](store::Act& act) { return parts::as_outcome("village", village::save_household(act, edit)); });
}

Next done_household_edit(parts::Draft&, const HouseholdEditModel&, const std::any&) {
  Next n = Next::back();
  n.sound = "tick";
  return n;
}

}  // namespace

std::vector<parts::Screen> family_screens() {
  using store::Role;
  return {parts::for_role(parts::screen<CarersModel>("desk/carers", {.load = load_carers, .draw = draw_carers, .on_tap = tap_carers}), Role::volunteer),
          parts::for_role(parts::screen<CarerModel>("desk/carer", {.load = load_carer, .draw = draw_carer, .on_tap = tap_carer, .on_done = done_carer}), Role::clerk),
          parts::for_role(parts::screen<HouseholdsModel>("desk/households", {.load = load_households, .draw = draw_households, .on_tap = tap_households, .on_open = open_households}), Role::volunteer),
          parts::for_role(parts::screen<HouseholdModel>("desk/household", {.load = load_household, .draw = draw_household, .on_tap = tap_household, .on_open = open_household}), Role::volunteer),
          parts::for_role(parts::screen<HouseholdAddModel>("desk/household_add", {.load = load_household_add, .draw = draw_household_add, .on_tap = tap_household_add, .on_done = done_household_add}), Role::clerk),
          parts::for_role(parts::screen<HouseholdEditModel>("desk/household_edit", {.load = load_household_edit, .draw = draw_household_edit, .on_tap = tap_household_edit, .on_done = done_household_edit}), Role::clerk)};
}

}  // namespace desk
