// Help now: a count-down over the whole glass that anyone can stop, then the call, then who comes. Nothing is recorded before it ends.
#include "parts/patterns.h"
#include "shapes/request/screens/screens.h"

#include <charconv>

namespace request {
namespace {

void red(ui::Ui& ui) { ui.panel(ui.glass(), ui::Tint::urgent, false, true); }

}  // namespace

UrgentModel load_urgent(const parts::Ask& ask) {
  return {static_cast<int>(std::clamp<std::int64_t>(ask.reader.setting("request.urgent_count_s", std::int64_t{5}), 3, 30))};
}

void draw_urgent(ui::Ui& ui, const UrgentModel& m, const parts::Draft& draft) {
  red(ui);
  ui.speak("request.urgent.say", ui.say("request.urgent.say"));
  const int left = draft.of<Choice>().left_s < 0 ? m.count_s : draft.of<Choice>().left_s;
  ui::Rect area = ui.portrait() ? ui.reach() : ui.glass();
  area = area.inset(ui.margin() + 4);
  ui::Card undo;
  undo.id = "undo";
  undo.label = ui.say("request.urgent.undo");
  undo.picture = ui::emoji("✋");
  // At least 60 x 40 mm, as large as the glass allows: a hand that trembles must find it.
  ui::Rect strip = area.cut_bottom(std::clamp(area.h * 0.38f, 40.0f, 80.0f), ui.gap());
  ui.button(strip.centred(std::min(strip.w, std::max(strip.w * 0.62f, 100.0f)), strip.h), undo);
  const float side = std::min({area.h, area.w * 0.3f, 110.0f});
  if (ui.portrait()) {
    const float tall = std::min(side, (area.h - ui.line(ui::Type::title) - 2 * ui.gap()) / 2);
    ui.picture(area.cut_top(tall, ui.gap()).centred(tall, tall), ui::emoji("🚨"));
    ui.text(area.cut_top(ui.line(ui::Type::title), ui.gap()), ui.say("request.urgent.title"), {.type = ui::Type::title, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true, .on_deep = true, .tint = ui::Tint::urgent});
    ui.countdown(area.centred(tall, tall), static_cast<float>(left) / static_cast<float>(m.count_s), std::to_string(left));
  } else {
    ui.picture(area.cut_left(side, ui.gap()).centred(side * 0.9f, side * 0.9f), ui::emoji("🚨"));
    ui.countdown(area.cut_right(side, ui.gap()).centred(side * 0.9f, side * 0.9f), static_cast<float>(left) / static_cast<float>(m.count_s), std::to_string(left));
    const auto title = ui.say("request.urgent.title");
    ui.text(area, title, {.type = parts::largest_line(ui, title, area.w, area.h), .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true, .on_deep = true, .tint = ui::Tint::urgent});
  }
  ui.again_in(200);
}

parts::Next open_urgent(parts::Draft& draft, const UrgentModel& m) {
  draft.of<Choice>() = {};
  draft.of<Choice>().left_s = m.count_s;
  return parts::Next::stay();
}

parts::Next tap_urgent(parts::Draft& draft, const UrgentModel& m, const parts::Tap& tap) {
  auto& choice = draft.of<Choice>();
  if (tap.id == "undo") {
    choice = {};
    return parts::Next::back();
  }
  if (tap.verb() != "tick") return parts::Next::stay();
  int since = 0;
  std::from_chars(tap.arg().data(), tap.arg().data() + tap.arg().size(), since);
  choice.left_s = std::max(0, m.count_s - since);
  if (choice.left_s > 0) return parts::Next::stay();
  return parts::Next::run([who = draft.of<parts::Session>().who](store::Act& act) { return parts::as_outcome("request", raise_urgent(act, who)); });
}

parts::Next done_urgent(parts::Draft& draft, const UrgentModel&, const std::any& receipt) {
  draft.of<Choice>() = {};
  // The tone is the standing alarm's: it sounds here and at every kiosk until somebody answers.
  return parts::Next::replace("request/urgent_sent", std::any_cast<const Receipt&>(receipt).request.text());
}

UrgentSentModel load_urgent_sent(const parts::Ask& ask) {
  UrgentSentModel m;
  const auto id = RequestId::parse(ask.key);
  const auto q = id ? one(ask.reader, *id) : std::nullopt;
  m.called = urgent_reaches(ask.reader);
  if (q && !q->open()) {
    m.stands = UrgentSentModel::Stands::over;
    m.called.clear();
    m.line = ask.words.text("request.urgent.over");
    return m;
  }
  if (q && q->taken_by) {
    if (const auto staff = village::staff_by_id(ask.reader, *q->taken_by)) {
      m.stands = UrgentSentModel::Stands::coming;
      m.called = {staff->face};
      m.line = ask.words.text("request.urgent.coming", {{"name", village::address(staff->face, ask.words)}});
      return m;
    }
  }
  std::string names;
  for (const auto& face : m.called) names += (names.empty() ? "" : ask.words.text("request.urgent.joiner")) + village::address(face, ask.words);
  m.line = names.empty() ? ask.words.text("request.urgent.sent_nobody") : ask.words.text("request.urgent.sent", {{"names", names}});
  return m;
}

void draw_urgent_sent(ui::Ui& ui, const UrgentSentModel& m, const parts::Draft&) {
  red(ui);
  const auto* key = m.stands == UrgentSentModel::Stands::coming ? "request.urgent.coming.say" : m.stands == UrgentSentModel::Stands::over ? "request.urgent.over.say" : "request.urgent.sent.say";
  ui.speak(key, ui.say(key));
  ui::Rect area = ui.portrait() ? ui.reach() : ui.glass();
  area = area.inset(ui.margin());
  ui::Card done;
  done.id = "done";
  done.label = ui.say("request.urgent.done");
  done.picture = ui::drawn("tick");
  ui::Rect strip = area.cut_bottom(30, ui.gap());
  ui.button(strip.centred(std::min(strip.w, 90.0f), strip.h), done);
  // Who was called is read from across the room, where the names leave room for it.
  const auto line = ui.compact() ? ui::Type::title : parts::largest_line(ui, m.line, area.w, area.h * 0.3f);
  const ui::TextStyle big{.type = line == ui::Type::label ? ui::Type::title : line, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true, .on_deep = true, .tint = ui::Tint::urgent};
  if (m.stands == UrgentSentModel::Stands::called) {
    const auto wait = ui.say("request.urgent.wait");
    ui.text(area.cut_bottom(ui.text_height(wait, area.w, big.type, ui::Weight::bold) + 1, 2), wait, big);
  }
  ui.text(area.cut_bottom(std::min(ui.text_height(m.line, area.w, big.type, ui::Weight::bold) + 1, area.h), 2), m.line, big);
  const float least = 16;
  if (m.called.empty() || area.h < least) return;
  // Faces: as large as is left; whoever comes stands alone.
  const float n = static_cast<float>(m.called.size());
  const float side = std::min({area.h, (area.w - ui.gap() * (n - 1)) / n, 120.0f});
  float x = area.x + (area.w - side * n - ui.gap() * (n - 1)) / 2;
  for (const auto& face : m.called) {
    ui.photo({x, area.y + (area.h - side) / 2, side, side}, parts::picture_of(face), ui::Tint::urgent);
    x += side + ui.gap();
  }
}

parts::Next tap_urgent_sent(parts::Draft& draft, const UrgentSentModel&, const parts::Tap& tap) {
  if (tap.id != "done") return parts::Next::stay();
  // Staff who called go on where they were; anybody else stands at home.
  return draft.of<parts::Session>().staff ? parts::Next::back() : parts::Next::home();
}

}  // namespace request
