// Own requests: where each stands, shown as four lamps; when it is done, whether it helped, asked with three faces.
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

namespace request {
namespace {

constexpr std::string_view list = "request/mine";

int lamps_lit(State s) {
  switch (s) {
    case State::asked: return 1;
    case State::accepted: return 2;
    case State::on_the_way: return 3;
    default: return 4;
  }
}

ui::Card face_card(const ui::Ui& ui, Answer a) {
  ui::Card c;
  c.id = "face:" + std::string(name(a));
  c.label = ui.say("request.answer." + std::string(name(a)));
  c.picture = ui::emoji(a == Answer::good ? "😊" : a == Answer::fair ? "😐" : "😞");
  return c;
}

int page_shown(const parts::Draft& draft, const MineModel& m) { return std::clamp(parts::page_of(draft, list), 0, std::max(0, static_cast<int>(m.lines.size()) - 1)); }

}  // namespace

MineModel load_mine(const parts::Ask& ask) {
  MineModel m;
  const auto& session = ask.session();
  if (!session.who) return m;
  const bool named = session.viewer.known >= store::Known::card;
  const auto place = ask.reader.place();
  const auto days = std::chrono::days(ask.reader.setting("request.reopen_days", std::int64_t{7}));
  for (const auto& q : mine(ask.reader, *session.who)) {
    MineModel::Line line;
    line.id = q.id;
    line.picture = picture_of(q, named);
    line.label = what_of(ask.words, q, named);
    line.asked = village::time_unsure(ask.reader, q.since)
                     ? ask.words.text("parts.clock.unsure")
                     : ask.words.text("request.mine.asked", {{"day", parts::day_said(ask.words, base::day_of(q.since, place), village::today_said(ask.reader))},
                                                             {"time", parts::time_word(ask.words, base::minutes_of_day(q.since, place))}});
    const auto comes = q.open() ? called(ask.reader, ask.words, who_comes(ask.reader, q)) : std::string{};
    if (!comes.empty()) line.comes = ask.words.text("request.mine.comes", {{"name", comes}});
    line.lit = lamps_lit(q.state);
    line.may_cancel = q.state == State::asked;
    line.may_say = q.open() && offers_to_say(ask.reader, q.id);
    line.asks = q.state == State::finished;
    line.answer = q.answer;
    line.may_reopen = q.state == State::confirmed && q.answer == Answer::bad && q.finished && ask.reader.now() <= *q.finished + days;
    m.lines.push_back(std::move(line));
  }
  return m;
}

void draw_mine(ui::Ui& ui, const MineModel& m, const parts::Draft& draft) {
  ui.title(ui.say("request.mine.title"));
  ui::Rect area = ui.reach();
  if (m.lines.empty()) {
    ui.speak("request.mine.empty.say", ui.say("request.mine.empty.say"));
    const float side = std::min(area.h * 0.45f, 50.0f);
    ui::Rect middle = area.centred(area.w, side + ui.gap() + ui.line(ui::Type::label) * 2);
    ui.picture(middle.cut_top(side, ui.gap()).centred(side, side), ui::emoji("📭"));
    ui.text(middle, ui.say("request.mine.empty"), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre});
    return;
  }
  const int page = page_shown(draft, m), pages = static_cast<int>(m.lines.size());
  const auto& line = m.lines[static_cast<std::size_t>(page)];
  // What was just asked again is answered by where it stands.
  if (draft.of<Choice>().refused == name(Refusal::already_asked)) ui.speak("request.refused.already_asked", ui.say("request.refused.already_asked"));
  else if (line.asks) ui.speak("request.mine.ask.say", ui.say("request.mine.ask.say"));
  else ui.speak("request.mine.say", ui.say("request.mine.say"));

  const float gap = ui.gap();
  if (pages > 1) {
    const bool below = ui.portrait();
    ui::Rect strip = below ? area.cut_bottom(30, gap) : area.cut_right(32, gap);
    const auto arrow = [&](ui::Rect r, bool next) {
      ui::Card c;
      c.id = next ? "page_next" : "page_previous";
      c.picture = ui::drawn(next ? "arrow_right" : "arrow_left");
      c.voice = next ? "request.mine.next" : "request.mine.previous";
      c.main = false;
      ui.card(r, c);
    };
    const ui::Rect first = below ? strip.cut_left((strip.w - 2 * gap - 16) / 2, gap) : strip.cut_top((strip.h - 2 * gap - 8) / 2, gap);
    const ui::Rect second = below ? strip.cut_right(first.w, gap) : strip.cut_bottom(first.h, gap);
    if (page > 0) arrow(first, false);
    if (page + 1 < pages) arrow(second, true);
    ui.page_dots(strip, page, pages);
  }
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 260.0f));
  // At the bottom what can be done: three faces, leave it, come again, or nothing.
  const float tall = std::clamp(area.h * 0.38f, 30.0f, 62.0f);
  if (line.asks) {
    const auto cells = ui::grid(area.cut_bottom(tall, gap), 3, 1, gap);
    int i = 0;
    for (const auto a : {Answer::good, Answer::fair, Answer::bad}) ui.card(cells[static_cast<std::size_t>(i++)], face_card(ui, a));
  } else if (line.may_cancel || line.may_reopen || line.may_say) {
    std::vector<ui::Card> cards;
    if (line.may_cancel || line.may_reopen) {
      ui::Card c;
      c.id = line.may_cancel ? "cancel" : "again";
      c.label = ui.say(line.may_cancel ? "request.mine.cancel" : "request.mine.again");
      c.picture = line.may_cancel ? ui::drawn("cross") : ui::emoji("🔁");
      cards.push_back(std::move(c));
    }
    if (line.may_say) {
      ui::Card c;
      c.id = "say";
      c.label = ui.say("request.say.button");
      c.picture = ui::emoji("🎤");
      c.voice = "request.say.button.say";
      cards.push_back(std::move(c));
    }
    ui::Rect strip = area.cut_bottom(std::min(tall, 34.0f), gap);
    const auto cells = ui::grid(strip.centred(std::min(strip.w, 110.0f * static_cast<float>(cards.size())), strip.h), static_cast<int>(cards.size()), 1, gap);
    for (std::size_t i = 0; i < cards.size(); ++i) ui.button(cells[i], cards[i]);
  }
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(ui.compact() ? 3.0f : ui.margin());
  const float lamps = std::clamp(inside.h * 0.5f, ui.line(ui::Type::sentence) * 1.1f + 10, 46.0f);
  const ui::Lamps four{{ui.say("request.lamp.queued"), ui.say("request.lamp.accepted"), ui.say("request.lamp.on_the_way"), ui.say("request.lamp.finished")}, line.lit};
  // On a small glass the four words need its whole width.
  if (ui.compact()) ui.lamps(inside.cut_bottom(lamps, 2), four);
  const float side = ui.portrait() ? std::min(inside.h * 0.38f, inside.w * 0.5f) : std::min(inside.h, inside.w * 0.24f);
  if (ui.portrait()) ui.picture(inside.cut_top(side, gap).centred(side, side), line.picture);
  else ui.picture(inside.cut_left(side, gap).centred(side, side), line.picture);
  if (!ui.compact()) ui.lamps(inside.cut_bottom(lamps, 2), four);
  // Beside or under what it is: who comes, or whether it helped; when it was asked where there is room.
  const std::string second = line.asks ? ui.say("request.mine.question") : line.answer ? ui.say("request.answer." + std::string(name(*line.answer))) : line.comes;
  const auto align = ui.portrait() ? ui::Align::centre : ui::Align::left;
  const ui::Type big = ui.compact() ? ui::Type::label : ui::Type::title;
  const float first_high = ui.text_height(line.label, inside.w, big, ui::Weight::bold);
  const float asked_high = ui.text_height(line.asked, inside.w, ui::Type::sentence);
  const float second_high = second.empty() ? 0 : ui.text_height(second, inside.w, ui::Type::sentence, ui::Weight::bold);
  const bool under = first_high + asked_high + second_high + 4 <= inside.h;
  if (!under) {
    ui::Rect right = inside.cut_right(inside.w * 0.56f, gap);
    ui.text(inside, line.label, {.type = ui::Type::label, .weight = ui::Weight::bold, .centre_v = true});
    ui.text(right, second.empty() ? line.asked : second, {.weight = line.asks ? ui::Weight::bold : ui::Weight::regular, .align = ui::Align::right, .centre_v = true});
    return;
  }
  ui::Rect lines = inside.centred(inside.w, first_high + asked_high + second_high + 4);
  ui.text(lines.cut_top(first_high, 2), line.label, {.type = big, .weight = ui::Weight::bold, .align = align});
  ui.text(lines.cut_top(asked_high, 2), line.asked, {.align = align, .second = true});
  if (!second.empty()) ui.text(lines.cut_top(second_high), second, {.weight = ui::Weight::bold, .align = align});
}

parts::Next tap_mine(parts::Draft& draft, const MineModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, list, tap)) {
    auto& at = draft.of<parts::Pages>().at[std::string(list)];
    at = std::clamp(at, 0, std::max(0, static_cast<int>(m.lines.size()) - 1));
    draft.of<Choice>().refused.clear();
    return parts::Next::stay();
  }
  if (m.lines.empty()) return parts::Next::stay();
  const auto id = m.lines[static_cast<std::size_t>(page_shown(draft, m))].id;
  auto& choice = draft.of<Choice>();
  if (tap.verb() == "face") {
    const auto answer = answer_named(tap.arg());
    if (!answer) return parts::Next::stay();
    choice.doing = "rate:" + std::string(tap.arg());
    return parts::Next::run([id, a = *answer](store::Act& act) { return parts::as_outcome("request", rate(act, id, a)); });
  }
  if (tap.id == "cancel") {
    choice.doing = "cancel";
    return parts::Next::run([id](store::Act& act) { return parts::as_outcome("request", cancel(act, id)); });
  }
  if (tap.id == "say") return parts::Next::push("request/say", id.text());
  if (tap.id == "again") {
    choice.doing = "reopen";
    return parts::Next::run([id](store::Act& act) { return parts::as_outcome("request", reopen(act, id)); });
  }
  return parts::Next::stay();
}

parts::Next done_mine(parts::Draft& draft, const MineModel&, const std::any& receipt) {
  const auto id = std::any_cast<const Receipt&>(receipt).request.text();
  const auto doing = draft.of<Choice>().doing;
  draft.of<Choice>() = {};
  if (doing.starts_with("rate:")) return parts::Next::push("request/answered", doing.substr(5) + "@" + id);
  if (doing == "cancel") return parts::Next::replace("request/undone", id);
  return parts::Next::replace("request/sent", id);
}

AnsweredModel load_answered(const parts::Ask& ask) {
  AnsweredModel m;
  const auto at = ask.key.find('@');
  m.answer = answer_named(std::string_view(ask.key).substr(0, at)).value_or(Answer::good);
  if (at != std::string::npos) m.id = RequestId::parse(std::string_view(ask.key).substr(at + 1));
  return m;
}

void draw_answered(ui::Ui& ui, const AnsweredModel& m, const parts::Draft& draft) {
  const auto face = ui::emoji(m.answer == Answer::good ? "😊" : m.answer == Answer::fair ? "😐" : "😞");
  if (m.answer == Answer::bad && m.id) {
    ui.speak("request.mine.bad.say", ui.say("request.mine.bad.say"));
    parts::Confirm c;
    c.picture = face;
    c.headline = ui.say("request.mine.bad");
    c.yes_label = ui.say("request.mine.again");
    c.no_label = ui.say("request.mine.enough");
    parts::confirm(ui, c);
    return;
  }
  ui.speak("request.mine.thanks.say", ui.say("request.mine.thanks.say"));
  parts::Receipt r;
  r.picture = face;
  r.headline = ui.say("request.mine.thanks");
  r.done_label = ui.say("request.sent.done");
  parts::receipt(ui, draft, r);
}

parts::Next tap_answered(parts::Draft&, const AnsweredModel& m, const parts::Tap& tap) {
  if (tap.id == "done" || tap.id == "no") return parts::Next::back();
  if (tap.id == "yes" && m.id && m.answer == Answer::bad)
    return parts::Next::run([id = *m.id](store::Act& act) { return parts::as_outcome("request", reopen(act, id)); });
  return parts::Next::stay();
}

parts::Next done_answered(parts::Draft&, const AnsweredModel&, const std::any& receipt) {
  return parts::Next::replace("request/sent", std::any_cast<const Receipt&>(receipt).request.text());
}

}  // namespace request
