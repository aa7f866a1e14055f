// What request brings to the house.
#include "base/almanac.h"
#include "shapes/request/demo.h"
#include "shapes/request/request.h"
#include "shapes/request/sheets.h"
#include "shapes/request/tables.h"
#include "village/clock.h"

namespace request {
namespace {

using Value = shapes::Figure::Value;

std::optional<Value> help(const store::Reader& reader) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_queue)) return std::nullopt;
  const auto load = load_of(reader);
  return Value{load.now, std::nullopt, load.late};
}

std::optional<Value> confidential(const store::Reader& reader) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_confidential)) return std::nullopt;
  const auto load = load_of(reader);
  return load.confidential == 0 ? std::nullopt : std::optional(Value{load.confidential, std::nullopt, 0});
}

bool holds(const store::Reader& reader, village::PersonId person) {
  return reader.count("SELECT count(*) FROM request_request WHERE person = ? AND open = 1", person) > 0;
}

void about(const store::Reader& reader, village::PersonId person, const base::Words& words, std::vector<shapes::About>& lines) {
  const bool staff = reader.viewer().is_staff();
  std::vector<Request> open;
  if (staff) {
    for (auto& q : queue(reader))
      if (q.person == person && q.kind != Kind::confidential) open.push_back(std::move(q));
  } else {
    open = mine(reader, person, 6);
  }
  for (const auto& q : open) {
    const auto* offer = shapes::catalogue().offer(q.offer);
    if (offer == nullptr || q.state == State::confirmed) continue;
    const bool named = staff || reader.viewer().known >= store::Known::card;
    const auto time = base::hour_minute(base::minutes_of_day(q.asked, reader.place()));
    lines.push_back({offer->shown_picture(named), words.text("request.about.line", {{"what", words.text(offer->label_key(named))}, {"state", words.text("request.state." + std::string(name(q.state)))}}),
                     words.text("request.about.asked", {{"day", base::day_said(words, village::today_said(reader), base::day_of(q.asked, reader.place()))}, {"time", time}}),
                     staff ? "request/one" : "request/mine", staff ? q.id.text() : std::string{}, offer->discreet});
  }
}

}  // namespace

shapes::Shape shape() {
  shapes::Shape s;
  s.name = "request";
  for (const auto kind : {fact::asked, fact::urgent_raised, fact::taken, fact::set_off, fact::finished, fact::passed_on, fact::rated, fact::reopened, fact::cancelled,
                          fact::closed, fact::urgent_acknowledged, fact::said, fact::heard, fact::read})
    s.facts.push_back({kind, 1, store::Class::union_, &fold_request});
  s.facts.push_back({fact::escalated, 1, store::Class::once, &fold_request});
  s.facts.push_back({fact::said_dropped, 1, store::Class::once, &fold_request});
  s.rights = {right::ask, right::cancel, right::rate, right::reopen, right::say, right::hear, right::drop_said, right::take, right::take_confidential, right::set_off, right::finish, right::pass_on,
              right::close, right::close_urgent, right::raise_urgent, right::acknowledge_urgent, right::escalate, right::see_own, right::see_request,
              right::see_confidential, right::see_queue, right::see_urgent, right::sheets};
  s.take_offers = &take_offers;
  s.chores = {{"request.escalate_overdue", base::Minutes{1}, &escalate_overdue}, {"request.drop_said", base::Minutes{1}, &drop_said}};
  s.sheets = sheets();
  s.figures = {{"help", "🙋", "request/queue", 30, &help}, {"confidential", "🔏", "request/queue", 35, &confidential}};
  s.about = &about;
  s.holds = &holds;
  s.demo_day = &demo_day;
  s.demo_ahead = &demo_ahead;
  return s;
}

}  // namespace request
