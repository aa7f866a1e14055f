// What residents do with a notice: hear it, want the job in it; and staff call back.
#include "shapes/notice/tables.h"

#include <nlohmann/json.hpp>

namespace notice {
namespace {

std::optional<base::Instant> wanted_since(const store::Reader& reader, NoticeId id, village::PersonId person) {
  return reader.one<base::Instant>("SELECT since FROM notice_want WHERE id = ?", want_subject(id, person));
}

Receipt said(store::Act& act, const Notice& n, std::string_view kind, village::PersonId person) {
  Receipt r{n.id, act.now(), {}};
  r.fact = act.append({.kind = kind, .subject = want_subject(n.id, person), .person = person.value, .offer = n.offer}, {{"notice", n.id.text()}});
  return r;
}

}  // namespace

std::expected<Receipt, Refusal> heard(store::Act& act, NoticeId id) {
  if (!act.may(right::heard)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, id);
  if (!n) return std::unexpected(Refusal::unknown);
  if (!n->covers(act.today())) return std::unexpected(Refusal::retired);
  Receipt r{id, act.now(), {}};
  const bool known = act.viewer().known >= store::Known::face && act.viewer().person;
  const auto subject = known ? heard_subject(id, village::PersonId{*act.viewer().person}) : act.new_id();
  if (known && act.count("SELECT count(*) FROM notice_heard WHERE id = ?", subject) > 0) return r;
  r.fact = act.append({.kind = fact::heard, .subject = subject, .person = known ? act.viewer().person : std::nullopt, .offer = n->offer}, {{"notice", id.text()}});
  return r;
}

std::expected<Receipt, Refusal> want(store::Act& act, NoticeId id, village::PersonId person) {
  if (!act.may_for(right::want, person)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, id);
  if (!n || !village::face(act, person)) return std::unexpected(Refusal::unknown);
  if (n->kind != Kind::jobs) return std::unexpected(Refusal::not_a_job);
  if (!n->covers(act.today())) return std::unexpected(Refusal::retired);
  auto rows = act.query("SELECT since, fact FROM notice_want WHERE id = ?", want_subject(id, person));
  for (const auto row : rows) return Receipt{id, row.get<base::Instant>(0), row.get<base::Uuid>(1)};
  return said(act, *n, fact::wanted, person);
}

std::expected<Receipt, Refusal> want_no_more(store::Act& act, NoticeId id, village::PersonId person) {
  if (!act.may_for(right::want, person)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, id);
  if (!n || !wanted_since(act, id, person)) return std::unexpected(Refusal::unknown);
  return said(act, *n, fact::wanted_no_more, person);
}

std::expected<Receipt, Refusal> called_back(store::Act& act, NoticeId id, village::PersonId person) {
  if (!act.may(right::call_back)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, id);
  if (!n || !wanted_since(act, id, person)) return std::unexpected(Refusal::unknown);
  return said(act, *n, fact::called_back, person);
}

}  // namespace notice
