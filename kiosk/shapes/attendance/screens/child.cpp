#include "shapes/attendance/screens/child.h"

#include "parts/patterns.h"
#include "shapes/attendance/attendance.h"
#include "shapes/attendance/screens/arrive.h"
#include "village/clock.h"

#include <algorithm>

namespace attendance {
namespace {

using parts::Draft;
using parts::Next;
using parts::Tap;
using ui::Rect;

// --- attendance/child: 娃到了 or 接娃

struct ChildModel { bool any_in = false; };

void draw_child(ui::Ui& ui, const ChildModel&, const Draft& draft) {
  ui.title(ui.say("attendance.child.title"));
  ui.speak("attendance.child.say", ui.say("attendance.child.say"));
  std::vector<ui::Card> cards(2);
  cards[0].id = "arrive";
  cards[0].label = ui.say("attendance.child.arrive");
  cards[0].picture = ui::emoji("🎒");
  cards[0].tint = ui::Tint::child;
  cards[1].id = "fetch";
  cards[1].label = ui.say("attendance.child.fetch");
  cards[1].picture = ui::emoji("🏡");
  cards[1].tint = ui::Tint::elder;
  parts::card_page(ui, ui.reach(), "attendance/child", draft, cards);
}
Next tap_child(Draft& draft, const ChildModel&, const Tap& tap) {
  draft.of<parts::Pages>().at.erase("attendance/child_faces");
  if (tap.id == "arrive") return Next::push("attendance/child_faces", "arrive");
  if (tap.id == "fetch") return Next::push("attendance/child_faces", "fetch");
  return Next::stay();
}

// --- attendance/child_faces: faces of those who come here (arrive), or of those who are in (fetch)

struct FacesModel { bool fetch = false; std::vector<village::FaceOf> faces; std::optional<std::string> offer; };

// The class shows its own faces; a kiosk never lists a child of another place.
store::Reader site_eyes(const parts::Ask& ask) { return ask.reader.as(store::Viewer::clockwork(ask.session().site.value)); }

FacesModel load_faces(const parts::Ask& ask) {
  FacesModel m;
  m.fetch = ask.key == "fetch";
  const auto eyes = site_eyes(ask);
  if (ask.reader.setting("people.faces", std::int64_t{1}) == 0) return m;
  const auto here = here_now(eyes);
  std::vector<village::PersonId> in;
  for (const auto& s : here)
    if (const auto* o = offered(s.offer); o != nullptr && o->handover) in.push_back(s.person);
  if (m.fetch) {
    for (const auto& person : in)
      if (auto f = village::face(eyes, person)) m.faces.push_back(std::move(*f));
  } else {
    const auto village = village::village_of(ask.reader, ask.session().site);
    if (village)
      for (const auto& group : village::groups(ask.reader, village->id))
        for (auto& f : village::faces(ask.reader, ask.session().site, group.id, 0, 200))
          if (f.tint == "child" && std::find(in.begin(), in.end(), f.id) == in.end()) m.faces.push_back(std::move(f));
    const auto site = village::site(ask.reader, ask.session().site);
    if (site)
      for (const auto* offer : shapes::catalogue().shown("attendance", site->kind))
        if (const auto* o = offered(offer->code); o != nullptr && o->open && std::find(offer->audience.begin(), offer->audience.end(), "child") != offer->audience.end()) {
          m.offer = offer->code;
          break;
        }
  }
  std::stable_sort(m.faces.begin(), m.faces.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return m;
}

void draw_faces(ui::Ui& ui, const FacesModel& m, const Draft& draft) {
  ui.title(ui.say(m.fetch ? "attendance.child.fetch_title" : "attendance.child.faces_title"));
  if (m.faces.empty()) {
    const auto key = m.fetch ? "attendance.child.nobody_in" : m.offer ? "attendance.child.all_in" : "attendance.child.not_here";
    ui.speak(key, ui.say(key));
    parts::nothing_here(ui, ui.body(), ui::emoji("🎒"), ui.say(key));
    return;
  }
  const auto key = m.fetch ? "attendance.child.fetch_say" : "attendance.child.faces_say";
  ui.speak(key, ui.say(key));
  std::vector<ui::Face> tiles;
  for (const auto& f : m.faces) tiles.push_back(parts::face_tile(f, "person:"));
  parts::face_page(ui, ui.reach(), "attendance/child_faces", draft, tiles);
}

Next tap_faces(Draft& draft, const FacesModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/child_faces", tap)) return Next::stay();
  if (tap.verb() != "person") return Next::stay();
  const auto child = village::PersonId::parse(tap.arg());
  if (!child) return Next::stay();
  if (m.fetch) return Next::push("attendance/fetch", child->text());
  if (!m.offer) return Next::stay();
  // The child stands here and touches its own face: known by face for this one deed.
  auto next = Next::run([child = *child, offer = *m.offer](store::Act& act) { return parts::as_outcome("attendance", check_in(act, {child, offer, {}})); });
  parts::Identity who;
  who.person = *child;
  who.known = store::Known::face;
  next.becomes = who;
  return next;
}
Next done_faces(Draft& draft, const FacesModel&, const std::any& receipt) {
  const auto& r = std::any_cast<const Receipt&>(receipt);
  draft.of<LastReceipt>() = {r, false};
  Next n = Next::replace("attendance/welcome", r.stay.text());
  n.sound = "done";
  return n;
}

// --- attendance/fetch: photos of who may fetch this child

struct FetchModel { std::optional<village::FaceOf> child; std::vector<village::Carer> carers; std::string since; bool held = false; };

FetchModel load_fetch(const parts::Ask& ask) {
  FetchModel m;
  const auto id = village::PersonId::parse(ask.key);
  if (!id) return m;
  const auto eyes = site_eyes(ask);
  const auto s = any_open_stay(eyes, *id);
  if (!s) return m;  // only of a child that is in
  m.child = village::face(eyes, *id);
  m.held = !ask.session().viewer.is_staff() && held(eyes, *id);
  if (!village::clock_unsure(ask.reader)) m.since = parts::time_word(ask.words, base::minutes_of_day(s->came, ask.reader.place()));
  for (auto& c : village::carers(eyes, *id))
    if (c.may_fetch) m.carers.push_back(std::move(c));
  return m;
}

void draw_fetch(ui::Ui& ui, const FetchModel& m, const Draft& draft) {
  if (!m.child) {
    ui.title(ui.say("attendance.child.fetch_title"));
    ui.speak("attendance.child.nobody_in", ui.say("attendance.child.nobody_in"));
    ui.text(ui.body(), ui.say("attendance.child.nobody_in"), {.align = ui::Align::centre, .centre_v = true});
    return;
  }
  ui.title(ui.words().text("attendance.child.who_title", {{"name", m.child->called}}));
  ui.speak("attendance.child.who_say", ui.words().text("attendance.child.who_say", {{"name", m.child->called}}));
  Rect area = ui.reach();
  Rect bottom = area.cut_bottom(30, ui.gap());
  ui::Card other;
  other.id = "not_listed";
  other.label = ui.say("attendance.child.not_listed");
  other.picture = ui::emoji("🙅");
  ui.button(bottom, other);
  if (!ui.portrait()) {
    Rect left = area.cut_left(std::min(area.h, area.w * 0.26f), ui.gap() * 2);
    Rect name = left.cut_bottom(ui.line(ui::Type::name), 2);
    const float side = std::min(left.w, left.h);
    ui.photo(left.centred(side, side), parts::picture_of(*m.child), ui::Tint::child);
    ui.text(name, m.child->name, {.type = ui::Type::name, .weight = ui::Weight::bold, .align = ui::Align::centre});
  }
  // Who they are to the child stands under every face, or, where a language has a word too long for a tile, under none.
  const auto relation = [&](const village::Carer& c) { return ui.say("village.relation." + c.relation); };
  const float beside = static_cast<float>(std::clamp<std::size_t>(m.carers.size(), 1, 4)), tile = (area.w - ui.gap() * (beside - 1)) / beside - 3;
  const bool relations = ui.words().chinese() ? !ui.compact() || ui.text_scale() < 1.1f
                                              : !ui.compact() && std::ranges::all_of(m.carers, [&](const auto& c) { return ui.text_width(relation(c), ui::Type::sentence) < tile; });
  std::vector<ui::Face> tiles;
  for (const auto& c : m.carers) {
    auto f = parts::face_tile(c.face, "person:");
    if (relations) f.sub = relation(c);
    f.tint = ui::Tint::elder;
    tiles.push_back(std::move(f));
  }
  if (tiles.empty()) ui.text(area, ui.say("attendance.child.no_list"), {.align = ui::Align::centre, .centre_v = true});
  parts::face_page(ui, area, "attendance/fetch", draft, tiles);
}

// A child that somebody wanted who may not fetch it waits for staff, whoever asks next.
Next open_fetch(Draft&, const FetchModel& m) { return m.held && m.child ? Next::replace("attendance/fetch_refused", m.child->id.text()) : Next::stay(); }

Next tap_fetch(Draft& draft, const FetchModel& m, const Tap& tap) {
  if (parts::turned(draft, "attendance/fetch", tap)) return Next::stay();
  if (!m.child) return Next::stay();
  if (tap.id == "not_listed")
    return Next::run([child = m.child->id](store::Act& act) { return parts::as_outcome("attendance", refuse_fetch(act, child)); });
  if (tap.verb() == "person")
    if (const auto adult = village::PersonId::parse(tap.arg())) return Next::push("attendance/fetch_confirm", m.child->id.text() + "/" + adult->text());
  return Next::stay();
}
Next done_fetch(Draft&, const FetchModel& m, const std::any&) {
  Next n = Next::replace("attendance/fetch_refused", m.child ? m.child->id.text() : "");
  n.sound = "refused";
  return n;
}

// --- attendance/fetch_confirm: child and adult side by side, then [✓ 是我接]

struct ConfirmModel { std::optional<village::FaceOf> child, adult; };

ConfirmModel load_confirm(const parts::Ask& ask) {
  ConfirmModel m;
  const auto slash = ask.key.find('/');
  if (slash == std::string::npos) return m;
  const auto eyes = site_eyes(ask);
  if (const auto id = village::PersonId::parse(ask.key.substr(0, slash)); id && any_open_stay(eyes, *id)) m.child = village::face(eyes, *id);
  if (const auto id = village::PersonId::parse(ask.key.substr(slash + 1))) m.adult = village::face(eyes, *id);
  return m;
}

void draw_confirm(ui::Ui& ui, const ConfirmModel& m, const Draft&) {
  if (!m.child || !m.adult) return;
  ui.title(ui.say("attendance.child.confirm_title"));
  const auto sentence = ui.words().text("attendance.child.confirm_say", {{"name", m.adult->called}, {"child", m.child->called}});
  ui.speak("attendance.child.confirm_say", sentence);
  Rect area = ui.reach();
  Rect buttons = area.cut_bottom(34, ui.gap());
  ui.panel(area, ui::Tint::child);
  Rect inside = area.inset(ui.margin());
  Rect line = inside.cut_bottom(ui.text_height(sentence, inside.w, ui::Type::sentence, ui::Weight::bold), 3);
  ui.text(line, sentence, {.weight = ui::Weight::bold, .align = ui::Align::centre, .tint = ui::Tint::child});
  const float side = std::min({inside.h, inside.w * 0.34f, 90.0f});
  const float arrow = side * 0.4f;
  Rect row = inside.centred(2 * side + arrow + 2 * ui.gap(), side);
  ui.photo(row.cut_left(side, ui.gap()), parts::picture_of(*m.adult), ui::Tint::elder);
  Rect middle = row.cut_left(arrow, ui.gap());
  ui.picture(middle.centred(arrow, arrow), ui::emoji("🤝"));
  ui.photo(row, parts::picture_of(*m.child), ui::Tint::child);
  ui::Card yes, no;
  yes.id = "yes";
  yes.label = ui.say("attendance.child.i_fetch");
  yes.picture = ui::drawn("tick");
  yes.filled = true;
  yes.tint = ui::Tint::hardship;
  no.id = "no";
  no.label = ui.say("parts.identify.not_me");
  no.picture = ui::drawn("cross");
  ui.button(buttons.cut_left((buttons.w - ui.gap()) * 0.42f, ui.gap()), no);
  ui.button(buttons, yes);
}

Next tap_confirm(Draft&, const ConfirmModel& m, const Tap& tap) {
  if (tap.id == "no") return Next::back();
  if (tap.id != "yes" || !m.child || !m.adult) return Next::stay();
  auto next = Next::run([child = m.child->id, adult = m.adult->id](store::Act& act) { return parts::as_outcome("attendance", hand_over(act, child, adult)); });
  parts::Identity who;
  who.person = m.adult->id;
  who.known = store::Known::face;
  next.becomes = who;
  return next;
}
Next done_confirm(Draft&, const ConfirmModel& m, const std::any&) {
  Next n = Next::replace("attendance/fetched", m.child->id.text() + "/" + m.adult->id.text());
  n.sound = "done";
  return n;
}
Next refused_confirm(Draft&, const ConfirmModel& m, const parts::Refused& refused) {
  if ((refused.name == "not_on_list" || refused.name == "held") && m.child) return Next::replace("attendance/fetch_refused", m.child->id.text());
  return Next::home();
}

// --- attendance/fetched

ConfirmModel load_fetched(const parts::Ask& ask) {
  ConfirmModel m;
  const auto slash = ask.key.find('/');
  if (slash == std::string::npos) return m;
  const auto eyes = site_eyes(ask);
  if (const auto id = village::PersonId::parse(ask.key.substr(0, slash))) m.child = village::face(eyes, *id);
  if (const auto id = village::PersonId::parse(ask.key.substr(slash + 1))) m.adult = village::face(eyes, *id);
  return m;
}
void draw_fetched(ui::Ui& ui, const ConfirmModel& m, const Draft& draft) {
  if (!m.child || !m.adult) return;
  ui.title(ui.say("attendance.child.fetched_title"));
  const auto sentence = ui.words().text("attendance.child.fetched_say", {{"name", m.adult->called}, {"child", m.child->called}});
  ui.speak("attendance.child.fetched_say", sentence);
  parts::Receipt r;
  r.picture = parts::picture_of(*m.child);
  r.headline = sentence;
  r.tint = ui::Tint::child;
  parts::receipt(ui, draft, r);
}
Next tap_fetched(Draft&, const ConfirmModel&, const Tap& tap) { return tap.id == "done" ? Next::home() : Next::stay(); }

// --- attendance/fetch_refused: staff are called; never a way round

struct RefusedModel { std::string duty; };
RefusedModel load_refused(const parts::Ask& ask) { return {ask.session().duty_name}; }
void draw_refused(ui::Ui& ui, const RefusedModel& m, const Draft& draft) {
  ui.title(ui.say("attendance.child.refused_title"));
  const auto text = m.duty.empty() ? ui.say("attendance.child.refused_say_nobody") : ui.words().text("attendance.child.refused_say", {{"name", m.duty}});
  ui.speak("attendance.child.refused_say", text);
  parts::Receipt r;
  r.picture = ui::emoji("🔔");
  r.headline = text;
  r.ticked = false;
  r.tint = ui::Tint::child;
  parts::receipt(ui, draft, r);
}
Next tap_refused(Draft&, const RefusedModel&, const Tap& tap) { return tap.id == "done" ? Next::home() : Next::stay(); }

}  // namespace

std::vector<parts::Screen> child_screens() {
  return {parts::screen<ChildModel>("attendance/child", {.draw = draw_child, .on_tap = tap_child}),
          parts::screen<FacesModel>("attendance/child_faces", {.load = load_faces, .draw = draw_faces, .on_tap = tap_faces, .on_done = done_faces}),
          parts::screen<FetchModel>("attendance/fetch", {.load = load_fetch, .draw = draw_fetch, .on_tap = tap_fetch, .on_done = done_fetch, .on_open = open_fetch}),
          parts::screen<ConfirmModel>("attendance/fetch_confirm", {.load = load_confirm, .draw = draw_confirm, .on_tap = tap_confirm, .on_done = done_confirm, .on_refused = refused_confirm}),
          parts::leaving_after(parts::screen<ConfirmModel>("attendance/fetched", {.load = load_fetched, .draw = draw_fetched, .on_tap = tap_fetched}), 20),
          parts::leaving_after(parts::screen<RefusedModel>("attendance/fetch_refused", {.load = load_refused, .draw = draw_refused, .on_tap = tap_refused}), 60)};
}

}  // namespace attendance
