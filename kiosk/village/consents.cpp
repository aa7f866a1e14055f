// Consents: what was read out to whom, and agreed to.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/rights.h"

namespace village {
namespace fold {

void consent(store::Fold& fold) {
  const Merged merged(fold);
  if (merged.empty()) return;
  const auto& first = merged.facts().front();  // the yes that counts is the first one
  const auto code = merged.text("code");
  const auto version = merged.whole("version");
  if (!first.person || code.empty() || !version) return;
  fold.run("DELETE FROM village_consent WHERE person = ? AND code = ? AND version = ?", *first.person, code, *version);
  fold.run("INSERT INTO village_consent (person, code, version, at, read_aloud) VALUES (?,?,?,?,?)", *first.person, code, *version, first.at,
           merged.yes("read_aloud"));
}

}  // namespace fold

std::expected<PersonId, Refusal> record_consent(store::Act& act, PersonId person, const std::string& code, int version, bool read_aloud) {
  if (!act.may_for(right::record_consent, person) && !(act.may(right::record_consent) && acts_for(act, person)))
    return std::unexpected(Refusal::no_right);
  if (child_alone(act, person)) return std::unexpected(Refusal::with_carer);
  if (!person_exists(act, person) || code.empty() || version < 1) return std::unexpected(Refusal::unknown);
  const auto subject = base::id_of("village.consent:" + person.text() + code + ":" + std::to_string(version));
  if (act.count("SELECT count(*) FROM village_consent WHERE person = ? AND code = ? AND version = ?", person, code, version) == 0)
    act.append({.kind = kind::consented, .subject = subject, .person = person.value},
               {{"code", code}, {"version", version}, {"read_aloud", read_aloud}});
  return person;
}

std::optional<int> consent_version(const store::Reader& reader, PersonId person, std::string_view code) {
  if (!may_see(reader, person)) return std::nullopt;
  return reader.one<int>("SELECT max(version) FROM village_consent WHERE person = ? AND code = ?", person, code);
}

}  // namespace village
