// Folds the facts of one request into its row. The only writing SQL of request.
//
// The rule: the row depends on the facts and their order alone. A step that does not follow from where the request stands (two kiosks were
// offline and both took it) changes nothing: both facts stay, and the first in the order holds.
#include "shapes/request/tables.h"

#include "village/keys.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace request {
namespace {

// A body of another program's making may miss a field or hold the wrong type: then it is as if it were not there.
std::string text(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::string{} : found->get<std::string>();
}
std::int64_t whole(const nlohmann::json& body, const char* field, std::int64_t otherwise) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_number_integer() ? otherwise : found->get<std::int64_t>();
}
std::optional<base::Uuid> id(const nlohmann::json& body, const char* field) {
  const auto said = text(body, field);
  return said.empty() ? std::nullopt : base::Uuid::parse(said);
}

// A recording as its fact tells of it; its place is the machine where it was said.
struct SaidAloud {
  store::Fact fact;
  base::Uuid id;
  std::int64_t seconds = 0;
  std::string hash, readers;
  std::optional<base::Instant> dropped;
};

struct Standing {
  std::vector<SaidAloud> said;
  store::Fact first;
  bool there = false;
  Kind kind = Kind::help;
  State state = State::asked;
  std::string offer, group, lead, cooperating, implementing, office, answer, outcome;
  std::optional<base::Uuid> routed, helper, taken_by, finished_by;
  base::Instant since, due;
  base::Minutes due_min{0};
  std::optional<base::Instant> accepted, set_off, finished;
  int round = 1, passed = 0;
  std::int64_t escalated = 0;
  bool was_late = false, outside = false;

  [[nodiscard]] bool open() const { return state == State::asked || state == State::accepted || state == State::on_the_way; }
  [[nodiscard]] bool over() const { return state == State::finished || state == State::confirmed; }

  void begin(const store::Fact& f, const nlohmann::json& body, Kind k) {
    first = f;
    there = true;
    kind = k;
    offer = f.offer.empty() ? text(body, "offer") : f.offer;
    group = text(body, "group");
    lead = text(body, "lead");
    cooperating = text(body, "cooperating");
    implementing = text(body, "implementing");
    routed = id(body, "routed");
    helper = id(body, "helper");
    outside = body.contains("outside");
    due_min = base::Minutes{whole(body, "due_min", 1440)};
    since = f.at;
    due = f.at + due_min;
  }
  void accept(const store::Fact& f) {
    state = State::accepted;
    taken_by = f.by;
    if (!accepted) accepted = f.at;
    // The time of an urgent call is the time until somebody answers; how long the help takes is another matter.
    if (kind == Kind::urgent) was_late = was_late || f.at > due;
  }
  void go(const store::Fact& f) {
    if (state == State::asked) accept(f);
    state = State::on_the_way;
    taken_by = f.by;
    set_off = f.at;
  }
  void end(const store::Fact& f) {
    if (state == State::asked) accept(f);
    state = State::finished;
    finished = f.at;
    finished_by = f.by;
    was_late = was_late || (kind != Kind::urgent && f.at > due);
  }
  void pass(const store::Fact& f, const nlohmann::json& body) {
    ++passed;
    if (const auto to = text(body, "office"); !to.empty()) {
      office = to;  // the office acts; who passed it on follows it up
      if (state == State::asked) accept(f);
      return;
    }
    state = State::asked;
    taken_by.reset();
    set_off.reset();
    if (const auto to = id(body, "staff")) routed = to;
  }
  void again(const store::Fact& f) {
    state = State::asked;
    ++round;
    since = f.at;
    due = f.at + due_min;
    taken_by.reset();
    set_off.reset();
    finished.reset();
    finished_by.reset();
    answer.clear();
    office.clear();
  }

  void hold(const store::Fact& f, const nlohmann::json& body) {
    const auto which = id(body, "said");
    if (!which || !f.site || std::ranges::any_of(said, [&](const SaidAloud& s) { return s.id == *which; })) return;
    said.push_back({f, *which, whole(body, "seconds", 0), text(body, "hash"), text(body, "readers"), {}});
  }
  void drop(const store::Fact& f, const nlohmann::json& body) {
    const auto which = id(body, "said");
    for (auto& s : said)
      if (which == s.id && !s.dropped) s.dropped = f.at;
  }

  void take_in(const store::Fact& f) {
    const auto body = f.json();
    if (f.kind == fact::asked || f.kind == fact::urgent_raised) {
      if (!there) begin(f, body, f.kind == fact::urgent_raised ? Kind::urgent : kind_named(text(body, "kind")).value_or(Kind::help));
      return;
    }
    if (f.kind == fact::escalated) {
      escalated = std::max(escalated, whole(body, "round", 1));  // not its time: each kiosk may say it at another
      return;
    }
    if (f.kind == fact::said) return hold(f, body);
    if (f.kind == fact::said_dropped) return drop(f, body);
    if (!there) return;
    if (f.kind == fact::taken && state == State::asked) accept(f);
    if (f.kind == fact::urgent_acknowledged && kind == Kind::urgent && state == State::asked) accept(f);
    if (f.kind == fact::set_off && open()) go(f);
    if (f.kind == fact::finished && open()) end(f);
    if (f.kind == fact::passed_on && open()) pass(f, body);
    if (f.kind == fact::rated && over()) {
      state = State::confirmed;
      answer = text(body, "answer");
    }
    if (f.kind == fact::reopened && over()) again(f);
    if (f.kind == fact::cancelled && open()) state = State::cancelled;
    if (f.kind == fact::closed && open()) {
      outcome = text(body, "outcome");
      was_late = was_late || ((kind != Kind::urgent || state == State::asked) && f.at > due);
      finished = f.at;
      finished_by = f.by;
      state = State::closed;
    }
  }
};

}  // namespace

std::expected<Receipt, Refusal> step(store::Act& act, const Request& r, std::string_view kind, const nlohmann::json& body) {
  const store::Say say{.kind = kind, .subject = r.id.value, .person = r.person ? std::optional(r.person->value) : std::nullopt, .offer = r.offer, .means = {}, .corrects = {},
                       .once = {}, .site = r.site.value};
  Receipt receipt{r.id, act.now(), {}};
  if (r.kind != Kind::confidential) {
    receipt.fact = act.append(say, body);
    return receipt;
  }
  const auto envelope = act.append_sealed(say, body, village::sealed_for(act));
  if (!envelope) return std::unexpected(Refusal::nobody_reads);
  receipt.fact = *envelope;
  return receipt;
}

void fold_request(store::Fold& fold) {
  Standing s;
  for (const auto& f : fold.facts()) s.take_in(f);
  const auto requests = fold.table("request_request");
  fold.run("DELETE FROM " + requests + " WHERE id = ?", fold.subject());
  fold.run("DELETE FROM request_said WHERE request = ?", fold.subject());
  if (!s.there || !s.first.site) return;
  fold.run(
      "INSERT INTO " + requests + " (id, person, site, offer, kind, grp, lead, cooperating, implementing, office, routed, helper, taken_by, finished_by,"
      " day, asked, since, due, state, open, round, accepted, set_off, finished, was_late, answer, outcome, passed, escalated, outside)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), s.first.person, s.first.site, s.offer, name(s.kind), s.group, s.lead, s.cooperating, s.implementing, s.office, s.routed, s.helper,
      s.taken_by, s.finished_by, base::day_of(s.first.at, fold.place()), s.first.at, s.since, s.due, name(s.state), s.open(), s.round, s.accepted,
      s.set_off, s.finished, s.was_late, s.answer, s.outcome, s.passed, s.escalated, s.outside);
  for (const auto& one : s.said)
    fold.run("INSERT INTO request_said (request, id, site, at, by, seconds, hash, readers, dropped) VALUES (?,?,?,?,?,?,?,?,?)", fold.subject(), one.id, one.fact.site,
             one.fact.at, one.fact.by, one.seconds, one.hash, one.readers, one.dropped);
}

}  // namespace request
