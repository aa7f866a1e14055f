// Roll call of an activity: opened, marked, closed by staff.
#include "shapes/attendance/attendance.h"

namespace attendance {
namespace {

// Said of the same child in the same session by two volunteers, it is one stay.
StayId stay_in(village::ActivityId activity, village::PersonId person) { return {base::id_of("stay " + activity.text() + person.text())}; }
base::Uuid line_of(village::ActivityId activity, village::PersonId person) { return base::id_of("roll " + activity.text() + person.text()); }

struct Where { village::Activity activity; Receipt receipt; };

std::expected<Where, Refusal> begin(store::Act& act, const store::Right& right, village::ActivityId id, village::PersonId person) {
  if (!act.may(right)) return std::unexpected(Refusal::no_right);
  auto activity = village::activity(act, id);
  if (!activity || activity->cancelled) return std::unexpected(Refusal::unknown);
  Receipt r{{}, person, activity->offer, act.now(), {}, false};
  return Where{std::move(*activity), r};
}

enum class Session { none, open, closed };
Session session(store::Act& act, village::ActivityId id) {
  for (auto rows = act.query("SELECT closed IS NULL FROM attendance_session WHERE activity = ?", id); const auto row : rows)
    return row.get<bool>(0) ? Session::open : Session::closed;
  return Session::none;
}

}  // namespace

std::expected<Receipt, Refusal> open_session(store::Act& act, village::ActivityId id) {
  auto where = begin(act, right::open_session, id, {});
  if (!where) return std::unexpected(where.error());
  if (session(act, id) != Session::open)
    where->receipt.fact = act.append({.kind = "attendance.session_opened", .subject = id.value, .offer = where->activity.offer, .site = where->activity.site.value});
  return where->receipt;
}

std::expected<Receipt, Refusal> mark(store::Act& act, village::ActivityId id, village::PersonId person, bool here) {
  auto where = begin(act, right::mark, id, person);
  if (!where) return std::unexpected(where.error());
  const auto state = session(act, id);
  if (state == Session::none) return std::unexpected(Refusal::session_not_open);
  // Who comes late to a class whose roll was closed is still marked by its volunteer; afterwards only a clerk corrects.
  const bool over = act.now() >= base::instant_at(where->activity.day, where->activity.end, act.place());
  if (state == Session::closed && over && act.viewer().role == store::Role::volunteer) return std::unexpected(Refusal::session_closed);
  if (!village::has_face(act, person)) return std::unexpected(Refusal::unknown);
  auto& r = where->receipt;
  r.stay = stay_in(id, person);
  const auto before = stay(act, r.stay);
  if (before.has_value() == here) return r;
  if (here)
    r.fact = act.append({.kind = "attendance.came", .subject = r.stay.value, .person = person.value, .offer = where->activity.offer, .site = where->activity.site.value},
                        {{"activity", id.text()}});
  else
    r.fact = act.append({.kind = "attendance.undone", .subject = r.stay.value, .person = person.value, .offer = where->activity.offer, .corrects = before->last_fact, .site = where->activity.site.value},
                        {{"what", "came"}});
  return r;
}

std::expected<Receipt, Refusal> note_absence(store::Act& act, village::ActivityId id, village::PersonId person, Absence reason) {
  auto where = begin(act, right::note_absence, id, person);
  if (!where) return std::unexpected(where.error());
  where->receipt.fact = act.append({.kind = "attendance.absent", .subject = line_of(id, person), .person = person.value, .offer = where->activity.offer},
                                   {{"activity", id.text()}, {"reason", name(reason)}});
  return where->receipt;
}

std::expected<Receipt, Refusal> expect(store::Act& act, village::ActivityId id, village::PersonId person, bool expected) {
  // Called where a place was given or taken back: the deed that did it asked for rights; here the kiosk itself keeps the roll.
  const auto rule = store::Viewer::clockwork(act.viewer().site);
  if (!store::may(rule, right::expect)) return std::unexpected(Refusal::no_right);
  const auto activity = village::activity(act, id);
  if (!activity) return std::unexpected(Refusal::unknown);
  Receipt r{{}, person, activity->offer, act.now(), {}, false};
  r.fact = act.append_as(rule, {.kind = "attendance.expected", .subject = line_of(id, person), .person = person.value, .offer = activity->offer, .site = activity->site.value},
                         {{"activity", id.text()}, {"expected", expected}});
  return r;
}

std::expected<Receipt, Refusal> close_session(store::Act& act, village::ActivityId id) {
  auto where = begin(act, right::close_session, id, {});
  if (!where) return std::unexpected(where.error());
  if (session(act, id) != Session::open) return std::unexpected(Refusal::session_not_open);
  if (base::instant_at(where->activity.day, where->activity.start, act.place()) > act.now()) return std::unexpected(Refusal::too_early);
  const auto opened = act.one<base::Instant>("SELECT opened FROM attendance_session WHERE activity = ?", id).value_or(act.now());
  const auto* o = offered(where->activity.offer);
  // Those who were here end with the session, but a child goes home with an adult of its list.
  if (o == nullptr || !o->handover) {
    std::vector<std::pair<StayId, village::PersonId>> open;
    for (auto rows = act.query("SELECT id, person FROM attendance_stay WHERE activity = ? AND went IS NULL AND undone = 0", id); const auto row : rows)
      open.emplace_back(row.get<StayId>(0), row.get<village::PersonId>(1));
    for (const auto& [stay, person] : open)
      act.append({.kind = "attendance.went", .subject = stay.value, .person = person.value, .offer = where->activity.offer, .site = where->activity.site.value});
  }
  where->receipt.fact = act.append({.kind = "attendance.session_closed", .subject = id.value, .offer = where->activity.offer, .site = where->activity.site.value},
                                   {{"minutes", std::chrono::floor<base::Minutes>(act.now() - opened).count()}});
  return where->receipt;
}

}  // namespace attendance
