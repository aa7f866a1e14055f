// What can be seen of requests, and by whom.
#include "shapes/request/route.h"
#include "shapes/request/tables.h"

#include <algorithm>
#include <sstream>

namespace request {
namespace {

constexpr std::string_view columns =
    "id, person, site, offer, kind, state, grp, lead, cooperating, implementing, office, routed, helper, taken_by, asked, since, due, accepted, set_off,"
    " finished, answer, round, escalated";

std::vector<std::string> split(const std::string& codes) {
  std::istringstream in(codes);
  std::vector<std::string> all;
  for (std::string code; in >> code;) all.push_back(code);
  return all;
}

Request read(const store::Row& r) {
  Request q;
  q.id = r.get<RequestId>(0);
  q.person = r.get<std::optional<village::PersonId>>(1);
  q.site = r.get<village::SiteId>(2);
  q.offer = r.get<std::string>(3);
  q.kind = kind_named(r.get<std::string>(4)).value_or(Kind::help);
  q.state = state_named(r.get<std::string>(5)).value_or(State::asked);
  q.group = r.get<std::string>(6);
  q.lead = r.get<std::string>(7);
  q.cooperating = split(r.get<std::string>(8));
  q.implementing = split(r.get<std::string>(9));
  q.office = r.get<std::string>(10);
  q.routed = r.get<std::optional<village::StaffId>>(11);
  q.helper = r.get<std::optional<village::PersonId>>(12);
  q.taken_by = r.get<std::optional<village::StaffId>>(13);
  q.asked = r.get<base::Instant>(14);
  q.since = r.get<base::Instant>(15);
  q.due = r.get<base::Instant>(16);
  q.accepted = r.get<std::optional<base::Instant>>(17);
  q.set_off = r.get<std::optional<base::Instant>>(18);
  q.finished = r.get<std::optional<base::Instant>>(19);
  q.answer = answer_named(r.get<std::string>(20));
  q.round = r.get<int>(21);
  q.escalated = r.get<int>(22) >= q.round;
  return q;
}

template <class... A>
std::vector<Request> many(const store::Reader& reader, std::string_view where, const A&... args) {
  std::vector<Request> all;
  auto rows = reader.query("SELECT " + std::string(columns) + " FROM " + reader.rows("request_request") + " WHERE " + std::string(where), args...);
  for (const auto row : rows) all.push_back(read(row));
  return all;
}

// Whose errands a staff member answers for. Volunteers: this site's, and their own wherever it was asked. Clerk and manager: the village's.
constexpr std::string_view of_site = "open = 1 AND kind <> 'urgent' AND (site = ? OR taken_by = ? OR routed = ?)";
constexpr std::string_view of_village =
    "open = 1 AND kind <> 'urgent' AND site IN (SELECT s.id FROM village_site s JOIN village_site h ON h.village = s.village WHERE h.id = ?)";
constexpr std::string_view urgent_of_village =
    "open = 1 AND kind = 'urgent' AND site IN (SELECT s.id FROM village_site s JOIN village_site h ON h.village = s.village WHERE h.id = ?)";

// As much of it as this viewer may see; nothing if not even that it is there.
std::optional<Request> for_viewer(const store::Reader& reader, Request q) {
  const bool own = q.person && reader.may_for(right::see_own, *q.person);
  if (own) return q;
  if (q.kind == Kind::urgent) {
    if (!reader.may(right::see_urgent)) return std::nullopt;
    if (!reader.may(right::see_queue)) q.person.reset();
    return q;
  }
  if (!reader.may(right::see_queue)) return std::nullopt;
  if (q.kind == Kind::confidential && !reader.may(right::see_confidential)) return std::nullopt;
  return q;
}

std::vector<Request> for_viewer(const store::Reader& reader, std::vector<Request> all) {
  std::vector<Request> seen;
  for (auto& q : all)
    if (auto s = for_viewer(reader, std::move(q))) seen.push_back(std::move(*s));
  return seen;
}

std::optional<base::Uuid> id(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::nullopt : base::Uuid::parse(found->get<std::string>());
}
std::string text(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::string{} : found->get<std::string>();
}

}  // namespace

std::optional<village::PersonId> who_comes(const store::Reader& reader, const Request& q) {
  if (q.taken_by)
    if (const auto staff = village::staff_by_id(reader, *q.taken_by)) return staff->person;
  if (q.helper) return q.helper;
  if (q.routed && q.kind != Kind::confidential)  // who is on duty does not know of it
    if (const auto staff = village::staff_by_id(reader, *q.routed)) return staff->person;
  return std::nullopt;
}

std::vector<Request> mine(const store::Reader& reader, village::PersonId person, int limit) {
  if (!reader.may_for(right::see_own, person)) return {};
  const auto since = reader.now() - std::chrono::days(reader.setting("request.reopen_days", std::int64_t{7}));
  return many(reader,
              "person = ? AND (open = 1 OR (state IN ('finished', 'confirmed') AND finished >= ?)) AND kind <> 'confidential'"
              " ORDER BY asked DESC, id LIMIT ?",
              person, since, limit);
}

std::vector<Request> queue(const store::Reader& reader) {
  if (!reader.may(right::see_queue)) return {};
  const auto& viewer = reader.viewer();
  if (viewer.role == store::Role::volunteer)
    return for_viewer(reader, many(reader, std::string(of_site) + " ORDER BY asked, id", viewer.site, viewer.staff, viewer.staff));
  return for_viewer(reader, many(reader, std::string(of_village) + " ORDER BY asked, id", viewer.site));
}

Load load_of(const store::Reader& reader) {
  Load load;
  if (!reader.may(right::see_queue)) return load;
  const auto& viewer = reader.viewer();
  const auto count = [&](store::Rows rows) {
    for (const auto row : rows) load = {row.get<int>(0), row.get<int>(1), reader.may(right::see_confidential) ? row.get<int>(2) : 0};
  };
  const std::string what = "SELECT count(*), coalesce(sum(due < ?), 0), coalesce(sum(kind = 'confidential'), 0) FROM " + reader.rows("request_request") + " WHERE ";
  if (viewer.role == store::Role::volunteer) count(reader.query(what + std::string(of_site), reader.now(), viewer.site, viewer.staff, viewer.staff));
  else count(reader.query(what + std::string(of_village), reader.now(), viewer.site));
  return load;
}

std::vector<Request> urgent_open(const store::Reader& reader) {
  if (!reader.may(right::see_urgent)) return {};
  return for_viewer(reader, many(reader, std::string(urgent_of_village) + " AND state = 'asked' ORDER BY asked, id", reader.viewer().site));
}

std::vector<Request> urgent_all(const store::Reader& reader) {
  if (!reader.may(right::see_queue)) return {};
  // The newest first, and never by what stands with them: answering one must not move another under the finger.
  return for_viewer(reader, many(reader, std::string(urgent_of_village) + " ORDER BY asked DESC, id", reader.viewer().site));
}

std::vector<village::FaceOf> urgent_reaches(const store::Reader& reader) {
  std::vector<village::FaceOf> faces;
  const auto add = [&](const village::Staff& staff) {
    const bool there = std::any_of(faces.begin(), faces.end(), [&](const auto& f) { return f.id == staff.person; });
    if (!there && staff.active && faces.size() < 3) faces.push_back(staff.face);
  };
  if (const auto duty = village::on_duty(reader, village::SiteId{reader.viewer().site})) add(*duty);
  const auto all = village::staff(reader);
  for (const auto role : {store::Role::manager, store::Role::clerk})
    for (const auto& staff : all)
      if (staff.role == role) add(staff);
  return faces;
}

std::optional<Request> one(const store::Reader& reader, RequestId id) {
  auto found = many(reader, "id = ?", id);
  return found.empty() ? std::nullopt : for_viewer(reader, std::move(found.front()));
}

std::vector<Step> history(const store::Reader& reader, RequestId id_of_request) {
  const auto r = one(reader, id_of_request);
  if (!r || !reader.may(right::see_queue)) return {};
  std::vector<Step> steps;
  for (const auto& f : reader.facts_of(id_of_request.value)) {
    const auto body = f.json();
    Step s{f.kind, f.at, {}, {}, text(body, "office"), text(body, "answer") + text(body, "reason") + text(body, "outcome"), body.contains("helped_by"), {}};
    if (const auto helper = id(body, "helped_by")) s.helper = village::PersonId{*helper};
    if (f.by) {
      const auto staff = village::staff_by_id(reader, village::StaffId{*f.by});
      s.by = staff ? staff->person : village::PersonId{*f.by};
    }
    if (f.kind == fact::passed_on)
      if (const auto to = id(body, "staff"))
        if (const auto staff = village::staff_by_id(reader, village::StaffId{*to})) s.to = staff->person;
    steps.push_back(std::move(s));
  }
  return steps;
}

std::vector<const village::Offer*> askable(const store::Reader& reader, std::optional<village::PersonId> person) {
  const auto site = village::site(reader, village::SiteId{reader.viewer().site});
  if (!site) return {};
  const auto& catalogue = shapes::catalogue();
  auto offers = person ? catalogue.shown("request", site->kind, groups_of(reader, *person)) : catalogue.shown("request", site->kind);
  const bool hears = reader.setting("request.said_s", std::int64_t{30}) > 0;
  std::erase_if(offers, [&](const auto* offer) {
    const auto* o = offered(offer->code);
    return o == nullptr || !o->ask || (o->aloud && !hears);
  });
  return offers;
}

}  // namespace request
