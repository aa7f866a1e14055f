#include "desk/erasure.h"

#include "desk/layout.h"
#include "parts/patterns.h"
#include "shapes/shape.h"
#include "village/erasure.h"

namespace desk {
namespace {

using parts::Next;

constexpr const char* question = "desk/person_erase";

EraseModel load(const parts::Ask& ask) {
  EraseModel m;
  const auto id = village::PersonId::parse(ask.key);
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p || p->erased) return m;
  m.id = ask.key;
  m.name = p->name;
  m.held = shapes::holds(ask.reader, *id);
  return m;
}

void unknown(ui::Ui& ui) {
  ui.title(ui.say("desk.erase.title"));
  ui.speak("desk.erase.title", ui.say("desk.erase.title"));
  parts::nothing_here(ui, ui.reach(), ui::emoji("🗑️"), ui.say("desk.person.unknown"));
}

// --- desk/person_erase: whether

void draw_erase(ui::Ui& ui, const EraseModel& m, const parts::Draft&) {
  if (m.id.empty()) return unknown(ui);
  ui.title(ui.say("desk.erase.title"));
  const auto ask = ui.words().text("desk.erase.ask", {{"name", m.name}});
  ui.speak("desk.erase.title", ask);
  parts::Confirm c;
  c.picture = ui::emoji("🗑️");
  c.headline = ask;
  c.lines = {ui.say("desk.erase.when"), ui.say("desk.erase.left_only")};
  c.yes_label = ui.say("desk.erase.next");
  c.no_label = ui.say("desk.erase.no");
  parts::confirm(ui, c);
}

Next tap_erase(parts::Draft&, const EraseModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::back();
  if (tap.id == "yes" && m.held) return Next::run([](store::Act&) -> parts::Outcome { return std::unexpected(parts::Refused{"village", "still_open"}); });
  return tap.id == "yes" && !m.id.empty() ? Next::push("desk/person_erase_sure", m.id) : Next::stay();
}

// --- desk/person_erase_sure: what goes, what stays

void draw_sure(ui::Ui& ui, const EraseModel& m, const parts::Draft&) {
  if (m.id.empty()) return unknown(ui);
  ui.title(ui.words().text("desk.erase.whose", {{"name", m.name}}));
  ui.speak("desk.erase.sure", ui.say("desk.erase.sure"));
  parts::Confirm c;
  c.picture = ui::emoji("🗑️");
  c.headline = ui.say("desk.erase.sure");
  c.lines = {ui.say("desk.erase.goes"), ui.say("desk.erase.stays")};
  c.yes_label = ui.say("desk.erase.yes");
  c.tint = ui::Tint::urgent;
  c.grave = true;
  c.no_label = ui.say("desk.erase.no");
  parts::confirm(ui, c);
}

Next tap_sure(parts::Draft&, const EraseModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::replace("desk/person", m.id, "desk/person");
  const auto person = village::PersonId::parse(m.id);
  if (tap.id != "yes" || !person) return Next::stay();
  return Next::run([person = *person](store::Act& act) -> parts::Outcome {
    auto gone = village::erase_person(act, person, shapes::holds);
    if (!gone) return parts::as_outcome("village", gone);
    return std::any(std::pair(std::move(*gone), act.store().folder()));
  });
}

Next done_sure(parts::Draft&, const EraseModel&, const std::any& receipt) {
  if (const auto* gone = std::any_cast<std::pair<village::Erased, std::filesystem::path>>(&receipt)) village::forget_files(gone->second, gone->first);
  return Next::replace("desk/person_erased", {}, "desk/person");
}

// --- desk/person_erased

EraseModel load_erased(const parts::Ask&) { return {}; }

void draw_erased(ui::Ui& ui, const EraseModel&, const parts::Draft& draft) {
  ui.title(ui.say("desk.erase.title"));
  ui.speak("desk.erase.done", ui.say("desk.erase.done"));
  parts::Receipt r;
  r.picture = ui::emoji("🗑️");
  r.headline = ui.say("desk.erase.done");
  r.line = ui.say("desk.erase.done_copies");
  r.tint = ui::Tint::hardship;
  parts::receipt(ui, draft, r);
}

Next tap_erased(parts::Draft&, const EraseModel&, const parts::Tap& tap) { return tap.id == "done" ? Next::back() : Next::stay(); }

// --- desk/leavers: who left longer ago than their data is to be kept

LeaversModel load_leavers(const parts::Ask& ask) {
  LeaversModel m;
  for (const auto& who : village::overdue_leavers(ask.reader)) {
    m.ids.push_back(who.id.text());
    m.names.push_back(who.name);
    m.since.push_back(ask.words.text("desk.leavers.since", {{"day", base::iso(who.left_on)}}));
  }
  return m;
}

void draw_leavers(ui::Ui& ui, const LeaversModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.leavers.title"));
  ui.speak("desk.leavers.say", ui.say("desk.leavers.say"));
  std::vector<ui::Row> rows;
  for (std::size_t i = 0; i < m.ids.size(); ++i) {
    ui::Row row;
    row.id = "person:" + m.ids[i];
    row.picture = ui::emoji("🧳");
    row.line = m.names[i];
    row.sub = m.since[i];
    rows.push_back(std::move(row));
  }
  parts::row_page(ui, ui.reach(), "desk/leavers", draft, rows, ui.say("desk.leavers.none"));
}

Next tap_leavers(parts::Draft& draft, const LeaversModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/leavers", tap)) return Next::stay();
  return tap.verb() == "person" ? Next::push(question, std::string(tap.arg())) : Next::stay();
}

}  // namespace

std::optional<TodayFigure> leavers_figure(const store::Reader& reader, const base::Words& words) {
  return own_figure(words, "leavers", village::overdue_leavers_count(reader), "🧳");
}

std::vector<parts::Screen> erasure_screens() {
  using parts::for_role;
  using parts::screen;
  using store::Role;
  return {for_role(screen<EraseModel>(question, {.load = load, .draw = draw_erase, .on_tap = tap_erase}), Role::manager),
          for_role(screen<EraseModel>("desk/person_erase_sure", {.load = load, .draw = draw_sure, .on_tap = tap_sure, .on_done = done_sure}), Role::manager),
          for_role(screen<EraseModel>("desk/person_erased", {.load = load_erased, .draw = draw_erased, .on_tap = tap_erased}), Role::manager),
          for_role(screen<LeaversModel>("desk/leavers", {.load = load_leavers, .draw = draw_leavers, .on_tap = tap_leavers}), Role::manager)};
}

}  // namespace desk
