// What is to be done, oldest first; and urgent calls. For staff.
#include "parts/keyring.h"
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

namespace request {
namespace {

constexpr std::string_view list = "request/queue";


ui::Row row_of(const parts::Ask& ask, const Request& q, const std::vector<village::Group>& groups) {
  const auto& words = ask.words;
  const auto now = ask.reader.now();
  ui::Row row;
  // Whose it is and what about stands on its own page, and it is written down who opened that.
  const bool confidential = q.kind == Kind::confidential;
  row.picture = confidential ? ui::emoji("🔏") : picture_of(q, true);
  row.line = confidential ? words.text("request.sealed.line") : what_of(words, q, true);
  if (const auto person = q.person && !confidential ? village::person(ask.reader, *q.person) : std::nullopt) {
    row.line += " " + person->name;
    for (const auto& group : groups)
      if (person->group == group.id) row.line += " " + words.text("request.queue.group", {{"n", std::to_string(group.number)}});
  }
  // How long cannot be told by a clock that is wrong.
  const auto waited = village::clock_unsure(ask.reader) ? words.text("parts.clock.unsure") : words.text("request.queue.waited", {{"waited", span_words(words, now - q.since)}});
  row.overdue = q.overdue(now);
  row.overdue_word = words.text("request.queue.overdue");
  const auto allowed = q.due - q.since;
  row.meter = static_cast<float>(std::clamp(static_cast<double>((now - q.since).count()) / static_cast<double>(std::max<std::int64_t>(1, allowed.count())), 0.0, 1.0));
  row.id = "request:" + q.id.text();
  row.sub = waited;
  if (!row.overdue) row.sub += " · " + words.text("request.queue.allowed", {{"allowed", span_words(words, allowed)}});
  const bool own = q.taken_by && ask.session().staff == q.taken_by;
  if (!q.office.empty()) row.status = words.text("request.queue.office", {{"office", office_word(words, q.office)}});
  else if (q.state != State::asked)
    row.status = words.text(q.state == State::on_the_way ? "request.queue.going" : "request.queue.taken", {{"name", called(ask.reader, words, who_comes(ask.reader, q))}});
  else if (q.round > 1) row.status = words.text("request.queue.again", {{"n", std::to_string(q.round)}});
  else if (q.escalated) row.status = words.text("request.queue.told");
  else if (!row.overdue && row.meter * 100 >= static_cast<float>(ask.reader.setting("request.due_soon_share", std::int64_t{75}))) row.status = words.text("request.queue.due_soon");
  const auto act = [&](const char* verb, const char* key, bool filled) { row.actions.push_back({std::string(verb) + ":" + q.id.text(), words.text(key), filled}); };
  if (confidential) act("request", "request.sealed.open", true);
  else if (q.state == State::asked) {
    act("take", "request.queue.take", true);
    act("pass", "request.queue.pass", false);
  } else if (own && q.state == State::accepted) {
    act("set_off", "request.queue.set_off", true);
    act("finish", "request.queue.finish", false);
  } else if (own) {
    act("finish", "request.queue.finish", true);
  }
  // Before the others, so that none of them stands elsewhere than in the rows around.
  if (!confidential && !said_of(ask.reader, q.id).empty()) row.actions.insert(row.actions.begin(), {"hear:" + q.id.text(), words.text("request.queue.hear"), false});
  return row;
}

parts::Next deed(std::expected<Receipt, Refusal> (*what)(store::Act&, RequestId), RequestId id) {
  return parts::Next::run([what, id](store::Act& act) { return parts::as_outcome("request", what(act, id)); });
}

}  // namespace

QueueModel load_queue(const parts::Ask& ask) {
  QueueModel m;
  const auto village = village::village_of(ask.reader, ask.session().site);
  const auto groups = village ? village::groups(ask.reader, village->id) : std::vector<village::Group>{};
  for (const auto& q : queue(ask.reader)) {
    m.rows.push_back(row_of(ask, q, groups));
    ++m.now;
    if (m.rows.back().overdue) ++m.late;
  }
  m.unsure = village::clock_unsure(ask.reader);
  m.closed = ask.reader.may(village::right::read_sealed) && !parts::may_open(ask.reader, ask.draft.of<parts::Keyring>());
  m.urgent = static_cast<int>(urgent_all(ask.reader).size());
  return m;
}

void draw_queue(ui::Ui& ui, const QueueModel& m, const parts::Draft& draft) {
  const auto n = std::to_string(m.now), late = std::to_string(m.late);
  ui.title(ui.say("request.queue.title"), {}, ui.words().text(m.unsure ? "request.queue.count_unsure" : "request.queue.count", {{"n", n}, {"late", late}}));
  const auto* say = m.unsure ? "request.queue.say_unsure" : "request.queue.say";
  ui.speak(say, ui.words().text(say, {{"n", n}, {"late", late}}));
  std::vector<ui::Row> rows;
  // Urgent calls that are not over stand before everything else.
  if (m.urgent > 0) {
    ui::Row urgent;
    urgent.id = "urgent_list";
    urgent.picture = ui::emoji("🚨");
    urgent.line = ui.words().text("request.queue.urgent", {{"n", std::to_string(m.urgent)}});
    rows.push_back(std::move(urgent));
  }
  // Whether there is anything confidential is not known before it is opened: this line always stands there, and on
  // the first page, where it is seen.
  if (m.closed) {
    ui::Row closed;
    closed.picture = ui::emoji("🔏");
    closed.line = ui.say("request.sealed.closed");
    closed.sub = ui.say("request.sealed.how");
    rows.push_back(std::move(closed));
  }
  rows.insert(rows.end(), m.rows.begin(), m.rows.end());
  parts::row_page(ui, ui.reach(), list, draft, rows, ui.say("request.queue.empty"));
}

parts::Next tap_queue(parts::Draft& draft, const QueueModel&, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.id == "urgent_list") return parts::Next::push("request/urgent_list");
  const auto id = RequestId::parse(tap.arg());
  if (!id) return parts::Next::stay();
  if (tap.verb() == "request") return parts::Next::push("request/one", id->text());
  if (tap.verb() == "take") return deed(&take, *id);
  if (tap.verb() == "set_off") return deed(&set_off, *id);
  if (tap.verb() == "finish") return deed(&finish, *id);
  if (tap.verb() == "pass") return parts::Next::push("request/pass_on", id->text());
  if (tap.verb() == "hear") return parts::Next::push("request/hear", id->text());
  return parts::Next::stay();
}

namespace {

// An urgent call as staff are told of it.
struct Call { std::optional<village::Person> person; std::optional<village::Site> site; std::string who, at; };

Call call_of(const parts::Ask& ask, const Request& q) {
  Call c;
  c.site = village::site(ask.reader, q.site);
  if (q.person) c.person = village::person(ask.reader, *q.person);
  c.who = c.person ? c.person->name : ask.words.text("request.urgent_list.somebody");
  c.at = ask.words.text("request.urgent_list.at", {{"site", c.site ? c.site->name : ""}, {"time", called_at(ask.reader, ask.words, q.asked)}});
  return c;
}

}  // namespace

UrgentListModel load_urgent_list(const parts::Ask& ask) {
  UrgentListModel m;
  const auto& words = ask.words;
  for (const auto& q : urgent_all(ask.reader)) {
    ui::Row row;
    row.picture = ui::emoji("🚨");
    const auto [person, site, who, at] = call_of(ask, q);
    row.line = who;
    row.sub = at;
    const bool asked = q.state == State::asked;
    const auto phone = person && !person->phone.empty() ? person->phone : site ? site->phone : std::string{};
    if (asked && !phone.empty()) row.sub += " · " + words.text("request.urgent_list.call", {{"phone", phone}});
    row.overdue = q.overdue(ask.reader.now()) && asked;
    row.overdue_word = words.text("request.queue.overdue");
    row.status_tint = ui::Tint::urgent;
    if (asked) ++m.open;
    row.status = asked ? words.text("request.urgent_list.waiting") : words.text("request.urgent_list.going", {{"name", called(ask.reader, words, who_comes(ask.reader, q))}});
    // No place changes its meaning: where "I'll go" was nothing stands afterwards, for a finger that comes twice.
    if (!asked) row.actions = {{"false_alarm:" + q.id.text(), words.text("request.urgent_list.false_alarm"), false}, {"helped:" + q.id.text(), words.text("request.urgent_list.close"), true}};
    row.actions.push_back({asked ? "acknowledge:" + q.id.text() : std::string{}, words.text("request.urgent_list.acknowledge"), true});
    m.rows.push_back(std::move(row));
  }
  return m;
}

void draw_urgent_list(ui::Ui& ui, const UrgentListModel& m, const parts::Draft& draft) {
  ui.title(ui.say("request.urgent_list.title"));
  ui.speak("request.urgent_list.say", ui.words().text("request.urgent_list.say", {{"n", std::to_string(m.open)}}));
  parts::row_page(ui, ui.reach(), "request/urgent_list", draft, m.rows, ui.say("request.urgent_list.empty"));
}

parts::Next tap_urgent_list(parts::Draft& draft, const UrgentListModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "request/urgent_list", tap)) return parts::Next::stay();
  const auto id = RequestId::parse(tap.arg());
  if (!id) return parts::Next::stay();
  if (tap.verb() == "acknowledge") return deed(&acknowledge_urgent, *id);
  return outcome_named(tap.verb()) ? parts::Next::push("request/urgent_close", std::string(tap.verb()) + "@" + id->text()) : parts::Next::stay();
}

UrgentCloseModel load_urgent_close(const parts::Ask& ask) {
  UrgentCloseModel m;
  const auto at = ask.key.find('@');
  const auto outcome = outcome_named(std::string_view(ask.key).substr(0, at));
  const auto id = at == std::string::npos ? std::nullopt : RequestId::parse(std::string_view(ask.key).substr(at + 1));
  if (!outcome || !id) return m;
  for (const auto& q : urgent_all(ask.reader)) {
    if (q.id != *id) continue;
    m.id = q.id;
    m.outcome = *outcome;
    const auto call = call_of(ask, q);
    if (const auto face = call.person ? village::face(ask.reader, call.person->id) : std::nullopt) m.face = parts::picture_of(*face);
    m.who = call.who;
    m.at = call.at;
  }
  return m;
}

void draw_urgent_close(ui::Ui& ui, const UrgentCloseModel& m, const parts::Draft&) {
  ui.title(ui.say("request.urgent_close.title"));
  if (!m.id) {
    ui.speak("request.one.gone", ui.say("request.one.gone"));
    ui.text(ui.reach(), ui.say("request.one.gone"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  const auto question = "request.urgent_close." + std::string(name(m.outcome));
  ui.speak(question, ui.say(question));
  parts::confirm(ui, {.picture = m.face.empty() ? ui::emoji("🚨") : m.face, .headline = ui.say(question), .lines = {m.who, m.at}, .yes_label = {}, .no_label = {}, .tint = ui::Tint::urgent});
}

parts::Next tap_urgent_close(parts::Draft&, const UrgentCloseModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return parts::Next::back();
  if (tap.id != "yes" || !m.id) return parts::Next::stay();
  return parts::Next::run([id = *m.id, o = m.outcome](store::Act& act) { return parts::as_outcome("request", close(act, id, o)); });
}

parts::Next done_urgent_close(parts::Draft&, const UrgentCloseModel&, const std::any&) { return parts::Next::back(); }

}  // namespace request
