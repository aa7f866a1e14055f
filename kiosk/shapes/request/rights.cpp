// Who may do and see what. tests/house/rights.csv holds the same table, cell by cell. And the words that are stored.
#include "shapes/request/request.h"

#include <array>

namespace request {

using store::Known;
namespace right {
//                                         name                             anyone  resident     volunteer clerk manager clockwork
const store::Right ask               {"request.ask",                false, Known::face, true,  true,  true,  false};
const store::Right cancel            {"request.cancel",             false, Known::face, true,  true,  true,  false};
const store::Right rate              {"request.rate",               false, Known::face, false, false, false, false};
const store::Right reopen            {"request.reopen",             false, Known::face, false, true,  true,  false};
const store::Right say               {"request.say",                false, Known::face, true,  true,  true,  false};
const store::Right hear              {"request.hear",               false, {},          true,  true,  true,  false};
const store::Right drop_said         {"request.drop_said",          false, {},          false, false, false, true};
const store::Right take              {"request.take",               false, {},          true,  true,  true,  false};
const store::Right take_confidential {"request.take_confidential",  false, {},          false, true,  true,  false};
const store::Right set_off           {"request.set_off",            false, {},          true,  true,  true,  false};
const store::Right finish            {"request.finish",             false, {},          true,  true,  true,  false};
const store::Right pass_on           {"request.pass_on",            false, {},          true,  true,  true,  false};
const store::Right close             {"request.close",              false, {},          false, true,  true,  false};
const store::Right close_urgent      {"request.close_urgent",       false, {},          true,  true,  true,  false};
const store::Right raise_urgent      {"request.raise_urgent",       true,  {},          true,  true,  true,  true};
const store::Right acknowledge_urgent{"request.acknowledge_urgent", false, {},          true,  true,  true,  false};
const store::Right escalate          {"request.escalate",           false, {},          false, false, false, true};
const store::Right see_own           {"request.see_own",            false, Known::face, false, false, false, true};
const store::Right see_request       {"request.see_request",        false, Known::face, true,  true,  true,  true};
const store::Right see_confidential  {"request.see_confidential",   false, {},          false, true,  true,  true};
const store::Right see_queue         {"request.see_queue",          false, {},          true,  true,  true,  true};
const store::Right see_urgent        {"request.see_urgent",         true,  {},          true,  true,  true,  true};
const store::Right sheets            {"request.sheets",             false, {},          false, true,  true,  false};
}  // namespace right

std::string_view name(Refusal r) {
  switch (r) {
    case Refusal::no_right: return "no_right";
    case Refusal::unknown: return "unknown";
    case Refusal::not_here: return "not_here";
    case Refusal::already_asked: return "already_asked";
    case Refusal::already_taken: return "already_taken";
    case Refusal::not_yours: return "not_yours";
    case Refusal::not_open: return "not_open";
    case Refusal::not_finished: return "not_finished";
    case Refusal::too_late: return "too_late";
    case Refusal::nobody_to_go: return "nobody_to_go";
    case Refusal::with_carer: return "with_carer";
    case Refusal::enough_said: return "enough_said";
    case Refusal::nobody_hears: return "nobody_hears";
    case Refusal::said_not_here: return "said_not_here";
    case Refusal::said_broken: return "said_broken";
    case Refusal::not_a_reader: return "not_a_reader";
    case Refusal::key_is_new: return "key_is_new";
    case Refusal::no_key: return "no_key";
    case Refusal::nobody_reads: return "nobody_reads";
  }
  return "unknown";
}

namespace {
constexpr std::array<std::string_view, 4> kinds{"help", "matter", "confidential", "urgent"};
constexpr std::array<std::string_view, 7> states{"asked", "accepted", "on_the_way", "finished", "confirmed", "cancelled", "closed"};
constexpr std::array<std::string_view, 3> answers{"good", "fair", "bad"};
constexpr std::array<std::string_view, 3> reasons{"busy", "needs_office", "knows_better"};
constexpr std::array<std::string_view, 3> outcomes{"helped", "not_needed", "false_alarm"};

template <class E, std::size_t n>
std::optional<E> named(const std::array<std::string_view, n>& words, std::string_view word) {
  for (std::size_t i = 0; i < n; ++i)
    if (words[i] == word) return static_cast<E>(i);
  return std::nullopt;
}
}  // namespace

std::string_view name(Kind k) { return kinds[static_cast<std::size_t>(k)]; }
std::string_view name(State s) { return states[static_cast<std::size_t>(s)]; }
std::string_view name(Answer a) { return answers[static_cast<std::size_t>(a)]; }
std::string_view name(Reason r) { return reasons[static_cast<std::size_t>(r)]; }
std::string_view name(Outcome o) { return outcomes[static_cast<std::size_t>(o)]; }
std::optional<Kind> kind_named(std::string_view word) { return named<Kind>(kinds, word); }
std::optional<State> state_named(std::string_view word) { return named<State>(states, word); }
std::optional<Answer> answer_named(std::string_view word) { return named<Answer>(answers, word); }
std::optional<Reason> reason_named(std::string_view word) { return named<Reason>(reasons, word); }
std::optional<Outcome> outcome_named(std::string_view word) { return named<Outcome>(outcomes, word); }

}  // namespace request
