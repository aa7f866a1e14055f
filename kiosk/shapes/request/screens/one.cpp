// One request with its history, and what staff can do with it; passing it on.
#include "parts/noted.h"
#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

namespace request {
namespace {

std::string step_words(const parts::Ask& ask, const Step& s) {
  const auto& words = ask.words;
  auto key = "request.step." + s.fact.substr(s.fact.find('.') + 1);
  std::string to = s.office.empty() ? called(ask.reader, words, s.to) : office_word(words, s.office);
  if (s.fact == "request.passed_on" && to.empty()) key = "request.step.passed_back";
  const auto answer = s.fact == "request.rated" ? words.text("request.answer." + s.detail) : std::string{};
  auto what = words.text(key, {{"to", to}, {"answer", answer}});
  if (s.fact == "request.passed_on" && !s.detail.empty()) what += " · " + words.text("request.reason." + s.detail);
  if (s.helped) {
    const auto helper = called(ask.reader, words, s.helper);
    what += " · " + words.text("parts.helper.beside", {{"name", helper.empty() ? words.text("parts.helper.other") : helper}});
  }
  if (s.fact == "request.closed" && !s.detail.empty()) what += " · " + words.text("request.outcome." + s.detail);
  auto who = called(ask.reader, words, s.by);
  if (who.empty()) who = words.text(s.fact == "request.escalated" || s.fact == "request.said_dropped" ? "request.step.clock" : "request.step.nobody");
  const auto day = base::day_of(s.at, ask.reader.place());
  auto time = base::hour_minute(base::minutes_of_day(s.at, ask.reader.place()));
  if (day != village::today_said(ask.reader)) time = parts::day_word(words, day, village::today_said(ask.reader)) + " " + time;
  if (village::time_unsure(ask.reader, s.at)) time = words.text("parts.clock.unsure");
  return words.text("request.step.line", {{"time", time}, {"who", who}, {"what", what}});
}

parts::Next deed(std::expected<Receipt, Refusal> (*what)(store::Act&, RequestId), RequestId id) {
  return parts::Next::run([what, id](store::Act& act) { return parts::as_outcome("request", what(act, id)); });
}

}  // namespace

OneModel load_one(const parts::Ask& ask) {
  OneModel m;
  const auto& words = ask.words;
  const auto id = RequestId::parse(ask.key);
  const auto q = id ? one(ask.reader, *id) : std::nullopt;
  if (!q) return m;
  m.asked = q->id;
  // First it is written down that this is read, then it is shown. Of what is confidential the sealed reading is the note: one in clear would
  // name who it was about.
  if (q->kind == Kind::confidential) {
    if (!has_read(ask.reader, q->id)) m.unread = q->id;
  } else if (q->person && village::reading_of(ask.reader, *q->person) == village::Reading::note_first) {
    m.unread_child = q->person;
  }
  if ((m.hidden = (m.unread || m.unread_child) && !parts::was_shown(ask, q->id.value))) return m;
  m.id = q->id;
  m.picture = picture_of(*q, true);
  m.what = what_of(words, *q, true);
  m.overdue = q->overdue(ask.reader.now());
  m.status = words.text("request.state." + std::string(name(q->state)));
  if (const auto person = q->person ? village::person(ask.reader, *q->person) : std::nullopt) {
    m.who = person->name;
    if (const auto face = village::face(ask.reader, person->id)) m.face = parts::picture_of(*face);
    m.phone = person->phone.empty() ? words.text("request.one.no_phone") : words.text("request.one.phone", {{"phone", person->phone}});
  }
  if (const auto comes = called(ask.reader, words, who_comes(ask.reader, *q)); !comes.empty()) m.facts.push_back(words.text("request.one.comes", {{"name", comes}}));
  if (!q->office.empty()) m.facts.push_back(words.text("request.queue.office", {{"office", office_word(words, q->office)}}));
  else if (!q->lead.empty()) m.facts.push_back(words.text("request.one.lead", {{"office", office_word(words, q->lead)}}));
  for (const auto& s : history(ask.reader, q->id)) m.history.push_back(step_words(ask, s));
  if (const auto said = said_of(ask.reader, q->id); !said.empty())
    m.hear = words.text("request.hear.button", {{"name", called(ask.reader, words, q->person)}, {"n", std::to_string(said.size())}});
  const bool free = !q->taken_by || ask.session().staff == q->taken_by || ask.reader.viewer().role != store::Role::volunteer;
  m.may_take = q->state == State::asked;
  m.may_go = q->state == State::accepted && free;
  m.may_finish = q->open() && q->state != State::asked && free;
  m.may_pass = q->open() && free;
  m.may_close = q->open() && ask.reader.may(right::close);
  return m;
}

void draw_one(ui::Ui& ui, const OneModel& m, const parts::Draft&) {
  ui.title(m.id ? m.what : ui.say("request.one.title"), m.picture, m.status);
  ui.speak("request.one.say", ui.say("request.one.say"));
  ui::Rect area = ui.reach();
  if (!m.id) {
    ui.text(area, ui.say("request.one.gone"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  std::vector<ui::Card> acts;
  const auto offer = [&](bool yes, const char* id, const char* key, const char* picture, bool filled) {
    if (!yes) return;
    ui::Card c;
    c.id = id;
    c.label = ui.say(key);
    c.picture = ui::emoji(picture);
    c.tint = ui::Tint::staff;
    c.filled = filled;
    c.main = false;
    acts.push_back(std::move(c));
  };
  offer(m.may_take, "take", "request.queue.take", "🙋", true);
  offer(m.may_go, "set_off", "request.queue.set_off", "🚶", !m.may_take);
  offer(m.may_finish, "finish", "request.queue.finish", "✅", !m.may_go);
  offer(m.may_pass, "pass", "request.queue.pass", "🤝", false);
  offer(m.may_close, "close", "request.one.close", "🗂", false);
  // Beside her face where there is room for her name too.
  offer(!m.hear.empty() && ui.compact(), "hear", "request.queue.hear", "🎧", false);
  if (!acts.empty()) {
    ui::Rect strip = area.cut_bottom(24, 4);
    const auto cells = ui::grid(strip, static_cast<int>(acts.size()), 1, 4);
    for (std::size_t i = 0; i < acts.size(); ++i) ui.button(cells[i], acts[i]);
  }
    ui::Rect left = ui.portrait() ? area.cut_top(std::min(area.h * 0.4f, 150.0f), 4) : area.cut_left(area.w * 0.42f, 4);
  ui.panel(left, ui::Tint::neutral);
  ui.panel(area, ui::Tint::neutral);
  const float pad = ui.compact() ? 3.0f : 6.0f;
  left = left.inset(pad);
  area = area.inset(pad);
  // On a wide glass it is read while standing: the larger type, where all of it finds room.
  const auto fits = [&](const std::vector<std::string>& lines, ui::Rect r, float taken) {
    for (const auto& each : lines) taken += 1 + ui.text_height(each, r.w, ui::Type::sentence);
    return taken <= r.h;
  };
  const auto of_facts = fits(m.facts, left, left.h * 0.5f) ? ui::Type::sentence : ui::Type::staff;
  const auto of_history = fits(m.history, area, 0) ? ui::Type::sentence : ui::Type::staff;
  if (!m.hear.empty() && !ui.compact()) {
    ui::Card c;
    c.id = "hear";
    c.label = m.hear;
    c.picture = ui::emoji("🎧");
    c.tint = ui::Tint::staff;
    c.main = false;
    ui.button(left.cut_bottom(20, 2), c);
  }
  if (!m.face.empty()) {
    const float side = std::min({left.h * 0.5f, left.w * 0.34f, 46.0f});
    ui::Rect top = left.cut_top(side, 2);
    ui.photo(top.cut_left(side, 4), m.face);
    ui.text(top, m.who + "\n" + m.phone, {.type = of_facts, .weight = ui::Weight::bold, .centre_v = true});
  }
  for (const auto& fact : m.facts) {
    const float high = ui.text_height(fact, left.w, of_facts);
    if (high > left.h) break;
    ui.text(left.cut_top(high, 1), fact, {.type = of_facts});
  }
  // The newest steps are what is looked for: as many as fit, oldest of them first.
  std::vector<float> highs;
  float all = 0;
  std::size_t from = m.history.size();
  while (from > 0) {
    const float high = std::max(ui.line(of_history), ui.text_height(m.history[from - 1], area.w, of_history));
    if (all + high > area.h) break;
    all += high + 1;
    highs.insert(highs.begin(), high);
    --from;
  }
  for (std::size_t i = from; i < m.history.size(); ++i) ui.text(area.cut_top(highs[i - from], 1), m.history[i], {.type = of_history});
}

// What was written down first is on the glass now.
parts::Next done_one(parts::Draft& draft, const OneModel& m, const std::any&) {
  if (m.hidden && (m.unread || m.unread_child)) parts::remember_shown(draft, m.asked.value);
  return parts::Next::stay();
}

parts::Next open_one(parts::Draft& draft, const OneModel& m) {
  if (m.id && !m.hidden) parts::remember_shown(draft, m.id->value);
  if (m.unread_child) return m.hidden ? parts::Next::run(parts::reading_noted(*m.unread_child)) : parts::Next::note(parts::reading_noted(*m.unread_child));
  return m.unread ? deed(&read, *m.unread) : parts::Next::stay();
}

parts::Next tap_one(parts::Draft&, const OneModel& m, const parts::Tap& tap) {
  if (!m.id) return parts::Next::stay();
  if (tap.id == "take") return deed(&take, *m.id);
  if (tap.id == "hear") return parts::Next::push("request/hear", m.id->text());
  if (tap.id == "set_off") return deed(&set_off, *m.id);
  if (tap.id == "finish") return deed(&finish, *m.id);
  if (tap.id == "pass") return parts::Next::push("request/pass_on", m.id->text());
  if (tap.id == "close")
    return parts::Next::run([id = *m.id](store::Act& act) { return parts::as_outcome("request", close(act, id, Outcome::not_needed)); });
  return parts::Next::stay();
}

PassOnModel load_pass_on(const parts::Ask& ask) {
  PassOnModel m;
  const auto id = RequestId::parse(ask.key);
  const auto q = id ? one(ask.reader, *id) : std::nullopt;
  if (!q || !q->open()) return m;
  m.id = q->id;
  const auto& me = ask.session().staff;
  for (const auto& staff : village::staff(ask.reader)) {
    if (!staff.active || (me && staff.id == *me) || (q->kind == Kind::confidential && !right::take_confidential.role_may(staff.role))) continue;
    m.to.push_back({"staff:" + staff.id.text(), parts::staff_called(staff.face, ask.words), parts::picture_of(staff.face)});
  }
  std::vector<std::string> offices;
  if (!q->lead.empty()) offices.push_back(q->lead);
  for (const auto* more : {&q->cooperating, &q->implementing})
    for (const auto& code : *more)
      if (std::find(offices.begin(), offices.end(), code) == offices.end()) offices.push_back(code);
  for (const auto& code : offices) m.to.push_back({"office:" + code, office_word(ask.words, code), ui::emoji("🏢")});
  if (q->state != State::asked) m.to.push_back({"back_to_list", ask.words.text("request.pass_on.back_to_list"), ui::emoji("📋")});
  return m;
}

void draw_pass_on(ui::Ui& ui, const PassOnModel& m, const parts::Draft& draft) {
  const bool why = !draft.of<Choice>().pass_to.empty();
  ui.title(ui.say(why ? "request.pass_on.why" : "request.pass_on.title"));
  const auto* key = why ? "request.pass_on.why.say" : "request.pass_on.say";
  ui.speak(key, ui.say(key));
  std::vector<ui::Card> cards;
  const auto add = [&](std::string id, std::string label, ui::Picture picture) {
    ui::Card c;
    c.id = std::move(id);
    c.label = std::move(label);
    c.picture = std::move(picture);
    c.main = false;
    cards.push_back(std::move(c));
  };
  if (!m.id) {
    ui.text(ui.reach(), ui.say("request.one.gone"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  if (why) {
    add("reason:busy", ui.say("request.reason.busy"), ui::emoji("⏳"));
    add("reason:knows_better", ui.say("request.reason.knows_better"), ui::emoji("🤝"));
    add("reason:needs_office", ui.say("request.reason.needs_office"), ui::emoji("🏢"));
  } else {
    for (const auto& to : m.to) add(to.id, to.label, to.picture);
  }
  parts::card_page(ui, ui.reach(), why ? "request/pass_on/why" : "request/pass_on", draft, cards);
}

parts::Next open_pass_on(parts::Draft& draft, const PassOnModel&) {
  draft.of<Choice>() = {};
  draft.of<parts::Pages>().at.erase("request/pass_on");
  return parts::Next::stay();
}

parts::Next tap_pass_on(parts::Draft& draft, const PassOnModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "request/pass_on", tap) || !m.id) return parts::Next::stay();
  auto& choice = draft.of<Choice>();
  if (tap.verb() == "staff" || tap.verb() == "office" || tap.id == "back_to_list") {
    choice.pass_to = tap.id;
    return parts::Next::stay();
  }
  const auto reason = tap.verb() == "reason" ? reason_named(tap.arg()) : std::nullopt;
  if (!reason || choice.pass_to.empty()) return parts::Next::stay();
  PassOn to{*m.id, {}, {}, *reason};
  const parts::Tap target{choice.pass_to};
  if (target.verb() == "staff") to.to_staff = village::StaffId::parse(target.arg());
  else if (target.verb() == "office") to.to_office = std::string(target.arg());
  return parts::Next::run([to](store::Act& act) { return parts::as_outcome("request", pass_on(act, to)); });
}

parts::Next done_pass_on(parts::Draft& draft, const PassOnModel&, const std::any&) {
  draft.of<Choice>() = {};
  return parts::Next::back();
}

}  // namespace request
