// Asking, taking it back, saying whether it helped, asking again.
#include "shapes/request/route.h"
#include "shapes/request/tables.h"

#include <algorithm>

namespace request {
namespace {

std::string joined(const std::vector<std::string>& codes) {
  std::string all;
  for (const auto& code : codes) all += (all.empty() ? "" : " ") + code;
  return all;
}

// What the matrix and the duty list said when it was asked stays in the fact: last year's report keeps last year's offices.
nlohmann::json routed_body(const store::Reader& reader, const village::Offer& offer, const Offered& o, std::optional<village::PersonId> person) {
  const auto to = route(reader, offer, person);
  nlohmann::json body{{"kind", name(o.kind)}, {"group", to.group}};
  if (!to.lead.empty()) body["lead"] = to.lead.front();
  if (!to.cooperating.empty()) body["cooperating"] = joined(to.cooperating);
  if (!to.implementing.empty()) body["implementing"] = joined(to.implementing);
  if (to.staff) body["routed"] = to.staff->text();
  if (to.helper) body["helper"] = to.helper->text();
  if (to.outside) body["outside"] = true;
  body["due_min"] = o.due.count();
  return body;
}

}  // namespace

std::expected<Receipt, Refusal> ask(store::Act& act, const Ask& what) {
  if (!act.may_for(right::ask, what.person)) return std::unexpected(Refusal::no_right);
  const auto* o = offered(what.offer);
  const auto* offer = shapes::catalogue().offer(what.offer);
  const auto site = village::site(act, village::SiteId{act.viewer().site});
  if (o == nullptr || offer == nullptr || !site || !village::face(act, what.person)) return std::unexpected(Refusal::unknown);
  if (!offer->offered_at(site->kind) || o->kind == Kind::urgent) return std::unexpected(Refusal::not_here);
  if (o->kind == Kind::matter && village::child_alone(act, what.person)) return std::unexpected(Refusal::with_carer);
  if (act.count("SELECT count(*) FROM " + act.rows("request_request") + " WHERE person = ? AND offer = ? AND open = 1", what.person, what.offer) > 0)
    return std::unexpected(Refusal::already_asked);
  Request r;
  r.id = act.new_id_as<RequestId>();
  r.person = what.person;
  r.site = site->id;
  r.offer = what.offer;
  r.kind = o->kind;
  return step(act, r, fact::asked, routed_body(act, *offer, *o, what.person));
}

std::expected<Receipt, Refusal> cancel(store::Act& act, RequestId id) {
  const auto r = one(act, id);
  if (!r || !r->person) return std::unexpected(Refusal::unknown);
  if (!act.may_for(right::cancel, *r->person)) return std::unexpected(Refusal::no_right);
  if (!r->open()) return std::unexpected(Refusal::not_open);
  // Whoever is on the way must be told by a person.
  if (r->state != State::asked && !act.viewer().is_staff()) return std::unexpected(Refusal::already_taken);
  return step(act, *r, fact::cancelled);
}

std::expected<Receipt, Refusal> rate(store::Act& act, RequestId id, Answer answer) {
  const auto r = one(act, id);
  if (!r || !r->person) return std::unexpected(Refusal::unknown);
  if (!act.may_for(right::rate, *r->person)) return std::unexpected(Refusal::no_right);
  if (r->state != State::finished && r->state != State::confirmed) return std::unexpected(Refusal::not_finished);
  return step(act, *r, fact::rated, {{"answer", name(answer)}});
}

std::expected<Receipt, Refusal> reopen(store::Act& act, RequestId id) {
  const auto r = one(act, id);
  if (!r || !r->person) return std::unexpected(Refusal::unknown);
  if (!act.may_for(right::reopen, *r->person)) return std::unexpected(Refusal::no_right);
  if ((r->state != State::finished && r->state != State::confirmed) || !r->finished) return std::unexpected(Refusal::not_finished);
  if (act.now() > *r->finished + std::chrono::days(act.setting("request.reopen_days", std::int64_t{7}))) return std::unexpected(Refusal::too_late);
  return step(act, *r, fact::reopened);
}

std::expected<Receipt, Refusal> raise_urgent(store::Act& act, std::optional<village::PersonId> who) {
  if (!act.may(right::raise_urgent)) return std::unexpected(Refusal::no_right);
  const auto site = village::site(act, village::SiteId{act.viewer().site});
  if (!site) return std::unexpected(Refusal::unknown);
  // A catalogue without an urgent offer is no reason not to call anyone.
  const village::Offer* offer = nullptr;
  for (const auto* one : shapes::catalogue().offers_of_shape("request"))
    if (const auto* o = offered(one->code); offer == nullptr && o != nullptr && o->kind == Kind::urgent && one->offered_at(site->kind)) offer = one;
  if (who && !village::face(act, *who)) who.reset();
  nlohmann::json body{{"kind", name(Kind::urgent)}, {"due_min", 5}};
  if (offer != nullptr) body = routed_body(act, *offer, *offered(offer->code), who);
  else if (const auto staff = village::on_duty(act, site->id)) body["routed"] = staff->id.text();
  Receipt r{act.new_id_as<RequestId>(), act.now(), {}};
  r.fact = act.append({.kind = fact::urgent_raised, .subject = r.request.value, .person = who ? std::optional(who->value) : std::nullopt,
                       .offer = offer != nullptr ? offer->code : std::string{}}, body);
  return r;
}

}  // namespace request
