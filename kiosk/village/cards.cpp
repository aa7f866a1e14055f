// Cards: a code that names one person until it is lost.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"

namespace village {
namespace {

base::Uuid subject_of(const std::string& code) { return base::id_of("village.card:" + code); }

}  // namespace

namespace fold {
namespace {
// A card of somebody who was erased may be given to somebody else later.
bool says_code(const store::Fact& fact) {
  const auto body = nlohmann::json::parse(fact.body, nullptr, false);
  return body.is_object() && body.contains("code");
}
}  // namespace

void card(store::Fold& fold) {
  const Merged merged(fold);
  const auto code = merged.text("code");
  if (code.empty()) return;  // its holder was erased
  fold.run("DELETE FROM village_card WHERE code = ?", code);
  std::optional<base::Uuid> person;
  base::Instant given{};
  bool lost = false;
  for (const auto& fact : merged.facts()) {
    if (fact.kind == kind::card_given && fact.person && says_code(fact)) {
      person = fact.person;
      given = fact.at;
    } else if (fact.kind == kind::card_lost) {
      lost = true;  // whoever finds it must not be taken for its holder, whichever fact came first
    }
  }
  if (person)
    fold.run("INSERT INTO village_card (code, person, state, given) VALUES (?,?,?,?)", code, *person, lost ? "lost" : "good", given);
}

}  // namespace fold

std::expected<PersonId, Refusal> by_card(const store::Reader& reader, std::string_view code) {
  if (!reader.may(right::by_card)) return std::unexpected(Refusal::no_right);
  auto rows = reader.query(
      "SELECT k.person, k.state FROM village_card k JOIN village_person p ON p.id = k.person WHERE k.code = ? AND (p.left_on IS NULL OR p.left_on > ?)", code,
      reader.today());
  for (const auto row : rows) {
    if (row.get<std::string>(1) != "good") return std::unexpected(Refusal::card_lost);
    return row.get<PersonId>(0);
  }
  return std::unexpected(Refusal::card_unknown);
}

std::vector<std::string> cards_of(const store::Reader& reader, PersonId person) {
  std::vector<std::string> codes;
  if (!reader.may(right::see_cards)) return codes;
  for (auto rows = reader.query("SELECT code FROM village_card WHERE person = ? AND state = 'good' ORDER BY given DESC, code", person); const auto row : rows)
    codes.push_back(row.get<std::string>(0));
  return codes;
}

std::expected<std::string, Refusal> give_card(store::Act& act, PersonId person, const std::string& code) {
  if (!act.may(right::give_card)) return std::unexpected(Refusal::no_right);
  if (!person_exists(act, person)) return std::unexpected(Refusal::unknown);
  // Card and PIN open what is sealed: who knows the PIN must not make themselves the card.
  if (act.viewer().is_staff() && act.viewer().person == person.value)
    for (const auto& other : staff(act))
      if (other.active && other.person != person && right::give_card.role_may(other.role)) return std::unexpected(Refusal::own_card);
  if (code.empty()) return std::unexpected(Refusal::card_unknown);
  for (auto rows = act.query("SELECT person, state FROM village_card WHERE code = ?", code); const auto row : rows) {
    if (row.get<std::string>(1) != "good") return std::unexpected(Refusal::card_lost);
    if (row.get<PersonId>(0) != person) return std::unexpected(Refusal::number_taken);
    return code;  // holds it already
  }
  std::vector<std::string> earlier;
  for (auto rows = act.query("SELECT code FROM village_card WHERE person = ? AND state = 'good' ORDER BY code", person); const auto row : rows)
    earlier.push_back(row.get<std::string>(0));
  for (const auto& old : earlier)
    act.append({.kind = kind::card_lost, .subject = subject_of(old), .person = person.value}, {{"code", old}, {"replaced_by", code}});
  act.append({.kind = kind::card_given, .subject = subject_of(code), .person = person.value}, {{"code", code}});
  return code;
}

std::expected<std::string, Refusal> report_card_lost(store::Act& act, const std::string& code) {
  if (!act.may(right::report_card_lost)) return std::unexpected(Refusal::no_right);
  const auto person = act.one<base::Uuid>("SELECT person FROM village_card WHERE code = ?", code);
  if (!person) return std::unexpected(Refusal::card_unknown);
  if (act.count("SELECT count(*) FROM village_card WHERE code = ? AND state = 'lost'", code) > 0) return code;  // known already
  act.append({.kind = kind::card_lost, .subject = subject_of(code), .person = *person}, {{"code", code}});
  return code;
}

}  // namespace village
