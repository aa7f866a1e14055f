// The board of notices, taking one down, and who wants a job. For staff.
#include "base/almanac.h"
#include "parts/patterns.h"
#include "shapes/notice/screens/screens.h"
#include "village/clock.h"

#include <array>

namespace notice {
namespace {

constexpr std::string_view list = "notice/board";

ui::Row row_of(const parts::Ask& ask, const Notice& n, bool may_write, base::Day soon) {
  const auto& words = ask.words;
  const auto today = ask.reader.today();
  const auto id = n.id.text();
  ui::Row row;
  row.picture = ui::emoji(n.picture);
  row.line = n.erased() ? words.text("village.erased.name") : n.title;
  const auto heard = heard_by(ask.reader, n.id);
  row.sub = words.text("notice.of_kind.until", {{"day", base::date_text(words, base::date_of(n.until))}}) + " · " +
            words.text("notice.board.heard", {{"persons", std::to_string(heard.persons)}, {"all", std::to_string(heard.in_all)}});
  const bool over = n.retired || n.until < today || n.erased();
  if (n.erased()) row.status = words.text("notice.board.erased");
  else if (n.retired) row.status = n.reason ? words.text("notice.reason." + std::string(name(*n.reason))) : words.text("notice.board.retired");
  else if (n.until < today) row.status = words.text("notice.board.over");
  else if (!n.consented) row.overdue = true, row.overdue_word = words.text("notice.board.waits");
  else if (n.until <= soon) row.overdue = true, row.overdue_word = words.text("notice.board.soon");
  else if (n.from > today) row.status = words.text("notice.board.coming");
  else row.status = words.text("notice.board.current"), row.status_tint = ui::Tint::hardship;
  if (!may_write) return row;
  if (!n.retired && !n.erased()) row.id = "notice:" + id;
  if (!over && !n.consented) row.actions.push_back({"yes:" + id, words.text("notice.board.yes"), true});
  if (n.kind == Kind::jobs) {
    int waiting = 0;
    const auto all = wanting(ask.reader, n.id);
    for (const auto& w : all) waiting += w.called ? 0 : 1;
    if (!all.empty()) row.actions.push_back({"wanting:" + id, words.text("notice.board.wants", {{"n", std::to_string(all.size())}}), waiting > 0});
  }
  return row;
}

}  // namespace

BoardModel load_board(const parts::Ask& ask) {
  BoardModel m;
  m.may_write = ask.reader.may(right::publish);
  const auto a = attention(ask.reader);
  m.current = a.current;
  m.soon = a.ends_soon;
  const auto soon = ask.reader.today() + std::chrono::days(ask.reader.setting("notice.soon_days", std::int64_t{3}));
  for (const auto& n : board(ask.reader)) m.rows.push_back(row_of(ask, n, m.may_write, soon));
  return m;
}

void draw_board(ui::Ui& ui, const BoardModel& m, const parts::Draft& draft) {
  const auto n = std::to_string(m.current), soon = std::to_string(m.soon);
  ui.title(ui.say("notice.board.title"), {}, ui.words().text("notice.board.count", {{"n", n}, {"soon", soon}}));
  ui.speak("notice.board.say", ui.words().text("notice.board.say", {{"n", n}, {"soon", soon}}));
  std::vector<ui::Row> rows;
  if (m.may_write) {
    ui::Row first;
    first.id = "new";
    first.picture = ui::emoji("📝");
    first.line = ui.say("notice.board.new");
    rows.push_back(std::move(first));
  }
  rows.insert(rows.end(), m.rows.begin(), m.rows.end());
  parts::row_page(ui, ui.reach(), list, draft, rows, ui.say("notice.board.empty"));
}

parts::Next tap_board(parts::Draft& draft, const BoardModel&, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) return parts::Next::stay();
  if (tap.id == "new") return parts::Next::push("notice/edit");
  const auto id = NoticeId::parse(tap.arg());
  if (!id) return parts::Next::stay();
  if (tap.verb() == "notice") return parts::Next::push("notice/edit", id->text());
  if (tap.verb() == "wanting") return parts::Next::push("notice/wanting", id->text());
  // A story that waits: the words are read to the person again before it is shown.
  if (tap.verb() == "yes") return parts::Next::run([id = *id](store::Act& act) { return parts::as_outcome("notice", confirm_consent(act, id, true)); });
  return parts::Next::stay();
}

RetireModel load_retire(const parts::Ask& ask) {
  RetireModel m;
  m.id = NoticeId::parse(ask.key);
  if (const auto n = m.id ? one(ask.reader, *m.id) : std::nullopt) m.title = n->title;
  return m;
}

void draw_retire(ui::Ui& ui, const RetireModel& m, const parts::Draft&) {
  ui.title(ui.say("notice.retire.title"), {}, m.title);
  ui.speak("notice.retire.say", ui.say("notice.retire.say"));
  constexpr std::array<std::pair<Reason, const char*>, 4> reasons{{{Reason::over, "✅"}, {Reason::replaced, "🔄"}, {Reason::mistaken, "🤦"}, {Reason::asked_to, "🙅"}}};
  const ui::Rect area = ui.reach();
  const int columns = area.w < area.h ? 1 : 2;
  const float rows = 4.0f / static_cast<float>(columns), high = std::min(area.h, 46 * rows + ui.gap() * (rows - 1));
  const auto places = ui::grid({area.x, area.y, area.w, high}, columns, 4 / columns, ui.gap());
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const std::string word(name(reasons[i].first));
    ui::Card c;
    c.id = "reason:" + word;
    c.label = ui.say("notice.reason." + word);
    c.picture = ui::emoji(reasons[i].second);
    c.main = false;
    ui.button(places[i], c);
  }
}

parts::Next tap_retire(parts::Draft&, const RetireModel& m, const parts::Tap& tap) {
  const auto reason = tap.verb() == "reason" ? reason_named(tap.arg()) : std::nullopt;
  if (!reason || !m.id) return parts::Next::stay();
  return parts::Next::run([id = *m.id, r = *reason](store::Act& act) { return parts::as_outcome("notice", retire(act, id, r)); });
}

// The page that took it down, and the one that would change it, are over: the board is there again.
parts::Next done_retire(parts::Draft&, const RetireModel&, const std::any&) { return parts::Next::replace("notice/board", {}, "notice/"); }

WantingModel load_wanting(const parts::Ask& ask) {
  WantingModel m;
  m.id = NoticeId::parse(ask.key);
  if (!m.id) return m;
  if (const auto n = one(ask.reader, *m.id)) m.title = n->title;
  const auto& words = ask.words;
  for (const auto& w : wanting(ask.reader, *m.id)) {
    const auto person = village::person(ask.reader, w.person);
    const auto face = village::face(ask.reader, w.person);
    if (!person || !face) continue;
    ui::Row row;
    row.picture = parts::picture_of(*face);
    row.line = person->name;
    row.sub = (person->phone.empty() ? words.text("notice.wanting.no_phone") : words.text("notice.wanting.call", {{"phone", person->phone}})) + " · " +
              words.text("notice.wanting.since", {{"day", parts::day_said(words, base::day_of(w.since, ask.reader.place()), village::today_said(ask.reader))}});
    if (w.called) row.status = words.text("notice.wanting.called");
    else row.actions.push_back({"called:" + w.person.text(), words.text("notice.wanting.call_back"), true});
    m.rows.push_back(std::move(row));
  }
  return m;
}

void draw_wanting(ui::Ui& ui, const WantingModel& m, const parts::Draft& draft) {
  ui.title(ui.say("notice.wanting.title"), {}, m.title);
  ui.speak("notice.wanting.say", ui.words().text("notice.wanting.say", {{"n", std::to_string(m.rows.size())}}));
  parts::row_page(ui, ui.reach(), "notice/wanting", draft, m.rows, ui.say("notice.wanting.empty"));
}

parts::Next tap_wanting(parts::Draft& draft, const WantingModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "notice/wanting", tap)) return parts::Next::stay();
  const auto person = tap.verb() == "called" ? village::PersonId::parse(tap.arg()) : std::nullopt;
  if (!person || !m.id) return parts::Next::stay();
  return parts::Next::run([id = *m.id, p = *person](store::Act& act) { return parts::as_outcome("notice", called_back(act, id, p)); });
}

}  // namespace notice
