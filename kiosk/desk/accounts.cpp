#include "desk/accounts.h"

#include "base/almanac.h"
#include "desk/layout.h"
#include "desk/sign_in.h"
#include "parts/keyring.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"
#include "village/keys.h"

#include <algorithm>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

constexpr std::size_t pin_digits = 6;
constexpr base::Minutes duty_step{30};

// --- desk/staff

constexpr std::string_view villages_key = "villages";

// One village a page: a township may have hundreds of accounts.
StaffModel load_staff(const parts::Ask& ask) {
  StaffModel m;
  const auto here = village::village_of(ask.reader, ask.session().site);
  auto villages = village::villages(ask.reader);
  if (here) std::erase_if(villages, [&](const auto& v) { return v.id == here->id; });
  if (!ask.key.empty()) m.list += ":" + ask.key;
  if (ask.key == villages_key) {
    m.villages = std::move(villages);
    return m;
  }
  m.has_others = ask.key.empty() && !villages.empty();
  auto of = here ? here->id : village::VillageId{};
  if (const auto other = village::VillageId::parse(ask.key)) {
    of = *other;
    for (const auto& v : villages)
      if (v.id == *other) m.where = v.name;
  }
  m.all = village::staff_accounts(ask.reader, of);
  return m;
}

void draw_staff(ui::Ui& ui, const StaffModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.staff.title"), {}, m.where);
  ui.speak("desk.staff.title", ui.say("desk.staff.title"));
  std::vector<ui::Row> rows;
  Rect area = ui.reach();
  if (!m.villages.empty()) {
    for (const auto& v : m.villages) {
      ui::Row row;
      row.id = "village:" + v.id.text();
      row.picture = ui::emoji("🏡");
      row.line = v.name;
      rows.push_back(std::move(row));
    }
  } else {
    std::vector<ui::Card> actions{action("new", ui.say("desk.staff.new"), {}, true)};
    if (m.has_others) actions.push_back(action("elsewhere", ui.say("desk.staff.elsewhere")));
    area = actions_beside(ui, area, actions);
  }
  for (const auto& s : m.all) {
    ui::Row row;
    row.id = "staff:" + s.id.text();
    row.picture = parts::picture_of(s.face);
    row.line = parts::staff_called_in_full(s.face, ui.words());
    row.sub = ui.words().text("desk.staff.number", {{"number", s.number}});
    row.status = s.active ? ui.say("village.role." + std::string(store::name(s.role))) : ui.say("desk.staff.left");
    row.status_tint = s.active ? ui::Tint::staff : ui::Tint::urgent;
    rows.push_back(std::move(row));
  }
  parts::row_page(ui, area, m.list, draft, rows, ui.say("desk.staff.none"));
}

Next tap_staff(parts::Draft& draft, const StaffModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, m.list, tap)) return Next::stay();
  if (tap.verb() == "staff") return Next::push("desk/staff_edit", std::string(tap.arg()));
  if (tap.verb() == "village") return Next::push("desk/staff", std::string(tap.arg()));
  if (tap.id == "elsewhere" && m.has_others) return Next::push("desk/staff", std::string(villages_key));
  if (tap.id == "new") return parts::pick_person(draft, "desk.staff.who", "desk/staff_edit", "");
  return Next::stay();
}

// --- desk/staff_edit: key is an account, or the person who is to have one

StaffEditModel load_edit(const parts::Ask& ask) {
  StaffEditModel m;
  m.passes = static_cast<int>(ask.reader.setting("pin.passes", std::int64_t{3}));
  m.memory_mib = static_cast<int>(ask.reader.setting("pin.memory_mib", std::int64_t{128}));
  auto account = village::StaffId::parse(ask.key) ? village::staff_by_id(ask.reader, *village::StaffId::parse(ask.key)) : std::nullopt;
  const auto person = village::PersonId::parse(ask.key);
  if (!account && person) account = village::staff_of_person(ask.reader, *person);
  if (account) {
    m.now.id = account->id;
    m.now.person = account->person;
    m.now.name = account->face.name;
    m.now.number = account->number;
    m.now.role = account->role;
    m.now.active = account->active;
    m.now.everywhere = !account->site;
  } else if (person) {
    m.now.person = *person;
    if (const auto f = village::face(ask.reader, *person)) m.now.name = f->name;
    // The next number that nobody has.
    m.now.number = std::to_string(village::highest_staff_number(ask.reader) + 1);
  }
  return m;
}

Next open_edit(parts::Draft& draft, const StaffEditModel& m) {
  draft.of<StaffDraft>() = m.now;
  draft.of<NewPin>() = {};
  return Next::stay();
}

void draw_edit(ui::Ui& ui, const StaffEditModel&, const parts::Draft& draft) {
  const auto& d = draft.of<StaffDraft>();
  ui.title(d.name.empty() ? ui.say("desk.staff.title") : d.name);
  ui.speak("desk.staff.title", ui.say("desk.staff.title"));
  const std::vector<Line> lines{choice("role", ui.say("desk.staff.role"), ui.say("village.role." + std::string(store::name(d.role)))),
                                field("number", ui.say("desk.staff.number_label"), d.number),
                                field("pin", ui.say("desk.staff.pin"), d.pin.empty() ? ui.say(d.id ? "desk.staff.pin_as_was" : "desk.not_filled_in") : "● ● ● ● ● ●"),
                                toggle("everywhere", ui.say("desk.staff.everywhere"), d.everywhere), toggle("active", ui.say("desk.staff.active"), d.active)};
  std::vector<ui::Card> actions;
  if (d.id || !d.pin.empty()) actions.push_back(action("save", ui.say("desk.save"), {}, true));
  form(ui, ui.reach(), "desk/staff_edit", draft, lines, actions);
}

Next tap_edit(parts::Draft& draft, const StaffEditModel& m, const parts::Tap& tap) {
  auto& d = draft.of<StaffDraft>();
  if (parts::turned(draft, "desk/staff_edit", tap)) return Next::stay();
  if (const int s = step_of(tap, "role")) d.role = static_cast<store::Role>(turned(static_cast<int>(d.role) - 1, s, 3) + 1);
  if (tap.id == "number") return parts::type_text(draft, "desk.staff.number_label", parts::Writing::digits, d.number, [](parts::Draft& x, const std::string& t) { x.of<StaffDraft>().number = t; }, 6);
  if (tap.id == "everywhere") d.everywhere = !d.everywhere;
  if (tap.id == "active") d.active = !d.active;
  if (tap.id == "pin") {
    draft.of<NewPin>() = {};
    return Next::push("desk/new_pin");
  }
  if (tap.id != "save" || (!d.id && d.pin.empty())) return Next::stay();
  village::StaffEdit edit;
  edit.id = d.id;
  if (!d.id) edit.person = d.person;
  edit.number = d.number;
  edit.role = d.role;
  edit.active = d.active;
  edit.site = d.everywhere ? village::SiteId{} : draft.of<parts::Session>().site;
  // An account of another site keeps its site unless it was switched here.
  if (d.id && d.everywhere == m.now.everywhere) edit.site.reset();
  if (d.pin.empty()) return Next::run([edit](store::Act& act) { return parts::as_outcome("village", village::save_staff(act, edit)); });
  // Whoever changes her own PIN keeps her key; somebody who forgot his gets another.
  const auto& keyring = draft.of<parts::Keyring>();
  const auto own = d.id && keyring.whose == *d.id ? keyring.pair : nullptr;
  struct Made { std::string hash; village::StaffKey key; };
  const auto made = std::make_shared<Made>();
  return Next::run(
      [edit, made](store::Act& act) mutable {
        edit.pin_hash = made->hash;
        edit.key = made->key;
        return parts::as_outcome("village", village::save_staff(act, edit));
      },
      [made, own, pin = d.pin, passes = m.passes, memory = m.memory_mib] {
        made->hash = village::hash_pin(pin, passes, memory);
        made->key = own ? village::wrap_key(*own, pin, passes, memory) : village::wrap_key(store::KeyPair::make(), pin, passes, memory);
      });
}

Next done_edit(parts::Draft& draft, const StaffEditModel&, const std::any&) {
  draft.of<StaffDraft>() = {};
  draft.of<NewPin>() = {};
  Next n = Next::back();
  n.sound = "tick";
  return n;
}

// --- desk/new_pin: six digits, twice

NewPinModel load_new_pin(const parts::Ask& ask) { return {shuffled(ask.reader)}; }

void draw_new_pin(ui::Ui& ui, const NewPinModel& m, const parts::Draft& draft) {
  const auto& p = draft.of<NewPin>();
  ui.title(ui.say(p.again ? "desk.pin.again_title" : "desk.pin.new_title"));
  ui.speak(p.again ? "desk.pin.again_title" : "desk.pin.new_title", ui.say(p.again ? "desk.pin.again_title" : "desk.pin.new_title"));
  Rect area = ui.reach();
  if (!p.wrong.empty()) {
    const auto told = ui.say(p.wrong);
    wrong_band(ui, area, told);
  }
  Rect side = ui.portrait() ? area.cut_top(80, ui.gap()) : beside_keypad(ui, area);
  ui.pin_dots(side, static_cast<int>((p.again ? p.second : p.first).size()), static_cast<int>(pin_digits));
  keypad(ui, area, m.shuffled ? p.order : DigitOrder{});
}

Next tap_new_pin(parts::Draft& draft, const NewPinModel&, const parts::Tap& tap) {
  auto& p = draft.of<NewPin>();
  auto& typed = p.again ? p.second : p.first;
  const std::string_view key = tap.verb() == "key" || tap.verb() == "char" ? tap.arg() : std::string_view{};
  if (key == "erase") {
    if (!typed.empty()) typed.pop_back();
    return Next::stay();
  }
  if (key.size() == 1 && key[0] >= '0' && key[0] <= '9' && typed.size() < pin_digits) {
    p.wrong.clear();
    typed += key;
  }
  if (typed.size() < pin_digits) return Next::stay();
  if (!p.again) {
    if (village::weak_pin(p.first)) {
      p = {};
      p.wrong = "village.refused.weak_pin";
      return Next::stay();
    }
    p.again = true;
    return Next::stay();
  }
  if (p.first != p.second) {
    p = {};
    p.wrong = "desk.pin.differ";
    return Next::stay();
  }
  draft.of<StaffDraft>().pin = p.first;
  p = {};
  return Next::back();
}

// --- desk/duty

std::string weekday_word(const base::Words& words, int weekday) { return words.text(base::weekday_key(std::chrono::weekday(static_cast<unsigned>(weekday)))); }

DutyModel load_duty(const parts::Ask& ask) {
  DutyModel m;
  m.duties = village::duties(ask.reader, ask.session().site);
  for (const auto& d : m.duties) {
    ui::Row row;
    row.id = "duty:" + d.id.text();
    if (const auto s = village::staff_by_id(ask.reader, d.staff)) {
      row.picture = parts::picture_of(s->face);
      row.line = parts::staff_called_in_full(s->face, ask.words);
    }
    row.sub = weekday_word(ask.words, d.weekday) + " " + base::hour_minute(d.from) + "-" + base::hour_minute(d.until);
    m.rows.push_back(std::move(row));
  }
  return m;
}

void draw_duty(ui::Ui& ui, const DutyModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.duty.title"));
  ui.speak("desk.duty.title", ui.say("desk.duty.title"));
  const std::vector<ui::Card> actions{action("new", ui.say("desk.duty.new"), {}, true)};
  const Rect area = actions_beside(ui, ui.reach(), actions);
  parts::row_page(ui, area, "desk/duty", draft, m.rows, ui.say("desk.duty.none"));
}

Next tap_duty(parts::Draft& draft, const DutyModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/duty", tap)) return Next::stay();
  if (tap.verb() == "duty") return Next::push("desk/duty_edit", std::string(tap.arg()));
  if (tap.id == "new") return Next::push("desk/duty_edit");
  return Next::stay();
}

DutyEditModel load_duty_edit(const parts::Ask& ask) {
  DutyEditModel m;
  for (const auto& s : village::staff(ask.reader)) {
    m.staff.push_back(s.id);
    m.names.push_back(parts::staff_called_in_full(s.face, ask.words));
  }
  const auto id = village::DutyId::parse(ask.key);
  for (const auto& d : village::duties(ask.reader, ask.session().site)) {
    if (!id || d.id != *id) continue;
    m.exists = true;
    auto at = std::find(m.staff.begin(), m.staff.end(), d.staff);
    if (at == m.staff.end()) {
      const auto gone = village::staff_by_id(ask.reader, d.staff);
      m.staff.push_back(d.staff);
      m.names.push_back(gone ? parts::staff_called_in_full(gone->face, ask.words) : "?");
      at = m.staff.end() - 1;
    }
    m.now = {d.id, static_cast<int>(at - m.staff.begin()), d.weekday, d.from, d.until};
  }
  return m;
}

Next open_duty_edit(parts::Draft& draft, const DutyEditModel& m) {
  draft.of<DutyDraft>() = m.now;
  return Next::stay();
}

void draw_duty_edit(ui::Ui& ui, const DutyEditModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<DutyDraft>();
  ui.title(ui.say("desk.duty.title"));
  ui.speak("desk.duty.title", ui.say("desk.duty.title"));
  const std::vector<Line> lines{choice("staff", ui.say("desk.duty.who"), static_cast<std::size_t>(d.staff) < m.names.size() ? m.names[static_cast<std::size_t>(d.staff)] : ""),
                                choice("weekday", ui.say("desk.duty.weekday"), weekday_word(ui.words(), d.weekday)),
                                choice("from", ui.say("desk.duty.from"), base::hour_minute(d.from)), choice("until", ui.say("desk.duty.until"), base::hour_minute(d.until))};
  std::vector<ui::Card> actions;
  if (!m.staff.empty()) actions.push_back(action("save", ui.say("desk.save"), {}, true));
  if (m.exists) actions.push_back(action("remove", ui.say("desk.remove")));
  form(ui, ui.reach(), "desk/duty_edit", draft, lines, actions);
}

Next tap_duty_edit(parts::Draft& draft, const DutyEditModel& m, const parts::Tap& tap) {
  auto& d = draft.of<DutyDraft>();
  if (parts::turned(draft, "desk/duty_edit", tap)) return Next::stay();
  if (const int s = step_of(tap, "staff")) d.staff = turned(d.staff, s, static_cast<int>(m.staff.size()));
  if (const int s = step_of(tap, "weekday")) d.weekday = turned(d.weekday, s, 7);
  const auto around = [](base::Minutes at, int s) { return base::Minutes(turned(static_cast<int>(at.count()), s * static_cast<int>(duty_step.count()), 24 * 60)); };
  if (const int s = step_of(tap, "from")) d.from = around(d.from, s);
  if (const int s = step_of(tap, "until")) d.until = around(d.until, s);
  const bool save = tap.id == "save", remove = tap.id == "remove" && m.exists;
  if ((!save && !remove) || static_cast<std::size_t>(d.staff) >= m.staff.size()) return Next::stay();
  village::Duty duty;
  duty.id = d.id;
  duty.site = draft.of<parts::Session>().site;
  duty.staff = m.staff[static_cast<std::size_t>(d.staff)];
  duty.weekday = d.weekday;
  duty.from = d.from;
  duty.until = d.until;
  return Next::run([duty, remove](store::Act& act) { return parts::as_outcome("village", village::save_duty(act, duty, remove)); });
}

Next done_duty_edit(parts::Draft&, const DutyEditModel&, const std::any&) {
  Next n = Next::back();
  n.sound = "tick";
  return n;
}

}  // namespace

std::vector<parts::Screen> accounts_screens() {
  using store::Role;
  return {parts::for_role(parts::screen<StaffModel>("desk/staff", {.load = load_staff, .draw = draw_staff, .on_tap = tap_staff}), Role::manager),
          parts::for_role(parts::screen<StaffEditModel>("desk/staff_edit", {.load = load_edit, .draw = draw_edit, .on_tap = tap_edit, .on_done = done_edit, .on_open = open_edit}), Role::manager),
          parts::for_role(parts::screen<NewPinModel>("desk/new_pin", {.load = load_new_pin, .draw = draw_new_pin, .on_tap = tap_new_pin}), Role::manager),
          parts::for_role(parts::screen<DutyModel>("desk/duty", {.load = load_duty, .draw = draw_duty, .on_tap = tap_duty}), Role::clerk),
          parts::for_role(parts::screen<DutyEditModel>("desk/duty_edit", {.load = load_duty_edit, .draw = draw_duty_edit, .on_tap = tap_duty_edit, .on_done = done_duty_edit, .on_open = open_duty_edit}), Role::clerk)};
}

}  // namespace desk
