#include "village/reading.h"

#include "village/kinds.h"
#include "village/rights.h"

namespace village {

Reading reading_of(const store::Reader& reader, PersonId id) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_person)) return Reading::noted;
  const auto who = person(reader, id);
  if (!who) return Reading::noted;
  const auto since = reader.now() - std::chrono::minutes(10);
  if (reader.count("SELECT count(*) FROM journal_fact WHERE person = ? AND kind = ? AND by_whom = ? AND at BETWEEN ? AND ?", id, kind::person_read, reader.viewer().staff, since, reader.now()) > 0)
    return Reading::noted;
  const auto age = who->age(reader.today());
  return who->has("child") || (age && *age < reader.setting("people.child_age", std::int64_t{14})) ? Reading::note_first : Reading::note;
}

std::expected<PersonId, Refusal> note_reading(store::Act& act, PersonId id) {
  if (!act.viewer().is_staff() || !act.may(right::see_person)) return std::unexpected(Refusal::no_right);
  if (!person(act, id)) return std::unexpected(Refusal::unknown);
  act.append({.kind = kind::person_read, .subject = act.new_id(), .person = id.value});
  return id;
}

std::expected<std::string, Refusal> note_sheet(store::Act& act, const std::string& sheet, const std::string& of, bool by_township) {
  if (!act.viewer().is_staff()) return std::unexpected(Refusal::no_right);
  nlohmann::json body{{"sheet", sheet}};
  if (!of.empty()) body["of"] = of;
  if (by_township) body["opened"] = "township";
  act.append({.kind = kind::sheet_read, .subject = act.new_id()}, body);
  return sheet;
}

}  // namespace village
