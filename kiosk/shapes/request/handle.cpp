// Taking, setting off, finishing, passing on, closing; answering an urgent call; and what the clock says about what is overdue.
#include "shapes/request/tables.h"

#include <algorithm>

namespace request {
namespace {

// What this staff member may handle; nothing for what they may not see.
std::expected<Request, Refusal> open_for(const store::Reader& reader, RequestId id) {
  auto r = one(reader, id);
  if (!r) return std::unexpected(Refusal::unknown);
  if (r->kind == Kind::confidential && !reader.may(right::take_confidential)) return std::unexpected(Refusal::no_right);
  if (!r->open()) return std::unexpected(Refusal::not_open);
  return *r;
}

// Another's errand: a clerk or manager may go on with it, a volunteer only where nobody has it.
bool anothers(const store::Reader& reader, const Request& r) {
  return reader.viewer().role == store::Role::volunteer && r.taken_by && reader.viewer().staff != r.taken_by->value;
}

}  // namespace

std::expected<Receipt, Refusal> take(store::Act& act, RequestId id) {
  if (!act.may(right::take) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, id);
  if (!r) return std::unexpected(r.error());
  if (r->state != State::asked) return std::unexpected(Refusal::already_taken);
  return step(act, *r, r->kind == Kind::urgent ? fact::urgent_acknowledged : fact::taken);
}

std::expected<Receipt, Refusal> set_off(store::Act& act, RequestId id) {
  if (!act.may(right::set_off) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, id);
  if (!r) return std::unexpected(r.error());
  if (anothers(act, *r)) return std::unexpected(Refusal::not_yours);
  return step(act, *r, fact::set_off);
}

std::expected<Receipt, Refusal> finish(store::Act& act, RequestId id) {
  if (!act.may(right::finish) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, id);
  if (!r) return std::unexpected(r.error());
  if (anothers(act, *r)) return std::unexpected(Refusal::not_yours);
  return step(act, *r, fact::finished);
}

std::expected<Receipt, Refusal> pass_on(store::Act& act, const PassOn& to) {
  if (!act.may(right::pass_on) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, to.request);
  if (!r) return std::unexpected(r.error());
  if (anothers(act, *r)) return std::unexpected(Refusal::not_yours);
  nlohmann::json body{{"reason", name(to.reason)}};
  if (to.to_staff) {
    const auto staff = village::staff_by_id(act, *to.to_staff);
    // What is confidential is passed on to those who may see it.
    if (!staff || !staff->active || (r->kind == Kind::confidential && !right::take_confidential.role_may(staff->role))) return std::unexpected(Refusal::nobody_to_go);
    body["staff"] = to.to_staff->text();
  } else if (!to.to_office.empty()) {
    if (shapes::catalogue().office(to.to_office) == nullptr) return std::unexpected(Refusal::nobody_to_go);
    body["office"] = to.to_office;
  }
  return step(act, *r, fact::passed_on, body);
}

std::expected<Receipt, Refusal> close(store::Act& act, RequestId id, Outcome outcome) {
  if (!act.may(right::close_urgent) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, id);
  if (!r) return std::unexpected(r.error());
  if (r->kind != Kind::urgent && !act.may(right::close)) return std::unexpected(Refusal::no_right);
  return step(act, *r, fact::closed, {{"outcome", name(outcome)}});
}

std::expected<Receipt, Refusal> acknowledge_urgent(store::Act& act, RequestId id) {
  if (!act.may(right::acknowledge_urgent) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto r = open_for(act, id);
  if (!r) return std::unexpected(r.error());
  if (r->kind != Kind::urgent) return std::unexpected(Refusal::unknown);
  if (r->state != State::asked) return std::unexpected(Refusal::already_taken);
  return step(act, *r, fact::urgent_acknowledged);
}

std::expected<Receipt, Refusal> read(store::Act& act, RequestId id) {
  const auto r = one(act, id);
  if (!r || r->kind != Kind::confidential) return std::unexpected(Refusal::unknown);
  if (!act.may(right::see_confidential) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  return step(act, *r, fact::read);
}

bool has_read(const store::Reader& reader, RequestId id) {
  const auto since = reader.now() - std::chrono::minutes(10);
  return std::ranges::any_of(reader.facts_of(id.value), [&](const store::Fact& f) { return f.kind == fact::read && f.by == reader.viewer().staff && f.at >= since; });
}

void escalate_overdue(store::Act& act) {
  if (!act.may(right::escalate)) return;
  struct Late { RequestId id; std::optional<base::Uuid> person; base::Uuid site; std::string offer, lead; std::int64_t round; };
  std::vector<Late> late;
  auto rows = act.query(
      "SELECT id, person, site, offer, lead, round FROM request_request"
      " WHERE open = 1 AND due < ? AND CASE kind WHEN 'urgent' THEN state = 'asked' ELSE due < ? END AND escalated < round ORDER BY due, id",
      act.now(), act.now() - std::chrono::minutes(act.setting("request.escalate_min", std::int64_t{60})));
  for (const auto row : rows)
    late.push_back({row.get<RequestId>(0), row.get<std::optional<base::Uuid>>(1), row.get<base::Uuid>(2), row.get<std::string>(3), row.get<std::string>(4),
                    row.get<std::int64_t>(5)});
  for (const auto& l : late) {
    nlohmann::json body{{"round", l.round}};
    if (!l.lead.empty()) body["to"] = l.lead;
    act.append({.kind = fact::escalated, .subject = l.id.value, .person = l.person, .offer = l.offer, .means = "rule",
                .once = base::id_of("request.escalated " + l.id.text() + " " + std::to_string(l.round)), .site = l.site}, body);
  }
}

}  // namespace request
