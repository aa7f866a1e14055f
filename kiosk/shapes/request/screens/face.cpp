// What request shows: one table.
#include "shapes/request/screens/face.h"

#include "base/almanac.h"
#include "shapes/request/screens/screens.h"
#include "village/clock.h"

namespace request {

std::string called_at(const store::Reader& reader, const base::Words& words, base::Instant at) {
  if (village::time_unsure(reader, at)) return words.text("parts.clock.unsure");
  const auto day = base::day_of(at, reader.place());
  const auto time = base::hour_minute(base::minutes_of_day(at, reader.place()));
  return day == reader.today() ? time : words.text("request.alarm.earlier", {{"day", base::day_said(words, reader.today(), day)}, {"time", time}});
}

namespace {

// Urgent calls that nobody has answered. Names only where staff look at the glass.
std::vector<parts::Alarm> alarms(const store::Reader& reader, const base::Words& words) {
  std::vector<parts::Alarm> standing;
  for (const auto& q : urgent_open(reader)) {
    const auto site = village::site(reader, q.site);
    const auto time = called_at(reader, words, q.asked);
    const auto place = site ? site->name : std::string{};
    const auto who = reader.viewer().is_staff() ? called(reader, words, q.person) : std::string{};
    standing.push_back({q.id.text(), "🚨",
                        who.empty() ? words.text("request.alarm.somebody", {{"site", place}, {"time", time}})
                                    : words.text("request.alarm.named", {{"name", who}, {"site", place}, {"time", time}}),
                        words.text("request.alarm.go"), "request/urgent_list", {}, true});
  }
  return standing;
}

}  // namespace

parts::Faces faces() {
  using parts::for_role;
  using parts::Ground;
  using parts::leaving_after;
  using parts::screen;
  constexpr auto staff = store::Role::volunteer;
  parts::Faces f;
  f.screens = {
      screen<AskModel>("request/ask", {.load = &load_ask, .draw = &draw_ask, .on_tap = &tap_ask}),
      screen<SendModel>("request/send", {.load = &load_send, .draw = &draw_send,
                                         .on_tap = [](parts::Draft&, const SendModel&, const parts::Tap& t) { return t.id == "ask_again" ? parts::Next::back() : parts::Next::stay(); },
                                         .on_done = &done_send, .on_refused = &refused_send, .on_open = &open_send}),
      leaving_after(screen<SentModel>("request/sent", {.load = &load_sent, .draw = &draw_sent, .on_tap = &tap_sent, .on_done = &done_sent}), 20),
      leaving_after(screen<SentModel>("request/undone", {.load = &load_sent, .draw = &draw_undone, .on_tap = &tap_undone}), 20),
      screen<MineModel>("request/mine", {.load = &load_mine, .draw = &draw_mine, .on_tap = &tap_mine, .on_done = &done_mine}),
      leaving_after(screen<AnsweredModel>("request/answered", {.load = &load_answered, .draw = &draw_answered, .on_tap = &tap_answered, .on_done = &done_answered}), 20),
      screen<SayModel>("request/say", {.load = &load_say, .draw = &draw_say, .on_tap = &tap_say, .on_done = &done_say}),
      screen<UrgentModel>("request/urgent", {.load = &load_urgent, .draw = &draw_urgent, .on_tap = &tap_urgent, .on_done = &done_urgent, .on_open = &open_urgent}, Ground::overlay),
      screen<UrgentSentModel>("request/urgent_sent", {.load = &load_urgent_sent, .draw = &draw_urgent_sent, .on_tap = &tap_urgent_sent}, Ground::overlay),
      for_role(screen<QueueModel>("request/queue", {.load = &load_queue, .draw = &draw_queue, .on_tap = &tap_queue}), staff),
      for_role(screen<OneModel>("request/one", {.load = &load_one, .draw = &draw_one, .on_tap = &tap_one, .on_done = &done_one, .on_open = &open_one}), staff),
      for_role(screen<PassOnModel>("request/pass_on", {.load = &load_pass_on, .draw = &draw_pass_on, .on_tap = &tap_pass_on, .on_done = &done_pass_on, .on_open = &open_pass_on}), staff),
      for_role(screen<HearModel>("request/hear", {.load = &load_hear, .draw = &draw_hear, .on_tap = &tap_hear, .on_done = &done_hear, .on_refused = &refused_hear, .on_open = &open_hear}), staff),
      for_role(screen<UrgentListModel>("request/urgent_list", {.load = &load_urgent_list, .draw = &draw_urgent_list, .on_tap = &tap_urgent_list}), staff),
      for_role(screen<UrgentCloseModel>("request/urgent_close", {.load = &load_urgent_close, .draw = &draw_urgent_close, .on_tap = &tap_urgent_close, .on_done = &done_urgent_close}), staff),
  };
  parts::HomeTile tile;
  tile.id = "go:help";
  tile.picture = ui::emoji("🙋");
  tile.label_key = "request.tile.help";
  tile.tint = ui::Tint::hardship;
  tile.screen = "request/ask";
  tile.order = 20;
  f.tiles = {tile};
  f.staff_tiles = {{"go:queue", ui::emoji("🙋"), "request.figure.help", "request/queue", {}, staff, 30}};
  f.urgent = "request/urgent";
  f.alarms = &alarms;
  return f;
}

}  // namespace request
