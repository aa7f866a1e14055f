// Folds the facts of one stay, session, absence or refusal into its row. The only writing SQL of attendance.
#include "shapes/attendance/tables.h"

#include "shapes/attendance/attendance.h"

#include <nlohmann/json.hpp>

namespace attendance {
namespace {

base::Instant instant(const nlohmann::json& ms) { return base::Instant{std::chrono::milliseconds{ms.get<std::int64_t>()}}; }

std::optional<base::Uuid> uuid(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::nullopt : base::Uuid::parse(found->get<std::string>());
}

}  // namespace

void fold_stay(store::Fold& fold) {
  struct { bool there = false, undone = false, corrected = false; base::Instant came; std::optional<base::Instant> went; store::Fact first;
           std::optional<base::Uuid> activity, fetched_by; std::string meal, closed_by; base::Uuid last; } s;
  for (const auto& f : fold.facts()) {
    const auto body = f.json();
    s.last = f.id;
    if (f.kind == "attendance.came") {
      if (!s.there) s.first = f;
      s.there = true;
      s.undone = false;
      s.came = f.at;
      s.went.reset();
      s.closed_by.clear();
      if (const auto meal = body.value("meal", std::string{}); !meal.empty()) s.meal = meal;
      if (const auto a = uuid(body, "activity")) s.activity = a;
    } else if (f.kind == "attendance.went") {
      // A person's own word about leaving wins over the rule that closed a forgotten stay.
      s.went = f.at;
      s.closed_by = f.means == "staff" ? "staff" : "person";
    } else if (f.kind == "attendance.handed_over") {
      s.went = f.at;
      s.closed_by = "carer";
      s.fetched_by = uuid(body, "adult");
    } else if (f.kind == "attendance.closed_by_rule") {
      if (!s.went) {
        s.went = instant(body.at("at"));
        s.closed_by = "rule";
      }
    } else if (f.kind == "attendance.meal_chosen") {
      s.meal = body.value("meal", std::string{});
    } else if (f.kind == "attendance.undone") {
      if (body.value("what", std::string{}) == "went") {
        s.went.reset();
        s.closed_by.clear();
        s.fetched_by.reset();
      } else {
        s.undone = true;
      }
    } else if (f.kind == "attendance.corrected") {
      s.corrected = true;
      s.came = instant(body.at("came"));
      s.went = body.contains("went") ? std::optional(instant(body["went"])) : std::nullopt;
      s.closed_by = s.went ? "staff" : "";
    }
  }
  if (!s.there || !s.first.person || !s.first.site) {
    fold.run("DELETE FROM attendance_stay WHERE id = ?", fold.subject());
    return;
  }
  const auto minutes = s.went ? std::optional(std::max<std::int64_t>(0, std::chrono::floor<base::Minutes>(*s.went - s.came).count())) : std::nullopt;
  fold.run(
      "REPLACE INTO attendance_stay (id, person, site, offer, activity, day, came, went, minutes, meal, means, closed_by, fetched_by, undone, corrected, last_fact)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), s.first.person, s.first.site, s.first.offer, s.activity, base::day_of(s.came, fold.place()), s.came, s.went, minutes, s.meal,
      s.first.means, s.closed_by, s.fetched_by, s.undone, s.corrected, s.last);
}

void fold_session(store::Fold& fold) {
  std::optional<store::Fact> opened, closed;
  for (const auto& f : fold.facts()) {
    if (f.kind == "attendance.session_opened") {
      if (!opened) opened = f;
      closed.reset();  // opened again after a close: it goes on
    }
    if (f.kind == "attendance.session_closed") closed = f;
  }
  fold.run("DELETE FROM attendance_session WHERE activity = ?", fold.subject());
  if (!opened || !opened->site) return;
  std::optional<std::int64_t> minutes;
  if (closed) minutes = closed->json().value("minutes", std::chrono::floor<base::Minutes>(closed->at - opened->at).count());
  fold.run("INSERT INTO attendance_session (activity, site, offer, day, opened, opened_by, closed, closed_by, minutes) VALUES (?,?,?,?,?,?,?,?,?)",
           fold.subject(), opened->site, opened->offer, base::day_of(opened->at, fold.place()), opened->at, opened->by,
           closed ? std::optional(closed->at) : std::nullopt, closed ? closed->by : std::nullopt, minutes);
}

void fold_roll_line(store::Fold& fold) {
  std::optional<base::Uuid> activity, person;
  bool expected = false;
  std::string absent;
  for (const auto& f : fold.facts()) {
    const auto body = f.json();
    activity = uuid(body, "activity");
    person = f.person;
    if (f.kind == "attendance.expected") expected = body.value("expected", true);
    if (f.kind == "attendance.absent") absent = body.value("reason", std::string{});
  }
  if (!activity || !person) return;
  fold.run("DELETE FROM attendance_expected WHERE activity = ? AND person = ?", activity, person);
  fold.run("DELETE FROM attendance_absence WHERE activity = ? AND person = ?", activity, person);
  if (expected) fold.run("INSERT INTO attendance_expected (activity, person) VALUES (?, ?)", activity, person);
  if (!absent.empty()) fold.run("INSERT INTO attendance_absence (activity, person, reason) VALUES (?, ?, ?)", activity, person, absent);
}

void fold_refused_fetch(store::Fold& fold) {
  std::optional<store::Fact> refused;
  bool seen = false;
  for (const auto& f : fold.facts()) {
    if (f.kind == "attendance.refused_fetch") refused = f;
    if (f.kind == "attendance.saw_refused_fetch") seen = true;
  }
  fold.run("DELETE FROM attendance_refused_fetch WHERE id = ?", fold.subject());
  if (!refused || !refused->person || !refused->site) return;
  fold.run("INSERT INTO attendance_refused_fetch (id, site, child, day, at, seen) VALUES (?,?,?,?,?,?)", fold.subject(), refused->site,
           refused->person, base::day_of(refused->at, fold.place()), refused->at, seen);
}

}  // namespace attendance
