// Who may do and see what. tests/house/rights.csv holds the same table, cell by cell. And the words that are stored.
#include "shapes/notice/notice.h"

#include <array>

namespace notice {

using store::Known;
namespace right {
//                                       name                       anyone  resident     volunteer clerk manager clockwork
const store::Right publish        {"notice.publish",         false, {},          false, true,  true,  false};
const store::Right amend          {"notice.amend",           false, {},          false, true,  true,  false};
const store::Right retire         {"notice.retire",          false, {},          false, true,  true,  false};
const store::Right confirm_consent{"notice.confirm_consent", false, Known::face, false, true,  true,  false};
const store::Right heard          {"notice.heard",           true,  {},          true,  true,  true,  true};
const store::Right want           {"notice.want",            false, Known::face, false, true,  true,  false};
const store::Right call_back      {"notice.call_back",       false, {},          false, true,  true,  false};
const store::Right see            {"notice.see",             true,  {},          true,  true,  true,  true};
const store::Right see_board      {"notice.see_board",       false, {},          true,  true,  true,  true};
const store::Right see_wanting    {"notice.see_wanting",     false, {},          false, true,  true,  false};
const store::Right sheets         {"notice.sheets",          false, {},          false, true,  true,  false};
}  // namespace right

std::string_view name(Refusal r) {
  switch (r) {
    case Refusal::no_right: return "no_right";
    case Refusal::unknown: return "unknown";
    case Refusal::text_empty: return "text_empty";
    case Refusal::text_long: return "text_long";
    case Refusal::dates_wrong: return "dates_wrong";
    case Refusal::no_consent: return "no_consent";
    case Refusal::retired: return "retired";
    case Refusal::not_a_job: return "not_a_job";
  }
  return "unknown";
}

namespace {
constexpr std::array<std::string_view, 4> kinds{"policy", "story", "safety", "jobs"};
constexpr std::array<std::string_view, 4> reasons{"over", "mistaken", "asked_to", "replaced"};

template <class E, std::size_t n>
std::optional<E> named(const std::array<std::string_view, n>& words, std::string_view word) {
  for (std::size_t i = 0; i < n; ++i)
    if (words[i] == word) return static_cast<E>(i);
  return std::nullopt;
}
}  // namespace

std::string_view name(Kind k) { return kinds[static_cast<std::size_t>(k)]; }
std::string_view name(Reason r) { return reasons[static_cast<std::size_t>(r)]; }
std::optional<Kind> kind_named(std::string_view word) { return named<Kind>(kinds, word); }
std::optional<Reason> reason_named(std::string_view word) { return named<Reason>(reasons, word); }

}  // namespace notice
